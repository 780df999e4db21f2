import { SAYS_COLOURS } from '../looks.ts'
import { figureKind } from './figure.ts'
import { arrowHead, inkFor, lineThrough, stampBadge } from './parts.ts'

/** Screen pixels of its head. */
const HEAD_PX = 13

export const arrow = figureKind((ctx, what, brush) => {
  const [from, to] = what.points as [(typeof what.points)[number], (typeof what.points)[number]]
  inkFor(ctx, what, brush)
  ctx.beginPath()
  lineThrough(ctx, what.points)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.fillStyle = SAYS_COLOURS[what.mark.words.says].line
  arrowHead(ctx, from, to, HEAD_PX / brush.scale)
  ctx.globalAlpha = 1
  stampBadge(ctx, what, from, brush)
})
