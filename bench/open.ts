import type { Browser } from 'playwright-core'
import { boardPath, canvasShown, launch, visitor, WATCH_BUSY, weigh } from './browser.ts'
import { ensureBuilt } from './built.ts'
import { fill } from './fill.ts'
import { type Row, type Run, round } from './row.ts'
import { type Ours, startOurs } from './subjects.ts'

const MARKS = 5000
/** Usable: the document is there, the canvas too, and the main thread has been free for this long. */
const FREE_MS = 400

/** A board with 5,000 marks in a browser that was never here: how long to the first paint and until it can be used. */
export const run: Run = async function* open({ rounds }): AsyncGenerator<Row> {
  ensureBuilt()
  const ours = await startOurs()
  const browser = await launch()
  try {
    const document = await fill(ours, MARKS)
    const lookout = await visitor(browser, ours)
    const path = await boardPath(lookout, ours)
    await lookout.close()
    for (let n = 1; n <= rounds; n++)
      for (const [metric, value, unit] of [
        ...(await openBoard(browser, ours, path, document)),
        ['home script', await homeScript(browser, ours), 'kB'] as const,
      ])
        yield { bench: 'open', subject: 'ours', metric, value: round(value), unit, round: n }
  } finally {
    await browser.close()
    await ours.started.stop()
  }
}

type Measured = readonly (readonly [metric: string, value: number, unit: string])[]

const openBoard = async (browser: Browser, ours: Ours, path: string, document: number): Promise<Measured> => {
  const context = await visitor(browser, ours)
  const page = await context.newPage()
  await page.addInitScript(WATCH_BUSY)
  const { read } = await weigh(page)
  await page.goto(path, { waitUntil: 'commit' })
  await canvasShown(page)
  const until = Date.now() + 60_000
  while (read().frames < document * 0.9) {
    if (Date.now() > until) throw new Error('the document did not reach the browser')
    await page.waitForTimeout(20)
  }
  const usable = await page.evaluate(async (free) => {
    const busy = (): number => (globalThis as unknown as { busyUntil: number }).busyUntil
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
    let quietSince = performance.now()
    for (let last = await frame(); ; ) {
      const now = await frame()
      if (now - last > 50) quietSince = now
      last = now
      if (now - quietSince >= free) return Math.max(quietSince, busy())
    }
  }, FREE_MS)
  const paints = await page.evaluate(() =>
    Object.fromEntries(performance.getEntriesByType('paint').map((entry) => [entry.name, entry.startTime])),
  )
  const firstPaint = paints['first-contentful-paint'] ?? paints['first-paint'] ?? Number.NaN
  await page.waitForLoadState('networkidle').catch(() => undefined)
  const { byKind, scripts, frames, began } = read()
  const of = (...kinds: string[]): number => kinds.reduce((sum, kind) => sum + (byKind.get(kind) ?? 0), 0) / 1000
  const early = scripts.filter(({ at }) => (at - began) * 1000 <= firstPaint)
  const total = [...byKind.values()].reduce((sum, bytes) => sum + bytes, frames) / 1000
  await context.close()
  return [
    ['first paint', firstPaint, 'ms'],
    ['usable', usable, 'ms'],
    ['script', early.reduce((sum, { bytes }) => sum + bytes, 0) / 1000, 'kB'],
    ['all script', of('Script'), 'kB'],
    ['document frame', document / 1000, 'kB'],
    ['socket frames', frames / 1000, 'kB'],
    ['images', of('Image'), 'kB'],
    ['styles and fonts', of('Stylesheet', 'Font'), 'kB'],
    ['in all', total, 'kB'],
  ]
}

/** Script of the first page that somebody signed in sees, all of it. */
const homeScript = async (browser: Browser, ours: Ours): Promise<number> => {
  const context = await visitor(browser, ours)
  const page = await context.newPage()
  const { read } = await weigh(page)
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  const bytes = read().byKind.get('Script') ?? 0
  await context.close()
  return bytes / 1000
}
