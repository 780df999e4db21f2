import { useSyncExternalStore } from 'react'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { BoardSession, Watched } from '../sync/contract.ts'

export const useWatched = <T>(watched: Watched<T>): T => useSyncExternalStore(watched.subscribe, watched.get)

/** The others on the board, each once. Cursors move thirty times a second; this changes when somebody comes or goes. */
export const useOthersHere = (session: BoardSession): readonly PersonId[] => {
  const joined = useSyncExternalStore(session.others.subscribe, () =>
    [...new Set(session.others.get().map(({ person }) => person))].sort().join(' '),
  )
  return joined === '' ? [] : (joined.split(' ') as PersonId[])
}
