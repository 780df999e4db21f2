import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SheetId } from '../../shared/domain/ids.ts'
import { pyramidOf } from '../../shared/domain/sheet.ts'
import type { View } from '../../shared/protocol/api.ts'
import type { DecisionMade } from '../../shared/protocol/proposal.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it('a new version gets its picture beside the decision, and looks that have begun go on', {
  timeout: 120_000,
}, async () => {
  const { records, disk, drawn, versions } = server.running.parts
  const id = 'blusanido' as SheetId
  const tao = await server.as('tao')
  const before = (await tao.ask<View>('POST', `/api/sheets/${id}/views`)).body
  expect(records.sheet(id)?.pyramid.version).toBe(2)

  const { status, body } = await tao.ask<DecisionMade>('POST', '/api/boards/blusa/proposals/ines_escotebajo/decision', {
    is: 'accepted',
  })
  expect(status).toBe(200)
  expect(body.decision.version).toBe(3)
  // Asked for now, a look waits for the picture of what was decided.
  const after = await tao.ask<View>('POST', `/api/sheets/${id}/views`)
  expect(after.status).toBe(200)
  await drawn(id)
  const sheet = records.sheet(id)!
  expect([sheet.version, sheet.pyramid.version]).toEqual([3, 3])
  const { layout } = versions.newest(id)!
  expect(sheet.pyramid.width / sheet.pyramid.height).toBeCloseTo(layout.width / layout.height, 2)
  expect(existsSync(disk.sheetFolder(id, 3))).toBe(true)
  expect(after.body.pyramid).toEqual(pyramidOf(sheet.pyramid.width, sheet.pyramid.height))
  for (const look of [before, after.body]) {
    const finest = look.pyramid.levels - 1
    expect((await tao.fetch(`/v/${look.view}/${finest}/0_0`)).status).toBe(200)
  }
})

it('a picture that a stop cut off is drawn at the next start', { timeout: 120_000 }, async () => {
  const { records, drawn } = server.running.parts
  const id = 'playeranido' as SheetId
  await drawn(id)
  const sheet = records.sheet(id)!
  const { version: _, ...pyramid } = sheet.pyramid
  records.putSheets([{ ...sheet, pyramid }])
  await server.running.parts.pictures.recover()
  await drawn(id)
  expect(records.sheet(id)?.pyramid.version).toBe(sheet.version)
})
