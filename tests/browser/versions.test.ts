import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Seam } from '../../shared/pattern/model.ts'
import type { OperationOf } from '../../shared/pattern/operation.ts'
import { readPattern } from '../../shared/pattern/read.ts'
import type { RegisterRow } from '../../shared/protocol/api.ts'
import { type Atelier, act, asks, fill, SHEET } from '../support/atelier.ts'
import { NARROW, type Seat, shoot, WIDE } from '../support/browser.ts'
import { openHouse, patiently, sound, table } from '../support/house.ts'
import { board } from '../support/people.ts'
import { skirt } from '../support/skirt.ts'

const house = openHouse({ data: true })

const atelier = (): Atelier => ({
  server: house.server,
  board: house.server.running.parts.records.board(board.id) as Atelier['board'],
  sheet: SHEET,
  as: (person) => {
    const { sessions, cookie } = house.server.running.parts
    return house.server.with(`${cookie.name}=${sessions.begin(person as never, '').token}`)
  },
})
/** Somebody of the atelier at their own browser, in front of the skirt. */
const sit = async (person: string, given: Parameters<typeof house.sit>[0] = {}): Promise<Seat> => {
  const seat = await house.sit(given)
  const [name, value] = atelier().as(person).cookie.split('=') as [string, string]
  await seat.context.addCookies([{ name, value, url: house.server.address }])
  await seat.page.goto(`/mesas/${board.id}`)
  await table(seat.page)
  return seat
}
const openPart = async (page: Page, name: RegExp): Promise<void> => {
  if ((page.viewportSize()?.width ?? 0) < 600) {
    await page.getByRole('button', { name: /(Abrir la tarjeta|Open the card)$/ }).click()
    await page.getByRole('button', { name: /(Tarjeta completa|Full card)$/ }).click()
  }
  await page.getByRole('tab', { name: /^(Hojas|Sheets)$/ }).click()
  await page.getByRole('button', { name }).click()
  await page.getByRole('dialog').getByRole('radio').first().waitFor()
}
const versions = (): number => house.server.running.parts.versions.newest(SHEET)?.version ?? 0

const LONGER: OperationOf<'lengthen'> = { op: 'lengthen', pieces: ['delantero' as never], at: 0.5, by: 20 }

/** Uma's proposal, accepted by Ines. */
const accepted = async (change: OperationOf<'lengthen'>): Promise<void> => {
  const uma = await atelier().as('uma').sync(board.id)
  const proposal = asks('uma', change, point(30, 40), versions())
  await act(atelier(), uma, proposal)
  const mark: MarkId = proposal.mark.id
  const answer = await atelier()
    .as('ines')
    .ask('POST', `/api/boards/${board.id}/proposals/${mark}/decision`, { is: 'accepted', reason: 'así camina' })
  expect(answer.status).toBe(200)
  uma.close()
}

/** The front and the back of the skirt are sewn together at the side; notches meet. */
const seam: Seam = {
  id: 's1' as never,
  a: [{ edge: 'delantero.costado' as never, back: false }],
  b: [{ edge: 'trasero.costado' as never, back: false }],
  confirmed: false,
  ease: 0,
}

beforeAll(async () => {
  await fill(house.server, { ...skirt, seams: [seam] })
  await accepted(LONGER)
})

describe('the versions of a pattern', () => {
  it('are a story with its people, are compared in millimetres, and one goes back', async () => {
    const { page, context, complaints } = await sit('ines')
    await openPart(page, /^Versiones$/)
    const dialog = page.getByRole('dialog', { name: 'Patrón Falda recta' })
    const steps = dialog.getByRole('listitem')
    await patiently(() => steps.count()).toBe(2)
    const newest = await steps.first().textContent()
    for (const said of [
      'Versión 2',
      'Alargar o acortar',
      'así camina mejor',
      'Propuso uma · Hilo',
      'Aceptó ines · Taller',
    ])
      expect(newest).toContain(said)
    expect(await steps.last().textContent()).toContain('falda.dxf')
    await sound(page)
    await shoot(page, 'versions-story-1440-es')

    await steps.first().getByRole('button', { name: 'Comparar con la anterior' }).click()
    const front = dialog.getByRole('region', { name: 'Diferencias: delantero' })
    await front.waitFor()
    // Only what changed: the front alone, its two sides 20 mm longer and the edge that was carried.
    expect(await dialog.getByRole('region', { name: /^Diferencias: / }).count()).toBe(1)
    const rows = await front.getByRole('row').allTextContents()
    expect(rows.filter((text) => text.includes('+20 mm')).length).toBe(2)
    await dialog.getByRole('img', { name: /^Versiones 1 y 2 encimadas. Cambia 1 pieza/ }).waitFor()
    await sound(page)
    await shoot(page, 'versions-compare-1440-es')

    // By keys and buttons: the drawing comes nearer, moves, and is whole again.
    const picture = dialog.getByRole('img', { name: /encimadas/ })
    const whole = await picture.getAttribute('viewBox')
    await dialog.getByRole('group', { name: /^Arrastra para mover/ }).press('+')
    await patiently(() => picture.getAttribute('viewBox')).not.toBe(whole)
    await dialog.getByRole('group', { name: /^Arrastra para mover/ }).press('ArrowRight')
    await dialog.getByRole('button', { name: 'Ver todo' }).click()
    await patiently(() => picture.getAttribute('viewBox')).toBe(whole)

    await dialog.getByText('Lado a lado').click()
    await patiently(() => dialog.getByRole('img').count()).toBe(2)
    await dialog.getByLabel('Talla').selectOption({ label: '32' })
    await patiently(() => front.getByRole('row').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('+20 mm')]),
    )

    // What 20 mm more on one side does to the seam is drawn, written down, and said by a word.
    await dialog.getByText('Costuras', { exact: true }).click()
    await dialog.getByText(/^1 de 1 costuras no casan/).waitFor()
    const walked = dialog.getByRole('listitem').filter({ hasText: 'delantero.costado' })
    expect(await walked.textContent()).toContain('delantero.costado · delantero mide 20 mm más.')
    await walked.getByText('Números').click()
    await patiently(() => walked.getByRole('row').last().textContent()).toContain('+20 mm · no casa')
    await sound(page)
    await shoot(page, 'versions-seams-1440-es')

    await dialog.getByText('Versiones', { exact: true }).click()
    await steps.last().getByRole('button', { name: 'Volver a esta versión' }).click()
    const sure = page.getByRole('dialog', { name: 'Volver a la versión 1' })
    expect(await sure.textContent()).toContain('Sale la versión 3, igual a la 1.')
    await sure.getByRole('button', { name: 'Sacar la versión 3' }).click()
    await patiently(versions).toBe(3)
    await patiently(() => steps.count()).toBe(3)
    expect(await steps.first().textContent()).toContain('Se volvió a la versión 1.')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('leave as files for their owner, each in the register, and read back as they are', async () => {
    const { page, context, complaints } = await sit('ines')
    await openPart(page, /^Exportar$/)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('link', { name: 'DXF AAMA' }).waitFor()
    // A pattern without rules has no table of them.
    expect(await dialog.getByRole('link', { name: /RUL/ }).count()).toBe(0)
    await dialog.getByLabel('Versión').selectOption({ label: 'Versión 2' })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'DXF AAMA' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('Falda recta v2.aama.dxf')
    const reading = readPattern(readFileSync(await download.path()), { name: 'vuelta.dxf' })
    expect(reading.ok && reading.pattern.pieces.map(({ name }) => name)).toEqual(['delantero', 'trasero'])
    const { body } = await atelier().as('ines').ask<{ rows: RegisterRow[] }>('GET', `/api/boards/${board.id}/register`)
    expect(body.rows.filter(({ act }) => act === 'export').map(({ person }) => person)).toEqual(['ines'])
    await dialog.getByText('Solo algunas').click()
    await dialog.getByLabel('28').check()
    const paper = dialog.getByRole('link', { name: 'PDF en hojas carta' })
    expect(await paper.getAttribute('href')).toBe(`/api/sheets/${SHEET}/export?format=pdf-letter&version=2&sizes=0%2C1`)
    await sound(page)
    await shoot(page, 'versions-export-1440-es')
    expect(complaints).toEqual([])
    await context.close()
  })

  it.each([NARROW, WIDE])('are for whoever sees the board a drawing with their name, at %o', async (size) => {
    const { page, context, complaints } = await sit('uma', { size, language: 'en' })
    await openPart(page, /^Versions$/)
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Go back to this version' }).count()).toBe(0)
    expect(await dialog.getByText('Export', { exact: true }).count()).toBe(0)
    await dialog.getByText('Compare', { exact: true }).click()
    await dialog.getByLabel('Before').selectOption({ label: 'Version 1' })
    await dialog.getByLabel('After').selectOption({ label: 'Version 2' })
    await dialog.getByText(/You see a drawing made for you/).waitFor()
    expect(await dialog.getByLabel('Size').count()).toBe(0)
    expect(await dialog.locator('pattern text').first().textContent()).toMatch(/^Hilo · uma · .+/)
    expect(await dialog.getByRole('region', { name: 'Differences: delantero' }).textContent()).toContain('+20 mm')
    await sound(page)
    await shoot(page, `versions-viewer-${size.width}-en`)
    await dialog.getByText('Seams', { exact: true }).click()
    // Version 3 is the first again: both sides are sewn over 580 mm, and the notches meet.
    await dialog.getByText(/^The seam matches\./).waitFor()
    await dialog.getByRole('img', { name: /^delantero.costado · delantero: 580 mm/ }).waitFor()
    await dialog.getByText('Numbers').click()
    await patiently(() => dialog.getByRole('row').count()).toBe(3)
    await sound(page)
    expect(complaints).toEqual([])
    await context.close()
  })
})
