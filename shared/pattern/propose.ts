import { lengthOf } from './curve.ts'
import type { EdgeId, Pattern, Piece, Seam, SeamId, Shape } from './model.ts'
import { chainOf, sewnRun } from './seams.ts'
import { dot, sub, unit } from './vec.ts'

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
  const taken = new Set(pattern.seams.flatMap(({ a, b }) => [...a, ...b].map(({ edge }) => edge)))
  return pattern.pieces.flatMap((piece) =>
    piece.edges.flatMap((edge, index) => {
      const name = edge.name.trim().toLowerCase()
      if (taken.has(edge.id) || edge.id === piece.fold || edge.hem) return []
      const runs = piece.shapes.map((shape) => shape && sewnRun(piece, shape, index))
      const lengths = runs.map((run) => run && lengthOf(run))
      if ((lengths[pattern.base] ?? 0) < LEAST) return []
      const notches = chainOf(pattern, [{ edge: edge.id, back: false }], pattern.base)?.stops.map(({ s }) => s) ?? []
      const isEnd = liesAtEnd(piece.shapes[pattern.base], index)
      return [{ piece, edge: edge.id, name, index, lengths, notches, isEnd }]
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

/** What is proposed of a seam. */
type Sewn = Pick<Seam, 'a' | 'b' | 'ease'>

/** Seams of one edge with another, likeliest first. Where two partners are as likely as each other there is none. */
const pairsOf = (all: readonly Candidate[], base: number): Sewn[] => {
  const sorted = all.toSorted((p, q) => (p.lengths[base] ?? 0) - (q.lengths[base] ?? 0))
  const pairs: Pair[] = []
  for (const [i, a] of sorted.entries())
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as Candidate
      const [la, lb] = [a.lengths[base] ?? 0, b.lengths[base] ?? 0]
      if (lb - la > Math.max(APART, EASED * la)) break
      const pair = pairOf(a, b, base)
      if (pair) pairs.push(pair)
    }
  pairs.sort((p, q) => q.score - p.score || (p.a.edge < q.a.edge ? -1 : 1))
  const taken = new Set<EdgeId>()
  const out: Sewn[] = []
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
    const [first, second] = all.indexOf(a) <= all.indexOf(b) ? [a, b] : [b, a]
    out.push({
      a: [{ edge: first.edge, back: false }],
      b: [{ edge: second.edge, back: pair.reversed }],
      ease: first === a ? pair.ease : -pair.ease,
    })
  }
  return out
}

/**
 * Seams that the pattern doesn't have yet, by name of edge, length in every size and notches of the base size: likeliest first, each edge in one seam at most, never confirmed. Edges of one piece are not
 * proposed to each other, nor folds and hems. Where two partners are as likely as each other nothing is proposed.
 */
export const proposeSeams = (pattern: Pattern): Seam[] => {
  const all = candidatesOf(pattern)
  const ids = new Set<string>(pattern.seams.map(({ id }) => id))
  let n = 0
  return pairsOf(all, pattern.base).map((sewn): Seam => {
    do n++
    while (ids.has(`s${n}`))
    return { id: `s${n}` as SeamId, ...sewn, confirmed: false }
  })
}
