import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { DxfParser as Parser } from 'dxf-parser'
import { readPattern } from '../shared/pattern/read.ts'
import { corpusOf } from '../tests/support/corpus.ts'
import { median, type Row, type RunOptions, round as rounded } from './row.ts'

// Its types say that it has a named export; what it has is the class itself.
const DxfParser = createRequire(import.meta.url)('dxf-parser') as typeof Parser

/** Readings of each file in a round; the first few are not counted. */
const READINGS = 9
const WARM_UP = 3

const timed = (work: () => void): number => {
  const times: number[] = []
  for (let i = 0; i < WARM_UP + READINGS; i++) {
    const began = performance.now()
    work()
    if (i >= WARM_UP) times.push(performance.now() - began)
  }
  return median(times)
}

/**
 * Each DXF of the corpus from bytes to what one can work with: ours to a pattern with pieces, edges, sizes, allowances and a report;
 * dxf-parser to its list of entities. Both in one process, by turns, so that neither has a warmer machine.
 */
export async function* run({ rounds, without }: RunOptions): AsyncGenerator<Row> {
  const folder = corpusOf('dxf')
  if (!existsSync(folder)) throw new Error(`there is no corpus: ${folder} (PUNTADA_CORPUS names another)`)
  const files = readdirSync(folder)
    .filter((name) => /\.dxf$/i.test(name))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
  if (files.length === 0) throw new Error(`no DXF in ${folder}`)
  for (let round = 1; round <= rounds; round++) {
    let [ours, peers, worst] = [0, 0, 0]
    for (const { name, bytes } of files) {
      const own = timed(() => {
        const reading = readPattern(bytes, { name })
        if (!reading.ok) throw new Error(`${name}: ${reading.refusal.code}`)
      })
      yield { bench: 'import', subject: 'ours', metric: name, value: rounded(own), unit: 'ms', round }
      ours += own
      if (without?.has('dxf-parser')) continue
      // The text is made from the same bytes, as a caller of it has to.
      const theirs = timed(() => void new DxfParser().parseSync(bytes.toString('latin1')))
      yield { bench: 'import', subject: 'dxf-parser', metric: name, value: rounded(theirs), unit: 'ms', round }
      peers += theirs
      worst = Math.max(worst, own / theirs)
    }
    yield { bench: 'import', subject: 'ours', metric: 'all', value: rounded(ours), unit: 'ms', round }
    if (without?.has('dxf-parser')) continue
    yield { bench: 'import', subject: 'dxf-parser', metric: 'all', value: rounded(peers), unit: 'ms', round }
    yield { bench: 'import', subject: 'ours', metric: 'worst ratio', value: rounded(worst), unit: 'x', round }
  }
}
