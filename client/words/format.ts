import { useMemo } from 'react'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { useSpoken, type Words } from './words.ts'

export type Unit = 'cm' | 'in'

const SIXTEENTHS = 16

/** Inches as a tape shows them: whole and a reduced fraction, to the nearest sixteenth. */
export const inchFraction = (inches: number): string => {
  const sign = inches < 0 ? '−' : ''
  const parts = Math.round(Math.abs(inches) * SIXTEENTHS)
  const whole = Math.floor(parts / SIXTEENTHS)
  let over = parts % SIXTEENTHS
  let under = SIXTEENTHS
  while (over > 0 && over % 2 === 0) {
    over /= 2
    under /= 2
  }
  if (over === 0) return `${sign}${whole}`
  return whole === 0 ? `${sign}${over}/${under}` : `${sign}${whole} ${over}/${under}`
}

/** Everything that turns a value into text for one language: lengths, moments, sizes, lists. */
export const formats = (locale: string, words: Words) => {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' })
  const dayYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })
  // 21:20 in Spanish, as burned into the images; "p.m." would also end every sentence twice.
  const clock = new Intl.DateTimeFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    ...(locale === 'es-MX' ? { hourCycle: 'h23' } : {}),
  })
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })

  /** Millimetres of the real thing; centimetres to the millimetre, inches to the sixteenth. */
  const length = (mm: number, unit: Unit): string =>
    unit === 'cm'
      ? `${(Math.abs(mm) < 10 ? fine : number).format(mm / 10)} ${words.board.view.cm}`
      : `${inchFraction(mm / MM_PER_INCH)} ${words.board.view.inch}`
  const date = (at: number, now = Date.now()): string =>
    (new Date(at).getFullYear() === new Date(now).getFullYear() ? day : dayYear).format(at)
  const time = (at: number): string => clock.format(at)
  const moment = (at: number, now = Date.now()): string => `${date(at, now)}, ${time(at)}`
  /** "hace 5 minutos", "ayer", then the date. */
  const since = (at: number, now = Date.now()): string => {
    const minutes = Math.round((at - now) / 60_000)
    if (Math.abs(minutes) < 1) return words.time.now
    if (Math.abs(minutes) < 60) return ago.format(minutes, 'minute')
    const hours = Math.round(minutes / 60)
    if (Math.abs(hours) < 24) return ago.format(hours, 'hour')
    const days = Math.round(hours / 24)
    return Math.abs(days) < 7 ? ago.format(days, 'day') : date(at, now)
  }
  const bytes = (n: number): string =>
    n < 1e6 ? `${number.format(n / 1e3)} kB` : n < 1e9 ? `${number.format(n / 1e6)} MB` : `${number.format(n / 1e9)} GB`
  return {
    length,
    date,
    time,
    moment,
    since,
    bytes,
    number: (n: number): string => number.format(n),
    list: (items: readonly string[]): string => list.format(items),
  }
}
export type Formats = ReturnType<typeof formats>

export const useFormats = (): Formats => {
  const { locale, words } = useSpoken()
  return useMemo(() => formats(locale, words), [locale, words])
}
