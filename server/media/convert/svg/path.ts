import svgpath from 'svgpath'
import type { Segment } from '../../../../shared/pattern/svg/tree.ts'
import { move } from './matrix.ts'
import type { Matrix } from './model.ts'

/** Coordinates beyond this (a kilometre) are mistakes or attacks. */
const FARTHEST = 1e6

/** Path data into moves, lines and cubic curves, in the units it is written in; null when it is broken. */
export const readPath = (data: string): Segment[] | null => {
  const path = svgpath(data) as ReturnType<typeof svgpath> & { err?: string }
  if (path.err) return null
  const segments: Segment[] = []
  path
    .abs()
    .unarc()
    .unshort()
    .iterate((segment, _index, x, y) => {
      const [command, ...n] = segment as [string, ...number[]]
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = n
      if (command === 'M') segments.push(['M', a, b])
      else if (command === 'L') segments.push(['L', a, b])
      else if (command === 'H') segments.push(['L', a, y])
      else if (command === 'V') segments.push(['L', x, a])
      else if (command === 'C') segments.push(['C', a, b, c, d, e, f])
      else if (command === 'Q')
        // Exact: a quadratic is the cubic whose control points lie two thirds of the way to its own.
        segments.push([
          'C',
          x + (2 / 3) * (a - x),
          y + (2 / 3) * (b - y),
          c + (2 / 3) * (a - c),
          d + (2 / 3) * (b - d),
          c,
          d,
        ])
      else segments.push(['Z'])
    })
  return segments
}

/** Moved by an affine map, which takes control points to control points; null when a coordinate is impossible. */
export const moved = (segments: readonly Segment[], matrix: Matrix): Segment[] | null => {
  const out: Segment[] = []
  for (const segment of segments) {
    if (segment[0] === 'Z') {
      out.push(segment)
      continue
    }
    const points: number[] = []
    for (let i = 1; i < segment.length; i += 2) {
      const [x, y] = move(matrix, segment[i] as number, segment[i + 1] as number)
      if (!(Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST)) return null
      points.push(x, y)
    }
    out.push([segment[0], ...points] as unknown as Segment)
  }
  return out
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Around all control points, so never too small. */
export const boxAround = (segments: readonly Segment[]): Box | null => {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const segment of segments)
    for (let i = 1; i < segment.length; i += 2) {
      left = Math.min(left, segment[i] as number)
      right = Math.max(right, segment[i] as number)
      top = Math.min(top, segment[i + 1] as number)
      bottom = Math.max(bottom, segment[i + 1] as number)
    }
  return left <= right ? { left, top, right, bottom } : null
}

/** A corner of a path with the directions in which it comes and goes, radians. */
export interface Vertex {
  readonly x: number
  readonly y: number
  readonly comes: number
  readonly goes: number
}

/** Where markers stand. */
export const verticesOf = (segments: readonly Segment[]): Vertex[] => {
  const points: { x: number; y: number; comes: number | null; goes: number | null }[] = []
  let startX = 0
  let startY = 0
  const arrive = (x: number, y: number, fromX: number, fromY: number, outX: number, outY: number) => {
    const last = points.at(-1)
    if (last !== undefined) last.goes = Math.atan2(outY - last.y, outX - last.x)
    points.push({ x, y, comes: Math.atan2(y - fromY, x - fromX), goes: null })
  }
  for (const segment of segments) {
    const last = points.at(-1)
    if (segment[0] === 'M') {
      points.push({ x: segment[1], y: segment[2], comes: null, goes: null })
      startX = segment[1]
      startY = segment[2]
    } else if (last === undefined) continue
    else if (segment[0] === 'L') arrive(segment[1], segment[2], last.x, last.y, segment[1], segment[2])
    else if (segment[0] === 'Z') arrive(startX, startY, last.x, last.y, startX, startY)
    else {
      const [, a, b, c, d, x, y] = segment
      const flatStart = a === last.x && b === last.y
      const flatEnd = c === x && d === y
      arrive(x, y, flatEnd ? a : c, flatEnd ? b : d, flatStart ? c : a, flatStart ? d : b)
    }
  }
  return points.map(({ x, y, comes, goes }) => ({ x, y, comes: comes ?? goes ?? 0, goes: goes ?? comes ?? 0 }))
}

/** A path as points along it, curves cut into sixteen chords: for laying text on it. */
export const flatten = (segments: readonly Segment[]): { x: number; y: number }[] => {
  const points: { x: number; y: number }[] = []
  for (const segment of segments) {
    const last = points.at(-1)
    if (segment[0] === 'Z') {
      if (points[0] !== undefined) points.push(points[0])
    } else if (segment[0] === 'C' && last !== undefined) {
      const [, a, b, c, d, x, y] = segment
      for (let i = 1; i <= 16; i++) {
        const t = i / 16
        const s = 1 - t
        points.push({
          x: s * s * s * last.x + 3 * s * s * t * a + 3 * s * t * t * c + t * t * t * x,
          y: s * s * s * last.y + 3 * s * s * t * b + 3 * s * t * t * d + t * t * t * y,
        })
      }
    } else if (segment[0] !== 'C') points.push({ x: segment[1], y: segment[2] })
  }
  return points
}
