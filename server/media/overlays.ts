import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Overlay } from './overlay.ts'
import type { DrawOrder } from './overlayWorker.ts'
import type { Plan } from './plan.ts'

/** Viewers whose marks are kept ready; each takes some 130 KB. */
const KEPT = 256

interface Waiting {
  readonly take: (overlay: Overlay) => void
  readonly fail: (error: Error) => void
}

/** By the plan's key, the one asked for longest ago first. Promises, so that a mark asked for twice at once is drawn once. */
const kept = new Map<string, Promise<Overlay>>()
const waiting = new Map<number, Waiting>()
let thread: Worker | undefined
let orders = 0

const failAll = (error: Error): void => {
  thread = undefined
  for (const { fail } of waiting.values()) fail(error)
  waiting.clear()
}

const open = (): Worker => {
  const worker = new Worker(join(import.meta.dirname, 'overlayWorker.ts'))
  // It only waits for work; a server that is done may end.
  worker.unref()
  worker.on('message', ({ id, overlay }: { id: number; overlay: Overlay }) => {
    waiting.get(id)?.take(overlay)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
  })
  worker.on('error', failAll)
  worker.on('exit', () => {
    if (thread === worker) failAll(new Error('the thread that draws marks has ended'))
  })
  return worker
}

const draw = (plan: Plan): Promise<Overlay> =>
  new Promise((take, fail) => {
    thread ??= open()
    const order: DrawOrder = { id: ++orders, placements: plan.placements }
    waiting.set(order.id, { take, fail })
    thread.ref()
    thread.postMessage(order)
  })

/**
 * The drawn mark of a plan, from what is kept or drawn on a thread of its own.
 *
 * Rejects when it cannot be drawn: then no picture may be served, since it would carry no mark. The next call tries again.
 */
export const overlayOf = (plan: Plan): Promise<Overlay> => {
  const overlay = kept.get(plan.key) ?? draw(plan)
  // Taken out and put back, so that the map stays in the order of asking.
  kept.delete(plan.key)
  kept.set(plan.key, overlay)
  overlay.catch(() => {
    if (kept.get(plan.key) === overlay) kept.delete(plan.key)
  })
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as string)
  return overlay
}
