import * as encoding from 'lib0/encoding'

/**
 * Frames of the y-websocket protocol, which ours and y-websocket speak as it is, and Hocuspocus with the name of the document
 * before each message and a sign-in before the first.
 */
export type Dialect = 'y-websocket' | 'hocuspocus'

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const STEP1 = 0
const STEP2 = 1
const UPDATE = 2

const message = (dialect: Dialect, document: string, type: number): encoding.Encoder => {
  const encoder = encoding.createEncoder()
  if (dialect === 'hocuspocus') encoding.writeVarString(encoder, document)
  encoding.writeVarUint(encoder, type)
  return encoder
}

/** What a client of this dialect says first: asks for everything, with an empty state vector. */
export const hello = (dialect: Dialect, document: string): Uint8Array[] => {
  const frames: Uint8Array[] = []
  if (dialect === 'hocuspocus') {
    const auth = message(dialect, document, AUTH)
    encoding.writeVarUint(auth, 0)
    encoding.writeVarString(auth, '')
    encoding.writeVarString(auth, '4.7.0')
    frames.push(encoding.toUint8Array(auth))
  }
  const step1 = message(dialect, document, SYNC)
  encoding.writeVarUint(step1, STEP1)
  encoding.writeVarUint8Array(step1, new Uint8Array([0]))
  frames.push(encoding.toUint8Array(step1))
  return frames
}

export const updateFrame = (dialect: Dialect, document: string, update: Uint8Array): Uint8Array => {
  const encoder = message(dialect, document, SYNC)
  encoding.writeVarUint(encoder, UPDATE)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** @param state JSON of the state, whole, as the protocol has it. */
export const awarenessFrame = (
  dialect: Dialect,
  document: string,
  client: number,
  clock: number,
  state: string,
): Uint8Array => {
  const inner = encoding.createEncoder()
  encoding.writeVarUint(inner, 1)
  encoding.writeVarUint(inner, client)
  encoding.writeVarUint(inner, clock)
  encoding.writeVarString(inner, state)
  const encoder = message(dialect, document, AWARENESS)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner))
  return encoding.toUint8Array(encoder)
}

/** Reads varints in place; one for the whole process, since frames are read one after the other. */
class Reader {
  bytes: Uint8Array = new Uint8Array()
  at = 0
  uint(): number {
    let byte = this.bytes[this.at++]!
    if (byte < 128) return byte
    let value = byte & 127
    let factor = 128
    do {
      byte = this.bytes[this.at++]!
      value += (byte & 127) * factor
      factor *= 128
    } while (byte >= 128)
    return value
  }
}
const reader = new Reader()

export interface Heard {
  /** A whole answer to `hello`, or an update: a Yjs update V1. Valid until the function returns. */
  update(update: Uint8Array, whole: boolean): void
  /** One state of an awareness update: bytes `from` to `to` of `bytes` are its JSON. */
  state(client: number, bytes: Uint8Array, from: number, to: number): void
}

/** Takes one frame apart; messages of other types are passed over. */
export const hear = (dialect: Dialect, frame: Uint8Array, heard: Heard): void => {
  reader.bytes = frame
  reader.at = 0
  if (dialect === 'hocuspocus') {
    const name = reader.uint()
    reader.at += name
  }
  const type = reader.uint()
  if (type === SYNC || type === 4) {
    const step = reader.uint()
    if (step !== STEP2 && step !== UPDATE) return
    const size = reader.uint()
    heard.update(frame.subarray(reader.at, reader.at + size), step === STEP2)
  } else if (type === AWARENESS) {
    reader.uint()
    const states = reader.uint()
    for (let i = 0; i < states; i++) {
      const client = reader.uint()
      reader.uint()
      const size = reader.uint()
      const from = reader.at
      reader.at += size
      heard.state(client, frame, from, from + size)
    }
  }
}
