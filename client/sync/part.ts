/** Milliseconds after which what could not be fetched is asked for again, and how often while the browser says that there is a line. */
const AGAIN_MS = 2000
const TIMES = 3

/** Until the browser says that the line is back, or for a while where it says that there is one. */
const forTheLine = (): Promise<void> =>
  new Promise((resolve) => {
    if (navigator.onLine) setTimeout(resolve, AGAIN_MS)
    else addEventListener('online', () => resolve(), { once: true })
  })

/**
 * A part of the page that comes when it is first needed. Without a line it waits for one, so that nothing that stands falls with it.
 *
 * @throws what the last attempt did, where it is not the line: a newer build has other parts, and the page has to be loaded again.
 */
export const part = async <T>(load: () => Promise<T>): Promise<T> => {
  for (let times = 1; ; times++) {
    try {
      return await load()
    } catch (error) {
      if (times >= TIMES && navigator.onLine) throw error
      await forTheLine()
    }
  }
}
