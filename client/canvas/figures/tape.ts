import { lengthOf } from '../../../shared/domain/geometry.ts'
import { SAYS_COLOURS } from '../looks.ts'
import { type Brush, figureKind, type Laid } from './figure.ts'
import { inkFor, label, lineThrough, midStretch, stampBadge } from './parts.ts'

/** Half a cross stroke at each point, in screen pixels. */
const END_PX = 7
/** A tape shorter than this on the screen has no room for its number. */
const READABLE_PX = 40

const across = (ctx: CanvasRenderingContext2D, what: Laid, brush: Brush): void => {
  const { points } = what
  const half = END_PX / brush.scale
  ctx.beginPath()
  points.forEach((p, i) => {
    const before = points[Math.max(0, i - 1)]!
    const after = points[Math.min(points.length - 1, i + 1)]!
    const turn = Math.atan2(after.y - before.y, after.x - before.x) + Math.PI / 2
    ctx.moveTo(p.x - half * Math.cos(turn), p.y - half * Math.sin(turn))
    ctx.lineTo(p.x + half * Math.cos(turn), p.y + half * Math.sin(turn))
  })
  ctx.stroke()
}

export const tape = figureKind((ctx, what, brush) => {
  inkFor(ctx, what, brush)
  ctx.beginPath()
  lineThrough(ctx, what.points)
  ctx.stroke()
  ctx.setLineDash([])
  across(ctx, what, brush)
  const length = lengthOf(what.mark.shape) * what.sheet.mmPerUnit
  if (length * brush.scale >= READABLE_PX)
    label(
      ctx,
      brush.length(length, what.sheet),
      midStretch(what.points),
      brush.scale,
      SAYS_COLOURS[what.mark.words.says].line,
    )
  ctx.globalAlpha = 1
  stampBadge(ctx, what, what.points[0]!, brush)
})
