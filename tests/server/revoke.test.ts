import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { newBoardDoc } from '../../server/rooms/gate.ts'
import { marksOf } from '../../shared/document/read.ts'
import { instant } from '../../shared/domain/units.ts'
import { board, HOUR, ines, NOON, tao } from '../support/people.ts'
import { hear, STEP1, STEP2, updateFrame } from '../support/raw.ts'
import { openStudio, pin, type Studio, until } from '../support/studio.ts'
import { updatesOf } from '../support/wire.ts'

let studio: Studio
beforeEach(async () => {
  studio = await openStudio()
})
afterEach(() => studio.close())

const closed = { ...board, openings: [] }

describe('access that ends', () => {
  it('cuts the open connections that it touches, at once, and no others', async () => {
    const one = studio.seat(tao)
    const two = studio.seat(ines)
    await until(() => one.provider.synced && two.provider.synced)
    studio.boards.set(board.id, closed)
    studio.rooms.accessChanged(({ board: id, person }) => id === board.id && person === tao.id)
    two.act(pin(ines, 'solo para nosotras'))
    await until(() => one.closes.length > 0)
    expect(one.closes[0]).toEqual({ code: 4205, reason: '{"r":"access-changed"}' })
    await until(() => marksOf(studio.onDisk()).size === 1)
    expect(marksOf(one.doc).size).toBe(0)
    expect(two.closes).toEqual([])
    expect(studio.rooms.present(board.id).map(({ person }) => person)).toEqual([ines.id])
    const again = hear(studio.socket(tao))
    await until(() => again.status !== null)
    expect(again.status).toBe(404)
  })

  it('lets nothing more in, though the socket should still be open', async () => {
    const socket = studio.socket(tao)
    const heard = hear(socket)
    await until(() => socket.readyState === WebSocket.OPEN)
    socket.send(STEP1)
    socket.send(STEP2)
    await until(() => heard.frames.length >= 2)
    const copy = newBoardDoc()
    copy.clientID = 4242
    const [update] = updatesOf(copy, pin(tao)) as [Uint8Array]
    studio.boards.set(board.id, closed)
    socket.send(updateFrame(update))
    await until(() => heard.code !== null)
    expect(heard.refusal).toBe('not-found')
    expect(marksOf(studio.onDisk()).size).toBe(0)
  })

  it('takes nothing more from a sign-in that was ended, whatever its person may do', async () => {
    const socket = studio.socket(tao)
    const heard = hear(socket)
    await until(() => socket.readyState === WebSocket.OPEN)
    socket.send(STEP1)
    socket.send(STEP2)
    await until(() => heard.frames.length >= 2)
    const copy = newBoardDoc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(studio.onDisk()))
    copy.clientID = 4242
    const [before, after] = updatesOf(copy, pin(tao), pin(tao)) as [Uint8Array, Uint8Array]
    // One has come and waits for its turn; the other is sent by an end that does not know yet.
    const room = await studio.rooms.get(board.id)
    for (const connection of room.connections) room.receive(connection, { is: 'update', bytes: before })
    studio.rooms.accessChanged(({ session }) => session === `s-${tao.id}`)
    socket.send(updateFrame(after))
    await until(() => heard.code !== null)
    expect(heard.refusal).toBe('access-changed')
    await studio.rooms.close()
    expect(marksOf(studio.onDisk()).size).toBe(0)
  })

  it('ends by the clock as well: nobody is sent anything after an opening is over', async () => {
    const one = studio.seat(tao)
    const two = studio.seat(ines)
    await until(() => one.provider.synced && two.provider.synced)
    studio.pass(8 * HOUR)
    two.act(pin(ines, 'después de la hora'))
    await until(() => one.closes.length > 0)
    expect(one.closes[0]?.code).toBe(4205)
    expect(marksOf(one.doc).size).toBe(0)
    await until(() => marksOf(studio.onDisk()).size === 1)
    expect(two.closes).toEqual([])
  })

  it('ends by the clock for who asks for everything again, before any timer has run', async () => {
    const socket = studio.socket(tao)
    const heard = hear(socket)
    await until(() => socket.readyState === WebSocket.OPEN)
    socket.send(STEP1)
    await until(() => heard.frames.length >= 2)
    const before = heard.frames.length
    studio.pass(8 * HOUR)
    socket.send(STEP1)
    await until(() => heard.code !== null || heard.frames.length > before)
    expect(heard).toMatchObject({ refusal: 'access-changed', frames: { length: before } })
  })

  it('ends by the clock without anybody doing anything', async () => {
    // The clock stands 50 ms before the end; only the timer can end it.
    const soon = { ...board, openings: [{ ...board.openings[0]!, until: instant(NOON + 50) }] }
    studio.boards.set(board.id, soon)
    const one = studio.seat(tao)
    await until(() => one.provider.synced)
    studio.rooms.rejudge()
    expect(one.closes).toEqual([])
    studio.pass(50)
    await until(() => one.closes.length > 0)
    expect(one.closes[0]?.code).toBe(4205)
  })

  it('counts from the next update on where a person changes firm', async () => {
    const one = studio.seat(tao)
    await until(() => one.provider.synced)
    studio.people.set(tao.id, { ...tao, circles: [] })
    one.act(pin(tao))
    await until(() => one.closes.length > 0)
    expect(one.closes[0]?.reason).toBe('{"r":"not-found"}')
    expect(marksOf(studio.onDisk()).size).toBe(0)
  })

  it('ends with the person', async () => {
    const one = studio.seat(tao)
    await until(() => one.provider.synced)
    studio.people.delete(tao.id)
    studio.rooms.rejudge()
    await until(() => one.closes.length > 0)
    expect(one.closes[0]?.code).toBe(4205)
  })
})
