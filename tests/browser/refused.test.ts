import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { BoardId, CircleId } from '../../shared/domain/ids.ts'
import { NARROW, type Seat, WIDE } from '../support/browser.ts'
import { atCloth, openWitness, pinByNumbers } from '../support/hands.ts'
import { openHouse, patiently, saved } from '../support/house.ts'

const house = openHouse()
/** Inés' firm owns the board; Tao's and Efraín's firms share its circle. */
const BOARD = 'camisamez' as BoardId
const atTable = (person: string, given: Parameters<typeof house.sit>[0] = {}) =>
  atCloth(house, BOARD, { ...given, person })

const row = (page: Page, text: string) => page.getByRole('treeitem').filter({ hasText: text })
/** How often the server has refused with this code. */
const refused = async (code: string): Promise<number> => {
  const metrics = await (await fetch(`${house.server.address}/metrics`)).text()
  return Number(new RegExp(`^puntada_refusals\\{code="${code}"\\} (\\d+)`, 'm').exec(metrics)?.[1] ?? 0)
}
/** The line is cut, work is done, and the line comes back. */
const without = async ({ context, page }: Seat, work: () => Promise<void>, meanwhile: () => Promise<void>) => {
  await context.setOffline(true)
  await page.locator('[data-is="offline"]').first().waitFor()
  await work()
  await page
    .locator('[data-is="offline"]')
    .filter({ hasText: /1 (cambio|change)/ })
    .waitFor()
  await meanwhile()
  await context.setOffline(false)
}

describe('work that is not accepted', () => {
  it('because its mark went away meanwhile: is told, kept, edited, and put in a mark of its own', async () => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const ines = await atTable('ines', { size: WIDE, language: 'en' })
    const tao = await atTable('tao', { size: NARROW })
    await pinByNumbers(ines.page, 'Is the yoke cut on the bias?')
    await saved(ines.page)
    await tao.page.getByRole('button', { name: 'Abrir la tarjeta' }).click()
    await row(tao.page, 'Is the yoke cut').click()
    await without(
      tao,
      async () => {
        await tao.page.getByLabel('Tu respuesta').fill('Va al hilo, y con 1 cm de más')
        await tao.page.getByRole('button', { name: 'Responder', exact: true }).click()
      },
      async () => {
        await ines.page.getByRole('button', { name: 'Delete', exact: true }).click()
        await saved(ines.page)
        await patiently(() => witness.mark('Is the yoke cut on the bias?')).toBeUndefined()
      },
    )
    await tao.page.getByText('Un cambio no se aceptó. Quedó en tus borradores.').first().waitFor()
    await saved(tao.page)
    // The board goes on: what others do arrives.
    await ines.page.getByRole('tab', { name: 'Marks' }).click()
    await pinByNumbers(ines.page, 'The yoke is on the grain now')

    await tao.page.getByRole('button', { name: 'Ver borradores' }).click()
    const draft = tao.page.getByRole('tabpanel').getByRole('listitem')
    await draft.getByText(/ya no está/).waitFor()
    await draft.getByLabel('Texto').fill('La bata va al hilo, con 1 cm de más')
    await draft.getByRole('button', { name: 'Ponerlo en una marca nueva' }).click()
    await tao.page.getByRole('dialog').getByRole('button', { name: 'Poner marca' }).click()
    await tao.page.getByRole('dialog').waitFor({ state: 'detached' })
    await saved(tao.page)
    await ines.page.getByRole('tab', { name: 'Marks' }).click()
    await row(ines.page, 'La bata va al hilo, con 1 cm de más').waitFor()
    await tao.page.getByRole('tab', { name: 'Marcas' }).click()
    await row(tao.page, 'The yoke is on the grain now').waitFor()
    expect(await tao.page.getByRole('tab', { name: /Borradores/ }).count()).toBe(0)
    for (const one of [tao.context, ines.context, witness]) await one.close()
  })

  it('because somebody answered meanwhile: is told by the server, waits, and goes through once it may', async () => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const tao = await atTable('tao', { size: WIDE, language: 'en' })
    const ines = await atTable('ines', { size: NARROW })
    await pinByNumbers(tao.page, 'This dart is too long')
    await saved(tao.page)
    await ines.page.getByRole('button', { name: 'Abrir la tarjeta' }).click()
    await row(ines.page, 'This dart is too long').click()
    const before = await refused('others-replied')
    await without(
      tao,
      () => tao.page.getByRole('button', { name: 'Delete', exact: true }).click(),
      async () => {
        await ines.page.getByLabel('Tu respuesta').fill('La acorto 2 cm')
        await ines.page.getByRole('button', { name: 'Responder', exact: true }).click()
        await saved(ines.page)
      },
    )
    await tao.page.getByText('A change was not accepted. It is in your drafts.').first().waitFor()
    expect(await refused('others-replied')).toBe(before + 1)
    await tao.page.getByRole('button', { name: 'See drafts' }).click()
    const draft = tao.page.getByRole('tabpanel').getByRole('listitem')
    await draft.getByText('Deleting a mark').waitFor()
    await draft.getByText('Others have replied').waitFor()
    await draft.getByRole('button', { name: 'Send again' }).click()
    await draft.getByText('It still cannot be sent.').waitFor()

    // The mark stands again on Tao's table, with what was said to it.
    await tao.page.getByRole('tab', { name: 'Marks' }).click()
    await row(tao.page, 'This dart is too long').click()
    await tao.page.getByRole('tabpanel').getByText('La acorto 2 cm').waitFor()
    await ines.page.getByRole('tabpanel').getByRole('button', { name: 'Borrar', exact: true }).last().click()
    await saved(ines.page)
    await patiently(() => witness.mark('This dart is too long')?.replies.length).toBe(0)
    await tao.page.getByRole('tab', { name: 'Drafts (1)' }).click()
    await draft.getByRole('button', { name: 'Send again' }).click()
    await saved(tao.page)
    await patiently(() => witness.mark('This dart is too long')).toBeUndefined()
    await ines.page.getByText('Esta marca ya no está: quien la hizo la quitó.').waitFor()
    for (const one of [tao.context, ines.context, witness]) await one.close()
  })

  it('because the line spoiled it: is told, edited and sent again, and everything else goes on', async () => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const ines = await atTable('ines', { size: WIDE })
    const tao = await house.sit({ person: 'tao', size: NARROW, language: 'en' })
    let spoil = false
    await tao.page.routeWebSocket(/\/sync\//, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((message) => {
        // An update of the document: the first two bytes say so, and the rest is cut short.
        const spoiled = spoil && typeof message !== 'string' && message[0] === 0 && message[1] === 2
        if (spoiled) spoil = false
        server.send(spoiled ? Buffer.from([0, 2, 3, 1, 1, 255]) : message)
      })
    })
    await tao.page.goto(`/mesas/${BOARD}`)
    await saved(tao.page)
    const before = await refused('not-an-update')
    spoil = true
    await tao.page.getByRole('button', { name: 'Open the card' }).click()
    await pinByNumbers(tao.page, 'The sleeve cap is 3 cm high')
    await tao.page.getByText('A change was not accepted. It is in your drafts.').first().waitFor()
    await saved(tao.page)
    expect(await refused('not-an-update')).toBe(before + 1)
    expect(witness.mark('The sleeve cap is 3 cm high')).toBeUndefined()
    await tao.page.getByRole('tab', { name: 'Marks' }).click()
    await pinByNumbers(tao.page, 'And this one comes right after')
    await row(ines.page, 'And this one comes right after').waitFor()

    await tao.page.getByRole('tab', { name: 'Drafts (1)' }).click()
    const draft = tao.page.getByRole('tabpanel').getByRole('listitem')
    await draft.getByText('New mark').waitFor()
    await draft.getByLabel('Text').fill('The sleeve cap is 13 cm high')
    await draft.getByRole('button', { name: 'Send again' }).click()
    await saved(tao.page)
    await row(ines.page, 'The sleeve cap is 13 cm high').waitFor()
    expect(await row(ines.page, 'The sleeve cap is 3 cm high').count()).toBe(0)
    await patiently(() => witness.mark('The sleeve cap is 13 cm high') !== undefined).toBe(true)
    for (const one of [tao.context, ines.context, witness]) await one.close()
  })

  it('because the board was closed meanwhile: leaves the screen, and only the person’s own words stay', async () => {
    const tao = await atTable('tao', { size: NARROW, language: 'en' })
    const owner = await (await house.server.as('ines')).live()
    await tao.page.getByRole('button', { name: 'Open the card' }).click()
    const circles = ['mezclilla', 'punto'] as CircleId[]
    await without(
      tao,
      () => pinByNumbers(tao.page, 'Written in the lift'),
      async () => {
        for (const circle of circles) await owner.command('board.close', { board: BOARD, circle })
      },
    )
    await tao.page.getByText('This board is no longer open to you').first().waitFor()
    await tao.page.getByText('Written in the lift').waitFor()
    expect(await tao.page.locator('canvas').count()).toBe(0)
    await tao.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await tao.page.getByRole('button', { name: 'Copy text' }).click()
    expect(await tao.page.evaluate(() => navigator.clipboard.readText())).toBe('Written in the lift')

    // Opened once more, the draft is there and can be sent.
    const until = house.server.clock.now() + 3_600_000
    await owner.command('board.open', { board: BOARD, circle: circles[0]!, until })
    await tao.page.goto(`/mesas/${BOARD}`)
    await saved(tao.page)
    await tao.page.getByRole('button', { name: 'Open the card' }).click()
    await tao.page.getByRole('tab', { name: 'Drafts (1)' }).click()
    const draft = tao.page.getByRole('tabpanel').getByRole('listitem')
    await draft.getByRole('button', { name: 'Send again' }).click()
    await saved(tao.page)
    const witness = await openWitness(house, 'lupita', BOARD)
    expect(witness.mark('Written in the lift')).toBeDefined()
    owner.close()
    for (const one of [tao.context, witness]) await one.close()
  })
})
