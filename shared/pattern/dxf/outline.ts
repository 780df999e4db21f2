import type { Key, Run, Vec } from '../model.ts'
import { dist } from '../vec.ts'
import { type Chain, chains, isNothing, sizeOf, walked } from './chain.ts'
import { type Box, bendsSharply, boxOf, corners, NEAR, near, Places, twiceArea } from './points.ts'
import { linesOn, type Raw, type RawLine } from './raw.ts'

/** How the outline of a piece is put together, the same in every size that lists it alike. */
export interface Plan {
  readonly chain: Chain
  /** The dense copy on layer 84, chained; null where there is none that goes with the outline. */
  readonly quality: Chain | null
  /** Its lines go one to one with the outline's, as in AccuMark. */
  readonly paired: boolean
  /** CLO draws the curve on layer 1 and the key points on 84. */
  readonly keysFrom: 'outline' | 'quality'
  /** Indexes of the key ring where an edge starts, once around it. */
  readonly starts: readonly number[]
  readonly turns: readonly boolean[]
  readonly rules: readonly (number | undefined)[]
  /** Of the end of each edge, where the line that ends there has another rule than the one that begins. */
  readonly endRules: readonly (number | undefined)[]
  readonly clockwise: boolean
  /** Index of the fold among the edges, counter-clockwise; −1 where there is none. */
  readonly fold: number
}

export interface Marks {
  /** Places of layers 2 and 3, in the size that has them. */
  readonly turns: Places<Vec>
  readonly curves: Places<Vec>
  readonly any: boolean
  readonly ruleAt: (place: Vec, line?: RawLine, nth?: number) => number | undefined
}

/** How many points right before this one lie at the same place. */
export const nthOf = (points: readonly Vec[], i: number): number => {
  let nth = 0
  while (nth < 8 && i - nth > 0 && near(points[i - nth - 1]!, points[i]!)) nth++
  return nth
}

/** What a plan says of itself, for the report. */
export interface Planned {
  readonly plan: Plan
  readonly gap: number
  readonly byAngle: boolean
  /** Chains that are not the outline: holes, or nobody knows. */
  readonly others: readonly Chain[]
}

const MOST_STEPS = 2e7

/** Same number of lines with as many points each: what one size says of its points then holds for the other by index. */
export const alike = (a: readonly RawLine[], b: readonly RawLine[]): boolean =>
  a.length === b.length &&
  a.every((line, i) => line.points.length === b[i]!.points.length && line.closed === b[i]!.closed)

const qualityOf = (raw: Raw): readonly RawLine[] => (raw.outline[0]?.layer === 84 ? [] : linesOn(raw, 84))
const largest = (lines: readonly RawLine[], all: readonly Chain[]): Chain | null => {
  let best: Chain | null = null
  let most = -1
  for (const chain of all) {
    const size = sizeOf(lines, chain) * (chain.gap === 0 ? 1 : 0.5)
    if (size > most) {
      best = chain
      most = size
    }
  }
  return best
}

const pairsUp = (outline: readonly RawLine[], quality: readonly RawLine[]): boolean =>
  outline.length === quality.length &&
  outline.every((line, i) => {
    const dense = quality[i]!
    if (dense.points.length < line.points.length) return false
    return near(line.points[0]!, dense.points[0]!) && near(line.points.at(-1)!, dense.points.at(-1)!)
  })

/** Straight stretches between two corners of the ring that the mirror line names; null where it is not on the outline. */
const foldAlong = (ring: readonly Vec[], mirror: readonly [Vec, Vec]): readonly [number, number] | null => {
  const n = ring.length
  const nearest = (p: Vec): number => {
    let best = -1
    let least = 5 * NEAR
    for (let i = 0; i < n; i++) {
      const distance = dist(ring[i]!, p)
      if (distance < least) {
        best = i
        least = distance
      }
    }
    return best
  }
  const from = nearest(mirror[0])
  const to = nearest(mirror[1])
  if (from < 0 || to < 0 || from === to) return null
  const p = ring[from]!
  const q = ring[to]!
  const length = dist(p, q)
  const straight = (start: number, end: number): boolean => {
    for (let i = (start + 1) % n; i !== end; i = (i + 1) % n) {
      const r = ring[i]!
      if (Math.abs((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)) > 0.1 * length) return false
    }
    return true
  }
  if (straight(from, to)) return [from, to]
  return straight(to, from) ? [to, from] : null
}

/**
 * Which points layers 2 and 3 say to be corners; null where they don't say. AccuMark lists a point of a curve that has a grade rule of its own
 * on both, and draws it smooth: there a sharp bend tells.
 */
export const saidTurns = (points: readonly Vec[], closed: boolean, marks: Marks): (boolean | null)[] =>
  points.map((p, i) => {
    if (!marks.turns.has(p)) return marks.curves.has(p) ? false : null
    return !marks.curves.has(p) || bendsSharply(points, i, closed)
  })

/** @param ignored lines of no length in any size. */
export const planOf = (
  raw: Raw,
  marks: Marks,
  ignored: ReadonlySet<number>,
  mirror: readonly [Vec, Vec] | null,
): Planned | null => {
  const { outline } = raw
  const all = chains(outline, ignored)
  const chain = largest(outline, all)
  if (!chain) return null
  const qualityLines = qualityOf(raw)
  const paired = pairsUp(outline, qualityLines)
  const quality = paired ? chain : largest(qualityLines, chains(qualityLines, new Set()))
  const outlineRing = walked(outline, chain, false)
  const qualityRing = quality ? walked(qualityLines, quality, false) : null
  const keysFrom =
    !paired && qualityRing && qualityRing.length < outlineRing.length && cornersLieOn(qualityRing, outlineRing, marks)
      ? 'quality'
      : 'outline'
  const ring = keysFrom === 'quality' ? qualityRing! : outlineRing
  if (ring.length < 3) return null

  const known = saidTurns(ring, true, marks)
  const anyTurn = known.includes(true)
  const angles = anyTurn && !known.includes(null) ? null : angled(outline, chain, ring)
  const turns = known.map((turn, i) => (anyTurn ? (turn ?? false) : (turn ?? angles![i]!)))

  const joints = jointsOf(outline, chain)
  let starts = keysFrom === 'outline' && joints ? joints : startsOf(ring, turns)
  const fold = mirror && foldAlong(ring, mirror)
  const n = ring.length
  if (fold) {
    const [from, to] = fold
    const within = (i: number): boolean => (i - from + n) % n > 0 && (i - from + n) % n < (to - from + n) % n
    starts = [...new Set([...starts.filter((i) => !within(i)), from, to])].sort((a, b) => a - b)
  }
  if (starts.length === 0) starts = [0]
  for (const start of starts) if (starts.length > 1 && known[start] === null) turns[start] = true

  const clockwise = twiceArea(keysFrom === 'quality' ? outlineRing : ring) < 0
  let foldEdge = fold ? starts.indexOf(fold[0]) : -1
  if (foldEdge >= 0 && clockwise) foldEdge = starts.length - 1 - foldEdge
  const owners = keysFrom === 'outline' ? ownersOf(outline, chain) : []
  const rules = ring.map((p, i) => marks.ruleAt(p, owners[i], nthOf(ring, i)))
  const endRules = starts.map((_, i) => {
    const end = starts[(i + 1) % starts.length]!
    return marks.ruleAt(ring[end]!, owners[(end + n - 1) % n])
  })
  const plan: Plan = {
    chain,
    quality,
    paired,
    keysFrom,
    starts,
    turns,
    rules,
    endRules,
    clockwise,
    fold: foldEdge,
  }
  const others = all.filter((other) => other !== chain)
  return { plan, gap: chain.gap, byAngle: !anyTurn, others }
}

/** Corners by angle, judged on the curve itself where arcs and splines draw one: their few points turn far between them. */
const angled = (lines: readonly RawLine[], chain: Chain, ring: readonly Vec[]): boolean[] => {
  if (!chain.links.some(({ index }) => lines[index]!.dense)) return corners(ring, true)
  const curve = walked(lines, chain, true)
  const sharp = corners(curve, true)
  const places = new Places(curve.filter((_, i) => sharp[i]))
  return ring.map((p) => places.has(p))
}

/** Where the ring turns; a corner that is listed twice starts one edge, not one of no length besides. */
const startsOf = (ring: readonly Vec[], turns: readonly boolean[]): number[] => {
  const starts: number[] = []
  for (let i = 0; i < turns.length; i++)
    if (turns[i] && !(i > 0 && turns[i - 1] && near(ring[i - 1]!, ring[i]!))) starts.push(i)
  const last = ring.length - 1
  if (starts.length > 1 && starts[0] === 0 && starts.at(-1) === last && near(ring[0]!, ring[last]!)) starts.pop()
  return starts
}

/** The line that each point of the ring is listed by; where two meet, the one that begins. */
const ownersOf = (lines: readonly RawLine[], chain: Chain): RawLine[] => {
  const out: RawLine[] = []
  for (const { index } of chain.links) {
    const line = lines[index]!
    for (let i = 0; i < line.points.length; i++) {
      if (i === 0 && out.length > 0) out[out.length - 1] = line
      else out.push(line)
    }
  }
  if (chain.gap === 0 && out.length > 1) out.pop()
  return out
}

/** Where the lines of a chain meet, in the ring of its points; null where one of them is no polyline, or there is one line. */
const jointsOf = (lines: readonly RawLine[], chain: Chain): number[] | null => {
  if (chain.links.length < 2 || chain.links.some(({ index }) => !lines[index]!.polyline)) return null
  const joints: number[] = []
  let at = 0
  for (const { index } of chain.links) {
    joints.push(at)
    at += lines[index]!.points.length - 1
  }
  if (chain.gap > 0) joints.push(at)
  return joints
}

/** Whether a sparse ring goes with a dense one: its corners, or a third of it, lie there. Points between may be handles off the curve. */
const cornersLieOn = (keys: readonly Vec[], dense: readonly Vec[], marks: Marks): boolean => {
  if (keys.length * dense.length > MOST_STEPS) return false
  const places = new Places(dense)
  const on = keys.filter((key) => places.has(key))
  return on.length * 3 >= keys.length && keys.every((key) => !marks.turns.has(key) || places.has(key))
}

/** Distance of a place from a line. */
export const toLine = (line: readonly Vec[], p: Vec, closed: boolean): number => {
  let least = Infinity
  const n = line.length
  for (let i = closed ? 0 : 1; i < n; i++) {
    const a = line[(i + n - 1) % n]!
    const b = line[i]!
    const dx = b.x - a.x
    const dy = b.y - a.y
    const square = dx * dx + dy * dy
    const t = square > 0 ? Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square)) : 0
    const distance = Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy)
    if (distance < least) least = distance
  }
  return least
}

/** The stretches of a closed dense line from each place to the next; null where a place isn't on it. */
const sliced = (ring: readonly Vec[], places: readonly Vec[]): Vec[][] | null => {
  const n = ring.length
  const where: number[] = []
  const scan = (from: number, count: number, p: Vec): number => {
    for (let i = from; i < from + count; i++) if (near(ring[i % n]!, p)) return i
    return -1
  }
  let spent = 0
  for (let i = 0; i < places.length; i++) {
    const from = i === 0 ? 0 : where[i - 1]! + 1
    const room = i === 0 ? n : where[0]! + n - from
    const found = scan(from, room, places[i]!)
    spent += found < 0 ? room : found - from
    if (found < 0 || spent > MOST_STEPS) return slicedBetween(ring, places)
    where.push(found)
  }
  return where.map((from, i) => {
    const to = i + 1 < where.length ? where[i + 1]! : where[0]! + n
    return stretch(ring, from, to)
  })
}

/** As `sliced`, where some places lie between two points of the line. */
const slicedBetween = (ring: readonly Vec[], places: readonly Vec[]): Vec[][] | null => {
  const n = ring.length
  if (n * places.length > MOST_STEPS) return null
  const where = places.map((p) => {
    let best = 0
    let least = Infinity
    for (let i = 0; i < n; i++) {
      const a = ring[i]!
      const b = ring[(i + 1) % n]!
      const dx = b.x - a.x
      const dy = b.y - a.y
      const square = dx * dx + dy * dy
      const t = square > 0 ? Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square)) : 0
      const ex = p.x - a.x - t * dx
      const ey = p.y - a.y - t * dy
      const distance = ex * ex + ey * ey
      if (distance < least) {
        best = i + t
        least = distance
      }
    }
    return least <= 0.25 ? best : Number.NaN
  })
  if (where.some(Number.isNaN)) return null
  // Once around and no further: the places have to come in the order of the line.
  const spans = where.map((from, i) => {
    const to = where[(i + 1) % where.length]!
    return where.length === 1 ? n : (to - from + n) % n
  })
  if (Math.abs(spans.reduce((a, b) => a + b, 0) - n) > 1e-6) return null
  return where.map((from, i) => {
    const to = from + spans[i]!
    const out = [places[i]!]
    for (let k = Math.floor(from + 1e-9) + 1; k < to - 1e-9; k++) out.push(ring[k % n]!)
    out.push(places[(i + 1) % places.length]!)
    return out
  })
}

/** Of a ring, from one index to another, both included; indexes run on past its end. */
const stretch = <T>(ring: readonly T[], from: number, to: number): T[] => {
  const out: T[] = []
  for (let i = from; i <= to; i++) out.push(ring[i % ring.length]!)
  return out
}

/** The points that a plan's indexes are of. */
const ringOf = (raw: Raw, plan: Plan): Vec[] =>
  plan.keysFrom === 'quality' ? walked(qualityOf(raw), plan.quality!, false) : walked(raw.outline, plan.chain, false)

/** Where a place is within a box, each way from 0 to 1. */
const inBox = ({ left, right, low, high }: Box, { x, y }: Vec): Vec => ({
  x: (x - left) / (right - left || 1),
  y: (y - low) / (high - low || 1),
})
/** Grading moves a corner less than this share of the piece, each way; who lists another point there began elsewhere. */
const GRADED = 0.3
/** So near to where the other size has it, a corner is the same one. */
const SAME_CORNER = 0.1

/** Where the edges of a size start, each within the box of its outline. */
export const cornersOf = (raw: Raw, plan: Plan): Vec[] => {
  const ring = ringOf(raw, plan)
  const box = boxOf(ring)
  return plan.starts.map((start) => inBox(box, ring[start]!))
}

/** Whether a size that lists as many points as the one of the plan lists the same ones by them. */
export const listsAlike = (raw: Raw, plan: Plan, corners: readonly Vec[]): boolean =>
  cornersOf(raw, plan).every((p, i) => dist(p, corners[i]!) < GRADED)

/**
 * The plan of a size that lists its outline otherwise, with its edges where the marked size has them: at the corners of its own that lie where
 * that one's lie in the box of its outline, else at the nearest points; where these don't follow each other around, at its own if there are as
 * many. Null where there are not. `work` counts down what searching may still cost.
 */
export const planAs = (
  raw: Raw,
  own: Plan,
  plan: Plan,
  corners: readonly Vec[],
  work: { left: number },
): Plan | null => {
  const ring = ringOf(raw, own)
  const n = ring.length
  work.left -= (n + own.starts.length) * corners.length
  if (work.left < 0) return null
  const [first, ...rest] = corners
  const wanted = own.clockwise === plan.clockwise ? corners : [first!, ...rest.reverse()]
  const box = boxOf(ring)
  const places = ring.map((p) => inBox(box, p))
  const nearest = (among: Iterable<number>, p: Vec, reach: number): number => {
    let best = -1
    let least = reach
    for (const i of among) {
      const distance = dist(places[i]!, p)
      if (distance < least) {
        best = i
        least = distance
      }
    }
    return best
  }
  const starts = wanted.map((p) => {
    const corner = nearest(own.starts, p, SAME_CORNER)
    return corner >= 0 ? corner : nearest(places.keys(), p, GRADED)
  })
  const gaps = starts.map((start, i) => (starts[(i + 1) % starts.length]! - start + n) % n || n)
  if (starts.includes(-1) || gaps.reduce((a, b) => a + b, 0) !== n)
    return own.starts.length === starts.length ? own : null
  const turns = own.turns.map((turn, i) => turn || (starts.length > 1 && starts.includes(i)))
  const endRules = starts.map((start) => own.endRules[own.starts.indexOf(start)])
  const paired = own.paired && own.starts.every((start, i) => start === starts[i])
  return { ...own, starts, turns, endRules, paired }
}

const reversed = <T>(list: readonly T[]): T[] => list.toReversed()

/**
 * The edges of one size, counter-clockwise as the plan has it. `apart`: edges whose dense copy lies elsewhere and is
 * left out. `handles`: keys that were brought to the curve.
 */
export const runsOf = (raw: Raw, plan: Plan): { runs: Run[]; apart: number; handles: number; area: number } => {
  const { outline } = raw
  const qualityLines = qualityOf(raw)
  const outlineRing = walked(outline, plan.chain, false)
  const ring = plan.keysFrom === 'quality' ? ringOf(raw, plan) : outlineRing
  const n = ring.length
  const keys: Key[] = ring.map((p, i) => {
    const rule = plan.rules[i]
    const turn = plan.turns[i] ?? false
    return rule === undefined ? { x: p.x, y: p.y, turn } : { x: p.x, y: p.y, turn, rule }
  })
  const { starts } = plan
  const places = starts.map((i) => ring[i]!)
  let slices: (Vec[] | null)[] | null = null
  const qualityFits = plan.quality?.links.every(({ index }) => index < qualityLines.length) ?? false
  if (plan.keysFrom === 'quality') slices = slicesOf(outlineRing, ring, places)
  else if (plan.paired && qualityFits && starts.length === plan.chain.links.length) {
    slices = plan.chain.links.map(({ index, back }) => {
      const { points } = qualityLines[index]!
      return back ? reversed(points) : points.slice()
    })
  } else if (qualityFits) slices = slicesOf(walked(qualityLines, plan.quality!, false), ring, places)
  else if (plan.chain.links.some(({ index }) => outline[index]!.dense)) {
    slices = slicesOf(walked(outline, plan.chain, true), ring, places)
  }
  let handles = 0
  let lost = plan.quality !== null && slices === null ? starts.length : 0
  const runs = starts.map((from, i): Run => {
    const next = starts[(i + 1) % starts.length]!
    const to = next > from ? next : next + n
    let own = stretch(keys, from, to)
    const endRule = plan.endRules[i]
    const last = own.at(-1)!
    if (endRule !== undefined && endRule !== last.rule) own[own.length - 1] = { ...last, rule: endRule }
    const slice = slices?.[i] ?? null
    if (plan.keysFrom === 'quality' && slice) {
      const on = onto(own, slice)
      handles += own.filter((key, k) => !near(key, on[k]!)).length
      own = on
    }
    const drawn = slice && fitted(own, slice)
    if (slice && !drawn) lost++
    return { keys: own, drawn: drawn && drawn.length === 2 && own.length === 2 ? null : (drawn ?? asDrawn(own)) }
  })
  const area = slices ? areaOf(runs) : twiceArea(ring) / 2
  if (!plan.clockwise) return { runs, apart: lost, handles, area }
  const turned = reversed(runs).map(({ keys: own, drawn }) => ({
    keys: reversed(own),
    drawn: drawn && reversed(drawn),
  }))
  return { runs: turned, apart: lost, handles, area }
}

const areaOf = (runs: readonly Run[]): number => {
  let sum = 0
  for (const { keys, drawn } of runs) {
    const line = drawn ?? keys
    for (let i = 1; i < line.length; i++) sum += line[i - 1]!.x * line[i]!.y - line[i]!.x * line[i - 1]!.y
  }
  return sum / 2
}

const slicesOf = (dense: readonly Vec[], ring: readonly Vec[], places: readonly Vec[]): Vec[][] | null => {
  const same = twiceArea(dense) < 0 === twiceArea(ring) < 0
  return sliced(same ? dense : reversed(dense), places)
}

/** Keys that lie off the line they belong to, as handles of a curve do, brought to the nearest of its points, in order. */
const onto = (keys: readonly Key[], dense: readonly Vec[]): Key[] => {
  let at = 0
  const last = keys.length - 1
  return keys.map((key, k) => {
    if (k === 0 || k === last) return key
    // Room is left for the keys that follow, so that no two fall together where the line has points enough.
    const end = Math.max(at + 1, dense.length - 1 - (last - k - 1))
    let best = at
    let least = Infinity
    for (let i = at + 1; i < Math.min(end, dense.length - 1); i++) {
      const distance = dist(dense[i]!, key)
      if (distance < least) {
        best = i
        least = distance
      }
    }
    if (least === Infinity) return key
    at = best
    return { ...key, x: dense[best]!.x, y: dense[best]!.y }
  })
}

/** A line of so many points is drawn by them: a curve through them would only cost. */
const MOST_KEYS = 400
export const asDrawn = (keys: readonly Key[]): Vec[] | null =>
  keys.length > MOST_KEYS ? keys.map(({ x, y }) => ({ x, y })) : null

/** The dense line with the very ends of the keys; null where a key lies off it. */
const fitted = (keys: readonly Key[], dense: Vec[]): Vec[] | null => {
  let at = 0
  for (const key of keys) {
    let i = at
    while (i < dense.length && !near(dense[i]!, key)) i++
    if (i < dense.length) at = i
    else if (keys.length * dense.length > MOST_STEPS || toLine(dense.slice(Math.max(0, at - 1)), key, false) > 0.5)
      return null
  }
  const first = keys[0]!
  const last = keys.at(-1)!
  dense[0] = { x: first.x, y: first.y }
  dense[dense.length - 1] = { x: last.x, y: last.y }
  return dense
}

/** Lines of no length in all of these sizes. */
export const nothings = (sizes: readonly (readonly RawLine[])[]): Set<number> => {
  const out = new Set<number>()
  const [first] = sizes
  for (let i = 0; i < (first?.length ?? 0); i++) if (sizes.every((lines) => isNothing(lines[i]!))) out.add(i)
  return out
}
