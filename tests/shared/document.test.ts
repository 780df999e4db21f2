import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { actsOf, type Change, MAP, type Malformed } from '../../shared/document/changes.ts'
import { observe } from '../../shared/document/observe.ts'
import { decisionsOf, factsOf, readMark, readSheets, sheetsOf, stampsOf } from '../../shared/document/read.ts'
import { parseDecision, parseSheet } from '../../shared/document/schema.ts'
import { actOf, holds, type Intent, inverseOf, type NewMark, write } from '../../shared/document/write.ts'
import { point } from '../../shared/domain/geometry.ts'
import { firmId, type MarkId, markId, replyId, sheetId } from '../../shared/domain/ids.ts'
import { CAPS, mentions } from '../../shared/domain/mark.ts'
import type { Operation } from '../../shared/pattern/operation.ts'

const SHEET = sheetId('delantero')
const TAO = markId('tao_aaaa')
const HERS = replyId('ines_rrrr')
const HIS = replyId('tao_ssss')

const aMark = (id: MarkId = TAO, over: Partial<NewMark> = {}): NewMark => ({
  id,
  sheet: SHEET,
  shape: { kind: 'pin', at: point(10, 20) },
  words: { says: 'noto', text: 'La bastilla ondea' },
  done: false,
  replies: [],
  ...over,
})
const aBoard = (): Y.Doc => {
  const doc = new Y.Doc()
  sheetsOf(doc).set(SHEET, {
    id: SHEET,
    kind: 'drawing',
    name: 'Delantero',
    firm: firmId('altamira'),
    width: 400,
    height: 600,
    mmPerUnit: 1,
    scale: 'true-size',
    place: { x: 0, y: 0, turn: 0 },
    away: false,
    order: 0,
  })
  return doc
}
let doc: Y.Doc
beforeEach(() => {
  doc = aBoard()
})

describe('a mark in the document', () => {
  it('is read as it was written, dated once the server has stamped it', () => {
    write(doc, { do: 'add', mark: aMark() }, 'test')
    write(doc, { do: 'reply', mark: TAO, reply: HERS, text: '¿Con qué aguja?' }, 'test')
    expect(readMark(doc, TAO)).toMatchObject({ author: 'tao', at: null, replies: [{ author: 'ines', at: null }] })
    stampsOf(doc).set(TAO, [1000, 0])
    stampsOf(doc).set(HERS, [2000, 3000])
    expect(readMark(doc, TAO)).toMatchObject({
      at: 1000,
      edited: null,
      words: { says: 'noto', text: 'La bastilla ondea' },
      replies: [{ text: '¿Con qué aguja?', at: 2000, edited: 3000 }],
      change: null,
      version: null,
      decision: null,
      resolved: null,
    })
  })

  it('keeps its thread in the order of the server, whatever the order of arrival', () => {
    write(doc, { do: 'add', mark: aMark() }, 'test')
    for (const [id, at] of [
      ['ines_later', 30],
      ['tao_first', 10],
      ['ana_middle', 20],
    ] as const) {
      write(doc, { do: 'reply', mark: TAO, reply: replyId(id), text: id }, 'test')
      stampsOf(doc).set(id, [at, 0])
    }
    expect(readMark(doc, TAO)?.replies.map((r) => r.text)).toEqual(['tao_first', 'ana_middle', 'ines_later'])
  })

  it('is not shown when what is stored does not parse', () => {
    write(doc, { do: 'add', mark: aMark() }, 'test')
    ;(doc.getMap('marks').get(TAO) as Y.Map<unknown>).set('shape', ['far', 'away'])
    expect(readMark(doc, TAO)).toBeNull()
    sheetsOf(doc).set('roto', { id: 'roto' })
    expect(readSheets(doc).map((s) => s.id)).toEqual([SHEET])
  })

  it('tells what was touched, stamps of replies included', () => {
    const seen: string[] = []
    const stop = observe(
      doc,
      (t) => seen.push(...t.marks, ...(t.sheets ? ['sheets'] : [])),
      () => TAO,
    )
    write(doc, { do: 'add', mark: aMark() }, 'test')
    write(doc, { do: 'reply', mark: TAO, reply: HERS, text: 'sí' }, 'test')
    stampsOf(doc).set(HERS, [1, 0])
    sheetsOf(doc).delete(SHEET)
    expect(seen).toEqual([TAO, TAO, TAO, 'sheets'])
    stop()
    write(doc, { do: 'delete', mark: TAO }, 'test')
    expect(seen).toHaveLength(4)
  })

  it('names the people it mentions, each once', () => {
    expect(mentions('@[ines] ¿lo ves, @[ines]? También @[tao]. Correo a@[b y @[NO]')).toEqual(['ines', 'tao'])
  })
})

const STITCH: Operation = {
  op: 'stitch',
  edges: ['costado' as never],
  stitch: '516',
  seam: 1,
  spi: 10,
  needles: 2,
  gauge: 5,
  thread: '',
  allowance: 12,
}
const aProposal = (id: MarkId = TAO): NewMark =>
  aMark(id, {
    shape: { kind: 'proposal', at: point(10, 20) },
    words: { says: 'sugiero', text: 'aguanta más' },
    proposal: { change: STITCH, version: 2 },
  })
const DECIDED = { is: 'declined', at: 5000, by: 'ines', reason: 'no', until: null, version: null, change: null }

describe('a proposal in the document', () => {
  it('is read with what it asks for, what it was made on, and what was said to it', () => {
    write(doc, { do: 'add', mark: aProposal() }, 'test')
    expect(readMark(doc, TAO)).toMatchObject({
      change: STITCH,
      version: 2,
      decision: null,
      shape: { kind: 'proposal' },
    })
    const seen: string[] = []
    const stop = observe(
      doc,
      ({ marks }) => seen.push(...marks),
      () => null,
    )
    decisionsOf(doc).set(TAO, DECIDED)
    decisionsOf(doc).set('tao_nadie', DECIDED)
    expect(readMark(doc, TAO)?.decision).toEqual(DECIDED)
    expect(seen).toEqual([TAO])
    stop()
    decisionsOf(doc).set(TAO, { ...DECIDED, reason: null })
    expect(readMark(doc, TAO)?.decision).toBeNull()
  })

  it('is none without an operation, and no other mark has an answer', () => {
    write(
      doc,
      { do: 'add', mark: { ...aProposal(), proposal: { change: { op: 'nada' } as never, version: 1 } } },
      'test',
    )
    expect(readMark(doc, TAO)).toBeNull()
    write(doc, { do: 'add', mark: aMark(markId('tao_bbbb')) }, 'test')
    decisionsOf(doc).set('tao_bbbb', DECIDED)
    expect(readMark(doc, markId('tao_bbbb'))).toMatchObject({ change: null, version: null, decision: null })
  })

  it('taken back, in any run of acts, leaves the document as it was', () => {
    const change = fc
      .integer({ min: 3, max: 30 })
      .map((spi): Intent => ({ do: 'change', mark: TAO, change: { ...STITCH, spi } }))
    const others = fc.constantFrom<Intent>(
      { do: 'delete', mark: TAO },
      { do: 'add', mark: aProposal() },
      { do: 'move', mark: TAO, shape: { kind: 'proposal', at: point(7, 8) } },
      { do: 'settle', mark: TAO, done: true },
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(change, others), { minLength: 1, maxLength: 12 }), (run) => {
        const board = aBoard()
        for (const intent of run) {
          if (actOf(board, intent) === null) continue
          const before = JSON.stringify(readMark(board, TAO))
          const back = inverseOf(board, intent) as Intent
          write(board, intent, 'test')
          expect(holds(board, intent)).toBe(true)
          write(board, back, 'test')
          expect(JSON.stringify(readMark(board, TAO))).toBe(before)
          write(board, intent, 'test')
        }
      }),
    )
  })

  it.each<[string, object]>([
    ['an answer that nobody knows', { is: 'perhaps' }],
    ['nobody', { by: '' }],
    ['before time', { at: -1 }],
    ['declining without a reason', { reason: ' ' }],
    ['asking without a question', { is: 'asked', reason: null }],
    ['thinking for ever', { is: 'thinking', reason: null }],
    ['a promise that was not asked for', { until: 6000 }],
    ['a version of a refusal', { version: 3 }],
    ['another operation for a refusal', { change: STITCH }],
    ['in part, and no part', { is: 'part', version: 3 }],
    ['in part, of nothing known', { is: 'part', version: 3, change: { op: 'x' } }],
    ['a field too many', { price: 3 }],
  ])('%s is no decision', (_, over) => {
    expect(parseDecision({ ...DECIDED, ...over })).toBeNull()
  })
  it('every answer that is one is read', () => {
    for (const over of [
      {},
      { is: 'asked', reason: '¿cuánto?' },
      { is: 'thinking', reason: null, until: 6000 },
      { is: 'accepted', reason: null, version: 3 },
      { is: 'accepted', reason: 'gracias' },
      { is: 'part', reason: null, version: 3, change: { ...STITCH, spi: 7 } },
      { is: 'stale', reason: 'no-such-edge' },
    ])
      expect(parseDecision({ ...DECIDED, ...over })).toEqual({ ...DECIDED, ...over })
  })
})

describe('a sheet in the document', () => {
  it('is one with all of its fields as they may be, and with no other', () => {
    const one = sheetsOf(aBoard()).get(SHEET) as Record<string, unknown>
    expect(parseSheet(one)).toEqual(one)
    expect(parseSheet({ ...one, kind: 'pattern', version: 2 })).toMatchObject({ version: 2 })
    const { id: _, ...nameless } = one
    const place = { x: 0, y: 0, turn: 0 }
    const wrong: Record<string, unknown>[] = [
      nameless,
      { ...one, price: 3 },
      { ...one, version: 2 },
      { ...one, kind: 'pattern' },
      { ...one, kind: 'pattern', version: 0 },
      ...['Hoja 1', 7].map((id) => ({ ...one, id })),
      { ...one, kind: 'video' },
      { ...one, name: 7 },
      { ...one, firm: '../x' },
      ...['width', 'height', 'mmPerUnit'].flatMap((key) =>
        [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1'].map((value) => ({ ...one, [key]: value })),
      ),
      { ...one, scale: 'guessed' },
      { ...one, away: 0 },
      { ...one, order: Number.NaN },
      ...[null, { ...place, z: 1 }, { ...place, x: Number.NaN }, { ...place, y: '0' }, { ...place, turn: 4 }].map(
        (place) => ({ ...one, place }),
      ),
    ]
    for (const value of wrong) expect(parseSheet(value), JSON.stringify(value)).toBeNull()
  })
})

const intents = (mark: MarkId): fc.Arbitrary<Intent> =>
  fc.oneof(
    fc
      .record({ x: fc.integer({ min: -50, max: 50 }), y: fc.integer({ min: -50, max: 50 }) })
      .map(({ x, y }): Intent => ({ do: 'move', mark, shape: { kind: 'pin', at: point(x, y) } })),
    fc
      .string({ maxLength: 20, unit: 'grapheme' })
      .map((text): Intent => ({ do: 'say', mark, words: { says: 'sugiero', text } })),
    fc.boolean().map((done): Intent => ({ do: 'settle', mark, done })),
    fc.constant<Intent>({ do: 'delete', mark }),
    fc.constant<Intent>({ do: 'add', mark: aMark(mark) }),
    fc.constantFrom(HIS, replyId('tao_tttt')).map((reply): Intent => ({ do: 'reply', mark, reply, text: 'va' })),
    fc.constantFrom(HIS, replyId('tao_tttt')).map((reply): Intent => ({ do: 'unreply', mark, reply })),
  )

describe('an intent', () => {
  it('taken back leaves the document saying what it said before, for any run of acts', () => {
    fc.assert(
      fc.property(fc.array(intents(TAO), { minLength: 1, maxLength: 15 }), (run) => {
        const board = aBoard()
        const told = () => JSON.stringify(readMark(board, TAO))
        let done = 0
        for (const intent of run) {
          if (actOf(board, intent) === null) continue
          const before = told()
          const back = inverseOf(board, intent)
          expect(back).not.toBeNull()
          write(board, intent, 'test')
          expect(holds(board, intent)).toBe(true)
          write(board, back as Intent, 'test')
          expect(told()).toBe(before)
          write(board, intent, 'test')
          done++
        }
        return done >= 0
      }),
    )
  })

  it('writes nothing where its target is gone', () => {
    expect(write(doc, { do: 'reply', mark: TAO, reply: HERS, text: 'tarde' }, 'test')).toBe(false)
    expect(actOf(doc, { do: 'move', mark: TAO, shape: { kind: 'pin', at: point(0, 0) } })).toBeNull()
  })

  it('is one transaction, so one frame and one step of undo', () => {
    let updates = 0
    doc.on('update', () => updates++)
    write(doc, { do: 'add', mark: aMark(TAO, { done: true, replies: [{ id: HIS, text: 'yo' }] }) }, 'test')
    expect(updates).toBe(1)
  })
})

describe('changes read as acts', () => {
  const words = { says: 'noto', text: 'x' }
  const making = (id: string, over: Partial<Record<string, unknown>> = {}): Change[] => [
    { do: 'put', path: ['marks', id], value: MAP },
    { do: 'put', path: ['marks', id, 'born'], value: over.born ?? { kind: 'pin', sheet: SHEET } },
    { do: 'put', path: ['marks', id, 'shape'], value: over.shape ?? [100, 200] },
    { do: 'put', path: ['marks', id, 'words'], value: over.words ?? words },
    { do: 'put', path: ['marks', id, 'replies'], value: over.replies ?? MAP },
  ]
  const put = (value: unknown, ...path: string[]): Change[] => [{ do: 'put', path, value }]
  const drop = (...path: string[]): Change[] => [{ do: 'drop', path }]

  it('asks for one right per thing done', () => {
    write(doc, { do: 'add', mark: aMark() }, 'test')
    write(doc, { do: 'reply', mark: TAO, reply: HERS, text: 'sí' }, 'test')
    const read = (...changes: Change[]) => {
      const acts = actsOf(changes, factsOf(doc))
      return acts.ok ? acts.acts.map((a) => [a.action, a.author, a.othersReplied]) : acts.malformed
    }
    expect(read(...making('ines_cccc'))).toEqual([['mark.add', 'ines', undefined]])
    expect(read(...put([1, 2], 'marks', TAO, 'shape'))).toEqual([['mark.move', 'tao', undefined]])
    expect(read(...put(words, 'marks', TAO, 'words'))).toEqual([['mark.edit', 'tao', undefined]])
    expect(read(...put(true, 'marks', TAO, 'done'))).toEqual([['mark.settle', 'tao', undefined]])
    expect(read(...drop('marks', TAO))).toEqual([['mark.delete', 'tao', true]])
    expect(read(...put({ text: 'no' }, 'marks', TAO, 'replies', HERS))).toEqual([['reply.edit', 'ines', undefined]])
    expect(read(...put({ text: 'no' }, 'marks', TAO, 'replies', HIS))).toEqual([['reply.add', 'tao', undefined]])
    expect(read(...drop('marks', TAO, 'replies', HERS))).toEqual([['reply.delete', 'ines', undefined]])
  })

  it.each<[string, Malformed, Change[]]>([
    ['a root nobody knows', 'unknown-root', put(1, 'precios', 'x')],
    ['a sheet of one’s own', 'server-only', put({}, 'sheets', 'otra')],
    ['a stamp', 'server-only', put([1, 0], 'stamps', TAO)],
    ['a key that is no id', 'bad-id', put(MAP, 'marks', '__proto__')],
    ['a plain value for a mark', 'bad-value', put({ born: 1 }, 'marks', 'tao_zzzz')],
    ['a live mark written over', 'already-there', put(MAP, 'marks', TAO)],
    ['a mark without words', 'incomplete', making('tao_zzzz').filter((c) => c.path[2] !== 'words')],
    ['a mark without a thread', 'incomplete', making('tao_zzzz').filter((c) => c.path[2] !== 'replies')],
    ['a mark on no sheet', 'bad-value', making('tao_zzzz', { born: { kind: 'pin', sheet: 'nada' } })],
    ['a shape of another kind', 'bad-value', making('tao_zzzz', { shape: [1, 2, 3, 4] })],
    ['another kind for a live mark', 'fixed', put({ kind: 'tape', sheet: SHEET }, 'marks', TAO, 'born')],
    ['the thread taken away', 'fixed', drop('marks', TAO, 'replies')],
    ['the words taken away', 'fixed', drop('marks', TAO, 'words')],
    ['a key nobody knows', 'unknown-key', put(1, 'marks', TAO, 'precio')],
    ['a key below a plain value', 'unknown-key', put(1, 'marks', TAO, 'words', 'says')],
    ['a field too many', 'bad-value', put({ ...words, price: 3 }, 'marks', TAO, 'words')],
    ['a type nobody knows', 'bad-value', put({ says: 'ordeno', text: '' }, 'marks', TAO, 'words')],
    ['half a character', 'bad-value', put({ says: 'noto', text: '\ud800' }, 'marks', TAO, 'words')],
    ['a text too long', 'bad-value', put({ says: 'noto', text: 'a'.repeat(CAPS.text + 1) }, 'marks', TAO, 'words')],
    ['an empty reply', 'bad-value', put({ text: ' ' }, 'marks', TAO, 'replies', HERS)],
    ['a reply to nothing', 'gone', put({ text: 'x' }, 'marks', 'ana_nada', 'replies', HERS)],
    ['a shape that inherits', 'bad-value', put(Object.create(words), 'marks', TAO, 'words')],
    [
      'a record that inherits',
      'bad-value',
      put(Object.assign(Object.create({ by: 'ana' }), words), 'marks', TAO, 'words'),
    ],
    ['a field by another name', 'bad-value', put({ says: 'noto', toString: 'x' }, 'marks', TAO, 'words')],
    ['a kind nobody knows', 'incomplete', making('tao_zzzz', { born: { kind: 'circle', sheet: SHEET } })],
    ['a value for a thread', 'bad-value', making('tao_zzzz', { replies: 1 })],
    ['a reply that is no id', 'bad-id', put({ text: 'x' }, 'marks', TAO, 'replies', 'ana')],
    ['a key below a reply', 'unknown-key', put('x', 'marks', TAO, 'replies', HERS, 'text')],
    ['a number for resolved', 'bad-value', put(1, 'marks', TAO, 'done')],
  ])('refuses %s', (_what, malformed, changes) => {
    write(doc, { do: 'add', mark: aMark() }, 'test')
    expect(actsOf(changes, factsOf(doc))).toMatchObject({ ok: false, malformed })
  })

  it('stops a thread at its cap', () => {
    write(doc, { do: 'add', mark: aMark() }, 'test')
    doc.transact(() => {
      for (let i = 0; i < CAPS.replies; i++)
        write(doc, { do: 'reply', mark: TAO, reply: replyId(`tao_r${1000 + i}`), text: 'x' }, 'test')
    })
    expect(actsOf(put({ text: 'una más' }, 'marks', TAO, 'replies', HERS), factsOf(doc))).toMatchObject({
      malformed: 'too-many-replies',
    })
    expect(actsOf(put({ text: 'otra' }, 'marks', TAO, 'replies', 'tao_r1000'), factsOf(doc)).ok).toBe(true)
  })
})
