import { Link } from '@tanstack/react-router'
import { LanguageButton } from '../app/Shell.tsx'
import { useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { useWords } from '../words/words.ts'
import { Audience } from './Audience.tsx'
import { BoardMenu } from './BoardMenu.tsx'
import { useDesk } from './desk.ts'
import { People } from './People.tsx'
import css from './panels.module.css'
import { SavedState } from './SavedState.tsx'
import { UndoRedo } from './UndoRedo.tsx'

/** Where I am, what is saved, who is here and who can see this. */
export const TopBar = ({ phone }: { phone: boolean }) => {
  const words = useWords()
  const { firm } = useWho()
  const { board, own, ask } = useDesk()
  const hasMenu = own || phone
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
      <div className={css.where} data-menu={hasMenu}>
        <h1>{board.title}</h1>
        <p>{[firm(board.firm)?.name, board.style].filter(Boolean).join(' · ')}</p>
        {hasMenu && <BoardMenu phone={phone} />}
      </div>
      <SavedState />
      <div className={css.topActs}>
        {!phone && <UndoRedo />}
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
