import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMark, readSheet } from '../../shared/document/read.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { EdgeId } from '../../shared/pattern/model.ts'
import type { OperationOf } from '../../shared/pattern/operation.ts'
import { unpackPattern } from '../../shared/pattern/wire.ts'
import type { Refusal } from '../../shared/protocol/api.ts'
import type { PatternView, VersionRow } from '../../shared/protocol/pattern.ts'
import { type Atelier, act, asks, openAtelier, SHEET } from '../support/atelier.ts'
import type { Somebody } from '../support/server.ts'
import { skirt } from '../support/skirt.ts'

/** What Inés tells of her skirt, which no file could say. */
let atelier: Atelier
let ines: Somebody
let uma: Somebody
const cleanUp: (() => unknown)[] = []

const guess = {
  id: 's1',
  a: [{ edge: 'delantero.cintura', back: false }],
  b: [{ edge: 'trasero.cintura', back: true }],
  confirmed: false,
  ease: 0,
}

beforeEach(async () => {
  atelier = await openAtelier(true, { ...skirt, seams: [guess] as never })
  cleanUp.push(() => atelier.server.stop())
  ines = atelier.as('ines')
  uma = atelier.as('uma')
})
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

const tell = (who: Somebody, body: unknown) =>
  who.ask<VersionRow & Refusal>('PATCH', `/api/sheets/${SHEET}/details`, body)
const newest = () => atelier.server.running.parts.versions.newest(SHEET)!
const link = (edge: string, back = false) => ({ edge, back })
const side = { a: [link('delantero.costado')], b: [link('trasero.costado')], ease: 4 }
const long = {
  name: 'Largo de costado',
  from: { edge: 'delantero.costado', t: 0 },
  to: { edge: 'delantero.costado', t: 1 },
  along: 'curve',
  tolerance: 5,
}
const all = {
  names: { 'delantero.costado': 'costado', 'delantero.centro': 'centro de frente' },
  folds: { delantero: 'delantero.centro' },
  seams: { put: [side], drop: ['s1'] },
  measures: { put: [long], drop: [] },
}

describe('what its owner tells of a pattern', () => {
  it('is the next version, with who told it; no line moves and every id stays', async () => {
    const before = newest()
    const told = await tell(ines, all)
    expect(told).toMatchObject({
      status: 200,
      body: { version: 2, by: 'ines', why: { is: 'details', what: ['names', 'folds', 'seams', 'measures'] } },
    })
    const after = newest()
    expect(after.layout).toEqual(before.layout)
    expect(after.pattern.pieces.map(({ shapes }) => shapes)).toEqual(before.pattern.pieces.map(({ shapes }) => shapes))
    expect(after.pattern).toMatchObject({
      seams: [{ ...side, id: 's2', confirmed: true }],
      measures: [long],
      pieces: [{ fold: 'delantero.centro', edges: [{}, { id: 'delantero.costado', name: 'costado' }, {}, {}] }, {}],
    })
    const { doc } = await atelier.server.running.parts.rooms.get(atelier.board.id)
    expect(readSheet(doc, SHEET)).toMatchObject({ version: 2 })
    const seen = await uma.ask<PatternView>('GET', `/api/sheets/${SHEET}/pattern`)
    const drawing = unpackPattern(seen.body.pattern)
    // A rival sees what is sewn to what and what it is called; points of measure are the firm's own.
    expect([drawing.seams.length, drawing.pieces[0]?.edges[1]?.name, drawing.measures]).toEqual([1, 'costado', []])
  })

  it('told twice is told once', async () => {
    await tell(ines, all)
    // The seam is known by its sides, whichever is named first.
    const again = { ...all, seams: { put: [side, { ...side }], drop: ['s1', 'nobody'] } }
    expect(await tell(ines, again)).toMatchObject({ status: 200, body: { version: 2, why: { is: 'details' } } })
    expect(await tell(ines, {})).toMatchObject({ status: 200, body: { version: 2 } })
    expect(newest().version).toBe(2)
  })

  it('is the owner’s alone; whoever may not look learns nothing', async () => {
    expect((await tell(uma, all)).body).toEqual({ error: { code: 'not-your-firm' } })
    const nothing = await ines.ask('PATCH', '/api/sheets/nadie1/details', all)
    expect(nothing).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } })
    for (const person of ['zoe', 'oru']) expect(await tell(atelier.as(person), all)).toEqual(nothing)
    expect(newest().version).toBe(1)
  })

  it('is all of it or nothing, with the reason', async () => {
    for (const [body, why] of [
      [{ ...all, names: { 'manga.copa': 'copa' } }, 'no-such-edge'],
      [{ ...all, folds: { manga: null } }, 'no-such-piece'],
      [{ ...all, seams: { put: [{ ...side, id: 's9' }], drop: [] } }, 'no-such-seam'],
      [{ ...all, seams: { put: [{ ...side, a: [link('delantero.centro')] }], drop: [] } }, 'on-the-fold'],
      [{ ...all, measures: { put: [{ ...long, to: { edge: 'trasero.bajo', t: 0 } }], drop: [] } }, 'two-pieces'],
    ] as const)
      expect(await tell(ines, body)).toMatchObject({
        status: 409,
        body: { error: { code: 'not-told', params: { why } } },
      })
    expect(newest().version).toBe(1)
  })

  it.each([
    { seams: { put: [{ ...side, confirmed: false }], drop: [] } },
    { seams: { put: [{ ...side, a: [] }], drop: [] } },
    { seams: { put: [{ ...side, a: ['delantero.costado'], reversed: true }], drop: [] } },
    { seams: { put: [{ ...side, b: [{ ...link('trasero.costado'), mirrored: true }] }], drop: [] } },
    { seams: { put: [{ ...side, a: [link('__proto__')] }], drop: [] } },
    { seams: { put: [{ ...side, ease: 201 }], drop: [] } },
    { seams: { put: Array.from({ length: 401 }, () => side), drop: [] } },
    { names: { 'delantero.bajo': 'x'.repeat(41) } },
    { names: { 'delantero.bajo': 'dos\nrenglones' } },
    { names: { 'delantero.bajo': ' costado' } },
    { measures: { put: [{ ...long, name: '' }], drop: [] } },
    { measures: { put: [{ ...long, from: { edge: 'delantero.bajo', t: 1.1 } }], drop: [] } },
    { version: 9 },
  ])('is strict about what it is: %j', async (body) => {
    expect((await tell(ines, body)).status).toBe(400)
    expect(newest().version).toBe(1)
  })

  it('leaves open proposals open, and closes those that a fold makes impossible', async () => {
    const table = await uma.sync(atelier.board.id)
    const lower: OperationOf<'ease'> = {
      op: 'ease',
      edge: 'delantero.bajo' as EdgeId,
      from: 0,
      to: 1,
      atFrom: 10,
      atTo: 10,
    }
    const halve: OperationOf<'fold'> = {
      op: 'fold',
      piece: 'delantero' as never,
      from: 'delantero.bajo' as EdgeId,
      fromAt: 0.5,
      to: 'delantero.cintura' as EdgeId,
      toAt: 0.5,
    }
    const [one, other] = [asks('uma', lower, point(60, 40)), asks('uma', halve, point(80, 40))]
    await act(atelier, table, one, other)
    const { doc } = await atelier.server.running.parts.rooms.get(atelier.board.id)
    const state = (id: MarkId) => readMark(doc, id)?.decision?.is ?? null
    await tell(ines, { seams: all.seams, names: all.names })
    expect([state(one.mark.id), state(other.mark.id)]).toEqual([null, null])
    await tell(ines, { folds: all.folds })
    expect([state(one.mark.id), state(other.mark.id)]).toEqual([null, 'stale'])
    table.close()
  })

  it('waits its turn: with acceptances at the same time, each is on what the other left', async () => {
    const table = await uma.sync(atelier.board.id)
    const lower = (by: number): OperationOf<'ease'> => ({
      op: 'ease',
      edge: 'delantero.bajo' as EdgeId,
      from: 0,
      to: 1,
      atFrom: by,
      atTo: by,
    })
    const proposals = [asks('uma', lower(10)), asks('uma', lower(5))]
    await act(atelier, table, ...proposals)
    const accept = ({ mark }: (typeof proposals)[number]) =>
      ines.ask('POST', `/api/boards/${atelier.board.id}/proposals/${mark.id}/decision`, { is: 'accepted' })
    const [first, second] = proposals as [(typeof proposals)[number], (typeof proposals)[number]]
    const made = await Promise.all([
      accept(first),
      tell(ines, { seams: all.seams }),
      tell(atelier.as('beto'), { measures: all.measures }),
      accept(second),
    ])
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const { version, pattern } = newest()
    expect(version).toBe(5)
    expect(pattern).toMatchObject({ seams: [{ ...side, id: 's2', confirmed: true }], measures: [long] })
    const bottom = pattern.pieces[0]?.shapes[1]?.runs[0]?.keys.map(({ y }) => Math.round(y * 1000) / 1000)
    expect(bottom).toEqual([-15, -15])
    table.close()
  })
})
