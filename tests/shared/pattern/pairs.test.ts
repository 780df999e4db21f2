import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSvgTree } from '../../../server/pattern/svgTree.ts'
import { cutLine } from '../../../shared/pattern/allowance.ts'
import { apply } from '../../../shared/pattern/apply.ts'
import { drawnOf, lengthOf, nearestOn } from '../../../shared/pattern/curve.ts'
import type { Pattern, Piece, Run, Shape, Vec } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { patternFromSvg } from '../../../shared/pattern/svg/read.ts'
import { corpusOf } from '../../support/corpus.ts'

/** FreeSewing drew each style twice, before and after one change. What we do to the first is to be the second. */
const folder = corpusOf('svg')
const here = existsSync(join(folder, 'pair-aaron-A-base.svg'))
const file = (name: string): Buffer => readFileSync(join(folder, `pair-${name}.svg`))
const read = (name: string): Pattern => {
  const tree = readSvgTree(file(name))
  const result = tree.ok ? patternFromSvg(tree.tree) : tree
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.pattern
}
const done = (of: Pattern, operation: object): Pattern => {
  const result = apply(of, operation as Operation)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.pattern
}
const pieceIn = (of: Pattern, id: string): Piece => of.pieces.find((piece) => piece.id === id) as Piece
const shapeIn = (of: Pattern, id: string): Shape => pieceIn(of, id).shapes[0] as Shape
/** How far two lines lie apart at most, mm. */
const apart = (a: Run, b: Run): number =>
  Math.max(...drawnOf(a).map((p) => nearestOn(b, p).distance), ...drawnOf(b).map((p) => nearestOn(a, p).distance))
const edgesApart = (a: Pattern, b: Pattern, piece: string): number[] =>
  shapeIn(a, piece).runs.map((run, i) => apart(run, shapeIn(b, piece).runs[i] as Run))

/** Within this our changed edge is theirs, mm; an edge that neither changed is the same to their two decimals. */
const OURS = 0.5
const SAME = 0.02

it.runIf(here)('a lower neckline: aaron', () => {
  const [before, after] = [read('aaron-A-base'), read('aaron-B-neckline-lower')]
  const lower = done(before, { op: 'neckline', edge: 'front.e6', drop: 60.24, widen: 0, centre: 'end' })
  expect(Math.max(...edgesApart(before, after, 'front'))).toBeGreaterThan(60)
  expect(edgesApart(lower, after, 'front').every((mm) => mm < SAME)).toBe(true)
  expect(edgesApart(lower, after, 'back').every((mm) => mm < SAME)).toBe(true)
  // Theirs has a longer neck binding too: ours says by how much the neckline grew, and leaves the strip to its own proposal.
  const grew = lengthOf(shapeIn(lower, 'front').runs[5] as Run) - lengthOf(shapeIn(before, 'front').runs[5] as Run)
  const result = apply(before, {
    op: 'neckline',
    edge: 'front.e6',
    drop: 60.24,
    widen: 0,
    centre: 'end',
  } as unknown as Operation)
  expect(result.ok && result.notes.find(({ edge }) => edge === 'front.e6')?.amount).toBeCloseTo(grew, 6)
})

it.runIf(here)('longer: aaron', () => {
  const [before, after] = [read('aaron-A-base'), read('aaron-B-longer')]
  const longer = done(before, { op: 'lengthen', pieces: ['front', 'back'], at: 1, by: 51.28 })
  for (const piece of ['front', 'back']) {
    const apart = edgesApart(longer, after, piece)
    // They move the lower end of one Bézier curve; ours spreads the length over the side seam.
    expect(apart[2]).toBeLessThan(OURS)
    expect(apart.toSpliced(2, 1).every((mm) => mm < SAME)).toBe(true)
  }
})

/** Points of a path of lines and cubic curves, absolute, y turned upwards. */
const pathPoints = (d: string): Vec[] => {
  const out: Vec[] = []
  for (const [, letter, rest] of d.matchAll(/([MLC])([^MLCZz]*)/g)) {
    const numbers = (rest as string)
      .trim()
      .split(/[\s,]+/)
      .map(Number)
    const points = Array.from({ length: numbers.length / 2 }, (_, i) => ({
      x: numbers[2 * i] as number,
      y: -(numbers[2 * i + 1] as number),
    }))
    const from = out.at(-1)
    if (letter !== 'C' || !from) out.push(...points)
    else {
      const [b, c, d] = points as [Vec, Vec, Vec]
      for (let i = 1; i <= 10; i++) {
        const [t, u] = [i / 10, 1 - i / 10]
        const mix = (k: 'x' | 'y') => u ** 3 * from[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t ** 3 * d[k]
        out.push({ x: mix('x'), y: mix('y') })
      }
    }
  }
  return out
}

it.runIf(here)('6 mm of allowance: aaron', () => {
  const before = read('aaron-A-base')
  const edges = ['front.e3', 'front.e5']
  const narrow = done(before, { op: 'allowance', edges, allowance: 6, corner: 'stepped' })
  const hemmed = done(narrow, { op: 'allowance', edges: ['front.e2'], allowance: 15, corner: 'stepped' })
  const cut = cutLine(pieceIn(hemmed, 'front'), shapeIn(hemmed, 'front'))
  if (!cut.ok) throw new Error('refused')
  const text = file('aaron-B-sa-6mm').toString()
  const drawn = ['fs-2', 'fs-3'].map((id) => pathPoints(new RegExp(`id="${id}" d="([^"]+)"`).exec(text)?.[1] ?? ''))
  const far = (run: Run | undefined, p: Vec) => nearestOn(run as Run, p).distance
  const [shoulder, rest] = drawn as [Vec[], Vec[]]
  for (const p of shoulder.slice(1, 3)) expect(far(cut.runs[4], p)).toBeLessThan(OURS)
  const corner = rest.findIndex(({ x }) => Math.abs(x - 244.03) < 0.01)
  expect(corner).toBeGreaterThan(2)
  // Along the curved side their line isn't parallel: 6.0 mm from the sew line at its ends and 7.2 between. Ours is 6 mm from it everywhere.
  const side = shapeIn(before, 'front').runs[2] as Run
  const parallel = drawnOf(cut.runs[2] as Run).slice(0, -1)
  expect(Math.max(...parallel.map((p) => Math.abs(far(side, p) - 6)))).toBeLessThan(0.05)
  for (const p of rest.slice(corner, -2)) expect(far(cut.runs[2], p)).toBeLessThan(Math.abs(far(side, p) - 6) + 0.05)
  for (const p of rest.slice(1, corner + 1)) expect(far(cut.runs[1], p)).toBeLessThan(OURS)
})

it.runIf(here)('shorter darts: bella', () => {
  const before = read('bella-A-base')
  for (const [change, legs, by] of [
    ['waist', { in: 'front-side-dart.e2', out: 'front-side-dart.e3' }, -20.25],
    ['bust', { in: 'front-side-dart.e6', out: 'front-side-dart.e7' }, -33.578],
  ] as const) {
    const after = read(`bella-B-${change}-dart-shorter`)
    const shorter = done(before, { op: 'dartLength', ...legs, by })
    expect(Math.max(...edgesApart(before, after, 'front-side-dart'))).toBeGreaterThan(1)
    const apart = edgesApart(shorter, after, 'front-side-dart')
    expect(Math.max(...apart), change).toBeLessThan(0.2)
    expect(edgesApart(shorter, after, 'back').every((mm) => mm < SAME)).toBe(true)
  }
})
