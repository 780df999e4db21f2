import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutLine } from '../../../shared/pattern/allowance.ts'
import { apply } from '../../../shared/pattern/apply.ts'
import { drawnOf, nearestOn } from '../../../shared/pattern/curve.ts'
import type { Piece, Run, Shape, Vec } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { areaOf, outlineOf } from '../../../shared/pattern/ring.ts'
import { angleBetween, mirror, rotate, sub } from '../../../shared/pattern/vec.ts'
import { BODY, bodice, curve, edge, line, pattern, piece, shape } from '../../support/drafts.ts'

/** A dart in the hem of a bodice on the fold, 10 mm around. */
const darted = (over: Partial<Record<'at' | 'width' | 'length', number>> = {}): { piece: Piece; shape: Shape } => {
  const change = { op: 'dartAdd', edge: 'f.e1', at: 0.5, width: 24, length: 110, tilt: 0, ...over }
  const result = apply(pattern([bodice([BODY])]), change as unknown as Operation)
  if (!result.ok) throw new Error(result.refusal.code)
  const [made] = result.pattern.pieces as [Piece]
  return { piece: made, shape: made.shapes[0] as Shape }
}
const cut = (one: { piece: Piece; shape: Shape }): readonly Run[] => {
  const beside = cutLine(one.piece, one.shape)
  if (!beside.ok) throw new Error('refused')
  return beside.runs
}
const runOf = ({ piece: { edges } }: { piece: Piece }, runs: readonly Run[], id: string): Run =>
  runs[edges.findIndex((one) => one.id === id)] as Run

it('pinned shut and laid towards the fold, the mouth of a dart is cut along with the edge there', () => {
  const double = (min: number, max: number) => fc.double({ min, max, noNaN: true })
  fc.assert(
    fc.property(double(0.35, 0.7), double(6, 50), double(60, 180), (at, width, length) => {
      const one = darted({ at, width, length })
      const runs = cut(one)
      const [sewn, out] = [runOf(one, one.shape.runs, 'f.e1in'), runOf(one, one.shape.runs, 'f.e1out')]
      const [p, apex, q] = [sewn.keys[0], sewn.keys.at(-1), out.keys.at(-1)] as [Vec, Vec, Vec]
      const beside = runOf(one, runs, 'f.e1a')
      // The layer at the near leg is turned over at it; the other one is turned about the point by the dart.
      for (const v of drawnOf(runOf(one, runs, 'f.e1in')))
        expect(nearestOn(beside, mirror(v, p, apex)).distance).toBeLessThan(0.01)
      const shut = angleBetween(sub(q, apex), sub(p, apex))
      for (const v of drawnOf(runOf(one, runs, 'f.e1out')))
        expect(nearestOn(beside, rotate(v, shut, apex)).distance).toBeLessThan(0.1)
    }),
  )
})

it('the cap stands out over the mouth and encloses it; a dart that is cut out has none', () => {
  const one = darted()
  const runs = cut(one)
  const peak = runOf(one, runs, 'f.e1in').keys.at(-1) as Vec
  expect(peak.y).toBeLessThan(-10)
  const open = {
    ...one,
    piece: { ...one.piece, edges: one.piece.edges.map((e) => ({ ...e, corner: 'mitre' as const })) },
  }
  const areaIn = (of: readonly Run[]) => areaOf(outlineOf({ ...one.shape, runs: of }))
  // The triangle of the mouth, and the allowance over it.
  expect(areaIn(runs) - areaIn(cut(open))).toBeGreaterThan((24 * 110) / 2 + 24 * 10)
  expect(drawnOf(runOf(open, cut(open), 'f.e1in')).at(-1)?.y).toBeCloseTo(110, 6)
})

it('a bent edge meets the leg of a dart on its own cut line, however bent', () => {
  // A quarter of a circle of 40 mm into the piece, and a leg that leaves its end 50° from its direction.
  const arc = Array.from({ length: 7 }, (_, i): [number, number] => {
    const angle = (Math.PI * i) / 12
    return [140 + 40 * Math.cos(angle), 150 - 40 * Math.sin(angle)]
  })
  const [start, end] = [arc[0], arc.at(-1)] as [[number, number], [number, number]]
  const lean = (40 * Math.PI) / 180
  const apex = [end[0] - 60 * Math.sin(lean), end[1] - 60 * Math.cos(lean)] as const
  const far = [end[0] - 40, end[1]] as const
  const runs = [
    line([0, -50], [220, -50]),
    line([220, -50], start),
    curve(...arc),
    line(end, apex),
    line(apex, far),
    line(far, [0, 150]),
    line([0, 150], [0, -50]),
  ]
  const edges = runs.map((_, i) =>
    edge(`n.e${i + 1}`, { allowance: i === 3 || i === 4 ? 0 : 10, corner: i === 3 ? 'folded' : 'mitre' }),
  )
  const one = piece('n', edges, [shape(runs)])
  const out = cut({ piece: one, shape: one.shapes[0] as Shape })
  for (const v of drawnOf(out[2] as Run)) expect(nearestOn(runs[2] as Run, v).distance).toBeGreaterThan(9.9)
})
