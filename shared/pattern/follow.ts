import { lengthOf, nearestOn, pointAt } from './curve.ts'
import { type Layout, toPattern, toSheet } from './layout.ts'
import { edgeOf, type Pattern, type Vec } from './model.ts'
import { contains, outlineOf } from './ring.ts'

/** A pattern as it lies on its sheet. */
export interface Laid {
  readonly pattern: Pattern
  readonly layout: Layout
}

/** A mark belongs to an edge that it is this near to, mm. */
const NEAR = 15

/** Null where it is no step, mm. */
const stepOf = (from: Vec, to: Vec): Vec | null => {
  const step = { x: to.x - from.x, y: to.y - from.y }
  return Math.hypot(step.x, step.y) < 0.005 ? null : step
}

/**
 * How what is pinned near an edge follows it to another version: by as much as the edge moved at the same share of its length,
 * in the base size. What lies in a piece and near no edge of it, or near one that is gone, goes with the piece where that was laid elsewhere; the rest stays.
 *
 * @returns for the points of one mark, in sheet mm (y down), the step that it takes; null where it takes none.
 */
export const follow = (before: Laid, after: Laid): ((points: readonly Vec[]) => Vec | null) => {
  const edges = before.pattern.pieces.flatMap((piece) => {
    const shape = piece.shapes[before.pattern.base]
    const at = before.layout.at[piece.id]
    if (!shape || !at) return []
    return piece.edges.flatMap(({ id }, i) => {
      const run = shape.runs[i]
      return run ? [{ id, run, piece: piece.id, at }] : []
    })
  })
  const pieces = before.pattern.pieces.flatMap((piece) => {
    const shape = piece.shapes[before.pattern.base]
    return shape && before.layout.at[piece.id] ? [{ id: piece.id, outline: outlineOf(shape) }] : []
  })
  return (points) => {
    let best: { readonly edge: (typeof edges)[number]; readonly s: number; readonly distance: number } | null = null
    for (const edge of edges)
      for (const p of points) {
        const { s, distance } = nearestOn(edge.run, { x: p.x - edge.at.x, y: edge.at.y - p.y })
        if (distance <= NEAR && (best === null || distance < best.distance)) best = { edge, s, distance }
      }
    const there = best && edgeOf(after.pattern, best.edge.id)
    const run = there?.piece.shapes[after.pattern.base]?.runs[there.index]
    if (!best || !there || !run || !after.layout.at[there.piece.id]) {
      const piece =
        best?.edge.piece ??
        pieces.find(({ id, outline }) => points.some((p) => contains(outline, toPattern(before.layout, id, p))))?.id
      const [was, is] = [piece && before.layout.at[piece], piece && after.layout.at[piece]]
      return was && is ? stepOf(was, is) : null
    }
    const { edge, s } = best
    const length = lengthOf(edge.run)
    const share = length > 0 ? s / length : 0
    const from = toSheet(before.layout, edge.piece, pointAt(edge.run, s))
    const to = toSheet(after.layout, there.piece.id, pointAt(run, share * lengthOf(run)))
    return stepOf(from, to)
  }
}
