/** The thread that draws marks, so that the one that serves rooms and requests never waits for it. Started by `overlays.ts`. */
import { parentPort } from 'node:worker_threads'
import { drawOverlay } from './overlay.ts'
import type { Placement } from './plan.ts'

export interface DrawOrder {
  readonly id: number
  readonly placements: readonly Placement[]
}

parentPort?.on('message', ({ id, placements }: DrawOrder) => {
  const overlay = drawOverlay({ placements })
  parentPort?.postMessage({ id, overlay }, [
    overlay.at.buffer,
    overlay.light.buffer,
    overlay.keep.buffer,
  ] as ArrayBuffer[])
})
