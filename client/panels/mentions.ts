import type { PersonId } from '../../shared/domain/ids.ts'

export interface Mentionable {
  readonly id: PersonId
  /** What stands after the @ while one writes: the name, with the firm where two share it. */
  readonly handle: string
  readonly firm: string
}

/** Names to write after an @; two of the same name are told apart by their firm. */
export const mentionables = (
  people: readonly { readonly id: PersonId; readonly name: string; readonly firm: string }[],
): Mentionable[] => {
  const times = new Map<string, number>()
  for (const { name } of people) times.set(name, (times.get(name) ?? 0) + 1)
  return people.map(({ id, name, firm }) => ({
    id,
    handle: (times.get(name) ?? 0) > 1 ? `${name} (${firm})` : name,
    firm,
  }))
}

/** As written → as kept: `@Inés Robles` becomes `@[id]`. The longest name wins, so that nobody is taken for another. */
export const toKept = (text: string, people: readonly Mentionable[]): string => {
  let kept = text
  for (const { id, handle } of [...people].sort((a, b) => b.handle.length - a.handle.length))
    kept = kept.replaceAll(`@${handle}`, `@[${id}]`)
  return kept
}

/** As kept → as written. */
export const toWritten = (text: string, handleOf: (person: PersonId) => string): string =>
  text.replace(/@\[([a-z0-9]{2,32})\]/g, (_, id: string) => `@${handleOf(id as PersonId)}`)

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Whoever fits what is written, accents or not, at most `most`. */
export const fitting = (people: readonly Mentionable[], query: string, most = 6): Mentionable[] => {
  const wanted = plain(query)
  return people
    .filter(({ handle, firm }) => plain(handle).includes(wanted) || plain(firm).startsWith(wanted))
    .slice(0, most)
}

/** Names have as many words at most, and letters. */
const NAME = { words: 4, letters: 40 } as const
const QUERY = new RegExp(`(?:^|[\\s(])@([\\p{L}\\p{M}.'-]*(?: [\\p{L}\\p{M}.'-]*){0,${NAME.words - 1}})$`, 'u')

/** What is being written after an @ right before the caret; null where nothing is, or where the name is whole and the sentence goes on. */
export const queryBefore = (
  text: string,
  caret: number,
  people: readonly Mentionable[],
): { readonly from: number; readonly query: string } | null => {
  const written = QUERY.exec(text.slice(0, caret))?.[1]
  if (written === undefined || written.length > NAME.letters) return null
  const query = written.trimStart()
  const isWhole = people.some(({ handle }) => plain(query).startsWith(`${plain(handle)} `))
  return isWhole && fitting(people, query).length === 0 ? null : { from: caret - written.length - 1, query }
}
