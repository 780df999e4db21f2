import type { DatabaseSync } from 'node:sqlite'
import { deflateSync, inflateSync } from 'node:zlib'
import type { SheetId } from '../../../shared/domain/ids.ts'
import { packPattern, unpackPattern, type WirePattern } from '../../../shared/pattern/wire.ts'
import type { PatternStore, StoredRow, StoredVersion } from '../ports.ts'
import { inTransaction } from './records.ts'

type Row = Record<string, unknown>

const rowOf = (r: Row): StoredRow => ({
  sheet: r.sheet as SheetId,
  version: r.version as number,
  at: r.at as StoredRow['at'],
  by: r.by as StoredRow['by'],
  why: JSON.parse(r.why as string),
})

/** The largest nest that is stored unpacks to far less; a damaged row must not take the memory. */
const MOST_BYTES = 64 * 1024 * 1024

const versionOf = (r: Row | undefined): StoredVersion | null => {
  if (!r) return null
  const json = inflateSync(r.pattern as Uint8Array, { maxOutputLength: MOST_BYTES }).toString('utf8')
  return {
    ...rowOf(r),
    pattern: unpackPattern(JSON.parse(json) as WirePattern),
    layout: JSON.parse(r.layout as string),
  }
}

export const openVersions = (db: DatabaseSync): PatternStore => {
  const sql = {
    last: db.prepare('SELECT MAX(version) AS version FROM versions WHERE sheet = ?'),
    add: db.prepare('INSERT INTO versions (sheet, version, at, by, why, pattern, layout) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    newest: db.prepare('SELECT * FROM versions WHERE sheet = ? ORDER BY version DESC LIMIT 1'),
    find: db.prepare('SELECT * FROM versions WHERE sheet = ? AND version = ?'),
    rows: db.prepare('SELECT sheet, version, at, by, why FROM versions WHERE sheet = ? ORDER BY version DESC'),
  }
  return {
    add({ sheet, version, at, by, why, pattern, layout }) {
      const bytes = deflateSync(JSON.stringify(packPattern(pattern)))
      inTransaction(db, () => {
        const last = (sql.last.get(sheet) as { version: number | null }).version ?? 0
        if (version !== last + 1) throw new RangeError(`version ${version} of ${sheet} after ${last}`)
        sql.add.run(sheet, version, at, by, JSON.stringify(why), bytes, JSON.stringify(layout))
      })
    },
    newest: (sheet) => versionOf(sql.newest.get(sheet)),
    find: (sheet, version) => versionOf(sql.find.get(sheet, version)),
    rows: (sheet) => sql.rows.all(sheet).map(rowOf),
  }
}
