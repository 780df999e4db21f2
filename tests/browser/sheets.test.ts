import { describe, expect, it } from 'vitest'
import type { BoardId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { NARROW, WIDE } from '../support/browser.ts'
import { pdf, png, svg } from '../support/files.ts'
import { openHouse, patiently, sound } from '../support/house.ts'
import { fileOf, openSheets } from '../support/uploads.ts'

const house = openHouse()

/** A board of the demo with a person of the firm that owns it, and one of another firm that may see it. */
const table = (): { board: BoardId; owner: string; guest: string } => {
  const { records } = house.server.running.parts
  for (const board of records.boards()) {
    const owner = records.people().find(({ firm, admin }) => firm === board.firm && admin)
    const circle = records.circles().find(({ id }) => board.openings.some((o) => o.circle === id))
    const guest = records
      .people()
      .find(({ firm }) => firm !== null && firm !== board.firm && circle?.firms.includes(firm))
    if (owner && guest) return { board: board.id, owner: owner.id, guest: guest.id }
  }
  throw new Error('the demo has no board that is open to others')
}
const sheetsOf = (board: BoardId): readonly Sheet[] => house.server.running.parts.records.sheetsOf(board)
const named = (board: BoardId, name: string): Sheet | undefined => sheetsOf(board).find((s) => s.name === name)

describe('sheets on the table', () => {
  it('come from files one after the other, and what was not taken is said', async () => {
    const { board, owner } = table()
    const { page, context, complaints } = await house.sit({ person: owner })
    await openSheets(page, board)
    const before = sheetsOf(board).length
    await page
      .getByLabel('Subir archivo')
      .last()
      .setInputFiles([
        fileOf('bolsa.svg', svg('<rect x="10" y="10" width="50" height="30"/><script>alert(1)</script>')),
        fileOf('tela.png', png(40, 30)),
        fileOf('viejo.dxf', new TextEncoder().encode('  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n  0\nEOF\n')),
      ])
    const uploads = page.getByRole('list', { name: 'Subidas' }).getByRole('listitem')
    const drawing = uploads.filter({ hasText: 'bolsa.svg' })
    await drawing.getByText('Listo: 1 hoja en la mesa.').first().waitFor()
    await uploads.filter({ hasText: 'tela.png' }).getByText('Listo').first().waitFor()
    await uploads.filter({ hasText: 'viejo.dxf' }).getByRole('alert').waitFor()
    await drawing.getByText('no se ejecutan ni se guardan').waitFor()
    expect(sheetsOf(board).length).toBe(before + 2)
    await sound(page)

    for (let left = await page.getByRole('button', { name: 'Quitar de la lista' }).count(); left > 0; left--)
      await page.getByRole('button', { name: 'Quitar de la lista' }).first().click()
    await patiently(() => page.getByRole('list', { name: 'Subidas' }).count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('are named, moved step by step, given a scale and put away', async () => {
    const { board, owner } = table()
    const { page, context, complaints } = await house.sit({ person: owner })
    await openSheets(page, board)
    await page
      .getByLabel('Subir archivo')
      .last()
      .setInputFiles([fileOf('manga.png', png(400, 300))])
    await patiently(() => named(board, 'manga')?.name ?? named(board, 'manga.png')?.name).toBeTruthy()
    const fresh = sheetsOf(board).at(-1) as Sheet
    const acts = (name: string) => page.getByRole('group', { name: `Acciones de ${name}` })

    await acts(fresh.name).getByRole('button', { name: 'Cambiar nombre' }).click()
    await page.getByLabel('Nombre de la hoja').fill('Manga izquierda')
    await page.getByRole('button', { name: 'Guardar', exact: true }).click()
    await patiently(() => named(board, 'Manga izquierda')?.id).toBe(fresh.id)

    const row = page.getByRole('listitem').filter({ has: acts('Manga izquierda') })
    await row.getByText('Mover poco a poco').click()
    const from = fresh.place
    for (let i = 0; i < 3; i++) await row.getByRole('button', { name: 'A la derecha', exact: true }).click()
    await row.getByRole('button', { name: 'A la derecha', exact: true }).press('ArrowDown')
    await row.getByRole('button', { name: 'Girar a la derecha' }).click()
    await patiently(() => named(board, 'Manga izquierda')?.place).toEqual({ x: from.x + 30, y: from.y + 10, turn: 1 })

    await acts('Manga izquierda').getByRole('button', { name: 'Dar escala' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Largo real').fill('20')
    await dialog.getByText('abarca 20 cm × 15 cm').waitFor()
    await sound(page)
    await dialog.getByRole('button', { name: 'Usar esta escala' }).click()
    await patiently(() => named(board, 'Manga izquierda')?.mmPerUnit).toBe(0.5)

    await acts('Manga izquierda').getByRole('button', { name: 'Guardar aparte' }).click()
    await row.getByText('no se dibuja').waitFor()
    await acts('Manga izquierda').getByRole('button', { name: 'Volver a la mesa' }).click()
    await patiently(() => named(board, 'Manga izquierda')?.away).toBe(false)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('are laid together as pages of one pattern, on a phone too', async () => {
    const { board, owner } = table()
    const { page, context, complaints } = await house.sit({ person: owner, size: NARROW })
    await page.goto(`/mesas/${board}`)
    await page.getByRole('button', { name: 'Abrir la tarjeta' }).click()
    await page.getByRole('button', { name: 'Tarjeta completa' }).click()
    await page.getByRole('tab', { name: 'Hojas' }).click()
    const bytes = await pdf((document) => {
      for (let i = 0; i < 3; i++) document.addPage([300, 200])
    })
    await page
      .getByLabel('Subir archivo')
      .last()
      .setInputFiles([fileOf('mosaico.pdf', bytes)])
    await page.getByText('Listo: 4 hojas en la mesa.').first().waitFor()
    await sound(page)
    const pages = sheetsOf(board).slice(-4)

    await page.getByRole('button', { name: 'Unir páginas' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: 'Todas' }).check()
    await dialog.getByRole('checkbox', { name: 'Todas' }).uncheck()
    for (const { name } of pages) await dialog.getByRole('checkbox', { name }).check()
    await dialog.getByLabel('Columnas').fill('2')
    await dialog.getByLabel('Traslape').fill('9999')
    await dialog.getByText('no dejan nada de la página').waitFor()
    await dialog.getByLabel('Traslape').fill('10')
    await dialog.getByText('Juntas ocupan').waitFor()
    await sound(page)
    await dialog.getByRole('button', { name: 'Acomodar' }).click()
    const [first] = pages as [Sheet]
    const across = first.width * first.mmPerUnit - 10
    const down = first.height * first.mmPerUnit - 10
    await patiently(() =>
      sheetsOf(board)
        .slice(-4)
        .map(({ place }) => [Math.round(place.x - first.place.x), Math.round(place.y - first.place.y)]),
    ).toEqual([
      [0, 0],
      [Math.round(across), 0],
      [0, Math.round(down)],
      [Math.round(across), Math.round(down)],
    ])
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('who looked', () => {
  it('is read by the owner, with the code that was burned in; a guest reads of their own firm alone', async () => {
    const { board, owner, guest } = table()
    const seen = await house.sit({ person: guest, size: WIDE })
    await seen.page.goto(`/mesas/${board}`)
    const register = () => house.server.running.parts.register.ofBoard(board, 1000)
    await patiently(() => register().some(({ person }) => person === guest)).toBe(true)
    await seen.page.getByRole('tab', { name: 'Quién lo vio' }).click()
    await seen.page.getByText('La bitácora completa la lee la empresa dueña').waitFor()
    const looks = seen.page.getByRole('tabpanel', { name: 'Quién lo vio' }).getByRole('listitem')
    await looks
      .filter({ hasText: register().find(({ person }) => person === guest)?.code ?? 'no row' })
      .first()
      .waitFor()
    await sound(seen.page)
    await seen.page.getByRole('tab', { name: 'Hojas' }).click()
    expect(await seen.page.getByRole('button', { name: 'Subir archivo' }).count()).toBe(0)
    await seen.context.close()

    const { page, context, complaints } = await house.sit({ person: owner })
    await page.goto(`/mesas/${board}`)
    await page.getByRole('tab', { name: 'Quién lo vio' }).click()
    const theirs = register().find(({ person }) => person === guest)
    await page.getByText(theirs?.code ?? 'no row').waitFor()
    await sound(page)
    expect(complaints).toEqual([])
    await context.close()
  })
})
