import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layOut, toPattern, toSheet } from '../../../shared/pattern/layout.ts'
import type { PieceId, Vec } from '../../../shared/pattern/model.ts'
import { areaOf, boxOf, contains, isSimple, outlineOf, perimeterOf } from '../../../shared/pattern/ring.ts'
import { cross, dist, rotate, sub } from '../../../shared/pattern/vec.ts'
import { at, BODY, bodice, bodies, pattern, rectangle } from '../../support/drafts.ts'

// No three in a line: what only touches has tests of its own.
const points: fc.Arbitrary<Vec[]> = fc
  .array(fc.record({ x: fc.integer({ min: 0, max: 100 }), y: fc.integer({ min: 0, max: 100 }) }), {
    minLength: 3,
    maxLength: 14,
  })
  .map((ring) => ring.map(({ x, y }, i) => ({ x: x + 0.0173 * i * i, y: y + 0.0291 * i ** 1.5 })))
const properly = (a: Vec, b: Vec, c: Vec, d: Vec): boolean =>
  cross(sub(b, a), sub(c, a)) * cross(sub(b, a), sub(d, a)) < 0 &&
  cross(sub(d, c), sub(a, c)) * cross(sub(d, c), sub(b, c)) < 0

it('a ring is simple where no two of its segments cross', () => {
  fc.assert(
    fc.property(points, (ring) => {
      const n = ring.length
      const pick = (i: number) => ring[i % n] as Vec
      let crosses = false
      for (let i = 0; i < n; i++)
        for (let j = i + 1; j < n; j++) crosses ||= properly(pick(i), pick(i + 1), pick(j), pick(j + 1))
      const simple = isSimple(ring)
      expect(simple.ok).toBe(!crosses)
      if (!simple.ok) expect(contains([at(-1, -1), at(110, -1), at(110, 110), at(-1, 110)], simple.at)).toBe(true)
    }),
  )
})

it('an eight crosses itself, a slit and a touch do not', () => {
  expect(isSimple([at(0, 0), at(10, 10), at(10, 0), at(0, 10)])).toEqual({ ok: false, at: at(5, 5) })
  expect(isSimple([at(0, 0), at(10, 0), at(10, 5), at(4, 5), at(10, 5), at(10, 10), at(0, 10)])).toEqual({ ok: true })
  expect(isSimple([at(0, 0), at(10, 0), at(10, 10), at(5, 0), at(0, 10)])).toEqual({ ok: true })
  // Through a corner of itself, which no pair of segments shows.
  expect(isSimple([at(0, 0), at(10, 0), at(10, 10), at(5, 0), at(4, -5), at(0, -5)]).ok).toBe(false)
})

it('has an area and a length that turning it does not change', () => {
  fc.assert(
    fc.property(bodies(), fc.double({ min: -180, max: 180, noNaN: true }), (body, degrees) => {
      const shape = bodice([body]).shapes[0]
      const outline = shape ? outlineOf(shape) : []
      const turned = outline.map((p) => rotate(p, degrees, at(30, 40)))
      expect(areaOf(outline)).toBeGreaterThan(0)
      expect(areaOf(turned) / areaOf(outline)).toBeCloseTo(1, 9)
      expect(perimeterOf(turned)).toBeCloseTo(perimeterOf(outline), 6)
      expect(areaOf(outline.toReversed())).toBeCloseTo(-areaOf(outline), 3)
      expect(isSimple(turned).ok).toBe(true)
    }),
  )
})

it('lies on the sheet beside the others with room for the largest size, and kept places stay', () => {
  const one = pattern([
    bodice([BODY, { ...BODY, chest: 330, back: 600 }]),
    rectangle('r', 300, 100),
    rectangle('s', 50, 700),
  ])
  const layout = layOut(one)
  const boxes = one.pieces.map((piece) => {
    const corners = piece.shapes.flatMap((shape) => (shape ? outlineOf(shape) : []))
    const box = boxOf(corners.map((p) => toSheet(layout, piece.id, p)))
    if (!box) throw new Error('empty')
    for (const p of corners.slice(0, 3))
      expect(dist(toPattern(layout, piece.id, toSheet(layout, piece.id, p)), p)).toBeLessThan(1e-9)
    return box
  })
  for (const [i, a] of boxes.entries()) {
    expect(a.minX).toBeGreaterThanOrEqual(20)
    expect(a.maxX).toBeLessThanOrEqual(layout.width - 20)
    expect(a.minY).toBeGreaterThanOrEqual(20)
    expect(a.maxY).toBeLessThanOrEqual(layout.height - 20)
    for (const b of boxes.slice(i + 1))
      expect(
        a.maxX + 20 <= b.minX + 1e-9 ||
          b.maxX + 20 <= a.minX + 1e-9 ||
          a.maxY + 20 <= b.minY + 1e-9 ||
          b.maxY + 20 <= a.minY + 1e-9,
      ).toBe(true)
  }
  const more = layOut({ ...one, pieces: [rectangle('t', 90, 90), ...one.pieces] }, layout)
  expect(more.at).toMatchObject(layout.at)
  const fresh = toSheet(more, 't' as PieceId, at(0, 90))
  expect(fresh.y).toBeGreaterThanOrEqual(Math.max(...boxes.map(({ maxY }) => maxY)) + 20)
})
