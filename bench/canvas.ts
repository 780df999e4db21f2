import type { CDPSession, Page } from 'playwright-core'
import { atRest, boardPath, canvasShown, launch, untilItShows, visitor } from './browser.ts'
import { ensureBuilt } from './built.ts'
import { fill } from './fill.ts'
import { type Row, type Run, round } from './row.ts'
import { startOurs } from './subjects.ts'

const MARKS = 2000
const SECONDS = 4

/** Pan and zoom over a board with 2,000 marks in view of the whole: times from frame to frame while the wheel turns. */
export const run: Run = async function* canvas({ rounds, seconds = SECONDS }): AsyncGenerator<Row> {
  ensureBuilt()
  const ours = await startOurs()
  const browser = await launch()
  try {
    await fill(ours, MARKS)
    const lookout = await visitor(browser, ours)
    const path = await boardPath(lookout, ours)
    await lookout.close()
    for (let n = 1; n <= rounds; n++) {
      const context = await visitor(browser, ours)
      const page = await context.newPage()
      await page.goto(path)
      await canvasShown(page)
      yield* turning('canvas', page, seconds, n)
      await context.close()
    }
  } finally {
    await browser.close()
    await ours.started.stop()
  }
}

/** Times from frame to frame of a board that has come to rest, while the wheel pans it and then zooms it. */
export async function* turning(bench: string, page: Page, seconds: number, n: number): AsyncGenerator<Row> {
  const session = await page.context().newCDPSession(page)
  await atRest(page)
  for (const way of ['pan', 'zoom'] as const) {
    const frames = await turnWheel(page, session, way, seconds)
    const at = (share: number): number => frames[Math.min(frames.length - 1, Math.floor(share * frames.length))]!
    const row = { bench, subject: 'ours', round: n }
    yield { ...row, metric: `${way} p50`, value: round(at(0.5)), unit: 'ms' }
    yield { ...row, metric: `${way} p95`, value: round(at(0.95)), unit: 'ms' }
    yield { ...row, metric: `${way} max`, value: round(at(1)), unit: 'ms' }
    yield { ...row, metric: `${way} frames`, value: frames.length, unit: '' }
  }
}

/** @returns milliseconds between frames, sorted. @throws {Error} where the picture stayed as it was. */
const turnWheel = async (page: Page, session: CDPSession, way: 'pan' | 'zoom', seconds: number): Promise<number[]> => {
  const box = await page.locator('canvas').first().boundingBox()
  if (!box) throw new Error('the canvas has no size')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  const turn = (back: 1 | -1): Promise<unknown> =>
    session.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x,
      y,
      deltaX: way === 'pan' ? 12 * back : 0,
      deltaY: (way === 'pan' ? 18 : 6) * back,
      modifiers: way === 'zoom' ? CTRL : 0,
    })
  await untilItShows(page, `a ${way} with the wheel`, async () => {
    for (let i = 0; i < 5; i++) await turn(1)
  })
  const counting = page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const deltas: number[] = []
        const start = performance.now()
        let last = start
        const next = (now: number): void => {
          if (now > last && last > start) deltas.push(now - last)
          last = now
          if (now - start < ms) requestAnimationFrame(next)
          else resolve(deltas)
        }
        requestAnimationFrame(next)
      }),
    seconds * 1000,
  )
  const began = performance.now()
  while (performance.now() - began < seconds * 1000) {
    // There and back, a second each: the board stays in view.
    await turn(Math.floor((performance.now() - began) / 1000) % 2 === 1 ? -1 : 1)
    await page.waitForTimeout(10)
  }
  const deltas = await counting
  return deltas.toSorted((a, b) => a - b)
}

const CTRL = 2
