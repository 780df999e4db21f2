import fc from 'fast-check'
import { straightRun } from '../../shared/pattern/curve.ts'
import type {
  Edge,
  EdgeId,
  Key,
  Link,
  Notch,
  NotchId,
  Pattern,
  Piece,
  PieceId,
  Run,
  Shape,
  Vec,
} from '../../shared/pattern/model.ts'

/** Small patterns made of numbers, for tests: an edge is a line through points, a bodice is half a front with a neckline. */
export const curve = (...points: readonly (readonly [number, number])[]): Run => ({
  keys: points.map(([x, y], i): Key => ({ x, y, turn: i === 0 || i === points.length - 1 })),
  drawn: null,
})
export const line = (a: readonly [number, number], b: readonly [number, number]): Run =>
  straightRun({ x: a[0], y: a[1] }, { x: b[0], y: b[1] })

export const edge = (id: string, over: Partial<Edge> = {}): Edge => ({
  id: id as EdgeId,
  name: '',
  allowance: 10,
  corner: 'mitre',
  hem: null,
  sewing: null,
  ...over,
})

export const notch = (id: string, on: string): Notch => ({
  id: id as NotchId,
  edge: on as EdgeId,
  kind: 'slit',
  depth: 4,
  width: 0,
  angle: null,
})

export const shape = (runs: readonly Run[], over: Partial<Shape> = {}): Shape => ({
  runs,
  notches: [],
  drills: [],
  internals: [],
  grain: null,
  sew: [],
  ...over,
})

export const piece = (
  id: string,
  edges: readonly Edge[],
  shapes: readonly (Shape | null)[],
  over: Partial<Piece> = {},
): Piece => ({
  id: id as PieceId,
  name: id,
  ring: 'sew',
  edges,
  clockwise: false,
  notches: [],
  drills: [],
  internals: [],
  notes: [],
  fold: null,
  quantity: { drawn: 1, mirrored: 1 },
  material: '',
  category: '',
  annotation: '',
  info: {},
  shapes,
  ...over,
})

export const pattern = (pieces: readonly Piece[], over: Partial<Pattern> = {}): Pattern => ({
  name: 'borrador',
  sizes: (pieces[0]?.shapes ?? []).map((_, i) => `t${i}`),
  base: 0,
  pieces,
  seams: [],
  measures: [],
  rules: [],
  source: { format: 'puntada', vendor: 'puntada', product: '', release: '', texts: {} },
  ...over,
})

/** A rectangle of edges `id.e1` bottom, `e2` right, `e3` top, `e4` left. */
export const rectangle = (id: string, width: number, height: number, over: Partial<Piece> = {}): Piece =>
  piece(
    id,
    [1, 2, 3, 4].map((n) => edge(`${id}.e${n}`)),
    [
      shape(
        [
          line([0, 0], [width, 0]),
          line([width, 0], [width, height]),
          line([width, height], [0, height]),
          line([0, height], [0, 0]),
        ],
        { grain: [at(width / 2, height * 0.9), at(width / 2, height * 0.1)] },
      ),
    ],
    over,
  )

/** Links of a seam: an edge as its ring runs, or with a minus from its end. */
export const chain = (...links: readonly string[]): readonly Link[] =>
  links.map((link) => ({ edge: link.replace(/^-/, '') as EdgeId, back: link.startsWith('-') }))

export const at = (x: number, y: number): Vec => ({ x, y })

/** What a bodice is drafted from, mm. */
export interface Body {
  readonly chest: number
  readonly back: number
  readonly neck: number
  readonly drop: number
  readonly shoulder: number
  readonly slope: number
  readonly waist: number
}
export const BODY: Body = { chest: 240, back: 420, neck: 75, drop: 90, shoulder: 130, slope: 35, waist: 15 }

export const bodies = (): fc.Arbitrary<Body> =>
  fc.record({
    chest: fc.double({ min: 230, max: 340, noNaN: true }),
    back: fc.double({ min: 380, max: 700, noNaN: true }),
    neck: fc.double({ min: 60, max: 90, noNaN: true }),
    drop: fc.double({ min: 60, max: 130, noNaN: true }),
    shoulder: fc.double({ min: 90, max: 140, noNaN: true }),
    slope: fc.double({ min: 15, max: 50, noNaN: true }),
    waist: fc.double({ min: 0, max: 40, noNaN: true }),
  })

/** One size of a front on the fold: hem, side, armhole, shoulder, neckline, fold; y = 0 at the hem, fold along x = 0. */
const front = ({ chest, back, neck, drop, shoulder, slope, waist }: Body): Shape => {
  const [underarm, point] = [back - 210, at(neck + shoulder, back - slope)]
  const armhole = curve(
    [chest, underarm],
    [chest - 40, underarm + 18],
    [point.x - 12, underarm + 75],
    [point.x, point.y],
  )
  const neckline = curve(
    [neck, back],
    [neck * 0.94, back - drop * 0.55],
    [neck * 0.6, back - drop * 0.92],
    [0, back - drop],
  )
  return shape(
    [
      line([0, 0], [chest - waist / 2, 0]),
      curve([chest - waist / 2, 0], [chest - waist, underarm * 0.55], [chest, underarm]),
      armhole,
      line([point.x, point.y], [neck, back]),
      neckline,
      line([0, back - drop], [0, 0]),
    ],
    {
      grain: [at(40, back - drop - 40), at(40, 40)],
      notches: [
        { s: underarm * 0.5, off: 0 },
        { s: 60, off: 0 },
      ],
      drills: [at(chest / 2, back - 190)],
      internals: [curve([60, 80], [100, 70], [140, 80])],
    },
  )
}

/** A front on the fold with edges `f.e1` hem, `e2` side, `e3` armhole, `e4` shoulder, `e5` neckline, `e6` fold; one size a body. */
export const bodice = (sizes: readonly Body[] = [BODY], over: Partial<Piece> = {}): Piece =>
  piece(
    'f',
    [1, 2, 3, 4, 5, 6].map((n) => edge(`f.e${n}`, n === 6 ? { allowance: 0 } : {})),
    sizes.map(front),
    {
      fold: 'f.e6' as EdgeId,
      notches: [notch('f.n1', 'f.e2'), notch('f.n2', 'f.e3')],
      drills: [{ id: 'f.d1' as never, diameter: 2, label: '' }],
      internals: [{ id: 'f.i1' as never, kind: 'line', label: '', oneSide: false }],
      ...over,
    },
  )
