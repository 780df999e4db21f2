import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import type { Page, WebSocketRoute } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { BoardId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { NARROW, shoot, WIDE } from '../support/browser.ts'
import { pdf, png, svg } from '../support/files.ts'
import { dropFile } from '../support/hands.ts'
import { openHouse, patiently, sound } from '../support/house.ts'
import { fileOf, openSheets, uploadsOn } from '../support/uploads.ts'

const house = openHouse()
const BOARD = 'blusa' as BoardId
/** Of the firm that owns the board, and of one that may see it. */
const OWNER = 'tao'
const COLLEAGUE = 'lupita'
const GUEST = 'ines'

const sheets = (): readonly Sheet[] => house.server.running.parts.records.sheetsOf(BOARD)
/** Files that lie in the house, whole or half. */
const files = (): string[] => {
  const media = join(house.server.running.store.file, '..', 'media')
  return ['originals', 'jobs'].flatMap((name) => readdirSync(join(media, name)))
}
const uploads = (page: Page) => uploadsOn(page).getByRole('listitem')
const send = (page: Page, ...sent: ReturnType<typeof fileOf>[]): Promise<void> =>
  page
    .getByLabel(/^(Subir archivo|Upload a file)$/)
    .last()
    .setInputFiles(sent)
const clearList = async (page: Page): Promise<void> => {
  const dismiss = page.getByRole('button', { name: /^(Quitar de la lista|Remove from the list)$/ })
  for (let left = await dismiss.count(); left > 0; left--) await dismiss.first().click()
  await patiently(() => uploads(page).count()).toBe(0)
}
/** The demo's own sheets are drawn beside; they are files too. */
const drawn = async (): Promise<void> => {
  const { records, drawn } = house.server.running.parts
  for (const board of records.boards()) for (const { id } of records.sheetsOf(board.id)) await drawn(id)
}
/** Many large pages full of lines: there is time to change one's mind, on a quick machine too. */
const long = async (): Promise<Uint8Array> => {
  const full = await PDFDocument.create()
  const lines = full.addPage([2384, 1684])
  for (let i = 0; i < 3000; i++)
    lines.drawLine({
      start: { x: (i * 7) % 2384, y: 0 },
      end: { x: (i * 13) % 2384, y: 1684 },
      thickness: 2,
    })
  const document = await PDFDocument.create()
  const [drawing] = await document.embedPages([lines])
  for (let i = 0; i < 40; i++) document.addPage([2384, 1684]).drawPage(drawing as NonNullable<typeof drawing>)
  return document.save()
}

describe('a document', () => {
  it('becomes a sheet for each page, at true size, and says what was read of it and what was not', async () => {
    await drawn()
    const { page, context, complaints } = await house.sit({ person: OWNER })
    await openSheets(page, BOARD)
    const before = sheets().length
    const bytes = await pdf(async (document) => {
      document.addPage([595.28, 841.89])
      document.addPage([595.28, 841.89])
      document.addJavaScript('hola', 'app.alert(1)')
      await document.attach(new Uint8Array([1, 2, 3]), 'otro.bin')
    })
    await send(page, fileOf('mosaico.pdf', bytes))
    const one = uploads(page).filter({ hasText: 'mosaico.pdf' })
    await one.getByText('Listo: 3 hojas en la mesa.').first().waitFor()
    const read = one.locator('[data-severity="read"]')
    await read.getByText('1 página de 10.6 cm × 7.1 cm, a tamaño real.').waitFor()
    await read.getByText('2 páginas de 21 cm × 29.7 cm, a tamaño real.').waitFor()
    const skipped = one.locator('[data-severity="skipped"]')
    await skipped.getByText('1 programa dentro del archivo').waitFor()
    await skipped.getByText('1 archivo adjunto.').waitFor()
    const fresh = sheets().slice(before)
    expect(fresh.map(({ name }) => name)).toEqual(['mosaico 1', 'mosaico 2', 'mosaico 3'])
    expect(
      fresh.map(({ width, height, mmPerUnit }) => [width * mmPerUnit, height * mmPerUnit].map(Math.round)),
    ).toEqual([
      [106, 71],
      [210, 297],
      [210, 297],
    ])
    expect(fresh.every(({ scale }) => scale === 'true-size')).toBe(true)
    await sound(page)
    await clearList(page)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('that was read while the live line was down is asked for once the line is back, and never by the clock', async () => {
    await drawn()
    const { page, context } = await house.sit({ person: OWNER })
    const lines: WebSocketRoute[] = []
    let down = false
    await page.routeWebSocket(/\/live\//, (line) => {
      if (down) return line.close()
      lines.push(line)
      line.connectToServer()
    })
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'GET' && /\/api\/uploads\//.test(request.url())) asked.push(request.url())
    })
    await openSheets(page, BOARD)
    await patiently(() => lines.length).toBe(1)
    const before = sheets().length
    down = true
    await lines[0]!.close()
    await send(page, fileOf('sinlinea.svg', svg('<path d="M10 10H90V90Z"/>')))
    const one = uploads(page).filter({ hasText: 'sinlinea.svg' })
    await patiently(() => sheets().length).toBe(before + 1)
    expect(await one.getByText(/^Listo/).count()).toBe(0)
    expect(asked).toEqual([])
    down = false
    await one
      .getByText(/^Listo: 1 hoja/)
      .first()
      .waitFor()
    expect(asked.length).toBe(1)
    await clearList(page)
    await context.close()
  })

  const corpus = join(process.env.PUNTADA_CORPUS ?? resolve(import.meta.dirname, '../../../shared/data'), 'pdf')
  const real = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith('.pdf')) : []
  it.runIf(real.length > 0)('that nobody here made is read the same way', async () => {
    const { page, context, complaints } = await house.sit({ person: OWNER })
    await openSheets(page, BOARD)
    for (const name of real) {
      const bytes = readFileSync(join(corpus, name))
      const pages = (await PDFDocument.load(bytes)).getPages().map((one) => one.getSize())
      const before = sheets().length
      await send(page, fileOf(name, bytes))
      const text = pages.length === 1 ? 'Listo: 1 hoja' : `Listo: ${pages.length} hojas`
      await uploads(page).filter({ hasText: name }).getByText(text).first().waitFor()
      const made = sheets().slice(before)
      const millimetres = (points: number): number => Math.round((points / 72) * 25.4)
      expect(made.map(({ width, height }) => [width, height].map(Math.round))).toEqual(
        pages.map(({ width, height }) => [width, height].map(millimetres)),
      )
    }
    await shoot(page, 'hojas-de-un-pdf')
    await clearList(page)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('can be called back while it is drawn, and after the page was loaded again', async () => {
    await drawn()
    const before = { sheets: sheets().length, files: files() }
    const { page, context, complaints } = await house.sit({ person: OWNER })
    await openSheets(page, BOARD)
    const bytes = await long()
    await send(page, fileOf('largo.pdf', bytes))
    const one = uploads(page).filter({ hasText: 'largo.pdf' })
    await one.getByRole('progressbar', { name: 'Avance de largo.pdf' }).waitFor()
    await one
      .getByText(/^(Dibujando|Cortando)/)
      .first()
      .waitFor()
    await one.getByRole('button', { name: 'Cancelar largo.pdf' }).click()
    await one.getByText('Cancelado. No quedó nada del archivo.').first().waitFor()
    expect({ sheets: sheets().length, files: files() }).toEqual(before)
    await clearList(page)

    await send(page, fileOf('otra-vez.pdf', bytes))
    const again = uploads(page).filter({ hasText: 'otra-vez.pdf' })
    await again
      .getByText(/^(Dibujando|Cortando)/)
      .first()
      .waitFor()
    await openSheets(page, BOARD)
    await again.getByRole('progressbar').waitFor()
    await again
      .getByText(/^(Dibujando|Cortando)/)
      .first()
      .waitFor()
    // What was taken off the list before stays off it.
    expect(await uploads(page).count()).toBe(1)
    await again.getByRole('button', { name: 'Cancelar otra-vez.pdf' }).click()
    await again.getByText('Cancelado.').first().waitFor()
    expect({ sheets: sheets().length, files: files() }).toEqual(before)
    await clearList(page)
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('a file that is no sheet', () => {
  const bad = async (): Promise<readonly (readonly [ReturnType<typeof fileOf>, RegExp, RegExp])[]> => {
    const locked = await pdf((document) => document.encrypt({ userPassword: 'secreto', ownerPassword: 'dueña' }))
    const many = await pdf((document) => {
      for (let i = 0; i < 40; i++) document.addPage()
    })
    return [
      [
        fileOf('enorme.png', new Uint8Array(25 * 1024 * 1024 + 1)),
        /Es demasiado grande: se aceptan hasta 2\d.* MB/,
        /too large: up to 2\d.* MB/,
      ],
      [fileOf('cartas.zip', 'PK\u0003\u0004 y lo demás'), /Se aceptan JPEG, PNG, WebP/, /JPEG, PNG, WebP, PDF, SVG/],
      [fileOf('roto.pdf', '%PDF-1.7\n'), /no se pudo leer hasta el final/, /could not be read to the end/],
      [fileOf('cerrado.pdf', locked), /cerrado con contraseña/, /locked by a password/],
      [fileOf('vacio.svg', ''), /No trae nada que dibujar/, /There is nothing to draw/],
      [fileOf('bomba.png', png(20_000, 20_000)), /Mide 20,000 × 20,000 pixeles/, /It is 20,000 × 20,000 pixels/],
      [fileOf('enciclopedia.pdf', many), /Tiene 41 páginas y caben 40/, /It has 41 pages and 40 fit/],
      [fileOf('viejo.dxf', '  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n  0\nEOF\n'), /AAMA/, /AAMA/],
    ]
  }
  it.each([
    ['es', WIDE, OWNER],
    ['en', NARROW, COLLEAGUE],
  ] as const)('is refused with a sentence that says what and what to do, in %s', async (language, size, person) => {
    await drawn()
    const before = { sheets: sheets().length, files: files() }
    const { page, context, complaints } = await house.sit({ person, language, size })
    await openSheets(page, BOARD)
    const all = await bad()
    await send(page, ...all.map(([sent]) => sent))
    for (const [{ name }, es, en] of all) {
      const alert = uploads(page).filter({ hasText: name }).getByRole('alert')
      await alert.waitFor()
      expect(await alert.textContent(), name).toMatch(language === 'es' ? es : en)
    }
    expect({ sheets: sheets().length, files: files() }).toEqual(before)
    await sound(page)
    await shoot(page, `archivos-rechazados-${language}`)
    await clearList(page)
    // A browser says in its own console that a request was answered with 4xx: that is what it was.
    expect(complaints.filter((one) => !/status of 4\d\d/.test(one))).toEqual([])
    await context.close()
  })
  it('is told of wherever the person is by then, with a way to it', async () => {
    const { page, context } = await house.sit({ person: OWNER })
    await openSheets(page, BOARD)
    await send(page, fileOf('nada.pdf', '%PDF-1.7\n'))
    await page
      .getByRole('link', { name: /^(Volver|Regresar|Colección|Inicio)/ })
      .first()
      .click()
    await page.waitForURL((url) => !url.pathname.startsWith('/mesas/'))
    const said = page.getByRole('log').getByText(/nada\.pdf: .*no se pudo leer hasta el final/)
    await said.waitFor()
    await sound(page)
    await page.getByRole('button', { name: 'Ver en Hojas' }).click()
    await page.waitForURL((url) => url.pathname === `/mesas/${BOARD}`)
    await uploads(page).filter({ hasText: 'nada.pdf' }).getByRole('alert').waitFor()
    expect(await page.getByRole('tab', { name: 'Hojas' }).getAttribute('aria-selected')).toBe('true')
    await clearList(page)
    await context.close()
  })
})

/** Lets go of a file over the middle of the table; whether the browser was kept from opening it. */

describe('a file dropped on the table', () => {
  it('is sent by who may add sheets; everybody else reads why not, and nobody loses the page', async () => {
    const before = sheets().length
    const owner = await house.sit({ person: OWNER })
    await owner.page.goto(`/mesas/${BOARD}`)
    await owner.page.locator('canvas').first().waitFor()
    const text = new TextDecoder().decode(svg('<rect x="10" y="10" width="50" height="30"/>'))
    expect((await dropFile(owner.page, 'suelto.svg', text)).slice(1)).toEqual([true, true])
    await owner.page.getByRole('log').getByText('suelto.svg: Listo: 1 hoja en la mesa.').waitFor()
    expect(sheets().length).toBe(before + 1)
    expect(owner.complaints).toEqual([])
    await owner.context.close()

    const guest = await house.sit({ person: GUEST, size: NARROW })
    await guest.page.goto(`/mesas/${BOARD}`)
    await guest.page.locator('canvas').first().waitFor()
    expect((await dropFile(guest.page, 'ajeno.svg', text)).slice(1)).toEqual([true, true])
    await guest.page.getByRole('log').getByText('Esta mesa no es de tu empresa').waitFor()
    await sound(guest.page)
    expect(sheets().length).toBe(before + 1)
    expect(guest.complaints).toEqual([])
    await guest.context.close()
  })
})

/** Middle of the canvas, and screen pixels of a millimetre where `sheet` has been fitted into it. */
const fittedTo = async (page: Page, { width, height, mmPerUnit }: Sheet) => {
  const box = await page.locator('canvas').first().boundingBox()
  if (!box) throw new Error('there is no canvas')
  const margin = Math.min(44, box.width / 10)
  const scale = Math.min(
    (box.width - 2 * margin) / (width * mmPerUnit),
    (box.height - 2 * margin) / (height * mmPerUnit),
  )
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, scale }
}

describe('a photo', () => {
  it.each([
    ['a desk', WIDE],
    ['a phone', NARROW],
  ] as const)('gets its scale from a line over something of known length, at %s', async (where, size) => {
    const { page, context, complaints } = await house.sit({ person: OWNER, size })
    await openSheets(page, BOARD)
    const before = sheets().length
    await send(page, fileOf(`regla-${size.width}.png`, png(800, 500)))
    await patiently(() => sheets().length).toBe(before + 1)
    const photo = sheets().at(-1) as Sheet
    const acts = page.getByRole('group', { name: `Acciones de ${photo.name}` })
    await acts.getByRole('button', { name: 'Dar escala' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Dibujar la línea sobre la foto' }).click()
    // The page shows what the line is to be drawn on.
    if (where === 'a desk') await acts.getByRole('button', { name: 'Ver en la mesa' }).click()
    else {
      await page.getByRole('button', { name: 'Abrir la tarjeta' }).click()
      await page.getByRole('tab', { name: 'Hojas' }).click()
      await acts.getByRole('button', { name: 'Ver en la mesa' }).click()
      await page.getByRole('button', { name: 'Bajar la tarjeta', exact: true }).click()
      await patiently(() => page.getByRole('tab', { name: 'Hojas' }).count()).toBe(0)
    }
    const { x, y, scale } = await fittedTo(page, photo)
    const [from, to] = [x - 60, x + 60]
    await page.mouse.move(from, y)
    await page.mouse.down()
    await page.mouse.move(x, y + 2)
    await page.mouse.move(to, y)
    await page.mouse.up()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/La línea que dibujaste mide/).waitFor()
    await dialog.getByLabel('Largo real').fill('30')
    await sound(page)
    await dialog.getByRole('button', { name: 'Usar esta escala' }).click()
    const units = (to - from) / scale / photo.mmPerUnit
    const measured = () => sheets().find(({ id }) => id === photo.id) as Sheet
    await patiently(() => measured().scale).toBe('measured')
    expect(measured().mmPerUnit / (300 / units)).toBeCloseTo(1, 1)
    await clearList(page).catch(() => undefined)
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('a sheet', () => {
  it('whose picture is long in coming says so, and is drawn when it is there', async () => {
    const { page, context, complaints } = await house.sit({ person: GUEST })
    const { promise: ready, resolve: come } = Promise.withResolvers<void>()
    await page.route('**/api/sheets/*/views', async (route) => {
      await ready
      await route.continue()
    })
    await page.goto(`/mesas/${BOARD}`)
    const said = page.getByRole('status').getByText(/Faltan? las? imágene?s?|Falta la imagen/)
    await said.waitFor()
    await sound(page)
    come()
    await said.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await context.close()
  })

  it('shows through the blank part of a page that is laid over it', async () => {
    const { page, context, complaints } = await house.sit({ person: OWNER })
    await openSheets(page, BOARD)
    const before = sheets().length
    // The first page is black where the second is blank.
    const bytes = await pdf((document, first) => {
      first.drawRectangle({ x: 100, y: 50, width: 100, height: 100 })
      document.addPage([300, 200]).drawText('2', { x: 10, y: 10 })
    })
    await send(page, fileOf('encima.pdf', bytes))
    await patiently(() => sheets().length).toBe(before + 2)
    const [under, over] = sheets().slice(before) as [Sheet, Sheet]
    await uploads(page).filter({ hasText: 'encima.pdf' }).getByText('Listo').first().waitFor()
    const live = await (await house.server.as(OWNER)).live()
    await live.command('sheet.place', { board: BOARD, places: [{ sheet: over.id, ...under.place }] })
    live.close()
    await page
      .getByRole('group', { name: `Acciones de ${under.name}` })
      .getByRole('button', { name: 'Ver en la mesa' })
      .click()
    const light = () =>
      page.evaluate(() => {
        const canvas = document.querySelector('canvas') as HTMLCanvasElement
        const pixel = canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data
        return pixel?.[0]
      })
    await patiently(() => sheets().find(({ id }) => id === over.id)?.place).toEqual(under.place)
    await patiently(light).toBeLessThan(120)
    await clearList(page)
    expect(complaints).toEqual([])
    await context.close()
  })
})
