import type { ReactNode } from 'react'
import type { MarkId, PersonId, ReplyId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { PlainTag } from '../design/Says.tsx'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import css from './panels.module.css'

/** Who said it, when, whether it said something else before, and what one may do with it. */
export const Said = ({
  id,
  author,
  at,
  edited,
  unsaved,
  children,
}: {
  id: MarkId | ReplyId
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
    <article id={id} tabIndex={-1} className={css.said}>
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
          {edited !== null && <span> · {words.board.thread.edited({ when: format.since(edited, now) })}</span>}
        </span>
      </header>
      {children}
    </article>
  )
}
