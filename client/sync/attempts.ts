import { waitBefore } from './backoff.ts'

/** A connection that has held this long, in milliseconds, was a good one: the next break begins with a quick attempt. */
const HELD_MS = 5000

/** When to try again: at once after a good connection, later and later while nothing comes of it. */
export interface Attempts {
  /** Another attempt when its wait is over; nothing where one is waiting already. */
  later(): void
  /** Something says that the line is back: without the wait that had grown. */
  soon(): void
  connected(): void
  broken(): void
  stop(): void
}

/** @param chance asked for a number 0 ≤ n < 1 before each wait. */
export const keepAttempts = (attempt: () => void, chance: () => number): Attempts => {
  let failed = 0
  let stopped = false
  let waiting: ReturnType<typeof setTimeout> | null = null
  let holding: ReturnType<typeof setTimeout> | null = null

  const wait = (): void => {
    if (stopped || waiting !== null) return
    waiting = setTimeout(
      () => {
        waiting = null
        attempt()
      },
      waitBefore(failed++, chance()),
    )
  }
  const dropWait = (): void => {
    if (waiting !== null) clearTimeout(waiting)
    waiting = null
  }
  const broken = (): void => {
    if (holding !== null) clearTimeout(holding)
    holding = null
  }
  return {
    later: wait,
    soon() {
      failed = 0
      dropWait()
      wait()
    },
    connected() {
      holding ??= setTimeout(() => {
        failed = 0
      }, HELD_MS)
    },
    broken,
    stop() {
      stopped = true
      dropWait()
      broken()
    },
  }
}
