import type { Op } from '../apply.ts'
import { refuse } from '../apply.ts'
import { pieceOf } from '../model.ts'
import { lerp, rotate } from '../vec.ts'
import { unchanged } from './edges.ts'
import { eachSize, reshaped } from './parts.ts'

/**
 * Turns the grain line by `turn` degrees counter-clockwise about its own middle; its length stays, and so does every other line.
 *
 * @returns refused with `no-grain` where a size has none
 */
export const grain: Op<'grain'> = (pattern, { piece: id, turn }, sizes) => {
  const piece = pieceOf(pattern, id)
  if (!piece) return refuse('no-such-piece', { piece: id })
  if (turn === 0) return unchanged(pattern)
  const shapes = eachSize(pattern, piece, sizes, (shape) => {
    if (!shape.grain) return refuse('no-grain')
    const [from, to] = shape.grain
    const middle = lerp(from, to, 0.5)
    return { ...shape, grain: [rotate(from, turn, middle), rotate(to, turn, middle)] }
  })
  return reshaped(pattern, piece, shapes, sizes, turn % 180 === 0 ? [] : [{ code: 'grain-turned', piece: id }])
}
