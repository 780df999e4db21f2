import type { BoardId, MarkId, PersonId } from '../../shared/domain/ids.ts'
import type { UploadState } from '../../shared/protocol/api.ts'
import type { StoredSession } from '../store/records-port.ts'

/** What the server tells people unasked, over `/live`. None of it is kept, and none of it says more than *ask again*. */
export interface Tell {
  homeChanged(people: Iterable<PersonId>): void
  /** Who somebody is here, or may do, changed. */
  peopleChanged(people: Iterable<PersonId>): void
  boardChanged(board: BoardId): void
  boardEnded(board: BoardId, people: ReadonlySet<PersonId>): void
  uploadMoved(person: PersonId, state: UploadState): void
  eyesCalled(board: BoardId, mark: MarkId, by: PersonId, people: ReadonlySet<PersonId>): void
  /** Says so and cuts their connections. */
  sessionsEnded(sessions: readonly StoredSession[]): void
}
