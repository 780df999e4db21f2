import { type BoardId, isPlainId } from '../domain/ids.ts'

const PREFIX = 'critique.'

/** Name of the room in which a board's document is shared: the last part of `/sync/<room>`. Nothing else builds one. */
export const roomOf = (board: BoardId): string => `${PREFIX}${board}`

/** The board behind a room's name, or null where the text is not such a name. */
export const parseRoom = (text: string): BoardId | null => {
  if (!text.startsWith(PREFIX)) return null
  const id = text.slice(PREFIX.length)
  return isPlainId(id) ? (id as BoardId) : null
}

/** Paths of both socket doors. */
export const SYNC_PATH = '/sync/'
