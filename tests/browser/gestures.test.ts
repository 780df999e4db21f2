import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { firmColour } from '../../client/canvas/looks.ts'
import { lengthOf } from '../../shared/domain/geometry.ts'
import { pointsOf } from '../../shared/domain/mark.ts'
import { NARROW, WIDE } from '../support/browser.ts'
import { atCloth, cloth, drag, ink, letters, openWitness, type Spot, slide, takeStylus, tap } from '../support/hands.ts'
import { openHouse, patiently, saved } from '../support/house.ts'

const house = openHouse()

/** One pattern at true size, with its corner in the board's corner: millimetres of the sheet are millimetres of the board. */
const BOARD = 'camisamez'
const atTable = (person: string, given: Parameters<typeof house.sit>[0] = {}) =>
  atCloth(house, BOARD, { ...given, person })
const canvas = (page: Page) => page.getByRole('application')

describe('a hand on the cloth', () => {
  it('draws with a pen that presses, and the others see the stroke while it grows', async () => {
    const witness = await openWitness(house, 'efrain', BOARD)
    const tao = await atTable('tao', { language: 'en', size: NARROW })
    const ines = await atTable('ines', { size: WIDE })
    const before = witness.marks().length
    await tao.page.getByRole('button', { name: 'Mark here' }).click()
    await tao.page.getByRole('button', { name: 'Pen', exact: true }).click()

    const path = [300, 500, 700, 900, 1100].map((x, i) => ({ at: { x, y: 400 + 40 * i }, pressure: 0.15 + 0.2 * i }))
    const spots: Spot[] = []
    for (const { at } of path) spots.push(await witness.spot(tao, 'tao', at))
    const pen = await takeStylus(tao)
    await pen.down(spots[0]!, path[0]!.pressure)
    for (let i = 1; i < path.length; i++) await pen.move(spots[i]!, path[i]!.pressure)

    const start = await witness.spot(ines, 'ines', { x: 400, y: 420 })
    await patiently(() => ink(ines.page, firmColour('dedal'), start)).toBeGreaterThan(20)
    expect(witness.marks().length).toBe(before)
    await patiently(async () => (await letters(ines.page)).map(({ text }) => text)).toContain(
      'Tao Ramírez · Taller Dedal de Plata',
    )

    await pen.up(spots.at(-1)!)
    await tao.page.getByLabel('Say it in workshop words').fill('The yoke seam wants this curve')
    await tao.page.getByRole('button', { name: 'Publish' }).click()
    await saved(tao.page)
    await patiently(() => witness.mark('The yoke seam wants this curve') !== undefined).toBe(true)
    const { shape } = witness.mark('The yoke seam wants this curve')!
    if (shape.kind !== 'pen') throw new Error('a pen draws strokes')
    const pressures = shape.points.map(({ pressure }) => pressure)
    expect(pressures[0]).toBeCloseTo(0.15, 1)
    expect(Math.max(...pressures)).toBeGreaterThan(0.8)
    // Nothing unfinished is left on the other's screen.
    await patiently(() => ink(ines.page, firmColour('dedal'), start)).toBe(0)

    // Once a pen was seen, a palm on the screen draws nothing: it moves the board.
    await tao.page.getByRole('button', { name: 'Lower the card' }).click()
    await tao.page.getByRole('button', { name: 'Mark here' }).click()
    const from = await witness.settled(tao, 'tao')
    const box = await cloth(tao.page)
    const middle = { x: box.x + box.width / 2, y: box.y + box.height * 0.3 }
    await slide(tao, { from: middle, to: { x: middle.x - 50, y: middle.y } })
    const moved = (50 * from.width) / box.width
    await patiently(async () => Math.round((await witness.view('tao')).x - from.x)).toBe(Math.round(moved))
    expect(witness.marks().length).toBe(before + 1)
    expect([...tao.complaints, ...ines.complaints]).toEqual([])
    for (const one of [tao.context, ines.context, witness]) await one.close()
  })

  it('of two fingers zooms and moves a phone, with a tool in hand and nothing drawn; one finger draws', async () => {
    const witness = await openWitness(house, 'ines', BOARD)
    const efrain = await atTable('efrain', { size: NARROW })
    await efrain.page.getByRole('button', { name: 'Marcar aquí' }).click()
    const before = witness.marks().length
    const from = await witness.settled(efrain, 'efrain')
    const box = await cloth(efrain.page)
    const middle = { x: box.x + box.width / 2, y: box.y + box.height * 0.35 }
    const aside = (dx: number, dy = 0): Spot => ({ x: middle.x + dx, y: middle.y + dy })

    await slide(efrain, { from: aside(-40), to: aside(-80) }, { from: aside(40), to: aside(80) })
    await patiently(async () => (await witness.view('efrain')).width / from.width).toBeCloseTo(0.5, 2)
    const near = await witness.view('efrain')
    // What was between the fingers still is.
    const under = (view: typeof near) => view.y + ((middle.y - box.y) * view.width) / box.width
    expect(Math.abs(under(near) - under(from))).toBeLessThan(near.width / box.width)

    await slide(efrain, { from: aside(-40), to: aside(-40, 60) }, { from: aside(40), to: aside(40, 60) })
    await patiently(async () => (await witness.view('efrain')).y).toBeCloseTo(near.y - (60 * near.width) / box.width, 0)
    expect(witness.marks().length).toBe(before)

    const at = { x: 700, y: 500 }
    const spot = await witness.spot(efrain, 'efrain', at)
    await slide(efrain, { from: spot, to: spot })
    await efrain.page.getByLabel('Escríbelo con palabras de taller').fill('Con el pulgar también se puede')
    await efrain.page.getByRole('button', { name: 'Publicar' }).click()
    await saved(efrain.page)
    await patiently(() => witness.mark('Con el pulgar también se puede') !== undefined).toBe(true)
    const [put] = pointsOf(witness.mark('Con el pulgar también se puede')!.shape)
    const pixel = near.width / box.width
    expect(Math.hypot(put!.x - at.x, put!.y - at.y)).toBeLessThan(1.5 * pixel)
    expect(efrain.complaints).toEqual([])
    for (const one of [efrain.context, witness]) await one.close()
  })

  it('measures with the tape what the ruler says, in centimetres and in inches', async () => {
    const witness = await openWitness(house, 'efrain', BOARD)
    const tao = await atTable('tao', { language: 'en', size: WIDE })
    const ines = await atTable('ines', { size: NARROW })
    const { page } = tao
    const scale = async () => (await cloth(page)).width / (await witness.view('tao')).width
    /** Millimetres of the board between two numbers of the ruler above. */
    const ruled = async (a: string, b: string): Promise<number> => {
      const above = (await letters(page)).filter(({ y }) => y < 20)
      const at = (text: string) => above.find((one) => one.text === text)?.x ?? Number.NaN
      return (at(b) - at(a)) / (await scale())
    }
    await patiently(() => ruled('20', '80')).toBeGreaterThan(0)
    expect(Math.abs((await ruled('20', '80')) - 600)).toBeLessThan(2 / (await scale()))

    await page.getByRole('button', { name: 'Tape', exact: true }).click()
    for (const at of [
      { x: 300, y: 300 },
      { x: 600, y: 700 },
      { x: 910, y: 700 },
      { x: 910, y: 700 },
    ])
      await tap(page, await witness.spot(tao, 'tao', at))
    await page.getByLabel('Say it in workshop words').fill('Does the front reach 81?')
    await page.getByRole('radio', { name: 'I ask' }).check()
    await page.getByRole('button', { name: 'Publish' }).click()
    await saved(page)
    await patiently(() => witness.mark('Does the front reach 81?') !== undefined).toBe(true)
    const { shape } = witness.mark('Does the front reach 81?')!
    const real = lengthOf(shape)
    expect(pointsOf(shape).length).toBe(3)
    expect(Math.abs(real - 810)).toBeLessThan(4 / (await scale()))

    await page.getByRole('tab', { name: 'Marks' }).click()
    const row = page.getByRole('treeitem').filter({ hasText: 'Does the front reach 81?' })
    const inches = async (): Promise<number> => {
      const [, whole, over, under] = /(\d+)(?: (\d+)\/(\d+))? in/.exec((await row.textContent()) ?? '') ?? []
      return Number(whole) + Number(over ?? 0) / Number(under ?? 1)
    }
    const centimetres = async (): Promise<number> => Number(/([\d.]+) cm/.exec((await row.textContent()) ?? '')?.[1])
    expect(await centimetres()).toBeCloseTo(real / 10, 1)
    await page.getByRole('radio', { name: 'in', exact: true }).check()
    await patiently(async () => Math.abs((await inches()) - real / 25.4)).toBeLessThanOrEqual(1 / 32)
    await patiently(() => ruled('12', '36')).toBeGreaterThan(0)
    expect(Math.abs((await ruled('12', '36')) - 609.6)).toBeLessThan(2 / (await scale()))

    // Each reads it in the unit that they like: Inés goes on in centimetres.
    await ines.page.getByRole('button', { name: 'Abrir la tarjeta' }).click()
    await ines.page
      .getByRole('treeitem')
      .filter({ hasText: 'Does the front reach 81?' })
      .filter({ hasText: /\d cm/ })
      .waitFor()
    expect([...tao.complaints, ...ines.complaints]).toEqual([])
    for (const one of [tao.context, ines.context, witness]) await one.close()
  })

  it('goes over the board with keys, wheel and mouse', async () => {
    const witness = await openWitness(house, 'efrain', BOARD)
    const ines = await atTable('ines', { language: 'en' })
    const { page } = ines
    const whole = await witness.settled(ines, 'ines')
    const box = await cloth(page)
    const looksAt = async (want: { x?: number; y?: number; width?: number }): Promise<void> => {
      for (const [key, value] of Object.entries(want))
        await patiently(async () => Math.abs((await witness.view('ines'))[key as 'x'] - value)).toBeLessThan(0.5)
    }
    const pixel = (view: typeof whole) => view.width / box.width

    await canvas(page).focus()
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await looksAt({ width: whole.width / 1.25 ** 2 })
    const near = await witness.view('ines')
    expect(near.x + near.width / 2).toBeCloseTo(whole.x + whole.width / 2, 0)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await looksAt({ x: near.x + 60 * pixel(near), y: near.y + 60 * pixel(near) })
    await page.keyboard.press('-')
    await looksAt({ width: whole.width / 1.25 })
    await page.keyboard.press('0')
    await looksAt({ ...whole })

    // Ctrl and the wheel, or two fingers on a trackpad, zoom where the pointer is.
    const at = { x: box.x + box.width / 4, y: box.y + box.height / 3 }
    await page.mouse.move(at.x, at.y)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -240)
    await page.keyboard.up('Control')
    await patiently(async () => (await witness.view('ines')).width).toBeLessThan(whole.width * 0.9)
    const zoomed = await witness.view('ines')
    const under = (view: typeof whole) => view.x + (at.x - box.x) * pixel(view)
    expect(Math.abs(under(zoomed) - under(whole))).toBeLessThan(pixel(whole))

    const free = { x: box.x + box.width * 0.5, y: box.y + box.height - 120 }
    await page.getByRole('button', { name: 'Move the table' }).click()
    await drag(page, free, { x: free.x - 100, y: free.y - 50 })
    await looksAt({ x: zoomed.x + 100 * pixel(zoomed), y: zoomed.y + 50 * pixel(zoomed), width: zoomed.width })
    await page.getByRole('button', { name: 'See all' }).click()
    await looksAt({ ...whole })
    expect(ines.complaints).toEqual([])
    for (const one of [ines.context, witness]) await one.close()
  })

  it('takes, moves, edits and deletes what is its own, and cannot move what is not', async () => {
    const witness = await openWitness(house, 'efrain', BOARD)
    const tao = await atTable('tao')
    const ines = await atTable('ines', { language: 'en' })
    await tao.page.getByRole('button', { name: 'Alfiler' }).click()
    const home = await witness.spot(tao, 'tao', { x: 700, y: 900 })
    await tap(tao.page, home)
    await tao.page.getByLabel('Escríbelo con palabras de taller').fill('Aquí falta un aplomo')
    await tao.page.getByRole('button', { name: 'Publicar' }).click()
    await saved(tao.page)
    const pin = () => {
      const shape = witness.mark('Aquí falta un aplomo')?.shape
      return shape?.kind === 'pin' ? { x: Math.round(shape.at.x), y: Math.round(shape.at.y) } : null
    }
    await patiently(() => pin() !== null).toBe(true)
    const put = pin()!

    // Inés can take it up to read, and pulls in vain.
    const there = await witness.spot(ines, 'ines', put)
    await drag(ines.page, there, { x: there.x + 120, y: there.y + 60 })
    await ines.page.getByText('Aquí falta un aplomo').first().waitFor()
    await patiently(() => witness.shown('ines')?.sel).toBe(witness.mark('Aquí falta un aplomo')!.id)
    const actions = ines.page.getByRole('toolbar', { name: 'Actions of the mark' })
    expect(await actions.getByRole('button', { name: 'Move by numbers' }).count()).toBe(0)
    expect(await actions.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await canvas(ines.page).focus()
    await ines.page.keyboard.press('Delete')
    await ines.page.getByText('Only whoever wrote it may change it').first().waitFor()
    await ines.page.getByLabel('Your reply').fill('Noted, we add it')
    await ines.page.getByRole('button', { name: 'Reply', exact: true }).click()
    await saved(ines.page)
    expect(pin()).toEqual(put)
    await ines.page.getByRole('button', { name: 'Undo' }).click()
    await saved(ines.page)

    // Tao's own goes where he pulls it, as far as he pulls it, and comes back when he says so.
    await drag(tao.page, home, { x: home.x + 90, y: home.y - 40 })
    await saved(tao.page)
    const view = await witness.view('tao')
    const pixel = view.width / (await cloth(tao.page)).width
    await patiently(() => Math.abs((pin()?.x ?? 0) - put.x - 90 * pixel)).toBeLessThan(2)
    expect(Math.abs(pin()!.y - put.y + 40 * pixel)).toBeLessThan(2)
    await tao.page.keyboard.press('Control+z')
    await patiently(pin).toEqual(put)

    await tao.page.getByRole('button', { name: 'Editar', exact: true }).click()
    await tao.page.getByLabel('Escríbelo con palabras de taller').fill('Aquí faltan dos aplomos')
    await tao.page.getByRole('button', { name: 'Guardar cambio' }).click()
    await ines.page.getByText('Aquí faltan dos aplomos').first().waitFor()

    await ines.page.getByLabel('Your reply').fill('Both at the hip')
    await tap(tao.page, home)
    await canvas(tao.page).focus()
    await tao.page.keyboard.press('Delete')
    await saved(tao.page)
    await ines.page.getByText('This mark is gone: its author took it away.').waitFor()
    expect(witness.mark('Aquí faltan dos aplomos')).toBeUndefined()

    // What she was writing to it isn't gone with it.
    await ines.page.getByRole('button', { name: 'Put it in a new mark' }).click()
    await ines.page.getByRole('dialog').getByRole('button', { name: 'Put the mark' }).click()
    await saved(ines.page)
    await patiently(() => witness.mark('Both at the hip')?.author).toBe('ines')
    expect([...tao.complaints, ...ines.complaints]).toEqual([])
    for (const one of [tao.context, ines.context, witness]) await one.close()
  })
})
