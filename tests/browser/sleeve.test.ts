import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Pattern } from '../../shared/pattern/model.ts'
import { unpackPattern } from '../../shared/pattern/wire.ts'
import { fill, SHEET } from '../support/atelier.ts'
import { NARROW, type Seat, shoot } from '../support/browser.ts'
import { chain } from '../support/drafts.ts'
import { openHouse, sound, table } from '../support/house.ts'
import { board } from '../support/people.ts'

const house = openHouse({ data: true })

/** The demo's T-shirt, a front and a back on the fold and a sleeve, and nothing said of how its sleeve is sewn. */
const file = join(import.meta.dirname, '../../server/demo/assets/patterns/playera-graduada.json')
const shirt: Pattern = unpackPattern(JSON.parse(readFileSync(file, 'utf8')))
beforeAll(() =>
  fill(house.server, { ...shirt, seams: shirt.seams.filter(({ id }) => !['s.sisa', 's.manga'].includes(id)) }),
)

const sit = async (given: Parameters<typeof house.sit>[0] = {}): Promise<Seat> => {
  const seat = await house.sit(given)
  const { sessions, cookie } = house.server.running.parts
  await seat.context.addCookies([
    { name: cookie.name, value: sessions.begin('ines' as never, '').token, url: house.server.address },
  ])
  await seat.page.goto(`/mesas/${board.id}`)
  await table(seat.page)
  return seat
}
const press = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}
const newest = () => house.server.running.parts.versions.newest(SHEET)?.pattern

describe('a sleeve that goes up the front and down the back', () => {
  it('is told edge by edge; each says which way it is walked, and can be turned', async () => {
    const { page, context, complaints } = await sit()
    await page.getByRole('tab', { name: 'Hojas' }).click()
    await page.getByRole('button', { name: 'Detalles del patrón' }).click()
    const dialog = page.getByRole('dialog', { name: /^Detalles de/ })
    await dialog.getByRole('button', { name: 'Agregar costura' }).click()
    const add = async (side: 'Primer lado' | 'Segundo lado', piece: string, edge: string): Promise<void> => {
      const group = dialog.getByRole('group', { name: side })
      await group.getByLabel('Pieza').selectOption({ label: piece })
      await group.getByLabel('Tramo').selectOption({ label: edge })
      await group.getByRole('button', { name: `Agregar tramo al ${side.toLowerCase()}` }).click()
    }
    await add('Primer lado', 'Manga', 'copa')
    await add('Segundo lado', 'Delantero', 'sisa')
    const second = dialog.getByRole('group', { name: 'Segundo lado' })
    // Face to face is what one supposes of two edges; drawn the same way round, it is not so.
    await second.getByText('de hombro a costado').waitFor()
    await dialog.getByRole('button', { name: 'Voltear sisa · Delantero' }).click()
    await second.getByText('de costado a hombro').waitFor()
    // The back begins where the front ended: at the shoulder that both are sewn at.
    await add('Segundo lado', 'Espalda', 'sisa')
    await second.getByText('de hombro a costado').waitFor()
    await dialog.getByText('Diferencia: +0.4 mm').waitFor()
    await dialog
      .getByRole('img', { name: /copa · Manga: 448 mm. sisa · Delantero y sisa · Espalda: 447.6 mm/ })
      .waitFor()
    await sound(page)
    await shoot(page, 'details-sleeve-1440-es')
    await dialog.getByRole('button', { name: 'Poner la costura' }).click()
    await dialog.getByRole('button', { name: 'Guardar como versión 2' }).click()
    await dialog.getByText('Todo está guardado.').waitFor()
    expect(newest()?.seams.at(-1)).toMatchObject({
      a: chain('manga.copa'),
      b: chain('delantero.sisa', '-espalda.sisa'),
      confirmed: true,
    })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Versiones', exact: true }).click()
    await page.getByRole('dialog').getByText('Costuras', { exact: true }).click()
    const bars = page.getByRole('img', { name: /^copa · Manga/ })
    await bars.scrollIntoViewIfNeeded()
    expect(await bars.locator('text').allTextContents()).toEqual(expect.arrayContaining(['Delantero', 'Espalda']))
    await sound(page)
    await shoot(page, 'versions-sleeve-1440-es')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is told on a phone by keys alone, and a half goes on through its mirror image', async () => {
    const { page, context, complaints } = await sit({ size: NARROW, language: 'en' })
    await page.getByRole('button', { name: /Open the card$/ }).click()
    await page.getByRole('button', { name: /Full card$/ }).click()
    await page.getByRole('tab', { name: 'Sheets' }).click()
    await press(page, 'Details of the pattern')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^Change copa/ }).waitFor()
    await press(page, /^Change copa/)
    const second = dialog.getByRole('group', { name: 'Second side' })
    await press(page, 'Turn sisa · Espalda round')
    await second.getByText('from costado to hombro').nth(1).waitFor()
    await press(page, 'Turn sisa · Espalda round')
    await second.getByText('from hombro to costado').waitFor()
    await sound(page)
    await second.scrollIntoViewIfNeeded()
    await shoot(page, 'details-sleeve-360-en')
    // An edge that is there already comes once more as its mirror image, walked back from the fold, and no third time.
    await press(page, 'Add its mirror image to the second side')
    await second.getByText('sisa · Delantero, its mirror image from hombro to costado').waitFor()
    await expect
      .poll(() => dialog.getByRole('button', { name: 'Add its mirror image to the second side' }).isDisabled())
      .toBe(true)
    await press(page, 'Take away sisa · Delantero, its mirror image')
    expect(await second.getByRole('listitem').count()).toBe(2)
    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
    await context.close()
  })
})
