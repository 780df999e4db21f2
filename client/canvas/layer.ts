import type { Box } from '../../shared/domain/geometry.ts'
import { type Brush, OVERHANG_PX } from './figures/figure.ts'
import { grown, regionOf, type Size, type Viewport } from './viewport.ts'

/** Screen pixels around the window that are drawn too, so that most pans need nothing new. */
const MARGIN_PX = 64
/** Figures drawn into a new picture in one frame: some 4 ms without a graphics card (two cores at 2.5 GHz, Nov 2026). */
const A_FRAME = 160
/** More places than this to mend, and the picture is made anew. */
const MANY = 30

interface Picture {
  readonly canvas: HTMLCanvasElement
  readonly ctx: CanvasRenderingContext2D
  /** Board point in its top left corner, screen pixels of a millimetre, and its size in screen pixels. */
  view: Viewport
  readonly size: Size
}

/** Something that draws itself in board millimetres, if it is in the brush's region. */
export interface Drawable {
  /** How many marks it takes as long to draw as; 1 if left out. */
  readonly cost?: number
  render(ctx: CanvasRenderingContext2D): void
}

/**
 * All marks, or all lines of patterns, in one picture, somewhat larger than the window.
 *
 * Two thousand marks are too many to draw in a frame, so a frame draws their picture instead: shifted while the board is
 * panned, with only the strips drawn that come in; stretched while it is zoomed, until a sharp one has been made beside it,
 * a part in each frame. What changes is mended where it lies.
 */
export interface Layer {
  /** Draws the picture onto a canvas whose pixels are the device's; says whether another frame is needed. */
  paint(ctx: CanvasRenderingContext2D, view: Viewport, size: Size): boolean
  /** Something looks different here, or did until now. */
  touch(what: { readonly box: Box }): void
  /** Everything may look different. */
  reset(): void
}

export const openLayer = (figures: () => readonly Drawable[], brush: Brush): Layer => {
  let front: Picture | null = null
  let back: { picture: Picture; next: number; all: readonly Drawable[] } | null = null
  let spare: HTMLCanvasElement | null = null
  let stale = true
  let mends: Box[] = []
  /** Places that changed while `back` was being made. */
  let missed: Box[] = []

  const make = (view: Viewport, size: Size): Picture => {
    const canvas = spare ?? document.createElement('canvas')
    spare = null
    const outer = { width: size.width + 2 * MARGIN_PX, height: size.height + 2 * MARGIN_PX }
    // Setting the size clears it.
    canvas.width = Math.round(outer.width * brush.pixels)
    canvas.height = Math.round(outer.height * brush.pixels)
    const margin = MARGIN_PX / view.scale
    return {
      canvas,
      ctx: canvas.getContext('2d')!,
      view: { scale: view.scale, x: view.x - margin, y: view.y - margin },
      size: outer,
    }
  }
  const inMillimetres = ({ ctx, view }: Picture): void => {
    const k = view.scale * brush.pixels
    ctx.setTransform(k, 0, 0, k, -view.x * k, -view.y * k)
  }
  const draw = (picture: Picture, region: Box, some: readonly Drawable[]): void => {
    const { scale, region: before } = brush
    brush.scale = picture.view.scale
    brush.region = region
    inMillimetres(picture)
    for (const figure of some) figure.render(picture.ctx)
    brush.scale = scale
    brush.region = before
  }
  /** Clears a place and draws again what lies there. */
  const mend = (picture: Picture, place: Box): void => {
    const { ctx } = picture
    ctx.save()
    inMillimetres(picture)
    ctx.beginPath()
    ctx.rect(place.x, place.y, place.width, place.height)
    ctx.clip()
    ctx.clearRect(place.x, place.y, place.width, place.height)
    draw(picture, place, figures())
    ctx.restore()
  }
  const mendAll = (picture: Picture, places: readonly Box[]): void => {
    for (const place of places) mend(picture, place)
  }
  /** Shifts a picture to where the window is now, by whole device pixels, and draws the strips that come in. */
  const follow = (picture: Picture, view: Viewport): boolean => {
    const k = picture.view.scale * brush.pixels
    const margin = MARGIN_PX / view.scale
    const dx = Math.round((picture.view.x - (view.x - margin)) * k)
    const dy = Math.round((picture.view.y - (view.y - margin)) * k)
    const { width, height } = picture.canvas
    const isCovered = Math.abs(dx) <= MARGIN_PX * brush.pixels && Math.abs(dy) <= MARGIN_PX * brush.pixels
    if (isCovered) return true
    if (Math.abs(dx) > width / 2 || Math.abs(dy) > height / 2) return false
    const { ctx } = picture
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.globalCompositeOperation = 'copy'
    ctx.drawImage(picture.canvas, dx, dy)
    ctx.globalCompositeOperation = 'source-over'
    picture.view = { ...picture.view, x: picture.view.x - dx / k, y: picture.view.y - dy / k }
    const strip = (x: number, y: number, w: number, h: number): void => {
      if (w > 0 && h > 0)
        mend(picture, { x: picture.view.x + x / k, y: picture.view.y + y / k, width: w / k, height: h / k })
    }
    strip(dx > 0 ? 0 : width + dx, 0, Math.abs(dx), height)
    strip(0, dy > 0 ? 0 : height + dy, width, Math.abs(dy))
    return true
  }
  const begin = (view: Viewport, size: Size): void => {
    if (back) spare = back.picture.canvas
    back = { picture: make(view, size), next: 0, all: figures() }
    missed = []
  }
  const goOn = (): void => {
    if (!back) return
    const { picture, next, all } = back
    // A first picture has nothing to stand in for it, and is made at once.
    let left = front ? A_FRAME : Number.POSITIVE_INFINITY
    const region = regionOf(picture.view, picture.size)
    const some: Drawable[] = []
    let i = next
    for (; i < all.length && left > 0; i++) {
      const figure = all[i]!
      some.push(figure)
      left -= figure.cost ?? 1
    }
    draw(picture, region, some)
    back.next = i
    if (i < all.length) return
    mendAll(picture, missed)
    if (front) spare = front.canvas
    front = picture
    back = null
    mends = []
    missed = []
  }
  const isSameSize = (picture: Picture, size: Size): boolean =>
    picture.size.width === size.width + 2 * MARGIN_PX &&
    picture.size.height === size.height + 2 * MARGIN_PX &&
    picture.canvas.width === Math.round(picture.size.width * brush.pixels)

  return {
    paint(ctx, view, size) {
      if (mends.length > MANY) stale = true
      const fits = front !== null && front.view.scale === view.scale && isSameSize(front, size)
      if (!stale && front && mends.length > 0) mendAll(front, mends)
      mends = []
      const isGood = !stale && fits && front !== null && follow(front, view)
      if (stale || (!isGood && !back)) begin(view, size)
      stale = false
      goOn()
      if (front) {
        const ratio = view.scale / front.view.scale
        const k = view.scale * brush.pixels
        const x = (front.view.x - view.x) * k
        const y = (front.view.y - view.y) * k
        ctx.setTransform(1, 0, 0, 1, 0, 0)
        if (ratio === 1) ctx.drawImage(front.canvas, Math.round(x), Math.round(y))
        else ctx.drawImage(front.canvas, x, y, front.canvas.width * ratio, front.canvas.height * ratio)
      }
      return back !== null || front?.view.scale !== view.scale
    },
    touch({ box }) {
      const scales = [front?.view.scale, back?.picture.view.scale].flatMap((scale) => scale ?? [])
      const over = OVERHANG_PX / Math.min(...scales, Number.POSITIVE_INFINITY)
      if (!Number.isFinite(over)) return
      mends.push(grown(box, over))
      if (back) missed.push(grown(box, over))
    },
    reset() {
      stale = true
    },
  }
}
