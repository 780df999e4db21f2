import { type Op, type Refused, refuse } from '../apply.ts'
import { joinRuns, keyLengths, lengthOf, mapRun, partOf, pointAt, tangentAt } from '../curve.ts'
import type { Key, Run, Vec } from '../model.ts'
import { add, along, dot, meet, normal, scale, sub, unit } from '../vec.ts'
import { beside, findEdge, isRefused } from './parts.ts'
import { drawnOut, reshape, slideEnd, slideStart, snapped, tangents, withSlid } from './reshape.ts'

/** Half a neckline: one end at the centre, the other at the shoulder, and where both go. */
interface Half {
  readonly centre: Vec
  readonly shoulder: Vec
  readonly newCentre: Vec
  readonly newShoulder: Vec
  /** Directions of the curve at its two ends. */
  readonly u: Vec
  readonly v: Vec
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

const smooth = (t: number): number => t * t * (3 - 2 * t)

/** Carries points by the steps of both ends, weighed smoothly by arc length: end directions stay. */
const carriedSmoothly = (run: Run, byStart: Vec, byEnd: Vec): Run => {
  const length = lengthOf(run) || 1
  const step = (s: number): Vec => add(scale(byStart, 1 - smooth(s / length)), scale(byEnd, smooth(s / length)))
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
  const [start, end] = centreAtEnd ? [half.newShoulder, half.newCentre] : [half.newCentre, half.newShoulder]
  const [byCentre, byShoulder] = [sub(half.newCentre, half.centre), sub(half.newShoulder, half.shoulder)]
  const moved = map
    ? mapRun(drawnOut(run), map)
    : centreAtEnd
      ? carriedSmoothly(drawnOut(run), byShoulder, byCentre)
      : carriedSmoothly(drawnOut(run), byCentre, byShoulder)
  return withEnds(moved, plain(start), plain(end))
}

/**
 * Lowers and widens a neckline. With `centre` start or end that end of the edge goes `drop` mm down along the edge beside it (the fold or the
 * centre line), which gets as much shorter; the other end goes `widen` mm along the shoulder edge, away from the neck. Negative amounts
 * raise and narrow: the edges beside go on along their own lines. With `centre` middle both ends are shoulders, and the middle of the edge goes
 * `drop` mm into the piece. Points between are stretched in the frame of the two end tangents, so the neckline leaves both ends in
 * the directions that it had: across the fold and across the shoulder.
 */
export const neckline: Op<'neckline'> = (pattern, operation, sizes) => {
  const found = findEdge(pattern, operation.edge)
  if (isRefused(found)) return found
  const { piece, index } = found
  if (piece.fold === operation.edge) return refuse('on-the-fold', { piece: piece.id, edge: operation.edge })
  const { drop, widen, centre } = operation
  const [prev, next] = [beside(piece, index, -1), beside(piece, index, 1)]
  const short = (edge: number, run: Run): Refused =>
    refuse('too-short', { edge: piece.edges[edge]?.id ?? operation.edge, amount: lengthOf(run) })

  return reshape(pattern, piece, sizes, (shape) => {
    if (drop === 0 && widen === 0) return shape
    const [run, before, after] = [shape.runs[index] as Run, shape.runs[prev] as Run, shape.runs[next] as Run]
    const [byStart, byEnd] = centre === 'start' ? [drop, widen] : centre === 'end' ? [widen, drop] : [widen, widen]
    const newBefore = slideEnd(before, -byStart)
    if (!newBefore) return short(prev, before)
    const newAfter = slideStart(after, -byEnd)
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
      const common = { centre: middle, newCentre: newMiddle }
      const one = mapped(
        left,
        { ...common, shoulder: first, newShoulder: start, u: scale(unit(along0), -1), v: into.start },
        true,
      )
      const two = mapped(right, { ...common, shoulder: last, newShoulder: end, u: unit(along0), v: into.end }, false)
      fresh = joinRuns(one, two)
    } else {
      const centreAtEnd = centre === 'end'
      const half: Half = centreAtEnd
        ? { centre: last, shoulder: first, newCentre: end, newShoulder: start, u: into.end, v: into.start }
        : { centre: first, shoulder: last, newCentre: start, newShoulder: end, u: into.start, v: into.end }
      fresh = mapped(run, half, centreAtEnd)
    }
    const runs = shape.runs.with(index, fresh).with(prev, newBefore).with(next, newAfter)
    return withSlid(piece, shape, runs, prev, next)
  })
}
