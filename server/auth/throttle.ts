import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Refused } from '../refused.ts'

const QUARTER = 15 * 60

/**
 * Failed sign-ins: five in a quarter of an hour for one account from one address, fifty for one address whatever the
 * account. Somebody else's failures never lock the owner out, who comes from another address.
 */
export interface Throttle {
  /** @throws {Refused} too-many-tries */
  check(email: string, ip: string): Promise<void>
  failed(email: string, ip: string): Promise<void>
  succeeded(email: string, ip: string): Promise<void>
}

export const openThrottle = (): Throttle => {
  const pair = new RateLimiterMemory({ points: 5, duration: QUARTER })
  const address = new RateLimiterMemory({ points: 50, duration: QUARTER })
  const key = (email: string, ip: string): string => `${ip} ${email}`
  return {
    async check(email, ip) {
      for (const [limiter, name, most] of [
        [pair, key(email, ip), 5],
        [address, ip, 50],
      ] as const) {
        const state = await limiter.get(name)
        if (state !== null && state.consumedPoints >= most)
          throw new Refused('too-many-tries', { seconds: Math.ceil(state.msBeforeNext / 1000) })
      }
    },
    async failed(email, ip) {
      await pair.penalty(key(email, ip))
      await address.penalty(ip)
    },
    async succeeded(email, ip) {
      await pair.delete(key(email, ip))
    },
  }
}
