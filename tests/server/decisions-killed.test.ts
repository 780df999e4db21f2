import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { newBoardDoc } from '../../server/rooms/gate.ts'
import { openStore } from '../../server/store/sqlite/open.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openUpdates } from '../../server/store/sqlite/updates.ts'
import { openVersions } from '../../server/store/sqlite/versions.ts'
import { marksOf, readMark, readSheet, stampsOf } from '../../shared/document/read.ts'
import { write } from '../../shared/document/write.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { DecisionMade } from '../../shared/protocol/proposal.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'
import { asks, SHEET } from '../support/atelier.ts'
import { board } from '../support/people.ts'
import { chance } from '../support/seeds.ts'
import { until } from '../support/studio.ts'

const folder = mkdtempSync(join(tmpdir(), 'puntada-'))
const running = new Set<{ kill(signal: 'SIGKILL'): unknown }>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const start = async () => {
  const script = join(import.meta.dirname, '..', 'support', 'atelier-child.ts')
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))))
  const { address, cookies } = JSON.parse(line) as { address: string; cookies: { ines: string; uma: string } }
  return { child, exited, address, cookies }
}

it('killed at any moment, a decision is whole: version, sheet, mark and row of one mind, or none of them', {
  timeout: 300_000,
}, async () => {
  const random = chance(9)
  /** Versions that were called made. */
  const told = new Set<number>()
  let cut = 0
  for (let round = 0; round < 12; round++) {
    const { child, exited, address, cookies } = await start()
    class AsUma extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { cookie: cookies.uma, origin: address } })
      }
    }
    const doc = newBoardDoc()
    const provider = new WebsocketProvider(`${address.replace('http', 'ws')}/sync`, roomOf(board.id), doc, {
      WebSocketPolyfill: AsUma as never,
      disableBc: true,
    })
    await until(() => provider.synced)
    const proposals = [1, 2, 3, 4].map((drawn) => {
      const change = { op: 'cutting', piece: 'delantero' as never, drawn, mirrored: round, material: '' } as const
      const { mark } = asks('uma', change)
      return { do: 'add', mark: { ...mark, id: `uma_k${round.toString(36)}${random.word(6)}` as MarkId } } as const
    })
    for (const one of proposals) write(doc, one, null)
    await until(() => proposals.every(({ mark }) => stampsOf(doc).has(mark.id)))
    const dieAfter = random.below(4)
    let answered = 0
    const answers = proposals.map(async ({ mark }) => {
      const answer = await fetch(`${address}/api/boards/${board.id}/proposals/${mark.id}/decision`, {
        method: 'POST',
        headers: { cookie: cookies.ines, origin: address, 'content-type': 'application/json' },
        body: JSON.stringify({ is: 'accepted' }),
      })
      const { decision } = (await answer.json()) as DecisionMade
      told.add(decision.version as number)
      if (++answered >= dieAfter) child.kill('SIGKILL')
    })
    if (dieAfter === 0) setImmediate(() => child.kill('SIGKILL'))
    cut += (await Promise.allSettled(answers)).filter(({ status }) => status === 'rejected').length
    await exited
    running.delete(child)
    provider.destroy()

    const store = openStore(folder)
    const disk = newBoardDoc()
    for (const bytes of openUpdates(store).load(roomOf(board.id)).updates) Y.applyUpdate(disk, bytes)
    const rows = openVersions(store.db).rows(SHEET)
    const newest = rows[0]?.version as number
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: newest }, (_, i) => newest - i))
    expect(openRecords(store.db).sheet(SHEET)?.version).toBe(newest)
    expect(readSheet(disk, SHEET)?.version).toBe(newest)
    const decided = ([...marksOf(disk).keys()] as MarkId[]).flatMap((id) => readMark(disk, id)?.decision?.version ?? [])
    expect(decided.sort((a, b) => a - b)).toEqual(Array.from({ length: newest - 1 }, (_, i) => i + 2))
    for (const version of told) expect(version).toBeLessThanOrEqual(newest)
    store.close()
  }
  // It could pass by never being cut, or by never getting anywhere.
  expect(cut).toBeGreaterThan(5)
  expect(told.size).toBeGreaterThan(5)
})
