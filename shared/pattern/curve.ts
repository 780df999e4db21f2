import type { Key, Run, Vec } from './model.ts'
import { dist, lerp, sub, unit } from './vec.ts'

/** A drawn line leaves the curve by this much at most, mm. */
const FLAT_MM = 0.02
/** Pieces that one span between keys is cut into, at most. */
const MOST = 64

/**
 * The point of a centripetal Catmull-Rom span (α = 0.5, by the Barry-Goldman pyramid) from b to c at share u. Knots are the square roots
 * of the chords: Yuksel, Schaefer, Keyser, "Parameterization and applications of Catmull-Rom curves", 2011.
 */
const spanPoint = (a: Vec, b: Vec, c: Vec, d: Vec, knots: readonly [number, number, number], u: number): Vec => {
  const [k0, k1, k2] = knots
  const t1 = k0
  const t2 = k0 + k1
  const t3 = k0 + k1 + k2
  const t = t1 + u * k1
  const mix = (p: Vec, q: Vec, from: number, to: number): Vec => lerp(p, q, (t - from) / (to - from))
  const a1 = mix(a, b, 0, t1)
  const a2 = mix(b, c, t1, t2)
  const a3 = mix(c, d, t2, t3)
  return mix(mix(a1, a2, 0, t2), mix(a2, a3, t1, t3), t1, t2)
}

/** One span, without its first point. */
const flattenSpan = (a: Vec, b: Vec, c: Vec, d: Vec, into: Vec[]): void => {
  const knots = [Math.sqrt(dist(a, b)), Math.sqrt(dist(b, c)), Math.sqrt(dist(c, d))] as const
  const at = (u: number): Vec => spanPoint(a, b, c, d, knots, u)
  // The bow of a span over its chord falls with the square of the number of cuts.
  const bow = Math.max(fromChord(at(0.25), b, c), fromChord(at(0.5), b, c), fromChord(at(0.75), b, c))
  const cuts = bow < FLAT_MM ? 1 : Math.min(MOST, Math.max(4, Math.ceil(2 * Math.sqrt(bow / FLAT_MM))))
  for (let i = 1; i < cuts; i++) into.push(at(i / cuts))
  into.push({ x: c.x, y: c.y })
}

const fromChord = (p: Vec, a: Vec, b: Vec): number => {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length = Math.hypot(dx, dy)
  return length === 0 ? dist(p, a) : Math.abs((p.x - a.x) * dy - (p.y - a.y) * dx) / length
}

/** Beyond the end of a curve: its last step mirrored in the end's normal, so that it ends without a bend of its own. */
const beyond = (end: Vec, next: Vec): Vec => ({ x: 2 * end.x - next.x, y: 2 * end.y - next.y })

/** A smooth stretch through its points, without the first one. */
const flattenSmooth = (points: readonly Vec[], into: Vec[]): void => {
  const clean = points.filter((p, i) => i === 0 || dist(p, points[i - 1] as Vec) > 0)
  if (clean.length < 2) return
  if (clean.length === 2) {
    into.push(clean[1] as Vec)
    return
  }
  const first = beyond(clean[0] as Vec, clean[1] as Vec)
  const last = beyond(clean.at(-1) as Vec, clean.at(-2) as Vec)
  for (let i = 0; i + 1 < clean.length; i++)
    flattenSpan(clean[i - 1] ?? first, clean[i] as Vec, clean[i + 1] as Vec, clean[i + 2] ?? last, into)
}

const flatten = (keys: readonly Key[]): Vec[] => {
  const first = keys[0]
  if (!first) return []
  const out: Vec[] = [{ x: first.x, y: first.y }]
  let from = 0
  for (let i = 1; i < keys.length; i++)
    if (keys[i]?.turn || i === keys.length - 1) {
      flattenSmooth(
        keys.slice(from, i + 1).map(({ x, y }) => ({ x, y })),
        out,
      )
      from = i
    }
  return out
}

interface Line {
  readonly points: readonly Vec[]
  /** Walked length at each point. */
  readonly at: Float64Array
  readonly length: number
}
const lines = new WeakMap<Run, Line>()

const lineOf = (run: Run): Line => {
  const known = lines.get(run)
  if (known) return known
  const points = run.drawn ?? flatten(run.keys)
  const at = new Float64Array(points.length)
  for (let i = 1; i < points.length; i++) at[i] = (at[i - 1] as number) + dist(points[i - 1] as Vec, points[i] as Vec)
  const line = { points, at, length: at.at(-1) ?? 0 }
  lines.set(run, line)
  return line
}

/** The dense line of a run: as the file drew it, else the curve through its keys flattened to 0.02 mm. Kept per run. */
export const drawnOf = (run: Run): readonly Vec[] => lineOf(run).points
export const lengthOf = (run: Run): number => lineOf(run).length

/** Index of the stretch of the dense line in which arc length s lies. */
const stretchAt = ({ at }: Line, s: number): number => {
  let low = 0
  let high = at.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((at[middle] as number) <= s) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** The point after `s` mm along a run; beyond its ends it goes straight on. */
export const pointAt = (run: Run, s: number): Vec => {
  const line = lineOf(run)
  const i = stretchAt(line, s)
  const [a, b] = [line.points[i], line.points[i + 1]]
  if (!a) return { x: 0, y: 0 }
  if (!b) return a
  const [from, to] = [line.at[i] as number, line.at[i + 1] as number]
  return to === from ? a : lerp(a, b, (s - from) / (to - from))
}

/** Direction of walking at `s` mm, of length 1. */
export const tangentAt = (run: Run, s: number): Vec => {
  const line = lineOf(run)
  const { points } = line
  let i = stretchAt(line, s)
  for (; i + 1 < points.length; i++) {
    const d = sub(points[i + 1] as Vec, points[i] as Vec)
    if (d.x !== 0 || d.y !== 0) return unit(d)
  }
  for (i = points.length - 2; i >= 0; i--) {
    const d = sub(points[i + 1] as Vec, points[i] as Vec)
    if (d.x !== 0 || d.y !== 0) return unit(d)
  }
  return { x: 1, y: 0 }
}

/** The point of a run nearest to p: its arc length and how far it is, mm. */
export const nearestOn = (run: Run, p: Vec): { s: number; distance: number } => {
  const { points, at } = lineOf(run)
  let best = { s: 0, distance: points[0] ? dist(points[0], p) : Number.POSITIVE_INFINITY }
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i] as Vec, points[i + 1] as Vec]
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const square = dx * dx + dy * dy
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square))
    const distance = Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy)
    if (distance < best.distance) best = { s: (at[i] as number) + t * Math.sqrt(square), distance }
  }
  return best
}

/** A run whose keys and dense line are moved alike; turns and rules stay. */
export const mapRun = (run: Run, f: (v: Vec) => Vec): Run => ({
  keys: run.keys.map((key) => ({ ...key, ...f(key) })),
  drawn: run.drawn?.map(f) ?? null,
})

export const reverseRun = (run: Run): Run => ({
  keys: run.keys.toReversed(),
  drawn: run.drawn?.toReversed() ?? null,
})

/** Arc length of each key along the dense line, ascending. */
export const keyLengths = (run: Run): number[] => {
  const { points, at, length } = lineOf(run)
  const out: number[] = []
  let from = 0
  run.keys.forEach((key, k) => {
    if (k === 0) {
      out.push(0)
      return
    }
    if (k === run.keys.length - 1) {
      out.push(length)
      return
    }
    let best = { i: from, distance: Number.POSITIVE_INFINITY }
    for (let i = from; i < points.length; i++) {
      const distance = dist(points[i] as Vec, key)
      if (distance < best.distance) best = { i, distance }
      if (best.distance < 1e-9) break
    }
    from = best.i
    out.push(at[best.i] as number)
  })
  return out
}

/** A run cut in two at arc length s (0 < s < length): both keep the drawn line exactly as it was. */
export const splitRun = (run: Run, s: number): [Run, Run] => {
  const { points, at } = lineOf(run)
  const cut = pointAt(run, s)
  const lengths = keyLengths(run)
  const near = 1e-6
  const before = run.keys.filter((_, i) => (lengths[i] as number) < s - near)
  const after = run.keys.filter((_, i) => (lengths[i] as number) > s + near)
  const line = (keep: (l: number) => boolean): Vec[] => points.filter((_, i) => keep(at[i] as number))
  return [
    { keys: [...before, { ...cut, turn: true }], drawn: [...line((l) => l < s - near), cut] },
    { keys: [{ ...cut, turn: true }, ...after], drawn: [cut, ...line((l) => l > s + near)] },
  ]
}

/** Two runs that meet, as one; `turn`: they meet in a corner. */
export const joinRuns = (a: Run, b: Run, turn = true): Run => {
  const corner = a.keys.at(-1) as Key
  return {
    keys: [...a.keys.slice(0, -1), { ...corner, turn }, ...b.keys.slice(1)],
    drawn: a.drawn || b.drawn ? [...drawnOf(a), ...drawnOf(b).slice(1)] : null,
  }
}

/** Whether a run leaves its chord by no more than `within` mm. */
export const isStraight = (run: Run, within = 0.05): boolean => {
  const points = drawnOf(run)
  const [a, b] = [points[0], points.at(-1)]
  return a !== undefined && b !== undefined && points.every((p) => fromChord(p, a, b) <= within)
}

/** The run between two points, straight. */
export const straight = (a: Vec, b: Vec): Run => ({
  keys: [
    { x: a.x, y: a.y, turn: true },
    { x: b.x, y: b.y, turn: true },
  ],
  drawn: null,
})
