import type { Reason } from '../access/rules.ts'
import type { Malformed } from '../document/changes.ts'

/**
 * What whoever was refused does next.
 *
 * - `fresh-copy`: throw the local copy away, lease a new client id, keep the work as a draft.
 * - `again`: come back at once and be judged afresh.
 * - `later`: the same thing may work in a moment.
 * - `sign-in`: nobody is signed in.
 * - `never`: it will not work; say why.
 */
export type Retry = 'fresh-copy' | 'again' | 'later' | 'sign-in' | 'never'

export interface RefusalRow {
  /**
   * Close code of the socket. A stock y-websocket provider never comes back by itself after 4400–4499 and does after every
   * other code, so what mends itself lies outside that range.
   */
  readonly close: number
  /** HTTP status, where the same refusal is answered there. */
  readonly http: number
  readonly retry: Retry
}

/** One update that was judged and not accepted: the client id that sent it is closed for good. */
const refused = (http: number): RefusalRow => ({ close: 4409, http, retry: 'fresh-copy' })

/** Why the gate does not accept an update, before any right is asked: see `server/rooms/describe.ts`. */
export const GATE_CODES = [
  'not-an-update',
  'trailing-bytes',
  'many-clients',
  'forged-client',
  'gap',
  'overlap',
  'missing-origin',
  'forward-reference',
  'right-origin',
  'skip',
  'bad-content',
  'bad-parent',
  'wrong-place',
  'not-a-key',
  'forbidden-key',
  'too-many-structs',
  'too-many-deletes',
  'too-long',
  'delete-beyond',
  'unbound-client',
] as const
export type GateCode = (typeof GATE_CODES)[number]

const gate: Record<GateCode, RefusalRow> = {
  'not-an-update': refused(400),
  'trailing-bytes': refused(400),
  'many-clients': refused(400),
  'forged-client': refused(403),
  gap: refused(409),
  overlap: refused(409),
  'missing-origin': refused(409),
  'forward-reference': refused(400),
  'right-origin': refused(400),
  skip: refused(400),
  'bad-content': refused(400),
  'bad-parent': refused(400),
  'wrong-place': refused(400),
  'not-a-key': refused(400),
  'forbidden-key': refused(400),
  'too-many-structs': refused(413),
  'too-many-deletes': refused(413),
  'too-long': refused(413),
  'delete-beyond': refused(409),
  'unbound-client': refused(403),
}

/** Changes that the schema of the document does not know. */
const schema: Record<Malformed, RefusalRow> = {
  'unknown-root': refused(400),
  'server-only': refused(403),
  'unknown-key': refused(400),
  'bad-id': refused(400),
  'bad-value': refused(400),
  incomplete: refused(400),
  'already-there': refused(409),
  fixed: refused(403),
  gone: refused(409),
  'too-many-replies': refused(409),
}

/** Reasons of `judge`. Where a whole board may not be seen the socket is never made: the upgrade answers 404. */
const rights: Record<Reason, RefusalRow> = {
  'not-found': refused(404),
  'not-office': refused(403),
  'not-your-firm': refused(403),
  'not-admin': refused(403),
  'not-mentor-admin': refused(403),
  'not-author': refused(403),
  'others-replied': refused(409),
  'not-owner-or-author': refused(403),
  level: refused(403),
  decided: refused(409),
  'foreign-swatch': refused(403),
}

/** What ends a connection for other reasons than a change that was refused. */
const connection = {
  /** Access may have changed: come back through the one door. */
  'access-changed': { close: 4205, http: 403, retry: 'again' },
  /** Client id and grant are not (any more) this person's: ask for a lease and start afresh. */
  'lease-lost': { close: 4410, http: 409, retry: 'fresh-copy' },
  /** Another connection with the same grant took over. */
  superseded: { close: 4206, http: 409, retry: 'again' },
  'bad-frame': { close: 4400, http: 400, retry: 'never' },
  'too-large': { close: 1009, http: 413, retry: 'fresh-copy' },
  rate: { close: 4529, http: 429, retry: 'later' },
  'slow-reader': { close: 4508, http: 408, retry: 'again' },
  /** Nothing was written and nothing was shown; reading goes on. */
  'disk-full': { close: 4507, http: 507, retry: 'later' },
  /** The server lost its own copy of the room and loads it again. */
  reloaded: { close: 4503, http: 503, retry: 'again' },
  'server-stopping': { close: 1012, http: 503, retry: 'again' },
  'signed-out': { close: 4401, http: 401, retry: 'sign-in' },
} as const satisfies Record<string, RefusalRow>

export const SYNC_REFUSALS = { ...gate, ...schema, ...rights, ...connection } as const
/** Every code with which the document channel says no. */
export type SyncRefusal = keyof typeof SYNC_REFUSALS

/** The reason in the close frame: JSON, at most 123 bytes. */
export const closeReason = (code: SyncRefusal): string => JSON.stringify({ r: code })

/** Reads a close frame's reason; null where it has none of ours. */
export const parseCloseReason = (text: string): SyncRefusal | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'r')) return null
    const code = (value as { r: unknown }).r
    return typeof code === 'string' && Object.hasOwn(SYNC_REFUSALS, code) ? (code as SyncRefusal) : null
  } catch {
    return null
  }
}
