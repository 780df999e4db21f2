/** The limit is the machine's, not a caller's, so there is one queue for the whole process. */
let running = 0
const waiting: { readonly most: number; readonly go: () => void }[] = []

const admit = (): void => {
  while (waiting[0] !== undefined && running < waiting[0].most) {
    running++
    waiting.shift()?.go()
  }
}

/**
 * Waits until fewer than `most` are running, in order of coming.
 *
 * @returns The function to call when done, once; or null when the signal aborted the wait.
 */
export const turn = (most: number, signal?: AbortSignal): Promise<(() => void) | null> =>
  new Promise((settle) => {
    if (signal?.aborted) return settle(null)
    const place = {
      most,
      go() {
        signal?.removeEventListener('abort', give)
        settle(() => {
          running--
          admit()
        })
      },
    }
    const give = () => {
      const index = waiting.indexOf(place)
      if (index < 0) return
      waiting.splice(index, 1)
      settle(null)
      admit()
    }
    signal?.addEventListener('abort', give)
    waiting.push(place)
    admit()
  })
