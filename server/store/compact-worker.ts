import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import { configure } from './sqlite/open.ts'

/**
 * Folds a room's log into a snapshot, in a thread and on a connection of its own, beside the traffic. A row of the log is
 * never touched; a snapshot that could not be written is one that is not there.
 */
const db = new DatabaseSync((workerData as { file: string }).file)
configure(db)
const snapshotOf = db.prepare('SELECT seq, state FROM snapshots WHERE room = ?')
const after = db.prepare('SELECT seq, bytes FROM updates WHERE room = ? AND seq > ? ORDER BY seq')
const put = db.prepare(
  `INSERT INTO snapshots (room, seq, state) VALUES (?, ?, ?)
   ON CONFLICT (room) DO UPDATE SET seq = excluded.seq, state = excluded.state WHERE excluded.seq > snapshots.seq`,
)

const fold = (room: string): number => {
  const snapshot = snapshotOf.get(room) as { seq: number; state: Uint8Array } | undefined
  const rows = after.all(room, snapshot?.seq ?? 0) as { seq: number; bytes: Uint8Array }[]
  const last = rows.at(-1)
  if (!last) return snapshot?.seq ?? 0
  const doc = new Y.Doc({ gc: true })
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot.state)
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  })
  put.run(room, last.seq, Y.encodeStateAsUpdate(doc))
  doc.destroy()
  return last.seq
}

parentPort?.on('message', (room: string) => {
  try {
    parentPort?.postMessage({ room, seq: fold(room) })
  } catch (error) {
    parentPort?.postMessage({ room, error: error instanceof Error ? error.message : String(error) })
  }
})
