import { openAtelier } from './atelier.ts'

/**
 * An atelier in a process of its own, to be killed: prints where it is and who may come in, then serves until it ends. It is told its folder,
 * and its port where that is not to be any.
 */
const [, , folder, port] = process.argv
const atelier = await openAtelier(folder, undefined, Number(port ?? 0))
const cookies = { ines: atelier.as('ines').cookie, uma: atelier.as('uma').cookie }
process.stdout.write(`${JSON.stringify({ address: atelier.server.address, cookies })}\n`)
