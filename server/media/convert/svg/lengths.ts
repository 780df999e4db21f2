import { MM_PER_INCH } from '../../../../shared/domain/units.ts'

/** CSS pixels to an inch, by definition (CSS Values 4, 6.2). */
export const CSS_DPI = 96
export const MM_PER_PX = MM_PER_INCH / CSS_DPI

const PX: Record<string, number> = {
  '': 1,
  px: 1,
  mm: 1 / MM_PER_PX,
  cm: 10 / MM_PER_PX,
  in: CSS_DPI,
  pt: CSS_DPI / 72,
  pc: CSS_DPI / 6,
  q: 0.25 / MM_PER_PX,
}

export interface Length {
  readonly value: number
  readonly unit: string
}

/** Null when it is not a length, or not one that a drawing can have. */
export const readLength = (text: string | undefined): Length | null => {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|mm|cm|in|pt|pc|q|em|ex|%)?\s*$/i.exec(text ?? '')
  if (match === null) return null
  const value = Number(match[1])
  return Number.isFinite(value) ? { value, unit: (match[2] ?? '').toLowerCase() } : null
}

/**
 * In user units, which are CSS pixels before any viewBox.
 *
 * @param whole What 100 % is, user units.
 * @param em Size of the font, user units.
 */
export const lengthOf = (text: string | undefined, otherwise: number, whole: number, em: number): number => {
  const length = readLength(text)
  if (length === null) return otherwise
  const { value, unit } = length
  if (unit === '%') return (value / 100) * whole
  if (unit === 'em') return value * em
  if (unit === 'ex') return value * em * 0.49
  return value * PX[unit]!
}

export const numbersOf = (text: string | undefined): number[] =>
  (text ?? '').match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi)?.map(Number) ?? []
