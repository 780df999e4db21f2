import { lengthOf, pointAt, tangentAt } from '../curve.ts'
import type { Run, Vec } from '../model.ts'
import { fromSegment } from './curves.ts'

/** Allowances beyond this are other lines, mm. */
const WIDEST = 80
const SAMPLES = 9
/** Files round to hundredths and offset curves by approximation: a measured width this near to half a millimetre is that, mm. */
const SNAP = 0.12

type Line = readonly Vec[]

/** Where a ray first meets a line, as a distance along it; null where it does not within `WIDEST`. */
const meets = (from: Vec, along: Vec, lines: readonly Line[]): number | null => {
  let first: number | null = null
  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const a = line[i - 1] as Vec
      const b = line[i] as Vec
      const ex = b.x - a.x
      const ey = b.y - a.y
      const det = along.x * ey - along.y * ex
      if (Math.abs(det) < 1e-12) continue
      const t = ((a.x - from.x) * ey - (a.y - from.y) * ex) / det
      const u = ((a.x - from.x) * along.y - (a.y - from.y) * along.x) / det
      if (t < -0.02 || t > WIDEST || u < -1e-9 || u > 1 + 1e-9) continue
      if (first === null || t < first) first = Math.max(0, t)
    }
  return first
}

const nearest = (p: Vec, line: Line): number => {
  let least = Infinity
  for (let i = 1; i < line.length; i++) least = Math.min(least, fromSegment(p, line[i - 1] as Vec, line[i] as Vec))
  return least
}

/** A measured width, mm, and by how much its samples differ. */
export interface Width {
  readonly mm: number
  readonly spread: number
}

/**
 * Width between an edge and the line that runs beside it, mm; null where none does along most of the edge. A foot of the measure
 * that is nearer to another part of the outline belongs to that one and does not count.
 *
 * @param side 1 looks outwards (right of a counter-clockwise run), −1 inwards.
 */
export const widthBeside = (run: Run, outline: Line, lines: readonly Line[], side: 1 | -1): Width | null => {
  const whole = lengthOf(run)
  if (!(whole > 0)) return null
  const ring = [...outline, outline[0] as Vec]
  const found: number[] = []
  for (let i = 0; i < SAMPLES; i++) {
    const s = whole * (0.1 + (0.8 * i) / (SAMPLES - 1))
    const at = pointAt(run, s)
    const along = tangentAt(run, s)
    const out = { x: along.y * side, y: -along.x * side }
    const width = meets(at, out, lines)
    if (width === null) continue
    const foot = { x: at.x + out.x * width, y: at.y + out.y * width }
    if (nearest(foot, ring) >= width - Math.max(0.3, width * 0.03)) found.push(width)
  }
  if (found.length * 2 <= SAMPLES) return null
  found.sort((a, b) => a - b)
  const width = found[found.length >> 1] as number
  const half = Math.round(width * 2) / 2
  return {
    mm: Math.abs(width - half) <= SNAP ? half : Math.round(width * 10) / 10,
    spread: (found.at(-1) as number) - (found[0] as number),
  }
}

/** An even line's samples differ by less than this, mm; an uneven one stands for a width this near to it that the piece has elsewhere. */
const EVEN = 0.25
const NEAR = 1

/**
 * Widths as they were meant: programs offset curves by approximation, straight lines exactly, so an uneven width is taken for the even one
 * of the same piece that is nearest to it.
 */
export const meant = (widths: readonly (Width | null)[]): (number | null)[] => {
  const even = widths.flatMap((width) => (width !== null && width.spread <= EVEN ? [width.mm] : []))
  return widths.map((width) => {
    if (width === null || width.spread <= EVEN) return width?.mm ?? null
    const nearest = even.toSorted((a, b) => Math.abs(a - width.mm) - Math.abs(b - width.mm))[0]
    return nearest !== undefined && Math.abs(nearest - width.mm) <= NEAR ? nearest : width.mm
  })
}
