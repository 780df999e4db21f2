import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { View } from '../../shared/protocol/api.ts'
import type { Api } from '../sync/api.ts'
import type { BoardSession, Watched } from '../sync/contract.ts'
import { cell } from '../sync/watched.ts'

/** A swatch that somebody brought, as this viewer may see it. */
export type OwnPicture =
  | { readonly is: 'coming' }
  | { readonly is: 'here'; readonly bitmap: ImageBitmap }
  | { readonly is: 'lost' }

/** The swatches that people brought to one board, in memory only: each is one look, entered in the register when it is first wanted. */
export interface OwnSwatches {
  readonly state: Watched<ReadonlyMap<SwatchId, OwnPicture>>
  /** Has it fetched, once. */
  want(id: SwatchId): void
  /** Once more where it was lost. */
  retry(id: SwatchId): void
  watch(): void
  /** Forgets everything; `watch` begins again. */
  stop(): void
}

/** Kept at once: four megabytes each at most, so what was wanted longest ago goes. */
const MOST = 16

export const openOwnSwatches = (
  session: BoardSession,
  api: Api,
  fetchPicture: (path: string, signal: AbortSignal) => Promise<ImageBitmap>,
): OwnSwatches => {
  const state = cell<ReadonlyMap<SwatchId, OwnPicture>>(new Map())
  let asking = new AbortController()

  const set = (id: SwatchId, picture: OwnPicture): void => {
    const map = new Map(state.get())
    map.delete(id)
    map.set(id, picture)
    for (const [old, held] of map) {
      if (map.size <= MOST) break
      if (held.is === 'here') held.bitmap.close()
      map.delete(old)
    }
    state.set(map)
  }
  const fetch = async (id: SwatchId, { signal }: AbortController): Promise<void> => {
    set(id, { is: 'coming' })
    try {
      const { view } = await api<View>('POST', `/api/swatches/${id}/views`, undefined, signal)
      const bitmap = await fetchPicture(view, signal)
      if (signal.aborted) bitmap.close()
      else set(id, { is: 'here', bitmap })
    } catch {
      if (!signal.aborted) set(id, { is: 'lost' })
    }
  }
  const forget = (): void => {
    asking.abort()
    asking = new AbortController()
    for (const held of state.get().values()) if (held.is === 'here') held.bitmap.close()
    state.set(new Map())
  }
  const look = (): void => {
    const { is } = session.status.get()
    if (is === 'ended') forget()
    // The line may be back.
    else if (is === 'saved') for (const [id, held] of state.get()) if (held.is === 'lost') void fetch(id, asking)
  }
  let off: (() => void) | null = null
  return {
    state,
    want(id) {
      if (!state.get().has(id) && session.status.get().is !== 'ended') void fetch(id, asking)
    },
    retry(id) {
      if (state.get().get(id)?.is === 'lost') void fetch(id, asking)
    },
    watch() {
      off ??= session.status.subscribe(look)
    },
    stop() {
      off?.()
      off = null
      forget()
    },
  }
}
