import { type Note, type Op, refuse } from '../apply.ts'
import { lengthOf, pointAt, reverseRun } from '../curve.ts'
import type {
  Edge,
  EdgeId,
  Key,
  Notch,
  NotchId,
  NotchPlace,
  Piece,
  PieceId,
  Run,
  Seam,
  SeamId,
  Shape,
  Vec,
} from '../model.ts'
import { areaOf, type Box, boxOf, closedOf, contains, outlineOf } from '../ring.ts'
import {
  cutAt,
  edgeIdsOf,
  freshId,
  indexOf,
  inSizes,
  leadOf,
  narrowed,
  notchIdsOf,
  refuseAt,
  unchanged,
  withPieces,
} from './edges.ts'
import { grainIn } from './grain.ts'
import { runsInside } from './inside.ts'
import { offsetEdge } from './offset-edge.ts'
import { findEdge, isRefused } from './parts.ts'

/** Indexes of a ring from one up to another, that one left out. */
const stretch = (from: number, to: number, n: number): number[] => {
  const out: number[] = []
  for (let i = from; i !== to; i = (i + 1) % n) out.push(i)
  return out
}

/** The drawn line in one size: from S smoothly through points of the bounding box to T. */
const lineOf = (shape: Shape, S: Vec, T: Vec, via: readonly number[]): Run => {
  const box = boxOf(outlineOf(shape)) as Box
  const keys: Key[] = [{ x: S.x, y: S.y, turn: true }]
  for (let i = 0; i + 1 < via.length; i += 2)
    keys.push({
      x: box.minX + (via[i] as number) * (box.maxX - box.minX),
      y: box.minY + (via[i + 1] as number) * (box.maxY - box.minY),
      turn: false,
    })
  keys.push({ x: T.x, y: T.y, turn: true })
  return { keys, drawn: null }
}

/** One side of the cut: which edges of the ring it keeps, and the new edge that closes it. */
interface Half {
  readonly kept: readonly number[]
  readonly edge: EdgeId
  readonly lineOf: (size: number) => Run
}

/** Which half something in the piece goes to: the one that contains the place in size `lead`, the staying one where neither does. */
type Goes = (p: Vec | null | undefined) => 'stay' | 'leave'

const halfPiece = (
  piece: Piece,
  half: Half,
  which: 'stay' | 'leave',
  goes: Goes,
  lead: number,
  fresh: Edge,
  folds: readonly EdgeId[],
): Piece => {
  const shapeOfLead = piece.shapes[lead] as Shape
  const pick = (list: readonly unknown[], isOurs: (i: number) => boolean) =>
    list.flatMap((_, i) => (isOurs(i) ? [i] : []))
  const edges = half.kept.map((i) => piece.edges[i] as Edge)
  const ids = new Set(edges.map(({ id }) => id))
  const middle = (run: Run | null | undefined) => run && pointAt(run, lengthOf(run) / 2)
  const notches = pick(piece.notches, (i) => ids.has((piece.notches[i] as Notch).edge))
  const drills = pick(piece.drills, (i) => goes(shapeOfLead.drills[i]) === which)
  const internals = pick(piece.internals, (i) => goes(middle(shapeOfLead.internals[i])) === which)
  const of = <T>(list: readonly T[], indexes: readonly number[]): T[] => indexes.map((i) => list[i] as T)
  return {
    ...piece,
    edges: [...edges, fresh],
    fold: folds.find((id) => ids.has(id)) ?? null,
    notches: of(piece.notches, notches),
    drills: of(piece.drills, drills),
    internals: of(piece.internals, internals),
    notes: piece.notes.filter(({ at }) => goes(at) === which),
    shapes: piece.shapes.map((shape, size) => {
      if (!shape) return null
      const runs = [...of(shape.runs, half.kept), half.lineOf(size)]
      return {
        runs,
        notches: of(shape.notches, notches),
        drills: of(shape.drills, drills),
        internals: of(shape.internals, internals),
        grain: shape.grain && grainIn(closedOf(runs), shape.grain),
        sew: [],
      }
    }),
  }
}

/** Notches at equal parts of the new edge; the other side has them in the other order, so that they meet. */
const withPairs = (piece: Piece, edge: EdgeId, count: number, like: Notch | undefined, taken: Set<string>): Piece => {
  const fresh = Array.from({ length: count }, (): Notch => {
    const id = freshId<NotchId>(edge, '.p', taken)
    taken.add(id)
    return { id, edge, kind: like?.kind ?? 'slit', depth: like?.depth ?? 4, width: like?.width ?? 0, angle: null }
  })
  const index = indexOf(piece, edge)
  return {
    ...piece,
    notches: [...piece.notches, ...fresh],
    shapes: piece.shapes.map((shape) => {
      if (!shape) return null
      const length = lengthOf(shape.runs[index] as Run)
      const places = fresh.map((_, i): NotchPlace => ({ s: (length * (i + 1)) / (count + 1), off: 0 }))
      return { ...shape, notches: [...shape.notches, ...places] }
    }),
  }
}

/**
 * Cuts a piece in two along a line from S, at share `at` of `edge`, smoothly through the points of `via` to T, at share `toAt` of `to`.
 * `via` are shares of the piece's bounding box in each size, so the line grows with it. The line becomes an edge of
 * both pieces, walked in opposite directions, each with `allowance`, `notches` pairs of notches at L·k/(n+1), and a confirmed seam between them.
 *
 * The larger part in the base size stays the piece; the other becomes `<piece>-2` called `name`. An edge that is cut becomes `<edge>a` and `<edge>b` (and `c`), in seams and
 * measures too. Notches, drills, internal lines and notes go with the part that they lie in; the grain line is copied, and moved into a part that it
 * doesn't lie in. Where the ring is the cut
 * line, each new edge lies its allowance outside the drawn line, the edges beside it running on straight, so no cloth is lost. The quantity stays; a part of a half piece that loses its
 * fold is cut once as drawn and once mirrored for each whole.
 *
 * @returns refused with `outside` where the line leaves the piece in a size, `on-the-fold` where it starts and ends on the fold, `too-short` where a part of
 *   an edge would have no length, `allowance-impossible` where the new edge can't be moved out by its allowance
 */
export const split: Op<'split'> = (pattern, operation, sizes) => {
  const { edge, at, to, toAt, via, allowance, notches, name } = operation
  const [one, other] = [findEdge(pattern, edge), findEdge(pattern, to)]
  if (isRefused(one)) return one
  if (isRefused(other)) return other
  const { piece } = one
  if (other.piece !== piece) return refuse('other-piece', { piece: piece.id, edge: to })
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  if (edge === to && (edge === piece.fold || at === toAt)) {
    return refuse(edge === piece.fold ? 'on-the-fold' : 'outside', { piece: piece.id, edge })
  }
  const taken = edgeIdsOf(pattern)
  const named = (base: EdgeId, suffix: string): EdgeId => {
    const id = freshId<EdgeId>(base, suffix, taken)
    taken.add(id)
    return id
  }
  const start = { pattern, piece: narrowed(piece, sizes) }
  const bench = { ...start, pattern: withPieces(pattern, piece, start.piece) }
  // Twice on one edge: first the nearer place, then what is left of the edge.
  const [low, high] = edge === to ? [Math.min(at, toAt), Math.max(at, toAt)] : [at, toAt]
  const first = cutAt(bench, edge, low, [named(edge, 'a'), named(edge, 'b')], lead)
  if (isRefused(first)) return first
  const isTwice = edge === to && first.wasCut
  const rest = isTwice ? first.begins : to
  const parts: readonly [EdgeId, EdgeId] = isTwice ? [first.begins, named(edge, 'c')] : [named(to, 'a'), named(to, 'b')]
  const second = cutAt(first, rest, isTwice ? (high - low) / (1 - low) : high, parts, lead)
  if (isRefused(second)) return second
  const ring = second.piece
  const n = ring.edges.length
  // What begins at the first place may itself have been cut at the second.
  const p = indexOf(ring, second.wasCut && first.begins === rest ? parts[0] : first.begins)
  const q = indexOf(ring, second.begins)
  const [s, t] = edge === to && at > toAt ? [q, p] : [p, q]
  if (s === t) return refuse('outside', { piece: piece.id, edge })
  const folds =
    piece.fold === null || ring.fold === null
      ? []
      : piece.fold === edge && first.wasCut
        ? [ring.fold, first.begins]
        : piece.fold === to && second.wasCut
          ? parts
          : [ring.fold]
  const lines: Run[] = []
  for (const [size, shape] of ring.shapes.entries()) {
    if (!shape) continue
    const line = lineOf(shape, shape.runs[s]?.keys[0] as Vec, shape.runs[t]?.keys[0] as Vec, via)
    if (!runsInside(outlineOf(shape), line))
      return refuse('outside', { piece: piece.id, edge, size: pattern.sizes[size] ?? '' })
    lines[size] = line
  }
  const left: Omit<Half, 'edge'> = { kept: stretch(t, s, n), lineOf: (size) => lines[size] as Run }
  const right: Omit<Half, 'edge'> = { kept: stretch(s, t, n), lineOf: (size) => reverseRun(lines[size] as Run) }
  const shape = ring.shapes[lead] as Shape
  const outlineFor = (half: Omit<Half, 'edge'>) =>
    closedOf([...half.kept.map((i) => shape.runs[i] as Run), half.lineOf(lead)])
  const outlines = [outlineFor(left), outlineFor(right)] as const
  const leftStays = areaOf(outlines[0]) >= areaOf(outlines[1])
  const leaving = leftStays ? outlines[1] : outlines[0]
  const goes: Goes = (v) => (v && contains(leaving, v) ? 'leave' : 'stay')
  const ids = [named(edge, '.cut'), named(edge, '.cut')] as const
  const fresh = (id: EdgeId): Edge => ({ id, name: '', allowance, corner: 'mitre', hem: null, sewing: null })
  const like = piece.notches[0]
  const notchIds = notchIdsOf(pattern)
  const made = (half: Omit<Half, 'edge'>, which: 'stay' | 'leave', id: EdgeId) => {
    const bare = halfPiece(ring, { ...half, edge: id }, which, goes, lead, fresh(id), folds)
    const whole = withPairs(bare, id, notches, like, notchIds)
    if (piece.ring !== 'cut') return whole
    return inSizes(
      pattern,
      whole,
      (one) =>
        offsetEdge(whole, one, whole.edges.length - 1, allowance) ?? refuseAt(piece, edge)('allowance-impossible'),
    )
  }
  const stays = made(leftStays ? left : right, 'stay', ids[0])
  if (isRefused(stays)) return stays
  const leaves = made(leftStays ? right : left, 'leave', ids[1])
  if (isRefused(leaves)) return leaves
  const id = freshId<PieceId>(piece.id, '-2', new Set(pattern.pieces.map((one) => one.id)))
  const total = piece.quantity.drawn + piece.quantity.mirrored
  const quantityOf = (half: Piece) =>
    piece.fold !== null && half.fold === null ? { drawn: total, mirrored: total } : piece.quantity
  const stayed: Piece = { ...stays, quantity: quantityOf(stays) }
  const fresh2: Piece = { ...leaves, id, name: name.trim() || `${piece.name} 2`, quantity: quantityOf(leaves) }
  const seamIds = new Set<string>(pattern.seams.map((seam) => seam.id))
  const seam: Seam = {
    id: freshId<SeamId>(ids[0], '', seamIds),
    a: [{ edge: ids[0], back: false }],
    b: [{ edge: ids[1], back: true }],
    confirmed: true,
    ease: 0,
  }
  const cut = second.pattern
  const notes: Note[] = [{ code: 'new-piece', piece: id, edge: ids[1], amount: lengthOf(lines[lead] as Run) }]
  return {
    ok: true,
    pattern: { ...withPieces(cut, ring, stayed, fresh2), seams: [...cut.seams, seam] },
    pieces: [piece.id, id],
    notes,
  }
}
