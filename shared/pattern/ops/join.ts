import { cutLine, sewLine } from '../allowance.ts'
import { type Op, refuse } from '../apply.ts'
import { drawnOf, isStraight, lengthOf, mapRun, nearestOn, straightRun } from '../curve.ts'
import type { Corner, Edge, EdgeId, Notch, Pattern, Piece, Run, Shape, Vec } from '../model.ts'
import { add, angleBetween, lerp, rotate, sub } from '../vec.ts'
import {
  type Bench,
  forgotten,
  indexOf,
  inSizes,
  leadOf,
  mergedAt,
  narrowed,
  onceOne,
  refuseAt,
  unchanged,
  withPieces,
} from './edges.ts'
import { offsetEdge } from './offset-edge.ts'
import { endAt, endOf, findEdge, isRefused, lengthNotes, startAt, startOf } from './parts.ts'

/** Sides that are joined may differ by this much, mm. */
const TOLERANCE = 3

/** The move (no scaling) that lays edge b, walked backwards, on edge a: chord on chord, middle on middle. */
const laying = (a: Run, b: Run): { move: (v: Vec) => Vec; turn: number } => {
  const turn = angleBetween(sub(startOf(b), endOf(b)), sub(endOf(a), startOf(a)))
  const pivot = lerp(startOf(b), endOf(b), 0.5)
  const step = sub(lerp(startOf(a), endOf(a), 0.5), pivot)
  return { turn, move: (v) => add(rotate(v, turn, pivot), step) }
}

/** The piece with the other of its two lines as its ring, so that both that are joined are the same kind of line. */
const withRing = (pattern: Pattern, piece: Piece, ring: 'cut' | 'sew') => {
  // Darts stay in the ring: their caps are no part of it.
  const open = { ...piece, edges: piece.edges.map((edge): Edge => ({ ...edge, corner: openCorner(edge.corner) })) }
  return inSizes(pattern, piece, (shape) => {
    const line = ring === 'cut' ? cutLine(open, shape) : sewLine({ ...piece, ring: 'cut' }, { ...shape, sew: [] })
    if (!line.ok) return refuse('allowance-impossible')
    const notches = shape.notches.map((place, i) => {
      const edge = piece.edges.findIndex(({ id }) => id === (piece.notches[i] as Notch).edge)
      const [old, fresh] = [shape.runs[edge], line.runs[edge]]
      return place && old && fresh ? { ...place, s: (place.s * lengthOf(fresh)) / (lengthOf(old) || 1) } : place
    })
    return { ...shape, runs: line.runs, notches, sew: [] }
  })
}
const openCorner = (corner: Corner): Corner => (corner === 'folded' ? 'mitre' : corner)

/** The piece without the allowance beyond one of its seams, where its ring has it in. */
const atSeam = (pattern: Pattern, piece: Piece, edge: EdgeId) => {
  const index = indexOf(piece, edge)
  const allowance = piece.edges[index]?.allowance ?? 0
  if (piece.ring !== 'cut' || allowance === 0) return piece
  return inSizes(
    pattern,
    piece,
    (shape) => offsetEdge(piece, shape, index, -allowance) ?? refuseAt(piece, edge)('allowance-impossible'),
  )
}

/**
 * Lays piece B, turned but not scaled, with its edge `b` on edge `a` of piece A (start on end, chord on chord, middle on middle) and makes one piece of them: A, without both
 * edges, their allowances, notches and seam. The ends of the edges beside them meet at the ends of `a`. Everything else of B comes along in B's
 * order; A gives name, quantity and grain (B's grain where A has none). Edges that a split cut apart (`xa`, `xb`) are one again. Undoes `split`.
 *
 * @returns refused with `same-piece`, `on-the-fold` where an edge is a fold or both pieces have folds that don't go on straight, and `different-lengths`
 *   where the edges differ by more than 3 mm in a size
 */
export const join: Op<'join'> = (pattern, { a, b }, sizes) => {
  const [one, two] = [findEdge(pattern, a), findEdge(pattern, b)]
  if (isRefused(one)) return one
  if (isRefused(two)) return two
  if (one.piece === two.piece) return refuse('same-piece', { piece: one.piece.id, edge: a })
  const onFold = [one, two].find(({ piece, edge }) => piece.fold === edge.id)
  if (onFold) return refuse('on-the-fold', { piece: onFold.piece.id, edge: onFold.edge.id })
  const lead = leadOf(pattern, one.piece, sizes)
  if (lead === null) return unchanged(pattern)
  const A = atSeam(pattern, narrowed(one.piece, sizes), a)
  if (isRefused(A)) return A
  const given = atSeam(pattern, narrowed(two.piece, sizes), b)
  if (isRefused(given)) return given
  const apart = given.ring !== null && A.ring !== null && given.ring !== A.ring
  const B = apart && A.ring ? withRing(pattern, given, A.ring) : given
  if (isRefused(B)) return B
  const [i, j] = [one.index, two.index]
  for (const [size, shape] of A.shapes.entries()) {
    const other = B.shapes[size]
    if (!shape || !other) continue
    const apart = Math.abs(lengthOf(shape.runs[i] as Run) - lengthOf(other.runs[j] as Run))
    if (apart > TOLERANCE)
      return refuse('different-lengths', { piece: A.id, edge: a, size: pattern.sizes[size] ?? '', amount: apart })
  }
  const n = B.edges.length
  const order = Array.from({ length: n - 1 }, (_, k) => (j + 1 + k) % n)
  const keptA = A.notches.flatMap((notch, k) => (notch.edge === a ? [] : [k]))
  const keptB = B.notches.flatMap((notch, k) => (notch.edge === b ? [] : [k]))
  const pick = <T>(list: readonly T[], at: readonly number[]): T[] => at.map((k) => list[k] as T)
  const united = (shape: Shape | null, other: Shape | null | undefined): Shape | null => {
    if (!shape || !other) return null
    const { move } = laying(shape.runs[i] as Run, other.runs[j] as Run)
    const ours = shape.runs[i] as Run
    const theirs = order.map((k) => mapRun(other.runs[k] as Run, move))
    theirs[0] = startAt(theirs[0] as Run, startOf(ours))
    theirs[n - 2] = endAt(theirs[n - 2] as Run, endOf(ours))
    const grain = shape.grain ?? (other.grain && ([move(other.grain[0]), move(other.grain[1])] as const))
    return {
      runs: shape.runs.toSpliced(i, 1, ...theirs),
      notches: [...pick(shape.notches, keptA), ...pick(other.notches, keptB)],
      drills: [...shape.drills, ...other.drills.map((v) => v && move(v))],
      internals: [...shape.internals, ...other.internals.map((run) => run && mapRun(run, move))],
      grain,
      sew: [],
    }
  }
  const [shapeA, shapeB] = [A.shapes[lead], B.shapes[lead]]
  const lay = shapeA && shapeB ? laying(shapeA.runs[i] as Run, shapeB.runs[j] as Run) : null
  // A notch with an angle of its own turns with the cloth, by as much as in the base size.
  const turn = lay?.turn ?? 0
  const notches = pick(B.notches, keptB).map((notch) =>
    notch.angle === null ? notch : { ...notch, angle: notch.angle + turn },
  )
  const whole: Piece = {
    ...A,
    edges: A.edges.toSpliced(i, 1, ...pick(B.edges, order)),
    fold: A.fold ?? B.fold,
    notches: [...pick(A.notches, keptA), ...notches],
    drills: [...A.drills, ...B.drills],
    internals: [...A.internals, ...B.internals],
    notes: [...A.notes, ...(lay ? B.notes.map((note) => ({ ...note, at: lay.move(note.at) })) : [])],
    shapes: A.shapes.map((shape, size) => united(shape, B.shapes[size])),
  }
  const bare = forgotten(pattern, [a, b])
  let bench: Bench = {
    pattern: withPieces({ ...bare, pieces: bare.pieces.filter(({ id }) => id !== B.id) }, A, whole),
    piece: whole,
  }
  // The far end first: it lies further on in the ring.
  const before = A.edges[(i + A.edges.length - 1) % A.edges.length]?.id as EdgeId
  const after = A.edges[(i + 1) % A.edges.length]?.id as EdgeId
  const [first, last] = [B.edges[order[0] as number]?.id as EdgeId, B.edges[order.at(-1) as number]?.id as EdgeId]
  const renamed = new Map<EdgeId, EdgeId>()
  bench = merged(bench, last, after, lead, renamed)
  bench = merged(bench, renamed.get(before) ?? before, renamed.get(first) ?? first, lead, renamed)
  if (A.fold !== null && B.fold !== null) {
    const folded = withOneFold(bench.piece, A.fold, B.fold)
    if (folded === null) return refuse('on-the-fold', { piece: A.id, edge: A.fold })
    bench = put(bench, folded)
  }
  const notes = lengthNotes(pattern, bench.pattern, [A.id], sizes)
  return { ok: true, pattern: bench.pattern, pieces: [A.id], notes }
}

const put = (bench: Bench, piece: Piece): Bench => ({ piece, pattern: withPieces(bench.pattern, bench.piece, piece) })

/** Puts neighbours together that a split cut apart; says what they are called now. */
const merged = (bench: Bench, one: EdgeId, two: EdgeId, lead: number, renamed: Map<EdgeId, EdgeId>): Bench => {
  const index = indexOf(bench.piece, one)
  if (index < 0 || bench.piece.edges[(index + 1) % bench.piece.edges.length]?.id !== two) return bench
  const id = onceOne(bench.pattern, one, two)
  if (id === null) return bench
  const next = mergedAt(bench, index, id, lead)
  if (next.piece !== bench.piece) for (const old of [one, two]) renamed.set(old, id)
  return next
}

/** Two folds that meet may bend by this much where they do, mm: what a cut and a seam leave. */
const BENT = 0.5

/** The piece on the one fold, straight, that two folds have become; null where they are still two, or bent. */
const withOneFold = (piece: Piece, one: EdgeId, two: EdgeId): Piece | null => {
  const left = [one, two].filter((id) => indexOf(piece, id) >= 0)
  const fold = left.length === 0 ? piece.fold : left.length === 1 ? (left[0] as EdgeId) : null
  const index = fold === null ? -1 : indexOf(piece, fold)
  if (index < 0) return null
  const shapes: (Shape | null)[] = []
  for (const shape of piece.shapes) {
    const run = shape?.runs[index]
    if (shape && run && !isStraight(run)) {
      const line = straightRun(startOf(run), endOf(run))
      if (drawnOf(run).some((p) => nearestOn(line, p).distance > BENT)) return null
      shapes.push({ ...shape, runs: shape.runs.with(index, line) })
    } else shapes.push(shape)
  }
  return { ...piece, fold, shapes }
}
