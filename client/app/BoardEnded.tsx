import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { BoardId } from '../../shared/domain/ids.ts'
import { Button, buttonClass } from '../design/Button.tsx'
import { copy } from '../design/copy.ts'
import { Stitch } from '../design/Trade.tsx'
import { useWatched } from '../panels/watch.ts'
import type { BoardSession } from '../sync/contract.ts'
import { textOf } from '../sync/drafts.ts'
import { ownStorage } from '../sync/session.ts'
import { openTyped } from '../sync/typed.ts'
import { useWords } from '../words/words.ts'
import { useMentionText } from './mention-text.ts'
import css from './pages.module.css'
import { Plain } from './Shell.tsx'
import { useWho } from './signed.ts'

/** The board is gone from the screen; what is left are one's own words that could not be saved. */
export const BoardEnded = ({ board, session }: { board: BoardId; session: BoardSession }) => {
  const words = useWords()
  const plain = useMentionText()
  const { me } = useWho()
  const drafts = useWatched(session.drafts)
  const [typed] = useState(() => openTyped(ownStorage(), me.person.id, board))
  const texts = [
    ...drafts.flatMap(({ id, intent }) => {
      const text = textOf(intent)
      return text ? [{ id, text: plain(text) }] : []
    }),
    // Half written when it ended.
    ...[...typed].flatMap(([id, text]) => (/^(words|reply)\//.test(id) && text.trim() !== '' ? [{ id, text }] : [])),
  ]
  return (
    <Plain title={words.board.status.ended}>
      <div className={css.letter}>
        <h1>{words.board.ended.title}</h1>
        <Stitch />
        <p role="alert">{words.board.ended.text}</p>
        {texts.length > 0 && (
          <>
            <p>{words.board.ended.drafts}</p>
            <ul className={css.stack}>
              {texts.map(({ id, text }) => (
                <li key={id} className={css.entry}>
                  <p>{text}</p>
                  <Button
                    small
                    icon="copy"
                    onClick={() => void copy(text, words.board.drafts.copied, words.app.notCopied)}
                  >
                    {words.board.drafts.copy}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
        <Link to="/" className={buttonClass({ look: 'primary' })}>
          {words.errors.toHome}
        </Link>
      </div>
    </Plain>
  )
}
