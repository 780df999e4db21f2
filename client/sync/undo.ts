import type * as Y from 'yjs'
import { holds, type Intent, inverseOf } from '../../shared/document/write.ts'
import type { Watched } from './contract.ts'
import { cell } from './watched.ts'

/** One act of one's own and what takes it back. */
export interface Step {
  readonly did: Intent
  readonly inverse: Intent
}

/** Steps kept; older ones are forgotten. */
const DEPTH = 200

export interface History {
  readonly canUndo: Watched<boolean>
  readonly canRedo: Watched<boolean>
  /** Remembers an act that was carried out; `inverse` was read off the document before it. */
  did(step: Step): void
  /**
   * Takes back the latest act that can still be taken back. One that somebody has changed since, or that is not allowed any
   * more, is passed over.
   *
   * @param carryOut does an intent if it is allowed, and says whether it was.
   * @param did      takes back this act and no other.
   */
  undo(doc: Y.Doc, carryOut: (intent: Intent) => boolean, did?: Intent): boolean
  redo(doc: Y.Doc, carryOut: (intent: Intent) => boolean): boolean
  /** Forgets an act that never came about. */
  forget(intent: Intent): void
  clear(): void
}

export const newHistory = (): History => {
  let past: Step[] = []
  let future: Step[] = []
  const canUndo = cell(false)
  const canRedo = cell(false)
  const tell = (): void => {
    canUndo.set(past.length > 0)
    canRedo.set(future.length > 0)
  }
  const takeBack = (from: Step[], to: Step[], doc: Y.Doc, carryOut: (intent: Intent) => boolean): boolean => {
    for (let step = from.pop(); step; step = from.pop()) {
      if (!holds(doc, step.did)) continue
      const again = inverseOf(doc, step.inverse)
      if (!carryOut(step.inverse)) continue
      if (again) to.push({ did: step.inverse, inverse: again })
      return true
    }
    return false
  }
  return {
    canUndo,
    canRedo,
    did(step) {
      past.push(step)
      if (past.length > DEPTH) past.shift()
      future = []
      tell()
    },
    undo(doc, carryOut, did) {
      const steps = did ? past.filter((step) => step.did === did) : past
      if (did) past = past.filter((step) => step.did !== did)
      const done = takeBack(steps, future, doc, carryOut)
      tell()
      return done
    },
    redo(doc, carryOut) {
      const done = takeBack(future, past, doc, carryOut)
      tell()
      return done
    },
    forget(intent) {
      past = past.filter((step) => step.did !== intent)
      future = future.filter((step) => step.did !== intent)
      tell()
    },
    clear() {
      past = []
      future = []
      tell()
    },
  }
}
