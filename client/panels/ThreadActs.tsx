import type { Intent } from '../../shared/document/write.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import { Act, Button } from '../design/Button.tsx'
import { complain, toast } from '../design/toast-store.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { useReason } from './useBoardWords.ts'

/** What one may do with a mark, and with everybody's eyes on it. */
export const ThreadActs = ({ mark, onEdit }: { mark: Mark; onEdit(): void }) => {
  const words = useWords()
  const { session, board, goTo, ask, remove } = useDesk()
  const reason = useReason()
  const done = mark.resolved !== null
  const settle: Intent = { do: 'settle', mark: mark.id, done: !done }
  const mine = session.may({ do: 'say', mark: mark.id, words: mark.words }).ok
  const link = `${location.origin}/mesas/${board.id}?marca=${mark.id}`
  return (
    <div className={css.acts} role="toolbar" aria-label={words.board.thread.actions}>
      {session.may(settle).ok && (
        <Button
          small
          icon={done ? 'reopen' : 'resolve'}
          onClick={() => {
            const verdict = session.act(settle)
            if (!verdict.ok) complain(reason(verdict.reason))
          }}
        >
          {done ? words.board.thread.reopen : words.board.thread.resolve}
        </Button>
      )}
      <Act icon="search" onClick={() => goTo(mark.id)}>
        {words.board.thread.show}
      </Act>
      <Act
        icon="lookHere"
        onClick={() =>
          void session
            .command('eyes.call', { mark: mark.id })
            .then(() => toast(words.board.thread.lookDone))
            .catch((problem: { code?: string }) => complain(reason(problem.code ?? 'failed')))
        }
      >
        {words.board.thread.look}
      </Act>
      <Act
        icon="link"
        onClick={() => void navigator.clipboard.writeText(link).then(() => toast(words.board.thread.linkCopied))}
      >
        {words.board.thread.copyLink}
      </Act>
      {mine && (
        <>
          <Act icon="edit" onClick={onEdit}>
            {words.board.thread.edit}
          </Act>
          <Act icon="move" onClick={() => ask({ is: 'move', mark: mark.id })}>
            {words.board.thread.moveNumbers}
          </Act>
          <Act
            icon="trash"
            onClick={(e) => {
              const panel = e.currentTarget.closest<HTMLElement>('[role="tabpanel"]')
              remove(mark.id)
              // This button goes with the mark; the focus stays in the panel.
              if (!session.records.get().marks.has(mark.id)) panel?.focus()
            }}
          >
            {words.board.thread.remove}
          </Act>
        </>
      )}
    </div>
  )
}
