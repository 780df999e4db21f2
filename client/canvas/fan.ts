import type { MarkId } from '../../shared/domain/ids.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import type { Laid } from './figures/figure.ts'
import { FAN_PX, PIN_PX } from './looks.ts'

/** Whether its badge stands on a stem over its only point. */
export const isStemmed = ({ shape }: Mark): boolean => shape.kind === 'pin' || shape.kind === 'proposal'

/** Where the middle of a badge is from the point that its stem stands on, in screen pixels. */
export interface Head {
  readonly x: number
  readonly y: number
}

/** From middle to middle, in screen pixels: two that are nearer lie on each other, and a finger cannot tell them apart. */
export const APART_PX = 24
/** Over the point, as long as there is room. */
export const UPRIGHT: Head = { x: 0, y: -PIN_PX }
/** Steps of a fan, nearest first: screen pixels from the point, and degrees from upright. No stem passes under a badge of another step. */
const STEPS = [
  [46, 35],
  [46, -35],
  [46, 70],
  [46, -70],
  [FAN_PX, 52.5],
  [FAN_PX, -52.5],
  [FAN_PX, 87.5],
  [FAN_PX, -87.5],
] as const
const HEADS: readonly Head[] = [
  UPRIGHT,
  ...STEPS.map(([far, degrees]) => {
    const angle = (degrees * Math.PI) / 180
    return { x: far * Math.sin(angle), y: -far * Math.cos(angle) }
  }),
]

/** Squares that a number can tell apart in each direction: a board at its largest zoom has fewer. */
const A_ROW = 2 ** 26
const NEXT = [-1, 0, 1]

/** What has stood longest first; what is not on disk yet last, so that nothing gives way to it that might be refused. */
const bySeniority = (a: Laid, b: Laid): number =>
  (a.mark.at ?? Number.POSITIVE_INFINITY) - (b.mark.at ?? Number.POSITIVE_INFINITY) || (a.mark.id < b.mark.id ? -1 : 1)

/**
 * Badges that would lie on one another at a zoom, as two proposals do on one edge: the one that has stood longest stays over its
 * point, the later ones lean away from it on longer stems. Past nine on one point the rest stay where they are.
 *
 * @param scale screen pixels of a millimetre of the board.
 * @returns the heads of those that lean. The same for everybody who sees the same marks at the same zoom.
 */
export const fanOf = (all: Iterable<Laid>, scale: number): ReadonlyMap<MarkId, Head> => {
  const heads = new Map<MarkId, Head>()
  /** Middles of the badges so far, by squares of the screen. */
  const squares = new Map<number, Head[]>()
  const squareOf = ({ x, y }: Head, right = 0, down = 0): number =>
    (Math.floor(x / APART_PX) + right) * A_ROW + Math.floor(y / APART_PX) + down
  const isFree = (at: Head): boolean => {
    for (const right of NEXT)
      for (const down of NEXT)
        for (const other of squares.get(squareOf(at, right, down)) ?? [])
          if (Math.hypot(other.x - at.x, other.y - at.y) < APART_PX) return false
    return true
  }
  for (const { mark, points } of [...all].filter(({ mark }) => isStemmed(mark)).sort(bySeniority)) {
    const point = points[0]!
    for (const head of HEADS) {
      const at = { x: point.x * scale + head.x, y: point.y * scale + head.y }
      if (!isFree(at)) continue
      const square = squares.get(squareOf(at))
      if (square) square.push(at)
      else squares.set(squareOf(at), [at])
      if (head !== UPRIGHT) heads.set(mark.id, head)
      break
    }
  }
  return heads
}

/** Zooms share a fan while they are within the fourth root of two: badges don't jump at every step of a pinch. */
const FANS_IN_A_DOUBLING = 4
/** Fans kept: for the picture that is shown, for the one that is being made, and for what lies over them. */
const KEPT = 3

/** The fans of a board, made when they are first asked for. */
export interface Fan {
  /** Where the badge of a mark on a stem is at a zoom, in screen pixels of a millimetre of the board. */
  headOf(mark: MarkId, scale: number): Head
  /** A mark on a stem has come, gone or moved. */
  touch(): void
  /** Before anything is drawn: makes the fans again if they were touched. */
  settle(): void
}

/** @param leant told of every mark whose badge has gone elsewhere for another's sake. */
export const openFan = (marks: () => Iterable<Laid>, leant: (mark: MarkId) => void): Fan => {
  const fans = new Map<number, ReadonlyMap<MarkId, Head>>()
  let touched = false
  // Of the zooms that share it the one at which points lie nearest.
  const make = (step: number): ReadonlyMap<MarkId, Head> => fanOf(marks(), 2 ** (step / FANS_IN_A_DOUBLING))
  return {
    headOf(mark, scale) {
      const step = Math.floor(Math.log2(scale) * FANS_IN_A_DOUBLING)
      let fan = fans.get(step)
      if (!fan) {
        fan = make(step)
        fans.set(step, fan)
        for (const old of [...fans.keys()].slice(0, -KEPT)) fans.delete(old)
      }
      return fan.get(mark) ?? UPRIGHT
    },
    touch() {
      touched = true
    },
    settle() {
      if (!touched) return
      touched = false
      for (const [step, before] of [...fans]) {
        const fan = make(step)
        fans.set(step, fan)
        for (const id of new Set([...before.keys(), ...fan.keys()])) if (before.get(id) !== fan.get(id)) leant(id)
      }
    },
  }
}
