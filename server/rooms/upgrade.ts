import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ServerOptions, WebSocketServer } from 'ws'
import { judge } from '../../shared/access/rules.ts'
import type { BoardId, PersonId } from '../../shared/domain/ids.ts'
import { PRESENCE_CAPS } from '../../shared/protocol/presence.ts'
import { parseRoom, SYNC_PATH } from '../../shared/protocol/rooms.ts'
import type { Allowance } from './allowance.ts'
import { Connection, LIMITS, type Who } from './connection.ts'
import type { RoomsNeeds } from './ports.ts'
import type { Room } from './room.ts'

const STATUS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
} as const

const refuse = (socket: Duplex, status: keyof typeof STATUS): void => {
  socket.end(`HTTP/1.1 ${status} ${STATUS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  )
}

interface Asked {
  readonly board: BoardId
  readonly lease: Who['lease']
  readonly hz: number
}

const GRANT = /^[A-Za-z0-9_-]{16,64}$/
const NUMBER = /^\d{1,10}$/

/** `/sync/<room>?client=<id>&grant=<text>&hz=<1..30>`, all parameters optional; null where it is anything else. */
export const parseAsked = (url: string | undefined): Asked | 'malformed' | null => {
  if (url === undefined || !url.startsWith(SYNC_PATH)) return null
  const [path = '', query = ''] = url.split('?', 2)
  const board = parseRoom(path.slice(SYNC_PATH.length))
  if (board === null) return null
  const params = new URLSearchParams(query)
  const client = params.get('client')
  const grant = params.get('grant')
  const hz = params.get('hz') ?? String(PRESENCE_CAPS.hz)
  if ((client === null) !== (grant === null) || !NUMBER.test(hz)) return 'malformed'
  if (client === null || grant === null) return { board, lease: null, hz: Number(hz) }
  if (!NUMBER.test(client) || !GRANT.test(grant)) return 'malformed'
  return { board, lease: { client: Number(client), grant }, hz: Number(hz) }
}

/**
 * Sockets of both doors: nothing to unpack, few pieces (ws takes 16,384 and 262,144 by itself), and no answer to a ping but one that
 * is given by hand.
 */
export class StrictSockets extends WebSocketServer {
  constructor(options: ServerOptions) {
    const limits = { maxFragments: 64, maxBufferedChunks: 1024 }
    super({ ...options, ...limits, perMessageDeflate: false, autoPong: false })
  }
}

interface Door {
  readonly needs: RoomsNeeds
  readonly allowance: Allowance
  open(board: BoardId): Promise<Room>
  isClosed(): boolean
  slow(): void
}

/**
 * The one door: nobody has a socket who may not read. Everything is asked before the handshake is answered, and a board that
 * may not be seen is told exactly as one that does not exist.
 */
export const makeUpgrade = ({ needs, allowance, open, isClosed, slow }: Door) => {
  const server = (maxPayload: number): WebSocketServer =>
    new StrictSockets({ noServer: true, clientTracking: false, maxPayload })
  const usual = server(LIMITS.message)
  const large = server(LIMITS.answer)

  const mayRead = (person: PersonId, id: BoardId): boolean => {
    const actor = needs.directory.actor(person)
    const board = needs.directory.board(id)
    return actor !== null && board !== null && judge('board.read', { actor, board, now: needs.now() }).ok
  }

  const isOriginAllowed = ({ headers: { origin } }: IncomingMessage): boolean =>
    origin === undefined ? needs.allowNoOrigin !== false : needs.origins.has(origin)

  const answer = async (req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    if (isClosed()) return refuse(socket, 503)
    const asked = parseAsked(req.url)
    if (asked === null) return refuse(socket, 404)
    if (!isOriginAllowed(req)) return refuse(socket, 403)
    if (asked === 'malformed') return refuse(socket, 400)
    const entrant = await needs.authenticate(req)
    if (entrant === null) return refuse(socket, 401)
    const { person, session } = entrant
    const { board, lease, hz } = asked
    if (!mayRead(person, board)) return refuse(socket, 404)
    const room = await open(board)
    // Loading took a while: the server may be closing, and access may have ended.
    if (isClosed() || room.isLost) return refuse(socket, 503)
    if (!mayRead(person, board)) return refuse(socket, 404)
    const share = allowance.open(person)
    if (share === null) return refuse(socket, 429)
    let joined = false
    const door = share.mayBeLarge ? large : usual
    door.handleUpgrade(req, socket, head, (ws) => {
      joined = true
      room.join(new Connection(ws, { person, session, lease, hz }, room, share, slow))
    })
    // Not everybody who asks for a socket is still there to take it.
    if (!joined) share.end()
  }

  return (req: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy())
    answer(req, socket, head).catch((error: unknown) => {
      needs.logger.error({ error: String(error) }, 'a room could not be opened')
      refuse(socket, 503)
    })
  }
}
