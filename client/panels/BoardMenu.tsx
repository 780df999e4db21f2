import { useState } from 'react'
import { RenameBoard } from '../app/RenameBoard.tsx'
import { LanguageButton } from '../app/Shell.tsx'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { Pop } from '../design/Pop.tsx'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'

/** What is about the board as a whole, below its title: its name for the owner, and on a phone what the bar has no room for. */
export const BoardMenu = ({ phone }: { phone: boolean }) => {
  const words = useWords()
  const { board, own, ask } = useDesk()
  const [renaming, setRenaming] = useState(false)
  return (
    <>
      <Pop
        title={words.board.menu.title}
        label={words.board.menu.open}
        align="left"
        className={css.whereButton}
        button={<Icon name="chevronDown" />}
      >
        {(close) => (
          <div className={css.menu}>
            {phone && <strong>{board.title}</strong>}
            {own && (
              <Button
                wide
                icon="edit"
                onClick={() => {
                  close()
                  setRenaming(true)
                }}
              >
                {words.collections.renameBoard}
              </Button>
            )}
            {phone && (
              <>
                <LanguageButton wide />
                <Button
                  wide
                  icon="keyboard"
                  onClick={() => {
                    close()
                    ask({ is: 'help' })
                  }}
                >
                  {words.board.help.button}
                </Button>
              </>
            )}
          </div>
        )}
      </Pop>
      {renaming && <RenameBoard board={board} onClose={() => setRenaming(false)} />}
    </>
  )
}
