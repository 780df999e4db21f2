import type { Says } from '../../shared/domain/mark.ts'
import { BADGE_PX, COLOURS, FONT, PIN_PX, SAYS_COLOURS } from './looks.ts'

export interface BadgeLook {
  readonly says: Says
  readonly resolved: boolean
  readonly unsaved: boolean
  /** A pin has a stem down to its point. */
  readonly pin: boolean
}

/** Screen pixels from the edge of a picture to the middle of its badge. */
export const REACH_PX = BADGE_PX + 5

/** Each type has a form of its own besides its colour: a circle, a diamond, a speech flag. */
const outline = (ctx: CanvasRenderingContext2D, says: Says, r: number): void => {
  ctx.beginPath()
  switch (says) {
    case 'noto':
      ctx.arc(0, 0, r, 0, 2 * Math.PI)
      break
    case 'pregunto':
      ctx.moveTo(0, -r * 1.25)
      ctx.lineTo(r * 1.25, 0)
      ctx.lineTo(0, r * 1.25)
      ctx.lineTo(-r * 1.25, 0)
      ctx.closePath()
      break
    case 'sugiero':
      ctx.roundRect(-r, -r, 2 * r, 2 * r, r * 0.35)
      break
  }
}

const glyph = (ctx: CanvasRenderingContext2D, says: Says, resolved: boolean): void => {
  ctx.strokeStyle = ctx.fillStyle = COLOURS.white
  ctx.lineWidth = 1.8
  ctx.lineCap = ctx.lineJoin = 'round'
  ctx.beginPath()
  if (resolved) {
    ctx.moveTo(-4, 0.3)
    ctx.lineTo(-1.2, 3.2)
    ctx.lineTo(4.2, -3)
    ctx.stroke()
    return
  }
  switch (says) {
    case 'noto':
      ctx.ellipse(0, 0, 5.4, 3.4, 0, 0, 2 * Math.PI)
      ctx.stroke()
      ctx.beginPath()
      ctx.arc(0, 0, 1.5, 0, 2 * Math.PI)
      ctx.fill()
      break
    case 'pregunto':
      ctx.font = `700 13px ${FONT}`
      ctx.textAlign = 'center'
      ctx.textBaseline = 'middle'
      ctx.fillText('?', 0, 0.8)
      break
    case 'sugiero':
      ctx.moveTo(-4, 3.5)
      ctx.lineTo(3.6, -4)
      ctx.moveTo(-1, -4)
      ctx.lineTo(3.6, -4)
      ctx.lineTo(3.6, 0.6)
      ctx.stroke()
      break
  }
}

const draw = (ctx: CanvasRenderingContext2D, { says, resolved, unsaved, pin }: BadgeLook): void => {
  const colour = SAYS_COLOURS[says]
  ctx.globalAlpha = resolved ? 0.55 : 1
  if (pin) {
    ctx.strokeStyle = colour.line
    ctx.lineWidth = 2
    ctx.beginPath()
    ctx.moveTo(0, BADGE_PX)
    ctx.lineTo(0, PIN_PX)
    ctx.stroke()
  }
  if (unsaved) {
    ctx.strokeStyle = colour.line
    ctx.lineWidth = 1.5
    ctx.setLineDash([3, 3])
    ctx.beginPath()
    ctx.arc(0, 0, BADGE_PX + 3.5, 0, 2 * Math.PI)
    ctx.stroke()
    ctx.setLineDash([])
  }
  outline(ctx, says, BADGE_PX)
  ctx.fillStyle = resolved ? COLOURS.done : colour.fill
  ctx.fill()
  ctx.strokeStyle = COLOURS.white
  ctx.lineWidth = 1.5
  ctx.stroke()
  glyph(ctx, says, resolved)
}

const pictures = new Map<string, HTMLCanvasElement>()

/** Badges are drawn once each and stamped after that: two thousand of them a frame would be too many paths. */
export const badge = (look: BadgeLook, pixels: number): HTMLCanvasElement => {
  const key = `${look.says}${look.resolved}${look.unsaved}${look.pin}${pixels}`
  let picture = pictures.get(key)
  if (!picture) {
    picture = document.createElement('canvas')
    picture.width = Math.ceil(2 * REACH_PX * pixels)
    picture.height = Math.ceil((REACH_PX + Math.max(REACH_PX, PIN_PX + 2)) * pixels)
    const ctx = picture.getContext('2d')
    if (ctx) {
      ctx.scale(pixels, pixels)
      ctx.translate(REACH_PX, REACH_PX)
      draw(ctx, look)
    }
    pictures.set(key, picture)
  }
  return picture
}
