import { describe, expect, it } from 'vitest'
import { NARROW, sit, WIDE } from '../support/browser.ts'
import { openHouse, patiently, sound } from '../support/house.ts'
import { startServer } from '../support/server.ts'

const house = openHouse()

/** Ids of the demo, by what they may do. */
const somebody = (is: (person: { role: string; admin: boolean }) => boolean): string => {
  const person = house.server.running.parts.records.people().find(is)
  if (!person) throw new Error('the demo has nobody like that')
  return person.id
}
const facilitator = () => somebody(({ role }) => role === 'facilitator')
const admin = () => somebody((one) => one.role === 'mentor' && one.admin)
const member = () => somebody((one) => one.role === 'trainee' && !one.admin)
const observer = () => somebody(({ role }) => role === 'observer')

describe('the group', () => {
  it('lets the facilitator make, change and remove a circle, and says what that does', async () => {
    const { page, context, complaints } = await house.sit({ person: facilitator() })
    await page.goto('/grupo')
    await page.getByRole('button', { name: 'Nuevo círculo' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Formar el círculo' }).click()
    await dialog.getByText('Falta llenar este campo.').waitFor()
    await dialog.getByLabel('Nombre del círculo').fill('mezclilla')
    await dialog.getByText('Ya hay un círculo con ese nombre').waitFor()
    await dialog.getByLabel('Nombre del círculo').fill('Novias')
    const boxes = dialog.getByRole('checkbox')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await sound(page)
    await dialog.getByRole('button', { name: 'Formar el círculo' }).click()

    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Novias' }) })
    await card.getByText('2 empresas').waitFor()

    await card.getByRole('button', { name: 'Cambiar el círculo Novias' }).click()
    await boxes.nth(0).uncheck()
    await dialog.getByText('deja de ver las mesas abiertas a él').waitFor()
    await dialog.getByLabel('Nombre del círculo').fill('Novias y gala')
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    const renamed = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Novias y gala' }) })
    await renamed.getByText('1 empresa', { exact: true }).waitFor()

    await renamed.getByRole('button', { name: 'Quitar el círculo Novias y gala' }).click()
    await sound(page)
    await dialog.getByRole('button', { name: 'Quitar el círculo' }).click()
    await patiently(() => page.getByRole('heading', { name: 'Novias y gala' }).count()).toBe(0)
    expect(house.server.running.parts.records.circles().map(({ name }) => name)).not.toContain('Novias y gala')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('tells an invitation once, does not lose it by a slip, lists it and withdraws it', async () => {
    const { page, context } = await house.sit({ person: facilitator(), size: NARROW })
    await page.goto('/grupo')
    await page.getByRole('button', { name: 'Invitar', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Crear el enlace' }).click()
    await dialog.getByText('Falta llenar este campo.').waitFor()
    await dialog.getByLabel('Nombre de la empresa').fill('Bordados Huentitán')
    await dialog.getByLabel('Vence el').fill('2020-01-01')
    await dialog.getByText('Elige un día de hoy en adelante').waitFor()
    await sound(page)
    const inTwoWeeks = new Date(Date.now() + 14 * 24 * 3_600_000)
    await dialog.getByLabel('Vence el').fill(inTwoWeeks.toISOString().slice(0, 10))
    await dialog.getByRole('button', { name: 'Crear el enlace' }).click()

    const link = await dialog.getByLabel('Enlace de la invitación').inputValue()
    expect(link).toMatch(new RegExp(`^${house.server.address}/invitacion/[\\w-]{20,}$`))
    await dialog.getByText('Sirve una sola vez').waitFor()
    await sound(page)
    await page.keyboard.press('Escape')
    await dialog.getByText('Todavía no lo copias').waitFor()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await dialog.getByRole('button', { name: 'Copiar enlace' }).click()
    await dialog.getByText('Enlace copiado').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
    await dialog.getByRole('button', { name: 'Listo' }).click()

    const row = page.getByRole('listitem').filter({ hasText: 'Bordados Huentitán' })
    await row.getByText('sin usar').waitFor()
    expect(await page.content()).not.toContain(link)
    await row.getByRole('button', { name: 'Retirar la invitación: Bordados Huentitán' }).click()
    await dialog.getByRole('button', { name: 'Retirar' }).click()
    await row.getByText('retirada').waitFor()
    const guest = await house.sit()
    await guest.page.goto(link)
    await guest.page.getByText('Esta invitación se retiró').waitFor()
    await guest.context.close()
    await context.close()
  })

  it('shows each role what it may do and nothing else', async () => {
    const sees = async (person: string, all: Record<'invites' | 'arranges' | 'totals', number>): Promise<void> => {
      const { page, context } = await house.sit({ person })
      await page.goto('/grupo')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await patiently(async () => ({
        invites: await page.getByRole('button', { name: 'Invitar', exact: true }).count(),
        arranges: await page.getByRole('button', { name: 'Nuevo círculo' }).count(),
        totals: await page.getByRole('heading', { name: 'En números' }).count(),
      })).toEqual(all)
      await context.close()
    }
    await sees(facilitator(), { invites: 1, arranges: 1, totals: 1 })
    await sees(admin(), { invites: 1, arranges: 0, totals: 0 })
    await sees(member(), { invites: 0, arranges: 0, totals: 0 })
    await sees(observer(), { invites: 0, arranges: 0, totals: 1 })
  })

  it('says what went wrong and asks again when told to', async () => {
    const { page, context } = await house.sit({ person: admin() })
    let down = true
    await page.route('**/api/invitations', (route) =>
      down ? route.fulfill({ status: 500, body: '{}' }) : route.continue(),
    )
    await page.goto('/grupo')
    await page.getByRole('alert').getByText('Contestó algo que no es la sala').waitFor()
    await sound(page)
    down = false
    await page.getByRole('button', { name: 'Intentar de nuevo' }).click()
    await page.getByText('No hay invitaciones.').waitFor()
    await context.close()
  })
})

describe('the account', () => {
  for (const size of [WIDE, NARROW])
    for (const [language, title] of [
      ['es', 'Mi cuenta'],
      ['en', 'My account'],
    ] as const)
      it(`is sound in ${language} at ${size.width} px`, async () => {
        const { page, context, complaints } = await house.sit({ person: member(), size })
        await page.goto('/cuenta')
        await page.getByRole('radio', { name: language === 'es' ? 'Español (México)' : 'English' }).click()
        await page.getByRole('heading', { level: 1, name: title }).waitFor()
        await sound(page)
        await page.goto('/grupo')
        await page.getByRole('heading', { level: 2 }).first().waitFor()
        await sound(page)
        expect(complaints).toEqual([])
        await context.close()
      })

  it('remembers that single keys are turned off', async () => {
    const { page, context } = await house.sit({ person: member() })
    await page.goto('/cuenta')
    await page.getByLabel('Atajos de una tecla').uncheck()
    await page.reload()
    await patiently(() => page.getByLabel('Atajos de una tecla').isChecked()).toBe(false)
    await context.close()
  })

  it('ends one other sign-in, then all others, and keeps this one', async () => {
    const person = somebody((one) => one.role === 'trainee' && one.admin)
    const others = await Promise.all([1, 2, 3].map(() => house.server.as(person)))
    const { page, context } = await house.sit({ person })
    await page.goto('/cuenta')
    const end = page.getByRole('button', { name: /^Cerrar la sesión en/ })
    await patiently(() => end.count()).toBe(3)
    await end.first().click()
    await patiently(() => end.count()).toBe(2)
    await page.getByRole('button', { name: 'Cerrar las demás' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 aparatos tendrán que entrar de nuevo').waitFor()
    await dialog.getByRole('button', { name: 'Cerrar las demás' }).click()
    await page.getByText('Tu cuenta solo está abierta aquí.').waitFor()
    for (const other of others) expect((await other.ask('GET', '/api/me')).status).toBe(401)
    await page.getByRole('button', { name: 'Ser otra persona' }).last().click()
    await page.getByRole('heading', { name: '¿Quién quieres ser hoy?' }).waitFor()
    expect(await page.getByText('Tu sesión terminó').count()).toBe(0)
    await context.close()
  })

  it('changes a password, and says when the old one is not that', async () => {
    const real = await startServer({ data: true })
    try {
      const { page, context } = await sit(house.browser, real.address)
      const old = 'una aguja y dos dedales'
      const next = 'tres carretes de hilo rojo'
      const made = await context.request.post('/api/first-run', {
        data: { group: 'Generación 2026', name: 'Amparo', email: 'amparo@ejemplo.mx', password: old },
        headers: { origin: real.address },
      })
      expect(made.ok()).toBe(true)
      await page.goto('/cuenta')
      const change = page.getByRole('button', { name: 'Cambiar la contraseña' })
      await page.getByLabel('Contraseña actual').fill('no era esa para nada')
      await page.getByLabel('Contraseña nueva').fill('corta')
      await change.click()
      await page.getByText('Le faltan 7 caracteres').waitFor()
      await page.getByLabel('Contraseña nueva').fill(next)
      await change.click()
      await page.getByText('La contraseña actual no es esa.').waitFor()
      await sound(page)
      await page.getByLabel('Contraseña actual').fill(old)
      await change.click()
      await page.getByText('Contraseña cambiada.').first().waitFor()
      const signIn = (password: string) =>
        real.with('').ask('POST', '/api/sign-in', { email: 'amparo@ejemplo.mx', password })
      expect((await signIn(old)).status).toBe(401)
      expect((await signIn(next)).status).toBe(200)

      await page.goto('/grupo')
      await page.getByText('Todavía no hay empresas.').waitFor()
      await page.getByText('Todavía no hay círculos.').waitFor()
      await sound(page)
      await context.close()
    } finally {
      await real.stop()
    }
  })
})
