import { z } from 'zod'
import { packShape, unpackShape } from '../../shared/document/shape.ts'
import {
  isAuthoredId,
  isPlainId,
  type MarkId,
  type PersonId,
  type ReplyId,
  type SheetId,
} from '../../shared/domain/ids.ts'
import { CAPS, MARK_KINDS, SAYS, type Shape } from '../../shared/domain/mark.ts'
import type { Draft, Watched } from './contract.ts'
import { cell } from './watched.ts'

const mark = z
  .string()
  .refine(isAuthoredId)
  .transform((id) => id as MarkId)
const reply = z
  .string()
  .refine(isAuthoredId)
  .transform((id) => id as ReplyId)
const sheet = z
  .string()
  .refine(isPlainId)
  .transform((id) => id as SheetId)
const text = z.string().max(CAPS.text)
const words = z.strictObject({ says: z.enum(SAYS), text })
const shape = z
  .strictObject({ kind: z.enum(MARK_KINDS), packed: z.array(z.number()) })
  .transform((value, context): Shape => {
    const read = unpackShape(value.kind, value.packed)
    if (read) return read
    context.addIssue({ code: 'custom', message: 'not a shape' })
    return z.NEVER
  })
const intent = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('add'),
    mark: z.strictObject({
      id: mark,
      sheet,
      shape,
      words,
      done: z.boolean(),
      replies: z.array(z.strictObject({ id: reply, text })).max(CAPS.replies),
    }),
  }),
  z.strictObject({ do: z.literal('move'), mark, shape }),
  z.strictObject({ do: z.literal('say'), mark, words }),
  z.strictObject({ do: z.literal('settle'), mark, done: z.boolean() }),
  z.strictObject({ do: z.literal('delete'), mark }),
  z.strictObject({ do: z.literal('reply'), mark, reply, text }),
  z.strictObject({ do: z.literal('unreply'), mark, reply }),
])
const kept = z.array(
  z.strictObject({ id: z.string().max(40), intent, why: z.string().max(40), at: z.number().nonnegative() }),
)

const packed = (shape: Shape): { kind: Shape['kind']; packed: number[] } => ({
  kind: shape.kind,
  packed: packShape(shape),
})
const toText = (draft: Draft): unknown => {
  const { intent } = draft
  if (intent.do === 'add')
    return { ...draft, intent: { ...intent, mark: { ...intent.mark, shape: packed(intent.mark.shape) } } }
  if (intent.do === 'move') return { ...draft, intent: { ...intent, shape: packed(intent.shape) } }
  return draft
}

/** Drafts kept at once; with more, the oldest goes. */
const MOST = 100

export interface Drafts {
  readonly list: Watched<readonly Draft[]>
  keep(draft: Draft): void
  find(id: string): Draft | undefined
  discard(id: string): void
  /** Out of this window's memory and storage. */
  clear(): void
}

/**
 * Work that was not accepted, for as long as this window lives. What is stored is text and coordinates, never a picture, and only
 * in session storage; each person and board has its own.
 */
export const openDrafts = (storage: Storage | null, person: PersonId, board: string): Drafts => {
  const key = `puntada.drafts.${person}.${board}`
  const stored = (): readonly Draft[] => {
    try {
      const read = kept.safeParse(JSON.parse(storage?.getItem(key) ?? '[]'))
      return read.success ? read.data : []
    } catch {
      return []
    }
  }
  const list = cell<readonly Draft[]>(stored())
  const set = (drafts: readonly Draft[]): void => {
    list.set(drafts)
    try {
      if (drafts.length === 0) storage?.removeItem(key)
      else storage?.setItem(key, JSON.stringify(drafts.map(toText)))
    } catch {
      // Full or forbidden storage: the drafts still live in memory.
    }
  }
  return {
    list,
    keep: (draft) => set([...list.get().filter(({ id }) => id !== draft.id), draft].slice(-MOST)),
    find: (id) => list.get().find((draft) => draft.id === id),
    discard: (id) => set(list.get().filter((draft) => draft.id !== id)),
    clear: () => set([]),
  }
}
