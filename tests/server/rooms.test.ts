import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { marksOf, readMark, stampsOf } from '../../shared/document/read.ts'
import { ines, NOON, tao } from '../support/people.ts'
import { contents, openStudio, pin, reply, type Studio, until } from '../support/studio.ts'

let studio: Studio
beforeEach(async () => {
  studio = await openStudio()
})
afterEach(() => studio.close())

describe('a room', () => {
  it("carries Tao's mark to Inés, with the server's time on it, and it is on disk by then", async () => {
    const one = studio.seat(tao)
    const two = studio.seat(ines)
    await until(() => one.provider.synced && two.provider.synced)
    const made = pin(tao, 'la pinza se abre')
    one.act(made)
    await until(() => readMark(two.doc, made.mark.id) !== null)
    expect(readMark(studio.onDisk(), made.mark.id)).toMatchObject({ author: tao.id, at: NOON, edited: null })
    await until(() => stampsOf(one.doc).has(made.mark.id))
    expect(contents(one.doc)).toEqual(contents(two.doc))
    expect(contents(studio.onDisk())).toEqual(contents(two.doc))
    expect(studio.acts).toMatchObject([{ action: 'mark.add', mark: made.mark.id, person: tao.id, sheet: 'hoja1' }])
  })

  it('lets a thread grow from both sides', async () => {
    const one = studio.seat(tao)
    const two = studio.seat(ines)
    await until(() => one.provider.synced && two.provider.synced)
    const made = pin(tao)
    one.act(made)
    await until(() => marksOf(two.doc).has(made.mark.id))
    two.act(reply(ines, made.mark.id, 'prueba otra puntada'))
    await until(() => readMark(one.doc, made.mark.id)?.replies[0]?.at === NOON)
    two.act({ do: 'settle', mark: made.mark.id, done: true })
    await until(() => readMark(one.doc, made.mark.id)?.resolved?.by === ines.id)
    expect(studio.rooms.stats().refusals).toEqual({})
    expect(contents(studio.onDisk())).toEqual(contents(one.doc))
  })
})
