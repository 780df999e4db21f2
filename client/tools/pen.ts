import { penPoint } from '../../shared/document/shape.ts'
import { sheetAt, toSheet } from '../../shared/domain/geometry.ts'
import { CAPS, type PenPoint } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { simplifiedTo } from './simplify.ts'
import type { Preview, Tool } from './tool.ts'

type State =
  | { readonly at: 'rest' }
  | { readonly at: 'drawing'; readonly sheet: Sheet; readonly points: readonly PenPoint[] }
const rest: State = { at: 'rest' }

/** Points nearer to each other than this, in screen pixels, say nothing more. */
const GRAIN = 0.7
/** A finished stroke is at most this far from the hand's, in screen pixels. */
const WITHIN = 0.4
/** A stroke that gets too long for the document is thinned to this many points, so that the hand can go on. */
const THINNED = Math.floor(0.75 * CAPS.penPoints)

const shown = (sheet: Sheet, points: readonly PenPoint[]): Preview => ({
  sheet: sheet.id,
  shape: { kind: 'pen', points },
})

/** By hand, with the pressure that the device tells. */
export const pen: Tool<State> = {
  id: 'pen',
  key: 't',
  rest,
  enter: 'hold',
  step(state, event, table) {
    if (event.type === 'cancel') return { state: rest }
    if (event.type === 'finish' || event.type === 'back') return { state }
    if (state.at === 'rest') {
      const sheet = event.type === 'down' ? sheetAt(table.sheets, event.at) : null
      if (!sheet) return { state }
      const p = toSheet(sheet, event.at)
      const points = [penPoint(p.x, p.y, event.pressure)]
      return { state: { at: 'drawing', sheet, points }, preview: shown(sheet, points) }
    }
    const { sheet } = state
    const unit = table.pixel / sheet.mmPerUnit
    const p = toSheet(sheet, event.at)
    const last = state.points.at(-1)
    const moved = !last || Math.hypot(last.x - p.x, last.y - p.y) >= GRAIN * unit
    let points = moved ? [...state.points, penPoint(p.x, p.y, event.pressure)] : state.points
    if (event.type === 'up') {
      const line = simplifiedTo(points, WITHIN * unit, CAPS.penPoints)
      return { state: rest, commit: { do: 'add', sheet: sheet.id, shape: { kind: 'pen', points: line } } }
    }
    if (points.length >= CAPS.penPoints) points = simplifiedTo(points, WITHIN * unit, THINNED)
    return { state: { at: 'drawing', sheet, points }, preview: shown(sheet, points) }
  },
}
