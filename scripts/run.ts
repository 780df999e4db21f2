import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

/** A program of `node_modules`, by the file of its package that starts it, so that it runs on this very Node. */
const program = (path: string): string => join(ROOT, 'node_modules', path)
export const TSC = program('typescript/bin/tsc')
export const BIOME = program('@biomejs/biome/bin/biome')
export const VITEST = program('vitest/vitest.mjs')
export const VITE = program('vite/bin/vite.js')

/** Runs `node file …args` in the project's folder with our own output. @returns its exit code; 1 where a signal ended it. */
export const node = (file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> =>
  run(process.execPath, [file, ...args], env)

export const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
