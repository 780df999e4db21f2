import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { Allowance, type Share } from '../../server/rooms/allowance.ts'
import { Connection } from '../../server/rooms/connection.ts'
import { parseFrame, SYNC, syncFrame } from '../../server/rooms/frames.ts'
import { newBoardDoc } from '../../server/rooms/gate.ts'
import type { Room } from '../../server/rooms/room.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Leased } from '../../shared/protocol/api.ts'

/** A socket without a network: what the server sends waits until the test lets it arrive. */
class PretendSocket extends EventEmitter {
  readonly toClient: Uint8Array[] = []
  bufferedAmount = 0
  #isOpen = true

  send(data: Uint8Array): void {
    if (this.#isOpen) this.toClient.push(data)
  }

  ping(): void {}

  close(code: number): void {
    this.#end(code)
  }

  terminate(): void {
    this.#end(1006)
  }

  /** The connection breaks: what is under way both ways is lost. */
  cut(): void {
    this.#end(1006)
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  #end(code: number): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.closed = code
    this.emit('close', code)
  }

  closed: number | null = null
}

/**
 * A client that speaks the protocol of y-websocket over a wire which is late, stops, and breaks. Within one connection
 * frames keep their order, as TCP has it; between connections nothing does.
 */
export class Wire {
  readonly actor: Actor
  readonly room: Room
  doc: Y.Doc
  lease: Leased
  socket: PretendSocket | null = null
  refusals = 0
  readonly #toServer: Uint8Array[] = []

  constructor(actor: Actor, room: Room, lease: Leased) {
    this.actor = actor
    this.room = room
    this.lease = lease
    this.doc = this.#fresh(lease)
  }

  connect(): void {
    if (this.socket) return
    const socket = new PretendSocket()
    this.socket = socket
    const { client, grant } = this.lease
    const who = { person: this.actor.id, session: 's', lease: { client, grant }, hz: 30 }
    const share = new Allowance().open(this.actor.id) as Share
    this.room.join(new Connection(socket as unknown as WebSocket, who, this.room, share, () => undefined))
    this.#toServer.push(syncFrame(SYNC.step1, Y.encodeStateVector(this.doc)))
  }

  cut(): void {
    this.socket?.cut()
    this.#drop()
  }

  /** Lets one frame arrive at the server. */
  up(): boolean {
    this.#notice()
    const frame = this.#toServer.shift()
    if (frame === undefined || !this.socket) return false
    this.socket.emit('message', Buffer.from(frame), true)
    return true
  }

  /** Lets one frame arrive at the client. */
  down(): boolean {
    const frame = this.socket?.toClient.shift()
    if (frame === undefined) {
      this.#notice()
      return false
    }
    const parsed = parseFrame(frame)
    if (parsed?.is === 'step1')
      this.#toServer.push(syncFrame(SYNC.step2, Y.encodeStateAsUpdate(this.doc, parsed.vector)))
    else if (parsed?.is === 'step2' || parsed?.is === 'update') Y.applyUpdate(this.doc, parsed.bytes, this)
    return true
  }

  /** Whether it was refused and has to begin with a fresh copy. */
  get isRefused(): boolean {
    this.#notice()
    return this.lease.client === -1
  }

  startAfresh(lease: Leased): void {
    this.lease = lease
    this.doc = this.#fresh(lease)
  }

  #notice(): void {
    const closed = this.socket?.closed ?? null
    if (closed === null || (this.socket?.toClient.length ?? 0) > 0) return
    if (closed === 4409 || closed === 4410) {
      this.refusals++
      this.lease = { ...this.lease, client: -1 }
    }
    this.#drop()
  }

  #drop(): void {
    this.socket = null
    this.#toServer.length = 0
  }

  #fresh({ client }: Leased): Y.Doc {
    const doc = newBoardDoc()
    doc.clientID = client
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== this && this.socket) this.#toServer.push(syncFrame(SYNC.update, bytes))
    })
    return doc
  }
}
