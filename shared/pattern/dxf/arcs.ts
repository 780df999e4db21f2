import type { Vec } from '../model.ts'

/** Curves of a drawing as points. Steps of an arc are at most this wide, so that a circle of 1 m is drawn to 0.3 mm. */
const STEP = Math.PI / 90
const MOST_STEPS = 720

const steps = (sweep: number): number => Math.max(2, Math.min(MOST_STEPS, Math.ceil(Math.abs(sweep) / STEP)))

/** Points after `a` up to `b` along the arc whose bulge (the tangent of a quarter of its angle, positive counter-clockwise) is given. */
export const bulged = (a: Vec, b: Vec, bulge: number, into: Vec[]): void => {
  const sweep = 4 * Math.atan(bulge)
  if (Math.abs(sweep) > 1e-6) {
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const away = (1 - bulge * bulge) / (4 * bulge)
    const [cx, cy] = [(a.x + b.x) / 2 - dy * away, (a.y + b.y) / 2 + dx * away]
    const count = steps(sweep)
    for (let i = 1; i < count; i++) {
      const angle = (sweep * i) / count
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      const [rx, ry] = [a.x - cx, a.y - cy]
      into.push({ x: cx + rx * cos - ry * sin, y: cy + rx * sin + ry * cos })
    }
  }
  into.push(b)
}

/** An ellipse's stretch from parameter `from` to `to` (radians) as a few points on it and the dense line. */
export const ellipse = (
  centre: Vec,
  major: Vec,
  minor: Vec,
  from: number,
  to: number,
): { points: Vec[]; dense: Vec[] } => {
  const sweep = to - from
  const at = (t: number): Vec => ({
    x: centre.x + major.x * Math.cos(t) + minor.x * Math.sin(t),
    y: centre.y + major.y * Math.cos(t) + minor.y * Math.sin(t),
  })
  const along = (count: number): Vec[] => Array.from({ length: count + 1 }, (_, i) => at(from + (sweep * i) / count))
  const few = Math.max(2, Math.ceil(Math.abs(sweep) / (Math.PI / 4)))
  return { points: along(few), dense: along(few * Math.max(2, Math.ceil(steps(sweep) / few))) }
}

/** @returns null where degree, knots and control points don't go together. */
export const spline = (
  degree: number,
  knots: readonly number[],
  control: readonly Vec[],
  weights: readonly number[],
): { points: Vec[]; dense: Vec[] } | null => {
  const n = control.length
  if (degree < 1 || degree > 11 || n <= degree || knots.length !== n + degree + 1) return null
  if (knots.some((knot, i) => i > 0 && knot < knots[i - 1]!)) return null
  const [first, last] = [knots[degree]!, knots[n]!]
  if (!(last > first)) return null
  const x = new Float64Array(degree + 1)
  const y = new Float64Array(degree + 1)
  const w = new Float64Array(degree + 1)
  /** De Boor's algorithm in homogeneous coordinates, in the span that ends after knot `k`. */
  const at = (t: number, k: number): Vec => {
    for (let j = 0; j <= degree; j++) {
      const i = j + k - degree
      const weight = weights.length === n ? weights[i]! : 1
      w[j] = weight
      x[j] = control[i]!.x * weight
      y[j] = control[i]!.y * weight
    }
    for (let r = 1; r <= degree; r++) {
      for (let j = degree; j >= r; j--) {
        const [low, high] = [knots[j + k - degree]!, knots[j + 1 + k - r]!]
        const share = high > low ? (t - low) / (high - low) : 0
        x[j] = (1 - share) * x[j - 1]! + share * x[j]!
        y[j] = (1 - share) * y[j - 1]! + share * y[j]!
        w[j] = (1 - share) * w[j - 1]! + share * w[j]!
      }
    }
    return { x: x[degree]! / w[degree]!, y: y[degree]! / w[degree]! }
  }
  const points: Vec[] = [at(first, degree)]
  const dense: Vec[] = [points[0]!]
  for (let k = degree; k < n; k++) {
    const [low, high] = [knots[k]!, knots[k + 1]!]
    if (!(high > low)) continue
    const count = 16
    for (let i = 1; i <= count; i++) dense.push(at(low + ((high - low) * i) / count, k))
    points.push(dense[dense.length - 1]!)
  }
  if (points.length === 2) points.splice(1, 0, dense[dense.length >> 1]!)
  return dense.every((p) => Number.isFinite(p.x) && Number.isFinite(p.y)) ? { points, dense } : null
}
