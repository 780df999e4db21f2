import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Applied, apply } from '../../../shared/pattern/apply.ts'
import type { EdgeId, Pattern, PieceId, Vec } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { areaOf, contains, outlineOf } from '../../../shared/pattern/ring.ts'
import { walk } from '../../../shared/pattern/seams.ts'
import { angleBetween, dist, lerp, sub } from '../../../shared/pattern/vec.ts'
import { apart, blouse, D, draft, edgeLength, on, shapeOf } from '../../support/blouses.ts'
import { chain } from '../../support/drafts.ts'

const done = (pattern: Pattern, operation: Operation): Applied => {
  const outcome = apply(pattern, operation)
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome
}

const yoke = (over: Partial<Extract<Operation, { op: 'split' }>> = {}): Operation => ({
  op: 'split',
  edge: on('d', 'sisa'),
  at: 0.5,
  to: on('d', 'centro'),
  toAt: 0.35,
  via: [],
  allowance: 10,
  notches: 2,
  name: 'Canesú',
  ...over,
})
const CUT = ['d.sisa.cut', 'd.sisa.cut2'] as const

describe('splitting a piece', () => {
  it('makes two of the front, sewn together, with notches that meet', () => {
    const { pattern, pieces } = done(blouse(), yoke())
    expect(pieces).toEqual(['d', 'd-2'])
    const [front, part] = pieces.map((id) => pattern.pieces.find((piece) => piece.id === id))
    expect(part?.name).toBe('Canesú')
    expect(front?.edges.map(({ id }) => id)).toContain('d.sisaa')
    expect(part?.edges.map(({ id }) => id)).toContain('d.sisab')
    // Cut across the fold, both are halves on it, and one of each is cut.
    expect([front?.fold, part?.fold]).toEqual(['d.centrob', 'd.centroa'])
    expect(part?.quantity).toEqual({ drawn: 1, mirrored: 0 })
    const seam = pattern.seams.find(({ a }) => a[0]?.edge === CUT[0])
    expect(seam).toMatchObject({ a: chain(CUT[0]), b: chain(`-${CUT[1]}`), confirmed: true })
    for (const size of [0, 1, 2]) {
      const walked = seam && walk(pattern, seam, size)
      expect(walked?.notches.length).toBe(2)
      for (const stop of walked?.notches ?? []) expect(stop.difference).toBeCloseTo(0, 6)
    }
  })

  it('leaves each part a grain line that lies in it, in the direction that the piece had', () => {
    fc.assert(
      fc.property(draft(), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (before, at) => {
        const outcome = apply(before, yoke({ at: 0.3, toAt: Number(at.toFixed(3)) }))
        if (!outcome.ok) return
        for (const id of outcome.pieces)
          for (const [size] of before.sizes.entries()) {
            const [shape, old] = [shapeOf(outcome.pattern, id, size), shapeOf(before, 'd' as PieceId, size)]
            const [[a, b], [p, q]] = [shape.grain as [Vec, Vec], old.grain as [Vec, Vec]]
            expect(contains(outlineOf(shape), lerp(a, b, 0.5))).toBe(true)
            expect(angleBetween(sub(b, a), sub(q, p))).toBeCloseTo(0, 6)
            expect(dist(a, b)).toBeLessThan(dist(p, q) + 1e-6)
          }
      }),
    )
  })

  it('cuts the other half once more for each piece that is no longer on the fold', () => {
    const { pattern } = done(blouse(), yoke({ edge: on('d', 'hombro'), to: on('d', 'bajo'), toAt: 0.5 }))
    expect(pattern.pieces.map(({ id, fold, quantity }) => [id, fold !== null, quantity])).toEqual([
      ['d', true, { drawn: 1, mirrored: 0 }],
      ['d-2', false, { drawn: 1, mirrored: 1 }],
      ['e', true, { drawn: 1, mirrored: 0 }],
    ])
  })

  it('keeps the seams of an edge that it cuts', () => {
    const { pattern } = done(blouse(), yoke({ edge: on('d', 'costado') }))
    const side = pattern.seams.find(({ id }) => id === 's.costado')
    expect(side).toMatchObject({ a: chain('d.costadoa', 'd.costadob'), b: chain('-e.costado') })
    expect(side && walk(pattern, side, 0)?.difference).toBeCloseTo(0, 6)
  })

  it('loses no cloth beside the seam where the ring is the line to cut along', () => {
    const straight = { via: [], edge: on('d', 'costado'), at: 0.5, to: on('d', 'centro'), toAt: 0.5 }
    const area = (pattern: Pattern, id: string) => areaOf(outlineOf(shapeOf(pattern, id)))
    const sewn = done(blouse({ ring: 'sew' }), yoke(straight)).pattern
    const cut = done(blouse({ ring: 'cut' }), yoke(straight)).pattern
    const length = edgeLength(sewn, 'd.costado.cut')
    for (const id of ['d', 'd-2']) expect(area(cut, id) - area(sewn, id)).toBeCloseTo(10 * length, -3)
  })

  it('refuses a line that leaves the piece, and one along the fold', () => {
    const code = (operation: Operation) => {
      const outcome = apply(blouse(), operation)
      return outcome.ok ? 'ok' : outcome.refusal.code
    }
    expect(code(yoke({ edge: on('d', 'costado'), at: 0.95, to: on('d', 'hombro'), toAt: 0.05 }))).toBe('outside')
    expect(code(yoke({ via: [1.4, 0.5] }))).toBe('outside')
    expect(code(yoke({ edge: on('d', 'centro'), to: on('d', 'centro'), at: 0.2 }))).toBe('on-the-fold')
    expect(code(yoke({ to: on('e', 'centro') }))).toBe('other-piece')
    expect(code(yoke({ to: 'x' as EdgeId }))).toBe('no-such-edge')
  })

  it('is undone by joining, on any draft, in every size', () => {
    const place = fc.integer({ min: 10, max: 90 }).map((n) => n / 100)
    const ends = fc.constantFrom<
      readonly ['costado' | 'sisa' | 'hombro' | 'bajo', 'centro' | 'bajo' | 'escote' | 'costado']
    >(
      ['costado', 'centro'],
      ['sisa', 'centro'],
      ['sisa', 'costado'],
      ['hombro', 'bajo'],
      ['bajo', 'escote'],
      ['bajo', 'costado'],
      ['bajo', 'bajo'],
    )
    const via = fc.constantFrom<readonly number[]>([], [], [0.45, 0.45], [0.4, 0.4, 0.5, 0.5])
    let whole = 0
    fc.assert(
      fc.property(draft(), ends, place, place, via, (pattern, [from, to], at, toAt, drawn) => {
        const operation = yoke({ edge: on('d', from), to: on('d', to), at, toAt, via: drawn, notches: 3 })
        const split = apply(pattern, operation)
        // The ends of a line that bends through a narrow corner can't be found again under its allowance.
        if (!split.ok || (pattern.pieces[0]?.ring === 'cut' && drawn.length > 0)) return
        const joined = apply(split.pattern, {
          op: 'join',
          a: `d.${from}.cut` as EdgeId,
          b: `d.${from}.cut2` as EdgeId,
        })
        if (!joined.ok) throw new Error(`${JSON.stringify(joined.refusal)} ${JSON.stringify(operation)}`)
        whole++
        const [was, is] = [pattern.pieces[0], joined.pattern.pieces[0]]
        expect(joined.pattern.pieces.map(({ id }) => id)).toEqual(['d', 'e'])
        expect(is?.edges.map(({ id }) => id).toSorted()).toEqual(was?.edges.map(({ id }) => id).toSorted())
        expect(is?.fold).toBe(was?.fold)
        expect(is?.notches.length).toBe(was?.notches.length)
        expect(joined.pattern.seams).toEqual(pattern.seams)
        pattern.sizes.forEach((_, size) => {
          const [a, b] = [shapeOf(pattern, D, size), shapeOf(joined.pattern, 'd', size)]
          const area = areaOf(outlineOf(a))
          expect(Math.abs(areaOf(outlineOf(b)) - area) / area).toBeLessThan(1e-5)
          expect(apart(a, b)).toBeLessThan(0.01)
        })
      }),
    )
    expect(whole).toBeGreaterThan(20)
  })
})

describe('joining two pieces', () => {
  it('finds the outline under the allowance again where the cut was a gentle bend', () => {
    const before = blouse({ ring: 'cut' })
    const bent = yoke({ edge: on('d', 'costado'), at: 0.5, toAt: 0.5, via: [0.5, 0.36] })
    const joined = done(done(before, bent).pattern, {
      op: 'join',
      a: 'd.costado.cut' as EdgeId,
      b: 'd.costado.cut2' as EdgeId,
    }).pattern
    for (const size of [0, 1, 2])
      expect(apart(shapeOf(before, 'd', size), shapeOf(joined, 'd', size))).toBeLessThan(0.05)
  })

  it('makes one of the front and the back at the shoulder', () => {
    const before = blouse({ onFold: false })
    const { pattern } = done(before, { op: 'join', a: on('d', 'hombro'), b: on('e', 'hombro') })
    expect(pattern.pieces.map(({ id }) => id)).toEqual(['d' as PieceId])
    expect(pattern.seams.map(({ id }) => id)).toEqual(['s.costado'])
    const area = (one: Pattern, id: string) => areaOf(outlineOf(shapeOf(one, id, 2)))
    expect(area(pattern, 'd')).toBeCloseTo(area(before, 'd') + area(before, 'e'), 3)
  })

  it('refuses edges of one piece, folds, and edges of different length', () => {
    const code = (a: EdgeId, b: EdgeId) => {
      const outcome = apply(blouse(), { op: 'join', a, b })
      return outcome.ok ? 'ok' : outcome.refusal.code
    }
    expect(code(on('d', 'hombro'), on('d', 'costado'))).toBe('same-piece')
    expect(code(on('d', 'centro'), on('e', 'centro'))).toBe('on-the-fold')
    expect(code(on('d', 'escote'), on('e', 'escote'))).toBe('different-lengths')
    expect(code(on('d', 'hombro'), on('e', 'hombro'))).toBe('on-the-fold')
  })
})
