import { type Op, type Refused, refuse } from '../apply.ts'
import { drawnOf, isStraight, lengthOf, mapRun, nearestOn, pointAt } from '../curve.ts'
import {
  type NotchPlace,
  type Pattern,
  type Piece,
  pieceOf,
  type Run,
  SAME_MM,
  type Shape,
  type Vec,
} from '../model.ts'
import { notchAt } from '../place.ts'
import { outlineOf } from '../ring.ts'
import { along, dist, dot, sub, unit } from '../vec.ts'
import { unchanged } from './edges.ts'
import { lengthNotes } from './parts.ts'
import { reshape } from './reshape.ts'

/** A level is the way along the grain, mm. Levels nearer than this are one. */
const SAME_LEVEL = 1e-6
/** A piece keeps at least this much of its length, mm. */
const LEAST = 5

/** Where the cloth is opened or taken out. `cut` is the level of the line, in the shorter of the two states. */
interface Opening {
  readonly grain: Vec
  readonly cut: number
  readonly by: number
  /** The line lies at the very start: what lies on it stays, and all else goes. */
  readonly first: boolean
}

/** Which side of the line a level is on: what lies on the line goes with the far side. Null for a level in the band that is taken out. */
const isFar = ({ cut, by, first }: Opening, level: number): boolean | null => {
  if (by > 0) return first ? level > cut + SAME_LEVEL : level >= cut - SAME_LEVEL
  if (level <= cut + SAME_LEVEL) return false
  return level >= cut - by - SAME_LEVEL ? true : null
}

/**
 * How far a point of a line from level 0 (which stays) to level `span` (which goes) is carried, for an opening of `by` > 0: the new length
 * goes in most at the line (`peak`, a share of the span) and less and less towards both ends, so the line stays smooth.
 */
const opened = (level: number, span: number, by: number, peak: number): number => {
  const v = level / span
  if (v <= 0) return level
  if (v >= 1) return level + by
  return level + by * (v < peak ? (v * v) / peak : 1 - ((1 - v) * (1 - v)) / (1 - peak))
}

/** The inverse of `opened`: where a point came from. */
const closed = (level: number, span: number, by: number, peak: number): number => {
  if (level <= 0) return level
  if (level >= span + by) return level - by
  // v·span + by·v²/p = y, from whichever end the point lies.
  const root = (y: number, p: number) => (2 * y) / (span + Math.sqrt(span * span + (4 * by * y) / (p || 1)))
  if (peak > 0 && level < peak * (span + by)) return span * root(level, peak)
  return span - span * root(span + by - level, 1 - peak)
}

/** The line with its far end carried along the grain; null where the band that is taken out has a corner in it, or all of the line. */
const stretched = (run: Run, opening: Opening): Run | null => {
  const { grain, cut, by } = opening
  const points = drawnOf(run)
  const levels = points.map((p) => dot(grain, p))
  const [low, high] = [Math.min(...levels), Math.max(...levels)]
  const all = levels.map((level) => isFar(opening, level))
  if (all.every((far) => far === false)) return run
  if (all.every((far) => far === true)) return mapRun(run, (p) => along(p, grain, by))
  const ends = [levels[0] as number, levels.at(-1) as number]
  const sides = ends.map((level) => isFar(opening, level))
  if (sides.includes(null)) return null
  const near = ends.filter((_, i) => sides[i] === false)
  const far = ends.filter((_, i) => sides[i] === true)
  const from = near.length > 0 ? Math.max(...near) : low
  const to = (far.length > 0 ? Math.min(...far) : high) - (by < 0 ? -by : 0)
  const span = to - from
  if (span < SAME_MM) return null
  const peak = Math.min(1, Math.max(0, (cut - from) / span))
  const even = isStraight(run)
  const move = (p: Vec): Vec => {
    const level = dot(grain, p) - from
    const to =
      by > 0
        ? even
          ? level + by * Math.min(1, Math.max(0, level / span))
          : opened(level, span, by, peak)
        : even
          ? level + by * Math.min(1, Math.max(0, level / (span - by)))
          : closed(level, span, -by, peak)
    return along(p, grain, to - level)
  }
  return mapRun(run, move)
}

/** A level in the piece as it will be: the band that is taken out comes to lie on the line. */
const carriedLevel = (opening: Opening, level: number): number => {
  const far = isFar(opening, level)
  return far === null ? opening.cut : far ? level + opening.by : level
}
const carriedPoint = (opening: Opening, p: Vec): Vec => {
  const level = dot(opening.grain, p)
  return along(p, opening.grain, carriedLevel(opening, level) - level)
}

/** The place on a run at a level, nearest to `p`. */
const atLevel = (run: Run, grain: Vec, p: Vec): NotchPlace => {
  const level = dot(grain, p)
  const points = drawnOf(run)
  let s = 0
  let best: { s: number; distance: number } | null = null
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i] as Vec, points[i + 1] as Vec]
    const [la, lb, gap] = [dot(grain, a) - level, dot(grain, b) - level, dist(a, b)]
    if (la * lb <= 0 && la !== lb) {
      const t = la / (la - lb)
      const at = { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }
      const distance = dist(at, p)
      if (!best || distance < best.distance) best = { s: s + t * gap, distance }
    }
    s += gap
  }
  return { s: best ? best.s : nearestOn(run, p).s, off: 0 }
}

const isClosed = (run: Run): boolean => dist(run.keys[0] as Vec, run.keys.at(-1) as Vec) < SAME_MM

const internalOf = (run: Run, opening: Opening): Run => {
  // A pocket isn't pulled out of shape: it goes with the side that its middle is on.
  const middle = pointAt(run, lengthOf(run) / 2)
  const whole = isClosed(run) ? null : stretched(run, opening)
  if (whole) return whole
  const step = sub(carriedPoint(opening, middle), middle)
  return step.x === 0 && step.y === 0 ? run : mapRun(run, (p) => along(p, step, 1))
}

const lengthened = (piece: Piece, shape: Shape, at: number, by: number): Shape | Refused => {
  if (!shape.grain) return refuse('no-grain')
  const grain = unit(sub(shape.grain[1], shape.grain[0]))
  if (grain.x === 0 && grain.y === 0) return refuse('no-grain')
  const levels = outlineOf(shape).map((p) => dot(grain, p))
  const [low, high] = [Math.min(...levels), Math.max(...levels)]
  const extent = high - low - Math.max(0, -by)
  if (extent < LEAST) return refuse('too-short', { amount: high - low - LEAST })
  const opening: Opening = { grain, cut: low + at * extent, by, first: at * extent < SAME_MM }
  const runs: Run[] = []
  for (const [i, run] of shape.runs.entries()) {
    const next = stretched(run, opening)
    // How long it is says nothing of how much of it lies clear of the corner.
    if (!next) return refuse('too-short', { edge: piece.edges[i]?.id as never })
    runs.push(next)
  }
  const move = (p: Vec) => carriedPoint(opening, p)
  return {
    ...shape,
    runs,
    sew: [],
    notches: shape.notches.map((place, i): NotchPlace | null => {
      const edge = piece.edges.findIndex(({ id }) => id === piece.notches[i]?.edge)
      const [was, is] = [shape.runs[edge], runs[edge]]
      if (!place || !was || !is || was === is) return place
      if (Math.abs(lengthOf(was) - lengthOf(is)) < SAME_LEVEL) return place
      return { ...atLevel(is, grain, move(notchAt(shape, piece, i).at)), off: place.off }
    }),
    drills: shape.drills.map((p) => p && move(p)),
    internals: shape.internals.map((run) => run && internalOf(run, opening)),
    grain: [move(shape.grain[0]), move(shape.grain[1])],
  }
}

/**
 * Lengthens pieces by `by` mm along their grain, or shortens them (negative). The line is square to the grain, at share `at` of the piece's
 * extent from where the grain starts; at a positive `by` everything beyond it, and on it, is carried `by` along the grain. An edge across the line gets
 * the new length smoothly: its point at share v between its ends (along the grain) is carried by W(v)·by, W(v) = v²/c before the line at
 * share c and 1 − (1−v)²/(1−c) after it; a straight edge stays straight. Shortening is exactly the inverse: `at` is the share in the
 * shorter piece, and what was lengthened and is shortened at the same `at` is as it was. Notches keep their level on their side of the line.
 * Refused with `too-short` where a corner lies in the band that is taken out, and with `no-grain`.
 */
export const lengthen: Op<'lengthen'> = (pattern, { pieces, at, by }, sizes) => {
  for (const id of pieces) if (!pieceOf(pattern, id)) return refuse('no-such-piece', { piece: id })
  if (by === 0) return unchanged(pattern)
  let next: Pattern = pattern
  for (const id of pieces) {
    const piece = pieceOf(next, id) as Piece
    const outcome = reshape(next, piece, sizes, (shape) => lengthened(piece, shape, at, by))
    if (!outcome.ok) return outcome
    next = outcome.pattern
  }
  // What is said of mates is said of the end: sides that were lengthened alike still fit.
  const changed = pattern.pieces.map(({ id }) => id).filter((id) => pieces.includes(id))
  return { ok: true, pattern: next, pieces: changed, notes: lengthNotes(pattern, next, changed, sizes) }
}
