import type { IncomingMessage } from 'node:http'
import type { Action } from '../../shared/access/actions.ts'
import type { FindSwatch } from '../../shared/document/changes.ts'
import type { Board } from '../../shared/domain/board.ts'
import type { Decision } from '../../shared/domain/decision.ts'
import type { BoardId, MarkId, PersonId, ReplyId, SheetId } from '../../shared/domain/ids.ts'
import type { Words } from '../../shared/domain/mark.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { UpdateLog } from '../store/ports.ts'

/** Who is who and what is open to whom, now. Kept in memory by its owner and asked for each update, so it must be quick. */
export interface Directory {
  actor(person: PersonId): Actor | null
  board(board: BoardId): Board | null
  readonly swatch: FindSwatch
}

/** Something that somebody did and that is on disk, with what it left behind. */
export interface CommittedAct {
  readonly action: Action
  readonly mark: MarkId
  readonly reply: ReplyId | null
  readonly person: PersonId
  readonly at: Instant
  /** Of the mark as it is now; null where it is gone. */
  readonly words: Words | null
  /** Text of the reply as it is now; null where there is none. */
  readonly text: string | null
  readonly sheet: SheetId | null
  readonly resolved: boolean
  /** It is a proposal. */
  readonly proposal: boolean
  readonly decision: Decision | null
}
/** Home, search, whoever wants to know. Called after the commit, in the same turn; what it throws is logged and ignored. */
export interface ActSink {
  committed(board: BoardId, acts: readonly CommittedAct[]): void
}

/** Whoever the request's session belongs to. `session` is any text that tells sign-ins apart, for `accessChanged`. */
export interface Entrant {
  readonly person: PersonId
  readonly session: string
}

export interface Log {
  info(what: object, message: string): void
  warn(what: object, message: string): void
  error(what: object, message: string): void
}

export interface Present {
  readonly person: PersonId
  readonly client: number | null
}

/** One connection, as `accessChanged` is asked about it. */
export interface Connected {
  readonly board: BoardId
  readonly person: PersonId
  readonly session: string
}

export interface RoomsNeeds {
  readonly log: UpdateLog
  readonly directory: Directory
  readonly sink: ActSink
  /** The server's clock, in milliseconds since 1970. */
  now(): Instant
  /** `n` random bytes. */
  random(n: number): Uint8Array
  /** Exact origins whose pages may connect, as browsers send them: `https://puntada.example`. */
  readonly origins: ReadonlySet<string>
  /**
   * Whether a request without an Origin may connect: scripts and Node send none, browsers always send one with a WebSocket
   * handshake, so that leaving it open lets no foreign page in. Default true.
   */
  readonly allowNoOrigin?: boolean
  authenticate(req: IncomingMessage): Entrant | null | Promise<Entrant | null>
  readonly logger: Log
  /** Folds a room's log into a snapshot beside the traffic; absent, nothing is folded. */
  compact?(room: string): void
}

export interface Stats {
  readonly rooms: number
  readonly connections: number
  readonly updates: number
  readonly refusals: Readonly<Record<string, number>>
  readonly commits: number
  readonly frames: number
  readonly presenceIn: number
  readonly presenceFrames: number
  readonly slowReaders: number
}
