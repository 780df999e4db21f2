import { type BoardPoint, lengthOf, toBoard } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { pointsOf, type Says, type Shape } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { type Head, isStemmed } from './fan.ts'
import type { Laid, ShapeOf } from './figures/figure.ts'
import { arrowHead, label, lineThrough, midStretch } from './figures/parts.ts'
import { hasPressure, PRESSED_PX, pressedPath, smoothPath } from './figures/pen.ts'
import { BADGE_PX, COLOURS, FONT, LINE_PX, PIN_PX, SAYS_COLOURS } from './looks.ts'
import { ticks, type Unit } from './ruler.ts'
import { type Size, toScreen, type Viewport } from './viewport.ts'

/** Somebody else as they are drawn. */
export interface Guest {
  readonly name: string
  readonly firm: string
  readonly colour: string
  /** Name and firm stand beside the cursor. */
  readonly labelled: boolean
  readonly cursor: BoardPoint | null
  readonly laser: boolean
  readonly drawing: { readonly sheet: Sheet; readonly shape: Shape } | null
  readonly selected: Laid | null
}

/** A point of light and when it was there, in milliseconds. */
export interface Glow {
  readonly at: BoardPoint
  readonly time: number
}

/** Everything that is drawn over the board and never in it. */
export interface Scene {
  readonly view: Viewport
  readonly size: Size
  readonly time: number
  readonly guests: readonly Guest[]
  readonly glows: readonly (readonly Glow[])[]
  readonly selected: Laid | null
  /** Points of the selected mark that can be taken hold of. */
  readonly handles: readonly BoardPoint[]
  readonly preview: { readonly sheet: Sheet; readonly shape: Shape } | null
  readonly says: Says
  readonly crosshair: BoardPoint | null
  /** Null where what lies there has no scale. */
  readonly unit: Unit | null
  length(mm: number, sheet: Sheet): string
  /** Where the badge of a mark on a stem is. */
  head(mark: MarkId): Head
}

/** How long a trail of light is seen, in milliseconds. */
export const GLOW_MS = 1000
/** Width of the rulers, in screen pixels. */
export const RULER_PX = 20

type Ctx = CanvasRenderingContext2D

const drawShape = (ctx: Ctx, scene: Scene, sheet: Sheet, shape: Shape, colour: string, withLength: boolean): void => {
  const at = pointsOf(shape).map((p) => toScreen(scene.view, toBoard(sheet, p)))
  ctx.strokeStyle = ctx.fillStyle = colour
  ctx.lineWidth = LINE_PX
  ctx.lineCap = ctx.lineJoin = 'round'
  const first = at[0]
  if (!first) return
  switch (shape.kind) {
    case 'pin':
    case 'proposal':
      ctx.beginPath()
      ctx.moveTo(first.x, first.y)
      ctx.lineTo(first.x, first.y - PIN_PX + BADGE_PX)
      ctx.stroke()
      ctx.beginPath()
      ctx.arc(first.x, first.y - PIN_PX, BADGE_PX, 0, 2 * Math.PI)
      ctx.fill()
      return
    case 'pen': {
      const pen = shape as ShapeOf<'pen'>
      if (at.length > 1 && hasPressure(pen)) {
        const pressed = at.map((p, i) => ({ ...p, pressure: pen.points[i]!.pressure }))
        ctx.fill(pressedPath(pressed, PRESSED_PX))
      } else ctx.stroke(smoothPath(at))
      return
    }
    default:
      ctx.beginPath()
      lineThrough(ctx, at)
      if (shape.kind === 'area') ctx.closePath()
      ctx.stroke()
      if (shape.kind === 'arrow' && at[1]) arrowHead(ctx, first, at[1], 13)
      for (const p of at) {
        ctx.beginPath()
        ctx.arc(p.x, p.y, 3, 0, 2 * Math.PI)
        ctx.fill()
      }
      if (shape.kind === 'tape' && withLength && lengthOf(shape) > 0) {
        const middle = midStretch(at)
        label(ctx, scene.length(lengthOf(shape) * sheet.mmPerUnit, sheet), { x: middle.x, y: middle.y - 18 }, 1, colour)
      }
  }
}

const drawSelected = (ctx: Ctx, { view, head }: Scene, { mark, points, box }: Laid, colour: string): void => {
  ctx.strokeStyle = colour
  ctx.lineWidth = 2
  ctx.setLineDash([])
  const corner = toScreen(view, box)
  const first = points[0]
  ctx.beginPath()
  if (isStemmed(mark) && first) {
    const p = toScreen(view, first)
    const { x, y } = head(mark.id)
    ctx.arc(p.x + x, p.y + y, BADGE_PX + 5, 0, 2 * Math.PI)
  } else ctx.roundRect(corner.x - 9, corner.y - 9, box.width * view.scale + 18, box.height * view.scale + 18, 6)
  ctx.stroke()
}

const drawHandles = (ctx: Ctx, { view, handles }: Scene): void => {
  ctx.fillStyle = COLOURS.white
  ctx.strokeStyle = COLOURS.focus
  ctx.lineWidth = 2
  for (const handle of handles) {
    const p = toScreen(view, handle)
    ctx.beginPath()
    ctx.rect(p.x - 5, p.y - 5, 10, 10)
    ctx.fill()
    ctx.stroke()
  }
}

/** A needle's tip with name and firm beside it. */
const drawGuest = (ctx: Ctx, { view, size }: Scene, guest: Guest): void => {
  if (!guest.cursor) return
  const p = toScreen(view, guest.cursor)
  if (p.x < -40 || p.y < -40 || p.x > size.width + 40 || p.y > size.height + 40) return
  ctx.save()
  ctx.translate(p.x, p.y)
  ctx.beginPath()
  ctx.moveTo(0, 0)
  ctx.lineTo(4.5, 15)
  ctx.lineTo(8, 9)
  ctx.lineTo(14.5, 8)
  ctx.closePath()
  ctx.fillStyle = guest.colour
  ctx.strokeStyle = COLOURS.white
  ctx.lineWidth = 1.5
  ctx.fill()
  ctx.stroke()
  if (!guest.labelled) {
    ctx.restore()
    return
  }
  ctx.font = `600 12px ${FONT}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  const text = guest.firm === '' ? guest.name : `${guest.name} · ${guest.firm}`
  const width = ctx.measureText(text).width + 12
  // At the right edge the label stands on the other side.
  const left = p.x + 14 + width > size.width ? -width - 4 : 14
  ctx.beginPath()
  ctx.roundRect(left, 12, width, 20, 4)
  ctx.fill()
  ctx.fillStyle = COLOURS.white
  ctx.fillText(text, left + 6, 22.5)
  ctx.restore()
}

const drawGlow = (ctx: Ctx, { view, time }: Scene, trail: readonly Glow[]): void => {
  ctx.lineCap = 'round'
  ctx.strokeStyle = ctx.fillStyle = COLOURS.laser
  for (let i = 1; i < trail.length; i++) {
    const left = 1 - (time - trail[i]!.time) / GLOW_MS
    if (left <= 0) continue
    const a = toScreen(view, trail[i - 1]!.at)
    const b = toScreen(view, trail[i]!.at)
    ctx.globalAlpha = left
    ctx.lineWidth = 1 + 4 * left
    ctx.beginPath()
    ctx.moveTo(a.x, a.y)
    ctx.lineTo(b.x, b.y)
    ctx.stroke()
  }
  const last = trail.at(-1)
  ctx.globalAlpha = last ? Math.max(0, Math.min(1, 2 * (1 - (time - last.time) / GLOW_MS))) : 0
  if (last) {
    const p = toScreen(view, last.at)
    ctx.beginPath()
    ctx.arc(p.x, p.y, 5, 0, 2 * Math.PI)
    ctx.fill()
  }
  ctx.globalAlpha = 1
}

const drawCrosshair = (ctx: Ctx, { view, crosshair }: Scene): void => {
  if (!crosshair) return
  const p = toScreen(view, crosshair)
  for (const [colour, width] of [
    [COLOURS.white, 4],
    [COLOURS.ink, 1.5],
  ] as const) {
    ctx.strokeStyle = colour
    ctx.lineWidth = width
    ctx.beginPath()
    ctx.moveTo(p.x - 16, p.y)
    ctx.lineTo(p.x - 4, p.y)
    ctx.moveTo(p.x + 4, p.y)
    ctx.lineTo(p.x + 16, p.y)
    ctx.moveTo(p.x, p.y - 16)
    ctx.lineTo(p.x, p.y - 4)
    ctx.moveTo(p.x, p.y + 4)
    ctx.lineTo(p.x, p.y + 16)
    ctx.stroke()
  }
}

const LENGTHS = [RULER_PX, 9, 5] as const

const drawRulers = (ctx: Ctx, { view, size, unit }: Scene): void => {
  if (!unit) return
  ctx.fillStyle = COLOURS.panel
  ctx.fillRect(0, 0, size.width, RULER_PX)
  ctx.fillRect(0, 0, RULER_PX, size.height)
  ctx.strokeStyle = COLOURS.edge
  ctx.fillStyle = COLOURS.inkSoft
  ctx.lineWidth = 1
  ctx.font = `10px ${FONT}`
  ctx.textBaseline = 'top'
  ctx.textAlign = 'left'
  ctx.beginPath()
  ctx.moveTo(RULER_PX, RULER_PX - 0.5)
  ctx.lineTo(size.width, RULER_PX - 0.5)
  ctx.moveTo(RULER_PX - 0.5, RULER_PX)
  ctx.lineTo(RULER_PX - 0.5, size.height)
  const { scale } = view
  for (const { at, rank, label } of ticks(view.x + RULER_PX / scale, view.x + size.width / scale, scale, unit)) {
    const x = Math.round((at - view.x) * scale) + 0.5
    ctx.moveTo(x, RULER_PX)
    ctx.lineTo(x, RULER_PX - LENGTHS[rank])
    if (label !== null) ctx.fillText(String(label), x + 3, 2)
  }
  for (const { at, rank, label } of ticks(view.y + RULER_PX / scale, view.y + size.height / scale, scale, unit)) {
    const y = Math.round((at - view.y) * scale) + 0.5
    ctx.moveTo(RULER_PX, y)
    ctx.lineTo(RULER_PX - LENGTHS[rank], y)
    if (label === null) continue
    ctx.save()
    ctx.translate(2, y - 3)
    ctx.rotate(-Math.PI / 2)
    ctx.fillText(String(label), 0, 0)
    ctx.restore()
  }
  ctx.stroke()
  ctx.fillStyle = COLOURS.panel
  ctx.fillRect(0, 0, RULER_PX, RULER_PX)
}

/** Draws the whole overlay; `ctx` is in screen pixels. */
export const drawOverlay = (ctx: Ctx, scene: Scene): void => {
  ctx.clearRect(0, 0, scene.size.width, scene.size.height)
  ctx.setLineDash([])
  ctx.globalAlpha = 1
  for (const { selected, colour } of scene.guests) if (selected) drawSelected(ctx, scene, selected, colour)
  for (const { drawing, colour } of scene.guests)
    if (drawing) drawShape(ctx, scene, drawing.sheet, drawing.shape, colour, true)
  if (scene.selected) drawSelected(ctx, scene, scene.selected, COLOURS.focus)
  drawHandles(ctx, scene)
  if (scene.preview)
    drawShape(ctx, scene, scene.preview.sheet, scene.preview.shape, SAYS_COLOURS[scene.says].line, true)
  for (const trail of scene.glows) drawGlow(ctx, scene, trail)
  for (const guest of scene.guests) if (!guest.laser) drawGuest(ctx, scene, guest)
  drawCrosshair(ctx, scene)
  drawRulers(ctx, scene)
}
