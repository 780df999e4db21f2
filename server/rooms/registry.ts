import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { BoardId, PersonId } from '../../shared/domain/ids.ts'
import type { Leased } from '../../shared/protocol/api.ts'
import type { Connected, Present, RoomsNeeds, Stats } from './ports.ts'
import type { Room } from './room.ts'

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
  present(board: BoardId): readonly Present[]
  stats(): Stats
  /** Takes no more, commits what came, closes every socket with 1012. */
  close(): Promise<void>
}

export declare const openRooms: (needs: RoomsNeeds) => Rooms
