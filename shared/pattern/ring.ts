import { drawnOf } from './curve.ts'
import type { Shape, Vec } from './model.ts'

export interface PlainBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The ring of a shape as one closed line: its last point is not its first one. */
export const outlineOf = (shape: Pick<Shape, 'runs'>): Vec[] => shape.runs.flatMap((run) => drawnOf(run).slice(0, -1))

/** mm², positive for a counter-clockwise ring (shoelace formula). */
export const areaOf = (points: readonly Vec[]): number => {
  let sum = 0
  for (let i = 0; i < points.length; i++) {
    const a = points[i] as Vec
    const b = points[(i + 1) % points.length] as Vec
    sum += a.x * b.y - b.x * a.y
  }
  return sum / 2
}

export const perimeterOf = (points: readonly Vec[]): number => {
  let sum = 0
  for (let i = 0; i < points.length; i++) {
    const a = points[i] as Vec
    const b = points[(i + 1) % points.length] as Vec
    sum += Math.hypot(b.x - a.x, b.y - a.y)
  }
  return sum
}

/** Smallest upright box; null for no points. */
export const boxOf = (points: readonly Vec[]): PlainBox | null => {
  if (points.length === 0) return null
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    if (x < left) left = x
    if (x > right) right = x
    if (y < bottom) bottom = y
    if (y > top) top = y
  }
  return { x: left, y: bottom, width: right - left, height: top - bottom }
}

/** Whether a point is inside a ring (even-odd rule). */
export const contains = (points: readonly Vec[], p: Vec): boolean => {
  let inside = false
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const a = points[i] as Vec
    const b = points[j] as Vec
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

/** Where two segments properly cross, or null; touching ends and overlapping lines are not a crossing. */
export const crossingOf = (a: Vec, b: Vec, c: Vec, d: Vec): Vec | null => {
  const [rx, ry, sx, sy] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y]
  const between = rx * sy - ry * sx
  if (between === 0) return null
  const t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / between
  const u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / between
  const edge = 1e-9
  return t > edge && t < 1 - edge && u > edge && u < 1 - edge ? { x: a.x + t * rx, y: a.y + t * ry } : null
}

/** Whether a ring crosses itself nowhere. Segments are sorted into a grid, so it takes about as long as it has points. */
export const isSimple = (points: readonly Vec[]): { readonly ok: true } | { readonly ok: false; readonly at: Vec } => {
  const n = points.length
  const box = boxOf(points)
  if (n < 4 || !box) return { ok: true }
  const cell = Math.max(perimeterOf(points) / n, Math.max(box.width, box.height) / 256, 1e-6) * 1.5
  const columns = Math.floor(box.width / cell) + 1
  const cells = new Map<number, number[]>()
  for (let i = 0; i < n; i++) {
    const a = points[i] as Vec
    const b = points[(i + 1) % n] as Vec
    const c0 = Math.floor((Math.min(a.x, b.x) - box.x) / cell)
    const c1 = Math.floor((Math.max(a.x, b.x) - box.x) / cell)
    const r0 = Math.floor((Math.min(a.y, b.y) - box.y) / cell)
    const r1 = Math.floor((Math.max(a.y, b.y) - box.y) / cell)
    for (let r = r0; r <= r1; r++)
      for (let c = c0; c <= c1; c++) {
        const key = r * columns + c
        const here = cells.get(key)
        if (!here) {
          cells.set(key, [i])
          continue
        }
        for (const j of here) {
          const at = crossingOf(a, b, points[j] as Vec, points[(j + 1) % n] as Vec)
          if (at) return { ok: false, at }
        }
        here.push(i)
      }
  }
  return { ok: true }
}
