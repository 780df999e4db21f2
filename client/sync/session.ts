import * as Y from 'yjs'
import type { Verdict } from '../../shared/access/rules.ts'
import { type Intent, inverseOf, write } from '../../shared/document/write.ts'
import { authoredId, type MarkId, markId, type PersonId, replyId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { BoardCard, Leased, Me } from '../../shared/protocol/api.ts'
import { parseCloseReason } from '../../shared/protocol/refusals.ts'
import { type Api, api as ownApi } from './api.ts'
import { keepAttempts } from './attempts.ts'
import { type Closed, type Connection, connectTo, type Wire } from './connect.ts'
import type { BoardSession, Refused, SyncStatus } from './contract.ts'
import { openDoor } from './door.ts'
import { openDrafts } from './drafts.ts'
import { judged } from './judged.ts'
import type { Live } from './live.ts'
import { blamed, type Entry, idsOf, stillWaiting, UNSENT, written } from './outbox.ts'
import { listenOutside } from './outside.ts'
import { keepPresence, RATES, THIN_LINE_MS } from './presence.ts'
import { keepRecords } from './records.ts'
import { doAgain, type Fates, sendUnsent, unsentOf } from './replay.ts'
import { isSameStatus, statusOf } from './status.ts'
import { newHistory } from './undo.ts'
import { bell, cell } from './watched.ts'

export interface BoardNeeds {
  readonly board: BoardCard
  readonly me: Me
  /** The server's clock as well as it is known here, in milliseconds since 1970. */
  now(): number
  /** Ten to twenty fresh characters of [a-z0-9]. */
  random(): string
  readonly live: Live
  /** The page's own unless told otherwise. */
  readonly api?: Api
  readonly wire?: Wire
  readonly storage?: Storage | null
}

const ownWire = (): Wire => ({ server: location.origin.replace(/^http/, 'ws'), WebSocket })
/** What lives as long as this window; null where the browser keeps nothing. */
export const ownStorage = (): Storage | null => {
  try {
    return globalThis.sessionStorage ?? null
  } catch {
    return null
  }
}

const actorOf = (me: Me): Actor => ({
  ...me.person,
  circles: me.circles.flatMap(({ id, firms }) =>
    me.person.firm !== null && firms.includes(me.person.firm) ? [id] : [],
  ),
})

/** Refusals in a row, with nobody to blame, after which not even the confirmed copy is trusted. */
const STRIKES = 3

/** A refusal, and what had been sent or written by then. */
interface Blame {
  readonly why: string
  readonly among: ReadonlySet<Intent>
}

/**
 * One board, open: asks for a lease, connects, keeps what is on disk (`confirmed`) apart from what the person sees (`view`), and comes
 * back from every break and refusal by one road: lease, fresh copy, replay.
 *
 * - A break of the line keeps the view: the stock protocol sends once more what the server lacks, struct for struct, so that
 *   it arrives once.
 * - A refusal closes a client id for good. The view is made again from `confirmed` under a fresh id, and what waits is done
 *   again, one act a frame, each judged again; what was refused is a draft by then.
 */
export const openBoard = (needs: BoardNeeds): BoardSession => {
  const { me, live, now, random } = needs
  const wire = needs.wire ?? ownWire()
  let actor = actorOf(me)
  let board = needs.board

  const keeper = keepRecords()
  const history = newHistory()
  const drafts = openDrafts(needs.storage === undefined ? ownStorage() : needs.storage, me.person.id, board.id)
  const door = openDoor(needs.api ?? ownApi, board.id)
  const line = (globalThis.navigator as { connection?: { saveData?: boolean; rtt?: number } } | undefined)?.connection
  const thin = line?.saveData === true || (line?.rtt ?? 0) > THIN_LINE_MS
  let hz: number = thin ? RATES.low : RATES.full
  const presence = keepPresence(hz)
  const status = cell<SyncStatus>({ is: 'loading' })
  const eyes = bell<[MarkId, PersonId]>()

  let confirmed = new Y.Doc()
  /** What the person sees; null until it was loaded once. */
  let view: Y.Doc | null = null
  let connection: Connection | null = null
  let lease: Leased | null = null
  let outbox: readonly Entry[] = []
  let frames = 1
  /** The frame of what is written while there is no line. */
  let together = 0
  /** What this window has sent since the board was read. */
  const swatches = new Set<SwatchId>()
  let connected = false
  let mending = false
  let strikes = 0
  let ended = false
  let entering = false
  let blame: Blame | null = null

  const tell = (): void => {
    keeper.setUnsaved(new Set(outbox.flatMap(({ intent }) => idsOf(intent))))
    const is = statusOf({ ended, loaded: view !== null, connected, mending, waiting: outbox.length })
    if (!isSameStatus(status.get(), is)) status.set(is)
  }

  const watchConfirmed = (): void => {
    confirmed.on('afterTransaction', () => {
      const left = stillWaiting(outbox, confirmed)
      if (left === outbox) return
      outbox = left
      strikes = 0
      if (left.length === 0) for (const draft of unsentOf(drafts.list.get())) drafts.discard(draft.id)
      tell()
    })
  }
  watchConfirmed()

  // —— what I do ——

  const mayName = (id: SwatchId): boolean => swatches.has(id) || board.swatches.includes(id)
  const judgedOn = (doc: Y.Doc | null, intent: Intent): Verdict | Refused =>
    !doc || ended
      ? { ok: false, reason: 'not-found' }
      : judged(doc, intent, { actor, board, now: now() as Instant, mayName })

  /** Writes what was judged, as one frame. */
  const carryOut = (doc: Y.Doc, intent: Intent): void => {
    const origin = connection?.origin() ?? null
    const frame = origin === null ? frames++ : together
    const entry = written(doc, intent, frame, () => write(doc, intent, origin))
    outbox = [...outbox, entry]
    tell()
  }

  const act = (intent: Intent): Verdict | Refused => {
    const verdict = judgedOn(view, intent)
    if (!verdict.ok || !view) return verdict
    const inverse = inverseOf(view, intent)
    carryOut(view, intent)
    if (inverse) history.did({ did: intent, inverse })
    return verdict
  }
  const actAgain = (intent: Intent): boolean => {
    if (!view || !judgedOn(view, intent).ok) return false
    carryOut(view, intent)
    return true
  }
  const toDrafts = (intent: Intent, why: string): void => {
    history.forget(intent)
    drafts.keep({ id: random(), intent, why, at: now() })
  }
  /** Whoever closes the window with work that has not arrived finds it among the drafts when they come back. */
  const keepUnsent = (): void => {
    for (const { intent } of outbox) drafts.keep({ id: idsOf(intent)[0] ?? random(), intent, why: UNSENT, at: now() })
  }

  // —— coming and coming back ——

  const hangUp = (): void => {
    connected = false
    connection?.destroy()
    connection = null
    attempts.broken()
  }
  const leave = (): void => {
    ended = true
    door.leave()
    attempts.stop()
    hangUp()
    presence.close()
    view?.destroy()
    confirmed.destroy()
    stopListening()
  }
  const end = (): void => {
    if (ended) return
    leave()
    view = null
    for (const { intent } of outbox) toDrafts(intent, 'ended')
    outbox = []
    history.clear()
    keeper.clear()
    tell()
  }

  const readBoardAgain = async (): Promise<void> => {
    const answer = await door.board()
    if (answer.is === 'here') board = answer.value
    else if (answer.is === 'shut') end()
  }
  const readLease = async (): Promise<Leased | null> => {
    const asked = now()
    const answer = await door.lease(lease?.grant)
    if (answer.is === 'shut') end()
    if (answer.is !== 'here') return null
    if (now() - asked > THIN_LINE_MS) {
      hz = RATES.low
      presence.setRate(hz)
    }
    return answer.value
  }

  const enter = async (): Promise<void> => {
    if (entering || ended) return
    entering = true
    // What was opened or closed while there was no line was not told: judging goes by what the board is now.
    const [leased] = await Promise.all([readLease(), lease || blame || view ? readBoardAgain() : null])
    entering = false
    if (ended) return
    if (!leased) {
      mending = false
      tell()
      attempts.later()
    } else if (connection && lease && leased.client === lease.client) {
      lease = leased
      connection.connect()
    } else {
      lease = leased
      startAfresh(leased)
    }
  }
  const attempts = keepAttempts(
    () => void enter(),
    () => Number.parseInt(random().slice(0, 6), 36) / 36 ** 6,
  )

  /** A new copy of what is on disk under a new client id. The old view stays on the screen until the new one is whole. */
  const startAfresh = (leased: Leased): void => {
    hangUp()
    const fresh = new Y.Doc()
    Y.applyUpdate(fresh, Y.encodeStateAsUpdate(confirmed))
    fresh.clientID = leased.client
    const params = { client: String(leased.client), grant: leased.grant, hz: String(hz) }
    let replayed = false
    connection = connectTo(wire, leased.room, params, fresh, confirmed, {
      synced() {
        connected = true
        attempts.connected()
        if (!replayed) {
          replayed = true
          takeOver(fresh)
        }
        tell()
      },
      closed: onClosed,
    })
    presence.attach(connection.awareness)
    connection.connect()
  }

  /** The fresh copy becomes the view, and what waits is done on it again. */
  const takeOver = (fresh: Y.Doc): void => {
    let waiting = stillWaiting(outbox, confirmed)
    const among = blame?.among
    const culprit = among ? blamed(waiting.filter(({ intent }) => among.has(intent))) : null
    if (blame && culprit) {
      waiting = waiting.filter((entry) => entry !== culprit)
      strikes = 0
      toDrafts(culprit.intent, blame.why)
    }
    blame = null
    mending = false
    outbox = []
    const fates: Fates = {
      judge: (intent) => judgedOn(fresh, intent),
      carryOut: (intent) => carryOut(fresh, intent),
      forget: history.forget,
      draft: toDrafts,
    }
    doAgain(fresh, waiting, fates)
    if (!view) for (const { id } of sendUnsent(fresh, unsentOf(drafts.list.get()), fates)) drafts.discard(id)
    const old = view
    view = fresh
    keeper.attach(fresh)
    old?.destroy()
  }

  /** Close codes after which the id is spent: what was offered under it is made again under another. */
  const onRefused = (code: number, reason: string): void => {
    const why = parseCloseReason(reason) ?? (code === 1009 ? 'too-large' : 'refused')
    if (code === 4409 || code === 1009) blame = { why, among: new Set(outbox.map(({ intent }) => intent)) }
    mending = true
    hangUp()
    lease = null
    if (++strikes < STRIKES) return
    confirmed.destroy()
    confirmed = new Y.Doc()
    watchConfirmed()
    strikes = 0
  }
  const onClosed = ({ code, reason }: Closed): void => {
    connected = false
    attempts.broken()
    if (code === 4401) {
      end()
      return
    }
    if (code === 4409 || code === 1009 || code === 4410 || code === 4400) onRefused(code, reason)
    else {
      // What is not on disk by now, and what is written until the line is back, travels together then.
      together = frames++
      outbox = outbox.map((entry) => ({ ...entry, frame: together }))
    }
    tell()
    attempts.later()
  }

  const stopListening = listenOutside(live, board.id, {
    eyesCalled: eyes.ring,
    ended: end,
    changed: () => void readBoardAgain(),
    online() {
      if (!connected) attempts.soon()
    },
    // A socket over a dead line looks alive for half a minute; a new attempt tells at once, also where only the world is away.
    offline() {
      if (connected) connection?.drop()
    },
    hiding: keepUnsent,
  })

  attempts.later()

  return {
    records: keeper.records,
    onDifference: keeper.onDifference,
    status,
    drafts: drafts.list,
    others: presence.others,
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    may: (intent) => judgedOn(view, intent),
    act,
    undo(did) {
      if (view) history.undo(view, actAgain, did)
    },
    redo() {
      if (view) history.redo(view, actAgain)
    },
    newMarkId: () => markId(authoredId(me.person.id, random())),
    newReplyId: () => replyId(authoredId(me.person.id, random())),
    know(now) {
      actor = actorOf(now)
    },
    knowSwatch: (id) => void swatches.add(id),
    mayName,
    show: presence.show,
    resend(id, edited) {
      const draft = drafts.find(id)
      if (!draft) return { ok: false, reason: 'gone' }
      const verdict = act(edited ?? draft.intent)
      if (verdict.ok) drafts.discard(id)
      return verdict
    },
    discard: drafts.discard,
    command: (name, args) => live.command(name, { ...args, board: board.id } as never),
    onEyesCalled: eyes.on,
    close() {
      if (ended) return
      keepUnsent()
      live.command('board.leave', { board: board.id }).catch(() => {
        // The server forgets a window that goes away anyway.
      })
      leave()
    },
  }
}
