import type { Collection } from '../../shared/domain/board.ts'
import type { BoardId, CircleId, CollectionId, FirmId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import {
  type BoardCard,
  type CollectionCard,
  Lease,
  MakeBoard,
  MakeCollection,
  OpenBoard,
  type RegisterRow,
  RenameBoard,
} from '../../shared/protocol/api.ts'
import { Refused } from '../refused.ts'
import type { RegisteredRow } from '../store/records-port.ts'
import { type Ask, type Route, route } from './ask.ts'
import { boardsOf, cardOf, mayRead } from './cards.ts'
import type { Parts } from './parts.ts'

const MOST_COLLECTIONS_OF_A_FIRM = 200
const MOST_BOARDS_OF_A_FIRM = 500
const MOST_REGISTER_ROWS = 1000

const shownRow = ({ at, person, firm, act, sheet, code }: RegisteredRow): RegisterRow => ({
  at,
  person,
  firm,
  act,
  sheet,
  code,
})

/** Collections and boards, who may see them, and who looked. */
export const boardRoutes = (parts: Parts): Route[] => {
  const { records, said } = parts

  const board = (ask: Ask) => {
    const found = records.board(ask.params.id as BoardId)
    return found && { board: found }
  }
  const aboutCollection = (id: CollectionId) => {
    const collection = records.collection(id)
    return collection && { collection, firm: collection.firm, boards: boardsOf(records, id) }
  }
  const collectionCard = (ask: Ask, collection: Collection): CollectionCard => ({
    ...collection,
    boards: boardsOf(records, collection.id)
      .filter((b) => mayRead(ask, b))
      .map((b) => cardOf(parts, ask, b)),
  })

  return [
    route({
      method: 'GET',
      path: '/api/collections',
      actions: 'group.read',
      handle: (ask) => ({
        collections: records
          .collections()
          .filter((c) => ask.actor.firm === c.firm || boardsOf(records, c.id).some((b) => mayRead(ask, b)))
          .map((c) => collectionCard(ask, c)),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/collections',
      actions: 'collection.make',
      body: MakeCollection,
      handle(ask, _about, { name, about }): CollectionCard {
        const { firm } = ask.actor
        if (firm === null) throw new Refused('not-your-firm')
        if (records.collections().filter((c) => c.firm === firm).length >= MOST_COLLECTIONS_OF_A_FIRM)
          throw new Refused('too-many-collections', { most: MOST_COLLECTIONS_OF_A_FIRM })
        const id = parts.newId() as CollectionId
        const collection: Collection = { id, firm, name, about, at: parts.now() }
        records.addCollection(collection)
        parts.tell.homeChanged(records.people().flatMap((p) => (p.firm === firm ? p.id : [])))
        return { ...collection, boards: [] }
      },
    }),
    route({
      method: 'GET',
      path: '/api/collections/:id',
      actions: 'collection.read',
      about: (ask) => aboutCollection(ask.params.id as CollectionId),
      handle: (ask, { collection }) => collectionCard(ask, collection),
    }),
    route({
      method: 'GET',
      path: '/api/boards',
      actions: 'group.read',
      handle: (ask): { boards: BoardCard[] } => ({
        boards: records
          .boards()
          .filter((b) => mayRead(ask, b))
          .map((b) => cardOf(parts, ask, b)),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/boards',
      // Seen first, owned second: somebody else's collection is told as one that is not there.
      actions: ['collection.read', 'board.make'],
      body: MakeBoard,
      about: (_ask, body) => aboutCollection(body.collection),
      handle(ask, { collection }, { title, style }): BoardCard {
        if (records.boards().filter((b) => b.firm === collection.firm).length >= MOST_BOARDS_OF_A_FIRM)
          throw new Refused('too-many-boards', { most: MOST_BOARDS_OF_A_FIRM })
        const id = parts.newId() as BoardId
        records.addBoard({
          id,
          collection: collection.id,
          firm: collection.firm,
          title,
          style,
          at: parts.now(),
          openings: [],
        })
        parts.openings.refresh()
        const made = records.board(id)
        if (!made) throw new Refused('failed')
        return cardOf(parts, ask, made)
      },
    }),
    route({
      method: 'GET',
      path: '/api/boards/:id',
      actions: 'board.read',
      about: board,
      handle: (ask, about) => cardOf(parts, ask, about.board),
    }),
    route({
      method: 'PATCH',
      path: '/api/boards/:id',
      actions: 'sheet.place',
      body: RenameBoard,
      about: board,
      handle(ask, about, { title, style }) {
        const { id } = about.board
        records.renameBoard(id, title ?? about.board.title, style ?? about.board.style)
        parts.tell.boardChanged(id)
        return cardOf(parts, ask, records.board(id) ?? about.board)
      },
    }),
    route({
      method: 'POST',
      path: '/api/boards/:id/lease',
      actions: 'board.read',
      body: Lease,
      about: board,
      handle: (ask, about, { grant }) => parts.rooms.lease(ask.actor.id, about.board.id, grant),
    }),
    route({
      method: 'POST',
      path: '/api/boards/:id/openings',
      actions: 'board.open',
      body: OpenBoard,
      about: board,
      handle: (_ask, about, { circle, until }) => parts.openings.open(about.board.id, circle, until as Instant),
    }),
    route({
      method: 'DELETE',
      path: '/api/boards/:id/openings/:circle',
      actions: 'board.open',
      about: board,
      handle(ask, about) {
        parts.openings.close(about.board.id, ask.params.circle as CircleId)
        return { ok: true }
      },
    }),
    route({
      method: 'GET',
      path: '/api/boards/:id/register',
      actions: 'register.read',
      about: board,
      handle: (_ask, about) => ({ rows: parts.register.ofBoard(about.board.id, MOST_REGISTER_ROWS).map(shownRow) }),
    }),
    route({
      method: 'GET',
      path: '/api/boards/:id/register/own',
      actions: 'register.own',
      about: board,
      handle: (ask, about) => ({
        rows: parts.register.ofFirm(about.board.id, ask.actor.firm as FirmId, MOST_REGISTER_ROWS).map(shownRow),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/boards/:id/seen',
      actions: 'board.read',
      about: board,
      handle(ask, about) {
        said.look(ask.actor.id, about.board.id, parts.now())
        return { ok: true }
      },
    }),
  ]
}
