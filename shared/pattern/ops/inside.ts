import { drawnOf, lengthOf, pointAt } from '../curve.ts'
import type { Run, Vec } from '../model.ts'
import { contains } from '../ring.ts'
import { cross, dist, sub, unit } from '../vec.ts'

/** A line that ends on the outline is looked at from here on, mm. */
const SKIN = 0.05

const distanceTo = (outline: readonly Vec[], p: Vec): number => {
  let best = Infinity
  for (let i = 0; i < outline.length; i++) {
    const [a, b] = [outline[i] as Vec, outline[(i + 1) % outline.length] as Vec]
    const [dx, dy, px, py] = [b.x - a.x, b.y - a.y, p.x - a.x, p.y - a.y]
    const square = dx * dx + dy * dy
    const t = square > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / square)) : 0
    best = Math.min(best, (px - t * dx) ** 2 + (py - t * dy) ** 2)
  }
  return Math.sqrt(best)
}

/** Whether a point lies in the piece, or no further out than `slack`, mm. */
export const isWithin = (outline: readonly Vec[], p: Vec, slack = 0): boolean =>
  contains(outline, p) || (slack > 0 && distanceTo(outline, p) <= slack)

const crosses = (outline: readonly Vec[], p: Vec, q: Vec): boolean => {
  const [minX, maxX] = [Math.min(p.x, q.x), Math.max(p.x, q.x)]
  const [minY, maxY] = [Math.min(p.y, q.y), Math.max(p.y, q.y)]
  const d = sub(q, p)
  for (let i = 0; i < outline.length; i++) {
    const [a, b] = [outline[i] as Vec, outline[(i + 1) % outline.length] as Vec]
    if ((a.x < minX && b.x < minX) || (a.x > maxX && b.x > maxX)) continue
    if ((a.y < minY && b.y < minY) || (a.y > maxY && b.y > maxY)) continue
    const e = sub(b, a)
    if (cross(d, sub(a, p)) * cross(d, sub(b, p)) < 0 && cross(e, sub(p, a)) * cross(e, sub(q, a)) < 0) return true
  }
  return false
}

/**
 * Whether a line stays inside a closed outline but for its ends, which may lie on it. `free` ends may lie inside: 'end' for a line from the
 * outline to a point within.
 */
export const runsInside = (outline: readonly Vec[], run: Run, free: 'none' | 'end' = 'none'): boolean => {
  const points = drawnOf(run).slice()
  const length = lengthOf(run)
  if (length <= 4 * SKIN) return false
  const [first, last] = [points[0] as Vec, points.at(-1) as Vec]
  const inwards = (from: Vec, towards: Vec): Vec => {
    const u = unit(sub(towards, from))
    const step = Math.min(SKIN, dist(from, towards) / 2)
    return { x: from.x + u.x * step, y: from.y + u.y * step }
  }
  points[0] = inwards(first, points[1] as Vec)
  if (free === 'none') points[points.length - 1] = inwards(last, points.at(-2) as Vec)
  for (let i = 0; i + 1 < points.length; i++) if (crosses(outline, points[i] as Vec, points[i + 1] as Vec)) return false
  // It crosses nothing: where one point of it is in, all of it is. Along the outline itself it is neither.
  return [0.25, 0.5, 0.75].every((t) => {
    const p = pointAt(run, t * length)
    return contains(outline, p) && distanceTo(outline, p) > SKIN / 5
  })
}
