/**
 * Milliseconds to wait before the next attempt: at once, then 250 ms doubled each time up to 10 s, half of it by chance so
 * that a hundred pages don't come back in one moment.
 *
 * @param attempt failed attempts so far, ≥ 0.
 * @param chance  0 ≤ chance < 1.
 */
export const waitBefore = (attempt: number, chance: number): number => {
  if (attempt <= 0) return 0
  const most = Math.min(10_000, 250 * 2 ** Math.min(attempt - 1, 10))
  return Math.round(most * (0.5 + chance / 2))
}
