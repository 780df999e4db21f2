import { type Box, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { Shape } from '../../shared/pattern/model.ts'
import { type LoadedPattern, linesOf, type Patterns } from '../patterns/store.ts'
import { frameOf, type Trace, traceOf } from '../patterns/trace.ts'
import type { BoardSession } from '../sync/contract.ts'
import type { Brush } from './figures/figure.ts'
import { PieceFigure } from './figures/piece.ts'
import { ViewerCode } from './figures/viewer-code.ts'
import type { Drawable } from './layer.ts'

/** Which sizes of a pattern are seen: one to work on, and perhaps the whole nest around it. */
export interface SizesShown {
  readonly inView: number
  readonly nest: boolean
}

export interface LinesNeeds {
  readonly session: BoardSession
  readonly patterns: Patterns
  readonly brush: Brush
  sizes(sheet: SheetId): SizesShown | null
  /** The viewer's firm and name, drawn with the code of the look over lines that are not their own. */
  readonly viewer: string
  /** Draw again. */
  changed(): void
}

/** The lines of the patterns on the table. */
export interface Lines {
  /** Lowest first. */
  readonly figures: () => readonly Drawable[]
  /** Whether a sheet is drawn by its lines, so that its picture need not be fetched. */
  has(sheet: SheetId): boolean
  /** The pieces of the size in view of a sheet. */
  traces(sheet: SheetId): readonly Trace[]
  /** Sheets moved, sizes were chosen, or lines arrived: look again. */
  refresh(): void
  dispose(): void
}

interface Drawn {
  readonly from: LoadedPattern
  readonly sheet: Sheet
  readonly sizes: SizesShown
  readonly figures: readonly Drawable[]
  readonly inView: readonly Trace[]
}

export const sizesOf = (loaded: LoadedPattern, chosen: SizesShown | null): SizesShown => {
  const inView = Math.min(chosen?.inView ?? loaded.pattern.base, loaded.pattern.sizes.length - 1)
  return { inView, nest: chosen?.nest ?? false }
}

const isSamePlace = (a: Sheet, b: Sheet): boolean =>
  a.place.x === b.place.x &&
  a.place.y === b.place.y &&
  a.place.turn === b.place.turn &&
  a.width === b.width &&
  a.height === b.height &&
  a.mmPerUnit === b.mmPerUnit

export const openLines = ({ session, patterns, brush, sizes, viewer, changed }: LinesNeeds): Lines => {
  const drawn = new Map<SheetId, Drawn>()
  let all: readonly Drawable[] = []
  /** Lines of a shape at one place: an accepted change leaves most shapes as they were. */
  let kept = new WeakMap<Shape, { readonly sheet: Sheet; readonly at: string; readonly trace: Trace }>()

  const draw = (loaded: LoadedPattern, sheet: Sheet, shown: SizesShown): Drawn => {
    const nested: Drawable[] = []
    const over: Drawable[] = []
    const inView: Trace[] = []
    for (const piece of loaded.pattern.pieces) {
      const frame = frameOf(sheet, loaded.layout, piece.id)
      const at = loaded.layout.at[piece.id]
      if (!frame || !at) continue
      const key = `${at.x} ${at.y}`
      piece.shapes.forEach((shape, size) => {
        if (!shape || (size !== shown.inView && !shown.nest)) return
        const known = kept.get(shape)
        const isSame = known?.trace.piece === piece && known.at === key && isSamePlace(known.sheet, sheet)
        const trace = known && isSame ? known.trace : traceOf(piece, shape, size, frame)
        if (!isSame) kept.set(shape, { sheet, at: key, trace })
        if (size === shown.inView) {
          over.push(new PieceFigure(trace, 'in-view', brush))
          inView.push(trace)
        } else nested.push(new PieceFigure(trace, 'nested', brush))
      })
    }
    const box: Box = { x: sheet.place.x, y: sheet.place.y, ...sizeOnBoard(sheet) }
    const mark = loaded.exact ? [] : [new ViewerCode(box, `${viewer} · ${loaded.code}`, brush)]
    return { from: loaded, sheet, sizes: shown, figures: [...nested, ...over, ...mark], inView }
  }
  const refresh = (): void => {
    let isOther = false
    const present = new Set<SheetId>()
    for (const sheet of session.records.get().sheets) {
      const loaded = linesOf(patterns.state.get().get(sheet.id))
      if (!loaded || sheet.away) continue
      present.add(sheet.id)
      const shown = sizesOf(loaded, sizes(sheet.id))
      const before = drawn.get(sheet.id)
      const isSame =
        before?.from === loaded &&
        isSamePlace(before.sheet, sheet) &&
        before.sizes.inView === shown.inView &&
        before.sizes.nest === shown.nest
      if (isSame) continue
      drawn.set(sheet.id, draw(loaded, sheet, shown))
      isOther = true
    }
    for (const id of [...drawn.keys()])
      if (!present.has(id)) {
        drawn.delete(id)
        isOther = true
      }
    if (!isOther) return
    all = [...drawn.values()].flatMap(({ figures }) => figures)
    changed()
  }
  const off = patterns.state.subscribe(refresh)
  return {
    figures: () => all,
    has: (sheet) => drawn.has(sheet),
    traces: (sheet) => drawn.get(sheet)?.inView ?? [],
    refresh,
    dispose() {
      off()
      drawn.clear()
      kept = new WeakMap()
      all = []
    },
  }
}
