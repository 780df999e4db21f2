import { cutLine, refit, sewLine } from '../allowance.ts'
import { type Applied, type Note, type Op, type Outcome, type Refused, refuse } from '../apply.ts'
import {
  type Edge,
  type EdgeId,
  edgeOf,
  type Pattern,
  type Piece,
  type PieceId,
  pieceOf,
  type Sewing,
  withPiece,
} from '../model.ts'
import { isSame, unchanged } from './edges.ts'
import { beside, findEdge, isRefused, matesOf } from './parts.ts'

/** The ISO 4916 class whose two sides have unequal allowances. */
const LAPPED = 2

const sameEdge = (a: Edge, b: Edge): boolean =>
  a.allowance === b.allowance &&
  a.corner === b.corner &&
  a.hem?.folds === b.hem?.folds &&
  (a.sewing === b.sewing || JSON.stringify(a.sewing) === JSON.stringify(b.sewing))

/** Edges of some pieces put on otherwise; cut lines follow in the sizes given. An allowance that was possible stays possible, or it is refused. */
const putOn = (pattern: Pattern, sizes: readonly number[], changes: ReadonlyMap<Piece, readonly Edge[]>): Outcome => {
  let next = pattern
  const changed: Applied['pieces'][number][] = []
  for (const [piece, edges] of changes) {
    if (edges.every((edge, i) => sameEdge(edge, piece.edges[i] as Edge))) continue
    const fresh: Piece = { ...piece, edges }
    const shapes = [...piece.shapes]
    for (const size of sizes) {
      const shape = piece.shapes[size]
      if (!shape) continue
      const where = { piece: piece.id, size: pattern.sizes[size] ?? '' }
      const fitted = refit(piece, shape, edges)
      if (!fitted.ok) return refuse('allowance-impossible', where)
      shapes[size] = fitted.shape
      const possible = (one: Piece, of: typeof shape) => cutLine(one, of).ok && sewLine(one, of).ok
      if (!possible(fresh, fitted.shape) && possible(piece, shape)) return refuse('allowance-impossible', where)
    }
    next = withPiece(next, piece.id, () => ({ ...fresh, shapes }))
    changed.push(piece.id)
  }
  if (next === pattern) return unchanged(pattern)
  const pieces = pattern.pieces.map(({ id }) => id).filter((id) => changed.includes(id))
  return { ok: true, pattern: next, pieces, notes: notesOf(pattern, next, pieces) }
}

/**
 * What is to be said of changed allowances. No sewn line moved, so nothing is of lengths: a cut line that stayed though its number changed,
 * and mates that are cut otherwise, but where the seam wants that (lapped).
 */
const notesOf = (before: Pattern, after: Pattern, pieces: readonly PieceId[]): Note[] => {
  const notes: Note[] = []
  for (const id of pieces) {
    const [was, is] = [pieceOf(before, id), pieceOf(after, id)]
    for (const [i, edge] of is?.edges.entries() ?? []) {
      const old = was?.edges[i]?.allowance ?? null
      if (!is || edge.allowance === null || old === edge.allowance) continue
      const of = { piece: id, edge: edge.id }
      if (is.ring === null || (is.ring === 'cut' && old === null)) notes.push({ code: 'cut-stays', ...of })
      if (edge.sewing?.seam === LAPPED) continue
      for (const other of matesOf(after.seams, edge.id)) {
        const amount = edgeOf(after, other)?.edge.allowance ?? null
        if (amount !== null && !isSame(amount, edge.allowance))
          notes.push({ code: 'mate-allowance', ...of, other, amount })
      }
    }
  }
  return notes
}

/** The pieces of some edges, with those edges changed. */
const changing = (
  pattern: Pattern,
  ids: readonly EdgeId[],
  change: (edge: Edge) => Edge,
): Map<Piece, readonly Edge[]> | Refused => {
  const out = new Map<Piece, readonly Edge[]>()
  for (const id of ids) {
    const found = findEdge(pattern, id)
    if (isRefused(found)) return found
    const { piece, edge, index } = found
    if (piece.fold === id) return refuse('on-the-fold', { piece: piece.id, edge: id })
    out.set(piece, (out.get(piece) ?? piece.edges).with(index, change(edge)))
  }
  return out
}

/**
 * Gives edges another seam allowance and corner (at each edge's end). Where the ring is the sew line, the cut line follows of itself; where it
 * is the cut line, it moves by the difference to the allowance that the edge had, and only the number is kept where that wasn't known. The sew
 * line never moves. Refused with `on-the-fold`, and with `allowance-impossible` where the other line would cross itself.
 */
export const allowance: Op<'allowance'> = (pattern, { edges, allowance: mm, corner }, sizes) => {
  const changes = changing(pattern, edges, (edge) => ({ ...edge, allowance: mm, corner }))
  return isRefused(changes) ? changes : putOn(pattern, sizes, changes)
}

/** Sews edges otherwise; their allowance becomes the one given, as with `allowance`, and corners stay. */
export const stitch: Op<'stitch'> = (pattern, operation, sizes) => {
  const { edges, stitch: code, seam, spi, needles, gauge, thread, allowance: mm } = operation
  const sewing: Sewing = { stitch: code, seam, spi, needles, gauge, thread }
  const changes = changing(pattern, edges, (edge) => ({ ...edge, sewing, allowance: mm }))
  return isRefused(changes) ? changes : putOn(pattern, sizes, changes)
}

/**
 * Makes an edge a hem of `depth` mm, folded once or twice: its allowance, with the edges beside it reflected about the fold line at both
 * ends (corners `mirrored`), so that the turned cloth lies within them. Depth 0 takes the hem away, and both corners are mitres again.
 */
export const hem: Op<'hem'> = (pattern, { edge: id, depth, folds }, sizes) => {
  const found = findEdge(pattern, id)
  if (isRefused(found)) return found
  const { piece, edge, index } = found
  if (piece.fold === id) return refuse('on-the-fold', { piece: piece.id, edge: id })
  const prev = beside(piece, index, -1)
  const corner = depth === 0 ? 'mitre' : 'mirrored'
  if (depth === 0 && edge.hem === null && edge.allowance === 0) return unchanged(pattern)
  const fresh: Edge = {
    ...edge,
    allowance: depth,
    corner,
    hem: depth === 0 ? null : { folds: folds === 2 ? 2 : 1 },
  }
  const edges = piece.edges.with(index, fresh).map((one, i) => (i === prev && i !== index ? { ...one, corner } : one))
  return putOn(pattern, sizes, new Map([[piece, edges as readonly Edge[]]]))
}
