import * as encoding from 'lib0/encoding'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { apply } from '../../server/rooms/gate.ts'
import { marksOf, repliesOf, sheetsOf, stampsOf, treeOf } from '../../shared/document/read.ts'
import { KEYS } from '../../shared/document/schema.ts'
import { type MarkId, markId } from '../../shared/domain/ids.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import { ines, oru, sheet, tao, uma, zoe } from '../support/people.ts'
import { eachSeed } from '../support/seeds.ts'
import { pin, reply } from '../support/studio.ts'
import { idAt, KIND, openTable, type RawStruct, raw, SERVER, type Table, updateBy, updatesOf } from '../support/wire.ts'

/**
 * Every way to cheat that we know, one test each. The law under all of them: what is refused leaves not one bit of the
 * document changed, and no cheat is told apart from honest work by anything but its refusal.
 */
const TAO = 1001
const INES = 2001
const UMA = 3001

let table: Table
/** Tao's mark, with a reply by Inés; Inés' mark, alone. */
let taos: MarkId
let iness: MarkId
let answer: string

beforeEach(() => {
  table = openTable()
  const first = pin(tao, 'la pinza se abre')
  taos = first.mark.id
  for (const update of updatesOf(table.copy(TAO), first)) table.send(tao, TAO, update)
  const second = pin(ines, '¿y la sisa?')
  iness = second.mark.id
  const said = reply(ines, taos)
  answer = said.reply
  for (const update of updatesOf(table.copy(INES), second, said))
    expect(table.send(ines, INES, update)).not.toHaveProperty('refused')
})

const state = (client: number): number => Y.getState(table.doc.store, client)

/** Sends it as Tao, and holds the law. */
const cheat = (
  update: Uint8Array,
  code: string | readonly string[],
  client: number | null = TAO,
  actor = tao,
): void => {
  const before = table.digest()
  const outcome = table.send(actor, client, update)
  expect([code].flat()).toContain('refused' in outcome ? outcome.refused : 'accepted')
  expect(table.digest()).toBe(before)
  expect(table.doc.store.pendingStructs).toBeNull()
  expect(table.doc.store.pendingDs).toBeNull()
}

/** Structs that make one whole mark, the first of them at `clock`. */
const wholeMark = (id: string, clock: number, client = TAO): RawStruct[] => [
  { kind: KIND.type, parent: 'marks', key: id },
  { kind: KIND.any, parent: [client, clock], key: 'born', value: { kind: 'pin', sheet: sheet.id } },
  { kind: KIND.any, parent: [client, clock], key: 'shape', value: [100, 100] },
  { kind: KIND.any, parent: [client, clock], key: 'words', value: { says: 'noto', text: 'x' } },
  { kind: KIND.type, parent: [client, clock], key: 'replies' },
]

describe('honest work passes', () => {
  it('a whole mark written by hand is what an honest client writes', () => {
    const outcome = table.send(tao, TAO, raw(TAO, state(TAO), wholeMark('tao_byhand', state(TAO))))
    expect(outcome).toMatchObject({ acts: [{ action: 'mark.add', mark: 'tao_byhand' }] })
    expect(marksOf(table.doc).has('tao_byhand')).toBe(true)
  })

  it('moving, editing, settling, replying, taking back, deleting', () => {
    const copy = table.copy(TAO)
    const made = pin(tao)
    const said = reply(tao, iness)
    const id = made.mark.id
    const updates = updatesOf(
      copy,
      made,
      { do: 'move', mark: id, shape: made.mark.shape },
      { do: 'say', mark: id, words: { says: 'pregunto', text: 'otra' } },
      { do: 'settle', mark: id, done: true },
      said,
      { ...said, text: 'mejor' },
      { do: 'unreply', mark: iness, reply: said.reply },
      { do: 'delete', mark: id },
      made,
    )
    const actions = updates
      .map((update) => table.send(tao, TAO, update))
      .map((o) => ('acts' in o ? o.acts[0]?.action : o.refused))
    expect(actions).toEqual([
      'mark.add',
      'mark.move',
      'mark.edit',
      'mark.settle',
      'reply.add',
      'reply.edit',
      'reply.delete',
      'mark.delete',
      'mark.add',
    ])
    expect(marksOf(copy).toJSON()).toEqual(marksOf(table.doc).toJSON())
  })

  it('hours of work without a network, sent at once, its own deletions and all', () => {
    const copy = table.copy(TAO)
    const made = pin(tao)
    const id = made.mark.id
    updatesOf(copy, made, { do: 'delete', mark: id }, made, { do: 'settle', mark: id, done: true }, reply(tao, id))
    updatesOf(copy, { do: 'settle', mark: id, done: false }, { do: 'settle', mark: id, done: true }, reply(tao, iness))
    const outcome = table.send(tao, TAO, Y.encodeStateAsUpdate(copy, Y.encodeStateVector(table.doc)))
    expect(outcome).not.toHaveProperty('refused')
    expect(marksOf(table.doc).toJSON()).toEqual(marksOf(copy).toJSON())
  })

  it('what was sent twice counts once', () => {
    const copy = table.copy(TAO)
    const [update] = updatesOf(copy, pin(tao)) as [Uint8Array]
    expect(table.send(tao, TAO, update)).toMatchObject({ known: false })
    const before = table.digest()
    expect(table.send(tao, TAO, update)).toMatchObject({ known: true, acts: [] })
    expect(table.digest()).toBe(before)
  })

  it('an empty update is nothing', () => {
    expect(table.send(tao, TAO, new Uint8Array([0, 0]))).toEqual({ known: true, acts: [] })
  })
})

describe('wire', () => {
  const update = (): Uint8Array => raw(TAO, state(TAO), wholeMark('tao_wire1', state(TAO)))

  it('a V2 update, which reads as an empty V1 one', () => {
    const copy = table.copy(TAO)
    const before = Y.encodeStateVector(table.doc)
    updatesOf(copy, pin(tao))
    cheat(Y.encodeStateAsUpdateV2(copy, before), ['trailing-bytes', 'not-an-update'])
  })
  it('bytes after the end', () => cheat(Uint8Array.of(...update(), 0), 'trailing-bytes'))
  it('every shorter beginning of an update', () => {
    const whole = update()
    for (let n = 0; n < whole.length; n++)
      cheat(whole.subarray(0, n), ['not-an-update', 'bad-content', 'not-a-key', 'incomplete'])
  })
  it('two client sections', () => {
    const copy = table.copy(TAO)
    updatesOf(copy, pin(tao))
    copy.clientID = UMA
    updatesOf(copy, pin(uma))
    cheat(Y.encodeStateAsUpdate(copy, Y.encodeStateVector(table.doc)), 'many-clients')
  })
  it('the same client twice, of which Yjs keeps the second', () => {
    const one = raw(TAO, state(TAO), wholeMark('tao_twice1', state(TAO)))
    cheat(Uint8Array.of(2, ...one.subarray(1, -1), ...one.subarray(1, -1), 0), 'many-clients')
  })
  it('a gap in the middle (Skip)', () => cheat(raw(TAO, state(TAO), [{ kind: KIND.skip, length: 3 }]), 'skip'))
  it('13 bytes that claim 30 million structs', () => {
    const encoder = encoding.createEncoder()
    for (const n of [1, 30_000_000, TAO, state(TAO)]) encoding.writeVarUint(encoder, n)
    encoding.writeUint8Array(encoder, new Uint8Array([0, 1, 0]))
    cheat(encoding.toUint8Array(encoder), 'too-many-structs')
  })
  it('a run of a thousand million deleted', () =>
    cheat(raw(TAO, state(TAO), [{ kind: KIND.gc, length: 1_000_000_000 }]), 'too-long'))
  it('a clock that would pass 2³¹', () => {
    const runs = Array.from({ length: 2200 }, () => ({ kind: KIND.gc, length: 1_000_000 }))
    cheat(raw(TAO, state(TAO), runs), 'too-long')
  })
  it('more delete ranges than anybody has', () => {
    const encoder = encoding.createEncoder()
    for (const n of [0, 1, TAO, 4_000_000_000]) encoding.writeVarUint(encoder, n)
    cheat(encoding.toUint8Array(encoder), 'too-many-deletes')
  })
  it('more changes at once than anybody makes', () => {
    const keys = Array.from({ length: 20_001 }, (_, i) => `tao_k${String(i).padStart(6, '0')}`)
    const from = state(SERVER)
    table.doc.transact(() => {
      for (const key of keys) marksOf(table.doc).set(key, 1)
    })
    cheat(raw(TAO, 0, [], [[SERVER, [[from, keys.length]]]]), 'too-long')
  })
  it('a cleared struct with flags that it cannot have', () => {
    const update = raw(TAO, state(TAO), [{ kind: KIND.gc }])
    // Sections, structs, two bytes of client, clock: then its info.
    const forged = Uint8Array.from(update)
    forged[5] = 32
    expect(update[5]).toBe(0)
    cheat(forged, 'bad-content')
  })
  it('an empty run, and an empty section', () => {
    cheat(raw(TAO, state(TAO), [{ kind: KIND.gc, length: 0 }]), 'not-an-update')
    cheat(Uint8Array.of(1, 0, ...raw(TAO, state(TAO), [{ kind: KIND.gc }]).subarray(2, -3), 0), [
      'not-an-update',
      'forged-client',
    ])
  })
  it('a text that is not UTF-8', () => {
    const body = (encoder: encoding.Encoder): void =>
      encoding.writeUint8Array(encoder, new Uint8Array([1, 118, 1, 4, 116, 101, 120, 116, 119, 2, 0xc3, 0x28]))
    const replies = idAt(table.doc, 'marks', iness, 'replies')
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: replies, key: 'tao_utf8x', body }]), 'not-an-update')
  })
})

describe('identity', () => {
  it("a mark under somebody else's client id", () => {
    const copy = table.copy(INES)
    const [update] = updatesOf(copy, pin(ines)) as [Uint8Array]
    cheat(update, 'forged-client')
  })
  it("own mark under the server's client id", () =>
    cheat(raw(SERVER, state(SERVER), wholeMark('tao_server', state(SERVER), SERVER)), 'forged-client'))
  it('structs without a client id of one’s own', () =>
    cheat(raw(TAO, state(TAO), wholeMark('tao_noid11', state(TAO))), 'unbound-client', null))
  it('a clock that leaves a gap', () => cheat(raw(TAO, state(TAO) + 1, wholeMark('tao_gap111', state(TAO) + 1)), 'gap'))
  it('two thousand small gaps, each refused before Yjs parks it', () => {
    for (let i = 0; i < 2000; i++) cheatQuick(raw(TAO, state(TAO) + 1 + i * 2, [{ kind: KIND.gc }]), 'gap')
    expect(table.doc.store.pendingStructs).toBeNull()
  })
  it('a known clock with a longer body', () => {
    cheat(raw(TAO, state(TAO) - 1, [{ kind: KIND.gc, length: 2 }]), 'overlap')
  })
  it('a known clock whose body waits for a stranger', () => {
    const waits: RawStruct = { kind: KIND.any, origin: [999_999, 5], key: 'x', value: 1 }
    const before = table.digest()
    expect(table.send(tao, TAO, raw(TAO, state(TAO) - 1, [waits]))).toEqual({ known: true, acts: [] })
    expect(table.digest()).toBe(before)
    expect(table.doc.store.pendingStructs).toBeNull()
  })
  it('a known clock whose body waits for a stranger, beside a deletion that is allowed', () => {
    const made = pin(tao)
    for (const update of updatesOf(table.copy(TAO), made)) table.send(tao, TAO, update)
    const [client, clock] = idAt(table.doc, 'marks', made.mark.id)
    const waits: RawStruct = { kind: KIND.any, origin: [999_999, 5], key: 'x', value: 1 }
    const outcome = table.send(tao, TAO, raw(TAO, state(TAO) - 1, [waits], [[client, [[clock, 1]]]]))
    expect(outcome).toMatchObject({ acts: [{ action: 'mark.delete' }] })
    expect(marksOf(table.doc).has(made.mark.id)).toBe(false)
    expect(table.doc.store.pendingStructs).toBeNull()
  })
  it('a known clock with a deletion that waits for nothing is judged by its deletion', () => {
    const theirs = idAt(table.doc, 'marks', iness)
    cheat(raw(TAO, 0, [{ kind: KIND.gc }], [[theirs[0], [[theirs[1], 1]]]]), 'not-author')
  })
  it('something that follows what nobody has', () =>
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, origin: [999_999, 5], key: 'k', value: 1 }]), 'missing-origin'))
  it('something that follows itself', () =>
    cheat(
      raw(TAO, state(TAO), [{ kind: KIND.any, origin: [TAO, state(TAO)], key: 'k', value: 1 }]),
      'forward-reference',
    ))
  it('a good struct and then one that follows what comes after it', () => {
    const at = state(TAO)
    const forward: RawStruct = { kind: KIND.any, origin: [TAO, at + 9], key: 'done', value: true }
    cheat(raw(TAO, at, [...wholeMark('tao_forwrd', at), forward]), 'forward-reference')
  })
  it('a parent that comes later', () =>
    cheat(
      raw(TAO, state(TAO), [{ kind: KIND.any, parent: [TAO, state(TAO) + 1], key: 'done', value: true }]),
      'forward-reference',
    ))
})

const cheatQuick = (update: Uint8Array, code: string): void => {
  expect(table.send(tao, TAO, update)).toEqual({ refused: code })
}

describe('path', () => {
  it('a root that nobody made', () =>
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: 'admins', key: 'tao', value: true }]), 'unknown-root'))
  it('a root with the name of an ancestor', () => {
    for (const name of ['__proto__', 'constructor', 'toString'])
      cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: name, key: 'tao_aaaa', value: true }]), 'unknown-root')
  })
  it('a sheet of one’s own making', () => {
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: 'sheets', key: 'mine', value: { ...sheet } }]), 'server-only')
  })
  it('taking a sheet away', () =>
    cheat(
      updateBy(table.copy(TAO), (doc) => sheetsOf(doc).delete(sheet.id)),
      'server-only',
    ))
  it('putting a date on one’s mark', () =>
    cheat(
      updateBy(table.copy(TAO), (doc) => stampsOf(doc).set(taos, [1, 0])),
      'server-only',
    ))
  it('an item of a list', () =>
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: 'marks', value: 1 }]), 'not-a-key'))
  it('a right neighbour', () => {
    const right = idAt(table.doc, 'marks', taos, 'shape')
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, right, key: 'shape', value: [1, 1] }]), 'right-origin')
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, origin: right, right, key: 'shape', value: [1, 1] }]), 'right-origin')
  })
  it('a parent that holds a value', () => {
    const parent = idAt(table.doc, 'marks', taos, 'words')
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent, key: 'text', value: 'x' }]), 'bad-parent')
  })
  it('a parent of the same update that holds a value, or nothing any more', () => {
    const at = state(TAO)
    const inside = (first: RawStruct): Uint8Array =>
      raw(TAO, at, [first, { kind: KIND.any, parent: [TAO, at], key: 'words', value: 'x' }])
    cheat(inside({ kind: KIND.any, parent: 'marks', key: 'tao_value1', value: 1 }), 'bad-parent')
    cheat(inside({ kind: KIND.deleted, parent: 'marks', key: 'tao_gone11' }), 'gone')
    cheat(inside({ kind: KIND.gc }), 'gone')
  })
  it('a parent flag that is neither yes nor no', () => {
    const update = raw(TAO, state(TAO), [{ kind: KIND.any, parent: 'marks', key: 'tao_aaaa', value: 1 }])
    const flag = update.indexOf(5, 5) - 1
    const forged = Uint8Array.from(update)
    forged[flag] = 2
    cheat(forged, 'bad-parent')
  })
  it('an unknown key on one’s own mark', () =>
    cheat(
      updateBy(table.copy(TAO), (doc) => treeOf(doc, taos)?.set('approved', true)),
      'unknown-key',
    ))
  it('keys that reach into ancestry', () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const parent = idAt(table.doc, 'marks', taos)
      cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent, key, value: { role: 'owner' } }]), 'forbidden-key')
    }
  })
  it('a key as long as a novel', () =>
    cheat(raw(TAO, state(TAO), [{ kind: KIND.type, parent: 'marks', key: `tao_${'a'.repeat(5000)}` }]), 'too-long'))
  it('a mark whose id is not one', () => {
    for (const id of ['tao', 'TAO_aaaa', 'tao_', 'tao_a b c', 'tao_aaaa/x', '_aaaa'])
      cheat(raw(TAO, state(TAO), wholeMark(id, state(TAO))), 'bad-id')
  })
  it("a mark in somebody else's name", () =>
    cheat(raw(TAO, state(TAO), wholeMark('ines_forged1', state(TAO))), 'not-author'))
  it("a reply in somebody else's name", () => {
    const parent = idAt(table.doc, 'marks', iness, 'replies')
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent, key: 'ines_forged1', value: { text: 'x' } }]), 'not-author')
  })
  it('a mark on a sheet that is not there', () => {
    const structs = wholeMark('tao_nosheet', state(TAO)).map((s) =>
      s.key === 'born' ? { ...s, value: { kind: 'pin', sheet: 'nowhere' } } : s,
    )
    cheat(raw(TAO, state(TAO), structs), 'bad-value')
  })
  it('half a mark', () => {
    const whole = wholeMark('tao_half11', state(TAO))
    for (let missing = 1; missing < whole.length; missing++) {
      const structs = whole.filter((_, i) => i !== missing)
      cheat(raw(TAO, state(TAO), structs), ['incomplete', 'bad-value'])
    }
  })
  it('a mark that is a value', () =>
    cheat(
      raw(TAO, state(TAO), [{ kind: KIND.any, parent: 'marks', key: 'tao_value1', value: { born: 1 } }]),
      'bad-value',
    ))
  it('a value that is a map', () => {
    const parent = idAt(table.doc, 'marks', taos)
    cheat(raw(TAO, state(TAO), [{ kind: KIND.type, parent, key: 'done' }]), 'bad-value')
    cheat(
      updateBy(table.copy(TAO), (doc) => treeOf(doc, taos)?.set(KEYS.words, new Y.Map())),
      'bad-value',
    )
  })
  it('a map inside a thread', () =>
    cheat(
      updateBy(table.copy(TAO), (doc) => repliesOf(treeOf(doc, iness) as never)?.set('tao_map111', new Y.Map())),
      'bad-value',
    ))
  it('deeper than the tree goes', () => {
    const at = state(TAO)
    const parent = idAt(table.doc, 'marks', iness, 'replies')
    const deep: RawStruct[] = [
      { kind: KIND.type, parent, key: 'tao_deep11' },
      { kind: KIND.any, parent: [TAO, at], key: 'text', value: 'x' },
    ]
    cheat(raw(TAO, at, deep), ['bad-value', 'unknown-key'])
  })
  it('thousands of maps in each other, in a place that is lost and so is nobody’s act', () => {
    const lost = 9
    const deep: RawStruct[] = [{ kind: KIND.type, parent: 'marks', key: iness }]
    for (let at = 0; at < 2000; at++) deep.push({ kind: KIND.type, parent: [lost, at], key: 'in' })
    cheat(raw(lost, 0, deep), 'unknown-key', lost)
  })
})

describe('content', () => {
  const parent = (): readonly [number, number] => idAt(table.doc, 'marks', taos)

  it('everything but a value, a map, and what was deleted', () => {
    const bodies: Record<string, (encoder: encoding.Encoder) => void> = {
      json: (e) => {
        encoding.writeVarUint(e, 1)
        encoding.writeVarString(e, '{}')
      },
      binary: (e) => encoding.writeVarUint8Array(e, new Uint8Array(3)),
      string: (e) => encoding.writeVarString(e, 'x'),
      embed: (e) => encoding.writeVarString(e, '{}'),
      format: (e) => {
        encoding.writeVarString(e, 'bold')
        encoding.writeVarString(e, 'true')
      },
      doc: (e) => {
        encoding.writeVarString(e, 'guid')
        encoding.writeAny(e, {})
      },
    }
    for (const [name, body] of Object.entries(bodies)) {
      const kind = KIND[name as keyof typeof KIND]
      cheat(raw(TAO, state(TAO), [{ kind, parent: parent(), key: 'done', body }]), 'bad-content')
    }
    for (let kind = 11; kind < 32; kind++)
      cheat(raw(TAO, state(TAO), [{ kind, parent: parent(), key: 'done', body: () => undefined }]), 'bad-content')
  })
  it('lists, texts and XML in place of a map', () => {
    for (const ref of [0, 2, 3, 4, 5, 6, 77])
      cheat(
        raw(TAO, state(TAO), [
          { kind: KIND.type, parent: parent(), key: 'done', body: (e) => encoding.writeVarUint(e, ref) },
        ]),
        'bad-content',
      )
  })
  it('two values at one key', () => {
    const body = (e: encoding.Encoder): void => {
      encoding.writeVarUint(e, 2)
      encoding.writeAny(e, true)
      encoding.writeAny(e, true)
    }
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: parent(), key: 'done', body }]), 'bad-content')
  })
  it('undefined, null, big integers, bytes', () => {
    for (const value of [undefined, null, 12n, new Uint8Array(4)])
      cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: parent(), key: 'done', value }]), 'bad-content')
  })
  it('an object that would inherit what the attacker likes', () => {
    const value = JSON.parse('{"text":"x","__proto__":{"role":"owner"}}') as unknown
    const replies = idAt(table.doc, 'marks', iness, 'replies')
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: replies, key: 'tao_proto1', value }]), 'forbidden-key')
  })
  it('a list nested twenty thousand deep', () => {
    const body = (e: encoding.Encoder): void => {
      encoding.writeVarUint(e, 1)
      for (let i = 0; i < 20_000; i++) encoding.writeUint8Array(e, new Uint8Array([117, 1]))
      encoding.writeUint8(e, 120)
    }
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: parent(), key: 'done', body }]), 'bad-content')
  })
  it('a list that claims four thousand million members', () => {
    const body = (e: encoding.Encoder): void => {
      encoding.writeVarUint(e, 1)
      encoding.writeUint8(e, 117)
      encoding.writeVarUint(e, 4_000_000_000)
    }
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: parent(), key: 'shape', body }]), 'too-long')
  })
  it('a text that claims more than there is', () => {
    const body = (e: encoding.Encoder): void => {
      encoding.writeVarUint(e, 1)
      encoding.writeUint8(e, 119)
      encoding.writeVarUint(e, 15_000)
    }
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: parent(), key: 'shape', body }]), 'not-an-update')
  })
  it('records with a field too many, one too few, one of another kind, or too long', () => {
    const bad: readonly [string, unknown][] = [
      ['words', { says: 'noto', text: 'x', author: 'ines' }],
      ['words', { says: 'noto' }],
      ['words', { says: 'ordeno', text: 'x' }],
      ['words', { says: 'noto', text: 7 }],
      ['words', { says: 'noto', text: 'x'.repeat(CAPS.text + 1) }],
      ['words', { says: 'noto', text: '\u0000' }],
      ['words', 'x'],
      ['shape', [1, 2, 3]],
      ['shape', [0.5, 1]],
      ['shape', [CAPS.reach * 101, 0]],
      ['shape', Array.from({ length: 4002 }, () => 1)],
      ['shape', { 0: 1 }],
      ['done', 1],
      ['done', 'yes'],
    ]
    for (const [key, value] of bad)
      cheat(
        updateBy(table.copy(TAO), (doc) => treeOf(doc, taos)?.set(key, value)),
        'bad-value',
      )
  })
  it('an empty reply', () =>
    cheat(
      updatesOf(table.copy(TAO), {
        do: 'reply',
        mark: iness,
        reply: 'tao_empty1' as never,
        text: '  ',
      })[0] as Uint8Array,
      'bad-value',
    ))
})

describe('the live value of a key', () => {
  it("somebody else's mark, moved, edited, deleted", () => {
    const shape = pin(tao).mark.shape
    cheat(updatesOf(table.copy(TAO), { do: 'move', mark: iness, shape })[0] as Uint8Array, 'not-author')
    cheat(
      updatesOf(table.copy(TAO), { do: 'say', mark: iness, words: { says: 'noto', text: 'x' } })[0] as Uint8Array,
      'not-author',
    )
    cheat(updatesOf(table.copy(TAO), { do: 'delete', mark: iness })[0] as Uint8Array, 'not-author')
  })
  it('settled by somebody who neither owns the board nor made the mark', () => {
    cheat(
      updatesOf(table.copy(UMA), { do: 'settle', mark: taos, done: true })[0] as Uint8Array,
      'not-owner-or-author',
      UMA,
      uma,
    )
    expect(
      table.send(ines, INES, updatesOf(table.copy(INES), { do: 'settle', mark: taos, done: true })[0] as Uint8Array),
    ).toMatchObject({
      acts: [{ action: 'mark.settle' }],
    })
  })
  it('own mark, deleted from under what another said to it', () =>
    cheat(updatesOf(table.copy(TAO), { do: 'delete', mark: taos })[0] as Uint8Array, 'others-replied'))
  it("another's reply, edited or taken away", () => {
    cheat(
      updatesOf(table.copy(TAO), { do: 'reply', mark: taos, reply: answer as never, text: 'x' })[0] as Uint8Array,
      'not-author',
    )
    cheat(
      updatesOf(table.copy(TAO), { do: 'unreply', mark: taos, reply: answer as never })[0] as Uint8Array,
      'not-author',
    )
  })
  it('a bare deletion of 6 bytes', () => {
    const [client, clock] = idAt(table.doc, 'marks', iness, 'words')
    cheat(raw(TAO, 0, [], [[client, [[clock, 1]]]]), 'fixed')
    const [who, when] = idAt(table.doc, 'marks', iness)
    cheat(raw(TAO, 0, [], [[who, [[when, 1]]]]), 'not-author', null)
  })
  it('a deletion hidden among known ones', () => {
    const copy = table.copy(TAO)
    const made = pin(tao)
    for (const update of updatesOf(copy, made, { do: 'delete', mark: made.mark.id })) table.send(tao, TAO, update)
    const from = state(TAO) - 5
    const [client, clock] = idAt(table.doc, 'marks', iness)
    cheat(
      raw(
        TAO,
        0,
        [],
        [
          [TAO, [[from, 5]]],
          [client, [[clock, 1]]],
        ],
      ),
      'not-author',
    )
  })
  it('a new struct that takes the place of a live mark, with no deletion said', () => {
    const at = state(TAO)
    const over = wholeMark('x', at).map((s, i) =>
      i === 0 ? { kind: KIND.type, origin: idAt(table.doc, 'marks', iness), key: iness } : s,
    )
    cheat(raw(TAO, at, over), 'already-there')
  })
  it('the same on one’s own mark, which would take the thread away', () => {
    const at = state(TAO)
    const over = wholeMark('x', at).map((s, i) =>
      i === 0 ? { kind: KIND.type, origin: idAt(table.doc, 'marks', taos), key: taos } : s,
    )
    cheat(raw(TAO, at, over), 'already-there')
    const [client, clock] = idAt(table.doc, 'marks', taos)
    cheat(raw(TAO, at, over, [[client, [[clock, 1]]]]), 'others-replied')
  })
  it('an already deleted struct that takes the place of a live value', () => {
    const origin = idAt(table.doc, 'marks', iness)
    cheat(raw(TAO, state(TAO), [{ kind: KIND.deleted, origin, key: iness }]), 'not-author')
    const reply = idAt(table.doc, 'marks', taos, 'replies', answer)
    cheat(raw(TAO, state(TAO), [{ kind: KIND.deleted, origin: reply, key: answer }]), 'not-author')
  })
  it('a value that is written and deleted at once, to take the place of a live one', () => {
    const at = state(TAO)
    const origin = idAt(table.doc, 'marks', taos, 'replies', answer)
    cheat(
      raw(TAO, at, [{ kind: KIND.any, origin, key: answer, value: { text: 'x' } }], [[TAO, [[at, 1]]]]),
      'not-author',
    )
  })
  it('a value that is written and deleted at once, on one’s own mark', () => {
    const at = state(TAO)
    const origin = idAt(table.doc, 'marks', taos, 'shape')
    cheat(raw(TAO, at, [{ kind: KIND.any, origin, key: 'shape', value: [1, 1] }], [[TAO, [[at, 1]]]]), 'fixed')
  })
  it('what never changes: birth, thread, a shape that is gone', () => {
    cheat(
      updateBy(table.copy(TAO), (doc) => treeOf(doc, taos)?.set('born', { kind: 'pen', sheet: sheet.id })),
      'fixed',
    )
    cheat(
      updateBy(table.copy(TAO), (doc) => treeOf(doc, taos)?.set('replies', new Y.Map())),
      'fixed',
    )
    for (const key of ['born', 'shape', 'words', 'replies'])
      cheat(
        updateBy(table.copy(TAO), (doc) => treeOf(doc, taos)?.delete(key)),
        'fixed',
      )
  })
  it('a key claimed in place of the one that its origin has', () => {
    // Yjs takes the key from the origin; the one that is claimed is never read.
    const origin = idAt(table.doc, 'marks', iness, 'shape')
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, origin, key: 'done', value: [1, 1] }]), 'not-author')
  })
  it('a struct after what is long gone', () => {
    const copy = table.copy(TAO)
    const made = pin(tao)
    for (const update of updatesOf(copy, made)) table.send(tao, TAO, update)
    const inside = idAt(table.doc, 'marks', made.mark.id, 'shape')
    const container = idAt(table.doc, 'marks', made.mark.id)
    const late = table.copy(TAO)
    for (const update of updatesOf(copy, { do: 'delete', mark: made.mark.id })) table.send(tao, TAO, update)
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, origin: inside, key: 'shape', value: [1, 1] }]), 'gone')
    cheat(raw(TAO, state(TAO), [{ kind: KIND.any, parent: container, key: 'done', value: true }]), 'gone')
    cheat(updatesOf(late, reply(tao, made.mark.id))[0] as Uint8Array, 'gone')
  })
})

describe('within one turn', () => {
  it('a struct inside what was deleted a moment before, and is not cleared away yet', () => {
    const made = pin(tao)
    const copy = table.copy(TAO)
    for (const update of updatesOf(copy, made)) table.send(tao, TAO, update)
    const inside = idAt(table.doc, 'marks', made.mark.id, 'shape')
    const container = idAt(table.doc, 'marks', made.mark.id)
    const [gone] = updatesOf(copy, { do: 'delete', mark: made.mark.id }) as [Uint8Array]
    table.doc.transact(() => {
      expect(table.send(tao, TAO, gone)).toMatchObject({ acts: [{ action: 'mark.delete' }] })
      const late = [
        raw(TAO, state(TAO), [{ kind: KIND.any, origin: inside, key: 'shape', value: [1, 1] }]),
        raw(TAO, state(TAO), [{ kind: KIND.any, parent: container, key: 'done', value: true }]),
      ]
      for (const update of late) expect(table.send(tao, TAO, update)).toEqual({ refused: 'gone' })
      // Brought back, it is another one: what belongs to the first does not pass for it.
      for (const update of updatesOf(copy, made)) table.send(tao, TAO, update)
      const again = { kind: KIND.any, origin: inside, key: 'shape', value: [1, 1] }
      expect(table.send(tao, TAO, raw(TAO, state(TAO), [again]))).toEqual({ refused: 'gone' })
    })
  })

  it('what an update leaves pending, or does not bring to its clock, is a surprise', () => {
    const admission = { ok: true, known: false, acts: [], work: 0 } as const
    expect(apply(table.doc, { ...admission, clock: 0, bytes: raw(TAO, 0, [], [[INES, [[9999, 1]]]]) }, TAO, null)).toBe(
      false,
    )
    table = openTable()
    expect(apply(table.doc, { ...admission, clock: 0, bytes: raw(TAO, 5, [{ kind: KIND.gc }]) }, TAO, null)).toBe(false)
    table = openTable()
    expect(apply(table.doc, { ...admission, clock: 7, bytes: raw(TAO, 0, [{ kind: KIND.gc }]) }, TAO, null)).toBe(false)
    expect(apply(table.doc, { ...admission, clock: 1, bytes: new Uint8Array([1, 1]) }, TAO, null)).toBe(false)
  })
})

describe('deletions', () => {
  it("beyond somebody's clock, parked until they write there", () =>
    cheat(raw(TAO, 0, [], [[INES, [[state(INES), 5]]]]), 'delete-beyond'))
  it('beyond one’s own clock', () => cheat(raw(TAO, 0, [], [[TAO, [[state(TAO), 1]]]]), 'delete-beyond'))
  it('of a client that nobody is', () => cheat(raw(TAO, 0, [], [[424_242, [[0, 1]]]]), 'delete-beyond'))
  it('one range that spans everything', () => cheat(raw(TAO, 0, [], [[INES, [[0, state(INES)]]]]), 'not-author'))
  it('many of what the same update brings, each found at once', { timeout: 5_000 }, () => {
    const at = state(TAO)
    const small = Array.from({ length: 19_999 }, (): RawStruct => ({ kind: KIND.gc }))
    const run = { kind: KIND.gc, length: 400_000 }
    const ranges = Array.from({ length: 199_999 }, (_, i) => [at + 19_999 + 2 * i, 1] as const)
    const update = raw(TAO, at, [...small, run], [[TAO, ranges]])
    expect(table.send(tao, TAO, update)).toEqual({ acts: [], known: false })
  })
  it('ranges that overlap or go back, to have the work done twice', () => {
    cheat(
      raw(
        TAO,
        0,
        [],
        [
          [
            INES,
            [
              [0, 2],
              [1, 2],
            ],
          ],
        ],
      ),
      'not-an-update',
    )
    cheat(
      raw(
        TAO,
        0,
        [],
        [
          [
            INES,
            [
              [3, 1],
              [0, 1],
            ],
          ],
        ],
      ),
      'not-an-update',
    )
    cheat(raw(TAO, 0, [], [[INES, [[0, 0]]]]), 'not-an-update')
    cheat(
      raw(
        TAO,
        0,
        [],
        [
          [INES, [[0, 1]]],
          [INES, [[1, 1]]],
        ],
      ),
      'not-an-update',
    )
  })
  it('all or nothing: a good mark and one deletion without a right', () => {
    const theirs = idAt(table.doc, 'marks', iness)
    cheat(raw(TAO, state(TAO), wholeMark('tao_good11', state(TAO)), [[theirs[0], [[theirs[1], 1]]]]), 'not-author')
  })
})

describe('rights', () => {
  it('somebody to whom the board is not open, and the office', () => {
    for (const actor of [zoe, oru]) {
      const id = 7001
      const update = raw(id, 0, wholeMark(`${actor.id}_aaaa1`, 0, id))
      cheat(update, 'not-found', id, actor)
      cheat(raw(id, 0, [{ kind: KIND.gc, length: 5 }]), 'not-found', id, actor)
    }
  })
  it('a thread that is full', () => {
    const copy = table.copy(TAO)
    const intents = Array.from({ length: CAPS.replies }, () => reply(tao, iness))
    for (const update of updatesOf(copy, ...intents)) expect(table.send(tao, TAO, update)).not.toHaveProperty('refused')
    cheat(updatesOf(copy, reply(tao, iness))[0] as Uint8Array, 'too-many-replies')
  })
  it('a thread whose dead keys would make every count a walk', () => {
    const copy = table.copy(TAO)
    for (let i = 0; i < CAPS.replies * 4; i++) {
      const said = reply(tao, iness)
      for (const update of updatesOf(copy, said, { do: 'unreply', mark: iness, reply: said.reply }))
        expect(table.send(tao, TAO, update)).not.toHaveProperty('refused')
    }
    cheat(updatesOf(copy, reply(tao, iness))[0] as Uint8Array, 'too-many-replies')
  })
})

describe('placing', () => {
  /** Two people write one key from the same view; whoever comes last at the server may still lose there. */
  it('says of each write whether it wins, exactly as Yjs does', () => {
    for (const [first, second] of [
      [5001, 5002],
      [5002, 5001],
    ] as const) {
      const one = table.copy(first)
      const two = table.copy(second)
      const a = updatesOf(one, { do: 'settle', mark: taos, done: true })[0] as Uint8Array
      const b = updatesOf(two, { do: 'settle', mark: taos, done: false })[0] as Uint8Array
      table.send(ines, first, a)
      const before = treeOf(table.doc, taos)?.get('done')
      const outcome = table.send(tao, second, b)
      const after = treeOf(table.doc, taos)?.get('done')
      expect('acts' in outcome && outcome.acts.length > 0).toBe(before !== after)
      table.send(tao, second, updatesOf(table.copy(second), { do: 'settle', mark: taos, done: true })[0] as Uint8Array)
    }
  })

  it('the same for many who write from views of any age, and several times before they send', () =>
    eachSeed(
      Array.from({ length: 60 }, (_, i) => i),
      (random) => {
        table = openTable()
        const made = pin(ines)
        for (const update of updatesOf(table.copy(INES), made)) table.send(ines, INES, update)
        const copies = [11, 4_000_000_000, 500, 77].map((client) => table.copy(client))
        for (let step = 0; step < 80; step++) {
          const copy = random.pick(copies)
          if (random.oneIn(2)) {
            Y.applyUpdate(copy, Y.encodeStateAsUpdate(table.doc, Y.encodeStateVector(copy)))
            continue
          }
          const before = Y.encodeStateVector(copy)
          for (let i = random.below(3); i >= 0; i--)
            updatesOf(copy, { do: 'settle', mark: made.mark.id, done: random.oneIn(2) })
          const value = (): Y.Item | undefined => treeOf(table.doc, made.mark.id)?._map.get('done')
          const was = value()?.id
          const outcome = table.send(ines, copy.clientID, Y.encodeStateAsUpdate(copy, before))
          const is = value()?.id
          expect('acts' in outcome ? outcome.acts.length : outcome).toBe(
            was?.client === is?.client && was?.clock === is?.clock ? 0 : 1,
          )
        }
      },
    ))

  it('walks so far for one update, however many keys it writes from an old view', () => {
    const keys = ['ines_key1', 'ines_key2', 'ines_key3', 'ines_key4']
    // In turn, so that Yjs cannot put what was overwritten together.
    table.doc.transact(() => {
      for (let round = 0; round < 440; round++) for (const key of keys) marksOf(table.doc).set(key, round)
    })
    const write = (key: string): RawStruct => ({ kind: KIND.any, parent: 'marks', key, value: 1 })
    cheat(raw(TAO, state(TAO), [write('ines_key1')]), 'bad-value')
    cheat(raw(TAO, state(TAO), keys.map(write)), 'too-long')
  })

  it('lets nobody win by an old view what they may not write', () => {
    const words = idAt(table.doc, 'marks', iness, 'words')
    const copy = table.copy(INES)
    for (const update of updatesOf(copy, { do: 'say', mark: iness, words: { says: 'noto', text: '1' } }))
      table.send(ines, INES, update)
    for (const client of [9, 999_999_999]) {
      const update = raw(client, 0, [
        { kind: KIND.any, origin: words, key: 'words', value: { says: 'noto', text: 'robado' } },
      ])
      const outcome = table.send(tao, client, update)
      expect(treeOf(table.doc, iness)?.get('words')).toEqual({ says: 'noto', text: '1' })
      if ('acts' in outcome) expect(outcome.acts).toEqual([])
    }
  })

  it('brings a mark back after its deletion, once', () => {
    const made = pin(tao, 'otra vez', markId('tao_back11'))
    const copy = table.copy(TAO)
    for (const update of updatesOf(copy, made, { do: 'delete', mark: made.mark.id })) table.send(tao, TAO, update)
    const again = table.copy(8002)
    const other = table.copy(8001)
    const [a] = updatesOf(again, made) as [Uint8Array]
    const [b] = updatesOf(other, made) as [Uint8Array]
    expect(table.send(tao, 8002, a)).toMatchObject({ acts: [{ action: 'mark.add' }] })
    const outcome = table.send(tao, 8001, b)
    expect('refused' in outcome ? outcome.refused : outcome.acts).toEqual([])
    expect(marksOf(table.doc).has(made.mark.id)).toBe(true)
  })
})
