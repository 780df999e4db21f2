import { crowd } from './crowd.ts'
import type { Run } from './row.ts'

/** A hundred writers, each moving a mark of their own 10 times a second; ours judges each move and has it on disk first. */
export const run: Run = (options) => crowd({ bench: 'edits', does: 'edits', people: 100, hz: 10 }, options)
