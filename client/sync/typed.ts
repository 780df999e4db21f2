import type { PersonId } from '../../shared/domain/ids.ts'

/** Texts by place, each change of them in the storage too. */
class Typed extends Map<string, string> {
  readonly #storage: Storage | null
  readonly #key: string

  constructor(storage: Storage | null, key: string) {
    super()
    this.#storage = storage
    this.#key = key
    try {
      const read: unknown = JSON.parse(storage?.getItem(key) ?? '{}')
      for (const [place, text] of Object.entries(read ?? {})) if (typeof text === 'string') super.set(place, text)
    } catch {
      // What is stored is none of ours: one begins anew.
    }
  }
  override set(place: string, text: string): this {
    super.set(place, text)
    this.#keep()
    return this
  }
  override delete(place: string): boolean {
    const was = super.delete(place)
    this.#keep()
    return was
  }
  #keep(): void {
    try {
      if (this.size === 0) this.#storage?.removeItem(this.#key)
      else this.#storage?.setItem(this.#key, JSON.stringify(Object.fromEntries(this)))
    } catch {
      // Full or forbidden storage: it still lives in memory.
    }
  }
}

/**
 * What one person has typed on one board and not sent, by place. It outlives leaving the page and a reload, but not this window: like
 * drafts it is text alone, and only in session storage.
 */
export const openTyped = (storage: Storage | null, person: PersonId, board: string): Map<string, string> =>
  new Typed(storage, `puntada.typed.${person}.${board}`)
