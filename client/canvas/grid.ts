import { type Box, sizeOnBoard } from '../../shared/domain/geometry.ts'
import { levelSize, type Pyramid, type Sheet } from '../../shared/domain/sheet.ts'

/** One tile of a pyramid. */
export interface Tile {
  readonly level: number
  readonly col: number
  readonly row: number
}
export const tileKey = ({ level, col, row }: Tile): string => `${level}/${col}_${row}`

/** A photo's level may be magnified by this much before the next finer one is fetched: a third fewer bytes, hardly seen. */
const SLACK = 0.25

/**
 * The coarsest level that still shows a sheet sharply.
 *
 * @param scale screen pixels of one board millimetre, device pixels counted.
 */
export const levelFor = (sheet: Sheet, pyramid: Pyramid, scale: number): number => {
  const finest = pyramid.width / (sheet.width * sheet.mmPerUnit)
  // Lines that are magnified are blurred, and a drawing's tiles are small.
  const slack = sheet.kind === 'photo' ? SLACK : 0.01
  const finer = Math.ceil(Math.log2(scale / finest) - slack)
  return Math.min(pyramid.levels - 1, Math.max(0, pyramid.levels - 1 + finer))
}

/** The part of a region that lies on a sheet, in fractions of the unturned sheet, 0 to 1; null where it misses it. */
export const partOf = (sheet: Sheet, region: Box): Box | null => {
  const { width, height } = sizeOnBoard(sheet)
  const left = Math.max(0, (region.x - sheet.place.x) / width)
  const top = Math.max(0, (region.y - sheet.place.y) / height)
  const right = Math.min(1, (region.x + region.width - sheet.place.x) / width)
  const bottom = Math.min(1, (region.y + region.height - sheet.place.y) / height)
  if (left >= right || top >= bottom) return null
  switch (sheet.place.turn) {
    case 0:
      return { x: left, y: top, width: right - left, height: bottom - top }
    case 1:
      return { x: top, y: 1 - right, width: bottom - top, height: right - left }
    case 2:
      return { x: 1 - right, y: 1 - bottom, width: right - left, height: bottom - top }
    case 3:
      return { x: 1 - bottom, y: left, width: bottom - top, height: right - left }
  }
}

/** The tiles of one level that show a part, nearest to its middle first. */
export const tilesIn = (pyramid: Pyramid, level: number, part: Box): Tile[] => {
  const size = levelSize(pyramid, level)
  const last = (pixels: number): number => Math.ceil(pixels / pyramid.tile) - 1
  const span = (from: number, length: number, pixels: number): [number, number] => [
    Math.max(0, Math.floor((from * pixels) / pyramid.tile)),
    Math.min(last(pixels), Math.max(0, Math.ceil(((from + length) * pixels) / pyramid.tile) - 1)),
  ]
  const [left, right] = span(part.x, part.width, size.width)
  const [top, bottom] = span(part.y, part.height, size.height)
  const tiles: Tile[] = []
  for (let row = top; row <= bottom; row++) for (let col = left; col <= right; col++) tiles.push({ level, col, row })
  const middleCol = ((part.x + part.width / 2) * size.width) / pyramid.tile - 0.5
  const middleRow = ((part.y + part.height / 2) * size.height) / pyramid.tile - 0.5
  const far = ({ col, row }: Tile): number => Math.hypot(col - middleCol, row - middleRow)
  return tiles.sort((a, b) => far(a) - far(b))
}

/** The tile one level coarser that shows the same place; null above the top. */
export const parentOf = ({ level, col, row }: Tile): Tile | null =>
  level === 0 ? null : { level: level - 1, col: col >> 1, row: row >> 1 }

/** Where a tile lies in pixels of the finest level; the last of a row or column is as wide as its picture. */
export const tileBox = (pyramid: Pyramid, { level, col, row }: Tile): Box => {
  const shrink = 2 ** (pyramid.levels - 1 - level)
  const size = levelSize(pyramid, level)
  return {
    x: col * pyramid.tile * shrink,
    y: row * pyramid.tile * shrink,
    width: Math.min(pyramid.tile, size.width - col * pyramid.tile) * shrink,
    height: Math.min(pyramid.tile, size.height - row * pyramid.tile) * shrink,
  }
}
