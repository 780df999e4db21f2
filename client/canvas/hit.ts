import { distanceToSegment, overlaps } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { contains } from '../../shared/pattern/ring.ts'
import { type Head, isStemmed } from './fan.ts'
import type { Laid } from './figures/figure.ts'
import { BADGE_PX, FAN_PX } from './looks.ts'
import { grown } from './viewport.ts'

interface At {
  readonly x: number
  readonly y: number
}

/**
 * How far a point is from a mark as it is drawn, badge included, in board millimetres; 0 on it.
 *
 * @param pixel board millimetres of one screen pixel.
 * @param head where its badge is, if it stands on a stem.
 */
export const distanceTo = ({ mark, points }: Laid, at: At, pixel: number, head: Head): number => {
  const first = points[0]
  if (!first) return Number.POSITIVE_INFINITY
  const isPin = isStemmed(mark)
  const middle = isPin ? { x: first.x + head.x * pixel, y: first.y + head.y * pixel } : first
  let best = Math.max(0, Math.hypot(at.x - middle.x, at.y - middle.y) - BADGE_PX * pixel)
  if (isPin) return Math.min(best, distanceToSegment(at, first, middle))
  for (let i = 1; i < points.length; i++) best = Math.min(best, distanceToSegment(at, points[i - 1]!, points[i]!))
  if (mark.shape.kind === 'area') best = Math.min(best, distanceToSegment(at, points.at(-1)!, first))
  return best
}

/**
 * The mark that is meant by a point: the nearest within reach; inside an area where there is nothing nearer; the smaller
 * of two areas.
 *
 * @param all in drawing order, lowest first.
 */
export const markUnder = (
  all: Iterable<Laid>,
  at: At,
  reach: number,
  pixel: number,
  headOf: (mark: MarkId) => Head,
): Laid | null => {
  let best: Laid | null = null
  let bestDistance = reach
  let around: Laid | null = null
  const over = reach + (BADGE_PX + FAN_PX) * pixel
  const spot = { x: at.x, y: at.y, width: 0, height: 0 }
  for (const laid of all) {
    if (!overlaps(grown(laid.box, over), spot)) continue
    const distance = distanceTo(laid, at, pixel, headOf(laid.mark.id))
    if (distance <= bestDistance) {
      best = laid
      bestDistance = distance
    } else if (laid.mark.shape.kind === 'area' && contains(laid.points, at)) {
      const size = (one: Laid): number => one.box.width * one.box.height
      if (!around || size(laid) <= size(around)) around = laid
    }
  }
  return best ?? around
}
