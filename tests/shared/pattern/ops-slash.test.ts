import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply } from '../../../shared/pattern/apply.ts'
import { drawnOf, tangentAt } from '../../../shared/pattern/curve.ts'
import type { Pattern } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { areaOf, outlineOf } from '../../../shared/pattern/ring.ts'
import { angleBetween, dist, sub } from '../../../shared/pattern/vec.ts'
import { blouse, draft, edgeLength, on, shapeOf } from '../../support/blouses.ts'

type Slash = Extract<Operation, { op: 'slash' }>
const flare = (over: Partial<Slash> = {}): Slash => ({
  op: 'slash',
  edge: on('d', 'bajo'),
  at: 0.5,
  pivot: on('d', 'hombro'),
  pivotAt: 0.5,
  by: 30,
  ...over,
})
const done = (pattern: Pattern, operation: Operation): Pattern => {
  const outcome = apply(pattern, operation)
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.pattern
}
const code = (pattern: Pattern, operation: Operation) => {
  const outcome = apply(pattern, operation)
  return outcome.ok ? 'ok' : outcome.refusal.code
}

describe('slash and spread', () => {
  it('makes the hem wider by as much, in every size, and leaves every other edge as long as it was', () => {
    const before = blouse()
    const after = done(before, flare())
    for (const size of [0, 1, 2]) {
      expect(edgeLength(after, 'd.bajo', size) - edgeLength(before, 'd.bajo', size)).toBeCloseTo(30, 0)
      for (const edge of ['d.costado', 'd.sisa', 'd.hombro', 'd.escote', 'd.centro'])
        expect(edgeLength(after, edge, size)).toBeCloseTo(edgeLength(before, edge, size), 6)
    }
  })

  it('leaves the fold where it was and turns the side, by the angle of the opening', () => {
    const before = blouse()
    const after = done(before, flare())
    const [was, is] = [shapeOf(before, 'd'), shapeOf(after, 'd')]
    expect(is.runs[5]).toEqual(was.runs[5])
    const heading = (run: (typeof is.runs)[number]) => {
      const points = drawnOf(run)
      return sub(points.at(-1) as never, points[0] as never)
    }
    const [O, V] = [{ x: (was.runs[0]?.keys[1]?.x ?? 0) / 2, y: 0 }, drawnOf(was.runs[3] as never)]
    const r = dist(O, { x: ((V[0]?.x ?? 0) + (V[1]?.x ?? 0)) / 2, y: ((V[0]?.y ?? 0) + (V[1]?.y ?? 0)) / 2 })
    const angle = (2 * Math.asin(30 / (2 * r)) * 180) / Math.PI
    expect(angleBetween(heading(was.runs[1] as never), heading(is.runs[1] as never))).toBeCloseTo(angle, 6)
  })

  it('leaves the fold where it was also where it lies beyond the cut, and notches where they were on the cloth', () => {
    const before = blouse({ notches: [{ edge: 3, t: 0.9 }] })
    const shoulder = flare({ edge: on('d', 'hombro'), pivot: on('d', 'bajo'), by: 12 })
    const after = done(before, shoulder)
    for (const size of [0, 1, 2]) {
      const [was, is] = [shapeOf(before, 'd', size), shapeOf(after, 'd', size)]
      expect(is.runs[5]).toEqual(was.runs[5])
      expect(areaOf(outlineOf(is))).toBeGreaterThan(areaOf(outlineOf(was)))
      const [long, short] = [edgeLength(after, 'd.hombro', size), edgeLength(before, 'd.hombro', size)]
      expect(long - short).toBeCloseTo(12, 0)
      // Nine tenths along, it keeps its way to the neck.
      expect(long - (is.notches[0]?.s ?? 0)).toBeCloseTo(short - (was.notches[0]?.s ?? 0), 9)
    }
  })

  it('has no corner in a hem that had none', () => {
    const after = done(blouse(), flare({ by: 60 }))
    const hem = shapeOf(after, 'd').runs[0]
    if (!hem) throw new Error('no hem')
    const length = edgeLength(after, 'd.bajo')
    for (let s = 0; s < length; s += 1) {
      const turn = Math.abs(angleBetween(tangentAt(hem, s), tangentAt(hem, s + 1)))
      expect(turn).toBeLessThan(3)
    }
  })

  it('adds the wedge to the cloth, or takes it, on any draft', () => {
    const amount = fc.integer({ min: -40, max: 80 }).filter((by) => by !== 0)
    const place = fc.integer({ min: 25, max: 75 }).map((n) => n / 100)
    let drawn = 0
    fc.assert(
      fc.property(
        draft(),
        amount,
        place,
        place,
        fc.constantFrom('hombro', 'escote', 'sisa'),
        (before, by, at, pivotAt, edge) => {
          const outcome = apply(before, flare({ by, at, pivotAt, pivot: on('d', edge) }))
          if (!outcome.ok) return
          drawn++
          before.sizes.forEach((_, size) => {
            const [was, is] = [shapeOf(before, 'd', size), shapeOf(outcome.pattern, 'd', size)]
            const more = areaOf(outlineOf(is)) - areaOf(outlineOf(was))
            const height = Math.max(...outlineOf(was).map(({ y }) => y))
            // A triangle of the opening and the cut's length, but for the smoothing at the hem.
            expect(Math.sign(more)).toBe(Math.sign(by))
            expect(Math.abs(more)).toBeLessThan((Math.abs(by) * height * 1.2) / 2 + 60 * Math.abs(by))
            expect(Math.abs(more)).toBeGreaterThan((Math.abs(by) * height * 0.4) / 2 - 60 * Math.abs(by))
          })
        },
      ),
    )
    expect(drawn).toBeGreaterThan(20)
  })

  it('changes nothing by 0, and refuses the fold, a line outside, and more than there is', () => {
    const before = blouse()
    const outcome = apply(before, flare({ by: 0 }))
    expect(outcome.ok && outcome.pattern).toBe(before)
    expect(code(before, flare({ pivot: on('d', 'centro') }))).toBe('on-the-fold')
    expect(code(before, flare({ edge: on('d', 'costado'), at: 0.98, pivot: on('d', 'hombro'), pivotAt: 0 }))).toBe(
      'outside',
    )
    expect(
      code(before, flare({ edge: on('d', 'costado'), at: 0.9, pivot: on('d', 'sisa'), pivotAt: 0.1, by: 120 })),
    ).not.toBe('ok')
    expect(code(before, flare({ pivot: on('e', 'hombro') }))).toBe('other-piece')
  })
})
