import type { Sewing } from './model.ts'
import { OPERATIONS, type STITCHES } from './operation.ts'

/** Types of ISO 4915 that a small factory uses, as far as a proposal needs to know them. */
export type StitchCode = (typeof STITCHES)[number]

/** Machines by what a Mexican shop calls them; a firm says which it has. */
export const MACHINES = [
  'recta',
  'recta2',
  'zigzag',
  'cadeneta',
  'hilvanadora',
  'codo',
  'over3',
  'over4',
  'over5',
  'collareta',
  'flatseamer',
  'invisible',
  'mano',
] as const
export type Machine = (typeof MACHINES)[number]

export interface Stitch {
  readonly class: 100 | 200 | 300 | 400 | 500 | 600
  /** Needles that the type is sewn with. */
  readonly needles: readonly number[]
  /** How far the seam follows a stretching cloth. */
  readonly stretch: 'low' | 'medium' | 'high'
  /** Comes undone: from the end once the thread is cut, in part, or not. */
  readonly ravels: 'no' | 'partly' | 'from-end'
  /** Metres of thread per metre of seam; null where no figure is at hand. */
  readonly thread: number | null
  /** Any of these sews it. */
  readonly machines: readonly Machine[]
  /** Least allowance that holds it, mm: bite of the needles and what is trimmed. */
  readonly least: number
  /** What a proposal starts with. Starting values, to be edited per group. */
  readonly start: StitchStart
}

/** What a proposal begins with before anybody types: allowance and gauge in mm, stitches per inch. */
export interface StitchStart {
  readonly allowance: number
  readonly spi: number
  readonly gauge: number
}

const of = (
  cls: Stitch['class'],
  needles: readonly number[],
  stretch: Stitch['stretch'],
  ravels: Stitch['ravels'],
  thread: number | null,
  machines: readonly Machine[],
  least: number,
  allowance: number,
  spi: number,
  gauge = 0,
): Stitch => ({ class: cls, needles, stretch, ravels, thread, machines, least, start: { allowance, spi, gauge } })

/**
 * Thread per metre: Coats' standard stitch types for 101, 103, 301, 304; the others are figures of the trade. Allowances and
 * densities are starting values of the trade that a group edits, not a norm: ISO 4915 gives none.
 */
export const STITCH: Record<StitchCode, Stitch> = {
  '101': of(100, [1], 'medium', 'from-end', 5, ['hilvanadora'], 6, 10, 8),
  '103': of(100, [1], 'medium', 'from-end', 4.5, ['invisible'], 15, 30, 5),
  '202': of(200, [1], 'low', 'no', null, ['mano'], 6, 10, 8),
  '205': of(200, [1], 'low', 'no', null, ['mano'], 6, 10, 6),
  '209': of(200, [1], 'low', 'no', null, ['mano'], 3, 10, 4),
  '301': of(300, [1, 2], 'low', 'no', 2.5, ['recta', 'recta2'], 6, 10, 10, 6.4),
  '304': of(300, [1], 'medium', 'no', 5.5, ['zigzag'], 4, 10, 10),
  '306': of(300, [1], 'low', 'no', null, ['invisible'], 15, 30, 5),
  '308': of(300, [1], 'high', 'no', null, ['zigzag'], 6, 10, 10),
  '401': of(400, [1, 2, 3], 'medium', 'from-end', 5.5, ['cadeneta', 'codo'], 8, 12, 8, 6.4),
  '406': of(400, [2], 'high', 'partly', 18, ['collareta'], 12, 20, 11, 5.6),
  '407': of(400, [3], 'high', 'partly', null, ['collareta'], 12, 20, 11, 6.4),
  '503': of(500, [1], 'high', 'no', null, ['over3', 'over4', 'over5'], 4, 6, 10),
  '504': of(500, [1], 'high', 'no', 14, ['over3', 'over4', 'over5'], 5, 7, 12),
  '512': of(500, [2], 'high', 'no', null, ['over4'], 6, 8, 12, 2.2),
  '514': of(500, [2], 'high', 'no', 20, ['over4'], 6, 8, 12, 2.2),
  '515': of(500, [2], 'medium', 'no', null, ['over5'], 9, 11, 10, 3.2),
  '516': of(500, [2], 'medium', 'no', 20, ['over5'], 10, 12, 10, 3.2),
  '602': of(600, [2], 'high', 'no', null, ['collareta'], 0, 6, 11, 5.6),
  '605': of(600, [3], 'high', 'no', null, ['collareta'], 0, 6, 11, 6.4),
  '607': of(600, [4], 'high', 'no', null, ['flatseamer'], 0, 5, 12, 5.2),
}

/** A group's own starting values, where they are not ours. */
export type Starts = Readonly<Partial<Record<StitchCode, StitchStart>>>
export const startOf = (stitch: StitchCode, starts: Starts): StitchStart => starts[stitch] ?? STITCH[stitch].start

/** What a stitch may start with: what a proposal may ask for, an allowance that holds it, and a gauge where there are needles for one. */
export const startRange = (
  stitch: StitchCode,
): Record<keyof StitchStart, { readonly min: number; readonly max: number }> => {
  const { allowance, spi, gauge } = OPERATIONS.stitch.takes
  const { least, needles } = STITCH[stitch]
  return {
    allowance: { min: least, max: allowance.max },
    spi: { min: spi.min, max: spi.max },
    gauge: needles.some((n) => n > 1) ? { min: 1, max: gauge.max } : { min: 0, max: 0 },
  }
}
/** The first of its values that a stitch cannot start with; null where all is well. Lengths are to 0.001 mm, densities whole. */
export const wrongIn = (stitch: StitchCode, start: StitchStart): keyof StitchStart | null => {
  const range = startRange(stitch)
  const grain = { allowance: 3, spi: 0, gauge: 3 }
  const isFine = (of: keyof StitchStart): boolean =>
    start[of] >= range[of].min && start[of] <= range[of].max && Number(start[of].toFixed(grain[of])) === start[of]
  return (['allowance', 'spi', 'gauge'] as const).find((of) => !isFine(of)) ?? null
}

/** Classes of ISO 4916 with the letters of ASTM D6193 (once Federal Standard 751a) that tech packs still carry. */
export const SEAM_CLASSES = [
  { class: 1, us: 'SS' },
  { class: 2, us: 'LS' },
  { class: 3, us: 'BS' },
  { class: 4, us: 'FS' },
  { class: 5, us: 'OS' },
  { class: 6, us: 'EF' },
  { class: 7, us: '' },
  { class: 8, us: '' },
] as const

/** Millimetres between stitches for stitches per inch (*ppp*). */
export const stitchLength = (spi: number): number => 25.4 / spi

export const WARNINGS = [
  'stiff-on-knit',
  'allowance-too-narrow',
  'ravels',
  'no-machine',
  'needles',
  'gauge-missing',
  'bound-needs-none',
  'flat-needs-little',
  'hem-too-shallow',
  'felled-needs-unequal',
] as const
/** Something to think about before sending; never forbids. `amount` in mm where it is about a length. */
export interface Warning {
  readonly code: (typeof WARNINGS)[number]
  readonly amount?: number
}

/** What is known around the edge: unknown things warn of nothing. */
export interface Around {
  readonly cloth: 'knit' | 'woven' | null
  /** The edge has to stretch over a body: a neckline, an armhole of a vest, a waistband. */
  readonly mustStretch: boolean
  /** Machines of the firm that will sew; null where it has not said. */
  readonly machines: readonly Machine[] | null
  /** Allowance of the edge that it is sewn to, as it will be then, mm. */
  readonly mate: number | null
}

/** Two sides of a lapped seam differ by at least this, mm: the wide one is turned in over the narrow one. */
const UNEQUAL = 3

/** What a seamstress would say to a stitch before sewing it. `allowance` in mm. */
export const warningsOf = (
  sewing: Pick<Sewing, 'seam' | 'needles' | 'gauge'> & { readonly stitch: StitchCode },
  allowance: number,
  around: Around,
): Warning[] => {
  const stitch = STITCH[sewing.stitch]
  const out: Warning[] = []
  if (around.cloth === 'knit' && around.mustStretch && stitch.stretch === 'low') out.push({ code: 'stiff-on-knit' })
  const bound = sewing.seam === 3
  const flat = sewing.seam === 4
  if (bound && allowance > 0) out.push({ code: 'bound-needs-none', amount: allowance })
  else if (flat && allowance > 3) out.push({ code: 'flat-needs-little', amount: 3 })
  else if (sewing.seam === 6 && sewing.gauge > 0 && allowance < sewing.gauge + 6)
    out.push({ code: 'hem-too-shallow', amount: sewing.gauge + 6 })
  else if (!bound && !flat && allowance < stitch.least) out.push({ code: 'allowance-too-narrow', amount: stitch.least })
  if (sewing.seam === 2 && around.mate !== null && Math.abs(around.mate - allowance) < UNEQUAL)
    out.push({ code: 'felled-needs-unequal' })
  if (stitch.ravels === 'from-end') out.push({ code: 'ravels' })
  if (!stitch.needles.includes(sewing.needles)) out.push({ code: 'needles' })
  if (sewing.needles > 1 && sewing.gauge === 0) out.push({ code: 'gauge-missing' })
  const has = around.machines
  if (has !== null && !stitch.machines.some((machine) => has.includes(machine))) out.push({ code: 'no-machine' })
  return out
}

/** Words in a piece's material or category that tell the kind of cloth; null where none does. Spanish and English, as files have them. */
export const clothOf = (text: string): Around['cloth'] => {
  const lower = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  if (/\b(knit|jersey|rib|pique|punto|felpa|cardigan|interlock|lycra|french terry)\b/.test(lower)) return 'knit'
  if (/\b(woven|denim|mezclilla|popelina|gabardina|twill|plano|poplin|canvas|lona|manta)\b/.test(lower)) return 'woven'
  return null
}
