import { authorOf, type BoardId } from '../shared/domain/ids.ts'
import { type Mark, mentions } from '../shared/domain/mark.ts'
import type { Instant } from '../shared/domain/units.ts'
import type { ActSink, CommittedAct } from './rooms/ports.ts'
import type { Said } from './store/records-port.ts'

/**
 * Folds what was committed on boards into rows for home, counts and totals. Beside the traffic: acts wait a moment in
 * memory and are written together, the last one for each mark or reply only. What a crash takes from here is in the log,
 * and folded again at the next start.
 */
export interface SaidIndex extends ActSink {
  /** Writes what waits; readers call it first. */
  flush(): void
  /** Boards whose log is ahead of what was folded. */
  stale(boards: readonly BoardId[]): BoardId[]
  /** Folds one board again from its document. */
  rebuild(board: BoardId, marks: readonly Mark[], upTo: Instant): void
  close(): void
}

const WAIT_MS = 250
/** A move changes nothing that lists say; all that waits is to note how far the log is folded. */
const WAIT_AFTER_MOVES_MS = 5000

export const openSaidIndex = (
  said: Said,
  needs: { failed(error: unknown): void; told(board: BoardId, acts: readonly CommittedAct[]): void },
): SaidIndex => {
  const waiting = new Map<BoardId, Map<string, CommittedAct>>()
  let timer: NodeJS.Timeout | null = null
  /** The timer is the short one. */
  let soon = false

  const fold = (board: BoardId, act: CommittedAct): void => {
    const { mark, reply, person, at, words, text, resolved } = act
    switch (act.action) {
      case 'mark.delete':
        said.drop(board, mark, null)
        break
      case 'reply.delete':
        said.drop(board, mark, reply)
        break
      case 'mark.settle':
        said.settle(board, mark, resolved, at)
        break
      case 'reply.add':
      case 'reply.edit':
        if (reply !== null && text !== null)
          said.put(
            { board, mark, reply, person, says: null, text, at, resolved: false, proposal: null },
            at,
            mentions(text),
          )
        break
      default:
        if (words !== null) {
          const proposal = act.proposal ? { decision: act.decision } : null
          const { says, text } = words
          const row = { board, mark, reply: null, person: authorOf(mark), says, text, at, resolved, proposal }
          // An answer does not touch what was proposed: whether its author spoke since can be told from the times.
          const touched = act.action === 'proposal.decide' ? (act.decision?.at ?? at) : at
          said.put(row, touched, mentions(text))
        }
    }
  }
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    soon = false
    if (waiting.size === 0) return
    try {
      said.together(() => {
        for (const [board, acts] of waiting) {
          let last = 0
          for (const act of acts.values()) {
            fold(board, act)
            last = Math.max(last, act.at)
          }
          said.foldedTo(board, last as Instant)
        }
      })
    } catch (error) {
      // The log has them; `stale` will say so at the next start.
      needs.failed(error)
    }
    waiting.clear()
  }
  return {
    flush,
    committed(board, acts) {
      const known = waiting.get(board) ?? new Map<string, CommittedAct>()
      waiting.set(board, known)
      for (const act of acts) {
        if (act.action === 'mark.delete')
          for (const [key, other] of known) if (other.mark === act.mark) known.delete(key)
        const key = act.reply ?? act.mark
        const before = known.get(key)
        // A mark that is new and moved within the moment is still new: its first time stands.
        known.set(
          key,
          before && act.action !== 'mark.delete' ? { ...act, at: before.at, action: joined(before, act) } : act,
        )
      }
      const hurries = acts.some(({ action }) => action !== 'mark.move')
      if (timer === null || (hurries && !soon)) {
        if (timer !== null) clearTimeout(timer)
        timer = setTimeout(flush, hurries ? WAIT_MS : WAIT_AFTER_MOVES_MS)
        soon = hurries
      }
      needs.told(board, acts)
    },
    stale: (boards) =>
      boards.filter((board) => {
        const { to, logged } = said.folded(board)
        return logged !== null && (to === null || to < logged)
      }),
    rebuild(board, marks, upTo) {
      said.together(() => {
        said.clear(board)
        for (const mark of marks) {
          const at = mark.at ?? upTo
          const resolved = mark.resolved !== null
          const { id, author: person, decision } = mark
          const { says, text } = mark.words
          const proposal = mark.change ? { decision } : null
          const row = { board, mark: id, reply: null, person, says, text, at, resolved, proposal }
          said.put(row, mark.resolved?.at ?? mark.edited ?? at, mentions(text))
          for (const reply of mark.replies) {
            const when = reply.at ?? upTo
            const { id: key, author: by, text } = reply
            const answer = { board, mark: id, reply: key, person: by, says: null, text, at: when, resolved: false }
            said.put({ ...answer, proposal: null }, reply.edited ?? when, mentions(text))
          }
        }
        said.foldedTo(board, upTo)
      })
    },
    close: flush,
  }
}

/** Of two acts on one thing the later one says how it is; a settling alone does not carry the words of what came before. */
const joined = (before: CommittedAct, act: CommittedAct): CommittedAct['action'] =>
  act.action === 'mark.settle' && before.action !== 'mark.settle' ? before.action : act.action
