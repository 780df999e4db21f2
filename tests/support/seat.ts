import { WebSocket as Socket } from 'ws'
import { type Api, ApiError } from '../../client/sync/api.ts'
import type { BoardSession } from '../../client/sync/contract.ts'
import type { Live } from '../../client/sync/live.ts'
import { openBoard } from '../../client/sync/session.ts'
import { cell } from '../../client/sync/watched.ts'
import { judge } from '../../shared/access/rules.ts'
import type { Board } from '../../shared/domain/board.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { BoardCard, Me } from '../../shared/protocol/api.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'
import { board, circle, everybody, swatches } from './people.ts'
import type { Studio } from './studio.ts'

/** A line that can be cut, or held so that what the server sends comes late. */
export interface Line {
  cut(): void
  mend(): void
  /** From now on the server's frames wait, */
  hold(): void
  /** and here they come, in order. */
  release(): void
  readonly leases: number
  /** Frames sent, by their y-websocket message type and step: `0/2` is one update. */
  readonly sent: readonly string[]
}
export interface Seated {
  readonly session: BoardSession
  readonly line: Line
}

const meAs = (actor: Actor, now: number): Me => ({
  person: actor,
  group: { name: 'Mezclilla' },
  firms: [],
  people: [],
  circles: [
    {
      id: circle,
      name: 'Mezclilla',
      size: everybody.length,
      firms: [...new Set(everybody.flatMap((a) => (a.circles.includes(circle) && a.firm ? [a.firm] : [])))],
    },
  ],
  starts: {},
  demo: false,
  now: now as never,
})

/** A live connection that never came about: the board must work without it. */
const noLive: Live = {
  command: () => Promise.reject(new ApiError('network')),
  on: () => () => undefined,
  connected: cell(false),
  close: () => undefined,
}

const cardOf = (actor: Actor, of: Board): BoardCard => {
  const own = [...swatches].flatMap(([id, { firm, board }]) => (board === of.id && firm === actor.firm ? [id] : []))
  return { ...of, room: roomOf(of.id), swatches: own } as unknown as BoardCard
}

let words = 0
/** The real client of one person at the studio's real server, over a line that the test holds in its hand. */
export const sit = (studio: Studio, actor: Actor, storage: Storage | null = null): Seated => {
  const sockets = new Set<Socket>()
  const sent: string[] = []
  let up = true
  let held: (() => void)[] | null = null
  let leases = 0

  class HeldSocket extends Socket {
    constructor(address: string) {
      super(address, { headers: { cookie: `person=${actor.id}` } })
      this.on('error', () => undefined)
      sockets.add(this)
      this.on('close', () => sockets.delete(this))
      if (!up) queueMicrotask(() => this.terminate())
    }
    override emit(name: string | symbol, ...args: unknown[]): boolean {
      const pass = (): boolean => super.emit(name as 'message', ...(args as [never, never]))
      if (held === null || (name !== 'message' && name !== 'close')) return pass()
      held.push(pass)
      return true
    }
    override send(data: never, ...rest: never[]): void {
      const bytes = new Uint8Array(data as ArrayBuffer)
      sent.push(bytes[0] === 0 ? `0/${bytes[1]}` : String(bytes[0]))
      super.send(data, ...rest)
    }
  }
  const api: Api = async <T>(method: string, _path: string, body?: unknown): Promise<T> => {
    if (!up) throw new ApiError('network')
    const now = studio.boards.get(board.id)
    if (!now || !judge('board.read', { actor, now: studio.now(), board: now }).ok)
      throw new ApiError('not-found', {}, 404)
    if (method === 'GET') return cardOf(actor, now) as T
    leases++
    const { grant } = body as { grant?: string }
    const { client, grant: given } = await studio.rooms.lease(actor.id, board.id, grant)
    return { room: roomOf(board.id), client, grant: given } as T
  }
  const session = openBoard({
    board: cardOf(actor, board),
    me: meAs(actor, studio.now()),
    now: () => studio.now(),
    random: () => (++words).toString(36).padStart(12, '0'),
    live: noLive,
    api,
    wire: { server: studio.url, WebSocket: HeldSocket as never },
    storage,
  })
  return {
    session,
    line: {
      cut() {
        up = false
        for (const socket of sockets) socket.terminate()
      },
      mend() {
        up = true
      },
      hold() {
        held ??= []
      },
      release() {
        const waiting = held ?? []
        held = null
        for (const pass of waiting) pass()
      },
      get leases() {
        return leases
      },
      sent,
    },
  }
}
