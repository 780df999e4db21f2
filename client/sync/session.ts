import * as Y from 'yjs'
import type { Verdict } from '../../shared/access/rules.ts'
import { judge } from '../../shared/access/rules.ts'
import { factsOf, treeOf } from '../../shared/document/read.ts'
import { parseReply, parseWords } from '../../shared/document/schema.ts'
import { fits } from '../../shared/document/shape.ts'
import { actOf, holds, type Intent, inverseOf, write } from '../../shared/document/write.ts'
import { authoredId, authorOf, type MarkId, markId, type PersonId, replyId } from '../../shared/domain/ids.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { BoardCard, Leased, Me } from '../../shared/protocol/api.ts'
import { parseCloseReason } from '../../shared/protocol/refusals.ts'
import { type Api, ApiError, api as ownApi } from './api.ts'
import { waitBefore } from './backoff.ts'
import { type Closed, type Connection, connectTo, type Wire } from './connect.ts'
import type { BoardSession, Draft, Refused, SyncStatus } from './contract.ts'
import { openDrafts } from './drafts.ts'
import type { Live } from './live.ts'
import { blamed, type Entry, idsOf, stillWaiting, written } from './outbox.ts'
import { keepPresence, RATES, THIN_LINE_MS } from './presence.ts'
import { keepRecords } from './records.ts'
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
const ownStorage = (): Storage | null => {
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

/** A connection that has held this long, in milliseconds, was a good one: the next break begins with a quick attempt. */
const HELD_MS = 5000
/** Refusals in a row, with nobody to blame, after which not even the confirmed copy is trusted. */
const STRIKES = 3

/** Why a draft is one: its window was closed before it could be sent. */
const UNSENT = 'unsent'

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
  const ask = needs.api ?? ownApi
  const wire = needs.wire ?? ownWire()
  const actor = actorOf(me)
  const boardId = needs.board.id
  let board = needs.board

  const keeper = keepRecords()
  const history = newHistory()
  const drafts = openDrafts(needs.storage === undefined ? ownStorage() : needs.storage, me.person.id, boardId)
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
  let connected = false
  /** Set from a refusal until the board is back, so that the page says *saving* and not *offline* meanwhile. */
  let mending = false
  let attempts = 0
  let strikes = 0
  let ended = false
  let timer: ReturnType<typeof setTimeout> | null = null
  let holdTimer: ReturnType<typeof setTimeout> | null = null
  const leaving = new AbortController()

  const chance = (): number => Number.parseInt(random().slice(0, 6), 36) / 36 ** 6

  const tell = (): void => {
    const waiting = outbox.length
    keeper.setUnsaved(new Set(outbox.flatMap(({ intent }) => idsOf(intent))))
    const was = status.get()
    const is: SyncStatus = ended
      ? { is: 'ended' }
      : view === null
        ? { is: 'loading' }
        : connected && waiting === 0
          ? { is: 'saved' }
          : connected || mending
            ? { is: 'saving', waiting }
            : { is: 'offline', waiting }
    const unchanged = was.is === is.is && ('waiting' in was ? was.waiting : 0) === ('waiting' in is ? is.waiting : 0)
    if (!unchanged) status.set(is)
  }

  const unsent = (): readonly Draft[] => drafts.list.get().filter(({ why }) => why === UNSENT)

  const watchConfirmed = (): void => {
    confirmed.on('afterTransaction', () => {
      const left = stillWaiting(outbox, confirmed)
      if (left === outbox) return
      outbox = left
      strikes = 0
      if (left.length === 0) for (const draft of unsent()) drafts.discard(draft.id)
      tell()
    })
  }
  watchConfirmed()

  // —— judging ——

  const judged = (doc: Y.Doc | null, intent: Intent): Verdict | Refused => {
    if (!doc || ended) return { ok: false, reason: 'not-found' }
    const act = actOf(doc, intent)
    if (!act) return { ok: false, reason: intent.do === 'add' ? 'already-there' : 'gone' }
    const said = judge(act.action, { actor, now: now() as Instant, board, ...act })
    if (!said.ok) return said
    const facts = factsOf(doc)
    const no = (reason: Refused['reason']): Refused => ({ ok: false, reason })
    switch (intent.do) {
      case 'add': {
        const { sheet, shape, words, replies } = intent.mark
        if (!facts.hasSheet(sheet)) return no('gone')
        if (!fits(shape) || !parseWords(words) || !replies.every(({ text }) => parseReply({ text })))
          return no('bad-value')
        return replies.every(({ id }) => authorOf(id) === actor.id) ? said : { ok: false, reason: 'not-author' }
      }
      case 'move':
        return fits(intent.shape) && facts.kindOf(intent.mark) === intent.shape.kind ? said : no('bad-value')
      case 'say':
        return parseWords(intent.words) ? said : no('bad-value')
      case 'reply':
        if (!parseReply({ text: intent.text })) return no('bad-value')
        return act.action === 'reply.edit' || facts.repliesUnder(intent.mark) < CAPS.replies
          ? said
          : no('too-many-replies')
      default:
        return said
    }
  }

  /** Writes what was judged, as one frame. */
  const carryOut = (doc: Y.Doc, through: Connection | null, intent: Intent): void => {
    const origin = through?.origin() ?? null
    const frame = origin === null ? frames++ : together
    const entry = written(doc, intent, frame, () => write(doc, intent, origin))
    outbox = [...outbox, entry]
    tell()
  }

  const act = (intent: Intent): Verdict | Refused => {
    const verdict = judged(view, intent)
    if (!verdict.ok || !view) return verdict
    const inverse = inverseOf(view, intent)
    carryOut(view, connection, intent)
    if (inverse) history.did({ did: intent, inverse })
    return verdict
  }
  const actAgain = (intent: Intent): boolean => {
    if (!view || !judged(view, intent).ok) return false
    carryOut(view, connection, intent)
    return true
  }
  const toDrafts = (intent: Intent, why: string): void => {
    history.forget(intent)
    drafts.keep({ id: random(), intent, why, at: now() })
  }

  // —— coming and coming back ——

  const hangUp = (): void => {
    connected = false
    connection?.destroy()
    connection = null
    if (holdTimer !== null) clearTimeout(holdTimer)
    holdTimer = null
  }

  const end = (): void => {
    if (ended) return
    ended = true
    leaving.abort()
    if (timer !== null) clearTimeout(timer)
    hangUp()
    presence.close()
    view?.destroy()
    confirmed.destroy()
    view = null
    for (const { intent } of outbox) toDrafts(intent, 'ended')
    outbox = []
    history.clear()
    keeper.clear()
    tell()
    stopListening()
  }

  const later = (): void => {
    if (ended || timer !== null) return
    timer = setTimeout(
      () => {
        timer = null
        void enter()
      },
      waitBefore(attempts++, chance()),
    )
  }

  /** Asks for a lease; null where there is none to be had now, and another attempt is on its way. */
  const askLease = async (): Promise<Leased | null> => {
    const asked = now()
    try {
      const body = lease ? { grant: lease.grant } : {}
      const leased = await ask<Leased>('POST', `/api/boards/${boardId}/lease`, body, leaving.signal)
      if (now() - asked > THIN_LINE_MS) {
        hz = RATES.low
        presence.setRate(hz)
      }
      return leased
    } catch (problem) {
      if (ended) return null
      if (problem instanceof ApiError && [401, 403, 404].includes(problem.status)) end()
      else {
        mending = false
        tell()
        later()
      }
      return null
    }
  }

  let entering = false
  let blame: Blame | null = null
  const enter = async (): Promise<void> => {
    if (entering || ended) return
    entering = true
    // What was opened or closed while there was no line was not told: judging goes by what the board is now.
    const [leased] = await Promise.all([askLease(), lease || blame || view ? readBoardAgain() : null])
    entering = false
    if (!leased || ended) return
    if (connection && lease && leased.client === lease.client) {
      lease = leased
      connection.connect()
      return
    }
    lease = leased
    startAfresh(leased)
  }

  /** A new copy of what is on disk under a new client id. The old view stays on the screen until the new one is whole. */
  const startAfresh = (leased: Leased): void => {
    hangUp()
    const fresh = new Y.Doc()
    Y.applyUpdate(fresh, Y.encodeStateAsUpdate(confirmed))
    fresh.clientID = leased.client
    const params = { client: String(leased.client), grant: leased.grant, hz: String(hz) }
    let replayed = false
    const through = connectTo(wire, leased.room, params, fresh, confirmed, {
      synced() {
        connected = true
        holdTimer ??= setTimeout(() => {
          attempts = 0
        }, HELD_MS)
        if (!replayed) {
          replayed = true
          takeOver(fresh)
        }
        tell()
      },
      closed: onClosed,
    })
    connection = through
    presence.attach(through.awareness)
    through.connect()
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
    const old = view
    outbox = []
    for (const { intent } of waiting) {
      const verdict = judged(fresh, intent)
      if (verdict.ok) carryOut(fresh, connection, intent)
      else if (isNoLongerNeeded(fresh, intent)) history.forget(intent)
      else toDrafts(intent, verdict.reason)
    }
    if (!old) sendUnsent(fresh)
    view = fresh
    keeper.attach(fresh)
    old?.destroy()
  }

  /** What a window closed too early had left to say is said now, unless it has arrived or would change what was there. */
  const sendUnsent = (doc: Y.Doc): void => {
    for (const { id, intent } of unsent()) {
      if (!holds(doc, intent)) {
        if ((intent.do !== 'add' && intent.do !== 'reply') || !judged(doc, intent).ok) continue
        carryOut(doc, connection, intent)
      }
      drafts.discard(id)
    }
  }

  const isNoLongerNeeded = (doc: Y.Doc, intent: Intent): boolean =>
    intent.do === 'add'
      ? treeOf(doc, intent.mark.id) !== null
      : (intent.do === 'delete' || intent.do === 'unreply') && actOf(doc, intent) === null

  const onClosed = ({ code, reason }: Closed): void => {
    connected = false
    if (holdTimer !== null) clearTimeout(holdTimer)
    holdTimer = null
    if (code === 4401) {
      end()
      return
    }
    if (code === 4409 || code === 1009 || code === 4410 || code === 4400) {
      const why = parseCloseReason(reason) ?? (code === 1009 ? 'too-large' : 'refused')
      if (code === 4409 || code === 1009) blame = { why, among: new Set(outbox.map(({ intent }) => intent)) }
      mending = true
      hangUp()
      lease = null
      if (++strikes >= STRIKES) {
        confirmed.destroy()
        confirmed = new Y.Doc()
        watchConfirmed()
        strikes = 0
      }
    } else {
      // What is not on disk by now, and what is written until the line is back, travels together then.
      together = frames++
      outbox = outbox.map((entry) => ({ ...entry, frame: together }))
    }
    tell()
    later()
  }

  // —— what is told from outside ——

  const soon = (): void => {
    if (connected || ended) return
    attempts = 0
    if (timer !== null) clearTimeout(timer)
    timer = null
    later()
  }
  /** A socket over a dead line looks alive for half a minute; a new attempt tells at once, also where only the world is away. */
  const onOffline = (): void => {
    if (connected) connection?.drop()
  }
  const enterLive = (): void => {
    live.command('board.enter', { board: boardId }).catch(() => {
      // Signals only: the board works without them, and the next connection asks again.
    })
  }
  const readBoardAgain = async (): Promise<void> => {
    try {
      board = await ask<BoardCard>('GET', `/api/boards/${boardId}`, undefined, leaving.signal)
    } catch (problem) {
      if (problem instanceof ApiError && problem.status === 404) end()
    }
  }
  const offs = [
    live.on('eyes.called', (signal) => {
      if (signal.board === boardId) eyes.ring(signal.mark, signal.by)
    }),
    live.on('board.ended', (signal) => {
      if (signal.board === boardId) end()
    }),
    live.on('board.changed', (signal) => {
      if (signal.board === boardId) void readBoardAgain()
    }),
    live.on('session.ended', () => end()),
    live.connected.subscribe(() => {
      if (live.connected.get()) enterLive()
    }),
  ]
  if (live.connected.get()) enterLive()
  /** Whoever closes the window with work that has not arrived finds it among the drafts when they come back. */
  const onHide = (): void => {
    for (const { intent } of outbox) drafts.keep({ id: idsOf(intent)[0] ?? random(), intent, why: UNSENT, at: now() })
  }
  const page = typeof window === 'undefined' ? null : window
  page?.addEventListener('online', soon)
  page?.addEventListener('offline', onOffline)
  page?.addEventListener('pagehide', onHide)
  const stopListening = (): void => {
    for (const off of offs) off()
    page?.removeEventListener('online', soon)
    page?.removeEventListener('offline', onOffline)
    page?.removeEventListener('pagehide', onHide)
  }

  later()

  return {
    records: keeper.records,
    onDifference: keeper.onDifference,
    status,
    drafts: drafts.list,
    others: presence.others,
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    may: (intent) => judged(view, intent),
    act,
    undo() {
      if (view) history.undo(view, actAgain)
    },
    redo() {
      if (view) history.redo(view, actAgain)
    },
    newMarkId: () => markId(authoredId(me.person.id, random())),
    newReplyId: () => replyId(authoredId(me.person.id, random())),
    show: presence.show,
    resend(id, edited) {
      const draft = drafts.find(id)
      if (!draft) return { ok: false, reason: 'gone' }
      const verdict = act(edited ?? draft.intent)
      if (verdict.ok) drafts.discard(id)
      return verdict
    },
    discard: drafts.discard,
    command: (name, args) => live.command(name, { ...args, board: boardId } as never),
    onEyesCalled: eyes.on,
    close() {
      if (ended) return
      onHide()
      live.command('board.leave', { board: boardId }).catch(() => {
        // The server forgets a window that goes away anyway.
      })
      ended = true
      leaving.abort()
      if (timer !== null) clearTimeout(timer)
      hangUp()
      presence.close()
      view?.destroy()
      confirmed.destroy()
      stopListening()
    },
  }
}
