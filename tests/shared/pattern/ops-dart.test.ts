import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply } from '../../../shared/pattern/apply.ts'
import type { EdgeId, Pattern } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { areaOf, outlineOf } from '../../../shared/pattern/ring.ts'
import { angleBetween, dist, sub } from '../../../shared/pattern/vec.ts'
import { apart, blouse, draft, edgeLength, on, shapeOf } from '../../support/blouses.ts'

type Add = Extract<Operation, { op: 'dartAdd' }>
const dart = (over: Partial<Add> = {}): Add => ({
  op: 'dartAdd',
  edge: on('d', 'bajo'),
  at: 0.5,
  width: 24,
  length: 130,
  tilt: 0,
  ...over,
})
const legsOf = (edge: string) => ({ in: `${edge}in` as EdgeId, out: `${edge}out` as EdgeId })
const done = (pattern: Pattern, operation: Operation): Pattern => {
  const outcome = apply(pattern, operation)
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.pattern
}
const code = (pattern: Pattern, operation: Operation) => {
  const outcome = apply(pattern, operation)
  return outcome.ok ? 'ok' : outcome.refusal.code
}
/** Angle of a dart of the front at its point, degrees; 0 where it has none by these ids. */
const angleOf = (pattern: Pattern, leg: string, size: number): number => {
  const piece = pattern.pieces[0]
  const index = piece?.edges.findIndex(({ id }) => id === leg) ?? -1
  const { runs } = shapeOf(pattern, 'd', size)
  const [one, two] = [runs[index], runs[(index + 1) % runs.length]]
  if (index < 0 || !one || !two) return 0
  const [apex, a, b] = [one.keys.at(-1), one.keys[0], two.keys.at(-1)] as const
  return apex && a && b ? angleBetween(sub(a, apex), sub(b, apex)) : 0
}

describe('a new dart', () => {
  it('takes its width from the edge and a triangle from the cloth, with equal legs that are sewn together', () => {
    const before = blouse()
    const after = done(before, dart())
    for (const size of [0, 1, 2]) {
      const sum = edgeLength(after, 'd.bajoa', size) + edgeLength(after, 'd.bajob', size)
      expect(sum).toBeCloseTo(edgeLength(before, 'd.bajo', size) - 24, 9)
      expect(edgeLength(after, 'd.bajoa', size)).toBeCloseTo(edgeLength(before, 'd.bajo', size) / 2 - 12, 9)
      const area = (pattern: Pattern) => areaOf(outlineOf(shapeOf(pattern, 'd', size)))
      expect(area(before) - area(after)).toBeCloseTo((24 * 130) / 2, 4)
      expect(edgeLength(after, 'd.bajoin', size)).toBeCloseTo(Math.hypot(12, 130), 9)
      expect(edgeLength(after, 'd.bajoout', size)).toBeCloseTo(Math.hypot(12, 130), 9)
    }
    expect(after.seams.at(-1)).toMatchObject({ a: [{ edge: 'd.bajoin' }], b: [{ edge: 'd.bajoout' }], confirmed: true })
  })

  it('that is tilted has equal legs all the same', () => {
    const after = done(blouse(), dart({ tilt: 20 }))
    for (const size of [0, 1, 2])
      expect(edgeLength(after, 'd.bajoin', size)).toBeCloseTo(edgeLength(after, 'd.bajoout', size), 5)
  })

  it('is taken away again without a trace, on any edge of any draft', () => {
    const edges = fc.constantFrom(
      'bajo' as const,
      'costado' as const,
      'hombro' as const,
      'sisa' as const,
      'escote' as const,
    )
    const shares = fc.integer({ min: 30, max: 70 }).map((n) => n / 100)
    let drawn = 0
    fc.assert(
      fc.property(draft(), edges, shares, fc.integer({ min: 5, max: 25 }), (before, edge, at, width) => {
        const added = apply(before, dart({ edge: on('d', edge), at, width, length: 60 }))
        if (!added.ok) return
        drawn++
        const after = done(added.pattern, { op: 'dartClose', ...legsOf(`d.${edge}`) })
        expect(after.pieces[0]?.edges).toEqual(before.pieces[0]?.edges)
        expect(after.seams).toEqual(before.seams)
        before.sizes.forEach((_, size) => {
          const gap = apart(shapeOf(before, 'd', size), shapeOf(after, 'd', size))
          // On a curve the stretch under the mouth is drawn anew.
          expect(gap).toBeLessThan(edge === 'sisa' || edge === 'escote' ? 0.3 : 1e-6)
        })
      }),
    )
    expect(drawn).toBeGreaterThan(30)
  })

  it('is refused where it has no room', () => {
    expect(code(blouse(), dart({ at: 0.01 }))).toBe('too-short')
    expect(code(blouse(), dart({ edge: on('d', 'hombro'), length: 400, tilt: 50 }))).toBe('outside')
    expect(code(blouse(), dart({ edge: on('d', 'centro') }))).toBe('on-the-fold')
    expect(code(blouse(), { op: 'dartClose', in: on('d', 'bajo'), out: on('d', 'costado') })).toBe('not-a-dart')
  })
})

describe('passing a dart on', () => {
  it('keeps the angle, whole or in part, and the point, on any draft', () => {
    const to = fc.constantFrom('costado' as const, 'hombro' as const, 'sisa' as const)
    const shares = fc.integer({ min: 10, max: 90 }).map((n) => n / 100)
    const parts = fc.oneof(
      fc.constant(1),
      fc.integer({ min: 10, max: 90 }).map((n) => n / 100),
    )
    let passed = 0
    fc.assert(
      fc.property(draft(), to, shares, parts, (bare, edge, at, part) => {
        const before = done(bare, dart())
        const outcome = apply(before, { op: 'dartRotate', ...legsOf('d.bajo'), to: on('d', edge), at, part })
        if (!outcome.ok) return
        passed++
        const [piece] = outcome.pattern.pieces
        bare.sizes.forEach((_, size) => {
          const was = angleOf(before, 'd.bajoin', size)
          const legs = piece?.edges.filter(({ id }) => id.includes('bajoin')).map(({ id }) => id) ?? []
          expect(legs.length).toBe(part === 1 ? 1 : 2)
          const sum = legs.reduce((all, id) => all + angleOf(outcome.pattern, id, size), 0)
          expect(sum).toBeCloseTo(was, 8)
          if (part < 1) expect(angleOf(outcome.pattern, 'd.bajoin', size)).toBeCloseTo(was * (1 - part), 8)
          for (const id of legs) {
            const at = piece?.edges.findIndex((one) => one.id === id) ?? 0
            const { runs } = shapeOf(outcome.pattern, 'd', size)
            const [one, two] = [runs[at]?.keys, runs[(at + 1) % runs.length]?.keys]
            const apex = one?.at(-1)
            if (!apex || !one?.[0] || !two) throw new Error('no leg')
            expect(dist(one[0], apex)).toBeCloseTo(dist(two.at(-1) ?? apex, apex), 8)
            const old = shapeOf(before, 'd', size).runs[1]?.keys.at(-1)
            expect(dist(apex, old ?? apex)).toBeLessThan(1e-9)
          }
          // Nothing but the edge it went to and the one it left is longer or shorter.
          for (const other of ['d.escote', 'd.centro'])
            expect(edgeLength(outcome.pattern, other, size)).toBeCloseTo(edgeLength(before, other, size), 8)
        })
      }),
    )
    expect(passed).toBeGreaterThan(30)
  })

  it('there and back is where it was', () => {
    const before = done(blouse(), dart())
    const there = done(before, { op: 'dartRotate', ...legsOf('d.bajo'), to: on('d', 'costado'), at: 0.7, part: 1 })
    expect(there.pieces[0]?.edges.map(({ id }) => id)).toContain('d.bajo')
    const share = edgeLength(before, 'd.bajoa') / (edgeLength(before, 'd.bajoa') + edgeLength(before, 'd.bajob'))
    const back = done(there, {
      op: 'dartRotate',
      ...legsOf('d.bajo'),
      to: on('d', 'bajo'),
      at: Number(share.toFixed(6)),
      part: 1,
    })
    expect(apart(shapeOf(before, 'd'), shapeOf(back, 'd'))).toBeLessThan(0.01)
    expect(back.pieces[0]?.edges.map(({ id }) => id)).toEqual(before.pieces[0]?.edges.map(({ id }) => id))
  })
})
