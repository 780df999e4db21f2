import { openAtelier } from './atelier.ts'

/** An atelier in a process of its own, to be killed: prints where it is and who may come in, then serves until it ends. */
const atelier = await openAtelier(process.argv[2] as string)
const cookies = { ines: atelier.as('ines').cookie, uma: atelier.as('uma').cookie }
process.stdout.write(`${JSON.stringify({ address: atelier.server.address, cookies })}\n`)
