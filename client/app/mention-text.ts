import { useCallback } from 'react'
import type { BoardId, MarkId, PersonId } from '../../shared/domain/ids.ts'
import { useWords } from '../words/words.ts'
import { useWho } from './signed.ts'

/** A mention, or the address of a mark as it is copied from its thread. */
const SPECIAL = /@\[([a-z0-9]{2,32})\]|(https?:\/\/[^\s/]+)\/mesas\/([a-z0-9]{2,32})\?marca=([a-z0-9_]{4,60})/g

export type TextPart =
  | { readonly text: string }
  | { readonly person: PersonId }
  | { readonly board: BoardId; readonly mark: MarkId }

/**
 * A text as it is kept, cut into plain text, the people mentioned in it and the marks that it leads to.
 *
 * @param origin of this page: whatever leads elsewhere stays plain text.
 */
export const partsOf = (text: string, origin: string): TextPart[] => {
  const parts: TextPart[] = []
  let end = 0
  for (const found of text.matchAll(SPECIAL)) {
    const [whole, person, of, board, mark] = found
    if (person === undefined && of !== origin) continue
    if (found.index > end) parts.push({ text: text.slice(end, found.index) })
    parts.push(
      person === undefined ? { board: board as BoardId, mark: mark as MarkId } : { person: person as PersonId },
    )
    end = found.index + whole.length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

/** A kept text as one line of plain words, with names in place of ids. */
export const useMentionText = (): ((text: string) => string) => {
  const words = useWords()
  const who = useWho()
  return useCallback(
    (text) =>
      partsOf(text, location.origin)
        .map((part) =>
          'text' in part ? part.text : 'person' in part ? `@${who.name(part.person)}` : words.board.thread.linked,
        )
        .join(''),
    [words, who],
  )
}
