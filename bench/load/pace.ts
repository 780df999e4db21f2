/**
 * Calls each of `people` `hz` times a second, spread evenly over the period. Whoever is late by more than a period is not called
 * twice for it: a hand that could not move did not move.
 *
 * @returns stops it.
 */
export const pace = (people: number, hz: number, act: (person: number) => void): (() => void) => {
  const period = 1000 / hz
  const start = performance.now()
  const due = Float64Array.from({ length: people }, (_, i) => start + (period * i) / people)
  let next = 0
  let timer: NodeJS.Timeout
  const tick = (): void => {
    let now = performance.now()
    for (let done = 0; done < people && due[next]! <= now; done++) {
      act(next)
      now = performance.now()
      due[next] = Math.max(due[next]! + period, due[next]! + period * Math.floor((now - due[next]!) / period))
      next = (next + 1) % people
    }
    timer = setTimeout(tick, 1)
  }
  timer = setTimeout(tick, 1)
  return () => clearTimeout(timer)
}
