import { FLAT_MM } from '../curve.ts'
import type { Vec } from '../model.ts'
import { along, angleBetween, dist, dot, sub, unit } from '../vec.ts'

/** A bend of this or less between an edge and what is put after it is smoothed; more is a corner. */
const SMOOTH = Math.cos((40 * Math.PI) / 180)

/**
 * Dense points from `a` to `b`, both among them: the cubic that leaves along `u` and arrives along `w` (length 1). Where all fit one circle it is its arc,
 * and where they lie on a line the line.
 */
export const curveBetween = (a: Vec, u: Vec, b: Vec, w: Vec): Vec[] => {
  const chord = dist(a, b)
  const turn = Math.abs((angleBetween(u, w) * Math.PI) / 180)
  const handle = chord / (3 * Math.cos(turn / 4) ** 2)
  const [c, d] = [along(a, u, handle), along(b, w, -handle)]
  const bend = Math.max(
    Math.hypot(a.x - 2 * c.x + d.x, a.y - 2 * c.y + d.y),
    Math.hypot(c.x - 2 * d.x + b.x, c.y - 2 * d.y + b.y),
  )
  // Finer than other curves: what is put back where it was should be just that.
  const steps = Math.min(128, Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / (FLAT_MM / 4)))))
  const out: Vec[] = [{ x: a.x, y: a.y }]
  for (let i = 1; i < steps; i++) {
    const t = i / steps
    const v = 1 - t
    const [p, q, r, s] = [v * v * v, 3 * v * v * t, 3 * v * t * t, t * t * t]
    out.push({ x: p * a.x + q * c.x + r * d.x + s * b.x, y: p * a.y + q * c.y + r * d.y + s * b.y })
  }
  out.push({ x: b.x, y: b.y })
  return out
}

/** Whether a line that leaves `a` along `u` and comes to `b` along `w` makes no corner on the way. */
export const isGentle = (a: Vec, u: Vec, b: Vec, w: Vec): boolean => {
  const chord = unit(sub(b, a))
  return dot(chord, u) > SMOOTH && dot(chord, w) > SMOOTH
}
