import { drawnOf } from './curve.ts'
import type { Run, Shape, Vec } from './model.ts'
import { cross, dist, sub } from './vec.ts'

const memo = new WeakMap<readonly Run[], readonly Vec[]>()

/** Runs head to tail as one closed line: the last point isn't the first again. */
export const closedOf = (runs: readonly Run[]): readonly Vec[] => {
  const known = memo.get(runs)
  if (known) return known
  const out: Vec[] = []
  for (const run of runs)
    for (const p of drawnOf(run)) {
      const last = out.at(-1)
      if (last === undefined || Math.abs(last.x - p.x) > 1e-9 || Math.abs(last.y - p.y) > 1e-9) out.push(p)
    }
  while (out.length > 1 && dist(out[0] as Vec, out.at(-1) as Vec) <= 1e-9) out.pop()
  memo.set(runs, out)
  return out
}

/** The ring of edges as a closed dense line, counter-clockwise; last ≠ first. */
export const outlineOf = (shape: Shape): readonly Vec[] => closedOf(shape.runs)

/** Signed area of a closed line, mm²: positive where it runs counter-clockwise. */
export const areaOf = (points: readonly Vec[]): number => {
  const origin = points[0]
  if (!origin) return 0
  let twice = 0
  for (let i = 1; i + 1 < points.length; i++)
    twice += cross(sub(points[i] as Vec, origin), sub(points[i + 1] as Vec, origin))
  return twice / 2
}

/** Length of a closed line, mm. */
export const perimeterOf = (points: readonly Vec[]): number => {
  let sum = 0
  for (let i = 0; i < points.length; i++) sum += dist(points[i] as Vec, points[(i + 1) % points.length] as Vec)
  return sum
}

export interface Box {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}
/** The upright box around points; null around none. */
export const boxOf = (points: readonly Vec[]): Box | null => {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return points.length > 0 ? { minX, minY, maxX, maxY } : null
}

/** Whether a point lies within a closed line (even-odd). On the line either answer may come. */
export const contains = (points: readonly Vec[], p: Vec): boolean => {
  let inside = false
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [a, b] = [points[i] as Vec, points[j] as Vec]
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

/** Nearer than this to a line a point counts as on it, mm: a line that touches itself is no crossing. */
const TOUCH = 1e-6

const sideOf = (a: Vec, b: Vec, p: Vec): number => {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const off = (dx * (p.y - a.y) - dy * (p.x - a.x)) / (Math.hypot(dx, dy) || 1)
  return off > TOUCH ? 1 : off < -TOUCH ? -1 : 0
}

export type Simple = { readonly ok: true } | { readonly ok: false; readonly at: Vec }

/**
 * Whether a closed line never crosses itself; where it does, one place. Touching itself and running back along itself are no crossings:
 * files draw slits so. Segments are swept in the order of their starts along the longer side, so short ones meet few others.
 */
export const isSimple = (points: readonly Vec[]): Simple => {
  const n = points.length
  const box = boxOf(points)
  if (n < 4 || !box) return { ok: true }
  const wide = box.maxX - box.minX >= box.maxY - box.minY
  const [u, v] = [new Float64Array(n), new Float64Array(n)]
  for (let i = 0; i < n; i++) {
    const p = points[i] as Vec
    u[i] = wide ? p.x : p.y
    v[i] = wide ? p.y : p.x
  }
  const lowOf = (i: number) => Math.min(u[i] as number, u[(i + 1) % n] as number)
  const lows = Float64Array.from({ length: n }, (_, i) => lowOf(i))
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => (lows[a] as number) - (lows[b] as number))
  for (let k = 0; k < n; k++) {
    const i = order[k] as number
    const i2 = (i + 1) % n
    const high = Math.max(u[i] as number, u[i2] as number)
    const [low, top] = [Math.min(v[i] as number, v[i2] as number), Math.max(v[i] as number, v[i2] as number)]
    for (let m = k + 1; m < n; m++) {
      const j = order[m] as number
      if ((lows[j] as number) > high) break
      const j2 = (j + 1) % n
      const [a, b] = [v[j] as number, v[j2] as number]
      if ((a < low && b < low) || (a > top && b > top)) continue
      if (i2 === j || j2 === i) continue
      const at = crossing(points, i, j)
      if (at) return { ok: false, at }
    }
  }
  return { ok: true }
}

const crossing = (points: readonly Vec[], i: number, j: number): Vec | null => {
  const n = points.length
  const pick = (k: number) => points[(k + n) % n] as Vec
  const [a, b, c, d] = [pick(i), pick(i + 1), pick(j), pick(j + 1)]
  const [sc, sd, sa, sb] = [sideOf(a, b, c), sideOf(a, b, d), sideOf(c, d, a), sideOf(c, d, b)]
  if (sc * sd < 0 && sa * sb < 0) {
    const [r, s] = [sub(b, a), sub(d, c)]
    const t = cross(sub(c, a), s) / cross(r, s)
    return { x: a.x + r.x * t, y: a.y + r.y * t }
  }
  // Through a point of the line: its neighbours lie on different sides of the other segment.
  if (sb === 0 && sc * sd < 0 && sa * sideOf(c, d, pick(i + 2)) < 0) return b
  if (sd === 0 && sa * sb < 0 && sc * sideOf(a, b, pick(j + 2)) < 0) return d
  return null
}
