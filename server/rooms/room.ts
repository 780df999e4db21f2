import type * as Y from 'yjs'
import type { BoardId, PersonId } from '../../shared/domain/ids.ts'
import type { Present } from './ports.ts'

/** One board's document while somebody needs it. */
export interface Room {
  readonly board: BoardId
  /** For reading only: every write goes through the gate or through `serverWrite`. May be ahead of the disk within a turn. */
  readonly doc: Y.Doc
  readonly present: () => readonly Present[]
  /**
   * Writes with the server's own client id: root `sheets`, each put parsed with `parseSheet`. Logged, committed and shown
   * like any update; resolves when it is on disk.
   *
   * @throws {NotWritten} when the commit failed; nothing was shown.
   */
  readonly serverWrite: (write: (doc: Y.Doc) => void, by: PersonId) => Promise<void>
}
