import type { CDPSession, Page } from 'playwright-core'
import { boardPath, canvasShown, launch, visitor } from './browser.ts'
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
      const session = await context.newCDPSession(page)
      await page.goto(path)
      await canvasShown(page)
      await page.waitForTimeout(3000)
      for (const way of ['pan', 'zoom'] as const) {
        const frames = await turnWheel(page, session, way, seconds)
        const at = (share: number): number => frames[Math.min(frames.length - 1, Math.floor(share * frames.length))]!
        for (const [metric, value] of [
          ['p50', at(0.5)],
          ['p95', at(0.95)],
          ['max', at(1)],
        ] as const)
          yield {
            bench: 'canvas',
            subject: 'ours',
            metric: `${way} ${metric}`,
            value: round(value),
            unit: 'ms',
            round: n,
          }
        yield { bench: 'canvas', subject: 'ours', metric: `${way} frames`, value: frames.length, unit: '', round: n }
      }
      await context.close()
    }
  } finally {
    await browser.close()
    await ours.started.stop()
  }
}

/** @returns milliseconds between frames, sorted. @throws {Error} where the picture stayed as it was. */
export const turnWheel = async (
  page: Page,
  session: CDPSession,
  way: 'pan' | 'zoom',
  seconds: number,
): Promise<number[]> => {
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
  const before = await page.screenshot({ clip: box })
  for (let i = 0; i < 5; i++) await turn(1)
  await page.waitForTimeout(300)
  if ((await page.screenshot({ clip: box })).equals(before)) throw new Error(`the wheel did not ${way} the board`)
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
