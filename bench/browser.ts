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

/** Milliseconds within which a board comes to rest on any machine. */
const LATEST = 60_000

/** For the page's own script: how many frames it has asked for that have not been drawn. */
const WATCH_FRAMES = `{
  const { requestAnimationFrame: ask, cancelAnimationFrame: leave } = globalThis
  const asked = new Set()
  Object.assign(globalThis, {
    framesAsked: () => asked.size,
    requestAnimationFrame(draw) {
      const id = ask((now) => {
        asked.delete(id)
        draw(now)
      })
      asked.add(id)
      return id
    },
    cancelAnimationFrame(id) {
      asked.delete(id)
      leave(id)
    },
  })
}`

/** What is on the canvas now. */
const pictureOf = async (page: Page): Promise<Buffer> => {
  const box = await page.locator('canvas').first().boundingBox()
  if (!box) throw new Error('the canvas has no size')
  return page.screenshot({ clip: box })
}

/** Does something to the board and waits until it shows. @throws {Error} after a minute in which it doesn't. */
export const untilItShows = async (page: Page, what: string, act: () => Promise<unknown>): Promise<void> => {
  const before = await pictureOf(page)
  await act()
  for (const until = Date.now() + LATEST; (await pictureOf(page)).equals(before); )
    if (Date.now() > until) throw new Error(`${what} does not show on the board`)
}

/** The last tile has come and the last frame is drawn: a board draws only what has changed. Only pages of a `stranger` can tell. */
export const atRest = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle', { timeout: LATEST })
  const isDrawn = () => (globalThis as unknown as { framesAsked(): number }).framesAsked() === 0
  await page.waitForFunction(isDrawn, null, { polling: 20, timeout: LATEST })
}

export const launch = async (): Promise<Browser> => {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('no Chromium was found: install one, or name it in CHROMIUM')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
}

/** A browser that has never been here. */
export const stranger = async (browser: Browser, address: string): Promise<BrowserContext> => {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    locale: 'es-MX',
  })
  await context.addInitScript(WATCH_FRAMES)
  return context
}

/** The same, signed in as the first of the board's people. */
export const visitor = async (browser: Browser, ours: Ours): Promise<BrowserContext> => {
  const context = await stranger(browser, ours.address)
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
