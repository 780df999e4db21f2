import { useState } from 'react'
import type { InvitationListed } from '../../shared/protocol/api.ts'
import { Icon, type IconName } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { Empty, Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { Confirm } from './Confirm.tsx'
import { useInvitations, useWithdraw } from './data.ts'
import css from './group.module.css'
import page from './pages.module.css'
import { Section } from './Section.tsx'
import { useWho } from './signed.ts'

type State = InvitationListed['state']

const ICONS: Record<State, IconName> = { open: 'invite', used: 'check', ended: 'clock', withdrawn: 'close' }

/** Those that still let somebody in come first, the soonest to end on top; the rest by their end, latest first. */
const inOrder = (a: InvitationListed, b: InvitationListed): number =>
  a.state === 'open' && b.state === 'open'
    ? a.until - b.until
    : Number(b.state === 'open') - Number(a.state === 'open') || b.until - a.until

const StateTag = ({ state }: { state: State }) => {
  const words = useWords()
  const look = state === 'used' ? ui.done : state === 'open' ? css.isOpen : ui.plain
  return (
    <span className={`${ui.says} ${look}`}>
      <Icon name={ICONS[state]} />
      {words.group.state[state]}
    </span>
  )
}

const useInvitedName = (): ((one: InvitationListed) => string) => {
  const words = useWords()
  return (one) => words.group.isFor[one.for]({ name: one.for === 'office' ? words.roles[one.role] : (one.name ?? '—') })
}

const Row = ({ one, onWithdraw }: { one: InvitationListed; onWithdraw(): void }) => {
  const words = useWords()
  const format = useFormats()
  const who = useWho()
  const name = useInvitedName()(one)
  const when = format.date(one.until)
  const facts = [
    one.for === 'firm' ? words.group.asFirm({ role: words.roles[one.role] }) : '',
    words.group.madeBy({ who: who.name(one.by) }),
    one.state === 'open' ? words.group.endsAt({ when }) : one.state === 'ended' ? words.group.endedAt({ when }) : '',
  ]
  return (
    <li>
      <span className={page.grow}>
        <strong>{name}</strong>
        <span className={css.under}>{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <StateTag state={one.state} />
      {one.state === 'open' && (
        <Button small aria-label={words.group.withdrawOf({ name })} onClick={onWithdraw}>
          {words.group.withdraw}
        </Button>
      )}
    </li>
  )
}

/** The invitations that this person looks after, with what became of each. */
export const GroupInvitations = () => {
  const words = useWords()
  const list = useInvitations(true)
  const withdraw = useWithdraw()
  const nameOf = useInvitedName()
  const [asked, setAsked] = useState<InvitationListed | null>(null)
  const close = (): void => {
    setAsked(null)
    withdraw.reset()
  }
  return (
    <Section title={words.group.invitations}>
      {list.isPending && <Waiting>{words.app.loading}</Waiting>}
      {list.error && <Problem problem={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && (
        <Empty title={words.group.noInvitations}>
          <p>{words.group.noInvitationsHelp}</p>
        </Empty>
      )}
      {list.data && list.data.length > 0 && (
        <ul className={page.rows}>
          {list.data.toSorted(inOrder).map((one) => (
            <Row key={one.id} one={one} onWithdraw={() => setAsked(one)} />
          ))}
        </ul>
      )}
      {asked && (
        <Confirm
          title={words.group.withdrawTitle}
          means={words.group.withdrawMeans({ name: nameOf(asked) })}
          act={words.group.withdraw}
          busy={withdraw.isPending}
          problem={withdraw.error}
          onDo={() =>
            withdraw.mutate(asked.id, {
              onSuccess: () => {
                toast(words.group.withdrawn)
                close()
              },
            })
          }
          onClose={close}
        />
      )}
    </Section>
  )
}
