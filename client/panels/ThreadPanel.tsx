import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { MarkId, ReplyId } from '../../shared/domain/ids.ts'
import type { Mark, Reply } from '../../shared/domain/mark.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { Notice } from '../design/Notice.tsx'
import { DoneTag } from '../design/Says.tsx'
import { Stitch } from '../design/Trade.tsx'
import { complain } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { part } from '../sync/part.ts'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { ReplyForm, replyPlace } from './ReplyForm.tsx'
import { Said } from './Said.tsx'
import { stepBack } from './step-back.ts'
import { ThreadActs } from './ThreadActs.tsx'
import { DecisionTag, TypeTag } from './TypeTag.tsx'
import { useMeasure, useReason, useWritten } from './useBoardWords.ts'
import { WordsForm, wordsPlace } from './WordsForm.tsx'
import { Written } from './Written.tsx'
import { useWatched } from './watch.ts'

const ProposalCard = lazy(() => part(() => import('../proposals/ProposalCard.tsx')))

/** What kind of mark it is, what it measures, whether it is settled, and the way to the next. */
const Head = ({ mark }: { mark: Mark }) => {
  const words = useWords()
  const { session, walk } = useDesk()
  const { sheets } = useWatched(session.records)
  const measureOf = useMeasure()
  const measure = measureOf(
    mark,
    sheets.find(({ id }) => id === mark.sheet),
  )
  return (
    <div className={css.threadHead}>
      <TypeTag mark={mark} />
      <span className={css.kind}>
        <Icon name={mark.shape.kind} />
        {words.board.kinds[mark.shape.kind]}
      </span>
      <DecisionTag decision={mark.decision} />
      {measure !== '' && <strong className={css.measure}>{measure}</strong>}
      {mark.resolved && <DoneTag />}
      <span className={css.threadWalk}>
        <Button small look="quiet" icon="chevronLeft" iconOnly onClick={() => walk(-1)}>
          {words.board.thread.previous}
        </Button>
        <Button small look="quiet" icon="chevronRight" iconOnly onClick={() => walk(1)}>
          {words.board.thread.next}
        </Button>
      </span>
    </div>
  )
}

const Answer = ({ mark, reply, onEdit }: { mark: MarkId; reply: Reply; onEdit(): void }) => {
  const words = useWords()
  const who = useWho()
  const { session } = useDesk()
  const { unsaved } = useWatched(session.records)
  const reason = useReason()
  const takeBack = { do: 'unreply', mark, reply: reply.id } as const
  return (
    <Said id={reply.id} author={reply.author} at={reply.at} edited={reply.edited} unsaved={unsaved.has(reply.id)}>
      <Written text={reply.text} />
      {session.may(takeBack).ok && (
        <div className={css.acts}>
          <Button
            small
            look="quiet"
            aria-label={words.board.thread.editOf({ name: who.name(reply.author) })}
            onClick={onEdit}
          >
            {words.board.thread.edit}
          </Button>
          <Button
            small
            look="quiet"
            onClick={(e) => {
              const verdict = session.act(takeBack)
              if (verdict.ok) stepBack(e.currentTarget)
              else complain(reason(verdict.reason))
            }}
          >
            {words.board.thread.remove}
          </Button>
        </div>
      )}
    </Said>
  )
}

const Thread = ({ mark }: { mark: Mark }) => {
  const words = useWords()
  const format = useFormats()
  const who = useWho()
  const { session, fresh, typed } = useDesk()
  const { unsaved } = useWatched(session.records)
  const written = useWritten()
  const isFresh = fresh === mark.id && mark.words.text === ''
  // What was left half rewritten stands open again.
  const [editing, setEditing] = useState<MarkId | ReplyId | null>(() =>
    isFresh || typed.has(wordsPlace(mark.id))
      ? mark.id
      : (mark.replies.find(({ id }) => typed.has(replyPlace(mark.id, id)))?.id ?? null),
  )
  useEffect(() => {
    if (isFresh) setEditing(mark.id)
  }, [isFresh, mark.id])
  // A form goes with the focus in it: whoever wrote there goes on at what is said now.
  const wrote = useRef<MarkId | ReplyId | null>(null)
  useEffect(() => {
    if (wrote.current && editing === null && document.activeElement === document.body)
      document.getElementById(wrote.current)?.focus()
    wrote.current = editing
  }, [editing])
  const done = mark.resolved
  return (
    <>
      {editing === mark.id ? (
        <WordsForm key={mark.id} mark={mark} fresh={isFresh} onDone={() => setEditing(null)} />
      ) : (
        <Said id={mark.id} author={mark.author} at={mark.at} edited={mark.edited} unsaved={unsaved.has(mark.id)}>
          {mark.words.text === '' ? (
            <p className={ui.hint}>{words.board.list.noText}</p>
          ) : (
            <Written text={mark.words.text} />
          )}
        </Said>
      )}
      {mark.change && (
        <Suspense fallback={<p className={ui.hint}>{words.app.loading}</p>}>
          <ProposalCard key={mark.id} mark={mark} change={mark.change} />
        </Suspense>
      )}
      {done && (
        <Notice mood="good">
          {done.by !== null && done.at !== null
            ? words.board.thread.resolved({ who: who.name(done.by), when: format.since(done.at, serverNow()) })
            : words.board.thread.resolvedPlain}
        </Notice>
      )}
      {editing !== mark.id && <ThreadActs mark={mark} onEdit={() => setEditing(mark.id)} />}
      {mark.replies.length > 0 && (
        <>
          <Stitch />
          <ol className={css.replies}>
            {mark.replies.map((reply) => (
              <li key={reply.id}>
                {editing === reply.id ? (
                  <ReplyForm
                    mark={mark.id}
                    reply={reply.id}
                    initial={written(reply.text)}
                    onDone={() => setEditing(null)}
                  />
                ) : (
                  <Answer mark={mark.id} reply={reply} onEdit={() => setEditing(reply.id)} />
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {editing === null && (
        <>
          <Stitch />
          <ReplyForm key={mark.id} mark={mark.id} reply={null} initial="" />
        </>
      )}
    </>
  )
}

/** What was typed for a mark before it was taken away is not lost with it: it can be said in one of its own. */
const Gone = ({ mark }: { mark: MarkId }) => {
  const words = useWords()
  const { typed, ask } = useDesk()
  const kept = [...typed].filter(([place, text]) => place.split('/')[1] === mark && text.trim() !== '')
  return (
    <div className={css.thread}>
      <p className={css.lone}>{words.board.thread.gone}</p>
      {kept.map(([place, text]) => (
        <Notice key={place}>
          <p>{words.board.thread.goneTyped}</p>
          <blockquote className={css.kept}>{text}</blockquote>
          <Button
            small
            look="primary"
            icon="pin"
            onClick={() => ask({ is: 'add', from: { is: 'typed', place, text } })}
          >
            {words.board.drafts.newMark}
          </Button>
        </Notice>
      ))}
    </div>
  )
}

/** The thread of the selected mark. */
export const ThreadPanel = () => {
  const words = useWords()
  const { session, selected } = useDesk()
  const { marks } = useWatched(session.records)
  const mark = selected === null ? undefined : marks.get(selected)
  if (selected !== null && !mark) return <Gone mark={selected} />
  if (!mark) return <p className={css.lone}>{words.board.thread.none}</p>
  return (
    <div className={css.thread}>
      {/* The same one from mark to mark: whoever walks keeps the button under the finger. */}
      <Head mark={mark} />
      <Thread key={mark.id} mark={mark} />
    </div>
  )
}
