import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  changeOf,
  decisionsOf,
  marksOf,
  readMark,
  repliesOf,
  sheetsOf,
  swatchesIn,
  treeOf,
} from '../../shared/document/read.ts'
import { KEYS } from '../../shared/document/schema.ts'
import type { Intent } from '../../shared/document/write.ts'
import type { DecisionKind } from '../../shared/domain/decision.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Operation } from '../../shared/pattern/operation.ts'
import { board, ines, NOON, oru, patternSheet, sheet, tao, uma, zoe } from '../support/people.ts'
import { LENGTHEN, LOOK, lookWith, pin, propose, reply, STITCH } from '../support/studio.ts'
import { openTable, type Table, updateBy, updatesOf } from '../support/wire.ts'

/**
 * Proposals at the gate: what an honest trainee does passes, and each way to cheat that we know is refused without one bit of the
 * document changed.
 */
const TAO = 1001
const INES = 2001
const UMA = 3001
const corte: Actor = { ...uma, firm: uma.firm as never, role: 'trainee', admin: false, level: 'corte' }

let table: Table
let made: MarkId

const send = (actor: Actor, client: number, ...intents: readonly Intent[]): string[] =>
  updatesOf(table.copy(client), ...intents).map((update) => {
    const outcome = table.send(actor, client, update)
    return 'refused' in outcome ? outcome.refused : outcome.acts.map(({ action }) => action).join()
  })

/** The server's own answer, as a command writes it. */
const decide = (mark: MarkId, is: DecisionKind): void => {
  decisionsOf(table.doc).set(mark, {
    is,
    at: NOON,
    by: ines.id,
    reason: ['asked', 'declined', 'stale'].includes(is) ? 'porque sí' : null,
    until: is === 'thinking' ? NOON + 1000 : null,
    version: is === 'accepted' || is === 'part' ? 4 : null,
    change: is === 'part' ? { ...STITCH, spi: 8 } : null,
  })
}

beforeEach(() => {
  table = openTable()
  const first = propose(tao)
  made = first.mark.id
  expect(send(tao, TAO, first)).toEqual(['proposal.add'])
})

/** What a cheat does to a copy with a whole Yjs at hand, refused as it should be. */
const cheat = (
  code: string,
  work: (doc: Y.Doc, tree: Y.Map<unknown>) => void,
  actor: Actor = tao,
  client = TAO,
): void => {
  const before = table.digest()
  const copy = table.copy(client)
  const update = updateBy(copy, (doc) => work(doc, treeOf(doc, made) as Y.Map<unknown>))
  const outcome = table.send(actor, client, update)
  expect('refused' in outcome ? outcome.refused : 'accepted').toBe(code)
  expect(table.digest()).toBe(before)
}
const refuses = (code: string, actor: Actor, client: number, ...intents: readonly Intent[]): void => {
  const before = table.digest()
  expect(send(actor, client, ...intents).at(-1)).toBe(code)
  expect(table.digest()).toBe(before)
}
/** A mark put together by hand, key by key. */
const byHand = (doc: Y.Doc, id: string, keys: Readonly<Record<string, unknown>>): void => {
  const tree = new Y.Map<unknown>()
  marksOf(doc).set(id, tree)
  for (const [key, value] of Object.entries(keys)) if (value !== undefined) tree.set(key, value)
  tree.set('replies', new Y.Map())
}
const whole = {
  born: { kind: 'proposal', sheet: patternSheet.id, version: 3 },
  shape: [100, 100],
  words: { says: 'sugiero', text: 'x' },
  change: STITCH as unknown,
}

describe('an honest trainee', () => {
  it('proposes, changes the parameters, says it better, moves it, and takes it back', () => {
    const move: Intent = { do: 'move', mark: made, shape: { kind: 'proposal', at: { x: 1 as never, y: 2 as never } } }
    const intents: readonly Intent[] = [
      { do: 'change', mark: made, change: { ...STITCH, spi: 12 } },
      { do: 'say', mark: made, words: { says: 'sugiero', text: 'mejor así' } },
      move,
      { do: 'delete', mark: made },
    ]
    expect(send(tao, TAO, ...intents.slice(0, 3))).toEqual(['proposal.change', 'mark.edit', 'mark.move'])
    expect(readMark(table.doc, made)).toMatchObject({
      change: { op: 'stitch', spi: 12 },
      version: 3,
      decision: null,
      words: { text: 'mejor así' },
    })
    expect(send(tao, TAO, ...intents.slice(3))).toEqual(['mark.delete'])
  })

  it('may still change what was asked about, or what the owner thinks over', () => {
    for (const is of ['asked', 'thinking'] as const) {
      decide(made, is)
      expect(readMark(table.doc, made)?.decision?.is).toBe(is)
      const change = { ...STITCH, spi: is === 'asked' ? 7 : 9 }
      expect(send(tao, TAO, { do: 'change', mark: made, change })).toEqual(['proposal.change'])
    }
    expect(send(tao, TAO, { do: 'delete', mark: made })).toEqual(['mark.delete'])
  })

  it('brings a deleted proposal back whole', () => {
    const copy = table.copy(TAO)
    const again = propose(tao, STITCH, { id: made })
    const update = updateBy(copy, (doc) => {
      marksOf(doc).delete(made)
      byHand(doc, made, whole)
    })
    const outcome = table.send(tao, TAO, update)
    expect(outcome).toMatchObject({
      acts: [{ action: 'mark.delete' }, { action: 'proposal.add', proposes: 'puntada' }],
    })
    expect(changeOf(table.doc, made)).toEqual(again.mark.proposal?.change)
  })

  it('of a higher level proposes more, and a mentor anything; at home everybody does', () => {
    expect(send(corte, UMA, propose(corte, LENGTHEN))).toEqual(['proposal.add'])
    const mara: Actor = {
      ...ines,
      id: 'mara' as never,
      firm: 'jacari' as never,
      role: 'mentor',
      admin: false,
      level: null,
    }
    expect(send(mara, 4001, propose(mara, LENGTHEN), propose(mara, LOOK))).toEqual(['proposal.add', 'proposal.add'])
    const apprentice: Actor = {
      ...ines,
      id: 'beto' as never,
      firm: board.firm,
      role: 'trainee',
      admin: false,
      level: 'puntada',
    }
    expect(send(apprentice, 5001, propose(apprentice, LOOK))).toEqual(['proposal.add'])
  })

  it('proposes a look for an area of a photo, where there is no pattern', () => {
    const area: Operation = {
      op: 'lookArea',
      area: [0, 0, 1, 0, 1, 1],
      kind: 'textura',
      colour: '',
      swatch: '',
      words: 'pana',
    }
    const on = propose(ines, area, { sheet: sheet.id, proposal: { change: area, version: 1 } })
    expect(send(ines, INES, on)).toEqual(['proposal.add'])
    refuses('bad-value', ines, INES, { do: 'change', mark: on.mark.id, change: STITCH })
  })
})

describe('trust', () => {
  it('proposing above one’s level', () => refuses('level', tao, TAO, propose(tao, LENGTHEN)))
  it('proposing above a level that is already raised', () => refuses('level', corte, UMA, propose(corte, LOOK)))
  it('a small proposal that grows into a big one', () =>
    refuses('level', tao, TAO, { do: 'change', mark: made, change: LENGTHEN }))
  it('a trainee whose level nobody recorded', () =>
    refuses(
      'level',
      { ...tao, firm: tao.firm as never, role: 'trainee', admin: false, level: null },
      TAO,
      propose(tao),
    ))
  it('never bounds a comment', () => {
    expect(send(tao, TAO, pin(tao, 'bájale 3 cm al escote'), reply(tao, made))).toEqual(['mark.add', 'reply.add'])
  })
})

describe('a swatch that somebody brought', () => {
  const designer: Actor = { ...corte, id: tao.id, level: 'diseno' }
  it('is laid by its own firm on the board that it was sent to, by a colleague too', () => {
    const first = propose(designer, lookWith('lino'))
    const wider = { ...lookWith('lino'), swatch: { own: 'lino' as never, name: 'lino crudo', across: 300 } }
    const narrower: Intent = { do: 'change', mark: first.mark.id, change: wider }
    expect(send(designer, TAO, first, narrower)).toEqual(['proposal.add', 'proposal.change'])
    expect(send(ines, INES, propose(ines, lookWith('tul')))).toEqual(['proposal.add'])
    const colleague: Actor = { ...corte, level: 'diseno' }
    expect(send(colleague, UMA, propose(colleague, lookWith('lino')))).toEqual(['proposal.add'])
    expect([...swatchesIn(table.doc)].sort()).toEqual(['lino', 'tul'])
  })
  it.each([
    ['is another firm’s', 'tul'],
    ['was sent to another board', 'pana'],
    ['does not exist', 'nadie'],
  ])('is not laid where it %s, told all alike', (_, own) => {
    refuses('foreign-swatch', designer, TAO, propose(designer, lookWith(own)))
    const mine = propose(designer, LOOK)
    send(designer, TAO, mine)
    refuses('foreign-swatch', designer, TAO, { do: 'change', mark: mine.mark.id, change: lookWith(own) })
  })
  it('is not borrowed by the owner of the board either, nor by whoever repeats what its firm sent', () => {
    const first = propose(designer, lookWith('lino'))
    const [sent] = updatesOf(table.copy(TAO), first) as [Uint8Array]
    expect(table.send(designer, TAO, sent)).toHaveProperty('acts')
    refuses('foreign-swatch', ines, INES, propose(ines, lookWith('lino')))
    const before = table.digest()
    expect(table.send(ines, INES, sent)).toEqual({ refused: 'forged-client' })
    const under = updateBy(table.copy(INES), (doc) => byHand(doc, 'tao_copia1', { ...whole, change: lookWith('lino') }))
    expect(table.send(ines, INES, under)).toEqual({ refused: 'not-author' })
    expect(table.digest()).toBe(before)
  })
  it('does not lift anybody above their level', () => refuses('level', tao, TAO, propose(tao, lookWith('lino'))))
})

describe('whose it is', () => {
  it('proposing in another’s name', () => cheat('not-author', (doc) => byHand(doc, 'ines_robada', whole)))
  it('changing another’s proposal', () =>
    refuses('not-author', corte, UMA, { do: 'change', mark: made, change: { ...STITCH, spi: 4 } }))
  it('the owner changing it instead of deciding', () =>
    refuses('not-author', ines, INES, { do: 'change', mark: made, change: { ...STITCH, spi: 4 } }))
  it('whoever may not look', () => {
    refuses('not-found', zoe, 6001, propose(zoe))
    refuses('not-found', oru, 7001, propose(oru))
  })
})

describe('what was decided', () => {
  const closed = ['accepted', 'part', 'declined', 'stale'] as const
  it.each(closed)('%s: its operation stands', (is) => {
    decide(made, is)
    refuses('decided', tao, TAO, { do: 'change', mark: made, change: { ...STITCH, spi: 4 } })
  })
  it.each(closed)('%s: its words stand', (is) => {
    decide(made, is)
    refuses('decided', tao, TAO, { do: 'say', mark: made, words: { says: 'sugiero', text: 'yo dije otra cosa' } })
  })
  it.each(closed)('%s: it stays where it is', (is) => {
    decide(made, is)
    const shape = { kind: 'proposal', at: { x: 1 as never, y: 2 as never } } as const
    refuses('decided', tao, TAO, { do: 'move', mark: made, shape })
  })
  it.each(closed)('%s: it is not taken away, and not replaced by another under its name', (is) => {
    decide(made, is)
    refuses('decided', tao, TAO, { do: 'delete', mark: made })
    cheat('decided', (doc) => byHand(doc, made, { ...whole, change: { ...STITCH, spi: 4 } }))
    cheat('decided', (doc) => {
      marksOf(doc).delete(made)
      byHand(doc, made, { ...whole, change: { ...STITCH, spi: 4 } })
    })
  })
  it('people go on talking about it, and settle it', () => {
    decide(made, 'declined')
    expect(send(tao, TAO, reply(tao, made), { do: 'settle', mark: made, done: true })).toEqual([
      'reply.add',
      'mark.settle',
    ])
  })
})

describe('the server’s own', () => {
  const mine = { is: 'accepted', at: NOON, by: ines.id, version: 4 }
  it('writing a decision, as a trainee or as the owner', () => {
    cheat('server-only', (doc) => decisionsOf(doc).set(made, mine))
    cheat('server-only', (doc) => decisionsOf(doc).set(made, mine), ines, INES)
  })
  it('taking a decision away', () => {
    decide(made, 'declined')
    cheat('server-only', (doc) => decisionsOf(doc).delete(made))
  })
  it('a new version of the sheet', () =>
    cheat('server-only', (doc) => sheetsOf(doc).set(patternSheet.id, { ...patternSheet, version: 4 }), ines, INES))
})

describe('what a proposal is', () => {
  const made = (over: Readonly<Record<string, unknown>>) => (doc: Y.Doc) =>
    byHand(doc, 'tao_falsa1', { ...whole, ...over })

  it('a pin born with a version', () => cheat('incomplete', made({ born: { ...whole.born, kind: 'pin' } })))
  it('a pin with an operation', () =>
    cheat('unknown-key', made({ born: { kind: 'pin', sheet: sheet.id }, words: { says: 'noto', text: '' } })))
  it('an operation put onto a pin later', () => {
    const plain = pin(tao)
    send(tao, TAO, plain)
    cheat('unknown-key', (doc) => treeOf(doc, plain.mark.id)?.set(KEYS.change, STITCH))
  })
  it('a proposal born without a version', () =>
    cheat('incomplete', made({ born: { kind: 'proposal', sheet: patternSheet.id } })))
  it.each([0, -1, 1.5, '3', 2 ** 60])('a proposal on version %s', (version) =>
    cheat('incomplete', made({ born: { ...whole.born, version } })),
  )
  it('a proposal on a version that there is not', () =>
    cheat('bad-value', made({ born: { ...whole.born, version: 4 } })))
  it('a stitch on a sheet that is no pattern', () =>
    cheat('bad-value', made({ born: { ...whole.born, sheet: sheet.id, version: 1 } })))
  it('a proposal without an operation', () => cheat('incomplete', made({ change: undefined })))
  it('a proposal without a place', () => cheat('bad-value', made({ shape: undefined })))
  it('a proposal of two places', () => cheat('bad-value', made({ shape: [1, 1, 2, 2] })))
  it.each(['noto', 'pregunto', 'ordeno'])('a proposal that says %s', (says) =>
    cheat('bad-value', made({ words: { says, text: 'x' } })),
  )
  it('a proposal that turns into a question', () =>
    refuses('bad-value', tao, TAO, { do: 'say', mark: madeBefore(), words: { says: 'pregunto', text: '¿?' } }))
  it('its birth, its operation or its thread taken away', () => {
    cheat('fixed', (_, tree) => tree.delete(KEYS.born))
    cheat('fixed', (_, tree) => tree.delete(KEYS.change))
    cheat('fixed', (_, tree) => tree.delete(KEYS.replies))
  })
  it('born anew on an older version', () =>
    cheat('fixed', (_, tree) => tree.set(KEYS.born, { ...whole.born, version: 1 })))
  it('a key inside of the operation', () =>
    cheat('unknown-key', (_, tree) => {
      const inner = new Y.Map()
      tree.set('change2', inner)
      inner.set('x', 1)
    }))
  it('a map where the operation should be', () => cheat('bad-value', (_, tree) => tree.set(KEYS.change, new Y.Map())))
})

const madeBefore = (): MarkId => made

describe('an operation', () => {
  const path = (n: number): number[] => Array.from({ length: 2 * n }, (_, i) => (i % 10) / 10)
  const bad: readonly (readonly [string, unknown])[] = [
    ['no operation at all', 'stitch'],
    ['one that nobody knows', { op: 'unpick', edges: ['costado'] }],
    ['one named by the prototype', { op: 'constructor' }],
    ['a field too many', { ...STITCH, price: 100 }],
    ['a field too few', { op: 'lengthen', pieces: ['delantero'], at: 0.5 }],
    ['a stitch that is none', { ...STITCH, stitch: '999' }],
    ['a million millimetres', { ...STITCH, allowance: 1_000_000 }],
    ['not a number', { ...STITCH, allowance: Number.NaN }],
    ['finer than the wire carries', { ...STITCH, allowance: 1.000_000_1 }],
    ['text for a number', { ...STITCH, spi: '10' }],
    ['the same edge twice', { ...STITCH, edges: ['costado', 'costado'] }],
    ['no edge', { ...STITCH, edges: [] }],
    ['more edges than there can be', { ...STITCH, edges: Array.from({ length: 41 }, (_, i) => `e${i}`) }],
    ['an edge by a path', { ...STITCH, edges: ['../../etc/passwd'] }],
    ['a line break in the thread', { ...STITCH, thread: 'Tex 27\nTex 40' }],
    ['a colour that runs', { ...LOOK, colour: 'url(javascript:1)' }],
    ['a huge path', { op: 'lookArea', area: path(61), kind: 'color', colour: '', swatch: '', words: '' }],
    ['two corners', { op: 'lookArea', area: [0, 0, 1, 1], kind: 'color', colour: '', swatch: '', words: '' }],
    ['off the sheet', { op: 'lookArea', area: [0, 0, 1.1, 0, 1, 1], kind: 'color', colour: '', swatch: '', words: '' }],
    ['a swatch that nobody drew', { ...LOOK, swatch: 'javascript:1' }],
    ['a swatch named by the prototype', { ...LOOK, swatch: { own: '__proto__', name: 'x', across: 100 } }],
    ['a swatch with no name', { ...LOOK, swatch: { own: 'lino', name: ' ', across: 100 } }],
    ['half a point', { op: 'lookArea', area: [0.5], kind: 'color', colour: '', swatch: '', words: '' }],
    ['a list of itself', [STITCH]],
    ['null', null],
  ]
  it.each(bad)('%s, in a new proposal', (_, change) => {
    const before = table.digest()
    const copy = table.copy(TAO)
    const update = updateBy(copy, (doc) => byHand(doc, 'tao_mala01', { ...whole, change: change as never }))
    expect(table.send(tao, TAO, update)).toHaveProperty('refused')
    expect(table.digest()).toBe(before)
  })
  it.each(bad)('%s, in place of a good one', (_, change) => {
    const before = table.digest()
    const copy = table.copy(TAO)
    const update = updateBy(copy, (doc) => treeOf(doc, made)?.set(KEYS.change, change as never))
    expect(table.send(tao, TAO, update)).toHaveProperty('refused')
    expect(table.digest()).toBe(before)
  })
  it('a path beyond what any value may hold', () => {
    cheat('too-long', (_, tree) =>
      tree.set(KEYS.change, { op: 'lookArea', area: path(5000), kind: 'color', colour: '', swatch: '', words: '' }),
    )
  })
  it('fields deeper than any operation goes', () => {
    cheat('bad-content', (_, tree) => tree.set(KEYS.change, { ...STITCH, edges: [[[['costado']]]] }))
  })
})

describe('the rest of the board', () => {
  it('takes no notice of a proposal', () => {
    const plain = pin(ines)
    expect(send(ines, INES, plain, { do: 'settle', mark: made, done: true }, reply(ines, made))).toEqual([
      'mark.add',
      'mark.settle',
      'reply.add',
    ])
    refuses('others-replied', tao, TAO, { do: 'delete', mark: made })
    const tree = treeOf(table.doc, made)
    expect(tree && repliesOf(tree)?.size).toBe(1)
  })
})
