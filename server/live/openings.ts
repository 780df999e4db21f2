import { judge } from '../../shared/access/rules.ts'
import { type Board, nextTurn, type Opening } from '../../shared/domain/board.ts'
import type { BoardId, CircleId, PersonId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { Refused } from '../refused.ts'
import type { Connected } from '../rooms/ports.ts'
import type { Records } from '../store/records-port.ts'
import type { Tell } from './signals.ts'

const DAY = 24 * 60 * 60_000
const MOST_DAYS = 366
/** The longest sleep of a Node timer is 2³¹−1 ms; an hour also mends a clock that was set. */
const LONGEST_SLEEP = 60 * 60_000

/**
 * Who may see which board, watched: by decisions, and by the clock. Whoever loses sight of a board is cut from it at once;
 * whoever gains it is told. Rights themselves are never kept here: `judge` answers each request by the clock.
 */
export interface Openings {
  open(board: BoardId, circle: CircleId, until: Instant): Opening
  close(board: BoardId, circle: CircleId): void
  /** Compares who may see what with how it was, and tells. Called after any change of records, and by the clock. */
  refresh(): void
  /** Everybody who may see a board now. */
  audience(board: Board): ReadonlySet<PersonId>
  stop(): void
}

export const watchOpenings = (needs: {
  readonly records: Records
  readonly tell: Tell
  now(): Instant
  accessChanged(touches: (who: Connected) => boolean): void
}): Openings => {
  const { records, tell } = needs
  let timer: NodeJS.Timeout | null = null

  const audience = (board: Board): ReadonlySet<PersonId> => {
    const now = needs.now()
    const people = new Set<PersonId>()
    for (const { id } of records.people()) {
      const actor = records.actor(id)
      if (actor && judge('board.read', { actor, now, board }).ok) people.add(id)
    }
    return people
  }
  const all = (): Map<BoardId, ReadonlySet<PersonId>> => new Map(records.boards().map((b) => [b.id, audience(b)]))
  let known = all()

  const sleep = (): void => {
    if (timer !== null) clearTimeout(timer)
    const now = needs.now()
    let wait = LONGEST_SLEEP
    for (const board of records.boards()) {
      const turn = nextTurn(board, now)
      if (turn !== null) wait = Math.min(wait, turn - now)
    }
    timer = setTimeout(refresh, Math.max(1, wait))
    timer.unref()
  }
  const refresh = (): void => {
    const before = known
    known = all()
    const lost = new Map<BoardId, Set<PersonId>>()
    const home = new Set<PersonId>()
    for (const [board, people] of known) {
      const had = before.get(board) ?? new Set<PersonId>()
      const gone = [...had].filter((person) => !people.has(person))
      const come = [...people].filter((person) => !had.has(person))
      if (gone.length > 0) lost.set(board, new Set(gone))
      for (const person of [...gone, ...come]) home.add(person)
      if (gone.length + come.length > 0) tell.boardChanged(board)
    }
    if (lost.size > 0) needs.accessChanged(({ board, person }) => lost.get(board)?.has(person) ?? false)
    for (const [board, people] of lost) tell.boardEnded(board, people)
    tell.homeChanged(home)
    sleep()
  }
  sleep()

  return {
    audience,
    refresh,
    open(board, circle, until) {
      const now = needs.now()
      if (until <= now || until > now + MOST_DAYS * DAY) throw new Refused('bad-until', { most: MOST_DAYS })
      if (!records.circle(circle)) throw new Refused('not-found')
      const before = records.board(board)?.openings.find((o) => o.circle === circle)
      // Opened again while it is open: only the end moves, so that saying it twice is saying it once.
      const from = before && before.from <= now && now < before.until ? before.from : now
      const opening = { circle, from, until }
      records.putOpening(board, opening)
      tell.boardChanged(board)
      refresh()
      return opening
    },
    close(board, circle) {
      if (records.board(board)?.openings.some((o) => o.circle === circle)) {
        records.dropOpening(board, circle)
        tell.boardChanged(board)
      }
      refresh()
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
