import { parseArgs } from 'node:util'
import { fuzz } from '../tests/fuzz/hostile.ts'

/**
 * `npm run fuzz -- --iterations N --seed S`: hostile updates against an oracle that walks Yjs' own store. Ends with 1 at the
 * first violation and prints what to run to see it again.
 */
const { values } = parseArgs({
  options: { iterations: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
})
const whole = (name: 'iterations' | 'seed'): number => {
  const n = Number(values[name])
  if (Number.isSafeInteger(n) && n >= 0) return n
  process.stderr.write(`--${name} is a whole number, not ${values[name]}\n`)
  process.exit(2)
}
const iterations = whole('iterations')
const seed = whole('seed')
const began = performance.now()
const { tally, violation } = fuzz(iterations, seed)
if (violation) {
  process.stderr.write(
    `violation at iteration ${violation.iteration} of seed ${seed}: ${violation.what}\n${violation.update}\n`,
  )
  process.stderr.write(`again: npm run fuzz -- --iterations ${violation.iteration + 1} --seed ${seed}\n`)
  process.exit(1)
}
const seconds = ((performance.now() - began) / 1000).toFixed(1)
process.stdout.write(
  `${iterations} updates, seed ${seed}: ${tally.accepted} accepted, ${tally.refused} refused, ${tally.honest} honest, no violation, ${seconds} s\n`,
)
for (const [code, count] of Object.entries(tally.codes).sort((a, b) => b[1] - a[1]))
  process.stdout.write(`  ${code} ${count}\n`)
