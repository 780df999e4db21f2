import { type BadgeLook, badge, colourOf, ENDED_ALPHA, REACH_PX, STEM_PX } from '../badge.ts'
import { UPRIGHT } from '../fan.ts'
import { COLOURS, FONT, LINE_PX, SAYS_COLOURS } from '../looks.ts'
import type { Brush, Laid } from './figure.ts'

interface At {
  readonly x: number
  readonly y: number
}

/** The stem of a badge that leans; one that stands upright has its own in its picture. */
const drawStem = (
  ctx: CanvasRenderingContext2D,
  at: At,
  head: At,
  scale: number,
  { is, end }: Pick<BadgeLook, 'is' | 'end'>,
): void => {
  ctx.globalAlpha = end ? ENDED_ALPHA : 1
  ctx.strokeStyle = colourOf(is).line
  ctx.lineWidth = STEM_PX / scale
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.moveTo(at.x, at.y)
  ctx.lineTo(at.x + head.x / scale, at.y + head.y / scale)
  ctx.stroke()
  ctx.globalAlpha = 1
}

/** Stamps the badge of a mark at a point, or above it on a stem, as large on the screen at every zoom. */
export const stampBadge = (
  ctx: CanvasRenderingContext2D,
  what: Laid,
  at: At,
  brush: Brush,
  look: Partial<Omit<BadgeLook, 'unsaved'>> = {},
): void => {
  const { words, resolved } = what.mark
  const { is = words.says, end = resolved ? 'done' : null, pin = false } = look
  const head = pin ? brush.head(what.mark.id) : { x: 0, y: 0 }
  const isLeaning = pin && head !== UPRIGHT
  if (isLeaning) drawStem(ctx, at, head, brush.scale, { is, end })
  const picture = badge({ is, end, pin: pin && !isLeaning, unsaved: what.unsaved }, brush.pixels)
  const k = 1 / (brush.scale * brush.pixels)
  ctx.drawImage(
    picture,
    at.x + (head.x - REACH_PX) / brush.scale,
    at.y + (head.y - REACH_PX) / brush.scale,
    picture.width * k,
    picture.height * k,
  )
}

/** Line colour, width and dash of a mark; a resolved one is dimmed, one that is not on disk yet is dashed. */
export const inkFor = (ctx: CanvasRenderingContext2D, what: Laid, brush: Brush): void => {
  const { words, resolved } = what.mark
  ctx.strokeStyle = SAYS_COLOURS[words.says].line
  ctx.globalAlpha = resolved ? 0.4 : 1
  ctx.lineWidth = LINE_PX / brush.scale
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.setLineDash(what.unsaved ? [6 / brush.scale, 5 / brush.scale] : [])
}

export const lineThrough = (ctx: CanvasRenderingContext2D | Path2D, points: readonly At[]): void => {
  points.forEach((p, i) => {
    if (i === 0) ctx.moveTo(p.x, p.y)
    else ctx.lineTo(p.x, p.y)
  })
}

/** A head of an arrow at `to`, coming from `from`; `size` in the unit of the points. */
export const arrowHead = (ctx: CanvasRenderingContext2D, from: At, to: At, size: number): void => {
  const along = Math.atan2(to.y - from.y, to.x - from.x)
  ctx.beginPath()
  ctx.moveTo(to.x, to.y)
  for (const side of [-0.42, 0.42])
    ctx.lineTo(to.x - size * Math.cos(along + side), to.y - size * Math.sin(along + side))
  ctx.closePath()
  ctx.fill()
}

/** A label on paper, as large on the screen at every zoom. `at` is the middle of the label. */
export const label = (
  ctx: CanvasRenderingContext2D,
  text: string,
  at: At,
  scale: number,
  colour: string = COLOURS.ink,
): void => {
  ctx.save()
  ctx.translate(at.x, at.y)
  ctx.scale(1 / scale, 1 / scale)
  ctx.setLineDash([])
  ctx.font = `600 13px ${FONT}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  const width = ctx.measureText(text).width + 12
  ctx.fillStyle = COLOURS.panel
  ctx.strokeStyle = colour
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.roundRect(-width / 2, -10, width, 20, 4)
  ctx.fill()
  ctx.stroke()
  ctx.fillStyle = colour
  ctx.fillText(text, 0, 0.5)
  ctx.restore()
}

/** The middle of a line's longest stretch: the place of a label that must not lie on the points. */
export const midStretch = (points: readonly At[]): At => {
  let middle = points[0] ?? { x: 0, y: 0 }
  let longest = 0
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!
    const b = points[i]!
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    if (length <= longest) continue
    longest = length
    middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  }
  return middle
}
