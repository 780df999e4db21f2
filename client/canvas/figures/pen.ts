import { getStroke } from 'perfect-freehand'
import { LINE_PX, SAYS_COLOURS } from '../looks.ts'
import { figureKind, type Laid, type ShapeOf } from './figure.ts'
import { inkFor, stampBadge } from './parts.ts'

interface At {
  readonly x: number
  readonly y: number
}

/** A line that bends through the middles between its points, so that a thinned stroke is smooth again. */
export const smoothPath = (points: readonly At[]): Path2D => {
  const path = new Path2D()
  const first = points[0]
  if (!first) return path
  path.moveTo(first.x, first.y)
  for (let i = 1; i < points.length - 1; i++) {
    const p = points[i]!
    const next = points[i + 1]!
    path.quadraticCurveTo(p.x, p.y, (p.x + next.x) / 2, (p.y + next.y) / 2)
  }
  const last = points.at(-1)!
  path.lineTo(last.x, last.y)
  return path
}

/** The outline of a stroke with pressure; `width` in the unit of the points. */
export const pressedPath = (points: readonly (At & { readonly pressure: number })[], width: number): Path2D => {
  const outline = getStroke(points as { x: number; y: number; pressure: number }[], {
    size: width,
    thinning: 0.7,
    smoothing: 0.5,
    streamline: 0.2,
    simulatePressure: false,
    last: true,
  })
  const path = smoothPath(outline.map(([x, y]) => ({ x: x ?? 0, y: y ?? 0 })))
  path.closePath()
  return path
}

/** Whether a device told a pressure: without one every point has the same. */
export const hasPressure = (shape: ShapeOf<'pen'>): boolean => {
  const first = shape.points[0]?.pressure
  return shape.points.some(({ pressure }) => pressure !== first)
}

/** A pressed stroke is as wide as twice a plain one where the hand is heaviest. */
export const PRESSED_PX = LINE_PX * 2.2

const pressuresOnBoard = (what: Laid): (At & { pressure: number })[] => {
  const { points } = what.mark.shape as ShapeOf<'pen'>
  return what.points.map((p, i) => ({ x: p.x, y: p.y, pressure: points[i]!.pressure }))
}

export const pen = figureKind((ctx, what, brush, memory) => {
  inkFor(ctx, what, brush)
  if (what.points.length === 1) {
    memory.path ??= smoothPath([what.points[0]!, what.points[0]!])
    ctx.lineWidth = (2 * LINE_PX) / brush.scale
    ctx.stroke(memory.path)
  } else if (hasPressure(what.mark.shape as ShapeOf<'pen'>)) {
    // As wide on the screen at every zoom, to within a half step; made again only when the zoom has doubled.
    const at = 2 ** Math.round(Math.log2(brush.scale))
    if (!memory.path || memory.at !== at) {
      memory.path = pressedPath(pressuresOnBoard(what), PRESSED_PX / at)
      memory.at = at
    }
    ctx.fillStyle = SAYS_COLOURS[what.mark.words.says].line
    ctx.fill(memory.path)
  } else {
    memory.path ??= smoothPath(what.points)
    ctx.stroke(memory.path)
  }
  ctx.setLineDash([])
  ctx.globalAlpha = 1
  stampBadge(ctx, what, what.points[0]!, brush)
})
