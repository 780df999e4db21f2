import { type Op, type Refused, refuse } from '../apply.ts'
import { drawnOf, lengthOf, mapRun, pointAt, straightRun } from '../curve.ts'
import type { Edge, EdgeId, NotchPlace, Piece, Run, Shape, Vec } from '../model.ts'
import { contains, outlineOf } from '../ring.ts'
import { angleBetween, lerp, rotate, sub } from '../vec.ts'
import { dartAt, findDart } from './dart.ts'
import { legEdges } from './dart-add.ts'
import { legSeam } from './dart-legs.ts'
import {
  cutAt,
  edgeIdsOf,
  freshId,
  indexOf,
  inSizes,
  leadOf,
  mergedAt,
  narrowed,
  onceOne,
  unchanged,
  withPieces,
} from './edges.ts'
import { runsInside } from './inside.ts'
import { endAt, endOf, findEdge, isRefused, lengthNotes, startAt, startOf } from './parts.ts'

/** Indexes in a ring from one edge up to, but without, another. */
const upTo = (count: number, from: number, end: number): number[] => {
  const out: number[] = []
  for (let i = from % count; i !== end % count; i = (i + 1) % count) out.push(i)
  return out
}

/**
 * Passes a dart (or `part` of its angle) to another place: the cloth between the dart and the new leg, from share `at` of edge `to` to the
 * point, turns about the point until the dart is closed by that part, and opens by the same angle at the new place. The point stays and
 * the angles add up to what they were. Of the two sides the one turns that has neither fold nor grain line, else the one with the shorter
 * outline. At part 1 the legs keep their ids in their new place; else the new legs get ids of their own. Drills and lines inside turn with their cloth.
 * Refused with `outside` where the new leg doesn't lie in the piece.
 */
export const dartRotate: Op<'dartRotate'> = (pattern, operation, sizes) => {
  const { to, at, part } = operation
  const dart = findDart(pattern, operation.in, operation.out)
  if (isRefused(dart)) return dart
  const target = findEdge(pattern, to)
  if (isRefused(target)) return target
  if (target.piece.id !== dart.piece.id) return refuse('other-piece', { piece: dart.piece.id, edge: to })
  if (to === operation.in || to === operation.out) return refuse('not-a-dart', { piece: dart.piece.id, edge: to })
  if (to === dart.piece.fold) return refuse('on-the-fold', { piece: dart.piece.id, edge: to })
  if (part === 0) return unchanged(pattern)
  const piece = narrowed(dart.piece, sizes)
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  for (const [size, shape] of piece.shapes.entries()) {
    const run = shape?.runs[target.index]
    if (!shape || !run) continue
    const leg = straightRun(pointAt(run, at * lengthOf(run)), dartAt(shape, dart).apex)
    if (!runsInside(outlineOf(shape), leg))
      return refuse('outside', { piece: piece.id, edge: to, size: pattern.sizes[size] ?? '' })
  }

  const taken = edgeIdsOf(pattern)
  const fresh = (base: EdgeId, suffix: string): EdgeId => {
    const one = freshId<EdgeId>(base, suffix, taken)
    taken.add(one)
    return one
  }
  const halves = [fresh(to, 'a'), fresh(to, 'b')] as const
  const whole = part === 1
  const [oldIn, oldOut] = [piece.edges[dart.in] as Edge, piece.edges[dart.out] as Edge]
  const cut = cutAt({ pattern, piece }, to, at, halves, lead)
  if ('ok' in cut) return cut
  const ring = cut.piece.edges
  const n = ring.length
  const [into, out, opens] = [
    indexOf(cut.piece, oldIn.id),
    indexOf(cut.piece, oldOut.id),
    indexOf(cut.piece, cut.begins),
  ]
  const afterwards = upTo(n, out + 1, opens)
  const beforehand = upTo(n, opens, into)
  if (afterwards.length === 0 || beforehand.length === 0) return refuse('not-a-dart', { piece: piece.id, edge: to })

  const sectorOf = (shape: Shape, edges: readonly number[]): Vec[] => [
    dartAt(shape, { piece: cut.piece, in: into, out }).apex,
    ...edges.flatMap((i) => drawnOf(shape.runs[i] as Run)),
  ]
  const first = cut.piece.shapes[lead] as Shape
  const costOf = (edges: readonly number[]): number => {
    const grain = first.grain && lerp(first.grain[0], first.grain[1], 0.5)
    const fold = edges.some((i) => ring[i]?.id === piece.fold)
    const length = edges.reduce((sum, i) => sum + lengthOf(first.runs[i] as Run), 0)
    return length + (fold ? 1e7 : 0) + (grain && contains(sectorOf(first, edges), grain) ? 1e6 : 0)
  }
  const forward = costOf(afterwards) <= costOf(beforehand)
  const turning = forward ? afterwards : beforehand
  const sector = new Set(turning)

  const [newIn, newOut] = whole ? [oldIn, oldOut] : legEdges(fresh(oldIn.id, 'i'), fresh(oldOut.id, 'o'))

  const ringed: { edge: Edge; run: (runs: readonly Run[], legs: readonly [Run, Run]) => Run }[] = []
  for (let i = 0; i < n; i++) {
    if (i === opens) {
      ringed.push({ edge: newIn, run: (_, legs) => legs[0] }, { edge: newOut, run: (_, legs) => legs[1] })
    }
    if (whole && (i === into || i === out)) continue
    ringed.push({ edge: ring[i] as Edge, run: (runs) => runs[i] as Run })
  }

  const shaped = inSizes(cut.pattern, cut.piece, (shape): Shape | Refused => {
    const place = dartAt(shape, { piece: cut.piece, in: into, out })
    const { apex } = place
    const angle = angleBetween(sub(place.second, apex), sub(place.first, apex)) * part * (forward ? 1 : -1)
    const turn = (p: Vec): Vec => rotate(p, angle, apex)
    const swept = sectorOf(shape, turning)
    const leg = forward ? out : into
    const runs = shape.runs.map((run, i) => (sector.has(i) || (i === leg && !whole) ? mapRun(run, turn) : run))
    if (!whole) {
      // The point is its own image but for rounding.
      runs[leg] = forward ? startAt(runs[leg] as Run, apex) : endAt(runs[leg] as Run, apex)
    } else {
      const [one, two] = [(into + n - 1) % n, (out + 1) % n]
      const meets = lerp(endOf(runs[one] as Run), startOf(runs[two] as Run), 0.5)
      runs[one] = endAt(runs[one] as Run, meets)
      runs[two] = startAt(runs[two] as Run, meets)
    }
    const mouth = [endOf(runs[(opens + n - 1) % n] as Run), startOf(runs[opens] as Run)] as const
    const legs = [straightRun(mouth[0], apex), straightRun(apex, mouth[1])] as const
    const inside = (p: Vec): boolean => contains(swept, p)
    const grain = shape.grain && inside(lerp(shape.grain[0], shape.grain[1], 0.5))
    return {
      ...shape,
      sew: [],
      runs: ringed.map(({ run }) => run(runs, legs)),
      drills: shape.drills.map((p) => (p && inside(p) ? turn(p) : p)),
      internals: shape.internals.map((run) =>
        run && inside(pointAt(run, lengthOf(run) / 2)) ? mapRun(run, turn) : run,
      ),
      grain: shape.grain && grain ? [turn(shape.grain[0]), turn(shape.grain[1])] : shape.grain,
      notches: shape.notches.map((notch, i): NotchPlace | null => {
        const edge = cut.piece.notches[i]?.edge
        if (!notch || !whole || (edge !== oldIn.id && edge !== oldOut.id)) return notch
        const was = lengthOf(shape.runs[edge === oldIn.id ? into : out] as Run)
        const is = lengthOf(edge === oldIn.id ? legs[0] : legs[1])
        return { ...notch, s: was > 0 ? (notch.s / was) * is : 0 }
      }),
    }
  })
  if (isRefused(shaped)) return shaped
  const turned: Piece = { ...shaped, edges: ringed.map(({ edge }) => edge) }
  const bare = withPieces(cut.pattern, cut.piece, turned)
  const [one, two] = [ring[(into + n - 1) % n]?.id as EdgeId, ring[(out + 1) % n]?.id as EdgeId]
  const id = whole ? onceOne(bare, one, two) : null
  const merged = id ? mergedAt({ pattern: bare, piece: turned }, indexOf(turned, one), id, lead) : null
  const joined = merged ? merged.pattern : bare
  const next = whole ? joined : { ...joined, seams: [...joined.seams, legSeam(joined, newIn.id, newOut.id)] }
  return { ok: true, pattern: next, pieces: [piece.id], notes: lengthNotes(pattern, next, [piece.id], sizes) }
}
