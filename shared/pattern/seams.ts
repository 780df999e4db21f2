import { sewLine } from './allowance.ts'
import { lengthOf, nearestOn } from './curve.ts'
import {
  type EdgeId,
  edgeOf,
  type Measure,
  type NotchId,
  type Pattern,
  type Piece,
  type Run,
  type Seam,
  type SeamId,
  type Shape,
} from './model.ts'
import { notchAt, sharePoint } from './place.ts'
import { dist, dot, sub, unit } from './vec.ts'

/** The line that an edge is sewn along in one size: its sew line where one can be told, else the ring. */
export const sewnRun = (piece: Piece, shape: Shape, index: number): Run | null => {
  const sew = sewLine(piece, shape)
  const ring = shape.runs[index] ?? null
  return sew.ok && sew.runs.length === piece.edges.length ? (sew.runs[index] ?? ring) : ring
}

interface Stop {
  readonly notch: NotchId
  /** From the start of the walk, mm. */
  readonly s: number
}

/** A chain of edges as it is walked: how long it is and where its notches come. */
interface Chain {
  readonly length: number
  readonly stops: readonly Stop[]
  /** Where each edge of the chain starts, mm. */
  readonly starts: readonly number[]
}

const chainOf = (pattern: Pattern, edges: readonly EdgeId[], backwards: boolean, size: number): Chain | null => {
  let length = 0
  const stops: Stop[] = []
  const starts: number[] = []
  for (const id of edges) {
    const found = edgeOf(pattern, id)
    const shape = found?.piece.shapes[size]
    const run = found && shape && sewnRun(found.piece, shape, found.index)
    if (!run) return null
    const total = lengthOf(run)
    starts.push(length)
    for (const [i, notch] of found.piece.notches.entries()) {
      if (notch.edge !== id || !shape.notches[i]) continue
      const s = nearestOn(run, notchAt(shape, found.piece, i).at).s
      stops.push({ notch: notch.id, s: length + (backwards ? total - s : s) })
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
}

/** Two sides of a seam laid edge on edge from one end. Lengths are those of the sew lines, mm. */
export interface Walk {
  readonly lengthA: number
  readonly lengthB: number
  /** lengthA − lengthB − the ease that the seam wants. */
  readonly difference: number
  /** In walking order. */
  readonly notches: readonly WalkStop[]
  /** Where the edges of each side's chain start. */
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
      out.push({ a: p.notch, b: q.notch, sA: p.s, sB: q.s, difference: p.s - q.s })
      i++
      j++
    } else if (p && (!q || at(i, j) === at(i + 1, j) + ALONE / 2)) {
      out.push({ a: p.notch, b: null, sA: p.s, sB: null, difference: 0 })
      i++
    } else if (q) {
      out.push({ a: null, b: q.notch, sA: null, sB: q.s, difference: 0 })
      j++
    }
  }
  return out
}

/**
 * Walks a seam in one size. Side a is walked along its chain, side b along its chain too, each edge of b from its end where the seam is
 * `reversed`. Null where the size lacks one of the pieces.
 */
export const walk = (pattern: Pattern, seam: Seam, size: number): Walk | null => {
  const a = chainOf(pattern, seam.a, false, size)
  const b = chainOf(pattern, seam.b, seam.reversed, size)
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

/** What a proposal compares of an edge: sewn length and notches in every size. */
interface Candidate {
  readonly piece: Piece
  readonly edge: EdgeId
  readonly name: string
  readonly index: number
  readonly lengths: readonly (number | null)[]
  /** Shares of the length where the notches of the base size come. */
  readonly notches: readonly number[]
  /** Lies across the grain at an end of its piece, as hems and waists do. */
  readonly isEnd: boolean
}

/** Cosine of 85 degrees: an edge this near to a right angle with the grain lies across it. */
const ACROSS = 0.087
/** Share of a piece's length along its grain that counts as its end. */
const END = 0.06

const liesAtEnd = (shape: Shape | null | undefined, index: number): boolean => {
  const run = shape?.runs[index]
  const [from, to] = [run?.keys[0], run?.keys.at(-1)]
  if (!shape?.grain || !from || !to) return false
  const grain = unit(sub(shape.grain[1], shape.grain[0]))
  if (Math.abs(dot(unit(sub(to, from)), grain)) > ACROSS) return false
  const reach = shape.runs.flatMap(({ keys }) => keys.map((key) => dot(key, grain)))
  const [low, high] = [Math.min(...reach), Math.max(...reach)]
  const at = (dot(from, grain) + dot(to, grain)) / 2
  return Math.min(at - low, high - at) <= END * (high - low)
}

const candidatesOf = (pattern: Pattern): Candidate[] => {
  const taken = new Set(pattern.seams.flatMap(({ a, b }) => [...a, ...b]))
  return pattern.pieces.flatMap((piece) =>
    piece.edges.flatMap((edge, index) => {
      if (taken.has(edge.id) || edge.id === piece.fold || edge.hem) return []
      const runs = piece.shapes.map((shape) => shape && sewnRun(piece, shape, index))
      const lengths = runs.map((run) => run && lengthOf(run))
      if ((lengths[pattern.base] ?? 0) < LEAST) return []
      const notches = chainOf(pattern, [edge.id], false, pattern.base)?.stops.map(({ s }) => s) ?? []
      const isEnd = liesAtEnd(piece.shapes[pattern.base], index)
      return [{ piece, edge: edge.id, name: edge.name.trim().toLowerCase(), index, lengths, notches, isEnd }]
    }),
  )
}

/** Shorter edges are not proposed, mm. */
const LEAST = 25
/** Sides that differ by more in any size are not proposed, mm, but for a share of the length that may be eased in. */
const APART = 3
const EASED = 0.03
/** Notches answer each other within, mm. */
const ANSWERS = 4

const answers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((s, i) => Math.abs(s - (b[i] as number)) <= ANSWERS)

interface Pair {
  readonly a: Candidate
  readonly b: Candidate
  readonly reversed: boolean
  readonly score: number
  readonly ease: number
}

const pairOf = (a: Candidate, b: Candidate, base: number): Pair | null => {
  if (a.piece === b.piece) return null
  if (a.name !== '' && b.name !== '' && a.name !== b.name) return null
  let worst = 0
  let [smallest, largest] = [Infinity, -Infinity]
  for (const [size, la] of a.lengths.entries()) {
    const lb = b.lengths[size]
    if (la === null || la === undefined || lb === null || lb === undefined) continue
    worst = Math.max(worst, Math.abs(la - lb) / Math.max(APART, EASED * Math.min(la, lb)))
    smallest = Math.min(smallest, la - lb)
    largest = Math.max(largest, la - lb)
  }
  if (worst > 1 || largest - smallest > APART || largest < smallest) return null
  const [la, lb] = [a.lengths[base] ?? 0, b.lengths[base] ?? 0]
  const back = b.notches.map((s) => lb - s).toReversed()
  const [faceToFace, sameWay] = [answers(a.notches, back), answers(a.notches, b.notches)]
  const notched = a.notches.length > 0 && (faceToFace || sameWay)
  const named = a.name !== '' && a.name === b.name
  const close = Math.max(Math.abs(smallest), Math.abs(largest))
  if (!named && !notched && close > 1) return null
  // Two hems are as long as each other and are sewn to nothing: only a name or notches make a seam of two ends.
  if (!named && !notched && a.isEnd && b.isEnd) return null
  const difference = Math.abs(a.notches.length - b.notches.length)
  const score =
    (named ? 4 : 0) +
    (notched ? 2 + 0.5 * a.notches.length : -0.5 * difference) +
    (1 - close / (2 * APART)) +
    (largest - smallest < 0.5 ? 0.5 : 0)
  return { a, b, reversed: faceToFace || !sameWay, score, ease: close > APART ? la - lb : 0 }
}

/**
 * Seams that the pattern doesn't have yet, by name of edge, length in every size and notches of the base size; likeliest first, each edge in
 * one seam at most, never confirmed. Edges of one piece are not proposed to each other, nor folds and hems. Where two partners are as
 * likely as each other nothing is proposed.
 */
export const proposeSeams = (pattern: Pattern): Seam[] => {
  const all = candidatesOf(pattern).sort((p, q) => (p.lengths[pattern.base] ?? 0) - (q.lengths[pattern.base] ?? 0))
  const pairs: Pair[] = []
  for (const [i, a] of all.entries())
    for (let j = i + 1; j < all.length; j++) {
      const b = all[j] as Candidate
      const [la, lb] = [a.lengths[pattern.base] ?? 0, b.lengths[pattern.base] ?? 0]
      if (lb - la > Math.max(APART, EASED * la)) break
      const pair = pairOf(a, b, pattern.base)
      if (pair) pairs.push(pair)
    }
  pairs.sort((p, q) => q.score - p.score || (p.a.edge < q.a.edge ? -1 : 1))
  const taken = new Set<EdgeId>()
  const ids = new Set<string>(pattern.seams.map(({ id }) => id))
  const out: Seam[] = []
  for (const pair of pairs) {
    const { a, b } = pair
    if (taken.has(a.edge) || taken.has(b.edge)) continue
    const rival = pairs.find(
      (other) =>
        other !== pair &&
        Math.abs(other.score - pair.score) < 0.05 &&
        [other.a, other.b].some((one) => one === a || one === b) &&
        !taken.has(other.a.edge) &&
        !taken.has(other.b.edge),
    )
    if (rival) continue
    taken.add(a.edge)
    taken.add(b.edge)
    let n = out.length + 1
    while (ids.has(`s${n}`)) n++
    ids.add(`s${n}`)
    const [first, second] = pattern.pieces.indexOf(a.piece) <= pattern.pieces.indexOf(b.piece) ? [a, b] : [b, a]
    out.push({
      id: `s${n}` as SeamId,
      a: [first.edge],
      b: [second.edge],
      reversed: pair.reversed,
      confirmed: false,
      ease: first === a ? pair.ease : -pair.ease,
    })
  }
  return out
}
