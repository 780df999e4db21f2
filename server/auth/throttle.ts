import { isIP } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refused } from '../refused.ts'

const QUARTER = 15 * 60

/**
 * Whose address it is, as far as can be told: the first 64 bits of IPv6, since whoever has one of its addresses has 2⁶⁴ of them;
 * all of IPv4, also where it is written as IPv6.
 */
export const networkOf = (ip: string): string => {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIP(plain) !== 6) return plain
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/**
 * Passwords tried: five in a quarter of an hour for one account from one address, fifty for one address whatever the
 * account. Somebody else's tries never lock the owner out, who comes from another address.
 */
export interface Throttle {
  /**
   * Counts a try before it is known how it ends, so that many at once are many.
   *
   * @throws {Refused} too-many-tries
   */
  tries(email: string, ip: string): Promise<void>
  /** It was the right one: it does not count, nor do those before it for that account. */
  succeeded(email: string, ip: string): Promise<void>
}

export const openThrottle = (): Throttle => {
  const pair = new RateLimiterMemory({ points: 5, duration: QUARTER })
  const address = new RateLimiterMemory({ points: 50, duration: QUARTER })
  const key = (email: string, ip: string): string => `${networkOf(ip)} ${email}`
  const count = async (limiter: RateLimiterMemory, name: string): Promise<void> => {
    try {
      await limiter.consume(name)
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state
      throw new Refused('too-many-tries', { seconds: Math.ceil(state.msBeforeNext / 1000) })
    }
  }
  return {
    async tries(email, ip) {
      await count(pair, key(email, ip))
      await count(address, networkOf(ip))
    },
    async succeeded(email, ip) {
      await pair.delete(key(email, ip))
      await address.reward(networkOf(ip))
    },
  }
}
