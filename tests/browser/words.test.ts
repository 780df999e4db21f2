import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Mark, pointsOf } from '../../shared/domain/mark.ts'
import { NARROW, type Seat, WIDE } from '../support/browser.ts'
import { atCloth, cloth, openWitness, pinByNumbers, tap, type Witness } from '../support/hands.ts'
import { openHouse, patiently, saved, table } from '../support/house.ts'

const house = openHouse()
/** Inés' firm owns the board; Tao's and Efraín's firms share its circle. */
const BOARD = 'pantalon'
const atTable = (person: string, given: Parameters<typeof house.sit>[0] = {}) =>
  atCloth(house, BOARD, { ...given, person })

const rows = (page: Page) => page.locator('[role=treeitem][aria-level="2"]')
const row = (page: Page, text: string) => rows(page).filter({ hasText: text })
/** Whose eyes are on a mark: it is selected, and within what they see. */
const standsBefore = async (witness: Witness, person: string, mark: Mark): Promise<void> => {
  await patiently(() => witness.shown(person)?.sel).toBe(mark.id)
  const sheet = house.server.running.parts.records.sheet(mark.sheet)!
  const [point] = pointsOf(mark.shape)
  const x = sheet.place.x + point!.x * sheet.mmPerUnit
  const y = sheet.place.y + point!.y * sheet.mmPerUnit
  await patiently(async () => {
    const view = await witness.view(person)
    return x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height
  }).toBe(true)
}

describe('words at the table', () => {
  it('are edited by who wrote them, which shows; settled by author or owner, and opened again', async () => {
    const tao = await atTable('tao', { size: NARROW, language: 'en' })
    const ines = await atTable('ines', { size: WIDE })
    const efrain = await atTable('efrain', { size: WIDE })
    await tao.page.getByRole('button', { name: 'Open the card' }).click()
    await pinByNumbers(tao.page, 'La pretina cierra en 4 cm')
    await row(ines.page, 'La pretina cierra en 4 cm').click()
    await ines.page.getByLabel('Tu respuesta').fill('¿4 con costuras?')
    await ines.page.getByRole('button', { name: 'Responder', exact: true }).click()
    await saved(ines.page)
    expect(await ines.page.getByText(/editado/).count()).toBe(0)

    await tao.page.getByText('¿4 con costuras?').first().waitFor()
    await tao.page.getByRole('button', { name: 'Edit', exact: true }).click()
    await tao.page.getByLabel('Say it in workshop words').fill('La pretina cierra en 4.5 cm')
    await tao.page.getByRole('button', { name: 'Save change' }).click()
    await saved(tao.page)
    await tao.page
      .getByText(/edited now/)
      .first()
      .waitFor()
    const thread = ines.page.getByRole('tabpanel')
    await thread.getByText('La pretina cierra en 4.5 cm').waitFor()
    await thread.getByText(/editado ahora/).waitFor()
    expect(await thread.getByText(/editado/).count()).toBe(1)

    // A reply is edited by its author alone, too.
    await thread.getByRole('button', { name: 'Editar lo que escribió Inés Robles' }).click()
    await thread.getByLabel('Tu respuesta').fill('¿4.5 ya con costuras?')
    await thread.getByRole('button', { name: 'Guardar cambio' }).click()
    await saved(ines.page)
    await tao.page.getByText('¿4.5 ya con costuras?').first().waitFor()
    expect(await tao.page.getByRole('button', { name: 'Edit what Inés Robles wrote' }).count()).toBe(0)

    // Neither author nor owner of the board: Efraín reads and answers.
    await row(efrain.page, 'La pretina cierra en 4.5 cm').click()
    await efrain.page.getByLabel('Tu respuesta').waitFor()
    expect(await efrain.page.getByRole('button', { name: 'Resolver', exact: true }).count()).toBe(0)
    await ines.page.getByRole('button', { name: 'Resolver', exact: true }).click()
    await efrain.page
      .getByText(/La resolvió Inés Robles/)
      .first()
      .waitFor()
    await tao.page.getByRole('button', { name: 'Reopen', exact: true }).click()
    await patiently(() => efrain.page.getByText(/La resolvió Inés Robles/).count()).toBe(0)
    await ines.page.getByRole('button', { name: 'Resolver', exact: true }).waitFor()
    expect([...tao.complaints, ...ines.complaints, ...efrain.complaints]).toEqual([])
    for (const { context } of [tao, ines, efrain]) await context.close()
  })

  it('call somebody by name, who finds it at home; a link leads to the mark and nobody past the door', async () => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const tao = await atTable('tao', { size: WIDE, language: 'en' })
    await tao.page.getByRole('button', { name: 'Add a mark' }).click()
    const dialog = tao.page.getByRole('dialog')
    await dialog.getByRole('textbox').nth(0).fill('11')
    await dialog.getByRole('textbox').nth(1).fill('21')
    await dialog.locator('textarea').pressSequentially('Who irons this seam, @efra')
    await dialog.getByRole('option', { name: /Efraín Orozco/ }).waitFor()
    await dialog.locator('textarea').press('Enter')
    await dialog.locator('textarea').pressSequentially('or us?')
    await dialog.getByRole('button', { name: 'Put the mark' }).click()
    await saved(tao.page)
    await patiently(() => witness.mark('Who irons this seam, @[efrain] or us?') !== undefined).toBe(true)
    const mark = witness.mark('Who irons this seam, @[efrain] or us?')!

    const efrain = await house.sit({ person: 'efrain', size: NARROW })
    await efrain.page.goto('/')
    const mentions = efrain.page.locator('section').filter({
      has: efrain.page.getByRole('heading', { name: /^Te mencionaron/ }),
    })
    await mentions
      .getByRole('link', { name: /Who irons this seam, @Efraín Orozco or us\?/ })
      .first()
      .click()
    await table(efrain.page)
    await efrain.page.getByText('Who irons this seam,').first().waitFor()
    await efrain.page.getByLabel('Tu respuesta').waitFor()
    await standsBefore(witness, 'efrain', mark)

    await tao.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await tao.page.getByRole('button', { name: 'Copy link' }).click()
    await tao.page.getByText('Link copied.').first().waitFor()
    const link = await tao.page.evaluate(() => navigator.clipboard.readText())
    const rogelio = await house.sit({ person: 'rogelio', size: WIDE, language: 'en' })
    await rogelio.page.goto(link)
    await table(rogelio.page)
    await rogelio.page.getByLabel('Your reply').waitFor()
    await rogelio.page.getByRole('tabpanel').getByText('Who irons this seam,').waitFor()
    await standsBefore(witness, 'rogelio', mark)

    const consuelo = await house.sit({ person: 'consuelo', size: NARROW })
    await consuelo.page.goto(link)
    await consuelo.page.getByRole('heading', { name: 'Aquí no hay nada' }).waitFor()
    expect(await consuelo.page.getByText('Who irons').count()).toBe(0)
    expect([...tao.complaints, ...efrain.complaints, ...rogelio.complaints]).toEqual([])
    for (const one of [tao.context, efrain.context, rogelio.context, consuelo.context, witness]) await one.close()
  })

  it.each(['@Efraín Orozco va', '@nadie'])('are sent by the first click, though a name was last: %s', async (text) => {
    const { page, context } = await atTable('tao')
    await rows(page).first().click()
    await page.getByLabel('Tu respuesta').pressSequentially(text)
    await page.getByRole('button', { name: 'Responder', exact: true }).click()
    await patiently(() => page.getByLabel('Tu respuesta').inputValue()).toBe('')
    await page.getByRole('tabpanel').getByText(text).waitFor()
    await context.close()
  })

  it.each([
    { language: 'es', size: NARROW, firm: 'Empresa', type: 'Tipo', state: 'Estado', open: 'Abrir la tarjeta' },
    { language: 'en', size: WIDE, firm: 'Firm', type: 'Type', state: 'State', open: null },
  ] as const)('are sifted by firm, type and state, in $language', async (given) => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const seat = await atTable('efrain', { language: given.language, size: given.size })
    const { page } = seat
    if (given.open) await page.getByRole('button', { name: given.open }).click()
    const firmOf = (mark: Mark) => house.server.running.parts.records.person(mark.author)?.firm
    const all = witness.marks()
    const shows = async (keep: (mark: Mark) => boolean): Promise<void> => {
      const kept = all.filter(keep)
      expect(kept.length).toBeLessThan(all.length)
      await patiently(() => rows(page).count()).toBe(kept.length)
      for (const { words } of kept) await row(page, words.text.slice(0, 25).split('@')[0]!).first().waitFor()
      await page
        .getByText(new RegExp(`^${kept.length} (de|of) ${all.length}$`))
        .first()
        .waitFor()
    }
    await patiently(() => rows(page).count()).toBe(all.length)
    await page.getByLabel(given.firm, { exact: true }).selectOption('dedal')
    await shows((mark) => firmOf(mark) === 'dedal')
    await page.getByLabel(given.state, { exact: true }).selectOption('resolved')
    await shows((mark) => firmOf(mark) === 'dedal' && mark.resolved !== null)
    await page.getByLabel(given.firm, { exact: true }).selectOption('')
    await page.getByLabel(given.state, { exact: true }).selectOption('open')
    await shows((mark) => mark.resolved === null)
    await page.getByLabel(given.type, { exact: true }).selectOption('pregunto')
    await shows((mark) => mark.resolved === null && mark.words.says === 'pregunto')
    expect(seat.complaints).toEqual([])
    for (const one of [seat.context, witness]) await one.close()
  })

  it('that are sifted out are not on the canvas either', async () => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const { page, context } = await atTable('efrain', { size: WIDE })
    const pin = witness
      .marks()
      .find(({ shape, author, sheet }) => shape.kind === 'pin' && author === 'tao' && sheet === 'pantalonplano')!
    const [point] = pointsOf(pin.shape)
    const spot = await witness.spot({ page } as Seat, 'efrain', point!)
    await page.getByLabel('Empresa', { exact: true }).selectOption('altamira')
    const box = await cloth(page)
    await tap(page, spot)
    await tap(page, { x: box.x + 40, y: box.y + 40 })
    expect(await page.getByRole('tab', { name: 'Marcas' }).getAttribute('aria-selected')).toBe('true')
    await page.getByRole('button', { name: 'Quitar filtros' }).click()
    await tap(page, spot)
    await patiently(() => witness.shown('efrain')?.sel).toBe(pin.id)
    // Nor are they in hand any more.
    await page.getByRole('tab', { name: 'Marcas' }).click()
    await page.getByLabel('Empresa', { exact: true }).selectOption('altamira')
    await patiently(() => witness.shown('efrain')?.sel ?? null).toBe(null)
    for (const one of [context, witness]) await one.close()
  })
})

describe('undo and redo', () => {
  it('take back and bring again one’s own acts, never another’s, whoever acted last', async () => {
    const witness = await openWitness(house, 'lupita', BOARD)
    const tao = await atTable('tao', { size: WIDE })
    const ines = await atTable('ines', { size: NARROW, language: 'en' })
    await ines.page.getByRole('button', { name: 'Open the card' }).click()
    const taos = (name: string) => tao.page.getByRole('button', { name, exact: true }).first()
    const inesS = (name: string) => ines.page.getByRole('button', { name, exact: true }).first()
    const list = async (): Promise<void> => {
      await tao.page.getByRole('tab', { name: 'Marcas' }).click()
      await ines.page.getByRole('tab', { name: 'Marks' }).click()
    }
    const add = async (seat: Seat, text: string): Promise<void> => {
      await list()
      await pinByNumbers(seat.page, text)
      await saved(seat.page)
    }
    const there = async (texts: string): Promise<void> => {
      const told = () =>
        witness
          .marks()
          .map(({ words }) => words.text)
          .filter((text) => /^(Tao|Inés) \d$/.test(text))
          .sort()
          .join(', ')
      await patiently(told).toBe(texts)
      // On both screens, whoever did it.
      await list()
      for (const { page } of [tao, ines])
        await patiently(
          async () =>
            (await rows(page)
              .filter({ hasText: /(Tao|Inés) \d/ })
              .count()) === (texts === '' ? 0 : texts.split(', ').length),
        ).toBe(true)
    }
    await add(tao, 'Tao 1')
    await add(ines, 'Inés 1')
    await add(tao, 'Tao 2')
    await add(ines, 'Inés 2')
    await there('Inés 1, Inés 2, Tao 1, Tao 2')
    await taos('Deshacer').click()
    await there('Inés 1, Inés 2, Tao 1')
    await taos('Deshacer').click()
    await there('Inés 1, Inés 2')
    await patiently(() => taos('Deshacer').isDisabled()).toBe(true)
    await inesS('Undo').click()
    await there('Inés 1')
    await taos('Rehacer').click()
    await there('Inés 1, Tao 1')
    await inesS('Redo').click()
    await there('Inés 1, Inés 2, Tao 1')
    await taos('Rehacer').click()
    await there('Inés 1, Inés 2, Tao 1, Tao 2')
    await patiently(() => taos('Rehacer').isDisabled()).toBe(true)

    // What another has answered meanwhile is not pulled from under their words.
    await row(ines.page, 'Tao 2').click()
    await ines.page.getByLabel('Your reply').fill('This one stays')
    await ines.page.getByRole('button', { name: 'Reply', exact: true }).click()
    await saved(ines.page)
    await row(tao.page, 'Tao 2').filter({ hasText: '1 respuesta' }).waitFor()
    await taos('Deshacer').click()
    await there('Inés 1, Inés 2, Tao 2')
    expect([...tao.complaints, ...ines.complaints]).toEqual([])
    for (const one of [tao.context, ines.context, witness]) await one.close()
  })
})
