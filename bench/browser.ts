import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core'
import { findChromium } from '../tests/support/browser.ts'
import type { Ours } from './subjects.ts'

/** @throws {Error} with what the page says, where no canvas is shown within a minute. */
export const canvasShown = async (page: Page): Promise<void> => {
  const shown = page.locator('canvas').first().waitFor({ state: 'visible', timeout: 60_000 })
  await shown.catch(async () => {
    const text = (await page.locator('body').textContent()) ?? ''
    throw new Error(`no canvas on ${page.url()}; the page says: ${text.slice(0, 300)}`)
  })
}

export const launch = async (): Promise<Browser> => {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('no Chromium was found: install one, or name it in CHROMIUM')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
}

/** A browser that has never been here, signed in as the first of the board's people. */
export const visitor = async (browser: Browser, ours: Ours): Promise<BrowserContext> => {
  const context = await browser.newContext({
    baseURL: ours.address,
    viewport: { width: 1440, height: 900 },
    locale: 'es-MX',
  })
  const { person } = ours.people[0]!
  await context.request.post('/api/demo/enter', { data: { person }, headers: { origin: ours.address } })
  return context
}

/** Where the board is, taken from the page that leads to it. */
export const boardPath = async (context: BrowserContext, ours: Ours): Promise<string> => {
  const page = await context.newPage()
  try {
    for (const place of ['/', '/collections', '/colecciones']) {
      await page.goto(place)
      const link = page.locator(`a[href*="${ours.board.id}"]`).first()
      const found = await link.waitFor({ state: 'attached', timeout: 8000 }).then(
        () => true,
        () => false,
      )
      if (found) return (await link.getAttribute('href')) ?? '/'
    }
  } finally {
    await page.close()
  }
  throw new Error('no page leads to the board')
}

/** What came over the network, in bytes as they travelled, headers included. */
export interface Weighed {
  readonly byKind: ReadonlyMap<string, number>
  /** Scripts with the moment in which each was there, in seconds of the browser's clock. */
  readonly scripts: readonly { readonly at: number; readonly bytes: number }[]
  /** Frames of WebSockets from the server. */
  readonly frames: number
  readonly began: number
}

export const weigh = async (page: Page): Promise<{ session: CDPSession; read(): Weighed }> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const kinds = new Map<string, string>()
  const byKind = new Map<string, number>()
  const scripts: { at: number; bytes: number }[] = []
  let frames = 0
  let began = 0
  session.on('Network.requestWillBeSent', ({ requestId, type, timestamp }) => {
    began ||= timestamp
    kinds.set(requestId, type ?? 'Other')
  })
  // Whatever asks for it, an image is one by what it is.
  session.on('Network.responseReceived', ({ requestId, type, response }) =>
    kinds.set(requestId, response.mimeType.startsWith('image/') ? 'Image' : type),
  )
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength, timestamp }) => {
    const kind = kinds.get(requestId) ?? 'Other'
    byKind.set(kind, (byKind.get(kind) ?? 0) + encodedDataLength)
    if (kind === 'Script') scripts.push({ at: timestamp, bytes: encodedDataLength })
  })
  session.on('Network.webSocketFrameReceived', ({ response }) => {
    frames += response.opcode === 2 ? Math.floor((response.payloadData.length * 3) / 4) : response.payloadData.length
  })
  return { session, read: () => ({ byKind, scripts, frames, began }) }
}

/** Runs before any script of the page: writes down when its main thread was busy for longer than 50 ms. */
export const WATCH_BUSY = `
  globalThis.busyUntil = 0
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) globalThis.busyUntil = Math.max(globalThis.busyUntil, task.startTime + task.duration)
  }).observe({ type: 'longtask', buffered: true })
`
