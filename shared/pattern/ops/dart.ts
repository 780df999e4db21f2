import { type Refused, refuse } from '../apply.ts'
import { drawnOf, isStraight, keyLengths, lengthOf, mapRun, tangentAt } from '../curve.ts'
import type { EdgeId, Key, Pattern, Piece, Run, Shape, Vec } from '../model.ts'
import { add, angleBetween, cross, dist, scale, sub } from '../vec.ts'
import { beside, endOf, findEdge, isRefused, startOf } from './parts.ts'
import { drawnOut } from './reshape.ts'

/** A dart that is drawn in the outline: one leg to the point and one back, edges in ring order. */
export interface Dart {
  readonly piece: Piece
  readonly in: number
  readonly out: number
}

/** At the point of a dart the outline turns back by more than this, degrees. */
const TURNS_BACK = 90

/**
 * The dart that two edges are, in whichever order they were named: neighbours on one piece that meet in a point turned into the piece, in
 * every size that it has. Refused with `not-a-dart`, `other-piece`, `no-such-edge`.
 */
export const findDart = (pattern: Pattern, one: EdgeId, other: EdgeId): Dart | Refused => {
  const [first, second] = [findEdge(pattern, one), findEdge(pattern, other)]
  if (isRefused(first)) return first
  if (isRefused(second)) return second
  const { piece } = first
  if (second.piece.id !== piece.id) return refuse('other-piece', { piece: piece.id, edge: other })
  const no = refuse('not-a-dart', { piece: piece.id, edge: one })
  if (piece.edges.length < 4) return no
  const [into, out] =
    beside(piece, first.index, 1) === second.index ? [first.index, second.index] : [second.index, first.index]
  if (beside(piece, into, 1) !== out || into === out) return no
  if ([one, other].includes(piece.fold as EdgeId)) return no
  for (const shape of piece.shapes) {
    const [a, b] = [shape?.runs[into], shape?.runs[out]]
    if (!a || !b) continue
    const turn = angleBetween(sub(endOf(a), startOf(a)), sub(endOf(b), startOf(b)))
    if (turn > -TURNS_BACK) return no
  }
  return { piece, in: into, out }
}

/** Where a dart lies in one size. */
export interface DartAt {
  readonly apex: Vec
  /** Where the first leg begins and the second one ends. */
  readonly first: Vec
  readonly second: Vec
  readonly middle: Vec
}
export const dartAt = (shape: Shape, dart: Dart): DartAt => {
  const [a, b] = [shape.runs[dart.in] as Run, shape.runs[dart.out] as Run]
  const [first, second] = [startOf(a), endOf(b)]
  return { apex: endOf(a), first, second, middle: scale(add(first, second), 0.5) }
}

/** Least angle between a leg's chord and its direction at the mouth at which it counts as bent, as a sine (1.5°). */
const BENT = 0.026

/**
 * A leg with its point elsewhere: what lies at the mouth stays, and leaves it in the direction that it did. A bent leg is mapped as one
 * (affinely) by that; a straight or S-shaped one is stretched along its chord.
 */
export const legTo = (leg: Run, apex: Vec, apexAtEnd: boolean): Run => {
  const [mouth, old] = apexAtEnd ? [startOf(leg), endOf(leg)] : [endOf(leg), startOf(leg)]
  const step = sub(apex, old)
  if (step.x === 0 && step.y === 0) return leg
  const chord = sub(old, mouth)
  const direction = apexAtEnd ? tangentAt(leg, 0) : scale(tangentAt(leg, lengthOf(leg)), -1)
  const across = cross(direction, chord)
  const plain: Vec = { x: apex.x, y: apex.y }
  const fix = (run: Run): Run => {
    const at = apexAtEnd ? run.keys.length - 1 : 0
    const drawn = run.drawn === null ? null : run.drawn.with(apexAtEnd ? run.drawn.length - 1 : 0, plain)
    return { keys: run.keys.with(at, { ...(run.keys[at] as Key), ...plain }), drawn }
  }
  const oneSided = drawnOf(leg).every((p) => cross(direction, sub(p, mouth)) * across >= -1e-6 * Math.abs(across))
  if (!isStraight(leg) && oneSided && Math.abs(across) > BENT * dist(old, mouth))
    return fix(mapRun(drawnOut(leg), (p) => add(p, scale(step, cross(direction, sub(p, mouth)) / across))))
  const length = lengthOf(leg) || 1
  const share = (s: number) => (apexAtEnd ? s / length : 1 - s / length)
  const at = keyLengths(leg)
  const keys = leg.keys.map((key, i): Key => ({ ...key, ...add(key, scale(step, share(at[i] as number))) }))
  let s = 0
  const drawn =
    leg.drawn === null
      ? null
      : leg.drawn.map((p, i, all) => {
          const before = all[i - 1]
          if (before) s += dist(before, p)
          return add(p, scale(step, share(s)))
        })
  return fix({ keys, drawn })
}
