import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { newBoardDoc } from '../../server/rooms/gate.ts'
import type { CommittedAct, Directory } from '../../server/rooms/ports.ts'
import { openRooms, type Rooms } from '../../server/rooms/registry.ts'
import type { UpdateLog } from '../../server/store/ports.ts'
import { openStore, type Store } from '../../server/store/sqlite/open.ts'
import { openUpdates } from '../../server/store/sqlite/updates.ts'
import { sheetsOf } from '../../shared/document/read.ts'
import { type Intent, type NewMark, write } from '../../shared/document/write.ts'
import type { Board } from '../../shared/domain/board.ts'
import { point } from '../../shared/domain/geometry.ts'
import { type MarkId, markId, type ReplyId, replyId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import { type Instant, instant } from '../../shared/domain/units.ts'
import type { Operation, OperationOf } from '../../shared/pattern/operation.ts'
import type { Leased } from '../../shared/protocol/api.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'
import { board, everybody, NOON, patternSheet, sheet, swatches } from './people.ts'
import type { Chance } from './seeds.ts'

/** Deterministic bytes for grants and client ids. */
export const bytesFrom =
  (chance: Chance) =>
  (n: number): Uint8Array =>
    Uint8Array.from({ length: n }, () => chance.below(256))

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export interface Closed {
  readonly code: number
  readonly reason: string
}

/** A person at a browser: a document of their own behind the stock provider. */
export interface Seat {
  readonly actor: Actor
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** Close frames that came, oldest first. */
  readonly closes: readonly Closed[]
  act(intent: Intent): boolean
  leave(): void
}

export interface Studio {
  readonly rooms: Rooms
  readonly store: Store | null
  readonly folder: string
  readonly url: string
  readonly people: Map<string, Actor>
  readonly boards: Map<string, Board>
  readonly acts: readonly CommittedAct[]
  /** Sets the clock on. */
  pass(ms: number): void
  now(): Instant
  seat(actor: Actor, options?: SeatOptions): Seat
  /** A bare socket, for whoever does not keep to the protocol. */
  socket(actor: Actor | null, path?: string, headers?: Record<string, string>): WebSocket
  /** The document as it is on disk, loaded by nothing but the log. */
  onDisk(): Y.Doc
  close(): Promise<void>
}
export interface SeatOptions {
  readonly lease?: Leased
  readonly doc?: Y.Doc
  readonly hz?: number
}
export interface StudioOptions {
  readonly folder?: string
  readonly log?: UpdateLog
  readonly origins?: readonly string[]
  readonly allowNoOrigin?: boolean
  readonly compact?: (room: string) => void
}

/** A whole studio on 127.0.0.1: real gate, real rooms, real disk, real sockets, and a clock that is told the time. */
export const openStudio = async (options: StudioOptions = {}): Promise<Studio> => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'puntada-'))
  const store = options.log ? null : openStore(folder)
  const log = options.log ?? openUpdates(store as Store)
  let now: Instant = NOON
  const people = new Map<string, Actor>(everybody.map((actor) => [actor.id, actor]))
  const boards = new Map<string, Board>([[board.id, board]])
  const directory: Directory = {
    actor: (id) => people.get(id) ?? null,
    board: (id) => boards.get(id) ?? null,
    swatch: (id) => swatches.get(id) ?? null,
  }
  const acts: CommittedAct[] = []
  const rooms = openRooms({
    log,
    directory,
    sink: { committed: (_, done) => void acts.push(...done) },
    now: () => now,
    random: (n) => crypto.getRandomValues(new Uint8Array(n)),
    origins: new Set(options.origins ?? []),
    ...(options.allowNoOrigin === undefined ? {} : { allowNoOrigin: options.allowNoOrigin }),
    ...(options.compact === undefined ? {} : { compact: options.compact }),
    authenticate(req) {
      const person = /person=([a-z0-9]+)/.exec(req.headers.cookie ?? '')?.[1]
      const actor = person === undefined ? undefined : people.get(person)
      return actor ? { person: actor.id, session: `s-${actor.id}` } : null
    },
    logger: silent,
  })
  const http = createServer()
  http.on('upgrade', rooms.handleUpgrade)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
  const seats: Seat[] = []
  const sockets: WebSocket[] = []

  const studio: Studio = {
    rooms,
    store,
    folder,
    url,
    people,
    boards,
    acts,
    pass(ms) {
      now = instant(now + ms)
    },
    now: () => now,
    seat(actor, { lease, doc = newBoardDoc(), hz } = {}) {
      if (lease) doc.clientID = lease.client
      const closes: Closed[] = []
      class AsPerson extends WebSocket {
        constructor(address: string) {
          super(address, { headers: { cookie: `person=${actor.id}` } })
        }
      }
      const params: Record<string, string> = {
        ...(lease ? { client: String(lease.client), grant: lease.grant } : {}),
        ...(hz === undefined ? {} : { hz: String(hz) }),
      }
      const provider = new WebsocketProvider(`${url}/sync`, roomOf(board.id), doc, {
        WebSocketPolyfill: AsPerson as never,
        disableBc: true,
        params,
        maxBackoffTime: 50,
      })
      provider.on('connection-close', (event) => {
        if (event) closes.push({ code: event.code, reason: event.reason })
      })
      const seat: Seat = {
        actor,
        doc,
        provider,
        closes,
        act: (intent) => write(doc, intent, actor.id),
        leave: () => provider.destroy(),
      }
      seats.push(seat)
      return seat
    },
    socket(actor, path = `/sync/${roomOf(board.id)}`, headers = {}) {
      const socket = new WebSocket(`${url}${path}`, {
        headers: { ...(actor ? { cookie: `person=${actor.id}` } : {}), ...headers },
      })
      socket.on('error', () => undefined)
      sockets.push(socket)
      return socket
    },
    onDisk() {
      const doc = newBoardDoc()
      for (const update of log.load(roomOf(board.id)).updates) Y.applyUpdate(doc, update)
      return doc
    },
    async close() {
      for (const seat of seats) seat.provider.destroy()
      for (const socket of sockets) socket.terminate()
      await rooms.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
      store?.close()
      if (!options.folder) rmSync(folder, { recursive: true, force: true })
    },
  }
  await (await rooms.get(board.id)).serverWrite((doc) => {
    if (!sheetsOf(doc).has(sheet.id)) sheetsOf(doc).set(sheet.id, { ...sheet, place: { ...sheet.place } })
  }, board.firm as never)
  return studio
}

/** Resolves as soon as `holds`, asked whenever something may have changed; the test's own time limit ends it. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2))
}

let marks = 0
/** A pin that `actor` makes, with a fresh id. */
export const pin = (actor: Actor, text = 'hola', id?: MarkId): Extract<Intent, { do: 'add' }> => ({
  do: 'add',
  mark: {
    id: id ?? markId(`${actor.id}_${(++marks).toString(36).padStart(6, '0')}`),
    sheet: sheet.id,
    shape: { kind: 'pin', at: point(10, 20) },
    words: { says: 'noto', text },
    done: false,
    replies: [],
  },
})

export const STITCH: OperationOf<'stitch'> = {
  op: 'stitch',
  edges: ['costado' as never],
  stitch: '516',
  seam: 1,
  spi: 10,
  needles: 2,
  gauge: 5,
  thread: 'Tex 27',
  allowance: 12,
}
export const LENGTHEN: OperationOf<'lengthen'> = { op: 'lengthen', pieces: ['delantero' as never], at: 0.5, by: 20 }
export const LOOK: OperationOf<'look'> = {
  op: 'look',
  piece: 'delantero' as never,
  kind: 'color',
  colour: '#336699',
  swatch: '',
  words: 'azul de fábrica',
}

/** A look with a picture that somebody brought; see `swatches` for whose it is. */
export const lookWith = (own: string): OperationOf<'look'> => ({
  ...LOOK,
  kind: 'textura',
  colour: '',
  swatch: { own: own as never, name: 'lino crudo', across: 120 },
})

/** A proposal that `actor` makes on the pattern, with a fresh id. */
export const propose = (
  actor: Actor,
  change: Operation = STITCH,
  over: Partial<NewMark> = {},
): Extract<Intent, { do: 'add' }> => ({
  do: 'add',
  mark: {
    id: markId(`${actor.id}_${(++marks).toString(36).padStart(6, '0')}`),
    sheet: patternSheet.id,
    shape: { kind: 'proposal', at: point(30, 40) },
    words: { says: 'sugiero', text: 'aguanta más' },
    proposal: { change, version: 3 },
    done: false,
    replies: [],
    ...over,
  },
})

export const reply = (actor: Actor, mark: MarkId, text = 'sí'): Extract<Intent, { do: 'reply' }> => ({
  do: 'reply',
  mark,
  reply: replyId(`${actor.id}_${(++marks).toString(36).padStart(6, '0')}`) as ReplyId,
  text,
})

/** Everything live in a document, in a form that compares. */
export const contents = (doc: Y.Doc): unknown => ({
  marks: doc.getMap('marks').toJSON(),
  sheets: doc.getMap('sheets').toJSON(),
  stamps: doc.getMap('stamps').toJSON(),
  decisions: doc.getMap('decisions').toJSON(),
})
