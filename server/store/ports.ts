import type { PersonId, SheetId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Layout } from '../../shared/pattern/layout.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import type { VersionRow } from '../../shared/protocol/pattern.ts'

/** What one room commits in one turn: one merged update of its document, as the document emitted it. */
export interface LoggedUpdate {
  readonly room: string
  /** By the server's clock. */
  readonly at: Instant
  /** A Yjs update, V1. */
  readonly bytes: Uint8Array
  /** Who did what in it: never contents. */
  readonly acts: readonly LoggedAct[]
}
export interface LoggedAct {
  readonly person: PersonId
  /** Yjs client id that the change came in under; null for a command of the server. */
  readonly client: number | null
  readonly action: string
  readonly about: string
}

/**
 * A Yjs client id lent to one person in one room. Authorship is read from here, never from a field of a document.
 *
 * - `open`: whoever shows its grant may write under it.
 * - `released`: its last connection ended cleanly; may be lent again to the same person.
 * - `closed`: something was refused under it; nobody writes under it again.
 */
export interface Lease {
  readonly room: string
  readonly client: number
  /** Null: the server's own id in this room. */
  readonly person: PersonId | null
  readonly grant: string
  readonly state: 'open' | 'released' | 'closed'
  /** When it was last lent, used or given back. */
  readonly seen: Instant
  readonly epoch: number
}

export interface LoadedRoom {
  /** Snapshot first, then the tail, oldest first; apply in this order. */
  readonly updates: readonly Uint8Array[]
  /** Sequence of the last update, 0 for none. */
  readonly seq: number
  /** Updates after the last snapshot. */
  readonly tail: number
  readonly leases: readonly Lease[]
  /** Raised where a copy was put back: every lease of before is void. */
  readonly epoch: number
}

/** Nothing was written: the disk is full, or failed. Reading may still work. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten'
  readonly why: 'disk-full' | 'io'
  constructor(why: 'disk-full' | 'io', cause: unknown) {
    super(`not written: ${why}`, { cause })
    this.why = why
  }
}

/** The update log: what everybody was told has been saved, and nothing else. */
export interface UpdateLog {
  /**
   * Appends all of it in one transaction, or none. On disk when it returns.
   *
   * @param alongside what else belongs to it: run inside that transaction, and nothing of it stays where it fails.
   * @returns sequence of each update in its room, in order.
   * @throws {NotWritten}
   */
  append(updates: readonly LoggedUpdate[], leases?: readonly Lease[], alongside?: readonly (() => void)[]): number[]
  load(room: string): LoadedRoom
  /** Updates after `since`, oldest first, for reading back what happened. */
  since(room: string, since: number): readonly (LoggedUpdate & { readonly seq: number })[]
  /** Keeps the state up to `seq` so that loading is short. Log rows stay. Ignored where a later snapshot is there. */
  snapshot(room: string, seq: number, state: Uint8Array): void
}

/** A version of a pattern, without its lines. */
export interface StoredRow extends VersionRow {
  readonly sheet: SheetId
}
export interface StoredVersion extends StoredRow {
  readonly pattern: Pattern
  readonly layout: Layout
}

/** Every version of every pattern, for good: they are only ever added. */
export interface PatternStore {
  /**
   * As part of the transaction that is open, or in one of its own.
   *
   * @throws {NotWritten} {@link RangeError} where it is not the one after the newest, or the first.
   */
  add(version: StoredVersion): void
  newest(sheet: SheetId): StoredVersion | null
  find(sheet: SheetId, version: number): StoredVersion | null
  /** Newest first. */
  rows(sheet: SheetId): readonly StoredRow[]
}
