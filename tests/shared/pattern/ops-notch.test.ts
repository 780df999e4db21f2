import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Applied, apply } from '../../../shared/pattern/apply.ts'
import type { DrillId, InternalId, NotchId, Pattern } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { walk } from '../../../shared/pattern/seams.ts'
import { angleBetween, dist, sub } from '../../../shared/pattern/vec.ts'
import { blouse, D, draft, edgeLength, on, shapeOf } from '../../support/blouses.ts'

const done = (pattern: Pattern, operation: Operation): Applied => {
  const outcome = apply(pattern, operation)
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome
}
const code = (pattern: Pattern, operation: Operation) => {
  const outcome = apply(pattern, operation)
  return outcome.ok ? 'ok' : outcome.refusal.code
}
const add = (at: number, edge = on('d', 'costado')): Operation => ({
  op: 'notchAdd',
  edge,
  at,
  kind: 'v',
  depth: 4,
  width: 3,
})
const NEW = 'd.costado.p' as NotchId
const TWIN = 'e.costado.p' as NotchId

describe('a notch', () => {
  it('comes with its twin across the seam, and both meet when it is sewn, on any draft', () => {
    fc.assert(
      fc.property(draft({ notches: [] }), fc.integer({ min: 0, max: 100 }), (before, percent) => {
        const { pattern, pieces, notes } = done(before, add(percent / 100))
        expect(pieces).toEqual(['d', 'e'])
        expect(notes.map((note) => note.code)).toEqual(['mate-followed'])
        before.sizes.forEach((_, size) => {
          const place = shapeOf(pattern, 'd', size).notches[0]
          expect(place?.s).toBeCloseTo((percent / 100) * edgeLength(before, 'd.costado', size), 9)
          const [stop] =
            walk(
              { ...pattern, pieces: pattern.pieces.map((one) => ({ ...one, ring: null })) },
              pattern.seams[0] as never,
              size,
            )?.notches ?? []
          expect(stop).toMatchObject({ a: NEW, b: TWIN })
          expect(stop?.difference).toBeCloseTo(0, 6)
        })
      }),
    )
  })

  it('moves with its twin, the other way along an edge that is walked from its end, and back', () => {
    const before = done(blouse(), add(0.25)).pattern
    const { pattern, notes } = done(before, { op: 'notchMove', notch: NEW, by: 15 })
    expect(notes.map((note) => note.code)).toEqual(['notch-moved', 'mate-followed'])
    for (const size of [0, 1, 2]) {
      const moved = (id: string) =>
        (shapeOf(pattern, id, size).notches[0]?.s ?? 0) - (shapeOf(before, id, size).notches[0]?.s ?? 0)
      expect(moved('d')).toBeCloseTo(15, 9)
      expect(moved('e')).toBeCloseTo(-15, 9)
    }
    const back = done(pattern, { op: 'notchMove', notch: NEW, by: -15 }).pattern
    expect(shapeOf(back, 'e').notches[0]?.s).toBeCloseTo(shapeOf(before, 'e').notches[0]?.s ?? 0, 9)
    expect(code(before, { op: 'notchMove', notch: NEW, by: 400 })).toBe('too-short')
  })

  it('goes with its twin, and leaves the others', () => {
    const before = blouse({ notches: [{ edge: 2, t: 0.4 }] })
    const { pattern } = done(done(before, add(0.5)).pattern, { op: 'notchRemove', notch: NEW })
    expect(pattern.pieces).toEqual(before.pieces)
    expect(code(before, { op: 'notchRemove', notch: NEW })).toBe('no-such-notch')
  })
})

describe('what lies in a piece', () => {
  it('the grain turns about its middle and keeps its length', () => {
    const before = blouse()
    const { pattern } = done(before, { op: 'grain', piece: D, turn: 45 })
    for (const size of [0, 1, 2]) {
      const [was, is] = [shapeOf(before, 'd', size).grain, shapeOf(pattern, 'd', size).grain]
      if (!was || !is) throw new Error('no grain')
      expect(angleBetween(sub(was[1], was[0]), sub(is[1], is[0]))).toBeCloseTo(45, 9)
      expect(dist(is[0], is[1])).toBeCloseTo(dist(was[0], was[1]), 9)
      expect((is[0].x + is[1].x) / 2).toBeCloseTo((was[0].x + was[1].x) / 2, 9)
    }
  })

  it('a pocket and a hole move as one, and not out of the piece', () => {
    const before = blouse()
    const pocket = 'd.i1' as InternalId
    const hole = 'd.d1' as DrillId
    const { pattern } = done(before, { op: 'moveInternal', internal: pocket, dx: -20, dy: 35 })
    shapeOf(pattern, 'd').internals[0]?.keys.forEach((key, i) => {
      const was = shapeOf(before, 'd').internals[0]?.keys[i]
      expect([key.x - (was?.x ?? 0), key.y - (was?.y ?? 0)]).toEqual([-20, 35])
    })
    expect(code(before, { op: 'moveInternal', internal: pocket, dx: 200, dy: 0 })).toBe('outside')
    expect(code(before, { op: 'moveDrill', drill: hole, dx: 0, dy: 400 })).toBe('outside')
    expect(code(before, { op: 'moveDrill', drill: hole, dx: 10, dy: 40 })).toBe('ok')
    expect(code(before, { op: 'moveDrill', drill: 'x' as DrillId, dx: 1, dy: 0 })).toBe('no-such-drill')
  })

  it('how many are cut changes no line', () => {
    const before = blouse()
    const { pattern } = done(before, { op: 'cutting', piece: D, drawn: 2, mirrored: 1, material: 'Forro' })
    expect(pattern.pieces[0]).toMatchObject({ quantity: { drawn: 2, mirrored: 1 }, material: 'Forro' })
    expect(shapeOf(pattern, 'd')).toBe(shapeOf(before, 'd'))
  })
})
