import { drawnOf, lengthOf, pointAt, tangentAt } from '../curve.ts'
import type { Run, Vec } from '../model.ts'
import { type Box, boxOf } from './points.ts'

/** Farther than this from the cut line no sew line runs, mm. */
const FARTHEST = 80
/** Allowances of one edge that differ by more than this are no one number, mm. */
const UNEVEN = 0.5
/** Curves that are known by their key points alone lie this far off, mm. */
const ROUNDING = 0.1
const SAMPLES = 5
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
  const lines = edges.map((edge) => ({ line: drawnOf(edge), box: boxOf(drawnOf(edge)) }))
  const size = lines.reduce((sum, { line }) => sum + line.length, 0)
  const hits: number[][] = edges.map(() => [])
  for (const run of sew) {
    // A closed line runs along all edges, an open one along one of them.
    const closed = sew.length < edges.length / 2
    const samples = closed ? SAMPLES * edges.length : SAMPLES
    work.left -= size * samples
    if (work.left < 0) return { mm: none, uneven: 0 }
    const length = lengthOf(run)
    for (let i = 0; i < samples; i++) {
      const s = ((i + 0.5) / samples) * length
      const hit = across(lines, pointAt(run, s), tangentAt(run, s))
      if (hit) hits[hit.edge]!.push(hit.distance)
    }
  }
  let uneven = 0
  const mm = hits.map((distances, edge): number | null => {
    if (distances.length === 0) return null
    const sorted = distances.sort((a, b) => a - b)
    const median = sorted[sorted.length >> 1]!
    const [low, high] = [sorted[Math.floor(sorted.length * 0.2)]!, sorted[Math.floor(sorted.length * 0.8)]!]
    if (edge !== fold && high - low > UNEVEN) uneven++
    return typed(median)
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
const across = (
  lines: readonly { readonly line: readonly Vec[]; readonly box: Box }[],
  p: Vec,
  along: Vec,
): Hit | null => {
  let best: Hit | null = null
  for (const [edge, { line, box }] of lines.entries()) {
    const reach = best?.distance ?? FARTHEST
    if (p.x < box.left - reach || p.x > box.right + reach || p.y < box.low - reach || p.y > box.high + reach) continue
    for (let i = 1; i < line.length; i++) {
      const [c, d] = [line[i - 1]!, line[i]!]
      const [dx, dy] = [d.x - c.x, d.y - c.y]
      const square = dx * dx + dy * dy
      const s = (p.x - c.x) * dx + (p.y - c.y) * dy
      if (square === 0 || s < 0 || s > square) continue
      const length = Math.sqrt(square)
      const distance = Math.abs((p.x - c.x) * dy - (p.y - c.y) * dx) / length
      if (distance > FARTHEST || (best && distance >= best.distance)) continue
      if (Math.abs(along.x * dx + along.y * dy) / length < PARALLEL) continue
      best = { edge, distance }
    }
  }
  return best
}

/** What people type: half millimetres and sixteenths of an inch, where the measured distance is one of them but for its rounding. */
const typed = (mm: number): number => {
  for (const step of [0.5, 25.4 / 16]) {
    const near = Math.round(mm / step) * step
    if (Math.abs(near - mm) <= ROUNDING) return Math.round(near * 1e4) / 1e4
  }
  return Math.round(mm * 100) / 100
}
