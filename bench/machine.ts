import { cpus, release, totalmem, type } from 'node:os'

/** One line about where the figures come from. */
export const machine = (): string => {
  const all = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, ${memory} GB, ${type()} ${release()}, Node ${process.version}`
}
