import { useEffect, useRef, useState } from 'react'
import { FIRM_ROLES, type FirmRole, OFFICE_ROLES, type OfficeRole } from '../../shared/domain/people.ts'
import type { InvitationListed, InvitationMade } from '../../shared/protocol/api.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { Choices, Field, SelectField, TextField } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import { Notice } from '../design/Notice.tsx'
import { announce } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useInvite } from './data.ts'
import { daysFrom, dayText, endOfDay } from './days.ts'
import css from './group.module.css'
import { serverNow, useWho } from './signed.ts'

export type Whom = InvitationListed['for']

/** As the server has it: an invitation lies in a mailbox for so many days at most. */
const MOST_DAYS = 90
const USUAL_DAYS = 14

/** The link, once. It is in no list afterwards, so the dialog does not close on it by a slip. */
const MadeLink = ({ made, onClose }: { made: InvitationMade; onClose(): void }) => {
  const words = useWords()
  const format = useFormats()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const [leaving, setLeaving] = useState(false)
  const link = `${location.origin}${made.path}`
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link)
      setCopied('yes')
      setLeaving(false)
      announce(words.group.copied)
    } catch {
      setCopied('failed')
      field.current?.focus()
      field.current?.select()
    }
  }
  const close = (): void => {
    // Where copying by button failed the person copies by hand, which the page can't see.
    if (copied !== 'no' || leaving) onClose()
    else setLeaving(true)
  }
  return (
    <Dialog title={words.group.linkTitle} onClose={close}>
      <div className={ui.form}>
        <p>{words.group.linkHelp({ when: format.date(made.until) })}</p>
        <Field label={words.group.linkLabel}>
          {(ties) => (
            <input
              {...ties}
              ref={field}
              className={`${ui.input} ${css.link}`}
              readOnly
              value={link}
              onFocus={(e) => e.currentTarget.select()}
            />
          )}
        </Field>
        <div role="status">
          {copied === 'yes' && <Notice mood="good">{words.group.copied}</Notice>}
          {copied === 'failed' && <Notice>{words.group.copyFailed}</Notice>}
        </div>
        {leaving && (
          <div role="alert">
            <Notice mood="bad">{words.group.linkUncopied}</Notice>
          </div>
        )}
        <div className={ui.actions}>
          <Button look="quiet" onClick={close}>
            {leaving ? words.group.linkLeave : words.group.linkDone}
          </Button>
          <Button look="primary" icon="copy" onClick={() => void copy()}>
            {words.group.copy}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** Whom, as what, until when; then the link. `kinds` is what this person may invite, at least one. */
export const InviteDialog = ({ kinds, onClose }: { kinds: readonly Whom[]; onClose(): void }) => {
  const words = useWords()
  const format = useFormats()
  const { me, firm } = useWho()
  const invite = useInvite()
  const now = serverNow()
  const [whom, setWhom] = useState<Whom>(kinds[0] ?? 'colleague')
  const [name, setName] = useState('')
  const [firmRole, setFirmRole] = useState<FirmRole>('trainee')
  const [office, setOffice] = useState<OfficeRole>('facilitator')
  const [day, setDay] = useState(() => dayText(daysFrom(now, USUAL_DAYS)))
  const [tried, setTried] = useState(false)
  if (invite.data) return <MadeLink made={invite.data} onClose={onClose} />

  const own = firm(me.person.firm)?.name ?? ''
  const until = endOfDay(day, now, MOST_DAYS)
  const wrongName = whom === 'firm' && name.trim() === '' ? words.door.needed : null
  const wrongDay = until === null ? words.group.untilBad({ days: MOST_DAYS - 1 }) : null
  const labels: Record<Whom, string> = {
    firm: words.group.inviteFirm,
    colleague: words.group.inviteColleague,
    office: words.group.inviteOffice,
  }
  const onlyColleague = kinds.length === 1 && whom === 'colleague'
  return (
    <FormDialog
      title={onlyColleague ? words.group.inviteColleagueOf({ firm: own }) : words.group.invite}
      act={words.group.makeLink}
      busy={invite.isPending}
      problem={invite.error}
      onDo={() => {
        setTried(true)
        if (wrongName || until === null) return
        invite.mutate(
          whom === 'firm'
            ? { for: whom, name: name.trim(), role: firmRole, until }
            : whom === 'office'
              ? { for: whom, role: office, until }
              : { for: whom, firm: me.person.firm, until },
        )
      }}
      onClose={onClose}
    >
      {kinds.length > 1 && (
        <Choices<Whom>
          label={words.group.inviteWhom}
          value={whom}
          options={kinds.map((kind) => [kind, labels[kind]] as const)}
          onValue={setWhom}
        />
      )}
      {whom === 'firm' && (
        <>
          <TextField
            label={words.group.firmName}
            hint={words.group.firmNameHint}
            value={name}
            maxLength={80}
            autoComplete="off"
            onValue={setName}
            wrong={tried ? wrongName : null}
          />
          <SelectField<FirmRole>
            label={words.group.firmRole}
            hint={words.roleMeans[firmRole]}
            value={firmRole}
            options={FIRM_ROLES.map((role) => [role, words.group.asFirm({ role: words.roles[role] })] as const)}
            onValue={setFirmRole}
          />
        </>
      )}
      {whom === 'office' && (
        <SelectField<OfficeRole>
          label={words.group.office}
          hint={words.roleMeans[office]}
          value={office}
          options={OFFICE_ROLES.map((role) => [role, words.roles[role]] as const)}
          onValue={setOffice}
        />
      )}
      {whom === 'colleague' && <p className={ui.hint}>{words.group.inviteColleagueMeans}</p>}
      <TextField
        label={words.group.until}
        hint={until === null ? undefined : words.group.untilHint({ when: format.date(until) })}
        type="date"
        value={day}
        min={dayText(now)}
        max={dayText(daysFrom(now, MOST_DAYS - 1))}
        onValue={setDay}
        wrong={tried ? wrongDay : null}
      />
    </FormDialog>
  )
}
