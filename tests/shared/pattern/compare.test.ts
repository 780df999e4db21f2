import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply } from '../../../shared/pattern/apply.ts'
import { compare, SAME_DRAWING_MM } from '../../../shared/pattern/compare.ts'
import type { EdgeId, Pattern, PieceId } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { packPattern, unpackPattern } from '../../../shared/pattern/wire.ts'
import { skirt } from '../../support/skirt.ts'

const FRONT = 'delantero' as PieceId
const edge = (name: string) => `delantero.${name}` as EdgeId
const done = (pattern: Pattern, operation: Operation): Pattern => {
  const outcome = apply(pattern, operation)
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.pattern
}
const longer = (by: number) => done(skirt, { op: 'lengthen', pieces: [FRONT], at: 0.5, by })

describe('two versions of a skirt', () => {
  it('have no difference where they are one version, in every size, also after a way over the wire', () => {
    const again = unpackPattern(JSON.parse(JSON.stringify(packPattern(skirt))))
    for (const size of skirt.sizes.keys())
      for (const piece of compare(skirt, again, size)) {
        expect(piece).toMatchObject({ is: 'same', others: [] })
        expect(piece.apart).toBeLessThan(1e-5)
        expect(piece.edges.map(({ is }) => is)).toEqual(['same', 'same', 'same', 'same'])
      }
  })

  it('show what was added to the sides, on the piece that was lengthened and on no other', () => {
    const [front, back] = compare(skirt, longer(20), 1)
    expect(back?.is).toBe('same')
    expect(front).toMatchObject({ is: 'changed', areaBefore: 200 * 600, areaAfter: 200 * 620 })
    expect(front?.apart).toBeCloseTo(20, 6)
    const byName = new Map(front?.edges.map((one) => [one.name, one]))
    for (const side of ['delantero.costado', 'delantero.centro']) {
      const one = byName.get(side)
      expect(one?.is).toBe('changed')
      expect((one?.after ?? 0) - (one?.before ?? 0)).toBeCloseTo(20, 6)
    }
    // Waist and hem keep their lengths; the one that was carried lies 20 mm further.
    const across = ['delantero.bajo', 'delantero.cintura'].map((name) => byName.get(name))
    for (const one of across) expect(one?.after).toBeCloseTo(one?.before ?? 0, 6)
    expect(across.map((one) => Math.round(one?.apart ?? 0)).sort()).toEqual([0, 20])
  })

  it('say of any lengthening exactly as much as was asked, and the same backwards with the sign turned', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -200, max: 400 }).filter((by) => by !== 0),
        fc.integer({ min: 0, max: 2 }),
        (by, size) => {
          const after = longer(by)
          const [there] = compare(skirt, after, size)
          const [back] = compare(after, skirt, size)
          expect(there?.apart).toBeCloseTo(Math.abs(by), 5)
          expect(back?.apart).toBeCloseTo(there?.apart ?? -1, 9)
          expect(back?.areaBefore).toBe(there?.areaAfter)
          const grown = (there?.edges ?? []).filter(({ is, before, after }) => is === 'changed' && before !== after)
          for (const one of grown) expect((one.after ?? 0) - (one.before ?? 0)).toBeCloseTo(by, 5)
          expect(grown.length).toBe(2)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('tell allowance, stitch, notch, grain and cutting apart from the lines', () => {
    const others = (operation: Operation) => compare(skirt, done(skirt, operation), 1)[0]?.others
    const hem = compare(skirt, done(skirt, { op: 'hem', edge: edge('bajo'), depth: 25, folds: 1 }), 1)[0]
    expect(hem?.edges[0]?.allowance).toEqual({ before: 10, after: 25 })
    expect(others({ op: 'notchMove', notch: 'delantero.piquete' as never, by: 10 })).toEqual(['notches'])
    expect(others({ op: 'grain', piece: FRONT, turn: 45 })).toEqual(['grain'])
    const cut = { op: 'cutting', piece: FRONT, drawn: 2, mirrored: 0, material: 'popelina' } as const
    expect(others(cut)).toEqual(['cutting'])
  })

  it('name pieces and edges that came or went', () => {
    const parted = done(skirt, {
      op: 'split',
      edge: edge('costado'),
      at: 0.5,
      to: edge('centro'),
      toAt: 0.5,
      via: [],
      allowance: 10,
      notches: 2,
      name: 'Bajo',
    })
    const there = compare(skirt, parted, 1)
    expect(there.filter(({ is }) => is === 'new').map(({ name }) => name)).toEqual(['Bajo'])
    expect(there.find(({ piece }) => piece === FRONT)?.edges.some(({ is }) => is === 'gone')).toBe(true)
    expect(
      compare(parted, skirt, 1)
        .filter(({ is }) => is === 'gone')
        .map(({ name }) => name),
    ).toEqual(['Bajo'])
  })

  it('hold two drawings of one version for the same, and not two drawings of two', () => {
    const nudged: Pattern = unpackPattern(
      packPattern({
        ...skirt,
        pieces: skirt.pieces.map((piece) => ({
          ...piece,
          shapes: piece.shapes.map(
            (shape) =>
              shape && {
                ...shape,
                runs: shape.runs.map(({ keys }) => ({
                  keys: keys.map((key) => ({ ...key, x: key.x + 0.1, y: key.y - 0.1 })),
                  drawn: null,
                })),
              },
          ),
        })),
      }),
    )
    expect(compare(skirt, nudged, 1, SAME_DRAWING_MM).every(({ is }) => is === 'same')).toBe(true)
    expect(compare(skirt, nudged, 1).every(({ is }) => is === 'changed')).toBe(true)
    expect(compare(nudged, longer(2), 1, SAME_DRAWING_MM)[0]?.is).toBe('changed')
  })
})
