import { type Histogram, histogram } from './histogram.ts'

/**
 * Who has seen what of whom. Every person counts what they send, 1, 2, 3 …; a viewer that receives number `n` has seen all up to
 * it, because what came before it is overtaken (a position) or contained in it (a document's clock). Each number counts
 * once for each other viewer, with the time from its own sending, so a server that leaves some out gains nothing.
 */
export interface Ledger {
  sent(person: number, number: number, at: number): void
  seen(viewer: number, person: number, number: number, at: number): void
  /** Numbers sent from now on are measured. */
  begin(at: number): void
  /** Numbers sent from now on are not. */
  end(at: number): void
  /** Pairs of viewer and other person where the viewer has the latest. */
  upToDate(): number
  readonly pairs: number
  readonly measured: number
  /** What never came counts as having taken until now; call it last. */
  close(at: number): Histogram
}

export const openLedger = (people: number, most: number): Ledger => {
  const times = new Float64Array(people * most)
  const latest = new Int32Array(people)
  const last = new Int32Array(people * people)
  const delays = histogram()
  let from = Number.POSITIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  let measured = 0

  const count = (person: number, first: number, final: number, at: number): void => {
    for (let n = first; n <= final; n++) {
      const sent = times[person * most + n]!
      if (sent >= from && sent < to) delays.add(at - sent)
    }
  }
  return {
    sent(person, number, at) {
      if (number >= most) throw new RangeError(`more than ${most} sendings`)
      times[person * most + number] = at
      latest[person] = number
      if (at >= from && at < to) measured++
    },
    seen(viewer, person, number, at) {
      if (viewer === person) return
      const pair = viewer * people + person
      const before = last[pair]!
      if (number <= before) return
      last[pair] = number
      count(person, before + 1, Math.min(number, latest[person]!), at)
    },
    begin: (at) => {
      from = at
    },
    end: (at) => {
      to = at
    },
    upToDate() {
      let count = 0
      for (let v = 0; v < people; v++)
        for (let p = 0; p < people; p++) if (v !== p && last[v * people + p]! >= latest[p]!) count++
      return count
    },
    pairs: people * (people - 1),
    get measured() {
      return measured
    },
    close(at) {
      for (let v = 0; v < people; v++)
        for (let p = 0; p < people; p++) if (v !== p) count(p, last[v * people + p]! + 1, latest[p]!, at)
      return delays
    },
  }
}
