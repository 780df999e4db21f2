import type { SyncStatus } from './contract.ts'

/** What a status is made from. */
export interface Standing {
  readonly ended: boolean
  /** The board was there to be seen once. */
  readonly loaded: boolean
  readonly connected: boolean
  /** From a refusal until the board is back: the page says *saving* and not *offline* meanwhile. */
  readonly mending: boolean
  /** Acts not known to be on disk. */
  readonly waiting: number
}

export const statusOf = ({ ended, loaded, connected, mending, waiting }: Standing): SyncStatus => {
  if (ended) return { is: 'ended' }
  if (!loaded) return { is: 'loading' }
  if (connected && waiting === 0) return { is: 'saved' }
  return { is: connected || mending ? 'saving' : 'offline', waiting }
}

const waitingIn = (status: SyncStatus): number => ('waiting' in status ? status.waiting : 0)

export const isSameStatus = (a: SyncStatus, b: SyncStatus): boolean => a.is === b.is && waitingIn(a) === waitingIn(b)
