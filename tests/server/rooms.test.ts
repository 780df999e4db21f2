import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { ALLOWANCE } from '../../server/rooms/allowance.ts'
import { MOST_WAITING } from '../../server/rooms/clients.ts'
import { LIMITS } from '../../server/rooms/connection.ts'
import { SYNC, syncFrame } from '../../server/rooms/frames.ts'
import { newBoardDoc } from '../../server/rooms/gate.ts'
import type { Store } from '../../server/store/sqlite/open.ts'
import { openUpdates } from '../../server/store/sqlite/updates.ts'
import { marksOf, readMark, sheetsOf, stampsOf } from '../../shared/document/read.ts'
import { write } from '../../shared/document/write.ts'
import { point } from '../../shared/domain/geometry.ts'
import { boardId } from '../../shared/domain/ids.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'
import { board, ines, NOON, oru, sheet, tao, uma, zoe } from '../support/people.ts'
import { type Heard, hear, STEP1, STEP2, updateFrame } from '../support/raw.ts'
import { contents, openStudio, pin, reply, type Seat, type Studio, until } from '../support/studio.ts'
import { KIND, raw, updatesOf } from '../support/wire.ts'

let studio: Studio
beforeEach(async () => {
  studio = await openStudio({ origins: ['https://puntada.example'] })
})
afterEach(() => studio.close())

const seated = async (...seats: readonly Seat[]): Promise<void> => {
  await until(() => seats.every(({ provider }) => provider.synced))
}
/** What Tao draws and notes without network: strokes of 2,000 points each, and pins. */
const hoursOfWork = (strokes: number, pins: number): { readonly doc: Y.Doc; readonly bytes: number } => {
  const doc = newBoardDoc()
  const points = Array.from({ length: 2000 }, (_, i) => ({ ...point(Math.sin(i) * 900, i / 7), pressure: i / 2000 }))
  doc.transact(() => {
    for (let i = 0; i < pins; i++) write(doc, pin(tao, 'a la sombra de los pinos, sin señal '.repeat(20)), tao.id)
    for (let i = 0; i < strokes; i++)
      write(doc, { do: 'add', mark: { ...pin(tao, 'así').mark, shape: { kind: 'pen', points } } }, tao.id)
  })
  return { doc, bytes: Y.encodeStateAsUpdate(doc).length }
}
const open = (socket: WebSocket): Promise<void> => until(() => socket.readyState === WebSocket.OPEN)

describe('a room', () => {
  it("carries Tao's mark to Inés, with the server's time on it, and it is on disk by then", async () => {
    const one = studio.seat(tao)
    const two = studio.seat(ines)
    await seated(one, two)
    const made = pin(tao, 'la pinza se abre')
    one.act(made)
    await until(() => readMark(two.doc, made.mark.id) !== null)
    expect(readMark(studio.onDisk(), made.mark.id)).toMatchObject({ author: tao.id, at: NOON, edited: null })
    await until(() => stampsOf(one.doc).has(made.mark.id))
    expect(contents(one.doc)).toEqual(contents(two.doc))
    expect(contents(studio.onDisk())).toEqual(contents(two.doc))
    expect(studio.acts).toMatchObject([
      { action: 'mark.add', mark: made.mark.id, person: tao.id, sheet: sheet.id, words: { text: 'la pinza se abre' } },
    ])
  })

  it('lets a thread grow from both sides, and says who settled it', async () => {
    const one = studio.seat(tao)
    const two = studio.seat(ines)
    await seated(one, two)
    const made = pin(tao)
    one.act(made)
    await until(() => marksOf(two.doc).has(made.mark.id))
    studio.pass(60_000)
    two.act(reply(ines, made.mark.id, 'prueba otra puntada'))
    await until(() => readMark(one.doc, made.mark.id)?.replies[0]?.at === NOON + 60_000)
    two.act({ do: 'settle', mark: made.mark.id, done: true })
    await until(() => readMark(one.doc, made.mark.id)?.resolved?.by === ines.id)
    one.act({ do: 'say', mark: made.mark.id, words: { says: 'sugiero', text: 'así' } })
    await until(() => readMark(two.doc, made.mark.id)?.edited === NOON + 60_000)
    expect(studio.rooms.stats().refusals).toEqual({})
    expect(contents(studio.onDisk())).toEqual(contents(one.doc))
  })

  it('tells nobody that a mark is older than its words', async () => {
    const one = studio.seat(tao)
    await seated(one)
    const made = pin(tao)
    one.act(made)
    await until(() => readMark(one.doc, made.mark.id)?.at === NOON)
    one.act({ do: 'delete', mark: made.mark.id })
    studio.pass(1000)
    one.act(pin(tao, 'otra cosa', made.mark.id))
    await until(() => readMark(one.doc, made.mark.id)?.edited === NOON + 1000)
    expect(readMark(one.doc, made.mark.id)?.at).toBe(NOON)
  })

  it('shows a sheet that a command puts down, and keeps its own hand off the rest', async () => {
    const one = studio.seat(tao)
    await seated(one)
    const room = await studio.rooms.get(board.id)
    await room.serverWrite(
      (doc) => sheetsOf(doc).set('hoja2', { ...sheet, id: 'hoja2', place: { ...sheet.place } }),
      ines.id,
    )
    expect(sheetsOf(studio.onDisk()).has('hoja2')).toBe(true)
    await until(() => sheetsOf(one.doc).has('hoja2'))
    await expect(room.serverWrite((doc) => sheetsOf(doc).set('hoja3', { wrong: true }), ines.id)).rejects.toThrow()
    const again = await studio.rooms.get(board.id)
    expect([...sheetsOf(again.doc).keys()].sort()).toEqual(['hoja1', 'hoja2'])
    await expect(again.serverWrite((doc) => marksOf(doc).set('tao_aaaa', 1), ines.id)).rejects.toThrow()
    expect(sheetsOf(studio.onDisk()).size).toBe(2)
  })

  it('takes what was done without a network, once', async () => {
    const one = studio.seat(tao)
    const two = studio.seat(ines)
    await seated(one, two)
    one.provider.disconnect()
    const made = [pin(tao, 'uno'), pin(tao, 'dos')]
    for (const intent of made) one.act(intent)
    two.act(pin(ines))
    one.act({ do: 'delete', mark: made[0]?.mark.id as never })
    one.provider.connect()
    await until(() => marksOf(one.doc).size === 2 && marksOf(two.doc).size === 2)
    one.provider.disconnect()
    one.provider.connect()
    await seated(one)
    one.act(pin(tao, 'tres'))
    await until(() => marksOf(two.doc).size === 3 && stampsOf(one.doc).size === 3)
    expect(studio.rooms.stats().refusals).toEqual({})
    expect(contents(studio.onDisk())).toEqual(contents(one.doc))
  })

  it('takes hours of work without network in one answer of a stock provider, and shows it to everybody', async () => {
    const one = studio.seat(ines)
    await seated(one)
    const { doc, bytes } = hoursOfWork(30, 900)
    expect(bytes).toBeGreaterThan(4 * LIMITS.message)
    const two = studio.seat(tao, { doc })
    await until(() => marksOf(one.doc).size === 930 && stampsOf(two.doc).size === 930)
    expect(contents(one.doc)).toEqual(contents(two.doc))
    expect(contents(studio.onDisk())).toEqual(contents(two.doc))
    expect([...one.closes, ...two.closes]).toEqual([])
    expect(studio.rooms.stats()).toMatchObject({ refusals: {}, slowReaders: 0 })
    two.act(pin(tao))
    await until(() => marksOf(one.doc).size === 931)
  })

  it('lets nothing pass in such an answer that would not pass alone', async () => {
    const { doc, bytes } = hoursOfWork(30, 100)
    expect(bytes).toBeGreaterThan(LIMITS.message)
    write(doc, pin(ines), ines.id)
    const two = studio.seat(tao, { doc })
    await until(() => two.closes.length > 0)
    expect(two.closes).toMatchObject([{ code: 4409 }])
    expect(marksOf(studio.onDisk()).size).toBe(0)
  })

  it('is not opened from a log that does not add up', async () => {
    const other = boardId('mesa9')
    studio.boards.set(other, { ...board, id: other })
    const bytes = raw(9, 3, [{ kind: KIND.gc }])
    openUpdates(studio.store as Store).append([{ room: roomOf(other), at: NOON, bytes, acts: [] }])
    await expect(studio.rooms.get(other)).rejects.toThrow('does not add up')
    const heard = hear(studio.socket(ines, `/sync/${roomOf(other)}`))
    await until(() => heard.status !== null)
    expect(heard.status).toBe(503)
  })

  it('sends what it committed as one frame a viewer, the author among them', async () => {
    const sockets = [studio.socket(tao), studio.socket(ines)]
    const heard = sockets.map(hear)
    for (const socket of sockets) {
      await open(socket)
      socket.send(STEP1)
      socket.send(STEP2)
    }
    await until(() => heard.every(({ frames }) => frames.length >= 2))
    const copy = newBoardDoc()
    copy.clientID = 4242
    for (const update of updatesOf(copy, pin(tao), pin(tao), pin(tao))) sockets[0]?.send(updateFrame(update))
    const updates = (i: number): Buffer[] =>
      (heard[i]?.frames ?? []).filter((frame) => frame[0] === 0 && frame[1] === 2)
    await until(() => marksOf(studio.onDisk()).size === 3 && updates(0).length > 0 && updates(1).length > 0)
    expect(updates(0)).toEqual(updates(1))
    expect(updates(0).length).toBeLessThanOrEqual(3)
  })
})

describe('the door', () => {
  const path = `/sync/${roomOf(board.id)}`
  const status = async (...args: Parameters<Studio['socket']>): Promise<number | null> => {
    const socket = studio.socket(...args)
    const heard = hear(socket)
    await until(() => heard.status !== null || socket.readyState === WebSocket.OPEN)
    return heard.status
  }

  it('tells a board that may not be seen exactly as one that does not exist', async () => {
    expect(await status(zoe)).toBe(404)
    expect(await status(oru)).toBe(404)
    expect(await status(ines, `/sync/${roomOf(boardId('nohay'))}`)).toBe(404)
    expect(await status(ines, '/sync/critique.')).toBe(404)
    expect(await status(ines, '/sync/critique.mesa1/..')).toBe(404)
    expect(await status(ines, '/sync/otra.mesa1')).toBe(404)
    expect(await status(ines)).toBeNull()
  })

  it('asks again once the board is loaded: what ended meanwhile is not entered', async () => {
    const other = boardId('mesa2')
    let asked = 0
    studio.boards.set(other, {
      ...board,
      id: other,
      get openings() {
        return asked++ === 0 ? board.openings : []
      },
    })
    expect(await status(tao, `/sync/${roomOf(other)}`)).toBe(404)
    expect(asked).toBeGreaterThan(1)
  })

  it('wants somebody who is signed in', async () => expect(await status(null)).toBe(401))

  it('opens to our own pages alone', async () => {
    const bad = [
      'https://puntada.example.evil.net',
      'https://evil.net',
      'http://puntada.example',
      'https://puntada.example:8443',
      'https://PUNTADA.example',
      'https://puntada.example/',
      'https://sub.puntada.example',
      'null',
      '',
      'https://xn--puntada-.example',
    ]
    for (const origin of bad) expect(await status(ines, path, { origin })).toBe(403)
    expect(await status(ines, path, { origin: 'https://puntada.example' })).toBeNull()
  })

  it('wants an Origin where it is told to', async () => {
    const strict = await openStudio({ allowNoOrigin: false })
    const heard = hear(strict.socket(ines))
    await until(() => heard.status !== null)
    expect(heard.status).toBe(403)
    await strict.close()
  })

  it('reads its parameters or says no', async () => {
    for (const query of [
      '?client=7',
      '?grant=aaaaaaaaaaaaaaaaaaaa',
      '?client=x&grant=aaaaaaaaaaaaaaaaaaaa',
      '?client=7&grant=<>',
      '?hz=-1',
    ])
      expect(await status(ines, `${path}${query}`)).toBe(400)
    expect(await status(ines, `${path}?hz=5`)).toBeNull()
  })
})

describe('a lent client id', () => {
  it('writes for its person alone', async () => {
    const lease = await studio.rooms.lease(tao.id, board.id)
    const thief = studio.seat(ines, { lease })
    await until(() => thief.closes.length > 0)
    expect(thief.closes[0]).toEqual({ code: 4410, reason: '{"r":"lease-lost"}' })
    const one = studio.seat(tao, { lease })
    await seated(one)
    one.act(pin(tao))
    await until(() => stampsOf(one.doc).size === 1)
    const lent = studio.store?.db.prepare('SELECT person FROM leases WHERE client = ?').get(lease.client)
    expect(lent).toEqual({ person: tao.id })
  })

  it('is never lent twice while it lives; given back, it is, with another grant', async () => {
    const first = await studio.rooms.lease(tao.id, board.id)
    const one = studio.seat(tao, { lease: first })
    await seated(one)
    const second = await studio.rooms.lease(tao.id, board.id)
    expect(second.client).not.toBe(first.client)
    expect(await studio.rooms.lease(tao.id, board.id, first.grant)).toEqual(first)
    expect((await studio.rooms.lease(uma.id, board.id, first.grant)).client).not.toBe(first.client)
    one.leave()
    await until(() => studio.rooms.present(board.id).length === 0)
    const third = await studio.rooms.lease(tao.id, board.id)
    expect(third.client).toBe(first.client)
    expect(third.grant).not.toBe(first.grant)
    const late = studio.seat(tao, { lease: first })
    await until(() => late.closes.length > 0)
    expect(late.closes[0]?.code).toBe(4410)
  })

  it('is taken without a lease where nobody has it, and it is one', async () => {
    const { folder } = studio
    await studio.rooms.close()
    const stranger = newBoardDoc()
    stranger.clientID = 555
    sheetsOf(stranger).set('hoja2', { ...sheet, id: 'hoja2', place: { ...sheet.place } })
    const bytes = Y.encodeStateAsUpdate(stranger)
    openUpdates(studio.store as Store).append([{ room: roomOf(board.id), at: NOON, bytes, acts: [] }])
    studio.store?.close()
    const again = await openStudio({ folder })
    const written = async (client: number, clock: number): Promise<string | null> => {
      const socket = again.socket(tao)
      const heard = hear(socket)
      await open(socket)
      socket.send(STEP1)
      socket.send(STEP2)
      await until(() => heard.frames.length >= 2)
      socket.send(updateFrame(raw(client, clock, [{ kind: KIND.gc }])))
      await until(() => heard.refusal !== null || heard.frames.length >= 3)
      socket.close()
      return heard.refusal
    }
    // In the document, and nobody's; no Yjs has an id of more than 32 bits; and one that is free.
    expect(await written(555, 1)).toBe('unbound-client')
    expect(await written(2 ** 32, 0)).toBe('unbound-client')
    expect(await written(556, 0)).toBeNull()
    await again.close()
  })

  it('passes to a new connection with the same grant, which ends the old one', async () => {
    const lease = await studio.rooms.lease(tao.id, board.id)
    const path = `/sync/${lease.room}?client=${lease.client}&grant=${lease.grant}`
    const stale = studio.socket(tao, path)
    const ended = hear(stale)
    await open(stale)
    const one = studio.seat(tao, { lease })
    await seated(one)
    await until(() => ended.code !== null)
    one.act(pin(tao))
    await until(() => stampsOf(one.doc).size === 1)
    expect(studio.rooms.present(board.id)).toEqual([{ person: tao.id, client: lease.client }])
  })

  it('is lent again after a day without use, however it ended', async () => {
    const first = await studio.rooms.lease(tao.id, board.id)
    studio.pass(23 * 3_600_000)
    const second = await studio.rooms.lease(tao.id, board.id)
    expect(second.client).not.toBe(first.client)
    studio.pass(3_600_000)
    expect((await studio.rooms.lease(tao.id, board.id)).client).toBe(first.client)
  })

  it('is lent again when one person has let a thousand lie', async () => {
    const lease = () => studio.rooms.lease(tao.id, board.id)
    const many = await Promise.all(Array.from({ length: MOST_WAITING }, lease))
    expect(new Set(many.map(({ client }) => client)).size).toBe(MOST_WAITING)
    expect((await lease()).client).toBe(many[0]?.client)
    expect(many.map(({ client }) => client)).not.toContain((await studio.rooms.lease(uma.id, board.id)).client)
  })

  it('is void once the room was restored', async () => {
    const lease = await studio.rooms.lease(tao.id, board.id)
    const servers = (await studio.rooms.get(board.id)).doc.clientID
    const { folder } = studio
    await studio.rooms.close()
    studio.store?.db.prepare('INSERT INTO epochs VALUES (?, 2)').run(roomOf(board.id))
    studio.store?.close()
    const again = await openStudio({ folder })
    // The server's own as well: under the old one people have what it does not know of any more.
    expect((await again.rooms.get(board.id)).doc.clientID).not.toBe(servers)
    const one = again.seat(tao, { lease })
    await until(() => one.closes.length > 0)
    expect(one.closes[0]?.code).toBe(4410)
    expect((await again.rooms.lease(tao.id, board.id)).client).not.toBe(lease.client)
    await again.close()
  })

  it('survives a restart of the server', async () => {
    const lease = await studio.rooms.lease(tao.id, board.id)
    const { folder } = studio
    await studio.rooms.close()
    studio.store?.close()
    const again = await openStudio({ folder })
    const one = again.seat(tao, { lease })
    await seated(one)
    one.act(pin(tao))
    await until(() => stampsOf(one.doc).size === 1)
    await again.close()
  })
})

describe('a refusal', () => {
  it('lets what came before it stand, closes with its reason, and the client id for good', async () => {
    const lease = await studio.rooms.lease(tao.id, board.id)
    const path = `/sync/${lease.room}?client=${lease.client}&grant=${lease.grant}`
    const socket = studio.socket(tao, path)
    const heard = hear(socket)
    await open(socket)
    socket.send(STEP1)
    socket.send(STEP2)
    await until(() => heard.frames.length >= 2)
    const copy = newBoardDoc()
    copy.clientID = lease.client
    const good = pin(tao)
    const [first, forged, third] = updatesOf(copy, good, pin(ines), pin(tao)) as [Uint8Array, Uint8Array, Uint8Array]
    for (const update of [first, forged, third]) socket.send(updateFrame(update))
    await until(() => heard.code !== null)
    expect(heard).toMatchObject({ code: 4409, refusal: 'not-author' })
    expect(heard.frames.some((frame) => frame[0] === 0 && frame[1] === 2)).toBe(true)
    expect([...marksOf(studio.onDisk()).keys()]).toEqual([good.mark.id])
    const again = hear(studio.socket(tao, path))
    await until(() => again.code !== null)
    expect(again).toMatchObject({ code: 4410, refusal: 'lease-lost' })
    const fresh = await studio.rooms.lease(tao.id, board.id, lease.grant)
    expect(fresh.client).not.toBe(lease.client)
    const one = studio.seat(tao, { lease: fresh })
    await seated(one)
    one.act(pin(tao))
    await until(() => marksOf(studio.onDisk()).size === 2)
  })

  it('leaves the id of a victim alone, under whose name something was tried', async () => {
    const victim = await studio.rooms.lease(ines.id, board.id)
    const two = studio.seat(ines, { lease: victim })
    await seated(two)
    const socket = studio.socket(tao)
    const heard = hear(socket)
    await open(socket)
    socket.send(STEP2)
    socket.send(updateFrame(raw(victim.client, 0, [{ kind: KIND.gc, length: 3 }])))
    await until(() => heard.code !== null)
    expect(heard.refusal).toBe('unbound-client')
    two.act(pin(ines))
    await until(() => stampsOf(two.doc).size === 1)
  })

  it('of a frame that is none of ours', async () => {
    const bad = [
      Buffer.from([2, 0]),
      Buffer.from([9]),
      Buffer.from([0, 7, 0]),
      Buffer.from([0, 2, 5, 1]),
      Buffer.from([]),
      Buffer.from([3, 3]),
    ]
    for (const frame of bad) {
      const socket = studio.socket(tao)
      const heard = hear(socket)
      await open(socket)
      socket.send(frame)
      await until(() => heard.code !== null)
      expect(heard.refusal).toBe('bad-frame')
    }
    const socket = studio.socket(tao)
    const heard = hear(socket)
    await open(socket)
    socket.send('text')
    await until(() => heard.code !== null)
    expect(heard.refusal).toBe('bad-frame')
  })

  it('of a message that is too large, or comes in too many pieces', async () => {
    const large = studio.socket(tao)
    const one = hear(large)
    await open(large)
    large.send(updateFrame(new Uint8Array(300_000)))
    await until(() => one.code !== null)
    expect(one.code).toBe(1009)
    const pieces = studio.socket(tao)
    const two = hear(pieces)
    await open(pieces)
    for (let i = 0; i < 70; i++) pieces.send(Buffer.from([0]), { fin: false })
    await until(() => two.code !== null)
    expect(two.code).toBe(1008)
  })

  it('of a second large answer, of one that is larger still, and of too many by one person', async () => {
    const come = async (...frames: readonly Buffer[]): Promise<Heard> => {
      const socket = studio.socket(tao)
      const heard = hear(socket)
      await open(socket)
      for (const frame of frames) socket.send(frame)
      await until(() => heard.code !== null)
      return heard
    }
    const large = (bytes: number): Buffer => syncFrame(SYNC.step2, new Uint8Array(bytes))
    expect(await come(STEP2, large(LIMITS.message))).toMatchObject({ code: 1009, refusal: 'too-large' })
    expect((await come(large(LIMITS.answer))).code).toBe(1009)
    // A limit for each connection would be none: whoever was cut comes back by a new one.
    const refusals: unknown[] = []
    for (let left = ALLOWANCE.bytes.burst; left > -LIMITS.answer; left -= LIMITS.answer)
      refusals.push((await come(large(LIMITS.answer - 16))).refusal)
    expect(refusals).toEqual(['trailing-bytes', 'trailing-bytes', 'trailing-bytes', 'rate'])
    expect(marksOf(studio.onDisk()).size).toBe(0)
  })

  it('of a large answer by the seventeenth connection of one person; once one has gone, another may', async () => {
    const sockets = Array.from({ length: ALLOWANCE.doors + 1 }, () => studio.socket(tao))
    const heard = sockets.map(hear)
    await Promise.all(sockets.map(open))
    const junk = Buffer.alloc(LIMITS.message + 1, 9)
    for (const socket of sockets) socket.send(junk)
    await until(() => heard.every(({ code }) => code !== null))
    // What the door does not take is cut before it is read; what it takes is read, and is no frame of ours.
    expect(heard.filter(({ code }) => code === 1009)).toHaveLength(1)
    expect(heard.filter(({ refusal }) => refusal === 'bad-frame')).toHaveLength(ALLOWANCE.doors)
    const again = studio.socket(tao)
    const told = hear(again)
    await open(again)
    again.send(junk)
    await until(() => told.code !== null)
    expect(told.refusal).toBe('bad-frame')
  })

  it('of more than anybody honest sends', async () => {
    const socket = studio.socket(tao)
    const heard = hear(socket)
    await open(socket)
    socket.send(STEP2)
    for (let i = 0; i < 400; i++) socket.send(updateFrame(new Uint8Array([0, 0])))
    await until(() => heard.code !== null)
    expect(heard.refusal).toBe('rate')
  })

  it('of what the gate would have to look at, counted by person', async () => {
    // Nothing to be kept, as long as frames may be, and refused only at its end.
    const junk = updateFrame(raw(77, 1, [{ kind: KIND.any, parent: 'marks', key: 'x', value: 'x'.repeat(250_000) }]))
    const one = studio.socket(tao)
    const heard = hear(one)
    await open(one)
    for (let i = 0; i < LIMITS.updates.burst; i++) one.send(junk)
    await until(() => heard.code !== null)
    expect(heard.refusal).toBe('rate')
    const other = studio.socket(tao)
    const again = hear(other)
    await open(other)
    for (let i = 0; i < 30; i++) other.send(junk)
    await until(() => again.code !== null)
    expect(again.refusal).toBe('rate')
    const hers = studio.seat(ines)
    await seated(hers)
    expect(hers.act(pin(ines))).toBe(true)
    await until(() => stampsOf(hers.doc).size === 1)
  })

  it('of a connection, where one person has a thousand', async () => {
    const sockets = Array.from({ length: ALLOWANCE.connections }, () => studio.socket(tao))
    await Promise.all(sockets.map(open))
    const late = hear(studio.socket(tao))
    await until(() => late.status !== null)
    expect(late.status).toBe(429)
    await open(studio.socket(ines))
    sockets[0]?.close()
    await until(() => studio.rooms.stats().connections === ALLOWANCE.connections)
    await open(studio.socket(tao))
  })
})
