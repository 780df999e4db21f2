import { lengthOf, straightRun } from '../curve.ts'
import type { EdgeId, Pattern, Piece, Run, Seam, SeamId, Vec } from '../model.ts'
import { along, dist, sub, unit } from '../vec.ts'
import type { Dart } from './dart.ts'
import { freshId } from './edges.ts'
import { runsInside } from './inside.ts'
import { beside, endAt, endOf, startAt, startOf } from './parts.ts'

/** The seam that shuts a dart. */
export const legSeam = (pattern: Pattern, inwards: EdgeId, outwards: EdgeId): Seam => ({
  id: freshId<SeamId>(inwards, '', new Set(pattern.seams.map(({ id }) => id))),
  a: [{ edge: inwards, back: false }],
  b: [{ edge: outwards, back: true }],
  confirmed: true,
  ease: 0,
})

/** Legs this different are sewn as they are, mm. */
const EQUAL = 1e-6

/**
 * Makes both legs as long as their mean, each drawn longer or shorter along itself at the mouth; the edges beside the dart follow with
 * their ends. Beside a fold the leg stays and the other takes its length. The runs themselves where the legs are equal.
 */
export const truedLegs = (piece: Piece, runs: readonly Run[], dart: Dart): readonly Run[] => {
  const [before, after] = [beside(piece, dart.in, -1), beside(piece, dart.out, 1)]
  const isFold = (index: number) => piece.fold !== null && piece.edges[index]?.id === piece.fold
  let [a, b] = [runs[dart.in] as Run, runs[dart.out] as Run]
  if (Math.abs(lengthOf(a) - lengthOf(b)) <= EQUAL) return runs
  const mean = isFold(before) ? lengthOf(a) : isFold(after) ? lengthOf(b) : (lengthOf(a) + lengthOf(b)) / 2
  const apex = endOf(a)
  const away = (p: Vec, by: number): Vec => along(p, unit(sub(p, apex)), by)
  // Straight legs are right at once; a bent one is carried along and comes near in a few steps.
  for (let i = 0; i < 4 && Math.abs(lengthOf(a) - mean) > EQUAL; i++)
    a = startAt(a, away(startOf(a), mean - lengthOf(a)))
  for (let i = 0; i < 4 && Math.abs(lengthOf(b) - mean) > EQUAL; i++) b = endAt(b, away(endOf(b), mean - lengthOf(b)))
  const out = [...runs]
  out[dart.in] = a
  out[dart.out] = b
  out[before] = endAt(out[before] as Run, startOf(a))
  out[after] = startAt(out[after] as Run, endOf(b))
  return out
}

/** Whether both straight legs to an apex stay in an outline that their mouth lies on. */
export const fitsDart = (outline: readonly Vec[], a: Vec, apex: Vec, b: Vec): boolean =>
  [a, b].every((p) => dist(p, apex) > 0 && runsInside(outline, straightRun(p, apex), 'end'))
