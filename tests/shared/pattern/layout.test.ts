import { describe, expect, it } from 'vitest'
import { follow } from '../../../shared/pattern/follow.ts'
import { AIR, layOut, toSheet } from '../../../shared/pattern/layout.ts'
import type { Pattern, PieceId, Vec } from '../../../shared/pattern/model.ts'
import { at, pattern, rectangle } from '../../support/drafts.ts'

const ids = ['p', 'q', 'r', 's'] as unknown as readonly [PieceId, PieceId, PieceId, PieceId]
/** Four pieces, two in a row, of sew lines without allowance. */
const row = (...sizes: readonly (readonly [width: number, height: number])[]): Pattern =>
  pattern(sizes.map(([width, height], i) => rectangle(ids[i] ?? '', width, height, { ring: 'cut' })))
const SIZE = [200, 300] as const
const before = row(SIZE, SIZE, SIZE, SIZE)
const layout = layOut(before)
const movedBy = (after: Pattern): (readonly [PieceId, Vec])[] => {
  const next = layOut(after, layout)
  return after.pieces.flatMap(({ id }) => {
    const [was, is] = [layout.at[id], next.at[id]]
    return was && is && (was.x !== is.x || was.y !== is.y) ? [[id, at(is.x - was.x, is.y - was.y)] as const] : []
  })
}

describe('pieces on their sheet', () => {
  it('stay where they are while there is room beside them', () => {
    expect(movedBy(before)).toEqual([])
    expect(movedBy(row([200 + AIR, 300], SIZE, SIZE, SIZE))).toEqual([])
    // Nearest the sheet’s edge a piece grows into the air there.
    expect(movedBy(row([200, 300 + AIR], SIZE, SIZE, SIZE))).toEqual([])
  })

  it('go aside where another grew into them, and no further than to have air again', () => {
    const [p, q] = [layout.at[ids[0]], layout.at[ids[1]]]
    if (!p || !q) throw new Error('all are laid')
    expect(p.y).toBe(q.y)
    const after = row([230, 300], SIZE, SIZE, SIZE)
    const moved = movedBy(after)
    expect(moved.map(([id]) => id)).toEqual([ids[1]])
    const next = layOut(after, layout)
    const gap = (next.at[ids[1]]?.x ?? 0) - p.x - 230
    const beneath = (next.at[ids[1]]?.y ?? 0) - 300 - p.y
    expect(gap >= AIR || beneath >= AIR).toBe(true)
    expect(layOut(after, layout)).toEqual(next)
  })

  it('leave alone those that one alone is in the way of: it goes itself', () => {
    // The first piece grew over all the others.
    const moved = movedBy(row([460, 640], SIZE, SIZE, SIZE))
    expect(moved.map(([id]) => id)).toEqual([ids[0]])
  })

  it('have room for what is drawn beyond their outline, but for what strayed', () => {
    const beyond = (by: number): number => {
      const one = rectangle('p', 200, 300, { ring: 'cut' })
      const shapes = one.shapes.map((shape) => shape && { ...shape, grain: [at(100, -by), at(100, 300)] as const })
      return layOut(pattern([{ ...one, shapes }])).height
    }
    expect([beyond(0), beyond(60)]).toEqual([300 + 2 * AIR, 360 + 2 * AIR])
    expect(beyond(90_000)).toBe(beyond(150))
  })

  it('come back onto the sheet where they grew beyond it', () => {
    const after = row([200, 300 + 2 * AIR], SIZE, SIZE, SIZE)
    expect(movedBy(after).map(([id]) => id)).toContain(ids[0])
    const next = layOut(after, layout)
    expect(toSheet(next, ids[0], at(0, 300 + 2 * AIR)).y).toBeGreaterThanOrEqual(0)
  })
})

describe('what is pinned to a piece', () => {
  const after = row([230, 300], SIZE, SIZE, SIZE)
  const [laid, next] = [
    { pattern: before, layout },
    { pattern: after, layout: layOut(after, layout) },
  ]
  const goes = follow(laid, next)
  const on = (piece: PieceId, x: number, y: number): Vec => toSheet(layout, piece, at(x, y))
  const [, step] = movedBy(after)[0] ?? [null, at(0, 0)]

  it('goes with an edge, wherever its piece is laid', () => {
    expect(goes([on(ids[1], 200, 150)])).toEqual(step)
    expect(goes([on(ids[1], 3, 150)])).toEqual(step)
    // The edge that grew takes its own along, in the piece that stayed.
    expect(goes([on(ids[0], 200, 150)])).toEqual(at(30, 0))
  })

  it('goes with its piece where no edge is near, and stays where no piece is', () => {
    expect(goes([on(ids[1], 100, 150)])).toEqual(step)
    expect(goes([on(ids[0], 100, 150)])).toBeNull()
    // An edge that was cut in two has another name.
    const renamed = after.pieces.map((piece) => ({
      ...piece,
      edges: piece.edges.map((edge) => ({ ...edge, id: `${edge.id}a` as typeof edge.id })),
    }))
    const cut = follow(laid, { ...next, pattern: { ...after, pieces: renamed } })
    expect(cut([on(ids[1], 203, 150)])).toEqual(step)
    expect(goes([on(ids[0], -500, 150)])).toBeNull()
  })
})
