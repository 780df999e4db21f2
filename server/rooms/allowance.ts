import type { PersonId } from '../../shared/domain/ids.ts'
import { Bucket } from './bucket.ts'

export const ALLOWANCE = {
  /** Connections of one person that may each send one large answer. What is half sent lies in memory, so they are few. */
  doors: 16,
  /** Bytes of large answers of one person, a second and at once. */
  bytes: { rate: 256 * 1024, burst: 12 * 1024 * 1024 },
} as const

/** What one connection may do beyond the usual, on its person's account. */
export interface Share {
  /** Whether it may send a large answer at all. */
  readonly mayBeLarge: boolean
  /** Charges a large answer; false where the person has sent too many of late. */
  take(bytes: number): boolean
  /** The connection is over. */
  end(): void
}

interface Account {
  doors: number
  readonly bytes: Bucket
}

/**
 * Large answers of one person over all connections and rooms: a limit on each connection would be none, since whoever was cut
 * comes back by a new one. Kept for the life of the process: a few words a person.
 */
export class Allowance {
  readonly #accounts = new Map<PersonId, Account>()

  open(person: PersonId): Share {
    const { rate, burst } = ALLOWANCE.bytes
    const account = this.#accounts.get(person) ?? { doors: 0, bytes: new Bucket(rate, burst, performance.now()) }
    this.#accounts.set(person, account)
    const mayBeLarge = account.doors < ALLOWANCE.doors
    let counted = mayBeLarge
    if (counted) account.doors++
    return {
      mayBeLarge,
      take: (bytes) => account.bytes.take(bytes, performance.now()),
      end() {
        if (counted) account.doors--
        counted = false
      },
    }
  }
}
