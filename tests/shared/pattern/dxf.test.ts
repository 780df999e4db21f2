import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../../shared/pattern/curve.ts'
import type { Pattern, Piece } from '../../../shared/pattern/model.ts'
import { notchAt } from '../../../shared/pattern/place.ts'
import { type ReadOptions, readPattern } from '../../../shared/pattern/read.ts'
import type { ImportNoteCode } from '../../../shared/pattern/reading.ts'
import { areaOf, outlineOf } from '../../../shared/pattern/ring.ts'
import {
  bytesOf,
  dxf,
  type Entity,
  type FileText,
  insert,
  line,
  lwpolyline,
  named,
  type Point,
  point,
  polyline,
  rectangle,
  style,
  text,
} from '../../support/dxf.ts'

const read = (file: FileText | string, options: ReadOptions = {}) => {
  const reading = readPattern(bytesOf(file), options)
  if (!reading.ok) throw new Error(`refused: ${JSON.stringify(reading.refusal)}`)
  return reading
}
const only = (pattern: Pattern): Piece => {
  expect(pattern.pieces.length).toBe(1)
  return pattern.pieces[0]!
}
const lengths = (piece: Piece, size = 0): number[] =>
  piece.shapes[size]!.runs.map((run) => Math.round(lengthOf(run) * 100) / 100)
const noted = (reading: ReturnType<typeof read>, code: ImportNoteCode): number =>
  reading.report.notes.filter((note) => note.code === code).reduce((sum, { count }) => sum + count, 0)
const skipped = (reading: ReturnType<typeof read>): number =>
  reading.report.layers.reduce((sum, layer) => sum + layer.skipped, 0)

/** A front in half, drawn clockwise in runs as AccuMark does: hem, side, armhole curve, fold. */
const accumark = (size: string, grow: number, base: boolean): Entity[] => {
  const w = 200 + grow
  const bottom: Point[] = [
    [w, 0],
    [0, 0],
  ]
  const fold: Point[] = [
    [0, 0],
    [0, 400],
  ]
  const top: Point[] = [
    [0, 400],
    [w - 80, 400],
  ]
  const armhole: Point[] = [
    [w - 80, 400],
    [w - 60, 340],
    [w - 30, 300],
    [w, 280],
  ]
  const side: Point[] = [
    [w, 280],
    [w, 0],
  ]
  const runs = [bottom, fold, top, armhole, side]
  return [
    ...named('DELANTERO', size, base ? { Quantity: '1', ANNOTATION: '1XTELA', CATEGORY: 'FRONT', Fabric: '1' } : {}),
    ...runs.map((run) => polyline(1, run)),
    polyline(1, [
      [w, 0],
      [w, 0],
    ]),
    line(5, [20, 200], [120, 200]),
    line(7, [20, 200], [120, 200]),
    line(6, [0, 0], [0, 400]),
    line(8, [30, 30], [60, 30]),
    point(13, [90, 90]),
    ...(base
      ? [
          ...[bottom[0]!, fold[0]!, top[0]!, armhole[0]!, side[0]!].map((at) => point(2, at)),
          ...armhole.slice(1, 3).map((at) => point(3, at)),
          point(4, armhole[1]!, [
            [30, -3.998],
            [39, 3],
          ]),
          point(
            4,
            [w / 2, 0],
            [
              [30, 4],
              [39, 0],
              [50, 90],
            ],
          ),
          text(2, '# 12', armhole[0]),
          text(3, '# 7', armhole[1]),
          text(2, '# 0', fold[0]),
          text(8, 'NM', [30, 30]),
          text(8, 'B', [60, 30]),
          text(13, 'D', [90, 90]),
          text(15, '2 PIEZAS', [50, 50]),
        ]
      : []),
  ]
}
const nest: FileText = {
  blocks: [
    { name: 'DELANTERO_S', entities: accumark('S', -20, false) },
    { name: 'DELANTERO_M', entities: accumark('M', 0, true) },
    { name: 'DELANTERO_L', entities: accumark('L', 20, false) },
  ],
  entities: [
    insert('DELANTERO_S'),
    insert('DELANTERO_M'),
    insert('DELANTERO_L'),
    ...style({ Author: 'GERBER TECHNOLOGY', PRODUCT: 'ACCUMARK', VERSION: '10.0.1', TOLERANCE: '.152' }),
  ],
}

describe('a nest of AccuMark', () => {
  const reading = read(nest)
  const { pattern, report } = reading
  const piece = only(pattern)

  it('is one piece in the sizes of the file, each run an edge, counter-clockwise', () => {
    expect([pattern.name, pattern.sizes, pattern.base]).toEqual(['BLUSA', ['S', 'M', 'L'], 1])
    expect([report.kind, report.vendor, report.product, report.release]).toEqual([
      'aama',
      'accumark',
      'ACCUMARK',
      '10.0.1',
    ])
    expect(piece.clockwise).toBe(true)
    for (const shape of piece.shapes) expect(areaOf(outlineOf(shape!))).toBeGreaterThan(0)
    expect(piece.edges.length).toBe(5)
    expect(lengths(piece, 1).filter((mm) => Number.isInteger(mm))).toEqual([280, 120, 400, 200])
    expect(noted(reading, 'zero-runs')).toBe(3)
  })

  it('has the turns, rules and names of the base in every size, by index', () => {
    for (const shape of piece.shapes) {
      const curve = shape!.runs.find(({ keys }) => keys.length === 4)!
      expect(curve.keys.map(({ turn, rule }) => [turn, rule])).toEqual([
        [true, undefined],
        [false, undefined],
        [false, 7],
        [true, 12],
      ])
    }
  })

  it('has notches where they lie, also in sizes that leave them out', () => {
    expect(piece.notches.map(({ kind, depth, width, angle }) => [kind, depth, width, angle])).toEqual([
      ['v', 3.998, 3, null],
      ['slit', 4, 0, 90],
    ])
    for (const [size, w] of [180, 200, 220].entries()) {
      const at = (i: number) => notchAt(piece.shapes[size]!, piece, i).at
      expect(at(0).x).toBeCloseTo(w - 60, 6)
      expect(at(0).y).toBeCloseTo(340, 6)
      expect(at(1).x).toBeCloseTo(w / 2, 6)
    }
    expect(noted(reading, 'notches-by-index')).toBe(4)
  })

  it('knows that it is a half, its grain, its line with label and side, its hole and its texts', () => {
    const fold = piece.edges.findIndex(({ id }) => id === piece.fold)
    expect(piece.shapes[1]!.runs[fold]!.keys.every(({ x }) => x === 0)).toBe(true)
    expect(piece.shapes[1]!.grain).toEqual([
      { x: 20, y: 200 },
      { x: 120, y: 200 },
    ])
    expect(piece.internals).toMatchObject([{ kind: 'line', label: 'B', oneSide: true }])
    expect(piece.drills).toMatchObject([{ label: 'D', diameter: 0 }])
    expect(piece.notes.map(({ text: words, layer }) => [words, layer])).toEqual([['2 PIEZAS', 15]])
    expect([piece.annotation, piece.category, piece.material, piece.quantity]).toEqual([
      '1XTELA',
      'FRONT',
      '1',
      { drawn: 1, mirrored: 0 },
    ])
  })

  it('loses nothing: every entity is told as read', () => {
    const all = nest.blocks!.reduce((sum, { entities }) => sum + entities.length, 0) + nest.entities!.length
    expect(report.layers.reduce((sum, layer) => sum + layer.read, 0)).toBe(all)
    expect(skipped(reading)).toBe(0)
  })

  it('asks one thing alone: whether the line has the allowance in it', () => {
    expect(reading.questions).toEqual([{ ask: 'allowance', pieces: ['p1'] }])
    const answers = { allowance: { '*': { included: false, mm: 10 } } } as ReadOptions['answers'] & object
    const again = read(nest, { answers })
    expect(again.questions).toEqual([])
    expect(only(again.pattern).ring).toBe('sew')
    expect(only(again.pattern).edges.map(({ id, allowance }) => [id === piece.fold, allowance])).toEqual(
      piece.edges.map(({ id }) => (id === piece.fold ? [true, null] : [false, 10])),
    )
  })

  it.each([
    ['unix lines', { newline: '\n' }],
    ['lines of an old Mac', { newline: '\r' }],
    ['lines that were turned twice', { newline: '\r\r\n' }],
    ['no end', { end: false }],
    ['tables', { tables: true }],
  ])('reads the same with %s', (_, more) => {
    expect(read({ ...nest, ...more }).pattern).toEqual(pattern)
  })

  it('reads the same with decimal commas, lower case keys and no blank after the colon', () => {
    const plain = dxf(nest)
    const commas = read(plain.replace(/^(-?\d*)\.(\d+)(\r?)$/gm, '$1,$2$3'))
    expect(commas.pattern.pieces).toEqual(pattern.pieces)
    expect(noted(commas, 'decimal-commas')).toBeGreaterThan(0)
    const lower = plain.replaceAll('Piece Name: ', 'PIECE NAME:').replaceAll('Size: ', 'size:')
    expect(read(lower.replaceAll('Sample size:', 'SAMPLE SIZE:')).pattern.pieces).toEqual(pattern.pieces)
  })
})

describe('files of other programs', () => {
  it('PolyPattern: one run that repeats its first point, one closed sew line, a comma in the quantity', () => {
    const corners = rectangle(300, 400)
    const reading = read({
      blocks: [
        {
          name: 'MANGA',
          entities: [
            ...named('MANGA', 'M', { Quantity: '1,0', Material: 'SHL' }),
            polyline(1, [...corners, corners[0]!]),
            polyline(14, [...rectangle(280, 380, [10, 10]), [10, 10]]),
            ...corners.map((at) => point(2, at)),
            point(
              4,
              [150, 0],
              [
                [30, 3.5],
                [50, 90],
              ],
            ),
            line(7, [50, 200], [250, 200]),
          ],
        },
      ],
      entities: [insert('MANGA'), ...style({ Author: 'POLYPATTERN' })],
    })
    const piece = only(reading.pattern)
    expect([reading.report.vendor, piece.clockwise, piece.ring, piece.material]).toEqual([
      'polypattern',
      false,
      'cut',
      'SHL',
    ])
    expect(lengths(piece)).toEqual([300, 400, 300, 400])
    expect(piece.edges.map(({ allowance }) => allowance)).toEqual([10, 10, 10, 10])
    expect(piece.shapes[0]!.sew.length).toBe(1)
    expect(piece.quantity).toEqual({ drawn: 1, mirrored: 0 })
    expect(piece.notches).toMatchObject([{ kind: 'slit', depth: 3.5, angle: 90 }])
    expect(reading.questions).toEqual([])
  })

  it('Boke: clockwise, size after a hyphen, a closed run that repeats its point, sew and cut of their own width', () => {
    const around = rectangle(300, 400).toReversed()
    const reading = read({
      blocks: [
        {
          name: 'ESPALDA-M',
          entities: [
            text(1, 'Piece Name: ESPALDA'),
            text(1, 'Size Name: M'),
            text(1, 'Quantity: 1,1'),
            polyline(1, [...around, around[0]!], true),
            polyline(14, [...rectangle(280, 370, [10, 20]), [10, 20]], true),
            ...around.map((at) => point(2, at)),
            point(80, [150, 400], [[30, 5]]),
            point(
              82,
              [150, 0],
              [
                [30, 4],
                [39, -2],
              ],
            ),
          ],
        },
      ],
      entities: [insert('ESPALDA-M'), ...style()],
    })
    const piece = only(reading.pattern)
    expect([piece.name, piece.clockwise, piece.quantity]).toEqual(['ESPALDA', true, { drawn: 1, mirrored: 1 }])
    const by = new Map(piece.edges.map(({ allowance }, i) => [piece.shapes[0]!.runs[i]!.keys[0]!, allowance]))
    expect([...by].map(([{ x, y }, mm]) => [x, y, mm]).sort()).toEqual([
      [0, 0, 20],
      [0, 400, 10],
      [300, 0, 10],
      [300, 400, 10],
    ])
    expect(piece.notches.map(({ kind, width }) => [kind, width])).toEqual([
      ['t', 0],
      ['check', 2],
    ])
  })

  it('CLO: the curve on layer 1, fewer points on 84, some of them handles off the curve', () => {
    const dense: Point[] = [
      [0, 0],
      [200, 0],
      [200, 100],
    ]
    for (let i = 1; i < 20; i++) dense.push([200 - i * 10, 100 + 40 * Math.sin((i * Math.PI) / 20)])
    dense.push([0, 100])
    const sparse: Point[] = [
      [0, 0],
      [200, 0],
      [200, 100],
      [100, 160],
      [0, 100],
    ]
    const corners = [dense[0]!, dense[1]!, dense[2]!, dense.at(-1)!]
    const reading = read({
      blocks: [
        {
          name: '39_M',
          entities: [
            ...named('39', 'M'),
            polyline(1, dense, true),
            ...corners.map((at) => point(2, at)),
            polyline(84, sparse, true),
            ...corners.map((at) => point(2, at)),
          ],
        },
      ],
      entities: [insert('39_M'), ...style({ Author: 'CLO Virtual Fashion Inc.' })],
    })
    const piece = only(reading.pattern)
    const top = piece.shapes[0]!.runs[2]!
    expect(piece.edges.length).toBe(4)
    expect([top.keys.length, top.drawn!.length]).toEqual([3, 21])
    expect(top.keys[1]).toMatchObject({ x: 100, y: 140, turn: false })
    expect([noted(reading, 'keys-off-curve'), skipped(reading)]).toEqual([1, 0])
  })

  it('a corner that is listed twice is one corner', () => {
    const twice: Point[] = [
      [0, 0],
      [300, 0],
      [300, 0],
      [300, 400],
      [0, 400],
      [0, 0],
    ]
    const entities = [...named('A', 'M'), polyline(1, twice, true), ...twice.map((at) => point(2, at))]
    expect(
      lengths(only(read({ blocks: [{ name: 'A', entities }], entities: [insert('A'), ...style()] }).pattern)),
    ).toEqual([300, 400, 300, 400])
  })

  it('AutoCAD and ezdxf: lines and arcs in any order, bulges, splines, text in paragraphs, a model space', () => {
    const bag: Entity[] = [
      [
        [0, 'MTEXT'],
        [8, '1'],
        [10, 5],
        [20, 5],
        [1, '{\\fArial|b0;Piece Name: BOLSA}\\PSize: M\\PQuantity: 2'],
      ],
      line('1', [0, 100], [0, 0]),
      line('1', [0, 0], [150, 0]),
      [
        [0, 'ARC'],
        [8, '1'],
        [10, 75],
        [20, 100],
        [40, 75],
        [50, 0],
        [51, 180],
      ],
      line('1', [150, 100], [150, 0]),
      [
        [0, 'CIRCLE'],
        [8, '13'],
        [10, 75],
        [20, 50],
        [40, 2],
      ],
      [
        [0, 'HATCH'],
        [8, '8'],
        [10, 0],
        [20, 0],
      ],
    ]
    const flap: Entity[] = [
      ...named('CARTERA', 'M'),
      lwpolyline('1', [
        [0, 0],
        [100, 0, 1],
        [100, 60],
        [0, 60],
      ]),
      [
        [0, 'SPLINE'],
        [8, '8'],
        [70, 8],
        [71, 3],
        [72, 8],
        [73, 4],
        ...[0, 0, 0, 0, 1, 1, 1, 1].map((knot) => [40, knot] as const),
        ...[
          [10, 10],
          [30, 40],
          [60, 40],
          [90, 10],
        ].flatMap(([x, y]) => [[10, x!] as const, [20, y!] as const]),
      ],
    ]
    const reading = read({
      header: { $ACADVER: [1, 'AC1032'], $INSUNITS: [70, 4] },
      tables: true,
      blocks: [
        { name: '*Model_Space', entities: [] },
        { name: '*Paper_Space', entities: [] },
        { name: 'BOLSA', base: [10, 10], entities: bag },
        { name: 'CARTERA', entities: flap },
      ],
      entities: [insert('BOLSA', [10, 210]), insert('CARTERA', [0, 0], [[50, 90]]), insert('CARTERA', [400, 0])],
    })
    const [pocket, small] = reading.pattern.pieces as [Piece, Piece]
    expect([pocket.name, small.name, reading.pattern.sizes]).toEqual(['BOLSA', 'CARTERA', ['M']])
    const rounded = lengths(pocket)
    // The arc runs on from the sides without a corner.
    expect(rounded.length).toBe(2)
    expect(Math.max(...rounded)).toBeCloseTo(200 + Math.PI * 75, 0)
    expect(pocket.drills).toMatchObject([{ diameter: 4 }])
    expect(pocket.shapes[0]!.drills[0]!.x).toBeCloseTo(75, 6)
    expect(pocket.shapes[0]!.drills[0]!.y).toBeCloseTo(250, 6)
    // Turned by a quarter where it is placed first; a second copy adds nothing.
    expect(Math.abs(areaOf(outlineOf(small.shapes[0]!)))).toBeCloseTo(6000 + (Math.PI * 900) / 2, -1)
    expect(small.shapes[0]!.runs.flatMap(({ keys }) => keys).every(({ x }) => x < 0.001)).toBe(true)
    expect(small.internals.length).toBe(1)
    expect(small.shapes[0]!.internals[0]!.drawn!.length).toBeGreaterThan(8)
    expect(noted(reading, 'placed-again')).toBe(1)
    expect(reading.report.notes).toContainEqual({ code: 'unknown-entity', count: 1, what: 'HATCH' })
    expect(reading.report.units.why).toBe('insunits')
  })

  it('names for layers, a notch drawn as a line, two lines that are one outline listed backwards', () => {
    const reading = read({
      blocks: [
        {
          name: 'CUELLO',
          entities: [
            ...named('CUELLO', 'M'),
            polyline('CUT/OUTLINE', [
              [0, 0],
              [300, 0],
              [300, 80],
            ]),
            polyline('CUT/OUTLINE', [
              [0, 0],
              [0, 80],
              [300, 80],
            ]),
            line('NOTCH', [150, 6], [150, 0]),
            polyline('DRAW/INK', [
              [20, 20],
              [280, 20],
            ]),
            point('DRILL', [30, 40]),
            text('TEXT', 'al hilo', [10, 10]),
            line('MY LAYER', [0, 0], [1, 1]),
          ],
        },
      ],
      entities: [insert('CUELLO'), ...style()],
    })
    const piece = only(reading.pattern)
    expect(lengths(piece).sort((a, b) => a - b)).toEqual([380, 380])
    expect([piece.internals.length, piece.drills.length, piece.notes.map((note) => note.text)]).toEqual([
      1,
      1,
      ['al hilo'],
    ])
    expect(piece.notches).toMatchObject([{ depth: 6, angle: 90 }])
    expect(reading.report.layers.find(({ layer }) => layer === 'MY LAYER')).toMatchObject({ skipped: 1, means: 'none' })
  })

  it.each([
    ['Spanish', ['CORTE', 'Línea de costura', 'HILO', 'PIQUETES', 'PERFORACIÓN', 'INTERNAS', 'NOTAS']],
    ['English', ['Cut Line', 'SEW_LINE', 'Grain line', 'Notches', 'DRILL HOLES', 'Internal lines', 'Notes']],
  ])('names that people give to layers in %s mean what they say', (_, [cut, sew, grain, notch, drill, inner, note]) => {
    const entities = [
      polyline(cut!, rectangle(300, 400), true),
      polyline(sew!, rectangle(280, 380, [10, 10]), true),
      line(grain!, [100, 100], [100, 300]),
      point(notch!, [150, 0]),
      point(drill!, [120, 300]),
      line(inner!, [50, 200], [150, 200]),
      text(note!, 'bolsa aquí', [60, 250]),
    ]
    const reading = read({ blocks: [{ name: 'FRENTE', entities }], entities: [...style(), insert('FRENTE')] })
    const piece = only(reading.pattern)
    expect([piece.ring, piece.edges.map(({ allowance }) => allowance)]).toEqual(['cut', [10, 10, 10, 10]])
    expect([piece.notches.length, piece.drills.length, piece.internals.length]).toEqual([1, 1, 1])
    expect([piece.shapes[0]!.grain !== null, piece.notes.map(({ text }) => text)]).toEqual([true, ['bolsa aquí']])
    expect(skipped(reading)).toBe(0)
  })

  it('a marker without blocks is said to be one', () => {
    const reading = read({
      entities: [
        polyline('T001L001', rectangle(300, 400), true),
        polyline('T001L001', rectangle(200, 300, [400, 0]), true),
        text('T001L001', 'W=60.00IN L=2.13YD U=81.20%'),
      ],
    })
    expect([reading.report.kind, reading.pattern.pieces.length]).toEqual(['marker', 2])
    expect(noted(reading, 'marker')).toBe(2)
  })

  it('pieces that lie loose in the drawing take what lies on them', () => {
    const reading = read({
      entities: [
        polyline(1, rectangle(300, 400), true),
        ...named('FALDA', 'M').map((entity) =>
          entity.map(([c, v]) => (c === 10 || c === 20 ? ([c, 50] as const) : ([c, v] as const))),
        ),
        line(7, [20, 20], [20, 300]),
        polyline(1, rectangle(100, 400, [500, 0]), true),
        text(1, 'Piece Name: PRETINA', [520, 100]),
        line(7, [520, 20], [520, 300]),
        ...style().map((entity) => entity.map(([c, v]) => (c === 10 ? ([c, -90] as const) : ([c, v] as const)))),
      ],
    })
    expect(reading.pattern.pieces.map(({ name, shapes }) => [name, shapes[0]!.grain?.[0].x])).toEqual([
      ['FALDA', 20],
      ['PRETINA', 520],
    ])
    expect([reading.report.kind, reading.pattern.name]).toEqual(['aama', 'BLUSA'])
  })

  it('a hole that is drawn in several runs is one closed line, in every size', () => {
    const hole = (by: number): Entity[] => [
      line(11, [100 + by, 100], [140 + by, 100]),
      line(11, [140 + by, 160], [140 + by, 100]),
      polyline(11, [
        [140 + by, 160],
        [100 + by, 160],
        [100 + by, 100],
      ]),
      // One that does not close stays what it is.
      line(11, [200, 200], [220, 200]),
      line(11, [220, 200], [220, 230]),
    ]
    const slot: Entity[] = [
      polyline(1, [
        [20, 20],
        [60, 20],
        [60, 40],
      ]),
      polyline(1, [
        [60, 40],
        [20, 40],
        [20, 20],
      ]),
    ]
    const blocks = ['M', 'L'].map((size, i) => ({
      name: size,
      entities: [...named('FRENTE', size), polyline(1, rectangle(300 + 10 * i, 400), true), ...hole(5 * i), ...slot],
    }))
    const reading = read({ blocks, entities: [...style(), insert('M'), insert('L')] })
    const piece = only(reading.pattern)
    expect(piece.internals.map(({ kind }) => kind)).toEqual(['cut', 'cut', 'cut', 'cut'])
    const rounds = piece.shapes.map((shape) => shape!.internals.map((run) => Math.round(lengthOf(run!))))
    expect(rounds).toEqual([
      [200, 20, 30, 120],
      [200, 20, 30, 120],
    ])
    expect(piece.shapes[1]!.internals[0]!.keys[0]).toMatchObject({ x: 105, y: 100, turn: true })
    expect(skipped(reading)).toBe(0)
  })

  it('what lies beside the blocks belongs to the one piece that it lies on', () => {
    const block = (name: string) => ({ name, entities: [polyline(1, rectangle(300, 400), true)] })
    const loose = [
      text(1, 'Piece Name: DELANTERO', [20, 20]),
      text(1, 'Size: M', [20, 40]),
      text(1, 'Quantity: 2 PZAS', [1020, 40]),
      point(4, [1150, 0]),
      point(13, [1100, 100]),
      line(7, [1050, 50], [1050, 350]),
      // Nobody knows of which piece these are.
      text(15, 'para el cliente', [20, 60]),
      point(13, [2000, 100]),
    ]
    const entities = [...style(), insert('A'), insert('B', [1000, 0]), ...loose]
    const reading = read({ blocks: [block('A'), block('B')], entities })
    expect(
      reading.pattern.pieces.map(({ name, notches, drills, quantity, shapes: [shape] }) => [
        ...[name, notches.length, drills.length, quantity.drawn],
        shape!.grain !== null,
      ]),
    ).toEqual([
      ['DELANTERO', 0, 0, 1, false],
      ['B', 1, 1, 2, true],
    ])
    expect(Object.values(reading.pattern.source.texts)).toContain('para el cliente')
    expect(skipped(reading)).toBe(1)
    // In a nest all sizes lie on each other.
    const nest = read({ blocks: [block('A'), block('B')], entities: [...style(), insert('A'), insert('B'), ...loose] })
    expect(nest.pattern.pieces.map(({ name }) => name)).toEqual(['A', 'B'])
  })

  it('texts of the style are of the file, also where they lie on a piece', () => {
    const reading = read({
      entities: [
        ...style({ Author: 'Seamline' }),
        ...[0, 400, 800].flatMap((x) => [
          polyline(1, [...rectangle(300, 500, [x, 0]), [x, 0]] as Point[]),
          text(1, 'Piece Name: Front', [x + 20, 20]),
        ]),
      ],
    })
    expect([reading.pattern.name, reading.report.vendor, reading.report.units.why]).toEqual([
      'BLUSA',
      'seamline',
      'declared',
    ])
    expect(reading.pattern.pieces.map(({ name, info }) => [name, info])).toEqual([
      ['Front', {}],
      ['Front (2)', {}],
      ['Front (3)', {}],
    ])
    expect(skipped(reading)).toBe(0)
  })

  it('sizes that only the names of blocks tell are taken from there, and it says so', () => {
    const block = (size: string, w: number) => ({
      name: `Front_${size}`,
      entities: [text(1, 'Piece Name: FRONT'), polyline(1, rectangle(w, 400), true)],
    })
    const reading = read({
      blocks: [
        block('36', 300),
        block('2-4Y', 310),
        block('XS', 320),
        { name: 'BACK_M', entities: [text(1, 'Piece Name: BACK'), polyline(1, rectangle(300, 400), true)] },
      ],
      entities: [...['Front_36', 'Front_2-4Y', 'Front_XS', 'BACK_M'].map((name) => insert(name)), ...style()],
    })
    expect(reading.pattern.sizes).toEqual(['36', '2-4Y', 'XS', 'M'])
    expect(reading.pattern.pieces.map(({ name, shapes }) => [name, shapes.map(Boolean)])).toEqual([
      ['FRONT', [true, true, true, false]],
      // One block alone is in the base size, whatever it is called.
      ['BACK', [false, false, false, true]],
    ])
    expect([noted(reading, 'size-from-block'), noted(reading, 'size-missing')]).toEqual([3, 1])
  })

  it('sizes that list other points, from another corner, the other way around: every edge is the one of the base', () => {
    const corners = (wider: number): Point[] => [
      [0, 0],
      [250 + wider, 0],
      [250 + wider, 400],
      [200 + wider, 600],
      [80, 650],
      [0, 580],
    ]
    /** The armhole bends in by so many points; at the side so slightly that only some sizes have a corner there. */
    const outline = (wider: number, points: number, bend: number): Point[] => {
      const [hem, side, under, shoulder, neck, front] = corners(wider) as [Point, Point, Point, Point, Point, Point]
      const armhole = Array.from({ length: points }, (_, i): Point => {
        const t = (i + 1) / (points + 1)
        return [under[0] - 50 * t - 60 * t * (1 - t), under[1] + 200 * t]
      })
      return [hem, side, [side[0] - bend, 200], under, ...armhole, shoulder, neck, front]
    }
    const drawn: readonly Point[][] = [
      outline(0, 9, 10),
      outline(12, 9, 40).toReversed(),
      outline(24, 12, 10),
      [...outline(36, 9, 10).slice(5), ...outline(36, 9, 10).slice(0, 5)],
    ]
    const reading = read({
      blocks: drawn.map((points, i) => ({
        name: `${i}`,
        entities: [...named('DELANTERO', `${36 + 2 * i}`), polyline(1, points, true), point(4, [125, 0])],
      })),
      entities: [...style({ 'Sample Size': '36' }), ...drawn.map((_, i) => insert(`${i}`))],
    })
    const piece = only(reading.pattern)
    const starts = piece.shapes.map((shape) => shape?.runs.map(({ keys: [key] }) => [key!.x, key!.y]))
    expect(starts).toEqual([0, 12, 24, 36].map((wider) => corners(wider)))
    expect(piece.shapes.map((shape) => notchAt(shape!, piece, 0).at.x)).toEqual([125, 125, 125, 125])
    expect([noted(reading, 'sizes-differ'), noted(reading, 'size-apart'), skipped(reading)]).toEqual([3, 0, 0])
  })

  it('a size that cannot have the edges of the base is a piece of its own, and nothing of it is lost', () => {
    const shapes: Point[][] = [
      rectangle(300, 400),
      rectangle(310, 410),
      [
        [0, 0],
        [320, 0],
        [160, 420],
      ],
    ]
    const sizes = ['S', 'M', 'L']
    const reading = read({
      blocks: shapes.map((points, i) => ({
        name: `${i}`,
        entities: [...named('BOLSA', sizes[i]!), polyline(1, points, true), point(13, [150, 100]), point(4, [150, 0])],
      })),
      entities: [...style(), ...shapes.map((_, i) => insert(`${i}`))],
    })
    expect(reading.pattern.sizes).toEqual(sizes)
    expect(
      reading.pattern.pieces.map(({ name, edges, notches, drills, shapes: drawn }) => [
        ...[name, edges.length, notches.length, drills.length],
        drawn.map(Boolean),
      ]),
    ).toEqual([
      ['BOLSA', 4, 1, 1, [true, true, false]],
      ['BOLSA (L)', 3, 1, 1, [false, false, true]],
    ])
    expect([noted(reading, 'size-apart'), skipped(reading)]).toEqual([1, 0])
  })

  it.each([
    ['letters', '_', ['S', 'M', 'L']],
    ['Spanish letters', ' ', ['CH', 'M', 'G']],
    ['numbers that both pieces have', '-', ['36', '38', '40']],
  ])('blocks that say nothing are pieces and sizes by their names: %s', (_, between, sizes) => {
    const blocks = ['FRENTE ALTO', 'ESPALDA'].flatMap((piece) =>
      sizes.map((size, i) => ({
        name: `${piece}${between}${size}`,
        entities: [polyline(1, rectangle(300 + 10 * i, piece === 'ESPALDA' ? 400 : 500), true)],
      })),
    )
    const reading = read({ blocks, entities: [...style(), ...blocks.map(({ name }) => insert(name))] })
    expect(reading.pattern.sizes).toEqual(sizes)
    expect(reading.pattern.pieces.map(({ name, shapes }) => [name, shapes.every(Boolean)])).toEqual([
      ['FRENTE ALTO', true],
      ['ESPALDA', true],
    ])
    expect([noted(reading, 'name-from-block'), noted(reading, 'size-from-block')]).toEqual([6, 6])
  })

  it('ends of names that are no sizes stay: left and right, first and second', () => {
    const names = ['MANGA_L', 'MANGA_R', 'BOLSA_1', 'BOLSA_2', 'VISTA']
    const blocks = names.map((name, i) => ({ name, entities: [polyline(1, rectangle(300 + i, 400), true)] }))
    const reading = read({ blocks, entities: [...style(), ...names.map((name) => insert(name))] })
    expect(reading.pattern.pieces.map(({ name }) => name)).toEqual(names)
  })

  it('a name that ends with the size beside it is one piece in its sizes', () => {
    const said = [
      ['FRENTE_S', 'S'],
      ['FRENTE_M', 'M'],
      ['CUELLO M', 'M'],
      ['VISTA_L', 'L'],
      ['VISTA_L', 'L'],
    ] as const
    const blocks = said.map(([name, size], i) => ({
      name: `${i}`,
      entities: [...named(name, size), polyline(1, rectangle(300 + i, 400), true)],
    }))
    const reading = read({ blocks, entities: [...style(), ...blocks.map(({ name }) => insert(name))] })
    expect(reading.pattern.sizes).toEqual(['S', 'M', 'L'])
    // One that is there in one size alone keeps the name that it has, and so do two of the same size.
    expect(reading.pattern.pieces.map(({ name }) => name)).toEqual(['FRENTE', 'CUELLO M', 'VISTA_L', 'VISTA_L (2)'])
  })

  it('Optitex: a reference line in place of the grain line is the grain, and no line inside', () => {
    const reading = read({
      header: { $INSUNITS: [70, 6] },
      tables: true,
      blocks: [
        {
          name: '2',
          entities: [
            ...named('FRONT', 'M').map((entity) =>
              entity.map(([c, v]) => (c === 8 ? ([8, 'TEXT'] as const) : ([c, v] as const))),
            ),
            polyline('CUT', rectangle(12, 24), true),
            line('REF', [6, 2], [6, 20]),
            line('REF', [6, 20], [5, 19]),
          ],
        },
      ],
      entities: [insert('2'), text('TEXT', 'AUTHOR: OptiTex PDS'), text('TEXT', 'UNITS: ENGLISH')],
    })
    const piece = only(reading.pattern)
    expect(piece.shapes[0]!.grain).toEqual([
      { x: 6 * 25.4, y: 2 * 25.4 },
      { x: 6 * 25.4, y: 20 * 25.4 },
    ])
    expect(piece.internals).toMatchObject([{ kind: 'mark', label: 'reference' }])
    expect(skipped(reading)).toBe(0)
  })

  it('a piece within a piece of another file: blocks in blocks are read where they lie', () => {
    const reading = read({
      blocks: [
        { name: 'FLECHA', entities: [line(7, [0, 0], [0, 50])] },
        {
          name: 'A',
          entities: [...named('A', 'M'), polyline(1, rectangle(300, 400), true), insert('FLECHA', [100, 100])],
        },
      ],
      entities: [insert('A', [1000, 0]), ...style()],
    })
    expect(only(reading.pattern).shapes[0]!.grain).toEqual([
      { x: 1100, y: 100 },
      { x: 1100, y: 150 },
    ])
  })

  it('texts in the letters of the trade: UTF-8, the code page of the file, escapes', () => {
    const file = (name: string) =>
      dxf({
        header: { $DWGCODEPAGE: [3, 'ANSI_1252'] },
        blocks: [{ name: 'A', entities: [...named(name, 'M'), polyline(1, rectangle(300, 400), true)] }],
      })
    expect(only(read(file('PUÑO')).pattern).name).toBe('PUÑO')
    expect(only(read(file('PU\\U+00D1O')).pattern).name).toBe('PUÑO')
    const nameIn = (...bytes: readonly number[]): string => {
      const whole = Buffer.from(file('PIEZA ?'), 'latin1')
      const at = whole.indexOf('?')
      const reading = readPattern(Buffer.concat([whole.subarray(0, at), Buffer.from(bytes), whole.subarray(at + 1)]))
      if (!reading.ok) throw new Error(reading.refusal.code)
      return only(reading.pattern).name
    }
    expect(nameIn(0x50, 0x55, 0xd1, 0x4f)).toBe('PIEZA PUÑO')
  })

  it('Chinese without a word about its code page is read as such, and letters of the West beside it stay', () => {
    const nameIn = (bytes: string): string => {
      const whole = dxf({
        blocks: [{ name: 'A', entities: [...named('?', 'M'), polyline(1, rectangle(300, 400), true)] }],
      })
      const reading = readPattern(Buffer.from(whole.replace('?', bytes), 'latin1'))
      if (!reading.ok) throw new Error(reading.refusal.code)
      return only(reading.pattern).name
    }
    expect(nameIn('\xba\xf3\xc6\xac')).toBe('后片')
    expect(nameIn('\xba\xf3\xc6\xac-A')).toBe('后片-A')
    // Two bytes that could be one sign, among letters as they stand in no Chinese word.
    expect(nameIn('PI\xd1\xd3N')).toBe('PIÑÓN')
    expect(nameIn('PU\xd1O')).toBe('PUÑO')
  })

  it('the same block twice is read once, another piece of the same name is a second one', () => {
    const a = { name: 'A_M', entities: [...named('A', 'M'), polyline(1, rectangle(300, 400), true)] }
    const b = { name: 'A_M', entities: [...named('A', 'M'), polyline(1, rectangle(200, 400), true)] }
    const reading = read({ blocks: [a, a, b], entities: [insert('A_M'), ...style()] })
    expect(reading.pattern.pieces.map(({ name }) => name)).toEqual(['A', 'A (2)'])
    expect(noted(reading, 'same-twice')).toBe(1)
    expect(skipped(reading)).toBe(0)
  })
})

describe('units', () => {
  const square = (side: number, more: FileText = {}, texts: Record<string, string> = {}) =>
    read({
      blocks: [{ name: 'A', entities: [...named('A', 'M'), polyline(1, rectangle(side, side / 2), true)] }],
      entities: [insert('A'), ...style(texts)],
      ...more,
    })
  const asked = ({ questions }: ReturnType<typeof read>) => questions.find(({ ask }) => ask === 'size')

  it('are what the file declares, as long as a piece of that size can be', () => {
    const reading = square(620)
    expect([reading.report.units.mmPerUnit, reading.report.units.why, asked(reading)]).toEqual([
      1,
      'declared',
      undefined,
    ])
    expect(square(24, {}, { Units: 'ENGLISH' }).report.units.mmPerUnit).toBe(25.4)
  })

  it('are asked with the largest piece where metric was said and centimetres were drawn', () => {
    const reading = square(24)
    expect([reading.report.units.mmPerUnit, reading.report.units.why]).toEqual([10, 'guessed'])
    expect(asked(reading)).toMatchObject({ piece: 'p1', cm: 24 })
    const answered = read(
      {
        blocks: [{ name: 'A', entities: [...named('A', 'M'), polyline(1, rectangle(24, 12), true)] }],
        entities: [insert('A'), ...style()],
      },
      { answers: { mmPerUnit: 10 } },
    )
    expect([answered.report.units.why, asked(answered)]).toEqual(['answered', undefined])
  })

  it('are asked where two things of a file speak against each other, or nothing speaks', () => {
    expect(asked(square(620, { header: { $INSUNITS: [70, 1] } }))).toBeDefined()
    expect(asked(square(300, {}, { TOLERANCE: '.006' }))).toBeDefined()
    const silent = read({ blocks: [{ name: 'A', entities: [polyline(1, rectangle(24, 12), true)] }] })
    expect(silent.report.units.why).toBe('guessed')
    const question = asked(silent)
    expect(question?.ask === 'size' && question.choices.map(({ mmPerUnit, cm }) => [mmPerUnit, cm])).toEqual([
      [25.4, 61],
      [1, 2.4],
      [10, 24],
    ])
    expect(asked(square(9000))).toMatchObject({ cm: 900 })
  })

  it('are those of a control square whatever the header says', () => {
    const control = {
      name: 'CONTROL',
      entities: [...named('CONTROL', 'M'), text(1, '10"X10" DO NOT CUT'), polyline(1, rectangle(10, 10), true)],
    }
    const piece = { name: 'A', entities: [...named('A', 'M'), polyline(1, rectangle(24, 12), true)] }
    const reading = read({ header: { $INSUNITS: [70, 6] }, blocks: [piece, control] })
    expect([reading.report.units.mmPerUnit, reading.report.units.why, asked(reading)]).toEqual([
      25.4,
      'control-piece',
      undefined,
    ])
  })
})

it('a graded point of a curve stands on both layers and is smooth, unless the line bends sharply there', () => {
  const [start, graded, between, sharp]: Point[] = [
    [0, 0],
    [100, 20],
    [200, 20],
    [300, 0],
  ]
  const ring: Point[] = [start!, graded!, between!, sharp!, [300, 200], [0, 200]]
  const reading = read({
    blocks: [
      {
        name: 'PRETINA',
        entities: [
          ...named('PRETINA', 'M'),
          polyline(1, ring, true),
          ...[start!, graded!, sharp!, ring[4]!, ring[5]!].map((at) => point(2, at)),
          ...[graded!, between!, sharp!].map((at) => point(3, at)),
        ],
      },
    ],
    entities: [insert('PRETINA'), ...style()],
  })
  const [curve] = only(reading.pattern).shapes[0]!.runs
  expect(only(reading.pattern).edges.length).toBe(4)
  expect(curve!.keys.map(({ x, turn }) => [x, turn])).toEqual([
    [0, true],
    [100, false],
    [200, false],
    [300, true],
  ])
})

describe('a base size with its table of rules', () => {
  const corners = rectangle(300, 400)
  const drawing = (turn: Entity[] = [], marks = true): FileText => ({
    blocks: [
      {
        name: 'ESPALDA',
        entities: [
          ...named('ESPALDA', 'M'),
          polyline(1, [corners[0]!, [150, 0], ...corners.slice(1), corners[0]!]),
          ...corners.map((at) => point(2, at)),
          point(3, [150, 0]),
          ...(marks
            ? [
                text(2, '# 0', corners[0]),
                text(2, '# 1', corners[1]),
                text(2, '# 2', corners[2]),
                text(2, '# 0', corners[3]),
              ]
            : []),
          point(4, [150, 0], [[30, 4]]),
          point(13, [20, 200]),
          ...turn,
        ],
      },
    ],
    entities: [insert('ESPALDA'), ...style()],
  })
  const table = (rules: string, units = 'METRIC'): Uint8Array =>
    bytesOf(
      `ANSI/AAMA VERSION: 1.0.0\r\nUNITS: ${units}\r\nGRADE RULE TABLE: BLUSA\r\nNUMBER OF SIZES: 3\r\nSIZE LIST: S M L\r\nSAMPLE SIZE: M\r\n${rules}\r\nEND\r\n`,
    )
  const RULES =
    'RULE: DELTA 0\r\n 0,0 0,0 0,0\r\nRULE: DELTA 1\r\n  -10.0, 0.0\r\n 0.0, 0.0,  12.5, 0.0\r\nRULE: DELTA 2 -10,-20 0,0 12.5,20'

  it('has every size, corners by rule and what lies between by its share of the way', () => {
    const reading = read(drawing(), { rul: table(RULES) })
    const piece = only(reading.pattern)
    expect([reading.pattern.sizes, reading.pattern.base]).toEqual([['S', 'M', 'L'], 1])
    expect(piece.shapes.map((shape) => shape!.runs.map((run) => run.keys.map(({ x, y }) => [x, y])))).toEqual(
      [
        [290, 145, 400, 380],
        [300, 150, 400, 400],
        [312.5, 156.25, 400, 420],
      ].map(([w, half, left, right]) => [
        [
          [0, 0],
          [half, 0],
          [w, 0],
        ],
        [
          [w, 0],
          [w, right],
        ],
        [
          [w, right],
          [0, left],
        ],
        [
          [0, left],
          [0, 0],
        ],
      ]),
    )
    expect(piece.shapes.map((shape) => shape!.notches[0]!.s)).toEqual([145, 150, 156.25])
    expect(reading.pattern.rules.map(({ rule }) => rule)).toEqual([0, 1, 2])
    expect(noted(reading, 'graded-by-rules')).toBe(1)
  })

  it('moves in the axes of the grade reference line, in the unit of the table', () => {
    const turned = only(read(drawing([line(5, [50, 50], [50, 250])]), { rul: table(RULES) }).pattern)
    const [x, y] = [turned.shapes[2]!.runs[1]!.keys[0]!.x, turned.shapes[2]!.runs[1]!.keys[0]!.y]
    expect([x, y]).toEqual([expect.closeTo(300, 9), expect.closeTo(12.5, 9)])
    const inches = only(
      read(drawing(), { rul: table('RULE: DELTA 1\n -1,0 0,0 1,0\nRULE: DELTA 2\n -1,0 0,0 1,0', 'ENGLISH') }).pattern,
    )
    expect(inches.shapes[2]!.runs[1]!.keys[0]!.x).toBeCloseTo(325.4, 9)
  })

  it('takes the rules in order where points have no number, and says so', () => {
    const four = [1, 2, 3, 4].map((n) => `RULE: DELTA ${n}\n -${n},0 0,0 ${n},0`).join('\n')
    const reading = read(drawing([], false), { rul: table(four) })
    expect(noted(reading, 'rules-in-order')).toBe(4)
    expect(only(reading.pattern).shapes[2]!.runs[1]!.keys[0]!.x).toBe(302)
    const none = read(drawing([], false), { rul: table(RULES) })
    expect([none.pattern.sizes, noted(none, 'rules-unused')]).toEqual([['M'], 3])
  })

  it('leaves a nest as it is drawn, and keeps the rules beside it', () => {
    const reading = read(nest, { rul: table(RULES) })
    expect(reading.pattern.pieces).toEqual(read(nest).pattern.pieces)
    expect(reading.pattern.rules[1]!.by[2]).toEqual({ x: 12.5, y: 0 })
  })

  it.each([
    ['a rule without a pair for each size', 'RULE: DELTA 1\n 1,0 0,0', { code: 'bad-rul', amount: 1 }],
    ['a rule that moves the base', 'RULE: DELTA 1\n 1,0 0.5,0 1,0', { code: 'rul-base', amount: 1 }],
    ['no rule', '', { code: 'bad-rul' }],
    ['a number out of this world', 'RULE: DELTA 1\n 1e308,0 0,0 1,0', { code: 'bad-rul', amount: 1 }],
  ])('is refused for %s', (_, rules, refusal) => {
    expect(readPattern(bytesOf(drawing()), { rul: table(rules) })).toMatchObject({ ok: false, refusal })
  })

  it('is asked for its DXF where it comes alone', () => {
    expect(readPattern(table(RULES), { name: 'BLUSA.RUL' })).toEqual({ ok: false, refusal: { code: 'rul-alone' } })
  })
})

describe('files that are none, or mean harm', () => {
  const whole = dxf(nest)
  const refused = (bytes: Uint8Array, name = 'x.dxf') => {
    const reading = readPattern(bytes, { name })
    return reading.ok ? 'read' : reading.refusal
  }
  const bytes = (text: string): Uint8Array => Uint8Array.from([...text].map((c) => c.charCodeAt(0)))
  const piece = (entities: readonly Entity[]): Uint8Array =>
    bytesOf({ blocks: [{ name: 'A', entities: [...named('A', 'M'), ...entities] }] })

  it.each([
    ['nothing', '', 'empty'],
    ['blank lines', '\n \r\n', 'empty'],
    ['a binary DXF', 'AutoCAD Binary DXF\r\n\x1a\0\0', 'binary-dxf'],
    ['a DWG', 'AC1032\0\0\0', 'dwg'],
    ['an archive', 'PK\x03\x04\x14\0', 'zip'],
    ['a PDF', '%PDF-1.7\n', 'pdf'],
    ['a plot', 'IN;SP1;PU0,0;PD100,100;', 'plotter'],
    ['a plot of a printer', '\x1b%-1BBP;IN;', 'plotter'],
    ['a letter', 'Hola, te mando el patrón mañana.', 'not-dxf'],
    ['a web page', '<!doctype html><p>', 'not-dxf'],
    ['a drawing without pieces', dxf({ entities: [line(8, [0, 0], [1, 1])] }), 'no-pieces'],
    ['a header alone', dxf({}), 'no-pieces'],
    ['numbers that are no DXF', '1\n2\n3\n4\n', 'no-pieces'],
  ])('%s', (_, content, code) => {
    expect(refused(bytes(content))).toEqual({ code })
  })

  it('are told by their name where their content says nothing', () => {
    expect(['a.dwg', 'a.zip', 'a.plt', 'a.dxf'].map((name) => refused(bytes('\x01\x02\x03garbage'), name))).toEqual(
      ['dwg', 'zip', 'plotter', 'not-dxf'].map((code) => ({ code })),
    )
    expect(refused(bytesOf(whole), 'a.dwg')).toBe('read')
  })

  it.each(['NaN', '1e308', 'Infinity', '99999999999', '12,3,4', '', '--5', '0x10'])(
    'a coordinate that is %j',
    (number) => {
      const content = new TextDecoder()
        .decode(piece([polyline(1, rectangle(300, 400), true)]))
        .replace(/(?<= 10\r\n)300/, number)
      expect(refused(bytesOf(content))).toMatchObject({ code: 'bad-number', line: expect.any(Number) })
    },
  )

  it('blocks in blocks, deep, in a circle and by the thousand', () => {
    const outline = polyline(1, rectangle(300, 400), true)
    const chain = Array.from({ length: 20 }, (_, i) => ({
      name: `B${i}`,
      entities: i === 19 ? [outline] : [insert(`B${i + 1}`)],
    }))
    expect(refused(bytesOf({ blocks: chain, entities: [insert('B0')] }))).toMatchObject({ code: 'nested' })
    const circle = [
      { name: 'A', entities: [outline, insert('B')] },
      { name: 'B', entities: [insert('A'), insert('B')] },
    ]
    expect(refused(bytesOf({ blocks: circle, entities: [insert('A')] }))).toMatchObject({ code: 'nested' })
    const bomb = Array.from({ length: 7 }, (_, i) => ({
      name: `B${i}`,
      entities: i === 6 ? [line(8, [0, 0], [1, 1])] : Array.from({ length: 12 }, () => insert(`B${i + 1}`)),
    }))
    expect(
      refused(
        bytesOf({ blocks: [...bomb, { name: 'A', entities: [outline, insert('B0')] }], entities: [insert('A')] }),
      ),
    ).toMatchObject({
      code: 'too-many',
    })
  })

  it('more than any pattern has', () => {
    const points = (count: number): string => '0\nPOINT\n8\n2\n10\n0\n20\n0\n'.repeat(count)
    const around = (entities: string): Uint8Array => bytesOf(`0\nSECTION\n2\nENTITIES\n${entities}0\nENDSEC\n0\nEOF\n`)
    expect(refused(around(points(200_001)))).toMatchObject({ code: 'too-many' })
    const vertices = Array.from(
      { length: 20_000 },
      (_, i): Point => [500 * Math.cos(i / 3183.1), 500 * Math.sin(i / 3183.1)],
    )
    const notches = Array.from({ length: 20_000 }, (_, i) => point(4, [i / 100, 1]))
    expect(refused(piece([polyline(1, vertices, true), ...notches]))).toMatchObject({ code: 'too-many' })
  }, 30_000)

  it('lines without end and lines that are no pairs', () => {
    expect(refused(bytesOf(whole.replace('2 PIEZAS', 'x'.repeat(70_000))))).toMatchObject({ code: 'long-line' })
    expect(refused(bytesOf(`0\nSECTION\n2\nENTITIES\n${'basura\n'.repeat(500)}`))).toMatchObject({
      code: 'broken',
      line: 5,
    })
    // A text that was broken in two costs a line, not the file.
    const broken = read(whole.replace('2 PIEZAS', '2 PIEZAS\r\nen tela'))
    expect(noted(broken, 'broken-lines')).toBe(1)
    expect(only(broken.pattern).shapes).toEqual(only(read(nest).pattern).shapes)
  })

  it('names that are keys of every object', () => {
    const reading = read({
      blocks: [
        {
          name: '__proto__',
          entities: [
            ...named('__proto__', 'constructor', { toString: 'x', __proto__: 'y' }),
            polyline(1, rectangle(300, 400), true),
          ],
        },
      ],
      entities: [insert('__proto__'), text(1, '__proto__: z')],
    })
    expect([only(reading.pattern).name, reading.pattern.sizes]).toEqual(['__proto__', ['constructor']])
    expect(({} as Record<string, unknown>).z).toBeUndefined()
  })

  it('a file that was cut off anywhere is refused or read with a word about it, never thrown', () => {
    const full = bytesOf(whole)
    for (let cut = 1; cut < full.length; cut += 97) {
      const reading = readPattern(full.subarray(0, cut))
      expect(!reading.ok || reading.report.notes.some(({ code }) => code === 'no-end')).toBe(true)
    }
  })
})
