import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { en } from '../../client/words/en.ts'
import { es } from '../../client/words/es.ts'
import { en as proposalsEn } from '../../client/words/proposals/en.ts'
import { es as proposalsEs } from '../../client/words/proposals/es.ts'
import { en as workshopEn } from '../../client/words/workshop/en.ts'
import { es as workshopEs } from '../../client/words/workshop/es.ts'
import { ownSwatchOf } from '../../shared/pattern/operation.ts'
import { type Language, NARROW, shoot, WIDE } from '../support/browser.ts'
import { svg } from '../support/files.ts'
import { dropFile, ink, openWitness } from '../support/hands.ts'
import { openHouse, patiently, saved, sound } from '../support/house.ts'

/** Marisol, of another firm, has come as far as looks; Darío owns the shirt: its pattern, and a photo of the hem. */
const house = openHouse()
const [BOARD, PHOTO, PATTERN] = ['playera', 'playerafoto', 'playeranido']
beforeAll(() => house.server.running.parts.records.setLevel('marisol' as never, 'diseno'))
const CATALOGUE = {
  es: { ...es, proposals: proposalsEs, looks: workshopEs.looks },
  en: { ...en, proposals: proposalsEn, looks: workshopEn.looks },
}
/** A cloth of one colour, so that it is told from everything else on the canvas, with a stripe ten times across. */
const CLOTH = '#148c5a'
const cloth = async (width = 900, height = 600): Promise<Buffer> => {
  const cut = { width: Math.max(1, Math.round(width / 90)), height, channels: 3, background: '#f2e6c8' } as const
  const stripe = await sharp({ create: cut }).png().toBuffer()
  return sharp({ create: { width, height, channels: 3, background: CLOTH } })
    .composite(Array.from({ length: 10 }, (_, i) => ({ input: stripe, left: Math.round((i * width) / 10), top: 0 })))
    .jpeg()
    .toBuffer()
}

const sit = async (person: string, language: Language, size: typeof WIDE, path = `/mesas/${BOARD}`) => {
  const seat = await house.sit({ person, language, size })
  const { page } = seat
  const words = CATALOGUE[language]
  await page.goto(path)
  await page.locator('canvas').first().waitFor()
  await saved(page)
  const openTab = async (tab: 'list' | 'proposal' | 'looked'): Promise<void> => {
    const closed = page.getByRole('button', { name: words.board.card.up })
    if (size === NARROW && (await closed.isVisible())) await closed.click()
    await page.getByRole('tab', { name: words.board.tabs[tab], exact: true }).click()
  }
  return { ...seat, words, openTab }
}
type Sitting = Awaited<ReturnType<typeof sit>>

const bring = async ({ page, words }: Sitting, name: string, bytes: Buffer): Promise<void> => {
  await page
    .locator(`input[type=file][aria-label="${words.looks.sendPhoto}"]`)
    .setInputFiles({ name, mimeType: 'image/jpeg', buffer: bytes })
  await page.getByLabel(words.looks.photoName).waitFor()
}
const send = async ({ page, words }: Sitting, why: string): Promise<void> => {
  await page.locator('textarea').last().fill(why)
  await page.getByRole('tabpanel').getByRole('button', { name: words.proposals.panel.send, exact: true }).click()
  await page.getByRole('button', { name: words.proposals.decide.changeOwn }).waitFor()
  await saved(page)
}
const isLaid = (page: Page) => patiently(() => ink(page, CLOTH)).toBeGreaterThan(200)
const isNamed = (page: Page, name: string): Promise<void> =>
  page.getByRole('img', { name, exact: true }).first().waitFor()

describe.each<[Language, typeof WIDE, Language, typeof WIDE]>([
  ['es', WIDE, 'en', NARROW],
  ['en', NARROW, 'es', WIDE],
])('a trainee in %s at %o and the owner in %s at %o', (language, size, ownLanguage, ownSize) => {
  it('lay a cloth of their own on an area of a photo and on a piece, see it, and accept it', async () => {
    const witness = await openWitness(house, 'dario', BOARD)
    const marisol = await sit('marisol', language, size)
    const { page, words } = marisol
    const whyArea = `Aquí la del muestrario · ${language}`
    const whyPiece = `Toda la pieza de la misma · ${language}`
    const green = `lino verde · ${language}`

    await marisol.openTab('proposal')
    await page.getByLabel(words.proposals.panel.sheet, { exact: true }).selectOption(PHOTO)
    await page.getByRole('button', { name: words.looks.begin }).click()
    await bring(marisol, 'lino_crudo.jpg', await cloth())
    expect(await page.getByLabel(words.looks.photoName).inputValue()).toBe('lino crudo')
    await page.getByLabel(words.looks.photoName).fill('')
    await page.getByText(words.looks.noPhotoName).waitFor()
    await page.getByLabel(words.looks.photoName).fill(green)
    await page.getByLabel(words.looks.across, { exact: true }).fill('8')
    await page
      .getByRole('button', { name: words.proposals.panel.more({ label: words.looks.across, by: '1', unit: 'cm' }) })
      .click()
    expect(await page.getByLabel(words.looks.across, { exact: true }).inputValue()).toBe('9')
    await isNamed(page, green)
    await isLaid(page)
    await page.getByLabel(words.looks.photoName).scrollIntoViewIfNeeded()
    await shoot(page, `own-swatch-compose-${size.width}-${language}`)
    // The page itself stays where it is.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0)
    await page.locator('textarea').last().fill(whyArea)
    await sound(page)
    await send(marisol, whyArea)
    const area = witness.mark(whyArea)
    expect(area?.change).toMatchObject({ op: 'lookArea', swatch: { name: green, across: 90 } })

    await marisol.openTab('proposal')
    await page.getByLabel(words.proposals.panel.sheet, { exact: true }).selectOption(PATTERN)
    await page.getByLabel(words.proposals.panel.edge, { exact: true }).selectOption({ index: 1 })
    await page.getByRole('radio', { name: words.levels.diseno, exact: true }).check()
    await page.getByRole('button', { name: words.proposals.operations.look.name }).first().click()
    await page.getByRole('button', { name: words.board.view.fit }).click()
    // What was brought before is at hand; another photo is another cloth.
    await page.getByRole('radio', { name: green }).check()
    await isLaid(page)
    await bring(marisol, 'lino.jpg', await cloth(300, 300))
    await isNamed(page, 'lino')
    await isLaid(page)
    await send(marisol, whyPiece)
    const piece = witness.mark(whyPiece)
    expect(piece?.change).toMatchObject({ op: 'look', swatch: { name: 'lino', across: 90 } })

    const dario = await sit('dario', ownLanguage, ownSize, `/mesas/${BOARD}?marca=${area?.id}`)
    await isNamed(dario.page, green)
    await isLaid(dario.page)
    await shoot(dario.page, `own-swatch-decide-${ownSize.width}-${ownLanguage}`)
    // Before and after.
    await dario.page.getByLabel(dario.words.proposals.decide.showAfter).uncheck()
    await patiently(() => ink(dario.page, CLOTH)).toBe(0)
    await dario.page.getByLabel(dario.words.proposals.decide.showAfter).check()
    await isLaid(dario.page)
    await dario.page.getByRole('radio', { name: dario.words.proposals.decide.kinds.accepted }).check()
    await sound(dario.page)
    await dario.page.getByRole('button', { name: dario.words.proposals.decide.kinds.accepted }).click()
    await patiently(() => witness.mark(whyArea)?.decision).toMatchObject({ is: 'accepted', by: 'dario' })
    await isNamed(dario.page, green)

    await dario.openTab('list')
    await dario.page.getByRole('treeitem').filter({ hasText: whyPiece }).filter({ hasText: 'lino' }).click()
    await isNamed(dario.page, 'lino')
    await isLaid(dario.page)
    await dario.openTab('looked')
    const rows = dario.page.getByRole('listitem').filter({ hasText: dario.words.board.looked.acts.swatch })
    await rows.filter({ hasText: green }).first().waitFor()
    await sound(dario.page)

    expect([...marisol.complaints, ...dario.complaints]).toEqual([])
    // Nothing of it is kept on the device.
    const kept = await dario.page.evaluate(async () => [
      JSON.stringify({ ...localStorage, ...sessionStorage }),
      ...(await caches.keys()),
      ...(await indexedDB.databases()).map(({ name }) => name),
    ])
    const own = area?.change && ownSwatchOf(area.change)
    expect(kept).toHaveLength(1)
    expect(kept[0]).not.toContain(own?.own)
    witness.close()
    await dario.context.close()
    await marisol.context.close()
  })
})

describe('a photo that is brought', () => {
  it('by dropping it anywhere is taken by the look in hand, and what is no photo is refused in words; the drawn ones are there as before', async () => {
    const seat = await sit('marisol', 'es', WIDE)
    const { page, words } = seat
    await seat.openTab('proposal')
    await page.getByLabel(words.proposals.panel.sheet, { exact: true }).selectOption(PHOTO)
    await page.getByRole('button', { name: words.looks.begin }).click()
    await page.getByText(words.looks.ownHint).waitFor()
    await dropFile(page, 'molde.jpg', Buffer.from(svg('<path d="M0 0H9"/>')))
    await page.getByRole('alert').getByText('Es un dibujo SVG.').waitFor()
    // Nothing is sent without it while it is on its way.
    const { promise: letGo, resolve: goOn } = Promise.withResolvers<void>()
    await page.route('**/swatches', (route) => letGo.then(() => route.continue()), { times: 1 })
    await dropFile(page, 'pana.jpg', await cloth(200, 100))
    await page.getByRole('progressbar').waitFor()
    await page.locator('textarea').last().fill('De pana.')
    await page.getByRole('button', { name: words.proposals.panel.send, exact: true }).last().click()
    await page.getByText(words.looks.stillSending).waitFor()
    goOn()
    await isNamed(page, 'pana')
    expect(await page.getByRole('alert').count()).toBe(0)
    await isLaid(page)
    await page.getByRole('radio', { name: words.looks.swatches.cuero }).check()
    await patiently(() => ink(page, CLOTH)).toBe(0)
    expect(await page.getByLabel(words.looks.photoName).count()).toBe(0)
    // It is still at hand, and as a trim it is laid once.
    await page.getByRole('radio', { name: 'pana' }).check()
    await page.getByRole('radio', { name: words.proposals.choices.habilitacion, exact: true }).check()
    await isLaid(page)
    await page.getByRole('radio', { name: words.proposals.choices.color, exact: true }).check()
    await patiently(() => ink(page, CLOTH)).toBe(0)
    expect(seat.complaints).toEqual([])
    await seat.context.close()
  })
})
