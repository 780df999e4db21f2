import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Import directions, read from the import lines. The table of `ARCHITECTURE.md`, meant. */
const ROOT = join(import.meta.dirname, '..')

interface Import {
  readonly file: string
  /** A path from the root for our own files, else the name of a package. */
  readonly to: string
  readonly own: boolean
}

const LINE = /^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm
const packageOf = (name: string): string =>
  name.startsWith('node:')
    ? 'node'
    : name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/')

const files = globSync('{client,server,shared,bench,scripts}/**/*.{ts,tsx}', { cwd: ROOT })
const imports: Import[] = files.flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(LINE)].map((match) => {
    const name = (match[1] ?? match[2]) as string
    const own = name.startsWith('.')
    return { file, own, to: own ? relative(ROOT, resolve(ROOT, dirname(file), name)) : packageOf(name) }
  }),
)

const under = (path: string, ...folders: string[]): boolean =>
  folders.some((f) => path === f || path.startsWith(`${f}/`))
const wrong = (is: (one: Import) => boolean): string[] => imports.filter(is).map(({ file, to }) => `${file} → ${to}`)

describe('imports', () => {
  it('are all read, or these laws hold of nothing', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(imports.length).toBeGreaterThan(150)
    expect(imports.every(({ own, to }) => !own || /\.(tsx?|css|svg|woff2?)$/.test(to.replace(/\?.*$/, '')))).toBe(true)
  })

  it('never join client and server', () => {
    expect(wrong(({ file, to }) => under(file, 'client') && under(to, 'server'))).toEqual([])
    expect(wrong(({ file, to }) => under(file, 'server') && under(to, 'client'))).toEqual([])
  })

  it('of shared stay in shared, and go from document over access to domain', () => {
    expect(wrong(({ file, to, own }) => under(file, 'shared') && own && !under(to, 'shared'))).toEqual([])
    const inner: Record<string, string[]> = {
      'shared/pattern': ['shared/pattern'],
      'shared/domain': ['shared/domain', 'shared/pattern'],
      'shared/access': ['shared/access', 'shared/domain', 'shared/pattern'],
      'shared/document': ['shared/document', 'shared/access', 'shared/domain', 'shared/pattern'],
      'shared/protocol': ['shared/protocol', 'shared/document', 'shared/access', 'shared/domain', 'shared/pattern'],
    }
    for (const [folder, allowed] of Object.entries(inner))
      expect(wrong(({ file, to, own }) => under(file, folder) && own && !under(to, ...allowed))).toEqual([])
  })

  it('of libraries happen where the library is known', () => {
    const known: Record<string, readonly string[]> = {
      yjs: ['shared/document', 'server/rooms', 'server/store', 'server/demo', 'client/sync', 'bench', 'scripts'],
      'y-websocket': ['client/sync/connect.ts', 'bench'],
      fabric: ['client/canvas', 'bench'],
      react: [
        'client/app',
        'client/panels',
        'client/proposals',
        'client/workshop',
        'client/versions',
        'client/details',
        'client/design',
        'client/words',
        'client/brand',
        'client/canvas',
        'client/main.tsx',
        'client/sync',
      ],
      'socket.io': ['server/live', 'server/main.ts', 'server/http'],
      'socket.io-client': ['client/sync/live.ts', 'bench'],
      zod: ['shared/protocol', 'server', 'client/sync', 'client/app', 'client/panels'],
      ws: ['server/rooms', 'bench'],
      sharp: ['server/media', 'server/demo', 'scripts', 'bench'],
      fastify: ['server/main.ts', 'server/http', 'server/auth'],
      '@node-rs/argon2': ['server/auth'],
    }
    for (const [library, folders] of Object.entries(known))
      expect(wrong(({ file, to }) => to === library && !under(file, ...folders))).toEqual([])
  })

  it('of node stay off the client and off shared', () => {
    expect(wrong(({ file, to }) => to === 'node' && under(file, 'client', 'shared'))).toEqual([])
  })

  it('of SQLite are named by its adapter and by main alone', () => {
    const adapters = [
      'server/store/sqlite',
      'server/store/compact-worker.ts',
      'server/main.ts',
      'server/demo',
      'scripts',
      'bench',
    ]
    expect(wrong(({ file, to }) => to.startsWith('server/store/sqlite') && !under(file, ...adapters))).toEqual([])
  })

  it('of domain and access name no library', () => {
    expect(wrong(({ file, own }) => under(file, 'shared/domain', 'shared/access') && !own)).toEqual([])
  })
})
