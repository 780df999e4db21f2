import type { Vec } from '../model.ts'
import type { Segment } from './tree.ts'

/** A straight line or a cubic curve from `a` to `b`; a line has no control points. */
export interface Part {
  readonly a: Vec
  readonly b: Vec
  readonly control: readonly [Vec, Vec] | null
}

/** One stroke of a path, pen down to pen up. Parts run head to tail; none is without length. */
export interface Stroke {
  readonly parts: readonly Part[]
  readonly closed: boolean
}

/** Drawn lines stay this close to the true curve, mm. */
export const FLATNESS = 0.01
/** Nearer than this two points of a file are one, mm. */
export const TOUCH = 0.01
const MOST_CUTS = 12

const dist = (a: Vec, b: Vec): number => Math.hypot(a.x - b.x, a.y - b.y)
const mid = (a: Vec, b: Vec): Vec => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })

/** Distance of a point from a segment, mm. */
export const fromSegment = (p: Vec, a: Vec, b: Vec): number => {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const square = dx * dx + dy * dy
  const t = square > 0 ? Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square)) : 0
  return Math.hypot(a.x + t * dx - p.x, a.y + t * dy - p.y)
}

/** A curve whose control points lie on its chord, between its ends, is a straight line. */
const isFlat = (a: Vec, c: Vec, d: Vec, b: Vec, within: number): boolean =>
  fromSegment(c, a, b) <= within && fromSegment(d, a, b) <= within

const part = (a: Vec, b: Vec, control: readonly [Vec, Vec] | null): Part => ({
  a,
  b,
  control: control !== null && isFlat(a, control[0], control[1], b, 1e-6) ? null : control,
})

/** @param place Takes a point of the sheet to where the pattern wants it. */
export const strokesOf = (segments: readonly Segment[], place: (point: Vec) => Vec): Stroke[] => {
  const strokes: Stroke[] = []
  let parts: Part[] = []
  let start: Vec | null = null
  let at: Vec | null = null
  const lift = (closed: boolean) => {
    const first = parts[0]?.a
    const last = parts.at(-1)?.b
    if (first && last && parts.length > 0) {
      const ends = dist(first, last) <= TOUCH
      if (closed && !ends) parts.push(part(last, first, null))
      else if (ends && dist(first, last) > 0) parts.push({ ...(parts.pop() as Part), b: first })
      strokes.push({ parts, closed: closed || (ends && parts.length > 1) })
    }
    parts = []
  }
  const to = (b: Vec, control: readonly [Vec, Vec] | null) => {
    if (at !== null && (dist(at, b) > 1e-9 || control?.some((c) => dist(c, b) > 1e-9))) parts.push(part(at, b, control))
    at = b
  }
  for (const segment of segments) {
    if (segment[0] === 'M') {
      lift(false)
      at = start = place({ x: segment[1], y: segment[2] })
    } else if (segment[0] === 'L') to(place({ x: segment[1], y: segment[2] }), null)
    else if (segment[0] === 'C')
      to(place({ x: segment[5], y: segment[6] }), [
        place({ x: segment[1], y: segment[2] }),
        place({ x: segment[3], y: segment[4] }),
      ])
    else {
      lift(true)
      at = start
    }
  }
  lift(false)
  return strokes
}

export const reversed = ({ a, b, control }: Part): Part => ({
  a: b,
  b: a,
  control: control === null ? null : [control[1], control[0]],
})

/** The two halves of a part. */
export const halves = ({ a, b, control }: Part): [Part, Part] => {
  if (control === null) {
    const m = mid(a, b)
    return [
      { a, b: m, control: null },
      { a: m, b, control: null },
    ]
  }
  const [c, d] = control
  const ac = mid(a, c)
  const cd = mid(c, d)
  const db = mid(d, b)
  const left = mid(ac, cd)
  const right = mid(cd, db)
  const m = mid(left, right)
  return [
    { a, b: m, control: [ac, left] },
    { a: m, b, control: [right, db] },
  ]
}

/** Points after `a` up to and with `b`. */
export const flattened = (one: Part, depth = 0): Vec[] => {
  if (one.control === null) return [one.b]
  const [c, d] = one.control
  // A cubic strays from its chord by at most 3/4 of its control polygon's reach (and an S by less).
  if (depth > 0 && (depth >= MOST_CUTS || isFlat(one.a, c, d, one.b, FLATNESS))) return [one.b]
  const [left, right] = halves(one)
  return [...flattened(left, depth + 1), ...flattened(right, depth + 1)]
}

/** Direction in which a part leaves its start, radians. */
export const leaves = ({ a, b, control }: Part): number => {
  const next = control?.find((c) => dist(a, c) > 1e-6) ?? b
  return Math.atan2(next.y - a.y, next.x - a.x)
}
export const arrives = (one: Part): number => {
  const turned = leaves(reversed(one))
  return turned + Math.PI
}
/** Angle between where one part arrives and the next leaves, degrees 0 to 180. */
export const breakBetween = (one: Part, next: Part): number => {
  const turn = leaves(next) - arrives(one)
  return Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)) * (180 / Math.PI))
}

export const pointsOf = (stroke: Stroke): Vec[] => {
  const first = stroke.parts[0]
  return first === undefined ? [] : [first.a, ...stroke.parts.flatMap((one) => flattened(one))]
}
/** Signed area inside a closed line, mm², positive counter-clockwise where y grows upwards. */
export const signedArea = (points: readonly Vec[]): number => {
  let sum = 0
  for (let i = 0; i < points.length; i++) {
    const a = points[i] as Vec
    const b = points[(i + 1) % points.length] as Vec
    sum += a.x * b.y - b.x * a.y
  }
  return sum / 2
}
