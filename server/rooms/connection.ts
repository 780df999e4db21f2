import type { WebSocket } from 'ws'
import type { PersonId } from '../../shared/domain/ids.ts'
import { PRESENCE_CAPS } from '../../shared/protocol/presence.ts'
import { closeReason, SYNC_REFUSALS, type SyncRefusal } from '../../shared/protocol/refusals.ts'
import type { Share } from './allowance.ts'
import { Bucket } from './bucket.ts'
import { type Frame, HEARTBEAT, parseFrame } from './frames.ts'
import type { Viewer } from './presence.ts'

export const LIMITS = {
  /** Bytes of one message from a client. */
  message: 256 * 1024,
  /**
   * Bytes of the one answer with which a client says what it has that the server has not: a stock provider packs hours
   * without network into it, and every deletion that it ever heard of. The gate's caps on structs and deletions hold for
   * it as for any update, so that it costs a turn of at most some 150 ms.
   */
  answer: 4 * 1024 * 1024,
  /** Updates a second, and at once after a while. */
  updates: { rate: 60, burst: 300 },
  /** Whole states asked for, a second and at once: the dearest thing that one short frame can ask. */
  states: { rate: 0.2, burst: 6 },
  /** Presence frames; a stock provider sends each one that it gets back again. */
  presence: { rate: 120, burst: 300 },
  /** Bytes waiting for a reader: for so long, and at once. */
  behind: { bytes: 1024 * 1024, ms: 5000, most: 4 * 1024 * 1024 },
  /** Presence is left out for a reader that is this far behind. */
  volatile: 256 * 1024,
  pingMs: 25_000,
  /** From the close frame to the end of a socket that does not answer it. */
  graceMs: 1000,
} as const

/** What a connection tells its room. */
export interface Receiver {
  receive(connection: Connection, frame: Frame): void
  /** @param clean whether the client ended it by itself, so that its id may be lent again. */
  ended(connection: Connection, clean: boolean): void
}

export interface Who {
  readonly person: PersonId
  readonly session: string
  /** What the client shows for its id, if it has asked for one. */
  readonly lease: { readonly client: number; readonly grant: string } | null
  readonly hz: number
}

/** Close codes with which a client says goodbye. */
const CLEAN = new Set([1000, 1001, 1005])

/** One socket: decodes, limits, pings; knows nothing of documents. */
export class Connection implements Viewer {
  readonly person: PersonId
  readonly session: string
  readonly lease: Who['lease']
  readonly hz: number
  /** Its Yjs client id; null until one is claimed or bound. */
  client: number | null = null
  /** Gets what the room commits: its first whole state went out. */
  told = false
  /** Has answered with what it had before, so that gaps are no longer a matter of order. */
  answered = false
  /** Resolves when the socket is closed. */
  readonly ended: Promise<void>
  readonly #socket: WebSocket
  readonly #receiver: Receiver
  readonly #updates: Bucket
  readonly #states: Bucket
  readonly #presence: Bucket
  /** On the account of its person. */
  readonly share: Share
  readonly #slow: () => void
  /** Its one large answer came. */
  #hasAnswered = false
  #over = false
  #alive = true
  #behindSince: number | null = null
  /** Bytes that a reader may be behind on top of the rest: whole states, and the largest frame since it last caught up. */
  #allowance = 0
  #waitedAtBeat = 0

  constructor(socket: WebSocket, who: Who, receiver: Receiver, share: Share, slow: () => void) {
    this.person = who.person
    this.session = who.session
    this.lease = who.lease
    this.hz = Math.min(PRESENCE_CAPS.hz, Math.max(1, who.hz))
    this.#socket = socket
    this.#receiver = receiver
    this.share = share
    this.#slow = slow
    const at = performance.now()
    this.#updates = new Bucket(LIMITS.updates.rate, LIMITS.updates.burst, at)
    this.#states = new Bucket(LIMITS.states.rate, LIMITS.states.burst, at)
    this.#presence = new Bucket(LIMITS.presence.rate, LIMITS.presence.burst, at)
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary))
    socket.on('pong', () => {
      this.#alive = true
    })
    // By hand, and not to who is behind: answers to pings lie in memory like all else that is not read.
    socket.on('ping', (data) => {
      if (!this.#over && socket.bufferedAmount <= LIMITS.volatile) socket.pong(data)
    })
    // Too large, not masked, not UTF-8: ws has closed it with the right code already.
    socket.on('error', () => undefined)
    this.ended = new Promise((resolve) => {
      socket.on('close', (code) => {
        const clean = !this.#over && CLEAN.has(code)
        this.#over = true
        share.end()
        receiver.ended(this, clean)
        resolve()
      })
    })
  }

  /** Nothing more is sent or taken. */
  get isOver(): boolean {
    return this.#over
  }

  send(frame: Buffer): void {
    if (this.#over) return
    // Hours of somebody's work in one frame make nobody a slow reader; many such frames do.
    this.#allowance = Math.max(this.#allowance, frame.length)
    this.#socket.send(frame, BINARY)
    this.#watch()
  }

  /** A whole state, however large; to who asks for another before it has read the last one there is none. */
  sendState(frame: Buffer): void {
    if (this.#socket.bufferedAmount > LIMITS.behind.bytes) {
      this.#cut()
      return
    }
    this.#allowance += frame.length
    this.send(frame)
  }

  sendVolatile(frame: Buffer): void {
    if (this.#over || this.#socket.bufferedAmount > LIMITS.volatile + this.#allowance) return
    this.send(frame)
  }

  /** Sends nothing more, says why, and ends whoever does not answer. */
  close(code: SyncRefusal): void {
    if (this.#over) return
    this.#over = true
    this.#socket.close(SYNC_REFUSALS[code].close, closeReason(code))
    setTimeout(() => this.#socket.terminate(), LIMITS.graceMs).unref()
  }

  terminate(): void {
    this.#over = true
    this.#socket.terminate()
  }

  /** Every `pingMs`: whoever did not answer the last ping is gone, and so is who has read nothing of what waits since then. */
  beat(): void {
    if (!this.#alive) {
      this.#socket.terminate()
      return
    }
    const waiting = this.#socket.bufferedAmount
    if (waiting > LIMITS.behind.bytes && waiting >= this.#waitedAtBeat) {
      this.#cut()
      return
    }
    this.#waitedAtBeat = waiting
    this.#alive = false
    this.#socket.ping()
    this.send(HEARTBEAT)
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#over) return
    const frame = isBinary ? parseFrame(data) : null
    if (frame === null) {
      this.close('bad-frame')
      return
    }
    if (data.length > LIMITS.message) {
      if (frame.is !== 'step2' || this.#hasAnswered) {
        this.close('too-large')
        return
      }
      if (!this.share.take(data.length)) {
        this.close('rate')
        return
      }
    }
    if (frame.is === 'step2') this.#hasAnswered = true
    const at = performance.now()
    if (frame.is === 'awareness' || frame.is === 'query') {
      // Volatile both ways: too many of them are let fall.
      if (!this.#presence.take(frame.is === 'query' ? 10 : 1, at)) return
    } else if (frame.is === 'step1' ? !this.#states.take(1, at) : !this.#updates.take(1, at)) {
      this.close('rate')
      return
    }
    this.#receiver.receive(this, frame)
  }

  #watch(): void {
    const waiting = this.#socket.bufferedAmount
    if (waiting <= LIMITS.behind.bytes) {
      this.#behindSince = null
      this.#allowance = 0
      return
    }
    if (waiting <= LIMITS.behind.bytes + this.#allowance) return
    const now = performance.now()
    this.#behindSince ??= now
    if (waiting > LIMITS.behind.most + this.#allowance || now - this.#behindSince > LIMITS.behind.ms) this.#cut()
  }

  #cut(): void {
    if (this.#over) return
    this.#slow()
    this.terminate()
  }
}

const BINARY = { binary: true } as const
