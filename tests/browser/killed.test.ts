import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launch, NARROW, type Seat, sit } from '../support/browser.ts'
import { cloth, pinByNumbers } from '../support/hands.ts'
import { patiently, saved, table } from '../support/house.ts'
import { board } from '../support/people.ts'

const CHILD = join(import.meta.dirname, '../support/atelier-child.ts')

let browser: Browser
let folder: string
let child: ChildProcess
beforeAll(async () => {
  browser = await launch()
  folder = mkdtempSync(join(tmpdir(), 'puntada-killed-'))
})
afterAll(async () => {
  await browser?.close()
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Started {
  readonly address: string
  readonly cookies: Readonly<Record<'ines' | 'uma', string>>
}
const start = async (port = 0): Promise<Started> => {
  const started = spawn(process.execPath, [CHILD, folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = started
  return JSON.parse(await new Promise<string>((resolve) => started.stdout.once('data', (text) => resolve(`${text}`))))
}
const die = (): Promise<unknown> => {
  const dead = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  return dead
}

const atTable = async ({ address, cookies }: Started, person: keyof Started['cookies'], size?: typeof NARROW) => {
  const seat = await sit(browser, address, size ? { size } : {})
  const [name = '', value = ''] = cookies[person].split('=')
  await seat.context.addCookies([{ name, value, url: address }])
  await seat.page.goto(`/mesas/${board.id}`)
  await table(seat.page)
  return seat
}
const waits = (page: Page, what: string) => page.locator('[data-is="offline"]').filter({ hasText: what }).waitFor()
const rows = (page: Page) => page.locator('[role=treeitem][aria-level="2"]')

it('a server that is killed while two draw and write loses nothing that was saved, and what waited arrives once', async () => {
  const before = await start()
  const ines = await atTable(before, 'ines')
  const uma = await atTable(before, 'uma', NARROW)
  let loaded = 0
  for (const { page } of [ines, uma]) page.on('framenavigated', () => loaded++)
  await pinByNumbers(ines.page, 'Guardada antes')
  await saved(ines.page)

  // Uma's words are half written, and Inés' pen is on the cloth.
  await uma.page.getByRole('button', { name: 'Abrir la tarjeta' }).click()
  await uma.page.getByRole('button', { name: 'Agregar marca' }).click()
  const dialog = uma.page.getByRole('dialog')
  await dialog.getByRole('textbox').nth(0).fill('12')
  await dialog.getByRole('textbox').nth(1).fill('8')
  const words = dialog.locator('textarea')
  await words.pressSequentially('Escrita a med')
  const { x, y, width, height } = await cloth(ines.page)
  await ines.page.getByRole('button', { name: 'Trazo', exact: true }).click()
  await ines.page.mouse.move(x + width / 2, y + height / 2)
  await ines.page.mouse.down()
  await ines.page.mouse.move(x + width / 2 + 40, y + height / 2 + 20, { steps: 5 })
  await die()

  await ines.page.mouse.move(x + width / 2 + 80, y + height / 2, { steps: 5 })
  await ines.page.mouse.up()
  await ines.page.getByLabel('Escríbelo con palabras de taller').fill('Trazada sin servidor')
  await ines.page.getByRole('button', { name: 'Publicar' }).click()
  await words.pressSequentially('ias')
  await words.press('Control+Enter')
  await waits(ines.page, '2 cambios por enviar')
  await waits(uma.page, '1 cambio por enviar')

  await start(Number(new URL(before.address).port))
  const all = ['Guardada antes', 'Trazada sin servidor', 'Escrita a medias']
  for (const { page } of [ines, uma] satisfies Seat[]) {
    await saved(page)
    await page.getByRole('tab', { name: 'Marcas' }).click()
    await patiently(() => rows(page).count()).toBe(all.length)
    for (const text of all) expect(await rows(page).filter({ hasText: text }).count(), text).toBe(1)
  }
  expect(loaded).toBe(0)
  // Drafts are kept of what was refused: nothing was.
  for (const { page, context } of [ines, uma]) {
    expect(await page.getByRole('tab', { name: /^Borradores/ }).count()).toBe(0)
    await context.close()
  }
})
