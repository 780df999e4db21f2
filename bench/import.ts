import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { DxfParser as Parser } from 'dxf-parser'
import { readPattern } from '../shared/pattern/read.ts'
import { corpusOf } from '../tests/support/corpus.ts'
import { type Row, type RunOptions, round as rounded } from './row.ts'

// Its types say that it has a named export; what it has is the class itself.
const DxfParser = createRequire(import.meta.url)('dxf-parser') as typeof Parser

/** Measurements of each file in a round, and how long they go on at least, ms: a small file is read some 20,000 times. */
const READINGS = 40
const ROUND_MS = 1500
const LEAST_MS = 5
/** Readings of each file before the first round, of both by turns: until neither gets faster, which takes a small file as many as 10,000. */
const WARM_UP = 12_000
/** ms that a file's readings before the first round may take. */
const WARM_UP_MS = 1500

/** The peer writes a warning for each group code that it doesn't know; among the rows of a bench it would be a row. */
const quietly = (work: () => void): void => {
  const { log } = console
  console.log = () => {}
  try {
    work()
  } finally {
    console.log = log
  }
}

/** Milliseconds of one reading, of as many as take a clock's while. */
const timed = (work: () => void, times: number): number => {
  const start = performance.now()
  for (let i = 0; i < times; i++) work()
  return (performance.now() - start) / times
}

/**
 * Each DXF of the corpus from bytes to what one can work with: ours to a pattern with pieces, edges, sizes, allowances and a report;
 * dxf-parser to its list of entities. Both in one process by turns, the least time of each: what else the machine does is nobody's.
 */
export async function* run({ rounds, without }: RunOptions): AsyncGenerator<Row> {
  const folder = corpusOf('dxf')
  if (!existsSync(folder)) throw new Error(`there is no corpus: ${folder} (PUNTADA_CORPUS names another)`)
  const files = readdirSync(folder)
    .filter((name) => /\.dxf$/i.test(name))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
  if (files.length === 0) throw new Error(`no DXF in ${folder}`)
  const alone = without?.has('dxf-parser') ?? false
  // A server reads many files and runs for months: both are as compiled as they get before they are measured.
  for (const { bytes, name } of files) {
    const end = performance.now() + WARM_UP_MS
    for (let i = 0; i < WARM_UP && performance.now() < end; i++) {
      readPattern(bytes, { name })
      if (!alone) quietly(() => void new DxfParser().parseSync(bytes.toString('latin1')))
    }
  }
  for (let round = 1; round <= rounds; round++) {
    let [ours, peers, worst] = [0, 0, 0]
    for (const { name, bytes } of files) {
      const ourWork = (): void => {
        const reading = readPattern(bytes, { name })
        if (!reading.ok) throw new Error(`${name}: ${reading.refusal.code}`)
      }
      // The text is made from the same bytes, as a caller of it has to.
      const theirWork = (): void => void new DxfParser().parseSync(bytes.toString('latin1'))
      const times = Math.max(1, Math.min(100, Math.ceil(LEAST_MS / timed(ourWork, 1))))
      let [own, theirs] = [Infinity, Infinity]
      const end = performance.now() + ROUND_MS
      for (let i = 0; i < READINGS || performance.now() < end; i++) {
        own = Math.min(own, timed(ourWork, times))
        if (alone) continue
        quietly(() => {
          theirs = Math.min(theirs, timed(theirWork, times))
        })
      }
      yield { bench: 'import', subject: 'ours', metric: name, value: rounded(own), unit: 'ms', round }
      ours += own
      if (alone) continue
      yield { bench: 'import', subject: 'dxf-parser', metric: name, value: rounded(theirs), unit: 'ms', round }
      peers += theirs
      worst = Math.max(worst, own / theirs)
    }
    yield { bench: 'import', subject: 'ours', metric: 'all', value: rounded(ours), unit: 'ms', round }
    if (alone) continue
    yield { bench: 'import', subject: 'dxf-parser', metric: 'all', value: rounded(peers), unit: 'ms', round }
    yield { bench: 'import', subject: 'ours', metric: 'worst ratio', value: rounded(worst), unit: 'x', round }
  }
}
