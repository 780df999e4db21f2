/**
 * One line for each key: work for the same key is done one at a time, in the order in which it came; work for different keys does not wait.
 * What fails fails alone.
 */
export const openLines = <Key>(): (<T>(key: Key, work: () => Promise<T>) => Promise<T>) => {
  const last = new Map<Key, Promise<unknown>>()
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, mine)
    const leave = (): void => {
      if (last.get(key) === mine) last.delete(key)
    }
    mine.then(leave, leave)
    return mine
  }
}
