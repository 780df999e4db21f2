const DAY = 24 * 60 * 60_000

const two = (n: number): string => String(n).padStart(2, '0')

/** The day of a moment where the reader is, as a date field holds it: yyyy-mm-dd. `at` in milliseconds since 1970. */
export const dayText = (at: number): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** So many days from now, by the calendar: never off by one where clocks are moved. */
export const daysFrom = (now: number, days: number): number => {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 12).getTime()
}

/**
 * The last millisecond of that day where the reader is, in milliseconds since 1970.
 *
 * @returns null for what is no date, a day that is over, or an end more than `most` days from now.
 */
export const endOfDay = (text: string, now: number, most: number): number | null => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (!parts) return null
  const end = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), 23, 59, 59, 999)
  // 31 February would quietly become a day of March.
  if (dayText(end.getTime()) !== text) return null
  const at = end.getTime()
  return at > now && at <= now + most * DAY ? at : null
}
