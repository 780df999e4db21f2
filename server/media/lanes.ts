/**
 * Runs at most `most` of what it is given at a time. The rest waits, each `whose` in order of coming, and all of them in turn: who
 * asks for hundreds waits behind who asks for one.
 */
export const lanes = (most: number): (<T>(whose: string, work: () => Promise<T>) => Promise<T>) => {
  let running = 0
  /** Who was served longest ago comes first. */
  const waiting = new Map<string, (() => void)[]>()
  const next = (): (() => void) | undefined => {
    for (const [whose, own] of waiting) {
      const go = own.shift()
      waiting.delete(whose)
      if (own.length > 0) waiting.set(whose, own)
      return go
    }
    return undefined
  }
  return async (whose, work) => {
    // A lane that is freed is handed on directly, so nobody can slip in between.
    if (running >= most)
      await new Promise<void>((go) => {
        const own = waiting.get(whose) ?? []
        waiting.set(whose, own)
        own.push(go)
      })
    else running++
    try {
      return await work()
    } finally {
      const go = next()
      if (go === undefined) running--
      else go()
    }
  }
}
