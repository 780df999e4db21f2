import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { BoardId } from '../../shared/domain/ids.ts'
import { NARROW, shoot, WIDE } from '../support/browser.ts'
import { bytesOf, type FileText, insert, named, polyline, rectangle, style } from '../support/dxf.ts'
import { openHouse, patiently, sound } from '../support/house.ts'
import { fileOf, openSheets, uploadsOn } from '../support/uploads.ts'

const house = openHouse()
const BOARD = 'overol' as BoardId
const OWNER = 'ines'
const COLLEAGUE = 'rogelio'

/** Says inches and draws in millimetres, and nothing says which line is drawn: the two things that a person is asked. */
const doubtful: FileText = {
  blocks: [
    {
      name: 'FRENTE',
      entities: [polyline(1, [...rectangle(300, 620).slice(0, 3), [60, 620], [0, 500]], true), ...named('FRENTE', 'M')],
    },
  ],
  entities: [...style({ Units: 'ENGLISH' }), insert('FRENTE')],
}
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="340mm" height="660mm" viewBox="0 0 340 660">
  <g id="frente"><path d="M20 20 H320 V640 H20 Z" fill="none" stroke="black"/></g></svg>`

const send = (page: Page, ...sent: ReturnType<typeof fileOf>[]): Promise<void> =>
  page
    .getByLabel(/^(Subir patrón|Upload a pattern)$/)
    .last()
    .setInputFiles(sent)
const patterns = () => house.server.running.parts.records.sheetsOf(BOARD).filter(({ kind }) => kind === 'pattern')

describe('a pattern from another program', () => {
  it.each([
    ['es', WIDE, OWNER],
    ['en', NARROW, COLLEAGUE],
  ] as const)('asks two things with a picture, and then lies on the table, in %s', async (language, size, person) => {
    const before = patterns().length
    const { page, context, complaints } = await house.sit({ person, language, size })
    await openSheets(page, BOARD)
    await send(page, fileOf('frente.dxf', bytesOf(doubtful)))
    const one = uploadsOn(page)
    const es = language === 'es'
    const sizeAsked = one.getByRole('group', { name: es ? /^¿La pieza FRENTE mide/ : /FRENTE/ }).first()
    await sizeAsked.waitFor()
    // Whoever sent it need not look for what is asked, on a phone either.
    await patiently(() =>
      sizeAsked.evaluate((asked) => {
        const panel = asked.closest('[role=tabpanel]')!.getBoundingClientRect()
        const { top } = asked.getBoundingClientRect()
        return top >= panel.top && top < panel.bottom
      }),
    ).toBe(true)
    expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0)
    // The piece is drawn with what it would measure.
    await sizeAsked.getByRole('img', { name: /FRENTE, 1,574\.8 cm/ }).waitFor()
    await sound(page)
    await shoot(page, `patron-pregunta-${language}`)

    // Loaded again, it still asks.
    await openSheets(page, BOARD)
    await sizeAsked.waitFor()
    await sizeAsked.getByRole('radio', { name: es ? 'No: mide 62 cm' : 'No: it is 62 cm' }).check()
    const allowance = one.getByRole('group', { name: es ? /margen de costura/ : /seam allowance/ }).first()
    await allowance
      .getByRole('radio', { name: es ? 'No, es la línea de costura' : 'No, it is the sewing line' })
      .check()
    const width = allowance.getByRole('textbox')
    const lay = one.getByRole('button', { name: es ? 'Poner en la mesa' : 'Lay on the table' })
    await width.fill('mucho')
    await lay.click()
    await allowance.getByText(es ? /Escribe el ancho del margen/ : /Write the width of the allowance/).waitFor()
    await width.fill('1,5')
    await lay.click()

    await patiently(() => patterns().length).toBe(before + 1)
    await one
      .getByText(es ? 'Listo: 1 hoja en la mesa.' : /^Done: 1 sheet/)
      .last()
      .waitFor()
    await one.getByText(es ? /Patrón AAMA: 1 pieza en 1 talla\./ : /AAMA pattern: 1 piece in 1 size\./).waitFor()
    const sheet = patterns().at(-1)!
    expect(sheet).toMatchObject({ version: 1, mmPerUnit: 1, name: 'frente' })
    const { pattern } = house.server.running.parts.versions.newest(sheet.id)!
    expect(pattern.pieces[0]).toMatchObject({ ring: 'sew' })
    expect(pattern.pieces[0]!.edges.map((edge) => edge.allowance)).toEqual([15, 15, 15, 15, 15])
    // 620 mm of the piece, 15 of allowance at both ends, and air around.
    expect(sheet.height).toBeCloseTo(620 + 2 * 15 + 2 * 20, 6)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await sound(page)
    await page
      .getByRole('button', { name: es ? 'Ver en la mesa' : 'Show on the table' })
      .last()
      .click()
    await shoot(page, `patron-en-mesa-${language}`)
    expect(complaints).toEqual([])
    await context.close()
  })

  it.each([
    ['es', NARROW, OWNER],
    ['en', WIDE, COLLEAGUE],
  ] as const)('that was cut off says so where one is asked what it measures, in %s', async (language, size, person) => {
    const { page, context, complaints } = await house.sit({ person, language, size })
    await openSheets(page, BOARD)
    await send(page, fileOf('cortado.dxf', bytesOf({ ...doubtful, end: false })))
    const one = uploadsOn(page).getByRole('listitem').filter({ hasText: 'cortado.dxf' })
    const asked = one.getByRole('group', { name: /FRENTE/ }).first()
    await asked.getByText(language === 'es' ? /termina antes de tiempo/ : /ends too early/).waitFor()
    await sound(page)
    await shoot(page, `patron-cortado-${language}`)
    await one.getByRole('button', { name: language === 'es' ? /^Cancelar/ : /^Cancel/ }).click()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('that is an SVG is worked on when it was sent as one', async () => {
    const before = patterns().length
    const { page, context, complaints } = await house.sit({ person: OWNER })
    await openSheets(page, BOARD)
    await send(page, fileOf('frente.svg', drawing))
    await uploadsOn(page).getByRole('radio', { name: 'No sé' }).check()
    await uploadsOn(page).getByRole('button', { name: 'Poner en la mesa' }).click()
    await patiently(() => patterns().length).toBe(before + 1)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('that is none is refused in the words of its reader, with what to do', async () => {
    const { page, context } = await house.sit({ person: OWNER })
    await openSheets(page, BOARD)
    await send(
      page,
      fileOf('camisa.dwg', `AC1027${'\u0000'.repeat(100)}`),
      fileOf('trazo.plt', 'IN;SP1;PU0,0;PD100,100;'),
      fileOf('binario.dxf', 'AutoCAD Binary DXF\r\n\u001a\u0000'),
    )
    for (const [name, says] of [
      ['camisa.dwg', /Es un DWG de AutoCAD\. Guárdalo como DXF/],
      ['trazo.plt', /archivo de plóter/],
      ['binario.dxf', /Es un DXF binario\. Expórtalo como DXF ASCII/],
    ] as const) {
      const alert = uploadsOn(page).getByRole('listitem').filter({ hasText: name }).getByRole('alert')
      await alert.waitFor()
      expect(await alert.textContent(), name).toMatch(says)
    }
    await context.close()
  })
})
