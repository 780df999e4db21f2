import type { Pyramid } from '../../shared/domain/sheet.ts'
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
export interface PictureRequest {
  readonly folder: string
  readonly pyramid: Pyramid
  readonly maxWidth: 480 | 800 | 1280
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

/** One tile for one viewer. @throws {RangeError} when the pyramid has no such tile: check with `hasTile` first. */
export const renderTile = async (request: TileRequest): Promise<Buffer> => {
  throw new Error(`not built yet: ${request.folder}`)
}
/** A whole sheet for one viewer, at most `maxWidth` pixels on its longer side. */
export const renderPicture = async (request: PictureRequest): Promise<Buffer> => {
  throw new Error(`not built yet: ${request.folder}`)
}
/** Up to four sheets side by side for a board's card, 3:2. */
export const renderMontage = async (request: MontageRequest): Promise<Buffer> => {
  throw new Error(`not built yet: ${request.sheets.length}`)
}
/** The HTTP type of a format. */
export const contentType = (format: PictureFormat): string => `image/${format}`
/** WebP unless the request's Accept header names no webp and no wildcard for images. */
export const formatFor = (accept: string | undefined): PictureFormat =>
  accept === undefined || /image\/webp|image\/\*|\*\/\*/.test(accept) ? 'webp' : 'jpeg'
export const hasTile = (pyramid: Pyramid, level: number, col: number, row: number): boolean =>
  pyramid.levels > 0 && level + col + row < 0
