import { sewLine } from './allowance.ts'
import { lengthOf, nearestOn } from './curve.ts'
import {
  edgeOf,
  type Link,
  type Measure,
  type NotchId,
  type NotchKind,
  type Pattern,
  type Piece,
  type Run,
  type Seam,
  type Shape,
} from './model.ts'
import { notchAt, sharePoint } from './place.ts'
import { dist } from './vec.ts'

/** The line that an edge is sewn along in one size: its sew line where one can be told, else the ring. */
export const sewnRun = (piece: Piece, shape: Shape, index: number): Run | null => {
  const sew = sewLine(piece, shape)
  const ring = shape.runs[index] ?? null
  return sew.ok && sew.runs.length === piece.edges.length ? (sew.runs[index] ?? ring) : ring
}

interface Stop {
  readonly notch: NotchId
  readonly kind: NotchKind
  /** From the start of the walk, mm. */
  readonly s: number
  readonly back: boolean
}

/** A chain of edges as it is walked: how long it is and where its notches come. */
export interface Chain {
  readonly length: number
  readonly stops: readonly Stop[]
  /** Where each link of the chain starts, mm. */
  readonly starts: readonly number[]
}

/** Null where the size lacks one of the pieces. */
export const chainOf = (pattern: Pattern, links: readonly Link[], size: number): Chain | null => {
  let length = 0
  const stops: Stop[] = []
  const starts: number[] = []
  for (const { edge: id, back } of links) {
    const found = edgeOf(pattern, id)
    const shape = found?.piece.shapes[size]
    const run = found && shape && sewnRun(found.piece, shape, found.index)
    if (!run) return null
    const total = lengthOf(run)
    starts.push(length)
    for (const [i, notch] of found.piece.notches.entries()) {
      if (notch.edge !== id || !shape.notches[i]) continue
      const s = nearestOn(run, notchAt(shape, found.piece, i).at).s
      stops.push({ notch: notch.id, kind: notch.kind, s: length + (back ? total - s : s), back })
    }
    length += total
  }
  return { length, stops: stops.sort((p, q) => p.s - q.s), starts }
}

export interface WalkStop {
  /** Null where the other side has a notch and this one has none that answers it. */
  readonly a: NotchId | null
  readonly b: NotchId | null
  /** Arc length from the start of the walk, mm. */
  readonly sA: number | null
  readonly sB: number | null
  /** sA − sB; 0 where one of the two is missing. */
  readonly difference: number
  /** The edges of the two run against each other: what goes on along one ring goes back along the other. */
  readonly against: boolean
}

/** Two sides of a seam laid edge on edge from one end. Lengths are those of the sew lines, mm. */
export interface Walk {
  readonly lengthA: number
  readonly lengthB: number
  /** lengthA − lengthB − the ease that the seam wants. */
  readonly difference: number
  /** In walking order. */
  readonly notches: readonly WalkStop[]
  /** Where the links of each side's chain start. */
  readonly startsA: readonly number[]
  readonly startsB: readonly number[]
}

/** Leaving a notch without a partner costs as much as pairing two that lie this far apart, mm. */
const ALONE = 20

/** The pairing of notches in order with the least total distance (as two texts are aligned). */
const paired = (a: readonly Stop[], b: readonly Stop[]): WalkStop[] => {
  const cost: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number) => cost[i]?.[j] ?? 0
  const gap = (i: number, j: number) => Math.abs((a[i] as Stop).s - (b[j] as Stop).s)
  for (let i = a.length; i >= 0; i--)
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length && j === b.length) continue
      const options: number[] = []
      if (i < a.length) options.push(at(i + 1, j) + ALONE / 2)
      if (j < b.length) options.push(at(i, j + 1) + ALONE / 2)
      if (i < a.length && j < b.length) options.push(at(i + 1, j + 1) + gap(i, j))
      ;(cost[i] as number[])[j] = Math.min(...options)
    }
  const out: WalkStop[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [p, q] = [a[i], b[j]]
    if (p && q && at(i, j) === at(i + 1, j + 1) + gap(i, j)) {
      out.push({ a: p.notch, b: q.notch, sA: p.s, sB: q.s, difference: p.s - q.s, against: p.back !== q.back })
      i++
      j++
    } else if (p && (!q || at(i, j) === at(i + 1, j) + ALONE / 2)) {
      out.push({ a: p.notch, b: null, sA: p.s, sB: null, difference: 0, against: false })
      i++
    } else if (q) {
      out.push({ a: null, b: q.notch, sA: null, sB: q.s, difference: 0, against: false })
      j++
    }
  }
  return out
}

/** Walks a seam in one size: each side along its chain, its links as they say. Null where the size lacks one of the pieces. */
export const walk = (pattern: Pattern, seam: Seam, size: number): Walk | null => {
  const a = chainOf(pattern, seam.a, size)
  const b = chainOf(pattern, seam.b, size)
  if (!a || !b) return null
  return {
    lengthA: a.length,
    lengthB: b.length,
    difference: a.length - b.length - seam.ease,
    notches: paired(a.stops, b.stops),
    startsA: a.starts,
    startsB: b.starts,
  }
}

/** A point of measure in one size, mm; along the curve it goes counter-clockwise round the ring. Null where it can't be taken there. */
export const measure = (pattern: Pattern, { from, to, along }: Measure, size: number): number | null => {
  const [one, other] = [edgeOf(pattern, from.edge), edgeOf(pattern, to.edge)]
  const shape = one?.piece.shapes[size]
  if (!one || !other || !shape || one.piece !== other.piece) return null
  const [p, q] = [sharePoint(shape, one.piece, from), sharePoint(shape, one.piece, to)]
  if (!p || !q) return null
  if (along === 'straight') return dist(p, q)
  const lengths = shape.runs.map(lengthOf)
  const round = lengths.reduce((sum, length) => sum + length, 0)
  const placeOf = (index: number, t: number) =>
    lengths.slice(0, index).reduce((sum, length) => sum + length, 0) + t * (lengths[index] ?? 0)
  const way = placeOf(other.index, to.t) - placeOf(one.index, from.t)
  return way < 0 ? way + round : way
}
