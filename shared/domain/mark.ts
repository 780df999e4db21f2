import type { Operation } from '../pattern/operation.ts'
import type { Decision } from './decision.ts'
import type { MarkId, PersonId, ReplyId, SheetId } from './ids.ts'
import type { Instant, SheetUnit } from './units.ts'

export const SAYS = ['noto', 'pregunto', 'sugiero'] as const
/** The type of a contribution, picked by its author: I notice, I ask, I suggest. */
export type Says = (typeof SAYS)[number]

export interface Point {
  readonly x: SheetUnit
  readonly y: SheetUnit
}

/** A point of a pen stroke; `pressure` is 0 to 1, and 0.5 where the device has none. */
export interface PenPoint extends Point {
  readonly pressure: number
}

/** Kinds that a person draws with a tool of the same name. */
export const DRAWN_KINDS = ['pin', 'arrow', 'pen', 'area', 'tape'] as const
export type DrawnKind = (typeof DRAWN_KINDS)[number]
export const MARK_KINDS = [...DRAWN_KINDS, 'proposal'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

/** What is drawn, in sheet units. */
export type Shape =
  | { readonly kind: 'pin'; readonly at: Point }
  | { readonly kind: 'arrow'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'pen'; readonly points: readonly PenPoint[] }
  /** A closed outline of three points or more. */
  | { readonly kind: 'area'; readonly points: readonly Point[] }
  /** A tape measure laid along two points or more. */
  | { readonly kind: 'tape'; readonly points: readonly Point[] }
  /** Where a proposal is about; what it asks for is the mark's `change`. */
  | { readonly kind: 'proposal'; readonly at: Point }

/** What is said, in plain text. A person is mentioned as `@[id]`; see `mentions`. */
export interface Words {
  readonly says: Says
  readonly text: string
}

export interface Reply {
  readonly id: ReplyId
  readonly author: PersonId
  readonly text: string
  /** By the server's clock; null until the server has it. */
  readonly at: Instant | null
  readonly edited: Instant | null
}

export interface Mark {
  readonly id: MarkId
  readonly author: PersonId
  readonly sheet: SheetId
  readonly shape: Shape
  readonly words: Words
  /** What a proposal asks for; null for every other kind. */
  readonly change: Operation | null
  /** The version of its sheet that a proposal was made on, ≥ 1; null for every other kind. */
  readonly version: number | null
  /** What the owner said to a proposal; null until then. */
  readonly decision: Decision | null
  readonly replies: readonly Reply[]
  /** Who settled it and when, or null while it is open. */
  readonly resolved: { readonly by: PersonId | null; readonly at: Instant | null } | null
  readonly at: Instant | null
  readonly edited: Instant | null
}

export const CAPS = {
  /** Longest text of a contribution or reply, in UTF-16 units. */
  text: 4000,
  /** Points in one pen stroke; a stroke is simplified below this before it is sent. */
  penPoints: 2000,
  /** Points in an area or a tape. */
  pathPoints: 200,
  /** Furthest coordinate from a sheet's origin, in sheet units. */
  reach: 1_000_000,
  /** Replies under one mark. */
  replies: 500,
} as const

/** The points that a shape passes through, in order. */
export const pointsOf = (shape: Shape): readonly Point[] => {
  switch (shape.kind) {
    case 'pin':
    case 'proposal':
      return [shape.at]
    case 'arrow':
      return [shape.from, shape.to]
    default:
      return shape.points
  }
}

const MENTION = /@\[([a-z0-9]{2,32})\]/g

/** People mentioned in a text, each once, in order of appearance. */
export const mentions = (text: string): PersonId[] => [
  ...new Set([...text.matchAll(MENTION)].map((m) => m[1] as PersonId)),
]
