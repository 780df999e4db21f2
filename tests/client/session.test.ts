import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BoardSession } from '../../client/sync/contract.ts'
import { readMark } from '../../shared/document/read.ts'
import type { Intent } from '../../shared/document/write.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import { board, HOUR, ines, tao } from '../support/people.ts'
import { type Seated, sit } from '../support/seat.ts'
import { lookWith, openStudio, type Studio, until } from '../support/studio.ts'

let studio: Studio
let open: BoardSession[] = []
const seat = (actor: Actor, storage: Storage | null = null): Seated => {
  const seated = sit(studio, actor, storage)
  open.push(seated.session)
  return seated
}
beforeEach(async () => {
  studio = await openStudio()
})
afterEach(async () => {
  for (const session of open) session.close()
  open = []
  await studio.close()
})

const is = (session: BoardSession, status: string): boolean => session.status.get().is === status
const saved = (session: BoardSession): Promise<void> => until(() => is(session, 'saved'))
const add = (session: BoardSession, text = 'hola'): Extract<Intent, { do: 'add' }> => ({
  do: 'add',
  mark: {
    id: session.newMarkId(),
    sheet: 'hoja1' as never,
    shape: { kind: 'pin', at: point(10, 20) },
    words: { says: 'noto', text },
    done: false,
    replies: [],
  },
})
const answer = (session: BoardSession, mark: MarkId, text = 'sí'): Intent => ({
  do: 'reply',
  mark,
  reply: session.newReplyId(),
  text,
})
const sees = (session: BoardSession): string[] =>
  [...session.records.get().marks.values()].map((m) => m.words.text).sort()
const drafts = (session: BoardSession): [string, string][] =>
  session.drafts.get().map(({ intent, why }) => [intent.do, why])

interface Pair {
  readonly one: BoardSession
  readonly two: BoardSession
  /** The first one's. */
  readonly line: Seated['line']
}
/** Tao and Inés at one table, with all there is to see before them. */
const pair = async (): Promise<Pair> => {
  const { session: one, line } = seat(tao)
  const { session: two } = seat(ines)
  await saved(one)
  await saved(two)
  return { one, two, line }
}
/** Both see a mark of Tao's. */
const shared = async (): Promise<Pair & { readonly mark: MarkId }> => {
  const { one, two, line } = await pair()
  const first = add(one, 'la pinza jala')
  one.act(first)
  await saved(one)
  await until(() => two.records.get().marks.size === 1)
  return { one, two, line, mark: first.mark.id }
}

/** What must hold whenever all is quiet: everybody sees what is on disk, and nothing waits. */
const allAgree = async (...sessions: readonly BoardSession[]): Promise<void> => {
  for (const session of sessions) await saved(session)
  const disk = studio.onDisk()
  const kept = [...disk.getMap('marks').keys()].sort()
  await until(() =>
    sessions.every((s) => JSON.stringify([...s.records.get().marks.keys()].sort()) === JSON.stringify(kept)),
  )
  for (const session of sessions) {
    expect(session.records.get().unsaved.size).toBe(0)
    for (const [id, mark] of session.records.get().marks) expect(mark).toEqual(readMark(disk, id))
  }
}

describe('a board in two windows', () => {
  it('draws at once, says saved when it is on disk, and reaches the other window', async () => {
    const { session: one } = seat(tao)
    const { session: two } = seat(ines)
    expect(one.status.get().is).toBe('loading')
    expect(one.act(add(one)).ok).toBe(false)
    await saved(one)
    await saved(two)
    expect(one.records.get().sheets.map(({ name }) => name)).toEqual(['Delantero'])

    const mark = add(one, 'la pinza jala')
    expect(one.act(mark)).toEqual({ ok: true })
    expect(sees(one)).toEqual(['la pinza jala'])
    expect(one.records.get().unsaved).toEqual(new Set([mark.mark.id]))
    expect(one.status.get()).toEqual({ is: 'saving', waiting: 1 })
    await saved(one)
    expect(readMark(studio.onDisk(), mark.mark.id)?.words.text).toBe('la pinza jala')
    await until(() => sees(two).includes('la pinza jala'))
    await allAgree(one, two)
  })

  it('writes on under an id that the same person was lent before', async () => {
    const { session: before } = seat(tao)
    await saved(before)
    before.act(add(before, 'la pinza jala'))
    await saved(before)
    before.close()
    await until(() => studio.rooms.present(board.id).length === 0)

    const { session: after } = seat(tao)
    await saved(after)
    after.act(add(after, 'ahora no'))
    await saved(after)
    expect(drafts(after)).toEqual([])
    expect(studio.rooms.stats().refusals).toEqual({})
    expect(sees(after)).toEqual(['ahora no', 'la pinza jala'])
    await allAgree(after)
  })

  it('refuses here what the server would refuse, and changes nothing', async () => {
    const { one, two } = await pair()
    const mark = add(one)
    one.act(mark)
    await until(() => two.records.get().marks.size === 1)
    const move: Intent = { do: 'move', mark: mark.mark.id, shape: { kind: 'pin', at: point(1, 1) } }
    expect(two.may(move)).toEqual({ ok: false, reason: 'not-author' })
    expect(two.act(move)).toEqual({ ok: false, reason: 'not-author' })
    expect(two.act({ ...answer(two, mark.mark.id), text: ' ' } as Intent)).toEqual({ ok: false, reason: 'bad-value' })
    expect(two.drafts.get()).toEqual([])
    await allAgree(one, two)
  })

  it('shows cursors, selections and unfinished strokes, under the name that the server vouches for', async () => {
    const { one, two } = await pair()
    one.show({ cursor: { sheet: 'hoja1' as never, x: 12.345, y: 6 }, laser: true })
    one.show({ drawing: { sheet: 'hoja1' as never, shape: { kind: 'tape', points: [point(1, 2), point(3, 4)] } } })
    await until(() => two.others.get()[0]?.drawing !== null && two.others.get().length === 1)
    expect(two.others.get()[0]).toMatchObject({
      person: tao.id,
      firm: tao.firm,
      cursor: { sheet: 'hoja1', x: 12.35, y: 6 },
      laser: true,
      selected: null,
      drawing: { sheet: 'hoja1', shape: { kind: 'tape', points: [point(1, 2), point(3, 4)] } },
    })
    one.close()
    await until(() => two.others.get().length === 0)
  })
})

describe('without a line', () => {
  it('goes on working, waits, and arrives once', async () => {
    const { one, two, line } = await pair()
    line.cut()
    await until(() => is(one, 'offline'))
    const marks = ['una', 'dos', 'tres'].map((text) => add(one, text))
    for (const mark of marks) expect(one.act(mark).ok).toBe(true)
    one.act(answer(one, marks[0]!.mark.id))
    expect(one.status.get()).toEqual({ is: 'offline', waiting: 4 })
    expect(sees(one)).toEqual(['dos', 'tres', 'una'])
    expect(two.records.get().marks.size).toBe(0)
    line.mend()
    await allAgree(one, two)
    expect(sees(two)).toEqual(['dos', 'tres', 'una'])
    expect(studio.acts.filter(({ action }) => action === 'mark.add')).toHaveLength(3)
    expect(studio.rooms.stats().refusals).toEqual({})
  })

  it('sees again who is there, though they have not stirred', async () => {
    const { one, two, line } = await pair()
    two.show({ cursor: { sheet: 'hoja1' as never, x: 1, y: 2 } })
    await until(() => one.others.get()[0]?.cursor?.x === 1)
    line.cut()
    await until(() => is(one, 'offline'))
    expect(one.others.get()).toEqual([])
    line.mend()
    await saved(one)
    await until(() => one.others.get()[0]?.cursor?.x === 1)
  })

  it('sends once what was on its way when the line broke', async () => {
    const { one, two, line } = await pair()
    for (let round = 0; round < 3; round++) {
      line.hold()
      one.act(add(one, `antes ${round}`))
      // Committed by the server, and its word for it lost with the line in every second round.
      if (round % 2 === 0) await until(() => sees(two).includes(`antes ${round}`))
      line.cut()
      line.release()
      one.act(add(one, `después ${round}`))
      line.mend()
      await allAgree(one, two)
    }
    expect(studio.acts.filter(({ action }) => action === 'mark.add')).toHaveLength(6)
    expect(studio.rooms.stats().refusals).toEqual({})
    expect(one.drafts.get()).toEqual([])
  })
})

describe('refused', () => {
  /** Tao takes his mark away while Inés' reply to it is on its way to him. */
  const race = async (): Promise<Pair & { readonly mark: MarkId }> => {
    const { one, two, line, mark } = await shared()
    line.hold()
    two.act(answer(two, mark, 'baje dos milímetros'))
    await saved(two)
    expect(one.act({ do: 'delete', mark: mark }).ok).toBe(true)
    return { one, two, line, mark }
  }

  it('keeps the act as a draft with the reason, and goes on from a fresh copy', async () => {
    const { one, two, line, mark } = await race()
    expect(one.records.get().marks.has(mark)).toBe(false)
    line.release()
    await until(() => one.drafts.get().length === 1)
    expect(drafts(one)).toEqual([['delete', 'others-replied']])
    await allAgree(one, two)
    expect(
      one.records
        .get()
        .marks.get(mark)
        ?.replies.map(({ text }) => text),
    ).toEqual(['baje dos milímetros'])
    expect(one.act(add(one, 'sigo aquí')).ok).toBe(true)
    await allAgree(one, two)
    expect(sees(two)).toEqual(['la pinza jala', 'sigo aquí'])
    // Its undo step went with it: the next undo is of the mark that came about.
    one.undo()
    await allAgree(one, two)
    expect(sees(two)).toEqual(['la pinza jala'])
  })

  it('does again, once each, what was done after it, and blames none of that', async () => {
    const { one, two, line } = await race()
    const later = ['cuatro', 'cinco', 'seis'].map((text) => add(one, text))
    for (const mark of later) expect(one.act(mark).ok).toBe(true)
    line.release()
    await until(() => one.drafts.get().length > 0)
    await allAgree(one, two)
    expect(drafts(one)).toEqual([['delete', 'others-replied']])
    expect(sees(two)).toEqual(['cinco', 'cuatro', 'la pinza jala', 'seis'])
    expect(studio.acts.filter(({ action }) => action === 'mark.add')).toHaveLength(4)
  })

  it('sends a draft again when the person says so, and keeps it while it still may not be', async () => {
    const { one, two, line, mark } = await race()
    line.release()
    await until(() => one.drafts.get().length === 1)
    await allAgree(one, two)
    const draft = one.drafts.get()[0]!
    expect(one.resend(draft.id)).toEqual({ ok: false, reason: 'others-replied' })
    expect(one.drafts.get()).toHaveLength(1)
    const reply = two.records.get().marks.get(mark)!.replies[0]!
    two.act({ do: 'unreply', mark, reply: reply.id })
    await until(() => one.records.get().marks.get(mark)?.replies.length === 0)
    expect(one.resend(draft.id)).toEqual({ ok: true })
    expect(one.drafts.get()).toEqual([])
    await allAgree(one, two)
    expect(sees(two)).toEqual([])
  })

  it('finds the one that was refused among several that travelled together', async () => {
    const { one, two, line, mark } = await shared()
    line.cut()
    await until(() => is(one, 'offline'))
    two.act(answer(two, mark))
    await saved(two)
    one.act(add(one, 'una'))
    one.act({ do: 'delete', mark: mark })
    one.act(add(one, 'dos'))
    line.mend()
    await until(() => one.drafts.get().length > 0)
    await allAgree(one, two)
    expect(drafts(one)).toEqual([['delete', 'others-replied']])
    expect(sees(two)).toEqual(['dos', 'la pinza jala', 'una'])
  })

  it('drafts what was said under a mark that went away meanwhile', async () => {
    const { one, two, line } = await pair()
    const theirs = add(two, 'de Inés')
    two.act(theirs)
    await until(() => one.records.get().marks.size === 1)
    line.cut()
    await until(() => is(one, 'offline'))
    const said = answer(one, theirs.mark.id, 'de acuerdo')
    one.act(said)
    two.act({ do: 'delete', mark: theirs.mark.id })
    await saved(two)
    line.mend()
    await until(() => one.drafts.get().length === 1)
    expect(one.drafts.get()[0]).toMatchObject({ intent: said })
    await allAgree(one, two)
    expect(sees(one)).toEqual([])
  })
})

describe('a swatch that somebody brought', () => {
  const look = (session: BoardSession, own: string): Extract<Intent, { do: 'add' }> => {
    const swatch = { own: own as never, name: 'lino crudo', across: 120 }
    const { kind, colour, words } = lookWith(own)
    const change = { op: 'lookArea', area: [0, 0, 1, 0, 1, 1], kind, colour, swatch, words } as const
    const { mark } = add(session)
    const shape = { kind: 'proposal', at: point(10, 20) } as const
    const says = { says: 'sugiero', text: 'así' } as const
    return { do: 'add', mark: { ...mark, shape, words: says, proposal: { change, version: 1 } } }
  }

  it('is named where it is of one’s own firm and board, as the server judges too', async () => {
    const { one, two } = await pair()
    for (const own of ['lino', 'pana', 'nadie'])
      expect(two.may(look(two, own))).toEqual({ ok: false, reason: 'foreign-swatch' })
    expect(two.act(look(two, 'tul'))).toEqual({ ok: true })
    await allAgree(one, two)
    expect(sees(one)).toEqual(['así'])
    expect(drafts(two)).toEqual([])
  })

  it('is known as soon as it has come; one that has gone since leaves a draft that says so', async () => {
    const { one, two } = await pair()
    const lost = look(two, 'perdida')
    two.knowSwatch('perdida' as never)
    expect(two.act(lost)).toEqual({ ok: true })
    await until(() => two.drafts.get().length === 1)
    await allAgree(one, two)
    expect([drafts(two), sees(two)]).toEqual([[['add', 'foreign-swatch']], []])
  })
})

describe('access', () => {
  it('clears the board when it ends, and keeps words that were on their way', async () => {
    const { session: one, line } = seat(tao)
    await saved(one)
    one.act(add(one))
    await saved(one)
    line.hold()
    one.act(add(one, 'sin llegar'))
    line.cut()
    line.release()
    await until(() => is(one, 'offline'))
    studio.boards.set(board.id, { ...board, openings: [] })
    studio.rooms.accessChanged(() => true)
    line.mend()
    await until(() => is(one, 'ended'))
    expect(one.records.get().marks.size).toBe(0)
    expect(one.records.get().sheets).toEqual([])
    expect(one.others.get()).toEqual([])
    expect(one.act(add(one)).ok).toBe(false)
  })

  it('comes back through the door when access changed but holds', async () => {
    const { one, two, line } = await pair()
    const before = line.leases
    studio.rooms.accessChanged(({ person }) => person === tao.id)
    await until(() => line.leases > before)
    one.act(add(one, 'sigo'))
    await allAgree(one, two)
    expect(one.drafts.get()).toEqual([])
  })

  it('judges by the clock: a window that has closed takes nothing any more', async () => {
    const { session: one } = seat(tao)
    await saved(one)
    expect(one.may(add(one)).ok).toBe(true)
    studio.pass(8 * HOUR)
    expect(one.may(add(one))).toEqual({ ok: false, reason: 'not-found' })
  })

  it('starts afresh under another id when its own was lost, and loses nothing', async () => {
    const { one, two, line } = await pair()
    one.act(add(one, 'antes'))
    await saved(one)
    line.cut()
    await until(() => is(one, 'offline'))
    one.act(add(one, 'entre'))
    // The same person's id is lent to another window a day later, with a new grant.
    studio.pass(25 * HOUR)
    studio.boards.set(board.id, {
      ...board,
      openings: [{ ...board.openings[0]!, until: (studio.now() + HOUR) as never }],
    })
    await studio.rooms.lease(tao.id, board.id)
    line.mend()
    await allAgree(one, two)
    expect(sees(two)).toEqual(['antes', 'entre'])
    expect(one.drafts.get()).toEqual([])
  })
})
