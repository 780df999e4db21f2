import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxOf, lengthOf, moved, point, sheetAt, sizeOnBoard, toBoard, toSheet } from '../../shared/domain/geometry.ts'
import { firmId, sheetId } from '../../shared/domain/ids.ts'
import { levelSize, pyramidOf, type Sheet } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'

const sheet = (over: Partial<Sheet> = {}): Sheet => ({
  id: sheetId('delantero'),
  kind: 'drawing',
  name: 'Delantero',
  firm: firmId('altamira'),
  width: 400,
  height: 600,
  mmPerUnit: 1,
  scale: 'true-size',
  place: { x: mm(100), y: mm(50), turn: 0 },
  away: false,
  order: 0,
  ...over,
})
const turns = fc.constantFrom<0 | 1 | 2 | 3>(0, 1, 2, 3)

describe('a sheet on the table', () => {
  it('gives every point back, whatever its place, turn and scale', () => {
    fc.assert(
      fc.property(
        turns,
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 400, noNaN: true }),
        fc.double({ min: 0, max: 600, noNaN: true }),
        (turn, mmPerUnit, x, y) => {
          const lying = sheet({ mmPerUnit, place: { x: mm(-250.5), y: mm(33.25), turn } })
          const there = point(x, y)
          const back = toSheet(lying, toBoard(lying, there))
          // A micrometre of board is at most 0.02 of these units, and a sheet keeps hundredths.
          expect(Math.abs(back.x - there.x)).toBeLessThanOrEqual(0.021)
          expect(Math.abs(back.y - there.y)).toBeLessThanOrEqual(0.021)
        },
      ),
    )
  })

  it('turns clockwise about its own place: the top left corner of the paper goes to the top right', () => {
    const turned = sheet({ place: { x: mm(0), y: mm(0), turn: 1 } })
    expect(sizeOnBoard(turned)).toEqual({ width: 600, height: 400 })
    expect(toBoard(turned, point(0, 0))).toEqual({ x: 600, y: 0 })
    expect(toBoard(turned, point(0, 600))).toEqual({ x: 0, y: 0 })
  })

  it('keeps its marks where they are on the garment when it gets a scale', () => {
    const photo = sheet({ kind: 'photo', width: 4000, height: 3000, mmPerUnit: 0.1, scale: 'assumed' })
    const measured = { ...photo, mmPerUnit: 0.25, scale: 'measured' as const }
    const button = point(2000, 1500)
    expect(toSheet(measured, toBoard(measured, button))).toEqual(button)
    expect(toBoard(measured, button).x).toBe(mm(100 + 500))
  })

  it('is found under the pointer: the topmost of those that overlap, else the nearest, never one put away', () => {
    const below = sheet({ id: sheetId('abajo'), order: 1 })
    const above = sheet({ id: sheetId('arriba'), order: 2, place: { x: mm(300), y: mm(50), turn: 0 } })
    const hidden = sheet({ id: sheetId('guardada'), order: 9, away: true })
    const sheets = [below, above, hidden]
    expect(sheetAt(sheets, { x: mm(400), y: mm(100) })?.id).toBe('arriba')
    expect(sheetAt(sheets, { x: mm(0), y: mm(0) })?.id).toBe('abajo')
    expect(sheetAt([hidden], { x: mm(200), y: mm(100) })).toBeNull()
  })
})

describe('a shape', () => {
  it('is as long as its line', () => {
    expect(lengthOf({ kind: 'tape', points: [point(0, 0), point(30, 40), point(30, 140)] })).toBe(150)
    expect(lengthOf({ kind: 'pin', at: point(5, 5) })).toBe(0)
  })

  it('keeps its length when it is moved', () => {
    const tape = { kind: 'tape' as const, points: [point(0, 0), point(30, 40)] }
    expect(lengthOf(moved(tape, point(-7.25, 900)))).toBe(50)
    expect(boxOf([point(3, 4), point(-1, 9)])).toEqual({ x: -1, y: 4, width: 4, height: 5 })
    expect(boxOf([])).toBeNull()
  })
})

describe('a tile pyramid', () => {
  it('begins with the whole sheet in one tile and ends with every pixel', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20000 }), fc.integer({ min: 1, max: 20000 }), (width, height) => {
        const pyramid = pyramidOf(width, height)
        const first = levelSize(pyramid, 0)
        expect(Math.max(first.width, first.height)).toBeLessThanOrEqual(pyramid.tile)
        expect(levelSize(pyramid, pyramid.levels - 1)).toEqual({ width, height })
      }),
    )
  })
})
