/**
 * The y-websocket protocol on the wire (y-protocols 1.0.7): a type, then what belongs to it, each length and number a
 * LEB128-like varint. Anything else is refused.
 */
export const MESSAGE = { sync: 0, awareness: 1, queryAwareness: 3 } as const
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

export type Frame =
  | { readonly is: 'step1'; readonly vector: Uint8Array }
  | { readonly is: 'step2' | 'update'; readonly bytes: Uint8Array }
  | { readonly is: 'awareness'; readonly bytes: Uint8Array }
  | { readonly is: 'query' }

const VARINT_BYTES = 5

/** @returns the frame, or null where it is not exactly one. */
export const parseFrame = (data: Uint8Array): Frame | null => {
  let at = 1
  /** The rest of the frame as one length-prefixed run of bytes, or null. */
  const rest = (): Uint8Array | null => {
    let length = 0
    let scale = 1
    for (let i = 0; i < VARINT_BYTES; i++) {
      const byte = data[at++]
      if (byte === undefined) return null
      length += (byte & 127) * scale
      scale *= 128
      if (byte < 128) return at + length === data.length ? data.subarray(at) : null
    }
    return null
  }
  switch (data[0]) {
    case MESSAGE.sync: {
      const kind = data[at++]
      const bytes = rest()
      if (bytes === null) return null
      if (kind === SYNC.step1) return { is: 'step1', vector: bytes }
      if (kind === SYNC.step2) return { is: 'step2', bytes }
      return kind === SYNC.update ? { is: 'update', bytes } : null
    }
    case MESSAGE.awareness: {
      const bytes = rest()
      return bytes && { is: 'awareness', bytes }
    }
    case MESSAGE.queryAwareness:
      return data.length === 1 ? { is: 'query' } : null
    default:
      return null
  }
}

const varint = (n: number): number[] => {
  const bytes: number[] = []
  let rest = n
  while (rest > 127) {
    bytes.push(128 | (rest % 128))
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
  return bytes
}

const frame = (head: readonly number[], parts: readonly Uint8Array[]): Buffer => {
  let length = 0
  for (const part of parts) length += part.length
  return Buffer.concat([Uint8Array.from([...head, ...varint(length)]), ...parts])
}

export const syncFrame = (kind: (typeof SYNC)[keyof typeof SYNC], bytes: Uint8Array): Buffer =>
  frame([MESSAGE.sync, kind], [bytes])

/** @param parts entries of one awareness update, `count` of them in all. */
export const awarenessFrame = (count: number, parts: readonly Uint8Array[]): Buffer =>
  frame([MESSAGE.awareness], [Uint8Array.from(varint(count)), ...parts])

/** One state of an awareness update. `json` is `null` for somebody who left. */
export const awarenessEntry = (client: number, clock: number, json: string): Buffer => {
  const text = Buffer.from(json)
  return Buffer.concat([Uint8Array.from([...varint(client), ...varint(clock), ...varint(text.length)]), text])
}

/**
 * Nothing, in a form that every provider reads: a stock one hangs up on a server that has been silent for 30 seconds, and
 * pings do not count.
 */
export const HEARTBEAT = awarenessFrame(0, [])
