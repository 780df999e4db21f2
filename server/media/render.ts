import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { levelSize, type Pyramid } from '../../shared/domain/sheet.ts'
import { lanes } from './lanes.ts'
import { burn } from './overlay.ts'
import { overlayOf } from './overlays.ts'
import { planOf, type Rect } from './plan.ts'
import type { Stamp } from './stamp.ts'

export type PictureFormat = 'webp' | 'jpeg'

export interface TileRequest {
  /** Folder of the sheet's tiles, see `ConvertedSheet.folder`. */
  readonly folder: string
  readonly pyramid: Pyramid
  readonly level: number
  readonly col: number
  readonly row: number
  readonly stamp: Stamp
  readonly format: PictureFormat
}
export interface MontageRequest {
  /** One to four sheets, in order; more are left out. */
  readonly sheets: readonly { readonly folder: string; readonly pyramid: Pyramid }[]
  readonly maxWidth: 480 | 800 | 1280
  readonly stamp: Stamp
  readonly format: PictureFormat
}

interface Pixels {
  readonly data: Buffer
  readonly width: number
  readonly height: number
}

// Small pictures, many at once: one thread each is faster than several on one, and libvips' cache would hold designs in memory.
sharp.cache(false)
sharp.concurrency(1)

/** Pictures in the making at once. Decoding and encoding run on threads of libuv's; more would only fill memory. */
const inLane = lanes(Math.max(2, availableParallelism()))
const viewerOf = ({ stamp }: { readonly stamp: Stamp }): string => JSON.stringify([stamp.firm, stamp.person])

/** The HTTP type of a format. */
export const contentType = (format: PictureFormat): string => `image/${format}`

/** WebP unless the request's Accept header rules it out: a third smaller than JPEG on a slow phone. */
export const formatFor = (accept: string | undefined): PictureFormat =>
  accept === undefined || /image\/webp|image\/\*|\*\/\*/.test(accept) ? 'webp' : 'jpeg'

export const hasTile = (pyramid: Pyramid, level: number, col: number, row: number): boolean => {
  if (![level, col, row].every(Number.isInteger) || level < 0 || level >= pyramid.levels || col < 0 || row < 0)
    return false
  const { width, height } = levelSize(pyramid, level)
  return col * pyramid.tile < width && row * pyramid.tile < height
}

const readTile = async (folder: string, level: number, col: number, row: number): Promise<Pixels> => {
  const path = (ending: string) => join(folder, String(level), `${col}_${row}.${ending}`)
  const bytes = await readFile(path('jpg')).catch(() => readFile(path('png')))
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw new Error('a base tile has three channels')
  return { data, width: info.width, height: info.height }
}

/**
 * Quality and effort are settled for a phone on 3G: a 512 px tile of a photo has some 37 KB, of a drawing 5–35. Effort 1 costs
 * 11 ms where 4 costs 33 and saves nothing; JPEG costs 4 and a fifth more bytes. sharp writes no metadata unless asked to.
 */
const encode = ({ data, width, height }: Pixels, format: PictureFormat): Promise<Buffer> => {
  const picture = sharp(data, { raw: { width, height, channels: 3 } })
  return (format === 'webp' ? picture.webp({ quality: 72, effort: 1 }) : picture.jpeg({ quality: 74 })).toBuffer()
}

/** Marks a picture that is served whole, and encodes it. */
const finish = async (picture: Pixels, stamp: Stamp, format: PictureFormat): Promise<Buffer> => {
  const { data, width, height } = picture
  const plan = planOf({ width, height }, { left: 0, top: 0, width, height }, stamp)
  burn(data, plan.rect, await overlayOf(plan))
  return encode(picture, format)
}

/**
 * One tile for one viewer, the mark burned in.
 *
 * @throws {RangeError} when the pyramid has no such tile: ask `hasTile` first. Errors of the file system pass through.
 */
export const renderTile = (request: TileRequest): Promise<Buffer> =>
  inLane(viewerOf(request), async () => {
    const { folder, pyramid, level, col, row, stamp, format } = request
    if (!hasTile(pyramid, level, col, row)) throw new RangeError('no such tile')
    const size = levelSize(pyramid, level)
    const rect: Rect = {
      left: col * pyramid.tile,
      top: row * pyramid.tile,
      width: Math.min(pyramid.tile, size.width - col * pyramid.tile),
      height: Math.min(pyramid.tile, size.height - row * pyramid.tile),
    }
    const [tile, overlay] = await Promise.all([readTile(folder, level, col, row), overlayOf(planOf(size, rect, stamp))])
    if (tile.width !== rect.width || tile.height !== rect.height)
      throw new Error('a tile of another size than its pyramid says')
    burn(tile.data, rect, overlay)
    return encode(tile, format)
  })

/** A level put together from its tiles. */
const readLevel = async (folder: string, pyramid: Pyramid, level: number): Promise<Pixels> => {
  const { width, height } = levelSize(pyramid, level)
  const data = Buffer.alloc(width * height * 3)
  for (let row = 0; row * pyramid.tile < height; row++)
    for (let col = 0; col * pyramid.tile < width; col++) {
      const tile = await readTile(folder, level, col, row)
      for (let y = 0; y < tile.height; y++) {
        const to = ((row * pyramid.tile + y) * width + col * pyramid.tile) * 3
        tile.data.copy(data, to, y * tile.width * 3, (y + 1) * tile.width * 3)
      }
    }
  return { data, width, height }
}

/** A whole sheet fitted into a box, from the smallest level that need not be enlarged; never enlarged. */
const fitted = async (
  { folder, pyramid }: { folder: string; pyramid: Pyramid },
  boxWidth: number,
  boxHeight: number,
): Promise<Pixels> => {
  const scale = Math.min(1, boxWidth / pyramid.width, boxHeight / pyramid.height)
  const width = Math.max(1, Math.round(pyramid.width * scale))
  const height = Math.max(1, Math.round(pyramid.height * scale))
  let level = 0
  while (level < pyramid.levels - 1 && levelSize(pyramid, level).width < width) level++
  const whole = await readLevel(folder, pyramid, level)
  if (whole.width === width && whole.height === height) return whole
  const { data } = await sharp(whole.data, { raw: { width: whole.width, height: whole.height, channels: 3 } })
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width, height }
}

/** A card is three wide and two high, whatever lies on it. */
const CARD = 2 / 3
/** Between the sheets of a card, pixels. */
const GAP = 8
/** Colour of the table that sheets lie on: the paper of the boards. */
const TABLE = 0xee

/** Where each of 1–4 sheets lies, as fractions of the card: the first is the largest. */
const CELLS: readonly (readonly (readonly [number, number, number, number])[])[] = [
  [[0, 0, 1, 1]],
  [
    [0, 0, 1 / 2, 1],
    [1 / 2, 0, 1 / 2, 1],
  ],
  [
    [0, 0, 1 / 2, 1],
    [1 / 2, 0, 1 / 2, 1 / 2],
    [1 / 2, 1 / 2, 1 / 2, 1 / 2],
  ],
  [
    [0, 0, 1 / 2, 1 / 2],
    [1 / 2, 0, 1 / 2, 1 / 2],
    [0, 1 / 2, 1 / 2, 1 / 2],
    [1 / 2, 1 / 2, 1 / 2, 1 / 2],
  ],
]

/**
 * Up to four sheets side by side for a board's card, `maxWidth` × ⅔ `maxWidth` pixels.
 *
 * @throws {RangeError} without any sheet.
 */
export const renderMontage = (request: MontageRequest): Promise<Buffer> =>
  inLane(viewerOf(request), async () => {
    const { maxWidth, stamp, format } = request
    const sheets = request.sheets.slice(0, 4)
    const cells = CELLS[sheets.length - 1]
    if (cells === undefined) throw new RangeError('a card needs a sheet')
    const width = maxWidth
    const height = Math.round(maxWidth * CARD)
    const data = Buffer.alloc(width * height * 3, TABLE)
    for (const [index, sheet] of sheets.entries()) {
      const [x, y, w, h] = cells[index]!
      const box = { width: Math.floor(w * width) - 2 * GAP, height: Math.floor(h * height) - 2 * GAP }
      const picture = await fitted(sheet, box.width, box.height)
      const left = Math.floor(x * width) + GAP + ((box.width - picture.width) >> 1)
      const top = Math.floor(y * height) + GAP + ((box.height - picture.height) >> 1)
      for (let line = 0; line < picture.height; line++)
        picture.data.copy(
          data,
          ((top + line) * width + left) * 3,
          line * picture.width * 3,
          (line + 1) * picture.width * 3,
        )
    }
    return finish({ data, width, height }, stamp, format)
  })
