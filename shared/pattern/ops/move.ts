import type { Op } from '../apply.ts'
import { refuse } from '../apply.ts'
import { drawnOf, mapRun } from '../curve.ts'
import type { Pattern, Piece, Shape, Vec } from '../model.ts'
import { outlineOf } from '../ring.ts'
import { unchanged } from './edges.ts'
import { isWithin } from './inside.ts'
import { eachSize, reshaped } from './parts.ts'

/** What is moved may lie this far outside, mm. */
const SLACK = 0.5

const findIn = (pattern: Pattern, has: (piece: Piece) => number): { piece: Piece; index: number } | null => {
  for (const piece of pattern.pieces) {
    const index = has(piece)
    if (index >= 0) return { piece, index }
  }
  return null
}

/** Whether points that lay in the piece would leave it. */
const leaves = (shape: Shape, points: readonly Vec[], move: (v: Vec) => Vec): boolean => {
  const outline = outlineOf(shape)
  return points.some((p) => !isWithin(outline, move(p), SLACK) && isWithin(outline, p, SLACK))
}

/**
 * Moves a line inside the piece (a pocket, a placket) by (`dx`, `dy`) mm, the same in every size and unturned. On a half piece the mirrored twin goes
 * along by being its mirror image.
 *
 * @returns refused with `outside` where a part of it that lay in the piece would leave it
 */
export const moveInternal: Op<'moveInternal'> = (pattern, { internal, dx, dy }, sizes) => {
  const found = findIn(pattern, (piece) => piece.internals.findIndex(({ id }) => id === internal))
  if (!found) return refuse('no-such-internal')
  if (dx === 0 && dy === 0) return unchanged(pattern)
  const { piece, index } = found
  const move = ({ x, y }: Vec): Vec => ({ x: x + dx, y: y + dy })
  const shapes = eachSize(pattern, piece, sizes, (shape) => {
    const run = shape.internals[index]
    if (!run) return shape
    if (leaves(shape, drawnOf(run), move)) return refuse('outside')
    return { ...shape, internals: shape.internals.with(index, mapRun(run, move)) }
  })
  return reshaped(pattern, piece, shapes, sizes)
}

/** Moves a drill hole or button by (`dx`, `dy`) mm, the same in every size; refused with `outside` where it would leave the piece. */
export const moveDrill: Op<'moveDrill'> = (pattern, { drill, dx, dy }, sizes) => {
  const found = findIn(pattern, (piece) => piece.drills.findIndex(({ id }) => id === drill))
  if (!found) return refuse('no-such-drill')
  if (dx === 0 && dy === 0) return unchanged(pattern)
  const { piece, index } = found
  const move = ({ x, y }: Vec): Vec => ({ x: x + dx, y: y + dy })
  const shapes = eachSize(pattern, piece, sizes, (shape) => {
    const at = shape.drills[index]
    if (!at) return shape
    if (leaves(shape, [at], move)) return refuse('outside')
    return { ...shape, drills: shape.drills.with(index, move(at)) }
  })
  return reshaped(pattern, piece, shapes, sizes)
}
