import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { awarenessEntry, awarenessFrame, MESSAGE } from '../../server/rooms/frames.ts'
import { ownState } from '../../server/rooms/presence.ts'
import { parsePresence, parseStamped } from '../../shared/protocol/presence.ts'
import { board, ines, tao } from '../support/people.ts'
import { hear, STEP1 } from '../support/raw.ts'
import { openStudio, type Seat, type Studio, until } from '../support/studio.ts'

let studio: Studio
beforeEach(async () => {
  studio = await openStudio()
})
afterEach(() => studio.close())

const PEOPLE = 12

const shown = (seat: Seat, of: Seat): Record<string, unknown> | undefined =>
  seat.provider.awareness.getStates().get(of.provider.awareness.clientID)
const leased = async (actor: typeof tao): Promise<Seat> =>
  studio.seat(actor, { lease: await studio.rooms.lease(actor.id, board.id) })

describe('presence', () => {
  it('goes to everybody else with the true person and firm on it', async () => {
    const one = await leased(tao)
    const two = await leased(ines)
    one.provider.awareness.setLocalState({ at: ['hoja1', 10, 20], tool: 'pen' })
    await until(() => shown(two, one)?.tool === 'pen')
    expect(shown(two, one)).toEqual({ by: 'tao', firm: 'hilo', at: ['hoja1', 10, 20], tool: 'pen' })
    two.provider.awareness.setLocalState({ laser: true, draw: { kind: 'pen', sheet: 'hoja1', shape: [1, 2, 50] } })
    await until(() => shown(one, two)?.laser === true)
    expect(parseStamped(shown(one, two))).toMatchObject({ by: 'ines', firm: 'taller' })
    // One's own copy is the newer one: it is not overwritten by what the server heard of it.
    expect(one.provider.awareness.getLocalState()).toEqual({ at: ['hoja1', 10, 20], tool: 'pen' })
  })

  it('of a dozen people with stock providers, which send back all they hear, ends no connection', async () => {
    const seats = await Promise.all(Array.from({ length: PEOPLE }, (_, i) => leased(i % 2 === 0 ? tao : ines)))
    await until(() => seats.every(({ provider }) => provider.synced))
    for (let x = 0; x < 10; x++) {
      for (const seat of seats) seat.provider.awareness.setLocalState({ at: ['hoja1', x, 0] })
      await until(() =>
        seats.every((seat) =>
          seats.every((other) => seat === other || (shown(seat, other)?.at as unknown[] | undefined)?.[1] === x),
        ),
      )
    }
    expect(seats.flatMap(({ closes }) => closes)).toEqual([])
  })

  it('is there for whoever comes later, and gone with its connection', async () => {
    const one = await leased(tao)
    one.provider.awareness.setLocalState({ tool: 'pen' })
    await until(() => studio.rooms.stats().presenceIn > 0)
    const two = await leased(ines)
    await until(() => shown(two, one)?.tool === 'pen')
    one.leave()
    await until(() => shown(two, one) === undefined)
  })

  it('is heard again from an id that is lent a second time, though its count starts anew', async () => {
    const two = await leased(ines)
    const one = await leased(tao)
    for (let i = 0; i < 20; i++) one.provider.awareness.setLocalState({ at: ['hoja1', i, 0] })
    await until(() => (shown(two, one)?.at as unknown[] | undefined)?.[1] === 19)
    one.leave()
    await until(() => studio.rooms.present(board.id).length === 1 && shown(two, one) === undefined)
    const again = await leased(tao)
    expect(again.doc.clientID).toBe(one.doc.clientID)
    again.provider.awareness.setLocalState({ tool: 'arrow' })
    await until(() => shown(two, again)?.tool === 'arrow')
  })

  it('speaks for nobody else', async () => {
    const two = await leased(ines)
    const three = await leased(ines)
    await until(() => two.provider.synced && three.provider.synced)
    two.provider.awareness.setLocalState({ tool: 'pen' })
    await until(() => shown(three, two)?.tool === 'pen')
    const thief = studio.socket(tao)
    await until(() => thief.readyState === WebSocket.OPEN)
    const lie = awarenessEntry(two.provider.awareness.clientID, 999_999_999, '{"tool":"erase"}')
    const own = awarenessEntry(4242, 1, '{"tool":"hand"}')
    thief.send(awarenessFrame(1, [own]))
    thief.send(awarenessFrame(2, [lie, own]))
    thief.send(awarenessFrame(1, [awarenessEntry(two.provider.awareness.clientID, 999_999_999, 'null')]))
    thief.send(awarenessFrame(1, [awarenessEntry(4242, 3, '{"tool":"last"}')]))
    await until(() => three.provider.awareness.getStates().get(4242)?.tool === 'last')
    expect(shown(three, two)).toMatchObject({ tool: 'pen', by: 'ines' })
    expect(three.provider.awareness.getStates().get(4242)).toMatchObject({ by: 'tao' })
  })

  it('that claims to be somebody, or is not one, ends the connection', async () => {
    const states = [
      '{"by":"ines"}',
      '{"firm":"taller"}',
      '{"at":["hoja1",1]}',
      '{"x":1}',
      '{"tool":"<script>"}',
      '{"view":[1,2,3,"4"]}',
      '[]',
      '7',
      '{',
      '{"__proto__":{"by":"ines"}}',
      `{"draw":{"kind":"pen","sheet":"hoja1","shape":[${Array.from({ length: 901 }, () => 1).join()}]}}`,
      `{"tool":"pen"${' '.repeat(3000)}}`,
    ]
    for (const state of states) {
      const socket = studio.socket(tao)
      const heard = hear(socket)
      await until(() => socket.readyState === WebSocket.OPEN)
      socket.send(awarenessFrame(1, [awarenessEntry(4242, 1, state)]))
      await until(() => heard.code !== null)
      expect([state, heard.refusal]).toEqual([state, 'bad-frame'])
    }
  })

  it('is gathered: many moves between two ticks are one frame with the last of each', async () => {
    const viewer = studio.socket(ines)
    const heard = hear(viewer)
    await until(() => viewer.readyState === WebSocket.OPEN)
    viewer.send(STEP1)
    const movers = [studio.socket(tao), studio.socket(tao), studio.socket(tao)]
    for (const [i, mover] of movers.entries()) {
      await until(() => mover.readyState === WebSocket.OPEN)
      for (let x = 0; x <= 100; x++)
        mover.send(awarenessFrame(1, [awarenessEntry(7000 + i, x, `{"at":["hoja1",${x},0]}`)]))
    }
    const frames = (): Buffer[] => heard.frames.filter((frame) => frame[0] === MESSAGE.awareness)
    const last = (client: number): unknown => {
      for (const frame of frames().toReversed()) {
        const bytes = frame.subarray(frame[1] === undefined || frame[1] < 128 ? 2 : 3)
        const state = ownState(bytes, client)
        if (state !== null && state !== 'bad') return (JSON.parse(state) as { at: unknown[] }).at[1]
      }
      return null
    }
    await until(() => [7000, 7001, 7002].every((client) => last(client) === 100))
    expect(frames().length).toBeLessThan(60)
  })
})

describe('a presence', () => {
  it('is what its parser says, and nothing else', () => {
    const whole = {
      at: ['hoja1', 1.5, -2],
      tool: 'tape',
      sel: 'tao_aaaa',
      draw: { kind: 'pin', sheet: 'hoja1', shape: [1, 2] },
      view: [0, 0, 100, 50],
      laser: false,
    }
    expect(parsePresence(whole)).toEqual(whole)
    expect(parsePresence({})).toEqual({})
    for (const key of Object.keys(whole)) expect(parsePresence({ ...whole, [key]: null })).toBeNull()
    expect(parsePresence({ at: ['hoja1', Number.NaN, 0] })).toBeNull()
    expect(parsePresence({ at: ['hoja1', 1e300, 0] })).toBeNull()
    expect(parsePresence({ draw: { kind: 'pin', sheet: 'hoja1', shape: [1.5, 2] } })).toBeNull()
    expect(parseStamped({ ...whole, by: 'tao', firm: null })).toMatchObject({ by: 'tao', firm: null })
    expect(parseStamped(whole)).toBeNull()
  })
})
