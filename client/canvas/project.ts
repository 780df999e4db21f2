import type { StaticCanvas } from 'fabric'
import type { MarkId, SheetId } from '../../shared/domain/ids.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { Records, RecordsDifference } from '../sync/contract.ts'
import { type Brush, type Laid, laid, type MarkFigure } from './figures/figure.ts'
import { FIGURES, RANKS } from './figures/index.ts'
import { isTraced, SheetFigure } from './figures/sheet.ts'
import type { SheetTiles } from './tiles.ts'

/** Adding more than this at once sorts the whole canvas instead of finding a place for each. */
const MANY = 40

export interface Projection {
  apply(records: Records, difference: RecordsDifference): void
  /** Marks for which this says no are not drawn. */
  filter(shown: ((mark: Mark) => boolean) | null, records: Records): void
  laidOf(mark: MarkId): Laid | null
  readonly sheets: () => SheetFigure[]
  /** Lowest first. */
  readonly marks: () => readonly MarkFigure[]
  /** Marks that can be seen, lowest first. */
  visible(): Iterable<Laid>
  clear(): void
}

/** Differences of records → fabric objects: added, changed and removed by id, nothing else is touched. */
export const project = (
  canvas: StaticCanvas,
  brush: Brush,
  tilesOf: (id: SheetId) => SheetTiles | null,
  /** Told of every mark that looks different now, as it was and as it is. */
  touched: (what: Laid) => void,
): Projection => {
  const sheets = new Map<SheetId, SheetFigure>()
  const figures = new Map<MarkId, MarkFigure>()
  let shown: ((mark: Mark) => boolean) | null = null

  const isUnsaved = (mark: Mark, records: Records): boolean =>
    records.unsaved.has(mark.id) || mark.replies.some((reply) => records.unsaved.has(reply.id))
  const isShown = (mark: Mark, sheet: Sheet): boolean => !sheet.away && (shown?.(mark) ?? true)
  const rankOf = (object: unknown): number =>
    object instanceof SheetFigure ? -1 : RANKS[(object as MarkFigure).laid.mark.shape.kind]

  const placeFor = (figure: MarkFigure): number => {
    const objects = canvas._objects
    const rank = rankOf(figure)
    let low = 0
    let high = objects.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (rankOf(objects[middle]) <= rank) low = middle + 1
      else high = middle
    }
    return low
  }
  const put = (mark: Mark, records: Records, fresh: MarkFigure[]): void => {
    const sheet = sheets.get(mark.sheet)?.sheet
    const before = figures.get(mark.id)
    if (!sheet) {
      remove(mark.id)
      return
    }
    const what = laid(mark, sheet, isUnsaved(mark, records))
    const kind = FIGURES[mark.shape.kind]
    const isSame = before?.laid.mark.shape.kind === mark.shape.kind
    const figure = before && isSame ? before : kind.create(what, brush)
    figure.visible = isShown(mark, sheet)
    touched(what)
    if (before) touched(before.laid)
    if (isSame) {
      kind.update(figure, what)
      return
    }
    if (before) canvas.remove(before)
    figures.set(mark.id, figure)
    fresh.push(figure)
  }
  const addAll = (fresh: readonly MarkFigure[]): void => {
    if (fresh.length <= MANY) {
      for (const figure of fresh) canvas.insertAt(placeFor(figure), figure)
      return
    }
    canvas.add(...fresh)
    canvas._objects.sort((a, b) => rankOf(a) - rankOf(b))
  }
  const remove = (id: MarkId): void => {
    const figure = figures.get(id)
    if (!figure) return
    touched(figure.laid)
    canvas.remove(figure)
    figures.delete(id)
  }
  /** Sheets drawn on white that follow one another lie on one paper. */
  const sharePapers = (all: readonly Sheet[]): void => {
    let papers: Sheet[] = []
    for (const sheet of all) {
      const figure = sheets.get(sheet.id)
      if (!figure) continue
      figure.under = []
      figure.papers = []
      if (sheet.away) continue
      if (!isTraced(sheet)) {
        papers = []
        figure.papers = [sheet]
        continue
      }
      figure.under = [...papers]
      // The first has the list itself, and so those that are yet to come.
      if (papers.length === 0) figure.papers = papers
      papers.push(sheet)
    }
  }
  const applySheets = (records: Records): ReadonlySet<SheetId> => {
    const moved = new Set<SheetId>()
    const present = new Set(records.sheets.map(({ id }) => id))
    for (const [id, figure] of sheets) {
      if (present.has(id)) continue
      canvas.remove(figure)
      sheets.delete(id)
    }
    records.sheets.forEach((sheet, order) => {
      let figure = sheets.get(sheet.id)
      if (!figure) {
        figure = new SheetFigure(sheet, () => tilesOf(sheet.id), brush)
        sheets.set(sheet.id, figure)
        canvas.insertAt(Math.min(order, canvas._objects.length), figure)
        moved.add(sheet.id)
      } else if (figure.sheet !== sheet) {
        figure.sheet = sheet
        moved.add(sheet.id)
      }
      if (canvas._objects[order] !== figure) canvas.moveObjectTo(figure, order)
    })
    sharePapers(records.sheets)
    return moved
  }
  return {
    apply(records, difference) {
      const fresh: MarkFigure[] = []
      for (const id of difference.removed) remove(id)
      if (difference.sheets) {
        const moved = applySheets(records)
        for (const mark of records.marks.values()) if (moved.has(mark.sheet)) put(mark, records, fresh)
      }
      for (const mark of [...difference.added, ...difference.changed]) put(mark, records, fresh)
      addAll(fresh)
    },
    filter(next, records) {
      shown = next
      for (const mark of records.marks.values()) {
        const figure = figures.get(mark.id)
        if (figure) figure.visible = isShown(mark, figure.laid.sheet)
      }
    },
    sheets: () => canvas._objects.slice(0, sheets.size) as SheetFigure[],
    marks: () => canvas._objects.slice(sheets.size) as unknown as MarkFigure[],
    laidOf: (id) => figures.get(id)?.laid ?? null,
    *visible() {
      for (const figure of this.marks()) if (figure.visible) yield figure.laid
    },
    clear() {
      canvas.remove(...canvas._objects)
      sheets.clear()
      figures.clear()
    },
  }
}
