import { judge } from '../../shared/access/rules.ts'
import { type Board, isOpenAt } from '../../shared/domain/board.ts'
import type { CollectionId, FirmId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { BoardCard } from '../../shared/protocol/api.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'
import type { Parts } from './parts.ts'

type Needs = Pick<Parts, 'records' | 'said' | 'index'>
export interface Viewer {
  readonly actor: Actor
  readonly now: Instant
}

export const boardsOf = (records: Needs['records'], collection: CollectionId): Board[] =>
  records.boards().filter((board) => board.collection === collection)

export const mayRead = ({ actor, now }: Viewer, board: Board): boolean => judge('board.read', { actor, now, board }).ok

/** Firms that can see a board now, owner first. */
const audienceOf = ({ records }: Needs, board: Board, now: Instant): FirmId[] => {
  const firms = new Set<FirmId>([board.firm])
  for (const opening of board.openings)
    if (isOpenAt(opening, now)) for (const firm of records.circle(opening.circle)?.firms ?? []) firms.add(firm)
  return [...firms]
}

/** A board as a list shows it to one person who may see it. */
export const cardOf = (needs: Needs, viewer: Viewer, board: Board): BoardCard => {
  const { records, said, index } = needs
  index.flush()
  const sheets = records.sheetsOf(board.id).filter((sheet) => !sheet.away)
  const seen = said.seen(viewer.actor.id, board.id) ?? (0 as Instant)
  return {
    ...board,
    room: roomOf(board.id),
    sheets: sheets.length,
    picture: sheets.length === 0 ? null : `/api/boards/${board.id}/picture?w=480`,
    counts: said.counts(board.id),
    lastAct: said.lastAct(board.id),
    unseen: said.unseen(board.id, viewer.actor.id, seen),
    audience: audienceOf(needs, board, viewer.now),
    swatches: records
      .swatches()
      .flatMap(({ id, board: on, firm }) => (on === board.id && firm === viewer.actor.firm ? [id] : [])),
  }
}
