import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StoredVersion } from '../../server/store/ports.ts'
import { openStore, type Store } from '../../server/store/sqlite/open.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openVersions } from '../../server/store/sqlite/versions.ts'
import { layOut } from '../../shared/pattern/layout.ts'
import { SHEET } from '../support/atelier.ts'
import { NOON } from '../support/people.ts'
import { skirt } from '../support/skirt.ts'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puntada-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const version = (n: number, over: Partial<StoredVersion> = {}): StoredVersion => ({
  sheet: SHEET,
  version: n,
  at: NOON,
  by: 'ines' as never,
  why: { is: 'import', file: 'falda.dxf' },
  pattern: { ...skirt, name: `Falda ${n}` },
  layout: layOut(skirt),
  ...over,
})

describe('versions', () => {
  it('are read as they were written, the newest first', () => {
    const versions = openVersions(store.db)
    expect(versions.newest(SHEET)).toBeNull()
    versions.add(version(1))
    versions.add(version(2, { why: { is: 'proposal', mark: 'uma_aaaa' as never, author: 'uma' as never } }))
    versions.add(version(1, { sheet: 'otra1' as never }))
    const again = openVersions(store.db)
    expect(again.newest(SHEET)).toEqual(
      version(2, { why: { is: 'proposal', mark: 'uma_aaaa', author: 'uma' } as never }),
    )
    expect(again.find(SHEET, 1)).toEqual(version(1))
    expect(again.find(SHEET, 3)).toBeNull()
    expect(again.rows(SHEET).map((row) => [row.version, row.why.is])).toEqual([
      [2, 'proposal'],
      [1, 'import'],
    ])
  })

  it('are only ever added, one after the other', () => {
    const versions = openVersions(store.db)
    expect(() => versions.add(version(2))).toThrow(RangeError)
    versions.add(version(1))
    expect(() => versions.add(version(1))).toThrow(RangeError)
    expect(() => versions.add(version(3))).toThrow(RangeError)
    expect(() => store.db.exec("UPDATE versions SET by = 'tao'")).toThrow(/only ever added/)
    expect(() => store.db.exec('DELETE FROM versions')).toThrow(/only ever added/)
    expect(versions.rows(SHEET)).toHaveLength(1)
  })

  it('go with the transaction that they are part of', () => {
    const versions = openVersions(store.db)
    expect(() =>
      store.write(() => {
        versions.add(version(1))
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(versions.newest(SHEET)).toBeNull()
  })
})

describe('a data folder of before there were patterns', () => {
  it('keeps its sheets, and its trainees begin with stitches', () => {
    const old = mkdtempSync(join(tmpdir(), 'puntada-'))
    try {
      const db = new DatabaseSync(join(old, 'puntada.db'))
      for (const name of ['001-log', '002-records', '003-acts', '004-register', '005-register-head'])
        db.exec(readFileSync(join(import.meta.dirname, '../../server/store/migrations', `${name}.sql`), 'utf8'))
      db.exec(`PRAGMA user_version = 5;
        INSERT INTO firms VALUES ('taller', 'T', 'mentor', 1), ('hilo', 'H', 'trainee', 1);
        INSERT INTO people VALUES ('ines', 'I', 'taller', 'mentor', 1, 1), ('tao', 'T', 'hilo', 'trainee', 0, 1),
          ('oru', 'O', NULL, 'facilitator', 0, 1);
        INSERT INTO collections VALUES ('otono', 'taller', 'C', '', 1);
        INSERT INTO boards VALUES ('mesa1', 'otono', 'taller', 'M', '', 1);
        INSERT INTO sheets VALUES ('hoja1', 'mesa1', 'taller', NULL, 'pdf', 'H', 210, 297, 1, 'true-size', 5, 6, 1, 0, 1,
          '{"tile":512,"levels":1,"width":10,"height":10}', 1);`)
      db.close()
      const opened = openStore(old)
      const records = openRecords(opened.db)
      expect(records.people().map(({ id, level }) => [id, level])).toEqual([
        ['ines', null],
        ['tao', 'puntada'],
        ['oru', null],
      ])
      expect(records.sheet('hoja1' as never)).toMatchObject({ kind: 'pdf', width: 210, place: { x: 5, y: 6, turn: 1 } })
      expect(records.sheet('hoja1' as never)).not.toHaveProperty('version')
      records.setLevel('tao' as never, 'diseno')
      expect(openRecords(opened.db).actor('tao' as never)).toMatchObject({ level: 'diseno' })
      opened.close()
    } finally {
      rmSync(old, { recursive: true, force: true })
    }
  })
})
