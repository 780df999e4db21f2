import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Language, NARROW, overflow, shoot, WIDE } from '../support/browser.ts'
import { openHouse, patiently, sound, table } from '../support/house.ts'

const demo = openHouse()
const fresh = openHouse({ data: true })

interface Screen {
  readonly name: string
  readonly path: string
  readonly person?: string
  /** A group that nobody has made yet, in place of the demo. */
  readonly fresh?: true
  /** What says that the screen is there, and what there is to do before it is looked at. */
  readonly ready: (page: Page) => Promise<void>
}
const heading = async (page: Page): Promise<void> => page.getByRole('heading', { level: 1 }).first().waitFor()
const pictures = async (page: Page): Promise<void> => {
  await heading(page)
  await page.waitForLoadState('networkidle')
}
const laid = async (page: Page): Promise<void> => {
  await table(page)
  // Tiles come one by one; the network is quiet when all that are in view are there.
  await page.waitForLoadState('networkidle')
}

const screens: readonly Screen[] = [
  { name: 'door', path: '/', ready: heading },
  { name: 'first-run', path: '/', fresh: true, ready: heading },
  { name: 'invitation-unknown', path: '/invitacion/nada', ready: heading },
  { name: 'home', path: '/', person: 'tao', ready: pictures },
  { name: 'home-office', path: '/', person: 'amparo', ready: heading },
  { name: 'collections', path: '/colecciones', person: 'ines', ready: pictures },
  { name: 'board', path: '/mesas/pantalon', person: 'tao', ready: laid },
  { name: 'board-hidden', path: '/mesas/overol', person: 'tao', ready: heading },
  { name: 'group', path: '/grupo', person: 'amparo', ready: heading },
  { name: 'account', path: '/cuenta', person: 'tao', ready: heading },
]

describe.each<[Language, typeof WIDE]>([
  ['es', WIDE],
  ['es', NARROW],
  ['en', WIDE],
  ['en', NARROW],
])('in %s at %o', (language, size) => {
  it.each(screens)(
    '$name is whole, clean to axe and asks nobody else',
    async ({ name, path, person, fresh: none, ready }) => {
      const seat = await (none ? fresh : demo).sit({ language, size, ...(person === undefined ? {} : { person }) })
      const { page } = seat
      await page.goto(path)
      await ready(page)
      await patiently(() => page.locator('html').getAttribute('lang')).toMatch(language === 'es' ? /^es/ : /^en/)
      await shoot(page, `${name}-${size.width}-${language}`)
      await sound(page)
      // Letters of twice the size, as a phone's own setting makes them, push nothing off to the side.
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      // A door that is closed answers with its number, and the browser notes it; nothing else may complain.
      expect(seat.complaints.filter((line) => !/status of (401|404)/.test(line))).toEqual([])
      await seat.context.close()
    },
  )
})

it('a name that is one long word stays on a phone, wherever it is read', async () => {
  const name = 'Pantalonesdetrabajopesadoconbolsascargoyrefuerzosdobles'
  const ines = await demo.server.as('ines')
  const collection = (await ines.ask<{ id: string }>('POST', '/api/collections', { name, about: name })).body.id
  await ines.ask('POST', '/api/boards', { collection, title: name, style: name })
  const { page, context } = await demo.sit({ person: 'ines', size: NARROW })
  for (const path of ['/', '/colecciones', `/colecciones/${collection}`]) {
    await page.goto(path)
    await page.getByRole('heading', { name }).last().waitFor()
    expect(await overflow(page), path).toBeLessThanOrEqual(0)
  }
  await context.close()
})
