import type * as Y from 'yjs'
import { type Decision, isClosed } from '../domain/decision.ts'
import { authorOf, isAuthoredId, type MarkId, type ReplyId, type SheetId } from '../domain/ids.ts'
import type { Mark, Reply } from '../domain/mark.ts'
import type { Sheet } from '../domain/sheet.ts'
import { type Operation, ownSwatchOf, parseOperation } from '../pattern/operation.ts'
import type { SwatchId } from '../pattern/swatches.ts'
import type { Facts } from './changes.ts'
import {
  doneStamp,
  KEYS,
  parseBorn,
  parseDecision,
  parseDone,
  parseDoneStamp,
  parseReply,
  parseSheet,
  parseStamp,
  parseWords,
  ROOTS,
} from './schema.ts'
import { unpackShape } from './shape.ts'

type Tree = Y.Map<unknown>

/** Only `Y.Map` has both; `instanceof` would bind this file to one copy of yjs. */
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' &&
  value !== null &&
  'forEach' in value &&
  'has' in value &&
  'get' in value &&
  'doc' in value

export const marksOf = (doc: Y.Doc): Tree => doc.getMap(ROOTS.marks)
export const sheetsOf = (doc: Y.Doc): Tree => doc.getMap(ROOTS.sheets)
export const decisionsOf = (doc: Y.Doc): Tree => doc.getMap(ROOTS.decisions)
export const stampsOf = (doc: Y.Doc): Tree => doc.getMap(ROOTS.stamps)

/** The live tree of one mark, or null. */
export const treeOf = (doc: Y.Doc, mark: MarkId): Tree | null => {
  const tree = marksOf(doc).get(mark)
  return isTree(tree) ? tree : null
}

export const repliesOf = (tree: Tree): Tree | null => {
  const replies = tree.get(KEYS.replies)
  return isTree(replies) ? replies : null
}

/** What was said to a proposal last, or null. */
export const decisionOf = (doc: Y.Doc, mark: MarkId): Decision | null => parseDecision(decisionsOf(doc).get(mark))

/** What a live proposal asks for, or null. */
export const changeOf = (doc: Y.Doc, mark: MarkId): Operation | null =>
  parseOperation(treeOf(doc, mark)?.get(KEYS.change))

const byTime = (a: Reply, b: Reply): number =>
  (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY) || (a.id < b.id ? -1 : 1)

/** The own swatches that proposals on a board show, and those of the answers that changed them. */
export const swatchesIn = (doc: Y.Doc): ReadonlySet<SwatchId> => {
  const found = new Set<SwatchId>()
  for (const mark of marksOf(doc).keys() as Iterable<MarkId>)
    for (const change of [changeOf(doc, mark), decisionOf(doc, mark)?.change]) {
      const swatch = change && ownSwatchOf(change)
      if (swatch) found.add(swatch.own)
    }
  return found
}

/** One mark with its thread, oldest reply first; null where there is none, or where it does not parse. */
export const readMark = (doc: Y.Doc, id: MarkId): Mark | null => {
  const tree = treeOf(doc, id)
  const born = tree && parseBorn(tree.get(KEYS.born))
  if (!tree || !born || !isAuthoredId(id)) return null
  const shape = unpackShape(born.kind, tree.get(KEYS.shape))
  const words = parseWords(tree.get(KEYS.words))
  const change = born.kind === 'proposal' ? parseOperation(tree.get(KEYS.change)) : null
  if (!shape || !words || (born.kind === 'proposal' && !change)) return null
  const stamps = stampsOf(doc)
  const stamp = parseStamp(stamps.get(id))
  const replies: Reply[] = []
  repliesOf(tree)?.forEach((value, key) => {
    const said = parseReply(value)
    if (!said || !isAuthoredId(key)) return
    const at = parseStamp(stamps.get(key))
    const reply = key as ReplyId
    replies.push({
      id: reply,
      author: authorOf(reply),
      text: said.text,
      at: at?.at ?? null,
      edited: at?.edited ?? null,
    })
  })
  replies.sort(byTime)
  const done = parseDone(tree.get(KEYS.done)) === true
  const settled = done ? parseDoneStamp(stamps.get(doneStamp(id))) : null
  return {
    id,
    author: authorOf(id),
    sheet: born.sheet,
    shape,
    words,
    change,
    version: born.version,
    decision: born.kind === 'proposal' ? decisionOf(doc, id) : null,
    replies,
    resolved: done ? { by: settled?.by ?? null, at: settled?.at ?? null } : null,
    at: stamp?.at ?? null,
    edited: stamp?.edited ?? null,
  }
}

export const readSheet = (doc: Y.Doc, id: SheetId): Sheet | null => parseSheet(sheetsOf(doc).get(id))

export const readSheets = (doc: Y.Doc): Sheet[] => {
  const sheets: Sheet[] = []
  for (const value of sheetsOf(doc).values()) {
    const sheet = parseSheet(value)
    if (sheet) sheets.push(sheet)
  }
  return sheets.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
}

/** What the schema asks of a document; each answer reads one key, but `othersReplied`, which walks one thread. */
export const factsOf = (doc: Y.Doc): Facts => ({
  kindOf: (mark) => parseBorn(treeOf(doc, mark)?.get(KEYS.born))?.kind ?? null,
  sheetOf: (mark) => parseBorn(treeOf(doc, mark)?.get(KEYS.born))?.sheet ?? null,
  hasSheet: (sheet) => sheetsOf(doc).has(sheet),
  versionOf: (sheet) => parseSheet(sheetsOf(doc).get(sheet))?.version ?? null,
  isDecided: (mark) => isClosed(decisionOf(doc, mark)),
  hasWords: (mark) => (parseWords(treeOf(doc, mark)?.get(KEYS.words))?.text ?? '') !== '',
  othersReplied(mark) {
    const tree = treeOf(doc, mark)
    const replies = tree && repliesOf(tree)
    if (!replies) return false
    const author = authorOf(mark)
    for (const key of replies.keys()) if (authorOf(key as ReplyId) !== author) return true
    return false
  },
  repliesUnder(mark) {
    const tree = treeOf(doc, mark)
    return (tree && repliesOf(tree)?.size) ?? 0
  },
  hasReply(mark, reply) {
    const tree = treeOf(doc, mark)
    return (tree && repliesOf(tree)?.has(reply)) ?? false
  },
})
