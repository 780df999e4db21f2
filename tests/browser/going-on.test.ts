import type { Locator, Page, WebSocketRoute } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { BoardId, CircleId } from '../../shared/domain/ids.ts'
import { NARROW } from '../support/browser.ts'
import { pinByNumbers } from '../support/hands.ts'
import { openHouse, patiently, saved, table } from '../support/house.ts'

const house = openHouse()
const BOARD = 'pantalon'
const atTable = (given: Parameters<typeof house.sit>[0]) => house.atTable(BOARD, given)

const panel = (page: Page): Locator => page.getByRole('tabpanel')
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true })
const row = (page: Page, text: string): Locator => page.getByRole('treeitem').filter({ hasText: text })
/** What the focus stands on says this. */
const standsOn = (page: Page, text: string) =>
  patiently(() =>
    page.evaluate(() => (document.activeElement === document.body ? '' : document.activeElement?.textContent)),
  ).toContain(text)
const standsInPanel = (page: Page) =>
  patiently(() => page.evaluate(() => document.activeElement?.role)).toBe('tabpanel')

describe('whoever works by keys', () => {
  it('goes on at what they said, and never stands nowhere', async () => {
    const { page, context, complaints } = await atTable({ person: 'tao' })
    const press = async (name: string): Promise<void> => {
      await panel(page).getByRole('button', { name }).last().press('Enter')
    }
    await page.getByRole('button', { name: 'Alfiler' }).press('Enter')
    await page.getByRole('application').press('Enter')
    await page.keyboard.type('La pretina pide otra entretela')
    await page.keyboard.press('Control+Enter')
    await standsOn(page, 'La pretina pide otra entretela')

    await press('Editar')
    await press('Cancelar')
    await standsOn(page, 'La pretina pide otra entretela')

    await page.getByLabel('Tu respuesta').fill('La de 80 gramos')
    await page.keyboard.press('Control+Enter')
    await press('Editar lo que escribió')
    await page.keyboard.type(' alcanza')
    await page.keyboard.press('Control+Enter')
    await standsOn(page, 'La de 80 gramos alcanza')
    await press('Borrar')
    await standsInPanel(page)

    await page.getByRole('button', { name: 'Alfiler' }).press('Enter')
    await page.getByRole('application').press('Enter')
    await press('Quitar la marca')
    await standsInPanel(page)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('walks from mark to mark with one button, and hears where that leads', async () => {
    const { page, context } = await atTable({ person: 'tao' })
    await page.getByRole('treeitem').nth(1).press('Enter')
    await standsInPanel(page)
    const spoken = page.locator('.unseen[role="status"]').filter({ hasText: / de \d+\. / })
    const heard: string[] = []
    const next = page.getByRole('button', { name: 'Marca siguiente' })
    await next.focus()
    for (const n of [2, 3, 4]) {
      await page.keyboard.press('Enter')
      await patiently(() => spoken.textContent()).toMatch(
        new RegExp(`^${n} de \\d+\\. (Noto|Pregunto|Sugiero|Puntada|Corte|Diseño): \\S`),
      )
      heard.push((await spoken.textContent()) ?? '')
      expect(await next.evaluate((button) => button === document.activeElement)).toBe(true)
    }
    expect(new Set(heard).size).toBe(3)
    await context.close()
  })
})

describe('home', () => {
  it('asks again what waits, once a line that was down is back', async () => {
    const { page, context } = await house.sit({ person: 'ines' })
    let line: WebSocketRoute | null = null
    let down = false
    await page.routeWebSocket(/\/live\//, (next) => {
      if (down) return next.close()
      line = next
      next.connectToServer()
    })
    await page.goto('/')
    await page.getByRole('heading', { name: 'Hola, Inés' }).waitFor()
    const opened = page.getByRole('heading', { name: 'Molde base para filipina' })
    expect(await opened.count()).toBe(0)
    const efrain = await (await house.server.as('efrain')).live()
    const place = { board: 'filipina' as BoardId, circle: 'mezclilla' as CircleId }
    // Said again until the line is up.
    await patiently(async () => {
      await efrain.command('board.open', { ...place, until: house.server.clock.now() + 3_600_000 })
      return opened.count()
    }).toBeGreaterThan(0)

    down = true
    await line!.close()
    await efrain.command('board.close', place)
    expect(await opened.count()).toBeGreaterThan(0)
    down = false
    await patiently(() => opened.count()).toBe(0)
    efrain.close()
    await context.close()
  })
})

describe('a panel', () => {
  it('is found where it was left, and another thread is read from its beginning', async () => {
    const { page, context } = await atTable({ person: 'efrain', size: NARROW })
    await page.getByRole('button', { name: /Abrir la tarjeta/ }).click()
    const top = (): Promise<number> => panel(page).evaluate((element) => element.scrollTop)
    const scroll = (to: number): Promise<void> =>
      panel(page).evaluate((element, to) => {
        element.scrollTop = to
      }, to)
    await scroll(300)
    await page.getByRole('treeitem').nth(4).click()
    await patiently(top).toBe(0)
    await scroll(150)
    await patiently(top).toBe(150)
    await tab(page, 'Hojas').click()
    await patiently(top).toBe(0)
    await tab(page, 'Marcas').click()
    await patiently(top).toBeGreaterThan(200)
    await tab(page, 'Comentarios').click()
    await patiently(top).toBe(150)
    await context.close()
  })

  it('that has not come before the line broke comes when it is back, and the table stands meanwhile', async () => {
    const { page, context, complaints } = await house.sit({ person: 'tao' })
    let cut = true
    await page.route('**/assets/SheetsPanel-*.js', (route) => (cut ? route.abort() : route.continue()))
    await page.goto(`/mesas/${BOARD}`)
    await table(page)
    await context.setOffline(true)
    await page.locator('[data-is="offline"]').waitFor()
    await tab(page, 'Hojas').click()
    await panel(page).getByText('Abriendo…').waitFor()
    expect(await page.locator('canvas').count()).toBe(2)
    cut = false
    await context.setOffline(false)
    await panel(page).getByText('Esquina de bolsa trasera').waitFor()
    await saved(page)
    expect(complaints.filter((line) => !/Failed to load resource|WebSocket|ERR_/.test(line))).toEqual([])
    await context.close()
  })

  it('of a phone is not pressed by the tap that made it rise', async () => {
    const { page, context } = await atTable({ person: 'tao', size: NARROW })
    await page.getByRole('button', { name: 'Marcar aquí' }).tap()
    await page.getByRole('button', { name: 'Dejar de marcar' }).waitFor()
    // On the cloth now; the head of the card is there once the card has risen.
    await page.touchscreen.tap(NARROW.width * 0.7, NARROW.height * 0.48 + 24)
    await page.getByLabel('Escríbelo con palabras de taller').waitFor()
    const card = page.locator('[data-state]')
    expect(await card.getAttribute('data-state')).toBe('half')
    expect(await tab(page, 'Comentarios').getAttribute('aria-selected')).toBe('true')
    await page.getByRole('button', { name: 'Quitar la marca' }).tap()
    await context.close()
  })
})

describe('what is half written', () => {
  it('is there again after leaving the board and after a reload, and is asked for before the window goes with what is unsent', async () => {
    const { page, context } = await atTable({ person: 'tao' })
    const words = 'A medias: la presilla de 10 mm…'
    await page.getByRole('treeitem').nth(1).click()
    await page.getByLabel('Tu respuesta').fill(words)
    await page.getByRole('link', { name: 'Volver' }).click()
    await page.getByRole('heading', { name: 'Pantalón cinco bolsas: trasero', level: 3 }).waitFor()
    await page.goBack()
    await table(page)
    await page.getByRole('treeitem').nth(1).click()
    expect(await page.getByLabel('Tu respuesta').inputValue()).toBe(words)
    await page.reload()
    await table(page)
    await page.getByRole('treeitem').nth(1).click()
    expect(await page.getByLabel('Tu respuesta').inputValue()).toBe(words)

    /** Whether the browser would let the window go. */
    const letsGo = (): Promise<boolean> =>
      page.evaluate(() => window.dispatchEvent(new Event('beforeunload', { cancelable: true })))
    expect(await letsGo()).toBe(true)
    await context.setOffline(true)
    await page.locator('[data-is="offline"]').waitFor()
    await page.getByRole('button', { name: 'Responder' }).click()
    await patiently(letsGo).toBe(false)
    await context.setOffline(false)
    await saved(page)
    expect(await letsGo()).toBe(true)
    await page.reload()
    await table(page)
    await page.getByRole('treeitem').nth(1).click()
    await panel(page).getByText(words).waitFor()
    expect(await page.getByLabel('Tu respuesta').inputValue()).toBe('')
    await context.close()
  })
})

describe('a link to a mark', () => {
  it('leads there from another thread, and is shown where it cannot be copied', async () => {
    const { page, context } = await atTable({ person: 'tao' })
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await pinByNumbers(page, 'Primero se cierra la vista')
    await page.getByRole('button', { name: 'Copiar enlace' }).click()
    const told = page.getByRole('log').getByText('/mesas/pantalon?marca=')
    const link = /http\S+/.exec((await told.textContent()) ?? '')?.[0] ?? ''
    expect(link).toContain('?marca=tao_')

    await tab(page, 'Marcas').click()
    await pinByNumbers(page, `Luego esto, como en ${link} y en https://example.org/mesas/pantalon?marca=tao_abcd`)
    await panel(page).getByText('https://example.org/mesas/pantalon?marca=tao_abcd').waitFor()
    await panel(page).getByRole('button', { name: 'la marca enlazada' }).press('Enter')
    await panel(page).getByRole('article').getByText('Primero se cierra la vista').waitFor()
    await standsInPanel(page)
    await tab(page, 'Marcas').click()
    await row(page, 'Luego esto, como en la marca enlazada').waitFor()
    await context.close()
  })
})
