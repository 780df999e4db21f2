import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { waitBefore } from '../../client/sync/backoff.ts'
import type { Draft } from '../../client/sync/contract.ts'
import { openDrafts } from '../../client/sync/drafts.ts'
import { blamed, type Entry, stillWaiting, written } from '../../client/sync/outbox.ts'
import { fromWire, toWire } from '../../client/sync/presence.ts'
import { openTyped } from '../../client/sync/typed.ts'
import { newBoardDoc } from '../../server/rooms/gate.ts'
import { type Intent, write } from '../../shared/document/write.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { PRESENCE_CAPS, parsePresence } from '../../shared/protocol/presence.ts'
import { tao } from '../support/people.ts'
import { LENGTHEN, pin, propose, reply, STITCH } from '../support/studio.ts'

const memory = (): Storage => {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    key: (i) => [...kept.keys()][i] ?? null,
    get length() {
      return kept.size
    },
  }
}

describe('drafts', () => {
  const all: Intent[] = [
    pin(tao, 'la pinza jala', 'tao_aaaa' as MarkId),
    { do: 'move', mark: 'tao_aaaa' as MarkId, shape: { kind: 'tape', points: [point(1.25, 2), point(3, 4)] } },
    { do: 'say', mark: 'tao_aaaa' as MarkId, words: { says: 'pregunto', text: '¿y si baja?' } },
    { do: 'settle', mark: 'tao_aaaa' as MarkId, done: true },
    { do: 'delete', mark: 'tao_aaaa' as MarkId },
    reply(tao, 'tao_aaaa' as MarkId, 'sí'),
    { do: 'unreply', mark: 'tao_aaaa' as MarkId, reply: 'tao_bbbb' as never },
    propose(tao, STITCH),
    { do: 'change', mark: 'tao_aaaa' as MarkId, change: LENGTHEN },
  ]
  const draft = (intent: Intent, i: number): Draft => ({ id: `d${i}`, intent, why: 'gone', at: 5 })

  it('are there again when the page is loaded again in the same window', () => {
    const storage = memory()
    const first = openDrafts(storage, tao.id, 'mesa1')
    for (const one of all.map(draft)) first.keep(one)
    expect(openDrafts(storage, tao.id, 'mesa1').list.get()).toEqual(all.map(draft))
    expect(openDrafts(storage, tao.id, 'mesa2').list.get()).toEqual([])
    expect(openDrafts(storage, 'ines' as never, 'mesa1').list.get()).toEqual([])
    first.clear()
    expect(storage.length).toBe(0)
  })
  it('live in memory where nothing may be stored', () => {
    const full = {
      ...memory(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    } as Storage
    for (const storage of [null, full]) {
      const drafts = openDrafts(storage, tao.id, 'mesa1')
      drafts.keep(draft(all[0]!, 0))
      expect(drafts.list.get()).toHaveLength(1)
      drafts.discard('d0')
      expect(drafts.list.get()).toEqual([])
    }
  })
  it('that were tampered with are let fall, and the rest stay', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (junk) => {
        const storage = memory()
        openDrafts(storage, tao.id, 'mesa1').keep(draft(all[0]!, 0))
        const [key] = [storage.key(0)!]
        storage.setItem(
          key,
          JSON.stringify([...JSON.parse(storage.getItem(key)!), junk, { ...draft(all[4]!, 1), intent: junk }]),
        )
        expect(openDrafts(storage, tao.id, 'mesa1').list.get()).toEqual([draft(all[0]!, 0)])
        storage.setItem(key, '{not json')
        expect(openDrafts(storage, tao.id, 'mesa1').list.get()).toEqual([])
      }),
    )
  })
})

describe('what waits', () => {
  const three = () => {
    const view = newBoardDoc()
    view.clientID = 7
    const updates: Uint8Array[] = []
    view.on('update', (update: Uint8Array) => updates.push(update))
    const entries: Entry[] = [
      pin(tao, 'una', 'tao_aaaa' as MarkId),
      { do: 'delete', mark: 'tao_aaaa' as MarkId } as Intent,
      pin(tao, 'otra', 'tao_bbbb' as MarkId),
    ].map((intent, i) => written(view, intent, i, () => write(view, intent, null)))
    return { entries, updates }
  }
  it('leaves as the server’s copy has it, oldest first', () => {
    const { entries, updates } = three()
    const confirmed = new Y.Doc()
    expect(stillWaiting(entries, confirmed)).not.toContain(entries[1])
    Y.applyUpdate(confirmed, updates[0]!)
    expect(stillWaiting(entries, confirmed)).toEqual([entries[1], entries[2]])
    Y.applyUpdate(confirmed, updates[1]!)
    expect(stillWaiting(entries, confirmed)).toEqual([entries[2]])
    Y.applyUpdate(confirmed, updates[2]!)
    expect(stillWaiting(entries, confirmed)).toEqual([])
  })
  it('blames the oldest only where it travelled alone', () => {
    const { entries } = three()
    expect(blamed(entries)).toBe(entries[0])
    expect(blamed(entries.map((entry) => ({ ...entry, frame: 9 })))).toBeNull()
    expect(blamed([])).toBeNull()
  })
})

describe('what is typed and not sent', () => {
  it('is there again in the same window, for the same person on the same board', () => {
    const storage = memory()
    const typed = openTyped(storage, tao.id, 'mesa1')
    typed.set('reply/tao_aaaa/new', 'a medias')
    typed.set('words/tao_bbbb', 'otra')
    typed.delete('words/tao_bbbb')
    expect([...openTyped(storage, tao.id, 'mesa1')]).toEqual([['reply/tao_aaaa/new', 'a medias']])
    expect(openTyped(storage, tao.id, 'mesa2').size).toBe(0)
    expect(openTyped(storage, 'ines' as never, 'mesa1').size).toBe(0)
    typed.delete('reply/tao_aaaa/new')
    expect(storage.length).toBe(0)
  })

  it('begins anew where what is stored is none of ours, and lives in memory where nothing is', () => {
    for (const junk of ['{', 'null', '7', '["x"]', '{"a":1}']) {
      const storage = memory()
      storage.setItem(`puntada.typed.${tao.id}.mesa1`, junk)
      expect([...openTyped(storage, tao.id, 'mesa1').values()].filter((text) => typeof text !== 'string')).toEqual([])
    }
    const full = {
      ...memory(),
      setItem: () => {
        throw new Error('full')
      },
    } as Storage
    for (const storage of [null, full]) {
      const typed = openTyped(storage, tao.id, 'mesa1')
      typed.set('x', 'y')
      expect(typed.get('x')).toBe('y')
    }
  })
})

describe('presence', () => {
  it('is what the server lets pass, however long the stroke', () => {
    const points = Array.from({ length: 2000 }, (_, i) => ({ ...point(i, i % 7), pressure: 0.5 }))
    const wire = toWire({
      cursor: { sheet: 'hoja1' as never, x: 1 / 3, y: 2 },
      selected: 'tao_aaaa' as never,
      laser: true,
      view: { cx: 1, cy: 2, width: 3, height: 4 },
      drawing: { sheet: 'hoja1' as never, shape: { kind: 'pen', points } },
    })
    expect(parsePresence(JSON.parse(JSON.stringify(wire)))).not.toBeNull()
    expect(JSON.stringify(wire).length).toBeLessThan(PRESENCE_CAPS.bytes)
    const seen = fromWire(3, { ...wire, by: 'tao', firm: 'hilo' })
    expect(seen).toMatchObject({ client: 3, person: 'tao', cursor: { x: 0.33 }, laser: true, view: { width: 3 } })
    expect(seen?.drawing?.shape).toMatchObject({ kind: 'pen' })
  })
  it('without the server’s word for who it is, is none', () => {
    fc.assert(fc.property(fc.jsonValue(), (junk) => fromWire(1, junk) === null))
    expect(fromWire(1, { at: ['hoja1', 1, 2] })).toBeNull()
    expect(
      fromWire(1, { by: 'tao', firm: 'hilo', draw: { kind: 'pin', sheet: 'hoja1', shape: [1, 2, 3] } })?.drawing,
    ).toBeNull()
  })
})

describe('waiting to try again', () => {
  it('begins at once, grows, and never takes longer than ten seconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
        const wait = waitBefore(attempt, chance)
        expect(wait).toBeLessThanOrEqual(10_000)
        expect(waitBefore(attempt + 1, chance)).toBeGreaterThanOrEqual(wait)
      }),
    )
    expect(waitBefore(0, 0.9)).toBe(0)
    expect(waitBefore(1, 0)).toBe(125)
  })
})
