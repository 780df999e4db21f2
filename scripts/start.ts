/**
 * `npm start`: builds the client where that has not been done since it last changed, then runs the server in this process.
 * `--dev` builds again whenever the client changes; everything else goes to the server, see docs/settings.md.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings, speaks } from '../server/config.ts'
import { runFromTerminal, sentenceFor } from '../server/main.ts'

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const SOURCES = ['client', 'shared', 'vite.config.ts', 'package-lock.json']
const es = speaks(process.env) === 'es'

const newest = (path: string): number => {
  const state = statSync(path)
  if (!state.isDirectory()) return state.mtimeMs
  let last = state.mtimeMs
  for (const name of readdirSync(path)) last = Math.max(last, newest(join(path, name)))
  return last
}

const isBuilt = (): boolean => {
  const page = join(DIST, 'index.html')
  if (!existsSync(page)) return false
  const built = statSync(page).mtimeMs
  return SOURCES.every((source) => !existsSync(join(ROOT, source)) || newest(join(ROOT, source)) <= built)
}

const args = process.argv.slice(2)
const dev = args.includes('--dev')
const own = args.filter((arg) => arg !== '--dev')

// A setting that cannot be used is said at once, not after the build.
try {
  readSettings(own, process.env, process.cwd())
} catch (error) {
  process.stderr.write(`${sentenceFor(error, null, process.env) ?? String(error)}\n`)
  process.exit(1)
}
const build = async (watch: boolean): Promise<void> => {
  const vite = await import('vite')
  const made = await vite.build({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    ...(watch ? { build: { watch: {} } } : {}),
  })
  // The address is told when there is something to see at it; a mistake is told by vite, and built again once it is mended.
  if ('on' in made)
    await new Promise<void>((resolve) => {
      made.on('event', ({ code }) => {
        if (code === 'END' || code === 'ERROR') resolve()
      })
    })
}
if (dev) await build(true)
else if (!isBuilt()) {
  process.stdout.write(es ? 'Preparando las páginas…\n' : 'Building the pages…\n')
  try {
    await build(false)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.stderr.write(
      es
        ? 'No se pudieron preparar las páginas: corre npm ci y arranca otra vez.\n'
        : 'The pages could not be built: run npm ci and start again.\n',
    )
    process.exit(1)
  }
}
await runFromTerminal(own, dev ? { freshPages: true } : {})
