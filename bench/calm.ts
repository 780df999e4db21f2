import { crowd } from './crowd.ts'
import { type Row, type Run, type RunOptions, round } from './row.ts'

/** Fifty writers at 5 Hz, which everybody can carry: what judging and logging cost when nothing drowns. */
export const run: Run = (options) => withRatio(options)

async function* withRatio(options: RunOptions): AsyncGenerator<Row> {
  const p95 = new Map<number | 'median', { ours?: number; fastest?: number }>()
  for await (const row of crowd({ bench: 'calm', does: 'edits', people: 50, hz: 5 }, options)) {
    yield row
    if (row.metric !== 'p95') continue
    const found = p95.get(row.round) ?? {}
    p95.set(row.round, found)
    if (row.subject === 'ours') found.ours = row.value
    else found.fastest = Math.min(row.value, found.fastest ?? Number.POSITIVE_INFINITY)
  }
  for (const [n, { ours, fastest }] of p95)
    if (ours !== undefined && fastest !== undefined)
      yield { bench: 'calm', subject: 'ours', metric: 'ratio', value: round(ours / fastest), unit: 'x', round: n }
}
