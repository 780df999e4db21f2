import { type Point, pointsOf, type Shape } from './mark.ts'
import type { Sheet } from './sheet.ts'
import { type Mm, mm, type SheetUnit, sheetUnit } from './units.ts'

/** A point of the board, in board millimetres; y grows downwards. */
export interface BoardPoint {
  readonly x: Mm
  readonly y: Mm
}

/** Size of a sheet as it lies on the board, in board millimetres, quarter turns counted. */
export const sizeOnBoard = (sheet: Sheet): { width: Mm; height: Mm } => {
  const width = mm(sheet.width * sheet.mmPerUnit)
  const height = mm(sheet.height * sheet.mmPerUnit)
  return sheet.place.turn % 2 === 0 ? { width, height } : { width: height, height: width }
}

/** Sheet units → board millimetres. */
export const toBoard = (sheet: Sheet, p: Point): BoardPoint => {
  const { x, y, turn } = sheet.place
  const k = sheet.mmPerUnit
  const u = p.x * k
  const v = p.y * k
  const w = sheet.width * k
  const h = sheet.height * k
  switch (turn) {
    case 0:
      return { x: mm(x + u), y: mm(y + v) }
    case 1:
      return { x: mm(x + h - v), y: mm(y + u) }
    case 2:
      return { x: mm(x + w - u), y: mm(y + h - v) }
    case 3:
      return { x: mm(x + v), y: mm(y + w - u) }
  }
}

/** Board millimetres → sheet units; the inverse of `toBoard` up to its rounding (a micrometre, then a hundredth unit). */
export const toSheet = (sheet: Sheet, p: BoardPoint): Point => {
  const { x, y, turn } = sheet.place
  const k = sheet.mmPerUnit
  const w = sheet.width * k
  const h = sheet.height * k
  const dx = p.x - x
  const dy = p.y - y
  const [u, v] = turn === 0 ? [dx, dy] : turn === 1 ? [dy, h - dx] : turn === 2 ? [w - dx, h - dy] : [w - dy, dx]
  return { x: sheetUnit(u / k), y: sheetUnit(v / k) }
}

/** The topmost sheet under a point, or the nearest one; null where the board has no sheet to mark. */
export const sheetAt = (sheets: readonly Sheet[], p: BoardPoint): Sheet | null => {
  let best: Sheet | null = null
  let bestDistance = Number.POSITIVE_INFINITY
  for (const sheet of sheets) {
    if (sheet.away) continue
    const { width, height } = sizeOnBoard(sheet)
    const dx = Math.max(sheet.place.x - p.x, 0, p.x - sheet.place.x - width)
    const dy = Math.max(sheet.place.y - p.y, 0, p.y - sheet.place.y - height)
    const distance = Math.hypot(dx, dy)
    if (distance < bestDistance || (distance === bestDistance && best !== null && sheet.order >= best.order)) {
      best = sheet
      bestDistance = distance
    }
  }
  return best
}

/** Length of the line through the points of a shape, in sheet units. */
export const lengthOf = (shape: Shape): number => {
  const points = pointsOf(shape)
  let sum = 0
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point
    const b = points[i] as Point
    sum += Math.hypot(b.x - a.x, b.y - a.y)
  }
  return sum
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Whether two boxes have a point in common; on their edges counts. */
export const overlaps = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height

interface At {
  readonly x: number
  readonly y: number
}

/** How far a point is from the stretch between two others, ≥ 0, in the unit of the points; from `a` where both are one. */
export const distanceToSegment = (p: At, a: At, b: At): number => {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square))
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy)
}

/** Smallest upright box around points; null for none. */
export const boxOf = (points: readonly At[]): Box | null => {
  if (points.length === 0) return null
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (const p of points) {
    left = Math.min(left, p.x)
    top = Math.min(top, p.y)
    right = Math.max(right, p.x)
    bottom = Math.max(bottom, p.y)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** A shape moved by a vector in sheet units. */
export const moved = (shape: Shape, by: Point): Shape => {
  const shift = <P extends Point>(p: P): P => ({ ...p, x: sheetUnit(p.x + by.x), y: sheetUnit(p.y + by.y) })
  switch (shape.kind) {
    case 'pin':
      return { kind: 'pin', at: shift(shape.at) }
    case 'proposal':
      return { kind: 'proposal', at: shift(shape.at) }
    case 'arrow':
      return { kind: 'arrow', from: shift(shape.from), to: shift(shape.to) }
    case 'pen':
      return { kind: 'pen', points: shape.points.map(shift) }
    default:
      return { kind: shape.kind, points: shape.points.map(shift) }
  }
}

export const point = (x: number, y: number): Point => ({ x: sheetUnit(x) as SheetUnit, y: sheetUnit(y) as SheetUnit })
