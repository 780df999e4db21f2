import { z } from 'zod'
import type { KnownCircle } from '../access/roster.ts'
import type { Board, Collection } from '../domain/board.ts'
import type { DecisionKind } from '../domain/decision.ts'
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
  ViewId,
} from '../domain/ids.ts'
import { canBeRead, oneLine } from '../domain/line.ts'
import type { Says } from '../domain/mark.ts'
import type { Firm, Person, Role } from '../domain/people.ts'
import { FIRM_ROLES, OFFICE_ROLES } from '../domain/people.ts'
import type { Pyramid } from '../domain/sheet.ts'
import type { Instant } from '../domain/units.ts'
import { MACHINES, type Starts } from '../pattern/stitches.ts'
import type { SwatchId } from '../pattern/swatches.ts'
import type { UploadQuestion } from './pattern.ts'
import type { ReportLine } from './report.ts'

/**
 * The JSON of the HTTP interface. Requests are zod schemas, strict, parsed by the server (and by forms before they send);
 * answers are plain types. Every refusal is `{ error: { code, params } }` with a code of `refusals.ts`.
 */
const id = z.string().regex(/^[a-z0-9]{2,32}$/)
const as = <T extends string>() => id.transform((text) => text as T)
const optional = (most: number) => z.string().transform(oneLine).pipe(z.string().max(most))
/** A name: it is burned into pictures, and stands in lists beside those of others, so it is one line that can be read out. */
export const called = (most: number) => optional(most).refine(canBeRead)
const moment = z.number().int().nonnegative().max(8.64e15)

export const emailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email())
/** Twelve characters or more, as ASVS 6.2 asks; up to 128, any character. */
export const password = z.string().min(12).max(128)

export const FirstRun = z.strictObject({ group: called(80), name: called(80), email: emailAddress, password })
export const SignIn = z.strictObject({ email: emailAddress, password: z.string().max(128) })
export const DemoEnter = z.strictObject({ person: as<PersonId>() })
export const Accept = z.strictObject({ name: called(80), email: emailAddress, password })
export const ChangePassword = z.strictObject({ current: z.string().max(128), password })

/** An invitation to a new firm (its first person, who is its admin), to a colleague of one's own firm, or to an office. */
export const Invite = z.discriminatedUnion('for', [
  z.strictObject({ for: z.literal('firm'), name: called(80), role: z.enum(FIRM_ROLES), until: moment }),
  z.strictObject({ for: z.literal('colleague'), firm: as<FirmId>(), until: moment }),
  z.strictObject({ for: z.literal('office'), role: z.enum(OFFICE_ROLES), until: moment }),
])
export const MakeCircle = z.strictObject({ name: called(60), firms: z.array(as<FirmId>()).max(200) })
/** PUT /api/firms/:id/machines · what a firm sews on; none at all is: it has not said. */
export const SetMachines = z.strictObject({ machines: z.array(z.enum(MACHINES)).max(MACHINES.length) })
/** PUT /api/stitches/:stitch · what a stitch starts with in this group, see `wrongIn`. DELETE: as we have it. */
export const SetStart = z.strictObject({ allowance: z.number(), spi: z.number(), gauge: z.number() })
export const MakeCollection = z.strictObject({ name: called(80), about: optional(500) })
export const MakeBoard = z.strictObject({ collection: as<CollectionId>(), title: called(80), style: optional(80) })
export const RenameBoard = z.strictObject({ title: called(80).optional(), style: optional(80).optional() })
export const OpenBoard = z.strictObject({ circle: as<CircleId>(), until: moment })
export const Lease = z.strictObject({ grant: z.string().max(64).optional() })

export interface Refusal {
  readonly error: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> }
}

/** GET /api/me · what the signed-in person needs everywhere. 401 when nobody is signed in. */
export interface Me {
  readonly person: Person
  readonly group: { readonly name: string }
  /** What stitches start with in this group, where that is not what we have. */
  readonly starts: Starts
  readonly firms: readonly Firm[]
  readonly people: readonly Person[]
  readonly circles: readonly KnownCircle[]
  readonly demo: boolean
  /** The server's clock when it answered: windows and "until" are drawn against it. */
  readonly now: Instant
}

/** GET /api/door · for whoever is not signed in: the demo, a fresh group to make, or a sign-in page. */
export interface Door {
  readonly state: 'demo' | 'first-run' | 'sign-in'
  readonly group: string | null
  readonly version: string
}

/** GET /api/demo/people */
export interface DemoPerson {
  readonly id: PersonId
  readonly name: string
  readonly firm: string | null
  readonly role: Role
}

/** GET /api/invitations/:token */
export interface InvitationView {
  readonly group: string
  readonly for: 'firm' | 'colleague' | 'office'
  readonly firm: string | null
  readonly role: Role
  readonly until: Instant
}
/** POST /api/invitations · the link is told once and kept only as a hash. */
export interface InvitationMade {
  readonly id: InvitationId
  readonly path: string
  readonly until: Instant
}
export interface InvitationListed {
  readonly id: InvitationId
  readonly for: 'firm' | 'colleague' | 'office'
  readonly name: string | null
  readonly role: Role
  readonly by: PersonId
  readonly until: Instant
  readonly state: 'open' | 'used' | 'ended' | 'withdrawn'
}

/** GET /api/home · what waits for me, newest first in each list. */
export interface Home {
  /** Open questions at my firm's boards that nobody of my firm has answered. */
  readonly questions: readonly Waiting[]
  /** Replies to my marks and threads since I last looked. */
  readonly replies: readonly Waiting[]
  readonly mentions: readonly Waiting[]
  /** Proposals at my firm's boards that wait for an answer. */
  readonly proposals: readonly Waiting[]
  /** My own proposals that were answered since I last looked: `by` and `at` are the answer's. */
  readonly decided: readonly Waiting[]
  /** Boards of other firms opened to a circle of mine since I last looked. */
  readonly opened: readonly BoardCard[]
}
export interface Waiting {
  readonly board: BoardId
  readonly title: string
  readonly mark: MarkId
  readonly reply: ReplyId | null
  readonly by: PersonId
  readonly says: Says | null
  readonly text: string
  readonly at: Instant
  readonly unseen: boolean
  /** What was said last to a proposal; null for everything else. */
  readonly decision: DecisionKind | null
}

/** A board as lists show it. `room` is its name on `/sync/<room>`; `picture` a path of this viewer's own marked image. */
export interface BoardCard extends Board {
  readonly room: string
  readonly sheets: number
  readonly picture: string | null
  readonly counts: { readonly noto: number; readonly pregunto: number; readonly sugiero: number; readonly open: number }
  readonly lastAct: Instant | null
  readonly unseen: number
  /** Firms that can see the board now, owner first. */
  readonly audience: readonly FirmId[]
  /** Swatches that the reader's own firm sent here. */
  readonly swatches: readonly SwatchId[]
}
export interface CollectionCard extends Collection {
  readonly boards: readonly BoardCard[]
}
/** GET /api/boards → { boards: BoardCard[] } · GET /api/boards/:id → BoardCard · GET /api/collections → { collections } */

/** POST /api/boards/:id/lease */
export interface Leased {
  readonly room: string
  readonly client: number
  readonly grant: string
}

/**
 * POST /api/boards/:id/swatches (multipart: `file`, a photo) → 202 · POST /api/boards/:id/sheets (multipart: `file`; before it a field `as`, 'pattern' for an SVG to work on, and a file `rul`, the grade rules
 * of a DXF) → 202 · POST /api/uploads/:id/answers · GET /api/uploads/:id · DELETE cancels.
 * GET /api/boards/:id/uploads → { uploads: UploadState[] }: my own of the last ten minutes, oldest first, for a page that was
 * loaded again.
 */
export interface UploadState {
  readonly id: UploadId
  readonly board: BoardId
  readonly name: string
  /** `asking`: kept, with `questions` that a person answers before it goes on. */
  readonly state: 'receiving' | 'waiting' | 'converting' | 'asking' | 'done' | 'refused' | 'cancelled'
  /** Empty but while it asks. */
  readonly questions: readonly UploadQuestion[]
  readonly step: 'reading' | 'drawing' | 'tiling' | null
  readonly done: number
  readonly of: number
  readonly sheets: readonly SheetId[]
  /** What a photo that was sent as a swatch has become; null until then, and for every other file. */
  readonly swatch: SwatchId | null
  readonly report: readonly ReportLine[]
  readonly refusal: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> } | null
}

/**
 * POST /api/sheets/:id/views · one look at one sheet by one person. The register has the row before this is answered.
 * Tiles are `/v/<view>/<level>/<col>_<row>`, alive until `until` for the same sign-in alone.
 * POST /api/swatches/:id/views · the same for a swatch that somebody sent: its one picture is `/v/<view>`.
 */
export interface View {
  readonly view: ViewId
  readonly code: string
  readonly pyramid: Pyramid
  readonly until: Instant
}

/**
 * GET /api/boards/:id/register · for the owner: who looked at what and when.
 * GET /api/boards/:id/register/own · for every other firm: what its people looked at, and who looked at the swatches that it brought.
 */
export interface RegisterRow {
  readonly at: Instant
  readonly person: PersonId
  readonly firm: FirmId | null
  readonly act: 'view' | 'picture' | 'original' | 'lines' | 'export' | 'swatch'
  /** What was looked at; the swatch where it was one, null for a whole board. */
  readonly sheet: SheetId | SwatchId | null
  readonly code: string
}

/** GET /api/totals · for facilitator, association and observer: counts, no designs, no names. */
export interface Totals {
  readonly firms: number
  readonly people: number
  readonly circles: number
  readonly boards: number
  readonly opened: number
  /** Null where fewer than 3 firms or 5 people stand behind a number: nobody may be told from a total. */
  readonly contributions: { readonly noto: number; readonly pregunto: number; readonly sugiero: number } | null
  readonly replies: number | null
  readonly settled: number | null
}
