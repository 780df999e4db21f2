import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { BoardId, PersonId } from '../../shared/domain/ids.ts'
import type { Leased } from '../../shared/protocol/api.ts'
import { Allowance } from './allowance.ts'
import { Committer } from './committer.ts'
import { LIMITS } from './connection.ts'
import type { Connected, Present, RoomsNeeds, Stats } from './ports.ts'
import { type Counters, Room } from './room.ts'
import { makeUpgrade } from './upgrade.ts'

/** All rooms of this server: opened once when first needed, put away when nobody is there. */
export interface Rooms {
  /** For upgrades to `/sync/<room>`; answers every one of them, with 101 or with an HTTP refusal. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /**
   * Lends a Yjs client id. The caller has judged `board.read`.
   *
   * @param grant that of an id which the same person holds: it is confirmed, not replaced.
   */
  lease(person: PersonId, board: BoardId, grant?: string): Promise<Leased>
  get(board: BoardId): Promise<Room>
  /** Connections for which this says true get nothing more, are closed with 4205 and may come back through the door. */
  accessChanged(touches: (who: Connected) => boolean): void
  /** Judges everybody again, everywhere: for when it is not known who is touched. */
  rejudge(): void
  present(board: BoardId): readonly Present[]
  stats(): Stats
  /** Takes no more, commits what came, closes every socket with 1012. */
  close(): Promise<void>
}

/** A room without anybody is put away after this long. */
const IDLE_MS = 60_000
const SWEEP_MS = 10_000

export const openRooms = (needs: RoomsNeeds): Rooms => {
  const committer = new Committer(needs.log)
  const counters: Counters = { updates: 0, frames: 0, slowReaders: 0, presenceIn: 0, refusals: {} }
  const opening = new Map<BoardId, Promise<Room>>()
  const rooms = new Map<BoardId, Room>()
  let closed = false

  const lost = (room: Room): void => {
    if (rooms.get(room.board) !== room) return
    rooms.delete(room.board)
    opening.delete(room.board)
  }

  const open = (board: BoardId): Promise<Room> => {
    const known = opening.get(board)
    if (known) return known
    const promise = Promise.resolve().then(() => {
      const room = new Room(board, needs, committer, counters, lost)
      rooms.set(board, room)
      return room
    })
    opening.set(board, promise)
    promise.catch(() => opening.delete(board))
    return promise
  }

  const sweep = setInterval(() => {
    const now = performance.now()
    for (const room of rooms.values()) {
      if (room.idleSince === null || now - room.idleSince < IDLE_MS) continue
      lost(room)
      room.fold()
      room.stop('server-stopping')
    }
  }, SWEEP_MS)
  const beat = setInterval(() => {
    for (const room of rooms.values()) for (const connection of room.connections) connection.beat()
  }, LIMITS.pingMs)
  sweep.unref()
  beat.unref()

  const handleUpgrade = makeUpgrade({
    needs,
    allowance: new Allowance(),
    open,
    isClosed: () => closed,
    slow: () => counters.slowReaders++,
  })

  return {
    handleUpgrade,
    lease: async (person, board, grant) => (await open(board)).lend(person, grant),
    get: open,
    accessChanged(touches) {
      for (const room of [...rooms.values()]) {
        const { board } = room
        room.accessChanged(({ person, session }) => touches({ board, person, session }))
      }
    },
    rejudge() {
      for (const room of [...rooms.values()]) room.rejudge()
    },
    present: (board) => rooms.get(board)?.present() ?? [],
    stats() {
      let connections = 0
      let presenceFrames = 0
      for (const room of rooms.values()) {
        connections += room.connections.size
        presenceFrames += room.presenceFrames
      }
      return { ...counters, rooms: rooms.size, connections, commits: committer.commits, presenceFrames }
    },
    async close() {
      if (closed) return
      closed = true
      clearInterval(sweep)
      clearInterval(beat)
      await Promise.allSettled(opening.values())
      committer.flush()
      const all = [...rooms.values()]
      const sockets = all.flatMap((room) => [...room.connections].map((connection) => connection.ended))
      for (const room of all) {
        room.fold()
        room.stop('server-stopping')
      }
      rooms.clear()
      opening.clear()
      await Promise.allSettled(sockets)
    },
  }
}
