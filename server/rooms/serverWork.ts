import type * as Y from 'yjs'
import { decisionsOf, marksOf, sheetsOf } from '../../shared/document/read.ts'
import { KEYS, parseBorn, parseDecision, parseSheet } from '../../shared/document/schema.ts'
import { unpackShape } from '../../shared/document/shape.ts'

/** Whether a key as it is now is one that the server writes by command, with a value that readers take. */
const isServerWork = (doc: Y.Doc, type: Y.AbstractType<unknown>, key: string | null): boolean => {
  if (key === null) return false
  if (type === (sheetsOf(doc) as unknown)) return parseSheet(sheetsOf(doc).get(key))?.id === key
  if (type === (decisionsOf(doc) as unknown)) return parseDecision(decisionsOf(doc).get(key)) !== null
  if (type.parent !== (marksOf(doc) as unknown) || key !== KEYS.shape) return false
  const tree = type as unknown as Y.Map<unknown>
  const born = parseBorn(tree.get(KEYS.born))
  return born !== null && unpackShape(born.kind, tree.get(KEYS.shape)) !== null
}

/**
 * Carries out a command's write in a turn's transaction, and looks at what it has changed: sheets, decisions and where live marks
 * lie are the server's to write, with values that their parsers read, and nothing else.
 *
 * @param write says `false` where it finds that there is nothing to write any more.
 * @returns whether it was written.
 * @throws {RangeError} with the first key that it may not write or that no parser reads; the document has the change by then.
 */
export const writeAsServer = (doc: Y.Doc, write: (doc: Y.Doc) => unknown): boolean =>
  doc.transact((transaction) => {
    const before = new Map([...transaction.changed].map(([type, keys]) => [type, new Set(keys)]))
    const written = write(doc) !== false
    for (const [type, keys] of transaction.changed)
      for (const key of keys)
        if (!before.get(type)?.has(key) && !isServerWork(doc, type as never, key))
          throw new RangeError(`the server may not write ${key}`)
    // What an earlier write of the same turn had changed already is looked at as it is now.
    for (const root of [sheetsOf(doc), decisionsOf(doc)])
      for (const key of transaction.changed.get(root as never) ?? [])
        if (!isServerWork(doc, root as never, key)) throw new RangeError(`not what it should be: ${key}`)
    return written
  })
