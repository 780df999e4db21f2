import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe, type Language, launch, NARROW, overflow, shoot, sit, WIDE } from '../support/browser.ts'
import { startServer, type TestServer } from '../support/server.ts'

let browser: Browser
let demo: TestServer
let fresh: TestServer
beforeAll(async () => {
  browser = await launch()
  demo = await startServer()
  fresh = await startServer({ data: true })
})
afterAll(async () => {
  await browser.close()
  await demo.stop()
  await fresh.stop()
})

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
const table = async (page: Page): Promise<void> => {
  await page.locator('canvas').first().waitFor()
  await page.locator('[data-is="saved"]').first().waitFor()
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
  { name: 'board', path: '/mesas/pantalon', person: 'tao', ready: table },
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
      const { address } = none ? fresh : demo
      const seat = await sit(browser, address, { language, size, ...(person === undefined ? {} : { person }) })
      const { page } = seat
      await page.addInitScript((chosen) => localStorage.setItem('puntada.language', chosen), language)
      await page.goto(path)
      await ready(page)
      await expect.poll(() => page.locator('html').getAttribute('lang')).toMatch(language === 'es' ? /^es/ : /^en/)
      await shoot(page, `${name}-${size.width}-${language}`)
      expect(await axe(page)).toEqual([])
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      // A door that is closed answers with its number, and the browser notes it; nothing else may complain.
      expect(seat.complaints.filter((line) => !/status of (401|404)/.test(line))).toEqual([])
      await seat.context.close()
    },
  )
})
