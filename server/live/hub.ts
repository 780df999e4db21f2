import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Server, type Socket } from 'socket.io'
import type { BoardId, PersonId } from '../../shared/domain/ids.ts'
import type { Signals } from '../../shared/protocol/live.ts'
import { asRefused } from '../http/errors.ts'
import { Refused } from '../refused.ts'
import type { Log } from '../rooms/ports.ts'
import { StrictSockets } from '../rooms/upgrade.ts'
import type { Tell } from './signals.ts'

interface Known {
  readonly person: PersonId
  readonly session: string
}
type LiveSocket = Socket<Record<string, (...args: unknown[]) => void>, Signals, Record<string, never>, Known>

export interface Hub {
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  readonly tell: Tell
  connections(): number
  /** Where commands are carried out, and who may see a board; set once, before the first upgrade. */
  serve(
    run: (person: PersonId, command: string, args: unknown) => Promise<{ readonly ok: true }>,
    audience: (board: BoardId) => Iterable<PersonId>,
  ): void
  close(): Promise<void>
}

export const LIVE_PATH = '/live'
const MAX_MESSAGE = 64 * 1024
/** Commands that one person may give: a burst, and then so many a second. */
const RATE = { points: 60, duration: 10 } as const
/** A connection is cut where these come to `most`: for each command that is malformed or unknown, and for each beyond the rate. */
const STRIKES = { most: 100, malformed: 10, hasty: 1 } as const
const CONNECTIONS_OF_A_PERSON = 20
/** Signals that may wait for one connection to be read; then it is cut, and asks for everything when it comes back. */
const MOST_WAITING = 500
/** How long the end waits for clients to say goodbye too. */
const GOODBYE_MS = 1000
/** "Home changed" is told at most this often to one person. */
const HOME_EVERY = 1000

/** Socket.IO on `/live`: who is connected, what they ask, what they are told. */
export const openHub = (needs: {
  readonly origins: ReadonlySet<string>
  /** Looked up for the handshake, and again for each command. */
  authenticate(req: IncomingMessage): Known | null
  readonly log: Log
}): Hub => {
  // Socket.IO wants a server to listen on; it gets one that never listens, and only the upgrades that are for it.
  const carrier = createServer()
  const io = new Server<Record<string, never>, Signals, Record<string, never>, Known>(carrier, {
    path: LIVE_PATH,
    transports: ['websocket'],
    destroyUpgrade: false,
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE,
    wsEngine: StrictSockets,
    httpCompression: false,
    allowUpgrades: false,
    cookie: false,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    allowRequest: (req, decide) => {
      const { origin } = req.headers
      const fits = origin === undefined || needs.origins.has(origin)
      decide(null, fits && needs.authenticate(req) !== null)
    },
  })
  const rate = new RateLimiterMemory(RATE)
  const lines = new Set<Duplex>()
  const bySession = new Map<string, Set<LiveSocket>>()
  let run: ((person: PersonId, command: string, args: unknown) => Promise<{ readonly ok: true }>) | null = null

  io.use((socket, next) => {
    const who = needs.authenticate(socket.request)
    if (!who) return next(new Error('signed-out'))
    let open = 0
    for (const other of io.of('/').sockets.values()) if (other.data.person === who.person) open++
    if (open >= CONNECTIONS_OF_A_PERSON) return next(new Error('rate'))
    Object.assign(socket.data, who)
    next()
  })
  io.on('connection', (plain) => {
    const socket = plain as unknown as LiveSocket
    const { person, session } = socket.data
    const own = bySession.get(session) ?? new Set<LiveSocket>()
    bySession.set(session, own)
    own.add(socket)
    void socket.join(person)
    socket.on('disconnect', () => {
      own.delete(socket)
      if (own.size === 0) bySession.delete(session)
    })
    let waiting = 0
    socket.conn.on('packetCreate', () => {
      waiting++
      if (waiting === MOST_WAITING) socket.request.socket.destroy()
    })
    socket.conn.on('drain', () => {
      waiting = 0
    })
    let strikes = 0
    const answer = async (command: string, args: unknown): Promise<unknown> => {
      try {
        const who = needs.authenticate(socket.request)
        if (who?.session !== session) throw new Refused('signed-out')
        const spent = await rate.consume(person).catch((state: unknown) => {
          if (state instanceof Error) throw state
          return null
        })
        if (spent === null) throw new Refused('rate')
        if (!run) throw new Refused('starting')
        return await run(person, command, args)
      } catch (error) {
        const refused = asRefused(error, needs.log)
        if (refused.code === 'bad-request' || refused.code === 'unknown-command') strikes += STRIKES.malformed
        else if (refused.code === 'rate') strikes += STRIKES.hasty
        return { ok: false, ...refused.body }
      }
    }
    socket.onAny((command: string, ...args: unknown[]) => {
      const acknowledge = args.at(-1)
      const [argument] = args
      void answer(command, typeof argument === 'function' ? undefined : argument).then((said) => {
        if (typeof acknowledge === 'function') acknowledge(said)
        else strikes += STRIKES.malformed
        if (strikes >= STRIKES.most) socket.disconnect(true)
      })
    })
  })

  /** At once, and once more at the end of the pause if something came meanwhile. */
  const pauses = new Map<PersonId, { timer: NodeJS.Timeout; again: boolean }>()
  const homeChanged = (person: PersonId): void => {
    const pause = pauses.get(person)
    if (pause) {
      pause.again = true
      return
    }
    io.to(person).emit('home.changed')
    const timer = setTimeout(() => {
      const again = pauses.get(person)?.again ?? false
      pauses.delete(person)
      if (again) homeChanged(person)
    }, HOME_EVERY)
    timer.unref()
    pauses.set(person, { timer, again: false })
  }
  let audience: (board: BoardId) => Iterable<PersonId> = () => []

  const tell: Tell = {
    homeChanged(people) {
      for (const person of people) homeChanged(person)
    },
    peopleChanged(people) {
      for (const person of people) io.to(person).emit('people.changed')
    },
    boardChanged(board) {
      for (const person of audience(board)) io.to(person).emit('board.changed', { board })
    },
    boardEnded(board, people) {
      for (const person of people) io.to(person).emit('board.ended', { board })
    },
    uploadMoved(person, state) {
      io.to(person).emit('upload.moved', state)
    },
    eyesCalled(board, mark, by, people) {
      for (const person of people) io.to(person).emit('eyes.called', { board, mark, by })
    },
    sessionsEnded(sessions) {
      for (const { id } of sessions)
        for (const socket of bySession.get(id) ?? []) {
          socket.emit('session.ended')
          socket.disconnect(true)
        }
    },
  }
  return {
    tell,
    handleUpgrade: (req, socket, head) => {
      lines.add(socket)
      socket.once('close', () => lines.delete(socket))
      carrier.emit('upgrade', req, socket, head)
    },
    connections: () => io.engine.clientsCount,
    serve(commands, listeners) {
      run = commands
      audience = listeners
    },
    async close() {
      for (const { timer } of pauses.values()) clearTimeout(timer)
      await io.close()
      // A phone that sleeps doesn't answer the goodbye; its line would hold up the end.
      const late = setTimeout(() => {
        for (const line of lines) line.destroy()
      }, GOODBYE_MS)
      late.unref()
    },
  }
}
