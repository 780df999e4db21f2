import { type Note, type Op, refuse } from '../apply.ts'
import { lengthOf } from '../curve.ts'
import { sideWith } from '../links.ts'
import {
  type EdgeId,
  edgeOf,
  type Link,
  type Notch,
  type NotchId,
  type NotchPlace,
  type Pattern,
  type Piece,
  type PieceId,
  type Run,
  withPiece,
} from '../model.ts'
import { walk } from '../seams.ts'
import { freshId, indexOf, leadOf, narrowed, notchIdsOf, unchanged } from './edges.ts'
import { eachSize, findEdge, isRefused, reshaped } from './parts.ts'

/** Notches that answer each other across a seam lie this near, mm. */
const ANSWERS = 5
/** Two places on an edge that are this near are one, mm: a seam that goes on through mirror images comes to it twice. */
const ONE = 0.5

const runIn = (pattern: Pattern, id: EdgeId, size: number): Run | null => {
  const found = edgeOf(pattern, id)
  return found?.piece.shapes[size]?.runs[found.index] ?? null
}

const lengthsIn = (pattern: Pattern, chain: readonly Link[], size: number): number[] | null => {
  const runs = chain.map(({ edge }) => runIn(pattern, edge, size))
  return runs.every((run) => run !== null) ? runs.map(lengthOf) : null
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

interface Across {
  readonly edge: EdgeId
  /** Arc length on it by size. */
  readonly at: (size: number) => number
}

/** The place on the other side of a seam that a place on one link is sewn to: the same share of the whole seam's length. */
const acrossOf = (
  pattern: Pattern,
  own: readonly Link[],
  other: readonly Link[],
  index: number,
  sOf: (size: number) => number,
  lead: number,
): Across | null => {
  const walked = (size: number): { at: number; lengths: number[] } | null => {
    const [mine, theirs] = [lengthsIn(pattern, own, size), lengthsIn(pattern, other, size)]
    if (!mine || !theirs || sum(mine) === 0) return null
    const within = own[index]?.back ? (mine[index] as number) - sOf(size) : sOf(size)
    return { at: ((sum(mine.slice(0, index)) + within) * sum(theirs)) / sum(mine), lengths: theirs }
  }
  const base = walked(lead)
  if (!base) return null
  let k = 0
  while (k + 1 < other.length && base.at > sum(base.lengths.slice(0, k + 1))) k++
  const mate = other[k] as Link
  return {
    edge: mate.edge,
    at: (size) => {
      const there = walked(size)
      if (!there) return 0
      const length = there.lengths[k] as number
      const s = Math.min(length, Math.max(0, there.at - sum(there.lengths.slice(0, k))))
      return mate.back ? length - s : s
    },
  }
}

const withNotch = (pattern: Pattern, piece: PieceId, notch: Notch, sOf: (size: number) => number): Pattern =>
  withPiece(pattern, piece, (one) => ({
    ...one,
    notches: [...one.notches, notch],
    shapes: one.shapes.map(
      (shape, size) => shape && { ...shape, notches: [...shape.notches, { s: sOf(size), off: 0 }] },
    ),
  }))

/**
 * Adds a notch at `s = at · length` of an edge in every size, perpendicular to it, and its twin on each edge that it is sewn to:
 * at the same share of the whole seam's length, so at the same arc length where both sides are as long.
 */
export const notchAdd: Op<'notchAdd'> = (pattern, { edge, at, kind, depth, width }, sizes) => {
  const found = findEdge(pattern, edge)
  if (isRefused(found)) return found
  const lead = leadOf(pattern, found.piece, sizes)
  if (lead === null) return unchanged(pattern)
  const sOf = (size: number): number => {
    const run = runIn(pattern, edge, size)
    return run ? at * lengthOf(run) : 0
  }
  const across = pattern.seams.flatMap(({ a, b }) =>
    [[a, b] as const, [b, a] as const].flatMap(([own, other]) =>
      own.flatMap((link, i) => {
        const place = link.edge === edge ? acrossOf(pattern, own, other, i, sOf, lead) : null
        // An edge that is sewn to its own mirror image has its notch already.
        return place && place.edge !== edge ? [place] : []
      }),
    ),
  )
  const isOne = (p: Across, q: Across): boolean => p.edge === q.edge && Math.abs(p.at(lead) - q.at(lead)) <= ONE
  const twins = across.filter((place, i) => across.findIndex((one) => isOne(one, place)) === i)
  let next = pattern
  const taken = notchIdsOf(pattern)
  const notes: Note[] = []
  const pieces = new Set<PieceId>()
  for (const one of [{ edge, at: sOf }, ...twins]) {
    const piece = edgeOf(pattern, one.edge)?.piece
    if (!piece) continue
    if (!pieces.has(piece.id)) next = withPiece(next, piece.id, (old) => narrowed(old, sizes))
    pieces.add(piece.id)
    const id = freshId<NotchId>(one.edge, '.p', taken)
    taken.add(id)
    next = withNotch(next, piece.id, { id, edge: one.edge, kind, depth, width, angle: null }, one.at)
    if (one.edge !== edge) notes.push({ code: 'mate-followed', piece: found.piece.id, edge, other: one.edge })
  }
  return { ok: true, pattern: next, pieces: inOrder(pattern, pieces), notes }
}

const inOrder = (pattern: Pattern, ids: ReadonlySet<PieceId>): PieceId[] =>
  pattern.pieces.flatMap(({ id }) => (ids.has(id) ? [id] : []))

const findNotch = (pattern: Pattern, id: NotchId): { piece: Piece; index: number; edge: EdgeId } | null => {
  for (const piece of pattern.pieces) {
    const index = piece.notches.findIndex((notch) => notch.id === id)
    const notch = piece.notches[index]
    if (notch) return { piece, index, edge: notch.edge }
  }
  return null
}

/** Notches across the seams that answer this one in size `lead`, and whether their edges run the other way. */
const twinsOf = (pattern: Pattern, id: NotchId, lead: number): { readonly id: NotchId; readonly back: boolean }[] => {
  const edge = findNotch(pattern, id)?.edge
  const twins = pattern.seams.flatMap((seam) => {
    if (!edge || sideWith(seam, edge) === null) return []
    return (walk(pattern, seam, lead)?.notches ?? []).flatMap(({ a, b, difference, against }) => {
      if (a === null || b === null || a === b || (a !== id && b !== id) || Math.abs(difference) > ANSWERS) return []
      return [{ id: a === id ? b : a, back: against }]
    })
  })
  // A seam that goes on through mirror images meets the same two again.
  return twins.filter((twin, i) => twins.findIndex((one) => one.id === twin.id) === i)
}

/**
 * Moves a notch by `by` mm along its edge (+ the way the ring runs), the same in every size. What answers it across a seam, within 5 mm in the base size, goes along; a twin
 * that has no room stays.
 *
 * @returns refused with `too-short` where the notch would leave its edge; `amount`: how far it may go
 */
export const notchMove: Op<'notchMove'> = (pattern, { notch: id, by }, sizes) => {
  const found = findNotch(pattern, id)
  if (!found) return refuse('no-such-notch')
  const { piece, index, edge } = found
  const lead = leadOf(pattern, piece, sizes)
  if (by === 0 || lead === null) return unchanged(pattern)
  const slid = (from: Pattern, own: Piece, i: number, step: number) =>
    eachSize(from, own, sizes, (shape) => {
      const place = shape.notches[i]
      const on = own.notches[i]?.edge as EdgeId
      const run = shape.runs[indexOf(own, on)]
      if (!place || !run) return shape
      const s = place.s + step
      if (s < 0 || s > lengthOf(run))
        return refuse('too-short', { edge: on, amount: step < 0 ? place.s : lengthOf(run) - place.s })
      return { ...shape, notches: shape.notches.with(i, { ...place, s } satisfies NotchPlace) }
    })
  const notes: Note[] = [{ code: 'notch-moved', piece: piece.id, edge, amount: by }]
  const first = reshaped(pattern, piece, slid(pattern, piece, index, by), sizes)
  if (!first.ok) return first
  let next = first.pattern
  const pieces = new Set([piece.id])
  for (const twin of twinsOf(pattern, id, lead)) {
    const there = findNotch(next, twin.id)
    if (!there) continue
    const shapes = slid(next, there.piece, there.index, twin.back ? -by : by)
    if (isRefused(shapes)) {
      notes.push({ code: 'mate-differs', piece: piece.id, edge, other: there.edge, amount: Math.abs(by) })
      continue
    }
    next = withPiece(next, there.piece.id, (one) => ({ ...one, shapes }))
    pieces.add(there.piece.id)
    notes.push({ code: 'mate-followed', piece: piece.id, edge, other: there.edge, amount: by })
  }
  return { ok: true, pattern: next, pieces: inOrder(pattern, pieces), notes }
}

/** Takes a notch away, and what answers it across a seam within 5 mm. */
export const notchRemove: Op<'notchRemove'> = (pattern, { notch: id }, sizes) => {
  const found = findNotch(pattern, id)
  if (!found) return refuse('no-such-notch')
  const { piece, edge } = found
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  let next = pattern
  const notes: Note[] = []
  const pieces = new Set<PieceId>()
  for (const gone of [id, ...twinsOf(pattern, id, lead).map((twin) => twin.id)]) {
    const there = findNotch(next, gone)
    if (!there) continue
    const without = <T>(list: readonly T[]): T[] => list.toSpliced(there.index, 1)
    next = withPiece(next, there.piece.id, (one) => {
      const own = pieces.has(one.id) ? one : narrowed(one, sizes)
      const shapes = own.shapes.map((shape) => shape && { ...shape, notches: without(shape.notches) })
      return { ...own, notches: without(own.notches), shapes }
    })
    pieces.add(there.piece.id)
    if (gone !== id) notes.push({ code: 'mate-followed', piece: piece.id, edge, other: there.edge })
  }
  return { ok: true, pattern: next, pieces: inOrder(pattern, pieces), notes }
}
