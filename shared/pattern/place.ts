import { lengthOf, nearestOn, offAt, pointAt, tangentAt } from './curve.ts'
import type { NotchPlace, OnEdge, Piece, Run, Shape, Vec } from './model.ts'
import { along, dot, fromAngle, normal, sub } from './vec.ts'

/**
 * Where notch `i` of a piece lies in one size and which way it is cut (length 1). Ask only where `shape.notches[i]` is one.
 *
 * @throws RangeError where the size has no such notch or its edge isn't the piece's
 */
export const notchAt = (shape: Shape, piece: Piece, i: number): { at: Vec; direction: Vec } => {
  const [notch, place] = [piece.notches[i], shape.notches[i]]
  const run = shape.runs[piece.edges.findIndex(({ id }) => id === notch?.edge)]
  if (!notch || !place || !run) throw new RangeError('no such notch in this size')
  const forwards = tangentAt(run, place.s)
  const inwards = normal(forwards)
  const on = pointAt(run, place.s)
  const beside = place.off === 0 ? on : along(on, inwards, place.off)
  return {
    at: place.slip === undefined ? beside : along(beside, forwards, place.slip),
    direction: notch.angle === null ? inwards : fromAngle(notch.angle),
  }
}

/** How far ahead of the normal at arc length `s` a point lies. */
const ahead = (run: Run, s: number, p: Vec): number => dot(tangentAt(run, s), sub(p, pointAt(run, s)))

/** What no file can tell from nothing, mm. */
const NOTHING = 1e-4

/** The place of a point beside an edge: `notchAt` gives the point back. */
export const placeOf = (run: Run, p: Vec): NotchPlace => {
  const { s: nearest, distance } = nearestOn(run, p)
  if (distance < 1e-6) return { s: nearest, off: 0 }
  // Tangents are smoothed along the line, so the foot of the normal lies a little beside the nearest point.
  const total = lengthOf(run)
  let s = nearest
  for (let reach = 0.25; reach <= 2 * distance + 0.25; reach *= 2) {
    let [low, high] = [Math.max(0, nearest - reach), Math.min(total, nearest + reach)]
    let [before, after] = [ahead(run, low, p), ahead(run, high, p)]
    if (!(before >= 0 && after <= 0)) continue
    // False position, the side that stays halved (Illinois): a handful of steps, as the way ahead is nearly even.
    for (let i = 0; i < 40 && high - low > 1e-9; i++) {
      s = before === after ? (low + high) / 2 : (low * after - high * before) / (after - before)
      const here = ahead(run, s, p)
      if (Math.abs(here) < 1e-9) break
      if (here > 0) {
        low = s
        before = here
        after /= 2
      } else {
        high = s
        after = here
        before /= 2
      }
    }
    break
  }
  const off = offAt(run, s, p)
  const slip = ahead(run, s, p)
  return Math.abs(slip) > NOTHING ? { s, off, slip } : { s, off }
}

/** A place that is a share of an edge's length, in one size; null where the edge isn't the piece's. */
export const sharePoint = (shape: Shape, piece: Piece, on: OnEdge): Vec | null => {
  const run = shape.runs[piece.edges.findIndex(({ id }) => id === on.edge)]
  return run ? pointAt(run, on.t * lengthOf(run)) : null
}
