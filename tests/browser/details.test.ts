import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Pattern } from '../../shared/pattern/model.ts'
import { fill, SHEET } from '../support/atelier.ts'
import { NARROW, type Seat, shoot } from '../support/browser.ts'
import { openHouse, patiently, sound, table } from '../support/house.ts'
import { board } from '../support/people.ts'
import { skirt } from '../support/skirt.ts'

const house = openHouse({ data: true })

/** Somebody of the atelier at their own browser, in front of the skirt. */
const sit = async (person: string, given: Parameters<typeof house.sit>[0] = {}): Promise<Seat> => {
  const seat = await house.sit(given)
  const { sessions, cookie } = house.server.running.parts
  const { token } = sessions.begin(person as never, '')
  await seat.context.addCookies([{ name: cookie.name, value: token, url: house.server.address }])
  await seat.page.goto(`/mesas/${board.id}`)
  await table(seat.page)
  return seat
}
const toSheets = async (page: Page): Promise<void> => {
  if ((page.viewportSize()?.width ?? 0) < 600) {
    await page.getByRole('button', { name: /(Abrir la tarjeta|Open the card)$/ }).click()
    await page.getByRole('button', { name: /(Tarjeta completa|Full card)$/ }).click()
  }
  await page.getByRole('tab', { name: /^(Hojas|Sheets)$/ }).click()
}
const newest = () => {
  const found = house.server.running.parts.versions.newest(SHEET)
  if (!found) throw new Error('the skirt is on the table')
  return found
}

const guess = {
  id: 's1',
  a: [{ edge: 'delantero.cintura', back: false }],
  b: [{ edge: 'trasero.cintura', back: true }],
  confirmed: false,
  ease: 0,
}
beforeAll(() => fill(house.server, { ...skirt, seams: [guess] } as unknown as Pattern))

describe('what only its owner can tell of a pattern', () => {
  it('is told step by step and saved as one version', async () => {
    const { page, context, complaints } = await sit('ines')
    await toSheets(page)
    await page.getByRole('button', { name: 'Detalles del patrón' }).click()
    const dialog = page.getByRole('dialog', { name: 'Detalles de Falda recta' })

    // What the reader supposed is not so; what is sewn is chosen from lists and by a tap on the drawing.
    await dialog.getByText('0 de 1 confirmadas.').waitFor()
    await dialog.getByText('supuesta', { exact: true }).waitFor()
    await dialog.getByRole('button', { name: /^Ver en el dibujo: delantero.cintura/ }).click()
    await dialog.getByRole('img', { name: /delantero.cintura · delantero con trasero.cintura · trasero/ }).waitFor()
    await sound(page)
    await dialog.getByRole('button', { name: /^Quitar delantero.cintura/ }).click()
    await dialog.getByRole('button', { name: 'Agregar costura' }).click()
    const first = dialog.getByRole('group', { name: 'Primer lado' })
    await first.getByLabel('Tramo').selectOption({ label: 'delantero.costado' })
    await first.getByRole('button', { name: 'Agregar tramo al primer lado' }).click()
    await dialog.getByRole('button', { name: 'Poner la costura' }).click()
    await dialog.getByText('Faltan tramos').waitFor()
    await dialog.getByRole('radio', { name: 'Segundo lado' }).check({ force: true })
    const second = dialog.getByRole('group', { name: 'Segundo lado' })
    await second.getByLabel('Pieza').selectOption({ label: 'trasero' })
    await second.getByLabel('Tramo').selectOption({ label: 'trasero.costado' })
    await second.getByRole('button', { name: 'Agregar tramo al segundo lado' }).click()
    await dialog.getByLabel(/embebido/).fill('4')
    await dialog.getByText('Diferencia: -4 mm').waitFor()
    await sound(page)
    await shoot(page, 'details-seam-1440-es')
    await dialog.getByRole('button', { name: 'Poner la costura' }).click()
    await dialog.getByText('1 de 1 confirmadas.').waitFor()

    // What edges are called, and which one is the fold; a sewn one is none.
    await dialog.getByText('Tramos y doblez').click()
    await dialog.getByLabel('Doblez', { exact: true }).selectOption({ label: 'delantero.costado' })
    await dialog.getByText('Ese tramo está en una costura confirmada').waitFor()
    await dialog.getByLabel('Doblez', { exact: true }).selectOption({ label: 'delantero.centro' })
    await dialog.getByLabel(/^delantero.bajo/).fill('bastilla ')
    await sound(page)

    await dialog.getByText('Tabla de medidas').click()
    await dialog.getByRole('button', { name: 'Agregar medida' }).click()
    await dialog.getByLabel('Medida', { exact: true }).fill('Ancho de bastilla')
    await dialog.getByText('En la talla 30 mide 200 mm.').waitFor()
    await dialog.getByRole('button', { name: 'Poner la medida' }).click()
    const row = dialog.getByRole('row', { name: /Ancho de bastilla/ })
    await patiently(async () => (await row.getByRole('cell').allTextContents()).slice(0, 4)).toEqual([
      '± 5 mm',
      '180 mm',
      '200 mm',
      '220 mm',
    ])
    await sound(page)

    // Closed by mistake, it is all there still.
    await page.keyboard.press('Escape')
    expect(newest().version).toBe(1)
    await page.getByRole('button', { name: 'Detalles del patrón' }).click()
    await dialog.getByRole('button', { name: 'Guardar como versión 2' }).click()
    await dialog.getByText('Todo está guardado.').waitFor()
    expect(newest()).toMatchObject({
      version: 2,
      by: 'ines',
      why: { is: 'details', what: ['names', 'folds', 'seams', 'measures'] },
      pattern: {
        seams: [
          {
            a: [{ edge: 'delantero.costado', back: false }],
            b: [{ edge: 'trasero.costado', back: true }],
            confirmed: true,
            ease: 4,
          },
        ],
        measures: [{ name: 'Ancho de bastilla', tolerance: 5 }],
        pieces: [{ fold: 'delantero.centro', edges: [{ name: 'bastilla' }, {}, {}, {}] }, {}],
      },
    })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Versiones', exact: true }).click()
    await page.getByText('Se anotó: nombres de tramos, el doblez, costuras y la tabla de medidas').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is told on a phone too, by touch or by keys, and compared with an earlier version', async () => {
    const { page, context, complaints } = await sit('beto', { size: NARROW, language: 'en' })
    await toSheets(page)
    await page.getByRole('button', { name: 'Details of the pattern' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Edges and fold').click()
    // A tap on the drawing goes to the field of that edge.
    const picture = dialog.getByRole('img', { name: /^Pieces of the pattern/ })
    await picture.scrollIntoViewIfNeeded()
    const at = await picture.evaluate((svg: SVGSVGElement) => {
      const path = svg.querySelector('path[class*="fold"]') as SVGPathElement
      const matrix = path.getScreenCTM() as DOMMatrix
      const p = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(matrix)
      return { x: p.x, y: p.y }
    })
    await page.mouse.click(at.x, at.y)
    const field = dialog.getByLabel(/^delantero.centro · 600 mm/)
    await patiently(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('centre front')
    await sound(page)
    await shoot(page, 'details-edges-360-en')
    await dialog.getByText('Measurement table').click()
    await dialog.getByRole('row', { name: /Ancho de bastilla/ }).waitFor()
    await dialog.getByLabel('Compare with').selectOption({ label: 'Version 1' })
    await dialog.getByText(/^No measure changed by more than its tolerance/).waitFor()
    await sound(page)
    await shoot(page, 'details-measures-360-en')
    await dialog.getByRole('button', { name: 'Save as version 3' }).click()
    await patiently(() => newest().version).toBe(3)
    expect(newest().pattern.pieces[0]?.edges[3]?.name).toBe('centre front')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is nobody else’s', async () => {
    const { page, context } = await sit('uma')
    await toSheets(page)
    await page.getByRole('button', { name: 'Versiones', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Detalles del patrón' }).count()).toBe(0)
    await context.close()
  })
})
