import { distanceToSegment } from '../../shared/domain/geometry.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/**
 * A line through fewer of its points; first and last stay.
 *
 * @param within largest distance of a point that is left out from the new line, in the unit of the points, ≥ 0.
 * @returns a subsequence of `points`; every point left out lies within `within` of the segment that replaces it.
 *
 * Source: D. Douglas, T. Peucker, Cartographica 10 (1973) 112–122; without recursion, so that a long stroke can't overflow.
 */
export const simplified = <P extends Point>(points: readonly P[], within: number): P[] => {
  if (points.length < 3) return [...points]
  const keep = new Uint8Array(points.length)
  keep[0] = keep[points.length - 1] = 1
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    let worst = within
    let at = -1
    for (let i = from + 1; i < to; i++) {
      const d = distanceToSegment(points[i] as P, points[from] as P, points[to] as P)
      if (d > worst) {
        worst = d
        at = i
      }
    }
    if (at < 0) continue
    keep[at] = 1
    spans.push([from, at], [at, to])
  }
  return points.filter((_, i) => keep[i] === 1)
}

/** Simplified as little as it takes to have at most `most` points (≥ 2). */
export const simplifiedTo = <P extends Point>(points: readonly P[], within: number, most: number): P[] => {
  let tolerance = within > 0 ? within : 1e-6
  let line = simplified(points, within)
  while (line.length > most) {
    tolerance *= 2
    line = simplified(points, tolerance)
  }
  return line
}
