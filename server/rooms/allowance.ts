import type { PersonId } from '../../shared/domain/ids.ts'
import { Bucket } from './bucket.ts'

export const ALLOWANCE = {
  /** Connections of one person that may each send one large answer. What is half sent lies in memory, so they are few. */
  doors: 16,
  /** Bytes of large answers of one person, a second and at once. */
  bytes: { rate: 256 * 1024, burst: 12 * 1024 * 1024 },
  /** What updates of one person make the gate look at, in structs, a second and at once. */
  work: { rate: 200_000, burst: 2_000_000 },
  /** Connections of one person at once: a class of pupils behind one sign-in, and no more. */
  connections: 1024,
} as const
/** A struct has some eight bytes at least. */
const BYTES_A_STRUCT = 8

/** What one connection may do beyond the usual, on its person's account. */
export interface Share {
  /** Whether it may send a large answer at all. */
  readonly mayBeLarge: boolean
  /** Charges a large answer; false where the person has sent too many of late. */
  take(bytes: number): boolean
  /** Charges an update before it is looked at, so that what is refused is paid for as well; false as above. */
  read(bytes: number): boolean
  /** Charges what the gate then looked at. */
  charge(structs: number): boolean
  /** The connection is over. */
  end(): void
}

interface Account {
  doors: number
  connections: number
  readonly bytes: Bucket
  readonly work: Bucket
}

/**
 * What one person may cost over all connections and rooms: a limit on each connection would be none, since whoever was cut
 * comes back by a new one. Kept for the life of the process: a few words a person.
 */
export class Allowance {
  readonly #accounts = new Map<PersonId, Account>()

  /** @returns null where the person has as many connections as one may have. */
  open(person: PersonId): Share | null {
    const account = this.#accounts.get(person) ?? fresh()
    this.#accounts.set(person, account)
    if (account.connections >= ALLOWANCE.connections) return null
    const mayBeLarge = account.doors < ALLOWANCE.doors
    account.connections++
    if (mayBeLarge) account.doors++
    let isOpen = true
    return {
      mayBeLarge,
      take: (bytes) => account.bytes.take(bytes, performance.now()),
      read: (bytes) => account.work.take(bytes / BYTES_A_STRUCT, performance.now()),
      charge: (structs) => account.work.take(structs, performance.now()),
      end() {
        if (!isOpen) return
        isOpen = false
        account.connections--
        if (mayBeLarge) account.doors--
      },
    }
  }
}

const fresh = (): Account => {
  const at = performance.now()
  const { bytes, work } = ALLOWANCE
  return {
    doors: 0,
    connections: 0,
    bytes: new Bucket(bytes.rate, bytes.burst, at),
    work: new Bucket(work.rate, work.burst, at),
  }
}
