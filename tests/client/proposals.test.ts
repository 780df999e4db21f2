import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BoardSession } from '../../client/sync/contract.ts'
import { decisionsOf, sheetsOf } from '../../shared/document/read.ts'
import type { Intent } from '../../shared/document/write.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Me } from '../../shared/protocol/api.ts'
import { board, circle, ines, patternSheet, tao } from '../support/people.ts'
import { type Seated, sit } from '../support/seat.ts'
import { LENGTHEN, openStudio, propose, STITCH, type Studio, until } from '../support/studio.ts'

/** A trainee's own table: what may be proposed is said before it is sent, and an answer of the owner's holds at once. */
let studio: Studio
const seats: Seated[] = []
const seat = (actor: Actor): Seated => {
  const seated = sit(studio, actor)
  seats.push(seated)
  return seated
}
beforeEach(async () => {
  studio = await openStudio()
  const room = await studio.rooms.get(board.id)
  await room.serverWrite((doc) => sheetsOf(doc).set(patternSheet.id, { ...patternSheet }), ines.id)
})
afterEach(async () => {
  for (const { session } of seats.splice(0)) session.close()
  await studio.close()
})
const saved = (session: BoardSession): Promise<void> => until(() => session.status.get().is === 'saved')
const mark = (session: BoardSession, id: MarkId) => session.records.get().marks.get(id)
const decline = async (id: MarkId): Promise<void> => {
  const room = await studio.rooms.get(board.id)
  const answer = {
    is: 'declined',
    at: studio.now(),
    by: ines.id,
    reason: 'no',
    until: null,
    version: null,
    change: null,
  }
  await room.serverWrite((doc) => decisionsOf(doc).set(id, answer), ines.id)
}

describe('proposing', () => {
  it('is judged here by the same rules, and a level that is raised holds at once', async () => {
    const { session } = seat(tao)
    await saved(session)
    expect(session.act(propose(tao, LENGTHEN))).toEqual({ ok: false, reason: 'level' })
    const small = propose(tao, STITCH)
    expect(session.act(small).ok).toBe(true)
    expect(session.may({ do: 'change', mark: small.mark.id, change: LENGTHEN })).toEqual({ ok: false, reason: 'level' })
    const raised = { ...tao, level: 'corte' } as Actor
    studio.people.set(tao.id, raised)
    const firms = [tao.firm]
    session.know({ person: raised, circles: [{ id: circle, name: 'M', size: 1, firms }] } as unknown as Me)
    expect(session.act(propose(tao, LENGTHEN)).ok).toBe(true)
    await saved(session)
    expect(studio.acts.map(({ action, proposal }) => [action, proposal])).toEqual([
      ['proposal.add', true],
      ['proposal.add', true],
    ])
  })

  it('of what no pattern, version or kind has is refused before it is sent', async () => {
    const { session } = seat(ines)
    await saved(session)
    const wrong: Intent[] = [
      propose(ines, STITCH, { sheet: 'hoja1' as never }),
      propose(ines, STITCH, { proposal: { change: STITCH, version: 4 } }),
      propose(ines, STITCH, { words: { says: 'pregunto', text: '¿?' } }),
      propose(ines, { ...STITCH, spi: 900 }),
    ]
    for (const intent of wrong) expect(session.act(intent)).toEqual({ ok: false, reason: 'bad-value' })
    const good = propose(ines)
    expect(session.act(good).ok).toBe(true)
    const asking: Intent = { do: 'say', mark: good.mark.id, words: { says: 'noto', text: 'x' } }
    expect(session.may(asking)).toEqual({ ok: false, reason: 'bad-value' })
  })

  it('is undone and done again, parameters and all', async () => {
    const { session } = seat(tao)
    await saved(session)
    const one = propose(tao)
    const { id } = one.mark
    session.act(one)
    session.act({ do: 'change', mark: id, change: { ...STITCH, spi: 7 } })
    session.undo()
    expect(mark(session, id)?.change).toEqual(STITCH)
    session.undo()
    expect(mark(session, id)).toBeUndefined()
    session.redo()
    session.redo()
    expect(mark(session, id)?.change).toMatchObject({ spi: 7 })
    expect(mark(session, id)?.version).toBe(3)
  })
})

describe('an answer', () => {
  it('is seen by all, and stops the author’s hand', async () => {
    const { session: one } = seat(tao)
    const { session: two } = seat(ines)
    await saved(one)
    await saved(two)
    const made = propose(tao)
    one.act(made)
    await saved(one)
    await decline(made.mark.id)
    await until(() => mark(one, made.mark.id)?.decision?.is === 'declined')
    await until(() => mark(two, made.mark.id)?.decision?.reason === 'no')
    expect(one.act({ do: 'change', mark: made.mark.id, change: { ...STITCH, spi: 7 } })).toEqual({
      ok: false,
      reason: 'decided',
    })
    expect(one.may({ do: 'delete', mark: made.mark.id })).toEqual({ ok: false, reason: 'decided' })
    one.undo()
    expect(mark(one, made.mark.id)).toBeDefined()
  })

  it('that came while the author had no line turns the change into a draft, and the rest arrives', async () => {
    const { session, line } = seat(tao)
    await saved(session)
    const made = propose(tao)
    session.act(made)
    await saved(session)
    line.cut()
    await until(() => session.status.get().is === 'offline')
    session.act({ do: 'change', mark: made.mark.id, change: { ...STITCH, spi: 7 } })
    const next = propose(tao, { ...STITCH, spi: 20 })
    session.act(next)
    await decline(made.mark.id)
    line.mend()
    await until(() => session.drafts.get().length === 1 && session.status.get().is === 'saved')
    expect(session.drafts.get().map(({ intent, why }) => [intent.do, why])).toEqual([['change', 'decided']])
    expect(mark(session, made.mark.id)?.change).toEqual(STITCH)
    const room = await studio.rooms.get(board.id)
    expect(room.doc.getMap('marks').has(next.mark.id)).toBe(true)
  })
})
