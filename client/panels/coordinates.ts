import { boxOf, moved, point, toBoard, toSheet } from '../../shared/domain/geometry.ts'
import { CAPS, type MarkKind, type PenPoint, type Point, pointsOf, type Shape } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { MM_PER_INCH, mm } from '../../shared/domain/units.ts'
import type { Unit } from '../words/format.ts'

/** Board millimetres in one step of the numbers that a person types: centimetres, inches, or pixels of a photo without scale. */
export const stepOf = (sheet: Sheet, unit: Unit): number =>
  sheet.scale === 'assumed' ? sheet.mmPerUnit : unit === 'cm' ? 10 : MM_PER_INCH

/** A pair as typed: right and down from the corner of the sheet as it lies. */
export interface Typed {
  readonly x: string
  readonly y: string
}

const round = (n: number): string => String(Math.round(n * 100) / 100)

export const toTyped = (sheet: Sheet, unit: Unit, p: Point): Typed => {
  const at = toBoard(sheet, p)
  const step = stepOf(sheet, unit)
  return { x: round((at.x - sheet.place.x) / step), y: round((at.y - sheet.place.y) / step) }
}

/** The point of the sheet that is meant; null where a number is missing or out of any reach. */
export const fromTyped = (sheet: Sheet, unit: Unit, x: number, y: number): Point | null => {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null
  const step = stepOf(sheet, unit)
  const at = toSheet(sheet, { x: mm(sheet.place.x + x * step), y: mm(sheet.place.y + y * step) })
  return Math.max(Math.abs(at.x), Math.abs(at.y)) <= CAPS.reach ? at : null
}

/** Fewest and most points that one types for a kind. */
export const POINTS: Record<MarkKind, readonly [least: number, most: number]> = {
  pin: [1, 1],
  arrow: [2, 2],
  pen: [2, 40],
  area: [3, 40],
  tape: [2, 40],
  proposal: [1, 1],
}

/** A shape through typed points; null where there are too few of them. */
export const shapeThrough = (kind: MarkKind, points: readonly Point[]): Shape | null => {
  const [first, second] = points
  if (!first || points.length < POINTS[kind][0]) return null
  switch (kind) {
    case 'pin':
    case 'proposal':
      return { kind, at: first }
    case 'arrow':
      return second ? { kind, from: first, to: second } : null
    case 'pen':
      return { kind, points: points.map((p): PenPoint => ({ ...p, pressure: 0.5 })) }
    default:
      return { kind, points }
  }
}

/** Where a new mark is offered: around the middle of the sheet, a tenth of its width apart. */
export const offered = (sheet: Sheet, kind: MarkKind): Point[] => {
  const { width, height } = sheet
  const step = width / 10
  const corners = [
    point(width / 2, height / 2),
    point(width / 2 + step, height / 2),
    point(width / 2 + step, height / 2 + step),
  ]
  return corners.slice(0, POINTS[kind][0])
}

/** A shape moved right and down by board millimetres, as the sheet lies. */
export const movedOnBoard = (sheet: Sheet, shape: Shape, right: number, down: number): Shape | null => {
  const from = toSheet(sheet, sheet.place)
  const to = toSheet(sheet, { x: mm(sheet.place.x + right), y: mm(sheet.place.y + down) })
  const by = point(to.x - from.x, to.y - from.y)
  const after = moved(shape, by)
  const box = boxOf(pointsOf(after))
  return box && Math.max(Math.abs(box.x), Math.abs(box.y), box.x + box.width, box.y + box.height) <= CAPS.reach
    ? after
    : null
}
