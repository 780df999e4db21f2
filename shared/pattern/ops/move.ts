import type { Op } from '../apply.ts'
import { refuse } from '../apply.ts'
import { drawnOf, mapRun } from '../curve.ts'
import type { Pattern, Piece, Shape, Vec } from '../model.ts'
import { outlineOf } from '../ring.ts'
import { add, dist, dot, mirror, normal, scale, sub, unit } from '../vec.ts'
import { unchanged } from './edges.ts'
import { isWithin } from './inside.ts'
import { eachSize, reshaped, toldSize } from './parts.ts'

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

/** Twins of a whole piece lie this near to each other's mirror image, mm. */
const TWIN = 1

/** Across the middle of a whole piece, along its grain: what is on one side is mirrored on the other. Null for a half, or without a grain. */
const acrossMiddle = (piece: Piece, shape: Shape): ((v: Vec) => Vec) | null => {
  if (piece.fold !== null || !shape.grain) return null
  const [from, to] = shape.grain
  const side = normal(unit(sub(to, from)))
  const levels = outlineOf(shape).map((v) => dot(side, v))
  const middle = scale(side, (Math.min(...levels) + Math.max(...levels)) / 2)
  return (v) => mirror(v, middle, add(middle, sub(to, from)))
}

/** The other of two that are each other's mirror image in a whole piece, by what each is made of; null for one that is alone or its own image. */
const twinOf = (
  piece: Piece,
  shape: Shape | null | undefined,
  index: number,
  pointsOf: (shape: Shape, index: number) => readonly Vec[],
  count: number,
): number | null => {
  const image = shape && acrossMiddle(piece, shape)
  const own = image ? pointsOf(shape, index).map(image) : []
  if (!shape || own.length === 0) return null
  const isImage = (points: readonly Vec[]): boolean =>
    points.length > 0 &&
    own.every((p) => points.some((q) => dist(p, q) <= TWIN)) &&
    points.every((q) => own.some((p) => dist(p, q) <= TWIN))
  const found = Array.from({ length: count }, (_, i) => i).find((i) => isImage(pointsOf(shape, i)))
  return found === undefined || found === index ? null : found
}

/** The step that the twin takes: the same, seen in the mirror. */
const stepOf = (piece: Piece, shape: Shape, dx: number, dy: number): Vec => {
  const image = acrossMiddle(piece, shape)
  return image ? sub(image({ x: dx, y: dy }), image({ x: 0, y: 0 })) : { x: dx, y: dy }
}

const cornersOf = (shape: Shape, index: number): readonly Vec[] => shape.internals[index]?.keys ?? []

/**
 * Moves a line inside the piece (a pocket, a placket) by (`dx`, `dy`) mm, the same in every size and unturned. On a half piece the mirrored twin goes
 * along by being its mirror image; on a whole one a line that is its mirror image across the middle goes along, unless one of the two holds for one
 * side alone.
 *
 * @returns refused with `outside` where a part of it that lay in the piece would leave it
 */
export const moveInternal: Op<'moveInternal'> = (pattern, { internal, dx, dy }, sizes) => {
  const found = findIn(pattern, (piece) => piece.internals.findIndex(({ id }) => id === internal))
  if (!found) return refuse('no-such-internal')
  if (dx === 0 && dy === 0) return unchanged(pattern)
  const { piece, index } = found
  const isFree = (i: number | null): i is number => i !== null && !piece.internals[i]?.oneSide
  const twin = isFree(index)
    ? twinOf(piece, piece.shapes[toldSize(pattern, sizes)], index, cornersOf, piece.internals.length)
    : null
  const shapes = eachSize(pattern, piece, sizes, (shape) => {
    let out = shape
    for (const i of isFree(twin) ? [index, twin] : [index]) {
      const run = shape.internals[i]
      if (!run) continue
      const step = i === index ? { x: dx, y: dy } : stepOf(piece, shape, dx, dy)
      const move = (v: Vec): Vec => add(v, step)
      if (leaves(shape, drawnOf(run), move)) return refuse('outside')
      out = { ...out, internals: out.internals.with(i, mapRun(run, move)) }
    }
    return out
  })
  return reshaped(pattern, piece, shapes, sizes, isFree(twin) ? [{ code: 'twin-followed', piece: piece.id }] : [])
}

const placeOf = (shape: Shape, index: number): readonly Vec[] => {
  const at = shape.drills[index]
  return at ? [at] : []
}

/**
 * Moves a drill hole or button by (`dx`, `dy`) mm, the same in every size, and on a whole piece its mirror image across the middle; refused with
 * `outside` where it would leave the piece.
 */
export const moveDrill: Op<'moveDrill'> = (pattern, { drill, dx, dy }, sizes) => {
  const found = findIn(pattern, (piece) => piece.drills.findIndex(({ id }) => id === drill))
  if (!found) return refuse('no-such-drill')
  if (dx === 0 && dy === 0) return unchanged(pattern)
  const { piece, index } = found
  const twin = twinOf(piece, piece.shapes[toldSize(pattern, sizes)], index, placeOf, piece.drills.length)
  const shapes = eachSize(pattern, piece, sizes, (shape) => {
    let out = shape
    for (const i of twin === null ? [index] : [index, twin]) {
      const at = shape.drills[i]
      if (!at) continue
      const step = i === index ? { x: dx, y: dy } : stepOf(piece, shape, dx, dy)
      const move = (v: Vec): Vec => add(v, step)
      if (leaves(shape, [at], move)) return refuse('outside')
      out = { ...out, drills: out.drills.with(i, move(at)) }
    }
    return out
  })
  return reshaped(pattern, piece, shapes, sizes, twin === null ? [] : [{ code: 'twin-followed', piece: piece.id }])
}
