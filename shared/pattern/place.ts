import { lengthOf, nearestOn, pointAt, tangentAt } from './curve.ts'
import type { NotchPlace, OnEdge, Piece, Run, Shape, Vec } from './model.ts'
import { cross, normal, sub } from './vec.ts'

/** A place beside a run as arc length and distance to the left of it. */
export const placeOf = (run: Run, p: Vec): NotchPlace => {
  const { s, distance } = nearestOn(run, p)
  if (distance === 0) return { s, off: 0 }
  const side = cross(tangentAt(run, s), sub(p, pointAt(run, s)))
  return { s, off: side < 0 ? -distance : distance }
}

/** A notch of one size: where it is, and the direction in which it cuts, of length 1. Null where this size lacks it. */
export const notchAt = (shape: Shape, piece: Piece, index: number): { at: Vec; direction: Vec } | null => {
  const notch = piece.notches[index]
  const place = shape.notches[index]
  const run = notch && shape.runs[piece.edges.findIndex(({ id }) => id === notch.edge)]
  if (!notch || !place || !run) return null
  const on = pointAt(run, place.s)
  const inward = normal(tangentAt(run, place.s))
  const at = { x: on.x + inward.x * place.off, y: on.y + inward.y * place.off }
  if (notch.angle === null) return { at, direction: inward }
  const turn = (notch.angle * Math.PI) / 180
  return { at, direction: { x: Math.cos(turn), y: Math.sin(turn) } }
}

/** The same place in one size; null where the piece has no such edge. */
export const sharePoint = (shape: Shape, piece: Piece, place: OnEdge): Vec | null => {
  const run = shape.runs[piece.edges.findIndex(({ id }) => id === place.edge)]
  return run ? pointAt(run, place.t * lengthOf(run)) : null
}
