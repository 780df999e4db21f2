import { convertIn, type Terminal } from './puntada/convert.ts'
import { inspectIn } from './puntada/inspect.ts'

/** `npm run puntada -- COMMAND …`, see docs/puntada.md: what the server does with patterns, without one. */
const COMMANDS: Readonly<Record<string, (args: readonly string[], terminal: Terminal) => Promise<number>>> = {
  inspect: inspectIn,
  convert: convertIn,
}

const spoken = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''
const terminal: Terminal = {
  // npm runs a script in the folder of the project; paths are meant from where the person is.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  language: spoken.startsWith('es') ? 'es' : 'en',
  now: new Date(),
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
}

// Whoever reads our lines may stop at the first: `| head` is no failure.
process.stdout.on('error', () => process.exit(0))

const [name, ...args] = process.argv.slice(2)
if (name !== undefined && Object.hasOwn(COMMANDS, name)) process.exitCode = await COMMANDS[name]!(args, terminal)
else {
  terminal.err(`npm run puntada -- ${Object.keys(COMMANDS).join('|')} FILE …   (docs/puntada.md)`)
  process.exitCode = 1
}
