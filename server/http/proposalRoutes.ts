import { type BoardId, isAuthoredId, type MarkId, type PersonId, type SheetId } from '../../shared/domain/ids.ts'
import type { Person } from '../../shared/domain/people.ts'
import { TellDetails } from '../../shared/protocol/pattern.ts'
import { Decide, RecordTrust, Restore } from '../../shared/protocol/proposal.ts'
import { Refused } from '../refused.ts'
import { type Ask, type Route, route, type Target } from './ask.ts'
import type { Parts } from './parts.ts'

/** Answers to proposals, versions of patterns, and the levels that bound what is proposed. */
export const proposalRoutes = (parts: Parts): Route[] => {
  const { records, versions, decisions } = parts

  const proposal = (ask: Ask) => {
    const board = records.board(ask.params.id as BoardId)
    return board && isAuthoredId(ask.params.mark) ? { board, mark: ask.params.mark as MarkId } : null
  }
  const pattern = (ask: Ask) => {
    const sheet = records.sheet(ask.params.id as SheetId)
    const board = sheet?.version === undefined ? null : records.board(sheet.board)
    return sheet && board && { board, sheet: sheet.id }
  }
  const somebody = (ask: Ask): (Target & { readonly person: Person }) | null => {
    const person = records.person(ask.params.id as PersonId)
    return person && { person }
  }

  return [
    route({
      method: 'POST',
      path: '/api/boards/:id/proposals/:mark/decision',
      most: 120,
      actions: 'proposal.decide',
      body: Decide,
      about: proposal,
      handle: (ask, { board, mark }, answer) => decisions.decide(ask.actor.id, board.id, mark, answer),
    }),
    route({
      method: 'GET',
      path: '/api/sheets/:id/versions',
      actions: 'version.read',
      about: pattern,
      handle: (_ask, { sheet }) => ({ versions: versions.rows(sheet).map(({ sheet: _, ...row }) => row) }),
    }),
    route({
      method: 'POST',
      path: '/api/sheets/:id/versions',
      most: 60,
      actions: 'version.make',
      body: Restore,
      about: pattern,
      handle: (ask, { sheet }, { restore }) => decisions.restore(ask.actor.id, sheet, restore),
    }),
    route({
      method: 'PATCH',
      path: '/api/sheets/:id/details',
      most: 60,
      actions: 'version.make',
      body: TellDetails,
      about: pattern,
      handle: (ask, { sheet }, details) => decisions.tell(ask.actor.id, sheet, details),
    }),
    route({
      method: 'PATCH',
      path: '/api/people/:id',
      most: 120,
      actions: 'trust.record',
      body: RecordTrust,
      about: somebody,
      handle(_ask, { person }, { level }) {
        if (person.role !== 'trainee') throw new Refused('bad-request', { where: 'level' })
        records.setLevel(person.id, level)
        // Every update is judged by what is recorded now; pages are told to read again who is who.
        parts.tell.peopleChanged(records.people().map((p) => p.id))
        return records.person(person.id)
      },
    }),
  ]
}
