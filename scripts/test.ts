/**
 * `npm test`: types, lint, import directions, then every test, those in a real browser included. A Chromium is looked for,
 * installed where that is possible without asking anyone (root on Debian), or asked for in one sentence.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '../tests/support/browser.ts'
import { node, ROOT, run, VITE, VITEST } from './run.ts'

const stop = (code: number): never => process.exit(code)

if ((await node(join(ROOT, 'scripts/check.ts'), [])) !== 0) stop(1)

if (
  findChromium() === null &&
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync('/usr/bin/apt-get')
) {
  process.stdout.write('No Chromium was found; installing the one of this system.\n')
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  // Whatever keeps it from coming, the sentence below is what there is to say.
  await run('apt-get', ['update', '-q'], quiet).catch(() => 1)
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet).catch(() => 1)
}
if (findChromium() === null) {
  process.stderr.write(
    'No Chromium was found for the tests in a browser: install Chromium or Google Chrome, or name its program in CHROMIUM.\n',
  )
  stop(1)
}

if ((await node(VITE, ['build', '--logLevel', 'warn'])) !== 0) stop(1)

const report = join(ROOT, 'dist', 'tests.json')
rmSync(report, { force: true })
const code = await node(VITEST, [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<
  string,
  number
>
process.stdout.write(
  `\n${numPassedTests} passed, ${numFailedTests} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}\n`,
)
stop(code)
