import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newHistory } from '../../client/sync/undo.ts'
import { newBoardDoc } from '../../server/rooms/gate.ts'
import { actOf, type Intent, inverseOf, write } from '../../shared/document/write.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId, ReplyId } from '../../shared/domain/ids.ts'
import { ines, tao } from '../support/people.ts'
import { contents, pin, reply } from '../support/studio.ts'

/** A desk with one person at it, and a history of what they do. */
const sitDown = () => {
  const doc = newBoardDoc()
  const history = newHistory()
  const carryOut = (intent: Intent): boolean => actOf(doc, intent) !== null && write(doc, intent, 'tao')
  return {
    doc,
    history,
    act(intent: Intent): void {
      const inverse = inverseOf(doc, intent)
      if (carryOut(intent) && inverse) history.did({ did: intent, inverse })
    },
    undo: (did?: Intent) => history.undo(doc, carryOut, did),
    redo: () => history.redo(doc, carryOut),
    now: () => JSON.stringify(contents(doc)),
  }
}

const IDS = ['tao_aaaa', 'tao_bbbb', 'tao_cccc'] as MarkId[]
const mark = fc.constantFrom(...IDS)
const spot = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 600 }) })
const text = fc
  .string({ minLength: 1, maxLength: 8 })
  .filter((t) => t.trim() !== '' && t.isWellFormed() && !t.includes('\u0000'))
const said = fc.constantFrom('tao_rrrr', 'tao_ssss').map((id) => id as ReplyId)
const intents: fc.Arbitrary<Intent> = fc.oneof(
  mark.map((id) => pin(tao, 'hola', id)),
  fc
    .record({ mark, spot })
    .map(({ mark, spot }): Intent => ({ do: 'move', mark, shape: { kind: 'pin', at: point(spot.x, spot.y) } })),
  fc.record({ mark, text }).map(({ mark, text }): Intent => ({ do: 'say', mark, words: { says: 'sugiero', text } })),
  fc.record({ mark, done: fc.boolean() }).map(({ mark, done }): Intent => ({ do: 'settle', mark, done })),
  mark.map((id): Intent => ({ do: 'delete', mark: id })),
  fc.record({ mark, said, text }).map(({ mark, said, text }): Intent => ({ do: 'reply', mark, reply: said, text })),
  fc.record({ mark, said }).map(({ mark, said }): Intent => ({ do: 'unreply', mark, reply: said })),
)

/** `done: false` and no `done` say the same. */
const plain = (json: string): string => json.replaceAll(/,?"done":false/g, '')

describe('undo', () => {
  it('takes everything back to the beginning, and redo brings it to the end again', () => {
    let steps = 0
    fc.assert(
      fc.property(fc.array(intents, { minLength: 5, maxLength: 25, size: 'max' }), (all) => {
        const desk = sitDown()
        const states = [desk.now()]
        for (const intent of all) {
          desk.act(intent)
          if (desk.now() !== states.at(-1)) states.push(desk.now())
        }
        const end = desk.now()
        while (desk.undo()) steps++
        expect(plain(desk.now())).toBe(plain(states[0]!))
        while (desk.redo()) steps++
        expect(plain(desk.now())).toBe(plain(end))
      }),
      { numRuns: 300 },
    )
    expect(steps).toBeGreaterThan(1000)
  })

  it('passes over what somebody else has changed since', () => {
    const desk = sitDown()
    desk.act(pin(tao, 'hola', IDS[0]))
    desk.act({ do: 'settle', mark: IDS[0]!, done: true })
    // The owner opened it again: taking the settling back is not Tao's any more.
    write(desk.doc, { do: 'settle', mark: IDS[0]!, done: false }, 'ines')
    expect(desk.undo()).toBe(true)
    expect(desk.doc.getMap('marks').size).toBe(0)
    expect(desk.history.canUndo.get()).toBe(false)
  })

  it('does not take away what others have answered to', () => {
    const desk = sitDown()
    desk.act(pin(tao, 'hola', IDS[0]))
    write(desk.doc, reply(ines, IDS[0]!, 'de acuerdo'), 'ines')
    expect(desk.history.undo(desk.doc, (intent) => !(actOf(desk.doc, intent)?.othersReplied ?? false))).toBe(false)
    expect(desk.doc.getMap('marks').size).toBe(1)
  })

  it('forgets what never came about, and what could be redone after a new act', () => {
    const desk = sitDown()
    const first = pin(tao, 'hola', IDS[0])
    desk.act(first)
    desk.history.forget(first)
    expect(desk.undo()).toBe(false)
    desk.act(pin(tao, 'dos', IDS[1]))
    desk.undo()
    expect(desk.history.canRedo.get()).toBe(true)
    desk.act(pin(tao, 'tres', IDS[2]))
    expect(desk.redo()).toBe(false)
  })

  it('of one act named takes back that one, and only once', () => {
    const desk = sitDown()
    const first = pin(tao, 'una', IDS[0])
    desk.act(first)
    const gone: Intent = { do: 'delete', mark: first.mark.id }
    desk.act(gone)
    const between = desk.now()
    const later = pin(tao, 'otra', IDS[1])
    desk.act(later)
    expect(desk.undo(gone)).toBe(true)
    expect(desk.doc.getMap('marks').size).toBe(2)
    expect(desk.undo(gone)).toBe(false)
    expect(desk.doc.getMap('marks').size).toBe(2)
    // The rest of the way back is as it was.
    desk.redo()
    expect(desk.undo(later)).toBe(true)
    expect(desk.now()).toBe(between)
  })
})
