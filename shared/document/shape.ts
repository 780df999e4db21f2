import { CAPS, type MarkKind, type PenPoint, type Point, type Shape } from '../domain/mark.ts'
import { type SheetUnit, sheetUnit } from '../domain/units.ts'

/**
 * Shapes as they travel: whole numbers, in hundredths of a sheet unit. The first point is where it is, each next one is the
 * step from the one before, so that a stroke costs two or three bytes a coordinate. A pen point is followed by its
 * pressure in hundredths.
 */
export const packShape = (shape: Shape): number[] => {
  const out: number[] = []
  let x = 0
  let y = 0
  const step = (p: Point): void => {
    const px = Math.round(p.x * 100)
    const py = Math.round(p.y * 100)
    out.push(px - x, py - y)
    x = px
    y = py
  }
  switch (shape.kind) {
    case 'pin':
    case 'proposal':
      step(shape.at)
      break
    case 'arrow':
      step(shape.from)
      step(shape.to)
      break
    case 'pen':
      for (const p of shape.points) {
        step(p)
        out.push(Math.round(Math.min(1, Math.max(0, p.pressure)) * 100))
      }
      break
    default:
      for (const p of shape.points) step(p)
  }
  return out
}

const REACH = CAPS.reach * 100

/** @returns the shape, or null where the numbers are not one of this kind within the caps. */
export const unpackShape = (kind: MarkKind, value: unknown): Shape | null => {
  if (!Array.isArray(value)) return null
  const stride = kind === 'pen' ? 3 : 2
  const count = value.length / stride
  const [least, most] = BOUNDS[kind]
  if (!Number.isInteger(count) || count < least || count > most) return null
  const points: PenPoint[] = []
  let x = 0
  let y = 0
  for (let i = 0; i < value.length; i += stride) {
    const dx = value[i]
    const dy = value[i + 1]
    const pressure = stride === 3 ? value[i + 2] : 50
    if (!Number.isSafeInteger(dx) || !Number.isSafeInteger(dy) || !Number.isInteger(pressure)) return null
    x += dx
    y += dy
    if (Math.abs(x) > REACH || Math.abs(y) > REACH || pressure < 0 || pressure > 100) return null
    points.push({ x: (x / 100) as SheetUnit, y: (y / 100) as SheetUnit, pressure: pressure / 100 })
  }
  const plain = (p: PenPoint): Point => ({ x: p.x, y: p.y })
  switch (kind) {
    case 'pin':
    case 'proposal':
      return { kind, at: plain(points[0] as PenPoint) }
    case 'arrow':
      return { kind, from: plain(points[0] as PenPoint), to: plain(points[1] as PenPoint) }
    case 'pen':
      return { kind, points }
    default:
      return { kind, points: points.map(plain) }
  }
}

const BOUNDS: Record<MarkKind, readonly [least: number, most: number]> = {
  pin: [1, 1],
  arrow: [2, 2],
  pen: [1, CAPS.penPoints],
  area: [3, CAPS.pathPoints],
  tape: [2, CAPS.pathPoints],
  proposal: [1, 1],
}

/** The shape as everybody else will read it: rounded as it travels. */
export const settled = (shape: Shape): Shape => unpackShape(shape.kind, packShape(shape)) ?? shape

/** Within the caps once packed; a tool checks this before it commits. */
export const fits = (shape: Shape): boolean => unpackShape(shape.kind, packShape(shape)) !== null

export const penPoint = (x: number, y: number, pressure = 0.5): PenPoint => ({
  x: sheetUnit(x),
  y: sheetUnit(y),
  pressure: Math.min(1, Math.max(0, pressure)),
})
