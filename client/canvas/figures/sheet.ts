import { FabricObject } from 'fabric'
import { type Box, overlaps, sizeOnBoard } from '../../../shared/domain/geometry.ts'
import type { Sheet } from '../../../shared/domain/sheet.ts'
import { parentOf, type Tile, tileBox } from '../grid.ts'
import { COLOURS, FONT } from '../looks.ts'
import type { SheetTiles } from '../tiles.ts'
import type { Brush } from './figure.ts'

/** Neighbouring tiles overlap by so many screen pixels: smoothed edges would show the paper through. */
const SEAM_PX = 0.6

/** Letters that stand in for a picture, in screen pixels, and the room that they need. */
const WORDS_PX = 14
const ROOM_PX = 40

const boxOf = (sheet: Sheet): Box => ({ x: sheet.place.x, y: sheet.place.y, ...sizeOnBoard(sheet) })
/** More than an edge in common. */
const cover = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Drawn on white: laid over one another, such sheets show each other's lines as tracing paper does. */
export const isTraced = (sheet: Sheet): boolean => sheet.kind !== 'photo'

/**
 * A sheet on the table: paper with a shadow, and as much of its picture as has arrived.
 *
 * Sheets that are drawn on white and lie on the table one after the other share their paper: the first of them lays it for all, and
 * each adds its lines, the darker of two winning. So the blank margin of one page of a tiled pattern does not cover the
 * drawing of its neighbour, and what both pages draw is drawn once.
 */
export class SheetFigure extends FabricObject {
  sheet: Sheet
  /** Those that it lays the paper for, itself among them; none where an earlier one has done it. */
  papers: readonly Sheet[] = []
  /** Earlier ones on the same paper. */
  under: readonly Sheet[] = []
  readonly #brush: Brush
  readonly #tiles: () => SheetTiles | null

  constructor(sheet: Sheet, tiles: () => SheetTiles | null, brush: Brush) {
    super({ objectCaching: false, selectable: false, evented: false })
    this.sheet = sheet
    this.#brush = brush
    this.#tiles = tiles
  }

  override setCoords(): void {}

  override render(ctx: CanvasRenderingContext2D): void {
    const { sheet } = this
    this.#layPapers(ctx)
    if (sheet.away) return
    const box = boxOf(sheet)
    if (!overlaps(box, this.#brush.region)) return
    const tiles = this.#tiles()
    if (tiles) {
      const traced = this.under.some((other) => cover(box, boxOf(other)))
      // The darker, not the product: tiles overlap their neighbours a little, and twice the same is the same.
      if (traced) ctx.globalCompositeOperation = 'darken'
      this.#drawTiles(ctx, tiles)
      if (traced) ctx.globalCompositeOperation = 'source-over'
    }
    const says = this.#brush.waiting(sheet.id)
    if (says !== null) this.#drawWords(ctx, box, says)
  }

  #layPapers(ctx: CanvasRenderingContext2D): void {
    const { scale, region } = this.#brush
    const boxes = this.papers.filter(({ away }) => !away).map(boxOf)
    const seen = boxes.filter((box) => overlaps(box, region))
    ctx.fillStyle = 'rgb(29 35 51 / 0.12)'
    // In one piece: two shadows over one another would be darker.
    ctx.beginPath()
    for (const box of seen) ctx.rect(box.x + 2 / scale, box.y + 3 / scale, box.width, box.height)
    ctx.fill()
    ctx.strokeStyle = COLOURS.rule
    ctx.lineWidth = 2 / scale
    for (const box of seen) ctx.strokeRect(box.x, box.y, box.width, box.height)
    // Over the inner half of the edges, and over those that lie on another paper.
    ctx.fillStyle = COLOURS.sheet
    for (const box of seen) ctx.fillRect(box.x, box.y, box.width, box.height)
  }

  /** In the middle of what is seen of the sheet, where there is room for them. */
  #drawWords(ctx: CanvasRenderingContext2D, box: Box, says: string): void {
    const { scale, region } = this.#brush
    const left = Math.max(box.x, region.x)
    const top = Math.max(box.y, region.y)
    const width = Math.min(box.x + box.width, region.x + region.width) - left
    const height = Math.min(box.y + box.height, region.y + region.height) - top
    const size = WORDS_PX / scale
    if (height < ROOM_PX / scale) return
    ctx.save()
    ctx.font = `500 ${size}px ${FONT}`
    ctx.textAlign = 'center'
    ctx.textBaseline = 'middle'
    ctx.fillStyle = COLOURS.inkSoft
    if (ctx.measureText(says).width < width - 16 / scale) ctx.fillText(says, left + width / 2, top + height / 2)
    ctx.restore()
  }

  #drawTiles(ctx: CanvasRenderingContext2D, tiles: SheetTiles): void {
    const { sheet } = this
    const { pyramid } = tiles.view
    const width = sheet.width * sheet.mmPerUnit
    const height = sheet.height * sheet.mmPerUnit
    ctx.save()
    ctx.translate(sheet.place.x, sheet.place.y)
    if (sheet.place.turn === 1) ctx.transform(0, 1, -1, 0, height, 0)
    else if (sheet.place.turn === 2) ctx.transform(-1, 0, 0, -1, width, height)
    else if (sheet.place.turn === 3) ctx.transform(0, -1, 1, 0, 0, width)
    const k = width / pyramid.width
    ctx.scale(k, height / pyramid.height)
    ctx.beginPath()
    ctx.rect(0, 0, pyramid.width, pyramid.height)
    ctx.clip()
    // Two by two pixels, as is usual, would leave gaps in a line where the picture is made much smaller.
    const level = tiles.wanted[0]?.level ?? 0
    const shrunk = this.#brush.scale * this.#brush.pixels * k * 2 ** (pyramid.levels - 1 - level)
    ctx.imageSmoothingQuality = shrunk < 1 ? 'high' : 'low'
    const seam = SEAM_PX / (this.#brush.scale * k)
    for (const tile of tiles.wanted) this.#drawTile(ctx, tiles, tile, seam)
    ctx.restore()
  }

  /** The tile itself, or the part of the nearest coarser one that covers the same place. */
  #drawTile(ctx: CanvasRenderingContext2D, tiles: SheetTiles, tile: Tile, seam: number): void {
    const { pyramid } = tiles.view
    const box = tileBox(pyramid, tile)
    for (let from: Tile | null = tile; from; from = parentOf(from)) {
      const bitmap = tiles.find(from)
      if (!bitmap) continue
      if (from === tile) {
        ctx.drawImage(bitmap, box.x, box.y, box.width + seam, box.height + seam)
        return
      }
      const shrink = 2 ** (pyramid.levels - 1 - from.level)
      const whole = tileBox(pyramid, from)
      const left = (box.x - whole.x) / shrink
      const top = (box.y - whole.y) / shrink
      const wide = Math.min(box.width / shrink, bitmap.width - left)
      const high = Math.min(box.height / shrink, bitmap.height - top)
      if (wide <= 0 || high <= 0) return
      ctx.drawImage(bitmap, left, top, wide, high, box.x, box.y, wide * shrink + seam, high * shrink + seam)
      return
    }
  }
}
