import { Worker } from 'node:worker_threads'
import type { Log } from '../rooms/ports.ts'

export interface Compactor {
  /** Folds the room's log soon; asked twice it is done once. Never throws, never blocks. */
  compact(room: string): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** @param file the database. The worker is started when it is first needed. */
export const openCompactor = (file: string, logger: Log): Compactor => {
  let worker: Worker | null = null
  const pending = new Set<string>()
  let waiting: (() => void)[] = []
  const settle = (): void => {
    if (pending.size > 0) return
    for (const done of waiting) done()
    waiting = []
  }
  const start = (): Worker => {
    const started = new Worker(new URL('./compact-worker.ts', import.meta.url), { workerData: { file } })
    started.unref()
    started.on('message', ({ room, seq, error }: { room: string; seq?: number; error?: string }) => {
      pending.delete(room)
      if (error === undefined) logger.info({ room, seq }, 'log folded')
      else logger.warn({ room, error }, 'log not folded')
      settle()
    })
    started.on('error', (error) => logger.error({ error: error.message }, 'compactor ended'))
    started.on('exit', () => {
      if (worker === started) worker = null
      pending.clear()
      settle()
    })
    return started
  }
  return {
    compact(room) {
      if (pending.has(room)) return
      pending.add(room)
      worker ??= start()
      worker.postMessage(room)
    },
    idle: () => (pending.size === 0 ? Promise.resolve() : new Promise((done) => waiting.push(done))),
    async close() {
      await worker?.terminate()
    },
  }
}
