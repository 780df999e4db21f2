import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: 'client',
  cacheDir: '../node_modules/.vite',
  plugins: [react()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // A strict Content-Security-Policy refuses data: images and fonts, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    projects: [
      {
        test: { name: 'shared', root: import.meta.dirname, include: ['tests/shared/**/*.test.ts', 'tests/*.test.ts'] },
      },
      {
        test: {
          name: 'server',
          root: '.',
          include: ['tests/{server,scenarios,contracts,fuzz}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'client', root: import.meta.dirname, include: ['tests/client/**/*.test.ts'] } },
      {
        test: {
          name: 'browser',
          root: '.',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
