import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** Scripts and styles are compressed once, as hard as it goes, and lie beside themselves for the server to choose from. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }) {
    const assets = join(dir, 'assets')
    for (const name of readdirSync(assets)) {
      if (!/\.(js|css|svg)$/.test(name)) continue
      const bytes = readFileSync(join(assets, name))
      const hard = {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes, hard))
      writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }))
    }
  },
}

/** Parts that a page asks for before it shows anything: the words of its language, and what home or a board begins with. */
const AHEAD = {
  '/words/es.ts': 'es',
  '/words/en.ts': 'en',
  '/app/BoardPage.tsx': 'board',
  '/app/HomePage.tsx': 'home',
} as const

/** Leaves links to such parts in the page, each with what it is for; the server keeps those that fit (`server/http/pages.ts`). */
const ahead: Plugin = {
  name: 'ahead',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
      const within = (name: string, found = new Set<string>()): Set<string> => {
        if (!found.has(name)) {
          found.add(name)
          for (const other of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) within(other, found)
        }
        return found
      }
      const there = new Set(chunks.filter(({ isEntry }) => isEntry).flatMap(({ fileName }) => [...within(fileName)]))
      return Object.entries(AHEAD).flatMap(([module, part]) => {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/client${module}`))
        if (!chunk) throw new Error(`no part of the build begins with client${module}`)
        const own = [...within(chunk.fileName)].filter((name) => !there.has(name))
        const styles = own.flatMap((name) => [
          ...(chunks.find(({ fileName }) => fileName === name)?.viteMetadata?.importedCss ?? []),
        ])
        return [
          ...own.map((name) => ({ rel: 'modulepreload', href: `/${name}` })),
          ...styles.map((name) => ({ rel: 'preload', as: 'style', href: `/${name}` })),
        ].map((link) => ({
          tag: 'link',
          attrs: { ...link, crossorigin: true, 'data-for': part },
          injectTo: 'head' as const,
        }))
      })
    },
  },
}

export default defineConfig({
  root: 'client',
  cacheDir: '../node_modules/.vite',
  plugins: [react(), ahead, compressed],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // A strict Content-Security-Policy refuses data: images and fonts, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What pages share comes in one file each time instead of thirty: on 3G a request costs more than its bytes. So do the small parts that a
        // board and its canvas share. The patterns' own modules stay with the parts that draw and change patterns.
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              minShareCount: 2,
              test: /(client\/(brand|design|sync|words)\/(?!es|en|details|proposals|versions|workshop)|client\/panels\/(desk|watch|uploads|useBoardWords|useOutcome|mentions|AudienceLine)\.|client\/app\/(signed|prefs|data|days|live|mention-text|pages\.module|DoorPage|ErrorPages)\.|@tanstack\/react-router\/|shared\/(access|document|domain|protocol)\/)/,
            },
            {
              name: 'board',
              minShareCount: 2,
              test: /client\/(tools\/(index|tool|simplify)\.|panels\/(MentionBox|SaysChoice|sheets\.module|step-back|useTake)\.|app\/RenameBoard\.|canvas\/(looks|ruler|viewport)\.|patterns\/store\.)/,
            },
          ],
        },
      },
    },
  },
  test: {
    projects: [
      {
        test: { name: 'shared', root: import.meta.dirname, include: ['tests/shared/**/*.test.ts', 'tests/*.test.ts'] },
      },
      {
        test: {
          name: 'server',
          root: import.meta.dirname,
          include: ['tests/{server,scenarios,contracts,fuzz}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'client', root: import.meta.dirname, include: ['tests/client/**/*.test.ts'] } },
      {
        test: {
          name: 'browser',
          root: import.meta.dirname,
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
