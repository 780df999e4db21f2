import type { Live } from '../sync/live.ts'
import { part } from '../sync/part.ts'

let open: Promise<Live> | null = null

/** The page's one live connection, fetched and opened when first asked for. */
export const live = (): Promise<Live> => {
  open ??= part(() => import('../sync/live.ts')).then(({ openLive }) => openLive())
  return open
}

/** Whoever signs in next gets a connection of their own. */
export const closeLive = async (): Promise<void> => {
  const was = open
  open = null
  ;(await was)?.close()
}
