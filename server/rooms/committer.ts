import type { Lease, LoggedUpdate, UpdateLog } from '../store/ports.ts'

/** What a room has for the disk in one turn. */
export interface Turn {
  readonly update: LoggedUpdate | null
  readonly leases: readonly Lease[]
  /** Written with the update in one transaction. */
  readonly alongside: readonly (() => void)[]
}

export interface Committable {
  /** Judges and applies what came, in order. */
  prepare(): Turn
  /** It is on disk: show it. `seq` is null where there was no update. */
  committed(seq: number | null): void
  /** Nothing of it is on disk. */
  failed(error: unknown): void
}

/** Longest wait for company: what arrives within it shares one commit and one frame a viewer. */
const MOST_PACE_MS = 16
/** Turns may take this share of the time; what comes faster grows together instead of queueing. */
const SHARE = 1 / 3
/** Milliseconds of turns ahead of that share before anything waits: a calm room never does. */
const AHEAD_MS = 10

/**
 * One for the process: appends what arrived together, of all rooms, in one transaction, and only then lets it be shown. At
 * once while there is time for that; under load at most about every 16 ms.
 */
export class Committer {
  readonly #log: UpdateLog
  readonly #dirty = new Set<Committable>()
  #waiting = false
  #immediate: NodeJS.Immediate | null = null
  #timer: NodeJS.Timeout | null = null
  #notBefore = 0
  /** Time spent in turns, less the share of the time that has passed since. */
  #ahead = 0
  #aheadAt = 0
  commits = 0

  constructor(log: UpdateLog) {
    this.#log = log
  }

  schedule(room: Committable): void {
    this.#dirty.add(room)
    if (this.#waiting) return
    this.#waiting = true
    const wait = this.#notBefore - performance.now()
    if (wait <= 0) this.#immediate = setImmediate(this.#run)
    else this.#timer = setTimeout(this.#run, Math.ceil(wait))
  }

  /** Commits what there is, now. */
  flush(): void {
    if (this.#immediate) clearImmediate(this.#immediate)
    if (this.#timer) clearTimeout(this.#timer)
    this.#run()
  }

  #run = (): void => {
    this.#waiting = false
    this.#immediate = null
    this.#timer = null
    const began = performance.now()
    const rooms = [...this.#dirty]
    this.#dirty.clear()
    const turns = rooms.map((room) => room.prepare())
    const updates: LoggedUpdate[] = []
    const leases: Lease[] = []
    const alongside: (() => void)[] = []
    for (const turn of turns) {
      if (turn.update) updates.push(turn.update)
      leases.push(...turn.leases)
      alongside.push(...turn.alongside)
    }
    let seqs: number[] = []
    try {
      if (updates.length > 0 || leases.length > 0) {
        seqs = this.#log.append(updates, leases, alongside)
        this.commits++
      }
    } catch (error) {
      for (const room of rooms) room.failed(error)
      return
    }
    let next = 0
    rooms.forEach((room, i) => {
      const seq = turns[i]?.update ? (seqs[next++] ?? null) : null
      try {
        room.committed(seq)
      } catch (error) {
        // It is on disk, yet not all have seen it: loaded again, everybody comes back and does.
        room.failed(error)
      }
    })
    const ended = performance.now()
    const before = Math.max(0, this.#ahead - SHARE * (ended - this.#aheadAt))
    this.#ahead = Math.min(AHEAD_MS + SHARE * MOST_PACE_MS, before + ended - began)
    this.#aheadAt = ended
    this.#notBefore = ended + Math.max(0, this.#ahead - AHEAD_MS) / SHARE
  }
}
