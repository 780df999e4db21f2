import type { Vec } from './model.ts'

export const vec = (x: number, y: number): Vec => ({ x, y })
export const add = (a: Vec, b: Vec): Vec => ({ x: a.x + b.x, y: a.y + b.y })
export const sub = (a: Vec, b: Vec): Vec => ({ x: a.x - b.x, y: a.y - b.y })
export const scale = (a: Vec, k: number): Vec => ({ x: a.x * k, y: a.y * k })
export const dot = (a: Vec, b: Vec): number => a.x * b.x + a.y * b.y
/** Positive where b lies to the left of a. */
export const cross = (a: Vec, b: Vec): number => a.x * b.y - a.y * b.x
export const len = (a: Vec): number => Math.hypot(a.x, a.y)
export const dist = (a: Vec, b: Vec): number => Math.hypot(a.x - b.x, a.y - b.y)
export const lerp = (a: Vec, b: Vec, t: number): Vec => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t })
/** Of length 1; (0, 0) for (0, 0). */
export const unit = (a: Vec): Vec => {
  const length = len(a)
  return length === 0 ? a : { x: a.x / length, y: a.y / length }
}
/** A quarter turn counter-clockwise: to the left. */
export const normal = (a: Vec): Vec => ({ x: -a.y, y: a.x })
/** Turned by degrees, counter-clockwise, about a point. */
export const rotate = (a: Vec, degrees: number, about: Vec = { x: 0, y: 0 }): Vec => {
  const turn = (degrees * Math.PI) / 180
  const [c, s] = [Math.cos(turn), Math.sin(turn)]
  const [x, y] = [a.x - about.x, a.y - about.y]
  return { x: about.x + x * c - y * s, y: about.y + x * s + y * c }
}
/** Mirrored in the line through two points that differ. */
export const reflect = (a: Vec, from: Vec, to: Vec): Vec => {
  const d = unit(sub(to, from))
  const v = sub(a, from)
  const k = 2 * dot(v, d)
  return { x: from.x + k * d.x - v.x, y: from.y + k * d.y - v.y }
}
