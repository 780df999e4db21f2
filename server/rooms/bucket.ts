/** A token bucket: `rate` a second, up to `burst` at once. Time comes from outside, in milliseconds of a steady clock. */
export class Bucket {
  readonly #rate: number
  readonly #burst: number
  #tokens: number
  #at: number

  constructor(rate: number, burst: number, at: number) {
    this.#rate = rate
    this.#burst = burst
    this.#tokens = burst
    this.#at = at
  }

  /** @returns false where there is not that much left; nothing is taken then. */
  take(cost: number, at: number): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((at - this.#at) / 1000) * this.#rate)
    this.#at = at
    if (this.#tokens < cost) return false
    this.#tokens -= cost
    return true
  }
}
