import { describe, expect, it } from 'vitest'
import { NARROW, WIDE } from '../support/browser.ts'
import { drag, openWitness, tap } from '../support/hands.ts'
import { openHouse, patiently, saved, sound } from '../support/house.ts'

/** Efraín has come as far as looks; Inés owns the trousers that lie on the table as photos and drawings. */
const house = openHouse()
const BOARD = 'pantalon'
const PHOTO = 'bolsafoto'

describe('a look on a photo', () => {
  it('begins where one taps, follows the corner that is dragged, is sent, and is accepted without a version', async () => {
    const seat = await house.atTable(BOARD, { person: 'efrain', size: WIDE })
    const { page, context, complaints } = seat
    const witness = await openWitness(house, 'ines', BOARD)
    const sheet = house.server.running.parts.records.sheet(PHOTO as never)!
    await page.getByRole('tab', { name: 'Hojas' }).click()
    await page.getByRole('tab', { name: 'Proponer' }).click()
    await page.getByLabel('Hoja', { exact: true }).selectOption(PHOTO)
    await page.getByRole('button', { name: 'Empezar por el centro' }).click()
    await page.getByRole('heading', { name: 'Textura, color o habilitación en una zona' }).waitFor()
    await page.getByRole('button', { name: 'Cancelar' }).click()

    const at = (x: number, y: number) => {
      const k = sheet.mmPerUnit
      return { x: sheet.place.x + x * sheet.width * k, y: sheet.place.y + (1 - y) * sheet.height * k }
    }
    await page.getByRole('button', { name: 'Proponer', exact: true }).first().click()
    await tap(page, await witness.spot(seat, 'efrain', at(0.3, 0.7)))
    const corner = (n: number, of: 'de la izquierda' | 'de abajo') => page.getByLabel(`Esquina ${n}, ${of}`)
    await corner(1, 'de la izquierda').waitFor()
    const near = async (n: number, x: number, y: number): Promise<void> => {
      await patiently(async () => Math.abs(Number(await corner(n, 'de la izquierda').inputValue()) - x)).toBeLessThan(2)
      await patiently(async () => Math.abs(Number(await corner(n, 'de abajo').inputValue()) - y)).toBeLessThan(2)
    }
    await near(1, 15, 55)
    await drag(
      page,
      await witness.spot(seat, 'efrain', at(0.15, 0.55)),
      await witness.spot(seat, 'efrain', at(0.05, 0.2)),
    )
    await near(1, 5, 20)
    await page.getByRole('radio', { name: 'cuero' }).check()
    await page.getByRole('button', { name: 'Proponer', exact: true }).last().click()
    await page.getByText('Escribe por qué lo propones.').waitFor()
    await page.getByLabel('Di dónde, qué pasa y cuánto').fill('Esquina de cuero: ahí se rompe siempre.')
    await sound(page)
    await page.getByRole('button', { name: 'Proponer', exact: true }).last().click()
    await page.getByRole('button', { name: 'Cambiar mi propuesta' }).waitFor()
    await saved(page)
    const mark = witness.mark('Esquina de cuero: ahí se rompe siempre.')
    expect(mark).toMatchObject({
      sheet: PHOTO,
      version: 1,
      change: { op: 'lookArea', swatch: 'cuero', kind: 'textura' },
    })

    const owner = await house.sit({ person: 'ines', size: NARROW })
    await owner.page.goto(`/mesas/${BOARD}?marca=${mark?.id}`)
    await owner.page.getByRole('radio', { name: 'Aceptar y aplicar' }).check()
    await owner.page.getByText('un diseño no mueve líneas').waitFor()
    await sound(owner.page)
    await owner.page.getByRole('button', { name: 'Aceptar y aplicar' }).click()
    await patiently(() => witness.mark('Esquina de cuero: ahí se rompe siempre.')?.decision).toMatchObject({
      is: 'accepted',
      version: null,
    })
    expect([...complaints, ...owner.complaints]).toEqual([])
    witness.close()
    await owner.context.close()
    await context.close()
  })

  it('is made by keys and numbers at 360 px too', async () => {
    const { page, context, complaints } = await house.atTable(BOARD, { person: 'rogelio', size: NARROW })
    await page.getByRole('button', { name: 'Abrir la tarjeta' }).click()
    await page.getByRole('tab', { name: 'Proponer' }).click()
    await page.getByLabel('Hoja', { exact: true }).selectOption(PHOTO)
    await page.getByRole('button', { name: 'Empezar por el centro' }).click()
    await page.getByRole('radio', { name: 'habilitación' }).check()
    await page.getByRole('radio', { name: 'remache' }).check()
    await page.getByLabel('Esquina 3, de abajo').fill('140')
    await page.getByText('Escribe un número de 0 a 100.').waitFor()
    await page.getByLabel('Esquina 3, de abajo').fill('80,5')
    await page.getByRole('button', { name: 'Agregar esquina' }).click()
    await page.getByLabel('Esquina 5, de la izquierda').waitFor()
    await page.getByRole('button', { name: 'Quitar la esquina 5' }).click()
    await sound(page)
    await page.getByLabel('Di dónde, qué pasa y cuánto').fill('Un remache en cada esquina.')
    await page.getByRole('button', { name: 'Proponer', exact: true }).last().click()
    await page.getByRole('button', { name: 'Cambiar mi propuesta' }).waitFor()
    await sound(page)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is not begun by who has not come so far', async () => {
    const { page, context } = await house.atTable(BOARD, { person: 'lupita', size: WIDE })
    await page.getByRole('tab', { name: 'Proponer' }).click()
    await page.getByText('Tu nivel todavía no llega').waitFor()
    expect(await page.getByRole('button', { name: 'Empezar por el centro' }).count()).toBe(0)
    await context.close()
  })
})
