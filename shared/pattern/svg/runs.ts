import { drawnOf } from '../curve.ts'
import type { Key, Run, Vec } from '../model.ts'
import { breakBetween, flattened, fromSegment, leaves, type Part, reversed, type Stroke, TOUCH } from './curves.ts'

/** A turn of the line by more than this, degrees, is a corner of the piece and ends an edge. */
const CORNER = 10
/** A smaller turn that is still drawn as one. */
const TURN = 3
/** A curve drawn as chords turns at each of them: between chords up to this long, mm, only a sharp turn is a corner. */
const CHORD = 6
const SHARP = 30
/** How far a curve through the key points may run from the drawn one before another key point is put, mm. */
const FAITHFUL = 0.07
const MOST_KEYS = 160

const long = ({ a, b }: Part): number => Math.hypot(a.x - b.x, a.y - b.y)
const isChord = (one: Part): boolean => one.control === null && long(one) <= CHORD

const isCorner = (one: Part, next: Part): boolean =>
  breakBetween(one, next) > (isChord(one) && isChord(next) ? SHARP : CORNER)
const isTurn = (one: Part, next: Part): boolean => breakBetween(one, next) > TURN && !(isChord(one) && isChord(next))

/** Worst distance of the true line's points between two keys from the curve through the keys. */
const strays = (truth: readonly Vec[], curve: readonly Vec[]): number => {
  let worst = 0
  for (const p of truth) {
    let nearest = Infinity
    for (let i = 1; i < curve.length; i++)
      nearest = Math.min(nearest, fromSegment(p, curve[i - 1] as Vec, curve[i] as Vec))
    worst = Math.max(worst, nearest)
  }
  return worst
}

/** Parts of a dense line between the keys, by their indexes in it. */
const between = (dense: readonly Vec[], keys: readonly Key[]): number[] => {
  const found: number[] = []
  let at = 0
  for (const key of keys) {
    while (at < dense.length - 1 && ((dense[at] as Vec).x !== key.x || (dense[at] as Vec).y !== key.y)) at++
    found.push(at)
  }
  return found
}

/**
 * A run along consecutive parts: nodes of the file as key points, more of them where a smooth curve through the nodes alone would
 * not be the drawn one, and the drawn line to 0.01 mm. A straight run has no drawn line: its keys say all.
 */
export const runOf = (parts: readonly Part[]): Run => {
  const first = parts[0] as Part
  const chords = parts.length > 24 && parts.every(isChord)
  const dense: Vec[] = [first.a]
  const anchors = new Map<number, boolean>([[0, true]])
  for (const [index, one] of parts.entries()) {
    dense.push(...flattened(one))
    const next = parts[index + 1]
    const turn = next === undefined || isTurn(one, next)
    if (turn || !chords) anchors.set(dense.length - 1, turn)
  }
  const keysAt = (indexes: readonly number[]): Key[] =>
    indexes.map((i) => ({ ...(dense[i] as Vec), turn: anchors.get(i) ?? false }))
  let indexes = [...anchors.keys()]
  if (parts.every(({ control }) => control === null) && !chords) {
    const keys = keysAt(indexes)
    const straight = keys.every(
      (key, i) => i === 0 || i === keys.length - 1 || fromSegment(key, first.a, dense.at(-1) as Vec) <= 1e-6,
    )
    return { keys, drawn: straight || keys.every(({ turn }) => turn) ? null : dense }
  }
  for (let round = 0; round < 10; round++) {
    const keys = keysAt(indexes)
    const curve = drawnOf({ keys, drawn: null })
    const ends = between(curve, keys)
    const more: number[] = []
    for (let i = 1; i < indexes.length; i++) {
      const from = indexes[i - 1] as number
      const to = indexes[i] as number
      if (to - from < 2) continue
      const truth = dense.slice(from + 1, to)
      if (strays(truth, curve.slice(ends[i - 1] as number, (ends[i] as number) + 1)) > FAITHFUL)
        more.push(halfway(dense, from, to))
    }
    if (more.length === 0 || indexes.length + more.length > MOST_KEYS) break
    indexes = [...indexes, ...more].sort((a, b) => a - b)
  }
  return { keys: keysAt(indexes), drawn: dense }
}

/** Index of the point of a line that lies nearest to the middle between two of its points, by length. */
const halfway = (dense: readonly Vec[], from: number, to: number): number => {
  const step = (i: number) => Math.hypot(dense[i]!.x - dense[i - 1]!.x, dense[i]!.y - dense[i - 1]!.y)
  let whole = 0
  for (let i = from + 1; i <= to; i++) whole += step(i)
  let gone = 0
  for (let i = from + 1; i < to; i++) {
    gone += step(i)
    if (gone >= whole / 2) return i
  }
  return to - 1
}

const touches = (a: Vec, b: Vec): boolean => Math.hypot(a.x - b.x, a.y - b.y) <= TOUCH

/**
 * Runs of a closed stroke, counter-clockwise where y grows upwards, broken at corners. A line with fewer than two corners is also
 * broken half way round, as a ring has two edges or more.
 *
 * @param clockwise How the stroke is drawn.
 * @param breaks Nodes where an edge ends also without a corner: the ends of a fold.
 */
export const ringOf = (stroke: Stroke, clockwise: boolean, breaks: readonly Vec[] = []): Run[] => {
  const parts = clockwise ? stroke.parts.map(reversed).reverse() : stroke.parts
  const count = parts.length
  if (count === 0) return []
  const starts: number[] = []
  for (let i = 0; i < count; i++) {
    const before = parts[(i + count - 1) % count] as Part
    const here = parts[i] as Part
    if (isCorner(before, here) || breaks.some((at) => touches(at, here.a))) starts.push(i)
  }
  if (starts.length === 0) starts.push(0)
  if (starts.length === 1 && count > 1) {
    const only = starts[0] as number
    starts.push((only + Math.ceil(count / 2)) % count)
    starts.sort((a, b) => a - b)
  }
  return starts.map((from, i) => {
    const to = starts[i + 1] ?? (starts[0] as number) + count
    return runOf(Array.from({ length: to - from }, (_, k) => parts[(from + k) % count] as Part))
  })
}

/** A stroke as one run, corners kept as turns: lines inside a piece. */
export const lineOf = (stroke: Stroke): Run => runOf(stroke.parts)

/** The straight part of a ring that two points lie on, as its two ends; null where there is none. */
export const supportOf = (stroke: Stroke, from: Vec, to: Vec, within: number): readonly [Vec, Vec] | null => {
  const on = (one: Part) =>
    one.control === null && fromSegment(from, one.a, one.b) <= within && fromSegment(to, one.a, one.b) <= within
  const single = stroke.parts.find(on)
  if (single !== undefined) return [single.a, single.b]
  // A fold drawn as several lines in a row.
  const straight = stroke.parts.filter(
    (one) =>
      one.control === null &&
      Math.abs(Math.sin(leaves(one) - Math.atan2(to.y - from.y, to.x - from.x))) < 0.002 &&
      fromLine(one.a, from, to) <= within,
  )
  const begin = straight[0]
  const end = straight.at(-1)
  return begin === undefined || end === undefined ? null : [begin.a, end.b]
}

const fromLine = (p: Vec, a: Vec, b: Vec): number => {
  const l = Math.hypot(b.x - a.x, b.y - a.y)
  return l > 0 ? Math.abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / l : Math.hypot(p.x - a.x, p.y - a.y)
}
