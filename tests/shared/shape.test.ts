import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fits, packShape, penPoint, settled, unpackShape } from '../../shared/document/shape.ts'
import { CAPS, MARK_KINDS, type MarkKind, type Shape } from '../../shared/domain/mark.ts'
import { type SheetUnit, sheetUnit } from '../../shared/domain/units.ts'

const at = (x: number, y: number) => ({ x: sheetUnit(x), y: sheetUnit(y) })
const coordinate = fc.integer({ min: -CAPS.reach * 100, max: CAPS.reach * 100 }).map((n) => (n / 100) as SheetUnit)
const aPoint = fc.record({ x: coordinate, y: coordinate })
const penPoints = fc.array(
  fc.record({ x: coordinate, y: coordinate, pressure: fc.integer({ min: 0, max: 100 }).map((n) => n / 100) }),
  { minLength: 1, maxLength: 40 },
)
const shapes: fc.Arbitrary<Shape> = fc.oneof(
  aPoint.map((p): Shape => ({ kind: 'pin', at: p })),
  fc.tuple(aPoint, aPoint).map(([from, to]): Shape => ({ kind: 'arrow', from, to })),
  penPoints.map((points): Shape => ({ kind: 'pen', points })),
  fc.array(aPoint, { minLength: 3, maxLength: 30 }).map((points): Shape => ({ kind: 'area', points })),
  fc.array(aPoint, { minLength: 2, maxLength: 30 }).map((points): Shape => ({ kind: 'tape', points })),
)

describe('a shape as it travels', () => {
  it('comes back as it went, for every shape within the caps', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(unpackShape(shape.kind, packShape(shape))).toEqual(shape)
      }),
    )
  })

  it('is rounded once, so that what its author sees is what everybody sees', () => {
    const drawn: Shape = { kind: 'pin', at: { x: 10.123456 as SheetUnit, y: -3.999 as SheetUnit } }
    const once = settled(drawn)
    expect(once).toEqual({ kind: 'pin', at: at(10.12, -4) })
    expect(settled(once)).toEqual(once)
  })

  it('costs little: a stroke of short steps is small numbers after its first point', () => {
    const points = Array.from({ length: 50 }, (_, i) => penPoint(1000 + i * 0.4, 2000 + Math.sin(i) * 0.5))
    const steps = packShape({ kind: 'pen', points }).slice(3)
    expect(Math.max(...steps.map(Math.abs))).toBeLessThanOrEqual(100)
  })

  it.each<[string, MarkKind, unknown]>([
    ['not a list', 'pin', { 0: 1, 1: 2, length: 2 }],
    ['a pin with two points', 'pin', [1, 2, 3, 4]],
    ['half a point', 'arrow', [1, 2, 3]],
    ['an area of two points', 'area', [0, 0, 1, 1]],
    ['a tape of one point', 'tape', [0, 0]],
    ['an empty stroke', 'pen', []],
    ['a fraction', 'pin', [0.5, 1]],
    ['not a number', 'pin', [Number.NaN, 1]],
    ['infinity', 'pin', [Number.POSITIVE_INFINITY, 1]],
    ['text', 'pin', ['1', '2']],
    ['a big integer', 'pin', [1n, 2n]],
    ['pressure above one', 'pen', [0, 0, 101]],
    ['too far', 'pin', [CAPS.reach * 100 + 1, 0]],
    ['too far by steps', 'tape', [CAPS.reach * 100, 0, 1, 0]],
    ['too many points', 'tape', Array.from({ length: (CAPS.pathPoints + 1) * 2 }, () => 0)],
    ['too long a stroke', 'pen', Array.from({ length: (CAPS.penPoints + 1) * 3 }, () => 0)],
  ])('refuses %s', (_what, kind, value) => {
    expect(unpackShape(kind, value)).toBeNull()
  })

  it('says beforehand whether a shape fits', () => {
    const stroke = (n: number): Shape => ({ kind: 'pen', points: Array.from({ length: n }, () => penPoint(1, 1)) })
    expect(fits(stroke(CAPS.penPoints))).toBe(true)
    expect(fits(stroke(CAPS.penPoints + 1))).toBe(false)
  })

  it('never reads one kind from the numbers of nothing', () => {
    for (const kind of MARK_KINDS) expect(unpackShape(kind, undefined)).toBeNull()
  })
})
