import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Applied, apply } from '../../../shared/pattern/apply.ts'
import { edgesOf } from '../../../shared/pattern/links.ts'
import type { EdgeId, Pattern, Vec } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { areaOf, boxOf, outlineOf } from '../../../shared/pattern/ring.ts'
import { dist } from '../../../shared/pattern/vec.ts'
import { apart, blouse, D, draft, edgeLength, on, shapeOf } from '../../support/blouses.ts'

const done = (pattern: Pattern, operation: Operation): Applied => {
  const outcome = apply(pattern, operation)
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome
}
const code = (pattern: Pattern, operation: Operation) => {
  const outcome = apply(pattern, operation)
  return outcome.ok ? 'ok' : outcome.refusal.code
}
const open: Operation = { op: 'unfold', piece: D }
/** Along the centre of the unfolded front, from the neckline down to the hem: the half with the wearer's left stays. */
const shut: Operation = { op: 'fold', piece: D, from: on('d', 'escote'), fromAt: 1, to: on('d', 'bajo'), toAt: 0 }
/** What lies in the front: its holes, and the points of its lines. */
const inside = (pattern: Pattern, size: number): Vec[] => {
  const { drills, internals } = shapeOf(pattern, 'd', size)
  return [...drills, ...internals.flatMap((run) => run?.keys ?? [])].filter((p) => p !== null)
}
const area = (pattern: Pattern, id = 'd', size = pattern.base) => areaOf(outlineOf(shapeOf(pattern, id, size)))

describe('unfolding', () => {
  it('then moving a pocket or a hole of one side is moving it on the half: the other side goes along, unless a line holds for one', () => {
    const before = blouse()
    const [{ drills, internals }] = before.pieces as unknown as [Pattern['pieces'][number]]
    const changes = [
      { op: 'moveDrill', drill: drills[0]?.id, dx: 4, dy: -6 },
      { op: 'moveInternal', internal: internals[0]?.id, dx: -5, dy: 9 },
    ] as unknown as Operation[]
    for (const change of changes) {
      const [halfFirst, wholeFirst] = [
        done(done(before, change).pattern, open),
        done(done(before, open).pattern, change),
      ]
      expect(wholeFirst.notes.map((note) => note.code)).toEqual(['twin-followed'])
      for (const [size] of before.sizes.entries()) {
        const [is, wanted] = [inside(wholeFirst.pattern, size), inside(halfFirst.pattern, size)]
        expect(is.length).toBe(wanted.length)
        for (const [i, p] of is.entries()) expect(dist(p, wanted[i] as Vec)).toBeLessThan(1e-6)
      }
    }
    const alone = {
      ...before,
      pieces: before.pieces.map((piece) => ({
        ...piece,
        internals: piece.internals.map((one) => ({ ...one, oneSide: true })),
      })),
    }
    expect(done(done(alone, open).pattern, changes[1] as Operation).notes).toEqual([])
  })

  it('gives a whole front: twice the cloth, both sides, every thing inside twice', () => {
    const before = blouse({ notches: [{ edge: 2, t: 0.3 }] })
    const { pattern } = done(before, open)
    const [piece] = pattern.pieces
    expect(piece?.fold).toBe(null)
    expect(piece?.quantity).toEqual({ drawn: 1, mirrored: 0 })
    expect(piece?.edges.length).toBe(10)
    expect(piece?.edges.map(({ id }) => id)).toContain('d.sisam')
    expect([piece?.notches.length, piece?.drills.length, piece?.internals.length]).toEqual([2, 2, 2])
    for (const size of [0, 1, 2]) {
      expect(area(pattern, 'd', size)).toBeCloseTo(2 * area(before, 'd', size), 4)
      const box = boxOf(outlineOf(shapeOf(pattern, 'd', size)))
      expect(box && box.minX + box.maxX).toBeCloseTo(0, 6)
      expect(edgeLength(pattern, 'd.sisam', size)).toBeCloseTo(edgeLength(pattern, 'd.sisa', size), 9)
      const [one, other] = shapeOf(pattern, 'd', size).notches
      expect(one?.s).toBeCloseTo(0.3 * edgeLength(before, 'd.sisa', size), 9)
      expect((one?.s ?? 0) + (other?.s ?? 0)).toBeCloseTo(edgeLength(pattern, 'd.sisa', size), 9)
    }
  })

  it('sews both sides once back and front are open', () => {
    const { pattern } = done(done(blouse(), open).pattern, { op: 'unfold', piece: 'e' as typeof D })
    expect(pattern.seams.map(({ a, b }) => `${edgesOf(a)}-${edgesOf(b)}`)).toEqual([
      'd.costado-e.costado',
      'd.costadom-e.costadom',
      'd.hombro-e.hombro',
      'd.hombrom-e.hombrom',
    ])
  })

  it('refuses a whole piece and a fold that bends', () => {
    expect(code(blouse({ onFold: false }), open)).toBe('not-half')
    const bent = blouse()
    const piece = { ...bent.pieces[0], fold: on('d', 'sisa') } as Pattern['pieces'][number]
    expect(code({ ...bent, pieces: [piece] }, open)).toBe('not-straight')
  })
})

describe('folding', () => {
  it('undoes unfolding on any draft, in every size', () => {
    fc.assert(
      fc.property(draft({ onFold: true }), (before) => {
        const { pattern } = done(done(before, open).pattern, shut)
        const [was, is] = [before.pieces[0], pattern.pieces[0]]
        const named = (id: EdgeId) => (id === was?.fold ? 'd.fold' : id)
        expect(is?.edges.map(({ id }) => id)).toEqual(was?.edges.map(({ id }) => named(id)))
        expect(is?.fold).toBe('d.fold')
        expect(is?.notches).toEqual(was?.notches)
        expect([is?.drills, is?.internals, is?.notes]).toEqual([was?.drills, was?.internals, was?.notes])
        expect(pattern.seams).toEqual(before.seams)
        before.sizes.forEach((_, size) => {
          const [a, b] = [shapeOf(before, 'd', size), shapeOf(pattern, 'd', size)]
          expect(apart(a, b)).toBeLessThan(1e-6)
          expect(b.notches).toEqual(a.notches)
        })
      }),
    )
  })

  it('makes halves of edges that cross the line', () => {
    const whole = done(blouse(), open).pattern
    // The hem of the whole front as one edge: both halves are joined over the centre.
    const { pattern } = done(whole, { ...shut, fromAt: 1, to: on('d', 'bajo'), toAt: 0 })
    expect(edgeLength(pattern, 'd.bajo')).toBeCloseTo(edgeLength(whole, 'd.bajo'), 9)
    expect(area(pattern)).toBeCloseTo(area(whole) / 2, 4)
  })

  it('refuses halves that differ, and says by how much', () => {
    const whole = done(blouse(), open).pattern
    const outcome = apply(whole, { ...shut, toAt: 0.06 } as Operation)
    expect(outcome.ok ? 'ok' : outcome.refusal.code).toBe('not-symmetric')
    expect(outcome.ok ? 0 : outcome.refusal.amount).toBeGreaterThan(3)
    expect(code(blouse(), shut)).toBe('already-half')
    expect(code(whole, { ...shut, from: on('e', 'escote') } as Operation)).toBe('other-piece')
  })
})
