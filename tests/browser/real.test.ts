import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { NARROW } from '../support/browser.ts'
import { svg } from '../support/files.ts'
import { openHouse, table } from '../support/house.ts'

const house = openHouse({ data: true })

const account = async (page: Page, name: string, email: string): Promise<void> => {
  await page.getByLabel('Tu nombre').fill(name)
  await page.getByLabel('Correo').fill(email)
  await page.getByLabel('Contraseña', { exact: true }).fill('hilo de coser, no de la tela')
}

/** The facilitator invites a firm; the link is what the page shows once. */
const inviteFirm = async (page: Page, name: string): Promise<string> => {
  await page.goto('/grupo')
  await page.getByRole('button', { name: 'Invitar', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Nombre de la empresa').fill(name)
  await dialog.getByRole('button', { name: 'Crear el enlace' }).click()
  return dialog.getByLabel('Enlace de la invitación').inputValue()
}

it('takes a group from an empty folder to two rivals at one table, by its own pages alone', async () => {
  const facilitator = await house.sit()
  await facilitator.page.goto('/')
  await facilitator.page.getByLabel('Nombre del grupo').fill('Generación 2026')
  await account(facilitator.page, 'Amparo', 'amparo@universidad.example')
  await facilitator.page.getByRole('button', { name: 'Abrir la sala' }).click()
  await facilitator.page.getByRole('heading', { name: 'La sala, desde tu lugar' }).waitFor()
  const links = [
    await inviteFirm(facilitator.page, 'Mezclillas Altamira'),
    await inviteFirm(facilitator.page, 'Taller Dedal'),
  ] as const

  const ines = await house.sit()
  await ines.page.goto(links[0])
  await account(ines.page, 'Inés', 'ines@altamira.example')
  await ines.page.getByRole('button', { name: 'Aceptar y entrar' }).click()
  await ines.page.getByRole('heading', { name: /Hola, Inés/ }).waitFor()

  const tao = await house.sit({ size: NARROW })
  await tao.page.goto(links[1])
  await account(tao.page, 'Tao', 'tao@dedal.example')
  await tao.page.getByRole('button', { name: 'Aceptar y entrar' }).click()
  await tao.page.getByRole('heading', { name: /Hola, Tao/ }).waitFor()

  const late = await house.sit()
  await late.page.goto(links[1])
  await late.page.getByRole('heading', { name: 'Esta invitación ya se usó' }).waitFor()

  await facilitator.page.goto('/grupo')
  await facilitator.page.getByRole('button', { name: 'Nuevo círculo' }).click()
  const circle = facilitator.page.getByRole('dialog')
  await circle.getByLabel('Nombre del círculo').fill('Mezclilla')
  await circle.getByRole('checkbox').nth(0).check()
  await circle.getByRole('checkbox').nth(1).check()
  await circle.getByRole('button', { name: 'Formar el círculo' }).click()
  await circle.waitFor({ state: 'detached' })

  // Whoever has nothing yet begins where they stand.
  await ines.page.getByRole('button', { name: 'Nueva colección' }).click()
  await ines.page.getByRole('dialog').getByLabel('Nombre').fill('Trabajo 2026')
  await ines.page.getByRole('dialog').getByRole('button', { name: 'Nueva colección' }).click()
  await ines.page.getByRole('button', { name: 'Nueva mesa' }).first().click()
  await ines.page.getByRole('dialog').getByLabel('Título de la mesa').fill('Bolsa trasera')
  await ines.page.getByRole('dialog').getByRole('button', { name: 'Nueva mesa' }).click()
  await ines.page.waitForURL(/\/mesas\//)
  await ines.page.getByRole('tab', { name: 'Hojas' }).click()
  const drawing = svg('<path d="M10 10h120v140l-60 40-60-40z" fill="none" stroke="#000"/>')
  await ines.page
    .getByLabel('Subir archivo')
    .last()
    .setInputFiles({ name: 'bolsa.svg', mimeType: '', buffer: Buffer.from(drawing) })
  await ines.page.getByText('Listo: 1 hoja en la mesa.').first().waitFor()

  // Until the owner opens it, the table is not there for the other firm.
  const address = new URL(ines.page.url()).pathname
  await tao.page.goto(address)
  await tao.page.getByRole('heading', { name: 'Aquí no hay nada' }).waitFor()

  await ines.page.getByRole('button', { name: 'Solo tu empresa' }).click()
  await ines.page.getByRole('button', { name: 'Abrir a un círculo' }).click()
  await ines.page.getByRole('button', { name: 'Abrir la mesa' }).click()
  await ines.page
    .getByText(/La mesa está abierta a Mezclilla/)
    .first()
    .waitFor()

  // Until when is said where it was opened, and so is the way to close it.
  await ines.page.getByText(/^Mezclilla, hasta el /).waitFor()
  await ines.page.getByRole('button', { name: 'Cerrar ahora a Mezclilla' }).waitFor()

  await tao.page.goto('/')
  await tao.page
    .getByRole('link', { name: /Bolsa trasera/ })
    .first()
    .click()
  await table(tao.page)
  // The original is for its owner alone, whoever else may look.
  const { records } = house.server.running.parts
  const sheet = records.boards().flatMap(({ id }) => records.sheetsOf(id))[0]
  const asked = (context: typeof tao.context) => context.request.get(`/api/sheets/${sheet?.id}/original`)
  expect((await asked(ines.context)).status()).toBe(200)
  expect((await asked(tao.context)).status()).toBe(403)

  for (const { context } of [facilitator, ines, tao, late]) await context.close()
})
