import { lengthOf, nearestOn, offAt, pointAt, tangentAt } from './curve.ts'
import type { NotchPlace, OnEdge, Piece, Run, Shape, Vec } from './model.ts'
import { along, fromAngle, normal } from './vec.ts'

/**
 * Where notch `i` of a piece lies in one size and which way it is cut (length 1). Ask only where `shape.notches[i]` is one.
 *
 * @throws RangeError where the size has no such notch or its edge isn't the piece's
 */
export const notchAt = (shape: Shape, piece: Piece, i: number): { at: Vec; direction: Vec } => {
  const [notch, place] = [piece.notches[i], shape.notches[i]]
  const run = shape.runs[piece.edges.findIndex(({ id }) => id === notch?.edge)]
  if (!notch || !place || !run) throw new RangeError('no such notch in this size')
  const inwards = normal(tangentAt(run, place.s))
  const on = pointAt(run, place.s)
  return {
    at: place.off === 0 ? on : along(on, inwards, place.off),
    direction: notch.angle === null ? inwards : fromAngle(notch.angle),
  }
}

/** The place of a point beside an edge: `notchAt` gives the point back. */
export const placeOf = (run: Run, p: Vec): NotchPlace => {
  const { s, distance } = nearestOn(run, p)
  return { s, off: distance < 1e-6 ? 0 : offAt(run, s, p) }
}

/** A place that is a share of an edge's length, in one size; null where the edge isn't the piece's. */
export const sharePoint = (shape: Shape, piece: Piece, on: OnEdge): Vec | null => {
  const run = shape.runs[piece.edges.findIndex(({ id }) => id === on.edge)]
  return run ? pointAt(run, on.t * lengthOf(run)) : null
}
