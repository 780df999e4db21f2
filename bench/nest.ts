import type { Page } from 'playwright-core'
import { type Atelier, openAtelier } from '../tests/support/atelier.ts'
import { canvasShown, launch } from './browser.ts'
import { ensureBuilt } from './built.ts'
import { turnWheel } from './canvas.ts'
import { largestNest } from './nest-pattern.ts'
import { type Row, type Run, round } from './row.ts'

const SECONDS = 4

/** In front of the nest, as its owner, with all of its sizes on the table. */
const allSizes = async (page: Page, atelier: Atelier): Promise<void> => {
  await page.goto(`/mesas/${atelier.board.id}`)
  await canvasShown(page)
  await page.getByRole('tab', { name: 'Proponer' }).click()
  const all = page.waitForResponse((answer) => /\/pattern\?.*sizes=all/.test(answer.url()) && answer.ok())
  await page.getByLabel('Ver todas las tallas').check()
  await (await all).finished()
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
      const context = await browser.newContext({
        baseURL: atelier.server.address,
        viewport: { width: 1440, height: 900 },
        locale: 'es-MX',
      })
      await context.addCookies([{ name, value, url: atelier.server.address }])
      const page = await context.newPage()
      const session = await context.newCDPSession(page)
      await allSizes(page, atelier)
      await page.waitForTimeout(3000)
      for (const way of ['pan', 'zoom'] as const) {
        const frames = await turnWheel(page, session, way, seconds)
        const at = (share: number): number => frames[Math.min(frames.length - 1, Math.floor(share * frames.length))]!
        const row = { bench: 'nest', subject: 'ours', round: n }
        yield { ...row, metric: `${way} p50`, value: round(at(0.5)), unit: 'ms' }
        yield { ...row, metric: `${way} p95`, value: round(at(0.95)), unit: 'ms' }
        yield { ...row, metric: `${way} max`, value: round(at(1)), unit: 'ms' }
        yield { ...row, metric: `${way} frames`, value: frames.length, unit: '' }
      }
      await context.close()
    }
  } finally {
    await browser.close()
    await atelier.server.stop()
  }
}
