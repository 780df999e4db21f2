import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, '../../server/main.ts')

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}
interface Child {
  /** The line with the address, or an empty text where it ended before. */
  readonly line: Promise<string>
  readonly ended: Promise<Ran>
  stop(signal?: NodeJS.Signals): void
}

let folder: string
let children: Child[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puntada-start-'))
  children = []
})
afterEach(async () => {
  for (const child of children) child.stop('SIGKILL')
  await Promise.all(children.map((child) => child.ended))
  rmSync(folder, { recursive: true, force: true })
})

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Child => {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  const { promise: line, resolve: say } = Promise.withResolvers<string>()
  child.stdout.on('data', (text) => {
    out += text
    if (out.includes('\n')) say(out.trim())
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const ended = new Promise<Ran>((resolve) =>
    child.on('close', (code) => {
      say('')
      resolve({ code, out, err })
    }),
  )
  const made: Child = { line, ended, stop: (signal = 'SIGTERM') => child.kill(signal) }
  children.push(made)
  return made
}
/** One sentence and exit code 1. */
const refused = async (child: Child): Promise<string> => {
  const { code, out, err } = await child.ended
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 })
  return err.trim()
}

describe('the server', () => {
  it('says where it is, answers, and leaves nothing of the demo behind', async () => {
    const child = run(['--port', '0'])
    const line = await child.line
    expect(line).toMatch(/^Puntada [\d.]+ \(demo\): http:\/\/127\.0\.0\.1:\d+$/)
    const address = line.split(' ').at(-1)
    expect(await (await fetch(`${address}/healthz`)).json()).toMatchObject({ status: 'ready' })
    expect(readdirSync(folder).some((name) => name.startsWith('puntada-demo-'))).toBe(true)
    child.stop()
    expect((await child.ended).code).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })

  it('clears away what a demo that was killed left behind', async () => {
    const killed = run(['--port', '0'])
    await killed.line
    killed.stop('SIGKILL')
    await killed.ended
    expect(readdirSync(folder)).toHaveLength(1)
    const next = run(['--port', '0'])
    await next.line
    next.stop()
    expect((await next.ended).code).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })

  it('has a data folder to itself', async () => {
    const data = join(folder, 'grupo')
    const first = run(['--port', '0', '--data', data])
    expect(await first.line).toMatch(/^Puntada [\d.]+: http/)
    const sentence = await refused(run(['--port', '0', '--data', data]))
    expect(sentence).toContain(data)
    expect(sentence).toContain('Another server')
    first.stop()
    expect((await first.ended).code).toBe(0)
    const after = run(['--port', '0', '--data', data])
    expect(await after.line).toContain('http')
    after.stop('SIGINT')
    expect((await after.ended).code).toBe(0)
  })

  it('leaves a newer database alone', async () => {
    const data = join(folder, 'grupo')
    const first = run(['--port', '0', '--data', data])
    await first.line
    first.stop()
    await first.ended
    const db = new DatabaseSync(join(data, 'puntada.db'))
    db.exec('PRAGMA user_version = 999')
    db.close()
    expect(await refused(run(['--data', data]))).toContain('newer version')
    expect(await refused(run(['--data', data], { LANG: 'es_MX.UTF-8' }))).toContain('más nueva')
  })

  it('says when the port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    try {
      expect(await refused(run(['--port', String(port)]))).toContain(`127.0.0.1:${port}`)
      expect(readdirSync(folder)).toEqual([])
    } finally {
      other.close()
    }
  })

  it('stops at a setting it does not know, and at a file where a folder should be', async () => {
    expect(await refused(run(['--prot', '1']))).toContain('--prot')
    expect(await refused(run(['--data', MAIN]))).toContain(MAIN)
    expect(await refused(run(['--data', '/proc/nowhere/at-all']))).toContain('/proc/nowhere')
    expect(await refused(run(['--demo', '--data', folder]))).toContain('--demo')
    expect(readdirSync(folder)).toEqual([])
  })
})
