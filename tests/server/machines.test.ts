import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPERATIONS } from '../../shared/pattern/operation.ts'
import { MACHINES, STITCH, type StitchCode, startOf, startRange, wrongIn } from '../../shared/pattern/stitches.ts'
import type { Me } from '../../shared/protocol/api.ts'
import { type Somebody, startServer, type TestServer } from '../support/server.ts'

/** What firms of the demo sew on, and what the group's stitches start with. */
let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const me = async (who: Somebody): Promise<Me> => (await who.ask<Me>('GET', '/api/me')).body
const has = async (who: Somebody, firm: string) => (await me(who)).firms.find(({ id }) => id === firm)?.machines
const says = (who: Somebody, firm: string, machines: unknown) =>
  who.ask('PUT', `/api/firms/${firm}/machines`, { machines })

describe('the machines of a firm', () => {
  it('are told by its administrator, in our order, each once, and known to the firms of the group', async () => {
    const tao = await server.as('tao')
    expect((await says(tao, 'dedal', ['over4', 'recta', 'over4'])).status).toBe(200)
    for (const who of [tao, await server.as('ines'), await server.as('amparo')])
      expect(await has(who, 'dedal')).toEqual(['recta', 'over4'])
    const ines = await me(await server.as('ines'))
    expect(ines.firms.find(({ id }) => id === 'dedal')).toMatchObject({
      name: 'Taller Dedal de Plata',
      role: 'trainee',
    })
  })

  it('are none of the association’s business, nor of an observer’s', async () => {
    for (const person of ['gilberto', 'oru']) {
      const told = await me(await server.as(person))
      expect(told.firms.filter((firm) => 'machines' in firm)).toEqual([])
    }
  })

  it('are forgotten where it says none, and then nothing warns', async () => {
    const tao = await server.as('tao')
    await says(tao, 'dedal', [])
    expect(await has(tao, 'dedal')).toBeUndefined()
    await says(tao, 'dedal', ['recta'])
  })

  it('are told by nobody else, nor are other machines than those of the list', async () => {
    const [tao, lupita, ines, amparo] = await Promise.all(['tao', 'lupita', 'ines', 'amparo'].map((p) => server.as(p)))
    for (const [who, status] of [
      [lupita, 403],
      [ines, 403],
      [amparo, 403],
    ] as const)
      expect((await says(who as Somebody, 'dedal', ['mano'])).status).toBe(status)
    expect((await says(tao as Somebody, 'altamira', ['mano'])).status).toBe(403)
    expect((await says(tao as Somebody, 'nadie', ['mano'])).status).toBe(404)
    for (const machines of [['impresora'], 'recta', null, [1], Array(50).fill('recta')])
      expect((await says(tao as Somebody, 'dedal', machines)).status).toBe(400)
    expect(await has(tao as Somebody, 'dedal')).toEqual(['recta'])
  })
})

describe('what a stitch starts with', () => {
  const start = { allowance: 11, spi: 9, gauge: 0 }
  const set = (who: Somebody, stitch: string, body: unknown = start) => who.ask('PUT', `/api/stitches/${stitch}`, body)

  it('is set by the facilitator or by whoever administers a mentor firm, for everybody, and back to ours', async () => {
    const [amparo, ines, tao] = (await Promise.all(['amparo', 'ines', 'tao'].map((p) => server.as(p)))) as [
      Somebody,
      Somebody,
      Somebody,
    ]
    expect((await set(amparo, '304')).status).toBe(200)
    expect((await set(ines, '516', { allowance: 12.5, spi: 11, gauge: 4.8 })).status).toBe(200)
    const { starts } = await me(tao)
    expect(starts).toEqual({ '304': start, '516': { allowance: 12.5, spi: 11, gauge: 4.8 } })
    expect(startOf('516', starts).spi).toBe(11)
    expect(startOf('301', starts)).toBe(STITCH['301'].start)
    expect((await ines.ask('DELETE', '/api/stitches/304')).status).toBe(200)
    expect((await ines.ask('DELETE', '/api/stitches/516')).status).toBe(200)
    expect((await me(tao)).starts).toEqual({})
  })

  it('is not for who learns, who works for a mentor without answering for it, or who only looks', async () => {
    for (const person of ['tao', 'rogelio', 'gilberto', 'oru']) {
      const who = await server.as(person)
      const told = await who.ask<{ error: { code: string } }>('PUT', '/api/stitches/304', start)
      expect([told.status, told.body.error.code]).toEqual([403, 'not-mentor-admin'])
      expect((await who.ask('DELETE', '/api/stitches/304')).status).toBe(403)
    }
    expect((await me(await server.as('tao'))).starts).toEqual({})
  })

  it('stays within what a proposal may ask for and what holds the stitch', async () => {
    const ines = await server.as('ines')
    const wrong: readonly (readonly [string, unknown])[] = [
      ['304', { ...start, allowance: 3.9 }],
      ['304', { ...start, allowance: 61 }],
      ['304', { ...start, spi: 9.5 }],
      ['304', { ...start, spi: 2 }],
      ['304', { ...start, gauge: 2 }],
      ['516', { ...start, gauge: 0 }],
      ['304', { ...start, allowance: '11' }],
      ['304', { ...start, needles: 2 }],
      ['304', { allowance: 11 }],
    ]
    for (const [stitch, body] of wrong) expect((await set(ines, stitch, body)).status, JSON.stringify(body)).toBe(400)
    for (const stitch of ['999', '__proto__', 'constructor']) expect((await set(ines, stitch)).status).toBe(404)
    expect((await me(ines)).starts).toEqual({})
  })

  it('is within its own range as we have it, and every range within that of a proposal', () => {
    for (const stitch of Object.keys(STITCH) as StitchCode[]) {
      expect(wrongIn(stitch, { ...STITCH[stitch].start, gauge: STITCH[stitch].start.gauge })).toBeNull()
      const { allowance, gauge } = startRange(stitch)
      expect(allowance.min).toBeGreaterThanOrEqual(OPERATIONS.stitch.takes.allowance.min)
      expect(gauge.max).toBeLessThanOrEqual(OPERATIONS.stitch.takes.gauge.max)
    }
    expect(new Set(MACHINES).size).toBe(MACHINES.length)
  })
})

describe('both', () => {
  it('are there again after a start', async () => {
    const first = await startServer({ data: true })
    try {
      const { records } = first.running.parts
      const by = {
        id: 'ines' as never,
        name: 'I',
        firm: 'taller' as never,
        role: 'mentor',
        admin: true,
        level: null,
      } as const
      records.addFirm({ id: by.firm, name: 'T', role: 'mentor' }, 1 as never)
      records.addPerson(by, 1 as never)
      records.setMachines(by.firm, ['codo', 'mano'])
      records.setStart('401', { allowance: 14, spi: 7, gauge: 6.4 }, by.id, 2 as never)
      records.reload()
      expect(records.firm(by.firm)?.machines).toEqual(['codo', 'mano'])
      expect(records.starts()).toEqual({ '401': { allowance: 14, spi: 7, gauge: 6.4 } })
      records.setStart('401', null, by.id, 3 as never)
      records.setMachines(by.firm, [])
      records.reload()
      expect(records.firm(by.firm)).not.toHaveProperty('machines')
      expect(records.starts()).toEqual({})
    } finally {
      await first.stop()
    }
  })
})
