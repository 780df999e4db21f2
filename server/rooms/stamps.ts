import type * as Y from 'yjs'
import type { Act } from '../../shared/document/changes.ts'
import { repliesOf, stampsOf, treeOf } from '../../shared/document/read.ts'
import { doneStamp, KEYS, parseStamp } from '../../shared/document/schema.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'

/**
 * Writes the time of record for what was done, with the server's client id: only by the server's clock, and nobody can say
 * that they said something earlier. What is brought back after a deletion keeps when it was first made, and counts as edited.
 * A mark is drawn first and worded right after: its first words are no edit, and its time is theirs.
 */
export const stamp = (
  doc: Y.Doc,
  { action, mark, reply, firstWords }: Pick<Act, 'action' | 'mark' | 'reply' | 'firstWords'>,
  person: PersonId,
  now: Instant,
): void => {
  const stamps = stampsOf(doc)
  const tree = treeOf(doc, mark)
  if (!tree) return
  const put = (key: string): void => {
    const before = parseStamp(stamps.get(key))
    const isFirst = !before || (firstWords === true && before.edited === null)
    stamps.set(key, isFirst ? [now, 0] : [before.at, now])
  }
  switch (action) {
    case 'mark.add':
    case 'mark.edit':
    case 'proposal.add':
    case 'proposal.change':
      put(mark)
      break
    case 'reply.add':
    case 'reply.edit':
      if (reply !== undefined && repliesOf(tree)?.has(reply)) put(reply)
      break
    case 'mark.settle':
      if (tree.get(KEYS.done) === true) stamps.set(doneStamp(mark), [now, person])
  }
}
