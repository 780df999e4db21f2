import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

/**
 * A WebSocket client that costs next to nothing: a hundred of them share one of two cores with what they measure. It reads into
 * one buffer and hands out frames in place; it knows unfragmented binary frames, ping and close, and offers no extension.
 */
export interface Wire {
  /** One binary frame, masked as a browser would. */
  send(payload: Uint8Array): void
  close(): void
  readonly received: number
  readonly sent: number
  /** Bytes handed to the socket and not yet taken by the system. */
  readonly waiting: number
  /** Why the server ended it; null while it lives. */
  readonly ended: string | null
}

/** @param frame valid until the function returns. */
export type OnFrame = (frame: Buffer) => void

const CHUNK = 256 * 1024
const NOTHING = Buffer.alloc(0)

export interface Address {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** Resolves once the upgrade is answered with 101. @throws {Error} with the status line where it is not. */
export const openWire = (address: Address, onFrame: OnFrame): Promise<Wire> =>
  new Promise((resolve, reject) => {
    const { port, path, headers } = address
    let open = false
    let received = 0
    let sent = 0
    let ended: string | null = null
    let carry: Buffer = NOTHING
    let closing = false

    const end = (why: string): void => {
      ended ??= why
      socket.destroy()
      if (!open) reject(new Error(`${path.split('?')[0]}: ${why}`))
    }
    const answered = (bytes: Buffer): Buffer | null => {
      const at = bytes.indexOf('\r\n\r\n')
      if (at < 0) return null
      const status = bytes.toString('latin1', 0, bytes.indexOf('\r\n'))
      if (!/^HTTP\/1\.1 101 /.test(status)) {
        end(status)
        return null
      }
      open = true
      resolve(wire)
      return bytes.subarray(at + 4)
    }
    /** @returns what is left of an unfinished frame. */
    const frames = (bytes: Buffer): Buffer => {
      let at = 0
      for (;;) {
        if (bytes.length - at < 2) break
        const first = bytes[at]!
        let size = bytes[at + 1]!
        let head = 2
        if (size === 126) {
          if (bytes.length - at < 4) break
          size = bytes.readUInt16BE(at + 2)
          head = 4
        } else if (size === 127) {
          if (bytes.length - at < 10) break
          size = bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6)
          head = 10
        }
        if (bytes.length - at < head + size) break
        const payload = bytes.subarray(at + head, at + head + size)
        at += head + size
        if (first === 0x82) onFrame(payload)
        else if (first === 0x88)
          end(`${payload.length >= 2 ? payload.readUInt16BE(0) : 1005} ${payload.toString('utf8', 2)}`.trim())
        else if (first === 0x89) write(0x8a, payload)
        else if (first !== 0x8a) end(`unexpected frame ${first.toString(16)}`)
        if (ended !== null) return NOTHING
      }
      return bytes.subarray(at)
    }
    const write = (first: number, payload: Uint8Array): void => {
      const size = payload.length
      const head = size < 126 ? 2 : size < 65_536 ? 4 : 10
      const frame = Buffer.allocUnsafe(head + 4 + size)
      frame[0] = first
      if (head === 2) frame[1] = 0x80 | size
      else if (head === 4) {
        frame[1] = 0xfe
        frame.writeUInt16BE(size, 2)
      } else {
        frame[1] = 0xff
        frame.writeUInt32BE(0, 2)
        frame.writeUInt32BE(size, 6)
      }
      const mask = (Math.random() * 2 ** 32) >>> 0 || 1
      frame.writeUInt32BE(mask, head)
      for (let i = 0; i < size; i++) frame[head + 4 + i] = payload[i]! ^ frame[head + (i & 3)]!
      sent += frame.length
      socket.write(frame)
    }
    const socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(CHUNK),
        callback(count, buffer) {
          received += count
          let bytes = (buffer as Buffer).subarray(0, count)
          if (carry.length > 0) bytes = Buffer.concat([carry, bytes])
          if (!open) {
            const rest = answered(bytes)
            if (rest === null) {
              carry = Buffer.from(bytes)
              return true
            }
            bytes = rest
          }
          // The buffer is read into again: what is kept is copied.
          const left = frames(bytes)
          carry = left.length === 0 ? NOTHING : Buffer.from(left)
          return true
        },
      },
    })
    socket.on('error', (error) => end(error.message))
    socket.on('close', () => {
      if (!closing) end('gone')
    })
    const wire: Wire = {
      send: (payload) => {
        if (ended === null) write(0x82, payload)
      },
      close() {
        closing = true
        socket.destroy()
      },
      get received() {
        return received
      },
      get sent() {
        return sent
      },
      get waiting() {
        return socket.writableLength
      },
      get ended() {
        return ended
      },
    }
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
