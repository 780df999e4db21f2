import type { PersonId } from '../../../shared/domain/ids.ts'
import { instant } from '../../../shared/domain/units.ts'
import type { Lease, LoggedAct, UpdateLog } from '../ports.ts'
import type { Store } from './open.ts'

interface UpdateRow {
  seq: number
  at: number
  bytes: Uint8Array
  acts: string
}
interface LeaseRow {
  client: number
  person: string | null
  grant_: string
  state: Lease['state']
  seen: number
  epoch: number
}

/** The update log in SQLite. Each `append` is one transaction with `synchronous = FULL`: on disk when it returns. */
export const openUpdates = (store: Store): UpdateLog => {
  const { db } = store
  const lastOf = db.prepare('SELECT max(seq) AS seq FROM updates WHERE room = ?')
  const insert = db.prepare('INSERT INTO updates (room, seq, at, bytes, acts) VALUES (?, ?, ?, ?, ?)')
  const putLease = db.prepare(
    `INSERT INTO leases (room, client, person, grant_, state, seen, epoch) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (room, client) DO UPDATE
     SET person = excluded.person, grant_ = excluded.grant_, state = excluded.state, seen = excluded.seen, epoch = excluded.epoch
     WHERE leases.state <> 'closed'`,
  )
  const snapshotOf = db.prepare('SELECT seq, state FROM snapshots WHERE room = ?')
  const after = db.prepare('SELECT seq, at, bytes, acts FROM updates WHERE room = ? AND seq > ? ORDER BY seq')
  const leasesOf = db.prepare('SELECT client, person, grant_, state, seen, epoch FROM leases WHERE room = ?')
  const epochOf = db.prepare('SELECT epoch FROM epochs WHERE room = ?')
  const putSnapshot = db.prepare(
    `INSERT INTO snapshots (room, seq, state) VALUES (?, ?, ?)
     ON CONFLICT (room) DO UPDATE SET seq = excluded.seq, state = excluded.state WHERE excluded.seq > snapshots.seq`,
  )
  const readEpoch = (room: string): number => (epochOf.get(room) as { epoch: number } | undefined)?.epoch ?? 1
  const readLast = (room: string): number => (lastOf.get(room) as { seq: number | null }).seq ?? 0

  return {
    append(updates, leases = [], alongside = []) {
      return store.write(() => {
        const last = new Map<string, number>()
        const seqs: number[] = []
        for (const { room, at, bytes, acts } of updates) {
          const seq = (last.get(room) ?? readLast(room)) + 1
          last.set(room, seq)
          insert.run(room, seq, at, bytes, JSON.stringify(acts))
          seqs.push(seq)
        }
        for (const { room, client, person, grant, state, seen, epoch } of leases)
          putLease.run(room, client, person, grant, state, seen, epoch)
        for (const write of alongside) write()
        return seqs
      })
    },
    load(room) {
      const snapshot = snapshotOf.get(room) as { seq: number; state: Uint8Array } | undefined
      const rows = after.all(room, snapshot?.seq ?? 0) as unknown as UpdateRow[]
      const leases = leasesOf.all(room) as unknown as LeaseRow[]
      return {
        updates: [...(snapshot ? [snapshot.state] : []), ...rows.map((row) => row.bytes)],
        seq: rows.at(-1)?.seq ?? snapshot?.seq ?? 0,
        tail: rows.length,
        leases: leases.map(({ client, person, grant_, state, seen, epoch }) => ({
          room,
          client,
          person: person as PersonId | null,
          grant: grant_,
          state,
          seen: instant(seen),
          epoch,
        })),
        epoch: readEpoch(room),
      }
    },
    since(room, since) {
      const rows = after.all(room, since) as unknown as UpdateRow[]
      return rows.map(({ seq, at, bytes, acts }) => ({
        room,
        seq,
        at: instant(at),
        bytes,
        acts: JSON.parse(acts) as LoggedAct[],
      }))
    },
    snapshot(room, seq, state) {
      store.write(() => putSnapshot.run(room, seq, state))
    },
  }
}
