/** A seeded source of chance (mulberry32): the same seed, the same story. */
export interface Chance {
  readonly seed: number
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  below(below: number): number
  pick<T>(from: readonly T[]): T
  /** True once in `n`. */
  oneIn(n: number): boolean
  /** Characters of [a-z0-9]. */
  word(length: number): string
}

export const chance = (seed: number): Chance => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number): number => Math.floor(next() * n)
  return {
    seed,
    next,
    below,
    pick: (from) => from[below(from.length)] as never,
    oneIn: (n) => below(n) === 0,
    word: (length) => Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[below(36)]).join(''),
  }
}

/** Runs a story once for each seed, and names the seed of the one that fails. */
export const eachSeed = async (
  seeds: readonly number[],
  story: (chance: Chance) => void | Promise<void>,
): Promise<void> => {
  for (const seed of seeds) {
    try {
      await story(chance(seed))
    } catch (cause) {
      throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  }
}
