import type { Instant } from '../shared/domain/units.ts'
import { hashOf, ZERO } from './register.ts'
import type { Log } from './rooms/ports.ts'
import type { RegisterHead, RegisterStore } from './store/records-port.ts'

export interface RegisterState {
  readonly is: 'checking' | 'whole' | 'broken'
  /** Up to this row the chain was found whole. */
  readonly row: number
  /** First row that is not what was written, or that is gone; null where there is none. */
  readonly brokenRow: number | null
  /** When the last check ended. */
  readonly at: Instant | null
}

/** Is the register still what was written? Asked at each start of what came since the last time, and of all of it each day. */
export interface RegisterCheck {
  state(): RegisterState
  /** Checks all of it where that was not done for a day. */
  tick(): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  stop(): void
}

type Head = Pick<RegisterHead, 'seq' | 'hash'>

const DAY_MS = 24 * 3_600_000
/** Rows in one go: some 2 ms. A million rows take a quarter of a minute beside the traffic. */
const AT_ONCE = 500
const REST_MS = 5

/** Begins at once, and has done the first rows when it returns: a start never waits for a long register. */
export const checkRegister = (store: RegisterStore, now: () => Instant, log: Log): RegisterCheck => {
  let state: RegisterState = { is: 'checking', row: 0, brokenRow: null, at: null }
  let timer: NodeJS.Timeout | null = null
  let waiting: (() => void)[] = []

  const settle = (brokenRow: number | null): void => {
    state = { is: brokenRow === null ? 'whole' : 'broken', row: state.row, brokenRow, at: now() }
    timer = null
    for (const done of waiting) done()
    waiting = []
    if (brokenRow !== null)
      log.error({ row: brokenRow }, 'the register is broken: this row, or one before it, is not what was written')
    else log.info({ rows: state.row }, 'the register is whole')
  }

  /** The first row of the next ones that is not what was written; null where they are whole. */
  const goOn = (from: Head, end: number): { head: Head; brokenRow: number | null } => {
    let head = from
    const rows = store.from(head.seq + 1, Math.min(AT_ONCE, end - head.seq))
    for (const row of rows) {
      if (row.seq !== head.seq + 1 || hashOf(head.hash, row) !== row.hash) return { head, brokenRow: head.seq + 1 }
      head = row
    }
    return { head, brokenRow: rows.length === 0 && head.seq < end ? head.seq + 1 : null }
  }

  /** @param all from the first row on, and not from where the last check ended. */
  const begin = (all: boolean): void => {
    const kept = store.kept()
    const end = store.head()?.seq ?? 0
    // Rows that were there once cannot be gone.
    if (kept && kept.seq > end) {
      settle(end + 1)
      return
    }
    // Rewritten with new hashes all the way, a chain adds up: that it was another one shows here.
    if (kept && kept.seq > 0 && store.from(kept.seq, 1)[0]?.hash !== kept.hash) {
      settle(kept.seq)
      return
    }
    const since: Head = kept === null || all ? { seq: 0, hash: ZERO } : kept
    const allAt = since === kept ? kept.allAt : now()
    state = { ...state, is: state.is === 'broken' ? 'broken' : 'checking', row: since.seq }
    const step = (from: Head): void => {
      const { head, brokenRow } = goOn(from, end)
      state = { ...state, row: head.seq }
      if (brokenRow !== null) {
        settle(brokenRow)
        return
      }
      if (head.seq < end) {
        timer = setTimeout(step, REST_MS, head)
        timer.unref()
        return
      }
      try {
        store.keep({ seq: head.seq, hash: head.hash, allAt })
      } catch (error) {
        log.warn({ error: String(error) }, 'how far the register was checked is not noted: it will be checked again')
      }
      settle(null)
    }
    step(since)
  }

  let allAt = store.kept()?.allAt ?? 0
  /** A clock that was set back must not put it off. */
  const isDue = (): boolean => now() - allAt >= DAY_MS || now() < allAt
  const checkWhatIsDue = (): void => {
    const all = isDue()
    if (all) allAt = now()
    begin(all)
  }
  checkWhatIsDue()
  return {
    state: () => state,
    tick() {
      if (timer === null && isDue()) checkWhatIsDue()
    },
    idle: () => (timer === null ? Promise.resolve() : new Promise((done) => waiting.push(done))),
    stop() {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}
