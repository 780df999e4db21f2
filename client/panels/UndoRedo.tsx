import { Button } from '../design/Button.tsx'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { useWatched } from './watch.ts'

/** Takes back one's own acts, nobody else's. */
export const UndoRedo = () => {
  const words = useWords()
  const { session } = useDesk()
  const canUndo = useWatched(session.canUndo)
  const canRedo = useWatched(session.canRedo)
  return (
    <>
      <Button look="quiet" icon="undo" iconOnly disabled={!canUndo} onClick={() => session.undo()}>
        {words.board.undo}
      </Button>
      <Button look="quiet" icon="redo" iconOnly disabled={!canRedo} onClick={() => session.redo()}>
        {words.board.redo}
      </Button>
    </>
  )
}
