import { type ReactNode, useEffect, useState } from 'react'
import type { Intent } from '../../shared/document/write.ts'
import type { MarkId, PersonId, ReplyId } from '../../shared/domain/ids.ts'
import { CAPS, type Mark, SAYS, type Says } from '../../shared/domain/mark.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { Choices } from '../design/Fields.tsx'
import { Notice } from '../design/Notice.tsx'
import { DoneTag, PlainTag, SaysTag } from '../design/Says.tsx'
import { Stitch } from '../design/Trade.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { MentionBox } from './MentionBox.tsx'
import { toKept } from './mentions.ts'
import css from './panels.module.css'
import { useAudienceLine, useMeasure, useMentionables, useReason, useWritten } from './useBoardWords.ts'
import { Written } from './Written.tsx'
import { useWatched } from './watch.ts'

/** Keeps what is typed under a key of the desk until it is sent. */
const useTyped = (key: string, initial: string): [string, (value: string) => void, () => void] => {
  const { typed } = useDesk()
  const [value, setValue] = useState(typed.get(key) ?? initial)
  return [
    value,
    (next) => {
      typed.set(key, next)
      setValue(next)
    },
    () => typed.delete(key),
  ]
}

export const SaysChoice = ({ value, onValue }: { value: Says; onValue(says: Says): void }) => {
  const words = useWords()
  return (
    <div className={css.saysChoice}>
      <Choices
        label={words.board.composer.type}
        value={value}
        options={SAYS.map(
          (says) =>
            [
              says,
              <span key={says} className={css.saysOption} data-says={says}>
                <Icon name={says} />
                {words.says[says]}
              </span>,
            ] as const,
        )}
        onValue={onValue}
      />
      <p className={ui.hint}>{words.saysHelp[value]}</p>
    </div>
  )
}

/** Writes or rewrites what a mark says. */
const WordsForm = ({ mark, fresh, onDone }: { mark: Mark; fresh: boolean; onDone(): void }) => {
  const words = useWords()
  const { session, setSays } = useDesk()
  const people = useMentionables()
  const written = useWritten()
  const audience = useAudienceLine()
  const reason = useReason()
  const [text, setText, forget] = useTyped(`words/${mark.id}`, written(mark.words.text))
  const [says, chooseSays] = useState<Says>(mark.words.says)
  const [wrong, setWrong] = useState<string | null>(null)
  const send = (): void => {
    const kept = toKept(text, people).trim()
    if (kept === '') {
      setWrong(words.board.composer.empty)
      return
    }
    if (kept.length > CAPS.text) return
    const verdict = session.act({ do: 'say', mark: mark.id, words: { says, text: kept } })
    if (!verdict.ok) {
      setWrong(reason(verdict.reason))
      return
    }
    forget()
    onDone()
  }
  return (
    <form
      className={ui.form}
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <SaysChoice
        value={says}
        onValue={(next) => {
          chooseSays(next)
          setSays(next)
        }}
      />
      <MentionBox
        label={words.board.composer.write}
        hint={words.board.composer.writeHint}
        value={text}
        onValue={(next) => {
          setText(next)
          setWrong(null)
        }}
        onSend={send}
        people={people}
        wrong={wrong}
        autoFocus
      />
      <p className={css.audienceLine}>
        <Icon name="eye" />
        {audience}
      </p>
      <p className={ui.hint}>{words.board.composer.legal}</p>
      <div className={ui.actions}>
        {fresh ? (
          <Button
            look="quiet"
            onClick={() => {
              forget()
              session.act({ do: 'delete', mark: mark.id })
              onDone()
            }}
          >
            {words.board.composer.discardMark}
          </Button>
        ) : (
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
        <Button look="primary" type="submit">
          {fresh ? words.board.composer.save : words.board.composer.saveEdit}
        </Button>
      </div>
    </form>
  )
}

const ReplyForm = ({
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
  const people = useMentionables()
  const audience = useAudienceLine()
  const reason = useReason()
  const [text, setText, forget] = useTyped(`reply/${mark}/${reply ?? 'new'}`, initial)
  const [wrong, setWrong] = useState<string | null>(null)
  const send = (): void => {
    const kept = toKept(text, people).trim()
    if (kept === '') {
      setWrong(words.board.composer.empty)
      return
    }
    if (kept.length > CAPS.text) return
    const verdict = session.act({ do: 'reply', mark, reply: reply ?? session.newReplyId(), text: kept })
    if (!verdict.ok) {
      setWrong(reason(verdict.reason))
      return
    }
    setText('')
    forget()
    onDone?.()
  }
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
        onValue={(next) => {
          setText(next)
          setWrong(null)
        }}
        onSend={send}
        people={people}
        wrong={wrong}
        autoFocus={reply !== null}
      />
      <div className={css.replyFoot}>
        <p className={css.audienceLine}>
          <Icon name="eye" />
          {audience}
        </p>
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

/** A mark is drawn first and worded right after: words that come within this are its first ones, not an edit. */
const FIRST_WORDS_MS = 120_000

/** Who said it, when, and what one may do with it. */
const Said = ({
  author,
  at,
  edited,
  unsaved,
  children,
}: {
  author: PersonId
  at: Instant | null
  edited: Instant | null
  unsaved: boolean
  children: ReactNode
}) => {
  const words = useWords()
  const format = useFormats()
  const who = useWho()
  const now = serverNow()
  return (
    <article className={css.said}>
      <header className={css.saidBy}>
        <strong>{who.name(author)}</strong> <span className={ui.hint}>{who.firmName(author)}</span>
        <span className={css.saidAt}>
          {unsaved || at === null ? (
            <PlainTag>{words.board.thread.sending}</PlainTag>
          ) : (
            <time dateTime={new Date(at).toISOString()} title={format.moment(at, now)}>
              {format.since(at, now)}
            </time>
          )}
          {edited !== null && at !== null && edited - at > FIRST_WORDS_MS && (
            <span> · {words.board.thread.edited({ when: format.since(edited, now) })}</span>
          )}
        </span>
      </header>
      {children}
    </article>
  )
}

const Thread = ({ mark }: { mark: Mark }) => {
  const words = useWords()
  const format = useFormats()
  const who = useWho()
  const { session, board, fresh, goTo, walk, ask } = useDesk()
  const { sheets, unsaved } = useWatched(session.records)
  const measureOf = useMeasure()
  const written = useWritten()
  const reason = useReason()
  const isFresh = fresh === mark.id && mark.words.text === ''
  const [editing, setEditing] = useState<MarkId | ReplyId | null>(isFresh ? mark.id : null)
  useEffect(() => {
    if (isFresh) setEditing(mark.id)
  }, [isFresh, mark.id])
  const sheet = sheets.find(({ id }) => id === mark.sheet)
  const measure = measureOf(mark, sheet)
  const may = (intent: Intent): boolean => session.may(intent).ok
  const act = (intent: Intent): void => {
    const verdict = session.act(intent)
    if (!verdict.ok) toast(reason(verdict.reason))
  }
  const mine = may({ do: 'say', mark: mark.id, words: mark.words })
  const link = `${location.origin}/mesas/${board.id}?marca=${mark.id}`
  const done = mark.resolved
  return (
    <div className={css.thread}>
      <div className={css.threadHead}>
        <SaysTag says={mark.words.says} />
        <span className={css.kind}>
          <Icon name={mark.shape.kind} />
          {words.board.kinds[mark.shape.kind]}
        </span>
        {measure !== '' && <strong className={css.measure}>{measure}</strong>}
        {done && <DoneTag />}
        <span className={css.threadWalk}>
          <Button small look="quiet" icon="chevronLeft" iconOnly onClick={() => walk(-1)}>
            {words.board.thread.previous}
          </Button>
          <Button small look="quiet" icon="chevronRight" iconOnly onClick={() => walk(1)}>
            {words.board.thread.next}
          </Button>
        </span>
      </div>
      {editing === mark.id ? (
        <WordsForm key={mark.id} mark={mark} fresh={isFresh} onDone={() => setEditing(null)} />
      ) : (
        <Said author={mark.author} at={mark.at} edited={mark.edited} unsaved={unsaved.has(mark.id)}>
          {mark.words.text === '' ? (
            <p className={ui.hint}>{words.board.list.noText}</p>
          ) : (
            <Written text={mark.words.text} />
          )}
        </Said>
      )}
      {done && (
        <Notice mood="good">
          {done.by !== null && done.at !== null
            ? words.board.thread.resolved({ who: who.name(done.by), when: format.since(done.at, serverNow()) })
            : words.board.thread.resolvedPlain}
        </Notice>
      )}
      {editing !== mark.id && (
        <div className={css.acts} role="toolbar" aria-label={words.board.thread.actions}>
          {may({ do: 'settle', mark: mark.id, done: done === null }) && (
            <Button
              small
              icon={done ? 'reopen' : 'resolve'}
              onClick={() => act({ do: 'settle', mark: mark.id, done: done === null })}
            >
              {done ? words.board.thread.reopen : words.board.thread.resolve}
            </Button>
          )}
          <Button small look="quiet" icon="search" onClick={() => goTo(mark.id)}>
            {words.board.thread.show}
          </Button>
          <Button
            small
            look="quiet"
            icon="lookHere"
            onClick={() =>
              void session
                .command('eyes.call', { mark: mark.id })
                .then(() => toast(words.board.thread.lookDone))
                .catch((problem: { code?: string }) => toast(reason(problem.code ?? 'failed')))
            }
          >
            {words.board.thread.look}
          </Button>
          <Button
            small
            look="quiet"
            icon="link"
            onClick={() => void navigator.clipboard.writeText(link).then(() => toast(words.board.thread.linkCopied))}
          >
            {words.board.thread.copyLink}
          </Button>
          {mine && (
            <>
              <Button small look="quiet" icon="edit" onClick={() => setEditing(mark.id)}>
                {words.board.thread.edit}
              </Button>
              <Button small look="quiet" icon="move" onClick={() => ask({ is: 'move', mark: mark.id })}>
                {words.board.thread.moveNumbers}
              </Button>
              <Button
                small
                look="quiet"
                icon="trash"
                onClick={() => {
                  const verdict = session.may({ do: 'delete', mark: mark.id })
                  if (verdict.ok) ask({ is: 'delete', mark: mark.id })
                  else toast(reason(verdict.reason))
                }}
              >
                {words.board.thread.remove}
              </Button>
            </>
          )}
        </div>
      )}
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
                  <Said author={reply.author} at={reply.at} edited={reply.edited} unsaved={unsaved.has(reply.id)}>
                    <Written text={reply.text} />
                    {may({ do: 'unreply', mark: mark.id, reply: reply.id }) && (
                      <div className={css.acts}>
                        <Button
                          small
                          look="quiet"
                          aria-label={words.board.thread.editOf({ name: who.name(reply.author) })}
                          onClick={() => setEditing(reply.id)}
                        >
                          {words.board.thread.edit}
                        </Button>
                        <Button
                          small
                          look="quiet"
                          onClick={() => act({ do: 'unreply', mark: mark.id, reply: reply.id })}
                        >
                          {words.board.thread.remove}
                        </Button>
                      </div>
                    )}
                  </Said>
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
    </div>
  )
}

/** The thread of the selected mark. */
export const ThreadPanel = () => {
  const words = useWords()
  const { session, selected } = useDesk()
  const { marks } = useWatched(session.records)
  const mark = selected === null ? undefined : marks.get(selected)
  if (selected !== null && !mark) return <p className={css.lone}>{words.board.thread.gone}</p>
  if (!mark) return <p className={css.lone}>{words.board.thread.none}</p>
  return <Thread key={mark.id} mark={mark} />
}
