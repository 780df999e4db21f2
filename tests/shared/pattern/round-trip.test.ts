import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importFile } from '../../../server/pattern/importFile.ts'
import { apply } from '../../../shared/pattern/apply.ts'
import { drawnOf, nearestOn } from '../../../shared/pattern/curve.ts'
import { DIALECTS, type Dialect, writeDxf } from '../../../shared/pattern/dxf/write.ts'
import { linesOf } from '../../../shared/pattern/lines.ts'
import type { EdgeId, Pattern, Run } from '../../../shared/pattern/model.ts'
import { OPERATION_NAMES } from '../../../shared/pattern/operation.ts'
import type { Reading } from '../../../shared/pattern/reading.ts'
import { packPattern, unpackPattern } from '../../../shared/pattern/wire.ts'
import { parsePattern } from '../../../shared/pattern/wire-parse.ts'
import { blouse, draft } from '../../support/blouses.ts'
import { withoutComments } from '../../support/dxf.ts'
import { change, operationOf } from '../../support/operations.ts'

const date = { y: 2026, m: 3, d: 7, h: 9, min: 5 }
const written = (pattern: Pattern, dialect: Dialect): string => writeDxf(pattern, { dialect, date })
const read = (text: string): Extract<Reading, { ok: true }> => {
  const reading = importFile(new TextEncoder().encode(text), { name: 'x' })
  if (!reading.ok) throw new Error(JSON.stringify(reading.refusal))
  return reading
}
const codesOf = (text: string): string[] => read(text).report.notes.map(({ code }) => code)

/** All of a pattern but who wrote the file, to the nanometre that a version is kept to. */
const all = (pattern: Pattern): unknown => {
  const { source: _, ...rest } = unpackPattern(packPattern(pattern))
  return JSON.parse(JSON.stringify(rest))
}
const linesApart = (a: Run, b: Run): number =>
  Math.max(...drawnOf(a).map((p) => nearestOn(b, p).distance), ...drawnOf(b).map((p) => nearestOn(a, p).distance))

/** A blouse to which one thing was done, or two. */
const changed = fc
  .constantFrom(...OPERATION_NAMES)
  .chain((name) => change(name))
  .chain(([pattern, operation]) => {
    const outcome = apply(pattern, operation)
    const next = outcome.ok ? outcome.pattern : pattern
    return fc
      .constantFrom(...OPERATION_NAMES)
      .chain((name) => operationOf(name, next, false))
      .map((more): Pattern => {
        const last = apply(next, more)
        return last.ok ? last.pattern : next
      })
  })

/** Everything that no line says. */
const told = (): Pattern => {
  const bare = blouse({ notches: [{ edge: 1, t: 0.4 }], ring: 'sew' })
  const sewing = { stitch: '516', seam: 1, spi: 10, needles: 2, gauge: 5, thread: 'Tex 27' }
  return {
    ...bare,
    name: 'Blusa «Ñandú»',
    sizes: ['CH', 'M corta', 'G/XG'],
    pieces: bare.pieces.map((piece) => ({
      ...piece,
      name: `${piece.name} ñ`,
      material: 'Algodón 100 %',
      annotation: 'Cortar al hilo',
      info: { 'Tela 2': 'forro, «liso»' },
      notes: [{ at: { x: 100, y: 100 }, text: 'Centro: al doblez', layer: 15 }],
      edges: piece.edges.map((edge, i) => ({
        ...edge,
        name: `tramo ${i}`,
        corner: i === 1 ? ('stepped' as const) : edge.corner,
        hem: i === 0 ? { folds: 2 as const } : null,
        sewing: i === 1 ? sewing : null,
      })),
    })),
  }
}

describe.each(DIALECTS)('a pattern written as %s', { timeout: 60_000 }, (dialect) => {
  it('and read again is the same, whatever was done to it', () => {
    fc.assert(
      fc.property(changed, (pattern) => {
        const again = read(written(pattern, dialect))
        expect(all(again.pattern)).toEqual(all(pattern))
        const open = pattern.pieces.filter(({ ring }) => ring === null).map(({ id }) => id)
        expect(again.questions).toEqual(open.length > 0 ? [{ ask: 'allowance', pieces: open }] : [])
      }),
      { numRuns: 80 },
    )
  })

  it('has in its lines what every other program needs: where it is cut and sewn, in every size', () => {
    fc.assert(
      fc.property(changed, (pattern) => {
        const again = read(withoutComments(written(pattern, dialect))).pattern
        expect(again.sizes).toEqual(pattern.sizes)
        for (const [i, piece] of pattern.pieces.entries())
          for (const [size, shape] of piece.shapes.entries()) {
            const twin = again.pieces[i]!.shapes[size]
            if (!shape || !twin) throw new Error('a size is gone')
            const { cut, sew } = linesOf(piece, shape)
            expect(twin.runs.length).toBe(cut.length)
            const sewn = piece.clockwise ? sew?.toReversed() : sew
            const lines = [...cut, ...(sewn ?? []), ...shape.internals.filter((run) => run !== null)]
            // A fold that an operation bent is no mirror line any more: its chord lies inside, after the others.
            const inner = twin.internals.slice(0, piece.internals.length).filter((run) => run !== null)
            const twins = [...twin.runs, ...twin.sew, ...inner]
            expect(twins.length).toBe(lines.length)
            for (const [k, run] of lines.entries()) expect(linesApart(run, twins[k]!)).toBeLessThan(0.001)
            for (const [k, run] of cut.entries())
              for (const [n, key] of run.keys.entries()) {
                const other = twin.runs[k]!.keys[n]!
                expect(Math.hypot(key.x - other.x, key.y - other.y)).toBeLessThan(0.0001)
                // Keys at one place are one point of the file, as the ends of two edges are that meet.
                const isAlone = run.keys.filter(({ x, y }) => Math.hypot(x - key.x, y - key.y) < 0.0002).length === 1
                if (isAlone && n > 0 && n + 1 < run.keys.length) expect(other.turn).toBe(key.turn)
              }
          }
      }),
      { numRuns: 50 },
    )
  })

  it('keeps names, hems, stitches, corners, seams, measures, and letters that no DXF has', () => {
    const pattern = told()
    const text = written(pattern, dialect)
    expect(/^[\x20-\x7e\r\n]*$/.test(text)).toBe(true)
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(250)
    const again = read(text)
    expect(all(again.pattern)).toEqual(all(pattern))
    expect(again.report.notes.map(({ code }) => code)).toEqual(['as-exported'])
    expect(again.report.layers.every(({ guessed, skipped }) => guessed + skipped === 0)).toBe(true)
    // Its seams are those of its owner: none is proposed beside them.
    expect(again.pattern.seams).toEqual(pattern.seams)
  })

  it('needs no answer a second time: neither size nor allowance', () => {
    const small = { ...told(), pieces: told().pieces.map((piece) => ({ ...piece, ring: 'cut' as const })) }
    const bare: Pattern = {
      ...small,
      pieces: small.pieces.map((piece) => ({
        ...piece,
        edges: piece.edges.map((edge) => ({ ...edge, allowance: null })),
      })),
    }
    expect(read(withoutComments(written(bare, dialect))).questions.map(({ ask }) => ask)).toEqual(['allowance'])
    expect(read(written(bare, dialect)).questions).toEqual([])
  })

  it('is the same bytes however the pattern came to be', () => {
    fc.assert(
      fc.property(draft(), (pattern) => {
        const text = written(unpackPattern(packPattern(pattern)), dialect)
        expect(written({ ...read(text).pattern, source: pattern.source }, dialect)).toBe(text)
      }),
      { numRuns: 20 },
    )
  })
})

describe('an export of ours that somebody changed', () => {
  const text = written(told(), 'astm')

  it('is believed after mail and copying, which change ends of lines and nothing else', () => {
    for (const sent of [text.replaceAll('\r\n', '\n'), text.replaceAll('\r\n', '\r'), text.replaceAll('\r\n', ' \r\n')])
      expect(all(read(sent).pattern)).toEqual(all(told()))
  })

  it('is read by its lines, and says so', () => {
    const at = text.indexOf('VERTEX')
    const moved = text.slice(0, at) + text.slice(at).replace(/(\n 10\r\n)[^\r]+/, '$1-3.0000')
    expect(codesOf(moved)).toContain('changed-since')
    expect(read(moved).pattern.pieces[0]!.edges.every(({ name }) => name === '')).toBe(true)
    expect(read(moved).pattern.pieces[0]!.ring).toBe('cut')
  })

  it('that lost a comment, has one too many, or another pattern in them, is read by its lines', () => {
    const comments = text.match(/\r\n999\r\n[^\r]*(?=\r\n)/g)!
    expect(codesOf(text.replace(comments[2]!, ''))).toContain('changed-since')
    expect(codesOf(text.replace(comments[2]!, comments[2]! + comments[2]!))).toContain('changed-since')
    expect(codesOf(text.replace(comments[3]!, comments[4]!))).toContain('changed-since')
    expect(codesOf(text.slice(0, text.indexOf(comments[5]!)))).toEqual(
      expect.arrayContaining(['changed-since', 'no-end']),
    )
    expect(codesOf(text.replace(comments[0]!, '\r\n999\r\nPUNTADA 1 00000000 99999999'))).toContain('changed-since')
    expect(codesOf(withoutComments(text))).not.toContain('changed-since')
  })

  it('and whose unit a person tells otherwise is measured anew', () => {
    const reading = importFile(new TextEncoder().encode(text), { answers: { mmPerUnit: 25.4 } })
    if (!reading.ok) throw new Error(reading.refusal.code)
    expect(reading.report.units.mmPerUnit).toBe(25.4)
    expect(reading.report.notes.map(({ code }) => code)).toContain('changed-since')
  })
})

describe('what a stranger says is a pattern of ours', () => {
  const { source, ...wire } = packPattern(told())
  const said = (): Record<string, never> => JSON.parse(JSON.stringify(wire))

  it('is one where all of it is right', () => {
    expect(all(parsePattern(said(), source)!)).toEqual(all(told()))
  })

  /** Every value of the tree, with how to put another in its place. */
  const spots = (value: unknown, put: (next: unknown) => void, into: ((next: unknown) => void)[]): void => {
    into.push(put)
    if (typeof value !== 'object' || value === null) return
    for (const [key, one] of Object.entries(value)) spots(one, (next) => Object.assign(value, { [key]: next }), into)
  }

  it('is none, or a whole one, with anything at any place of it; never an error', () => {
    const odd = [null, -1, 1e308, 0.5, '', '__proto__', [], {}, [[]], true, 'p1.e1', { length: 3 }]
    let refused = 0
    for (let i = 0; ; i++) {
      const value = said()
      const places: ((next: unknown) => void)[] = []
      spots(value, () => {}, places)
      // Most of the places are coordinates; a share of all is enough.
      if (i * 7 >= places.length) break
      places[i * 7]!(odd[i % odd.length])
      const pattern = parsePattern(value, source)
      if (pattern === null) refused++
      else for (const piece of pattern.pieces) for (const shape of piece.shapes) if (shape) linesOf(piece, shape)
    }
    expect(refused).toBeGreaterThan(50)
  })

  it('is none where what stands beside each other does not belong together', () => {
    // biome-ignore lint/suspicious/noExplicitAny: what is spoiled here is what no type would let through
    const wrong: readonly ((value: any) => void)[] = [
      (v) => v.sizes.push('XXG'),
      (v) => v.sizes.fill('M'),
      (v) => (v.base = 3),
      (v) => v.pieces.push(v.pieces[0]),
      (v) => (v.pieces[0].extra = 1),
      (v) => delete v.pieces[0].ring,
      (v) => v.pieces[0].edges.pop(),
      (v) => (v.pieces[0].edges[1].id = v.pieces[0].edges[0].id),
      (v) => (v.pieces[0].fold = 'e.bajo' as EdgeId),
      (v) => (v.pieces[0].notches[0].edge = 'nobody'),
      (v) => (v.pieces[0].shapes = [null, null, null]),
      (v) => v.pieces[0].shapes[0].notches.pop(),
      (v) => (v.pieces[0].shapes[0].runs[0].k[0] += 1e4),
      (v) => (v.pieces[0].shapes[0].runs[0].k = [0, 0, 3e15, 0]),
      (v) => (v.pieces[0].shapes[0].notches[0] = [1]),
      (v) => (v.pieces[0].shapes[0].notches[0] = [1, 2, 3, 4]),
      (v) => (v.pieces[0].shapes[0].runs[0].t = '1'),
      (v) => (v.pieces[0].shapes[0].runs[0].d = [0, 0, 5, 5]),
      (v) => (v.seams[0].a = [{ edge: 'nobody', back: false }]),
      (v) => (v.seams[0].b = ['e.bajo']),
      (v) => (v.measures[0].to.edge = 'nobody'),
      (v) => (v.rules = [{ rule: 1, by: [] }]),
    ]
    for (const [i, spoil] of wrong.entries()) {
      const value = said()
      spoil(value)
      expect([i, parsePattern(value, source)]).toEqual([i, null])
    }
  })

  it('is none however deep it is', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(parsePattern(JSON.parse(deep), source)).toBe(null)
  })
})
