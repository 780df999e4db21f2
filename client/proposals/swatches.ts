import type { Swatch } from '../../shared/pattern/swatches.ts'

/** A stroke of a drawing, or an area where `width` is 0. `light` and `dark` are seen on any colour; `colour` is that of the thing. */
export interface Stroke {
  readonly d: string
  readonly is: 'light' | 'dark' | 'ink' | 'colour' | 'white'
  readonly width: number
}
/** A cloth as a square of `TILE` that joins itself on all sides, or a trim drawn once on a square of the same size. */
export interface SwatchDrawing {
  /** What it is made of where nobody says. */
  readonly colour: string
  readonly strokes: readonly Stroke[]
}

export const TILE = 24
/** Side of a tile on the cloth, mm: larger than life, so that a weave is seen on a table of one metre. */
export const TILE_MM = 8

const stroke = (is: Stroke['is'], width: number, d: string): Stroke => ({ d, is, width })
const area = (is: Stroke['is'], d: string): Stroke => stroke(is, 0, d)
const steps = (step: number, from = 0, to = TILE): number[] =>
  Array.from({ length: Math.round((to - from) / step) }, (_, i) => from + i * step)
const each = (xs: readonly number[], draw: (x: number) => string): string => xs.map(draw).join('')
const grid = (xs: readonly number[], draw: (x: number, y: number) => string): string =>
  each(xs, (x) => each(xs, (y) => draw(x, y)))
/** Slanted lines, `run` to the right over the height of a tile. */
const slant = (step: number, run: number): string =>
  each(steps(step, -TILE, TILE), (x) => `M${x} ${TILE}l${run} ${-TILE}`)
const ring = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
const across = (step: number, at = 0): string => each(steps(step, at, TILE + at), (y) => `M0 ${y}h${TILE}`)
const down = (step: number, at = 0): string => each(steps(step, at, TILE + at), (x) => `M${x} 0v${TILE}`)

/** Cloths and trims, drawn here: no picture of anybody's is in them. */
export const SWATCH_DRAWING: Record<Swatch, SwatchDrawing> = {
  mezclilla: { colour: '#3d5a80', strokes: [stroke('dark', 1.4, slant(4, 24)), stroke('light', 0.7, slant(8, 24))] },
  gabardina: { colour: '#b09668', strokes: [stroke('dark', 0.8, slant(3, 12))] },
  popelina: { colour: '#d5dfea', strokes: [stroke('dark', 0.35, across(3, 1.5)), stroke('light', 0.6, down(3, 1.5))] },
  manta: {
    colour: '#e6dbc1',
    strokes: [
      stroke('dark', 0.9, across(6, 3)),
      stroke('dark', 0.7, down(6, 3)),
      stroke('dark', 1.8, 'M4 9h5M15 21h4M9 14v5M21 2v5'),
    ],
  },
  jersey: {
    colour: '#8fa3b5',
    strokes: [
      stroke(
        'dark',
        1.1,
        grid(steps(6), (x, y) => `M${x + 0.7} ${y + 1}l2.3 4l2.3 -4`),
      ),
    ],
  },
  rib: { colour: '#7d8597', strokes: [stroke('dark', 3, down(8, 2)), stroke('light', 1.5, down(8, 6))] },
  pique: {
    colour: '#5b8e7d',
    strokes: [
      stroke(
        'dark',
        0.9,
        grid(steps(12), (x, y) => `M${x} ${y + 6}l6 -6l6 6l-6 6z`),
      ),
      area(
        'light',
        grid(steps(12), (x, y) => ring(x + 6, y + 6, 1.8)),
      ),
    ],
  },
  felpa: {
    colour: '#9a8c98',
    strokes: [
      stroke(
        'dark',
        1,
        grid(steps(8), (x, y) => `M${x + 1} ${y + 5}q2 -5 4 0`),
      ),
      stroke(
        'light',
        1,
        grid(steps(8), (x, y) => `M${x + 4} ${y + 7}q2 -4 3 0`),
      ),
    ],
  },
  encaje: {
    colour: '#eadcdc',
    strokes: [
      stroke('dark', 0.5, `${slant(6, 24)}${each(steps(6, -TILE, TILE), (x) => `M${x} 0l24 24`)}`),
      stroke('dark', 1.2, `${ring(12, 7.5, 3)}${ring(12, 16.5, 3)}${ring(7.5, 12, 3)}${ring(16.5, 12, 3)}`),
      area('dark', ring(12, 12, 1.6)),
    ],
  },
  cuero: {
    colour: '#7a4a2b',
    strokes: [
      stroke('dark', 0.8, 'M0 6q5 3 8 0t8 2t8 -2M0 17q4 -3 9 0t8 -1t7 1M6 0q-2 4 1 7t-1 10t0 7M17 0q3 4 -1 8t2 9t-1 7'),
      stroke('light', 0.6, 'M2 11q4 2 5 0M11 12q3 3 5 0M10 21q3 1 5 -1M20 12q2 2 3 0'),
    ],
  },
  cuadros: { colour: '#c0504d', strokes: [stroke('light', 12, 'M0 6h24'), stroke('light', 12, 'M6 0v24')] },
  rayas: { colour: '#5f7fa8', strokes: [stroke('light', 5, down(12, 4))] },
  boton: {
    colour: '#8a6b4a',
    strokes: [
      area('colour', ring(12, 12, 10)),
      stroke('ink', 1.2, ring(12, 12, 10)),
      stroke('dark', 1, ring(12, 12, 7)),
      area('ink', `${ring(9.5, 9.5, 1.3)}${ring(14.5, 9.5, 1.3)}${ring(9.5, 14.5, 1.3)}${ring(14.5, 14.5, 1.3)}`),
      stroke('white', 0.8, 'M9.5 9.5l5 5M14.5 9.5l-5 5'),
    ],
  },
  broche: {
    colour: '#b9bec7',
    strokes: [
      area('colour', ring(12, 12, 9)),
      stroke('ink', 1.2, ring(12, 12, 9)),
      stroke('dark', 1.2, ring(12, 12, 6)),
      area('white', ring(12, 12, 3)),
      stroke('ink', 1, ring(12, 12, 3)),
    ],
  },
  cierre: {
    colour: '#4f5566',
    strokes: [
      area('colour', 'M5 0h5v24h-5zM14 0h5v24h-5z'),
      stroke(
        'ink',
        1.6,
        each(steps(3), (y) => `M10 ${y + 0.8}h2.4M14 ${y + 2.2}h-2.4`),
      ),
      area('white', 'M9.5 5h5l1 6h-7z'),
      stroke('ink', 1, 'M9.5 5h5l1 6h-7zM12 11v6'),
    ],
  },
  resorte: {
    colour: '#e8e4da',
    strokes: [
      area('colour', 'M0 6h24v12h-24z'),
      stroke('ink', 1, 'M0 6h24M0 18h24'),
      stroke(
        'dark',
        1.4,
        each(steps(4), (x) => `M${x} 6v12`),
      ),
      stroke('ink', 0.8, `M0 12${each(steps(4), () => 'l2 -3l2 3')}`),
    ],
  },
  ribete: {
    colour: '#a82a5f',
    strokes: [
      area('colour', 'M0 20c0 -12 8 -20 20 -20v6c-8 0 -14 6 -14 14z'),
      stroke('ink', 1, 'M0 20c0 -12 8 -20 20 -20M6 20c0 -8 6 -14 14 -14'),
      stroke('white', 0.8, 'M4.4 19c.4 -7.8 6.2 -13.8 14.6 -14.4'),
    ],
  },
  etiqueta: {
    colour: '#fbf7ec',
    strokes: [
      area('colour', 'M3 6h18v12h-18z'),
      stroke('ink', 1.2, 'M3 6h18v12h-18z'),
      stroke('ink', 1, 'M7 10.5h10M7 13.5h6'),
      stroke('dark', 0.8, 'M4.8 7.5v9M19.2 7.5v9'),
    ],
  },
  remache: {
    colour: '#b0713a',
    strokes: [
      area('colour', ring(12, 12, 8)),
      stroke('ink', 1.2, ring(12, 12, 8)),
      area('light', ring(12, 12, 4.5)),
      area('ink', ring(12, 12, 1.8)),
    ],
  },
  ojillo: {
    colour: '#b9bec7',
    strokes: [
      area('colour', ring(12, 12, 9)),
      stroke('ink', 1.2, ring(12, 12, 9)),
      area('ink', ring(12, 12, 4)),
      stroke('light', 1.2, ring(12, 12, 6.5)),
    ],
  },
}

const TONES = { light: 'rgb(255 255 255 / 0.5)', dark: 'rgb(0 0 0 / 0.4)', ink: '#1d2333', white: '#ffffff' } as const
export const toneOf = (is: Stroke['is'], colour: string): string => (is === 'colour' ? colour : TONES[is])
