import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { importFile } from '../../../server/pattern/importFile.ts'
import { drawnOf, lengthOf, nearestOn } from '../../../shared/pattern/curve.ts'
import { DIALECTS, type Dialect, type DxfOptions, writeDxf, writeRul } from '../../../shared/pattern/dxf/write.ts'
import type {
  DrillId,
  Edge,
  EdgeId,
  InternalId,
  Key,
  NotchId,
  NotchKind,
  Pattern,
  Piece,
  PieceId,
  Run,
  Shape,
} from '../../../shared/pattern/model.ts'
import { writeSvg } from '../../../shared/pattern/svg/write.ts'
import { packPattern } from '../../../shared/pattern/wire.ts'
import { withoutComments } from '../../support/dxf.ts'
import { patternsApart } from '../../support/same-pattern.ts'

const date = { y: 2026, m: 3, d: 7, h: 9, min: 5 }
const options = (dialect: Dialect): DxfOptions => ({ dialect, date })
const read = (file: string | Uint8Array): Pattern => {
  const result = importFile(typeof file === 'string' ? new TextEncoder().encode(file) : file, { name: 'x' })
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.pattern
}
const pairsOf = (text: string): [number, string][] => {
  const lines = text.split('\r\n').slice(0, -1)
  expect(lines.length % 2).toBe(0)
  return lines.flatMap((line, i) => (i % 2 === 0 ? [[Number(line), lines[i + 1]!] as [number, string]] : []))
}

const key = (x: number, y: number, turn: boolean, rule?: number): Key =>
  rule === undefined ? { x, y, turn } : { x, y, turn, rule }
const straight = (...keys: Key[]): Run => ({ keys, drawn: null })

/** Half a front on the fold in one size: fold on the left, a curved armhole with a drawn line of its own. */
const front = (grow: number): Shape => {
  const [w, h] = [240 + grow, 600 + 2 * grow]
  const hole: Key[] = [key(w, h - 200, true, 2), key(w - 48.5, h - 120.25, false), key(w - 60, h, true, 3)]
  const bend = [hole[0]!, { x: w - 30, y: h - 160 }, hole[1]!, { x: w - 59, y: h - 60 }, hole[2]!]
  return {
    runs: [
      straight(key(0, 0, true, 0), key(w, 0, true, 1)),
      straight(key(w, 0, true, 1), key(w, h - 200, true, 2)),
      { keys: hole, drawn: bend.map(({ x, y }) => ({ x, y })) },
      straight(key(w - 60, h, true, 3), key(80, h + 20, true)),
      straight(key(80, h + 20, true), key(43.125, h - 46.2, false), key(0, h - 80, true)),
      straight(key(0, h - 80, true), key(0, 0, true, 0)),
    ],
    notches: [
      { s: 100, off: 0 },
      { s: 150.5, off: 0 },
      { s: 60, off: 0 },
      { s: 20, off: 0 },
      { s: 40, off: 0 },
      { s: 30, off: 0 },
    ],
    drills: [{ x: 120, y: 300 + grow }],
    internals: [
      straight(key(10, 350, true), key(200, 350, true)),
      straight(key(100, 200, true), key(110, 240, true), key(90, 240, true), key(100, 200, true)),
    ],
    grain: [
      { x: 60, y: 80 },
      { x: 60, y: 520 + grow },
    ],
    sew: [],
  }
}
const KINDS: readonly NotchKind[] = ['slit', 'v', 't', 'castle', 'check', 'u']

const piece = (name: string, clockwise: boolean): Piece => {
  const id = name.toLowerCase() as PieceId
  const edge = (i: number, allowance: number | null): Edge => ({
    id: `${id}.e${i}` as EdgeId,
    name: '',
    allowance,
    corner: 'mitre',
    hem: null,
    sewing: null,
  })
  return {
    id,
    name,
    ring: null,
    edges: [0, 1, 2, 3, 4, 5].map((i) => edge(i, null)),
    clockwise,
    notches: KINDS.map((kind, i) => ({
      id: `${id}.n${i}` as NotchId,
      edge: `${id}.e${Math.min(i, 4)}` as EdgeId,
      kind,
      depth: 4,
      width: kind === 'slit' ? 0 : 3,
      angle: null,
    })),
    drills: [{ id: `${id}.d1` as DrillId, diameter: 5, label: 'D' }],
    internals: [
      { id: `${id}.i1` as InternalId, kind: 'line', label: 'B', oneSide: true },
      { id: `${id}.i2` as InternalId, kind: 'cut', label: '', oneSide: false },
    ],
    notes: [{ at: { x: 100, y: 100 }, text: 'Centro al doblez', layer: 15 }],
    fold: `${id}.e5` as EdgeId,
    quantity: { drawn: 1, mirrored: 0 },
    material: 'SHELL',
    category: 'FRONT',
    annotation: 'CUT X01',
    info: {},
    shapes: [front(-10), front(0), front(12.3456)],
  }
}
const NEST: Pattern = {
  name: 'BLUSA 12',
  sizes: ['S', 'M', 'L'],
  base: 1,
  pieces: [piece('FRONT', false), piece('BACK', true)],
  seams: [],
  measures: [],
  rules: [
    { rule: 1, by: [{ x: -10, y: 0 }, { x: 0, y: 0 }, { x: 12.3456, y: 0 }] }, // biome-ignore format: three sizes
    { rule: 2, by: [{ x: -10, y: -20 }, { x: 0, y: 0 }, { x: 12.3456, y: 24.6912 }] }, // biome-ignore format: three sizes
  ],
  source: { format: 'astm', vendor: 'unknown', product: '', release: '', texts: {} },
}

describe('a DXF that we write', () => {
  it('is 7-bit, with CRLF, in the order and the form that other programs take', () => {
    for (const dialect of ['aama', 'astm'] as const) {
      const text = writeDxf(NEST, options(dialect))
      expect(/^[\x20-\x7e\r\n]*$/.test(text)).toBe(true)
      expect(text.replaceAll('\r\n', '').includes('\n')).toBe(false)
      const pairs = pairsOf(text)
      const sections = pairs.filter(([code], i) => code === 2 && pairs[i - 1]![1] === 'SECTION').map(([, name]) => name)
      expect(sections).toEqual(['HEADER', 'BLOCKS', 'ENTITIES'])
      expect(pairs.at(-1)).toEqual([0, 'EOF'])
      for (const [code, value] of pairs) if (code >= 10 && code < 40) expect(value).toMatch(/^-?\d+\.\d{4}$/)
      expect(pairs.some(([, value]) => value === '-0.0000')).toBe(false)
      const names = (kind: string, at: number) =>
        pairs.flatMap(([code, value], i) => (code === 0 && value === kind ? [pairs[i + at]![1]] : []))
      expect(names('BLOCK', 2)).toEqual(['FRONT_S', 'FRONT_M', 'FRONT_L', 'BACK_S', 'BACK_M', 'BACK_L'])
      expect(names('INSERT', 2)).toEqual(names('BLOCK', 2))
      // Points, rules, notes and the full texts in the base size alone.
      expect(text.split('Quantity: 1,0').length - 1).toBe(2)
      expect(text.split('SIZE: ').length - 1).toBe(6)
      expect(text).toContain(dialect === 'astm' ? 'ASTM/D13Proposal 1 Version: D 6673-04' : 'PRODUCT: PUNTADA')
      expect(text).toContain('Creation Date: 07-03-2026')
      expect(text).toContain('Creation Time: 09:05')
      const layers = new Set(pairs.filter(([code]) => code === 8).map(([, value]) => Number(value)))
      const both = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 15]
      expect([...layers].sort((a, b) => a - b)).toEqual(
        dialect === 'aama' ? [...both, 84] : [...both, 80, 81, 82, 83, 84, 85, 86],
      )
    }
  })

  it('is the same bytes whenever it is written', () => {
    expect(writeDxf(structuredClone(NEST), options('astm'))).toBe(writeDxf(NEST, options('astm')))
  })

  it('read again by its lines alone is the same pattern, in ASTM to the last notch', () => {
    const again = read(withoutComments(writeDxf(NEST, options('astm'))))
    const found = patternsApart(NEST, again)
    expect(found.differences).toEqual([])
    expect(Math.max(found.keys, found.lines, found.places)).toBeLessThan(0.001)
    expect(again.source).toMatchObject({ format: 'astm' })
  })

  it('in AAMA keeps key points exactly, and says less of notches', () => {
    const again = read(withoutComments(writeDxf(NEST, options('aama'))))
    const found = patternsApart(NEST, again)
    expect(found.keys).toBeLessThan(0.0001)
    const kinds = again.pieces.flatMap(({ notches }) => notches.map(({ kind }) => kind))
    expect(new Set(kinds)).toEqual(new Set(['slit', 'v']))
    expect(found.differences.filter((one) => !one.includes('notches'))).toEqual([])
    // The drawn armhole bows from its key points, so that the outline has a dense copy.
    expect(found.lines).toBeLessThan(0.001)
    // Written once more, nothing else is lost.
    const third = patternsApart(again, read(withoutComments(writeDxf(again, options('aama')))))
    expect([third.differences, third.keys < 0.0001, third.lines < 0.001, third.places < 0.001]).toEqual([
      [],
      true,
      true,
      true,
    ])
  })

  it('spells Spanish without its accents and never gives two pieces one name', () => {
    const renamed = {
      ...NEST,
      name: 'Peto de niña «Ñandú» 50 %',
      pieces: NEST.pieces.map((one, i) => ({
        ...one,
        name: i === 0 ? 'Espalda ñ' : 'Espalda n',
        material: 'Algodón 100 %\r\n0\r\nEOF',
      })),
    }
    const text = writeDxf(renamed, options('astm'))
    expect(/^[\x20-\x7e\r\n]*$/.test(text)).toBe(true)
    const again = read(withoutComments(text))
    expect(again.name).toBe('Peto de nina "Nandu" 50 %')
    expect(again.pieces.map(({ name }) => name)).toEqual(['Espalda n', 'Espalda n 2'])
    expect(again.pieces[0]!.material).toBe('Algodon 100 %  0  EOF')
    expect(again.pieces[0]!.shapes.length).toBe(3)
  })

  it('of a sewn ring cuts outside it, and sews on it', () => {
    const shirt: Pattern = {
      ...NEST,
      pieces: NEST.pieces.map((one) => ({
        ...one,
        ring: 'sew' as const,
        edges: one.edges.map((edge, i) => ({ ...edge, allowance: [25, 10, 8, 10, 6, 0][i]! })),
      })),
    }
    const again = read(withoutComments(writeDxf(shirt, options('astm'))))
    for (const [i, one] of shirt.pieces.entries()) {
      const twin = again.pieces[i]!
      expect(twin.ring).toBe('cut')
      expect(twin.edges.map(({ allowance }) => Math.round(allowance!))).toEqual([25, 10, 8, 10, 6, 0])
      for (const [k, shape] of one.shapes.entries())
        for (const run of shape!.runs)
          for (const p of drawnOf(run))
            expect(Math.min(...twin.shapes[k]!.sew.map((line) => nearestOn(line, p).distance))).toBeLessThan(0.001)
      // Notches are cut into the cloth's rim.
      const off = twin.shapes[1]!.notches.map((place) => Math.abs(place!.off))
      expect(Math.max(...off)).toBeLessThan(0.05)
    }
  })

  it('comes with a table of its grade rules', () => {
    expect(writeRul({ ...NEST, rules: [] }, options('astm'))).toBe(null)
    const lines = writeRul({ ...NEST, sizes: ['S', 'M corta', 'L'] }, options('aama'))!.split('\r\n')
    expect(lines.slice(0, 4)).toEqual([
      'ANSI/AAMA VERSION: 1.0.0',
      'AUTHOR: PUNTADA',
      'PRODUCT: PUNTADA',
      'VERSION: 0.1',
    ])
    expect(lines.slice(4, 11)).toEqual([
      'CREATION DATE: 07-03-2026',
      'CREATION TIME: 09:05',
      'UNITS: METRIC',
      'GRADE RULE TABLE: BLUSA_12',
      'NUMBER OF SIZES: 3',
      'SIZE LIST: S M_corta L',
      'SAMPLE SIZE: M_corta',
    ])
    expect(lines.slice(11)).toEqual([
      'RULE: DELTA 1',
      '   -10.0000, 0.0000   0.0000, 0.0000   12.3456, 0.0000',
      'RULE: DELTA 2',
      '   -10.0000, -20.0000   0.0000, 0.0000   12.3456, 24.6912',
      'END',
      '',
    ])
  })

  it('and its table say together what grows, from the base size alone', () => {
    // Rules count along the grade reference, which is the grain: lying, it has the axes of the drawing.
    const lying = [
      { x: 40, y: 90 },
      { x: 200, y: 90 },
    ] as const
    const base: Pattern = {
      ...NEST,
      pieces: NEST.pieces.map((one) => ({ ...one, shapes: [null, { ...one.shapes[1]!, grain: lying }, null] })),
    }
    const rul = new TextEncoder().encode(writeRul(NEST, options('astm'))!)
    const result = importFile(new TextEncoder().encode(withoutComments(writeDxf(base, options('astm')))), { rul })
    if (!result.ok) throw new Error(result.refusal.code)
    expect(result.pattern.sizes).toEqual(NEST.sizes)
    // Corners 1 and 2 of the front: hem and underarm at the side.
    for (const size of [0, 2])
      for (const corner of [1, 2]) {
        const { x, y } = NEST.pieces[0]!.shapes[size]!.runs[corner]!.keys[0]!
        const grown = result.pattern.pieces[0]!.shapes[size]!.runs[corner]!.keys[0]!
        expect(Math.hypot(grown.x - x, grown.y - y)).toBeLessThan(0.001)
      }
  })
})

describe('an SVG that we write', () => {
  const size = (pattern: Pattern, index: number): Pattern => ({
    ...pattern,
    sizes: [pattern.sizes[index]!],
    base: 0,
    pieces: pattern.pieces.map((one) => ({ ...one, shapes: [one.shapes[index] ?? null] })),
  })

  it('has millimetres, a group for each piece, and its lines by class', () => {
    const text = writeSvg(NEST, 1)
    const [, width, unit, box] = /width="([\d.]+)(mm)" height="[\d.]+mm" viewBox="0 0 ([\d.]+) /.exec(text)!
    expect([unit, width]).toEqual(['mm', box])
    expect(text.split('class="piece"').length - 1).toBe(2)
    for (const kind of ['cut', 'fold', 'edge', 'notch', 'drill', 'grain', 'note'])
      expect(text).toContain(`class="${kind}"`)
  })

  it('read again is the same size of the same pattern, attributes and all', () => {
    const rich: Pattern = {
      ...NEST,
      pieces: NEST.pieces.map((one) => ({
        ...one,
        name: `Ñandú <${one.name}> & "co"`,
        ring: 'cut' as const,
        edges: one.edges.map(
          (edge, i): Edge => ({
            ...edge,
            name: `tramo ${i}`,
            allowance: i === 5 ? 0 : 7,
            hem: i === 0 ? { folds: 2 } : null,
          }),
        ),
      })),
    }
    const again = read(writeSvg(rich, 2))
    const found = patternsApart(size(rich, 2), again, true)
    expect(found.differences).toEqual([])
    expect(Math.max(found.keys, found.lines, found.places)).toBeLessThan(0.001)
    expect(again.pieces.map(({ id, edges }) => [id, edges])).toEqual(rich.pieces.map(({ id, edges }) => [id, edges]))
    expect(again.source.format).toBe('puntada')
  })
})

/** Real files that nobody here wrote, where they are at hand. */
const corpus = process.env.PUNTADA_CORPUS ?? resolve(import.meta.dirname, '../../../../shared/data')
const list = (kind: string) => (existsSync(join(corpus, kind)) ? readdirSync(join(corpus, kind)) : [])

describe.skipIf(list('dxf').length === 0)('real files', () => {
  it('written as ASTM and read again by their lines alone are the same', { timeout: 120_000 }, () => {
    let count = 0
    for (const name of list('dxf')) {
      const first = read(readFileSync(join(corpus, 'dxf', name)))
      // An edge without length is left out by readers, ours too; such pieces are not compared.
      const solid = {
        ...first,
        pieces: first.pieces.filter(({ shapes }) => shapes.every((one) => !one || one.runs.every(lengthOf))),
      }
      const found = patternsApart(solid, read(withoutComments(writeDxf(solid, options('astm')))))
      expect(found.differences, name).toEqual([])
      expect(found.keys, name).toBeLessThan(0.0001)
      expect(Math.max(found.lines, found.places), name).toBeLessThan(0.001)
      count += solid.pieces.length
    }
    console.info(`wrote and read ${count} pieces of ${list('dxf').length} files`)
  })

  it.each(DIALECTS)('written as %s and read again are the same to the nanometre', { timeout: 120_000 }, (dialect) => {
    // As it is stored, where −0 is 0; who wrote the file is another thing.
    const stored = (pattern: Pattern) => JSON.parse(JSON.stringify({ ...packPattern(pattern), source: null }))
    for (const name of list('dxf')) {
      const first = read(readFileSync(join(corpus, 'dxf', name)))
      const again = read(writeDxf(first, options(dialect)))
      expect(isDeepStrictEqual(stored(again), stored(first)), name).toBe(true)
    }
  })

  it('drawn in FreeSewing are the same drawing after an SVG of ours', () => {
    for (const name of list('svg').filter((one) => /^(bella|simon|charlie)/.test(one))) {
      const first = read(readFileSync(join(corpus, 'svg', name)))
      const found = patternsApart(first, read(writeSvg(first, 0)), true)
      expect(found.differences, name).toEqual([])
      expect(Math.max(found.keys, found.lines, found.places), name).toBeLessThan(0.001)
    }
  })
})
