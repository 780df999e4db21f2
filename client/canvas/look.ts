import { type BoardPoint, boxOf } from '../../shared/domain/geometry.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { pieceOf, type Vec } from '../../shared/pattern/model.ts'
import type { OperationOf } from '../../shared/pattern/operation.ts'
import { isCloth, isOwnSwatch, type Swatch } from '../../shared/pattern/swatches.ts'
import { linesOf, type Patterns } from '../patterns/store.ts'
import { frameOf, traceOf } from '../patterns/trace.ts'
import { cornersOf, middleOf, moveArea, moveCorner } from '../proposals/area.ts'
import type { OwnSwatches } from '../proposals/own-swatches.ts'
import { SWATCH_DRAWING, TILE, TILE_MM, toneOf } from '../proposals/swatches.ts'
import type { OnBench, Workbench } from '../proposals/workbench.ts'
import type { BoardSession } from '../sync/contract.ts'
import { COLOURS, LEVEL_COLOURS } from './looks.ts'
import type { Grip } from './proposed.ts'
import { toScreen, type Viewport } from './viewport.ts'

const HANDLE_PX = 7
/** A finger takes hold of a corner this near to it, in screen pixels. */
const GRIP_PX = 22
/** Fewer pixels to a tile are only noise. */
const LEAST_TILE_PX = 16
/** A trim is drawn this large at most, mm on the board, and this small at least, pixels. */
const TRIM_MM = 60
const LEAST_TRIM_PX = 28
/** How far a cloth covers what it is laid on. */
const CLOTH_ALPHA = 0.8

/** A look that is proposed, laid on its piece or its area. */
export interface Look {
  draw(ctx: CanvasRenderingContext2D, view: Viewport): void
  grip(at: BoardPoint, scale: number): Grip | null
}

/** Between shares of a sheet (y from the bottom) and the board, whichever way it lies. */
export const shareFrame = (sheet: Sheet): { toBoard(share: Vec): Vec; toShare(p: Vec): Vec } => {
  const [w, h] = [sheet.width * sheet.mmPerUnit, sheet.height * sheet.mmPerUnit]
  const { x, y, turn } = sheet.place
  return {
    toBoard(share) {
      const [a, b] = [share.x * w, (1 - share.y) * h]
      if (turn === 0) return { x: x + a, y: y + b }
      if (turn === 1) return { x: x + h - b, y: y + a }
      if (turn === 2) return { x: x + w - a, y: y + h - b }
      return { x: x + b, y: y + w - a }
    },
    toShare(p) {
      const [dx, dy] = [p.x - x, p.y - y]
      const [a, b] = turn === 0 ? [dx, dy] : turn === 1 ? [dy, h - dx] : turn === 2 ? [w - dx, h - dy] : [w - dy, dx]
      return { x: a / w, y: 1 - b / h }
    },
  }
}

type Looking = OperationOf<'look'> | OperationOf<'lookArea'>
interface Shown {
  readonly of: OnBench
  readonly operation: Looking
  /** On the board, closed. */
  readonly outline: readonly Vec[]
  readonly sheet: Sheet
}

/** The swatch of a look that is drawn by strokes, or null for none and for an own one. */
const strokedOf = ({ swatch }: Looking): Swatch | null => (swatch === '' || isOwnSwatch(swatch) ? null : swatch)

/** Strokes of a swatch on a square of `TILE`. */
const paint = (ctx: CanvasRenderingContext2D, swatch: Swatch, colour: string): void => {
  for (const { d, is, width } of SWATCH_DRAWING[swatch].strokes) {
    const path = new Path2D(d)
    if (width === 0) {
      ctx.fillStyle = toneOf(is, colour)
      ctx.fill(path)
    } else {
      ctx.lineJoin = 'round'
      ctx.strokeStyle = toneOf(is, colour)
      ctx.lineWidth = width
      ctx.stroke(path)
    }
  }
}

/** Fills the path that is begun with a picture over and over, so that what is below stays to be seen. */
const repeat = (ctx: CanvasRenderingContext2D, picture: CanvasImageSource, origin: Vec, scale: number): void => {
  const pattern = ctx.createPattern(picture, 'repeat')
  if (!pattern) return
  pattern.setTransform(new DOMMatrix().translate(origin.x, origin.y).scale(scale))
  ctx.globalAlpha = CLOTH_ALPHA
  ctx.fillStyle = pattern
  ctx.fill()
  ctx.globalAlpha = 1
}

export const openLook = (needs: {
  readonly session: BoardSession
  readonly patterns: Patterns
  readonly swatches: OwnSwatches
  readonly workbench: Workbench
}): Look => {
  let shown: Shown | null = null
  const tiles = new Map<Swatch, HTMLCanvasElement>()

  /** Drawn once, finer than it is shown, and repeated by the browser. Cloth alone: its colour lies below it. */
  const tileOf = (swatch: Swatch): HTMLCanvasElement => {
    const known = tiles.get(swatch)
    if (known) return known
    const tile = document.createElement('canvas')
    tile.width = tile.height = 4 * TILE
    const ctx = tile.getContext('2d')
    if (ctx) {
      ctx.scale(4, 4)
      paint(ctx, swatch, SWATCH_DRAWING[swatch].colour)
    }
    tiles.set(swatch, tile)
    return tile
  }
  const compute = (of: OnBench): Shown | null => {
    const { operation } = of
    const sheet = needs.session.records.get().sheets.find(({ id }) => id === of.sheet)
    if (!sheet) return null
    if (operation.op === 'lookArea') {
      const { toBoard } = shareFrame(sheet)
      return { of, operation, sheet, outline: cornersOf(operation.area).map(toBoard) }
    }
    const lines = linesOf(needs.patterns.state.get().get(of.sheet))
    if (operation.op !== 'look' || !lines) return null
    const piece = pieceOf(of.before, operation.piece)
    const shape = piece?.shapes[of.size]
    const frame = frameOf(sheet, lines.layout, operation.piece)
    return piece && shape && frame ? { of, operation, sheet, outline: traceOf(piece, shape, of.size, frame).cut } : null
  }
  const now = (): Shown | null => {
    const of = needs.workbench.state.get()
    if (!of) shown = null
    else if (shown?.of !== of) shown = compute(of)
    return shown
  }
  /** The picture that somebody brought, once it is here, and how wide it lies, mm. */
  const ownOf = ({ operation: { swatch } }: Shown): { bitmap: ImageBitmap; across: number } | null => {
    if (!isOwnSwatch(swatch)) return null
    needs.swatches.want(swatch.own)
    const held = needs.swatches.state.get().get(swatch.own)
    return held?.is === 'here' ? { bitmap: held.bitmap, across: swatch.across } : null
  }
  const drawCloth = (ctx: CanvasRenderingContext2D, view: Viewport, scene: Shown): void => {
    const { operation, outline } = scene
    const own = operation.kind === 'habilitacion' ? null : ownOf(scene)
    if (own) {
      repeat(ctx, own.bitmap, toScreen(view, outline[0] as Vec), (own.across * view.scale) / own.bitmap.width)
      return
    }
    const stroked = strokedOf(operation)
    const swatch = stroked && isCloth(stroked) ? stroked : null
    const colour = operation.colour || (swatch && SWATCH_DRAWING[swatch].colour)
    if (!colour) return
    // What is below stays to be seen: a look is a suggestion, and folds and seams tell where it lies.
    ctx.globalAlpha = swatch ? CLOTH_ALPHA : 0.65
    ctx.fillStyle = colour
    ctx.fill()
    ctx.globalAlpha = 1
    if (!swatch) return
    const side = Math.max(LEAST_TILE_PX, TILE_MM * view.scale)
    repeat(ctx, tileOf(swatch), toScreen(view, outline[0] as Vec), side / (4 * TILE))
  }
  const drawTrim = (ctx: CanvasRenderingContext2D, view: Viewport, scene: Shown): void => {
    const { operation, outline } = scene
    const box = boxOf(outline)
    if (!box) return
    const own = operation.kind === 'habilitacion' ? ownOf(scene) : null
    if (own) {
      const { bitmap } = own
      const width = Math.max(LEAST_TRIM_PX, own.across * view.scale)
      const height = (width * bitmap.height) / bitmap.width
      const at = toScreen(view, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
      ctx.drawImage(bitmap, at.x - width / 2, at.y - height / 2, width, height)
      return
    }
    const swatch = strokedOf(operation)
    if (!swatch || isCloth(swatch)) return
    const most = Math.min(box.width, box.height, TRIM_MM) * view.scale
    const side = Math.max(LEAST_TRIM_PX, most)
    const middle = toScreen(view, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
    ctx.save()
    ctx.translate(middle.x - side / 2, middle.y - side / 2)
    ctx.scale(side / TILE, side / TILE)
    paint(ctx, swatch, operation.colour || SWATCH_DRAWING[swatch].colour)
    ctx.restore()
  }
  /** What can be held of an area: its corners, and its middle to move all of it. */
  const holds = ({ of, operation, sheet }: Shown): { at: Vec; drag(to: Vec): OperationOf<'lookArea'> }[] => {
    if (!of.open || operation.op !== 'lookArea') return []
    const { toBoard, toShare } = shareFrame(sheet)
    return [
      ...cornersOf(operation.area).map((corner, i) => ({
        at: toBoard(corner),
        drag: (to: Vec) => moveCorner(operation, i, toShare(to)),
      })),
      { at: toBoard(middleOf(operation.area)), drag: (to: Vec) => moveArea(operation, toShare(to)) },
    ]
  }
  return {
    draw(ctx, view) {
      const scene = now()
      if (!scene || scene.outline.length < 3) return
      const colour = LEVEL_COLOURS.diseno.line
      ctx.beginPath()
      scene.outline.forEach((p, i) => {
        const at = toScreen(view, p)
        if (i === 0) ctx.moveTo(at.x, at.y)
        else ctx.lineTo(at.x, at.y)
      })
      ctx.closePath()
      drawCloth(ctx, view, scene)
      ctx.strokeStyle = colour
      ctx.lineWidth = 2
      ctx.setLineDash([6, 4])
      ctx.stroke()
      ctx.setLineDash([])
      drawTrim(ctx, view, scene)
      for (const { at } of holds(scene)) {
        const p = toScreen(view, at)
        ctx.fillStyle = COLOURS.white
        ctx.strokeStyle = colour
        ctx.lineWidth = 2.5
        ctx.beginPath()
        ctx.arc(p.x, p.y, HANDLE_PX, 0, 2 * Math.PI)
        ctx.fill()
        ctx.stroke()
      }
    },
    grip(at, scale) {
      const scene = now()
      let best: { at: Vec; drag(to: Vec): OperationOf<'lookArea'>; distance: number } | null = null
      for (const hold of scene ? holds(scene) : []) {
        const distance = Math.hypot(hold.at.x - at.x, hold.at.y - at.y) * scale
        if (distance <= GRIP_PX && (!best || distance < best.distance)) best = { ...hold, distance }
      }
      if (!best) return null
      const { drag } = best
      const slip = { x: best.at.x - at.x, y: best.at.y - at.y }
      return { move: (to) => needs.workbench.turn(drag({ x: to.x + slip.x, y: to.y + slip.y })) }
    },
  }
}
