import { io, type Socket } from 'socket.io-client'
import type {
  Answer,
  Command,
  CommandAnswers,
  CommandArgs,
  CommandEvents,
  Signals,
} from '../../shared/protocol/live.ts'
import { ApiError } from './api.ts'
import type { Watched } from './contract.ts'
import { cell } from './watched.ts'

/** The one Socket.IO connection of the page: commands with an answer, and the server's signals. */
export interface Live {
  /**
   * @throws {ApiError} with the refusal's code, or `network` where no answer came in time: the command may or may not
   * have been carried out.
   */
  command<C extends Command>(name: C, args: CommandArgs<C>): Promise<CommandAnswers[C]>
  on<S extends keyof Signals>(signal: S, listener: Signals[S]): () => void
  readonly connected: Watched<boolean>
  close(): void
}

/** A command that is not answered by then is told as not sent. */
const ANSWER_MS = 10_000

export interface LiveOptions {
  /** Empty for the page's own. */
  readonly origin?: string
  /** For clients that are no browser. */
  readonly headers?: Readonly<Record<string, string>>
}

export const openLive = ({ origin = '', headers }: LiveOptions = {}): Live => {
  const socket: Socket<Signals, CommandEvents> = io(origin === '' ? '/' : origin, {
    path: '/live',
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
    ...(headers ? { extraHeaders: { ...headers } } : {}),
  })
  const connected = cell(false)
  socket.on('connect', () => connected.set(true))
  socket.on('disconnect', () => connected.set(false))
  return {
    connected,
    async command<C extends Command>(name: C, args: CommandArgs<C>): Promise<CommandAnswers[C]> {
      // The library's types can't follow a name that is only known by its type parameter.
      const timed = socket.timeout(ANSWER_MS) as unknown as { emitWithAck(name: C, args: unknown): Promise<Answer<C>> }
      let answer: Answer<C>
      try {
        answer = await timed.emitWithAck(name, args)
      } catch {
        throw new ApiError('network')
      }
      if (!answer.ok) throw new ApiError(answer.error.code, answer.error.params ?? {})
      return answer as CommandAnswers[C]
    },
    on(signal, listener) {
      socket.on(signal, listener as never)
      return () => socket.off(signal, listener as never)
    },
    close() {
      socket.close()
    },
  }
}
