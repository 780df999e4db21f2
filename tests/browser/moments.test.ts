import { describe, expect, it } from 'vitest'
import { COLOURS, firmColour } from '../../client/canvas/looks.ts'
import { en } from '../../client/words/en.ts'
import { es } from '../../client/words/es.ts'
import { type Language, NARROW, type Seat, shoot, WIDE } from '../support/browser.ts'
import { atCloth, cloth, ink, openWitness, pinByNumbers, type Spot, slide, tap } from '../support/hands.ts'
import { openHouse, patiently, saved, sound, table } from '../support/house.ts'

const house = openHouse()

/** Moments of a board that no address leads to: pictures of them, and each clean to axe. */
describe.each<[Language, typeof WIDE]>([
  ['es', WIDE],
  ['es', NARROW],
  ['en', WIDE],
  ['en', NARROW],
])('in %s at %o', (language, size) => {
  const words = { es, en }[language]
  const phone = size === NARROW
  const picture = async ({ page, context, complaints }: Seat, name: string): Promise<void> => {
    await page.waitForLoadState('networkidle')
    await shoot(page, `${name}-${size.width}-${language}`)
    await sound(page)
    // A line that was cut or closed under a message is noted by the browser; nothing else may complain.
    expect(
      complaints.filter((line) => !/CLOSING or CLOSED|ERR_INTERNET_DISCONNECTED|status of 404/.test(line)),
    ).toEqual([])
    await context.close()
  }
  const take = async ({ page }: Seat, tool: 'pin' | 'tape'): Promise<void> => {
    if (phone) await page.getByRole('button', { name: words.board.tools.mark }).click()
    await page.getByRole('button', { name: words.board.tools[tool], exact: true }).click()
  }
  const openCard = async ({ page }: Seat): Promise<void> => {
    if (phone) await page.getByRole('button', { name: words.board.card.up }).click()
  }

  it('company: two cursors, a stroke that is being drawn, a mark in hand and a light', async () => {
    const witness = await openWitness(house, 'lupita', 'pantalon')
    const others = { ines: WIDE, efrain: WIDE, rogelio: WIDE }
    const [ines, efrain, rogelio] = (await Promise.all(
      Object.entries(others).map(([person, size]) => atCloth(house, 'pantalon', { person, size })),
    )) as [Seat, Seat, Seat]
    const tao = await atCloth(house, 'pantalon', { person: 'tao', language, size })
    const spot = (seat: Seat, person: string, x: number, y: number) => witness.spot(seat, person, { x, y })
    /** Everybody moves a little, as people do: a cursor that lies still loses its name, and a light goes out. */
    const stir = async (by: number): Promise<void> => {
      const stroke = await spot(ines, 'ines', 900 + by, 500)
      await ines.page.mouse.move(stroke.x, stroke.y)
      const cursor = await spot(efrain, 'efrain', 250 + by, 200)
      await efrain.page.mouse.move(cursor.x, cursor.y)
      const light = await spot(rogelio, 'rogelio', 820 + by, 130)
      await rogelio.page.mouse.move(light.x, light.y)
    }
    await ines.page.getByRole('button', { name: es.board.tools.pen, exact: true }).click()
    const curve = Array.from({ length: 12 }, (_, i) => ({ x: 690 + 17 * i, y: 560 - 70 * Math.sin(i / 4) }))
    for (const [i, { x, y }] of curve.entries()) {
      const at = await spot(ines, 'ines', x, y)
      await ines.page.mouse.move(at.x, at.y)
      if (i === 0) await ines.page.mouse.down()
    }
    await efrain.page.getByRole('treeitem').nth(3).click()
    await efrain.page.getByRole('button', { name: es.board.view.fit }).click()
    await rogelio.page.getByRole('button', { name: es.board.tools.laser, exact: true }).click()
    const lamp = await spot(rogelio, 'rogelio', 820, 130)
    await rogelio.page.mouse.move(lamp.x, lamp.y)
    await rogelio.page.mouse.down()
    let step = 0
    await patiently(async () => {
      await stir(step++ % 2)
      const seen = await Promise.all(
        [COLOURS.laser, firmColour('altamira'), firmColour('barranca')].map((colour) => ink(tao.page, colour)),
      )
      return Math.min(...seen)
    }).toBeGreaterThan(20)
    await picture(tao, 'company')
    for (const one of [ines.context, efrain.context, rogelio.context, witness]) await one.close()
  })

  it('coming: a board that is long in coming says so, and not that nothing is on it', async () => {
    const tao = await house.sit({ person: 'tao', language, size })
    let come = (): void => undefined
    const held = new Promise<void>((resolve) => {
      come = resolve
    })
    await tao.page.route('**/lease', async (route) => {
      await held
      await route.continue()
    })
    await tao.page.goto('/mesas/camisamez')
    await tao.page.getByText(words.board.loading).waitFor()
    await tao.page.getByText(words.board.status.loading).last().waitFor()
    for (const untrue of [words.board.list.empty, words.board.emptyTitle, words.board.list.marks({ n: 0 })])
      expect(await tao.page.getByText(untrue).count()).toBe(0)
    await sound(tao.page)
    come()
    await table(tao.page)
    await patiently(() => tao.page.getByText(words.board.loading).count()).toBe(0)
    expect(tao.complaints).toEqual([])
    await tao.context.close()
  })

  it('draft: a change that was not accepted, and where it went', async () => {
    const tao = await house.sit({ person: 'tao', language, size })
    let spoil = false
    await tao.page.routeWebSocket(/\/sync\//, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((message) => {
        const spoiled = spoil && typeof message !== 'string' && message[0] === 0 && message[1] === 2
        if (spoiled) spoil = false
        server.send(spoiled ? Buffer.from([0, 2, 3, 1, 1, 255]) : message)
      })
    })
    await tao.page.goto('/mesas/camisamez')
    await table(tao.page)
    spoil = true
    await openCard(tao)
    await pinByNumbers(tao.page, 'La copa de manga pide 3 mm más de embebido')
    await tao.page.getByText(words.board.drafts.notice).first().waitFor()
    await saved(tao.page)
    await tao.page.getByRole('tab', { name: `${words.board.tabs.drafts} (1)` }).click()
    await tao.page.getByLabel(words.board.drafts.edit, { exact: true }).waitFor()
    await picture(tao, 'draft')
  })

  it('tape: a length that was just measured, and what is said about it', async () => {
    const witness = await openWitness(house, 'lupita', 'camisamez')
    const tao = await atCloth(house, 'camisamez', { person: 'tao', language, size })
    await take(tao, 'tape')
    if (phone) {
      const { width } = await witness.settled(tao, 'tao')
      const box = await cloth(tao.page)
      const at = (dx: number): Spot => ({ x: box.x + box.width / 2 + dx, y: box.y + box.height / 2 })
      await slide(tao, { from: at(-40), to: at(-90) }, { from: at(40), to: at(90) })
      await patiently(async () => (await witness.view('tao')).width).toBeLessThan(0.5 * width)
    }
    for (const at of [
      { x: 690, y: 340 },
      { x: 720, y: 480 },
      { x: 880, y: 560 },
      { x: 880, y: 560 },
    ])
      await tap(tao.page, await witness.spot(tao, 'tao', at))
    const box = tao.page.getByLabel(words.board.composer.write)
    await box.fill(language === 'es' ? '¿La sisa cierra con esta medida?' : 'Does the armhole close at this length?')
    await saved(tao.page)
    await picture(tao, 'tape')
    witness.close()
  })

  it('ended: a board that was closed while its guest was writing without a line', async () => {
    const board = 'chamarra'
    const tao = await atCloth(house, board, { person: 'tao', language, size })
    await openCard(tao)
    await tao.context.setOffline(true)
    await tao.page.locator('[data-is="offline"]').first().waitFor()
    await pinByNumbers(tao.page, 'El vivo de la bolsa se ve bien así')
    const owner = await (await house.server.as('ines')).live()
    await owner.command('board.close', { board: board as never, circle: 'mezclilla' as never })
    await tao.context.setOffline(false)
    await tao.page.getByText('El vivo de la bolsa se ve bien así').waitFor()
    await tao.page.getByText(words.board.ended.title).first().waitFor()
    await tao.page.locator('canvas').first().waitFor({ state: 'detached' })
    await picture(tao, 'ended')
    const until = house.server.clock.now() + 30 * 24 * 3_600_000
    await owner.command('board.open', { board: board as never, circle: 'mezclilla' as never, until })
    owner.close()
  })
})
