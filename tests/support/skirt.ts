import type { Edge, Key, NotchPlace, Pattern, Piece, Run, Shape } from '../../shared/pattern/model.ts'

const corner = (x: number, y: number): Key => ({ x, y, turn: true })
const line = (...keys: readonly Key[]): Run => ({ keys, drawn: null })
const edge = (id: string, allowance: number | null = null): Edge => ({
  id: id as never,
  name: id,
  allowance,
  corner: 'mitre',
  hem: null,
  sewing: null,
})

/** A rectangle of a skirt, `width` × `height` mm, from its lower left corner at the origin. */
const panel = (width: number, height: number): Shape => ({
  runs: [
    line(corner(0, 0), corner(width, 0)),
    line(corner(width, 0), corner(width, height)),
    line(corner(width, height), corner(0, height)),
    line(corner(0, height), corner(0, 0)),
  ],
  notches: [{ s: 100, off: 0 } satisfies NotchPlace],
  drills: [],
  internals: [],
  grain: [
    { x: width / 2, y: 50 },
    { x: width / 2, y: height - 50 },
  ],
  sew: [],
})

const piece = (id: string, width: number, height: number): Piece => ({
  id: id as never,
  name: id,
  ring: 'cut',
  edges: ['bajo', 'costado', 'cintura', 'centro'].map((name) => edge(`${id}.${name}`, 10)),
  clockwise: false,
  notches: [
    { id: `${id}.piquete` as never, edge: `${id}.costado` as never, kind: 'slit', depth: 4, width: 0, angle: null },
  ],
  drills: [],
  internals: [],
  notes: [],
  fold: null,
  quantity: { drawn: 1, mirrored: 1 },
  material: 'mezclilla',
  category: '',
  annotation: '',
  info: {},
  shapes: [panel(width - 20, height - 20), panel(width, height), panel(width + 20, height + 20)],
})

/** A straight skirt in three sizes: two panels, 200 × 600 mm and 240 × 600 mm in the base size. */
export const skirt: Pattern = {
  name: 'Falda recta',
  sizes: ['28', '30', '32'],
  base: 1,
  pieces: [piece('delantero', 200, 600), piece('trasero', 240, 600)],
  seams: [],
  measures: [],
  rules: [],
  source: { format: 'puntada', vendor: 'unknown', product: '', release: '', texts: {} },
}
