import * as decoding from 'lib0/decoding'

/**
 * Plain values as Yjs encodes them (lib0 `any`), closed: booleans, numbers, texts, lists and objects, nothing else. Every
 * count is checked before anything is made for it.
 */
export const VALUE_CAPS = {
  /** Bytes of one text: 4,000 UTF-16 units are at most 12,000. */
  text: 16_000,
  /** Bytes of a key of an object. */
  key: 32,
  /** Members of all lists and objects in one value: a pen stroke has 2,000 points of three numbers. */
  members: 8_000,
  /** Nesting: no record goes deeper than a list in an object. */
  depth: 3,
} as const

/** Thrown by the readers of an update and caught at its edge, where it becomes a value. */
export class Unreadable<Code extends string> {
  readonly code: Code
  constructor(code: Code) {
    this.code = code
  }
}

/** Names that would reach into an object's ancestry. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** The next text, of at most `most` bytes, decoded by the function that Yjs uses. */
export const readText = (decoder: decoding.Decoder, most: number): string => {
  const start = decoder.pos
  const bytes = decoding.readVarUint(decoder)
  if (bytes > most) throw new Unreadable('too-long' as const)
  decoder.pos = start
  return decoding.readVarString(decoder)
}

const NUMBER = 125
const FLOAT32 = 124
const FLOAT64 = 123
const FALSE = 121
const TRUE = 120
const TEXT = 119
const OBJECT = 118
const LIST = 117

export const readValue = (decoder: decoding.Decoder): unknown => {
  let members = 0
  const count = (): number => {
    const n = decoding.readVarUint(decoder)
    members += n
    if (members > VALUE_CAPS.members) throw new Unreadable('too-long' as const)
    return n
  }
  const read = (depth: number): unknown => {
    if (depth > VALUE_CAPS.depth) throw new Unreadable('bad-content' as const)
    switch (decoding.readUint8(decoder)) {
      case NUMBER:
        return decoding.readVarInt(decoder)
      case FLOAT32:
        return decoding.readFloat32(decoder)
      case FLOAT64:
        return decoding.readFloat64(decoder)
      case FALSE:
        return false
      case TRUE:
        return true
      case TEXT:
        return readText(decoder, VALUE_CAPS.text)
      case LIST: {
        const n = count()
        const list: unknown[] = []
        for (let i = 0; i < n; i++) list.push(read(depth + 1))
        return list
      }
      case OBJECT: {
        const n = count()
        const object: Record<string, unknown> = {}
        for (let i = 0; i < n; i++) {
          const key = readText(decoder, VALUE_CAPS.key)
          if (FORBIDDEN_KEYS.has(key)) throw new Unreadable('forbidden-key' as const)
          object[key] = read(depth + 1)
        }
        return object
      }
      default:
        throw new Unreadable('bad-content' as const)
    }
  }
  return read(1)
}
