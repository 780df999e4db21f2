import { MM_PER_INCH } from '../../shared/domain/units.ts'

export type Unit = 'cm' | 'in'

export interface Tick {
  /** Board millimetres. */
  readonly at: number
  /** Longest, middling, shortest. */
  readonly rank: 0 | 1 | 2
  /** In the unit, for the longest. */
  readonly label: number | null
}

/** Steps between labels, in the unit, and into how many parts each is divided. */
const STEPS: Record<Unit, readonly (readonly [step: number, parts: number])[]> = {
  cm: [
    [0.1, 1],
    [0.5, 5],
    [1, 10],
    [2, 4],
    [5, 5],
    [10, 10],
    [20, 4],
    [50, 5],
    [100, 10],
    [200, 4],
    [500, 5],
    [1000, 10],
    [5000, 5],
    [10000, 10],
  ],
  in: [
    [0.0625, 1],
    [0.125, 2],
    [0.25, 4],
    [0.5, 8],
    [1, 8],
    [2, 8],
    [6, 6],
    [12, 12],
    [24, 4],
    [48, 4],
    [120, 10],
    [240, 10],
    [1200, 10],
    [4800, 10],
  ],
}
const MM: Record<Unit, number> = { cm: 10, in: MM_PER_INCH }
/** Screen pixels between labels, and between the shortest ticks, at least. */
const LABEL_PX = 56
const TICK_PX = 4

/**
 * Ticks of a ruler.
 *
 * @param from  board millimetres at its beginning, `to` at its end.
 * @param scale screen pixels of one millimetre.
 */
export const ticks = (from: number, to: number, scale: number, unit: Unit): Tick[] => {
  const steps = STEPS[unit]
  const [step, parts] = steps.find(([s]) => s * MM[unit] * scale >= LABEL_PX) ?? steps.at(-1)!
  const whole = step * MM[unit]
  const divided = (whole / parts) * scale >= TICK_PX ? parts : 1
  const small = whole / divided
  const out: Tick[] = []
  for (let i = Math.ceil(from / small - 1e-9); i * small <= to + 1e-9; i++) {
    const isWhole = i % divided === 0
    const isHalf = divided % 2 === 0 && Math.abs(i) % divided === divided / 2
    out.push({
      at: i * small,
      rank: isWhole ? 0 : isHalf ? 1 : 2,
      label: isWhole ? Number(((i / divided) * step).toFixed(4)) : null,
    })
  }
  return out
}

/** The longest round length that fits into `most` screen pixels, in millimetres. */
export const scaleBar = (scale: number, unit: Unit, most: number): number => {
  let best = STEPS[unit][0]![0] * MM[unit]
  for (const [step] of STEPS[unit]) if (step * MM[unit] * scale <= most) best = step * MM[unit]
  return best
}
