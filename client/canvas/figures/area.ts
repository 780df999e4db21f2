import { SAYS_COLOURS } from '../looks.ts'
import { figureKind } from './figure.ts'
import { inkFor, lineThrough, stampBadge } from './parts.ts'

export const area = figureKind((ctx, what, brush) => {
  inkFor(ctx, what, brush)
  ctx.beginPath()
  lineThrough(ctx, what.points)
  ctx.closePath()
  ctx.fillStyle = SAYS_COLOURS[what.mark.words.says].wash
  ctx.fill()
  ctx.stroke()
  ctx.setLineDash([])
  ctx.globalAlpha = 1
  stampBadge(ctx, what, what.points[0]!, brush)
})
