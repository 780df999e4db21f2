import { Link } from '@tanstack/react-router'
import { LanguageButton } from '../app/Shell.tsx'
import { useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { useWords } from '../words/words.ts'
import { Audience } from './Audience.tsx'
import { useDesk } from './desk.ts'
import { People } from './People.tsx'
import css from './panels.module.css'
import { SavedState } from './SavedState.tsx'
import { useWatched } from './watch.ts'

/** Where I am, what is saved, who is here and who can see this. */
export const TopBar = ({ phone }: { phone: boolean }) => {
  const words = useWords()
  const { firm } = useWho()
  const { session, board, ask } = useDesk()
  const canUndo = useWatched(session.canUndo)
  const canRedo = useWatched(session.canRedo)
  return (
    <header className={css.top}>
      <Link
        to="/colecciones/$id"
        params={{ id: board.collection }}
        className={css.back}
        aria-label={words.app.back}
        title={words.app.back}
      >
        <Icon name="back" />
      </Link>
      <div className={css.where}>
        <h1>{board.title}</h1>
        <p>{[firm(board.firm)?.name, board.style].filter(Boolean).join(' · ')}</p>
      </div>
      <SavedState />
      <div className={css.topActs}>
        <Button look="quiet" icon="undo" iconOnly disabled={!canUndo} onClick={() => session.undo()}>
          {words.board.undo}
        </Button>
        <Button look="quiet" icon="redo" iconOnly disabled={!canRedo} onClick={() => session.redo()}>
          {words.board.redo}
        </Button>
        <Audience />
        <People />
        {!phone && (
          <>
            <Button look="quiet" icon="keyboard" iconOnly onClick={() => ask({ is: 'help' })}>
              {words.board.help.button}
            </Button>
            <LanguageButton />
          </>
        )}
      </div>
    </header>
  )
}
