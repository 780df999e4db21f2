import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { BoardId, CircleId } from '../../shared/domain/ids.ts'
import { NARROW } from '../support/browser.ts'
import { openHouse, patiently, saved } from '../support/house.ts'

const house = openHouse()

/** Inés' firm owns the board; Tao's and Efraín's firms share its circle. */
const BOARD = 'pantalon' as BoardId
const CIRCLE = 'mezclilla' as CircleId

const atTable = (person: string, given: { size?: typeof NARROW } = {}) => house.atTable(BOARD, { ...given, person })
const rows = (page: Page) => page.getByRole('treeitem')
const row = (page: Page, text: string) => rows(page).filter({ hasText: text })

/** Taps the middle of a sheet, near its top: where a person would put a pin on the first garment. */
const tapTable = async (page: Page, right: number, down: number): Promise<void> => {
  const box = await page.locator('canvas').first().boundingBox()
  if (!box) throw new Error('the canvas is not on the screen')
  await page.mouse.click(box.x + box.width * right, box.y + box.height * down)
}

describe('two firms at one table', () => {
  it('mark, ask, answer and settle, each seeing what the other does', async () => {
    const tao = await atTable('tao')
    const ines = await atTable('ines')
    await tao.page.getByRole('button', { name: /^2 / }).first().waitFor()

    await tao.page.getByRole('button', { name: 'Alfiler' }).click()
    await tapTable(tao.page, 0.2, 0.35)
    const write = tao.page.getByLabel('Escríbelo con palabras de taller')
    await write.waitFor()
    await tao.page.getByRole('radio', { name: 'Pregunto' }).check()
    await write.fill('¿La trabilla aguanta con una sola presilla?')
    await tao.page.getByRole('button', { name: 'Publicar' }).click()
    await saved(tao.page)

    await row(ines.page, '¿La trabilla aguanta').click()
    await ines.page.getByLabel('Tu respuesta').fill('Con dos queda firme, y en 1.5 cm.')
    await ines.page.getByRole('button', { name: 'Responder', exact: true }).click()
    await saved(ines.page)
    await tao.page.getByText('Con dos queda firme, y en 1.5 cm.').first().waitFor()

    await ines.page.getByRole('button', { name: 'Resolver' }).first().click()
    await tao.page
      .getByText(/La resolvió Inés Robles/)
      .first()
      .waitFor()

    expect([...tao.complaints, ...ines.complaints]).toEqual([])
    await tao.context.close()
    await ines.context.close()
  })

  it('work from the list alone, by keyboard and numbers', async () => {
    const tao = await atTable('tao')
    const { page } = tao
    await page.getByRole('button', { name: 'Agregar marca' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Hacia la derecha').first().fill('12.5')
    await dialog.getByLabel('Hacia abajo').first().fill('8')
    await dialog.getByLabel('Escríbelo con palabras de taller').fill('El piquete queda 3 mm abajo')
    await dialog.getByRole('button', { name: 'Poner marca' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await saved(page)
    await page.getByRole('tab', { name: 'Marcas' }).click()
    await row(page, 'El piquete queda 3 mm abajo').waitFor()
    await page.getByRole('button', { name: 'Deshacer' }).click()
    await patiently(() => row(page, 'El piquete queda 3 mm abajo').count()).toBe(0)
    await page.getByRole('button', { name: 'Rehacer' }).click()
    await row(page, 'El piquete queda 3 mm abajo').waitFor()
    await saved(page)
    expect(tao.complaints).toEqual([])
    await tao.context.close()
  })

  it('are told to look, and go there when they will', async () => {
    const ines = await atTable('ines')
    const efrain = await atTable('efrain', { size: NARROW })
    await rows(ines.page).nth(1).click()
    await ines.page.getByRole('button', { name: 'Que miren aquí' }).click()
    await efrain.page
      .getByText(/pide que mires una marca/)
      .first()
      .waitFor()
    await efrain.page.getByRole('button', { name: 'Ir', exact: true }).click()
    await patiently(() => efrain.page.getByLabel('Tu respuesta').count()).toBeGreaterThan(0)
    await ines.context.close()
    await efrain.context.close()
  })

  it('that has a day to be opened on says which, to its owner', async () => {
    const efrain = await house.atTable('filipina', { person: 'efrain' })
    await efrain.page.getByRole('button', { name: 'Solo tu empresa' }).click()
    await efrain.page.getByText(/^Mezclilla, del .+ al .+/).waitFor()
    await efrain.page.getByRole('button', { name: 'Cerrar ahora a Mezclilla' }).click()
    await efrain.page.getByText('No está abierta a ningún círculo.').waitFor()
    await efrain.context.close()
  })

  it('stop seeing the table the moment its owner closes it, and nothing stays on the screen', async () => {
    const tao = await atTable('tao')
    const owner = await (await house.server.as('ines')).live()
    const until = house.server.clock.now() + 3_600_000
    expect(await owner.command('board.close', { board: BOARD, circle: CIRCLE })).toEqual({ ok: true })
    await tao.page.getByText('Esta mesa ya no está abierta para ti').first().waitFor()
    expect(await tao.page.locator('canvas').count()).toBe(0)
    await tao.page.reload()
    await tao.page.getByText('Pantalón cinco bolsas').first().waitFor({ state: 'detached' })
    expect(await owner.command('board.open', { board: BOARD, circle: CIRCLE, until })).toMatchObject({ ok: true })
    owner.close()
    await tao.context.close()
  })
})
