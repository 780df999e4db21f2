import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Pattern, SAME_MM, type Shape } from '../../../shared/pattern/model.ts'
import { packPattern, unpackPattern } from '../../../shared/pattern/wire.ts'
import { chain } from '../../support/drafts.ts'

const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true })
const vec = fc.record({ x: coordinate, y: coordinate })
const run = fc.record({
  keys: fc.array(
    fc.oneof(
      fc.record({ x: coordinate, y: coordinate, turn: fc.boolean() }),
      fc.record({ x: coordinate, y: coordinate, turn: fc.boolean(), rule: fc.nat(900) }),
    ),
    { minLength: 2, maxLength: 12 },
  ),
  drawn: fc.option(fc.array(vec, { minLength: 2, maxLength: 30 })),
})
const shape: fc.Arbitrary<Shape> = fc.record({
  runs: fc.array(run, { minLength: 1, maxLength: 5 }),
  notches: fc.array(
    fc.option(
      fc.oneof(
        fc.record({ s: coordinate, off: coordinate }),
        fc.record({ s: coordinate, off: coordinate, slip: coordinate }),
      ),
    ),
    { maxLength: 4 },
  ),
  drills: fc.array(fc.option(vec), { maxLength: 4 }),
  internals: fc.array(fc.option(run), { maxLength: 3 }),
  grain: fc.option(fc.tuple(vec, vec)),
  sew: fc.array(run, { maxLength: 2 }),
})

const patternOf = (shapes: readonly (Shape | null)[]): Pattern =>
  ({
    name: 'Playera',
    sizes: shapes.map((_, i) => `T${i}`),
    base: 0,
    pieces: [{ id: 'p1', name: 'Delantero', edges: [], shapes }],
    seams: [],
    measures: [],
    rules: [],
    source: {},
  }) as unknown as Pattern

/** Every number of a value, in order, and the value without its numbers. */
const numbersOf = (value: unknown): { numbers: number[]; rest: string } => {
  const numbers: number[] = []
  const rest = JSON.stringify(value, (_, v) => {
    if (typeof v !== 'number') return v
    numbers.push(v)
    return '#'
  })
  return { numbers, rest }
}

describe('a pattern on the wire', () => {
  it('comes back with every coordinate, turn, rule and gap where it was', () => {
    fc.assert(
      fc.property(fc.array(fc.option(shape), { minLength: 1, maxLength: 3 }), (shapes) => {
        const pattern = patternOf(shapes)
        const sent = JSON.parse(JSON.stringify(packPattern(pattern)))
        const [was, is] = [numbersOf(pattern), numbersOf(unpackPattern(sent))]
        expect(is.rest).toBe(was.rest)
        was.numbers.forEach((n, i) => {
          expect(Math.abs(n - (is.numbers[i] as number))).toBeLessThan(SAME_MM / 1000)
        })
      }),
    )
  })

  it('reads seams as they were stored once, with one direction for a whole side', () => {
    const old = { id: 's1', a: ['x', 'y'], b: ['z', 'w'], confirmed: true, ease: 4 }
    const stored = {
      ...packPattern(patternOf([])),
      seams: [
        { ...old, reversed: true },
        { ...old, reversed: false },
      ],
    }
    const seam = { ...old, a: chain('x', 'y') }
    expect(unpackPattern(stored as never).seams).toEqual([
      { ...seam, b: chain('-z', '-w') },
      { ...seam, b: chain('z', 'w') },
    ])
    const again = unpackPattern(stored as never)
    expect(unpackPattern(packPattern(again)).seams).toEqual(again.seams)
  })

  it('leaves out the sizes that were not asked for', () => {
    fc.assert(
      fc.property(fc.tuple(shape, shape, shape), (shapes) => {
        const { pieces } = unpackPattern(packPattern(patternOf(shapes), [1]))
        expect(pieces[0]?.shapes.map((one) => one !== null)).toEqual([false, true, false])
      }),
    )
  })
})
