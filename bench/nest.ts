import type { Page } from 'playwright-core'
import { type Atelier, openAtelier } from '../tests/support/atelier.ts'
import { atRest, canvasShown, launch, stranger, untilItShows } from './browser.ts'
import { ensureBuilt } from './built.ts'
import { turning } from './canvas.ts'
import { largestNest } from './nest-pattern.ts'
import type { Row, Run } from './row.ts'

const SECONDS = 4

/** In front of the nest, as its owner, with all of its sizes on the table. */
const allSizes = async (page: Page, atelier: Atelier): Promise<void> => {
  await page.goto(`/mesas/${atelier.board.id}`)
  await canvasShown(page)
  await page.getByRole('tab', { name: 'Proponer' }).click()
  await atRest(page)
  await untilItShows(page, 'a nest of all sizes', () => page.getByLabel('Ver todas las tallas').check())
}

/**
 * Pan and zoom over the largest nest with every size shown: times from frame to frame while the wheel turns. The pattern lies in a
 * data folder of its own as an import would have left it.
 */
export const run: Run = async function* nest({ rounds, seconds = SECONDS }): AsyncGenerator<Row> {
  ensureBuilt()
  const atelier = await openAtelier(true, largestNest())
  const browser = await launch()
  try {
    const [name, value] = atelier.as('ines').cookie.split('=') as [string, string]
    for (let n = 1; n <= rounds; n++) {
      const context = await stranger(browser, atelier.server.address)
      await context.addCookies([{ name, value, url: atelier.server.address }])
      const page = await context.newPage()
      await allSizes(page, atelier)
      yield* turning('nest', page, seconds, n)
      await context.close()
    }
  } finally {
    await browser.close()
    await atelier.server.stop()
  }
}
