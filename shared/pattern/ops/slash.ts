import { type Op, type Refused, refuse } from '../apply.ts'
import { joinRuns, keyLengths, lengthOf, mapRun, partOf, pointAt, straightRun, tangentAt } from '../curve.ts'
import type { Key, NotchPlace, Piece, Run, Shape, Vec } from '../model.ts'
import { closedOf, contains, outlineOf } from '../ring.ts'
import { dist, lerp, rotate } from '../vec.ts'
import { curveBetween } from './blend.ts'
import { indexOf, unchanged } from './edges.ts'
import { runsInside } from './inside.ts'
import { eachSize, endOf, findEdge, isRefused, reshaped, startOf } from './parts.ts'

/** A place this near to a corner is the corner, mm. */
const CORNER = 0.01
/** Least length on each side of the opening that is smoothed, mm. */
const REACH = 10

/** A run before and after an arc length; null for a part without length. */
const parts = (run: Run, s: number): readonly [Run | null, Run | null] => {
  const length = lengthOf(run)
  if (s <= CORNER) return [null, run]
  if (s >= length - CORNER) return [run, null]
  return [partOf(run, 0, s), partOf(run, s, length)]
}

/** How far from one end a run goes on without a corner. */
const smoothFrom = (run: Run, end: 'start' | 'end'): number => {
  const length = lengthOf(run)
  const at = keyLengths(run)
  const free = run.keys.flatMap((key, i) => {
    if (!key.turn || i === 0 || i === run.keys.length - 1) return []
    return [end === 'start' ? (at[i] as number) : length - (at[i] as number)]
  })
  return Math.min(length, ...free)
}

const soft = (run: Run, which: 0 | -1): Run => ({
  ...run,
  keys: run.keys.with(which, { ...(run.keys.at(which) as Key), turn: false }),
})

/**
 * The edge across the opening inside its length: both parts with a straight bridge, or, where the edge has no corner there, a curve that
 * leaves and meets them smoothly. Null where an overlap takes more than there is.
 */
const bridged = (before: Run, after: Run, isCorner: boolean, by: number): Run | null => {
  if (isCorner) return joinRuns(joinRuns(before, straightRun(endOf(before), startOf(after))), after)
  const most = 0.9 * Math.min(smoothFrom(before, 'end'), smoothFrom(after, 'start'))
  const reach = Math.min(most, Math.max(REACH, Math.abs(by)))
  if (reach < -0.75 * by) return null
  const length = lengthOf(before)
  const [head, tail] = [partOf(before, 0, length - reach), partOf(after, reach, lengthOf(after))]
  const [from, to] = [endOf(head), startOf(tail)]
  const points = curveBetween(from, tangentAt(before, length - reach), to, tangentAt(after, reach))
  const middle = points.length > 2 ? [points[points.length >> 1] as Vec] : []
  const bridge: Run = { keys: [from, ...middle, to].map(({ x, y }) => ({ x, y, turn: false })), drawn: points }
  return joinRuns(joinRuns(soft(head, -1), bridge), soft(tail, 0))
}

/**
 * Cuts from O, at share `at` of `edge`, to V, at share `pivotAt` of `pivot`, and opens the cut about V: the part of the ring from O on to V turns by 2·asin(by / 2r), r = |OV|, so that O opens by `by`
 * mm, or closes and overlaps where `by` is negative. Where the fold lies in that part, the other part turns instead, the other way, and the fold stays. In `edge` a straight bridge closes the gap; where the edge has no corner at O the
 * join is smoothed by a curve tangent to both parts, as far as `by` (at least 10 mm) to each side. At V the edge bends. What lies in the turned part (grain, drills, lines) turns along; a line
 * that crosses the cut is bent open.
 *
 * @returns refused with `outside` where OV leaves the piece, `on-the-fold` where the fold would be cut inside its length, `too-short` where `by` is more than r or than the edge has room for, `amount`: how much may be
 */
export const slash: Op<'slash'> = (pattern, { edge, at, pivot, pivotAt, by }, sizes) => {
  const [one, two] = [findEdge(pattern, edge), findEdge(pattern, pivot)]
  if (isRefused(one)) return one
  if (isRefused(two)) return two
  const { piece } = one
  if (two.piece !== piece) return refuse('other-piece', { piece: piece.id, edge: pivot })
  const isOnFold = piece.fold === edge || (piece.fold === pivot && pivotAt > 0 && pivotAt < 1)
  if (isOnFold) return refuse('on-the-fold', { piece: piece.id, edge: piece.fold === edge ? edge : pivot })
  if (by === 0) return unchanged(pattern)
  if (edge === pivot) return refuse('outside', { piece: piece.id, edge })
  const shapes = eachSize(pattern, piece, sizes, (shape) =>
    opened(piece, shape, { index: one.index, at, pivot: two.index, pivotAt, by }),
  )
  return reshaped(pattern, piece, shapes, sizes)
}

interface Cut {
  readonly index: number
  readonly at: number
  readonly pivot: number
  readonly pivotAt: number
  readonly by: number
}

const opened = (piece: Piece, shape: Shape, { index, at, pivot, pivotAt, by }: Cut): Shape | Refused => {
  const n = shape.runs.length
  const [opens, turns] = [shape.runs[index] as Run, shape.runs[pivot] as Run]
  const [sO, sV] = [at * lengthOf(opens), pivotAt * lengthOf(turns)]
  const [O, V] = [pointAt(opens, sO), pointAt(turns, sV)]
  const r = dist(O, V)
  const edge = piece.edges[index]?.id
  const refused = (code: 'outside' | 'too-short', amount?: number) =>
    refuse(code, { ...(edge ? { edge } : {}), ...(amount === undefined ? {} : { amount }) })
  if (!runsInside(outlineOf(shape), straightRun(O, V))) return refused('outside')
  if (Math.abs(by) > r) return refused('too-short', r)
  const [o1, o2] = parts(opens, sO)
  const [v1, v2] = parts(turns, sV)
  // The ring from O on to V.
  const inner: number[] = []
  for (let i = (index + 1) % n; i !== pivot; i = (i + 1) % n) inner.push(i)
  const region = closedOf([
    ...(o2 ? [o2] : []),
    ...inner.map((i) => shape.runs[i] as Run),
    ...(v1 ? [v1] : []),
    straightRun(V, O),
  ])
  const fold = piece.fold === null ? -1 : indexOf(piece, piece.fold)
  const isFoldIn = fold >= 0 && (inner.includes(fold) || (fold === pivot && v2 === null))
  const angle = (2 * Math.asin(by / (2 * r)) * 180) / Math.PI
  const turn = (v: Vec): Vec => rotate(v, isFoldIn ? -angle : angle, V)
  const turned = (run: Run): Run => mapRun(run, turn)
  const isTurned = (p: Vec): boolean => contains(region, p) !== isFoldIn
  const late = (run: Run | null) => run && (isFoldIn ? run : turned(run))
  const early = (run: Run | null) => run && (isFoldIn ? turned(run) : run)

  const [before, after] = [early(o1), late(o2)]
  // Where the cut begins in a corner of the ring, the edge goes on from there across the gap.
  const gap = isFoldIn ? straightRun(turn(O), O) : straightRun(O, turn(O))
  const fresh =
    before && after
      ? bridged(before, after, isCornerAt(opens, O), by)
      : before
        ? joinRuns(before, gap)
        : joinRuns(gap, after as Run)
  if (!fresh) return refused('too-short', Math.min(sO, lengthOf(opens) - sO))
  const atV = v1 && v2 ? joinRuns(cornered(late(v1) as Run), early(v2) as Run) : ((late(v1) ?? early(v2)) as Run)
  const runs = shape.runs.map((run, i): Run => {
    if (i === index) return fresh
    if (i === pivot) return atV
    return inner.includes(i) !== isFoldIn ? turned(run) : run
  })
  const longer = lengthOf(fresh) - lengthOf(opens)
  const notches = shape.notches.map((place, i): NotchPlace | null => {
    if (!place || piece.notches[i]?.edge !== edge || place.s <= sO) return place
    return { ...place, s: Math.max(0, place.s + longer) }
  })
  const grain = shape.grain && isTurned(lerp(shape.grain[0], shape.grain[1], 0.5))
  return {
    ...shape,
    runs,
    notches,
    drills: shape.drills.map((v) => v && (isTurned(v) ? turn(v) : v)),
    internals: shape.internals.map((run) => run && mapRun(run, (v) => (isTurned(v) ? turn(v) : v))),
    grain: grain && shape.grain ? [turn(shape.grain[0]), turn(shape.grain[1])] : shape.grain,
    sew: [],
  }
}

const cornered = (run: Run): Run => ({ ...run, keys: run.keys.with(-1, { ...(run.keys.at(-1) as Key), turn: true }) })

const isCornerAt = (run: Run, p: Vec): boolean =>
  run.keys.some((key, i) => key.turn && i > 0 && i < run.keys.length - 1 && dist(key, p) <= CORNER)
