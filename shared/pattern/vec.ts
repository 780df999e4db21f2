import type { Vec } from './model.ts'

/** Plane vectors, mm; angles in degrees counter-clockwise. */
export const add = (a: Vec, b: Vec): Vec => ({ x: a.x + b.x, y: a.y + b.y })
export const sub = (a: Vec, b: Vec): Vec => ({ x: a.x - b.x, y: a.y - b.y })
export const scale = (v: Vec, by: number): Vec => ({ x: v.x * by, y: v.y * by })
/** `a + v · by`. */
export const along = (a: Vec, v: Vec, by: number): Vec => ({ x: a.x + v.x * by, y: a.y + v.y * by })
export const dot = (a: Vec, b: Vec): number => a.x * b.x + a.y * b.y
/** Positive where `b` lies counter-clockwise of `a`. */
export const cross = (a: Vec, b: Vec): number => a.x * b.y - a.y * b.x
/** `Math.hypot` guards against overflow that no pattern reaches, and takes several times as long. */
export const len = (v: Vec): number => Math.sqrt(v.x * v.x + v.y * v.y)
export const dist = (a: Vec, b: Vec): number => {
  const [x, y] = [a.x - b.x, a.y - b.y]
  return Math.sqrt(x * x + y * y)
}
export const lerp = (a: Vec, b: Vec, t: number): Vec => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t })
/** Length 1; (0, 0) for a vector without a direction. */
export const unit = (v: Vec): Vec => {
  const length = len(v)
  return length > 0 ? { x: v.x / length, y: v.y / length } : { x: 0, y: 0 }
}
/** `v` turned by 90°, counter-clockwise: the left of a direction, the inside of a counter-clockwise ring. */
export const normal = (v: Vec): Vec => ({ x: -v.y, y: v.x })
export const fromAngle = (degrees: number): Vec => ({
  x: Math.cos((degrees * Math.PI) / 180),
  y: Math.sin((degrees * Math.PI) / 180),
})
/** Turn from `a` to `b`, −180 to 180. */
export const angleBetween = (a: Vec, b: Vec): number => (Math.atan2(cross(a, b), dot(a, b)) * 180) / Math.PI
export const rotate = (v: Vec, degrees: number, about: Vec = { x: 0, y: 0 }): Vec => {
  const { x: c, y: s } = fromAngle(degrees)
  const { x, y } = sub(v, about)
  return { x: about.x + x * c - y * s, y: about.y + x * s + y * c }
}
/** The reflection across the line through `a` and `b`; `v` itself where they are one point. */
export const mirror = (v: Vec, a: Vec, b: Vec): Vec => {
  const axis = unit(sub(b, a))
  if (axis.x === 0 && axis.y === 0) return v
  const off = cross(axis, sub(v, a))
  return along(v, normal(axis), -2 * off)
}
/** Where the line through `a` along `u` meets the line through `b` along `v`; null where they run side by side (below 0.06°). */
export const meet = (a: Vec, u: Vec, b: Vec, v: Vec): Vec | null => {
  const across = cross(u, v)
  if (Math.abs(across) < 1e-3 * len(u) * len(v) || across === 0) return null
  return along(a, u, cross(sub(b, a), v) / across)
}
