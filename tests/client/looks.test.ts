import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareFrame } from '../../client/canvas/look.ts'
import {
  addCorner,
  areaAround,
  cornersOf,
  dropCorner,
  lookAround,
  middleOf,
  moveArea,
  moveCorner,
} from '../../client/proposals/area.ts'
import { sewingFirm } from '../../client/proposals/sewing-firm.ts'
import { SWATCH_DRAWING, TILE } from '../../client/proposals/swatches.ts'
import { toBoard, toSheet } from '../../shared/domain/geometry.ts'
import type { Firm } from '../../shared/domain/people.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { sheetUnit } from '../../shared/domain/units.ts'
import { parseOperation } from '../../shared/pattern/operation.ts'
import { isCloth, SWATCHES } from '../../shared/pattern/swatches.ts'
import { sheet } from '../support/people.ts'

const share = fc.double({ min: -0.4, max: 1.4, noNaN: true })
const place = fc.record({ x: share, y: share })

describe('an area of a look', () => {
  it('is sound wherever it is begun, moved and bent, and never leaves its sheet', () => {
    fc.assert(
      fc.property(place, place, place, fc.integer({ min: 0, max: 3 }), (from, to, corner, i) => {
        const begun = lookAround(from)
        for (const next of [begun, moveArea(begun, to), moveCorner(begun, i, corner), addCorner(begun)])
          expect(parseOperation(next)).toBe(next)
      }),
    )
  })

  it('keeps its shape while it is moved, and lies around the place where there is room', () => {
    fc.assert(
      fc.property(place, place, (from, to) => {
        const [before, after] = [lookAround(from), moveArea(lookAround(from), to)]
        const side = (area: readonly number[]) => {
          const [a, b] = cornersOf(area) as [{ x: number; y: number }, { x: number; y: number }]
          return b.x - a.x
        }
        expect(side(after.area)).toBeCloseTo(side(before.area), 5)
      }),
    )
    expect(middleOf(areaAround({ x: 0.4, y: 0.6 }))).toEqual({ x: expect.closeTo(0.4), y: expect.closeTo(0.6) })
  })

  it('has a corner more and a corner less, but never two', () => {
    const more = addCorner(lookAround({ x: 0.5, y: 0.5 }))
    expect(cornersOf(more.area).length).toBe(5)
    let less = more
    for (let i = 0; i < 9; i++) less = dropCorner(less, 0)
    expect(cornersOf(less.area).length).toBe(3)
  })

  it('lies where the sheet’s own points lie, however it is turned, with y from the bottom', () => {
    for (const turn of [0, 1, 2, 3] as const) {
      const turned: Sheet = { ...sheet, place: { ...sheet.place, turn } }
      const { toBoard: onBoard, toShare } = shareFrame(turned)
      for (const at of [
        { x: 0, y: 0 },
        { x: 0.25, y: 0.75 },
        { x: 1, y: 0.5 },
      ]) {
        const p = onBoard(at)
        const there = toBoard(turned, { x: sheetUnit(at.x * turned.width), y: sheetUnit((1 - at.y) * turned.height) })
        expect(Math.hypot(p.x - there.x, p.y - there.y)).toBeLessThan(0.01)
        expect(toShare(p)).toEqual({ x: expect.closeTo(at.x, 6), y: expect.closeTo(at.y, 6) })
        expect(toSheet(turned, there).y).toBeCloseTo((1 - at.y) * turned.height, 1)
      }
    }
  })
})

describe('the swatches', () => {
  it('are all drawn, each another picture, in plain path data', () => {
    const pictures = SWATCHES.map((swatch) => {
      const { colour, strokes } = SWATCH_DRAWING[swatch]
      expect(colour).toMatch(/^#[0-9a-f]{6}$/)
      for (const { d } of strokes) expect(d).toMatch(/^[MLHVCSQTAZmlhvcsqtaz0-9 .,-]+$/)
      return JSON.stringify(strokes)
    })
    expect(new Set(pictures).size).toBe(SWATCHES.length)
    expect(SWATCHES.filter(isCloth).length).toBe(12)
    expect(TILE).toBe(24)
  })
})

describe('who sews', () => {
  it('is the trainee that proposes on a mentor’s work, else the owner', () => {
    const [mentor, other, trainee, second] = (['mentor', 'mentor', 'trainee', 'trainee'] as const).map(
      (role, i): Firm => ({ id: `f${i}` as never, name: '', role }),
    )
    expect(sewingFirm(mentor, trainee)).toBe(trainee)
    expect(sewingFirm(mentor, other)).toBe(mentor)
    expect(sewingFirm(trainee, mentor)).toBe(trainee)
    expect(sewingFirm(trainee, second)).toBe(trainee)
    expect(sewingFirm(mentor, undefined)).toBe(mentor)
  })
})
