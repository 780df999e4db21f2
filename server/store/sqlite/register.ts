import type { DatabaseSync } from 'node:sqlite'
import type { RegisteredRow, RegisterHead, RegisterStore } from '../records-port.ts'
import { asNotWritten } from './records.ts'

const COLUMNS = 'seq, at, person, firm, act, board, sheet, code, hash'

export const openRegisterStore = (db: DatabaseSync): RegisterStore => {
  const sql = {
    head: db.prepare(`SELECT ${COLUMNS} FROM register ORDER BY seq DESC LIMIT 1`),
    append: db.prepare(`INSERT INTO register (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    knows: db.prepare('SELECT 1 FROM register WHERE code = ?'),
    ofBoard: db.prepare(`SELECT ${COLUMNS} FROM register WHERE board = ? ORDER BY seq DESC LIMIT ?`),
    // A swatch that is gone has its upload still, which says whose it was.
    ofFirm: db.prepare(
      `SELECT ${COLUMNS} FROM register WHERE board = ? AND (firm = ? OR (act = 'swatch'
       AND sheet IN (SELECT id FROM uploads WHERE board = register.board AND firm = ?))) ORDER BY seq DESC LIMIT ?`,
    ),
    from: db.prepare(`SELECT ${COLUMNS} FROM register WHERE seq >= ? ORDER BY seq LIMIT ?`),
    kept: db.prepare('SELECT seq, hash, all_at AS allAt FROM register_head'),
    keep: db.prepare('INSERT OR REPLACE INTO register_head (one, seq, hash, all_at) VALUES (1, ?, ?, ?)'),
  }
  const rowOf = (row: Record<string, unknown>): RegisteredRow => ({ ...row }) as unknown as RegisteredRow
  return {
    head: () => {
      const row = sql.head.get()
      return row ? rowOf(row) : null
    },
    append: (r) => {
      try {
        sql.append.run(r.seq, r.at, r.person, r.firm, r.act, r.board, r.sheet, r.code, r.hash)
      } catch (error) {
        throw asNotWritten(error)
      }
    },
    knows: (code) => sql.knows.get(code) !== undefined,
    ofBoard: (board, most) => sql.ofBoard.all(board, most).map(rowOf),
    ofFirm: (board, firm, most) => sql.ofFirm.all(board, firm, firm, most).map(rowOf),
    from: (seq, most) => sql.from.all(seq, most).map(rowOf),
    kept: () => (sql.kept.get() as RegisterHead | undefined) ?? null,
    keep: ({ seq, hash, allAt }) => {
      try {
        sql.keep.run(seq, hash, allAt)
      } catch (error) {
        throw asNotWritten(error)
      }
    },
  }
}
