import { type Box, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { type Mm, mm } from '../../shared/domain/units.ts'

export interface LaidPage {
  readonly sheet: SheetId
  readonly x: Mm
  readonly y: Mm
  readonly turn: Sheet['place']['turn']
}
export interface Laying {
  /** Whole, 1 or more. */
  readonly columns: number
  /** Millimetres of drawing that two neighbours share, 0 or more. */
  readonly overlap: number
  /** Millimetres at each edge of a page that have no drawing, 0 or more. */
  readonly margin: number
}

/** Millimetres from the middle of the table, as far as the server takes a place. */
export const FURTHEST = 1e6

/** As many columns as rows, or one more: what a tiled pattern most often has. */
export const columnsFor = (pages: number): number => Math.max(1, Math.ceil(Math.sqrt(pages)))

/**
 * Lays the pages of a tiled pattern together, row by row, left to right, from where the first one lies. Each keeps its
 * turn; columns and rows are as wide and tall as their largest page.
 *
 * @returns null where overlap and margins leave nothing of a page.
 */
export const layTogether = (pages: readonly Sheet[], { columns, overlap, margin }: Laying): LaidPage[] | null => {
  const lost = 2 * margin + overlap
  const sizes = pages.map(sizeOnBoard)
  if (sizes.some(({ width, height }) => Math.min(width, height) <= lost)) return null
  /** Where each column or row begins, counted from the first. */
  const starts = (lengths: readonly number[], lineOf: (i: number) => number): number[] => {
    const longest: number[] = []
    lengths.forEach((length, i) => {
      longest[lineOf(i)] = Math.max(longest[lineOf(i)] ?? 0, length)
    })
    let at = 0
    return longest.map((length) => {
      const start = at
      at += length - lost
      return start
    })
  }
  const column = (i: number): number => i % columns
  const row = (i: number): number => Math.floor(i / columns)
  const lefts = starts(
    sizes.map(({ width }) => width),
    column,
  )
  const tops = starts(
    sizes.map(({ height }) => height),
    row,
  )
  const { x, y } = pages[0]?.place ?? { x: 0, y: 0 }
  return pages.map((sheet, i) => ({
    sheet: sheet.id,
    x: mm(x + (lefts[column(i)] ?? 0)),
    y: mm(y + (tops[row(i)] ?? 0)),
    turn: sheet.place.turn,
  }))
}

/** The box that a page takes where it is to be laid, in board millimetres. */
export const boxOfLaid = (sheet: Sheet, { x, y }: LaidPage): Box => ({ x, y, ...sizeOnBoard(sheet) })

/**
 * Millimetres in one sheet unit, from a length on the sheet and what it really measures.
 *
 * @returns null for what is no length, or outside of what any photo of clothes has.
 */
export const scaleFrom = (units: number, millimetres: number): number | null => {
  if (!(units > 0) || !(millimetres > 0)) return null
  const mmPerUnit = millimetres / units
  return mmPerUnit >= 1e-4 && mmPerUnit <= 1e3 ? mmPerUnit : null
}
