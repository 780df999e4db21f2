import type * as Y from 'yjs'
import { Unreadable } from './values.ts'

interface Made {
  readonly clock: number
  readonly length: number
  readonly originClient: number
  readonly originClock: number
}

interface Link {
  readonly client: number
  readonly clock: number
  length: number
  /** -1 for none. */
  readonly originClient: number
  readonly originClock: number
}

/** Links walked for one update before it is refused: the history of a key, as often as it is written from an old view. */
const MOST_STEPS = 200_000

/** What one update has walked so far, of all its keys. */
export interface Walk {
  steps: number
}

const step = (walk: Walk): void => {
  if (++walk.steps > MOST_STEPS) throw new Unreadable('too-long' as const)
}

/**
 * The whole history of one key, oldest first, into which structs are put as Yjs would put them. Needed only where something
 * is written from an old view of the key; what is written at its end is placed without.
 *
 * Follows `Item.integrate` (YATA: P. Nicolaescu et al., GROUP 2016, 39–49) for items without a right origin.
 */
export class Chain<M extends Made> {
  readonly #links: Link[]
  readonly #walk: Walk

  constructor(links: Link[], walk: Walk) {
    this.#links = links
    this.#walk = walk
  }

  /** @param walk counted on; the update is refused where it grows too long. */
  static of<M extends Made>(last: Y.Item | null, news: readonly M[], client: number, walk: Walk): Chain<M> {
    const links: Link[] = []
    for (let item = last; item !== null; item = item.left) {
      links.push({
        client: item.id.client,
        clock: item.id.clock,
        length: item.length,
        originClient: item.origin?.client ?? -1,
        originClock: item.origin?.clock ?? -1,
      })
      step(walk)
    }
    links.reverse()
    for (const { clock, length, originClient, originClock } of news)
      links.push({ client, clock, length, originClient, originClock })
    return new Chain<M>(links, walk)
  }

  /** @returns whether it comes last, and so is the key's value. */
  insert({ clock, length, originClient, originClock }: M, client: number): boolean {
    const links = this.#links
    let left = originClient === -1 ? -1 : this.#cleanEnd(originClient, originClock)
    const before = new Set<Link>()
    const conflicting = new Set<Link>()
    for (let i = left + 1; i < links.length; i++) {
      const other = links[i] as Link
      step(this.#walk)
      before.add(other)
      conflicting.add(other)
      if (other.originClient === originClient && other.originClock === originClock) {
        if (other.client >= client) break
        left = i
        conflicting.clear()
      } else if (other.originClient === -1) break
      else {
        const origin = links[this.#indexOf(other.originClient, other.originClock)] as Link
        if (!before.has(origin)) break
        if (!conflicting.has(origin)) {
          left = i
          conflicting.clear()
        }
      }
    }
    links.splice(left + 1, 0, { client, clock, length, originClient, originClock })
    return left + 2 === links.length
  }

  #indexOf(client: number, clock: number): number {
    const links = this.#links
    for (let i = links.length - 1; i >= 0; i--) {
      const link = links[i] as Link
      step(this.#walk)
      if (link.client === client && link.clock <= clock && clock < link.clock + link.length) return i
    }
    throw new Unreadable('wrong-place' as const)
  }

  /** The link that ends with this clock; a longer one is parted there, as `getItemCleanEnd` does. */
  #cleanEnd(client: number, clock: number): number {
    const at = this.#indexOf(client, clock)
    const link = this.#links[at] as Link
    const keep = clock - link.clock + 1
    if (keep < link.length) {
      const rest = { client, clock: clock + 1, length: link.length - keep, originClient: client, originClock: clock }
      link.length = keep
      this.#links.splice(at + 1, 0, rest)
    }
    return at
  }
}
