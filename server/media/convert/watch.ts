import { readFile } from 'node:fs/promises'

/** What a process has used so far. */
export interface Usage {
  readonly cpuMs: number
  readonly rssBytes: number
}

/** Linux counts CPU time in hundredths of a second (USER_HZ, fixed for user space on every architecture we run on). */
const TICK_MS = 10
const PAGE_BYTES = 4096

/** From /proc; null where there is none, or when the process has ended. */
export const usageOf = async (pid: number): Promise<Usage | null> => {
  try {
    const [stat, memory] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'latin1'),
      readFile(`/proc/${pid}/statm`, 'latin1'),
    ])
    // The name in brackets may hold spaces and brackets of its own; fields are counted after its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
      rssBytes: Number(memory.split(' ')[1]) * PAGE_BYTES,
    }
  } catch {
    return null
  }
}
