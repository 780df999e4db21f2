import type { Vec } from '../model.ts'

/** Coordinates of one place in a file are the same to its four decimals; beyond this they are two places. mm. */
export const NEAR = 0.011

export const apart = (p: Vec, q: Vec): number => Math.hypot(p.x - q.x, p.y - q.y)
export const near = (p: Vec, q: Vec): boolean => apart(p, q) <= NEAR

/** Things by place, found again within `NEAR`. */
export class Places<T extends Vec> {
  private readonly cells = new Map<number, T[]>()

  constructor(things: Iterable<T> = []) {
    for (const thing of things) this.add(thing)
  }

  add(thing: T): void {
    const key = cell(Math.floor(thing.x / GRID), Math.floor(thing.y / GRID))
    const list = this.cells.get(key)
    if (list) list.push(thing)
    else this.cells.set(key, [thing])
  }

  /** All that lie at this place, in the order in which they were added, at most `most` of them. */
  at(place: Vec, most = 64): T[] {
    const found: T[] = []
    if (this.cells.size === 0) return found
    const [left, right] = [Math.floor((place.x - NEAR) / GRID), Math.floor((place.x + NEAR) / GRID)]
    const [low, high] = [Math.floor((place.y - NEAR) / GRID), Math.floor((place.y + NEAR) / GRID)]
    for (let x = left; x <= right; x++)
      for (let y = low; y <= high; y++)
        for (const thing of this.cells.get(cell(x, y)) ?? NONE) {
          if (found.length >= most) return found
          if (near(thing, place)) found.push(thing)
        }
    return found
  }

  has(place: Vec): boolean {
    return this.at(place, 1).length > 0
  }
}

const NONE: readonly never[] = []
const GRID = 0.5
/** One number for a cell: coordinates reach 1e7 units of a metre at most, and two cells that share a number only cost time. */
const cell = (x: number, y: number): number => x * 67_108_859 + y

/** Twice the area that a closed line encloses, positive counter-clockwise; the first point is not repeated. */
export const twiceArea = (ring: readonly Vec[]): number => {
  let sum = 0
  let before = ring.at(-1)
  for (const p of ring) {
    if (before) sum += before.x * p.y - p.x * before.y
    before = p
  }
  return sum
}

export interface Box {
  readonly left: number
  readonly right: number
  readonly low: number
  readonly high: number
}
export const boxOf = (points: Iterable<Vec>): Box => {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    if (x < left) left = x
    if (x > right) right = x
    if (y < low) low = y
    if (y > high) high = y
  }
  return { left, right, low, high }
}

const CORNER = 10
const SURE_CORNER = 40
/** Direction of the curve at `b`, as if a circle went through the three points; the chord where one is much shorter than the other. */
const tangent = (a: Vec, b: Vec, c: Vec): number => {
  const [ab, bc] = [Math.hypot(b.x - a.x, b.y - a.y), Math.hypot(c.x - b.x, c.y - b.y)]
  const chord = Math.atan2(c.y - b.y, c.x - b.x)
  const bend = turnBetween(Math.atan2(b.y - a.y, b.x - a.x), chord)
  if (ab === 0 || bc === 0 || Math.abs(bend) > SURE_CORNER) return chord
  // From the chord b→c back to b by half of what the circle turns along it.
  return chord + ((bend * bc) / (ab + bc)) * (Math.PI / 180)
}
/** Degrees from one direction to another, −180 to 180. */
const turnBetween = (from: number, to: number): number => {
  const turn = ((to - from) * 180) / Math.PI
  return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn
}

/**
 * Where a line has a corner, judged by its points alone: the directions in which a curve through the points on either side comes
 * and goes differ by more than 10°. Ends of an open line are corners.
 */
export const corners = (points: readonly Vec[], closed: boolean): boolean[] => {
  const n = points.length
  const at = (i: number): Vec | undefined => (closed ? points[(i + n) % n] : points[i])
  return points.map((p, i) => {
    const [a, b] = [at(i - 1), at(i + 1)]
    if (!a || !b) return true
    const chordIn = Math.atan2(p.y - a.y, p.x - a.x)
    const chordOut = Math.atan2(b.y - p.y, b.x - p.x)
    const plain = Math.abs(turnBetween(chordIn, chordOut))
    if (plain <= CORNER || plain >= SURE_CORNER) return plain >= SURE_CORNER
    const [before, after] = [at(i - 2), at(i + 2)]
    const comes = before ? tangent(before, a, p) : chordIn
    const goes = after ? tangent(after, b, p) + Math.PI : chordOut
    return Math.abs(turnBetween(0, Math.atan2(Math.sin(goes - comes), Math.cos(goes - comes)))) > CORNER
  })
}
