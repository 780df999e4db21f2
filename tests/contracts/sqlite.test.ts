import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openCompactor } from '../../server/store/compact.ts'
import type { UpdateLog } from '../../server/store/ports.ts'
import { openStore, type Store, StoreNotOpened } from '../../server/store/sqlite/open.ts'
import { openUpdates } from '../../server/store/sqlite/updates.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import { instant } from '../../shared/domain/units.ts'
import { updateLogContract } from './updateLog.ts'

const folders: string[] = []
const stores: Store[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'puntada-'))
  folders.push(made)
  return made
}
const open = (at: string): Store => {
  const store = openStore(at)
  stores.push(store)
  return store
}
afterEach(() => {
  for (const store of stores.splice(0)) if (store.db.isOpen) store.close()
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true })
})

describe('the update log in SQLite', () => {
  updateLogContract(async () => {
    const at = folder()
    let store = open(at)
    return {
      log: openUpdates(store),
      async reopen() {
        store.close()
        store = open(at)
        return openUpdates(store)
      },
      fill() {
        const { page_count } = store.db.prepare('PRAGMA page_count').get() as { page_count: number }
        store.db.exec(`PRAGMA max_page_count = ${page_count}`)
      },
    }
  })
})

describe('a data folder', () => {
  const why = (at: string): string => {
    try {
      open(at)
      return 'opened'
    } catch (error) {
      return error instanceof StoreNotOpened ? error.why : String(error)
    }
  }

  it('knows when it is a copy that was put back, and voids what was lent before', () => {
    const at = folder()
    const first = open(at)
    const lease = {
      client: 7,
      person: 'tao' as PersonId,
      grant: 'g',
      state: 'open',
      seen: instant(1),
      epoch: 1,
    } as const
    openUpdates(first).append([{ room: 'a', at: instant(1), bytes: new Uint8Array([1]), acts: [] }])
    openUpdates(first).append([], [{ room: 'b', ...lease }])
    const reopened = (where: string): Store => {
      for (const store of stores.splice(0)) if (store.db.isOpen) store.close()
      return open(where)
    }
    expect([first.restored, reopened(at).restored, reopened(at).restored]).toEqual([false, false, false])
    reopened(at).close()
    const copy = join(folder(), 'puntada.db')
    copyFileSync(join(at, 'puntada.db'), copy)
    const elsewhere = folder()
    copyFileSync(copy, join(elsewhere, 'puntada.db'))
    const epochs = ({ load }: UpdateLog): number[] => ['a', 'b', 'c'].map((room) => load(room).epoch)
    const put = reopened(elsewhere)
    expect([put.restored, ...epochs(openUpdates(put))]).toEqual([true, 2, 2, 1])
    expect(reopened(elsewhere).restored).toBe(false)
    // The whole folder, lock and all; and an older copy written over the database where it lies.
    reopened(elsewhere).close()
    const whole = folder()
    cpSync(elsewhere, whole, { recursive: true })
    const again = reopened(whole)
    expect([again.restored, ...epochs(openUpdates(again))]).toEqual([true, 3, 3, 1])
    again.close()
    copyFileSync(copy, join(whole, 'puntada.db'))
    expect(reopened(whole).restored).toBe(true)
  })

  it('belongs to one server at a time', () => {
    const at = folder()
    const first = open(at)
    expect(why(at)).toBe('in-use')
    first.close()
    expect(why(at)).toBe('opened')
  })

  it('is not touched where a newer version made it', () => {
    const at = folder()
    const store = open(at)
    store.db.exec('PRAGMA user_version = 999')
    store.close()
    expect(why(at)).toBe('newer')
    expect(why(at)).toBe('newer')
  })

  it('says where it is broken, or no folder', () => {
    const at = folder()
    writeFileSync(join(at, 'puntada.db'), 'this is not a database, whatever its name says')
    expect(why(at)).toBe('broken')
    writeFileSync(join(at, 'file'), '')
    expect(why(join(at, 'file'))).toBe('not-a-folder')
  })

  it('waits for the disk', () => {
    const { db } = open(folder())
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    expect(db.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 })
  })
})

describe('folding a log', () => {
  it('makes loading short and changes nothing that is loaded', async () => {
    const store = open(folder())
    const log = openUpdates(store)
    const doc = new Y.Doc()
    doc.on('update', (bytes: Uint8Array) => log.append([{ room: 'a', at: instant(1), bytes, acts: [] }]))
    for (let i = 0; i < 200; i++) doc.getMap('m').set(`k${i % 7}`, i)
    const compactor = openCompactor(store.file, {
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    })
    compactor.compact('a')
    compactor.compact('a')
    // Beside the traffic: what is appended meanwhile is either in it or after it.
    for (let i = 0; i < 20; i++) doc.getMap('m').set('late', i)
    await compactor.idle()
    const loaded = log.load('a')
    expect(loaded.seq).toBe(220)
    expect(loaded.tail).toBeLessThanOrEqual(20)
    const again = new Y.Doc()
    for (const bytes of loaded.updates) Y.applyUpdate(again, bytes)
    expect(again.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON())
    expect(log.since('a', 0)).toHaveLength(220)
    await compactor.close()
  })
})
