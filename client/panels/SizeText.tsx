import { sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { usePrefs } from '../app/prefs.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'

/** The real size of a sheet as it lies, or its pixels where nobody has said it. */
export const SizeText = ({ sheet }: { sheet: Sheet }) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const { width, height } = sizeOnBoard(sheet)
  return (
    <span className={ui.hint}>
      {sheet.scale === 'assumed'
        ? `${sheet.width} × ${sheet.height} ${words.board.form.unitPx}`
        : words.board.sheets.size({ width: format.length(width, unit), height: format.length(height, unit) })}
    </span>
  )
}
