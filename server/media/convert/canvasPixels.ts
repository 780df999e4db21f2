import type { Canvas } from '@napi-rs/canvas'
import type { Pixels } from './tiles.ts'

/** Rows that are read from a canvas at a time, so that its four-byte copy never exists whole. */
const BAND = 512

/** Copies rows of a canvas without transparency into three-byte pixels. */
export const copyRows = (canvas: Canvas, from: number, rows: number, to: Uint8Array, toRow: number): void => {
  const { width } = canvas
  const { data } = canvas.getContext('2d').getImageData(0, from, width, rows)
  let at = toRow * width * 3
  for (let i = 0; i < data.length; i += 4) {
    to[at++] = data[i]!
    to[at++] = data[i + 1]!
    to[at++] = data[i + 2]!
  }
}

export const pixelsOf = (canvas: Canvas): Pixels => {
  const { width, height } = canvas
  const data = new Uint8Array(width * height * 3)
  for (let row = 0; row < height; row += BAND) copyRows(canvas, row, Math.min(BAND, height - row), data, row)
  return { data, width, height }
}
