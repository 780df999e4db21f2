import { board } from './people.ts'
import { openStudio } from './studio.ts'

/**
 * A studio in a process of its own, to be killed: waits for a word, so that it can be started ahead of its turn, prints its
 * address, then serves until it ends.
 */
const folder = process.argv[2] as string
await new Promise((resolve) => process.stdin.once('data', resolve))
const studio = await openStudio({ folder })
process.stdout.write(`${studio.url} ${board.id}\n`)
