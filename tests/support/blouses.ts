import fc from 'fast-check'
import { lengthOf, nearestOn } from '../../shared/pattern/curve.ts'
import type {
  DrillId,
  Edge,
  EdgeId,
  InternalId,
  Key,
  Notch,
  NotchId,
  Pattern,
  Piece,
  PieceId,
  Run,
  Seam,
  SeamId,
  Shape,
  Vec,
} from '../../shared/pattern/model.ts'
import { outlineOf } from '../../shared/pattern/ring.ts'

/** What makes one bodice half differ from another, mm. */
interface Body {
  readonly width: number
  readonly height: number
  readonly armhole: number
  readonly neck: number
  readonly drop: number
  readonly slope: number
  readonly flare: number
}

const mm = (min: number, max: number) => fc.integer({ min, max }).map((n) => n)
const body: fc.Arbitrary<Body> = fc.record({
  width: mm(200, 320),
  height: mm(350, 700),
  armhole: mm(150, 220),
  neck: mm(60, 95),
  drop: mm(30, 110),
  slope: mm(15, 55),
  flare: mm(-25, 60),
})

const corner = (x: number, y: number): Key => ({ x, y, turn: true })
const soft = (x: number, y: number): Key => ({ x, y, turn: false })
const line = (...keys: Key[]): Run => ({ keys, drawn: null })

/** Centre on the y axis; counter-clockwise from the hem at the centre: hem, side, armhole, shoulder, neckline, centre. */
const runsOf = ({ width: w, height: h, armhole: a, neck: n, drop: d, slope: s, flare }: Body): Run[] => {
  const shoulder = w * 0.78
  const [O, H, U, T, N, C] = [
    corner(0, 0),
    corner(w + flare, 0),
    corner(w, h - a - s),
    corner(shoulder, h - s),
    corner(n, h),
    corner(0, h - d),
  ]
  return [
    line(O, H),
    line(H, U),
    line(U, soft(w - (w - shoulder) * 0.9, h - a * 0.75 - s), soft(shoulder - 8, h - a * 0.35 - s), T),
    line(T, N),
    line(N, soft(n * 0.84, h - d * 0.55), soft(n * 0.45, h - d * 0.93), C),
    line(C, O),
  ]
}

/** The next size up. */
const grown = (one: Body, step: number): Body => ({
  ...one,
  width: one.width + 12 * step,
  height: one.height + 9 * step,
  armhole: one.armhole + 5 * step,
  neck: one.neck + 2 * step,
})

const NAMES = ['bajo', 'costado', 'sisa', 'hombro', 'escote', 'centro'] as const

interface Options {
  readonly sizes: number
  readonly base: number
  readonly ring: Piece['ring']
  readonly allowance: number
  readonly onFold: boolean
  /** Share of the length of an edge. */
  readonly notches: readonly { readonly edge: number; readonly t: number }[]
}

const pieceFrom = (
  id: string,
  name: string,
  shape: Body,
  { sizes, ring, allowance, onFold, notches }: Options,
): Piece => {
  const edges = NAMES.map(
    (one, i): Edge => ({
      id: `${id}.${one}` as EdgeId,
      name: one,
      allowance: onFold && i === 5 ? null : allowance,
      corner: 'mitre',
      hem: null,
      sewing: null,
    }),
  )
  const shapes = Array.from({ length: sizes }, (_, size): Shape => {
    const own = grown(shape, size)
    const runs = runsOf(own)
    const x = own.width * 0.45
    return {
      runs,
      notches: notches.map(({ edge, t }) => ({ s: t * lengthOf(runs[edge] as Run), off: 0 })),
      drills: [{ x: own.width * 0.4, y: own.height * 0.45 }],
      internals: [line(corner(x, 60), corner(x + 50, 60), corner(x + 50, 110), corner(x, 110), corner(x, 60))],
      grain: [
        { x: own.width * 0.3, y: own.height * 0.2 },
        { x: own.width * 0.3, y: own.height * 0.5 },
      ],
      sew: [],
    }
  })
  return {
    id: id as PieceId,
    name,
    ring,
    edges,
    clockwise: false,
    notches: notches.map(
      ({ edge }, i): Notch => ({
        id: `${id}.n${i}` as NotchId,
        edge: `${id}.${NAMES[edge]}` as EdgeId,
        kind: 'slit',
        depth: 4,
        width: 0,
        angle: null,
      }),
    ),
    drills: [{ id: `${id}.d1` as DrillId, diameter: 1, label: 'bolsa' }],
    internals: [{ id: `${id}.i1` as InternalId, kind: 'line', label: 'bolsa', oneSide: false }],
    notes: [{ at: { x: shape.width * 0.5, y: shape.height * 0.3 }, text: 'Cortar al hilo', layer: 15 }],
    fold: onFold ? (`${id}.centro` as EdgeId) : null,
    quantity: { drawn: 1, mirrored: onFold ? 0 : 1 },
    material: 'Popelina',
    category: '',
    annotation: '',
    info: {},
    shapes,
  }
}

const seam = (name: string): Seam => ({
  id: `s.${name}` as SeamId,
  a: [{ edge: `d.${name}` as EdgeId, back: false }],
  b: [{ edge: `e.${name}` as EdgeId, back: true }],
  confirmed: true,
  ease: 0,
})

const patternFrom = (front: Body, options: Options): Pattern => ({
  name: 'Blusa',
  sizes: ['CH', 'M', 'G', 'XG'].slice(0, options.sizes),
  base: Math.min(options.base, options.sizes - 1),
  pieces: [
    pieceFrom('d', 'Delantero', front, options),
    // The back's side and shoulder are those of the front, its neckline is higher.
    pieceFrom('e', 'Espalda', { ...front, drop: 20 }, { ...options, notches: [] }),
  ],
  seams: [seam('costado'), seam('hombro')],
  measures: [
    {
      name: 'Sisa',
      from: { edge: 'd.sisa' as EdgeId, t: 0 },
      to: { edge: 'd.sisa' as EdgeId, t: 1 },
      along: 'curve',
      tolerance: 3,
    },
  ],
  rules: [],
  source: { format: 'puntada', vendor: 'unknown', product: '', release: '', texts: {} },
})

const notch = fc.record({
  edge: fc.constantFrom(0, 1, 2, 3, 4),
  t: fc.integer({ min: 5, max: 95 }).map((n) => n / 100),
})

/** Blouses of a front `d` and a back `e`, halves on the fold or not, in one to four sizes, with notches on the front. */
export const draft = (over: Partial<Options> = {}): fc.Arbitrary<Pattern> =>
  fc
    .record({
      front: body,
      sizes: mm(1, 4),
      base: mm(0, 3),
      ring: fc.constantFrom('cut' as const, 'sew' as const, null),
      allowance: fc.constantFrom(0, 6, 10, 12.7),
      onFold: fc.boolean(),
      notches: fc.array(notch, { maxLength: 4 }),
    })
    .map(({ front, ...options }) => patternFrom(front, { ...options, ...over }))

/** One blouse that a story can measure: 250 wide, 500 high, in three sizes with the middle one as base. */
export const blouse = (over: Partial<Options> = {}): Pattern =>
  patternFrom(
    { width: 250, height: 500, armhole: 180, neck: 75, drop: 80, slope: 35, flare: 20 },
    { sizes: 3, base: 1, ring: 'sew', allowance: 10, onFold: true, notches: [], ...over },
  )

export const on = (piece: 'd' | 'e', edge: (typeof NAMES)[number]): EdgeId => `${piece}.${edge}` as EdgeId
export const D = 'd' as PieceId
export const E = 'e' as PieceId

export const shapeOf = (pattern: Pattern, piece: string, size = pattern.base): Shape => {
  const shape = pattern.pieces.find(({ id }) => id === piece)?.shapes[size]
  if (!shape) throw new RangeError(`no ${piece} in size ${size}`)
  return shape
}

export const edgeLength = (pattern: Pattern, edge: string, size = pattern.base): number => {
  for (const piece of pattern.pieces) {
    const run = piece.shapes[size]?.runs[piece.edges.findIndex(({ id }) => id === edge)]
    if (run) return lengthOf(run)
  }
  throw new RangeError(`no ${edge}`)
}

/** How far two outlines lie apart where they do most, mm. */
export const apart = (one: Shape, other: Shape): number => {
  const closed = (points: readonly Vec[]): Run => {
    const drawn = [...points, points[0] as Vec]
    return { keys: [corner(0, 0), corner(1, 1)], drawn }
  }
  const [a, b] = [outlineOf(one), outlineOf(other)]
  // All corners and some two hundred places: enough to see what moved, and quick.
  const looked = (shape: Shape, points: readonly Vec[]): readonly Vec[] => [
    ...shape.runs.flatMap(({ keys }) => keys),
    ...points.filter((_, i) => i % Math.ceil(points.length / 200) === 0),
  ]
  const off = (points: readonly Vec[], line: Run) => Math.max(...points.map((p) => nearestOn(line, p).distance))
  return Math.max(off(looked(one, a), closed(b)), off(looked(other, b), closed(a)))
}
