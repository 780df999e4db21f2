import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APART_PX, fanOf, isStemmed, openFan, UPRIGHT } from '../../client/canvas/fan.ts'
import type { Laid } from '../../client/canvas/figures/figure.ts'
import { levelFor, parentOf, partOf, tileBox, tilesIn } from '../../client/canvas/grid.ts'
import { distanceTo, markUnder } from '../../client/canvas/hit.ts'
import { readKey } from '../../client/canvas/keys.ts'
import { scaleBar, ticks } from '../../client/canvas/ruler.ts'
import { openTiles } from '../../client/canvas/tiles.ts'
import {
  fitted,
  fromScreen,
  panned,
  pinched,
  regionOf,
  resized,
  revealed,
  SCALES,
  toScreen,
  zoomed,
} from '../../client/canvas/viewport.ts'
import { readWheels, type Wheel } from '../../client/canvas/wheel.ts'
import { point, toBoard } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import { levelSize, pyramidOf, type Sheet } from '../../shared/domain/sheet.ts'
import { instant, mm } from '../../shared/domain/units.ts'
import type { View } from '../../shared/protocol/api.ts'
import { NOON, sheet, tao } from '../support/people.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const views = fc.record({ x: number(-1e4, 1e4), y: number(-1e4, 1e4), scale: number(0.05, 20) })
const sizes = fc.record({ width: fc.integer({ min: 100, max: 4000 }), height: fc.integer({ min: 100, max: 4000 }) })
const screens = fc.record({ x: number(0, 2000), y: number(0, 2000) })

describe('the view', () => {
  it('goes from screen to board and back to the same pixel', () => {
    fc.assert(
      fc.property(views, screens, (view, p) => {
        const back = toScreen(view, fromScreen(view, p))
        // The board is kept to a micrometre.
        expect(Math.hypot(back.x - p.x, back.y - p.y)).toBeLessThanOrEqual(0.001 * view.scale + 1e-6)
      }),
    )
  })
  it('keeps what is under the pointer there when it zooms', () => {
    fc.assert(
      fc.property(views, screens, number(0.01, 100), (view, at, factor) => {
        const next = zoomed(view, factor, at)
        const before = { x: view.x + at.x / view.scale, y: view.y + at.y / view.scale }
        const after = toScreen(next, before)
        expect(Math.hypot(after.x - at.x, after.y - at.y)).toBeLessThan(1e-5)
        expect(next.scale).toBeGreaterThanOrEqual(SCALES.least)
        expect(next.scale).toBeLessThanOrEqual(SCALES.most)
      }),
    )
  })
  it('shows all of a region of any shape in a window of any shape, as large as can be', () => {
    const boxes = fc.record({
      x: number(-1e3, 1e3),
      y: number(-1e3, 1e3),
      width: number(5, 3e3),
      height: number(5, 3e3),
    })
    fc.assert(
      fc.property(boxes, sizes, (box, size) => {
        const view = fitted(box, size, 10)
        const seen = regionOf(view, size)
        const slack = 1e-6
        expect(seen.x).toBeLessThanOrEqual(box.x + slack)
        expect(seen.y).toBeLessThanOrEqual(box.y + slack)
        expect(seen.x + seen.width).toBeGreaterThanOrEqual(box.x + box.width - slack)
        expect(seen.y + seen.height).toBeGreaterThanOrEqual(box.y + box.height - slack)
        const wide = box.width * view.scale
        const high = box.height * view.scale
        const isTight = Math.abs(wide - (size.width - 20)) < 1e-6 || Math.abs(high - (size.height - 20)) < 1e-6
        expect(isTight || view.scale === SCALES.most).toBe(true)
      }),
    )
  })
  it('keeps in a smaller window what is in hand, and goes no further than that takes', () => {
    const spots = fc.record({ x: number(0, 1), y: number(0, 1), width: number(0, 0.2), height: number(0, 0.2) })
    fc.assert(
      fc.property(views, sizes, spots, number(0, 80), (view, size, spot, margin) => {
        const seen = regionOf(view, { width: 2 * size.width, height: 2 * size.height })
        const box = {
          x: seen.x + spot.x * seen.width,
          y: seen.y + spot.y * seen.height,
          width: spot.width * seen.width,
          height: spot.height * seen.height,
        }
        const next = revealed(view, size, box, margin)
        const window = regionOf(next, size)
        const slack = 1e-6
        expect(window.x).toBeLessThanOrEqual(box.x + slack)
        expect(window.x + window.width).toBeGreaterThanOrEqual(box.x + box.width - slack)
        expect(window.y).toBeLessThanOrEqual(box.y + slack)
        expect(window.y + window.height).toBeGreaterThanOrEqual(box.y + box.height - slack)
        // What is well within moves nothing, and a second time there is nothing to move.
        const again = revealed(next, size, box, margin)
        expect([again.x, again.y]).toEqual([expect.closeTo(next.x, 4), expect.closeTo(next.y, 4)])
        const deep = { x: view.x + size.width / 2 / view.scale, y: view.y + size.height / 2 / view.scale }
        const still = revealed(view, size, { ...deep, width: 0, height: 0 }, Math.min(margin, 40))
        expect([still.x, still.y]).toEqual([expect.closeTo(view.x, 6), expect.closeTo(view.y, 6)])
        const whole = { x: view.x - 1, y: view.y - 1, width: 1e6, height: 1e6 }
        expect(revealed(view, size, whole, margin)).toEqual(view)
      }),
    )
  })
  it('follows two fingers: what was between them is between them', () => {
    fc.assert(
      fc.property(views, screens, screens, screens, screens, (view, a, b, c, d) => {
        fc.pre(Math.hypot(a.x - b.x, a.y - b.y) > 20 && Math.hypot(c.x - d.x, c.y - d.y) > 20)
        const next = pinched(view, [a, b], [c, d])
        const between = { x: view.x + (a.x + b.x) / 2 / view.scale, y: view.y + (a.y + b.y) / 2 / view.scale }
        const after = toScreen(next, between)
        expect(Math.hypot(after.x - (c.x + d.x) / 2, after.y - (c.y + d.y) / 2)).toBeLessThan(1e-4)
      }),
    )
  })
  it('comes back when it is panned there and back, and keeps its middle when the window changes', () => {
    fc.assert(
      fc.property(views, sizes, sizes, number(-500, 500), (view, one, two, by) => {
        const back = panned(panned(view, by, -by), -by, by)
        expect(back.x).toBeCloseTo(view.x, 4)
        const next = resized(view, one, two)
        expect(next.x + two.width / 2 / next.scale).toBeCloseTo(view.x + one.width / 2 / view.scale, 4)
      }),
    )
  })
})

const turned = (turn: 0 | 1 | 2 | 3): Sheet => ({ ...sheet, place: { x: mm(30), y: mm(-20), turn } })

describe('tiles', () => {
  const pyramid = pyramidOf(8000, 12000)

  it('are of the coarsest level that is sharp enough', () => {
    // 400 mm across: 20 pixels a millimetre at the finest.
    expect(levelFor(sheet, pyramid, 20)).toBe(pyramid.levels - 1)
    expect(levelFor(sheet, pyramid, 10)).toBe(pyramid.levels - 2)
    expect(levelFor(sheet, pyramid, 500)).toBe(pyramid.levels - 1)
    expect(levelFor(sheet, pyramid, 0.0001)).toBe(0)
    fc.assert(
      fc.property(number(0.01, 100), fc.constantFrom('photo' as const, 'pdf' as const), (scale, kind) => {
        const level = levelFor({ ...sheet, kind }, pyramid, scale)
        const magnified = scale / (levelSize(pyramid, level).width / 400)
        // A photo may be a little; a line would be blurred.
        const most = kind === 'photo' ? 1.25 : 1.02
        if (level < pyramid.levels - 1) expect(magnified).toBeLessThan(most)
        if (level > 0) expect(magnified).toBeGreaterThan((most / 2) * 0.95)
      }),
    )
  })
  it('cover the part that is seen, whichever way the sheet lies', () => {
    const spots = fc.record({ x: number(0, 1), y: number(0, 1) })
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1, 2, 3),
        spots,
        number(1, 200),
        fc.nat({ max: pyramid.levels - 1 }),
        (turn, spot, reach, level) => {
          const lying = turned(turn as 0)
          const p = toBoard(lying, { x: spot.x * lying.width, y: spot.y * lying.height } as never)
          const part = partOf(lying, { x: p.x - reach, y: p.y - reach, width: 2 * reach, height: 2 * reach })
          expect(part).not.toBeNull()
          const finest = { x: spot.x * pyramid.width, y: spot.y * pyramid.height }
          const holds = tilesIn(pyramid, level, part!).some((tile) => {
            const box = tileBox(pyramid, tile)
            return (
              finest.x >= box.x - 1e-6 &&
              finest.x <= box.x + box.width + 1e-6 &&
              finest.y >= box.y - 1e-6 &&
              finest.y <= box.y + box.height + 1e-6
            )
          })
          expect(holds).toBe(true)
        },
      ),
    )
  })
  it('are none of a sheet out of sight', () => {
    expect(partOf(sheet, { x: 500, y: 0, width: 100, height: 100 })).toBeNull()
  })
  it('lie under the one that stands in for them', () => {
    for (let tile = parentOf({ level: 4, col: 13, row: 9 }); tile; tile = parentOf(tile)) {
      const outer = tileBox(pyramid, tile)
      const inner = tileBox(pyramid, { level: 4, col: 13, row: 9 })
      expect(inner.x).toBeGreaterThanOrEqual(outer.x)
      expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height)
    }
  })

  /** A server that answers when told to, with pictures that know whether they were closed. */
  const store = (memory: number) => {
    const asked: string[] = []
    const waiting = new Map<string, { give: () => void; signal: AbortSignal }>()
    let open = 0
    const view: View = { view: 'v1' as never, code: 'AAAA', pyramid, until: 1e9 as never }
    const tiles = openTiles({
      askView: async () => view,
      fetchTile: (_, { level, col, row }, signal) =>
        new Promise((resolve, reject) => {
          const key = `${level}/${col}_${row}`
          asked.push(key)
          signal.addEventListener('abort', () => reject(new Error('aborted')))
          const give = (): void => {
            waiting.delete(key)
            open++
            resolve({ width: 512, height: 512, close: () => void open-- } as ImageBitmap)
          }
          waiting.set(key, { give, signal })
        }),
      now: () => 0,
      arrived: () => undefined,
      memory,
    })
    const settle = async (): Promise<void> => {
      for (let i = 0; i < 400; i++) {
        for (const { give, signal } of [...waiting.values()]) if (!signal.aborted) give()
        await Promise.resolve()
      }
    }
    return { tiles, asked, settle, open: () => open, waiting }
  }
  const seen = { x: 100, y: 100, width: 120, height: 90 }

  it('come coarse first, then nearest to the middle first', async () => {
    const { tiles, asked, settle } = store(1e9)
    tiles.plan([sheet], seen, 20)
    await settle()
    expect(asked[0]).toBe('0/0_0')
    const level = levelFor(sheet, pyramid, 20)
    const wanted = tilesIn(pyramid, level, partOf(sheet, seen)!)
    expect(asked.slice(1)).toEqual(wanted.map(({ level, col, row }) => `${level}/${col}_${row}`))
    expect(tiles.of(sheet.id)!.wanted.every((tile) => tiles.of(sheet.id)!.find(tile) !== null)).toBe(true)
  })
  it('stay within the memory they may take, but for what is in view', async () => {
    const most = 40 * 512 * 512 * 4
    const { tiles, settle, open } = store(most)
    for (let x = 0; x < 400; x += 40) {
      tiles.plan([sheet], { ...seen, x }, 20)
      await settle()
      expect(tiles.bytes()).toBeLessThanOrEqual(most)
    }
    expect(open()).toBeGreaterThan(10)
    tiles.clear()
    expect(open()).toBe(0)
    expect(tiles.bytes()).toBe(0)
  })
  it('say what they wait for while there is nothing to draw', async () => {
    let now = 0
    let answer: ((view: View) => void) | null = null
    let refuse: ((why: Error) => void) | null = null
    let asked = 0
    const tiles = openTiles({
      askView: () =>
        new Promise((resolve, reject) => {
          asked++
          answer = resolve
          refuse = reject
        }),
      fetchTile: async () => ({ width: 512, height: 512, close() {} }) as ImageBitmap,
      now: () => now,
      arrived: () => undefined,
      memory: 1e9,
    })
    const turn = async (): Promise<void> => {
      for (let i = 0; i < 50; i++) await Promise.resolve()
    }
    tiles.plan([sheet], seen, 20)
    // Most come so soon that a word would only flicker.
    expect(tiles.waits(sheet.id)).toBe(null)
    now = 10_000
    expect(tiles.waits(sheet.id)).toBe('slow')
    refuse!(new Error('no line'))
    await turn()
    expect(tiles.waits(sheet.id)).toBe('lost')
    now = 20_000
    tiles.plan([sheet], seen, 20)
    expect(asked).toBe(2)
    answer!({ view: 'v1' as never, code: 'AAAA', pyramid, until: 1e9 as never })
    await turn()
    expect(tiles.waits(sheet.id)).toBe(null)
    expect(tiles.of(sheet.id)!.find({ level: 0, col: 0, row: 0 })).not.toBe(null)
    tiles.clear()
  })
  it('are not fetched any more when they are out of view', async () => {
    const { tiles, waiting } = store(1e9)
    tiles.plan([sheet], seen, 20)
    for (let i = 0; i < 10; i++) await Promise.resolve()
    const before = [...waiting.values()]
    expect(before.length).toBeGreaterThan(1)
    tiles.plan([sheet], { x: 5000, y: 5000, width: 10, height: 10 }, 20)
    expect(before.every(({ signal }) => signal.aborted)).toBe(true)
  })
})

describe('badges on one edge', () => {
  /** Pins and proposals as they lie on the board, in the order in which they were made. */
  const standing = (points: readonly { x: number; y: number }[]): Laid[] =>
    points.map(({ x, y }, i) => {
      const at = point(x, y)
      const mark = {
        id: `tao_${i}`,
        author: tao.id,
        sheet: sheet.id,
        shape: { kind: i % 2 === 0 ? 'proposal' : 'pin', at },
        at: instant(NOON + i),
      } as unknown as Mark
      const p = toBoard(sheet, at)
      return { mark, sheet, points: [p], box: { ...p, width: 0, height: 0 }, unsaved: false }
    })
  const middleOf = ({ mark, points }: Laid, fan: ReturnType<typeof fanOf>, scale: number) => {
    const head = fan.get(mark.id) ?? UPRIGHT
    return { x: points[0]!.x * scale + head.x, y: points[0]!.y * scale + head.y }
  }
  const crowds = fc.array(fc.record({ x: number(0, 400), y: number(0, 600) }), { minLength: 2, maxLength: 60 })

  it('stand over their points where there is room, and lean away from an older one where there is none', () => {
    const [first, second] = standing([
      { x: 100, y: 300 },
      { x: 100, y: 300 },
    ]) as [Laid, Laid]
    const fan = fanOf([second, first], 1)
    expect([fan.has(first.mark.id), fan.has(second.mark.id)]).toEqual([false, true])
    // Each is found under the middle of its badge, and by its stem.
    const headOf = (id: MarkId) => fan.get(id) ?? UPRIGHT
    for (const one of [first, second]) {
      const at = middleOf(one, fan, 1)
      expect(markUnder([first, second], at, 0, 1, headOf)?.mark.id).toBe(one.mark.id)
      const half = { x: (at.x + one.points[0]!.x) / 2, y: (at.y + one.points[0]!.y) / 2 }
      expect(distanceTo(one, half, 1, headOf(one.mark.id))).toBeLessThan(1e-9)
    }
    const apart = standing([
      { x: 100, y: 300 },
      { x: 100 + APART_PX, y: 300 },
    ])
    expect(fanOf(apart, 1).size).toBe(0)
    expect(fanOf(apart, 0.5).size).toBe(1)
  })
  it('lie on no other at any zoom, up to nine on one point, whoever looks', () => {
    fc.assert(
      fc.property(crowds, number(0.05, 20), fc.integer({ min: 1, max: 9 }), (points, scale, many) => {
        const all = standing([...Array(many).fill({ x: 900, y: 900 }), ...points.slice(0, 20)])
        const fan = fanOf(all, scale)
        expect(fanOf([...all].reverse(), scale)).toEqual(fan)
        const middles = all.slice(0, many).map((one) => middleOf(one, fan, scale))
        for (const [i, a] of middles.entries())
          for (const b of middles.slice(0, i)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(APART_PX)
        // Whoever leans, leans for somebody who would lie under it.
        for (const one of all.filter(({ mark }) => fan.has(mark.id))) {
          const upright = middleOf(one, new Map(), scale)
          const isTaken = all.some((other) => {
            const at = middleOf(other, fan, scale)
            return other !== one && Math.hypot(at.x - upright.x, at.y - upright.y) < APART_PX
          })
          expect(isTaken).toBe(true)
        }
      }),
    )
  })
  it('go back upright when the one before them is gone, and say which have moved', () => {
    let all = standing([
      { x: 50, y: 50 },
      { x: 50, y: 50 },
      { x: 300, y: 50 },
    ])
    const moved: MarkId[] = []
    const fan = openFan(
      () => all,
      (mark) => moved.push(mark),
    )
    const second = all[1]!.mark.id
    expect(fan.headOf(second, 1)).not.toEqual(UPRIGHT)
    // A step of a pinch later it is where it was.
    expect(fan.headOf(second, 1.1)).toBe(fan.headOf(second, 1))
    all = all.slice(1)
    fan.settle()
    expect(moved).toEqual([])
    fan.touch()
    fan.settle()
    expect(moved).toEqual([second])
    expect(fan.headOf(second, 1)).toBe(UPRIGHT)
  })
  it('have a stem if they are pins or proposals', () => {
    const [mark] = standing([{ x: 1, y: 1 }]).map(({ mark }) => mark) as [Mark]
    expect(isStemmed(mark)).toBe(true)
    expect(isStemmed({ ...mark, shape: { kind: 'tape', points: [point(0, 0), point(1, 0)] } })).toBe(false)
  })
})

describe('the ruler', () => {
  it('labels round lengths, far enough apart to be read, at every zoom', () => {
    fc.assert(
      fc.property(
        number(0.01, 100),
        number(-1e4, 1e4),
        fc.constantFrom('cm' as const, 'in' as const),
        (scale, from, unit) => {
          const all = ticks(from, from + 1000 / scale, scale, unit)
          const labels = all.filter(({ label }) => label !== null)
          for (let i = 1; i < labels.length; i++)
            expect((labels[i]!.at - labels[i - 1]!.at) * scale).toBeGreaterThanOrEqual(55.9)
          for (const { at, label } of labels) expect(label! * (unit === 'cm' ? 10 : 25.4)).toBeCloseTo(at, 3)
          expect(all.length).toBeLessThan(400)
        },
      ),
    )
  })
  it('has a bar that fits', () => {
    fc.assert(fc.property(number(0.01, 50), (scale) => scaleBar(scale, 'cm', 140) * scale <= 140))
    expect(scaleBar(1, 'cm', 140)).toBe(100)
    expect(scaleBar(1, 'in', 140)).toBeCloseTo(50.8)
  })
})

describe('a wheel', () => {
  const turn = (part: Partial<Wheel>): Wheel => ({
    deltaX: 0,
    deltaY: 0,
    deltaMode: 0,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    timeStamp: 0,
    ...part,
  })
  it('of a mouse zooms, and comes back as far as it went', () => {
    const read = readWheels()
    const near = read(turn({ deltaY: -120 }))
    const far = read(turn({ deltaY: 120, timeStamp: 50 }))
    expect(near.do).toBe('zoom')
    expect((near as { factor: number }).factor).toBeGreaterThan(1)
    expect((near as { factor: number }).factor * (far as { factor: number }).factor).toBeCloseTo(1)
    expect(readWheels()(turn({ deltaY: 3, deltaMode: 1 })).do).toBe('zoom')
  })
  it('of a trackpad pans, even where it has become as fast as a mouse', () => {
    const read = readWheels()
    expect(read(turn({ deltaX: 1.5, deltaY: 4, timeStamp: 0 }))).toEqual({ do: 'pan', dx: -1.5, dy: -4 })
    expect(read(turn({ deltaY: 140, timeStamp: 16 }))).toEqual({ do: 'pan', dx: -0, dy: -140 })
  })
  it('with Ctrl, which is also a pinch, zooms', () => {
    expect(readWheels()(turn({ deltaY: -2.4, ctrlKey: true }))).toMatchObject({ do: 'zoom' })
  })
})

describe('keys', () => {
  const key = (name: string, part = {}) => ({
    key: name,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    ...part,
  })
  it('move one’s own mark a millimetre, and ten with Shift', () => {
    expect(readKey(key('ArrowRight'), 'select', true)).toEqual({ do: 'nudge', dx: 1, dy: 0 })
    expect(readKey(key('ArrowUp', { shiftKey: true }), 'select', true)).toEqual({ do: 'nudge', dx: 0, dy: -10 })
  })
  it('move the crosshair of a tool that draws, and else the board', () => {
    expect(readKey(key('ArrowDown'), 'tape', false)).toEqual({ do: 'crosshair', dx: 0, dy: 1 })
    expect(readKey(key('ArrowDown'), 'select', false)).toMatchObject({ do: 'pan' })
    expect(readKey(key('ArrowDown', { altKey: true }), 'tape', false)).toMatchObject({ do: 'pan' })
  })
  it('leave the browser and the page what is theirs', () => {
    for (const other of [key('+', { ctrlKey: true }), key('z', { ctrlKey: true }), key('Tab'), key('a')])
      expect(readKey(other, 'select', true)).toBeNull()
  })
})
