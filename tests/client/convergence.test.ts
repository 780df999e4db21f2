import { expect, it } from 'vitest'
import type { BoardSession } from '../../client/sync/contract.ts'
import { readMark } from '../../shared/document/read.ts'
import type { Intent } from '../../shared/document/write.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { ines, tao, uma } from '../support/people.ts'
import { type Seated, sit } from '../support/seat.ts'
import { type Chance, eachSeed } from '../support/seeds.ts'
import { openStudio, until } from '../support/studio.ts'

/** Anything that an honest person could do now, their own rules willing. */
const something = (session: BoardSession, chance: Chance): Intent => {
  const marks = [...session.records.get().marks.values()]
  if (marks.length === 0 || chance.oneIn(3)) {
    return {
      do: 'add',
      mark: {
        id: session.newMarkId(),
        sheet: 'hoja1' as never,
        shape: { kind: 'pin', at: point(chance.below(400), chance.below(600)) },
        words: { says: 'noto', text: chance.word(5) },
        done: false,
        replies: [],
      },
    }
  }
  const mark = chance.pick(marks)
  const said = mark.replies.length > 0 ? chance.pick(mark.replies) : null
  switch (chance.below(6)) {
    case 0:
      return { do: 'move', mark: mark.id, shape: { kind: 'pin', at: point(chance.below(400), chance.below(600)) } }
    case 1:
      return { do: 'say', mark: mark.id, words: { says: 'sugiero', text: chance.word(8) } }
    case 2:
      return { do: 'settle', mark: mark.id, done: !mark.resolved }
    case 3:
      return { do: 'delete', mark: mark.id }
    case 4:
      return said ? { do: 'unreply', mark: mark.id, reply: said.id } : { do: 'delete', mark: mark.id }
    default:
      return { do: 'reply', mark: mark.id, reply: session.newReplyId(), text: chance.word(6) }
  }
}

it('ends with everybody seeing what is on disk, whatever is cut, held, refused or undone on the way', async () => {
  let refusals = 0
  let acts = 0
  await eachSeed([1, 7, 42, 2026, 31337], async (chance) => {
    const studio = await openStudio()
    const seats: Seated[] = [ines, tao, uma].map((actor) => sit(studio, actor))
    const quiet = (): boolean => seats.every(({ session }) => session.status.get().is === 'saved')
    try {
      await until(quiet)
      const down = new Set<Seated>()
      for (let step = 0; step < 120; step++) {
        const seated = chance.pick(seats)
        const roll = chance.below(20)
        if (roll === 0 && !down.has(seated)) {
          seated.line.cut()
          down.add(seated)
        } else if (roll < 3) {
          seated.line.release()
          seated.line.mend()
          down.delete(seated)
        } else if (roll === 3) seated.line.hold()
        else if (roll === 4) seated.session.undo()
        else if (roll === 5) seated.session.redo()
        else if (seated.session.act(something(seated.session, chance)).ok) acts++
        if (chance.oneIn(4)) await new Promise((resolve) => setImmediate(resolve))
      }
      for (const { line } of seats) {
        line.release()
        line.mend()
      }
      await until(quiet)
      const disk = studio.onDisk()
      const ids = [...disk.getMap('marks').keys()].sort() as MarkId[]
      const same = ({ session }: Seated): boolean =>
        JSON.stringify([...session.records.get().marks.keys()].sort()) === JSON.stringify(ids)
      await until(() => quiet() && seats.every(same))
      for (const { session } of seats) {
        expect(session.records.get().unsaved.size).toBe(0)
        for (const id of ids) expect(session.records.get().marks.get(id)).toEqual(readMark(disk, id))
      }
      refusals += Object.values(studio.rooms.stats().refusals).reduce((a, b) => a + b, 0)
    } finally {
      for (const { session } of seats) session.close()
      await studio.close()
    }
  })
  // It could pass by nobody ever doing anything, or by nothing ever going wrong.
  expect(acts).toBeGreaterThan(200)
  expect(refusals).toBeGreaterThan(0)
}, 60_000)
