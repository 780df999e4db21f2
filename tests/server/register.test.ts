import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOf, openRegister, ZERO } from '../../server/register.ts'
import { checkRegister, type RegisterCheck } from '../../server/registerCheck.ts'
import type { Log } from '../../server/rooms/ports.ts'
import type { RegisterEntry } from '../../server/store/records-port.ts'
import { openStore, type Store } from '../../server/store/sqlite/open.ts'
import { openRegisterStore } from '../../server/store/sqlite/register.ts'
import type { BoardId, FirmId, PersonId, SheetId } from '../../shared/domain/ids.ts'
import { type Instant, instant } from '../../shared/domain/units.ts'
import { NOON } from '../support/people.ts'
import { startServer } from '../support/server.ts'

const DAY = 24 * 3_600_000

let folder: string
let store: Store
let now: Instant
let errors: object[]
const log: Log = { info: () => undefined, warn: () => undefined, error: (what) => void errors.push(what) }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puntada-register-'))
  store = openStore(folder)
  now = NOON
  errors = []
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const entry = (n: number): RegisterEntry => ({
  at: instant(NOON + n),
  person: 'tao' as PersonId,
  firm: 'hilvan' as FirmId,
  act: 'view',
  board: 'falda' as BoardId,
  sheet: 'hoja1' as SheetId,
  code: `CODE-${n}`,
})
const looks = (count: number): void => {
  store.write(() => {
    const register = openRegister(openRegisterStore(store.db))
    const before = openRegisterStore(store.db).head()?.seq ?? 0
    for (let i = 1; i <= count; i++) register.write(entry(before + i))
  })
}
/** What somebody with the file in their hands can do. */
const tamper = (sql: string): void => {
  store.db.exec(`DROP TRIGGER IF EXISTS register_keeps; DROP TRIGGER IF EXISTS register_stays; ${sql}`)
}
/** As at a start of the server. */
const start = async (): Promise<RegisterCheck> => {
  const check = checkRegister(openRegisterStore(store.db), () => now, log)
  await check.idle()
  return check
}

describe('the register, asked whether it is what was written,', () => {
  it('is whole where nobody was at it, empty or long, and says so again for what came since', async () => {
    expect((await start()).state()).toEqual({ is: 'whole', row: 0, brokenRow: null, at: NOON })
    looks(1300)
    expect((await start()).state()).toMatchObject({ is: 'whole', row: 1300 })
    looks(7)
    expect((await start()).state()).toMatchObject({ is: 'whole', row: 1307 })
    expect(errors).toEqual([])
  })

  it('is checked beside the traffic where it is long: the start has it begun and goes on', async () => {
    looks(1300)
    const check = checkRegister(openRegisterStore(store.db), () => now, log)
    expect(check.state()).toMatchObject({ is: 'checking' })
    looks(5)
    await check.idle()
    expect(check.state()).toMatchObject({ is: 'whole', row: 1300 })
  })

  it('shows any change to a row that came since the last time', async () => {
    looks(10)
    await start()
    looks(10)
    const changes = {
      16: "UPDATE register SET person = 'ines' WHERE seq = 16",
      12: 'DELETE FROM register WHERE seq = 12',
      11: "UPDATE register SET code = 'OTHER' WHERE seq = 11",
    }
    for (const [row, sql] of Object.entries(changes).reverse()) {
      tamper(sql)
      expect((await start()).state()).toMatchObject({ is: 'broken', brokenRow: Number(row) })
      expect(errors.at(-1)).toEqual({ row: Number(row) })
    }
  })

  it('shows rows that are gone from the end, and a chain that was made anew', async () => {
    looks(10)
    await start()
    tamper('DELETE FROM register WHERE seq > 8')
    expect((await start()).state()).toMatchObject({ is: 'broken', brokenRow: 9 })
    const register = openRegisterStore(store.db)
    let before = ZERO
    tamper("UPDATE register SET person = 'zoe' WHERE seq = 3")
    for (const row of register.from(1, 10)) {
      before = hashOf(before, row)
      store.db.prepare('UPDATE register SET hash = ? WHERE seq = ?').run(before, row.seq)
    }
    looks(2)
    expect((await start()).state()).toMatchObject({ is: 'broken', brokenRow: 10 })
  })

  it('shows a change to an old row within a day, while it runs and at the next start', async () => {
    looks(10)
    const check = await start()
    tamper('UPDATE register SET at = at + 1 WHERE seq = 4')
    looks(1)
    expect((await start()).state().is).toBe('whole')
    now = instant(now + DAY - 1)
    check.tick()
    expect(check.state().is).toBe('whole')
    now = instant(now + 1)
    check.tick()
    await check.idle()
    expect(check.state()).toMatchObject({ is: 'broken', brokenRow: 4, at: now })
    expect((await start()).state()).toMatchObject({ is: 'broken', brokenRow: 4 })
    // It is not asked all over again at each tick, and goes on being told.
    check.tick()
    expect(errors).toHaveLength(2)
    check.stop()
  })
})

describe('an operator', () => {
  it('is told at /healthz, in /metrics and in the log that a row is not what was written', async () => {
    looks(3)
    store.close()
    const first = await startServer({ data: folder })
    expect(await (await fetch(`${first.address}/healthz`)).json()).toMatchObject({ status: 'ready', register: 'whole' })
    expect(await (await fetch(`${first.address}/metrics`)).text()).toMatch(/^puntada_register_broken_row 0$/m)
    await first.stop()

    store = openStore(folder)
    looks(2)
    tamper("UPDATE register SET person = 'ines' WHERE seq = 4")
    store.close()
    const second = await startServer({ data: folder, log })
    const health = await fetch(`${second.address}/healthz`)
    expect(health.status).toBe(200)
    expect(await health.json()).toMatchObject({ status: 'ready', register: 'broken' })
    const metrics = await (await fetch(`${second.address}/metrics`)).text()
    expect(metrics).toMatch(/^puntada_register_broken_row 4$/m)
    expect(metrics).toMatch(/^puntada_register_row 3$/m)
    expect(errors).toEqual([{ row: 4 }])
    await second.stop()
    store = openStore(folder)
  })
})
