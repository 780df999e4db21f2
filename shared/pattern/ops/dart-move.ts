import { type Op, refuse } from '../apply.ts'
import { lengthOf, mapRun } from '../curve.ts'
import type { Run, Vec } from '../model.ts'
import { add, along, dist, dot, scale, sub, unit } from '../vec.ts'
import { dartAt, findDart, legTo } from './dart.ts'
import { beside, endAt, endOf, isRefused, startAt, startOf, withRuns } from './parts.ts'
import { LEAST, reshape, slideEnd, slideStart, withSlid } from './reshape.ts'

/**
 * Makes a dart longer by `by` mm, or shorter (negative): its point goes along the dart's middle line, away from the middle of its mouth or
 * towards it. The mouth stays, and bent legs leave it in the direction that they did. Refused with `too-short` where no dart would be left.
 */
export const dartLength: Op<'dartLength'> = (pattern, operation, sizes) => {
  const dart = findDart(pattern, operation.in, operation.out)
  if (isRefused(dart)) return dart
  const { by } = operation
  return reshape(pattern, dart.piece, sizes, (shape) => {
    if (by === 0) return shape
    const { apex, middle } = dartAt(shape, dart)
    const length = dist(apex, middle)
    if (length + by < LEAST) return refuse('too-short', { edge: operation.in, amount: length })
    const to = along(apex, unit(sub(apex, middle)), by)
    const [a, b] = [shape.runs[dart.in] as Run, shape.runs[dart.out] as Run]
    const runs = shape.runs.with(dart.in, legTo(a, to, true)).with(dart.out, legTo(b, to, false))
    return withRuns(dart.piece, shape, runs)
  })
}

/**
 * Moves a dart as a whole by (dx, dy): the part of it along the mouth carries the dart along its edge, with its width and its angle as they
 * were, one neighbour getting longer and the other shorter along their own lines; the rest moves the point alone, in or out of the
 * piece. Refused with `too-short` where a neighbour would be used up.
 */
export const dartMove: Op<'dartMove'> = (pattern, operation, sizes) => {
  const dart = findDart(pattern, operation.in, operation.out)
  if (isRefused(dart)) return dart
  const { piece } = dart
  const [prev, next] = [beside(piece, dart.in, -1), beside(piece, dart.out, 1)]
  return reshape(pattern, piece, sizes, (shape) => {
    const { dx, dy } = operation
    if (dx === 0 && dy === 0) return shape
    const { first, second, apex } = dartAt(shape, dart)
    const way = unit(sub(second, first))
    const aside = dot(way, { x: dx, y: dy })
    const [before, after] = [shape.runs[prev] as Run, shape.runs[next] as Run]
    const newBefore = slideEnd(before, aside)
    if (!newBefore)
      return refuse('too-short', { edge: piece.edges[prev]?.id ?? operation.in, amount: lengthOf(before) })
    const newAfter = slideStart(after, -aside)
    if (!newAfter) return refuse('too-short', { edge: piece.edges[next]?.id ?? operation.in, amount: lengthOf(after) })
    // Along a curved edge the mouth turns a little: both legs go with the middle of it, and their ends to the edges.
    const [start, end] = [endOf(newBefore), startOf(newAfter)]
    const step = scale(add(sub(start, first), sub(end, second)), 0.5)
    const legs = [shape.runs[dart.in] as Run, shape.runs[dart.out] as Run].map((leg) =>
      mapRun(leg, (p) => add(p, step)),
    ) as [Run, Run]
    const rest: Vec = sub({ x: dx, y: dy }, scale(way, aside))
    const to = add(add(apex, step), rest)
    const into = legTo(startAt(legs[0], start), to, true)
    const out = legTo(endAt(legs[1], end), to, false)
    const runs = shape.runs.with(prev, newBefore).with(dart.in, into).with(dart.out, out).with(next, newAfter)
    return withSlid(piece, shape, runs, prev, next)
  })
}
