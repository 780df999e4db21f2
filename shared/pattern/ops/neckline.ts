import { type Op, type Refused, refuse } from '../apply.ts'
import { drawnOf, isStraight, joinRuns, keyLengths, lengthOf, mapRun, partOf, pointAt, tangentAt } from '../curve.ts'
import { type Key, type Pattern, pieceOf, type Run, type Vec } from '../model.ts'
import { add, along, dist, dot, lerp, meet, normal, scale, sub, unit } from '../vec.ts'
import { beside, findEdge, isRefused, NOTED, telling, toldSize } from './parts.ts'
import { drawnOut, reshape, slideEnd, slideStart, snapped, tangents, withoutNeighbours, withSlid } from './reshape.ts'

/** Half a neckline: one end at the centre, the other at the shoulder, and where both go. */
interface Half {
  readonly centre: Vec
  readonly shoulder: Vec
  readonly newCentre: Vec
  readonly newShoulder: Vec
  /** Directions of the curve at its two ends. */
  readonly u: Vec
  readonly v: Vec
  /** It comes to the centre square: both halves of the garment go on in one line. */
  readonly isSquare: boolean
}

/**
 * The map of a half: an affine one that takes both ends to their new places and keeps both end directions. The curve lies between its two end
 * tangents, which meet at K; in the frame of these tangents it is stretched by as much as the ends have moved away from K.
 * Null where the tangents don't meet in front of both ends: a straight or an S-shaped neckline.
 */
const framed = ({ centre, shoulder, newCentre, newShoulder, u, v }: Half): ((p: Vec) => Vec) | null => {
  const [k, newK] = [meet(shoulder, v, centre, u), meet(newShoulder, v, newCentre, u)]
  if (!k || !newK) return null
  const [a, newA] = [dot(sub(k, shoulder), v), dot(sub(newK, newShoulder), v)]
  const [b, newB] = [dot(sub(k, centre), u), dot(sub(newK, newCentre), u)]
  if (a < 1 || b < 1 || newA / a < 0.05 || newB / b < 0.05) return null
  return (p) => {
    // p = shoulder + α·v − β·u, where the centre is (a, b).
    const at = meet(shoulder, v, p, u) as Vec
    const alpha = dot(sub(at, shoulder), v)
    const beta = dot(sub(at, p), u)
    return add(newShoulder, add(scale(v, (alpha * newA) / a), scale(u, (-beta * newB) / b)))
  }
}

/** No point goes further than so many times the way of both ends together. */
const FARTHEST = 2

/** Whether a map keeps within FARTHEST: tangents that meet far off or flatly throw a curve about. */
const staysNear = (run: Run, map: (p: Vec) => Vec, { centre, newCentre, shoulder, newShoulder }: Half): boolean => {
  const most = FARTHEST * (dist(centre, newCentre) + dist(shoulder, newShoulder))
  return drawnOf(run).every((p) => dist(p, map(p)) <= most)
}

/** How much of the step of a run's end its point at share t takes: end directions stay at both ends, or at the one at the centre alone. */
const smooth = (t: number): number => t * t * (3 - 2 * t)
const flatAtEnd = (t: number): number => t * (2 - t)
const flatAtStart = (t: number): number => t * t

/** Carries points by the steps of both ends, weighed by arc length. */
const carriedBy = (run: Run, byStart: Vec, byEnd: Vec, weight: (t: number) => number): Run => {
  const length = lengthOf(run) || 1
  const step = (s: number): Vec => add(scale(byStart, 1 - weight(s / length)), scale(byEnd, weight(s / length)))
  const at = keyLengths(run)
  const keys = run.keys.map((key, i): Key => ({ ...key, ...add(key, step(at[i] as number)) }))
  if (run.drawn === null) return { keys, drawn: null }
  let s = 0
  const drawn = run.drawn.map((p, i, all) => {
    const before = all[i - 1]
    if (before) s += Math.hypot(p.x - before.x, p.y - before.y)
    return add(p, step(s))
  })
  return { keys, drawn }
}

/** Parts of a straight line that is to bend. */
const PARTS = 32

/** A straight line with points to bend it by: every eighth part is a key. */
const bendable = (run: Run): Run => {
  const [a, b] = [run.keys[0] as Key, run.keys.at(-1) as Key]
  const drawn = Array.from({ length: PARTS + 1 }, (_, i) => lerp(a, b, i / PARTS))
  const inner = drawn.filter((_, i) => i % (PARTS / 8) === 0).slice(1, -1)
  return { keys: [a, ...inner.map((p) => ({ ...p, turn: false })), b], drawn }
}

const withEnds = (run: Run, start: Vec, end: Vec): Run => ({
  keys: run.keys.map((key, i, all) =>
    i === 0 ? { ...key, ...start } : i === all.length - 1 ? { ...key, ...end } : key,
  ),
  drawn:
    run.drawn === null
      ? null
      : run.drawn.map((p, i, all) => (i === 0 ? { ...start } : i === all.length - 1 ? { ...end } : p)),
})

const plain = ({ x, y }: Vec): Vec => ({ x, y })

/** A half whose centre is its end (or its start), mapped. */
const mapped = (run: Run, half: Half, centreAtEnd: boolean): Run => {
  const map = framed(half)
  const isCalm = map !== null && staysNear(run, map, half)
  const [start, end] = centreAtEnd ? [half.newShoulder, half.newCentre] : [half.newCentre, half.newShoulder]
  const [byCentre, byShoulder] = [sub(half.newCentre, half.centre), sub(half.newShoulder, half.shoulder)]
  // A V goes on as a V; a straight neckline square to the centre bends, to stay square to it.
  const bends = isStraight(run) && half.isSquare
  const line = bends ? bendable(run) : drawnOut(run)
  const weight = bends ? (centreAtEnd ? flatAtEnd : flatAtStart) : smooth
  const moved = isCalm
    ? mapRun(line, map)
    : centreAtEnd
      ? carriedBy(line, byShoulder, byCentre, weight)
      : carriedBy(line, byCentre, byShoulder, weight)
  return withEnds(moved, plain(start), plain(end))
}

/**
 * Lowers and widens a neckline. With `centre` start or end that end of the edge goes `drop` mm down along the edge beside it (the fold or the
 * centre line), which gets as much shorter; the other end goes `widen` mm along the shoulder edge, away from the neck. Negative amounts
 * raise and narrow: the edges beside go on along their own lines. With `centre` middle both ends are shoulders, and the middle of the edge goes
 * `drop` mm into the piece. Points between are stretched in the frame of the two end tangents, so the neckline leaves both ends in
 * the directions that it had: across the fold and across the shoulder; where these tangents would throw a point further than twice the way of both ends
 * together, the steps of the ends are spread smoothly along it instead. Refused with `too-short` where the edge beside has no room, and
 * with `on-the-fold` and `closed-edge`.
 */
export const neckline: Op<'neckline'> = (pattern, operation, sizes) => {
  const found = findEdge(pattern, operation.edge)
  if (isRefused(found)) return found
  const { piece, index } = found
  if (piece.fold === operation.edge) return refuse('on-the-fold', { piece: piece.id, edge: operation.edge })
  const { drop, widen, centre } = operation
  const alone = withoutNeighbours(piece, operation.edge)
  if (alone) return alone
  const [prev, next] = [beside(piece, index, -1), beside(piece, index, 1)]
  const short = (edge: number, run: Run): Refused =>
    refuse('too-short', { edge: piece.edges[edge]?.id ?? operation.edge, amount: lengthOf(run) })

  const outcome = reshape(pattern, piece, sizes, (shape) => {
    if (drop === 0 && widen === 0) return shape
    const [run, before, after] = [shape.runs[index] as Run, shape.runs[prev] as Run, shape.runs[next] as Run]
    const [byStart, byEnd] = centre === 'start' ? [drop, widen] : centre === 'end' ? [widen, drop] : [widen, widen]
    const newBefore = slideEnd(before, -byStart)
    if (!newBefore) return short(prev, before)
    // In a ring of two edges one neighbour meets both ends.
    const newAfter = slideStart(prev === next ? newBefore : after, -byEnd)
    if (!newAfter) return short(next, after)
    const [start, end] = [newBefore.keys.at(-1) as Vec, newAfter.keys[0] as Vec]
    const [atStart, atEnd] = tangents(run)
    // Both directions look from the end into the curve.
    const into = {
      start: snapped(atStart, normal(tangentAt(before, lengthOf(before)))),
      end: { x: -atEnd.x, y: -atEnd.y },
    }
    into.end = snapped(into.end, normal(tangentAt(after, 0)))
    const [first, last] = [run.keys[0] as Vec, run.keys.at(-1) as Vec]
    let fresh: Run
    if (centre === 'middle') {
      const half = lengthOf(run) / 2
      const middle = pointAt(run, half)
      const along0 = tangentAt(run, half)
      const newMiddle = along(middle, normal(along0), drop)
      const [left, right] = [partOf(run, 0, half), partOf(run, half, lengthOf(run))]
      const common = { centre: middle, newCentre: newMiddle, isSquare: true }
      const one = mapped(
        left,
        { ...common, shoulder: first, newShoulder: start, u: scale(unit(along0), -1), v: into.start },
        true,
      )
      const two = mapped(right, { ...common, shoulder: last, newShoulder: end, u: unit(along0), v: into.end }, false)
      fresh = joinRuns(one, two)
    } else {
      const centreAtEnd = centre === 'end'
      const line = centreAtEnd ? tangentAt(after, 0) : tangentAt(before, lengthOf(before))
      const isSquare = Math.abs(dot(centreAtEnd ? into.end : into.start, line)) < 1e-6
      const half: Half = centreAtEnd
        ? { centre: last, shoulder: first, newCentre: end, newShoulder: start, u: into.end, v: into.start, isSquare }
        : { centre: first, shoulder: last, newCentre: start, newShoulder: end, u: into.start, v: into.end, isSquare }
      fresh = mapped(run, half, centreAtEnd)
    }
    const runs = shape.runs.with(index, fresh).with(prev, newBefore).with(next, newAfter)
    return withSlid(piece, shape, runs, prev, next)
  })
  return telling(outcome, (after) => {
    const lengthIn = (of: Pattern): number => {
      const run = pieceOf(of, piece.id)?.shapes[toldSize(pattern, sizes)]?.runs[index]
      return run ? lengthOf(run) : 0
    }
    const amount = (lengthIn(after) - lengthIn(pattern)) * (piece.fold === null ? 1 : 2)
    return Math.abs(amount) < NOTED ? [] : [{ code: 'finish-follows', piece: piece.id, edge: operation.edge, amount }]
  })
}
