import type { WebSocket } from 'ws'
import { SYNC, syncFrame } from '../../server/rooms/frames.ts'
import { parseCloseReason, type SyncRefusal } from '../../shared/protocol/refusals.ts'

/** Frames that came, in order, and how it ended. */
export interface Heard {
  readonly frames: Buffer[]
  code: number | null
  refusal: SyncRefusal | null
  /** HTTP status where there was no handshake. */
  status: number | null
}

/** Keeps everything that a socket hears. */
export const hear = (socket: WebSocket): Heard => {
  const heard: Heard = { frames: [], code: null, refusal: null, status: null }
  socket.on('message', (data) => heard.frames.push(data as Buffer))
  socket.on('close', (code, reason) => {
    heard.code = code
    heard.refusal = parseCloseReason(reason.toString())
  })
  socket.on('unexpected-response', (req, res) => {
    heard.status = res.statusCode ?? null
    req.destroy()
  })
  return heard
}

export const updateFrame = (bytes: Uint8Array): Buffer => syncFrame(SYNC.update, bytes)
/** Asks for everything. */
export const STEP1 = syncFrame(SYNC.step1, new Uint8Array([0]))
/** Answers that it has nothing. */
export const STEP2 = syncFrame(SYNC.step2, new Uint8Array([0, 0]))
