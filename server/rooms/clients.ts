import type { PersonId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Lease, LoadedRoom } from '../store/ports.ts'

/** After this long unused an id may be lent again to the same person, however its last connection ended. */
const IDLE_MS = 24 * 3_600_000
/** Ids that one person has and nobody writes under, as after pages that were cut off; then the oldest is lent again. */
export const MOST_WAITING = 1024

interface Needs {
  readonly room: string
  now(): Instant
  random(n: number): Uint8Array
  /** Whether the document has structs of an id. */
  isInDocument(client: number): boolean
}

/**
 * Which person owns which Yjs client id of a room. Ids are used again where that is safe, because the cost of applying an
 * update grows with the number of ids in a document (yjs #415).
 *
 * @template Holder whatever holds an id live: a connection.
 */
export class Clients<Holder extends object> {
  readonly #needs: Needs
  readonly #leases = new Map<number, Lease>()
  readonly #live = new Map<number, Holder>()
  readonly #unsaved = new Set<number>()
  /** Taken without a grant, and nothing of theirs is in the document yet: whoever only reads leaves nothing behind. */
  readonly #unwritten = new Set<number>()
  readonly #epoch: number
  /** The server's own id in this room. */
  readonly server: number

  constructor(needs: Needs, { leases, epoch }: Pick<LoadedRoom, 'leases' | 'epoch'>) {
    this.#needs = needs
    this.#epoch = epoch
    for (const lease of leases) this.#leases.set(lease.client, lease)
    // Under the id of before the epoch was raised people may have what this document has not.
    const own = leases.find((lease) => lease.person === null && lease.epoch === epoch)
    this.server = own?.client ?? this.#put(this.#freshId(), null, 'open').client
  }

  /** @param grant that of an id which the person holds: it is confirmed, not replaced. */
  lend(person: PersonId, grant?: string): Lease {
    const now = this.#needs.now()
    for (const lease of this.#leases.values()) {
      if (grant === undefined || lease.grant !== grant || !this.#isHers(lease, person)) continue
      return this.#put(lease.client, person, 'open', lease.grant)
    }
    let waiting = 0
    let oldest: Lease | null = null
    for (const lease of this.#leases.values()) {
      if (!this.#isHers(lease, person) || this.#live.has(lease.client)) continue
      if (lease.state === 'released' || now - lease.seen >= IDLE_MS) return this.#put(lease.client, person, 'open')
      waiting++
      if (oldest === null || lease.seen < oldest.seen) oldest = lease
    }
    return this.#put(oldest && waiting >= MOST_WAITING ? oldest.client : this.#freshId(), person, 'open')
  }

  /**
   * Takes an id for a connection that shows its grant.
   *
   * @returns whoever held it until now, to be ended first; `lost` where the grant is not (any more) good.
   */
  claim(client: number, grant: string, person: PersonId, holder: Holder): Holder | null | 'lost' {
    const lease = this.#leases.get(client)
    if (!lease || lease.grant !== grant || !this.#isHers(lease, person)) return 'lost'
    return this.#hold(lease, person, holder)
  }

  /**
   * Takes the id that a provider without a grant writes under: its own random one, if nobody has it, or one that is the same
   * person's already.
   */
  bind(client: number, person: PersonId, holder: Holder): Holder | null | 'lost' {
    if (!Number.isInteger(client) || client < 0 || client > 0xffff_ffff) return 'lost'
    const lease = this.#leases.get(client)
    if (lease) return this.#isHers(lease, person) ? this.#hold(lease, person, holder) : 'lost'
    if (this.#needs.isInDocument(client)) return 'lost'
    this.#unwritten.add(client)
    return this.#hold(this.#put(client, person, 'open'), person, holder)
  }

  /** The connection is over. */
  release(client: number, holder: Holder, clean: boolean): void {
    if (this.#live.get(client) !== holder) return
    this.#live.delete(client)
    this.#noteWritten()
    if (this.#unwritten.delete(client)) {
      this.#leases.delete(client)
      return
    }
    const lease = this.#leases.get(client)
    if (lease && lease.state !== 'closed') this.#put(client, lease.person, clean ? 'released' : 'open', lease.grant)
  }

  /**
   * Something was refused under it: it could never be completed, so nobody writes under it again.
   *
   * @returns whoever holds it now.
   */
  close(client: number): Holder | null {
    const lease = this.#leases.get(client)
    this.#unwritten.delete(client)
    if (lease && lease.person !== null) this.#put(client, lease.person, 'closed', lease.grant)
    return this.#live.get(client) ?? null
  }

  ownerOf(client: number): PersonId | null {
    return this.#leases.get(client)?.person ?? null
  }

  /** Leases that changed since they were last taken: in the same turn in which the first struct under an id comes, the id. */
  takeUnsaved(): Lease[] {
    this.#noteWritten()
    const leases = [...this.#unsaved].map((client) => this.#leases.get(client) as Lease)
    this.#unsaved.clear()
    return leases
  }

  putBackUnsaved(leases: readonly Lease[]): void {
    for (const { client } of leases) this.#unsaved.add(client)
  }

  get hasUnsaved(): boolean {
    return this.#unsaved.size > 0
  }

  #noteWritten(): void {
    for (const client of this.#unwritten) {
      if (!this.#needs.isInDocument(client)) continue
      this.#unwritten.delete(client)
      this.#unsaved.add(client)
    }
  }

  #isHers(lease: Lease, person: PersonId): boolean {
    return lease.person === person && lease.state !== 'closed' && lease.epoch === this.#epoch
  }

  #hold(lease: Lease, person: PersonId, holder: Holder): Holder | null {
    const before = this.#live.get(lease.client) ?? null
    this.#live.set(lease.client, holder)
    if (lease.state !== 'open') this.#put(lease.client, person, 'open', lease.grant)
    return before === holder ? null : before
  }

  #put(client: number, person: PersonId | null, state: Lease['state'], grant = this.#newGrant()): Lease {
    const lease: Lease = {
      room: this.#needs.room,
      client,
      person,
      grant,
      state,
      seen: this.#needs.now(),
      epoch: this.#epoch,
    }
    this.#leases.set(client, lease)
    if (!this.#unwritten.has(client)) this.#unsaved.add(client)
    return lease
  }

  #newGrant(): string {
    return Buffer.from(this.#needs.random(18)).toString('base64url')
  }

  #freshId(): number {
    for (;;) {
      const client = Buffer.from(this.#needs.random(4)).readUInt32LE()
      if (client > 0 && !this.#leases.has(client) && !this.#needs.isInDocument(client)) return client
    }
  }
}
