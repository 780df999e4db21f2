import type { Watched } from './contract.ts'

export interface Cell<T> extends Watched<T> {
  /** Tells the listeners only where the value is another one. */
  set(value: T): void
}

/** A value that can be watched; listeners are called in the turn in which it changes. */
export const cell = <T>(initial: T): Cell<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Somebody to tell: a set of listeners with one argument list. */
export interface Bell<Args extends readonly unknown[]> {
  ring(...args: Args): void
  on(listener: (...args: Args) => void): () => void
}

export const bell = <Args extends readonly unknown[]>(): Bell<Args> => {
  const listeners = new Set<(...args: Args) => void>()
  return {
    ring(...args) {
      for (const listener of [...listeners]) listener(...args)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
