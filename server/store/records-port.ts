import type { Board, Collection, Opening } from '../../shared/domain/board.ts'
import type { Decision } from '../../shared/domain/decision.ts'
import type {
  BoardId,
  CircleId,
  CollectionId,
  FirmId,
  InvitationId,
  MarkId,
  PersonId,
  ReplyId,
  SheetId,
  UploadId,
} from '../../shared/domain/ids.ts'
import type { Says } from '../../shared/domain/mark.ts'
import type { Actor, Circle, Firm, Person, Role } from '../../shared/domain/people.ts'
import type { Pyramid, Sheet } from '../../shared/domain/sheet.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Level } from '../../shared/pattern/operation.ts'
import type { Machine, Starts, StitchCode, StitchStart } from '../../shared/pattern/stitches.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { UploadState } from '../../shared/protocol/api.ts'
import type { Answered, UploadQuestion } from '../../shared/protocol/pattern.ts'
import type { ReportLine } from '../../shared/protocol/report.ts'

/** A sheet with what the server alone knows of it. */
export interface StoredSheet extends Sheet {
  readonly board: BoardId
  /** The file that it came from. */
  readonly upload: UploadId | null
  readonly pyramid: Picture
}

/** What is drawn of a sheet. */
export interface Picture extends Pyramid {
  /** The version that it shows, where that is not the first: a new one is drawn after it was decided. */
  readonly version?: number
}

/** What a pattern's upload has besides its file. */
export interface StoredAsk {
  /** An SVG that was sent to work on. */
  readonly asPattern: boolean
  /** A table of grade rules came with it. */
  readonly rul: boolean
  /** What it asked; the upload waits while `answers` is null. */
  readonly questions: readonly UploadQuestion[]
  readonly answers: Answered | null
}

/** It waits for a person. */
export const isAsking = ({ state, ask }: Pick<StoredUpload, 'state' | 'ask'>): boolean =>
  state === 'waiting' && ask !== null && ask.questions.length > 0 && ask.answers === null

export interface StoredUpload {
  readonly id: UploadId
  readonly board: BoardId
  readonly firm: FirmId
  readonly person: PersonId
  /** As the person's device called it, cleaned: one line, no control characters. Never a path. */
  readonly name: string
  readonly bytes: number
  readonly state: Exclude<UploadState['state'], 'asking'>
  readonly report: readonly ReportLine[]
  readonly refusal: UploadState['refusal']
  readonly at: Instant
  /** Null but for patterns. */
  readonly ask: StoredAsk | null
  /** It becomes a swatch, not a sheet. */
  readonly swatch?: true
}

/** A picture that a firm sent to one board, for looks to name. Its id is that of its upload. */
export interface StoredSwatch {
  readonly id: SwatchId
  readonly board: BoardId
  readonly firm: FirmId
  readonly pyramid: Pyramid
  /** Since when no proposal names it; null while one does. */
  readonly unnamed: Instant | null
}

/**
 * The group's records. Reading is from memory, always what was last written, quick enough to be asked for each update.
 * Writing is on disk when it returns.
 *
 * @throws {NotWritten} from every method that writes, when the disk is full or fails; nothing has changed then.
 */
export interface Records {
  group(): { readonly name: string } | null
  /** What stitches start with, where the group has said so. */
  starts(): Starts
  firms(): readonly Firm[]
  firm(id: FirmId): Firm | null
  people(): readonly Person[]
  person(id: PersonId): Person | null
  /** The person with the circles of their firm. */
  actor(id: PersonId): Actor | null
  circles(): readonly Circle[]
  circle(id: CircleId): Circle | null
  collections(): readonly Collection[]
  collection(id: CollectionId): Collection | null
  boards(): readonly Board[]
  board(id: BoardId): Board | null
  /** In the order in which they lie on the board. */
  sheetsOf(board: BoardId): readonly StoredSheet[]
  sheet(id: SheetId): StoredSheet | null
  upload(id: UploadId): StoredUpload | null
  sheetsOfUpload(id: UploadId): readonly StoredSheet[]
  swatch(id: SwatchId): StoredSwatch | null
  swatches(): readonly StoredSwatch[]
  /** Bytes of originals that a firm keeps, and files that it sent since `since`. */
  used(firm: FirmId, since: Instant): { readonly bytes: number; readonly files: number }
  uploadsUnderWay(): readonly StoredUpload[]
  /** What a person has sent to a board since `since`, and what asks them something, oldest first. */
  uploadsOf(board: BoardId, person: PersonId, since: Instant): readonly StoredUpload[]

  addGroup(name: string, at: Instant): void
  addFirm(firm: Firm, at: Instant): void
  addPerson(person: Person, at: Instant): void
  /** Of a person of a firm. */
  setLevel(id: PersonId, level: Level): void
  /** None at all: it has not said. */
  setMachines(id: FirmId, machines: readonly Machine[]): void
  /** Null for what we have. */
  setStart(stitch: StitchCode, start: StitchStart | null, by: PersonId, at: Instant): void
  putCircle(circle: Circle, at: Instant): void
  dropCircle(id: CircleId): void
  addCollection(collection: Collection): void
  addBoard(board: Board): void
  /** Title and style. */
  renameBoard(id: BoardId, title: string, style: string): void
  putOpening(board: BoardId, opening: Opening): void
  dropOpening(board: BoardId, circle: CircleId): void
  putUpload(upload: StoredUpload): void
  addSheets(sheets: readonly StoredSheet[]): void
  putSheets(sheets: readonly StoredSheet[]): void
  /** Sheets of a conversion that came to nothing; a sheet that was shown is put away, never dropped. */
  dropSheets(ids: readonly SheetId[]): void
  putSwatch(swatch: StoredSwatch): void
  dropSwatch(id: SwatchId): void
  /** Reads all of it from disk again: after a transaction of somebody else's came to nothing, with writes of ours in it. */
  reload(): void
  /** Several writes as one: all or none, on disk and in memory. */
  together<T>(write: () => T): T
}

export interface Account {
  readonly person: PersonId
  readonly email: string
  /** argon2id, in PHC form. */
  readonly secret: string
}
export interface StoredSession {
  /** SHA-256 of the token, hexadecimal. The token itself is kept nowhere. */
  readonly hash: string
  readonly id: string
  readonly person: PersonId
  readonly made: Instant
  readonly seen: Instant
  /** What the browser said it is, shortened, for the list of sign-ins. */
  readonly agent: string
}
export interface StoredInvitation {
  readonly id: InvitationId
  readonly hash: string
  readonly for: 'firm' | 'colleague' | 'office'
  /** The firm of a colleague; of a new firm only once it was accepted. */
  readonly firm: FirmId | null
  /** Name of the new firm. */
  readonly name: string | null
  readonly role: Role
  readonly by: PersonId
  readonly at: Instant
  readonly until: Instant
  readonly usedAt: Instant | null
  readonly usedBy: PersonId | null
  readonly withdrawnAt: Instant | null
}

/** Secrets, sign-ins and invitations. Same rules as `Records`. */
export interface Accounts {
  byEmail(email: string): Account | null
  byPerson(person: PersonId): Account | null
  putAccount(account: Account, at: Instant): void
  sessions(): readonly StoredSession[]
  putSession(session: StoredSession): void
  dropSessions(hashes: readonly string[]): void
  invitation(hash: string): StoredInvitation | null
  invitations(): readonly StoredInvitation[]
  putInvitation(invitation: StoredInvitation): void
}

/** One contribution (`reply` null) or reply, as lists need it. */
export interface SaidRow {
  readonly board: BoardId
  readonly mark: MarkId
  readonly reply: ReplyId | null
  readonly person: PersonId
  readonly says: Says | null
  readonly text: string
  readonly at: Instant
  readonly resolved: boolean
  /** Of a proposal, and of it alone: what was said to it last. */
  readonly proposal: { readonly decision: Pick<Decision, 'is' | 'at' | 'by' | 'until'> | null } | null
}

/** What was said where, folded from committed acts. */
export interface Said {
  /** New, or changed: `at` stays that of the first time, mentions are replaced. */
  put(row: SaidRow, touched: Instant, mentions: readonly PersonId[]): void
  settle(board: BoardId, mark: MarkId, resolved: boolean, touched: Instant): void
  /** With `reply` null the whole thread. */
  drop(board: BoardId, mark: MarkId, reply: ReplyId | null): void
  /** One transaction for all of it. */
  together(write: () => void): void
  counts(board: BoardId): { noto: number; pregunto: number; sugiero: number; open: number }
  lastAct(board: BoardId): Instant | null
  /** Contributions and replies by others since, `since` excluded. */
  unseen(board: BoardId, person: PersonId, since: Instant): number
  /** Unresolved questions on boards, newest first, without those under which one of `people` replied or which they made. */
  questions(boards: readonly BoardId[], people: readonly PersonId[], most: number): readonly SaidRow[]
  /** Others' replies in threads that the person began or spoke in, newest first. */
  replies(person: PersonId, most: number): readonly SaidRow[]
  mentions(person: PersonId, most: number): readonly SaidRow[]
  /**
   * Proposals on boards that wait for the owner, newest first: without an answer, or put off until a time that has come, or
   * asked about and spoken to by their author since.
   */
  undecided(boards: readonly BoardId[], now: Instant, most: number): readonly SaidRow[]
  /** The person's own proposals that another answered, the latest answer first. */
  decided(person: PersonId, most: number): readonly SaidRow[]
  seen(person: PersonId, board: BoardId): Instant | null
  look(person: PersonId, board: BoardId, at: Instant): void
  /** Up to when a board was folded, and when its log was last written to; null where never. */
  folded(board: BoardId): { readonly to: Instant | null; readonly logged: Instant | null }
  foldedTo(board: BoardId, at: Instant): void
  /** Forgets what is known of a board, to fold it again from its document. */
  clear(board: BoardId): void
  /** Each person's numbers, for totals that must not tell anybody apart. */
  tally(): readonly { person: PersonId; says: Says | null; reply: boolean; resolved: boolean; count: number }[]
}

export interface RegisterEntry {
  readonly at: Instant
  readonly person: PersonId
  readonly firm: FirmId | null
  readonly act: 'view' | 'picture' | 'original' | 'lines' | 'export' | 'swatch'
  readonly board: BoardId
  /** What was looked at: null for a whole board. */
  readonly sheet: SheetId | SwatchId | null
  readonly code: string
}
export interface RegisteredRow extends RegisterEntry {
  readonly seq: number
  /** Hexadecimal SHA-256, see `server/register.ts`. */
  readonly hash: string
}
/** How far the register was found whole. */
export interface RegisterHead {
  readonly seq: number
  readonly hash: string
  /** When it was last checked from the first row on. */
  readonly allAt: Instant
}
export interface RegisterStore {
  /** The last row, or null. */
  head(): RegisteredRow | null
  /** @throws {NotWritten} */
  append(row: RegisteredRow): void
  knows(code: string): boolean
  /** Newest first. */
  ofBoard(board: BoardId, most: number): readonly RegisteredRow[]
  /** Of a board, newest first: looks by this firm's people, and everybody's at pictures that this firm brought for looks. */
  ofFirm(board: BoardId, firm: FirmId, most: number): readonly RegisteredRow[]
  /** All rows in order, `from` included. */
  from(seq: number, most: number): readonly RegisteredRow[]
  kept(): RegisterHead | null
  /** @throws {NotWritten} */
  keep(head: RegisterHead): void
}
