import * as Y from 'yjs'
import { decisionsOf, marksOf, repliesOf, sheetsOf, stampsOf, treeOf } from '../../shared/document/read.ts'
import type { Intent } from '../../shared/document/write.ts'
import { type MarkId, markId, type ReplyId, replyId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { SheetUnit } from '../../shared/domain/units.ts'
import type { Operation } from '../../shared/pattern/operation.ts'
import { board, ines, NOON, oru, patternSheet, sheet, tao, uma as umaAtFirst, zoe } from '../support/people.ts'
import { type Chance, chance } from '../support/seeds.ts'
import { LENGTHEN, LOOK, lookWith, STITCH } from '../support/studio.ts'
import {
  type Id,
  KIND,
  openTable,
  type RawDeletes,
  type RawStruct,
  raw,
  SERVER,
  type Table,
  updateBy,
  updatesOf,
} from '../support/wire.ts'
import { look, type Seen, wrong } from './oracle.ts'

export interface Tally {
  readonly iterations: number
  accepted: number
  refused: number
  honest: number
  readonly codes: Record<string, number>
}
/** The first wrong that was done, or the first honest update that was refused. */
export interface Violation {
  readonly seed: number
  readonly iteration: number
  readonly what: string
  readonly update: string
}

/** Tao may propose stitches, Uma cuts as well, Inés anything. */
const uma = { ...umaAtFirst, level: 'corte' } as Actor
const PEOPLE = [tao, ines, uma, zoe, oru]
const INSIDE = [tao, ines, uma]
/** Iterations on one document before a fresh one: small documents meet more. */
const CHAPTER = 250
/** Refusals that an honest person meets who did not know yet what another just did. */
const RACES = new Set(['gone', 'already-there', 'others-replied', 'decided'])

interface Story {
  readonly random: Chance
  readonly table: Table
  /** Ids that each person has written under. */
  readonly ids: Map<Actor, number[]>
  /** Earlier states of the document. */
  readonly past: Uint8Array[]
  /** Updates that were sent before, by anybody. */
  readonly sent: Uint8Array[]
  made: number
  /** The iteration after which it is told to its end. */
  readonly until: number
}

/** One update, the person who sends it, and whether it is honest. */
interface Move {
  readonly actor: Actor
  readonly client: number | null
  readonly update: Uint8Array
  readonly honest: 'fresh' | 'stale' | false
}

/** @returns null where nothing wrong was done. Stops at the first. */
export const fuzz = (
  iterations: number,
  seed: number,
): { readonly tally: Tally; readonly violation: Violation | null } => {
  const tally: Tally = { iterations, accepted: 0, refused: 0, honest: 0, codes: {} }
  const random = chance(seed)
  let story = begin(random, 0)
  let before = look(story.table.doc)
  let violation: Violation | null = null
  let iteration = 0
  const step = (): void => {
    if (random.oneIn(12)) {
      decideAny(story)
      before = look(story.table.doc)
    }
    const move = next(story)
    const outcome = story.table.send(move.actor, move.client, move.update)
    const after = look(story.table.doc)
    const what = faultOf(story, move, outcome, before, after)
    if (what) violation = { seed, iteration, what, update: Buffer.from(move.update).toString('hex') }
    if (move.honest) tally.honest++
    if ('refused' in outcome) {
      tally.refused++
      tally.codes[outcome.refused] = (tally.codes[outcome.refused] ?? 0) + 1
    } else {
      tally.accepted++
      if (random.oneIn(4)) story.past.push(Y.encodeStateAsUpdate(story.table.doc))
      if (story.past.length > 6) story.past.shift()
    }
    story.sent.push(move.update)
    if (story.sent.length > 40) story.sent.shift()
    before = after
  }
  while (iteration < iterations && violation === null) {
    if (iteration >= story.until) {
      const what = reload(story.table.doc)
      if (what) violation = { seed, iteration, what, update: '' }
      story = begin(random, iteration)
      before = look(story.table.doc)
    }
    // As a room does: what came together is judged and applied in one transaction, before Yjs clears anything away.
    const turn = Math.min(random.pick([1, 1, 3, 8]), iterations - iteration)
    story.table.doc.transact((transaction) => {
      for (let i = 0; i < turn && violation === null; i++) {
        step()
        iteration++
      }
      transaction.local = true
    })
  }
  return { tally, violation }
}

const faultOf = (
  { table }: Story,
  { actor, client, honest }: Move,
  outcome: ReturnType<Table['send']>,
  before: Seen,
  after: Seen,
): string | null => {
  const { store } = table.doc
  if (store.pendingStructs !== null || store.pendingDs !== null) return 'something is pending'
  if ('refused' in outcome) {
    if (outcome.refused === 'surprise') return 'admitted, but did not apply cleanly'
    if (honest === 'fresh' || (honest === 'stale' && !RACES.has(outcome.refused)))
      return `honest, yet refused: ${outcome.refused}`
    for (const [one, clock] of after.clocks) if (before.clocks.get(one) !== clock) return 'refused, yet it left structs'
    if (after.live.size !== before.live.size) return 'refused, yet it changed something'
  }
  const maySee = INSIDE.includes(actor)
  const done = wrong(before, after, { actor, client, ownerFirm: board.firm, maySee })
  if (done) return `${actor.id}: ${done}`
  if ('acts' in outcome) return unsaid(outcome.acts, before, after)
  return null
}

/** Whatever changed was announced: the time of record and the home page hang on it. */
const unsaid = (acts: readonly { mark: string; reply?: string }[], before: Seen, after: Seen): string | null => {
  const said = new Set(acts.map(({ mark }) => mark))
  for (const [path, { json }] of after.live) {
    if (before.live.get(path)?.json === json) continue
    if (!said.has(path.split('/')[1] as string)) return `not announced: ${path}`
  }
  for (const path of before.live.keys())
    if (!after.live.has(path) && !said.has(path.split('/')[1] as string)) return `gone without a word: ${path}`
  return null
}

/** A document that is sound reads the same when it is loaded anew. */
const reload = (doc: Y.Doc): string | null => {
  const again = new Y.Doc()
  for (const name of ['marks', 'sheets', 'stamps', 'decisions']) again.getMap(name)
  Y.applyUpdate(again, Y.encodeStateAsUpdate(doc))
  const text = (one: Y.Doc): string =>
    JSON.stringify([...look(one).live].map(([path, { json }]) => [path, json]).sort())
  return text(again) === text(doc) ? null : 'the document does not read the same when it is loaded anew'
}

const begin = (random: Chance, iteration: number): Story => {
  const table = openTable()
  const story: Story = { random, table, ids: new Map(), past: [], sent: [], made: 0, until: iteration + CHAPTER }
  for (const actor of INSIDE) {
    const client = freshId(story, actor)
    for (let i = 0; i < 3; i++) {
      const copy = table.copy(client)
      for (const update of updatesOf(copy, intent(story, actor, copy, 'add'))) table.send(actor, client, update)
    }
  }
  story.past.push(Y.encodeStateAsUpdate(table.doc))
  return story
}

/** The owner's answer to some proposal, as the server writes it. */
const decideAny = ({ random, table: { doc } }: Story): void => {
  const open = marksIn(doc).filter((id) => isProposal(doc, id) && !isDecided(doc, id))
  if (open.length === 0) return
  const is = random.pick(['accepted', 'part', 'asked', 'asked', 'declined', 'thinking', 'thinking', 'stale'] as const)
  decisionsOf(doc).set(random.pick(open), {
    is,
    at: NOON,
    by: ines.id,
    reason: is === 'asked' || is === 'declined' || is === 'stale' ? random.word(4) : null,
    until: is === 'thinking' ? NOON + 1 : null,
    version: is === 'accepted' || is === 'part' ? 4 : null,
    change: is === 'part' ? STITCH : null,
  })
}
const isProposal = (doc: Y.Doc, mark: MarkId): boolean =>
  (treeOf(doc, mark)?.get('born') as { kind?: unknown } | undefined)?.kind === 'proposal'
const isDecided = (doc: Y.Doc, mark: MarkId): boolean =>
  !['asked', 'thinking', undefined].includes((decisionsOf(doc).get(mark) as { is: string } | undefined)?.is)
/** What somebody may propose on Inés' board. */
const changesOf = (actor: Actor): readonly Operation[] =>
  actor === ines ? [STITCH, LENGTHEN, LOOK, lookWith('tul')] : actor === uma ? [STITCH, LENGTHEN] : [STITCH]

const freshId = ({ random, ids }: Story, actor: Actor): number => {
  const client = random.oneIn(2) ? 10 + random.below(900) : 2 ** 31 + random.below(2 ** 31)
  for (const [other, theirs] of ids) if (theirs.includes(client)) return other === actor ? client : client + 1_000_003
  const own = ids.get(actor) ?? []
  own.push(client)
  ids.set(actor, own)
  return client
}

const idOf = (story: Story, actor: Actor): number => {
  const own = story.ids.get(actor) ?? []
  return own.length === 0 || story.random.oneIn(12) ? freshId(story, actor) : story.random.pick(own)
}

const marksIn = (doc: Y.Doc): MarkId[] => [...marksOf(doc).keys()] as MarkId[]
const repliesIn = (doc: Y.Doc, mark: MarkId): ReplyId[] => {
  const tree = treeOf(doc, mark)
  return [...((tree && repliesOf(tree)?.keys()) ?? [])] as ReplyId[]
}

const SHAPE = { kind: 'pin', at: { x: 1 as SheetUnit, y: 2 as SheetUnit } } as const

const KINDS = [
  'add',
  'move',
  'say',
  'settle',
  'delete',
  'reply',
  'unreply',
  'edit',
  'propose',
  'propose',
  'change',
] as const

/** Something that an honest person might do now; falls back on a new mark. */
const intent = (story: Story, actor: Actor, doc: Y.Doc, kind = story.random.pick(KINDS)): Intent => {
  const { random } = story
  const add = (): Intent => ({
    do: 'add',
    mark: {
      id: markId(`${actor.id}_m${(story.made++).toString(36).padStart(5, '0')}`),
      sheet: sheet.id,
      shape: SHAPE,
      words: { says: 'noto', text: random.word(3) },
      done: random.oneIn(5),
      replies: [],
    },
  })
  const propose = (): Intent => {
    const { mark } = add() as Extract<Intent, { do: 'add' }>
    const change = random.pick(changesOf(actor))
    return {
      do: 'add',
      mark: {
        ...mark,
        sheet: patternSheet.id,
        shape: { ...SHAPE, kind: 'proposal' },
        words: { says: 'sugiero', text: mark.words.text },
        proposal: { change, version: 1 + random.below(3) },
      },
    }
  }
  const marks = marksIn(doc)
  if (marks.length === 0) return add()
  const own = marks.filter((id) => id.startsWith(`${actor.id}_`) && !isDecided(doc, id))
  const any = random.pick(marks)
  const mine = own.length > 0 ? random.pick(own) : null
  const said = repliesIn(doc, any).filter((id) => id.startsWith(`${actor.id}_`))
  switch (kind) {
    case 'move':
      return mine ? { do: 'move', mark: mine, shape: SHAPE } : add()
    case 'say':
      return mine
        ? {
            do: 'say',
            mark: mine,
            words: { says: isProposal(doc, mine) ? 'sugiero' : 'pregunto', text: random.word(4) },
          }
        : add()
    case 'propose':
      return propose()
    case 'change': {
      const proposals = own.filter((id) => isProposal(doc, id))
      return proposals.length > 0
        ? { do: 'change', mark: random.pick(proposals), change: random.pick(changesOf(actor)) }
        : propose()
    }
    case 'settle': {
      const may = actor.firm === board.firm ? any : mine
      return may ? { do: 'settle', mark: may, done: random.oneIn(2) } : add()
    }
    case 'delete': {
      const alone = own.filter((id) => repliesIn(doc, id).every((one) => one.startsWith(`${actor.id}_`)))
      return alone.length > 0 ? { do: 'delete', mark: random.pick(alone) } : add()
    }
    case 'reply':
      return {
        do: 'reply',
        mark: any,
        reply: replyId(`${actor.id}_r${(story.made++).toString(36).padStart(5, '0')}`),
        text: 'sí',
      }
    case 'edit':
      return said.length > 0 ? { do: 'reply', mark: any, reply: random.pick(said), text: random.word(4) } : add()
    case 'unreply':
      return said.length > 0 ? { do: 'unreply', mark: any, reply: random.pick(said) } : add()
    default:
      return add()
  }
}

const next = (story: Story): Move => {
  const { random } = story
  const actor = random.oneIn(8) ? random.pick(PEOPLE) : random.pick(INSIDE)
  switch (random.below(10)) {
    case 0:
    case 1:
      return honest(story, random.pick(INSIDE))
    case 2:
      return stale(story, random.pick(INSIDE))
    case 3:
      return stolen(story, actor)
    case 4:
      return garbled(story, actor)
    case 5:
    case 6:
      return throughYjs(story, actor)
    default:
      return byHand(story, actor)
  }
}

const honest = (story: Story, actor: Actor): Move => {
  const client = idOf(story, actor)
  const copy = story.table.copy(client)
  const before = Y.encodeStateVector(copy)
  const seen = copy.store.clients.size
  const count = story.random.oneIn(3) ? 1 + story.random.below(6) : 1
  for (let i = 0; i < count; i++) updatesOf(copy, intent(story, actor, copy))
  const update = Y.encodeStateAsUpdate(copy, before)
  return { actor, client, update, honest: seen >= 0 ? 'fresh' : false }
}

/** Honest, but from an old view: under an id of its own that the document has not seen. */
const stale = (story: Story, actor: Actor): Move => {
  const { random, past } = story
  const client = freshId(story, actor)
  if (Y.getState(story.table.doc.store, client) > 0) return honest(story, actor)
  const copy = new Y.Doc()
  for (const name of ['marks', 'sheets', 'stamps', 'decisions']) copy.getMap(name)
  Y.applyUpdate(copy, random.pick(past))
  copy.clientID = client
  const before = Y.encodeStateVector(copy)
  const count = 1 + random.below(4)
  for (let i = 0; i < count; i++) updatesOf(copy, intent(story, actor, copy))
  return { actor, client, update: Y.encodeStateAsUpdate(copy, before), honest: 'stale' }
}

/** What another sent, or would send, under one's own name. */
const stolen = (story: Story, actor: Actor): Move => {
  const { random, sent } = story
  const other = random.pick(INSIDE)
  const client = idOf(story, actor)
  if (random.oneIn(4)) return { actor, client, update: random.pick(sent) ?? new Uint8Array(), honest: false }
  // What the other might do, done under one's own client id.
  const copy = story.table.copy(client)
  const before = Y.encodeStateVector(copy)
  updatesOf(copy, intent(story, other, copy))
  const update = Y.encodeStateAsUpdate(copy, before)
  return { actor, client, update, honest: false }
}

const garbled = (story: Story, actor: Actor): Move => {
  const { random } = story
  const client = idOf(story, actor)
  const copy = story.table.copy(client)
  const before = Y.encodeStateVector(copy)
  updatesOf(copy, intent(story, actor, copy))
  const update = Uint8Array.from(Y.encodeStateAsUpdate(copy, before))
  for (let i = 1 + random.below(3); i > 0; i--)
    update[random.below(update.length)] = random.oneIn(2) ? random.below(256) : random.below(12)
  if (random.oneIn(6)) return { actor, client, update: update.subarray(0, random.below(update.length)), honest: false }
  if (random.oneIn(8))
    return {
      actor,
      client,
      update: Y.mergeUpdates([Y.encodeStateAsUpdate(copy), Y.encodeStateAsUpdate(story.table.doc)]),
      honest: false,
    }
  return { actor, client, update, honest: false }
}

const VALUES: readonly unknown[] = [
  true,
  false,
  7,
  'x',
  [100, 100],
  [1, 2, 3],
  { text: 'x' },
  { text: '' },
  { says: 'noto', text: 'robado' },
  { kind: 'pin', sheet: sheet.id },
  { kind: 'pen', sheet: sheet.id },
  { says: 'noto', text: 'x', extra: 1 },
  [1, 0],
  { says: 'sugiero', text: 'x' },
  { kind: 'proposal', sheet: patternSheet.id, version: 3 },
  { kind: 'proposal', sheet: patternSheet.id, version: 9 },
  { kind: 'proposal', sheet: sheet.id, version: 1 },
  { kind: 'proposal', sheet: patternSheet.id },
  { kind: 'pin', sheet: patternSheet.id, version: 3 },
  STITCH,
  { ...STITCH, spi: 12 },
  { ...STITCH, allowance: 9999 },
  { ...STITCH, more: true },
  LENGTHEN,
  LOOK,
  ...['lino', 'tul', 'pana', 'nadie'].map(lookWith),
  { ...LOOK, swatch: { own: 'tul', name: '', across: 120 } },
  { op: 'lookArea', area: [0, 0, 1, 1, 0, 1], kind: 'color', colour: '', swatch: '', words: '' },
  { op: 'lookArea', area: Array.from({ length: 300 }, () => 0), kind: 'color', colour: '', swatch: '', words: '' },
  { is: 'accepted', at: NOON, by: ines.id, version: 4 },
]

/** A proposal that nearly anybody would like to make. */
const someProposal = (random: Chance): { born: unknown; shape: number[]; words: unknown; change: unknown } => ({
  born: { kind: 'proposal', sheet: patternSheet.id, version: random.pick([1, 2, 3, 3, 4]) },
  shape: [100, 100],
  words: { says: random.pick(['sugiero', 'sugiero', 'sugiero', 'noto']), text: 'x' },
  change: random.pick([
    STITCH,
    STITCH,
    LENGTHEN,
    LOOK,
    lookWith(random.pick(['lino', 'tul', 'pana'])),
    { ...STITCH, spi: 99 },
  ]),
})

/** A cheat with a whole Yjs at hand. */
const throughYjs = (story: Story, actor: Actor): Move => {
  const { random, table } = story
  const client = idOf(story, actor)
  const copy = table.copy(client)
  const marks = marksIn(copy)
  const before = Y.encodeStateVector(copy)
  updateBy(copy, (doc) => {
    for (let i = 1 + random.below(3); i > 0; i--) {
      const mark = random.pick(marks)
      const tree = treeOf(doc, mark)
      const replies = tree && repliesOf(tree)
      const victim = random.pick(INSIDE).id
      switch (random.below(10)) {
        case 0:
          tree?.set(random.pick(['born', 'shape', 'words', 'change', 'done', 'replies', 'x']), random.pick(VALUES))
          break
        case 1:
          tree?.delete(random.pick(['born', 'shape', 'words', 'change', 'done', 'replies']))
          break
        case 2:
          marksOf(doc).delete(mark)
          break
        case 3:
          marksOf(doc).set(mark, random.oneIn(2) ? new Y.Map() : random.pick(VALUES))
          break
        case 4:
          replies?.set(`${victim}_${random.word(5)}`, random.pick(VALUES))
          break
        case 5:
          for (const id of repliesIn(doc, mark)) replies?.delete(id)
          break
        case 6:
          if (random.oneIn(2)) sheetsOf(doc).set(random.oneIn(2) ? sheet.id : 'otra', { ...sheet })
          else if (random.oneIn(3)) decisionsOf(doc).delete(mark)
          else decisionsOf(doc).set(mark, random.pick(VALUES))
          break
        case 7:
          stampsOf(doc).set(mark, [1, 0])
          break
        case 8:
          doc.getMap(random.pick(['admins', 'marks2', 'toString'])).set('x', true)
          break
        default: {
          const made = new Y.Map<unknown>()
          marksOf(doc).set(`${victim}_${random.word(5)}`, made)
          if (random.oneIn(2)) for (const [key, value] of Object.entries(someProposal(random))) made.set(key, value)
          for (const key of ['born', 'shape', 'words', 'change'])
            if (!random.oneIn(3)) made.set(key, random.pick(VALUES))
          if (!random.oneIn(3)) made.set('replies', new Y.Map())
        }
      }
    }
  })
  return { actor, client: random.oneIn(10) ? null : client, update: Y.encodeStateAsUpdate(copy, before), honest: false }
}

/** Structs and deletions that Yjs would never write. */
const byHand = (story: Story, actor: Actor): Move => {
  const { random, table } = story
  const { store } = table.doc
  const client = idOf(story, actor)
  const state = Y.getState(store, client)
  const clients = [...store.clients.keys()]
  const anyId = (): Id => {
    if (random.oneIn(12)) return [random.pick([...clients, 999_999]), random.below(60)]
    if (random.oneIn(4)) return [client, state + random.below(4)]
    const one = random.pick(clients)
    const struct = random.pick(store.clients.get(one) as (Y.Item | Y.GC)[])
    return [one, struct.id.clock + (random.oneIn(3) ? random.below(struct.length) : struct.length - 1)]
  }
  /** The live value of some key, or the map that it lies in. */
  const target = (): { origin: Id; key: string; box: Id | null } | null => {
    const marks = marksIn(table.doc)
    if (marks.length === 0) return null
    const mark = random.pick(marks)
    const item = marksOf(table.doc)._map.get(mark) as Y.Item
    const box: Id = [item.id.client, item.id.clock]
    if (random.oneIn(4)) return { origin: box, key: mark, box: null }
    const tree = treeOf(table.doc, mark)
    const [key, inner] = random.pick([...(tree?._map ?? [])])
    return { origin: [inner.id.client, inner.id.clock + inner.length - 1], key, box }
  }
  const struct = (): RawStruct => {
    const kind = random.pick([
      KIND.any,
      KIND.any,
      KIND.any,
      KIND.type,
      KIND.type,
      KIND.deleted,
      KIND.gc,
      random.below(12),
    ])
    const value = random.pick(VALUES)
    const length = random.oneIn(4) ? random.below(5) : 1
    const at = random.oneIn(4) ? null : target()
    const key = random.oneIn(40)
      ? undefined
      : (at?.key ??
        random.pick([
          'born',
          'shape',
          'words',
          'change',
          'done',
          'replies',
          `${random.pick(INSIDE).id}_${random.word(4)}`,
          '__proto__',
        ]))
    const named = key === undefined ? {} : { key }
    if (at && !random.oneIn(3)) return { kind, value, length, origin: at.origin, ...named }
    if (at?.box) return { kind, value, length, parent: at.box, ...named }
    const shape = random.below(5)
    if (shape === 0) return { kind, value, length, origin: anyId(), ...named }
    if (shape === 1)
      return { kind, value, length, parent: random.pick(['marks', 'sheets', 'stamps', 'decisions', 'x']), ...named }
    if (shape === 2 && random.oneIn(6)) return { kind, value, length, right: anyId(), ...named }
    return { kind, value, length, parent: anyId(), ...named }
  }
  const structs = Array.from({ length: random.pick([0, 1, 1, 2, 4]) }, struct)
  if (random.oneIn(3)) {
    const at = state
    const id = `${random.oneIn(3) ? random.pick(INSIDE).id : actor.id}_${random.word(5)}`
    const proposal = random.oneIn(2)
    const { born, words, change } = someProposal(random)
    structs.unshift(
      { kind: KIND.type, parent: 'marks', key: id },
      { kind: KIND.any, parent: [client, at], key: 'born', value: proposal ? born : { kind: 'pin', sheet: sheet.id } },
      { kind: KIND.any, parent: [client, at], key: 'shape', value: [100, 100] },
      { kind: KIND.any, parent: [client, at], key: 'words', value: proposal ? words : { says: 'noto', text: 'x' } },
      ...(proposal ? [{ kind: KIND.any, parent: [client, at] as const, key: 'change', value: change }] : []),
      { kind: KIND.type, parent: [client, at], key: 'replies' },
    )
  }
  const deletes: RawDeletes = random.oneIn(2)
    ? []
    : [...new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick([...clients, client])))].map((one) => {
        const at = random.below(
          Y.getState(store, one) + (random.oneIn(12) ? 3 : 0) + (one === client ? structs.length : 0) + 1,
        )
        return [one, [[at, 1 + random.below(random.oneIn(5) ? 20 : 2)]]] as const
      })
  const clock = random.oneIn(20) ? Math.max(0, state + random.pick([-2, -1, 1, 2])) : state
  const under = random.oneIn(30) ? random.pick([SERVER, ...clients]) : client
  return { actor, client: random.oneIn(20) ? null : client, update: raw(under, clock, structs, deletes), honest: false }
}
