import { expect, it } from 'vitest'
import { judgeAct } from '../../shared/document/changes.ts'
import { changeOf, decisionOf, decisionsOf, marksOf, repliesOf, sheetsOf, treeOf } from '../../shared/document/read.ts'
import { actOf, type Intent, write } from '../../shared/document/write.ts'
import { isClosed } from '../../shared/domain/decision.ts'
import { type MarkId, markId, type ReplyId, replyId } from '../../shared/domain/ids.ts'
import { board, ines, patternSheet, sheet, tao, uma } from '../support/people.ts'
import { Wire } from '../support/pretend.ts'
import { type Chance, eachSeed } from '../support/seeds.ts'
import { contents, openStudio, propose, STITCH, type Studio } from '../support/studio.ts'

const SEEDS = Array.from({ length: 25 }, (_, i) => 100 + i)
const STEPS = 260

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const someIntent = (random: Chance, { actor, doc }: Wire, n: number): Intent => {
  const marks = [...marksOf(doc).keys()] as MarkId[]
  const shape = { kind: 'pin', at: { x: random.below(400), y: random.below(600) } } as never
  const isProposal = (id: MarkId): boolean => changeOf(doc, id) !== null
  const words = { says: 'noto', text: random.word(5) } as const
  if (random.oneIn(8)) return propose(actor, { ...STITCH, spi: 5 + random.below(10) })
  const mark = marks.length > 0 && !random.oneIn(4) ? random.pick(marks) : null
  if (mark === null)
    return {
      do: 'add',
      mark: {
        id: markId(`${actor.id}_c${n.toString(36).padStart(5, '0')}`),
        sheet: sheet.id,
        shape,
        words,
        done: false,
        replies: [],
      },
    }
  const tree = treeOf(doc, mark)
  const said = [...((tree && repliesOf(tree)?.keys()) ?? [])] as ReplyId[]
  if (isProposal(mark) && random.oneIn(3))
    return { do: 'change', mark, change: { ...STITCH, spi: 5 + random.below(10) } }
  switch (random.below(7)) {
    case 0:
      return { do: 'move', mark, shape }
    case 1:
      return { do: 'say', mark, words: isProposal(mark) ? { ...words, says: 'sugiero' } : words }
    case 2:
      return { do: 'settle', mark, done: random.oneIn(2) }
    case 3:
      return { do: 'delete', mark }
    case 4:
      return said.length > 0 ? { do: 'unreply', mark, reply: random.pick(said) } : { do: 'move', mark, shape }
    case 5:
      return said.length > 0
        ? { do: 'reply', mark, reply: random.pick(said), text: random.word(5) }
        : { do: 'settle', mark, done: true }
    default:
      return {
        do: 'reply',
        mark,
        reply: replyId(`${actor.id}_q${n.toString(36).padStart(5, '0')}`),
        text: random.word(4),
      }
  }
}

/** An honest client asks the same rules first. */
const tryOne = (wire: Wire, intent: Intent, studio: Studio): void => {
  const act = actOf(wire.doc, intent)
  if (!act) return
  const who = { actor: wire.actor, now: studio.now(), board }
  if (judgeAct(act, who, () => null).ok) write(wire.doc, intent, 'me')
}

it('however late, broken and out of step the wires are, all end with what is on disk', async () => {
  let refusals = 0
  let marks = 0
  await eachSeed(SEEDS, async (random) => {
    const studio = await openStudio()
    try {
      const room = await studio.rooms.get(board.id)
      await room.serverWrite((doc) => sheetsOf(doc).set(patternSheet.id, { ...patternSheet }), ines.id)
      /** The owner's answers, and marks that follow their edge: the server writes where others write too. */
      const decideSome = (): Promise<boolean> =>
        room.serverWrite((doc) => {
          const open = ([...marksOf(doc).keys()] as MarkId[]).filter(
            (id) => changeOf(doc, id) && !isClosed(decisionOf(doc, id)),
          )
          if (open.length === 0) return false
          const is = random.oneIn(2) ? 'declined' : 'asked'
          const [at, by, mark] = [studio.now(), ines.id, random.pick(open)]
          decisionsOf(doc).set(mark, { is, at, by, reason: 'x', until: null, version: null, change: null })
          treeOf(doc, mark)?.set('shape', [random.below(9000), random.below(9000)])
        }, ines.id)
      const wires: Wire[] = []
      for (const actor of [tao, tao, ines, uma])
        wires.push(new Wire(actor, room, await studio.rooms.lease(actor.id, board.id)))
      const revive = async (wire: Wire): Promise<void> => {
        if (wire.isRefused) wire.startAfresh(await studio.rooms.lease(wire.actor.id, board.id))
        wire.connect()
      }
      for (let step = 0; step < STEPS; step++) {
        const wire = random.pick(wires)
        const dice = random.below(20)
        if (random.oneIn(25)) await decideSome()
        if (dice === 0) wire.cut()
        else if (dice < 3) await revive(wire)
        else if (dice < 8) tryOne(wire, someIntent(random, wire, step), studio)
        else if (dice < 14) for (let n = random.below(4); n >= 0; n--) wire.up()
        else for (let n = random.below(4); n >= 0; n--) wire.down()
        if (random.oneIn(3)) await pause()
      }
      // The network is good again: everything arrives, and whoever was refused starts afresh.
      const isQuiet = (): boolean => {
        let moved = false
        for (const wire of wires) while (wire.up() || wire.down()) moved = true
        return !moved
      }
      const allEqual = (): boolean => {
        const disk = sorted(contents(studio.onDisk()))
        return wires.every((wire) => sorted(contents(wire.doc)) === disk)
      }
      do {
        for (const wire of wires) await revive(wire)
        await pause()
      } while (!isQuiet() || !allEqual() || wires.some((wire) => wire.isRefused || wire.socket === null))
      refusals += wires.reduce((sum, wire) => sum + wire.refusals, 0)
      marks += marksOf(studio.onDisk()).size
      for (const code of Object.keys(studio.rooms.stats().refusals))
        expect(['gone', 'already-there', 'others-replied', 'decided', 'lease-lost']).toContain(code)
      for (const { doc } of wires) expect(doc.store.pendingStructs).toBeNull()
    } finally {
      await studio.close()
    }
  })
  // It could pass by nobody doing anything: somebody did, and some of it crossed on the way.
  expect(marks).toBeGreaterThan(SEEDS.length * 5)
  expect(refusals).toBeGreaterThan(0)
})

/** Objects in one order of keys. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
