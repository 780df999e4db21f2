import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { type Change, MAP } from '../../shared/document/changes.ts'
import type { GateCode } from '../../shared/protocol/refusals.ts'
import { Chain, type Walk } from './chain.ts'
import { FORBIDDEN_KEYS, readText, readValue, Unreadable } from './values.ts'

/**
 * Reads an update (Yjs V1) as what it would do to a document, without touching the document: the only part of the server
 * that knows Yjs' insides (13.6.33, pinned).
 *
 * It is a closed world. Four kinds of struct exist here: GC, ContentDeleted, a nested map, one plain value. All are keys of
 * maps; lists and shared text do not exist. Structs are placed exactly as `Item.integrate` places them, so the net effect
 * of an update on each key is known before Yjs sees a byte of it.
 *
 * Cost: the size of the update, plus the structs that its delete ranges span, plus the history of a key that is written
 * from an old view of it. Never the size of the document.
 */
export const CAPS = {
  structs: 20_000,
  /** Delete ranges; a client that comes back sends its whole delete set. */
  ranges: 200_000,
  /** Clock at the end of an update. */
  clock: 2 ** 31 - 1,
  /** Length of one deleted run. */
  run: 1_000_000,
  /** Bytes of a key: an authored id has at most 53. */
  key: 64,
  /** Net changes of one update. */
  changes: 20_000,
  /** Maps inside each other: the marks, a mark, its thread. */
  depth: 3,
} as const

export type Described =
  | {
      readonly ok: true
      /** Client id of the structs; null where there are only deletions. */
      readonly client: number | null
      /** Clock of `client` after the update; 0 where there are no structs. */
      readonly clock: number
      /** Nothing in it is new: acknowledged, not applied. */
      readonly known: boolean
      /** What to apply. */
      readonly bytes: Uint8Array
      readonly changes: readonly Change[]
      /** Structs looked at, for the rate limit. */
      readonly work: number
    }
  | { readonly ok: false; readonly code: Code }

type Code = GateCode | 'gone' | 'unknown-root' | 'unknown-key'
type Type = Y.AbstractType<unknown>

/** A map of the document, or one that the update makes. */
interface Box {
  /** Null for one that the update makes. */
  readonly type: Type | null
  readonly made: New | null
  readonly path: readonly string[]
  /** The box that it lies in; null for a root. */
  readonly up: Box | null
  readonly slots: Map<string, Slot>
}

/** One key of a box, with everything that the update does to it. */
interface Slot {
  readonly box: Box
  readonly key: string
  /** What is written there last in the document, live or not. */
  readonly old: Y.Item | null
  /** Structs of the update at this key, in order. */
  readonly news: New[]
  /** The one of them that ends up last, and so is the key's value; null while that is still `old`. */
  tail: New | null
  /** The update deletes the live `old` by its delete set. */
  dropped: boolean
  /** Made when something is not simply written at the end. */
  chain: Chain<New> | null
}

const GC = 0
const DELETED = 1
const NESTED = 7
const VALUE = 8
const SKIP = 10
const MAP_TYPE = 1
const KIND_BITS = 31
const HAS_KEY = 32
const HAS_RIGHT = 64
const HAS_ORIGIN = 128

/** A struct of the update. */
interface New {
  readonly clock: number
  readonly length: number
  readonly kind: typeof GC | typeof DELETED | typeof NESTED | typeof VALUE
  readonly originClient: number
  readonly originClock: number
  readonly value: unknown
  slot: Slot | null
  /** What it holds, if it is a nested map that something was put into. */
  box: Box | null
  dropped: boolean
}

const no = (code: Code): never => {
  throw new Unreadable(code)
}

/** The client id of an update's first section, or null where it has none. */
export const clientOf = (bytes: Uint8Array): number | null => {
  try {
    const decoder = decoding.createDecoder(bytes)
    if (decoding.readVarUint(decoder) === 0) return null
    decoding.readVarUint(decoder)
    return decoding.readVarUint(decoder)
  } catch {
    return null
  }
}

/** @param client the id that is lent to the sender; null where they have none and may only delete. */
export const describe = (doc: Y.Doc, bytes: Uint8Array, client: number | null): Described => {
  try {
    return new Description(doc, bytes, client).read()
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { ok: false, code: thrown.code as Code }
    return { ok: false, code: 'not-an-update' }
  }
}

class Description {
  readonly #doc: Y.Doc
  readonly #bytes: Uint8Array
  readonly #client: number | null
  readonly #decoder: Y.UpdateDecoderV1
  readonly #rest: decoding.Decoder
  readonly #news: New[] = []
  readonly #slots: Slot[] = []
  readonly #boxes = new Map<Type, Box>()
  /** Deletions that have an effect on what was there before, as [client, clock, length]. */
  readonly #effects: [number, number, number][] = []
  /** First clock that is new, and the one after the last. */
  #from = 0
  #to = 0
  #work = 0
  /** Of all keys together: a bound for each key is none for an update that writes thousands. */
  readonly #walk: Walk = { steps: 0 }

  constructor(doc: Y.Doc, bytes: Uint8Array, client: number | null) {
    this.#doc = doc
    this.#bytes = bytes
    this.#client = client
    this.#rest = decoding.createDecoder(bytes)
    this.#decoder = new Y.UpdateDecoderV1(this.#rest)
  }

  read(): Described {
    const sections = decoding.readVarUint(this.#rest)
    if (sections > 1) no('many-clients')
    const structs = sections === 1 ? this.#readSection() : 'none'
    const deletes = this.#readDeletes()
    if (this.#rest.pos !== this.#bytes.length) no('trailing-bytes')
    return {
      ok: true,
      client: sections === 1 ? this.#client : null,
      clock: structs === 'none' ? 0 : this.#to,
      known: structs !== 'new' && !deletes,
      // Yjs would still look for what known structs refer to, so they are left out.
      bytes: structs === 'known' ? this.#deletesAlone() : this.#bytes,
      changes: this.#changes(),
      work: this.#work + this.#walk.steps,
    }
  }

  #readSection(): 'new' | 'known' {
    const count = decoding.readVarUint(this.#rest)
    const client = this.#decoder.readClient()
    const clock = decoding.readVarUint(this.#rest)
    if (this.#client === null) return no('unbound-client')
    if (client !== this.#client) return no('forged-client')
    if (count === 0) return no('not-an-update')
    if (count > CAPS.structs) return no('too-many-structs')
    const state = Y.getState(this.#doc.store, client)
    if (clock > state) return no('gap')
    this.#from = clock
    this.#to = clock
    const known = clock < state
    for (let i = 0; i < count; i++) this.#readStruct(known)
    if (known && this.#to > state) no('overlap')
    if (known) {
      this.#news.length = 0
      this.#from = state
      this.#to = state
    }
    this.#work += count
    return known ? 'known' : 'new'
  }

  /** @param known read for its form alone: it is in the document already. */
  #readStruct(known: boolean): void {
    if (this.#rest.pos >= this.#bytes.length) no('not-an-update')
    const info = this.#decoder.readInfo()
    const kind = info & KIND_BITS
    if (kind === SKIP) no('skip')
    if (kind === GC) {
      if (info !== GC) no('bad-content')
      this.#add({ kind: GC, length: this.#readRun(), originClient: -1, originClock: -1, value: undefined })
      return
    }
    if (kind !== DELETED && kind !== NESTED && kind !== VALUE) no('bad-content')
    if ((info & HAS_KEY) === 0) no('not-a-key')
    let originClient = -1
    let originClock = -1
    if ((info & HAS_ORIGIN) !== 0) {
      originClient = decoding.readVarUint(this.#rest)
      originClock = decoding.readVarUint(this.#rest)
    }
    if ((info & HAS_RIGHT) !== 0) no('right-origin')
    let box: Box | null = null
    let key = ''
    if (originClient === -1) {
      const named = decoding.readVarUint(this.#rest)
      if (named > 1) no('bad-parent')
      if (named === 1) {
        const root = readText(this.#rest, CAPS.key)
        if (!known) box = this.#rootBox(root)
      } else {
        const parentClient = decoding.readVarUint(this.#rest)
        const parentClock = decoding.readVarUint(this.#rest)
        if (!known) box = this.#parentBox(parentClient, parentClock)
      }
      key = readText(this.#rest, CAPS.key)
      if (FORBIDDEN_KEYS.has(key)) no('forbidden-key')
    }
    let length = 1
    let value: unknown
    if (kind === DELETED) length = this.#readRun()
    else if (kind === NESTED) {
      if (this.#decoder.readTypeRef() !== MAP_TYPE) no('bad-content')
    } else {
      if (this.#decoder.readLen() !== 1) no('bad-content')
      value = readValue(this.#rest)
    }
    const made = this.#add({ kind: kind as New['kind'], length, originClient, originClock, value })
    if (known) return
    const slot = box === null ? this.#originSlot(originClient, originClock, made) : this.#slot(box, key)
    this.#place(slot, made)
  }

  #readRun(): number {
    const length = this.#decoder.readLen()
    if (length === 0) no('not-an-update')
    if (length > CAPS.run) no('too-long')
    return length
  }

  #add(part: Pick<New, 'kind' | 'length' | 'originClient' | 'originClock' | 'value'>): New {
    const made: New = { clock: this.#to, ...part, slot: null, box: null, dropped: false }
    this.#to += made.length
    if (this.#to > CAPS.clock) no('too-long')
    this.#news.push(made)
    return made
  }

  /** The struct of this update that has a clock of the sender's, or null where the clock is older than the update. */
  #madeAt(client: number, clock: number): New | null {
    if (client !== this.#client || clock < this.#from) return null
    return this.#news[this.#indexAt(clock)] ?? no('forward-reference')
  }

  /** Where the struct with a clock is among those of the update, of which none is older; their number where it comes later. */
  #indexAt(clock: number): number {
    const news = this.#news
    let low = 0
    let high = news.length
    while (low < high) {
      const middle = (low + high) >> 1
      const { clock: first, length } = news[middle] as New
      if (clock < first + length) high = middle
      else low = middle + 1
    }
    return low
  }

  #itemAt(client: number, clock: number): Y.Item {
    if (clock >= Y.getState(this.#doc.store, client)) no('missing-origin')
    const item = Y.getItem(this.#doc.store, Y.createID(client, clock)) as Y.Item | Y.GC
    return item instanceof Y.Item ? item : no('gone')
  }

  #rootBox(name: string): Box {
    const type = this.#doc.share.get(name)
    if (type === undefined) return no('unknown-root')
    return this.#box(type as Type)
  }

  #parentBox(client: number, clock: number): Box {
    const made = this.#madeAt(client, clock)
    if (made) {
      if (made.kind === GC || made.kind === DELETED) return no('gone')
      if (made.kind !== NESTED || made.slot === null) return no('bad-parent')
      // Thousands in each other would have paths as long as that, and a walk up for every one.
      if (made.slot.box.path.length === CAPS.depth) return no('unknown-key')
      made.box ??= {
        type: null,
        made,
        path: [...made.slot.box.path, made.slot.key],
        up: made.slot.box,
        slots: new Map(),
      }
      return made.box
    }
    const { content, deleted } = this.#itemAt(client, clock)
    if (content instanceof Y.ContentDeleted || deleted) return no('gone')
    return content instanceof Y.ContentType ? this.#box(content.type as Type) : no('bad-parent')
  }

  /** A live map of the document. */
  #box(type: Type): Box {
    const known = this.#boxes.get(type)
    if (known) return known
    const item = type._item
    let box: Box
    if (item === null) {
      const name = Y.findRootTypeKey(type)
      box = { type, made: null, path: [name], up: null, slots: new Map() }
    } else {
      if (item.deleted) no('gone')
      const up = this.#box(item.parent as Type)
      box = { type, made: null, path: [...up.path, item.parentSub as string], up, slots: new Map() }
    }
    this.#boxes.set(type, box)
    return box
  }

  #slot(box: Box, key: string): Slot {
    const known = box.slots.get(key)
    if (known) return known
    const old = box.type?._map.get(key) ?? null
    const slot: Slot = { box, key, old, news: [], tail: null, dropped: false, chain: null }
    box.slots.set(key, slot)
    this.#slots.push(slot)
    if (this.#slots.length > CAPS.changes) no('too-long')
    return slot
  }

  /** Left decides place and key, as in `Item.getMissing`. */
  #originSlot(client: number, clock: number, asker: New): Slot {
    const made = this.#madeAt(client, clock)
    if (made) {
      if (made === asker) return no('forward-reference')
      return made.slot ?? no('gone')
    }
    const item = this.#itemAt(client, clock)
    if (item.parentSub === null) return no('not-a-key')
    const type = item.parent as Type
    return this.#slot(this.#box(type), item.parentSub)
  }

  /** Where `Item.integrate` would put it. */
  #place(slot: Slot, made: New): void {
    made.slot = slot
    if (slot.chain === null && this.#isAtEnd(slot, made)) slot.tail = made
    else {
      slot.chain ??= Chain.of(slot.old, slot.news, this.#client as number, this.#walk)
      if (slot.chain.insert(made, this.#client as number)) slot.tail = made
    }
    slot.news.push(made)
  }

  #isAtEnd({ tail, old }: Slot, { originClient, originClock }: New): boolean {
    if (tail) return originClient === this.#client && originClock === tail.clock + tail.length - 1
    if (old) return originClient === old.id.client && originClock === old.id.clock + old.length - 1
    return originClient === -1
  }

  /** @returns whether anything that was there before is deleted. */
  #readDeletes(): boolean {
    const { store } = this.#doc
    const clients = decoding.readVarUint(this.#rest)
    let ranges = 0
    const seen = new Set<number>()
    for (let i = 0; i < clients; i++) {
      const client = decoding.readVarUint(this.#rest)
      if (seen.has(client)) no('not-an-update')
      seen.add(client)
      const count = decoding.readVarUint(this.#rest)
      ranges += count
      if (ranges > CAPS.ranges) no('too-many-deletes')
      const structs = store.clients.get(client) ?? []
      const old = Y.getState(store, client)
      const state = client === this.#client ? Math.max(old, this.#to) : old
      let next = 0
      for (let j = 0; j < count; j++) {
        const clock = this.#decoder.readDsClock()
        const end = clock + this.#decoder.readDsLen()
        // Sorted and apart, as Yjs writes them: the work is bounded by the structs that there are.
        if (clock < next || end <= clock) no('not-an-update')
        if (end > state) no('delete-beyond')
        next = end
        if (clock < old) this.#deleteOld(structs, clock, Math.min(end, old))
        if (end > old) this.#deleteNew(Math.max(clock, old), end)
      }
    }
    this.#work += ranges
    return this.#effects.length > 0
  }

  #deleteOld(structs: readonly (Y.Item | Y.GC)[], clock: number, end: number): void {
    for (let i = Y.findIndexSS(structs as never, clock); i < structs.length; i++) {
      const struct = structs[i] as Y.Item | Y.GC
      if (struct.id.clock >= end) break
      this.#work++
      if (struct.deleted || !(struct instanceof Y.Item)) continue
      this.#effects.push([struct.id.client, struct.id.clock, struct.length])
      // Every live item is the value of a key, one clock long: nothing else passes the gate.
      if (struct.parentSub === null || struct.length !== 1) no('not-a-key')
      const box = this.#box(struct.parent as Type)
      if (!isDead(box)) this.#slot(box, struct.parentSub as string).dropped = true
    }
  }

  #deleteNew(clock: number, end: number): void {
    for (let i = this.#indexAt(clock); i < this.#news.length; i++) {
      const made = this.#news[i] as New
      if (made.clock >= end) break
      made.dropped = true
    }
  }

  #deletesAlone(): Uint8Array {
    const encoder = encoding.createEncoder()
    const byClient = Map.groupBy(this.#effects, ([client]) => client)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, byClient.size)
    for (const [client, ranges] of byClient) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, ranges.length)
      for (const [, clock, length] of ranges) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, length)
      }
    }
    return encoding.toUint8Array(encoder)
  }

  /** Net, containers first: a slot is made after the box that it lies in. */
  #changes(): Change[] {
    const changes: Change[] = []
    for (const slot of this.#slots) {
      if (isDead(slot.box)) continue
      const { tail, old } = slot
      const path = [...slot.box.path, slot.key]
      const wasLive = old !== null && !old.deleted
      if (tail && tail.kind !== DELETED && !tail.dropped) {
        if (tail.kind === NESTED && wasLive && slot.dropped && old.content instanceof Y.ContentType)
          changes.push({ do: 'drop', path })
        changes.push({ do: 'put', path, value: tail.kind === NESTED ? MAP : tail.value })
      } else if (wasLive && (tail || slot.dropped)) changes.push({ do: 'drop', path })
    }
    return changes
  }
}

/** Whether a box is gone once the update is applied, or never comes to life. */
const isDead = (box: Box): boolean => {
  if (box.up === null) return false
  const { made } = box
  if (made) return made.slot?.tail !== made || made.dropped || isDead(box.up)
  const own = box.up.slots.get(box.path.at(-1) as string)
  if (own !== undefined && (own.tail !== null || own.dropped)) return true
  return isDead(box.up)
}
