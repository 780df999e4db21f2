import { drawnOf, pointAt } from '../curve.ts'
import type { Run, Vec } from '../model.ts'

/** Farther than this from the cut line no sew line runs, mm. */
const FARTHEST = 80
/** Allowances of one edge that differ by more than this are no one number, mm. */
const UNEVEN = 0.5
const PARALLEL = Math.cos((12 * Math.PI) / 180)

interface Hit {
  readonly edge: number
  readonly distance: number
}

/**
 * The allowance of each edge: how far the sew lines that run along it lie from it, the median over places on them. Null for an edge
 * along which no sew line runs; 0 where the others have one and this one's is the edge itself.
 */
export const allowancesOf = (
  edges: readonly Run[],
  sew: readonly Run[],
  fold: number,
  work: { left: number },
): { mm: (number | null)[]; uneven: number } => {
  const none = edges.map(() => null)
  if (sew.length === 0) return { mm: none, uneven: 0 }
  const lines = edges.map(drawnOf)
  const size = lines.reduce((sum, line) => sum + line.length, 0)
  const hits: number[][] = edges.map(() => [])
  for (const run of sew) {
    const line = drawnOf(run)
    work.left -= size * line.length * 3
    if (work.left < 0) return { mm: none, uneven: 0 }
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!]
      for (const t of [0.25, 0.5, 0.75]) {
        const hit = across(lines, a, b, t)
        if (hit) hits[hit.edge]!.push(hit.distance)
      }
    }
  }
  let uneven = 0
  const mm = hits.map((distances, edge): number | null => {
    if (distances.length === 0) return null
    const sorted = distances.sort((a, b) => a - b)
    const median = sorted[sorted.length >> 1]!
    const [low, high] = [sorted[Math.floor(sorted.length * 0.2)]!, sorted[Math.floor(sorted.length * 0.8)]!]
    if (edge !== fold && high - low > UNEVEN) uneven++
    return Math.round(median * 1000) / 1000
  })
  // An edge without a line of its own is sewn where it is cut, as long as no sew line runs elsewhere along it.
  return { mm: mm.map((one, edge) => one ?? (reached(edges[edge]!, sew) ? 0 : null)), uneven }
}

/** Whether both ends of an edge are ends or points of sew lines: there the sew line is the edge. */
const reached = (edge: Run, sew: readonly Run[]): boolean => {
  const middle = pointAt(edge, 0)
  const end = edge.keys.at(-1)!
  const touches = (p: Vec): boolean =>
    sew.some(({ keys }) => keys.some((key) => Math.hypot(key.x - p.x, key.y - p.y) < 0.05))
  return touches(middle) && touches(end)
}

/** The edge beside a place on a sew line, where it runs the same way, and how far away it is. */
const across = (lines: readonly (readonly Vec[])[], a: Vec, b: Vec, t: number): Hit | null => {
  const p = { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (length === 0) return null
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  let best: Hit | null = null
  for (const [edge, line] of lines.entries()) {
    for (let i = 1; i < line.length; i++) {
      const [c, d] = [line[i - 1]!, line[i]!]
      const [dx, dy] = [d.x - c.x, d.y - c.y]
      const along = Math.hypot(dx, dy)
      if (along === 0) continue
      const s = ((p.x - c.x) * dx + (p.y - c.y) * dy) / (along * along)
      if (s < 0 || s > 1) continue
      const distance = Math.abs((p.x - c.x) * dy - (p.y - c.y) * dx) / along
      if (distance > FARTHEST || (best && distance >= best.distance)) continue
      if (Math.abs(ux * dx + uy * dy) / along < PARALLEL) continue
      best = { edge, distance }
    }
  }
  return best
}
