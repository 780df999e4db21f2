import { plainSheet } from '../../server/http/uploads.ts'
import { sheetsOf } from '../../shared/document/read.ts'
import { type Intent, write } from '../../shared/document/write.ts'
import type { Board } from '../../shared/domain/board.ts'
import { point } from '../../shared/domain/geometry.ts'
import { authoredId, type MarkId, markId, type PersonId, type SheetId } from '../../shared/domain/ids.ts'
import { firstLevel, type Person } from '../../shared/domain/people.ts'
import { mm } from '../../shared/domain/units.ts'
import { layOut } from '../../shared/pattern/layout.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import type { Operation } from '../../shared/pattern/operation.ts'
import { circle, board as openBoard } from './people.ts'
import { type Somebody, type Synced, startServer, type TestServer } from './server.ts'
import { skirt } from './skirt.ts'
import { until } from './studio.ts'

/** The whole server with a real group: Inés' firm, its pattern on an open table, and who proposes changes to it. */
export interface Atelier {
  readonly server: TestServer
  readonly board: Board
  readonly sheet: SheetId
  as(person: string): Somebody
}

export const PEOPLE = ['ines', 'beto', 'tao', 'uma', 'zoe', 'oru'] as const

/** The six of every story, with their firms and a table that nothing lies on; `uma` has come as far as cuts. */
export const settleIn = (server: Pick<TestServer, 'running' | 'clock'>): void => {
  const { records } = server.running.parts
  const at = server.clock.now()
  const person = (id: string, firm: string, role: 'mentor' | 'trainee'): Person => ({
    id: id as PersonId,
    name: id,
    firm: firm as never,
    role,
    admin: false,
    level: id === 'uma' ? 'corte' : firstLevel(role),
  })
  records.together(() => {
    records.addGroup('Mezclilla', at)
    records.addFirm({ id: 'taller' as never, name: 'Taller', role: 'mentor' }, at)
    records.addFirm({ id: 'hilo' as never, name: 'Hilo', role: 'trainee' }, at)
    records.addFirm({ id: 'lejos' as never, name: 'Lejos', role: 'mentor' }, at)
    for (const one of [person('ines', 'taller', 'mentor'), person('beto', 'taller', 'mentor')])
      records.addPerson(one, at)
    for (const one of [person('tao', 'hilo', 'trainee'), person('uma', 'hilo', 'trainee')]) records.addPerson(one, at)
    records.addPerson(person('zoe', 'lejos', 'mentor'), at)
    records.addPerson(
      { id: 'oru' as PersonId, name: 'oru', firm: null, role: 'facilitator', admin: false, level: null },
      at,
    )
    records.putCircle({ id: circle, name: 'Mezclilla', firms: ['taller', 'hilo'] as never }, at)
    records.addCollection({ id: openBoard.collection, firm: 'taller' as never, name: 'Otoño', about: '', at })
    const until = (at + 8 * 3_600_000) as never
    records.addBoard({ ...openBoard, at, openings: [{ circle, from: at, until }] })
  })
}

/** The same, with a pattern on the table. */
export const fill = async (server: Pick<TestServer, 'running' | 'clock'>, pattern: Pattern = skirt): Promise<void> => {
  settleIn(server)
  const { records, versions, rooms } = server.running.parts
  const at = server.clock.now()
  const layout = layOut(pattern)
  const sheet = {
    id: SHEET,
    kind: 'pattern',
    name: pattern.name,
    firm: openBoard.firm,
    width: layout.width,
    height: layout.height,
    mmPerUnit: 1,
    scale: 'true-size',
    place: { x: mm(0), y: mm(0), turn: 0 },
    away: false,
    order: 1,
    version: 1,
    board: openBoard.id,
    upload: null,
    pyramid: { tile: 512, levels: 0, width: 0, height: 0 },
  } as const
  const room = await rooms.get(openBoard.id)
  await room.serverWrite((doc) => sheetsOf(doc).set(SHEET, plainSheet(sheet)), 'ines' as PersonId, {
    alongside() {
      const why = { is: 'import', file: 'falda.dxf' } as const
      versions.add({ sheet: SHEET, version: 1, at, by: 'ines' as PersonId, why, pattern, layout })
      records.addSheets([sheet])
    },
  })
}

export const SHEET = 'falda1' as SheetId

/** @param port a free one, unless it is to be where another was. */
export const openAtelier = async (data: string | true = true, pattern: Pattern = skirt, port = 0): Promise<Atelier> => {
  const server = await startServer({ data, settings: { port } })
  if (server.running.parts.records.group() === null) await fill(server, pattern)
  const { sessions, cookie, records } = server.running.parts
  const board = records.board(openBoard.id) as Board
  return {
    server,
    board,
    sheet: SHEET,
    as: (person) => server.with(`${cookie.name}=${sessions.begin(person as PersonId, '').token}`),
  }
}

let made = 0
export const newMark = (person: string): MarkId =>
  markId(authoredId(person as PersonId, (++made).toString(36).padStart(6, '0')))

/** What one proposes on the skirt, at a place on its sheet. */
export const asks = (
  person: string,
  change: Operation,
  at = point(30, 40),
  version = 1,
): Extract<Intent, { do: 'add' }> => ({
  do: 'add',
  mark: {
    id: newMark(person),
    sheet: SHEET,
    shape: { kind: 'proposal', at },
    words: { says: 'sugiero', text: 'así camina mejor' },
    proposal: { change, version },
    done: false,
    replies: [],
  },
})

/** Does it at a person's own table, and waits until the server has it. */
export const act = async (atelier: Atelier, synced: Synced, ...intents: readonly Intent[]): Promise<void> => {
  for (const intent of intents) write(synced.doc, intent, null)
  const room = await atelier.server.running.parts.rooms.get(atelier.board.id)
  const last = intents.flatMap((one) => (one.do === 'add' ? one.mark.id : []))
  await until(() => last.every((id) => room.doc.getMap('marks').has(id)))
}
