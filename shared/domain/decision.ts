import type { Operation } from '../pattern/operation.ts'
import type { PersonId } from './ids.ts'
import type { Instant } from './units.ts'

/**
 * What became of a proposal.
 *
 * - `accepted`, `part`: carried out, as proposed or with other parameters.
 * - `asked`: the owner wants to know more. `thinking`: the owner answers by `until`. Both leave it open.
 * - `declined`: with a reason.
 * - `stale`: it cannot be carried out any more on the version that another decision made.
 */
export const DECISIONS = ['accepted', 'part', 'asked', 'declined', 'thinking', 'stale'] as const
export type DecisionKind = (typeof DECISIONS)[number]

export interface Decision {
  readonly is: DecisionKind
  readonly at: Instant
  /** Who decided; for `stale` whoever made the version that it fails on. */
  readonly by: PersonId
  /** Words of the owner: always with `declined` and `asked`. For `stale` a code of the operation that failed. */
  readonly reason: string | null
  /** When an answer is promised: always with `thinking`, and never else. */
  readonly until: Instant | null
  /** The version that carrying it out made; null where it made none. */
  readonly version: number | null
  /** The operation as it was carried out, where that is not the one proposed: always with `part`. */
  readonly change: Operation | null
}

/** Whether the last word is said: nothing of the proposal changes any more, but people may still talk about it. */
export const isClosed = (decision: Decision | null): boolean =>
  decision !== null && decision.is !== 'asked' && decision.is !== 'thinking'
