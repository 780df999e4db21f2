import type * as Y from 'yjs'
import type { Act } from '../../shared/document/changes.ts'
import { decisionOf, repliesOf, treeOf } from '../../shared/document/read.ts'
import { KEYS, parseBorn, parseReply, parseWords } from '../../shared/document/schema.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { CommittedAct } from './ports.ts'

/** What is told of an act that is on disk: what it was, and what it left behind in the document. */
export const reported = (
  doc: Y.Doc,
  { action, mark, reply }: Pick<Act, 'action' | 'mark' | 'reply'>,
  person: PersonId,
  at: Instant,
): CommittedAct => {
  const tree = treeOf(doc, mark)
  const said = reply === undefined ? null : parseReply(tree && repliesOf(tree)?.get(reply))
  const born = tree && parseBorn(tree.get(KEYS.born))
  const isProposal = born?.kind === 'proposal'
  return {
    action,
    mark,
    reply: reply ?? null,
    person,
    at,
    // The words alone: reading the mark whole would be reading its thread again for each reply in it.
    words: tree && parseWords(tree.get(KEYS.words)),
    text: said?.text ?? null,
    sheet: born?.sheet ?? null,
    resolved: tree?.get(KEYS.done) === true,
    proposal: isProposal,
    decision: isProposal ? decisionOf(doc, mark) : null,
  }
}
