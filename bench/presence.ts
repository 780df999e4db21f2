import { crowd } from './crowd.ts'
import type { Run } from './row.ts'

/** A hundred people on one board, each moving their pointer 30 times a second. */
export const run: Run = (options) => crowd({ bench: 'presence', does: 'presence', people: 100, hz: 30 }, options)
