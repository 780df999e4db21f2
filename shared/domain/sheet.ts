import type { FirmId, SheetId } from './ids.ts'
import type { Mm } from './units.ts'

export const SHEET_KINDS = ['photo', 'pdf', 'drawing', 'pattern'] as const
export type SheetKind = (typeof SHEET_KINDS)[number]

/** Where a sheet lies on the board: its top left corner in board millimetres, and quarter turns clockwise. */
export interface Place {
  readonly x: Mm
  readonly y: Mm
  readonly turn: 0 | 1 | 2 | 3
}

/** How a sheet came by its scale. `assumed`: nobody has said yet, lengths are not shown in millimetres. */
export type ScaleSource = 'true-size' | 'measured' | 'assumed'

/**
 * What lies on a board. Its picture never changes but with the version of a pattern; place and scale may, and marks keep their place on it because they
 * are stored in sheet units.
 */
export interface Sheet {
  readonly id: SheetId
  readonly kind: SheetKind
  readonly name: string
  readonly firm: FirmId
  /** Size in sheet units (mm for pdf, drawing and pattern, source pixels for a photo), both > 0. */
  readonly width: number
  readonly height: number
  /** Real millimetres in one sheet unit, > 0. */
  readonly mmPerUnit: number
  readonly scale: ScaleSource
  readonly place: Place
  /** Put away: not drawn, its marks kept. */
  readonly away: boolean
  /** Order on the board and in the list, ascending. */
  readonly order: number
  /** Of a pattern, and of it alone: its version, ≥ 1. Its size may change with it. */
  readonly version?: number
}

/** A tile pyramid. Level 0 is the whole sheet in one tile; each level doubles; the last has `width` × `height` pixels. */
export interface Pyramid {
  readonly tile: number
  readonly levels: number
  readonly width: number
  readonly height: number
}

/** Pixel size of one level, at least 1 × 1. */
export const levelSize = (pyramid: Pyramid, level: number): { width: number; height: number } => {
  const shrink = 2 ** (pyramid.levels - 1 - level)
  return {
    width: Math.max(1, Math.ceil(pyramid.width / shrink)),
    height: Math.max(1, Math.ceil(pyramid.height / shrink)),
  }
}

/** The pyramid over an image of `width` × `height` pixels with tiles of `tile` pixels. */
export const pyramidOf = (width: number, height: number, tile = 512): Pyramid => {
  let levels = 1
  while (Math.max(width, height) / 2 ** (levels - 1) > tile) levels++
  return { tile, levels, width, height }
}

/** A photo without a scale lies on the table as if its longer side were this long, until someone measures it. */
export const ASSUMED_LONG_SIDE_MM = 400
