import { board } from './people.ts'
import { openStudio } from './studio.ts'

/** A studio in a process of its own, to be killed: prints its address, then serves until it ends. */
const folder = process.argv[2] as string
const studio = await openStudio({ folder })
process.stdout.write(`${studio.url} ${board.id}\n`)
