import type * as Y from 'yjs'
import type { Verdict } from '../../shared/access/rules.ts'
import { fitsSheet, judgeAct } from '../../shared/document/changes.ts'
import { factsOf } from '../../shared/document/read.ts'
import { fitsKind, parseReply, parseWords } from '../../shared/document/schema.ts'
import { fits } from '../../shared/document/shape.ts'
import { actOf, type Intent } from '../../shared/document/write.ts'
import { authorOf } from '../../shared/domain/ids.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { type Operation, parseOperation } from '../../shared/pattern/operation.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { BoardCard } from '../../shared/protocol/api.ts'
import type { Refused } from './contract.ts'

/** Who asks, about which board, and when. */
export interface Asked {
  readonly actor: Actor
  readonly board: BoardCard
  readonly now: Instant
  /** Whether a swatch is the asker's firm's and on this board. */
  mayName(swatch: SwatchId): boolean
}

const no = (reason: Refused['reason']): Refused => ({ ok: false, reason })

const isProposal = (change: Operation, version: number, newest: number | null): boolean =>
  parseOperation(change) !== null && fitsSheet(change, version, newest)

/**
 * What the server's gate would say of an intent, asked here first: the right to it by the shared rules, then the shape of
 * what it would write. A new kind of intent is judged here and in the gate by the same `judge`.
 */
export const judged = (doc: Y.Doc, intent: Intent, { actor, board, now, mayName }: Asked): Verdict | Refused => {
  const act = actOf(doc, intent)
  if (!act) return no(intent.do === 'add' ? 'already-there' : 'gone')
  const said = judgeAct(act, { actor, now, board }, (id) =>
    actor.firm !== null && mayName(id) ? { firm: actor.firm, board: board.id } : null,
  )
  if (!said.ok) return said
  const facts = factsOf(doc)
  switch (intent.do) {
    case 'add': {
      const { sheet, shape, words, proposal, replies } = intent.mark
      if (!facts.hasSheet(sheet)) return no('gone')
      if (!fits(shape) || !parseWords(words) || !replies.every(({ text }) => parseReply({ text })))
        return no('bad-value')
      if ((shape.kind === 'proposal') !== (proposal !== undefined) || !fitsKind(shape.kind, words))
        return no('bad-value')
      if (proposal && !isProposal(proposal.change, proposal.version, facts.versionOf(sheet))) return no('bad-value')
      return replies.every(({ id }) => authorOf(id) === actor.id) ? said : { ok: false, reason: 'not-author' }
    }
    case 'move':
      return fits(intent.shape) && facts.kindOf(intent.mark) === intent.shape.kind ? said : no('bad-value')
    case 'say': {
      const kind = facts.kindOf(intent.mark)
      return kind && parseWords(intent.words) && fitsKind(kind, intent.words) ? said : no('bad-value')
    }
    case 'change': {
      const sheet = facts.sheetOf(intent.mark)
      if (!sheet || facts.kindOf(intent.mark) !== 'proposal') return no('unknown-key')
      return isProposal(intent.change, 1, facts.versionOf(sheet)) ? said : no('bad-value')
    }
    case 'reply':
      if (!parseReply({ text: intent.text })) return no('bad-value')
      return act.action === 'reply.edit' || facts.repliesUnder(intent.mark) < CAPS.replies
        ? said
        : no('too-many-replies')
    default:
      return said
  }
}
