import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const LEASH = new URL('./leash.ts', import.meta.url).href

/** Ticks of processor time in a second, as /proc counts them: 100 on every Linux that Node runs on. */
const HERTZ = 100

export interface Started {
  readonly child: ChildProcess
  readonly pid: number
  /** Everything that it has printed so far. */
  printed(): string
  /** SIGTERM, and after two seconds SIGKILL; resolves when it is gone. */
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * Starts a script of this folder (or a path beside it) with this Node, on a leash.
 *
 * @param script relative to `bench/`.
 */
export const start = (
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Started => {
  const child = spawn(process.execPath, [...flags, '--import', LEASH, here(script), ...args], {
    cwd: here('..'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  running.add(child)
  let text = ''
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-20_000)
  }
  child.stdout!.on('data', keep)
  child.stderr!.on('data', keep)
  const gone = once(child, 'exit').then(() => running.delete(child))
  return {
    child,
    pid: child.pid!,
    printed: () => text,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), 2000)
      await gone
      clearTimeout(hard)
    },
  }
}

/** A port of 127.0.0.1 that nobody listens on at the moment. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Asks until the address answers 200. @throws {Error} with what the process printed, after `seconds` or when it ended. */
export const answers = async (started: Started, url: string, seconds: number): Promise<void> => {
  const until = Date.now() + seconds * 1000
  for (;;) {
    if (started.child.exitCode !== null) throw new Error(`the server ended by itself:\n${started.printed()}`)
    const ok = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) return
    if (Date.now() > until) throw new Error(`no answer from ${url}:\n${started.printed()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Processor time of all threads so far, in milliseconds, and resident memory in bytes. */
export interface Usage {
  readonly cpu: number
  readonly memory: number
}

/** From /proc; zeros where the process is gone or there is no /proc. */
export const usageOf = (pid: number): Usage => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces: count fields after it. utime and stime are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return {
      cpu: ((Number(fields[11]) + Number(fields[12])) * 1000) / HERTZ,
      memory: Number(resident?.[1] ?? 0) * 1024,
    }
  } catch {
    return { cpu: 0, memory: 0 }
  }
}
