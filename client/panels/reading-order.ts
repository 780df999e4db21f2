import { boxOf, toBoard } from '../../shared/domain/geometry.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import { type Mark, pointsOf } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'

/** Lines of reading on a sheet: what begins within one of these reads left to right. */
const LINES = 12

export interface SheetMarks {
  readonly sheet: Sheet
  readonly marks: readonly Mark[]
}

/** Sheets in their order, and the marks of each as one reads: top to bottom, left to right, as the sheet lies. */
export const inReadingOrder = (sheets: readonly Sheet[], marks: Iterable<Mark>): SheetMarks[] => {
  const bySheet = new Map<SheetId, { line: number; x: number; y: number; mark: Mark }[]>()
  const known = new Map(sheets.map((sheet) => [sheet.id, sheet]))
  for (const mark of marks) {
    const sheet = known.get(mark.sheet)
    const box = sheet && boxOf(pointsOf(mark.shape).map((p) => toBoard(sheet, p)))
    if (!sheet || !box) continue
    const height = (sheet.place.turn % 2 === 0 ? sheet.height : sheet.width) * sheet.mmPerUnit
    const line = Math.floor(((box.y - sheet.place.y) / height) * LINES)
    const list = bySheet.get(sheet.id) ?? []
    list.push({ line, x: box.x, y: box.y, mark })
    bySheet.set(sheet.id, list)
  }
  return [...sheets]
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
    .map((sheet) => ({
      sheet,
      marks: (bySheet.get(sheet.id) ?? [])
        .sort((a, b) => a.line - b.line || a.x - b.x || a.y - b.y || (a.mark.id < b.mark.id ? -1 : 1))
        .map(({ mark }) => mark),
    }))
}
