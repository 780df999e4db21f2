import { type BoardPoint, sheetAt, toSheet } from '../../shared/domain/geometry.ts'
import type { Point } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { isNear, type Preview, reachOf, type Step, type Table, type ToolEvent, type Wish } from './tool.ts'

/** From one end to the other: dragged, or tapped at both. */
export type LineState =
  | { readonly at: 'rest' }
  | { readonly at: 'dragging'; readonly sheet: Sheet; readonly from: BoardPoint }
  | { readonly at: 'from-set'; readonly sheet: Sheet; readonly from: BoardPoint; readonly pressed: boolean }
export const lineRest: LineState = { at: 'rest' }

export interface LineEnds {
  readonly sheet: Sheet
  readonly from: Point
  readonly to: Point
}

/**
 * The gesture of every two-ended tool. A press that is let go where it began sets the first end, and the next press
 * the second, so nothing needs a drag.
 */
export const lineStep = (
  state: LineState,
  event: ToolEvent,
  table: Table,
  starts: (sheet: Sheet) => boolean,
  shown: (ends: LineEnds) => Preview,
  done: (ends: LineEnds) => Wish,
): Step<LineState> => {
  if (event.type === 'cancel' || event.type === 'back') return { state: lineRest }
  if (event.type === 'finish') return { state }
  if (state.at === 'rest') {
    if (event.type !== 'down') return { state }
    const sheet = sheetAt(table.sheets, event.at)
    return sheet && starts(sheet) ? { state: { at: 'dragging', sheet, from: event.at } } : { state }
  }
  const { sheet, from } = state
  const ends = (): LineEnds => ({ sheet, from: toSheet(sheet, from), to: toSheet(sheet, event.at) })
  const firstEnd = shown({ sheet, from: toSheet(sheet, from), to: toSheet(sheet, from) })
  const short = isNear(from, event.at, reachOf(event.by, table))
  if (event.type === 'up') {
    if (state.at === 'dragging' && short)
      return { state: { at: 'from-set', sheet, from, pressed: false }, preview: firstEnd }
    if (state.at === 'from-set' && !state.pressed) return { state, preview: firstEnd }
    // Two taps on one spot: no line, and the first end is taken back.
    return short ? { state: lineRest } : { state: lineRest, commit: done(ends()) }
  }
  const next: LineState = event.type === 'down' && state.at === 'from-set' ? { ...state, pressed: true } : state
  return { state: next, preview: short ? firstEnd : shown(ends()) }
}
