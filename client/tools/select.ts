import { type BoardPoint, moved, toSheet } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Mark, Point, Shape } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { isNear, onBoard, reachOf, stepOn, type Table, type Tool } from './tool.ts'

type State =
  | { readonly at: 'rest' }
  /** Pressed on a mark of one's own; moved far enough it is a drag of the whole, or of one point. */
  | {
      readonly at: 'pressed' | 'dragging'
      readonly mark: MarkId
      readonly vertex: number | null
      readonly from: BoardPoint
    }
const rest: State = { at: 'rest' }

/** A shape with one of its points elsewhere; a pin has one, an arrow two. */
export const withPoint = (shape: Shape, index: number, to: Point): Shape => {
  switch (shape.kind) {
    case 'pin':
      return { kind: 'pin', at: to }
    case 'proposal':
      return { kind: 'proposal', at: to }
    case 'arrow':
      return index === 0 ? { ...shape, from: to } : { ...shape, to }
    case 'pen':
      return { kind: 'pen', points: shape.points.map((p, i) => (i === index ? { ...p, ...to } : p)) }
    default:
      return { kind: shape.kind, points: shape.points.map((p, i) => (i === index ? to : p)) }
  }
}

/** Points that can be taken hold of one by one; a pen stroke has too many to be handles. */
export const handlesOf = (mark: Mark, sheet: Sheet): BoardPoint[] =>
  ['pen', 'pin', 'proposal'].includes(mark.shape.kind) ? [] : onBoard(sheet, mark.shape)

const vertexAt = (table: Table, at: BoardPoint, reach: number): number | null => {
  const mark = table.selected
  const sheet = mark && table.isMine(mark.id) ? table.sheet(mark.sheet) : null
  if (!mark || !sheet) return null
  const index = handlesOf(mark, sheet).findIndex((p) => isNear(p, at, reach))
  return index < 0 ? null : index
}

/** A mark where a step of the hand takes it. `by` is in board millimetres from `from` to `to`. */
export const dragged = (mark: Mark, sheet: Sheet, vertex: number | null, from: BoardPoint, to: BoardPoint): Shape =>
  vertex === null ? moved(mark.shape, stepOn(sheet, from, to)) : withPoint(mark.shape, vertex, toSheet(sheet, to))

/** Touch to read; drag what is one's own, whole or by a point. */
export const select: Tool<State> = {
  id: 'select',
  key: 'v',
  rest,
  enter: 'tap',
  step(state, event, table) {
    if (event.type === 'cancel' || event.type === 'finish' || event.type === 'back') return { state: rest }
    const reach = reachOf(event.by, table)
    if (state.at === 'rest') {
      if (event.type !== 'down') return { state }
      const vertex = vertexAt(table, event.at, reach)
      const mark = vertex !== null && table.selected ? table.selected.id : table.markAt(event.at, reach)
      if (mark === null) return { state, commit: { do: 'select', mark: null } }
      const pressed: State = { at: 'pressed', mark, vertex, from: event.at }
      return { state: pressed, commit: { do: 'select', mark } }
    }
    const mark = table.mark(state.mark)
    const sheet = mark && table.sheet(mark.sheet)
    // It went away under the hand.
    if (!mark || !sheet) return { state: rest }
    if (!table.isMine(mark.id)) return { state: event.type === 'up' ? rest : state }
    const still = state.at === 'pressed' && isNear(state.from, event.at, reach)
    if (still) return { state: event.type === 'up' ? rest : state }
    const shape = dragged(mark, sheet, state.vertex, state.from, event.at)
    if (event.type === 'up') return { state: rest, commit: { do: 'move', mark: mark.id, shape } }
    return { state: { ...state, at: 'dragging' }, preview: { sheet: sheet.id, shape, mark: mark.id } }
  },
}
