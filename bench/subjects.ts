import { sheetsOf } from '../shared/document/read.ts'
import { readDocument } from './load/document.ts'
import type { Job, Seat } from './load/job.ts'
import { answers, freePort, type Started, start } from './processes.ts'

/** A server under test with its connections handed out: fresh for each round, so that no round inherits another's document. */
export interface Subject {
  readonly name: string
  readonly started: Started
  readonly address: string
  readonly seating: Pick<Job, 'dialect' | 'document' | 'sheet' | 'seats' | 'newcomer'>
}

export const SUBJECTS = ['ours', 'y-websocket', 'hocuspocus'] as const
export type SubjectName = (typeof SUBJECTS)[number]

/** @param people how many connections, each a seat of its own. @throws {Error} when it does not come up. */
export const open = async (name: SubjectName, people: number): Promise<Subject> =>
  name === 'ours' ? openOurs(people) : openPeer(name, people)

const NAMES = ['Ana Torres', 'Luis Ortega', 'Carmen Ruiz', 'Javier Soto', 'Elena Paz', 'Marco Vidal', 'Sara Leal']
const FIRMS = ['Taller Norte', 'Costura Lum', 'Hilo y Aguja', 'Moldes del Bajío', 'Casa Zafra']

const openPeer = async (name: 'y-websocket' | 'hocuspocus', people: number): Promise<Subject> => {
  const port = await freePort()
  const started = start(`peers/${name}.ts`, [], { HOST: '127.0.0.1', PORT: String(port), NODE_ENV: 'production' })
  const address = `http://127.0.0.1:${port}`
  await answers(started, address, 20)
  const document = 'critique.bench'
  const seat = (i: number): Seat => ({
    port,
    path: name === 'y-websocket' ? `/${document}` : '/',
    headers: {},
    client: 1_000_000_000 + i * 7919,
    person: `persona${i}`,
    user: { name: NAMES[i % NAMES.length]!, firm: FIRMS[i % FIRMS.length]!, color: '#30bced' },
  })
  return {
    name,
    started,
    address,
    seating: {
      dialect: name,
      document,
      sheet: 'frente',
      seats: Array.from({ length: people }, (_, i) => seat(i)),
      newcomer: seat(people),
    },
  }
}

interface DemoPerson {
  readonly id: string
  readonly firm: string | null
  readonly role: string
}
interface BoardSeen {
  readonly id: string
  readonly room: string
  readonly sheets: number
}

/** One signed-in person of the demo. */
export interface Entered {
  readonly person: string
  readonly cookie: string
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
}

/** Signs in through the demo's door. @throws {Error} at any answer that is not 2xx. */
export const enter = async (address: string, person: string): Promise<Entered> => {
  const call = async <T>(path: string, init: RequestInit): Promise<{ body: T; cookie: string }> => {
    const answer = await fetch(address + path, {
      ...init,
      headers: { ...init.headers, origin: address, ...(init.body ? { 'content-type': 'application/json' } : {}) },
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${init.method} ${path}: ${answer.status} ${text.slice(0, 200)}`)
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    return { body: (text === '' ? null : JSON.parse(text)) as T, cookie }
  }
  const { cookie } = await call('/api/demo/enter', { method: 'POST', body: JSON.stringify({ person }) })
  return {
    person,
    cookie,
    get: async <T>(path: string) => (await call<T>(path, { method: 'GET', headers: { cookie } })).body,
    post: async <T>(path: string, body: unknown) =>
      (await call<T>(path, { method: 'POST', headers: { cookie }, body: JSON.stringify(body) })).body,
  }
}

export interface Ours {
  readonly started: Started
  readonly address: string
  /** A board of the demo with sheets on it, and everybody who sees it and belongs to a firm. */
  readonly board: BoardSeen
  readonly people: readonly Entered[]
}

/** Our server with the demo, judging and logging to disk as always, and the board that most people see. */
export const startOurs = async (): Promise<Ours> => {
  const port = await freePort()
  const started = start('../server/main.ts', ['--demo'], {
    HOST: '127.0.0.1',
    PORT: String(port),
    NODE_ENV: 'production',
  })
  const address = `http://127.0.0.1:${port}`
  await answers(started, `${address}/healthz`, 60)
  const listed = await fetch(`${address}/api/demo/people`).then((answer) => answer.json() as Promise<unknown>)
  const everybody = (Array.isArray(listed) ? listed : (listed as { people: unknown }).people) as DemoPerson[]
  const people: { entered: Entered; boards: readonly BoardSeen[] }[] = []
  for (const { id, firm } of everybody) {
    if (firm === null) continue
    const entered = await enter(address, id)
    const { boards } = await entered.get<{ boards: BoardSeen[] }>('/api/boards')
    people.push({ entered, boards: boards.filter(({ sheets }) => sheets > 0) })
  }
  const seenBy = (board: string): Entered[] =>
    people.filter(({ boards }) => boards.some(({ id }) => id === board)).map(({ entered }) => entered)
  const boards = new Map(people.flatMap(({ boards }) => boards.map((board) => [board.id, board] as const)))
  const [board] = [...boards.values()].toSorted((a, b) => seenBy(b.id).length - seenBy(a.id).length)
  if (!board) throw new Error('the demo has no board with sheets')
  return { started, address, board, people: seenBy(board.id) }
}

/** One more connection to a board for somebody: a leased client id and the way in. */
export const seatOf = async (ours: Ours, who: Entered): Promise<Seat> => {
  const { room, client, grant } = await who.post<{ room: string; client: number; grant: string }>(
    `/api/boards/${ours.board.id}/lease`,
    {},
  )
  return {
    port: Number(new URL(ours.address).port),
    path: `/sync/${room}?client=${client}&grant=${encodeURIComponent(grant)}`,
    headers: { Cookie: who.cookie, Origin: ours.address },
    client,
    person: who.person,
    user: null,
  }
}

const openOurs = async (people: number): Promise<Subject> => {
  const ours = await startOurs()
  const seat = (i: number): Promise<Seat> => seatOf(ours, ours.people[i % ours.people.length]!)
  const seats: Seat[] = []
  for (let i = 0; i < people; i++) seats.push(await seat(i))
  const { doc } = await readDocument('y-websocket', ours.board.room, await seat(people))
  const [sheet] = sheetsOf(doc).keys()
  if (sheet === undefined) throw new Error('the board has no sheet')
  return {
    name: 'ours',
    started: ours.started,
    address: ours.address,
    seating: { dialect: 'y-websocket', document: ours.board.room, sheet, seats, newcomer: await seat(people + 1) },
  }
}
