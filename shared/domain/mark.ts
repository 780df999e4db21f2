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

export const MARK_KINDS = ['pin', 'arrow', 'pen', 'area', 'tape'] as const
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
