import { describe, expect, it } from 'vitest'
import { COLOURS, firmColour, PIN_PX } from '../../client/canvas/looks.ts'
import { pointsOf } from '../../shared/domain/mark.ts'
import { NARROW, type Seat, WIDE } from '../support/browser.ts'
import {
  atCloth,
  cloth,
  ink,
  letters,
  openWitness,
  type Spot,
  slide,
  takeFingers,
  type Witness,
} from '../support/hands.ts'
import { openHouse, patiently } from '../support/house.ts'

const house = openHouse()
/** One sheet at true size in the board's corner, so that its millimetres are the board's. Three firms share it. */
const BOARD = 'camisamez'
const atTable = (person: string, given: Parameters<typeof house.sit>[0] = {}) =>
  atCloth(house, BOARD, { ...given, person })

const texts = async ({ page }: Seat) => (await letters(page)).map(({ text }) => text)
const near = (a: number, b: number, off: number) => Math.abs(a - b) <= off

/** A finger with light in it moves about a point until another one sees it there; then it is lifted. */
const shineAndSee = async (
  witness: Witness,
  [seat, person]: readonly [Seat, string],
  at: Spot,
  viewer: Seat,
  seen: () => Promise<Spot>,
): Promise<void> => {
  const finger = await takeFingers(seat)
  await finger.down(await witness.spot(seat, person, at))
  let step = 0
  await patiently(async () => {
    const { x, y } = await witness.spot(seat, person, at)
    await finger.move({ x: x + (step++ % 2), y })
    return ink(viewer.page, COLOURS.laser, await seen())
  }).toBeGreaterThan(20)
  await finger.up()
}

describe('three firms at one table', () => {
  it('see one another: cursors with firm and name, what each has in hand, and light that leaves nothing', async () => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const tao = await atTable('tao', { language: 'en', size: WIDE })
    const efrain = await atTable('efrain', { size: WIDE })
    const ines = await atTable('ines', { size: NARROW })

    // Efraín's cursor stands where he points at, on a screen that shows the same and on one that is much narrower.
    const here = { x: 500, y: 420 }
    const his = await witness.spot(efrain, 'efrain', here)
    await efrain.page.mouse.move(his.x, his.y)
    const label = 'Efraín Orozco · Maquila Barranca Honda'
    for (const [seat, person] of [
      [tao, 'tao'],
      [ines, 'ines'],
    ] as const) {
      await patiently(() => texts(seat)).toContain(label)
      const spot = await witness.spot(seat, person, here)
      const box = await cloth(seat.page)
      const at = (await letters(seat.page)).find(({ text }) => text === label)!
      expect(near(at.y, spot.y - box.y + 22.5, 2)).toBe(true)
      await patiently(() => ink(seat.page, firmColour('barranca'), spot)).toBeGreaterThan(20)
    }

    // What he takes in hand has a ring of his firm's colour.
    const pin = witness.marks().find(({ shape }) => shape.kind === 'pin')!
    const [point] = pointsOf(pin.shape)
    await efrain.page
      .getByRole('treeitem')
      .filter({ hasText: pin.words.text.slice(0, 20) })
      .click()
    await patiently(() => witness.shown('efrain')?.sel).toBe(pin.id)
    const foot = await witness.spot(tao, 'tao', point!)
    const head = { x: foot.x, y: foot.y - PIN_PX }
    await patiently(() => ink(tao.page, firmColour('barranca'), head, 20)).toBeGreaterThan(20)
    await efrain.page.getByRole('application').press('Escape')
    await patiently(() => ink(tao.page, firmColour('barranca'), head, 20)).toBe(0)

    // Inés' light, from a phone held in one hand.
    const before = witness.marks().length
    await ines.page.getByRole('button', { name: 'Marcar aquí' }).click()
    await ines.page.getByRole('button', { name: 'Señalar', exact: true }).click()
    expect(await ink(tao.page, COLOURS.laser)).toBe(0)
    const lit = { x: 800, y: 700 }
    await shineAndSee(witness, [ines, 'ines'], lit, tao, () => witness.spot(tao, 'tao', lit))
    await patiently(() => ink(tao.page, COLOURS.laser)).toBe(0)
    expect(witness.marks().length).toBe(before)
    expect([...tao.complaints, ...efrain.complaints, ...ines.complaints]).toEqual([])
    for (const one of [tao.context, efrain.context, ines.context, witness]) await one.close()
  })

  it('go with a look through windows of other shapes, let go with the first step, and come when called', async () => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const tao = await atTable('tao', { language: 'en', size: WIDE })
    const ines = await atTable('ines', { size: NARROW })

    /** Where a point is on the screen of somebody who sees, centred and whole, the region that another one looks at. */
    const fitted = async ({ page }: Seat, leader: string, at: Spot): Promise<Spot> => {
      const view = await witness.view(leader)
      const box = await cloth(page)
      const scale = Math.min(box.width / view.width, box.height / view.height)
      return {
        x: box.x + box.width / 2 + (at.x - view.x - view.width / 2) * scale,
        y: box.y + box.height / 2 + (at.y - view.y - view.height / 2) * scale,
      }
    }
    const box = await cloth(ines.page)
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const aside = (dx: number, dy = 0): Spot => ({ x: middle.x + dx, y: middle.y + dy })
    await ines.page.getByRole('button', { name: 'Marcar aquí' }).click()
    await ines.page.getByRole('button', { name: 'Señalar', exact: true }).click()
    const { width } = await witness.settled(ines, 'ines')
    await slide(ines, { from: aside(-30), to: aside(-90) }, { from: aside(30), to: aside(90) })
    await patiently(async () => (await witness.view('ines')).width).toBeLessThan(0.35 * width)

    await tao.page.getByRole('button', { name: /^\d people/ }).click()
    await tao.page.getByRole('button', { name: 'Follow Inés Robles' }).click()
    await tao.page.getByText('You see what Inés Robles sees').first().waitFor()
    const inHerView = async (): Promise<Spot> => {
      const view = await witness.view('ines')
      return { x: view.x + view.width * 0.7, y: view.y + view.height * 0.4 }
    }
    let at = await inHerView()
    await shineAndSee(witness, [ines, 'ines'], at, tao, () => fitted(tao, 'ines', at))
    // She goes on, and so does what he sees.
    await slide(ines, { from: aside(-30), to: aside(20, 60) }, { from: aside(30), to: aside(80, 60) })
    at = await inHerView()
    await shineAndSee(witness, [ines, 'ines'], at, tao, () => fitted(tao, 'ines', at))

    await tao.page.getByRole('button', { name: 'Zoom in' }).click()
    await tao.page.getByText('You see what Inés Robles sees').first().waitFor({ state: 'detached' })
    const his = await witness.view('tao')
    const hers = await witness.view('ines')
    expect(near(his.y + his.height / 2, hers.y + hers.height / 2, 1)).toBe(true)
    await slide(ines, { from: aside(-30), to: aside(-30, 70) }, { from: aside(30), to: aside(30, 70) })
    await patiently(async () => (await witness.view('ines')).y).not.toBe(hers.y)
    expect(await witness.view('tao')).toEqual(his)

    // The other way: a wide window fitted into a phone.
    await ines.page.getByRole('button', { name: 'Dejar de marcar' }).click()
    await ines.page.getByRole('button', { name: /^\d personas/ }).click()
    await ines.page.getByRole('button', { name: 'Seguir a Tao Ramírez' }).click()
    await ines.page.getByText('Sigues la mirada de Tao Ramírez').first().waitFor()
    const inHis = { x: his.x + his.width * 0.2, y: his.y + his.height * 0.7 }
    const mouse = await witness.spot(tao, 'tao', inHis)
    const seen = await fitted(ines, 'tao', inHis)
    await tao.page.mouse.move(mouse.x, mouse.y)
    await patiently(() => ink(ines.page, firmColour('dedal'), seen)).toBeGreaterThan(20)
    await slide(ines, { from: aside(-30), to: aside(-60) }, { from: aside(30), to: aside(60) })
    await ines.page.getByText('Sigues la mirada de Tao Ramírez').first().waitFor({ state: 'detached' })

    // Called to a mark, whoever will goes there.
    const mark = witness.marks().find(({ shape }) => shape.kind === 'pin')!
    const [point] = pointsOf(mark.shape)
    await tao.page
      .getByRole('treeitem')
      .filter({ hasText: mark.words.text.slice(0, 20) })
      .click()
    await tao.page.getByRole('button', { name: 'Look here' }).click()
    await ines.page
      .getByText(/Tao Ramírez, de Taller Dedal de Plata, pide que mires una marca/)
      .first()
      .waitFor()
    await ines.page.getByRole('button', { name: 'Ir', exact: true }).click()
    await patiently(() => witness.shown('ines')?.sel).toBe(mark.id)
    await patiently(async () => {
      const { x, y, width, height } = await witness.view('ines')
      return point!.x > x && point!.x < x + width && point!.y > y && point!.y < y + height
    }).toBe(true)
    expect([...tao.complaints, ...ines.complaints]).toEqual([])
    for (const one of [tao.context, ines.context, witness]) await one.close()
  })

  it('are the only ones there: who only observes finds nothing behind the address', async () => {
    const oru = await house.sit({ person: 'oru', language: 'en', size: NARROW })
    await oru.page.goto(`/mesas/${BOARD}`)
    await oru.page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    expect(await oru.page.locator('canvas').count()).toBe(0)
    await oru.context.close()
  })
})
