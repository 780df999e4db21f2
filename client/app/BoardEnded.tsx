import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../design/Button.tsx'
import { copy } from '../design/copy.ts'
import { Stitch } from '../design/Trade.tsx'
import { textOf } from '../panels/DraftsPanel.tsx'
import { useWatched } from '../panels/watch.ts'
import type { BoardSession } from '../sync/contract.ts'
import { useWords } from '../words/words.ts'
import { useMentionText } from './mention-text.ts'
import css from './pages.module.css'
import { Plain } from './Shell.tsx'

/** The board is gone from the screen; what is left are one's own words that could not be saved. */
export const BoardEnded = ({ session }: { session: BoardSession }) => {
  const words = useWords()
  const plain = useMentionText()
  const drafts = useWatched(session.drafts)
  const texts = drafts.flatMap(({ id, intent }) => {
    const text = textOf(intent)
    return text ? [{ id, text: plain(text) }] : []
  })
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
