import { MM_PER_INCH } from '../../../shared/domain/units.ts'

/** Fine enough to read a notch of 0.3 mm; what plotters and office printers do is no better. */
export const USUAL_DPI = 200

/** Pixels in a millimetre for a sheet of `width` × `height` mm, so that it stays within `most` pixels and the usual resolution. */
export const pixelsPerMm = (width: number, height: number, most: number): number =>
  Math.min(USUAL_DPI / MM_PER_INCH, Math.sqrt(most / (width * height)) * 0.999)
