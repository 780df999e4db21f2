import type { BoardId } from '../../shared/domain/ids.ts'
import type { BoardCard, Leased } from '../../shared/protocol/api.ts'
import { type Api, ApiError } from './api.ts'

/** What the server says over HTTP to whoever asks: an answer, that there is no way in, or nothing now. */
export type Answer<T> = { readonly is: 'here'; readonly value: T } | { readonly is: 'shut' } | { readonly is: 'away' }

/** A board's door: a lease to write under, and the board as it is now. */
export interface Door {
  /** @param grant of the lease held until now, if there is one. */
  lease(grant: string | undefined): Promise<Answer<Leased>>
  board(): Promise<Answer<BoardCard>>
  /** Nobody waits for an answer any more. */
  leave(): void
}

export const openDoor = (ask: Api, id: BoardId): Door => {
  const leaving = new AbortController()
  const answered = async <T>(shut: readonly number[], asking: Promise<T>): Promise<Answer<T>> => {
    try {
      return { is: 'here', value: await asking }
    } catch (problem) {
      return { is: problem instanceof ApiError && shut.includes(problem.status) ? 'shut' : 'away' }
    }
  }
  return {
    lease: (grant) =>
      answered(
        [401, 403, 404],
        ask<Leased>('POST', `/api/boards/${id}/lease`, grant === undefined ? {} : { grant }, leaving.signal),
      ),
    board: () => answered([404], ask<BoardCard>('GET', `/api/boards/${id}`, undefined, leaving.signal)),
    leave: () => leaving.abort(),
  }
}
