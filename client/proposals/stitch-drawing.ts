import type { StitchCode } from '../../shared/pattern/stitches.ts'

/** One thread as it lies on the cloth: SVG path data on a strip of `WIDTH` × `HEIGHT`, and which thread it is. */
export interface Thread {
  readonly d: string
  readonly is: 'needle' | 'looper' | 'cover'
}
/** A stitch from above and from below; `edge` is the height at which the cloth ends, null where it goes on. */
export interface StitchDrawing {
  readonly top: readonly Thread[]
  readonly under: readonly Thread[]
  readonly edge: number | null
}

export const WIDTH = 120
export const HEIGHT = 40
/** Length of one stitch in the drawing. */
const STEP = 12
const MIDDLE = HEIGHT / 2
const EDGE = 31

const steps = (from = 0, to = WIDTH, step = STEP): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step)
const n = (value: number): string => String(Math.round(value * 100) / 100)
const each = (draw: (x: number) => string, step = STEP): string => steps(0, WIDTH, step).map(draw).join('')

/** A thread that comes up and goes down again: straight bars with the needle's holes between them. */
const dashes = (y: number, fill = 0.72, step = STEP): string =>
  each((x) => `M${n(x + (step * (1 - fill)) / 2)} ${y}h${n(step * fill)}`, step)

/** Loops that hold one another, as a chain lies under the cloth. */
const chain = (y: number, height = 3.4): string =>
  each((x) => `M${x} ${y}c2 ${-height} 9 ${-height} ${STEP + 3} 0c-6 ${height} -13 ${height} ${-STEP - 3} 0`)
/** A second thread locked through the chain. */
const doubleChain = (y: number): string =>
  `${chain(y, 4)}${each((x) => `M${x + 3} ${y - 1.6}q4 1.6 8 0M${x + 3} ${y + 1.6}q4 -1.6 8 0`)}`

const zigzag = (low: number, high: number, step = STEP): string =>
  `M0 ${low}${each((x) => `L${n(x + step / 2)} ${high}L${n(x + step)} ${low}`, step)}`

/** Three small stitches up, three down: the zigzag of elastic, with the needle's holes left open. */
const threeStep = (low: number, high: number): string => {
  const rise = (high - low) / 3
  const bar = (x: number, y: number, up: number): string =>
    `M${n(x + 0.9)} ${n(y + up * 0.28)}L${n(x + 2.3)} ${n(y + up * 0.76)}`
  return each(
    (x) =>
      [0, 1, 2].map((i) => bar(x + i * 3.2, low + rise * i, rise)).join('') +
      [0, 1, 2].map((i) => bar(x + 9.6 + i * 3.2, high - rise * i, -rise)).join(''),
    19.2,
  )
}

/** Loops thrown from a needle line to the cloth's edge and around it. */
const thrown = (needle: number, slant: number): string =>
  each(
    (x) =>
      `M${x} ${needle}L${n(x + slant)} ${EDGE}M${n(x + slant)} ${EDGE}Q${n(x + slant + 3)} ${EDGE + 3} ${n(x + STEP)} ${needle}`,
  )
const edging = `M0 ${EDGE}${each((x) => `q${STEP / 2} 2.6 ${STEP} 0M${x + STEP} ${EDGE}`)}`

/** A thread laid to and fro across needle lines. */
const across = (lines: readonly number[]): string => {
  const top = Math.min(...lines)
  const bottom = Math.max(...lines)
  return `M0 ${bottom}${each((x) => `C${n(x + 3)} ${bottom + 2} ${n(x + 3)} ${top - 2} ${n(x + 6)} ${top}S${n(x + 9)} ${bottom + 2} ${n(x + 12)} ${bottom}`)}`
}

const needle = (d: string): Thread => ({ d, is: 'needle' })
const looper = (d: string): Thread => ({ d, is: 'looper' })
const cover = (d: string): Thread => ({ d, is: 'cover' })

const rows = (ys: readonly number[]): Thread[] => ys.map((y) => needle(dashes(y)))
const chains = (ys: readonly number[]): Thread[] => ys.map((y) => looper(doubleChain(y)))
const overedge = (needles: readonly number[], threads: 2 | 3): Pick<StitchDrawing, 'top' | 'under'> => {
  const deep = Math.min(...needles)
  return {
    top: [looper(thrown(deep, 4)), ...(threads === 3 ? [cover(edging)] : []), ...rows(needles)],
    under: [
      looper(thrown(deep, 8)),
      ...(threads === 3 ? [cover(edging)] : []),
      ...needles.map((y) => needle(dashes(y, 0.3))),
    ],
  }
}
const bottomCover = (lines: readonly number[]): StitchDrawing => ({
  top: rows(lines),
  under: [looper(across(lines)), ...lines.map((y) => needle(dashes(y, 0.25)))],
  edge: null,
})
const fullCover = (lines: readonly number[]): StitchDrawing => ({
  top: [cover(across(lines)), ...rows(lines)],
  under: [looper(across(lines)), ...lines.map((y) => needle(dashes(y, 0.25)))],
  edge: null,
})
const plain = (top: readonly Thread[], under: readonly Thread[]): StitchDrawing => ({ top, under, edge: null })

/**
 * How each stitch looks on the right side and on the wrong side, drawn by the way its threads run in ISO 4915's classes:
 * schematic, so that two types are told apart at a glance, not a picture to measure.
 */
export const STITCH_DRAWING: Record<StitchCode, StitchDrawing> = {
  '101': plain([needle(dashes(MIDDLE))], [needle(chain(MIDDLE))]),
  '103': plain(
    [needle(each((x) => `M${x + 2} ${MIDDLE}h1.2`, 24))],
    [needle(`M0 26${each((x) => `L${x + 10} 26Q${x + 12} 12 ${x + 14} 26L${x + 24} 26`, 24)}`)],
  ),
  '202': plain([needle(dashes(MIDDLE, 0.94))], [needle(each((x) => `M${x - 3} ${MIDDLE - 1}q9 -3 18 0`))]),
  '205': plain([needle(dashes(MIDDLE, 0.3))], [needle(each((x) => `M${x - 3} ${MIDDLE}h14`))]),
  '209': plain([needle(dashes(MIDDLE, 0.55, 20))], [needle(dashes(MIDDLE, 0.35, 20))]),
  '301': plain([needle(dashes(MIDDLE))], [looper(dashes(MIDDLE))]),
  '304': plain([needle(zigzag(27, 13))], [looper(zigzag(27, 13))]),
  '306': plain(
    [needle(each((x) => `M${x + 2} ${MIDDLE}h1.2`, 24))],
    [needle(`M0 26${each((x) => `L${x + 8} 26L${x + 12} 13L${x + 16} 26L${x + 24} 26`, 24)}`), looper(dashes(26, 0.8))],
  ),
  '308': plain([needle(threeStep(28, 12))], [looper(threeStep(28, 12))]),
  '401': plain([needle(dashes(MIDDLE))], [looper(doubleChain(MIDDLE))]),
  '406': bottomCover([14, 26]),
  '407': bottomCover([11, 20, 29]),
  '503': { ...overedge([20], 2), edge: EDGE },
  '504': { ...overedge([20], 3), edge: EDGE },
  '512': { ...overedge([16, 22], 3), edge: EDGE },
  '514': { ...overedge([15, 22], 3), edge: EDGE },
  '515': {
    top: [...rows([9]), ...overedge([21], 2).top],
    under: [...chains([9]), ...overedge([21], 2).under],
    edge: EDGE,
  },
  '516': {
    top: [...rows([9]), ...overedge([21], 3).top],
    under: [...chains([9]), ...overedge([21], 3).under],
    edge: EDGE,
  },
  '602': fullCover([14, 26]),
  '605': fullCover([11, 20, 29]),
  '607': fullCover([9, 16, 24, 31]),
}
