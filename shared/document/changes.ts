import type { Action } from '../access/actions.ts'
import { authorOf, isAuthoredId, type MarkId, type PersonId, type ReplyId, type SheetId } from '../domain/ids.ts'
import { CAPS, type MarkKind } from '../domain/mark.ts'
import { KEYS, parseBorn, parseDone, parseReply, parseWords, ROOTS } from './schema.ts'
import { unpackShape } from './shape.ts'

/** Stands for a nested map where a value is expected. */
export const MAP: unique symbol = Symbol('map')

/**
 * What an update would do at one path, net of everything that it does there: `put` writes the key (and so deletes what
 * lives there), `drop` deletes it. A dropped container stands for all below it; no path below it is listed.
 */
export type Change =
  | { readonly do: 'put'; readonly path: readonly string[]; readonly value: unknown }
  | { readonly do: 'drop'; readonly path: readonly string[] }

/** What the document says now, before the change. */
export interface Facts {
  /** Kind of a live mark, or null where there is none. */
  kindOf(mark: MarkId): MarkKind | null
  hasSheet(sheet: SheetId): boolean
  /** Whether a live mark says anything yet: one is drawn first and worded right after. */
  hasWords(mark: MarkId): boolean
  /** Whether anyone but the mark's author has replied to it. */
  othersReplied(mark: MarkId): boolean
  repliesUnder(mark: MarkId): number
  hasReply(mark: MarkId, reply: ReplyId): boolean
}

/** One thing that somebody does to the document, ready for `judge`. */
export interface Act {
  readonly action: Action
  readonly mark: MarkId
  readonly reply?: ReplyId
  /** Author of what is acted on. */
  readonly author: PersonId
  readonly othersReplied?: boolean
  /** `mark.edit`: its first words, and so no change of what was said. */
  readonly firstWords?: boolean
}

/** Why a change is not in the schema. */
export const MALFORMED = [
  'unknown-root',
  'server-only',
  'unknown-key',
  'bad-id',
  'bad-value',
  'incomplete',
  'already-there',
  'fixed',
  'gone',
  'too-many-replies',
] as const
export type Malformed = (typeof MALFORMED)[number]

export type Acts =
  | { readonly ok: true; readonly acts: readonly Act[] }
  | { readonly ok: false; readonly malformed: Malformed; readonly path: readonly string[] }

interface NewMark {
  born: unknown
  shape: unknown
  words: unknown
  replies: boolean
}

/**
 * Reads net changes as acts. Containers must come before what is inside them. Pure: judges nothing but the schema.
 *
 * @returns one act per right that is needed, or the first change that the schema does not know.
 */
export const actsOf = (changes: readonly Change[], facts: Facts): Acts => {
  const acts: Act[] = []
  const fresh = new Map<MarkId, NewMark>()
  const freshReplies = new Map<MarkId, number>()
  const dropped = new Set<MarkId>()
  for (const change of changes) {
    const { path } = change
    const no = (malformed: Malformed): Acts => ({ ok: false, malformed, path })
    const [root, id, key, inner] = path
    if (root === ROOTS.sheets || root === ROOTS.stamps) return no('server-only')
    if (root !== ROOTS.marks) return no('unknown-root')
    if (id === undefined || !isAuthoredId(id)) return no('bad-id')
    const mark = id as MarkId
    const author = authorOf(mark)
    const made = fresh.get(mark)
    if (key === undefined) {
      if (change.do === 'drop') {
        if (facts.kindOf(mark) === null) return no('gone')
        acts.push({ action: 'mark.delete', mark, author, othersReplied: facts.othersReplied(mark) })
        dropped.add(mark)
        continue
      }
      if (change.value !== MAP) return no('bad-value')
      // A key that may only be created: writing it again would take the live mark and everything under it away. Deleted
      // and brought back while there was no network, it is first dropped, and judged as that too.
      if (facts.kindOf(mark) !== null && !dropped.has(mark)) return no('already-there')
      fresh.set(mark, { born: undefined, shape: undefined, words: undefined, replies: false })
      acts.push({ action: 'mark.add', mark, author })
      continue
    }
    if (made === undefined && facts.kindOf(mark) === null) return no('gone')
    if (key === KEYS.replies) {
      if (inner === undefined) {
        if (made === undefined || change.do === 'drop') return no('fixed')
        if (change.value !== MAP) return no('bad-value')
        made.replies = true
        continue
      }
      if (path.length > 4) return no('unknown-key')
      if (!isAuthoredId(inner)) return no('bad-id')
      const reply = inner as ReplyId
      const by = authorOf(reply)
      if (change.do === 'drop') {
        acts.push({ action: 'reply.delete', mark, reply, author: by })
        continue
      }
      if (parseReply(change.value) === null) return no('bad-value')
      const known = made === undefined && facts.hasReply(mark, reply)
      if (!known) {
        const added = (freshReplies.get(mark) ?? 0) + 1
        freshReplies.set(mark, added)
        if (added + (made === undefined ? facts.repliesUnder(mark) : 0) > CAPS.replies) return no('too-many-replies')
      }
      acts.push({ action: known ? 'reply.edit' : 'reply.add', mark, reply, author: by })
      continue
    }
    if (path.length > 3) return no('unknown-key')
    switch (key) {
      case KEYS.born:
        if (made === undefined || change.do === 'drop') return no('fixed')
        made.born = change.value
        break
      case KEYS.shape:
        if (change.do === 'drop') return no('fixed')
        if (made !== undefined) made.shape = change.value
        else {
          const kind = facts.kindOf(mark)
          if (kind === null || unpackShape(kind, change.value) === null) return no('bad-value')
          acts.push({ action: 'mark.move', mark, author })
        }
        break
      case KEYS.words:
        if (change.do === 'drop') return no('fixed')
        if (parseWords(change.value) === null) return no('bad-value')
        if (made !== undefined) made.words = change.value
        else acts.push({ action: 'mark.edit', mark, author, firstWords: !facts.hasWords(mark) })
        break
      case KEYS.done:
        if (change.do === 'put' && parseDone(change.value) === null) return no('bad-value')
        acts.push({ action: 'mark.settle', mark, author })
        break
      default:
        return no('unknown-key')
    }
  }
  for (const [mark, made] of fresh) {
    const path = [ROOTS.marks, mark]
    const born = parseBorn(made.born)
    if (born === null || made.words === undefined || !made.replies) return { ok: false, malformed: 'incomplete', path }
    if (!facts.hasSheet(born.sheet)) return { ok: false, malformed: 'bad-value', path }
    if (unpackShape(born.kind, made.shape) === null) return { ok: false, malformed: 'bad-value', path }
  }
  return { ok: true, acts }
}
