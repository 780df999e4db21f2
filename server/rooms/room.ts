import * as Y from 'yjs'
import type { Action } from '../../shared/access/actions.ts'
import { judge } from '../../shared/access/rules.ts'
import type { Act } from '../../shared/document/changes.ts'
import { nextTurn } from '../../shared/domain/board.ts'
import type { BoardId, MarkId, PersonId } from '../../shared/domain/ids.ts'
import type { Leased } from '../../shared/protocol/api.ts'
import type { SyncRefusal } from '../../shared/protocol/refusals.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'
import { type LoggedAct, NotWritten } from '../store/ports.ts'
import { Clients } from './clients.ts'
import type { Committable, Committer, Turn } from './committer.ts'
import type { Connection, Receiver } from './connection.ts'
import { clientOf } from './describe.ts'
import { type Frame, SYNC, syncFrame } from './frames.ts'
import { admit, apply, newBoardDoc } from './gate.ts'
import type { Present, RoomsNeeds } from './ports.ts'
import { loneClient, PresenceBoard } from './presence.ts'
import { reported } from './reported.ts'
import { writeAsServer } from './serverWork.ts'
import { stamp } from './stamps.ts'

/** What waits for the next turn, in the order in which it came. */
type Job =
  | { readonly do: 'hello'; readonly from: Connection }
  | { readonly do: 'update'; readonly from: Connection; readonly bytes: Uint8Array; readonly answer: boolean }
  | { readonly do: 'state'; readonly from: Connection; readonly vector: Uint8Array }
  | {
      readonly do: 'write'
      readonly write: (doc: Y.Doc) => unknown
      readonly by: PersonId
      readonly more: WriteMore
      readonly resolve: (written: boolean) => void
      readonly reject: (error: Error) => void
    }
  | { readonly do: 'leases'; readonly resolve: () => void }

interface Done extends Pick<Act, 'action' | 'mark' | 'reply' | 'firstWords'> {
  readonly person: PersonId
  /** Null for a command of the server. */
  readonly client: number | null
}

/** What belongs to a write of the server. */
export interface WriteMore {
  /** Written in the transaction that puts the document's change on disk, or not at all. */
  readonly alongside?: () => void
  /** What it amounts to, asked once it is written: told to lists as if somebody had done it on the board. */
  readonly acts?: () => readonly { readonly action: Action; readonly mark: MarkId }[]
}

export interface Counters {
  updates: number
  frames: number
  slowReaders: number
  presenceIn: number
  readonly refusals: Record<string, number>
}

/** Updates after the last snapshot from which on a room is folded. */
const FOLD_AFTER = 500
/** `setTimeout` takes no more. */
const LONGEST_TIMER = 2 ** 31 - 1
/** An empty state vector: whoever knows nothing yet. */
const KNOWS_NOTHING = 1

const ORIGIN = Symbol('turn')

/** The server lost its own copy of a room; whoever asks next gets it loaded again. */
export class RoomLost extends Error {
  override readonly name = 'RoomLost'
}

/**
 * One board's document while somebody needs it. Everything that comes waits for the turn; in a turn all of it is judged and
 * applied in order, what that made of the document goes to the disk, and only then does anybody see it.
 */
export class Room implements Committable, Receiver {
  readonly board: BoardId
  /** For reading only: every write goes through the gate or through `serverWrite`. Ahead of the disk only within a turn. */
  readonly doc: Y.Doc = newBoardDoc()
  readonly #name: string
  readonly #needs: RoomsNeeds
  readonly #committer: Committer
  readonly #counters: Counters
  readonly #lost: (room: Room) => void
  readonly #clients: Clients<Connection>
  readonly #presence: PresenceBoard
  readonly #connections = new Set<Connection>()
  #queue: Job[] = []
  #seq: number
  #tail: number
  #isLost = false
  /** The whole state as everybody who knows nothing gets it, until the next change. */
  #whole: Buffer | null = null
  #turnTimer: NodeJS.Timeout | null = null
  #idleSince = performance.now()

  // What the turn under way has made.
  #emitted: Uint8Array | null = null
  #turn: Job[] = []
  #done: Done[] = []
  #refused: { from: Connection; code: SyncRefusal }[] = []
  #leases: Turn['leases'] = []
  #surprise = false
  /** Writes of the server that were called off. */
  #calledOff = new Set<Job>()
  #alongside: (() => void)[] = []

  constructor(board: BoardId, needs: RoomsNeeds, committer: Committer, counters: Counters, lost: (room: Room) => void) {
    this.board = board
    this.#name = roomOf(board)
    this.#needs = needs
    this.#committer = committer
    this.#counters = counters
    this.#lost = lost
    const loaded = needs.log.load(this.#name)
    this.doc.transact(() => {
      for (const update of loaded.updates) Y.applyUpdate(this.doc, update)
    })
    if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null)
      throw new RoomLost(`log of ${this.#name} does not add up`)
    this.#seq = loaded.seq
    this.#tail = loaded.tail
    this.#clients = new Clients<Connection>(
      {
        room: this.#name,
        now: needs.now,
        random: needs.random,
        isInDocument: (client) => Y.getState(this.doc.store, client) > 0,
      },
      loaded,
    )
    this.doc.clientID = this.#clients.server
    this.doc.on('update', (bytes: Uint8Array) => {
      this.#emitted = bytes
      this.#whole = null
    })
    this.#presence = new PresenceBoard(needs.now)
    if (this.#tail > FOLD_AFTER) this.#fold()
    this.#watchClock()
  }

  /** Sequence of the last update that is on disk. */
  get seq(): number {
    return this.#seq
  }

  get isLost(): boolean {
    return this.#isLost
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections
  }

  get presenceFrames(): number {
    return this.#presence.frames
  }

  /** Since when nobody is here and nothing waits, by the steady clock; null while somebody is. */
  get idleSince(): number | null {
    return this.#connections.size === 0 && this.#queue.length === 0 && !this.#clients.hasUnsaved
      ? this.#idleSince
      : null
  }

  present(): Present[] {
    return [...this.#connections].filter((one) => !one.isOver).map(({ person, client }) => ({ person, client }))
  }

  /** Lends a client id; resolves when that is on disk, or when the disk is full and it holds for as long as this process. */
  async lend(person: PersonId, grant?: string): Promise<Leased> {
    const lease = this.#clients.lend(person, grant)
    await new Promise<void>((resolve) => this.#enqueue({ do: 'leases', resolve }))
    return { room: this.#name, client: lease.client, grant: lease.grant }
  }

  /**
   * Writes with the server's own client id: sheets, decisions and where live marks lie, and only what their parsers read.
   * Logged, committed and shown like any update; resolves when it is on disk.
   *
   * @param write says `false` where it finds, in its turn, that there is nothing to write any more; it has written nothing then.
   * @returns whether it was written.
   * @throws {NotWritten} when the commit failed; nothing was shown. {@link RoomLost} when it wrote what it may not.
   */
  serverWrite(write: (doc: Y.Doc) => unknown, by: PersonId, more: WriteMore = {}): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (this.#isLost) reject(new RoomLost(this.#name))
      else this.#enqueue({ do: 'write', write, by, more, resolve, reject })
    })
  }

  join(connection: Connection): void {
    this.#idleSince = performance.now()
    this.#connections.add(connection)
    const { lease } = connection
    if (lease) {
      const before = this.#clients.claim(lease.client, lease.grant, connection.person, connection)
      if (before === 'lost') {
        this.#refuse(connection, 'lease-lost')
        return
      }
      connection.client = lease.client
      if (before) this.#supersede(before)
    }
    this.#enqueue({ do: 'hello', from: connection })
  }

  receive(from: Connection, frame: Frame): void {
    switch (frame.is) {
      case 'step1':
        this.#enqueue({ do: 'state', from, vector: frame.vector })
        break
      case 'step2':
      case 'update':
        this.#enqueue({ do: 'update', from, bytes: frame.bytes, answer: frame.is === 'step2' })
        break
      case 'awareness':
        this.#show(from, frame.bytes)
        break
      case 'query':
        this.#presence.tell(from)
    }
  }

  ended(connection: Connection, clean: boolean): void {
    if (!this.#connections.delete(connection)) return
    this.#presence.leave(connection)
    if (connection.client !== null) {
      this.#clients.release(connection.client, connection, clean)
      if (!this.#isLost) this.#committer.schedule(this)
    }
    this.#idleSince = performance.now()
  }

  /** Ends the connections for which this says true: nothing more is sent to them from here on, nor taken from what they sent. */
  accessChanged(touches: (connection: Connection) => boolean): void {
    const ended = new Set([...this.#connections].filter(touches))
    for (const connection of ended) this.#end(connection, 'access-changed')
    if (ended.size > 0) this.#queue = this.#queue.filter((job) => !('from' in job && ended.has(job.from)))
    this.#watchClock()
  }

  /** Judges everybody's reading again, as when the time of an opening is over. */
  rejudge(): void {
    this.accessChanged((connection) => !this.#may('board.read', connection.person))
  }

  stop(code: SyncRefusal): void {
    if (this.#turnTimer) clearTimeout(this.#turnTimer)
    for (const connection of this.#connections) connection.close(code)
    this.#presence.close()
    this.#isLost = true
    this.doc.destroy()
  }

  /** Folds the log beside the traffic where that is worth it; called when the room is put away. */
  fold(): void {
    if (this.#tail > FOLD_AFTER / 5) this.#fold()
  }

  prepare(): Turn {
    this.#turn = this.#queue
    this.#queue = []
    this.#emitted = null
    this.#done = []
    this.#refused = []
    this.#surprise = false
    this.#calledOff = new Set()
    this.#alongside = []
    const now = this.#needs.now()
    try {
      this.doc.transact((transaction) => {
        for (const job of this.#turn) {
          if (this.#surprise) break
          if (job.do === 'update') this.#judge(job)
          else if (job.do === 'write') this.#write(job)
        }
        for (const act of this.#done) stamp(this.doc, act, act.person, now)
        // `applyUpdate` made it a foreign one; Yjs would then give the server a new id for having written stamps.
        transaction.local = true
      }, ORIGIN)
    } catch (error) {
      this.#needs.logger.error({ room: this.#name, error: String(error) }, 'a turn failed')
      this.#surprise = true
    }
    this.#leases = this.#clients.takeUnsaved()
    const bytes = this.#surprise ? null : (this.#emitted as Uint8Array | null)
    const acts: LoggedAct[] = this.#done.map(({ person, client, action, mark, reply }) => ({
      person,
      client,
      action,
      about: reply === undefined ? mark : `${mark}/${reply}`,
    }))
    for (const job of this.#turn)
      if (job.do === 'write' && !job.more.acts && !this.#calledOff.has(job))
        acts.push({ person: job.by, client: null, action: 'server.write', about: 'sheets' })
    const alongside = bytes ? this.#alongside : []
    return { update: bytes && { room: this.#name, at: now, bytes, acts }, leases: this.#leases, alongside }
  }

  committed(seq: number | null): void {
    if (this.#surprise) {
      this.#lose(new RoomLost(this.#name), 'reloaded')
      return
    }
    this.#rejudgeAtTurn()
    const bytes = this.#emitted
    if (seq !== null && bytes) {
      this.#seq = seq
      this.#tail++
      const frame = syncFrame(SYNC.update, bytes)
      for (const connection of this.#connections) {
        if (!connection.told || connection.isOver) continue
        connection.send(frame)
        this.#counters.frames++
      }
    }
    for (const job of this.#turn) {
      if (job.do === 'hello') this.#greet(job.from)
      else if (job.do === 'state') this.#tell(job.from, job.vector)
      else if (job.do === 'leases') job.resolve()
      else if (job.do === 'write') job.resolve(!this.#calledOff.has(job))
    }
    for (const { from, code } of this.#refused) this.#end(from, code)
    if (this.#done.length > 0) this.#report(this.#done)
    this.#turn = []
    if (this.#tail > FOLD_AFTER) this.#fold()
  }

  failed(error: unknown): void {
    this.#clients.putBackUnsaved(this.#leases)
    if (this.#emitted === null && !this.#surprise) {
      // Nothing but leases: they hold in memory, and go to the disk with the next update. Reading goes on.
      this.committed(null)
      return
    }
    this.#lose(error, error instanceof NotWritten && error.why === 'disk-full' ? 'disk-full' : 'reloaded')
  }

  #enqueue(job: Job): void {
    if (this.#isLost) {
      if (job.do === 'leases') job.resolve()
      return
    }
    this.#queue.push(job)
    this.#committer.schedule(this)
  }

  #judge({ from, bytes, answer }: Job & { do: 'update' }): void {
    if (this.#refused.some((refusal) => refusal.from === from)) return
    const actor = this.#needs.directory.actor(from.person)
    const board = this.#needs.directory.board(this.board)
    if (!actor || !board) {
      this.#refuse(from, 'access-changed')
      return
    }
    if (!from.share.read(bytes.length)) {
      this.#refuse(from, 'rate')
      return
    }
    if (from.client === null) this.#bind(from, clientOf(bytes))
    const { client } = from
    const { directory } = this.#needs
    const admission = admit(this.doc, bytes, { client, actor, board, now: this.#needs.now(), swatch: directory.swatch })
    // Made before the server said what it has: what was left out here is in the answer that follows.
    if (!admission.ok && !from.answered && !answer && BEFORE_ANSWER.has(admission.code)) return
    if (answer) from.answered = true
    if (!admission.ok) {
      this.#refuse(from, admission.code, admission.path)
      return
    }
    if (!from.share.charge(admission.work)) {
      this.#refuse(from, 'rate')
      return
    }
    if (admission.known) return
    if (!apply(this.doc, admission, client, from)) {
      this.#needs.logger.error({ room: this.#name, person: from.person }, 'an admitted update did not apply cleanly')
      this.#surprise = true
      return
    }
    this.#counters.updates++
    for (const act of admission.acts) this.#done.push({ ...act, person: from.person, client: client ?? -1 })
  }

  #write(job: Job & { do: 'write' }): void {
    const { write, more, by } = job
    try {
      if (!writeAsServer(this.doc, write)) {
        this.#calledOff.add(job)
        return
      }
      if (more.alongside) this.#alongside.push(more.alongside)
      for (const act of more.acts?.() ?? []) this.#done.push({ ...act, person: by, client: null })
    } catch (error) {
      this.#needs.logger.error({ room: this.#name, error: String(error) }, 'a command wrote what it may not')
      this.#surprise = true
    }
  }

  /** Takes the id under which a provider without a grant writes. */
  #bind(connection: Connection, client: number | null): void {
    if (client === null) return
    const before = this.#clients.bind(client, connection.person, connection)
    if (before === 'lost') return
    connection.client = client
    if (before) this.#supersede(before)
  }

  #show(from: Connection, bytes: Uint8Array): void {
    this.#counters.presenceIn++
    if (from.client === null) {
      this.#bind(from, loneClient(bytes))
      if (from.client === null) return
    }
    const actor = this.#needs.directory.actor(from.person)
    const board = this.#needs.directory.board(this.board)
    if (!actor || !board || !judge('presence.show', { actor, board, now: this.#needs.now() }).ok) return
    if (!this.#presence.show(from, actor, bytes)) from.close('bad-frame')
  }

  #greet(connection: Connection): void {
    if (connection.isOver) return
    connection.send(syncFrame(SYNC.step1, Y.encodeStateVector(this.doc)))
    this.#presence.join(connection)
  }

  /** Nothing in the document is uncommitted here: this runs right after the commit. */
  #tell(connection: Connection, vector: Uint8Array): void {
    if (connection.isOver) return
    connection.told = true
    if (vector.length === KNOWS_NOTHING && vector[0] === 0) {
      this.#whole ??= syncFrame(SYNC.step2, Y.encodeStateAsUpdate(this.doc))
      connection.sendState(this.#whole)
      return
    }
    let state: Uint8Array
    try {
      state = Y.encodeStateAsUpdate(this.doc, vector)
    } catch {
      connection.close('bad-frame')
      return
    }
    connection.sendState(syncFrame(SYNC.step2, state))
  }

  #refuse(from: Connection, code: SyncRefusal, path?: readonly string[]): void {
    this.#counters.refusals[code] = (this.#counters.refusals[code] ?? 0) + 1
    this.#needs.logger.warn({ room: this.#name, person: from.person, client: from.client, code, path }, 'refused')
    if (from.client !== null && !KEEPS_ID.has(code)) {
      const holder = this.#clients.close(from.client)
      if (holder && holder !== from) this.#refused.push({ from: holder, code })
    }
    if (code === 'lease-lost') this.#end(from, code)
    else this.#refused.push({ from, code })
  }

  #end(connection: Connection, code: SyncRefusal): void {
    connection.close(code)
    this.#presence.leave(connection)
  }

  #supersede(before: Connection): void {
    before.terminate()
    this.#connections.delete(before)
    this.#presence.leave(before)
  }

  #may(action: 'board.read' | 'presence.show', person: PersonId): boolean {
    const actor = this.#needs.directory.actor(person)
    const board = this.#needs.directory.board(this.board)
    return actor !== null && board !== null && judge(action, { actor, board, now: this.#needs.now() }).ok
  }

  #lose(error: unknown, code: SyncRefusal): void {
    this.#needs.logger.error({ room: this.#name, error: String(error) }, 'room dropped, to be loaded again')
    const reason = error instanceof Error ? error : new RoomLost(this.#name)
    for (const job of [...this.#turn, ...this.#queue]) {
      if (job.do === 'write') job.reject(reason)
      else if (job.do === 'leases') job.resolve()
    }
    this.#turn = []
    this.#queue = []
    this.stop(code)
    this.#lost(this)
  }

  #report(done: readonly Done[]): void {
    try {
      this.#needs.sink.committed(
        this.board,
        done.map((act) => reported(this.doc, act, act.person, this.#needs.now())),
      )
    } catch (error) {
      this.#needs.logger.error({ room: this.#name, error: String(error) }, 'acts were not taken up')
    }
  }

  #fold(): void {
    this.#tail = 0
    this.#needs.compact?.(this.#name)
  }

  /** An opening may have ended a moment before its timer runs: nobody is sent anything after it. */
  #rejudgeAtTurn(): void {
    if (this.#nextTurn !== null && this.#needs.now() >= this.#nextTurn) this.rejudge()
  }

  #nextTurn: number | null = null

  #watchClock(): void {
    if (this.#turnTimer) clearTimeout(this.#turnTimer)
    this.#turnTimer = null
    const board = this.#needs.directory.board(this.board)
    const now = this.#needs.now()
    this.#nextTurn = board ? nextTurn(board, now) : null
    if (this.#nextTurn === null) return
    this.#turnTimer = setTimeout(() => this.rejudge(), Math.min(LONGEST_TIMER, this.#nextTurn - now))
    this.#turnTimer.unref()
  }
}

/** What an update may be refused for merely because it overtook the answer that contains it. */
const BEFORE_ANSWER: ReadonlySet<SyncRefusal> = new Set(['gap', 'delete-beyond', 'missing-origin'])

/**
 * Refusals that say nothing about the update itself. After any other the id is never used again: whatever would follow
 * could not be completed.
 */
const KEEPS_ID: ReadonlySet<SyncRefusal> = new Set(['access-changed', 'lease-lost', 'rate', 'not-found'])
