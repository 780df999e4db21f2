import type { MarkId, SheetId } from '../../shared/domain/ids.ts'
import type { OperationRefusal, Outcome } from '../../shared/pattern/apply.ts'
import type { Finding } from '../../shared/pattern/check.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import { isSameOperation, type Operation } from '../../shared/pattern/operation.ts'
import type { LoadedPattern } from '../patterns/store.ts'
import type { Watched } from '../sync/contract.ts'
import { part } from '../sync/part.ts'
import { cell } from '../sync/watched.ts'

/** A proposal on the table: being written, or looked at. */
export interface OnBench {
  readonly sheet: SheetId
  /** The proposal that is looked at or changed; null while a new one is being written. */
  readonly mark: MarkId | null
  /** Its parameters can be changed here, by handles and numbers. */
  readonly open: boolean
  readonly operation: Operation
  readonly size: number
  readonly before: Pattern
  /** The size in view, with the operation carried out; or why it can't be. */
  readonly outcome: Outcome
  /** Why another size can't take what the one in view can; only for a proposal that is looked at, as each move of a hand would pay for it. */
  readonly elsewhere: OperationRefusal | null
  /** What a patternmaker would object to, and would not have before: things to mend or to say. */
  readonly findings: readonly Finding[]
}

/** What is laid on the bench; the rest is computed. */
export type Laying = Omit<OnBench, 'outcome' | 'elsewhere' | 'findings'>

/** The one proposal that is in hand. Its effect is computed in the browser; what computes it comes with the first proposal. */
export interface Workbench {
  readonly state: Watched<OnBench | null>
  /** Begins a proposal, or shows one that was made; null takes it off. */
  lay(what: Laying | null): void
  /** The operation in hand with other parameters. */
  turn(operation: Operation): void
  /** Another size, or newer lines, of the sheet in hand. */
  look(lines: LoadedPattern, size: number): void
}

export const openWorkbench = (): Workbench => {
  const state = cell<OnBench | null>(null)
  let wanted: Laying | null = null
  let carry: typeof import('./carry-out.ts')['carryOut'] | null = null

  const lay = (what: Laying | null): void => {
    wanted = what
    if (what === null || carry) {
      state.set(what && carry ? carry(what) : null)
      return
    }
    void part(() => import('./carry-out.ts')).then((module) => {
      carry = module.carryOut
      if (wanted) state.set(carry(wanted))
    })
  }
  return {
    state,
    lay,
    turn(operation) {
      if (wanted?.open && !isSameOperation(wanted.operation, operation)) lay({ ...wanted, operation })
    },
    look(lines, size) {
      if (wanted && wanted.sheet === lines.sheet && (wanted.before !== lines.pattern || wanted.size !== size))
        lay({ ...wanted, before: lines.pattern, size })
    },
  }
}
