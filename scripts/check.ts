/** `npm run check`: types, lint and import directions alone. Goes through all three, so that one run shows everything. */
import { BIOME, node, TSC, VITEST } from './run.ts'

const failed: string[] = []
const step = async (name: string, result: Promise<number>): Promise<void> => {
  if ((await result) !== 0) failed.push(name)
}

await step('types', node(TSC, ['--noEmit', '-p', '.']))
await step('lint', node(BIOME, ['ci', '--error-on-warnings', '.']))
await step('import directions', node(VITEST, ['run', '--project', 'shared', 'tests/architecture.test.ts']))

if (failed.length > 0) {
  process.stderr.write(`\ncheck failed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
