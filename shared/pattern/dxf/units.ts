import type { UnitEvidence, UnitReason } from '../reading.ts'
import type { Drawing, DrawnText } from './drawing.ts'
import { type Candidate, IDENTITY, moved } from './flat.ts'

const INCH = 25.4
/** Largest pieces of garments, cm: a collar stand to a coat with train. Outside of it a person is asked. */
export const SMALLEST_CM = 15
export const LARGEST_CM = 220
/** A "metric" file whose largest piece is less than this many units wide was drawn in cm. */
const TOO_SMALL_FOR_MM = 25
export const UNITS = [1, 10, INCH, 1000] as const

const INSUNITS: Readonly<Record<string, number>> = { 1: INCH, 2: 304.8, 4: 1, 5: 10, 6: 1000, 10: 914.4, 14: 100 }

/** Size of a candidate's outline in units of the file. */
export const extentOf = ({ parts, outline }: Candidate): { width: number; height: number } => {
  let left = Infinity
  let right = -Infinity
  let low = Infinity
  let high = -Infinity
  for (const { entity, at } of parts) {
    if (entity.is !== 'line' || entity.layer !== outline) continue
    for (const p of entity.dense ?? entity.points) {
      const { x, y } = at === IDENTITY ? p : moved(at, p)
      if (x < left) left = x
      if (x > right) right = x
      if (y < low) low = y
      if (y > high) high = y
    }
  }
  return right >= left ? { width: right - left, height: high - low } : { width: 0, height: 0 }
}

/** `10"X10"`, `10 x 10 cm`: the sides of a control square as the file words them, mm. */
const controlOf = (text: string): readonly [number, number] | null => {
  const found =
    /(\d+(?:[.,]\d+)?)\s*("|''|in(?:ch(?:es)?)?|pulg(?:adas)?|mm|cm)?\s*[x×*]\s*(\d+(?:[.,]\d+)?)\s*("|''|in(?:ch(?:es)?)?|pulg(?:adas)?|mm|cm)/i.exec(
      text,
    )
  if (!found) return null
  const of = (unit: string): number => (/^mm$/i.test(unit) ? 1 : /^cm$/i.test(unit) ? 10 : INCH)
  const [, a, first, b, second] = found
  return [Number(a!.replace(',', '.')) * of(first ?? second!), Number(b!.replace(',', '.')) * of(second!)]
}

const controlPiece = (candidate: Candidate): UnitEvidence | null => {
  for (const { entity } of candidate.parts) {
    if (entity.is !== 'text') continue
    const sides = controlOf(entity.text)
    if (!sides) continue
    const { width, height } = extentOf(candidate)
    if (width === 0 || height === 0) return null
    const spoken = /control|do not cut|no cortar|test|prueba|scale|escala|square|cuadro/i
    const words = [
      candidate.name,
      ...candidate.parts.map((part) => (part.entity.is === 'text' ? part.entity.text : '')),
    ]
    for (const [w, h] of [sides, [sides[1], sides[0]] as const]) {
      const kx = w / width
      const ky = h / height
      if (Math.abs(kx / ky - 1) > 0.01) continue
      const known = [...UNITS, 304.8, 914.4, 100].find((unit) => Math.abs(unit / kx - 1) <= 0.01)
      if (known !== undefined && (spoken.test(words.join(' ')) || Math.abs(w / h - 1) < 0.01)) {
        return { from: 'control-piece', says: entity.text, mmPerUnit: known }
      }
    }
  }
  return null
}

export interface Decided {
  readonly mmPerUnit: number
  readonly why: UnitReason
  readonly evidence: readonly UnitEvidence[]
  /** What speaks against it, or a size that no piece has: a person is to be asked. */
  readonly doubtful: boolean
  /** In units of the file. */
  readonly longest: number
}

/** Decides the unit, then tries to prove it. `answered`: a person said so. */
export const unitsOf = (
  drawing: Drawing,
  candidates: readonly Candidate[],
  texts: readonly DrawnText[],
  answered: number | undefined,
): Decided => {
  let longest = 0
  for (const candidate of candidates) {
    const { width, height } = extentOf(candidate)
    longest = Math.max(longest, width, height)
  }
  const evidence: UnitEvidence[] = []
  for (const candidate of candidates) {
    const control = controlPiece(candidate)
    if (control) {
      evidence.push(control)
      break
    }
  }
  for (const { text, pair } of texts) {
    if (!pair) continue
    if (pair.key === 'units' || pair.key === 'unit') {
      const { value } = pair
      const spoken = /english|imperial|inch|pulg|^in$/i.test(value)
        ? INCH
        : /^cm$|centi/i.test(value)
          ? 10
          : /metric|m[eé]tric|milli|^mm$/i.test(value)
            ? 1
            : null
      if (spoken !== null) evidence.push({ from: 'declared', says: text, mmPerUnit: spoken })
    } else if (pair.key === 'tolerance' || pair.key === 'curvetolerance') {
      // AccuMark's tolerance is 0.006 inches, which is 0.152 mm.
      const value = Number(pair.value.replace(',', '.'))
      if (Math.abs(value - 0.152) < 0.002) evidence.push({ from: 'tolerance', says: text, mmPerUnit: 1 })
      else if (Math.abs(value - 0.006) < 0.0005) evidence.push({ from: 'tolerance', says: text, mmPerUnit: INCH })
    }
  }
  const inserted = drawing.insUnits
  if (Object.hasOwn(INSUNITS, inserted)) {
    evidence.push({ from: 'insunits', says: `$INSUNITS ${inserted}`, mmPerUnit: INSUNITS[inserted]! })
  }
  const cm = (mmPerUnit: number): number => (longest * mmPerUnit) / 10
  const fits = (mmPerUnit: number): boolean => cm(mmPerUnit) >= SMALLEST_CM && cm(mmPerUnit) <= LARGEST_CM

  if (answered !== undefined) return { mmPerUnit: answered, why: 'answered', evidence, doubtful: false, longest }
  const first = evidence.find(({ from }) => from !== 'tolerance')
  if (!first) {
    const tolerance = evidence[0]
    const guess =
      tolerance?.mmPerUnit ?? UNITS.find((unit) => cm(unit) >= 25 && cm(unit) <= 160) ?? UNITS.find(fits) ?? 1
    evidence.push({ from: 'size', says: `${longest}`, mmPerUnit: guess })
    return { mmPerUnit: guess, why: 'guessed', evidence, doubtful: true, longest }
  }
  let { mmPerUnit } = first
  let doubtful = !fits(mmPerUnit)
  const metric = first.from === 'declared' && mmPerUnit === 1
  if (metric && (longest < TOO_SMALL_FOR_MM || (!fits(1) && fits(10)))) {
    // "Metric" was said; so small in mm, it was drawn in cm.
    mmPerUnit = 10
    evidence.push({ from: 'size', says: `${longest}`, mmPerUnit })
    doubtful = true
  }
  // A square to check by beats every word; between words, those that differ are a question.
  if (first.from !== 'control-piece') doubtful ||= evidence.some((one) => one.mmPerUnit !== mmPerUnit)
  const why: UnitReason =
    mmPerUnit !== first.mmPerUnit
      ? 'guessed'
      : first.from === 'control-piece'
        ? 'control-piece'
        : first.from === 'insunits'
          ? 'insunits'
          : 'declared'
  return { mmPerUnit, why, evidence, doubtful, longest }
}
