import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { admit, apply, newBoardDoc } from '../../server/rooms/gate.ts'
import type { Act } from '../../shared/document/changes.ts'
import { sheetsOf } from '../../shared/document/read.ts'
import { type Intent, write } from '../../shared/document/write.ts'
import type { Board } from '../../shared/domain/board.ts'
import type { Actor } from '../../shared/domain/people.ts'
import { NOON, patternSheet, sheet, swatches, board as theBoard } from './people.ts'

/** The server's document alone, and the gate before it: no sockets, no disk. */
export interface Table {
  readonly doc: Y.Doc
  /** Judges one update and applies it if it may be; says what came of it. */
  send(actor: Actor, client: number | null, update: Uint8Array, board?: Board): Outcome
  /** A person's own copy, up to date, under its own id. */
  copy(client: number): Y.Doc
  digest(): string
}
export type Outcome = { readonly acts: readonly Act[]; readonly known: boolean } | { readonly refused: string }

export const SERVER = 1

export const openTable = (): Table => {
  const doc = newBoardDoc()
  doc.clientID = SERVER
  for (const one of [sheet, patternSheet]) sheetsOf(doc).set(one.id, { ...one, place: { ...one.place } })
  return {
    doc,
    send(actor, client, update, board = theBoard) {
      const admission = admit(doc, update, {
        client,
        actor,
        board,
        now: NOON,
        swatch: (id) => swatches.get(id) ?? null,
      })
      if (!admission.ok) return { refused: admission.code }
      if (!admission.known && !apply(doc, admission, client, actor.id)) return { refused: 'surprise' }
      return { acts: admission.acts, known: admission.known }
    },
    copy(client) {
      const copy = newBoardDoc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
      copy.clientID = client
      return copy
    },
    digest: () => digest(doc),
  }
}

/** Everything that a document is, dead structs included. */
export const digest = (doc: Y.Doc): string => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')

/** The updates that intents make of a copy, one each. */
export const updatesOf = (copy: Y.Doc, ...intents: readonly Intent[]): Uint8Array[] => {
  const updates: Uint8Array[] = []
  const keep = (update: Uint8Array): void => void updates.push(update)
  copy.on('update', keep)
  for (const intent of intents) write(copy, intent, 'test')
  copy.off('update', keep)
  return updates
}

/** The one update that a piece of work makes of a copy, whatever it does to it. */
export const updateBy = (copy: Y.Doc, work: (doc: Y.Doc) => void): Uint8Array => {
  let made: Uint8Array = new Uint8Array([0, 0])
  const keep = (update: Uint8Array): void => {
    made = update
  }
  copy.on('update', keep)
  copy.transact(() => work(copy))
  copy.off('update', keep)
  return made
}

/** Yjs V1 struct kinds. */
export const KIND = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
  skip: 10,
} as const

export type Id = readonly [client: number, clock: number]
export interface RawStruct {
  readonly kind: number
  readonly length?: number
  readonly origin?: Id
  readonly right?: Id
  /** Name of a root, or id of a container's item. */
  readonly parent?: string | Id
  readonly key?: string
  /** Written after the head, in place of what the kind would have. */
  readonly body?: (encoder: encoding.Encoder) => void
  readonly value?: unknown
}
export type RawDeletes = readonly (readonly [
  client: number,
  ranges: readonly (readonly [clock: number, length: number])[],
])[]

const writeStruct = (encoder: encoding.Encoder, struct: RawStruct): void => {
  const { kind, origin, right, parent, key } = struct
  if (kind === KIND.gc || kind === KIND.skip) {
    encoding.writeUint8(encoder, kind)
    encoding.writeVarUint(encoder, struct.length ?? 1)
    return
  }
  encoding.writeUint8(encoder, kind | (origin ? 128 : 0) | (right ? 64 : 0) | (key === undefined ? 0 : 32))
  const writeId = ([client, clock]: Id): void => {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
  }
  if (origin) writeId(origin)
  if (right) writeId(right)
  if (!origin && !right) {
    if (typeof parent === 'string') {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, parent)
    } else {
      encoding.writeVarUint(encoder, 0)
      writeId(parent ?? [0, 0])
    }
    if (key !== undefined) encoding.writeVarString(encoder, key)
  }
  if (struct.body) struct.body(encoder)
  else if (kind === KIND.deleted) encoding.writeVarUint(encoder, struct.length ?? 1)
  else if (kind === KIND.type) encoding.writeVarUint(encoder, 1)
  else {
    encoding.writeVarUint(encoder, 1)
    encoding.writeAny(encoder, struct.value as never)
  }
}

/** An update written by hand, as no honest client would. */
export const raw = (
  client: number,
  clock: number,
  structs: readonly RawStruct[],
  deletes: RawDeletes = [],
  tail: readonly number[] = [],
): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, structs.length > 0 ? 1 : 0)
  if (structs.length > 0) {
    encoding.writeVarUint(encoder, structs.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    for (const struct of structs) writeStruct(encoder, struct)
  }
  encoding.writeVarUint(encoder, deletes.length)
  for (const [one, ranges] of deletes) {
    encoding.writeVarUint(encoder, one)
    encoding.writeVarUint(encoder, ranges.length)
    for (const [at, length] of ranges) {
      encoding.writeVarUint(encoder, at)
      encoding.writeVarUint(encoder, length)
    }
  }
  for (const byte of tail) encoding.writeUint8(encoder, byte)
  return encoding.toUint8Array(encoder)
}

/** Where the live value of a key is written: for forging what refers to it. */
export const idAt = (doc: Y.Doc, ...path: readonly string[]): Id => {
  let type = doc.share.get(path[0] as string) as Y.AbstractType<unknown>
  let item: Y.Item | undefined
  for (const key of path.slice(1)) {
    item = type._map.get(key)
    if (item?.content instanceof Y.ContentType) type = item.content.type as Y.AbstractType<unknown>
  }
  if (!item) throw new Error(`nothing at ${path.join('/')}`)
  return [item.id.client, item.id.clock + item.length - 1]
}
