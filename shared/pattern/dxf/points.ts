import type { Vec } from '../model.ts'

/** Coordinates of one place in a file are the same to its four decimals; beyond this they are two places. mm. */
export const NEAR = 0.011

export const near = (p: Vec, q: Vec): boolean => {
  const x = p.x - q.x
  const y = p.y - q.y
  return x * x + y * y <= NEAR * NEAR
}

const GRID = 0.5
const NONE: readonly never[] = []
const FEW = 16

/**
 * Things by place, found again within `NEAR`: buckets of a grid, linked through lists of numbers so that filling it costs next to nothing.
 * Plain lists, as most are short and a typed array takes longer to make than to fill.
 */
export class Places<T extends Vec> {
  private readonly things: T[] = []
  private heads: number[] = []
  private next: number[] = []

  /** @param room how many more are to come, where that is known. */
  constructor(things: readonly T[] = NONE, room = 0) {
    if (things.length + room > FEW) this.resize(things.length + room)
    for (const thing of things) this.add(thing)
  }

  add(thing: T): void {
    const index = this.things.push(thing) - 1
    if (index >= this.next.length) {
      // Few things are found by looking at each.
      if (index < FEW) return
      this.resize(2 * index + 2)
      for (let i = 0; i < index; i++) this.link(i)
    }
    this.link(index)
  }

  /** All that lie at this place, in the order in which they were added, at most `most` of them. */
  at(place: Vec, most = 64): readonly T[] {
    if (this.next.length === 0) return this.among(place, most)
    const left = Math.floor((place.x - NEAR) / GRID)
    const right = Math.floor((place.x + NEAR) / GRID)
    const low = Math.floor((place.y - NEAR) / GRID)
    const high = Math.floor((place.y + NEAR) / GRID)
    let found: number[] | null = null
    for (let x = left; x <= right; x++)
      for (let y = low; y <= high; y++)
        for (let i = this.heads[this.bucket(x, y)]!; i >= 0; i = this.next[i]!) {
          const thing = this.things[i]!
          // Two cells may share a bucket: each takes its own.
          if (!near(thing, place) || Math.floor(thing.x / GRID) !== x || Math.floor(thing.y / GRID) !== y) continue
          if (found === null) found = [i]
          else found.push(i)
          if (found.length >= most) return this.inOrder(found)
        }
    return found === null ? NONE : this.inOrder(found)
  }

  has(place: Vec): boolean {
    if (this.next.length === 0) {
      for (const thing of this.things) if (near(thing, place)) return true
      return false
    }
    const left = Math.floor((place.x - NEAR) / GRID)
    const right = Math.floor((place.x + NEAR) / GRID)
    const low = Math.floor((place.y - NEAR) / GRID)
    const high = Math.floor((place.y + NEAR) / GRID)
    for (let x = left; x <= right; x++)
      for (let y = low; y <= high; y++)
        for (let i = this.heads[this.bucket(x, y)]!; i >= 0; i = this.next[i]!)
          if (near(this.things[i]!, place)) return true
    return false
  }

  /** Of a few things, those at this place. */
  private among(place: Vec, most: number): readonly T[] {
    let found: T[] | null = null
    for (const thing of this.things) {
      if (!near(thing, place)) continue
      if (found === null) found = [thing]
      else if (found.length < most) found.push(thing)
    }
    return found ?? NONE
  }

  private inOrder(found: number[]): T[] {
    if (found.length > 1) found.sort((a, b) => a - b)
    return found.map((i) => this.things[i]!)
  }

  private bucket(x: number, y: number): number {
    return (Math.imul(x, 73_856_093) ^ Math.imul(y, 19_349_663)) & (this.heads.length - 1)
  }

  private link(index: number): void {
    const { x, y } = this.things[index]!
    const bucket = this.bucket(Math.floor(x / GRID), Math.floor(y / GRID))
    this.next[index] = this.heads[bucket]!
    this.heads[bucket] = index
  }

  private resize(count: number): void {
    const size = 1 << (32 - Math.clz32(count))
    this.heads = new Array<number>(size).fill(-1)
    this.next = new Array<number>(size).fill(-1)
  }
}

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
  let left = Infinity
  let right = -Infinity
  let low = Infinity
  let high = -Infinity
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
  const ab = Math.hypot(b.x - a.x, b.y - a.y)
  const bc = Math.hypot(c.x - b.x, c.y - b.y)
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

/** Whether the chords at a point are 40° or more apart; ends of an open line are corners. Points at one place count once. */
export const bendsSharply = (points: readonly Vec[], i: number, closed: boolean): boolean => {
  const n = points.length
  const beside = (step: 1 | -1): Vec | undefined => {
    for (let k = 1; k < n; k++) {
      const other = closed ? points[(i + step * k + n) % n] : points[i + step * k]
      if (!other || !near(other, points[i]!)) return other
    }
    return undefined
  }
  const p = points[i]!
  const a = beside(-1)
  const b = beside(1)
  if (!a || !b) return true
  return Math.abs(turnBetween(Math.atan2(p.y - a.y, p.x - a.x), Math.atan2(b.y - p.y, b.x - p.x))) >= SURE_CORNER
}

/**
 * Where a line has a corner, judged by its points alone: the directions in which a curve through the points on either side comes
 * and goes differ by more than 10°. Ends of an open line are corners.
 */
export const corners = (points: readonly Vec[], closed: boolean): boolean[] => {
  const n = points.length
  const at = (i: number): Vec | undefined => (closed ? points[(i + n) % n] : points[i])
  return points.map((p, i) => {
    const a = at(i - 1)
    const b = at(i + 1)
    if (!a || !b) return true
    const chordIn = Math.atan2(p.y - a.y, p.x - a.x)
    const chordOut = Math.atan2(b.y - p.y, b.x - p.x)
    const plain = Math.abs(turnBetween(chordIn, chordOut))
    if (plain <= CORNER || plain >= SURE_CORNER) return plain >= SURE_CORNER
    const before = at(i - 2)
    const after = at(i + 2)
    const comes = before ? tangent(before, a, p) : chordIn
    const goes = after ? tangent(after, b, p) + Math.PI : chordOut
    return Math.abs(turnBetween(0, Math.atan2(Math.sin(goes - comes), Math.cos(goes - comes)))) > CORNER
  })
}
