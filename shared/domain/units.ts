declare const unit: unique symbol

/** Millimetres of the real thing: cloth, paper, table. Stored, compared and agreed on. */
export type Mm = number & { readonly [unit]: 'mm' }

/** Sheet units: what a mark is stored in. Millimetres on a drawn sheet (PDF, SVG), source pixels on a photo. */
export type SheetUnit = number & { readonly [unit]: 'sheet' }

/** Milliseconds since 1970 by the server's clock. */
export type Instant = number & { readonly [unit]: 'instant' }

/** Kept to the micrometre, so that 3 5/8 in and 92.075 mm are the same length and `===` can be trusted. */
export const mm = (n: number): Mm => {
  if (!Number.isFinite(n)) throw new RangeError(`not a length: ${n}`)
  return (Math.round(n * 1000) / 1000) as Mm
}

/** Kept to a hundredth of a unit, the grain in which shapes travel (see `document/shape.ts`). */
export const sheetUnit = (n: number): SheetUnit => {
  if (!Number.isFinite(n)) throw new RangeError(`not a sheet coordinate: ${n}`)
  return (Math.round(n * 100) / 100) as SheetUnit
}

export const instant = (n: number): Instant => {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not an instant: ${n}`)
  return n as Instant
}

/** One international inch, exact by definition (1959). */
export const MM_PER_INCH = 25.4
