import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { InvitationView } from '../../shared/protocol/api.ts'
import { buttonClass } from '../design/Button.tsx'
import { FormActions } from '../design/Fields.tsx'
import { Notice, Problem, useRefusal } from '../design/Notice.tsx'
import { Stitch, Waiting } from '../design/Trade.tsx'
import { ApiError } from '../sync/api.ts'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { AccountFields, type NewAccount, useAccountChecks } from './DoorPage.tsx'
import { useAccept, useInvitation } from './data.ts'
import css from './pages.module.css'
import { Plain } from './Shell.tsx'

const Form = ({ token, invitation }: { token: string; invitation: InvitationView }) => {
  const words = useWords()
  const format = useFormats()
  const navigate = useNavigate()
  const accept = useAccept(token)
  const check = useAccountChecks()
  const [account, setAccount] = useState<NewAccount>({ name: '', email: '', password: '' })
  const [tried, setTried] = useState(false)
  const { group, firm, role, until } = invitation
  const wrong = {
    name: check.name(account.name),
    email: check.email(account.email),
    password: check.password(account.password),
  }
  const title =
    firm === null
      ? words.invitation.toOffice({ group })
      : invitation.for === 'firm'
        ? words.invitation.toFirm({ firm, group })
        : words.invitation.toColleague({ firm, group })
  return (
    <form
      className={css.doorForm}
      noValidate
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (Object.values(wrong).every((w) => w === null))
          accept.mutate(account, { onSuccess: () => void navigate({ to: '/' }) })
      }}
    >
      <div className={css.stack}>
        <h1>{title}</h1>
        <p className={css.soft}>
          {words.invitation.asRole({ role: words.roles[role] })} {words.roleMeans[role]}
        </p>
        <p className={css.soft}>{words.invitation.until({ when: format.moment(until) })}</p>
      </div>
      <Stitch />
      <Problem problem={accept.error} />
      <AccountFields account={account} onAccount={setAccount} wrong={tried ? wrong : null} />
      <Notice>{words.invitation.promise}</Notice>
      <FormActions act={words.invitation.accept} busy={accept.isPending} />
    </form>
  )
}

/** A single-use link: who invites whom to what, or why it does not serve any more. */
export const InvitationPage = () => {
  const words = useWords()
  const say = useRefusal()
  const { token } = useParams({ from: '/invitacion/$token' })
  const invitation = useInvitation(token)
  const code = invitation.error instanceof ApiError ? invitation.error.code : ''
  const titles: Record<string, string> = {
    'invitation-used': words.invitation.usedTitle,
    'invitation-ended': words.invitation.endedTitle,
    'invitation-withdrawn': words.invitation.withdrawnTitle,
    'invitation-unknown': words.invitation.unknownTitle,
    'not-found': words.invitation.unknownTitle,
  }
  const ended = Object.hasOwn(titles, code) ? titles[code] : undefined
  return (
    <Plain title={ended ?? words.invitation.title}>
      {invitation.isPending && <Waiting>{words.app.loading}</Waiting>}
      {invitation.data && <Form token={token} invitation={invitation.data} />}
      {ended !== undefined && (
        <div className={css.letter}>
          <h1>{ended}</h1>
          <Stitch />
          <p role="alert">{say(invitation.error)}</p>
          <Link to="/" className={buttonClass({})}>
            {words.invitation.toDoor}
          </Link>
        </div>
      )}
      {invitation.error && ended === undefined && (
        <Problem problem={invitation.error} onRetry={() => void invitation.refetch()} />
      )}
    </Plain>
  )
}
