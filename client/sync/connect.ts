import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate, writeSyncStep1 } from 'y-protocols/sync'
import { messageAwareness, messageSync, WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { SYNC_PATH } from '../../shared/protocol/rooms.ts'

/** Origin of what the server sent: such updates are never sent back. */
export const FROM_SERVER: unique symbol = Symbol('from-server')

/** A client id that is never lent. */
const NOBODY = 0

export interface Closed {
  /** WebSocket close code; 1006 where the network went away. */
  readonly code: number
  readonly reason: string
  /** False where the connection never came about: the door may have said no, which a browser doesn't tell. */
  readonly opened: boolean
}

export interface Connection {
  readonly awareness: Awareness
  /** The origin with which to write now: what is written before the server asked for it travels in the answer to that. */
  origin(): unknown
  connect(): void
  /** Hangs up as if the line had broken: `closed` follows. */
  drop(): void
  /** Leaves; no event follows. */
  destroy(): void
}

export interface ConnectionEvents {
  /** Both sides have what the other had at the connection: what is written from now on travels frame by frame. */
  synced(): void
  /** Won't come back by itself: whoever listens decides when to `connect` again. */
  closed(how: Closed): void
}

export interface Wire {
  /** `ws:` or `wss:` address of the server, without a path. */
  readonly server: string
  readonly WebSocket: typeof WebSocket
}

/**
 * The stock y-websocket provider as we use it, and the only file that knows it.
 *
 * - `view` is what the person sees and writes to; `confirmed` is fed by the server's frames alone. The server echoes what
 *   it has committed to its author too, so `confirmed` is what is on disk.
 * - No BroadcastChannel: it would pass the server by.
 * - It never reconnects on its own. After a refusal the stock provider would offer the refused edit again, for ever.
 * - A write between the opening of a socket and the server's first step would leave a gap before it, if something from
 *   before the break is still to be sent. It is written as if it came from the server, and so travels in the answer to
 *   that step together with what came before.
 */
export const connectTo = (
  wire: Wire,
  room: string,
  params: Readonly<Record<string, string>>,
  view: Y.Doc,
  confirmed: Y.Doc,
  events: ConnectionEvents,
): Connection => {
  const awareness = new Awareness(view)
  const provider = new WebsocketProvider(`${wire.server}${SYNC_PATH}`, room, view, {
    connect: false,
    disableBc: true,
    awareness,
    params: { ...params },
    WebSocketPolyfill: wire.WebSocket,
    shouldReconnect: () => false,
  })
  // The stock handler sends back everybody's state as it comes in: with a hundred people, a hundred times what is one's own.
  awareness.off('update', provider._awarenessUpdateHandler)
  const own = view.clientID
  awareness.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
    if (!added.includes(own) && !updated.includes(own) && !removed.includes(own)) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, messageAwareness)
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [own]))
    if (provider.wsconnected) provider.ws?.send(encoding.toUint8Array(encoder))
  })
  let opened = false
  let answered = false
  let gone = false
  let told = false
  let wasTold = false
  const tellSynced = (): void => {
    if (gone || told || !answered || !provider.synced) return
    told = true
    wasTold = true
    events.synced()
  }

  /**
   * The provider asks for what `view` lacks, and what was written here it has. If the server commits that before it
   * answers, nobody would ever tell that it is on disk; so what `confirmed` lacks is asked for too.
   */
  const askForConfirmed = (): void => {
    if (Y.getState(view.store, own) === Y.getState(confirmed.store, own)) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, messageSync)
    writeSyncStep1(encoder, confirmed)
    provider.ws?.send(encoding.toUint8Array(encoder))
  }

  const stock = provider.messageHandlers[0]
  if (!stock) throw new Error('y-websocket has no handler for sync messages')
  provider.messageHandlers[0] = (encoder, decoder, self, emitSynced, type) => {
    const start = decoder.pos
    const step = decoding.readVarUint(decoder)
    if (step === messageYjsSyncStep2 || step === messageYjsUpdate)
      Y.applyUpdate(confirmed, decoding.readVarUint8Array(decoder), FROM_SERVER)
    decoder.pos = start
    // Yjs takes a new id when it hears of its own from elsewhere; ours is lent, with what was written under it before. Nobody
    // writes here before the first `synced`, so it looks away meanwhile.
    if (!wasTold) view.clientID = NOBODY
    stock(encoder, decoder, self, emitSynced, type)
    view.clientID = own
    if (step === messageYjsSyncStep1) answered = true
    // The answer leaves after this handler; what is written in `synced` must come behind it.
    queueMicrotask(tellSynced)
  }
  provider.on('status', ({ status }) => {
    if (status === 'connected') {
      opened = true
      askForConfirmed()
    }
    if (status === 'connecting') {
      opened = false
      // Their states went with the line. With their clocks remembered, whoever has not stirred since would not be seen again.
      for (const client of [...awareness.meta.keys()]) if (client !== own) awareness.meta.delete(client)
    }
    if (status !== 'connected') answered = told = false
  })
  provider.on('connection-close', (event) => {
    provider.shouldConnect = false
    answered = told = false
    if (gone) return
    const how: Closed = { code: event?.code ?? 1006, reason: event?.reason ?? '', opened }
    // After the provider has put its own house in order.
    queueMicrotask(() => {
      if (!gone) events.closed(how)
    })
  })
  return {
    awareness,
    origin: () => (answered ? null : provider),
    connect: () => provider.connect(),
    drop: () => provider.disconnect(),
    destroy() {
      gone = true
      provider.destroy()
      awareness.destroy()
    },
  }
}
