import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TOOLS, toolOf, toolOfKey } from '../../client/tools/index.ts'
import { simplified, simplifiedTo } from '../../client/tools/simplify.ts'
import type { Pointer, Preview, Table, ToolEvent, ToolId, Wish } from '../../client/tools/tool.ts'
import { fits } from '../../shared/document/shape.ts'
import { type BoardPoint, lengthOf, point } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { CAPS, type Mark, pointsOf, type Shape } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'
import { sheet as drawing } from '../support/people.ts'

const photo: Sheet = {
  ...drawing,
  id: 'foto1' as never,
  kind: 'photo',
  width: 4000,
  height: 3000,
  mmPerUnit: 0.1,
  scale: 'assumed',
  place: { x: mm(500), y: mm(0), turn: 1 },
}
const at = (x: number, y: number): BoardPoint => ({ x: mm(x), y: mm(y) })
const markOf = (id: string, shape: Shape): Mark => ({
  id: id as MarkId,
  author: id.slice(0, id.indexOf('_')) as never,
  sheet: drawing.id,
  shape,
  words: { says: 'noto', text: '' },
  replies: [],
  change: null,
  version: null,
  decision: null,
  resolved: null,
  at: null,
  edited: null,
})

/** A hand with one tool over a table of two sheets: a drawing of 400 × 600 mm, and beside it a photo on its side. */
const take = (tool: ToolId, { marks = [] as Mark[], selected = null as Mark | null, by = 'mouse' as Pointer } = {}) => {
  const table: Table = {
    sheets: [drawing, photo],
    pixel: 0.5,
    selected,
    isMine: (id) => id.startsWith('tao_'),
    mark: (id) => marks.find((mark) => mark.id === id) ?? null,
    sheet: (id) => [drawing, photo].find((sheet) => sheet.id === id) ?? null,
    markAt: (p, reach) =>
      marks.find(({ shape }) => pointsOf(shape).some((q) => Math.hypot(q.x - p.x, q.y - p.y) <= reach))?.id ?? null,
  }
  const kind = toolOf(tool)
  let state = kind.rest
  const hand = {
    wishes: [] as Wish[],
    preview: undefined as Preview | undefined,
    laser: undefined as boolean | undefined,
    isResting: () => state === kind.rest,
    do(event: ToolEvent) {
      const step = kind.step(state, event, table)
      state = step.state
      hand.preview = step.preview
      hand.laser = step.laser
      if (step.commit) hand.wishes.push(step.commit)
      return hand
    },
    press: (p: BoardPoint, pressure = 0.5) => hand.do({ type: 'down', at: p, pressure, by }),
    move: (p: BoardPoint, pressure = 0.5) => hand.do({ type: 'move', at: p, pressure, by }),
    lift: (p: BoardPoint, pressure = 0.5) => hand.do({ type: 'up', at: p, pressure, by }),
    tap: (p: BoardPoint) => hand.press(p).lift(p),
    drag(...points: BoardPoint[]) {
      hand.press(points[0]!)
      for (const p of points.slice(1)) hand.move(p)
      return hand.lift(points.at(-1)!)
    },
  }
  return hand
}

describe('the tools', () => {
  it('have a key each, and no two the same', () => {
    const keys = TOOLS.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { id, key } of TOOLS) expect([toolOfKey(key), toolOfKey(key.toUpperCase())]).toEqual([id, id])
    expect(toolOfKey('+')).toBeNull()
    // The canvas has these for itself.
    for (const key of ['+', '-', '0', ' ', '=']) expect(keys).not.toContain(key)
  })

  it('rest after a cancel, whatever came before, and want nothing done', () => {
    const events = fc.array(
      fc.record({
        type: fc.constantFrom('down' as const, 'move' as const, 'up' as const),
        x: fc.integer({ min: -50, max: 1000 }),
        y: fc.integer({ min: -50, max: 700 }),
        by: fc.constantFrom('mouse' as const, 'touch' as const, 'pen' as const, 'keys' as const),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...TOOLS.map(({ id }) => id)), events, (id, all) => {
        const mine = markOf('tao_aaaa', { kind: 'pin', at: point(100, 100) })
        const hand = take(id, { marks: [mine], selected: mine })
        for (const { type, x, y, by } of all) hand.do({ type, at: at(x, y), pressure: 0.5, by })
        // Whatever was committed on the way is whole, and within the caps of the document.
        for (const wish of hand.wishes) if ('shape' in wish) expect(fits(wish.shape)).toBe(true)
        const before = hand.wishes.length
        hand.do({ type: 'cancel' })
        expect(hand.isResting()).toBe(true)
        expect(hand.preview).toBeUndefined()
        expect(hand.wishes).toHaveLength(before)
      }),
    )
  })
})

describe('a pin', () => {
  it('is put down, slid into place and stuck in on release', () => {
    const hand = take('pin').press(at(10, 10)).move(at(30, 40))
    expect(hand.wishes).toEqual([])
    expect(hand.preview).toEqual({ sheet: 'hoja1', shape: { kind: 'pin', at: point(30, 40) } })
    hand.lift(at(30, 40))
    expect(hand.wishes).toEqual([{ do: 'add', sheet: 'hoja1', shape: { kind: 'pin', at: point(30, 40) } }])
  })

  it('lies in the units of the sheet under it, turned as that is turned', () => {
    expect(take('pin').tap(at(550, 100)).wishes).toEqual([
      { do: 'add', sheet: 'foto1', shape: { kind: 'pin', at: point(1000, 2500) } },
    ])
  })
})

describe('an arrow', () => {
  const arrow = { do: 'add', sheet: 'hoja1', shape: { kind: 'arrow', from: point(10, 10), to: point(60, 30) } }
  it('is dragged from where it comes to what it points at', () => {
    expect(take('arrow').drag(at(10, 10), at(40, 20), at(60, 30)).wishes).toEqual([arrow])
  })
  it('is tapped from end to end by whoever does not drag, with any pointer', () => {
    for (const by of ['mouse', 'touch', 'pen', 'keys'] as const) {
      const hand = take('arrow', { by }).tap(at(10, 10))
      expect(hand.preview?.shape).toEqual({ kind: 'arrow', from: point(10, 10), to: point(10, 10) })
      expect(hand.move(at(50, 20)).preview?.shape).toEqual({ kind: 'arrow', from: point(10, 10), to: point(50, 20) })
      expect(hand.tap(at(60, 30)).wishes).toEqual([arrow])
    }
  })
  it('does not come of two taps on one spot', () => {
    const hand = take('arrow').tap(at(10, 10)).tap(at(11, 10))
    expect(hand.wishes).toEqual([])
    expect(hand.isResting()).toBe(true)
  })
})

describe('a tape', () => {
  it('is pulled straight from end to end', () => {
    const [wish] = take('tape').drag(at(0, 0), at(20, 90), at(30, 40)).wishes
    expect(wish).toEqual({ do: 'add', sheet: 'hoja1', shape: { kind: 'tape', points: [point(0, 0), point(30, 40)] } })
    expect(lengthOf((wish as { shape: Shape }).shape)).toBe(50)
  })
  it('is laid from point to point, and ends with a second tap on the last, or with Enter', () => {
    const shape = { kind: 'tape', points: [point(0, 0), point(30, 40), point(30, 100)] }
    const twice = take('tape').tap(at(0, 0)).tap(at(30, 40)).tap(at(30, 100)).tap(at(30, 100))
    expect(twice.wishes).toEqual([{ do: 'add', sheet: 'hoja1', shape }])
    const enter = take('tape').tap(at(0, 0)).tap(at(30, 40)).tap(at(30, 100)).do({ type: 'finish' })
    expect(enter.wishes).toEqual(twice.wishes)
    expect(lengthOf((enter.wishes[0] as { shape: Shape }).shape)).toBe(110)
  })
  it('gives the last point back', () => {
    const hand = take('tape').tap(at(0, 0)).tap(at(99, 99)).do({ type: 'back' }).tap(at(30, 40)).do({ type: 'finish' })
    expect(hand.wishes).toMatchObject([{ shape: { points: [point(0, 0), point(30, 40)] } }])
  })
  it('of one point is none', () => {
    expect(take('tape').tap(at(0, 0)).do({ type: 'finish' }).wishes).toEqual([])
  })
})

describe('an area', () => {
  it('goes from corner to corner and closes on the first', () => {
    const hand = take('area').tap(at(0, 0)).tap(at(50, 0)).tap(at(50, 50))
    expect(hand.preview?.shape.kind).toBe('area')
    hand.tap(at(0.5, 0.5))
    expect(hand.wishes).toEqual([
      { do: 'add', sheet: 'hoja1', shape: { kind: 'area', points: [point(0, 0), point(50, 0), point(50, 50)] } },
    ])
  })
  it('is circled in one go', () => {
    const circle = Array.from({ length: 200 }, (_, i) => {
      const turn = (i / 200) * 2 * Math.PI
      return at(100 + 40 * Math.cos(turn), 100 + 40 * Math.sin(turn))
    })
    const [wish] = take('area').drag(...circle).wishes as unknown as [{ shape: Extract<Shape, { kind: 'area' }> }]
    expect(wish.shape.points.length).toBeGreaterThan(10)
    expect(wish.shape.points.length).toBeLessThan(80)
    for (const p of wish.shape.points) expect(Math.hypot(p.x - 100, p.y - 100)).toBeCloseTo(40, 0)
  })
  it('never has more corners than the document takes', () => {
    const hand = take('area')
    for (let i = 0; i < CAPS.pathPoints; i++) hand.tap(at(i * 5, (i % 2) * 50))
    expect(hand.wishes).toHaveLength(1)
    expect(hand.isResting()).toBe(true)
  })
})

describe('a pen', () => {
  it('keeps the pressure of the hand', () => {
    const hand = take('pen', { by: 'pen' }).press(at(0, 0), 0.2).move(at(10, 5), 0.9).lift(at(20, 0), 0.4)
    expect(hand.wishes).toMatchObject([
      {
        shape: {
          kind: 'pen',
          points: [
            { x: 0, y: 0, pressure: 0.2 },
            { x: 10, y: 5, pressure: 0.9 },
            { x: 20, y: 0, pressure: 0.4 },
          ],
        },
      },
    ])
  })
  it('leaves a dot where it is only put down', () => {
    expect(take('pen').tap(at(5, 5)).wishes).toMatchObject([{ shape: { kind: 'pen', points: [{ x: 5, y: 5 }] } }])
  })
  it('draws as long as the hand goes on, and what it leaves fits', () => {
    const hand = take('pen').press(at(0, 0))
    for (let i = 1; i < 3 * CAPS.penPoints; i++) hand.move(at((i * 7.3) % 400, (i * 13.7) % 600))
    expect(fits(hand.preview!.shape)).toBe(true)
    hand.lift(at(1, 1))
    expect(fits((hand.wishes[0] as { shape: Shape }).shape)).toBe(true)
  })
})

describe('a line that is thinned', () => {
  const lines = fc.array(
    fc.record({
      x: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      y: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    }),
    { minLength: 2, maxLength: 120 },
  )
  const distance = (p: { x: number; y: number }, a: { x: number; y: number }, b: { x: number; y: number }): number => {
    const square = (b.x - a.x) ** 2 + (b.y - a.y) ** 2
    const t =
      square === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / square))
    return Math.hypot(p.x - a.x - t * (b.x - a.x), p.y - a.y - t * (b.y - a.y))
  }
  it('stays within its tolerance of the old one, and keeps both ends', () => {
    fc.assert(
      fc.property(lines, fc.double({ min: 0, max: 50, noNaN: true }), (points, within) => {
        const thin = simplified(points, within)
        expect(thin[0]).toBe(points[0])
        expect(thin.at(-1)).toBe(points.at(-1))
        let next = 0
        for (const p of points) {
          if (p === thin[next]) {
            next++
            continue
          }
          expect(distance(p, thin[next - 1]!, thin[next]!)).toBeLessThanOrEqual(within + 1e-9)
        }
        expect(next).toBe(thin.length)
      }),
    )
  })
  it('is cut down to any number of points', () => {
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 2, max: 20 }),
        (points, most) => simplifiedTo(points, 0, most).length <= most,
      ),
    )
  })
})

describe('the scale line', () => {
  it('measures a photo in its own pixels, and passes drawn sheets by', () => {
    expect(take('scale').drag(at(550, 100), at(550, 300)).wishes).toEqual([
      { do: 'scale', sheet: 'foto1', length: 2000 },
    ])
    expect(take('scale').drag(at(10, 10), at(100, 100)).wishes).toEqual([])
  })
})

describe('select', () => {
  const mine = markOf('tao_aaaa', { kind: 'arrow', from: point(100, 100), to: point(200, 100) })
  const theirs = markOf('ines_bbbb', { kind: 'pin', at: point(300, 300) })
  const marks = [mine, theirs]

  it('selects what is touched, and nothing where nothing is', () => {
    expect(take('select', { marks }).tap(at(301, 300)).wishes).toEqual([{ do: 'select', mark: theirs.id }])
    expect(take('select', { marks }).tap(at(5, 5)).wishes).toEqual([{ do: 'select', mark: null }])
  })
  it('moves one’s own as a whole', () => {
    const hand = take('select', { marks }).drag(at(100, 100), at(110, 90), at(120, 95))
    expect(hand.wishes).toEqual([
      { do: 'select', mark: mine.id },
      { do: 'move', mark: mine.id, shape: { kind: 'arrow', from: point(120, 95), to: point(220, 95) } },
    ])
  })
  it('moves a single point of what is selected', () => {
    const hand = take('select', { marks, selected: mine }).drag(at(200, 100), at(210, 140))
    expect(hand.wishes.at(-1)).toEqual({
      do: 'move',
      mark: mine.id,
      shape: { kind: 'arrow', from: point(100, 100), to: point(210, 140) },
    })
  })
  it('never moves what is another’s', () => {
    const hand = take('select', { marks, selected: theirs }).drag(at(300, 300), at(350, 350))
    expect(hand.wishes).toEqual([{ do: 'select', mark: theirs.id }])
  })
  it('does not move by a trembling finger', () => {
    const hand = take('select', { marks, by: 'touch' }).drag(at(100, 100), at(104, 103))
    expect(hand.wishes).toEqual([{ do: 'select', mark: mine.id }])
  })
})

describe('the laser', () => {
  it('shines while it is held, and leaves nothing', () => {
    const hand = take('laser').press(at(1, 1))
    expect(hand.laser).toBe(true)
    expect(hand.move(at(2, 2)).laser).toBe(true)
    expect(hand.lift(at(2, 2)).laser).toBe(false)
    expect(hand.move(at(3, 3)).laser).toBe(false)
    expect(hand.wishes).toEqual([])
  })
})
