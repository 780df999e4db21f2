import type { MarkId, ReplyId } from '../../shared/domain/ids.ts'
import { Button } from '../design/Button.tsx'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { AudienceLine } from './AudienceLine.tsx'
import { useDesk } from './desk.ts'
import { MentionBox } from './MentionBox.tsx'
import css from './panels.module.css'
import { useSending } from './sending.ts'

/** Where an answer is kept while it is typed; null for a new one. */
export const replyPlace = (mark: MarkId, reply: ReplyId | null): string => `reply/${mark}/${reply ?? 'new'}`

/** Answers a mark, or rewrites an answer where `reply` names one. */
export const ReplyForm = ({
  mark,
  reply,
  initial,
  onDone,
}: {
  mark: MarkId
  reply: ReplyId | null
  initial: string
  onDone?: () => void
}) => {
  const words = useWords()
  const { session } = useDesk()
  const { text, wrong, people, write, send, forget } = useSending(
    replyPlace(mark, reply),
    initial,
    (kept) => session.act({ do: 'reply', mark, reply: reply ?? session.newReplyId(), text: kept }),
    onDone,
  )
  return (
    <form
      className={ui.form}
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <MentionBox
        label={words.board.composer.replyLabel}
        value={text}
        onValue={write}
        onSend={send}
        people={people}
        wrong={wrong}
        autoFocus={reply !== null}
      />
      <div className={css.replyFoot}>
        <AudienceLine />
        <div className={ui.actions}>
          {onDone && (
            <Button
              look="quiet"
              onClick={() => {
                forget()
                onDone()
              }}
            >
              {words.app.cancel}
            </Button>
          )}
          <Button look={reply === null ? 'plain' : 'primary'} type="submit" icon="reply">
            {reply === null ? words.board.composer.reply : words.board.composer.saveEdit}
          </Button>
        </div>
      </div>
    </form>
  )
}
