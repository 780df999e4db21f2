import {
  drawnOf,
  isStraight,
  joinRuns,
  lengthOf,
  nearestOn,
  partOf,
  pointAt,
  straightRun,
  tangentAt,
} from '../curve.ts'
import type { Key, NotchPlace, Piece, Run, Shape, Vec } from '../model.ts'
import { along, angleBetween, cross, dist, dot, normal, rotate, sub, unit } from '../vec.ts'

/** How many times its step an edge or its neighbour may run on to meet the other. */
const LIMIT = 4

const outwards = (a: Vec, b: Vec): Vec => {
  const n = normal(unit(sub(b, a)))
  return { x: -n.x, y: -n.y }
}

/** A line moved outwards with mitred bends: moved back it is just the line again. */
const beside = (points: readonly Vec[], by: number): Vec[] =>
  points.map((p, i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    if (!before) return along(p, outwards(p, after as Vec), by)
    if (!after) return along(p, outwards(before, p), by)
    const [m, n] = [outwards(before, p), outwards(p, after)]
    const bisector = unit({ x: m.x + n.x, y: m.y + n.y })
    return along(p, bisector, by / Math.max(dot(bisector, n), 1 / LIMIT))
  })

/** Where segment ab is crossed by cd: how far along each, 0 to 1. Ends count, within a nanometre. */
const crossingOf = (a: Vec, b: Vec, c: Vec, d: Vec): { t: number; k: number } | null => {
  const [r, s] = [sub(b, a), sub(d, c)]
  const across = cross(r, s)
  if (across === 0) return null
  const t = cross(sub(c, a), s) / across
  const k = cross(sub(c, a), r) / across
  const [te, ke] = [1e-6 / Math.hypot(r.x, r.y), 1e-6 / Math.hypot(s.x, s.y)]
  return t >= -te && t <= 1 + te && k >= -ke && k <= 1 + ke ? { t, k } : null
}

/** The first place along `line` where it meets `other`: how far along both, in segments. */
const firstMeeting = (line: readonly Vec[], other: readonly Vec[]): { on: number; at: number; p: Vec } | null => {
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i] as Vec, line[i + 1] as Vec]
    let best: { t: number; k: number; j: number } | null = null
    for (let j = 0; j + 1 < other.length; j++) {
      const hit = crossingOf(a, b, other[j] as Vec, other[j + 1] as Vec)
      if (hit && (best === null || hit.t < best.t)) best = { ...hit, j }
    }
    if (best) return { on: i + best.t, at: best.j + best.k, p: along(a, sub(b, a), best.t) }
  }
  return null
}

/** Points of a line between two places given in segments. */
const between = (line: readonly Vec[], from: number, to: number): Vec[] =>
  line.filter((_, i) => i > from + 1e-6 && i < to - 1e-6)

/** Steps of a line that goes on bent, mm, and how far back its bend is looked at. */
const STEP = 1
const BACK = 8
/** It turns by no more than this on the way, degrees. */
const MOST = 45

/**
 * How a line goes on after its end: straight, or, where it is brought back to a place that it was cut off from, as bent as it ends.
 */
const onward = (line: readonly Vec[], reach: number, bent: boolean): Vec[] => {
  const [end, before] = [line.at(-1) as Vec, line.at(-2) as Vec]
  const direction = unit(sub(end, before))
  const run: Run = { keys: [line[0] as Vec, end].map((v) => ({ ...v, turn: true })), drawn: line }
  const length = lengthOf(run)
  if (!bent || length < 2 * BACK || isStraight(run)) return [along(end, direction, reach)]
  const [p, q] = [pointAt(run, length - 2 * BACK), pointAt(run, length - BACK)]
  const seen = angleBetween(sub(q, p), sub(end, q)) / dist(p, q)
  const turn = Math.sign(seen) * Math.min(Math.abs(seen), MOST / reach)
  const out: Vec[] = []
  let at = end
  // The last chord points where the line does in the middle of it.
  let heading = rotate(direction, (turn * (dist(before, end) + STEP)) / 2)
  for (let gone = 0; gone < reach; gone += STEP) {
    at = along(at, heading, STEP)
    out.push(at)
    heading = rotate(heading, turn * STEP)
  }
  return out
}

/**
 * One edge of a ring moved outwards by `by` mm (inwards where negative), and the two beside it brought to meet it: outwards they run on straight,
 * inwards they are cut off. So moving out and in again gives the ring as it was. Null where they never meet.
 */
const movedEdge = (runs: readonly Run[], index: number, by: number): Run[] | null => {
  const n = runs.length
  const run = runs[index] as Run
  const [p, q] = [(index + n - 1) % n, (index + 1) % n]
  const [before, after] = [drawnOf(runs[p] as Run), drawnOf(runs[q] as Run)]
  const plain = drawnOf(run).filter((v, i, all) => i === 0 || dist(v, all[i - 1] as Vec) > 1e-7)
  const reach = LIMIT * Math.abs(by)
  const side = beside(plain, by)
  const head = onward(side.toReversed(), reach, by < 0)
  const line = [...head.toReversed(), ...side, ...onward(side, reach, by < 0)]
  const [E, S] = [before.at(-1) as Vec, after[0] as Vec]
  const [u, w] = [unit(sub(E, before.at(-2) as Vec)), unit(sub(S, after[1] as Vec))]
  const [ahead, behind] =
    by > 0
      ? [
          [E, along(E, u, reach)],
          [S, along(S, w, reach)],
        ]
      : [before.toReversed(), after]
  // Each neighbour meets its own half of the line where it can.
  const middle = head.length + (side.length >> 1)
  const one = firstMeeting(ahead, line.slice(0, middle + 1)) ?? firstMeeting(ahead, line)
  const late = firstMeeting(behind, line.slice(middle))
  const two = late ? { ...late, at: late.at + middle } : firstMeeting(behind, line)
  if (!one || !two || one.at >= two.at) return null
  const inner = between(line, one.at, two.at)
  const keys = run.keys.slice(1, -1).flatMap((key): Key[] => {
    const i = plain.findIndex((v) => dist(v, key) <= 1e-6)
    const at = side[i]
    return at && inner.includes(at) ? [{ x: at.x, y: at.y, turn: key.turn }] : []
  })
  const end = ({ x, y }: Vec): Key => ({ x, y, turn: true })
  const fresh: Run = isStraight(run)
    ? straightRun(one.p, two.p)
    : { keys: [end(one.p), ...keys, end(two.p)], drawn: [one.p, ...inner, two.p] }
  const out = runs.with(index, fresh)
  out[p] = shortened(out[p] as Run, one.p, by, 'end')
  out[q] = shortened(out[q] as Run, two.p, by, 'start')
  return out
}

const isOneLine = (run: Run, p: Vec): boolean =>
  isStraight(run) && Math.abs(cross(tangentAt(run, 0), sub(p, run.keys[0] as Vec))) < 1e-6

/** A neighbour that now ends (or starts) at `p`, which lies on it or straight on from it. */
const shortened = (run: Run, p: Vec, by: number, which: 'start' | 'end'): Run => {
  const key: Key = { x: p.x, y: p.y, turn: true }
  if (isOneLine(run, p) && run.keys.length === 2)
    return { keys: run.keys.with(which === 'end' ? -1 : 0, key), drawn: null }
  if (by < 0) {
    const { s } = nearestOn(run, p)
    return which === 'end' ? partOf(run, 0, s) : partOf(run, s, lengthOf(run))
  }
  const corner = run.keys.at(which === 'end' ? -1 : 0) as Key
  if (dist(corner, p) < 1e-9) return run
  const soft: Key = { ...corner, turn: false }
  const more: Run = { keys: which === 'end' ? [soft, key] : [key, soft], drawn: null }
  const open: Run = { ...run, keys: run.keys.with(which === 'end' ? -1 : 0, soft) }
  return which === 'end' ? joinRuns(open, more) : joinRuns(more, open)
}

/** A shape with one edge moved outwards, notches staying where they are on the cloth; null where that can't be. */
export const offsetEdge = (piece: Piece, shape: Shape, index: number, by: number): Shape | null => {
  if (by === 0) return shape
  const runs = movedEdge(shape.runs, index, by)
  if (!runs) return null
  const notches = shape.notches.map((place, i): NotchPlace | null => {
    const edge = piece.edges.findIndex(({ id }) => id === piece.notches[i]?.edge)
    const [old, fresh] = [shape.runs[edge], runs[edge]]
    if (!place || !old || !fresh || old === fresh) return place
    const inwards = normal(tangentAt(old, place.s))
    const foot = edge === index ? along(pointAt(old, place.s), inwards, -by) : pointAt(old, place.s)
    return { s: nearestOn(fresh, foot).s, off: place.off }
  })
  return { ...shape, runs, notches, sew: [] }
}
