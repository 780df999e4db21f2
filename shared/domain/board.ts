import type { BoardId, CircleId, CollectionId, FirmId } from './ids.ts'
import type { Instant } from './units.ts'

export interface Collection {
  readonly id: CollectionId
  readonly firm: FirmId
  readonly name: string
  /** What it is for, in one or two sentences; may be empty. */
  readonly about: string
  readonly at: Instant
}

/** A window in which one circle may look at a board and speak on it: `from ≤ now < until`. */
export interface Opening {
  readonly circle: CircleId
  readonly from: Instant
  readonly until: Instant
}

export interface Board {
  readonly id: BoardId
  readonly collection: CollectionId
  /** The owner. A board is its firm's own until it is opened to a circle. */
  readonly firm: FirmId
  readonly title: string
  /** *Modelo*: the style that the board belongs to, in the firm's own words; may be empty. */
  readonly style: string
  readonly at: Instant
  readonly openings: readonly Opening[]
}

export const isOpenAt = (opening: Opening, now: Instant): boolean => opening.from <= now && now < opening.until

/** When access that holds now next changes by the clock alone, or null. Callers close what the change touches. */
export const nextTurn = (board: Board, now: Instant): Instant | null => {
  let next: Instant | null = null
  for (const { from, until } of board.openings)
    for (const turn of [from, until]) if (turn > now && (next === null || turn < next)) next = turn
  return next
}
