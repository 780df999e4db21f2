import { parseDone, parseReply, parseWords } from '../../shared/document/schema.ts'
import { packShape, unpackShape } from '../../shared/document/shape.ts'
import type { Intent, NewMark } from '../../shared/document/write.ts'
import {
  isAuthoredId,
  isPlainId,
  type MarkId,
  type PersonId,
  type ReplyId,
  type SheetId,
} from '../../shared/domain/ids.ts'
import { CAPS, MARK_KINDS, type MarkKind, type Shape } from '../../shared/domain/mark.ts'
import { parseOperation } from '../../shared/pattern/operation.ts'
import type { Draft, Watched } from './contract.ts'
import { cell } from './watched.ts'

/** The words in an intent, or null where it has none. */
export const textOf = (intent: Intent): string | null => {
  switch (intent.do) {
    case 'add':
      return intent.mark.words.text
    case 'say':
      return intent.words.text
    case 'reply':
      return intent.text
    default:
      return null
  }
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parseShape = (value: unknown): Shape | null =>
  isPlain(value) && MARK_KINDS.includes(value.kind as MarkKind)
    ? unpackShape(value.kind as MarkKind, value.packed)
    : null

const parseNewMark = (value: unknown): NewMark | null => {
  if (!isPlain(value) || !isAuthoredId(value.id) || !isPlainId(value.sheet) || !Array.isArray(value.replies))
    return null
  const shape = parseShape(value.shape)
  const words = parseWords(value.words)
  const done = parseDone(value.done)
  if (!shape || !words || done === null || value.replies.length > CAPS.replies) return null
  const replies: NewMark['replies'][number][] = []
  for (const reply of value.replies) {
    const said = isPlain(reply) && isAuthoredId(reply.id) ? parseReply({ text: reply.text }) : null
    if (!said) return null
    replies.push({ id: (reply as { id: ReplyId }).id, text: said.text })
  }
  const plain = { id: value.id as MarkId, sheet: value.sheet as SheetId, shape, words, done, replies }
  if (shape.kind !== 'proposal') return plain
  const { proposal } = value
  const change = isPlain(proposal) ? parseOperation(proposal.change) : null
  const version = isPlain(proposal) && Number.isSafeInteger(proposal.version) ? (proposal.version as number) : null
  return change && version !== null && version >= 1 ? { ...plain, proposal: { change, version } } : null
}

const parseIntent = (value: unknown): Intent | null => {
  if (!isPlain(value)) return null
  if (value.do === 'add') {
    const made = parseNewMark(value.mark)
    return made && { do: 'add', mark: made }
  }
  if (!isAuthoredId(value.mark)) return null
  const mark = value.mark as MarkId
  const reply = isAuthoredId(value.reply) ? (value.reply as ReplyId) : null
  switch (value.do) {
    case 'move': {
      const shape = parseShape(value.shape)
      return shape && { do: 'move', mark, shape }
    }
    case 'say': {
      const words = parseWords(value.words)
      return words && { do: 'say', mark, words }
    }
    case 'change': {
      const change = parseOperation(value.change)
      return change && { do: 'change', mark, change }
    }
    case 'settle': {
      const done = parseDone(value.done)
      return done === null ? null : { do: 'settle', mark, done }
    }
    case 'delete':
      return { do: 'delete', mark }
    case 'reply': {
      const said = parseReply({ text: value.text })
      return said && reply && { do: 'reply', mark, reply, text: said.text }
    }
    case 'unreply':
      return reply && { do: 'unreply', mark, reply }
    default:
      return null
  }
}

/** @returns the draft, or null where what was stored is none. */
const parseDraft = (value: unknown): Draft | null => {
  if (!isPlain(value)) return null
  const { id, why, at } = value
  const intent = parseIntent(value.intent)
  if (!intent || typeof id !== 'string' || typeof why !== 'string' || typeof at !== 'number') return null
  return { id, intent, why, at }
}

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
      const read: unknown = JSON.parse(storage?.getItem(key) ?? '[]')
      return Array.isArray(read) ? read.flatMap((value) => parseDraft(value) ?? []) : []
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
