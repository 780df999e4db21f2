import type { Says } from '../../shared/domain/mark.ts'
import type { Level } from '../../shared/pattern/operation.ts'
import { BADGE_PX, COLOURS, FONT, LEVEL_COLOURS, PIN_PX, SAYS_COLOURS } from './looks.ts'

export interface BadgeLook {
  /** What somebody says, or the type of what they propose. */
  readonly is: Says | Level
  /** Settled or carried out; or closed without a change; null while it is open. */
  readonly end: 'done' | 'closed' | null
  readonly unsaved: boolean
  /** A pin has a stem down to its point. */
  readonly pin: boolean
}

/** Screen pixels from the edge of a picture to the middle of its badge. */
export const REACH_PX = BADGE_PX + 5
/** Width of a stem, in screen pixels. */
export const STEM_PX = 2
/** How much is left to see of what has ended. */
export const ENDED_ALPHA = 0.55

const isLevel = (is: Says | Level): is is Level => Object.hasOwn(LEVEL_COLOURS, is)
export const colourOf = (is: Says | Level) => (isLevel(is) ? LEVEL_COLOURS[is] : SAYS_COLOURS[is])

/** Each type has a form of its own besides its colour: a circle, a diamond, a speech flag; a tag for every proposal. */
const outline = (ctx: CanvasRenderingContext2D, is: Says | Level, r: number): void => {
  ctx.beginPath()
  switch (is) {
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
    default:
      ctx.moveTo(-r * 0.6, -r * 1.1)
      ctx.lineTo(r * 0.6, -r * 1.1)
      ctx.lineTo(r * 1.3, 0)
      ctx.lineTo(r * 0.6, r * 1.1)
      ctx.lineTo(-r * 0.6, r * 1.1)
      ctx.lineTo(-r * 1.3, 0)
      ctx.closePath()
  }
}

const glyph = (ctx: CanvasRenderingContext2D, { is, end }: BadgeLook): void => {
  ctx.strokeStyle = ctx.fillStyle = COLOURS.white
  ctx.lineWidth = 1.8
  ctx.lineCap = ctx.lineJoin = 'round'
  ctx.beginPath()
  if (end === 'done') {
    ctx.moveTo(-4, 0.3)
    ctx.lineTo(-1.2, 3.2)
    ctx.lineTo(4.2, -3)
    ctx.stroke()
    return
  }
  if (end === 'closed') {
    ctx.moveTo(-3.4, -3.4)
    ctx.lineTo(3.4, 3.4)
    ctx.moveTo(-3.4, 3.4)
    ctx.lineTo(3.4, -3.4)
    ctx.stroke()
    return
  }
  switch (is) {
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
    case 'puntada':
      ctx.moveTo(-6.6, 2.6)
      for (const [x, y] of [
        [-3.3, -2.6],
        [0, 2.6],
        [3.3, -2.6],
        [6.6, 2.6],
      ] as const)
        ctx.lineTo(x, y)
      ctx.stroke()
      break
    case 'corte':
      for (const side of [-1, 1]) {
        ctx.moveTo(-1.9, side * 3.4)
        ctx.arc(-4, side * 3.4, 2.1, 0, 2 * Math.PI)
        ctx.moveTo(-2.2, side * 2.4)
        ctx.lineTo(6.4, side * -3.6)
      }
      ctx.stroke()
      break
    case 'diseno':
      // A swatch with its dots.
      ctx.rect(-4.4, -4.4, 8.8, 8.8)
      ctx.stroke()
      for (const [x, y] of [
        [-1.7, -1.7],
        [1.9, 0.2],
        [-1, 2.2],
      ] as const) {
        ctx.beginPath()
        ctx.arc(x, y, 1.1, 0, 2 * Math.PI)
        ctx.fill()
      }
      break
  }
}

const draw = (ctx: CanvasRenderingContext2D, look: BadgeLook): void => {
  const { is, end, unsaved, pin } = look
  const colour = colourOf(is)
  ctx.globalAlpha = end ? ENDED_ALPHA : 1
  if (pin) {
    ctx.strokeStyle = colour.line
    ctx.lineWidth = STEM_PX
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
  outline(ctx, is, BADGE_PX)
  ctx.fillStyle = end === 'done' ? COLOURS.done : end === 'closed' ? COLOURS.inkSoft : colour.fill
  ctx.fill()
  ctx.strokeStyle = COLOURS.white
  ctx.lineWidth = 1.5
  ctx.stroke()
  glyph(ctx, look)
}

const pictures = new Map<string, HTMLCanvasElement>()

/** Badges are drawn once each and stamped after that: two thousand of them a frame would be too many paths. */
export const badge = (look: BadgeLook, pixels: number): HTMLCanvasElement => {
  const key = `${look.is}${look.end}${look.unsaved}${look.pin}${pixels}`
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
