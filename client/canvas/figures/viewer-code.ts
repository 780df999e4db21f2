import { type Box, overlaps } from '../../../shared/domain/geometry.ts'
import { COLOURS, FONT } from '../looks.ts'
import type { Brush } from './figure.ts'

/** From one line of the code to the next, in screen pixels. */
const APART_PX = 150

/**
 * Says over another firm's lines who looks at them, so that a photograph of the screen names its viewer. It keeps honest people
 * honest; what holds when somebody takes it away is the displacement of the lines themselves, which the server makes.
 */
export class ViewerCode {
  readonly box: Box
  readonly #text: string
  readonly #brush: Brush

  constructor(box: Box, text: string, brush: Brush) {
    this.box = box
    this.#text = text
    this.#brush = brush
  }

  render(ctx: CanvasRenderingContext2D): void {
    const { scale, region } = this.#brush
    const { box } = this
    if (!overlaps(box, region)) return
    // A lattice of powers of two, so that it hardly moves while one zooms.
    const apart = APART_PX / 2 ** Math.floor(Math.log2(scale))
    const left = Math.max(box.x, region.x)
    const top = Math.max(box.y, region.y)
    const right = Math.min(box.x + box.width, region.x + region.width)
    const bottom = Math.min(box.y + box.height, region.y + region.height)
    ctx.save()
    ctx.beginPath()
    ctx.rect(box.x, box.y, box.width, box.height)
    ctx.clip()
    ctx.fillStyle = COLOURS.inkSoft
    ctx.globalAlpha = 0.28
    ctx.textAlign = 'center'
    ctx.textBaseline = 'middle'
    ctx.font = `600 12px ${FONT}`
    const from = { col: Math.floor((left - box.x) / apart), row: Math.floor((top - box.y) / apart) }
    const to = { col: Math.ceil((right - box.x) / apart), row: Math.ceil((bottom - box.y) / apart) }
    for (let row = from.row; row <= to.row; row++)
      for (let col = from.col; col <= to.col; col += 2) {
        ctx.save()
        ctx.translate(box.x + (col + 0.5 + (row % 2)) * apart, box.y + (row + 0.5) * apart)
        ctx.scale(1 / scale, 1 / scale)
        ctx.rotate(-0.32)
        ctx.fillText(this.#text, 0, 0)
        ctx.restore()
      }
    ctx.restore()
  }
}
