import { describe, expect, it } from 'vitest'
import { boxOfLaid, columnsFor, type LaidPage, layTogether, scaleFrom } from '../../client/panels/lay.ts'
import type { FirmId, SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'

const page = (n: number, of: Partial<Sheet> = {}): Sheet => ({
  id: `page${n}` as SheetId,
  kind: 'pdf',
  name: `Patrón, página ${n}`,
  firm: 'firm1' as FirmId,
  width: 210,
  height: 297,
  mmPerUnit: 1,
  scale: 'true-size',
  place: { x: mm(0), y: mm(0), turn: 0 },
  away: false,
  order: n,
  ...of,
})
const at = (laid: LaidPage[] | null): (readonly [number, number])[] => (laid ?? []).map(({ x, y }) => [x, y])

describe('pages of a tiled pattern laid together', () => {
  it('go row by row, edge to edge, from where the first one lies', () => {
    const pages = [page(1, { place: { x: mm(50), y: mm(-20), turn: 0 } }), page(2), page(3), page(4), page(5)]
    expect(at(layTogether(pages, { columns: 3, overlap: 0, margin: 0 }))).toEqual([
      [50, -20],
      [260, -20],
      [470, -20],
      [50, 277],
      [260, 277],
    ])
  })

  it('hide the margins of both neighbours and what they draw twice', () => {
    const laid = layTogether([page(1), page(2), page(3), page(4)], { columns: 2, overlap: 10, margin: 5 })
    expect(at(laid)).toEqual([
      [0, 0],
      [190, 0],
      [0, 277],
      [190, 277],
    ])
  })

  it('keep their turn, and a lying page takes its length across', () => {
    const lying = { x: mm(0), y: mm(0), turn: 1 } as const
    const pages = [page(1, { place: lying }), page(2, { place: lying })]
    const laid = layTogether(pages, { columns: 2, overlap: 0, margin: 0 })
    expect(at(laid)).toEqual([
      [0, 0],
      [297, 0],
    ])
    expect(laid?.map(({ turn }) => turn)).toEqual([1, 1])
  })

  it('stay in their columns where one page is narrower', () => {
    const pages = [page(1, { width: 100 }), page(2), page(3), page(4)]
    const laid = layTogether(pages, { columns: 2, overlap: 0, margin: 0 })
    expect(at(laid).map(([x]) => x)).toEqual([0, 210, 0, 210])
  })

  it('never cover each other by more than was asked', () => {
    const pages = [page(1), page(2, { height: 200 }), page(3, { width: 420 }), page(4), page(5, { width: 90 })]
    for (const columns of [1, 2, 3, 7])
      for (const [overlap, margin] of [
        [0, 0],
        [12, 6],
      ] as const) {
        const boxes = layTogether(pages, { columns, overlap, margin })?.map((laid, i) =>
          boxOfLaid(pages[i] as Sheet, laid),
        )
        expect(boxes).toHaveLength(pages.length)
        for (const [i, a] of (boxes ?? []).entries())
          for (const b of (boxes ?? []).slice(i + 1)) {
            const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
            const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
            expect(Math.min(across, down)).toBeLessThanOrEqual(2 * margin + overlap + 0.001)
          }
      }
  })

  it('are not laid where nothing of a page would be left', () => {
    expect(layTogether([page(1), page(2)], { columns: 2, overlap: 210, margin: 0 })).toBeNull()
    expect(layTogether([page(1), page(2)], { columns: 2, overlap: 0, margin: 105 })).toBeNull()
  })

  it('come near a square unless told otherwise', () => {
    expect([0, 1, 2, 4, 5, 12, 16].map(columnsFor)).toEqual([1, 1, 2, 2, 3, 4, 4])
  })
})

describe('a scale from a known length', () => {
  it('is millimetres for each unit of the sheet', () => {
    expect(scaleFrom(400, 100)).toBe(0.25)
  })

  it('is none where a length is missing, is nothing or is beyond any photo', () => {
    for (const [units, real] of [
      [0, 10],
      [10, 0],
      [-4, 10],
      [Number.NaN, 10],
      [10, Number.NaN],
      [1, 1001],
      [1e6, 1],
      [10, Number.POSITIVE_INFINITY],
    ] as const)
      expect(scaleFrom(units, real)).toBeNull()
  })
})
