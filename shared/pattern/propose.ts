import { lengthOf } from './curve.ts'
import { turned } from './links.ts'
import type { EdgeId, Link, Pattern, Piece, Run, Seam, SeamId, Shape, Vec } from './model.ts'
import { type Chain, chainOf, sewnRun } from './seams.ts'
import { dist, dot, sub, unit } from './vec.ts'

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
  /** 'flat': straight, and of a piece that is no band, which alone is sewn straight to a bend. */
  readonly line: 'flat' | 'bent' | 'either'
}

/** Cosine of 85 degrees: an edge this near to a right angle with the grain lies across it. */
const ACROSS = 0.087
/** Cosine of 45 degrees: a side or a centre runs along the grain. */
const UPRIGHT = 0.7
/** Share of a piece's length along its grain that counts as its end. */
const END = 0.06

/** What the trade calls an edge that is sewn to nothing. */
const HEM = /^(bastilla|dobladillo|hem)\b/

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

/** Shares of its length by which an edge's ends lie nearer each other: up to this it is straight, from that on bent. */
const STRAIGHT = 0.002
const BENT = 0.04
/** Ends of a band are shorter than this share of its edge. */
const BAND = 0.4

const lineOf = (shape: Shape | null | undefined, index: number): Candidate['line'] => {
  const run = shape?.runs[index]
  const [from, to] = [run?.keys[0], run?.keys.at(-1)]
  if (!shape || !run || !from || !to) return 'either'
  const length = lengthOf(run)
  const bow = 1 - dist(from, to) / length
  if (bow > BENT) return 'bent'
  const ends = [index - 1, index + 1].map((i) => shape.runs.at(i % shape.runs.length) as Run)
  return bow < STRAIGHT && ends.some((end) => lengthOf(end) > BAND * length) ? 'flat' : 'either'
}

const candidatesOf = (pattern: Pattern): Candidate[] => {
  const taken = new Set(pattern.seams.flatMap(({ a, b }) => [...a, ...b].map(({ edge }) => edge)))
  return pattern.pieces.flatMap((piece) =>
    piece.edges.flatMap((edge, index) => {
      const name = edge.name.trim().toLowerCase()
      if (taken.has(edge.id) || edge.id === piece.fold || edge.hem || HEM.test(name)) return []
      const runs = piece.shapes.map((shape) => shape && sewnRun(piece, shape, index))
      const lengths = runs.map((run) => run && lengthOf(run))
      if ((lengths[pattern.base] ?? 0) < LEAST) return []
      const notches = chainOf(pattern, [{ edge: edge.id, back: false }], pattern.base)?.stops.map(({ s }) => s) ?? []
      const isEnd = liesAtEnd(piece.shapes[pattern.base], index)
      const line = lineOf(piece.shapes[pattern.base], index)
      return [{ piece, edge: edge.id, name, index, lengths, notches, isEnd, line }]
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

/** Which way an edge runs along its grain as it lies on the sheet, 1 or −1; 0 where it lies across. */
const wayOf = ({ piece, index }: Candidate, base: number): number => {
  const shape = piece.shapes[base]
  const [from, to] = [shape?.runs[index]?.keys[0], shape?.runs[index]?.keys.at(-1)]
  if (!shape?.grain || !from || !to) return 0
  const grain = unit(sub(shape.grain[1], shape.grain[0]))
  const up = Math.abs(grain.y) > Math.abs(grain.x) ? grain.y : grain.x
  const cosine = dot(unit(sub(to, from)), grain)
  return Math.abs(cosine) > UPRIGHT ? Math.sign(cosine * up) : 0
}

/**
 * Whether two edges whose notches don't tell run against each other where they are sewn: as the names of what they end at tell, else as pieces lie in a file, all the same way
 * up; else face to face.
 */
const isAgainst = (a: Candidate, b: Candidate, base: number): boolean => {
  const named = ({ piece, index }: Candidate, step: 1 | -1): string =>
    piece.edges
      .at((index + step) % piece.edges.length)
      ?.name.trim()
      .toLowerCase() ?? ''
  const same = (p: string, q: string): boolean => p !== '' && p === q
  const along = same(named(a, -1), named(b, -1)) || same(named(a, 1), named(b, 1))
  const against = same(named(a, -1), named(b, 1)) || same(named(a, 1), named(b, -1))
  if (along !== against) return against
  const [p, q] = [wayOf(a, base), wayOf(b, base)]
  return p === 0 || q === 0 || p !== q
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
  // Nor is a hem sewn to a neckline because it is as long.
  if (!named && !notched && [a.line, b.line].includes('flat') && [a.line, b.line].includes('bent')) return null
  const difference = Math.abs(a.notches.length - b.notches.length)
  const score =
    (named ? 4 : 0) +
    (notched ? 2 + 0.5 * a.notches.length : -0.5 * difference) +
    (1 - close / (2 * APART)) +
    (largest - smallest < 0.5 ? 0.5 : 0)
  const reversed = faceToFace === sameWay ? isAgainst(a, b, base) : faceToFace
  return { a, b, reversed, score, ease: close > APART ? la - lb : 0 }
}

/** What is proposed of a seam. */
type Sewn = Pick<Seam, 'a' | 'b' | 'ease'>

/** Edges that go round a body part, by what the trade calls them: one of a piece is sewn to two that meet at the shoulder. */
const ROUNDS: readonly { readonly one: RegExp; readonly two: RegExp; readonly eased: number }[] = [
  {
    one: /^(copa|cabeza|sleeve ?cap|cap|sleeve ?head)\b/,
    two: /^(sisa|armhole|armscye)\b/,
    // A cap is longer than its armhole, by a tenth at most.
    eased: 0.1,
  },
  {
    one: /^(cuello|pie de cuello|collar|collar stand|neckband)\b/,
    two: /^(escote|neckline|neck)\b/,
    eased: 0.03,
  },
]
/** Cosine: a shoulder lies across the grain. */
const SHOULDER = 0.6
/** Shoulders differ by this share at most: a back's is eased into a front's. */
const SHOULDERS = 0.06
/** A notch of the one edge that answers none lies where two others meet, mm. */
const AT_JOINT = 12
/** More arms, or more ways to sew them, than any garment has: who chooses among so many guesses. */
const MOST_ARMS = 80
const MOST_ROUNDS = 1000
const MOST_PAIRS = 10_000
/** Scores nearer than this are as likely as each other. */
const AS_LIKELY = 0.5

/** An edge from its far end to the shoulder. */
interface Arm {
  readonly of: Candidate
  readonly link: Link
  readonly shoulder: readonly (number | null)[]
}

/** Whether a neighbour of an edge is the fold. */
const isFold = ({ piece }: Candidate, index: number): boolean =>
  piece.edges.at(index % piece.edges.length)?.id === piece.fold
const onFold = (one: Candidate, { back }: Link): { readonly start: boolean; readonly end: boolean } => ({
  start: isFold(one, one.index + (back ? 1 : -1)),
  end: isFold(one, one.index + (back ? -1 : 1)),
})

const armOf = (one: Candidate, base: number): Arm | null => {
  const shape = one.piece.shapes[base]
  if (!shape?.grain) return null
  const grain = unit(sub(shape.grain[1], shape.grain[0]))
  const { length } = one.piece.edges
  const steep = (index: number): number => {
    const keys = shape.runs.at(index % length)?.keys ?? []
    return Math.abs(dot(unit(sub(keys.at(-1) as Vec, keys[0] as Vec)), grain))
  }
  const [before, after] = [steep(one.index - 1), steep(one.index + 1)]
  const back = before < SHOULDER && after > UPRIGHT
  if (!back && !(after < SHOULDER && before > UPRIGHT)) return null
  const at = one.index + (back ? -1 : 1)
  const shoulder = one.piece.shapes.map((size) => {
    const run = size && sewnRun(one.piece, size, (at + length) % length)
    return run && lengthOf(run)
  })
  return { of: one, link: { edge: one.edge, back }, shoulder }
}

const isShoulder = (p: Arm, q: Arm): boolean =>
  p.of.piece !== q.of.piece &&
  p.shoulder.every((length, size) => {
    const other = q.shoulder[size] ?? null
    return length === null || other === null || Math.abs(length - other) <= SHOULDERS * Math.max(length, other)
  })

/**
 * How far notches of the one edge are from those of the chain that it is sewn to, mm in all, and how many answer. Each is measured from the nearer end, since ease lies between. Null
 * where they contradict: one is left over that doesn't mark where two edges meet, or another kind answers it.
 */
const notchesAgree = (one: Chain, other: Chain): { readonly off: number; readonly count: number } | null => {
  if (one.stops.length === 0 || other.stops.length === 0) return { off: 0, count: 0 }
  const placed = one.stops.map(({ s, kind }) => ({ kind, s: s > one.length / 2 ? s + other.length - one.length : s }))
  const marks = placed.filter(({ s }) => other.starts.slice(1).every((joint) => Math.abs(s - joint) > AT_JOINT))
  const own = marks.length === other.stops.length ? marks : placed
  if (own.length !== other.stops.length) return null
  let off = 0
  for (const [i, { s, kind }] of own.entries()) {
    const answer = other.stops[i]
    if (!answer || answer.kind !== kind || Math.abs(answer.s - s) > ANSWERS) return null
    off += Math.abs(answer.s - s)
  }
  return { off, count: own.length }
}

interface Round extends Sewn {
  readonly score: number
}

const roundOf = (
  pattern: Pattern,
  one: Candidate,
  arms: readonly Candidate[],
  chain: readonly Link[],
): Round | null => {
  const names = ROUNDS.find(({ one: own, two }) => own.test(one.name) && arms.every(({ name }) => two.test(name)))
  // Names that say something else.
  if (!names && [one, ...arms].some(({ name }) => name !== '')) return null
  const eased = names?.eased ?? EASED
  let [smallest, largest] = [Infinity, -Infinity]
  for (const [size, la] of one.lengths.entries()) {
    const both = arms.map(({ lengths }) => lengths[size] ?? null)
    if (la === null || both.includes(null)) continue
    const lb = both.reduce<number>((sum, length) => sum + (length ?? 0), 0) * (chain.length / arms.length)
    if (la - lb < -APART || la - lb > Math.max(APART, eased * lb)) return null
    smallest = Math.min(smallest, la - lb)
    largest = Math.max(largest, la - lb)
  }
  const link = { edge: one.edge, back: false }
  const [own, other] = [chainOf(pattern, [link], pattern.base), chainOf(pattern, chain, pattern.base)]
  if (!own || !other || largest - smallest > Math.max(APART, EASED * other.length)) return null
  const notches = notchesAgree(own, other)
  // Each of the others has a notch that answers, or the names say it.
  const isNotched = arms.every((arm) => arm.notches.length > 0) && (notches?.count ?? 0) > 0
  if (!notches || (!names && !isNotched)) return null
  const score = (names ? 4 : 0) + 0.5 * notches.count - notches.off / ANSWERS - (largest - smallest) / APART
  const ease = own.length - other.length
  return { a: [link], b: chain, ease: Math.abs(ease) > APART ? ease : 0, score }
}

/**
 * Seams of one edge with two that meet at the shoulder: a cap with the armholes of front and back, a collar with their necklines. Two arms run from the shoulder, each along an upright at its
 * other end, and the one edge is as long as both in every size, but for the ease of what the names say it is; or as both and their mirror images, where the second ends on the
 * fold. Front and back are told apart by the notches (the trade has one in front and two, or one of another kind, at the back) or by the folds; where
 * both orders would do, or two pieces, there is none.
 */
const roundsOf = (pattern: Pattern, all: readonly Candidate[]): Sewn[] => {
  // An edge without a name is told by its notches alone.
  const told = all.filter(({ name, notches }) => name !== '' || notches.length > 0)
  const arms = told.flatMap((one) => armOf(one, pattern.base) ?? [])
  if (arms.length > MOST_ARMS) return []
  const found: Round[] = []
  for (const p of arms)
    for (const q of arms) {
      if (p === q || !isShoulder(p, q)) continue
      const half = [p.link, ...turned([q.link])]
      const ends = { start: onFold(p.of, p.link).start, end: onFold(q.of, q.link).start }
      const chains = ends.end && !ends.start ? [half, [...half, ...turned(half)]] : [half]
      for (const one of told) {
        if (one.piece === p.of.piece || one.piece === q.of.piece) continue
        const own = onFold(one, { edge: one.edge, back: false })
        for (const chain of chains) {
          const isWhole = chain !== half
          if (own.start !== ends.start || own.end !== (isWhole ? ends.start : ends.end)) continue
          const round = roundOf(pattern, one, [p.of, q.of], chain)
          if (round) found.push(round)
          if (found.length > MOST_ROUNDS) return []
        }
      }
    }
  const edgesOf = ({ a, b }: Round): EdgeId[] => [...a, ...b].map(({ edge }) => edge)
  return found.flatMap((round) => {
    const edges = edgesOf(round)
    const isBest = found.every(
      (other) =>
        other === round ||
        other.score < round.score - AS_LIKELY ||
        edgesOf(other).every((edge) => !edges.includes(edge)),
    )
    return isBest ? [{ a: round.a, b: round.b, ease: round.ease }] : []
  })
}

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
      if (pairs.length > MOST_PAIRS) return []
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
 * Seams that the pattern doesn't have yet, by name of edge, length in every size and notches of the base size: first those of one edge with
 * two that meet at the shoulder (see `roundsOf`), then of one with another, likeliest first; each edge in one seam at most, never confirmed. Edges of one piece are not
 * proposed to each other, nor folds and hems. Where two partners are as likely as each other nothing is proposed.
 */
export const proposeSeams = (pattern: Pattern): Seam[] => {
  const all = candidatesOf(pattern)
  const rounds = roundsOf(pattern, all)
  const taken = new Set(rounds.flatMap(({ a, b }) => [...a, ...b].map(({ edge }) => edge)))
  const pairs = pairsOf(
    all.filter(({ edge }) => !taken.has(edge)),
    pattern.base,
  )
  const ids = new Set<string>(pattern.seams.map(({ id }) => id))
  let n = 0
  return [...rounds, ...pairs].map((sewn): Seam => {
    do n++
    while (ids.has(`s${n}`))
    return { id: `s${n}` as SeamId, ...sewn, confirmed: false }
  })
}
