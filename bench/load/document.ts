import * as Y from 'yjs'
import { type Dialect, hear, hello } from './dialect.ts'
import type { Seat } from './job.ts'
import { openWire } from './socket.ts'

export interface Read {
  readonly doc: Y.Doc
  /** Bytes of the frame that brought the document. */
  readonly bytes: number
}

/** Connects as a newcomer, takes what the server has and leaves. @throws {Error} where nothing came in five seconds. */
export const readDocument = async (dialect: Dialect, document: string, seat: Seat): Promise<Read> => {
  const doc = new Y.Doc()
  const { promise, resolve, reject } = Promise.withResolvers<Read>()
  const late = setTimeout(() => reject(new Error('the document did not come')), 5000)
  const wire = await openWire(seat, (frame) =>
    hear(dialect, frame, {
      update(update, all) {
        Y.applyUpdate(doc, update)
        if (all) resolve({ doc, bytes: frame.length })
      },
      state() {},
    }),
  )
  for (const frame of hello(dialect, document)) wire.send(frame)
  try {
    return await promise
  } finally {
    clearTimeout(late)
    wire.close()
  }
}
