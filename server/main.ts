import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marksOf, readMark } from '../shared/document/read.ts'
import type { MarkId } from '../shared/domain/ids.ts'
import type { Mark } from '../shared/domain/mark.ts'
import { type Instant, instant } from '../shared/domain/units.ts'
import { openPasswords } from './auth/passwords.ts'
import { plainText } from './auth/random.ts'
import { openSessions } from './auth/sessions.ts'
import { openThrottle } from './auth/throttle.ts'
import { addressOf, BadSetting, originsOf, readSettings, type Settings, speaks } from './config.ts'
import { seedDemo } from './demo/seed.ts'
import { sessionCookie } from './http/cookie.ts'
import type { Parts } from './http/parts.ts'
import { buildServer, type ServerState } from './http/server.ts'
import { openUploads } from './http/uploads.ts'
import { openViews } from './http/views.ts'
import { openCommands } from './live/commands.ts'
import { openHub } from './live/hub.ts'
import { watchOpenings } from './live/openings.ts'
import { openDisk } from './media/disk.ts'
import { openLog, openMetrics } from './observe.ts'
import { markKey } from './pattern/markKey.ts'
import { openPictures } from './pattern/pictures.ts'
import { openDecisions } from './proposals/decisions.ts'
import { loadKernel } from './proposals/kernel.ts'
import { openRegister } from './register.ts'
import { checkRegister } from './registerCheck.ts'
import type { Log } from './rooms/ports.ts'
import { openRooms, type Rooms } from './rooms/registry.ts'
import type { Room } from './rooms/room.ts'
import { openSaidIndex } from './said.ts'
import { openCompactor } from './store/compact.ts'
import { openAccounts } from './store/sqlite/accounts.ts'
import { openStore, type Store, StoreNotOpened } from './store/sqlite/open.ts'
import { openRecords } from './store/sqlite/records.ts'
import { openRegisterStore } from './store/sqlite/register.ts'
import { openSaid } from './store/sqlite/said.ts'
import { openUpdates } from './store/sqlite/updates.ts'
import { openVersions } from './store/sqlite/versions.ts'
import { openSwatches } from './swatches.ts'

const ROOT = join(import.meta.dirname, '..')
const VERSION: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version
/** What runs out by the clock alone is looked at this often. */
const SWEEP_MS = 30_000
/** Work under way when the server is told to stop has this long. */
const DRAIN_MS = 4000

export interface Running {
  /** Where browsers go: `http://127.0.0.1:4310`. */
  readonly address: string
  readonly port: number
  readonly parts: Parts
  readonly store: Store
  /** Does at once what the clock would do later: ends windows and sign-ins that have run out. */
  tick(): void
  /** Lets commits finish, closes every socket with 1012, removes the demo's folder. */
  stop(): Promise<void>
}

export interface Given {
  /** Built client; `dist` beside this folder where it is left out. */
  readonly dist?: string
  /** Reads the page again for each answer: while the client is being built. */
  readonly freshPages?: boolean
  readonly now?: () => Instant
  readonly log?: Log
}

/**
 * Builds every part by hand and starts them; the only place that knows all the parts.
 *
 * @throws {StoreNotOpened} where the data folder cannot be used; errors of `listen` go through.
 */
export const startServer = async (settings: Settings, given: Given = {}): Promise<Running> => {
  const now = given.now ?? (() => instant(Date.now()))
  const log = given.log ?? openLog(settings.logLevel)
  const random = (n: number): Uint8Array => randomBytes(n)
  const newId = (): string => plainText(16, random)
  const https = settings.origin?.startsWith('https:') ?? false

  const temporary = settings.data === null ? demoFolder() : null
  const folder = settings.data ?? (temporary as string)
  const undo: (() => void | Promise<void>)[] = []
  if (temporary !== null) undo.push(() => rmSync(temporary, { recursive: true, force: true }))
  const takeBack = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step()
  }
  try {
    let state: ServerState = 'starting'
    const store = openStore(folder)
    undo.push(() => store.close())
    if (store.restored) log.warn({ folder }, 'this data folder is a copy that was put back: open boards begin afresh')
    const records = openRecords(store.db)
    const accounts = openAccounts(store.db)
    const said = openSaid(store.db)
    const registered = openRegisterStore(store.db)
    const register = openRegister(registered)
    const updates = openUpdates(store)
    const versions = openVersions(store.db)
    const lineKey = markKey(folder)
    const disk = await openDisk(join(folder, 'media'))
    const drawing = settings.demo ? seedDemo({ records, updates, versions, disk, said, now, newId, random, log }) : null
    if (drawing) undo.push(() => drawing.stop())
    const compactor = openCompactor(store.file, log)
    undo.push(() => compactor.close())

    const origins = new Set<string>()
    const cookie = sessionCookie(https)
    const views = openViews(now)
    const sessions = openSessions(accounts, {
      now,
      newId,
      roleOf: (person) => records.person(person)?.role ?? null,
      ended(gone) {
        const ids = new Set(gone.map((s) => s.id))
        views.endSessions(ids)
        hub.tell.sessionsEnded(gone)
        rooms.accessChanged((who) => ids.has(who.session))
      },
    })
    const authenticate = (req: { headers: { cookie?: string | undefined } }) => {
      const session = sessions.find(cookie.read(req.headers.cookie))
      return session && records.person(session.person) ? { person: session.person, session: session.id } : null
    }
    const hub = openHub({ origins, authenticate, log })
    const index = openSaidIndex(said, {
      failed: (error) => log.error({ error: String(error) }, 'acts not folded; they are at the next start'),
      told(board, acts) {
        // Moves are drawn by whoever is on the board; lists do not show them.
        if (acts.every((act) => act.action === 'mark.move')) return
        const about = records.board(board)
        if (about) hub.tell.homeChanged(openings.audience(about))
      },
    })
    const rooms: Rooms = openRooms({
      log: updates,
      directory: records,
      sink: index,
      now,
      random,
      origins,
      authenticate,
      logger: log,
      compact: (room) => compactor.compact(room),
    })
    const openings = watchOpenings({
      records,
      tell: hub.tell,
      now,
      accessChanged: (touches) => rooms.accessChanged(touches),
    })
    const uploads = openUploads({ records, versions, disk, rooms: () => rooms, tell: hub.tell, log, now, newId })
    const swatches = openSwatches({ records, disk, rooms, tell: hub.tell, log, now })
    const pictures = openPictures({ records, versions, disk, tell: hub.tell, log, newId })
    const passwords = await openPasswords()
    const parts: Parts = {
      version: VERSION,
      demo: settings.demo,
      origins,
      now,
      newId,
      random,
      log,
      cookie,
      records,
      accounts,
      sessions,
      passwords,
      throttle: openThrottle(),
      register,
      said,
      index,
      disk,
      versions,
      markKey: lineKey,
      pictures,
      decisions: openDecisions({ records, versions, rooms, kernel: loadKernel, redraw: pictures.redraw, now }),
      rooms,
      tell: hub.tell,
      openings,
      uploads,
      swatches,
      views,
      async drawn(sheet) {
        await drawing?.drawn(sheet)
        await pictures.drawn(sheet)
      },
      doorState: () => (settings.demo ? 'demo' : records.group() === null ? 'first-run' : 'sign-in'),
    }
    hub.serve(openCommands(parts), (board) => {
      const about = records.board(board)
      return about ? openings.audience(about) : []
    })
    const metrics = openMetrics()
    const check = checkRegister(registered, now, log)
    undo.push(() => check.stop())
    metrics.watch({ rooms: () => rooms.stats(), live: () => hub.connections(), register: () => check.state() })
    const startedAt = performance.now()
    const app = await buildServer({
      parts,
      dist: given.dist ?? join(ROOT, 'dist'),
      freshPages: given.freshPages ?? false,
      https,
      trustedProxies: settings.trustedProxies,
      metrics,
      metricsToken: settings.metricsToken,
      state: () => state,
      health: () => ({
        demo: settings.demo,
        seconds: Math.round((performance.now() - startedAt) / 1000),
        boards: rooms.stats().rooms,
        connections: rooms.stats().connections,
        register: check.state().is,
      }),
      syncUpgrade: (req, socket, head) => rooms.handleUpgrade(req, socket, head),
      liveUpgrade: (req, socket, head) => hub.handleUpgrade(req, socket, head),
    })
    undo.push(async () => {
      openings.stop()
      index.close()
      metrics.close()
    })

    // The demo begins afresh: there is nothing to recover, and its sheets are on their way.
    if (!drawing) {
      await uploads.recover()
      await pictures.recover()
    }
    for (const board of index.stale(records.boards().map((b) => b.id))) {
      const { doc } = await rooms.get(board)
      index.rebuild(board, allMarks(doc), said.folded(board).logged ?? now())
    }
    await app.listen({ host: settings.host, port: settings.port })
    const bound = app.server.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : settings.port
    const people = settings.demo ? records.people().map((p) => p.id) : []
    for (const origin of originsOf(settings, port, people)) origins.add(origin)
    state = 'ready'

    const tick = (): void => {
      sessions.sweep()
      views.sweep()
      openings.refresh()
      // A clock that was set passes over timers, and over what was compared before.
      rooms.rejudge()
      check.tick()
      swatches.tick()
    }
    const sweeping = setInterval(tick, SWEEP_MS)
    sweeping.unref()

    let stopping: Promise<void> | null = null
    const stop = async (): Promise<void> => {
      state = 'draining'
      clearInterval(sweeping)
      const late = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS)
      late.unref()
      try {
        await drawing?.stop()
        await uploads.stop()
        await swatches.stop()
        await pictures.stop()
        await rooms.close()
        await hub.close()
        await app.close()
      } finally {
        clearTimeout(late)
        await takeBack()
      }
    }
    return {
      address: addressOf(settings, port),
      port,
      parts,
      store,
      tick,
      stop: () => {
        stopping ??= stop()
        return stopping
      },
    }
  } catch (error) {
    await takeBack()
    throw error
  }
}

const allMarks = (doc: Room['doc']): Mark[] => {
  const marks: Mark[] = []
  for (const id of marksOf(doc).keys()) {
    const mark = readMark(doc, id as MarkId)
    if (mark) marks.push(mark)
  }
  return marks
}

/** A fresh folder for a demo. What killed demos left behind goes: their names say which process they were of. */
const demoFolder = (): string => {
  const base = realpathSync(tmpdir())
  for (const name of readdirSync(base)) {
    const pid = /^puntada-demo-(\d+)-/.exec(name)?.[1]
    if (pid === undefined || Number(pid) === process.pid || isRunning(Number(pid))) continue
    try {
      rmSync(join(base, name), { recursive: true, force: true })
    } catch {
      // Somebody else's: theirs to clean.
    }
  }
  return mkdtempSync(join(base, `puntada-demo-${process.pid}-`))
}
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** What keeps a server from starting, in one sentence: what, where, what to do. Null for mistakes of ours. */
export const sentenceFor = (error: unknown, settings: Settings | null, env: NodeJS.ProcessEnv): string | null => {
  const es = speaks(env) === 'es'
  if (error instanceof BadSetting) return error.message
  if (error instanceof StoreNotOpened) {
    const { folder } = error
    switch (error.why) {
      case 'in-use':
        return es
          ? `Otro servidor ya usa la carpeta ${folder}: deténlo, o elige otra carpeta con --data.`
          : `Another server already uses the folder ${folder}: stop it, or choose another folder with --data.`
      case 'newer':
        return es
          ? `Los datos de ${folder} son de una versión más nueva que esta (${VERSION}): actualiza Puntada, o restaura un respaldo de esta versión.`
          : `The data in ${folder} come from a newer version than this one (${VERSION}): update Puntada, or restore a backup of this version.`
      case 'not-a-folder':
        return es
          ? `No se puede usar ${folder} como carpeta de datos: revisa que sea una carpeta y que se pueda escribir en ella.`
          : `${folder} cannot be used as the data folder: check that it is a folder and can be written to.`
      case 'full':
        return diskFull(es)
      case 'broken':
        return es
          ? `La base de datos de ${folder} no se puede leer: restaura un respaldo, y guarda la carpeta como está.`
          : `The database in ${folder} cannot be read: restore a backup, and keep the folder as it is.`
    }
  }
  if (error instanceof Error && 'code' in error && settings !== null) {
    const where = `${settings.host}:${settings.port}`
    if (error.code === 'EADDRINUSE')
      return es
        ? `El puerto de ${where} ya está ocupado: detén lo que lo usa, o elige otro con --port.`
        : `The port of ${where} is already taken: stop what uses it, or choose another one with --port.`
    if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
      return es
        ? `No se puede escuchar en ${where}: elige otra dirección con --host u otro puerto con --port.`
        : `It is not possible to listen on ${where}: choose another address with --host or another port with --port.`
    if (error.code === 'ENOSPC') return diskFull(es)
  }
  return null
}

const diskFull = (es: boolean): string =>
  es ? `El disco está lleno: libera espacio y arranca otra vez.` : `The disk is full: free some space and start again.`

/** Starts from the command line: one line with the address, or one sentence and exit code 1. */
export const runFromTerminal = async (args: readonly string[], given: Given = {}): Promise<void> => {
  const { env } = process
  const es = speaks(env) === 'es'
  let settings: Settings | null = null
  try {
    settings = readSettings(args, env, process.cwd())
    // Asked to stop while it still starts, it starts, and then stops as it should.
    const starting = startServer(settings, given)
    let asked = 0
    const stop = (): void => {
      asked++
      // Asked twice, or stuck: what is on disk is on disk.
      if (asked > 1) process.exit(1)
      starting
        .then((running) => {
          setTimeout(() => process.exit(1), DRAIN_MS + 800).unref()
          return running.stop()
        })
        .then(
          () => process.exit(0),
          (error: unknown) => {
            process.stderr.write(`${String(error)}\n`)
            process.exit(1)
          },
        )
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    const running = await starting
    const demo = settings.demo ? (es ? ' (demostración)' : ' (demo)') : ''
    process.stdout.write(`Puntada ${VERSION}${demo}: ${running.address}\n`)
  } catch (error) {
    const sentence = sentenceFor(error, settings, env)
    process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`)
    process.exit(1)
  }
}

if (import.meta.main) await runFromTerminal(process.argv.slice(2))
