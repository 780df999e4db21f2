import type * as Y from 'yjs'
import type { Verdict } from '../../shared/access/rules.ts'
import { treeOf } from '../../shared/document/read.ts'
import { actOf, holds, type Intent } from '../../shared/document/write.ts'
import type { Draft, Refused } from './contract.ts'
import { type Entry, UNSENT } from './outbox.ts'

/** What may become of an act that is to be done once more on a fresh copy. */
export interface Fates {
  judge(intent: Intent): Verdict | Refused
  carryOut(intent: Intent): void
  /** It came about by another way, and so is no step of undo any more. */
  forget(intent: Intent): void
  draft(intent: Intent, why: string): void
}

const isNoLongerNeeded = (doc: Y.Doc, intent: Intent): boolean =>
  intent.do === 'add'
    ? treeOf(doc, intent.mark.id) !== null
    : (intent.do === 'delete' || intent.do === 'unreply') && actOf(doc, intent) === null

/** Does again what waits, in order, each act judged on what the one before it left. */
export const doAgain = (doc: Y.Doc, waiting: readonly Entry[], fates: Fates): void => {
  for (const { intent } of waiting) {
    const verdict = fates.judge(intent)
    if (verdict.ok) fates.carryOut(intent)
    else if (isNoLongerNeeded(doc, intent)) fates.forget(intent)
    else fates.draft(intent, verdict.reason)
  }
}

export const unsentOf = (drafts: readonly Draft[]): readonly Draft[] => drafts.filter(({ why }) => why === UNSENT)

/**
 * What a window closed too early had left to say is said now, unless it has arrived or would change what was there.
 *
 * @returns the drafts that are settled by this.
 */
export const sendUnsent = (doc: Y.Doc, unsent: readonly Draft[], fates: Fates): readonly Draft[] =>
  unsent.filter(({ intent }) => {
    if (holds(doc, intent)) return true
    if ((intent.do !== 'add' && intent.do !== 'reply') || !fates.judge(intent).ok) return false
    fates.carryOut(intent)
    return true
  })
