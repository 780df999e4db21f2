import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutLine, grow, reoffset, sewLine } from '../../../shared/pattern/allowance.ts'
import { nearestOn } from '../../../shared/pattern/curve.ts'
import type { Corner, Piece, Run, Shape } from '../../../shared/pattern/model.ts'
import { areaOf, contains, outlineOf, perimeterOf } from '../../../shared/pattern/ring.ts'
import { bodice, bodies, curve, edge, line, piece, rectangle, shape } from '../../support/drafts.ts'

const shapeOf = (one: Piece): Shape => one.shapes[0] as Shape
const withAllowances = (one: Piece, ...mm: (number | null)[]): Piece => ({
  ...one,
  edges: one.edges.map((e, i) => ({ ...e, allowance: mm[i % mm.length] as number | null })),
})
const corners = (run: Run) =>
  run.keys.map(({ x, y }) => [Math.round(x * 1e6) / 1e6 || 0, Math.round(y * 1e6) / 1e6 || 0])
const far = (runs: readonly Run[], p: { x: number; y: number }) =>
  Math.min(...runs.map((run) => nearestOn(run, p).distance))

it('cuts a rectangle around its sew line, each edge by its own allowance', () => {
  const one = withAllowances(rectangle('r', 100, 200), 30, 10, 5, 0)
  const cut = cutLine(one, shapeOf(one))
  expect(cut.ok && cut.runs.map(corners)).toEqual([
    [
      [0, -30],
      [110, -30],
    ],
    [
      [110, -30],
      [110, 205],
    ],
    [
      [110, 205],
      [0, 205],
    ],
    [
      [0, 205],
      [0, -30],
    ],
  ])
})

it('sews a cut rectangle inside, and an allowance that leaves nothing is refused', () => {
  const one = { ...rectangle('r', 100, 200), ring: 'cut' as const }
  const sew = sewLine(one, shapeOf(one))
  expect(sew.ok && sew.runs.map(corners)[0]).toEqual([
    [10, 10],
    [90, 10],
  ])
  const thick = withAllowances(one, 50)
  expect(sewLine(thick, shapeOf(thick))).toMatchObject({ ok: false, code: 'allowance-impossible' })
  expect(sewLine(withAllowances(one, 120), shapeOf(one))).toMatchObject({ ok: false })
})

it('sews past the sides of a deep hem to its fold line, whether anybody gave them an allowance or not', () => {
  // Side, side of the hem flaring out below its fold line at y = 35, hem, and the same on the left.
  const runs = [
    line([-6, 0], [106, 0]),
    curve([106, 0], [103, 18], [100, 36]),
    line([100, 36], [100, 200]),
    line([100, 200], [0, 200]),
    line([0, 200], [0, 36]),
    line([0, 36], [-6, 0]),
  ]
  for (const side of [null, 10]) {
    const edges = [35, side, 10, 10, 10, side].map((allowance, i) => edge(`h.e${i + 1}`, { allowance }))
    const one = piece('h', edges, [shape(runs)], { ring: 'cut' })
    const sew = sewLine(one, shapeOf(one))
    expect(sew.ok && sew.outline.map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual(
      expect.arrayContaining([
        [10, 35],
        [90, 35],
        [90, 190],
        [10, 190],
      ]),
    )
    expect(sew.ok && areaOf(sew.outline)).toBeCloseTo(80 * 155, -2)
  }
})

it('takes the sew lines of a file as they are', () => {
  const given = [line([7, 7], [93, 7])]
  const one = { ...rectangle('r', 100, 200), ring: 'cut' as const }
  const sew = sewLine(one, { ...shapeOf(one), sew: given })
  expect(sew.ok && sew.runs).toBe(given)
})

it('without allowance the cut line is the sew line', () => {
  fc.assert(
    fc.property(bodies(), fc.constantFrom('cut' as const, 'sew' as const, null), (body, ring) => {
      const one = withAllowances(bodice([body], { ring }), 0)
      const [cut, sew] = [cutLine(one, shapeOf(one)), sewLine(one, shapeOf(one))]
      expect(cut.ok && cut.runs).toBe(shapeOf(one).runs)
      expect(sew.ok && sew.runs).toBe(shapeOf(one).runs)
    }),
  )
})

it('the cut line is everywhere an allowance away from the sew line, and none of it runs along the fold', () => {
  fc.assert(
    fc.property(bodies(), fc.double({ min: 1, max: 25, noNaN: true }), (body, mm) => {
      const one = withAllowances(bodice([body]), mm)
      const cut = cutLine(one, shapeOf(one))
      if (!cut.ok) throw new Error('refused')
      const sewn = shapeOf(one).runs.slice(0, 5)
      for (const run of cut.runs.slice(0, 5)) {
        const p = run.drawn?.[Math.floor(run.drawn.length / 2)] ?? {
          x: ((run.keys[0]?.x ?? 0) + (run.keys.at(-1)?.x ?? 0)) / 2,
          y: ((run.keys[0]?.y ?? 0) + (run.keys.at(-1)?.y ?? 0)) / 2,
        }
        expect(Math.abs(far(sewn, p) - mm)).toBeLessThan(0.05)
      }
      expect(cut.outline.every(({ x }) => x > -1e-6)).toBe(true)
      expect(outlineOf(shapeOf(one)).every((p) => p.x === 0 || contains(cut.outline, p))).toBe(true)
      const sum = perimeterOf(outlineOf(shapeOf(one))) * mm
      expect(areaOf(cut.outline) - areaOf(outlineOf(shapeOf(one)))).toBeLessThan(sum * 1.2 + 20 * mm * mm)
    }),
  )
})

it('sewing what was cut around is the first line again', () => {
  fc.assert(
    fc.property(bodies(), fc.double({ min: 1, max: 8, noNaN: true }), (body, mm) => {
      const one = withAllowances(bodice([body]), mm)
      const cut = cutLine(one, shapeOf(one))
      if (!cut.ok) throw new Error('refused')
      const cutPiece: Piece = { ...one, ring: 'cut', shapes: [{ ...shapeOf(one), runs: cut.runs }] }
      const sew = sewLine(cutPiece, shapeOf(cutPiece))
      if (!sew.ok) throw new Error('refused')
      // Flattened there and back: 0.14 mm was the worst of thousands.
      for (const p of sew.outline) expect(far(shapeOf(one).runs, p)).toBeLessThan(0.2)
    }),
  )
})

it('a pointed corner turns as the edge says', () => {
  // An acute point at (200, 0), cut 10 mm around.
  const wedge = (corner: Corner, hem = false): Piece =>
    piece(
      'w',
      [edge('w.e1', { corner, hem: hem ? { folds: 1 } : null }), edge('w.e2'), edge('w.e3')],
      [shape([line([0, 0], [200, 0]), line([200, 0], [0, 150]), line([0, 150], [0, 0])])],
    )
  const end = (corner: Corner) => {
    const one = wedge(corner)
    const cut = cutLine(one, shapeOf(one))
    return cut.ok ? corners(cut.runs[0] as Run).slice(1) : []
  }
  // The long edge falls 3 in 4: 10 mm outside it its line crosses y = 0 at 200 + 10/0.6.
  const crosses = 200 + 10 / 0.6
  expect(end('mitre')).toEqual([[230, -10]])
  expect(end('stepped')).toEqual([
    [200, -10],
    [206, 8],
  ])
  const [cut, back] = end('square')
  expect(cut?.[0]).toBeCloseTo(crosses, 5)
  expect(cut?.[1]).toBe(-10)
  expect(back?.[0]).toBeCloseTo(crosses, 5)
  expect(back?.[1]).toBeCloseTo(0, 6)
  const [turned, fold] = end('mirrored')
  expect(turned?.[0]).toBeCloseTo(crosses - (10 * 4) / 3, 5)
  expect(fold?.[0]).toBeCloseTo(crosses, 5)
})

it('a bend tighter than the allowance keeps a simple cut line', () => {
  const one = piece(
    'u',
    [1, 2, 3, 4].map((n) => edge(`u.e${n}`, { allowance: n === 3 ? 20 : 5 })),
    [
      shape([
        line([0, 0], [120, 0]),
        line([120, 0], [120, 80]),
        curve([120, 80], [75, 78], [62, 50], [58, 50], [45, 78], [0, 80]),
        line([0, 80], [0, 0]),
      ]),
    ],
  )
  const cut = cutLine(one, shapeOf(one))
  expect(cut.ok).toBe(true)
})

it('another allowance moves a cut ring by the difference, and its notches with it', () => {
  const one = { ...bodice(undefined, { ring: 'cut' }) }
  const before = shapeOf(one)
  const result = reoffset(one, before, [10, 6, 10, 10, 10, 0])
  if (!result.ok) throw new Error('refused')
  const [old, fresh] = [before.runs[1] as Run, result.shape.runs[1] as Run]
  for (const p of fresh.drawn ?? []) expect(Math.abs(nearestOn(old, p).distance - 4)).toBeLessThan(0.6)
  expect(result.shape.runs[3]).toBe(before.runs[3])
  expect(result.shape.notches[0]?.s).not.toBe(before.notches[0]?.s)
  expect(result.shape.notches[1]?.off).toBe(0)
  const same = reoffset(one, before, [10, 10, 10, 10, 10, 0])
  expect(same.ok && same.shape).toBe(before)
  expect(grow(rectangle('r', 10, 10), shapeOf(rectangle('r', 10, 10)), [-6, -6, -6, -6])).toMatchObject({ ok: false })
})
