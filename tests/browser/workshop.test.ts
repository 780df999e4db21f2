import { describe, expect, it } from 'vitest'
import { NARROW, WIDE } from '../support/browser.ts'
import { openHouse, patiently, sound } from '../support/house.ts'

const house = openHouse()
const records = () => house.server.running.parts.records

describe('the workshop of the group', () => {
  it('knows what a firm sews on, as its administrator says it', async () => {
    const { page, context, complaints } = await house.sit({ person: 'tao', size: NARROW })
    await page.goto('/grupo')
    const card = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Taller Dedal de Plata' }) })
    await card.getByText('Cose con: recta, over de 3 hilos').waitFor()
    // Everybody's machines are told; one's own alone can be changed.
    await page.getByText('Cose con: recta, over de 4 hilos y collareta').waitFor()
    expect(await page.getByRole('button', { name: 'Decir con qué cosemos' }).count()).toBe(1)
    await card.getByRole('button', { name: 'Decir con qué cosemos' }).click()
    const dialog = page.getByRole('dialog', { name: 'Máquinas de Taller Dedal de Plata' })
    await dialog.getByLabel('collareta').check()
    await dialog.getByLabel('a mano').uncheck()
    await sound(page)
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await card.getByText('Cose con: recta, over de 3 hilos, over de 5 hilos y collareta').waitFor()
    expect(records().firm('dedal' as never)?.machines).toEqual(['recta', 'over3', 'over5', 'collareta'])
    expect(complaints).toEqual([])
    await context.close()
  })

  it('has a table of what stitches start with, that a mentor’s administrator changes and takes back', async () => {
    const { page, context, complaints } = await house.sit({ person: 'ines', size: WIDE })
    await page.goto('/grupo')
    await page.getByText('Ver la tabla').click()
    const row = page.getByRole('row', { name: /^516/ })
    await row.getByRole('button', { name: 'Cambiar con qué empieza la 516' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Margen de costura').fill('0.5')
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await dialog.getByText('con menos margen la puntada no agarra').waitFor()
    await dialog.getByLabel('Margen de costura').fill('1,4')
    await dialog.getByLabel('Puntadas por pulgada').fill('11')
    await sound(page)
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await row.getByText('1.4 cm').waitFor()
    expect(records().starts()).toEqual({ '516': { allowance: 14, spi: 11, gauge: 3.2 } })

    await row.getByRole('button').click()
    await dialog.getByRole('button', { name: 'Volver a como viene' }).click()
    await patiently(() => Promise.resolve(Object.keys(records().starts()))).toEqual([])
    await page.getByText('Todas como vienen.').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is read at 360 px by who may not change it', async () => {
    const { page, context } = await house.sit({ person: 'lupita', size: NARROW })
    await page.goto('/grupo')
    await page.getByText('Ver la tabla').click()
    await page.getByRole('rowheader', { name: /^301/ }).waitFor()
    expect(await page.getByRole('button', { name: /Cambiar con qué empieza/ }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Decir con qué cosemos' }).count()).toBe(0)
    await sound(page)
    await context.close()
  })
})
