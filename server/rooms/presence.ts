import * as decoding from 'lib0/decoding'
import type { Actor } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { PRESENCE_CAPS, parsePresence } from '../../shared/protocol/presence.ts'
import { awarenessEntry, awarenessFrame } from './frames.ts'

/** Whoever watches and may be watched. */
export interface Viewer {
  /** Own client id; null while none is bound. */
  readonly client: number | null
  /** Frames a second that it wants at most. */
  readonly hz: number
  /** Volatile: left out where the socket is behind. */
  sendVolatile(frame: Buffer): void
}

interface Shown {
  json: string
  entry: Buffer
  /** Tick in which it last went out; `PENDING` until then. */
  tick: number
  /** When it was taken away, for those who have not heard yet. */
  goneAt: number | null
}

interface Pace {
  seen: number
  notBefore: number
}

const PENDING = Number.POSITIVE_INFINITY
const PERIOD_MS = 1000 / PRESENCE_CAPS.hz
/** How long it is told that somebody left, for viewers at one frame a second and more. */
const GONE_MS = 3000
/** Entries in one frame: stock providers send back everybody's. */
const MOST_ENTRIES = 2000

/** Own state in an awareness update; null where it has none; `bad` where it is not one. */
export const ownState = (bytes: Uint8Array, client: number): string | null | 'bad' => {
  try {
    const decoder = decoding.createDecoder(bytes)
    const count = decoding.readVarUint(decoder)
    if (count > MOST_ENTRIES) return 'bad'
    for (let i = 0; i < count; i++) {
      const one = decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      if (one === client) return decoding.readVarString(decoder)
      const length = decoding.readVarUint(decoder)
      decoder.pos += length
    }
    return decoder.pos <= bytes.length ? null : 'bad'
  } catch {
    return 'bad'
  }
}

/** The id of an awareness update with a single state, or null. */
export const loneClient = (bytes: Uint8Array): number | null => {
  try {
    const decoder = decoding.createDecoder(bytes)
    return decoding.readVarUint(decoder) === 1 ? decoding.readVarUint(decoder) : null
  } catch {
    return null
  }
}

/**
 * Who shows what on one board. States are stamped with the true identity, gathered, and sent as one frame a tick to each
 * viewer, only what changed, encoded once. A viewer's own state is left out: its own copy is newer.
 *
 * Clocks are the server's: an id that is lent again starts counting anew, and whoever heard of it before must still listen.
 */
export class PresenceBoard {
  readonly #shown = new Map<number, Shown>()
  readonly #paces = new Map<Viewer, Pace>()
  readonly #now: () => Instant
  #clock = 0
  #tick = 0
  #timer: NodeJS.Timeout | null = null
  #notBefore = 0
  frames = 0

  constructor(now: () => Instant) {
    this.#now = now
  }

  join(viewer: Viewer): void {
    this.#paces.set(viewer, { seen: this.#tick, notBefore: 0 })
    this.tell(viewer)
  }

  leave(viewer: Viewer): void {
    this.#paces.delete(viewer)
    if (viewer.client !== null) this.#put(viewer.client, 'null')
  }

  /** Everybody who is there. */
  tell(viewer: Viewer): void {
    const entries: Buffer[] = []
    for (const [client, { entry, goneAt }] of this.#shown)
      if (goneAt === null && client !== viewer.client) entries.push(entry)
    if (entries.length > 0) viewer.sendVolatile(awarenessFrame(entries.length, entries))
  }

  /**
   * Takes the viewer's own state out of an awareness update; states of others in it are let fall.
   *
   * @returns false where it is not a presence.
   */
  show(viewer: Viewer, actor: Actor, bytes: Uint8Array): boolean {
    if (viewer.client === null) return true
    const json = ownState(bytes, viewer.client)
    if (json === 'bad') return false
    if (json === null) return true
    if (json === 'null') {
      this.#put(viewer.client, 'null')
      return true
    }
    if (json.length > PRESENCE_CAPS.bytes) return false
    let value: unknown
    try {
      value = JSON.parse(json)
    } catch {
      return false
    }
    const presence = parsePresence(value)
    if (presence === null) return false
    if (presence.draw === undefined && json.length > PRESENCE_CAPS.plainBytes) return false
    this.#put(viewer.client, JSON.stringify({ by: actor.id, firm: actor.firm, ...presence }))
    return true
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#paces.clear()
    this.#shown.clear()
  }

  #put(client: number, json: string): void {
    const shown = this.#shown.get(client)
    if (json === 'null' && (shown === undefined || shown.goneAt !== null)) return
    this.#clock = Math.max(this.#clock + 1, this.#now())
    const entry = awarenessEntry(client, this.#clock, json)
    const goneAt = json === 'null' ? performance.now() : null
    this.#shown.set(client, { json, entry, tick: PENDING, goneAt })
    this.#wake()
  }

  #wake(): void {
    if (this.#timer || this.#paces.size === 0) return
    this.#timer = setTimeout(this.#run, Math.max(0, this.#notBefore - performance.now()))
  }

  #run = (): void => {
    this.#timer = null
    const now = performance.now()
    this.#notBefore = now + PERIOD_MS
    const tick = ++this.#tick
    for (const [client, shown] of this.#shown) {
      if (shown.tick === PENDING) shown.tick = tick
      else if (shown.goneAt !== null && now - shown.goneAt > GONE_MS) this.#shown.delete(client)
    }
    const news = new Map<number, News>()
    let behind = false
    for (const [viewer, pace] of this.#paces) {
      if (pace.seen >= tick) continue
      if (now < pace.notBefore) {
        behind = true
        continue
      }
      let since = news.get(pace.seen)
      if (!since) {
        since = newsSince(this.#shown, pace.seen)
        news.set(pace.seen, since)
      }
      pace.seen = tick
      const frame = frameFor(since, viewer.client)
      if (!frame) continue
      // A little less than a period, so that a viewer at the full rate never misses a tick by a hair.
      pace.notBefore = now + 1000 / viewer.hz - PERIOD_MS / 2
      this.frames++
      viewer.sendVolatile(frame)
    }
    if (behind) this.#wake()
  }
}

interface News {
  readonly count: number
  readonly frame: Buffer | null
  readonly body: Buffer
  readonly spans: ReadonlyMap<number, readonly [start: number, end: number]>
}

const newsSince = (all: ReadonlyMap<number, Shown>, seen: number): News => {
  const entries: Buffer[] = []
  const spans = new Map<number, readonly [number, number]>()
  let at = 0
  for (const [client, { entry, tick }] of all) {
    if (tick <= seen) continue
    entries.push(entry)
    spans.set(client, [at, at + entry.length])
    at += entry.length
  }
  const body = Buffer.concat(entries)
  return {
    count: entries.length,
    frame: entries.length > 0 ? awarenessFrame(entries.length, [body]) : null,
    body,
    spans,
  }
}

const frameFor = ({ count, frame, body, spans }: News, own: number | null): Buffer | null => {
  const span = own === null ? undefined : spans.get(own)
  if (!span) return frame
  return count === 1 ? null : awarenessFrame(count - 1, [body.subarray(0, span[0]), body.subarray(span[1])])
}
