import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { axe, launch, overflow, type Seat, sit } from './browser.ts'
import { startServer, type TestServer } from './server.ts'

type Given = Parameters<typeof sit>[2]

/** One server, the demo unless told otherwise, and one browser for all stories of a file. Both are there while tests run. */
export interface House {
  readonly browser: Browser
  readonly server: TestServer
  /** A person's own browser in this house. */
  sit(given?: Given): Promise<Seat>
  /** The same, in front of a board that is drawn and saved. */
  atTable(board: string, given?: Given): Promise<Seat>
}

export const openHouse = (given: Parameters<typeof startServer>[0] = {}): House => {
  let browser: Browser
  let server: TestServer
  beforeAll(async () => {
    browser = await launch()
    server = await startServer(given)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
  const house: House = {
    get browser() {
      return browser
    },
    get server() {
      return server
    },
    sit: (given) => sit(browser, server.address, given),
    async atTable(board, given) {
      const seat = await house.sit(given)
      await seat.page.goto(`/mesas/${board}`)
      await table(seat.page)
      return seat
    },
  }
  return house
}

/** The page says that everything is on disk. */
export const saved = (page: Page): Promise<void> => page.locator('[data-is="saved"]').first().waitFor()

/** A board that has come, with its canvas. */
export const table = async (page: Page): Promise<void> => {
  await page.locator('canvas').first().waitFor()
  await saved(page)
}

/** Asked again until it holds: a page on a busy machine takes its time. */
export const patiently = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 60_000 })

/** Clean to axe, and nothing sticks out to the side. */
export const sound = async (page: Page): Promise<void> => {
  expect(await axe(page)).toEqual([])
  expect(await overflow(page)).toBeLessThanOrEqual(0)
}
