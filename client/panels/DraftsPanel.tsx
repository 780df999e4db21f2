import { lazy, Suspense, useState } from 'react'
import type { Intent } from '../../shared/document/write.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { CAPS, type Mark } from '../../shared/domain/mark.ts'
import type { Operation } from '../../shared/pattern/operation.ts'
import { serverNow } from '../app/signed.ts'
import { Button } from '../design/Button.tsx'
import { copy } from '../design/copy.ts'
import { TextArea, Wrong } from '../design/Fields.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import type { Draft } from '../sync/contract.ts'
import { textOf } from '../sync/drafts.ts'
import { part } from '../sync/part.ts'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { toKept } from './mentions.ts'
import css from './panels.module.css'
import { stepBack } from './step-back.ts'
import { useMentionables, useReason, useWritten } from './useBoardWords.ts'
import { useWatched } from './watch.ts'

const OperationName = lazy(() => part(() => import('../proposals/OperationName.tsx')))

/** What the proposal asks for that an intent is about, or null where it is about another mark. */
const operationOf = (intent: Intent, marks: ReadonlyMap<MarkId, Mark>): Operation['op'] | null => {
  if (intent.do === 'change') return intent.change.op
  if (intent.do === 'add') return intent.mark.proposal?.change.op ?? null
  return marks.get(intent.mark)?.change?.op ?? null
}

const withText = (intent: Intent, text: string): Intent => {
  switch (intent.do) {
    case 'add':
      return { ...intent, mark: { ...intent.mark, words: { ...intent.mark.words, text } } }
    case 'say':
      return { ...intent, words: { ...intent.words, text } }
    case 'reply':
      return { ...intent, text }
    default:
      return intent
  }
}

const One = ({ draft }: { draft: Draft }) => {
  const words = useWords()
  const format = useFormats()
  const { session, ask } = useDesk()
  const { marks, sheets } = useWatched(session.records)
  const reason = useReason()
  const people = useMentionables()
  const written = useWritten()
  const kept = textOf(draft.intent)
  const op = operationOf(draft.intent, marks)
  // Words whose mark went away can only go on in a mark of their own.
  const homeless =
    kept !== null && draft.intent.do !== 'add' && !marks.has(draft.intent.mark) && sheets.some((one) => !one.away)
  const [text, setText] = useState(kept === null ? '' : written(kept))
  const [wrong, setWrong] = useState<string | null>(null)
  const [sure, setSure] = useState(false)
  return (
    <li className={css.draft}>
      <div className={css.threadHead}>
        <strong>{words.board.drafts.what[draft.intent.do]}</strong>
        {op && (
          <Suspense fallback={null}>
            <OperationName op={op} />
          </Suspense>
        )}
        <span className={ui.hint}>{format.since(draft.at, serverNow())}</span>
      </div>
      <Wrong>{reason(draft.why)}</Wrong>
      {kept !== null && (
        <TextArea label={words.board.drafts.edit} value={text} maxLength={CAPS.text} onValue={setText} />
      )}
      {wrong && (
        <Wrong>
          {words.board.drafts.still} {wrong}
        </Wrong>
      )}
      {sure && <p>{words.board.drafts.discardAsk}</p>}
      <div className={ui.actions}>
        {kept !== null && !sure && (
          <Button
            small
            look="quiet"
            icon="copy"
            onClick={() => void copy(text, words.board.drafts.copied, words.app.notCopied)}
          >
            {words.board.drafts.copy}
          </Button>
        )}
        <Button
          small
          look={sure ? 'danger' : 'quiet'}
          onClick={(e) => {
            if (!sure) {
              setSure(true)
              return
            }
            stepBack(e.currentTarget)
            session.discard(draft.id)
          }}
          onBlur={() => setSure(false)}
        >
          {words.board.drafts.discard}
        </Button>
        {homeless ? (
          <Button
            small
            look="primary"
            icon="pin"
            onClick={() => ask({ is: 'add', from: { is: 'draft', draft: draft.id, text } })}
          >
            {words.board.drafts.newMark}
          </Button>
        ) : (
          <Button
            small
            look="primary"
            icon="send"
            onClick={(e) => {
              const button = e.currentTarget
              const intent = kept === null ? draft.intent : withText(draft.intent, toKept(text, people).trim())
              const verdict = session.resend(draft.id, intent)
              if (verdict.ok) {
                stepBack(button)
                toast(words.board.drafts.sent)
              } else setWrong(reason(verdict.reason))
            }}
          >
            {words.board.drafts.resend}
          </Button>
        )}
      </div>
    </li>
  )
}

/** Work that was not accepted: why, and edit, send again or let go. */
export const DraftsPanel = () => {
  const words = useWords()
  const { session } = useDesk()
  const drafts = useWatched(session.drafts)
  if (drafts.length === 0) return <p className={css.lone}>{words.board.drafts.none}</p>
  return (
    <div className={css.padded}>
      <p className={ui.hint}>{words.board.drafts.explain}</p>
      <ul className={css.drafts}>
        {drafts.map((draft) => (
          <One key={draft.id} draft={draft} />
        ))}
      </ul>
    </div>
  )
}
export default DraftsPanel
