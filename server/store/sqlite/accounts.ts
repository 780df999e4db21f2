import type { DatabaseSync } from 'node:sqlite'
import type { FirmId, InvitationId, PersonId } from '../../../shared/domain/ids.ts'
import type { Role } from '../../../shared/domain/people.ts'
import type { Instant } from '../../../shared/domain/units.ts'
import type { Account, Accounts, StoredInvitation, StoredSession } from '../records-port.ts'
import { asNotWritten, inTransaction } from './records.ts'

export const openAccounts = (db: DatabaseSync): Accounts => {
  const sql = {
    byEmail: db.prepare('SELECT person, email, secret FROM accounts WHERE email = ?'),
    byPerson: db.prepare('SELECT person, email, secret FROM accounts WHERE person = ?'),
    account: db.prepare(
      `INSERT INTO accounts (person, email, secret, changed) VALUES (?, ?, ?, ?)
       ON CONFLICT (person) DO UPDATE SET email = excluded.email, secret = excluded.secret, changed = excluded.changed`,
    ),
    sessions: db.prepare('SELECT hash, id, person, made, seen, agent FROM sessions'),
    session: db.prepare(
      `INSERT INTO sessions (hash, id, person, made, seen, agent) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (hash) DO UPDATE SET seen = excluded.seen`,
    ),
    noSession: db.prepare('DELETE FROM sessions WHERE hash = ?'),
    invitation: db.prepare('SELECT * FROM invitations WHERE hash = ?'),
    invitations: db.prepare('SELECT * FROM invitations ORDER BY at DESC'),
    putInvitation: db.prepare(
      `INSERT INTO invitations (id, hash, kind, firm, name, role, made_by, at, until_at, used_at, used_by, withdrawn_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET firm = excluded.firm, used_at = excluded.used_at, used_by = excluded.used_by,
         withdrawn_at = excluded.withdrawn_at`,
    ),
  }
  const written = (run: () => void): void => {
    try {
      run()
    } catch (error) {
      throw asNotWritten(error)
    }
  }
  return {
    byEmail: (email) => (sql.byEmail.get(email) as Account | undefined) ?? null,
    byPerson: (person) => (sql.byPerson.get(person) as Account | undefined) ?? null,
    putAccount: (a, at) => written(() => sql.account.run(a.person, a.email, a.secret, at)),
    sessions: () => sql.sessions.all().map((row) => ({ ...row }) as unknown as StoredSession),
    putSession: (s) => written(() => sql.session.run(s.hash, s.id, s.person, s.made, s.seen, s.agent)),
    dropSessions: (hashes) =>
      inTransaction(db, () => {
        for (const hash of hashes) sql.noSession.run(hash)
      }),
    invitation: (hash) => {
      const row = sql.invitation.get(hash)
      return row ? invitationOf(row) : null
    },
    invitations: () => sql.invitations.all().map(invitationOf),
    putInvitation: (i) =>
      written(() =>
        sql.putInvitation.run(
          ...[i.id, i.hash, i.for, i.firm, i.name, i.role, i.by, i.at, i.until, i.usedAt, i.usedBy, i.withdrawnAt],
        ),
      ),
  }
}

const invitationOf = (r: Record<string, unknown>): StoredInvitation => ({
  id: r.id as InvitationId,
  hash: r.hash as string,
  for: r.kind as StoredInvitation['for'],
  firm: r.firm as FirmId | null,
  name: r.name as string | null,
  role: r.role as Role,
  by: r.made_by as PersonId,
  at: r.at as Instant,
  until: r.until_at as Instant,
  usedAt: r.used_at as Instant | null,
  usedBy: r.used_by as PersonId | null,
  withdrawnAt: r.withdrawn_at as Instant | null,
})
