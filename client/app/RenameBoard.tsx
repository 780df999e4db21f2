import { useState } from 'react'
import type { BoardCard } from '../../shared/protocol/api.ts'
import { FormDialog } from '../design/FormDialog.tsx'
import { toast } from '../design/toast-store.ts'
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
    <FormDialog
      title={words.collections.renameBoard}
      act={words.collections.renameDo}
      busy={rename.isPending}
      problem={rename.error}
      onDo={() => {
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
      onClose={onClose}
    >
      <BoardFields title={title} onTitle={setTitle} style={style} onStyle={setStyle} tried={tried} />
    </FormDialog>
  )
}
