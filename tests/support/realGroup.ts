import type { BoardId } from '../../shared/domain/ids.ts'
import type { TestServer } from './server.ts'

/** A real group with one board, and somebody signed in who owns it. */
export const realGroup = (real: TestServer) => {
  const { records, sessions, cookie } = real.running.parts
  const at = real.clock.now()
  const firm = { id: 'altamira' as never, name: 'Altamira', role: 'mentor' as const }
  const person = { id: 'ines' as never, name: 'Inés', firm: firm.id, role: firm.role, admin: true, level: null }
  const collection = { id: 'col1' as never, firm: firm.id, name: 'C', about: '', at }
  const board = { id: 'mesa1' as BoardId, collection: collection.id, firm: firm.id, title: 'M', style: '', at }
  records.together(() => {
    records.addGroup('G', at)
    records.addFirm(firm, at)
    records.addPerson(person, at)
    records.addCollection(collection)
    records.addBoard({ ...board, openings: [] })
  })
  const signedIn = `${cookie.name}=${sessions.begin(person.id, '').token}`
  return { firm, person, board, signedIn, ines: real.with(signedIn) }
}
