import { randomInt } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { NotWritten } from '../ports.ts'

/** Why a data folder cannot be opened. */
export type NotOpened = 'in-use' | 'newer' | 'full' | 'broken' | 'not-a-folder'

export class StoreNotOpened extends Error {
  override readonly name = 'StoreNotOpened'
  readonly why: NotOpened
  readonly folder: string
  constructor(why: NotOpened, folder: string, cause?: unknown) {
    super(`data folder ${folder}: ${why}`, { cause })
    this.why = why
    this.folder = folder
  }
}

/** The one database of a data folder, with the lock that keeps a second server out. */
export interface Store {
  readonly db: DatabaseSync
  readonly file: string
  /** It is a copy that was put back: what people have seen since then is not in it, and no lease of before is good. */
  readonly restored: boolean
  /**
   * Runs `work` in one transaction; on disk when it returns.
   *
   * @throws {NotWritten} where SQLite could not write; nothing of it was kept. What `work` throws itself goes through.
   */
  write<T>(work: () => T): T
  close(): void
}

const DATABASE = 'puntada.db'
const LOCK = 'puntada.lock'
const MIGRATIONS = join(import.meta.dirname, '..', 'migrations')

/** SQLite result codes (https://sqlite.org/rescode.html), primary: the low eight bits. */
const BUSY = 5
const NOT_WRITTEN = new Map<number, NotWritten['why']>([
  [13, 'disk-full'],
  [10, 'io'],
  [8, 'io'],
  [11, 'io'],
  [14, 'io'],
])

const resultCode = (error: unknown): number | null => {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

/** The failure to write that an error of SQLite stands for, or null for any other error. */
export const notWritten = (error: unknown): NotWritten | null => {
  const code = resultCode(error)
  const why = code === null ? undefined : NOT_WRITTEN.get(code)
  return why === undefined ? null : new NotWritten(why, error)
}

/** Settings of every connection to the database, of the server and of its workers. */
export const configure = (db: DatabaseSync): void => {
  db.exec(
    'PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF',
  )
}

/**
 * An exclusive lock on a small database beside the real one, held for the life of the process: the system lets go of it
 * when the process ends, however it ends.
 */
const holdLock = (folder: string): DatabaseSync => {
  const lock = new DatabaseSync(join(folder, LOCK))
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return lock
  } catch (cause) {
    lock.close()
    throw resultCode(cause) === BUSY ? new StoreNotOpened('in-use', folder, cause) : cause
  }
}

interface Migration {
  readonly version: number
  readonly sql: string
}

const readMigrations = (): Migration[] =>
  readdirSync(MIGRATIONS)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ version: Number(name.slice(0, 3)), sql: readFileSync(join(MIGRATIONS, name), 'utf8') }))

const migrate = (db: DatabaseSync, folder: string): void => {
  const { user_version: at } = db.prepare('PRAGMA user_version').get() as { user_version: number }
  const migrations = readMigrations()
  const newest = migrations.at(-1)?.version ?? 0
  if (at > newest) throw new StoreNotOpened('newer', folder)
  for (const { version, sql } of migrations) {
    if (version <= at) continue
    db.exec('BEGIN IMMEDIATE')
    try {
      db.exec(sql)
      db.exec(`PRAGMA user_version = ${version}`)
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}

/**
 * Whether the database is a copy that was put back. Then every room's epoch is raised, since people still have what the copy has
 * not: whoever goes on from there would not see what is written in its place.
 */
const isPutBack = (db: DatabaseSync, lock: DatabaseSync, file: string): boolean => {
  const inode = String(statSync(file, { bigint: true }).ino)
  const place = db.prepare('SELECT inode, mark FROM place').get() as { inode: string; mark: number } | undefined
  const { user_version: last } = lock.prepare('PRAGMA user_version').get() as { user_version: number }
  const putBack = place !== undefined && (place.inode !== inode || place.mark !== last)
  // Another one each time, so that an older copy written over the database shows as well.
  const mark = randomInt(1, 2 ** 31 - 1)
  try {
    db.exec('BEGIN IMMEDIATE')
    if (putBack)
      db.exec(`INSERT INTO epochs (room, epoch) SELECT room, 2 FROM (SELECT room FROM updates UNION SELECT room FROM leases) WHERE true
               ON CONFLICT (room) DO UPDATE SET epoch = epoch + 1`)
    db.prepare('INSERT OR REPLACE INTO place (one, inode, mark) VALUES (1, ?, ?)').run(inode, mark)
    db.exec('COMMIT')
    lock.exec(`PRAGMA user_version = ${mark}; COMMIT; BEGIN EXCLUSIVE`)
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    // A disk that is full at the start keeps nobody from reading: the mark stays the one of before.
    if (putBack || notWritten(error) === null) throw error
  }
  return putBack
}

/** Not by `recursive`, which tries for ever where a parent takes no folders, as `/proc` does. */
const makeFolder = (folder: string): void => {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/**
 * Opens the data folder, makes it where there is none, and brings the database up to date.
 *
 * @throws {StoreNotOpened} `in-use` by another server, `newer` than this code, `broken`, or `not-a-folder`.
 */
export const openStore = (folder: string): Store => {
  try {
    makeFolder(folder)
  } catch (cause) {
    throw new StoreNotOpened('not-a-folder', folder, cause)
  }
  let lock: DatabaseSync | null = null
  let db: DatabaseSync | null = null
  const file = join(folder, DATABASE)
  let restored = false
  try {
    lock = holdLock(folder)
    db = new DatabaseSync(file)
    configure(db)
    migrate(db, folder)
    restored = isPutBack(db, lock, file)
  } catch (error) {
    db?.close()
    lock?.close()
    if (error instanceof StoreNotOpened) throw error
    throw new StoreNotOpened(notWritten(error)?.why === 'disk-full' ? 'full' : 'broken', folder, error)
  }
  const opened = db
  const held = lock
  const begin = opened.prepare('BEGIN IMMEDIATE')
  const commit = opened.prepare('COMMIT')
  return {
    db: opened,
    file,
    restored,
    write(work) {
      try {
        begin.run()
        const made = work()
        commit.run()
        return made
      } catch (error) {
        // A full disk may have rolled back by itself.
        if (opened.isTransaction) opened.exec('ROLLBACK')
        throw notWritten(error) ?? error
      }
    },
    close() {
      if (!opened.isOpen) return
      opened.close()
      held.close()
    },
  }
}
