import { useEffect, useRef } from 'react'
import { Icon } from '../brand/icons.tsx'
import { announce } from '../design/toast-store.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { useWatched } from './watch.ts'

/** What is on disk and what is not, said as it is. Only what matters is read aloud: lost, and back again. */
export const SavedState = () => {
  const words = useWords()
  const { session } = useDesk()
  const status = useWatched(session.status)
  const { status: say } = words.board
  const wasOffline = useRef(false)
  const waiting = status.is === 'saving' || status.is === 'offline' ? status.waiting : 0
  const offline = status.is === 'offline'
  useEffect(() => {
    if (offline && !wasOffline.current) announce(`${say.offline({ n: waiting })}. ${say.offlineMeans}`)
    if (!offline && wasOffline.current) announce(say.backOnline)
    wasOffline.current = offline
  }, [offline, waiting, say])
  // What has not arrived waits in this window alone: whoever closes it is asked first.
  const isWaiting = waiting > 0
  useEffect(() => {
    if (!isWaiting) return
    const ask = (e: BeforeUnloadEvent): void => e.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isWaiting])
  const [icon, text, means] =
    status.is === 'saved'
      ? (['saved', say.saved, say.savedMeans] as const)
      : status.is === 'saving'
        ? (['saving', say.saving({ n: status.waiting }), say.savingMeans] as const)
        : status.is === 'offline'
          ? (['offline', say.offline({ n: status.waiting }), say.offlineMeans] as const)
          : (['saving', say.loading, ''] as const)
  return (
    <span className={css.saved} data-is={status.is} title={means}>
      <Icon name={icon} />
      <span>{text}</span>
    </span>
  )
}
