import type { Job, Outcome, Told } from './load/job.ts'
import { type Started, start, type Usage, usageOf } from './processes.ts'
import { type Row, type RunOptions, round } from './row.ts'
import { open, SUBJECTS } from './subjects.ts'

/** A crowd on one board: what they do, how many, how often. */
export interface Crowd {
  readonly bench: string
  readonly does: Job['does']
  readonly people: number
  readonly hz: number
}

const SECONDS = 10

/**
 * Ours and the peers in turn, round by round, so that a machine that slows down slows all of them; each time with a fresh server
 * and a fresh generator.
 */
export async function* crowd(what: Crowd, { rounds, seconds = SECONDS, without }: RunOptions): AsyncGenerator<Row> {
  for (let n = 1; n <= rounds; n++)
    for (const subject of SUBJECTS.filter((name) => !without?.has(name)))
      for (const [metric, value, unit] of await measure(what, subject, seconds))
        yield { bench: what.bench, subject, metric, value: round(value), unit, round: n }
}

type Measured = readonly (readonly [metric: string, value: number, unit: string])[]

const measure = async (what: Crowd, name: (typeof SUBJECTS)[number], seconds: number): Promise<Measured> => {
  const subject = await open(name, what.people)
  const generator = start('load/generator.ts', [], {})
  try {
    const job: Job = {
      ...subject.seating,
      does: what.does,
      hz: what.hz,
      warm: 2,
      seconds,
      drain: 5,
    }
    const { outcome, from, to, lasted } = await follow(job, generator, subject.started, seconds)
    if (outcome.cut > 0)
      process.stderr.write(`${what.bench}: ${name} closed ${outcome.cut} connections: ${outcome.cutBecause}\n`)
    const kilobytes = (bytes: number): number => bytes / 1000
    const rows: [string, number, string][] = [
      ['p50', outcome.p50, 'ms'],
      ['p95', outcome.p95, 'ms'],
      ['p99', outcome.p99, 'ms'],
      ['max', outcome.max, 'ms'],
      ['delivered', outcome.upToDate * 100, '%'],
    ]
    if (outcome.stored !== null) rows.push(['stored', outcome.stored * 100, '%'])
    rows.push(
      ['cpu', ((to.cpu - from.cpu) / lasted) * 100, '%'],
      ['memory', to.memory / 1e6, 'MB'],
      ['down', kilobytes(outcome.down), 'kB/s'],
      ['up', kilobytes(outcome.up), 'kB/s'],
      ['sent', outcome.sent / (lasted / 1000), '/s'],
      ['settled', outcome.settled, 'ms'],
      ['cut', outcome.cut, ''],
      ['generator delay p99', outcome.delay, 'ms'],
      ['generator cpu', outcome.busy * 100, '%'],
    )
    return rows
  } finally {
    await Promise.all([generator.stop(), subject.started.stop()])
  }
}

interface Followed {
  readonly outcome: Outcome
  readonly from: Usage
  readonly to: Usage
  /** Milliseconds between the two. */
  readonly lasted: number
}

/** Gives the generator its job and reads the server's processor time when it says that measuring begins and ends. */
const follow = (job: Job, generator: Started, server: Started, seconds: number): Promise<Followed> =>
  new Promise((resolve, reject) => {
    let from: Usage = { cpu: 0, memory: 0 }
    let to = from
    let began = 0
    let ended = 0
    const fail = (why: string): void => {
      clearTimeout(late)
      reject(new Error(`${job.does}: ${why}\n${generator.printed()}\n${server.printed()}`))
    }
    const late = setTimeout(() => fail('the generator did not come to an end'), (seconds + 90) * 1000)
    generator.child.once('exit', () => fail('the generator ended by itself'))
    generator.child.on('message', (told: Told) => {
      if (told.told === 'begin') {
        from = usageOf(server.pid)
        began = performance.now()
      } else if (told.told === 'end') {
        to = usageOf(server.pid)
        ended = performance.now()
      } else if (told.told === 'failed') fail(told.why)
      else {
        clearTimeout(late)
        resolve({ outcome: told.outcome, from, to, lasted: ended - began })
      }
    })
    generator.child.send(job)
  })
