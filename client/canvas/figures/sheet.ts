import { FabricObject } from 'fabric'
import { sizeOnBoard } from '../../../shared/domain/geometry.ts'
import type { Sheet } from '../../../shared/domain/sheet.ts'
import { parentOf, type Tile, tileBox } from '../grid.ts'
import { COLOURS } from '../looks.ts'
import type { SheetTiles } from '../tiles.ts'
import { overlaps } from '../viewport.ts'
import type { Brush } from './figure.ts'

/** Neighbouring tiles overlap by so many screen pixels: smoothed edges would show the paper through. */
const SEAM_PX = 0.6

/** A sheet on the table: paper with a shadow, and as much of its picture as has arrived. */
export class SheetFigure extends FabricObject {
  sheet: Sheet
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
    if (sheet.away) return
    const size = sizeOnBoard(sheet)
    const box = { x: sheet.place.x, y: sheet.place.y, ...size }
    if (!overlaps(box, this.#brush.region)) return
    const { scale } = this.#brush
    ctx.fillStyle = 'rgb(29 35 51 / 0.12)'
    ctx.fillRect(box.x + 2 / scale, box.y + 3 / scale, box.width, box.height)
    ctx.fillStyle = COLOURS.sheet
    ctx.fillRect(box.x, box.y, box.width, box.height)
    const tiles = this.#tiles()
    if (tiles) this.#drawTiles(ctx, tiles)
    ctx.strokeStyle = COLOURS.rule
    ctx.lineWidth = 1 / scale
    ctx.strokeRect(box.x, box.y, box.width, box.height)
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
