import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { carryOut } from '../client/proposals/carry-out.ts'
import { beginAt, offered, start } from '../client/proposals/starts.ts'
import { apply } from '../shared/pattern/apply.ts'
import type { Pattern } from '../shared/pattern/model.ts'
import { fieldsOf, LEVELS, OPERATION_NAMES, type Operation, type OperationName } from '../shared/pattern/operation.ts'
import { proposeSeams } from '../shared/pattern/propose.ts'
import { readPattern } from '../shared/pattern/read.ts'
import { corpusOf } from '../tests/support/corpus.ts'
import { largestNest } from './nest-pattern.ts'
import { median, type Row, type RunOptions, round as rounded } from './row.ts'

/** Steps of a drag that are counted in a round, after the first few. */
const STEPS = 15
const WARM_UP = 5
const ALL_STEPS = 5

/** The file of the corpus with the most lines, where there is a corpus. */
const largestOfCorpus = (): { name: string; pattern: Pattern } | null => {
  const folder = corpusOf('dxf')
  if (!existsSync(folder)) return null
  let best: { name: string; pattern: Pattern; lines: number } | null = null
  for (const name of readdirSync(folder).filter((name) => /\.dxf$/i.test(name))) {
    const reading = readPattern(readFileSync(join(folder, name)), { name })
    if (!reading.ok) continue
    const { pattern } = reading
    const lines = pattern.pieces.reduce((sum, { shapes, edges }) => sum + shapes.length * edges.length, 0)
    if (lines > (best?.lines ?? 0)) best = { name, pattern, lines }
  }
  return best && { name: best.name, pattern: { ...best.pattern, seams: proposeSeams(best.pattern) } }
}

/** Shares that a hand doesn't drag: ends of a stretch, a whole dart, the middle of a piece. */
const STILL = ['from', 'to', 'part', 'fromAt', 'toAt']

/** The same a little further, as a hand that drags would have it: nothing that was computed before is the answer. */
const further = (operation: Operation, step: number): Operation => {
  const out: Record<string, unknown> = { ...operation }
  for (const [name, field] of Object.entries(fieldsOf(operation.op))) {
    const value = out[name]
    if (typeof value !== 'number') continue
    if (field.is === 'mm' || field.is === 'degrees') out[name] = value + 0.125 * step
    if (field.is === 'share' && !STILL.includes(name)) out[name] = value + 0.0005 * step
  }
  return out as unknown as Operation
}

/** A fold is drawn along the middle, which nobody finds by trying edges: the last piece of the nest has one. */
const HALVE: Operation = {
  op: 'fold',
  piece: 'p16' as never,
  from: 'p16.e0' as never,
  fromAt: 0,
  to: 'p16.e7' as never,
  toAt: 1,
}

/** An operation as the composer would begin it, somewhere on the pattern where it can be carried out; null where nowhere. */
const beginning = (pattern: Pattern, name: OperationName): Operation | null => {
  if (name === 'fold') return apply(pattern, HALVE, pattern.base).ok ? HALVE : null
  for (const piece of pattern.pieces)
    for (const edge of piece.edges.keys()) {
      const begin = beginAt(pattern, { sheet: '' as never, piece: piece.id, edge, t: 0.5 })
      if (!begin || !LEVELS.some((level) => offered(level, begin).includes(name))) continue
      const operation = start(name, begin)
      // A refusal is quick: what is measured has to go through to the last step of the drag, in every size.
      if ([0, STEPS + WARM_UP].every((step) => apply(pattern, further(operation, step)).ok)) return operation
    }
  return null
}

const timed = (steps: number, warmUp: number, work: (step: number) => void): number => {
  const times: number[] = []
  for (let step = 1; step <= warmUp + steps; step++) {
    const began = performance.now()
    work(step)
    if (step > warmUp) times.push(performance.now() - began)
  }
  return median(times)
}

/**
 * A preview of every operation on the largest nest, as the composer makes it at each step of a drag: the operation on the size in view and
 * what a patternmaker would object to; and the operation on all sizes. The same on the largest file of the corpus, where it is.
 */
export async function* run({ rounds }: RunOptions): AsyncGenerator<Row> {
  const corpus = largestOfCorpus()
  const subjects = [
    { name: 'ours', pattern: largestNest() },
    ...(corpus ? [{ name: `ours ${corpus.name.replace(/\.dxf$/i, '')}`, pattern: corpus.pattern }] : []),
  ]
  const begun = subjects.map(({ name, pattern }) => ({
    name,
    pattern,
    operations: OPERATION_NAMES.flatMap((op) => beginning(pattern, op) ?? []),
  }))
  const missing = OPERATION_NAMES.filter(
    (op) => op !== 'lookArea' && !begun[0]?.operations.some((one) => one.op === op),
  )
  if (missing.length > 0) throw new Error(`nowhere on the nest: ${missing.join(', ')}`)
  for (let round = 1; round <= rounds; round++)
    for (const { name: subject, pattern, operations } of begun) {
      let [view, all] = [0, 0]
      for (const operation of operations) {
        const laid = { sheet: '' as never, mark: null, open: true, size: pattern.base, before: pattern }
        const one = timed(STEPS, WARM_UP, (step) => void carryOut({ ...laid, operation: further(operation, step) }))
        const every = timed(ALL_STEPS, 1, (step) => void apply(pattern, further(operation, step)))
        view = Math.max(view, one)
        all = Math.max(all, every)
        const row = { bench: 'ops', subject, unit: 'ms', round }
        yield { ...row, metric: `${operation.op} in view`, value: rounded(one) }
        yield { ...row, metric: `${operation.op} all sizes`, value: rounded(every) }
      }
      yield { bench: 'ops', subject, metric: 'worst in view', value: rounded(view), unit: 'ms', round }
      yield { bench: 'ops', subject, metric: 'worst all sizes', value: rounded(all), unit: 'ms', round }
    }
}
