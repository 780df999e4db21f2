import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Settings } from '../../server/config.ts'
import { type Running, startServer as start } from '../../server/main.ts'
import type { Log } from '../../server/rooms/ports.ts'
import type { BoardId, PersonId } from '../../shared/domain/ids.ts'
import { type Instant, instant } from '../../shared/domain/units.ts'
import type { Answer, Command, CommandArgs, CommandEvents, Signals } from '../../shared/protocol/live.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'

/** A clock that is told the time; it begins at the real one. */
export interface Clock {
  now(): Instant
  /** Lets this much time pass, and the server notice it. */
  pass(ms: number): void
}

/** A document behind the stock provider. */
export interface Synced {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** Resolves with the close code, 1006 where the door said no. */
  readonly closed: Promise<number>
  close(): void
}
export interface LiveSeat {
  readonly socket: Socket<Signals, CommandEvents>
  command<C extends Command>(name: C, args: CommandArgs<C>): Promise<Answer<C>>
  /** The next signal of this name. */
  next<S extends keyof Signals>(signal: S): Promise<Parameters<Signals[S]>[0]>
  readonly closed: Promise<string>
  close(): void
}
/** Somebody with their cookie. */
export interface Somebody {
  readonly cookie: string
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** JSON both ways. */
  ask<T = unknown>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>
  /** As the stock provider comes: under a Yjs client id of its own, without a lease. */
  sync(board: string): Promise<Synced>
  live(): Promise<LiveSeat>
}
export interface TestServer {
  readonly address: string
  readonly running: Running
  readonly clock: Clock
  /** In the demo: enters as this person. */
  as(person: string): Promise<Somebody>
  /** With a cookie, or with none. */
  with(cookie: string): Somebody
  stop(): Promise<void>
}

/** A log that keeps nothing. */
export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Cookie of an answer that signed somebody in, as it is sent back. */
export const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''

/**
 * The whole server over real HTTP on a free port. Without `data` it is the demo; `data: true` makes a folder that goes away
 * with it.
 */
export const startServer = async (
  given: { readonly data?: string | true; readonly settings?: Partial<Settings>; readonly log?: Log } = {},
): Promise<TestServer> => {
  const own = given.data === true ? mkdtempSync(join(tmpdir(), 'puntada-test-')) : null
  const data = own ?? (given.data === undefined ? null : (given.data as string))
  let passed = 0
  let running: Running | null = null
  const clock: Clock = {
    now: () => instant(Date.now() + passed),
    pass(ms) {
      passed += ms
      running?.tick()
    },
  }
  const settings: Settings = {
    host: '127.0.0.1',
    port: 0,
    data,
    demo: data === null,
    origin: null,
    trustedProxies: [],
    logLevel: 'silent',
    metricsToken: null,
    ...given.settings,
  }
  // Somebody who builds while tests run has them look at another build.
  const dist = process.env.PUNTADA_DIST
  const started = await start(settings, { now: () => clock.now(), log: given.log ?? silent, ...(dist && { dist }) })
  running = started
  const { address } = started
  const closing = new Set<() => void>()

  const withCookie = (cookie: string): Somebody => {
    const fetchPath = (path: string, init: RequestInit = {}): Promise<Response> => {
      const headers = new Headers(init.headers)
      if (cookie !== '' && !headers.has('cookie')) headers.set('cookie', cookie)
      if (!headers.has('origin') && (init.method ?? 'GET') !== 'GET') headers.set('origin', address)
      return fetch(`${address}${path}`, { redirect: 'manual', ...init, headers })
    }
    const ask: Somebody['ask'] = async <T>(method: string, path: string, body?: unknown) => {
      const json =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      const response = await fetchPath(path, { method, ...json })
      const text = await response.text()
      return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T }
    }
    return {
      cookie,
      fetch: fetchPath,
      ask,
      async sync(board) {
        const doc = new Y.Doc()
        class Own extends WebSocket {
          constructor(url: string | URL) {
            super(url, { headers: { cookie, origin: address } })
          }
        }
        const provider = new WebsocketProvider(`${address.replace('http', 'ws')}/sync`, roomOf(board as BoardId), doc, {
          WebSocketPolyfill: Own as never,
          disableBc: true,
        })
        const close = (): void => {
          provider.destroy()
          doc.destroy()
          closing.delete(close)
        }
        closing.add(close)
        const closed = new Promise<number>((resolve) => {
          provider.on('connection-close', (event: { code?: number } | null) => {
            provider.shouldConnect = false
            resolve(event?.code ?? 1006)
          })
        })
        await Promise.race([
          new Promise<void>((resolve) => {
            provider.on('sync', (synced: boolean) => synced && resolve())
          }),
          closed,
        ])
        return { doc, provider, closed, close }
      },
      async live() {
        const socket: Socket<Signals, CommandEvents> = io(address, {
          path: '/live',
          transports: ['websocket'],
          reconnection: false,
          forceNew: true,
          extraHeaders: { cookie, origin: address },
        })
        const close = (): void => {
          socket.close()
          closing.delete(close)
        }
        closing.add(close)
        const closed = new Promise<string>((resolve) => socket.once('disconnect', (why) => resolve(why)))
        await new Promise<void>((resolve, reject) => {
          socket.once('connect', () => resolve())
          socket.once('connect_error', reject)
        })
        return {
          socket,
          closed,
          close,
          command: <C extends Command>(name: C, args: CommandArgs<C>) =>
            (socket as unknown as { emitWithAck(name: C, args: unknown): Promise<Answer<C>> }).emitWithAck(name, args),
          next: (signal) =>
            new Promise((resolve) => {
              ;(socket as unknown as { once(name: string, listener: (value: never) => void): void }).once(
                signal,
                resolve,
              )
            }),
        }
      },
    }
  }
  return {
    address,
    running: started,
    clock,
    with: withCookie,
    async as(person) {
      const response = await fetch(`${address}/api/demo/enter`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: address },
        body: JSON.stringify({ person: person as PersonId }),
      })
      if (!response.ok) throw new Error(`nobody is called ${person} here: ${response.status}`)
      return withCookie(cookieOf(response))
    },
    async stop() {
      for (const close of closing) close()
      await started.stop()
      if (own !== null) rmSync(own, { recursive: true, force: true })
    },
  }
}
