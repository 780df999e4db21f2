import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { fanOf, type Head, UPRIGHT } from '../../client/canvas/fan.ts'
import type { Laid } from '../../client/canvas/figures/figure.ts'
import { LEVEL_COLOURS } from '../../client/canvas/looks.ts'
import { en } from '../../client/words/en.ts'
import { es } from '../../client/words/es.ts'
import { en as proposalsEn } from '../../client/words/proposals/en.ts'
import { es as proposalsEs } from '../../client/words/proposals/es.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { type Mark, pointsOf } from '../../shared/domain/mark.ts'
import { lengthOf, pointAt } from '../../shared/pattern/curve.ts'
import { layOut, toSheet } from '../../shared/pattern/layout.ts'
import type { Run } from '../../shared/pattern/model.ts'
import type { Operation, OperationName } from '../../shared/pattern/operation.ts'
import { type Atelier, act, asks, fill, SHEET } from '../support/atelier.ts'
import { blouse, D, E, on } from '../support/blouses.ts'
import { type Language, NARROW, shoot, WIDE } from '../support/browser.ts'
import { cloth, drag, ink, openWitness, type Spot, slide, tap, type Witness } from '../support/hands.ts'
import { openHouse, patiently, saved, sound, table } from '../support/house.ts'
import { board } from '../support/people.ts'

/** Inés' blouse on the table: a front and a back on the fold, in three sizes. Uma may propose cuts, Tao stitches. */
const house = openHouse({ data: true })
const pattern = blouse({
  ring: 'cut',
  notches: [
    { edge: 1, t: 0.5 },
    { edge: 2, t: 0.6 },
  ],
})
beforeAll(() => fill(house.server, pattern))

const CATALOGUE = { es: { ...es, proposals: proposalsEs }, en: { ...en, proposals: proposalsEn } }
const versions = () => house.server.running.parts.versions
const newest = (): number => versions().newest(SHEET)?.version ?? 0
const as = (person: string) => {
  const { sessions, cookie } = house.server.running.parts
  return house.server.with(`${cookie.name}=${sessions.begin(person as never, '').token}`)
}
const atelier = (): Atelier => ({ server: house.server, board: { ...board, openings: [] } as never, sheet: SHEET, as })

/** Where a place on an edge of the front is, in millimetres of the board. */
const placeOn = (edge: number, share: number): Spot => {
  const shape = pattern.pieces[0]!.shapes[pattern.base]!
  const run = shape.runs[edge] as Run
  return toSheet(layOut(pattern), D, pointAt(run, share * lengthOf(run)))
}
const [SIDE, ARMHOLE, SHOULDER, NECK] = [1, 2, 3, 4] as const

/** Somebody at the table with what they can do there, in their own language and window. */
const sit = async (person: string, language: Language, size: typeof WIDE) => {
  const seat = await house.sit({ language, size })
  const cookie = as(person).cookie
  const [name, value] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]
  await seat.context.addCookies([{ name, value, url: house.server.address }])
  await seat.page.goto(`/mesas/${board.id}`)
  await table(seat.page)
  const { page } = seat
  const words = CATALOGUE[language]
  const phone = size === NARROW
  const openCard = async (): Promise<void> => {
    const closed = page.getByRole('button', { name: words.board.card.up })
    if (phone && (await closed.isVisible())) await closed.click()
  }
  const openTab = async (tab: 'list' | 'proposal'): Promise<void> => {
    await openCard()
    await page.getByRole('tab', { name: words.board.tabs[tab], exact: true }).click()
  }
  return {
    ...seat,
    words,
    phone,
    openTab,
    row: (text: string): Locator => page.getByRole('treeitem').filter({ hasText: text }),
    async take(): Promise<void> {
      if (phone) {
        const low = page.getByRole('button', { name: words.board.card.down })
        if (await low.isVisible()) await low.click()
        await page.getByRole('button', { name: words.board.tools.mark }).click()
      }
      await page.getByRole('button', { name: words.board.tools.propose, exact: true }).first().click()
    },
    async choose(level: 'puntada' | 'corte', op: OperationName): Promise<void> {
      await page.getByRole('radio', { name: words.levels[level], exact: true }).check()
      await page.getByRole('button', { name: words.proposals.operations[op].name }).click()
      await page.getByRole('heading', { name: words.proposals.operations[op].name }).waitFor()
    },
    field: (name: keyof typeof proposalsEs.fields): Locator =>
      page.getByRole('tabpanel').getByLabel(words.proposals.fields[name], { exact: true }),
    why: (): Locator => page.getByLabel(words.proposals.panel.why),
    async send(): Promise<void> {
      await page.getByRole('tabpanel').getByRole('button', { name: words.proposals.panel.send, exact: true }).click()
      await page.getByRole('button', { name: words.proposals.decide.changeOwn }).waitFor()
      await saved(page)
    },
    async openThread(text: string): Promise<void> {
      await openTab('list')
      await page.getByRole('treeitem').filter({ hasText: text }).click()
      await page.getByRole('tabpanel').getByText(text).first().waitFor()
    },
    close: () => seat.context.close(),
  }
}
type Sitting = Awaited<ReturnType<typeof sit>>

const tapEdge = async (witness: Witness, seat: Sitting, person: string, edge: number, share: number): Promise<void> =>
  tap(seat.page, await witness.spot(seat, person, placeOn(edge, share)))
const proposed = (witness: Witness, text: string): Mark | undefined =>
  witness.marks().find(({ words }) => words.text.includes(text))
const isDrawn = (page: Page, level: keyof typeof LEVEL_COLOURS) =>
  patiently(() => ink(page, LEVEL_COLOURS[level].line)).toBeGreaterThan(30)
/** With the keyboard alone: on with Tab until one stands there. */
const tabTo = async (page: Page, to: Locator): Promise<void> => {
  for (let i = 0; i < 80; i++) {
    if (await to.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('cannot be reached by Tab')
}
const decide = (mark: string, body: object) =>
  as('ines').ask<{ stale: readonly string[] }>('POST', `/api/boards/${board.id}/proposals/${mark}/decision`, body)
const propose = async (change: Operation, text: string, at = point(90, 60)): Promise<MarkId> => {
  const uma = await as('uma').sync(board.id)
  const intent = asks('uma', change, at, newest())
  await act(atelier(), uma, { ...intent, mark: { ...intent.mark, words: { says: 'sugiero', text } } })
  uma.close()
  return intent.mark.id
}

describe.each<[Language, typeof WIDE, Language, typeof WIDE]>([
  ['es', WIDE, 'en', NARROW],
  ['en', NARROW, 'es', WIDE],
])('a trainee in %s at %o and the owner in %s at %o', (language, size, ownLanguage, ownSize) => {
  it('propose a stitch and three cuts, and answer them', async () => {
    const witness = await openWitness(house, as('beto'), board.id)
    const uma = await sit('uma', language, size)
    const ines = await sit('ines', ownLanguage, ownSize)
    const say = (what: string): string => `${what} · ${language}`
    const picture = (name: string): Promise<void> => shoot(uma.page, `${name}-${size.width}-${language}`)

    // A stitch, picked by its picture, for an edge that was tapped.
    await uma.take()
    await tapEdge(witness, uma, 'uma', ARMHOLE, 0.4)
    await uma.choose('puntada', 'stitch')
    await uma.page.locator('label').filter({ hasText: /^401/ }).click()
    await picture('proposal-stitch')
    await sound(uma.page)
    await uma.why().fill(say('La sisa revienta'))
    await uma.send()
    expect(proposed(witness, say('La sisa revienta'))!.change).toMatchObject({ op: 'stitch', stitch: '401' })

    // A cut by hand: the change is seen while the handle is dragged, and the number follows.
    await uma.take()
    await tapEdge(witness, uma, 'uma', NECK, 0.5)
    await uma.choose('corte', 'neckline')
    const lowered = async (): Promise<number> => Number.parseFloat(await uma.field('drop').inputValue())
    const began = await lowered()
    // The handle stands where the line would be: as far down from the centre as the number says.
    const centre = placeOn(NECK, 1)
    const handle = await witness.spot(uma, 'uma', { x: centre.x, y: centre.y + 10 * began })
    const to = { x: handle.x, y: handle.y + 24 }
    if (uma.phone) await slide(uma, { from: handle, to })
    else await drag(uma.page, handle, to)
    await patiently(lowered).toBeGreaterThan(began + 0.5)
    await isDrawn(uma.page, 'corte')
    await uma.page
      .getByText(new RegExp(`escote.*${language === 'es' ? 'más largo' : 'longer'}`))
      .first()
      .waitFor()
    await picture('proposal-cut')
    await sound(uma.page)
    // What is said begins with the place, and takes the amount.
    expect(await uma.why().inputValue()).toBe('Delantero, escote: ')
    await uma.page
      .getByRole('tabpanel')
      .getByRole('button', { name: uma.words.proposals.panel.send, exact: true })
      .click()
    await uma.page.getByText(uma.words.proposals.panel.sayWhy).waitFor()
    await uma.why().fill(`Delantero, escote: ${say('ahorca')},`)
    await uma.page.getByRole('group', { name: uma.words.proposals.panel.sayAmount }).getByRole('button').first().click()
    expect(await uma.why().inputValue()).toMatch(/ahorca · .., \S.* \d/)
    await uma.send()

    // A cut by numbers.
    await uma.openTab('proposal')
    await uma.page.getByLabel(uma.words.proposals.panel.piece, { exact: true }).selectOption({ label: 'Espalda' })
    await uma.choose('corte', 'lengthen')
    await uma.field('by').fill('3')
    await isDrawn(uma.page, 'corte')
    await uma.why().fill(say('La espalda queda corta'))
    await uma.send()
    expect(proposed(witness, say('La espalda queda corta'))!.change).toMatchObject({
      op: 'lengthen',
      by: 30,
      pieces: [E],
    })

    // A cut without a hand on the canvas, or on the mouse.
    const { page, words } = uma
    await uma.openTab('list')
    await page.getByRole('tab', { name: words.board.tabs.list }).press('End')
    await tabTo(page, page.getByLabel(words.proposals.panel.edge, { exact: true }))
    await page.keyboard.type('cost')
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: words.proposals.operations.ease.name }))
    await page.keyboard.press('Enter')
    await tabTo(page, uma.field('atFrom'))
    await page.keyboard.press('Control+a')
    await page.keyboard.type('0.4')
    await tabTo(page, uma.why())
    await page.keyboard.press('Control+End')
    await page.keyboard.type(say('El costado aprieta'))
    await tabTo(page, page.getByRole('tabpanel').getByRole('button', { name: words.proposals.panel.send, exact: true }))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: words.proposals.decide.changeOwn }).waitFor()
    await saved(page)
    expect(proposed(witness, say('El costado aprieta'))!.change).toMatchObject({
      op: 'ease',
      atFrom: 4,
      edge: on('d', 'costado'),
    })

    // The owner sees them arrive, of which type they are, and looks at each on the pattern.
    await ines.openTab('list')
    for (const [text, level, op] of [
      ['La sisa revienta', 'puntada', 'stitch'],
      ['ahorca', 'corte', 'neckline'],
      ['La espalda queda corta', 'corte', 'lengthen'],
      ['El costado aprieta', 'corte', 'ease'],
    ] as const) {
      const row = ines.row(say(text))
      await row.getByText(ines.words.levels[level], { exact: true }).waitFor()
      await row.getByText(ines.words.proposals.operations[op].name).waitFor()
    }
    const answer = ines.page.getByRole('group', { name: ines.words.proposals.decide.title })
    const { kinds } = ines.words.proposals.decide
    const decided = ines.words.decided
    const choose = async (kind: keyof typeof kinds): Promise<void> => {
      await answer.getByRole('radio', { name: kinds[kind], exact: true }).check()
    }
    const give = (kind: keyof typeof kinds): Promise<void> =>
      ines.page.getByRole('button', { name: kinds[kind], exact: true }).click()
    const reason = ines.page.getByLabel(
      new RegExp(`^(${ines.words.proposals.decide.motive}|${ines.words.proposals.decide.words})`),
    )

    await ines.openThread(say('La sisa revienta'))
    await isDrawn(ines.page, 'puntada')
    await choose('asked')
    await give('asked')
    await ines.page.getByText(ines.words.proposals.decide.reasonNeeded).waitFor()
    await reason.fill('¿Con qué hilo?')
    await give('asked')
    await uma.openThread(say('La sisa revienta'))
    await uma.page.getByText('¿Con qué hilo?').waitFor()
    await choose('thinking')
    const day = new Date(house.server.clock.now() + 9 * 86_400_000)
    await ines.page.locator('input[type=date]').fill(day.toISOString().slice(0, 10))
    await give('thinking')
    await uma.page.getByText(language === 'es' ? /Responde para el/ : /Answers by/).waitFor()
    await uma.page.getByText(uma.words.decided.thinking).first().waitFor()

    const before = newest()
    await ines.openThread(say('ahorca'))
    await isDrawn(ines.page, 'corte')
    await choose('accepted')
    await shoot(ines.page, `proposal-decide-${ownSize.width}-${ownLanguage}`)
    await sound(ines.page)
    await give('accepted')
    await ines.page.getByText(decided.accepted).first().waitFor()
    expect(newest()).toBe(before + 1)
    expect(versions().newest(SHEET)!.why).toMatchObject({ is: 'proposal', author: 'uma' })

    await ines.openThread(say('La espalda queda corta'))
    await choose('part')
    await ines.field('by').fill('1.5')
    await give('part')
    await ines.page.getByText(decided.part).first().waitFor()
    expect(newest()).toBe(before + 2)

    await ines.openThread(say('El costado aprieta'))
    await choose('declined')
    await give('declined')
    await ines.page.getByText(ines.words.proposals.decide.reasonNeeded).waitFor()
    expect(proposed(witness, say('El costado aprieta'))!.decision).toBeNull()
    await reason.fill('La entalladura es del modelo')
    await give('declined')
    await ines.page.getByText(decided.declined).first().waitFor()
    expect(newest()).toBe(before + 2)

    // Who proposed sees every answer, and the pattern as it became.
    await uma.openThread(say('ahorca'))
    await uma.page.getByText(uma.words.decided.accepted).first().waitFor()
    await uma.openThread(say('La espalda queda corta'))
    await uma.page.getByText(uma.words.proposals.decide.asApplied).waitFor()
    await uma.openThread(say('El costado aprieta'))
    await uma.page.getByText('La entalladura es del modelo').waitFor()
    await uma.openTab('list')
    await uma.page.getByLabel(uma.words.board.list.state, { exact: true }).selectOption('accepted')
    await uma.row(say('ahorca')).waitFor()
    await patiently(() => uma.row(say('El costado aprieta')).count()).toBe(0)
    await shoot(uma.page, `proposal-list-${size.width}-${language}`)
    await sound(uma.page)

    expect([...uma.complaints, ...ines.complaints]).toEqual([])
    for (const one of [uma, ines, witness]) await one.close()
  })
})

describe('a proposal', () => {
  it('is refused before it is made where the level does not reach', async () => {
    const witness = await openWitness(house, as('beto'), board.id)
    const tao = await sit('tao', 'es', WIDE)
    await tao.take()
    await tapEdge(witness, tao, 'tao', SIDE, 0.3)
    await tao.page.getByRole('radio', { name: tao.words.levels.corte, exact: true }).check()
    await tao.page.getByText(tao.words.refusals.say.level as string).waitFor()
    expect(await tao.page.getByRole('button', { name: tao.words.proposals.operations.ease.name }).count()).toBe(0)
    await tao.choose('puntada', 'stitch')
    await tao.page.getByRole('button', { name: tao.words.app.cancel, exact: true }).click()
    await tao.page.getByLabel(tao.words.proposals.panel.edge, { exact: true }).waitFor()
    expect(tao.complaints).toEqual([])
    for (const one of [tao, witness]) await one.close()
  })

  it.each([
    ['a mouse', WIDE],
    ['a finger', NARROW],
  ] as const)('on the edge of another is told apart on the cloth, with %s', async (by, size) => {
    const witness = await openWitness(house, as('beto'), board.id)
    const at = by === 'a mouse' ? point(20, 60) : point(140, 60)
    const older = await propose({ op: 'lengthen', pieces: [D], at: 0.5, by: 10 }, `Larga, con ${by}`, at)
    const later = await propose({ op: 'lengthen', pieces: [D], at: 0.5, by: 20 }, `Más larga, con ${by}`, at)
    const ines = await sit('ines', 'es', size)
    const [{ width }, box] = [await witness.view('ines'), await cloth(ines.page)]
    // The sheet lies at the board's origin, a unit to the millimetre.
    const laid = witness.marks().map((mark) => ({ mark, points: pointsOf(mark.shape) }) as unknown as Laid)
    const fan = fanOf(laid, box.width / width)
    const headOf = (mark: MarkId): Head => fan.get(mark) ?? UPRIGHT
    expect(headOf(older)).not.toEqual(headOf(later))
    for (const mark of [later, older]) {
      // With its thread a card comes up, and the cloth moves.
      const foot = await witness.spot(ines, 'ines', at)
      const { x, y } = headOf(mark)
      const spot = { x: foot.x + x, y: foot.y + y }
      if (by === 'a mouse') await tap(ines.page, spot)
      else await ines.page.touchscreen.tap(spot.x, spot.y)
      await patiently(() => witness.shown('ines')?.sel).toBe(mark)
    }
    await shoot(ines.page, `proposal-apart-${size.width}-es`)
    expect(ines.complaints).toEqual([])
    for (const one of [ines, witness]) await one.close()
  })

  it('half written, outlives the other language, another tab, a reload and a time without a line', async () => {
    const witness = await openWitness(house, as('beto'), board.id)
    const uma = await sit('uma', 'es', WIDE)
    const { page } = uma
    const spanish = CATALOGUE.es.proposals
    const english = CATALOGUE.en.proposals
    await uma.take()
    await tapEdge(witness, uma, 'uma', SHOULDER, 0.5)
    await uma.choose('corte', 'hem')
    await uma.field('depth').fill('1.7')
    await uma.why().fill('El hombro se abre al planchar')
    await page.getByRole('button', { name: 'English' }).click()
    const depth = page.getByLabel(english.fields.depth, { exact: true })
    await depth.waitFor()
    expect(await depth.inputValue()).toBe('1.7')
    expect(await page.getByLabel(english.panel.why).inputValue()).toBe('El hombro se abre al planchar')
    await page.getByRole('tab', { name: CATALOGUE.en.board.tabs.list, exact: true }).click()
    await page.reload()
    await table(page)
    await page.getByRole('tab', { name: CATALOGUE.en.board.tabs.proposal, exact: true }).click()
    await depth.waitFor()
    expect(await depth.inputValue()).toBe('1.7')
    expect(await page.getByLabel(english.panel.why).inputValue()).toBe('El hombro se abre al planchar')
    await isDrawn(page, 'corte')

    await uma.context.setOffline(true)
    await page.locator('[data-is="offline"]').first().waitFor()
    await page.getByRole('tabpanel').getByRole('button', { name: english.panel.send, exact: true }).click()
    await page.getByRole('button', { name: english.decide.changeOwn }).waitFor()
    expect(proposed(witness, 'El hombro se abre')).toBeUndefined()
    await uma.context.setOffline(false)
    await saved(page)
    await patiently(() => proposed(witness, 'El hombro se abre')?.change).toMatchObject({ op: 'hem', depth: 17 })

    // Taken back, brought again, changed, and found by its link.
    await page.getByRole('button', { name: CATALOGUE.en.board.undo, exact: true }).first().click()
    await patiently(() => proposed(witness, 'El hombro se abre')).toBeUndefined()
    await page.getByRole('button', { name: CATALOGUE.en.board.redo, exact: true }).first().click()
    await patiently(() => proposed(witness, 'El hombro se abre')?.change).toMatchObject({ op: 'hem', depth: 17 })
    await page.getByRole('tab', { name: CATALOGUE.en.board.tabs.list, exact: true }).click()
    await uma.row('El hombro se abre').click()
    await page.getByRole('button', { name: english.decide.changeOwn }).click()
    await depth.fill('2.2')
    await page.getByRole('tabpanel').getByRole('button', { name: CATALOGUE.en.app.save, exact: true }).click()
    await patiently(() => proposed(witness, 'El hombro se abre')?.change).toMatchObject({ depth: 22 })
    await uma.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: CATALOGUE.en.board.thread.copyLink }).click()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    const ines = await sit('ines', 'es', NARROW)
    await ines.page.goto(link)
    await table(ines.page)
    await ines.page.getByRole('heading', { name: spanish.operations.hem.name }).waitFor()
    await isDrawn(ines.page, 'corte')
    expect(uma.complaints.filter((line) => !/ERR_INTERNET_DISCONNECTED|CLOSING or CLOSED/.test(line))).toEqual([])
    for (const one of [uma, ines, witness]) await one.close()
  })

  it('goes on when the pattern changes under it, and says when what it changes is gone', async () => {
    const witness = await openWitness(house, as('beto'), board.id)
    const uma = await sit('uma', 'es', WIDE)
    const { panel, refusals } = uma.words.proposals
    await uma.take()
    await tapEdge(witness, uma, 'uma', SIDE, 0.3)
    await uma.choose('corte', 'notchMove')
    await uma.field('by').fill('2.3')
    const other = await propose({ op: 'lengthen', pieces: [D], at: 0.9, by: 10 }, 'Más larga')
    expect((await decide(other, { is: 'accepted' })).status).toBe(200)
    await uma.page.getByText(panel.newVersion({ version: newest() })).waitFor()
    expect(await uma.field('by').inputValue()).toBe('2.3')
    await isDrawn(uma.page, 'corte')
    const send = uma.page.getByRole('tabpanel').getByRole('button', { name: panel.send, exact: true })
    await patiently(() => send.isDisabled()).toBe(false)

    const removed = await propose({ op: 'notchRemove', notch: pattern.pieces[0]!.notches[0]!.id }, 'Sin piquete')
    expect((await decide(removed, { is: 'accepted' })).status).toBe(200)
    await uma.page.getByText(refusals['no-such-notch']()).waitFor()
    await uma.page.getByText(panel.tapOther).waitFor()
    await patiently(() => send.isDisabled()).toBe(true)
    await sound(uma.page)
    await uma.page.getByRole('button', { name: uma.words.app.cancel, exact: true }).click()
    expect(uma.complaints).toEqual([])
    for (const one of [uma, witness]) await one.close()
  })

  it('that another answer made impossible is told to its author, with the reason', async () => {
    const uma = await sit('uma', 'en', NARROW)
    const notch = pattern.pieces[0]!.notches[1]!.id
    const move = await propose({ op: 'notchMove', notch, by: 10 }, 'Piquete más abajo')
    const remove = await propose({ op: 'notchRemove', notch }, 'Sin piquete')
    const answer = await decide(remove, { is: 'accepted' })
    expect(answer.body.stale).toContain(move)
    await uma.openThread('Piquete más abajo')
    await uma.page.getByText(uma.words.decided.stale).first().waitFor()
    await uma.page.getByText(uma.words.proposals.refusals['no-such-notch']()).waitFor()
    await sound(uma.page)
    expect(uma.complaints).toEqual([])
    await uma.close()
  })

  it('with a number beyond its range is not sent with the number before it', async () => {
    const witness = await openWitness(house, as('beto'), board.id)
    const uma = await sit('uma', 'es', WIDE)
    await uma.take()
    await tapEdge(witness, uma, 'uma', NECK, 0.25)
    await uma.choose('corte', 'neckline')
    await uma.field('drop').fill('40')
    await uma.why().fill('Escote: mucho más abajo')
    const send = uma.page
      .getByRole('tabpanel')
      .getByRole('button', { name: uma.words.proposals.panel.send, exact: true })
    await send.click()
    await patiently(() => uma.field('drop').evaluate((field) => field === document.activeElement)).toBe(true)
    await uma.field('drop').fill('4')
    await uma.send()
    expect(proposed(witness, 'mucho más abajo')!.change).toMatchObject({ op: 'neckline', drop: 40 })
    expect(uma.complaints).toEqual([])
    for (const one of [uma, witness]) await one.close()
  })

  it('that one size cannot take says so to its owner, with the size, before it is answered', async () => {
    const before = newest()
    await propose({ op: 'lengthen', pieces: [D], at: 0.1, by: -262 }, 'Muy corta')
    const ines = await sit('ines', 'es', WIDE)
    await ines.openThread('Muy corta')
    const { decide: texts, panel } = ines.words.proposals
    const answer = ines.page.getByRole('group', { name: texts.title })
    await answer.getByRole('radio', { name: texts.kinds.accepted, exact: true }).check()
    await ines.page.getByText(new RegExp(`^${panel.inSize({ size: 'CH' })}, Delantero, costado: `)).waitFor()
    // The size in view takes it, and is drawn with it.
    await isDrawn(ines.page, 'corte')
    expect(await ines.page.getByRole('button', { name: texts.kinds.accepted, exact: true }).isDisabled()).toBe(true)
    await sound(ines.page)
    await shoot(ines.page, 'proposal-one-size-1440-es')
    expect([newest(), ines.complaints]).toEqual([before, []])
    await ines.close()
  })

  it('begins on the canvas with keys alone', async () => {
    const uma = await sit('uma', 'es', WIDE)
    const { page } = uma
    await page.getByRole('button', { name: uma.words.board.tools.propose, exact: true }).focus()
    await page.keyboard.press('Enter')
    const canvas = page.getByRole('application')
    await tabTo(page, canvas)
    // From the middle of the table to the left, until there is an edge.
    const told = page.getByText(/^Escogiste .+ de .+\.$/)
    for (let i = 0; i < 40 && (await told.count()) === 0; i++) {
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Enter')
    }
    await told.waitFor({ state: 'attached' })
    await tabTo(page, page.getByLabel(uma.words.proposals.panel.piece, { exact: true }))
    expect(uma.complaints).toEqual([])
    await uma.close()
  })
})

it('a proposal that was not accepted waits among the drafts under its name, and can be sent again', async () => {
  const witness = await openWitness(house, as('beto'), board.id)
  const seat = await house.sit({ language: 'es', size: NARROW })
  const cookie = as('uma').cookie
  const [name, value] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]
  await seat.context.addCookies([{ name, value, url: house.server.address }])
  const { page } = seat
  let spoil = false
  await page.routeWebSocket(/\/sync\//, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      // An update of the document: the first two bytes say so, and the rest is cut short.
      const spoiled = spoil && typeof message !== 'string' && message[0] === 0 && message[1] === 2
      if (spoiled) spoil = false
      server.send(spoiled ? Buffer.from([0, 2, 3, 1, 1, 255]) : message)
    })
  })
  await page.goto(`/mesas/${board.id}`)
  await table(page)
  const texts = CATALOGUE.es
  await page.getByRole('button', { name: texts.board.card.up }).click()
  await page.getByRole('tab', { name: texts.board.tabs.proposal, exact: true }).click()
  await page.getByLabel(texts.proposals.panel.edge, { exact: true }).selectOption({ label: 'hombro' })
  await page.getByRole('button', { name: texts.proposals.operations.allowance.name }).click()
  await page.getByLabel(texts.proposals.panel.why).fill('Falta margen en el hombro')
  spoil = true
  await page.getByRole('tabpanel').getByRole('button', { name: texts.proposals.panel.send, exact: true }).click()
  await page.getByText(texts.board.drafts.notice).first().waitFor()
  await saved(page)
  expect(proposed(witness, 'Falta margen')).toBeUndefined()
  await page.getByRole('tab', { name: `${texts.board.tabs.drafts} (1)` }).click()
  const draft = page.getByRole('tabpanel').getByRole('listitem')
  await draft.getByText(texts.proposals.operations.allowance.name).waitFor()
  await sound(page)
  await draft.getByRole('button', { name: texts.board.drafts.resend }).click()
  await saved(page)
  await patiently(() => proposed(witness, 'Falta margen')?.change).toMatchObject({ op: 'allowance' })
  for (const one of [seat.context, witness]) await one.close()
})
