import { type Instant, instant } from '../../shared/domain/units.ts'

const DAY = 24 * 60 * 60 * 1000

/** The moment so many days before `now`; negative days lie ahead. */
export const before = (now: Instant, days: number): Instant => instant(Math.round(now - days * DAY))
