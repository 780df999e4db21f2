import { createCanvas, Path2D } from '@napi-rs/canvas'
import { inOurFont } from '../../fonts.ts'
import { copyRows } from '../canvasPixels.ts'
import type { Pixels } from '../tiles.ts'
import { growth } from './matrix.ts'
import { fontOf, MEASURED_AT } from './measure.ts'
import type { Drawing, Item, PathItem, TextItem } from './model.ts'
import { boxAround } from './path.ts'

/** Rows drawn at a time: the canvas is never larger than the sheet's width by this. */
const BAND = 512
/** A hairline of the file is drawn at least this wide, pixels, so that it can be seen. */
const THINNEST = 0.7
/** Dashes shorter than this, pixels, would look grey and take for ever. */
const SHORTEST_DASH = 0.5

interface Ready {
  readonly item: Item
  readonly path: Path2D | null
  /** Rows that it touches, pixels. */
  readonly top: number
  readonly bottom: number
}

const pathOf = ({ segments }: PathItem, perMm: number): Path2D => {
  const path = new Path2D()
  for (const segment of segments) {
    if (segment[0] === 'M') path.moveTo(segment[1] * perMm, segment[2] * perMm)
    else if (segment[0] === 'L') path.lineTo(segment[1] * perMm, segment[2] * perMm)
    else if (segment[0] === 'Z') path.closePath()
    else {
      const [, a, b, c, d, e, f] = segment
      path.bezierCurveTo(a * perMm, b * perMm, c * perMm, d * perMm, e * perMm, f * perMm)
    }
  }
  return path
}

const ready = (item: Item, perMm: number): Ready | null => {
  if (item.kind === 'text') {
    const reach = growth(item.matrix) * (item.long + 2)
    const [a, b, c, d] = item.matrix
    // A squeezed text reaches further along than its mean growth says.
    const far = Math.max(reach, Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d)) * (item.long + 2))
    return { item, path: null, top: (item.matrix[5] - far) * perMm, bottom: (item.matrix[5] + far) * perMm }
  }
  const box = boxAround(item.segments)
  if (box === null) return null
  const rim = item.stroke === null ? 0 : (item.stroke.width / 2) * Math.max(1.5, item.stroke.miter) + 1
  return {
    item,
    path: pathOf(item, perMm),
    top: (box.top - rim) * perMm - 1,
    bottom: (box.bottom + rim) * perMm + 1,
  }
}

type Pen = ReturnType<ReturnType<typeof createCanvas>['getContext']>

const drawPath = (pen: Pen, item: PathItem, path: Path2D, perMm: number): void => {
  const { fill, stroke } = item
  if (fill !== null) {
    pen.globalAlpha = fill.alpha
    pen.fillStyle = fill.colour
    pen.fill(path, item.fillRule)
  }
  if (stroke === null) return
  pen.globalAlpha = stroke.alpha
  pen.strokeStyle = stroke.colour
  pen.lineWidth = Math.max(THINNEST, stroke.width * perMm)
  pen.lineCap = stroke.cap
  pen.lineJoin = stroke.join
  pen.miterLimit = stroke.miter
  const dash = stroke.dash.map((n) => n * perMm)
  const long = dash.reduce((sum, n) => sum + n, 0)
  pen.setLineDash(long / Math.max(1, dash.length) < SHORTEST_DASH ? [] : dash)
  pen.lineDashOffset = stroke.dashOffset * perMm
  pen.stroke(path)
}

const drawText = (pen: Pen, item: TextItem, perMm: number, band: number): void => {
  const [a, b, c, d, e, f] = item.matrix
  const k = perMm / MEASURED_AT
  pen.setTransform(a * k, b * k, c * k, d * k, e * perMm, f * perMm - band)
  pen.globalAlpha = item.fill.alpha
  pen.fillStyle = item.fill.colour
  pen.font = fontOf(item.weight, item.italic)
  pen.fillText(inOurFont(item.text), 0, 0)
}

/** Draws on white, band by band. `onBand` is called before each with rows done and rows in all. */
export const paint = (drawing: Drawing, perMm: number, onBand: (done: number, of: number) => void): Pixels => {
  const width = Math.max(1, Math.round(drawing.width * perMm))
  const height = Math.max(1, Math.round(drawing.height * perMm))
  const data = new Uint8Array(width * height * 3)
  const items = drawing.items.map((item) => ready(item, perMm)).filter((item) => item !== null)
  const canvas = createCanvas(width, Math.min(BAND, height))
  const pen = canvas.getContext('2d')
  for (let band = 0; band < height; band += BAND) {
    onBand(band, height)
    const rows = Math.min(BAND, height - band)
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.globalAlpha = 1
    pen.fillStyle = '#ffffff'
    pen.fillRect(0, 0, width, canvas.height)
    for (const { item, path, top, bottom } of items) {
      if (bottom < band || top > band + rows) continue
      if (item.kind === 'text') drawText(pen, item, perMm, band)
      else {
        pen.setTransform(1, 0, 0, 1, 0, -band)
        drawPath(pen, item, path!, perMm)
      }
    }
    copyRows(canvas, 0, rows, data, band)
  }
  onBand(height, height)
  return { data, width, height }
}
