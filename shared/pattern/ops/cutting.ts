import type { Op } from '../apply.ts'
import { refuse } from '../apply.ts'
import { pieceOf, withPiece } from '../model.ts'
import { unchanged } from './edges.ts'

/** How many of a piece are cut, as drawn and mirrored, and of what. An empty `material` leaves it as it is. No line moves. */
export const cutting: Op<'cutting'> = (pattern, { piece: id, drawn, mirrored, material }) => {
  const piece = pieceOf(pattern, id)
  if (!piece) return refuse('no-such-piece', { piece: id })
  const cloth = material === '' ? piece.material : material
  const { quantity } = piece
  if (quantity.drawn === drawn && quantity.mirrored === mirrored && piece.material === cloth) return unchanged(pattern)
  const next = withPiece(pattern, id, (one) => ({ ...one, quantity: { drawn, mirrored }, material: cloth }))
  return { ok: true, pattern: next, pieces: [id], notes: [] }
}
