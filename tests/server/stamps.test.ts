import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMark } from '../../shared/document/read.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { ines, NOON, tao } from '../support/people.ts'
import { openStudio, pin, reply, type Seat, type Studio, until } from '../support/studio.ts'

const MINUTE = 60_000

let studio: Studio
let seat: Seat
beforeEach(async () => {
  studio = await openStudio()
  seat = studio.seat(tao)
  await until(() => seat.provider.synced)
})
afterEach(() => studio.close())

const say = (mark: MarkId, text: string): void => {
  seat.act({ do: 'say', mark, words: { says: 'noto', text } })
}
const read = (mark: MarkId) => readMark(seat.doc, mark)
const stamped = (mark: MarkId) => {
  const { at, edited } = read(mark) ?? {}
  return { at, edited }
}

describe('the time of record', () => {
  it('of a mark drawn first and worded later is that of its first words, and they are no edit', async () => {
    const { mark } = pin(tao, '')
    seat.act({ do: 'add', mark })
    await until(() => read(mark.id)?.at === NOON)
    studio.pass(3 * MINUTE)
    say(mark.id, 'la pinza se abre')
    await until(() => read(mark.id)?.at === NOON + 3 * MINUTE)
    expect(stamped(mark.id)).toEqual({ at: NOON + 3 * MINUTE, edited: null })
  })

  it('tells of other words at once, and of a mark that was only moved nothing', async () => {
    const { mark } = pin(tao, 'la pinza se abre')
    seat.act({ do: 'add', mark })
    await until(() => read(mark.id)?.at === NOON)
    studio.pass(1000)
    seat.act({ do: 'move', mark: mark.id, shape: { kind: 'pin', at: point(30, 40) } })
    seat.act({ do: 'settle', mark: mark.id, done: true })
    await until(() => read(mark.id)?.resolved?.at === NOON + 1000)
    expect(stamped(mark.id)).toEqual({ at: NOON, edited: null })
    studio.pass(1000)
    say(mark.id, 'la pinza se cierra')
    await until(() => read(mark.id)?.edited !== null)
    expect(stamped(mark.id)).toEqual({ at: NOON, edited: NOON + 2000 })
  })

  it('cannot be had again by unsaying first', async () => {
    const { mark } = pin(tao, 'la pinza se abre')
    seat.act({ do: 'add', mark })
    await until(() => read(mark.id)?.at === NOON)
    for (const text of ['', 'yo no dije eso']) {
      studio.pass(MINUTE)
      say(mark.id, text)
    }
    await until(() => studio.acts.filter(({ action }) => action === 'mark.edit').length === 2)
    await until(() => read(mark.id)?.edited !== null)
    expect(stamped(mark.id).at).toBe(NOON)
  })

  it('of an answer stands, and another wording shows', async () => {
    const { mark } = pin(tao)
    seat.act({ do: 'add', mark })
    const other = studio.seat(ines)
    await until(() => readMark(other.doc, mark.id) !== null)
    const said = reply(ines, mark.id)
    other.act(said)
    studio.pass(MINUTE)
    other.act({ ...said, text: 'mejor no' })
    await until(() => read(mark.id)?.replies[0]?.text === 'mejor no' && read(mark.id)?.replies[0]?.edited !== null)
  })
})
