import { parseArgs } from 'node:util'
import { machine } from './machine.ts'
import { medians, type Row, type Run } from './row.ts'
import { judgeRow } from './targets.ts'

const BENCHES = ['presence', 'edits', 'calm', 'gate', 'open', 'canvas', 'tile', 'import', 'ops', 'nest'] as const
type Name = (typeof BENCHES)[number]

const USAGE = `npm run bench -- NAME [--json] [--rounds N] [--seconds N] [--without SUBJECT]…

  NAME        ${BENCHES.join(', ')}, or all
  --json      one JSON object a line: bench, subject, metric, value, unit, round; then the medians
  --rounds    how many times each is measured (3)
  --seconds   how long a round measures, where it measures over time (10)
  --without   leaves ours, y-websocket, hocuspocus or dxf-parser out; may be given again
`

const wrong = (why: string): never => {
  process.stderr.write(`${why}\n\n${USAGE}`)
  process.exit(2)
}

const read = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string' },
        without: { type: 'string', multiple: true, default: [] },
      },
    })
    return { ...values, names: positionals }
  } catch (error) {
    return wrong((error as Error).message)
  }
}

const whole = (text: string, what: string): number => {
  const n = Number(text)
  return Number.isInteger(n) && n > 0 && n <= 1000 ? n : wrong(`${what} is a whole number from 1 to 1000, not ${text}.`)
}

const isName = (text: string): text is Name => (BENCHES as readonly string[]).includes(text)

const figure = (n: number): string =>
  Math.abs(n) >= 100 ? n.toFixed(0) : Math.abs(n) >= 10 ? n.toFixed(1) : n.toFixed(2)

/** The medians of one bench: a row for each metric, a column for each subject, and what was to be reached. */
const table = (rows: readonly Row[], rounds: readonly Row[]): string => {
  const subjects = [...new Set(rows.map((row) => row.subject))]
  const metrics = [...new Set(rows.map((row) => row.metric))]
  const cell = (metric: string, subject: string): string => {
    const row = rows.find((r) => r.metric === metric && r.subject === subject)
    return row ? `${figure(row.value)}${row.unit === '' ? '' : ` ${row.unit}`}` : ''
  }
  const verdict = (metric: string): string =>
    rows
      .filter((row) => row.metric === metric)
      .map((row) => {
        const judged = judgeRow(row)
        const all = rounds.filter((r) => r.metric === metric && r.subject === row.subject).map((r) => figure(r.value))
        return judged ? `${judged.says}: ${judged.met ? 'met' : 'MISSED'} (${all.join(', ')})` : ''
      })
      .filter((text) => text !== '')
      .join('  ')
  const lines = [
    ['', ...subjects, 'target (each round)'],
    ...metrics.map((metric) => [metric, ...subjects.map((subject) => cell(metric, subject)), verdict(metric)]),
  ]
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)))
  const last = widths.length - 1
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, i) => (i === 0 || i === last ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('  ')
      .trimEnd()
  return lines.map(line).join('\n')
}

const { json, names, ...given } = read()
const [name, ...more] = names
if (name === undefined || more.length > 0) wrong('One bench is to be named.')
const chosen = name === 'all' ? [...BENCHES] : isName(name!) ? [name] : wrong(`There is no bench ${name}.`)
const rounds = whole(given.rounds, '--rounds')
const seconds = given.seconds === undefined ? {} : { seconds: whole(given.seconds, '--seconds') }

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

const print = (row: Row): void => {
  const { bench, subject, metric, value, unit, round } = row
  process.stdout.write(`${JSON.stringify({ bench, subject, metric, value, unit, round })}\n`)
}

if (!json) process.stdout.write(`${machine()}\n`)
const measure = async (bench: Name): Promise<void> => {
  const { run } = (await import(`./${bench}.ts`)) as { run: Run }
  const rows: Row[] = []
  let at = ''
  for await (const row of run({ rounds, ...seconds, without: new Set(given.without) })) {
    rows.push(row)
    if (json) print(row)
    else if (`${row.round} ${row.subject}` !== at) {
      at = `${row.round} ${row.subject}`
      process.stderr.write(`${bench}: round ${row.round} of ${rounds}, ${row.subject}\n`)
    }
  }
  const middle = medians(rows)
  if (json) for (const row of middle) print(row)
  else process.stdout.write(`\n${bench}, medians of ${rounds} rounds\n${table(middle, rows)}\n`)
}

for (const bench of chosen)
  await measure(bench as Name).catch((error: unknown) => {
    process.stderr.write(`${bench}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
process.exit(0)
