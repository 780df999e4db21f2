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

export default defineConfig({
  root: 'client',
  cacheDir: '../node_modules/.vite',
  plugins: [react(), compressed],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // A strict Content-Security-Policy refuses data: images and fonts, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What pages share comes in one file each time instead of thirty: on 3G a request costs more than its bytes. The patterns' own
        // modules stay with the parts that draw and change patterns.
        advancedChunks: {
          groups: [
            {
              name: 'shared',
              minShareCount: 2,
              test: /(client\/(brand|design|sync|words)\/(?!es|en|proposals|versions)|client\/panels\/(desk|watch|useBoardWords|mentions|AudienceLine)\.|client\/app\/(signed|prefs|data|days|live)\.|shared\/(access|document|domain|protocol)\/)/,
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
