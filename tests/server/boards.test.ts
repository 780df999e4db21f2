import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { checkRegister } from '../../server/registerCheck.ts'
import { openRegisterStore } from '../../server/store/sqlite/register.ts'
import { marksOf, readSheets } from '../../shared/document/read.ts'
import { write } from '../../shared/document/write.ts'
import type { Board, Collection } from '../../shared/domain/board.ts'
import { overlaps, point, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { BoardId, CircleId, CollectionId, MarkId, PersonId, SheetId } from '../../shared/domain/ids.ts'
import type { Says } from '../../shared/domain/mark.ts'
import type { Person } from '../../shared/domain/people.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { BoardCard, CollectionCard, Home, RegisterRow, Totals, View } from '../../shared/protocol/api.ts'
import { type Somebody, silent, startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/studio.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** `overol` is Altamira's own and open to nobody; `falda` is Jacarí's, open to the circle that Tao's firm is in. */
const HIDDEN = 'overol'
const OPEN = 'falda'
const board = (id: string): BoardId => id as BoardId
const escolar = 'escolar' as CircleId

let server: TestServer
/** One server for the stories of a chapter, which are told in order. */
const together = (): void => {
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())
}

/** The register, from its first row on. */
const isWhole = (): boolean => {
  const { db } = server.running.store
  db.exec('DELETE FROM register_head')
  return checkRegister(openRegisterStore(db), server.clock.now, silent).state().is === 'whole'
}
const cards = async (who: Somebody): Promise<string[]> =>
  (await who.ask<{ boards: BoardCard[] }>('GET', '/api/boards')).body.boards.map((b) => b.id)
const sheetOn = (id: string): string => server.running.parts.records.sheetsOf(board(id))[0]?.id ?? ''

describe('a board that may not be seen', () => {
  together()

  it('is told, byte for byte, as one that does not exist', async () => {
    const tao = await server.as('tao')
    const sheet = sheetOn(HIDDEN)
    const pairs: [method: string, path: (board: string, sheet: string) => string, body?: object][] = [
      ['GET', (b) => `/api/boards/${b}`],
      ['PATCH', (b) => `/api/boards/${b}`, { title: 'mía' }],
      ['POST', (b) => `/api/boards/${b}/lease`, {}],
      ['POST', (b) => `/api/boards/${b}/seen`],
      ['POST', (b) => `/api/boards/${b}/sheets`],
      ['POST', (b) => `/api/boards/${b}/openings`, { circle: 'mezclilla', until: server.clock.now() + DAY }],
      ['DELETE', (b) => `/api/boards/${b}/openings/mezclilla`],
      ['GET', (b) => `/api/boards/${b}/picture?w=480`],
      ['GET', (b) => `/api/boards/${b}/register`],
      ['POST', (_, s) => `/api/sheets/${s}/views`],
      ['GET', (_, s) => `/api/sheets/${s}/original`],
    ]
    for (const [method, path, body] of pairs) {
      const look = async (b: string, s: string) => {
        const json = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}
        const response = await tao.fetch(path(b, s), { method, ...json })
        const headers = [...response.headers].filter(([name]) => !/^(date|x-ratelimit)/.test(name))
        return { path: method, status: response.status, text: await response.text(), headers }
      }
      const hidden = await look(HIDDEN, sheet)
      expect(hidden).toEqual(await look('nowhere', 'nothing'))
      expect(hidden.status).toBe(404)
    }
    expect(server.running.parts.register.ofBoard(board(HIDDEN), 10)).toEqual([])
  })

  it('has no room either, and no commands', async () => {
    const tao = await server.as('tao')
    for (const id of [HIDDEN, 'nowhere']) {
      const synced = await tao.sync(id)
      expect(await synced.closed).toBe(1006)
    }
    const live = await tao.live()
    const until = server.clock.now() + DAY
    for (const id of [HIDDEN, 'nowhere']) {
      const no = { ok: false, error: { code: 'not-found' } }
      expect(await live.command('board.enter', { board: id })).toEqual(no)
      expect(await live.command('board.open', { board: id, circle: 'mezclilla', until })).toEqual(no)
      expect(await live.command('sheet.away', { board: id, sheet: sheetOn(HIDDEN), away: true })).toEqual(no)
    }
  })

  it('shows in no list, and its collection only through boards that are open', async () => {
    const tao = await server.as('tao')
    expect(await cards(tao)).toContain(OPEN)
    const everything = await Promise.all(
      ['/api/boards', '/api/collections', '/api/home'].map(async (path) => (await tao.fetch(path)).text()),
    )
    for (const text of everything) expect(text).not.toContain(HIDDEN)
    const dario = await server.as('dario')
    expect((await dario.ask('GET', '/api/collections/clases')).status).toBe(200)
    expect((await dario.ask('GET', '/api/collections/propia')).status).toBe(404)
    expect((await dario.ask('GET', '/api/collections/nowhere')).status).toBe(404)
    const making = { collection: 'propia', title: 'mía', style: '' }
    expect(await dario.ask('POST', '/api/boards', making)).toEqual(
      await dario.ask('POST', '/api/boards', { ...making, collection: 'nowhere' }),
    )
  })

  it('is every board, for those who run the group and watch it', async () => {
    for (const id of ['amparo', 'gilberto', 'oru']) {
      const office = await server.as(id)
      expect(await cards(office)).toEqual([])
      expect((await office.ask('GET', `/api/boards/${OPEN}`)).status).toBe(404)
      expect((await office.ask<Totals>('GET', '/api/totals')).body).toMatchObject({ firms: 6, boards: 11 })
    }
    const tao = await server.as('tao')
    expect((await tao.ask('GET', '/api/totals')).status).toBe(403)
  })
})

describe('totals', () => {
  together()

  it('are told where five people of three firms stand behind them, and behind what could be told from two of them', async () => {
    const { said, records } = server.running.parts
    const office = await server.as('gilberto')
    const [here] = records.boards()
    const crowd = ['tao', 'lupita', 'ines', 'rogelio', 'marisol']
    const told = async (open: readonly string[], settled: readonly string[] = [], says: Says = 'noto') => {
      for (const { id } of records.boards()) said.clear(id)
      let made = 0
      const put = (person: string, resolved: boolean, kind: Says): void =>
        said.put(
          {
            board: here!.id,
            mark: `${person}_total${made++}` as MarkId,
            reply: null,
            person: person as PersonId,
            says: kind,
            text: 'x',
            at: server.clock.now(),
            resolved,
            proposal: null,
          },
          server.clock.now(),
          [],
        )
      for (const one of open) for (const kind of [says, 'pregunto', 'sugiero'] as const) put(one, false, kind)
      for (const one of settled) put(one, true, says)
      const { contributions, settled: done } = (await office.ask<Totals>('GET', '/api/totals')).body
      return [contributions?.noto ?? null, done]
    }
    expect(await told(crowd, crowd)).toEqual([10, 5])
    expect(await told(crowd.slice(1), crowd)).toEqual([null, null])
    // Four people, and five of two firms.
    expect(await told(crowd, crowd.slice(1))).toEqual([9, null])
    const ines = records.person('ines' as PersonId) as Person
    records.addPerson(
      { ...ines, id: 'nora' as PersonId, name: 'Nora Robles', admin: false } as Person,
      server.clock.now(),
    )
    expect(await told(['tao', 'lupita', 'ines', 'rogelio', 'nora'])).toEqual([null, null])
    expect(await told([...crowd, 'dario'], crowd)).toEqual([11, 5])
    // One kind that few stand behind is told with none of the others.
    expect(await told(crowd, [], 'sugiero')).toEqual([null, null])
  })
})

describe('a sheet', () => {
  together()

  it('is looked at only after the register has it, with the code that is burned in', async () => {
    const tao = await server.as('tao')
    const { register } = server.running.parts
    const written: string[] = []
    const view = (await tao.ask<View>('POST', `/api/sheets/${sheetOn(OPEN)}/views`)).body
    written.push(...register.ofBoard(board(OPEN), 10).map((row) => `${row.act} ${row.person} ${row.code}`))
    expect(written).toEqual([`view tao ${view.code}`])
    const tile = await tao.fetch(`/v/${view.view}/0/0_0`)
    expect(tile.status).toBe(200)
    expect(tile.headers.get('content-type')).toBe('image/webp')
    expect(tile.headers.get('cache-control')).toBe('no-store, private')
    const jpeg = await tao.fetch(`/v/${view.view}/0/0_0`, { headers: { accept: 'image/jpeg' } })
    expect(jpeg.headers.get('content-type')).toBe('image/jpeg')
    for (const gone of ['99/0_0', '0/1_0', '0/0_9999', '-1/0_0', 'x/0_0', '0/0', '0/0_0.jpg'])
      expect((await tao.fetch(`/v/${view.view}/${gone}`)).status).toBe(404)
    const picture = await tao.fetch(`/api/boards/${OPEN}/picture?w=800`)
    expect(picture.status).toBe(200)
    expect(register.ofBoard(board(OPEN), 1)[0]).toMatchObject({ act: 'picture', person: 'tao', sheet: null })
    expect((await tao.fetch(`/api/boards/${OPEN}/picture?w=9999`)).status).toBe(400)
    expect(isWhole()).toBe(true)
  })

  it('is shown in this look to this sign-in alone', async () => {
    const tao = await server.as('tao')
    const view = (await tao.ask<View>('POST', `/api/sheets/${sheetOn(OPEN)}/views`)).body.view
    const others = [await server.as('tao'), await server.as('ines'), await server.as('consuelo'), server.with('')]
    for (const other of others) expect([401, 404]).toContain((await other.fetch(`/v/${view}/0/0_0`)).status)
    expect((await tao.fetch(`/v/${view}/0/0_0`)).status).toBe(200)
    server.clock.pass(HOUR)
    expect((await tao.fetch(`/v/${view}/0/0_0`)).status).toBe(404)
  })

  it('is not shown when the register could not be written, and what is open stays open', async () => {
    const tao = await server.as('tao')
    const { db } = server.running.store
    const path = `/api/sheets/${sheetOn(OPEN)}/views`
    const before = (await tao.ask<View>('POST', path)).body
    const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number }
    db.exec(`PRAGMA max_page_count = ${pages}`)
    let refused = { status: 0, body: {} as unknown }
    for (let i = 0; i < 300 && refused.status !== 507; i++) refused = await tao.ask('POST', path)
    expect(refused).toEqual({ status: 507, body: { error: { code: 'disk-full' } } })
    expect((await tao.fetch(`/api/boards/${OPEN}/picture`)).status).toBe(507)
    expect((await tao.fetch(`/v/${before.view}/0/0_0`)).status).toBe(200)
    expect((await tao.ask('GET', '/api/home')).status).toBe(200)
    expect(isWhole()).toBe(true)
    db.exec('PRAGMA max_page_count = 1000000')
    expect((await tao.ask('POST', path)).status).toBe(200)
    expect(isWhole()).toBe(true)
  })

  it('goes out as it came in only to its owner, as a download, and that is in the register', async () => {
    const sheet = sheetOn(OPEN)
    const path = `/api/sheets/${sheet}/original`
    for (const id of ['tao', 'marisol', 'efrain'])
      expect((await (await server.as(id)).ask('GET', path)).body).toEqual({ error: { code: 'not-your-firm' } })
    for (const id of ['ines', 'amparo', 'oru']) expect((await (await server.as(id)).fetch(path)).status).toBe(404)
    const consuelo = await server.as('consuelo')
    await server.running.parts.drawn(sheet as SheetId)
    const original = await consuelo.fetch(path)
    expect(original.status).toBe(200)
    expect(original.headers.get('content-disposition')).toMatch(/^attachment; filename=".*\.svg"; filename\*=UTF-8''/)
    expect(original.headers.get('content-type')).toBe('application/octet-stream')
    expect(original.headers.get('content-security-policy')).toContain('sandbox')
    expect(await original.text()).toContain('<svg')
    const rows = (await consuelo.ask<{ rows: RegisterRow[] }>('GET', `/api/boards/${OPEN}/register`)).body.rows
    expect(rows[0]).toMatchObject({ act: 'original', person: 'consuelo', sheet })
    expect((await (await server.as('tao')).ask('GET', `/api/boards/${OPEN}/register`)).status).toBe(403)
  })

  it('is in a register that nobody can write over', async () => {
    const tao = await server.as('tao')
    await tao.ask('POST', `/api/sheets/${sheetOn(OPEN)}/views`)
    const { db } = server.running.store
    expect(() => db.exec("UPDATE register SET person = 'ines'")).toThrow()
    expect(() => db.exec('DELETE FROM register')).toThrow()
    db.exec('DROP TRIGGER register_keeps')
    db.exec("UPDATE register SET person = 'ines' WHERE seq = 1")
    expect(isWhole()).toBe(false)
  })
})

describe('opening and closing', () => {
  together()

  it('happens under the eyes of those who look: they are told, and cut', async () => {
    const [consuelo, tao] = [await server.as('consuelo'), await server.as('tao')]
    const [hers, his] = [await consuelo.live(), await tao.live()]
    const view = (await tao.ask<View>('POST', `/api/sheets/${sheetOn(OPEN)}/views`)).body.view
    const synced = await tao.sync(OPEN)
    expect(readSheets(synced.doc).length).toBeGreaterThan(0)
    const ended = his.next('board.ended')
    expect(await hers.command('board.close', { board: OPEN, circle: 'escolar' })).toEqual({ ok: true })
    // At once, and not with the next sweep.
    expect(server.running.parts.rooms.present(board(OPEN))).toEqual([])
    expect(await synced.closed).toBe(4205)
    expect(await ended).toEqual({ board: OPEN })
    expect((await tao.fetch(`/v/${view}/0/0_0`)).status).toBe(404)
    expect((await tao.fetch(`/api/boards/${OPEN}/picture`)).status).toBe(404)
    expect(await cards(tao)).not.toContain(OPEN)
    // Said twice it is said once.
    expect(await hers.command('board.close', { board: OPEN, circle: 'escolar' })).toEqual({ ok: true })
    const told = his.next('home.changed')
    const again = await hers.command('board.open', { board: OPEN, circle: escolar, until: server.clock.now() + DAY })
    expect(again).toMatchObject({ ok: true, opening: { circle: 'escolar' } })
    await told
    expect(await cards(tao)).toContain(OPEN)
  })

  it('is the owner’s alone', async () => {
    const tao = await server.as('tao')
    const live = await tao.live()
    const until = server.clock.now() + DAY
    expect(await live.command('board.open', { board: OPEN, circle: 'punto', until })).toEqual({
      ok: false,
      error: { code: 'not-your-firm' },
    })
    expect((await tao.ask('POST', `/api/boards/${OPEN}/openings`, { circle: 'punto', until })).status).toBe(403)
    expect((await tao.ask('PATCH', `/api/boards/${OPEN}`, { title: 'mía' })).status).toBe(403)
  })

  it('ends by the clock alone', async () => {
    const [ines, tao] = [await server.as('ines'), await server.as('tao')]
    const until = server.clock.now() + HOUR
    const opened = await ines.ask('POST', `/api/boards/${HIDDEN}/openings`, { circle: 'mezclilla', until })
    expect(opened.status).toBe(200)
    const synced = await tao.sync(HIDDEN)
    const live = await tao.live()
    const ended = live.next('board.ended')
    server.clock.pass(HOUR + 1)
    expect(await synced.closed).toBe(4205)
    expect(await ended).toEqual({ board: HIDDEN })
    expect((await tao.ask('GET', `/api/boards/${HIDDEN}`)).status).toBe(404)
  })

  it('needs an end that lies ahead, and a circle that exists', async () => {
    const ines = await server.as('ines')
    const open = (circle: string, until: number) =>
      ines.ask('POST', `/api/boards/${HIDDEN}/openings`, { circle, until })
    expect((await open('mezclilla', server.clock.now() - 1)).status).toBe(400)
    expect((await open('mezclilla', server.clock.now() + 400 * DAY)).status).toBe(400)
    expect((await open('nowhere', server.clock.now() + DAY)).status).toBe(404)
  })

  it('is over for whoever signs out: every socket of theirs is cut', async () => {
    const tao = await server.as('tao')
    const [synced, live] = [await tao.sync(OPEN), await tao.live()]
    const ended = live.next('session.ended')
    await tao.ask('POST', '/api/sign-out')
    await ended
    await live.closed
    await synced.closed
    expect((await tao.ask('GET', '/api/me')).status).toBe(401)
    await expect(tao.live()).rejects.toThrow()
  })

  it('follows the circle: whoever leaves it no longer sees', async () => {
    const [amparo, tao] = [await server.as('amparo'), await server.as('tao')]
    const synced = await tao.sync(OPEN)
    const firms = ['jacari', 'jaltomate', 'barranca']
    expect((await tao.ask('PUT', '/api/circles/escolar', { name: 'Escolar', firms })).status).toBe(403)
    expect((await amparo.ask('PUT', '/api/circles/escolar', { name: 'Escolar', firms })).status).toBe(200)
    expect(await synced.closed).toBe(4205)
    expect(await cards(tao)).not.toContain(OPEN)
  })
})

describe('commands', () => {
  together()

  it('move, scale, name and put away sheets for everybody, the owner’s only', async () => {
    const [dario, chema] = [await server.as('dario'), await server.as('chema')]
    const id = 'playera'
    const { records } = server.running.parts
    const synced = await chema.sync(id)
    const [live, his] = [await dario.live(), await chema.live()]
    const sheets = records.sheetsOf(board(id))
    const sheet = sheets.find((s) => s.kind === 'drawing')?.id ?? ''
    const place = { sheet, x: 123.5, y: -40, turn: 1 as const }
    expect(await his.command('sheet.place', { board: id, places: [place] })).toMatchObject({ ok: false })
    expect(await live.command('sheet.place', { board: id, places: [place] })).toEqual({ ok: true })
    expect(await live.command('sheet.name', { board: id, sheet, name: 'Espalda' })).toEqual({ ok: true })
    await until(() => readSheets(synced.doc).some((s) => s.id === sheet && s.name === 'Espalda'))
    const seen = readSheets(synced.doc).find((s) => s.id === sheet)
    expect(seen?.place).toEqual({ x: 123.5, y: -40, turn: 1 })
    expect(records.sheet(sheet as SheetId)).toMatchObject({ name: 'Espalda', place: seen?.place })
    expect(await live.command('sheet.away', { board: id, sheet, away: true })).toEqual({ ok: true })
    await until(() => readSheets(synced.doc).find((s) => s.id === sheet)?.away === true)
    // A drawing has its scale from its file; another board's sheet is not on this one.
    expect(await live.command('sheet.scale', { board: id, sheet, mmPerUnit: 2 })).toMatchObject({ ok: false })
    const foreign = sheetOn(OPEN)
    expect(await live.command('sheet.away', { board: id, sheet: foreign, away: true })).toEqual({
      ok: false,
      error: { code: 'not-found' },
    })
  })

  it('lay a photo that its scale has made larger beside the others, not over them', async () => {
    const id = 'pantalon'
    const live = await (await server.as('ines')).live()
    const sheets = () => server.running.parts.records.sheetsOf(board(id))
    const photo = sheets().find(({ kind }) => kind === 'photo')!
    const boxOf = (sheet: Sheet) => ({ ...sheet.place, ...sizeOnBoard(sheet) })
    const now = () => sheets().find(({ id }) => id === photo.id)!
    const coversOther = () => sheets().some((one) => one.id !== photo.id && overlaps(boxOf(one), boxOf(now())))
    // Where there is room it stays where it was put.
    expect(await live.command('sheet.scale', { board: id, sheet: photo.id, mmPerUnit: photo.mmPerUnit / 2 })).toEqual({
      ok: true,
    })
    expect(now()).toMatchObject({ scale: 'measured', place: photo.place })
    const far = { sheet: photo.id, x: -2 * sizeOnBoard(photo).width, y: 0, turn: 1 as const }
    expect(await live.command('sheet.place', { board: id, places: [far] })).toEqual({ ok: true })
    expect(coversOther()).toBe(false)
    const large = { board: id, sheet: photo.id, mmPerUnit: photo.mmPerUnit * 5 }
    expect(await live.command('sheet.scale', large)).toEqual({ ok: true })
    const moved = now()
    expect(moved.place).toMatchObject({ turn: 1 })
    expect(coversOther()).toBe(false)
    expect(await live.command('sheet.scale', large)).toEqual({ ok: true })
    expect(now()).toEqual(moved)
    live.close()
  })

  it('that are unknown, malformed or too many are refused, and cut in the end', async () => {
    const tao = await server.as('tao')
    const live = await tao.live()
    const odd = live.socket as unknown as { emitWithAck(name: string, ...args: unknown[]): Promise<unknown> }
    for (const [name, args] of [
      ['board.delete', { board: OPEN }],
      ['__proto__', {}],
      ['constructor', {}],
      ['board.enter', { board: OPEN, as: 'ines' }],
      ['board.enter', { board: '../x' }],
      ['board.enter', null],
      ['sheet.place', { board: OPEN, places: [] }],
      ['sheet.scale', { board: OPEN, sheet: 'x1', mmPerUnit: Number.NaN }],
      ['eyes.call', { board: OPEN, mark: 'tao' }],
    ] as const)
      expect(await odd.emitWithAck(name, args)).toMatchObject({ ok: false })
    void odd.emitWithAck('nothing', {}).catch(() => undefined)
    await live.closed
  })

  it('are taken from a sign-in that lives, asked each time, and over twenty connections of a person at most', async () => {
    const berta = await server.as('berta')
    const many = await Promise.all(Array.from({ length: 20 }, () => berta.live()))
    await expect(berta.live()).rejects.toThrow('rate')
    for (const { close } of many.slice(1)) close()
    const { sessions } = server.running.parts
    const { find } = sessions
    // Run out, and not swept yet.
    Object.assign(sessions, { find: () => null })
    expect(await many[0]?.command('board.leave', { board: board(OPEN) })).toMatchObject({
      error: { code: 'signed-out' },
    })
    Object.assign(sessions, { find })
    expect(await many[0]?.command('board.leave', { board: board(OPEN) })).toEqual({ ok: true })
  })

  it('that go on far beyond the rate cut the connection', async () => {
    const live = await (await server.as('lupita')).live()
    const odd = live.socket as unknown as { emit(name: string, ...args: unknown[]): void }
    let answers = 0
    for (let i = 0; i < 300; i++) odd.emit('board.leave', { board: OPEN }, () => answers++)
    await live.closed
    expect(answers).toBeLessThan(300)
  })

  it('that come in too many pieces cut the connection, and its pings wait for who asks like a client', async () => {
    const { cookie } = await server.as('tao')
    const headers = { cookie, origin: server.address }
    const socket = new WebSocket(`${server.address.replace('http', 'ws')}/live/?EIO=4&transport=websocket`, { headers })
    const closed = new Promise<number>((resolve) => socket.on('close', resolve))
    let answers = 0
    socket.on('pong', () => answers++)
    await new Promise((resolve) => socket.once('open', resolve))
    socket.ping()
    for (let i = 0; i < 70; i++) socket.send('4', { fin: false })
    expect(await closed).toBe(1008)
    expect(answers).toBe(0)
  })

  it('call eyes to a mark: those on the board, nobody else', async () => {
    const [marisol, tao, ines] = [await server.as('marisol'), await server.as('tao'), await server.as('ines')]
    const [mine, his, hers] = [await marisol.live(), await tao.live(), await ines.live()]
    const synced = await marisol.sync(OPEN)
    await tao.sync(OPEN)
    const mark = [...marksOf(synced.doc).keys()][0] as MarkId
    const heard: unknown[] = []
    hers.socket.on('eyes.called', (signal) => heard.push(signal))
    const called = his.next('eyes.called')
    expect(await mine.command('eyes.call', { board: OPEN, mark })).toEqual({ ok: true })
    expect(await called).toEqual({ board: OPEN, mark, by: 'marisol' })
    expect(await hers.command('eyes.call', { board: OPEN, mark })).toMatchObject({ ok: false })
    // Who may look, and is not there.
    const berta = await (await server.as('berta')).live()
    expect(await berta.command('eyes.call', { board: OPEN, mark })).toMatchObject({ error: { code: 'not-here' } })
    expect(heard).toEqual([])
  })
})

describe('home', () => {
  together()

  it('has what waits: a question at my work, an answer to me, and it is seen once I look', async () => {
    const [tao, consuelo] = [await server.as('tao'), await server.as('consuelo')]
    const before = (await consuelo.ask<Home>('GET', '/api/home')).body.questions.length
    const live = await consuelo.live()
    const told = live.next('home.changed')
    const synced = await tao.sync(OPEN)
    const mark = 'tao_pregunta01' as MarkId
    const shape = { kind: 'pin', at: point(10, 10) } as const
    const words = { says: 'pregunto', text: '@[consuelo] ¿cuántas tablas lleva?' } as const
    const sheet = sheetOn(OPEN) as SheetId
    write(synced.doc, { do: 'add', mark: { id: mark, sheet, shape, words, done: false, replies: [] } }, null)
    await told
    const home = (await consuelo.ask<Home>('GET', '/api/home')).body
    expect(home.questions).toHaveLength(before + 1)
    expect(home.questions[0]).toMatchObject({ board: OPEN, mark, by: 'tao', unseen: true, text: words.text })
    // It mentions her too: what waits for two reasons waits once.
    expect(home.mentions.some((m) => m.mark === mark)).toBe(false)
    const card = (await consuelo.ask<BoardCard>('GET', `/api/boards/${OPEN}`)).body
    expect(card.unseen).toBeGreaterThan(0)

    const answered = await consuelo.sync(OPEN)
    await until(() => marksOf(answered.doc).has(mark))
    const heard = (await tao.live()).next('home.changed')
    write(answered.doc, { do: 'reply', mark, reply: 'consuelo_respuesta1' as never, text: 'Dieciséis.' }, null)
    await heard
    expect((await consuelo.ask<Home>('GET', '/api/home')).body.questions).toHaveLength(before)
    const his = (await tao.ask<Home>('GET', '/api/home')).body.replies
    expect(his[0]).toMatchObject({ mark, reply: 'consuelo_respuesta1', by: 'consuelo', unseen: true })
    await (await tao.live()).command('board.enter', { board: OPEN })
    expect((await tao.ask<Home>('GET', '/api/home')).body.replies.some((r) => r.mark === mark)).toBe(false)
  })

  it('tells of boards that were opened since I last looked', async () => {
    const [ines, tao] = [await server.as('ines'), await server.as('tao')]
    await ines.ask('POST', `/api/boards/${HIDDEN}/openings`, { circle: 'mezclilla', until: server.clock.now() + DAY })
    expect((await tao.ask<Home>('GET', '/api/home')).body.opened.map((b) => b.id)).toContain(HIDDEN)
    server.clock.pass(1)
    await tao.ask('POST', `/api/boards/${HIDDEN}/seen`)
    expect((await tao.ask<Home>('GET', '/api/home')).body.opened.map((b) => b.id)).not.toContain(HIDDEN)
  })

  it('lets a firm make a collection and a board, which are its own until it opens them', async () => {
    const [tao, ines, amparo] = [await server.as('tao'), await server.as('ines'), await server.as('amparo')]
    const made = await tao.ask<CollectionCard>('POST', '/api/collections', { name: 'Nueva', about: '' })
    expect(made.status).toBe(200)
    const body = { collection: made.body.id, title: 'Bata', style: '' }
    const card = await tao.ask<BoardCard>('POST', '/api/boards', body)
    expect(card.body).toMatchObject({ title: 'Bata', firm: 'dedal', sheets: 0, picture: null, audience: ['dedal'] })
    expect((await ines.ask('GET', `/api/boards/${card.body.id}`)).status).toBe(404)
    expect((await amparo.ask('POST', '/api/collections', { name: 'Nueva', about: '' })).status).toBe(403)
  })

  it('and no more of either than one firm fills, so that none buries the others', async () => {
    const tao = await server.as('tao')
    const { records } = server.running.parts
    const boards = () => records.boards().filter(({ firm }) => firm === 'dedal')
    const collections = () => records.collections().filter(({ firm }) => firm === 'dedal')
    const [collection, one] = [collections()[0] as Collection, boards()[0] as Board]
    for (let i = boards().length; i < 499; i++) records.addBoard({ ...one, id: board(`bata-${i}`) })
    for (let i = collections().length; i < 199; i++)
      records.addCollection({ ...collection, id: `nueva-${i}` as CollectionId })
    const another = { collection: collection.id, title: 'Bata', style: '' }
    expect((await tao.ask('POST', '/api/boards', another)).status).toBe(200)
    expect(await tao.ask('POST', '/api/boards', another)).toMatchObject({
      status: 409,
      body: { error: { code: 'too-many-boards', params: { most: 500 } } },
    })
    const more = { name: 'Nueva', about: '' }
    expect((await tao.ask('POST', '/api/collections', more)).status).toBe(200)
    expect(await tao.ask('POST', '/api/collections', more)).toMatchObject({
      status: 409,
      body: { error: { code: 'too-many-collections', params: { most: 200 } } },
    })
  })
})

describe('who keeps a live connection and reads nothing', () => {
  together()

  it('is cut before its signals fill the memory, others hear theirs, and the end doesn’t wait for it', async () => {
    const tao = await server.as('tao')
    const [deaf, hears] = [await tao.live(), await tao.live()]
    const engine = deaf.socket.io.engine as unknown as { transport: { ws: WebSocket } }
    engine.transport.ws.pause()
    let [told, heard] = [0, 0]
    hears.socket.on('board.ended', () => heard++)
    const open = async (): Promise<string | undefined> =>
      /^puntada_live_connections (\d+)$/m.exec(await (await tao.fetch('/metrics')).text())?.[1]
    expect(await open()).toBe('2')
    // Longer than any signal is, so that what the system itself keeps for a socket is soon full.
    const long = board('x'.repeat(60_000))
    while ((await open()) === '2') {
      for (let i = 0; i < 50; i++) server.running.parts.tell.boardEnded(long, new Set(['tao' as PersonId]))
      told += 50
      await until(() => heard === told)
    }
    expect(await open()).toBe('1')
    // A line whose other end sleeps is open for 30 s, if it is left to itself.
    ;(hears.socket.io.engine as unknown as { transport: { ws: WebSocket } }).transport.ws.pause()
    await server.running.stop()
  }, 15_000)
})
