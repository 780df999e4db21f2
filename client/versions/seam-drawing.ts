import { SEAM_TOLERANCE } from '../../shared/pattern/check.ts'
import type { Walk } from '../../shared/pattern/seams.ts'

/** Units of the drawing: wide enough for the longer side, with room beside it for a number. */
export const WIDTH = 320
const LEFT = 4
const RIGHT = 52

/** A difference that somebody has to look at. */
export const isOff = (difference: number): boolean => Math.abs(difference) > SEAM_TOLERANCE
/** A seam that has one anywhere along it. */
export const walkIsOff = (walk: Walk): boolean =>
  isOff(walk.difference) || walk.notches.some((stop) => isOff(stop.difference))

export interface SeamStop {
  /** Places on the two bars, units; null where that side has none. */
  readonly a: number | null
  readonly b: number | null
  /** mm; null where there is nothing to compare. */
  readonly difference: number | null
  readonly off: boolean
  /** There is room to write the difference here. */
  readonly said: boolean
}

/** A link's share of its bar. */
export interface SeamPart {
  readonly from: number
  readonly to: number
  /** Letters that its name has room for. */
  readonly letters: number
}

/** Two sides of a seam as bars from the same end. */
export interface SeamDrawing {
  readonly endA: number
  readonly endB: number
  /** Where the links of each side lie, units. */
  readonly partsA: readonly SeamPart[]
  readonly partsB: readonly SeamPart[]
  /** Notches in walking order, and the end last. */
  readonly stops: readonly SeamStop[]
}

/** Below this a difference is none, mm. */
const NOTHING = 0.05
/** Numbers need this much room, units. */
const ROOM = 34

/** A letter on a bar is this wide at most, units. */
const LETTER = 5.4

/** @param longest mm that fill the drawing, so that two drawings may share a scale */
export const drawSeam = (walk: Walk, longest = Math.max(walk.lengthA, walk.lengthB)): SeamDrawing => {
  const x = (s: number): number => LEFT + (s / (longest || 1)) * (WIDTH - LEFT - RIGHT)
  const [endA, endB] = [x(walk.lengthA), x(walk.lengthB)]
  // The number at the end is the one that has to be read: notches give way to it, and to the notch before them.
  const last = Math.max(endA, endB)
  let free = Number.NEGATIVE_INFINITY
  const stops = walk.notches.map(({ a, b, sA, sB, difference }): SeamStop => {
    const at = { a: sA === null ? null : x(sA), b: sB === null ? null : x(sB) }
    const isPair = a !== null && b !== null
    const middle = ((at.a ?? at.b ?? 0) + (at.b ?? at.a ?? 0)) / 2
    const said = isPair && Math.abs(difference) > NOTHING && middle - free >= ROOM && last - middle >= ROOM
    if (said) free = middle
    return { ...at, difference: isPair ? difference : null, off: isPair && isOff(difference), said }
  })
  const end = { a: endA, b: endB, difference: walk.difference, off: isOff(walk.difference), said: true }
  const parts = (starts: readonly number[], length: number): SeamPart[] =>
    starts.map((s, i) => {
      const [from, to] = [x(s), x(starts[i + 1] ?? length)]
      return { from, to, letters: Math.floor((to - from - 4) / LETTER) }
    })
  const partsA = parts(walk.startsA, walk.lengthA)
  const partsB = parts(walk.startsB, walk.lengthB)
  return { endA, endB, partsA, partsB, stops: [...stops, end] }
}
