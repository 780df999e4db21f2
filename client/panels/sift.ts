import { isClosed } from '../../shared/domain/decision.ts'
import { type Mark, SAYS, type Says } from '../../shared/domain/mark.ts'
import { LEVELS, type Level, levelOf } from '../../shared/pattern/operation.ts'

/** What a mark is for whoever reads: what it says, or the type of what it proposes. */
export type MarkType = Says | Level
export const typeOf = ({ change, words }: Mark): MarkType => (change ? levelOf(change) : words.says)
export const isLevel = (type: MarkType): type is Level => LEVELS.includes(type as Level)

/** Answers to proposals are states of their own, beside open and resolved. */
export const STATES = ['all', 'open', 'resolved', 'accepted', 'declined'] as const

export interface Filters {
  /** A firm's id, or empty for all. */
  readonly firm: string
  readonly type: MarkType | 'all'
  readonly state: (typeof STATES)[number]
}
export const NO_FILTERS: Filters = { firm: '', type: 'all', state: 'all' }
export const isSifted = ({ firm, type, state }: Filters): boolean => firm !== '' || type !== 'all' || state !== 'all'

/** The types to choose from: those of proposals where there may be some. */
export const typesOn = (hasPattern: boolean): readonly MarkType[] => (hasPattern ? [...SAYS, ...LEVELS] : SAYS)

const inState = ({ decision, resolved }: Mark, state: Filters['state']): boolean => {
  switch (state) {
    case 'all':
      return true
    case 'open':
      return resolved === null && !isClosed(decision)
    case 'resolved':
      return resolved !== null
    case 'accepted':
      return decision?.is === 'accepted' || decision?.is === 'part'
    case 'declined':
      return decision?.is === 'declined' || decision?.is === 'stale'
  }
}

/** Whether a mark is to be seen, by whose it is, of which type and in which state. */
export const passes = (mark: Mark, { firm, type, state }: Filters, firmOf: (mark: Mark) => string | null): boolean =>
  (firm === '' || firmOf(mark) === firm) && (type === 'all' || typeOf(mark) === type) && inState(mark, state)
