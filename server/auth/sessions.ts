import type { PersonId } from '../../shared/domain/ids.ts'
import type { Role } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Accounts, StoredSession } from '../store/records-port.ts'
import { hashOfToken, isToken, newToken } from './random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long a sign-in lives: unused, and at all. Who runs the rooms has shorter ones (ASVS 7.3). */
export const livesFor = (role: Role): { idle: number; whole: number } =>
  role === 'facilitator' ? { idle: 2 * HOUR, whole: 24 * HOUR } : { idle: 12 * HOUR, whole: 14 * DAY }

const MOST = 5
/** `seen` is written at most this often. */
const GRAIN = MINUTE

/** Sign-ins: an opaque token in a cookie, its hash here and on disk. */
export interface Sessions {
  /** @returns the token for the cookie. A sixth sign-in ends the one that was longest unused. */
  begin(person: PersonId, agent: string): { token: string; session: StoredSession }
  /** The live session behind a token, now used; null where there is none (any more). */
  find(token: string | undefined): StoredSession | null
  of(person: PersonId): readonly StoredSession[]
  end(which: (session: StoredSession) => boolean): void
  /** Ends what has run out; asked now and then so that sockets go too. */
  sweep(): void
}

export const openSessions = (
  accounts: Accounts,
  needs: {
    now(): Instant
    newId(): string
    roleOf(person: PersonId): Role | null
    /** Their sockets must go, and the views that they made. */
    ended(sessions: readonly StoredSession[]): void
  },
): Sessions => {
  const live = new Map(accounts.sessions().map((session) => [session.hash, session]))

  const hasRunOut = (session: StoredSession, now: Instant): boolean => {
    const role = needs.roleOf(session.person)
    if (role === null) return true
    const { idle, whole } = livesFor(role)
    return now >= session.seen + idle || now >= session.made + whole
  }
  const drop = (gone: readonly StoredSession[]): void => {
    if (gone.length === 0) return
    for (const { hash } of gone) live.delete(hash)
    try {
      accounts.dropSessions(gone.map((s) => s.hash))
    } finally {
      needs.ended(gone)
    }
  }
  const of = (person: PersonId): StoredSession[] =>
    [...live.values()].filter((s) => s.person === person).sort((a, b) => b.seen - a.seen)

  return {
    begin(person, agent) {
      drop(of(person).slice(MOST - 1))
      const token = newToken()
      const at = needs.now()
      const session = { hash: hashOfToken(token), id: needs.newId(), person, made: at, seen: at, agent }
      accounts.putSession(session)
      live.set(session.hash, session)
      return { token, session }
    },
    find(token) {
      if (!isToken(token)) return null
      const session = live.get(hashOfToken(token))
      if (!session) return null
      const now = needs.now()
      if (hasRunOut(session, now)) {
        drop([session])
        return null
      }
      if (now - session.seen < GRAIN) return session
      const seen = { ...session, seen: now }
      live.set(seen.hash, seen)
      try {
        accounts.putSession(seen)
      } catch {
        // A full disk must not sign anybody out: memory knows, and the next minute tries again.
      }
      return seen
    },
    of,
    end: (which) => drop([...live.values()].filter(which)),
    sweep() {
      const now = needs.now()
      drop([...live.values()].filter((session) => hasRunOut(session, now)))
    },
  }
}
