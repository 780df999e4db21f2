/** One measured value. `round` counts from 1; `median` is over the rounds of the same bench, subject and metric. */
export interface Row {
  readonly bench: string
  /** `ours`, or the peer's name. A bench that measures several sizes of ours says so after a space: `ours 100000`. */
  readonly subject: string
  readonly metric: string
  readonly value: number
  /** `ms`, `%` (of one core for processor time), `kB/s`, `kB`, `MB`, `x` for ratios, `` for counts. */
  readonly unit: string
  readonly round: number | 'median'
}

export interface RunOptions {
  readonly rounds: number
  /** Seconds of measurement in a round, where a bench measures over time; its own default where absent. */
  readonly seconds?: number
  /** Subjects to leave out of a bench that has peers. */
  readonly without?: ReadonlySet<string>
}

/** What every file of a bench exports under the name `run`. */
export type Run = (options: RunOptions) => AsyncIterable<Row>

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The median over the rounds of each bench, subject and metric, in the order in which they first appeared. */
export const medians = (rows: readonly Row[]): Row[] => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.bench, row.subject, row.metric])
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    value: round(median(group.map((row) => row.value))),
    round: 'median' as const,
  }))
}

/** Three decimals: nothing here is known better. */
export const round = (n: number): number => Math.round(n * 1000) / 1000
