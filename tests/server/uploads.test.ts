import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attachment, cleanName } from '../../server/http/names.ts'
import { layOut, QUOTA } from '../../server/http/uploads.ts'
import { readSheets } from '../../shared/document/read.ts'
import { write } from '../../shared/document/write.ts'
import { overlaps, point, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { BoardId, MarkId, SheetId, UploadId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { BoardCard, Refusal, RegisterRow, UploadState, View } from '../../shared/protocol/api.ts'
import { jpeg } from '../support/files.ts'
import { sheet } from '../support/people.ts'
import { realGroup } from '../support/realGroup.ts'
import { type Somebody, startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/studio.ts'
import { settled } from '../support/uploads.ts'

const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="200mm" height="100mm" viewBox="0 0 200 100">
  <path d="M10 10 H190 V90 H10 Z" fill="none" stroke="black"/></svg>`

let server: TestServer
let tao: Somebody
beforeAll(async () => {
  server = await startServer()
  tao = await server.as('tao')
})
afterAll(() => server.stop())

const send = async (who: Somebody, bytes: Uint8Array | string, name = 'molde.svg', board = 'blusa') => {
  const form = new FormData()
  form.append('file', new Blob([bytes as BlobPart]), name)
  const response = await who.fetch(`/api/boards/${board}/sheets`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as UploadState & Refusal }
}
/** Everything that is left of files on the disk, of the ones that were there before apart. */
const left = (): string[] =>
  ['originals', 'jobs'].flatMap((folder) =>
    readdirSync(join(server.running.store.file, '..', 'media', folder)).map((name) => `${folder}/${name}`),
  )

const everyUpload = (): UploadId[] =>
  server.running.store.db
    .prepare('SELECT id FROM uploads')
    .all()
    .map((row) => row.id as UploadId)

/** The demo's own sheets are drawn beside; they are files too. */
const drawn = async (): Promise<void> => {
  const { records, drawn } = server.running.parts
  for (const board of records.boards()) for (const { id } of records.sheetsOf(board.id)) await drawn(id)
}

describe('a file', () => {
  it('becomes a sheet to the right of the others, at true size, with a report', async () => {
    const before = server.running.parts.records.sheetsOf('blusa' as BoardId)
    const sent = await send(tao, DRAWING)
    expect(sent.status).toBe(202)
    const state = await settled(tao, sent.body.id)
    expect(state).toMatchObject({ state: 'done', name: 'molde.svg', refusal: null })
    expect(state.report.some((line) => line.code === 'drawing-read')).toBe(true)
    const synced = await tao.sync('blusa')
    const sheet = readSheets(synced.doc).find((s) => s.id === state.sheets[0])
    expect(sheet).toMatchObject({ kind: 'drawing', firm: 'dedal', width: 200, height: 100, scale: 'true-size' })
    const right = Math.max(...before.map((s) => s.place.x + s.width * s.mmPerUnit))
    expect(sheet?.place).toEqual({ x: right + 40, y: 0, turn: 0 })
    const original = await tao.fetch(`/api/sheets/${sheet?.id}/original`)
    expect(await original.text()).toBe(DRAWING)
  })

  it('that is no sheet is refused with its reason, and nothing of it stays', async () => {
    await drawn()
    const before = left()
    const sent = await send(tao, 'esto no es un molde', 'molde.pdf')
    expect(sent.status).toBe(202)
    expect(await settled(tao, sent.body.id)).toMatchObject({ state: 'refused', refusal: { code: 'unknown-kind' } })
    expect(await send(tao, '', 'vacio.svg')).toMatchObject({ status: 422, body: { error: { code: 'empty' } } })
    const large = await send(tao, new Uint8Array(25 * 1024 * 1024 + 2), 'grande.png')
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'too-large' } } })
    expect(left()).toEqual(before)
  })

  it('can be called back while it is being read', async () => {
    await drawn()
    const before = left()
    const sent = await send(tao, await jpeg(4000, 3000), 'foto.jpg')
    expect(sent.status).toBe(202)
    const cancelled = await tao.ask<UploadState>('DELETE', `/api/uploads/${sent.body.id}`)
    expect(cancelled.body).toMatchObject({ state: 'cancelled', sheets: [] })
    expect(left()).toEqual(before)
    // Said again, it stays as it is.
    expect((await tao.ask<UploadState>('DELETE', `/api/uploads/${sent.body.id}`)).body.state).toBe('cancelled')
  })

  it('whose sender goes away half-way leaves nothing', async () => {
    await drawn()
    const before = left()
    const { records } = server.running.parts
    const known = new Set(everyUpload())
    const path = '/api/boards/blusa/sheets'
    const headers = {
      cookie: tao.cookie,
      origin: server.address,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': 1_000_000,
    }
    const req = request({ port: server.running.port, path, method: 'POST', headers })
    req.on('error', () => undefined)
    req.write('--x\r\ncontent-disposition: form-data; name="file"; filename="m.svg"\r\n\r\n<svg')
    await until(() => everyUpload().some((id) => !known.has(id)))
    const id = everyUpload().find((one) => !known.has(one)) as UploadId
    req.destroy()
    await until(() => records.upload(id)?.state === 'cancelled')
    expect(left()).toEqual(before)
  })

  it('is listed for whoever sent it, from the first byte to a while after its end, and can be called back all along', async () => {
    await drawn()
    const before = left()
    const other = await server.as('lupita')
    const mine = async (who: Somebody) =>
      (await who.ask<{ uploads: UploadState[] }>('GET', '/api/boards/blusa/uploads')).body.uploads
    const known = new Set((await mine(tao)).map(({ id }) => id))
    const fresh = async () => (await mine(tao)).filter(({ id }) => !known.has(id))

    const all = everyUpload().length
    const coming = request({
      port: server.running.port,
      path: '/api/boards/blusa/sheets',
      method: 'POST',
      headers: {
        cookie: tao.cookie,
        origin: server.address,
        'content-type': 'multipart/form-data; boundary=x',
        'transfer-encoding': 'chunked',
      },
    })
    coming.on('error', () => undefined)
    coming.write('--x\r\ncontent-disposition: form-data; name="file"; filename="lento.svg"\r\n\r\n<svg')
    await until(() => everyUpload().length > all)
    const [slow] = (await fresh()) as [UploadState]
    expect(slow).toMatchObject({ name: 'lento.svg', state: 'receiving', board: 'blusa' })
    expect((await tao.ask<UploadState>('DELETE', `/api/uploads/${slow.id}`)).body.state).toBe('cancelled')
    coming.destroy()

    const sent = await send(tao, await jpeg(3000, 2000), 'foto.jpg')
    expect((await fresh()).map(({ id, name }) => [id, name])).toEqual([
      [slow.id, 'lento.svg'],
      [sent.body.id, 'foto.jpg'],
    ])
    expect(await mine(other)).toEqual([])
    await tao.ask('DELETE', `/api/uploads/${sent.body.id}`)
    expect((await fresh()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    expect(left()).toEqual(before)

    server.clock.pass(11 * 60_000)
    expect(await mine(tao)).toEqual([])
    const ines = await server.as('ines')
    expect((await ines.ask('GET', '/api/boards/blusa/uploads')).status).toBe(403)
    const dario = await server.as('dario')
    expect(await dario.ask('GET', '/api/boards/blusa/uploads')).toEqual(
      await dario.ask('GET', '/api/boards/nothing/uploads'),
    )
  })

  it('is sent by the owner’s people alone, and known to them alone', async () => {
    const ines = await server.as('ines')
    expect((await send(ines, DRAWING)).status).toBe(403)
    const sent = await send(tao, DRAWING)
    expect((await ines.ask('GET', `/api/uploads/${sent.body.id}`)).status).toBe(403)
    const dario = await server.as('dario')
    expect(await dario.ask('GET', `/api/uploads/${sent.body.id}`)).toEqual(
      await dario.ask('GET', '/api/uploads/nothing'),
    )
    await settled(tao, sent.body.id)
  })

  it('counts towards what the firm may send and keep', async () => {
    const { records } = server.running.parts
    const sample = { board: 'blusa' as BoardId, firm: 'dedal' as never, person: 'tao' as never, name: 'x' }
    const at = server.clock.now()
    records.together(() => {
      for (let i = 0; i < QUOTA.files; i++)
        records.putUpload({
          ...sample,
          id: `lleno${i}` as UploadId,
          bytes: 1,
          state: 'done',
          report: [],
          refusal: null,
          at,
          ask: null,
        })
    })
    // However long the file, the answer is heard, and the line is good for what comes next.
    for (let i = 0; i < 3; i++)
      expect(await send(tao, new Uint8Array(8_000_000), 'largo.svg')).toMatchObject({
        status: 429,
        body: { error: { code: 'quota-uploads' } },
      })
    server.clock.pass(25 * 3_600_000)
    const again = await server.as('tao')
    const whole = { ...sample, id: 'lleno0' as UploadId, state: 'done' as const }
    const fill = (bytes: number) => records.putUpload({ ...whole, bytes, report: [], refusal: null, at, ask: null })
    fill(QUOTA.bytes)
    expect(await send(again, DRAWING)).toMatchObject({ status: 413, body: { error: { code: 'quota-bytes' } } })
    // Room for one of them: of many at once one is taken.
    fill(0)
    fill(QUOTA.bytes - records.used(whole.firm, at).bytes - DRAWING.length)
    const sent = await Promise.all(Array.from({ length: 5 }, () => send(again, DRAWING)))
    expect(sent.map(({ status }) => status).sort()).toEqual([202, 413, 413, 413, 413])
    for (const { status, body } of sent) if (status === 202) await settled(again, body.id)
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\moldes\\camisa.svg', 'camisa.svg'],
    ['a\u202egvs.exe', 'agvs.exe'],
    ['uno\r\ndos.svg', 'uno dos.svg'],
    ['\u0000', 'archivo'],
    ['\u3164\u200b', 'archivo'],
    [`a${'\u0336\u0489'.repeat(9)}.svg`, 'a\u0336\u0489.svg'],
    ['..', 'archivo'],
    ['', 'archivo'],
    ['x'.repeat(500), 'x'.repeat(120)],
    ['Niña  talla 8.svg', 'Niña talla 8.svg'],
  ])('is called by a name that can do nothing: %j', (given, clean) => {
    expect(cleanName(given)).toBe(clean)
    const header = attachment(cleanName(given))
    expect(header).toMatch(/^attachment; filename="[A-Za-z0-9._ -]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/)
    expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(clean)
  })
})

describe('where nobody has said a place', () => {
  it('pages of one file are laid in rows that do not touch', () => {
    const pages = Array.from({ length: 10 }, () => ({ width: 210, height: 297, mmPerUnit: 1 }))
    const places = layOut([], pages)
    expect(places.filter((p) => p.y === 0)).toHaveLength(4)
    expect(places[1]).toEqual({ x: 250, y: 0, turn: 0 })
    expect(places[4]).toEqual({ x: 0, y: 337, turn: 0 })
    expect(new Set(places.map((p) => `${p.x} ${p.y}`)).size).toBe(10)
  })

  it('a sheet lies free of the others, however many there are, in rows that are not too long', () => {
    const size = { width: 400, height: 300, mmPerUnit: 1 }
    const boxOf = (one: Sheet) => ({ ...one.place, ...sizeOnBoard(one) })
    const laid: Sheet[] = []
    for (let order = 1; order <= 30; order++) {
      const [place] = layOut(laid, [size])
      const one = { ...sheet, ...size, id: `h${order}` as never, order, place: place! }
      expect(laid.some((other) => overlaps(boxOf(other), boxOf(one)))).toBe(false)
      laid.push(one)
    }
    expect(Math.max(...laid.map(({ place }) => place.x)) + 400).toBeLessThanOrEqual(3000)
    expect(laid.filter(({ place }) => place.y === 0)).toHaveLength(6)
    // One that somebody has moved away takes those that come after it along; what lies in their way is gone around.
    const moved = laid.map((one) => (one.id === 'h30' ? { ...one, place: { ...one.place, x: 0, y: 0 } as never } : one))
    const [beside] = layOut(moved, [size])
    expect(moved.some((one) => overlaps({ ...beside!, width: 400, height: 300 }, boxOf(one)))).toBe(false)
  })
})

describe('a stop in the middle of a conversion', () => {
  it('is told as such, and leaves no files', async () => {
    const first = await startServer({ data: true })
    const folder = join(first.running.store.file, '..')
    try {
      const { records, disk } = first.running.parts
      const { firm, person, board } = realGroup(first)
      const id = 'sube1' as UploadId
      async function* bytes() {
        yield new TextEncoder().encode(DRAWING)
      }
      await disk.receive(id, bytes(), 1000)
      const upload = { id, board: board.id, firm: firm.id, person: person.id, name: 'm.svg', bytes: 9 }
      records.putUpload({ ...upload, at: first.clock.now(), state: 'converting', report: [], refusal: null, ask: null })
      await first.running.stop()
      const second = await startServer({ data: folder })
      expect(second.running.parts.records.upload(id)).toMatchObject({
        state: 'refused',
        refusal: { code: 'interrupted' },
      })
      expect(readdirSync(join(folder, 'media', 'originals'))).toEqual([])
      await second.stop()
    } finally {
      await first.stop()
    }
  })
})

describe('a real group after a restart', () => {
  it('has its people, sheets, looks and words; what lists had lost is read again from the documents', async () => {
    const first = await startServer({ data: true })
    const folder = join(first.running.store.file, '..')
    try {
      const { board, ines } = realGroup(first)
      const sent = await send(ines, DRAWING, 'molde.svg', board.id)
      const [sheet] = (await settled(ines, sent.body.id)).sheets as [SheetId]
      const synced = await ines.sync(board.id)
      const mark = 'ines_primera1' as MarkId
      const words = { says: 'sugiero', text: 'Dos pespuntes.' } as const
      const shape = { kind: 'pin', at: point(10, 10) } as const
      write(synced.doc, { do: 'add', mark: { id: mark, sheet, shape, words, done: false, replies: [] } }, null)
      const { index, said } = first.running.parts
      await until(() => {
        index.flush()
        return said.counts(board.id).sugiero === 1
      })
      const view = (await ines.ask<View>('POST', `/api/sheets/${sheet}/views`)).body
      synced.close()
      await first.running.stop()
      const db = new DatabaseSync(join(folder, 'puntada.db'))
      db.exec('DELETE FROM acts; DELETE FROM folded')
      db.close()
      const second = await startServer({ data: folder })
      const again = second.with(ines.cookie)
      const card = (await again.ask<BoardCard>('GET', `/api/boards/${board.id}`)).body
      expect(card).toMatchObject({ sheets: 1, counts: { noto: 0, pregunto: 0, sugiero: 1, open: 1 } })
      const rows = (await again.ask<{ rows: RegisterRow[] }>('GET', `/api/boards/${board.id}/register`)).body.rows
      expect(rows.map((row) => row.code)).toEqual([view.code])
      // The look is over with the server that it was a look at.
      expect((await again.fetch(`/v/${view.view}/0/0_0`)).status).toBe(404)
      await second.stop()
    } finally {
      await first.stop()
    }
  })
})
