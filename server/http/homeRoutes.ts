import { isOpenAt } from '../../shared/domain/board.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import { SAYS } from '../../shared/domain/mark.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Home, Totals, Waiting } from '../../shared/protocol/api.ts'
import type { SaidRow } from '../store/records-port.ts'
import { type Ask, type Route, route } from './ask.ts'
import { cardOf, mayRead } from './cards.ts'
import type { Parts } from './parts.ts'

const MOST = 50
/** Nobody may be told from a total: fewer firms or people than these behind a number, and it is not told (access.md I8). */
const LEAST_FIRMS = 3
const LEAST_PEOPLE = 5

/** What waits for me, and the totals of those who see no designs. */
export const homeRoutes = (parts: Parts): Route[] => {
  const { records, said, index } = parts

  const waiting =
    (ask: Ask, unseenOnly: boolean) =>
    (row: SaidRow): Waiting[] => {
      const board = records.board(row.board)
      if (!board || !mayRead(ask, board)) return []
      const unseen = row.at > (said.seen(ask.actor.id, board.id) ?? 0)
      if (unseenOnly && !unseen) return []
      const { mark, reply, person: by, says, text, at } = row
      const decision = row.proposal?.decision?.is ?? null
      return [{ board: board.id, title: board.title, mark, reply, by, says, text, at, unseen, decision }]
    }

  return [
    route({
      method: 'GET',
      path: '/api/home',
      actions: 'group.read',
      handle(ask): Home {
        index.flush()
        const { actor, now } = ask
        const own = records.boards().filter((b) => actor.firm !== null && b.firm === actor.firm)
        const colleagues = records.people().flatMap((p) => (actor.firm !== null && p.firm === actor.firm ? p.id : []))
        const opened = records
          .boards()
          .filter((b) => b.firm !== actor.firm && mayRead(ask, b))
          .map((board) => {
            const since = board.openings
              .filter((o) => isOpenAt(o, now) && actor.circles.includes(o.circle))
              .reduce((first, o) => Math.min(first, o.from), Number.POSITIVE_INFINITY)
            return { board, since }
          })
          .filter(({ board, since }) => (said.seen(actor.id, board.id) ?? 0) < since)
          .sort((a, b) => b.since - a.since)
        // What waits for two reasons waits once, in the first list that has it.
        const listed = new Set<string>()
        const once = (waits: Waiting[]): Waiting[] =>
          waits.filter(({ mark, reply }) => {
            const key = reply ?? mark
            if (listed.has(key)) return false
            listed.add(key)
            return true
          })
        const asked = said.questions(
          own.map((b) => b.id),
          colleagues,
          MOST,
        )
        const proposed = said.undecided(
          own.map((b) => b.id),
          now,
          MOST,
        )
        const proposals = once(proposed.flatMap(waiting(ask, false)))
        // Unseen is an answer that came after the last look, however old the proposal.
        const answered = said.decided(actor.id, MOST).map((row): SaidRow => {
          const answer = row.proposal?.decision
          return answer ? { ...row, at: answer.at, person: answer.by } : row
        })
        const decided = once(answered.flatMap(waiting(ask, true)))
        const questions = once(asked.flatMap(waiting(ask, false)))
        const mentions = once(said.mentions(actor.id, MOST).flatMap(waiting(ask, true)))
        const replies = once(said.replies(actor.id, MOST).flatMap(waiting(ask, true)))
        return {
          questions,
          proposals,
          decided,
          replies,
          mentions,
          opened: opened.map(({ board }) => cardOf(parts, ask, board)),
        }
      },
    }),
    route({
      method: 'GET',
      path: '/api/totals',
      actions: 'group.totals',
      handle({ now }): Totals {
        index.flush()
        const tally = said.tally()
        const behind = (rows: typeof tally): { sum: number; enough: boolean } => {
          const people = new Set<PersonId>(rows.map((r) => r.person))
          const firms = new Set([...people].map((id) => records.person(id)?.firm))
          return {
            sum: rows.reduce((sum, r) => sum + r.count, 0),
            enough: people.size >= LEAST_PEOPLE && firms.size >= LEAST_FIRMS,
          }
        }
        const number = (rows: typeof tally): number | null => {
          const { sum, enough } = behind(rows)
          return enough ? sum : null
        }
        const marks = tally.filter((r) => !r.reply)
        const [settled, open] = [marks.filter((r) => r.resolved), marks.filter((r) => !r.resolved)]
        const [noto, pregunto, sugiero] = SAYS.map((says) => number(marks.filter((r) => r.says === says)))
        const boards = records.boards()
        return {
          firms: records.firms().length,
          people: records.people().length,
          circles: records.circles().length,
          boards: boards.length,
          opened: boards.filter((b) => b.openings.some((o) => isOpenAt(o, now as Instant))).length,
          // All three or none: with two and a known sum the third could be told.
          contributions: noto != null && pregunto != null && sugiero != null ? { noto, pregunto, sugiero } : null,
          replies: number(tally.filter((r) => r.reply)),
          // With all and the settled ones those that are open could be told.
          settled: open.length === 0 || behind(open).enough ? number(settled) : null,
        }
      },
    }),
  ]
}
