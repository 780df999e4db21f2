import { describe, expect, it } from 'vitest'
import { NARROW, WIDE } from '../support/browser.ts'
import { openHouse, patiently, saved, sound } from '../support/house.ts'

const house = openHouse()
const BOARD = 'pantalon'
/** What is left of a window of 1280 by 1024 when letters are four times as large. */
const LOW = { width: 320, height: 256 }

describe('a board as a whole', () => {
  it('is renamed by its owner alone, by keys and on a phone, and everybody reads the new name', async () => {
    const ines = await house.atTable(BOARD, { person: 'ines', size: NARROW })
    const tao = await house.atTable(BOARD, { person: 'tao', language: 'en' })
    const title = ines.page.getByRole('heading', { level: 1 })
    expect(await tao.page.getByRole('button', { name: 'Menu of the board' }).count()).toBe(0)

    await ines.page.getByRole('button', { name: 'Menú de la mesa' }).focus()
    await ines.page.keyboard.press('Enter')
    await sound(ines.page)
    await ines.page.getByRole('button', { name: 'Cambiar el nombre' }).focus()
    await ines.page.keyboard.press('Enter')
    const dialog = ines.page.getByRole('dialog', { name: 'Cambiar el nombre' })
    await dialog.getByLabel('Título de la mesa').fill(' ')
    await ines.page.keyboard.press('Enter')
    await dialog.getByText('Falta llenar este campo.').waitFor()
    await sound(ines.page)
    await dialog.getByLabel('Título de la mesa').fill('Pantalón, segunda muestra')
    await ines.page.keyboard.press('Enter')
    await patiently(() => title.textContent()).toBe('Pantalón, segunda muestra')
    await patiently(() => tao.page.getByRole('heading', { level: 1 }).textContent()).toBe('Pantalón, segunda muestra')
    // The focus is where it was, and not lost with the dialog.
    await patiently(() => ines.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Menú de la mesa',
    )

    await ines.page.getByRole('link', { name: 'Volver' }).click()
    await ines.page.getByRole('button', { name: 'Cambiar el nombre de Pantalón, segunda muestra' }).click()
    await ines.page.getByLabel('Modelo').fill('PT-118 B')
    await ines.page.getByRole('button', { name: 'Guardar' }).click()
    await ines.page.getByText('PT-118 B').waitFor()
    await patiently(() => tao.page.getByText('PT-118 B').count()).toBe(1)
    await sound(ines.page)

    await tao.page.getByRole('link', { name: 'Back' }).click()
    await tao.page.getByRole('heading', { name: 'Pantalón, segunda muestra' }).waitFor()
    expect(await tao.page.getByRole('button', { name: /^Rename/ }).count()).toBe(0)
    expect([...ines.complaints, ...tao.complaints]).toEqual([])
    for (const { context } of [ines, tao]) await context.close()
  })

  it('speaks the other language at once, on a phone too, and keeps what was being written', async () => {
    const { page, context } = await house.atTable(BOARD, { person: 'tao', size: NARROW })
    await page.getByRole('button', { name: /marcas/ }).click()
    await page.getByRole('treeitem').filter({ hasText: 'pretina' }).last().click()
    await page.getByRole('tab', { name: 'Comentarios' }).click()
    await page.getByLabel('Tu respuesta').fill('a medio decir')
    await page.getByRole('button', { name: 'Menú de la mesa' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Español' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByLabel('Your reply').inputValue()).toBe('a medio decir')
    // The board goes on with the live line that it had.
    await page.getByRole('button', { name: 'Look here' }).click()
    await page.getByRole('log').getByText('Whoever is at the table was told.').waitFor()
    await context.close()
  })
})

describe('a mark of my own', () => {
  it('goes the same way by button and by key, and comes back by the same word, whatever was done since', async () => {
    const { page, context, complaints } = await house.atTable(BOARD, { person: 'tao', size: WIDE })
    const add = async (text: string): Promise<void> => {
      await page.getByRole('tab', { name: 'Marcas' }).click()
      await page.getByRole('button', { name: 'Agregar marca' }).click()
      await page.getByLabel('Escríbelo con palabras de taller').fill(text)
      await page.getByRole('button', { name: 'Poner marca' }).click()
      await saved(page)
    }
    const listed = async (text: string): Promise<number> => {
      await page.getByRole('tab', { name: 'Marcas' }).click()
      return page.getByRole('treeitem').filter({ hasText: text }).last().count()
    }
    const told = page.getByRole('log').getByText('Marca borrada.')
    const back = page.getByRole('log').getByRole('button', { name: 'Deshacer' })
    await add('la primera costura')
    await page.getByRole('button', { name: 'Borrar', exact: true }).click()
    await told.waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await patiently(() => page.evaluate(() => document.activeElement?.role)).toBe('tabpanel')
    await add('la segunda costura')
    await back.click()
    await patiently(() => listed('la primera costura')).toBe(1)
    expect(await listed('la segunda costura')).toBe(1)

    await page.getByRole('treeitem').filter({ hasText: 'la segunda costura' }).last().click()
    await page.locator('[role="application"]').focus()
    await page.keyboard.press('Delete')
    await told.waitFor()
    await patiently(() => listed('la segunda costura')).toBe(0)
    await back.click()
    await patiently(() => listed('la segunda costura')).toBe(1)
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('with letters four times as large', () => {
  it.each([
    ['/', 'tao'],
    ['/grupo', 'amparo'],
    [`/mesas/${BOARD}`, 'ines'],
  ])('%s is whole: nothing sticks out, and nothing covers what is read', async (path, person) => {
    const { page, context } = await house.sit({ person, size: LOW })
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    await sound(page)
    // Whatever stands still while the rest scrolls leaves the larger part of the window free.
    const covered = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((one) => ['fixed', 'sticky'].includes(getComputedStyle(one).position))
        .map((one) => one.getBoundingClientRect())
        .filter(({ top, bottom }) => bottom > 0 && top < innerHeight)
        .reduce((sum, { top, bottom }) => sum + Math.min(bottom, innerHeight) - Math.max(top, 0), 0),
    )
    expect(covered).toBeLessThan(LOW.height / 4)
    if (path.startsWith('/mesas')) {
      const table = await page.locator('[role="application"]').boundingBox()
      expect(table?.height).toBeGreaterThan(120)
      const bar = await page.getByRole('region', { name: 'Vista' }).boundingBox()
      expect((bar!.width * bar!.height) / (table!.width * table!.height)).toBeLessThan(0.12)
      const act = page.getByRole('button', { name: 'Marcar aquí' })
      await act.scrollIntoViewIfNeeded()
      await act.click()
    }
    await context.close()
  })
})
