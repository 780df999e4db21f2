import type { Level } from '../pattern/operation.ts'
import type { Machine } from '../pattern/stitches.ts'
import type { CircleId, FirmId, PersonId } from './ids.ts'

/** Firms are mentors or trainees; the other three roles belong to no firm. */
export const FIRM_ROLES = ['mentor', 'trainee'] as const
export const OFFICE_ROLES = ['facilitator', 'association', 'observer'] as const
export type FirmRole = (typeof FIRM_ROLES)[number]
export type OfficeRole = (typeof OFFICE_ROLES)[number]
export type Role = FirmRole | OfficeRole
export const ROLES: readonly Role[] = [...FIRM_ROLES, ...OFFICE_ROLES]

export interface Firm {
  readonly id: FirmId
  readonly name: string
  readonly role: FirmRole
  /** What it sews on, in the order of `MACHINES`; left out while it has not said. */
  readonly machines?: readonly Machine[]
}

export interface Circle {
  readonly id: CircleId
  readonly name: string
  readonly firms: readonly FirmId[]
}

interface PersonBase {
  readonly id: PersonId
  readonly name: string
}
/** Where a person of this role begins on the ladder of trust; null where no level bounds them. */
export const firstLevel = (role: FirmRole): Level | null => (role === 'trainee' ? 'puntada' : null)

/**
 * A person of one firm, or of none. `admin` may invite colleagues. `level`: up to where a trainee may propose changes to
 * another firm's work; null for everybody whom no level bounds.
 */
export type Person =
  | (PersonBase & {
      readonly firm: FirmId
      readonly role: FirmRole
      readonly admin: boolean
      readonly level: Level | null
    })
  | (PersonBase & { readonly firm: null; readonly role: OfficeRole; readonly admin: false; readonly level: null })

/** Who acts: a person with the circles of their firm already loaded, so that rules need to look nothing up. */
export type Actor = Person & { readonly circles: readonly CircleId[] }
