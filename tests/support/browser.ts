import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Where Chromium may be; `CHROMIUM` wins. `scripts/test.ts` installs one where it can. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
export const findChromium = (): string | null =>
  [process.env.CHROMIUM, ...PLACES].find((path): path is string => path !== undefined && existsSync(path)) ?? null

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']

export const launch = async (): Promise<Browser> => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium was found: install one, or name it in CHROMIUM')
  return chromium.launch({ executablePath, args: FLAGS })
}

export type Language = 'es' | 'en'
/** A desk and an old phone held in one hand. */
export const WIDE = { width: 1440, height: 900 }
export const NARROW = { width: 360, height: 740 }

export interface Seat {
  readonly context: BrowserContext
  readonly page: Page
  /** Whatever the page complained of: errors of scripts, refused by the policy, failed loads. */
  readonly complaints: string[]
}

/** A person's own browser. `address` is the server's; nothing else may be asked for, and a test can look whether it was. */
export const sit = async (
  browser: Browser,
  address: string,
  { language = 'es', size = WIDE, person }: { language?: Language; size?: typeof WIDE; person?: string } = {},
): Promise<Seat> => {
  const phone = size.width < 600
  const context = await browser.newContext({
    baseURL: address,
    viewport: size,
    locale: language === 'es' ? 'es-MX' : 'en-US',
    timezoneId: 'America/Mexico_City',
    hasTouch: phone,
    isMobile: phone,
    reducedMotion: 'reduce',
  })
  if (person !== undefined) {
    const answer = await context.request.post('/api/demo/enter', { data: { person }, headers: { origin: address } })
    if (!answer.ok()) throw new Error(`could not enter as ${person}: ${answer.status()} ${await answer.text()}`)
  }
  // A machine that runs all tests at once is slow, and slow is not wrong.
  context.setDefaultTimeout(90_000)
  // Spanish is what the page begins with; who reads English has said so before.
  if (language === 'en') await context.addCookies([{ name: 'language', value: 'en', url: address }])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'blob:' && url.host !== new URL(address).host) complaints.push(`elsewhere: ${request.url()}`)
  })
  return { context, page, complaints }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong against WCAG 2.2 A and AA, as readable lines; empty is clean. */
export const axe = async (page: Page): Promise<string[]> => {
  // Through the debugging protocol, so that the page's own policy stays as strict as it is.
  await page.evaluate(axeSource)
  const violations = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run(context: Document, options: object): Promise<AxeResult> } }).axe
    const result = await run.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return result.violations.map(
      (v) =>
        `${v.id} (${v.impact}): ${v.nodes.map((n) => `${n.target.join(' ')} — ${n.failureSummary ?? ''}`).join(' | ')}`,
    )
  })
  return violations
}
interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
  }[]
}

/** Nothing sticks out to the side: a page that scrolls sideways on a phone is broken. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Keeps a screenshot under `docs/screenshots/<name>.png` when `PUNTADA_SCREENSHOTS` is set; else only takes it. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  const path = join(import.meta.dirname, '../../docs/screenshots', `${name}.png`)
  if (process.env.PUNTADA_SCREENSHOTS !== undefined) {
    await mkdir(dirname(path), { recursive: true })
    await page.screenshot({ path })
  } else await page.screenshot()
}
