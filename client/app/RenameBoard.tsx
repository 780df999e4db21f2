import { useState } from 'react'
import type { BoardCard } from '../../shared/protocol/api.ts'
import { Dialog } from '../design/Dialog.tsx'
import { FormActions } from '../design/Fields.tsx'
import { Problem } from '../design/Notice.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { BoardFields } from './BoardFields.tsx'
import { useRenameBoard } from './data.ts'

/** Another title and style for a board of one's own firm; whoever has it open sees them change. */
export const RenameBoard = ({ board, onClose }: { board: BoardCard; onClose(): void }) => {
  const words = useWords()
  const rename = useRenameBoard()
  const [title, setTitle] = useState(board.title)
  const [style, setStyle] = useState(board.style)
  const [tried, setTried] = useState(false)
  return (
    <Dialog title={words.collections.renameBoard} onClose={onClose}>
      <form
        className={ui.form}
        onSubmit={(e) => {
          e.preventDefault()
          setTried(true)
          if (title.trim() === '') return
          rename.mutate(
            { id: board.id, title, style },
            {
              onSuccess: () => {
                toast(words.collections.renamed)
                onClose()
              },
            },
          )
        }}
      >
        <Problem problem={rename.error} />
        <BoardFields title={title} onTitle={setTitle} style={style} onStyle={setStyle} tried={tried} />
        <FormActions act={words.collections.renameDo} onCancel={onClose} busy={rename.isPending} />
      </form>
    </Dialog>
  )
}
