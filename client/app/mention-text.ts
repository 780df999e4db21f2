import type { PersonId } from '../../shared/domain/ids.ts'
import { useWho } from './signed.ts'

const MENTION = /@\[([a-z0-9]{2,32})\]/g

export type TextPart = { readonly text: string } | { readonly person: PersonId }

/** A text as it is kept, cut into plain text and the people mentioned in it. */
export const partsOf = (text: string): TextPart[] => {
  const parts: TextPart[] = []
  let end = 0
  for (const found of text.matchAll(MENTION)) {
    if (found.index > end) parts.push({ text: text.slice(end, found.index) })
    parts.push({ person: found[1] as PersonId })
    end = found.index + found[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

/** A kept text as one line of plain words, with names in place of ids. */
export const useMentionText = (): ((text: string) => string) => {
  const who = useWho()
  return (text) =>
    partsOf(text)
      .map((part) => ('text' in part ? part.text : `@${who.name(part.person)}`))
      .join('')
}
