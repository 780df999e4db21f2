import { useState } from 'react'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import css from './account.module.css'
import { Confirm } from './Confirm.tsx'
import { type SessionListed, useEndOtherSessions, useEndSession, useSessions } from './data.ts'
import { deviceOf } from './device.ts'
import page from './pages.module.css'
import { Section } from './Section.tsx'
import { serverNow } from './signed.ts'

const Row = ({ session, busy, onEnd }: { session: SessionListed; busy: boolean; onEnd(): void }) => {
  const words = useWords()
  const format = useFormats()
  const now = serverNow()
  const device = deviceOf(session.agent) ?? words.account.unknownDevice
  const seen = format.since(session.seen, now)
  return (
    <li>
      <span className={page.grow}>
        <strong>{device}</strong>
        <span className={css.under}>{words.account.sessionTimes({ made: format.since(session.made, now), seen })}</span>
      </span>
      {session.own ? (
        <span className={`${ui.says} ${ui.done}`}>
          <Icon name="check" />
          {words.account.thisSession}
        </span>
      ) : (
        <Button small aria-label={words.account.endSessionOf({ device, when: seen })} disabled={busy} onClick={onEnd}>
          {words.account.endSession}
        </Button>
      )}
    </li>
  )
}

/** Where I am signed in, to end what should not be: one, or all but this one. */
export const AccountSessions = () => {
  const words = useWords()
  const sessions = useSessions()
  const end = useEndSession()
  const endAll = useEndOtherSessions()
  const [asked, setAsked] = useState(false)
  const others = (sessions.data ?? []).filter(({ own }) => !own)
  const close = (): void => {
    setAsked(false)
    endAll.reset()
  }
  return (
    <Section
      title={words.account.sessions}
      act={
        others.length > 1 && (
          <Button small onClick={() => setAsked(true)}>
            {words.account.endOthers}
          </Button>
        )
      }
    >
      <p className={page.soft}>
        {sessions.data && others.length === 0 ? words.account.onlyThis : words.account.sessionsHelp}
      </p>
      {sessions.isPending && <Waiting>{words.app.loading}</Waiting>}
      {sessions.error && <Problem problem={sessions.error} onRetry={() => void sessions.refetch()} />}
      <Problem problem={end.error} />
      {sessions.data && (
        <ul className={page.rows}>
          {sessions.data
            .toSorted((a, b) => Number(b.own) - Number(a.own) || b.seen - a.seen)
            .map((session) => (
              <Row
                key={session.id}
                session={session}
                busy={end.isPending}
                onEnd={() => end.mutate(session.id, { onSuccess: () => toast(words.account.sessionEnded) })}
              />
            ))}
        </ul>
      )}
      {asked && (
        <Confirm
          title={words.account.endOthersTitle}
          means={words.account.endOthersMeans({ n: others.length })}
          act={words.account.endOthers}
          busy={endAll.isPending}
          problem={endAll.error}
          onDo={() =>
            endAll.mutate(undefined, {
              onSuccess: () => {
                toast(words.account.othersEnded)
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
