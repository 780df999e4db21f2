import type { BoardPoint } from '../../shared/domain/geometry.ts'
import { toBoard, toSheet } from '../../shared/domain/geometry.ts'
import type { MarkId, SheetId } from '../../shared/domain/ids.ts'
import type { DrawnKind, Mark, Point, Shape } from '../../shared/domain/mark.ts'
import { pointsOf } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { sheetUnit } from '../../shared/domain/units.ts'

export type ToolId = 'select' | 'hand' | DrawnKind | 'propose' | 'scale' | 'laser'

/** Fingers are thicker than a mouse; `keys` is the crosshair moved by arrow keys. */
export type Pointer = 'mouse' | 'touch' | 'pen' | 'keys'

/** What the hand does, in board millimetres. `pressure` is 0 to 1, and 0.5 where the device has none. */
export type ToolEvent =
  | { readonly type: 'down' | 'move' | 'up'; readonly at: BoardPoint; readonly pressure: number; readonly by: Pointer }
  /** Enter on a shape of many points: that was the last one. */
  | { readonly type: 'finish' }
  /** Backspace: the last point was wrong. */
  | { readonly type: 'back' }
  | { readonly type: 'cancel' }

/** What a tool may ask of the board. */
export interface Table {
  readonly sheets: readonly Sheet[]
  /** Board millimetres of one screen pixel. */
  readonly pixel: number
  readonly selected: Mark | null
  isMine(mark: MarkId): boolean
  mark(id: MarkId): Mark | null
  sheet(id: SheetId): Sheet | null
  /** The mark under a point, the nearest within `reach` millimetres, or null. */
  markAt(at: BoardPoint, reach: number): MarkId | null
}

/** What is drawn while the hand moves, and never kept. With `mark`, a mark as it would be; without, an unfinished one. */
export interface Preview {
  readonly sheet: SheetId
  readonly shape: Shape
  readonly mark?: MarkId
}

/** What a tool wants done when a gesture is over. */
export type Wish =
  | { readonly do: 'add'; readonly sheet: SheetId; readonly shape: Shape }
  | { readonly do: 'move'; readonly mark: MarkId; readonly shape: Shape }
  | { readonly do: 'select'; readonly mark: MarkId | null }
  /** A place of a pattern, to propose something there. `reach` in board millimetres. */
  | { readonly do: 'mean'; readonly at: BoardPoint; readonly reach: number }
  /** A line over something of known length, in sheet units. */
  | { readonly do: 'scale'; readonly sheet: SheetId; readonly length: number }

export interface Step<State> {
  readonly state: State
  readonly preview?: Preview
  readonly commit?: Wish
  /** The light is on. */
  readonly laser?: boolean
}

/** A pure step from state and event to state and wishes; the host does what it wants. */
export interface Tool<State> {
  readonly id: ToolId
  /** One key, which may be turned off. */
  readonly key: string
  readonly rest: State
  /** How Enter works with the crosshair: a tap, or the hand put down and lifted again. */
  readonly enter: 'tap' | 'hold'
  step(state: State, event: ToolEvent, table: Table): Step<State>
}

/** Screen pixels within which two points are one place. */
const REACH: Record<Pointer, number> = { mouse: 6, pen: 8, touch: 16, keys: 1 }

/** Millimetres within which a pointer means a thing. */
export const reachOf = (by: Pointer, table: Table): number => REACH[by] * table.pixel

export const isNear = (a: BoardPoint, b: BoardPoint, reach: number): boolean =>
  Math.hypot(a.x - b.x, a.y - b.y) <= reach

/** A step on the board as a step on the sheet, quarter turns and scale undone. */
export const stepOn = (sheet: Sheet, from: BoardPoint, to: BoardPoint): Point => {
  const a = toSheet(sheet, from)
  const b = toSheet(sheet, to)
  return { x: sheetUnit(b.x - a.x), y: sheetUnit(b.y - a.y) }
}

/** The points of a mark on the board, which is where a hand looks for them. */
export const onBoard = (sheet: Sheet, shape: Shape): BoardPoint[] => pointsOf(shape).map((p) => toBoard(sheet, p))
