import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { levelSize, type Pyramid, pyramidOf } from '../../../shared/domain/sheet.ts'
import type { Bench } from './converter.ts'
import { Stop } from './stop.ts'

/** Three bytes a pixel, red green blue, row by row, no padding. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** How a picture shrinks: a photo by its mean, a drawing so that hairlines do not fade out of the overview. */
export type Ground = 'photo' | 'drawing'

/** Tiles written at once: sharp encodes each on a thread of its own. */
const AT_ONCE = 4
/** A lossless tile larger than this holds a photo, and is kept as one. */
const LOSSLESS_MOST = 256 * 1024

/** A level in the making: what is seen on average, and the darkest that lies anywhere in a pixel's place. */
export interface Level {
  readonly mean: Pixels
  /** The mean itself for a photo, and on the finest level. */
  readonly ink: Pixels
}

/** A line in a drawing keeps at least so much of its darkness, however far it is shrunk. */
const KEPT = 0.55

/** Half the size, rounded up; the last column and row stand for themselves where the size is odd. */
export const halve = ({ mean, ink }: Level, ground: Ground): Level => {
  const { width, height } = mean
  const w = Math.ceil(width / 2)
  const h = Math.ceil(height / 2)
  const stride = width * 3
  const shrink = (data: Uint8Array, one: (a: number, b: number, c: number, d: number) => number): Pixels => {
    const out = new Uint8Array(w * h * 3)
    for (let y = 0; y < h; y++) {
      const upper = 2 * y * stride
      const lower = Math.min(2 * y + 1, height - 1) * stride
      let to = y * w * 3
      for (let x = 0; x < w; x++) {
        const left = 6 * x
        const right = 2 * x + 1 < width ? left + 3 : left
        for (let band = 0; band < 3; band++) {
          out[to++] = one(
            data[upper + left + band]!,
            data[upper + right + band]!,
            data[lower + left + band]!,
            data[lower + right + band]!,
          )
        }
      }
    }
    return { data: out, width: w, height: h }
  }
  const next = shrink(mean.data, (a, b, c, d) => (a + b + c + d + 2) >> 2)
  return { mean: next, ink: ground === 'photo' ? next : shrink(ink.data, Math.min) }
}

/**
 * A level as it is shown. A photo is its mean. In a drawing the mean would let lines fade (a hairline keeps 1/16 after four
 * levels) and the darkest alone would fill in text and double every line, so each pixel is its mean, but at least `KEPT` as
 * dark as the darkest thing in it.
 */
export const shownOf = ({ mean, ink }: Level): Pixels => {
  if (mean === ink) return mean
  const { data, width, height } = mean
  const out = new Uint8Array(data.length)
  for (let i = 0; i < out.length; i++) out[i] = Math.min(data[i]!, 255 - KEPT * (255 - ink.data[i]!))
  return { data: out, width, height }
}

const crop = (level: Pixels, left: number, top: number, width: number, height: number): Uint8Array => {
  const out = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * level.width + left) * 3
    out.set(level.data.subarray(from, from + width * 3), y * width * 3)
  }
  return out
}

/**
 * Measured on two cores of a shared machine, a 512 px tile of a photo: JPEG 92 4:4:4 6 ms to write and 3 ms to read back, WebP 90
 * 21 and 15, lossless WebP 63 and 13. Of a drawing: PNG 3 and 2, lossless WebP 12 and 7. Tiles are read far more often than
 * written and never leave the disk as they are, so speed goes before bytes.
 */
const encode = async (data: Uint8Array, width: number, height: number, ground: Ground) => {
  const picture = () => sharp(data, { raw: { width, height, channels: 3 } })
  if (ground === 'drawing') {
    const png = await picture().png({ compressionLevel: 3 }).toBuffer()
    if (png.byteLength <= LOSSLESS_MOST) return { bytes: png, ending: 'png' as const }
  }
  return {
    bytes: await picture().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer(),
    ending: 'jpg' as const,
  }
}

/**
 * Writes `<folder>/<level>/<column>_<row>.<jpg|png>`, every tile on disk when it returns.
 *
 * @param room Bytes that may still be written; what is left of it is returned.
 * @param side Of a tile, pixels.
 * @throws {Stop} `disk-full` beyond `room`. Errors of the file system pass through.
 */
export const writePyramid = async (
  picture: Pixels,
  ground: Ground,
  folder: string,
  room: number,
  bench: Pick<Bench, 'progress'>,
  side?: number,
): Promise<{ pyramid: Pyramid; room: number }> => {
  const pyramid = pyramidOf(picture.width, picture.height, side)
  const { tile, levels } = pyramid
  let total = 0
  for (let level = 0; level < levels; level++) {
    const size = levelSize(pyramid, level)
    total += Math.ceil(size.width / tile) * Math.ceil(size.height / tile)
  }
  let left = room
  let done = 0
  let current: Level = { mean: picture, ink: picture }
  for (let level = levels - 1; level >= 0; level--) {
    const place = join(folder, String(level))
    await mkdir(place, { recursive: true, mode: 0o700 })
    const here = shownOf(current)
    const jobs: { col: number; row: number }[] = []
    for (let row = 0; row * tile < here.height; row++)
      for (let col = 0; col * tile < here.width; col++) jobs.push({ col, row })
    const next = jobs.values()
    const lane = async () => {
      for (const { col, row } of next) {
        const width = Math.min(tile, here.width - col * tile)
        const height = Math.min(tile, here.height - row * tile)
        const { bytes, ending } = await encode(crop(here, col * tile, row * tile, width, height), width, height, ground)
        left -= bytes.byteLength
        if (left < 0) throw new Stop({ code: 'disk-full', params: {} })
        const handle = await open(join(place, `${col}_${row}.${ending}`), 'wx', 0o600)
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        bench.progress('tiling', ++done, total)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    if (level > 0) current = halve(current, ground)
  }
  return { pyramid, room: left }
}
