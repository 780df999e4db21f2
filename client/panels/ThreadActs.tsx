import type { Intent } from '../../shared/document/write.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import { Act, Button } from '../design/Button.tsx'
import { copy } from '../design/copy.ts'
import { complain, toast } from '../design/toast-store.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { stepBack } from './step-back.ts'
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
      <Act icon="link" onClick={() => void copy(link, words.board.thread.linkCopied, `${words.app.notCopied} ${link}`)}>
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
              const button = e.currentTarget
              remove(mark.id)
              if (!session.records.get().marks.has(mark.id)) stepBack(button)
            }}
          >
            {words.board.thread.remove}
          </Act>
        </>
      )}
    </div>
  )
}
