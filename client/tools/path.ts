import { type BoardPoint, sheetAt, toSheet } from '../../shared/domain/geometry.ts'
import { CAPS, type Point, type Shape } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { isNear, reachOf, type Step, type Table, type ToolEvent } from './tool.ts'

/** Points set so far; `press` is where the pointer went down, `trail` where it went since. */
export type PathState =
  | { readonly at: 'rest' }
  | {
      readonly at: 'setting'
      readonly sheet: Sheet
      readonly points: readonly BoardPoint[]
      readonly press: BoardPoint | null
      readonly trail: readonly BoardPoint[]
    }
export const pathRest: PathState = { at: 'rest' }

export interface PathKind {
  /** Fewest points that make one. */
  readonly least: number
  /** A tap on the first point ends it too. */
  readonly closes: boolean
  shape(points: readonly Point[]): Shape
  /** What a first drag from end to end makes, or null where that is nothing yet. */
  dragged(trail: readonly BoardPoint[], table: Table): readonly BoardPoint[] | null
}

/**
 * The gesture of every tool of many points: tap from point to point, and tap the last one once more (or Enter) to finish.
 * A drag instead of the first tap makes the whole at once.
 */
export const pathStep = (kind: PathKind, state: PathState, event: ToolEvent, table: Table): Step<PathState> => {
  if (event.type === 'cancel') return { state: pathRest }
  if (state.at === 'rest') {
    if (event.type !== 'down') return { state }
    const sheet = sheetAt(table.sheets, event.at)
    if (!sheet) return { state }
    return { state: { at: 'setting', sheet, points: [], press: event.at, trail: [event.at] } }
  }
  const { sheet, points } = state
  const shape = (through: readonly BoardPoint[]): Shape => kind.shape(through.map((p) => toSheet(sheet, p)))
  const finish = (through: readonly BoardPoint[]): Step<PathState> =>
    through.length < kind.least
      ? { state }
      : { state: pathRest, commit: { do: 'add', sheet: sheet.id, shape: shape(through) } }
  const shown = (next: PathState, through: readonly BoardPoint[]): Step<PathState> =>
    through.length < 2
      ? { state: next }
      : { state: next, preview: { sheet: sheet.id, shape: sketch(kind, shape, through) } }

  if (event.type === 'finish') return finish(points)
  if (event.type === 'back') {
    const fewer = points.slice(0, -1)
    return fewer.length === 0 ? { state: pathRest } : shown({ ...state, points: fewer, press: null }, fewer)
  }
  if (event.type === 'down') return shown({ ...state, press: event.at, trail: [event.at] }, [...points, event.at])
  if (event.type === 'move') {
    const isDrag = state.press !== null && points.length === 0
    if (!isDrag) return shown(state, [...points, event.at])
    const trail = [...state.trail, event.at]
    const through = kind.dragged(trail, table)
    return shown({ ...state, trail }, through ?? trail)
  }
  if (state.press === null) return shown(state, points)
  const reach = reachOf(event.by, table)
  const { press, trail } = state
  // A circle ends where it began, so what counts is how far the hand has been.
  if (points.length === 0 && [...trail, event.at].some((p) => !isNear(press, p, reach))) {
    const whole = kind.dragged([...trail, event.at], table)
    return whole && whole.length >= kind.least ? finish(whole) : { state: pathRest }
  }
  const last = points.at(-1)
  const first = points[0]
  if (last && isNear(last, event.at, reach) && points.length >= kind.least) return finish(points)
  if (kind.closes && first && isNear(first, event.at, reach) && points.length >= kind.least) return finish(points)
  if (last && isNear(last, event.at, reach)) return shown({ ...state, press: null, trail: [] }, points)
  const more = [...points, event.at]
  if (more.length >= CAPS.pathPoints) return finish(more)
  return shown({ ...state, points: more, press: null, trail: [] }, more)
}

/** An area of two points is no area yet: its first side is shown as a tape. */
const sketch = (
  kind: PathKind,
  shape: (through: readonly BoardPoint[]) => Shape,
  through: readonly BoardPoint[],
): Shape => {
  const whole = shape(through)
  return through.length >= kind.least || whole.kind !== 'area' ? whole : { kind: 'tape', points: whole.points }
}
