import { type Outcome, type Refused, refuse } from '../apply.ts'
import { drawnOf, isStraight, lengthOf, partOf, tangentAt } from '../curve.ts'
import type { EdgeId, Key, NotchPlace, Pattern, Piece, Run, Shape, Vec } from '../model.ts'
import { along, dot, unit } from '../vec.ts'
import { unchanged } from './edges.ts'
import { eachSize, isRefused, reshaped, withRuns } from './parts.ts'

/** One piece with its shapes changed in the sizes given; where no shape changes it is the pattern itself. */
export const reshape = (
  pattern: Pattern,
  piece: Piece,
  sizes: readonly number[],
  change: (shape: Shape, size: number) => Shape | Refused,
): Outcome => {
  const shapes = eachSize(pattern, piece, sizes, change)
  if (!isRefused(shapes) && shapes.every((shape, size) => shape === piece.shapes[size])) return unchanged(pattern)
  return reshaped(pattern, piece, shapes, sizes)
}

/** An edge keeps at least this much, mm. */
export const LEAST = 0.5

const extended = (run: Run, by: number): Run => {
  const end = run.keys.at(-1) as Key
  const direction = tangentAt(run, lengthOf(run))
  const far: Key = { ...end, ...along(end, direction, by) }
  const two = run.keys.length === 2 && run.drawn === null
  if (two) return { keys: [run.keys[0] as Key, far], drawn: null }
  // The drawn line goes on straight: the old end stays as a key in it.
  const whole = partOf(run, 0, lengthOf(run))
  const inner: Key = { x: end.x, y: end.y, turn: false }
  const keys = [...whole.keys.slice(0, -1), inner, far]
  return { keys, drawn: [...(whole.drawn ?? whole.keys), { x: far.x, y: far.y }] }
}

const turnedRound = (run: Run): Run => ({
  keys: run.keys.toReversed(),
  drawn: run.drawn === null ? null : run.drawn.toReversed(),
})

/**
 * A run made longer by `by` mm at its end, straight on along its tangent, or shorter (negative) along itself. Null where less than LEAST
 * would be left. By 0 it is the run.
 */
export const slideEnd = (run: Run, by: number): Run | null => {
  if (by === 0) return run
  if (by > 0) return extended(run, by)
  const left = lengthOf(run) + by
  if (left < LEAST) return null
  const cut = partOf(run, 0, left)
  const [last, old] = [cut.keys.at(-1) as Key, run.keys.at(-1) as Key]
  return { ...cut, keys: [...cut.keys.slice(0, -1), { ...last, turn: old.turn }] }
}
/** The same at its start. */
export const slideStart = (run: Run, by: number): Run | null => {
  if (by === 0) return run
  const slid = slideEnd(turnedRound(run), by)
  return slid && turnedRound(slid)
}

/** Why the ends of an edge can't slide along its neighbours: it is the whole ring, and has none. */
export const withoutNeighbours = ({ id, edges }: Piece, edge: EdgeId): Refused | null =>
  edges.length === 1 ? refuse('closed-edge', { piece: id, edge }) : null

/** Directions at the two ends of a run, both in the way it runs. */
export const tangents = (run: Run): [Vec, Vec] => [tangentAt(run, 0), tangentAt(run, lengthOf(run))]

/** `direction` brought to exactly `wanted` where it is within 2° of it. */
export const snapped = (direction: Vec, wanted: Vec): Vec => {
  const u = unit(wanted)
  return dot(unit(direction), u) > Math.cos((2 * Math.PI) / 180) ? u : unit(direction)
}

/**
 * A shape with other runs whose edge `prev` slid at its end and `next` at its start, as `slideEnd` and `slideStart` do: their notches stay where
 * they are in the cloth; one that lay on what was cut off lies at the corner. Notches of other edges keep their share.
 */
export const withSlid = (piece: Piece, shape: Shape, runs: readonly Run[], prev: number, next: number): Shape => {
  const out = withRuns(piece, shape, runs)
  if (prev === next) return out
  return {
    ...out,
    notches: out.notches.map((place, i): NotchPlace | null => {
      const edge = piece.edges.findIndex(({ id }) => id === piece.notches[i]?.edge)
      const [old, was, is] = [shape.notches[i], shape.runs[edge], runs[edge]]
      if (!place || !old || !was || !is || was === is || (edge !== prev && edge !== next)) return place
      const length = lengthOf(is)
      const s = edge === prev ? old.s : old.s + length - lengthOf(was)
      return { ...old, s: Math.min(length, Math.max(0, s)) }
    }),
  }
}

/** The run with its curve drawn out, so that a map carries the curve itself and not only the keys that it goes through. */
export const drawnOut = (run: Run): Run =>
  run.drawn !== null || isStraight(run) ? run : { keys: run.keys, drawn: drawnOf(run) }
