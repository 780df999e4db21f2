import type { Action } from '../access/actions.ts'
import { type About, judge, type SwatchFacts, type Verdict } from '../access/rules.ts'
import { authorOf, isAuthoredId, type MarkId, type PersonId, type ReplyId, type SheetId } from '../domain/ids.ts'
import { CAPS, type MarkKind } from '../domain/mark.ts'
import { type Level, levelOf, type Operation, ownSwatchOf, parseOperation } from '../pattern/operation.ts'
import type { SwatchId } from '../pattern/swatches.ts'
import { fitsKind, KEYS, parseBorn, parseDone, parseReply, parseWords, ROOTS } from './schema.ts'
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
  /** Sheet that a live mark is on, or null. */
  sheetOf(mark: MarkId): SheetId | null
  hasSheet(sheet: SheetId): boolean
  /** Version of a sheet that is a pattern; null for every other sheet. */
  versionOf(sheet: SheetId): number | null
  /** Whether a mark is a proposal that has its answer: see `isClosed`. */
  isDecided(mark: MarkId): boolean
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
  /** `proposal.add`, `proposal.change`: level of the operation. */
  readonly proposes?: Level
  /** `proposal.add`, `proposal.change`: the own swatch that the operation names. */
  readonly swatch?: SwatchId
  /** Of what changes or takes away a mark: it is a proposal that has its answer. */
  readonly decided?: boolean
}

/** What an act says to `judge`, beside who acts, where and when. */
const aboutOf = ({ author, othersReplied, proposes, decided }: Act): Partial<About> => ({
  author,
  ...(othersReplied === undefined ? {} : { othersReplied }),
  ...(proposes === undefined ? {} : { proposes }),
  ...(decided === undefined ? {} : { decided }),
})

/** What there is to know of a sent swatch, or null where there is none. */
export type FindSwatch = (id: SwatchId) => SwatchFacts | null

/** May this act be done? One verdict for every right that it takes: a proposal that names an own swatch takes two. */
export const judgeAct = (act: Act, who: Pick<About, 'actor' | 'now' | 'board'>, find: FindSwatch): Verdict => {
  const verdict = judge(act.action, { ...aboutOf(act), ...who })
  return verdict.ok && act.swatch !== undefined ? judge('swatch.name', { ...who, swatch: find(act.swatch) }) : verdict
}

/** What `proposal.add` and `proposal.change` say of their operation. */
export const proposing = (operation: Operation): Pick<Act, 'proposes' | 'swatch'> => {
  const swatch = ownSwatchOf(operation)
  return { proposes: levelOf(operation), ...(swatch === null ? {} : { swatch: swatch.own }) }
}

/** A look can be proposed for an area of any sheet; every other operation is about a pattern, at a version that there is. */
export const fitsSheet = (change: Operation, version: number, newest: number | null): boolean =>
  newest === null ? change.op === 'lookArea' && version === 1 : version <= newest

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
  /** Where its act stands among the acts; which one it is shows when all of it is read. */
  readonly act: number
  born: unknown
  shape: unknown
  words: unknown
  change: unknown
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
    if (root === ROOTS.sheets || root === ROOTS.stamps || root === ROOTS.decisions) return no('server-only')
    if (root !== ROOTS.marks) return no('unknown-root')
    if (id === undefined || !isAuthoredId(id)) return no('bad-id')
    const mark = id as MarkId
    const author = authorOf(mark)
    const made = fresh.get(mark)
    if (key === undefined) {
      if (change.do === 'drop') {
        if (facts.kindOf(mark) === null) return no('gone')
        const othersReplied = facts.othersReplied(mark)
        acts.push({ action: 'mark.delete', mark, author, othersReplied, decided: facts.isDecided(mark) })
        dropped.add(mark)
        continue
      }
      if (change.value !== MAP) return no('bad-value')
      // A key that may only be created: writing it again would take the live mark and everything under it away. Deleted
      // and brought back while there was no network, it is first dropped, and judged as that too.
      if (facts.kindOf(mark) !== null && !dropped.has(mark)) return no('already-there')
      const act = acts.push({ action: 'mark.add', mark, author }) - 1
      fresh.set(mark, { act, born: undefined, shape: undefined, words: undefined, change: undefined, replies: false })
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
          acts.push({ action: 'mark.move', mark, author, decided: facts.isDecided(mark) })
        }
        break
      case KEYS.words:
        if (change.do === 'drop') return no('fixed')
        if (made !== undefined) made.words = change.value
        else {
          const [kind, words] = [facts.kindOf(mark), parseWords(change.value)]
          if (kind === null || words === null || !fitsKind(kind, words)) return no('bad-value')
          const decided = facts.isDecided(mark)
          acts.push({ action: 'mark.edit', mark, author, firstWords: !facts.hasWords(mark), decided })
        }
        break
      case KEYS.change: {
        if (change.do === 'drop') return no('fixed')
        if (made !== undefined) {
          made.change = change.value
          break
        }
        if (facts.kindOf(mark) !== 'proposal') return no('unknown-key')
        const [operation, sheet] = [parseOperation(change.value), facts.sheetOf(mark)]
        if (!operation || !sheet || !fitsSheet(operation, 1, facts.versionOf(sheet))) return no('bad-value')
        acts.push({ action: 'proposal.change', mark, author, ...proposing(operation), decided: facts.isDecided(mark) })
        break
      }
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
    const no = (malformed: Malformed): Acts => ({ ok: false, malformed, path })
    const born = parseBorn(made.born)
    if (born === null || made.words === undefined || !made.replies) return no('incomplete')
    const words = parseWords(made.words)
    if (!facts.hasSheet(born.sheet) || unpackShape(born.kind, made.shape) === null) return no('bad-value')
    if (words === null || !fitsKind(born.kind, words)) return no('bad-value')
    if (born.version === null) {
      if (made.change !== undefined) return no('unknown-key')
      continue
    }
    if (made.change === undefined) return no('incomplete')
    const change = parseOperation(made.change)
    if (!change || !fitsSheet(change, born.version, facts.versionOf(born.sheet))) return no('bad-value')
    acts[made.act] = { action: 'proposal.add', mark, author: authorOf(mark), ...proposing(change) }
  }
  return { ok: true, acts }
}
