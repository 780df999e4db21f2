import { drawnOf, lengthOf } from '../shared/pattern/curve.ts'
import type { Edge, Key, Notch, Pattern, Piece, Run, Seam, Shape } from '../shared/pattern/model.ts'

/** As large as the largest nest of the corpus: so many pieces in so many sizes, with curves as dense as a CAD writes them. */
export const PIECES = 17
export const SIZES = 15

const corner = (x: number, y: number): Key => ({ x, y, turn: true })
const soft = (x: number, y: number): Key => ({ x, y, turn: false })
const straight = (...keys: readonly Key[]): Run => ({ keys, drawn: null })

/** Points of a curve lie no further apart than this, mm. */
const STEP = 4

/** A curve that comes with its dense line, as a file with validation curves has it. */
const curved = (...keys: readonly Key[]): Run => {
  const smooth = drawnOf({ keys, drawn: null })
  const drawn = [smooth[0] as Key]
  for (let i = 1; i < smooth.length; i++) {
    const [a, b] = [smooth[i - 1] as Key, smooth[i] as Key]
    const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / STEP))
    for (let n = 1; n <= steps; n++) {
      const t = n / steps
      drawn.push({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t } as Key)
    }
  }
  return { keys, drawn }
}

/** Edges that carry notches. */
const NOTCHED = [4, 5, 5, 7]

const NAMES = ['bajo', 'pinza entra', 'pinza sale', 'bajo 2', 'costado', 'sisa', 'hombro', 'escote', 'centro'] as const

/** Half a bodice with a dart from its hem: counter-clockwise from the hem at the centre. */
const shapeOf = (pair: number, size: number): Shape => {
  const w = 230 + 6 * pair + 12 * size
  const h = 480 + 22 * pair + 9 * size
  const a = 170 + 5 * size
  const n = 70 + 2 * size
  const shoulder = w * 0.78
  const dart = w * 0.45
  const runs = [
    straight(corner(0, 0), corner(dart - 10, 0)),
    straight(corner(dart - 10, 0), corner(dart, 110)),
    straight(corner(dart, 110), corner(dart + 10, 0)),
    straight(corner(dart + 10, 0), corner(w + 20, 0)),
    curved(corner(w + 20, 0), soft(w + 4, h * 0.25), corner(w, h - a - 30)),
    curved(
      corner(w, h - a - 30),
      soft(w - (w - shoulder) * 0.5, h - a * 0.97),
      soft(shoulder + 2, h - a * 0.7),
      soft(shoulder - 9, h - a * 0.4),
      corner(shoulder, h - 35),
    ),
    straight(corner(shoulder, h - 35), corner(n, h)),
    curved(corner(n, h), soft(n * 0.84, h - 45), soft(n * 0.45, h - 72), corner(0, h - 80)),
    straight(corner(0, h - 80), corner(0, 0)),
  ]
  const share = (edge: number, t: number) => ({ s: t * lengthOf(runs[edge] as Run), off: 0 })
  const x = w * 0.4
  const y = h * 0.6
  return {
    runs,
    notches: [share(4, 0.5), share(5, 0.3), share(5, 0.7), share(7, 0.5)],
    drills: [{ x: w * 0.3, y: h * 0.4 }],
    internals: [straight(corner(x, y), corner(x + 60, y), corner(x + 60, y + 70), corner(x, y + 70), corner(x, y))],
    grain: [
      { x: w * 0.25, y: h * 0.2 },
      { x: w * 0.25, y: h * 0.6 },
    ],
    sew: [],
  }
}

const flipped = ({ keys, drawn }: Run): Run => {
  const turn = <K extends { readonly x: number }>(points: readonly K[]): K[] =>
    points.map((p) => ({ ...p, x: -p.x })).reverse()
  return { keys: turn(keys), drawn: drawn && turn(drawn) }
}

/** The same on the other side of the centre, as a back lies beside its front. */
const mirrored = (half: Shape): Shape => ({
  ...half,
  runs: half.runs.map(flipped).reverse(),
  notches: half.notches.map((place, i) => {
    const run = half.runs[NOTCHED[i] as number]
    return place && run ? { s: lengthOf(run) - place.s, off: 0 } : null
  }),
  drills: half.drills.map((at) => at && { x: -at.x, y: at.y }),
  internals: half.internals.map((run) => run && flipped(run)),
  grain: half.grain && [
    { x: -half.grain[0].x, y: half.grain[0].y },
    { x: -half.grain[1].x, y: half.grain[1].y },
  ],
})

/** The same with its other side: it can be put on the fold. */
const wholeOf = (half: Shape): Shape => {
  const own = half.runs.slice(0, -1)
  return { ...half, runs: [...own, ...own.map(flipped).reverse()] }
}

/** By twos a front and its back; the last one is whole. */
const pieceOf = (n: number): Piece => {
  const id = `p${n}`
  const isWhole = n === PIECES - 1
  const isBack = n % 2 === 1
  const names = isWhole
    ? [
        ...NAMES.slice(0, 8),
        ...NAMES.slice(0, 8)
          .map((name) => `${name} b`)
          .reverse(),
      ]
    : NAMES
  const edges = names.map(
    (name, i): Edge => ({
      id: `${id}.e${i}` as never,
      name,
      allowance: !isWhole && !isBack && i === 8 ? null : 10,
      corner: 'mitre',
      hem: null,
      sewing: null,
    }),
  )
  const notches = NOTCHED.map(
    (edge, i): Notch => ({
      id: `${id}.n${i}` as never,
      edge: `${id}.e${edge}` as never,
      kind: 'v',
      depth: 5,
      width: 4,
      angle: null,
    }),
  )
  const shapes = Array.from({ length: SIZES }, (_, size) => shapeOf(Math.floor(n / 2), size))
  return {
    id: id as never,
    name: `Pieza ${n + 1}`,
    ring: Math.floor(n / 2) % 2 === 0 ? 'cut' : 'sew',
    edges: isBack ? edges.toReversed() : edges,
    clockwise: false,
    notches,
    drills: [{ id: `${id}.d0` as never, diameter: 3, label: 'D' }],
    internals: [{ id: `${id}.i0` as never, kind: 'line', label: 'bolsa', oneSide: false }],
    notes: [],
    fold: isWhole || isBack ? null : (`${id}.e8` as never),
    quantity: { drawn: 1, mirrored: 0 },
    material: 'mezclilla',
    category: '',
    annotation: '',
    info: {},
    shapes: isWhole ? shapes.map(wholeOf) : isBack ? shapes.map(mirrored) : shapes,
  }
}

/** A front and its back are sewn at the side and the shoulder. */
const seamsOf = (): Seam[] =>
  Array.from({ length: (PIECES - 1) / 2 }, (_, i) =>
    [4, 6].map(
      (edge): Seam => ({
        id: `s${i}.${edge}` as never,
        a: [{ edge: `p${2 * i}.e${edge}` as never, back: false }],
        b: [{ edge: `p${2 * i + 1}.e${edge}` as never, back: true }],
        confirmed: true,
        ease: 0,
      }),
    ),
  ).flat()

/** The largest nest: always the same one. */
export const largestNest = (): Pattern => ({
  name: 'Nido',
  sizes: Array.from({ length: SIZES }, (_, i) => String(26 + 2 * i)),
  base: 7,
  pieces: Array.from({ length: PIECES }, (_, n) => pieceOf(n)),
  seams: seamsOf(),
  measures: [],
  rules: [],
  source: { format: 'puntada', vendor: 'unknown', product: '', release: '', texts: {} },
})
