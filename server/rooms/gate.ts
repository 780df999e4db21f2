import * as Y from 'yjs'
import { judge } from '../../shared/access/rules.ts'
import { type Act, actsOf, type Facts, type FindSwatch, judgeAct } from '../../shared/document/changes.ts'
import { decisionsOf, factsOf, marksOf, repliesOf, sheetsOf, stampsOf, treeOf } from '../../shared/document/read.ts'
import type { Board } from '../../shared/domain/board.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { SyncRefusal } from '../../shared/protocol/refusals.ts'
import { describe } from './describe.ts'

/** Whose update it is, and when. All of it loaded by the server, nothing of it claimed. */
export interface Sender {
  /** The client id lent to the connection; null where it has none yet and may only delete. */
  readonly client: number | null
  readonly actor: Actor
  readonly board: Board
  readonly now: Instant
  readonly swatch: FindSwatch
}

export type Admission =
  | {
      readonly ok: true
      /** Already there, to the last struct: nothing to apply. */
      readonly known: boolean
      /** What to apply. */
      readonly bytes: Uint8Array
      /** Clock of the sender's id afterwards; 0 where the update has only deletions. */
      readonly clock: number
      readonly acts: readonly Act[]
      readonly work: number
    }
  | { readonly ok: false; readonly code: SyncRefusal; readonly path?: readonly string[] }

/** A board's document with its four roots made and typed, so that no update can make or type one. */
export const newBoardDoc = (): Y.Doc => {
  const doc = new Y.Doc({ gc: true })
  marksOf(doc)
  sheetsOf(doc)
  stampsOf(doc)
  decisionsOf(doc)
  return doc
}

/**
 * Keys under one thread, dead ones included, beyond which it is full. Yjs keeps a key for good, and counting what lives
 * among them takes a walk over all.
 */
const THREAD_KEYS = CAPS.replies * 4

const boundedFacts = (doc: Y.Doc): Facts => {
  const facts = factsOf(doc)
  return {
    ...facts,
    repliesUnder(mark) {
      const tree = treeOf(doc, mark)
      const replies = tree && repliesOf(tree)
      const keys = replies?._map.size ?? 0
      if (keys < CAPS.replies) return keys
      return keys < THREAD_KEYS ? facts.repliesUnder(mark) : CAPS.replies
    },
  }
}

const factsByDoc = new WeakMap<Y.Doc, Facts>()
const factsFor = (doc: Y.Doc): Facts => {
  let facts = factsByDoc.get(doc)
  if (!facts) {
    facts = boundedFacts(doc)
    factsByDoc.set(doc, facts)
  }
  return facts
}

/**
 * May this update be applied? Reads, never writes; whoever gets a yes applies `bytes` in the same synchronous turn.
 * All or nothing: one act without a right refuses the whole.
 */
export const admit = (doc: Y.Doc, update: Uint8Array, { client, actor, board, now, swatch }: Sender): Admission => {
  const described = describe(doc, update, client)
  if (!described.ok) return described
  const { known, bytes, clock, work } = described
  if (known) return { ok: true, known, bytes, clock, acts: [], work }
  const facts = factsFor(doc)
  const read = actsOf(described.changes, facts)
  if (!read.ok) return { ok: false, code: read.malformed, path: read.path }
  for (const act of read.acts) {
    const verdict = judgeAct(act, { actor, now, board }, swatch)
    if (!verdict.ok) return { ok: false, code: verdict.reason }
  }
  // Structs without any act (a lost race, a deleted thing's remains) still take up room: only who may look may leave them.
  if (read.acts.length === 0) {
    const verdict = judge('board.read', { actor, now, board })
    if (!verdict.ok) return { ok: false, code: verdict.reason }
  }
  return { ok: true, known, bytes, clock, acts: read.acts, work }
}

/**
 * Applies what was admitted, inside the caller's transaction or its own.
 *
 * @returns false on a surprise: something is pending, or the clock is not the expected one. The document is then not to be
 * trusted and has to be loaded again.
 */
export const apply = (
  doc: Y.Doc,
  { bytes, clock }: Admission & { ok: true },
  client: number | null,
  origin: unknown,
): boolean => {
  try {
    Y.applyUpdate(doc, bytes, origin)
  } catch {
    return false
  }
  const { store } = doc
  if (store.pendingStructs !== null || store.pendingDs !== null) return false
  return clock === 0 || client === null || Y.getState(store, client) === clock
}
