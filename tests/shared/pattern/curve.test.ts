import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  drawnOf,
  isStraight,
  joinRuns,
  lengthOf,
  mapRun,
  nearestOn,
  partOf,
  pointAt,
  reverseRun,
  splitRun,
  tangentAt,
} from '../../../shared/pattern/curve.ts'
import type { Key, Run, Vec } from '../../../shared/pattern/model.ts'
import { placeOf } from '../../../shared/pattern/place.ts'
import { readPattern } from '../../../shared/pattern/read.ts'
import { along, angleBetween, dist, normal, rotate } from '../../../shared/pattern/vec.ts'
import { corpusOf } from '../../support/corpus.ts'
import { curve, line } from '../../support/drafts.ts'

const runs: fc.Arbitrary<Run> = fc
  .array(
    fc.record({
      step: fc.double({ min: 5, max: 80, noNaN: true }),
      turn: fc.double({ min: -40, max: 40, noNaN: true }),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .chain((steps) =>
    fc.array(fc.boolean(), { minLength: steps.length, maxLength: steps.length }).map((turns) => {
      const keys: Key[] = [{ x: 0, y: 0, turn: true }]
      let heading = 0
      for (const [i, { step, turn }] of steps.entries()) {
        heading += turn
        const to = along(keys.at(-1) as Vec, rotate({ x: 1, y: 0 }, heading), step)
        keys.push({ ...to, turn: i === steps.length - 1 || turns[i] === true })
      }
      return { keys, drawn: null }
    }),
  )
const share = fc.double({ min: 0.02, max: 0.98, noNaN: true })

describe('a curve', () => {
  it('goes through its keys, from the first to the last', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const points = drawnOf(run)
        expect(points[0]).toEqual({ x: 0, y: 0 })
        expect(dist(points.at(-1) as Vec, run.keys.at(-1) as Vec)).toBe(0)
        for (const key of run.keys) expect(nearestOn(run, key).distance).toBeLessThan(1e-9)
      }),
    )
  })

  it('of points on a circle is nearly the circle', () => {
    const on = (degrees: number): [number, number] => {
      const p = rotate({ x: 100, y: 0 }, degrees)
      return [p.x, p.y]
    }
    const arc = curve(on(0), on(20), on(40), on(60), on(80), on(100))
    const off = (run: Run) => Math.max(...drawnOf(run).map((p) => Math.abs(Math.hypot(p.x, p.y) - 100)))
    // An open curve starts along its chord, as AccuMark draws it: inside of the circle at its ends, and on it between them.
    expect(off(arc)).toBeLessThan(1)
    expect(off(partOf(arc, lengthOf(arc) / 4, (3 * lengthOf(arc)) / 4))).toBeLessThan(0.03)
    // Of few points that bend sharply nobody meant the ends to be straight.
    expect(off(curve(on(0), on(20), on(40), on(60)))).toBeLessThan(0.15)
    expect(lengthOf(arc)).toBeCloseTo((100 * Math.PI * 100) / 180, 0)
    expect(Math.abs(angleBetween(tangentAt(arc, lengthOf(arc) / 2), rotate({ x: 0, y: 1 }, 50)))).toBeLessThan(1)
  })

  it('has its corners where a key turns, and is straight between two of them', () => {
    const bent: Run = {
      keys: [
        { x: 0, y: 0, turn: true },
        { x: 50, y: 0, turn: true },
        { x: 50, y: 50, turn: true },
      ],
      drawn: null,
    }
    expect(drawnOf(bent)).toHaveLength(3)
    expect(lengthOf(bent)).toBe(100)
    expect(isStraight(bent)).toBe(false)
    expect(isStraight(line([3, 4], [30, 40]))).toBe(true)
  })

  it('without a turn at either end closes smoothly', () => {
    const ring: Run = {
      keys: [0, 60, 120, 180, 240, 300, 360].map((d) => ({ ...rotate({ x: 50, y: 0 }, d), turn: false })),
      drawn: null,
    }
    const [first, last] = [tangentAt(ring, 0), tangentAt(ring, lengthOf(ring))]
    expect(Math.abs(angleBetween(first, last))).toBeLessThan(3)
  })

  it('is measured by arc length, there and back', () => {
    fc.assert(
      fc.property(runs, share, (run, t) => {
        const s = t * lengthOf(run)
        const p = pointAt(run, s)
        const found = nearestOn(run, p)
        expect(found.distance).toBeLessThan(1e-9)
        expect(dist(pointAt(run, found.s), p)).toBeLessThan(1e-9)
        expect(dist(pointAt(reverseRun(run), lengthOf(run) - s), p)).toBeLessThan(1e-6)
        const aside = along(p, normal(tangentAt(run, s)), 1e-3)
        expect(placeOf(run, aside).off).toBeCloseTo(1e-3, 4)
      }),
    )
  })

  it('tells the place of any point beside it, inside of its corners too', () => {
    const beside = fc.double({ min: -30, max: 30, noNaN: true })
    fc.assert(
      fc.property(runs, share, beside, beside, (run, t, dx, dy) => {
        const on = pointAt(run, t * lengthOf(run))
        const p = { x: on.x + dx, y: on.y + dy }
        const { s, off, slip = 0 } = placeOf(run, p)
        const forwards = tangentAt(run, s)
        const back = along(along(pointAt(run, s), normal(forwards), off), forwards, slip)
        expect(dist(back, p)).toBeLessThan(0.0002)
      }),
    )
  })

  it('cut in two and joined again is the same line', () => {
    fc.assert(
      fc.property(runs, share, (run, t) => {
        const s = t * lengthOf(run)
        const [a, b] = splitRun(run, s)
        expect(lengthOf(a)).toBeCloseTo(s, 6)
        expect(lengthOf(a) + lengthOf(b)).toBeCloseTo(lengthOf(run), 6)
        const again = joinRuns(a, b)
        for (const p of drawnOf(run)) expect(nearestOn(again, p).distance).toBeLessThan(0.001)
        for (const p of drawnOf(again)) expect(nearestOn(run, p).distance).toBeLessThan(0.001)
      }),
    )
  })

  it('mapped has its keys and its drawn line mapped alike', () => {
    const run: Run = {
      ...curve([0, 0], [10, 5], [20, 0]),
      drawn: [
        { x: 0, y: 0 },
        { x: 10, y: 5 },
        { x: 20, y: 0 },
      ],
    }
    const there = mapRun(run, ({ x, y }) => ({ x: x + 1, y: 2 * y }))
    expect(there.keys.map(({ x, y, turn }) => [x, y, turn])).toEqual([
      [1, 0, true],
      [11, 10, false],
      [21, 0, true],
    ])
    expect(there.drawn?.[1]).toEqual({ x: 11, y: 10 })
  })
})

const folder = corpusOf('dxf')
/** Files that have their curves drawn beside the key points, and how near the key points alone come, mm on average. CLO has another way. */
const DRAWN = [
  ['GLX4802S19_ASTM.DXF', 0.05],
  ['GMH1006F18_ASTM.DXF', 0.05],
  ['GMH2446F17_INCLALLOWANCE_ASTM.DXF', 0.05],
  ['GMX1016S18_ASTM.DXF', 0.05],
  ['SS17_M POLO REG_ASTM.DXF', 0.05],
  ['annotation.DXF', 0.05],
  ['clo-pattern.dxf', 0.15],
] as const
describe.runIf(existsSync(folder))('through the key points of real files', () => {
  it.each(DRAWN)('is nearly the line that its CAD drew: %s', (name, mean) => {
    const reading = readPattern(readFileSync(join(folder, name)), { name })
    if (!reading.ok) throw new Error(name)
    const off: number[] = []
    for (const { shapes } of reading.pattern.pieces)
      for (const run of shapes.flatMap((shape) => shape?.runs ?? [])) {
        // Where the file adds nothing between the keys there is nothing to rebuild.
        if (run.drawn === null || run.drawn.length === run.keys.length) continue
        const rebuilt: Run = { keys: run.keys, drawn: null }
        for (const p of run.drawn) off.push(nearestOn(rebuilt, p).distance)
      }
    expect(off.length).toBeGreaterThan(800)
    expect(off.reduce((sum, mm) => sum + mm, 0) / off.length).toBeLessThan(mean)
    expect(Math.max(...off)).toBeLessThan(1)
  })
})
