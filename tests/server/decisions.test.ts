import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plainSheet } from '../../server/http/uploads.ts'
import { readMark, readSheet, sheetsOf } from '../../shared/document/read.ts'
import { write } from '../../shared/document/write.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId, PersonId, SheetId } from '../../shared/domain/ids.ts'
import { lengthOf } from '../../shared/pattern/curve.ts'
import { toSheet } from '../../shared/pattern/layout.ts'
import type { EdgeId, PieceId } from '../../shared/pattern/model.ts'
import { edgeOf } from '../../shared/pattern/model.ts'
import type { OperationOf } from '../../shared/pattern/operation.ts'
import type { Home, Refusal } from '../../shared/protocol/api.ts'
import type { VersionRow } from '../../shared/protocol/pattern.ts'
import type { DecisionMade } from '../../shared/protocol/proposal.ts'
import { type Atelier, act, asks, newMark, openAtelier, SHEET } from '../support/atelier.ts'
import type { Somebody, Synced } from '../support/server.ts'
import { until } from '../support/studio.ts'

/** Inés' skirt on the table, and what becomes of what Tao and Uma propose. */
let atelier: Atelier
let ines: Somebody
let uma: Somebody
let table: Synced
const cleanUp: (() => unknown)[] = []

beforeEach(async () => {
  atelier = await openAtelier()
  cleanUp.push(() => atelier.server.stop())
  ines = atelier.as('ines')
  uma = atelier.as('uma')
  table = await uma.sync(atelier.board.id)
})
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

const HEM = 'delantero.bajo' as EdgeId
/** The whole hem of the front, lower by so much. */
const lower = (by: number): OperationOf<'ease'> => ({ op: 'ease', edge: HEM, from: 0, to: 1, atFrom: by, atTo: by })
const asked = (change = lower(10), at = point(60, 40)) => asks('uma', change, at)
const decide = (who: Somebody, mark: MarkId, body: unknown) =>
  who.ask<DecisionMade & Refusal>('POST', `/api/boards/${atelier.board.id}/proposals/${mark}/decision`, body)
const store = () => atelier.server.running.parts.versions
const room = () => atelier.server.running.parts.rooms.get(atelier.board.id)
const readHere = async (mark: MarkId) => readMark((await room()).doc, mark)
const rows = async (who = ines) =>
  (await who.ask<{ versions: VersionRow[] }>('GET', `/api/sheets/${SHEET}/versions`)).body.versions
/** How long the side of the front is in each size, mm. */
const sides = (version?: number): number[] => {
  const { pattern } = version === undefined ? store().newest(SHEET)! : store().find(SHEET, version)!
  const found = edgeOf(pattern, 'delantero.costado' as EdgeId)!
  return found.piece.shapes.map((shape) => Math.round(lengthOf(shape!.runs[found.index]!) * 1000) / 1000)
}

describe('accepting', () => {
  it('changes every size, writes the next version with its author’s name on it, and everybody sees it at once', async () => {
    const proposal = asked()
    await act(atelier, table, proposal)
    const { mark } = proposal
    const made = await decide(ines, mark.id, { is: 'accepted', seen: mark.proposal?.change })
    expect(made).toMatchObject({
      status: 200,
      body: { decision: { is: 'accepted', version: 2, by: 'ines', change: null }, stale: [] },
    })
    expect(sides(1)).toEqual([580, 600, 620])
    expect(sides(2)).toEqual([590, 610, 630])
    expect((await rows())[0]).toMatchObject({
      version: 2,
      by: 'ines',
      why: { is: 'proposal', mark: mark.id, author: 'uma' },
    })
    expect(await rows(uma)).toEqual(await rows())
    await until(() => readMark(table.doc, mark.id)?.decision?.is === 'accepted')
    const sheet = readSheet(table.doc, SHEET)
    const stored = atelier.server.running.parts.records.sheet(SHEET)
    expect(sheet).toMatchObject({ version: 2, width: store().newest(SHEET)?.layout.width })
    expect(stored).toMatchObject({ version: 2, height: sheet?.height })
  })

  it('in part applies the owner’s numbers and keeps what was proposed', async () => {
    const proposal = asked(lower(50))
    await act(atelier, table, proposal)
    const made = await decide(ines, proposal.mark.id, {
      is: 'part',
      change: lower(20),
      reason: 'la tela no da para más',
    })
    expect(made.body.decision).toMatchObject({
      is: 'part',
      version: 2,
      change: { atFrom: 20 },
      reason: 'la tela no da para más',
    })
    expect(sides()).toEqual([600, 620, 640])
    expect((await readHere(proposal.mark.id))?.change).toEqual(lower(50))
    const other = await decide(ines, (await more()).mark.id, {
      is: 'part',
      change: { op: 'unfold', piece: 'delantero' },
    })
    expect(other).toMatchObject({ status: 400, body: { error: { code: 'bad-request' } } })
  })

  it('marks stay on their edge, those of others and far from any edge stay where they are', async () => {
    const { layout } = store().newest(SHEET)!
    const on = (x: number, y: number) => {
      const at = toSheet(layout, 'delantero' as never, { x, y })
      return point(at.x, at.y)
    }
    const pins = [on(100, 3), on(50, -12), on(100, 300), on(100, 597)].map((at) => ({
      ...asked(),
      mark: { ...asked().mark, shape: { kind: 'pin', at } as const, words: { says: 'noto', text: 'x' } as const },
    }))
    const plain = pins.map(
      ({ mark: { proposal: _, ...mark } }) => ({ do: 'add', mark: { ...mark, id: newMark('uma') } }) as const,
    )
    const proposal = asked(lower(30))
    await act(atelier, table, ...plain, proposal)
    await decide(ines, proposal.mark.id, { is: 'accepted' })
    const steps = await Promise.all(
      plain.map(async ({ mark }) => {
        const now = (await readHere(mark.id))?.shape as typeof mark.shape
        return [now.at.x - mark.shape.at.x, now.at.y - mark.shape.at.y].map((n) => Math.round(n * 100) / 100)
      }),
    )
    expect(steps).toEqual([
      [0, 30],
      [0, 30],
      [0, 0],
      [0, 0],
    ])
  })

  it('a piece that grows into its neighbour makes room, and what is pinned to the neighbour goes with it', async () => {
    const { layout } = store().newest(SHEET)!
    const pin = (piece: string, x: number, y: number) => {
      const at = toSheet(layout, piece as never, { x, y })
      const mark = { ...asked().mark, id: newMark('uma'), words: { says: 'noto', text: 'x' } as const }
      const { proposal: _, ...plain } = { ...mark, shape: { kind: 'pin', at: point(at.x, at.y) } as const }
      return { do: 'add', mark: plain } as const
    }
    const pins = [pin('trasero', 120, 300), pin('trasero', 3, 300), pin('delantero', 100, 300)]
    const wider = asks('uma', { ...lower(60), edge: 'delantero.costado' as EdgeId })
    await act(atelier, table, ...pins, wider)
    await decide(ines, wider.mark.id, { is: 'accepted' })
    const after = store().newest(SHEET)!.layout
    const step = (piece: string): number[] => {
      const [was, is] = [layout.at[piece as PieceId]!, after.at[piece as PieceId]!]
      return [is.x - was.x, is.y - was.y].map((n) => Math.round(n * 100) / 100)
    }
    expect(step('delantero')).toEqual([0, 0])
    expect(step('trasero')).not.toEqual([0, 0])
    const steps = await Promise.all(
      pins.map(async ({ mark }) => {
        const now = (await readHere(mark.id))?.shape as typeof mark.shape
        return [now.at.x - mark.shape.at.x, now.at.y - mark.shape.at.y].map((n) => Math.round(n * 100) / 100)
      }),
    )
    expect(steps).toEqual([step('trasero'), step('trasero'), [0, 0]])
  })

  it('what cannot be carried out changes nothing, says why, and waits for another answer', async () => {
    const proposal = asks('uma', { op: 'notchRemove', notch: 'nadie' as never })
    await act(atelier, table, proposal)
    const refused = await decide(ines, proposal.mark.id, { is: 'accepted' })
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'not-applied', params: { why: 'no-such-notch' } } },
    })
    expect(await rows()).toHaveLength(1)
    expect((await readHere(proposal.mark.id))?.decision).toBeNull()
    expect((await decide(ines, proposal.mark.id, { is: 'declined', reason: 'no hay tal piquete' })).status).toBe(200)
  })

  it('what leaves no room for the allowances makes no version', async () => {
    const sides = ['delantero.costado', 'delantero.centro'] as EdgeId[]
    const wide = asks('uma', { op: 'allowance', edges: sides, allowance: 45, corner: 'mitre' })
    const narrower = () =>
      asks('uma', { op: 'ease', edge: sides[0] as EdgeId, from: 0, to: 1, atFrom: -100, atTo: -100 })
    const [first, narrow] = [narrower(), narrower()]
    await act(atelier, table, wide, first, narrow)
    for (const { mark } of [wide, first]) expect((await decide(ines, mark.id, { is: 'accepted' })).status).toBe(200)
    const before = store().newest(SHEET)
    const refused = await decide(ines, narrow.mark.id, { is: 'accepted' })
    expect([refused.status, refused.body.error?.params?.why]).toEqual([409, 'allowance-impossible'])
    expect(store().newest(SHEET)).toEqual(before)
  })

  it('leaves open proposals open where they still work, and says of the others why they do not', async () => {
    const first = asks('uma', { op: 'notchRemove', notch: 'delantero.piquete' as never })
    const same = asks('uma', { op: 'notchMove', notch: 'delantero.piquete' as never, by: 10 })
    const works = asked()
    await act(atelier, table, first, same, works)
    const made = await decide(ines, first.mark.id, { is: 'accepted' })
    expect(made.body.stale).toEqual([same.mark.id])
    expect((await readHere(same.mark.id))?.decision).toMatchObject({ is: 'stale', reason: 'no-such-notch', by: 'ines' })
    expect((await readHere(works.mark.id))?.decision).toBeNull()
    expect(await decide(ines, same.mark.id, { is: 'accepted' })).toMatchObject({
      status: 409,
      body: { error: { code: 'decided' } },
    })
    expect((await decide(ines, works.mark.id, { is: 'accepted' })).body.decision.version).toBe(3)
  })
})

const more = async () => {
  const proposal = asked()
  await act(atelier, table, proposal)
  return proposal
}

describe('other answers', () => {
  it('asking, thinking it over and declining make no version, and need what they need', async () => {
    const { mark } = await more()
    const soon = atelier.server.clock.now() + 3_600_000
    for (const [body, status] of [
      [{ is: 'asked' }, 400],
      [{ is: 'declined', reason: '   ' }, 400],
      [{ is: 'thinking' }, 400],
      [{ is: 'thinking', until: 5 }, 400],
      [{ is: 'accepted', until: soon }, 400],
      [{ is: 'stale', reason: 'x' }, 400],
      [{ is: 'part', change: { op: 'ease' } }, 400],
      [{ is: 'asked', reason: '¿cuánto mide la tela?' }, 200],
      [{ is: 'thinking', until: soon }, 200],
      [{ is: 'declined', reason: 'así lo pide el cliente' }, 200],
      [{ is: 'accepted' }, 409],
    ] as const)
      expect([body, (await decide(ines, mark.id, body)).status]).toEqual([body, status])
    expect(await rows()).toHaveLength(1)
    expect((await readHere(mark.id))?.decision).toMatchObject({ is: 'declined', reason: 'así lo pide el cliente' })
  })

  it('are the owner’s alone; whoever may not look learns nothing', async () => {
    const { mark } = await more()
    const yes = { is: 'accepted' }
    expect((await decide(uma, mark.id, yes)).body).toEqual({ error: { code: 'not-your-firm' } })
    const nobody = await decide(atelier.as('zoe'), mark.id, yes)
    expect(nobody).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } })
    for (const person of ['zoe', 'oru'])
      for (const id of [mark.id, 'uma_nadie1', 'x'])
        expect(await decide(atelier.as(person), id as MarkId, yes)).toEqual(nobody)
    for (const id of ['uma_nadie1', 'x']) expect(await decide(ines, id as MarkId, yes)).toEqual(nobody)
    expect((await readHere(mark.id))?.decision).toBeNull()
  })

  it('are about what was seen: changed meanwhile, nothing is decided', async () => {
    const { mark } = await more()
    write(table.doc, { do: 'change', mark: mark.id, change: lower(90) }, null)
    const here = await room()
    await until(() => (readMark(here.doc, mark.id)?.change as { atFrom?: number } | null)?.atFrom === 90)
    const answer = await decide(ines, mark.id, { is: 'accepted', seen: lower(10) })
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'changed' } } })
    expect(await rows()).toHaveLength(1)
  })
})

describe('two at once', () => {
  it('are done one after the other, each on what the other left', async () => {
    const proposals = [asked(lower(10)), asked(lower(20)), asked(lower(5))]
    await act(atelier, table, ...proposals)
    const beto = atelier.as('beto')
    const made = await Promise.all(
      proposals.map(({ mark }, i) => decide(i % 2 ? beto : ines, mark.id, { is: 'accepted' })),
    )
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(made.map(({ body }) => body.decision.version).sort()).toEqual([2, 3, 4])
    expect(sides()).toEqual([615, 635, 655])
    expect((await rows()).map(({ version }) => version)).toEqual([4, 3, 2, 1])
  })

  it('of one proposal, one counts', async () => {
    const { mark } = await more()
    const answers = await Promise.all(
      [{ is: 'accepted' }, { is: 'declined', reason: 'no' }, { is: 'accepted' }].map((body) =>
        decide(ines, mark.id, body),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await rows()).toHaveLength(answers[0]?.status === 200 ? 2 : 1)
  })

  it('leave the place of a sheet that somebody moves at the same time', async () => {
    const { mark } = await more()
    const live = await atelier.as('beto').live()
    const place = { sheet: SHEET, x: 700, y: 300, turn: 0 as const }
    const [moved, made] = await Promise.all([
      live.command('sheet.place', { board: atelier.board.id, places: [place] }),
      decide(ines, mark.id, { is: 'accepted' }),
    ])
    expect([moved.ok, made.status]).toEqual([true, 200])
    const here = readSheet((await room()).doc, SHEET)
    expect(here).toMatchObject({ version: 2, place: { x: 700, y: 300 } })
    expect(atelier.server.running.parts.records.sheet(SHEET)).toMatchObject({ version: 2, place: { x: 700, y: 300 } })
  })
})

describe('going back', () => {
  it('makes a new version equal to an old one, by the owner alone', async () => {
    await decide(ines, (await more()).mark.id, { is: 'accepted' })
    const path = `/api/sheets/${SHEET}/versions`
    expect((await uma.ask('POST', path, { restore: 1 })).status).toBe(403)
    expect((await atelier.as('zoe').ask('POST', path, { restore: 1 })).status).toBe(404)
    expect((await atelier.as('zoe').ask('GET', path)).status).toBe(404)
    expect((await ines.ask('POST', path, { restore: 9 })).status).toBe(404)
    const back = await ines.ask<VersionRow>('POST', path, { restore: 1 })
    expect(back.body).toMatchObject({ version: 3, by: 'ines', why: { is: 'restore', version: 1 } })
    expect(store().find(SHEET, 3)?.pattern).toEqual(store().find(SHEET, 1)?.pattern)
    expect(sides()).toEqual([580, 600, 620])
    expect(readSheet((await room()).doc, SHEET)?.version).toBe(3)
  })
})

describe('a disk that is full', () => {
  it('lets a decision fail whole, and happen once there is room', async () => {
    const { mark } = await more()
    const { db } = atelier.server.running.store
    const { page_count } = db.prepare('PRAGMA page_count').get() as { page_count: number }
    db.exec(`PRAGMA max_page_count = ${page_count}`)
    // Longer than any page: it cannot fit into what is left of one. Pages that are free already are taken first.
    const long = 'x'.repeat(4000)
    let asked = 200
    while (asked === 200) asked = (await decide(ines, mark.id, { is: 'asked', reason: long })).status
    expect(asked).toBe(507)
    const thanks = { is: 'accepted', reason: long }
    const refused = await decide(ines, mark.id, thanks)
    expect(refused).toMatchObject({ status: 507, body: { error: { code: 'disk-full' } } })
    expect(atelier.server.running.parts.records.sheet(SHEET)?.version).toBe(1)
    expect(await rows()).toHaveLength(1)
    expect((await readHere(mark.id))?.decision?.is).not.toBe('accepted')
    db.exec('PRAGMA max_page_count = 1000000')
    expect((await decide(ines, mark.id, thanks)).body.decision.version).toBe(2)
    expect(sides()).toEqual([590, 610, 630])
  })
})

describe('home', () => {
  it('tells the owner what waits for an answer, and the author what was answered', async () => {
    const { mark } = await more()
    const home = async (who: Somebody) => (await who.ask<Home>('GET', '/api/home')).body
    const there = async (who: Somebody, list: 'proposals' | 'decided') =>
      (await home(who))[list].map(({ mark: id, by, decision }) => [id, by, decision])
    expect(await there(ines, 'proposals')).toEqual([[mark.id, 'uma', null]])
    expect(await there(uma, 'proposals')).toEqual([])
    await decide(ines, mark.id, { is: 'asked', reason: '¿por qué?' })
    expect(await there(ines, 'proposals')).toEqual([])
    expect(await there(uma, 'decided')).toEqual([[mark.id, 'ines', 'asked']])
    // Once the author has spoken it is the owner's turn again.
    atelier.server.clock.pass(1000)
    write(table.doc, { do: 'reply', mark: mark.id, reply: newMark('uma') as never, text: 'porque jala' }, null)
    const { doc } = await room()
    await until(() => (readMark(doc, mark.id)?.replies.length ?? 0) === 1)
    expect(await there(ines, 'proposals')).toEqual([[mark.id, 'uma', 'asked']])
    atelier.server.clock.pass(1000)
    await decide(ines, mark.id, { is: 'thinking', until: atelier.server.clock.now() + 60_000 })
    expect(await there(ines, 'proposals')).toEqual([])
    atelier.server.clock.pass(61_000)
    expect(await there(ines, 'proposals')).toEqual([[mark.id, 'uma', 'thinking']])
    await decide(ines, mark.id, { is: 'accepted' })
    expect(await there(ines, 'proposals')).toEqual([])
    expect(await there(uma, 'decided')).toEqual([[mark.id, 'ines', 'accepted']])
    await uma.ask('POST', `/api/boards/${atelier.board.id}/seen`)
    expect(await there(uma, 'decided')).toEqual([])
  })
})

describe('a look', () => {
  const PHOTO = 'foto1' as SheetId
  beforeEach(() => atelier.server.running.parts.records.setLevel('uma' as PersonId, 'diseno'))
  /** A photo beside the pattern: it has no version and never will. */
  const hang = async (): Promise<void> => {
    const { records } = atelier.server.running.parts
    const pattern = records.sheet(SHEET)!
    const { version: _, ...rest } = pattern
    const photo = { ...rest, id: PHOTO, kind: 'photo', scale: 'assumed', order: 2 } as const
    await (await room()).serverWrite((doc) => sheetsOf(doc).set(PHOTO, plainSheet(photo)), 'ines' as never, {
      alongside: () => records.addSheets([photo]),
    })
  }
  const denim: OperationOf<'lookArea'> = {
    op: 'lookArea',
    area: [0.2, 0.2, 0.8, 0.2, 0.8, 0.7],
    kind: 'textura',
    colour: '#1f3b63',
    swatch: 'mezclilla',
    words: '',
  }
  const asksThere = (change: OperationOf<'lookArea'>) => {
    const one = asks('uma', change)
    return { ...one, mark: { ...one.mark, sheet: PHOTO } }
  }

  it('on an area of a photo is accepted without a version, and the photo stays what it is', async () => {
    await hang()
    const proposal = asksThere(denim)
    await act(atelier, table, proposal)
    const { id } = proposal.mark
    expect(await readHere(id)).toMatchObject({ change: denim, version: 1 })
    const made = await decide(ines, id, { is: 'accepted', seen: denim })
    expect(made).toMatchObject({ status: 200, body: { decision: { is: 'accepted', version: null }, stale: [] } })
    expect((await readHere(id))?.decision).toMatchObject({ is: 'accepted', by: 'ines', version: null })
    expect(readSheet((await room()).doc, PHOTO)).not.toHaveProperty('version')
    expect((await rows()).length).toBe(1)
    expect((await decide(ines, id, { is: 'declined', reason: 'no' })).body.error?.code).toBe('decided')
  })

  it('is accepted in part with another cloth, but not as something else', async () => {
    await hang()
    const proposal = asksThere(denim)
    await act(atelier, table, proposal)
    const { id } = proposal.mark
    expect((await decide(ines, id, { is: 'part', change: lower(10), seen: denim })).status).toBe(400)
    const manta = { ...denim, swatch: 'manta' } as const
    expect((await decide(ines, id, { is: 'part', change: manta, seen: denim })).status).toBe(200)
    expect((await readHere(id))?.decision).toMatchObject({ is: 'part', change: manta, version: null })
  })

  it('of a piece makes no version either, and one of a piece that is gone cannot be accepted', async () => {
    const look = { op: 'look', piece: 'delantero', kind: 'color', colour: '#aa0000', swatch: '', words: '' } as never
    const [good, gone] = [asked(look), asked({ ...(look as object), piece: 'cuello' } as never)]
    await act(atelier, table, good, gone)
    expect((await decide(ines, good.mark.id, { is: 'accepted' })).body.decision).toMatchObject({ version: null })
    const refused = await decide(ines, gone.mark.id, { is: 'accepted' })
    expect(refused.body.error).toMatchObject({ code: 'not-applied', params: { why: 'no-such-piece' } })
    expect((await rows()).length).toBe(1)
  })
})

describe('trust', () => {
  it('is recorded by the facilitator alone, and holds at once on an open connection', async () => {
    const tao = await atelier.as('tao').sync(atelier.board.id)
    const oru = atelier.as('oru')
    const record = (who: Somebody, person: string, level: unknown) =>
      who.ask('PATCH', `/api/people/${person}`, { level })
    expect((await record(ines, 'tao', 'corte')).status).toBe(403)
    expect((await record(atelier.as('tao'), 'tao', 'diseno')).status).toBe(403)
    expect((await record(oru, 'tao', 'maestro')).status).toBe(400)
    expect((await record(oru, 'ines', 'corte')).status).toBe(400)
    expect((await record(oru, 'nadie', 'corte')).status).toBe(404)
    expect(await record(oru, 'tao', 'corte')).toMatchObject({ status: 200, body: { id: 'tao', level: 'corte' } })
    const big = asks('tao', lower(10))
    await act(atelier, tao, big)
    expect((await readHere(big.mark.id))?.change).toEqual(lower(10))
    // Lowered again: the same open connection may not any more.
    await record(oru, 'tao', 'puntada')
    write(tao.doc, { do: 'change', mark: big.mark.id, change: lower(40) }, null)
    expect(await tao.closed).toBe(4409)
    expect((await readHere(big.mark.id))?.change).toEqual(lower(10))
  })
})
