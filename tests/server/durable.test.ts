import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { awarenessFrame } from '../../server/rooms/frames.ts'
import { newBoardDoc } from '../../server/rooms/gate.ts'
import { openStore } from '../../server/store/sqlite/open.ts'
import { openUpdates } from '../../server/store/sqlite/updates.ts'
import { marksOf, stampsOf } from '../../shared/document/read.ts'
import { write } from '../../shared/document/write.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'
import { board, ines, tao } from '../support/people.ts'
import { hear, STEP1, STEP2 } from '../support/raw.ts'
import { chance } from '../support/seeds.ts'
import { openStudio, pin, type Studio, until } from '../support/studio.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})
const studioOf = async (...args: Parameters<typeof openStudio>): Promise<Studio> => {
  const studio = await openStudio(...args)
  cleanUp.push(() => studio.close())
  return studio
}

describe('a full disk', () => {
  it('shows nobody what was not written, tells the author, goes on reading, and takes it once there is room', async () => {
    const studio = await studioOf()
    const one = studio.seat(tao)
    const two = studio.seat(ines)
    await until(() => one.provider.synced && two.provider.synced)
    const kept = pin(tao, 'cabe')
    one.act(kept)
    await until(() => marksOf(two.doc).size === 1)
    const db = studio.store!.db
    const { page_count } = db.prepare('PRAGMA page_count').get() as { page_count: number }
    db.exec(`PRAGMA max_page_count = ${page_count}`)
    one.provider.shouldConnect = false
    let lost = pin(tao, 'x'.repeat(4000))
    while (one.closes.length === 0) {
      one.act(lost)
      await until(() => one.closes.length > 0 || stampsOf(one.doc).has(lost.mark.id))
      if (one.closes.length === 0) lost = pin(tao, 'x'.repeat(4000))
    }
    expect(one.closes[0]).toEqual({ code: 4507, reason: '{"r":"disk-full"}' })
    // Inés was cut too, came back by herself, and reads: what is there, and nothing of what is not.
    await until(() => two.provider.synced && two.closes.length > 0)
    expect(marksOf(two.doc).has(kept.mark.id)).toBe(true)
    expect(marksOf(two.doc).has(lost.mark.id)).toBe(false)
    expect(marksOf(studio.onDisk()).has(lost.mark.id)).toBe(false)
    db.exec('PRAGMA max_page_count = 1000000')
    one.provider.connect()
    await until(() => marksOf(two.doc).has(lost.mark.id) && stampsOf(one.doc).has(lost.mark.id))
    expect(marksOf(studio.onDisk()).has(lost.mark.id)).toBe(true)
  })
})

describe('a slow reader', () => {
  it('is cut before it costs memory, the others unharmed, and comes back whole', async () => {
    const studio = await studioOf()
    const slow = studio.socket(ines)
    const heard = hear(slow)
    await until(() => slow.readyState === WebSocket.OPEN)
    slow.send(STEP1)
    slow.send(STEP2)
    await until(() => heard.frames.length >= 2)
    slow.pause()
    const others = studio.seat(ines)
    await until(() => others.provider.synced)
    const room = await studio.rooms.get(board.id)
    // Some 12 MB, more than any system keeps for one socket: sheets with names that say a lot.
    for (let i = 0; studio.rooms.stats().slowReaders === 0; i++) {
      await room.serverWrite((doc) => {
        const sheets = doc.getMap<Record<string, unknown>>('sheets')
        sheets.set('hoja1', { ...sheets.get('hoja1'), name: `${i}${'n'.repeat(400_000)}` })
      }, ines.id)
      expect(i).toBeLessThan(200)
    }
    const name = (doc: Y.Doc): unknown => doc.getMap<Record<string, unknown>>('sheets').get('hoja1')?.name
    await until(() => name(others.doc) === name(room.doc))
    expect(studio.rooms.present(board.id).map(({ person }) => person)).not.toHaveLength(2)
    const back = studio.seat(ines)
    await until(() => back.provider.synced)
    expect(name(back.doc)).toBe(name(room.doc))
  })
})

describe('who keeps a connection and reads nothing', () => {
  /** More than any system keeps for one socket. */
  const HEAVY = 12_000_000
  const opened = async (studio: Studio): Promise<WebSocket> => {
    const socket = studio.socket(ines)
    const heard = hear(socket)
    await until(() => socket.readyState === WebSocket.OPEN)
    socket.send(STEP2)
    await until(() => heard.frames.length >= 1)
    return socket
  }
  const heavy = async (): Promise<Studio> => {
    const studio = await studioOf()
    await (await studio.rooms.get(board.id)).serverWrite((doc) => {
      const sheets = doc.getMap<Record<string, unknown>>('sheets')
      sheets.set('hoja1', { ...sheets.get('hoja1'), name: 'n'.repeat(HEAVY) })
    }, ines.id)
    return studio
  }
  /** Resolves when the server has taken all that was sent before. */
  const taken = async (studio: Studio, socket: WebSocket): Promise<void> => {
    const before = studio.rooms.stats().presenceIn
    socket.send(awarenessFrame(0, []))
    await until(() => studio.rooms.stats().presenceIn > before || studio.rooms.present(board.id).length === 0)
  }

  it('is cut when it asks for everything again before it has read it', async () => {
    const studio = await heavy()
    const socket = await opened(studio)
    socket.pause()
    socket.send(STEP1)
    await taken(studio, socket)
    expect(studio.rooms.stats().slowReaders).toBe(0)
    socket.send(STEP1)
    await until(() => studio.rooms.present(board.id).length === 0)
    expect(studio.rooms.stats().slowReaders).toBe(1)
  })

  it('is cut though it says that it lives, between two beats', async () => {
    const studio = await heavy()
    const socket = await opened(studio)
    socket.pause()
    socket.send(STEP1)
    const { connections } = await studio.rooms.get(board.id)
    const beat = async (): Promise<void> => {
      for (const one of connections) one.beat()
      socket.pong()
      await taken(studio, socket)
    }
    await beat()
    expect(studio.rooms.present(board.id)).toHaveLength(1)
    await beat()
    expect(studio.rooms.present(board.id)).toEqual([])
    expect(studio.rooms.stats().slowReaders).toBe(1)
  })

  it('has its pings answered only as far as it reads', async () => {
    const studio = await studioOf()
    const socket = await opened(studio)
    let answers = 0
    socket.on('pong', () => answers++)
    socket.pause()
    const most = HEAVY / 100
    for (let i = 0; i < most; i++) socket.ping(Buffer.alloc(100))
    await taken(studio, socket)
    socket.resume()
    const heard = hear(socket)
    socket.send(STEP1)
    await until(() => heard.frames.length > 0)
    expect(answers).toBeLessThan(most)
    socket.ping()
    const before = answers
    await until(() => answers > before)
  })
})

describe('a server that ends', () => {
  it('drains: what arrived is on disk, and everybody is told to come back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'puntada-'))
    cleanUp.push(() => rmSync(folder, { recursive: true, force: true }))
    const studio = await studioOf({ folder })
    const one = studio.seat(tao)
    await until(() => one.provider.synced)
    const made = pin(tao)
    one.act(made)
    await until(() => stampsOf(one.doc).has(made.mark.id))
    const ended = studio.rooms.close()
    await ended
    await until(() => one.closes.length > 0)
    expect(one.closes[0]).toEqual({ code: 1012, reason: '{"r":"server-stopping"}' })
    expect(marksOf(studio.onDisk()).has(made.mark.id)).toBe(true)
    const refused = hear(studio.socket(tao))
    await until(() => refused.status !== null)
    expect(refused.status).toBe(503)
  })

  it('loses nothing that was called saved, killed in mid-write fifty times', { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'puntada-'))
    cleanUp.push(() => rmSync(folder, { recursive: true, force: true }))
    const random = chance(50)
    const saved = new Set<string>()
    const node = process.execPath
    const script = join(import.meta.dirname, '..', 'support', 'server-child.ts')
    const start = () => {
      const child = spawn(node, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
      cleanUp.push(() => child.kill('SIGKILL'))
      return child
    }
    let spare = start()
    for (let round = 0; round < 50; round++) {
      const child = spare
      spare = start()
      child.stdin.write('go')
      const exited = new Promise((resolve) => child.once('exit', resolve))
      const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))))
      const url = line.split(' ')[0] as string
      class AsTao extends WebSocket {
        constructor(address: string) {
          super(address, { headers: { cookie: `person=${tao.id}` } })
        }
      }
      const docs = [newBoardDoc(), newBoardDoc()]
      const providers = docs.map(
        (doc) =>
          new WebsocketProvider(`${url}/sync`, roomOf(board.id), doc, {
            WebSocketPolyfill: AsTao as never,
            disableBc: true,
          }),
      )
      await until(() => providers.every((provider) => provider.synced))
      for (const id of saved) expect(marksOf(docs[0] as Y.Doc).has(id)).toBe(true)
      // Saved is what the author reads: the server's own stamp came back with it.
      for (const doc of docs) {
        stampsOf(doc).observe((event) => {
          for (const key of event.keysChanged) saved.add(key)
        })
      }
      const before = saved.size
      const killAfter = before + 2 + random.below(12)
      let killed = false
      for (let n = 0; !killed && n < 400; n++) {
        for (const doc of docs) write(doc, pin(tao, `${round}.${n}`), null)
        await new Promise((resolve) => setImmediate(resolve))
        if (saved.size >= killAfter) {
          child.kill('SIGKILL')
          killed = true
        }
      }
      if (!killed) {
        await until(() => saved.size >= killAfter)
        child.kill('SIGKILL')
      }
      await exited
      for (const provider of providers) provider.destroy()
      const store = openStore(folder)
      const disk = newBoardDoc()
      for (const bytes of openUpdates(store).load(roomOf(board.id)).updates) Y.applyUpdate(disk, bytes)
      expect(disk.store.pendingStructs).toBeNull()
      for (const id of saved) expect(marksOf(disk).has(id)).toBe(true)
      store.close()
    }
    expect(saved.size).toBeGreaterThan(100)
  })
})
