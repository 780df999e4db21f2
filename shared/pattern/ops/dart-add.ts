import { type Op, refuse } from '../apply.ts'
import { isStraight, joinRuns, lengthOf, straightRun, tangentAt } from '../curve.ts'
import type { Edge, EdgeId, Key, Notch, NotchPlace, OnEdge, Piece, Run, Vec } from '../model.ts'
import { outlineOf } from '../ring.ts'
import { along, cross, lerp, normal, rotate, sub, unit } from '../vec.ts'
import { curveBetween, isGentle } from './blend.ts'
import { findDart } from './dart.ts'
import { fitsDart, legSeam, truedLegs } from './dart-legs.ts'
import {
  cutEdge,
  edgeIdsOf,
  forgotten,
  freshId,
  indexOf,
  inSizes,
  leadOf,
  mergedAt,
  narrowed,
  onceOne,
  replacedIn,
  unchanged,
  withPieces,
} from './edges.ts'
import { beside, endOf, findEdge, isRefused, lengthNotes, startOf, withRuns } from './parts.ts'

/** Least length of the edge beside a dart, mm. */
const BESIDE = 1

/** The two edges that a dart's legs are: sewn to each other, without cloth beside them, and folded at the point. */
export const legEdges = (inwards: EdgeId, outwards: EdgeId): [Edge, Edge] => {
  const leg = { name: '', allowance: 0, hem: null, sewing: null } as const
  return [
    { ...leg, id: inwards, corner: 'folded' },
    { ...leg, id: outwards, corner: 'mitre' },
  ]
}

/**
 * Puts a dart into an edge: the stretch of `width` mm of the edge with its middle at share `at` becomes the mouth, and the point lies
 * `length` mm from the middle between both mouth points, square inwards to the line between them, turned by `tilt` degrees
 * counter-clockwise. The edge becomes `<edge>a` and `<edge>b` with the legs `<edge>in` and `<edge>out` between them, so its own length drops by
 * `width`; a confirmed seam shuts the legs, and the cut line runs across the mouth as the folded dart is cut. Legs of a tilted dart are trued to equal length, and the edges beside follow. Notches in the mouth go.
 *
 * @returns refused with `too-short` where the edge has no room for the mouth, `amount`: how wide it may be; `outside` where a leg would
 *   leave the piece; `on-the-fold`
 */
export const dartAdd: Op<'dartAdd'> = (pattern, { edge, at, width, length, tilt }, sizes) => {
  const found = findEdge(pattern, edge)
  if (isRefused(found)) return found
  const { piece } = found
  if (piece.fold === edge) return refuse('on-the-fold', { piece: piece.id, edge })
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  const own = narrowed(piece, sizes)
  for (const [size, shape] of own.shapes.entries()) {
    const run = shape?.runs[found.index]
    if (!run) continue
    const room = 2 * (Math.min(at, 1 - at) * lengthOf(run) - BESIDE)
    if (room < width)
      return refuse('too-short', { piece: piece.id, edge, size: pattern.sizes[size] ?? '', amount: Math.max(0, room) })
  }
  const taken = edgeIdsOf(pattern)
  const named = (suffix: string): EdgeId => {
    const id = freshId<EdgeId>(edge, suffix, taken)
    taken.add(id)
    return id
  }
  const [a, b, inwards, outwards, mouth] = [named('a'), named('b'), named('in'), named('out'), named('.gone')]
  const once = cutEdge(own, edge, (run) => at * lengthOf(run) - width / 2, [a, mouth], lead)
  const twice = cutEdge(once, mouth, () => width, [mouth, b], lead)
  const index = indexOf(twice, mouth)
  const kept = twice.notches.flatMap((notch, i) => (notch.edge === mouth ? [] : [i]))
  const pick = <T>(list: readonly T[]): T[] => kept.map((i) => list[i] as T)
  const open: Piece = {
    ...twice,
    edges: twice.edges.toSpliced(index, 1, ...legEdges(inwards, outwards)),
    notches: pick(twice.notches),
  }
  const made = inSizes(pattern, open, (shape) => {
    const gone = shape.runs[index] as Run
    const [p, q] = [startOf(gone), endOf(gone)]
    const apex = along(lerp(p, q, 0.5), rotate(normal(unit(sub(q, p))), tilt), length)
    if (!fitsDart(outlineOf(shape), p, apex, q)) return refuse('outside', { edge })
    const runs = shape.runs.toSpliced(index, 1, straightRun(p, apex), straightRun(apex, q))
    const bare = { ...shape, runs, notches: pick(shape.notches), sew: [] }
    const trued = truedLegs(open, runs, { piece: open, in: index, out: index + 1 })
    return trued === runs ? bare : withRuns(open, bare, trued)
  })
  if (isRefused(made)) return made
  const before = own.shapes[lead]?.runs[found.index]
  const half = before ? width / 2 / lengthOf(before) : 0
  // A place in the mouth itself goes to the nearer mouth point.
  const placed = (on: OnEdge): OnEdge => {
    if (on.edge !== edge) return on
    if (on.t <= at) return { edge: a, t: Math.min(1, on.t / (at - half)) }
    return { edge: b, t: Math.max(0, (on.t - at - half) / (1 - at - half)) }
  }
  const next = {
    ...withPieces(pattern, piece, made),
    seams: [...replacedIn(pattern.seams, edge, [a, b]), legSeam(pattern, inwards, outwards)],
    measures: pattern.measures.map((measure) => ({
      ...measure,
      from: placed(measure.from),
      to: placed(measure.to),
    })),
  }
  const notes = lengthNotes(pattern, next, [piece.id], sizes)
  return {
    ok: true,
    pattern: next,
    pieces: [piece.id],
    notes: [{ code: 'edge-longer', piece: piece.id, edge, amount: -width }, ...notes],
  }
}

const soft = (run: Run, which: 0 | -1): Run => ({
  ...run,
  keys: run.keys.with(which, { ...(run.keys.at(which) as Key), turn: false }),
})

/** An edge on over the mouth of a dart: as both sides go where they agree, straight between corners where they don't. */
const overMouth = (before: Run, after: Run): Run => {
  const [a, b] = [endOf(before), startOf(after)]
  const [u, w] = [tangentAt(before, lengthOf(before)), tangentAt(after, 0)]
  if (!isGentle(a, u, b, w)) return joinRuns(before, straightRun(a, b))
  const chord = sub(b, a)
  const isLine =
    isStraight(before) && isStraight(after) && Math.abs(cross(u, chord)) < 1e-6 && Math.abs(cross(w, chord)) < 1e-6
  const points: Vec[] = isLine ? [a, b] : curveBetween(a, u, b, w)
  const keys = [a, ...(points.length > 2 ? [points[points.length >> 1] as Vec] : []), b]
  const bridge: Run = { keys: keys.map(({ x, y }) => ({ x, y, turn: false })), drawn: points }
  return joinRuns(soft(before, -1), bridge)
}

/**
 * Takes a dart away: its legs go and the edge runs over the mouth as both sides of it go on, by a curve tangent to both (straight between
 * corners where they make an angle of more than 40°). No cloth turns, the width of the mouth is edge again. The edges beside become one where a
 * dart cut them apart (`xa`, `xb`) or where they have the same name, and no seam has one of them alone; otherwise the mouth goes to the edge before
 * the dart. Undoes `dartAdd` (a tilted one but for the truing).
 *
 * @returns refused with `not-a-dart`, `on-the-fold` where the fold ends in the mouth
 */
export const dartClose: Op<'dartClose'> = (pattern, { in: inwards, out: outwards }, sizes) => {
  const dart = findDart(pattern, inwards, outwards)
  if (isRefused(dart)) return dart
  const piece = narrowed(dart.piece, sizes)
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  const [prev, next] = [beside(piece, dart.in, -1), beside(piece, dart.out, 1)]
  const [before, after] = [piece.edges[prev] as Edge, piece.edges[next] as Edge]
  if (before.id === piece.fold || after.id === piece.fold)
    return refuse('on-the-fold', { piece: piece.id, edge: inwards })
  const isKept = (i: number) => i !== dart.in && i !== dart.out
  const kept = piece.notches.flatMap(({ edge }, i) => (edge === inwards || edge === outwards ? [] : [i]))
  const shut: Piece = {
    ...piece,
    edges: piece.edges.filter((_, i) => isKept(i)),
    notches: kept.map((i) => piece.notches[i] as Notch),
    shapes: piece.shapes.map((shape) => {
      if (!shape) return null
      const runs = shape.runs.with(prev, overMouth(shape.runs[prev] as Run, shape.runs[next] as Run))
      const notches = kept.map((i) => shape.notches[i] as NotchPlace | null)
      return { ...shape, runs: runs.filter((_, i) => isKept(i)), notches, sew: [] }
    }),
  }
  const bare = forgotten(withPieces(pattern, piece, shut), [inwards, outwards])
  const sameName = before.name.trim() !== '' && before.name === after.name
  const id = onceOne(bare, before.id, after.id) ?? (sameName ? before.id : null)
  const whole =
    id === null ? bare : mergedAt({ pattern: bare, piece: shut }, indexOf(shut, before.id), id, lead).pattern
  return { ok: true, pattern: whole, pieces: [piece.id], notes: lengthNotes(pattern, whole, [piece.id], sizes) }
}
