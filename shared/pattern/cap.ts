import { drawnOf, lengthOf, tangentAt } from './curve.ts'
import type { Edge, Key, Piece, Run, Shape, Vec } from './model.ts'
import { add, along, angleBetween, cross, dist, dot, lerp, mirror, sub, unit } from './vec.ts'

/** At the point of a dart the outline turns back by more than this, degrees. */
const TURNS_BACK = 90
/** How many times the width of the mouth the line beside it may run on to meet the middle of the dart. */
const REACH = 4

/** The first place where a line, run on straight, crosses the line through `m` along `w`; with the points before it. */
const upTo = (line: readonly Vec[], m: Vec, w: Vec, reach: number): Vec[] | null => {
  const [last, before] = [line.at(-1) as Vec, line.at(-2) as Vec]
  const far = [...line, along(last, unit(sub(last, before)), reach)]
  const side = (p: Vec): number => cross(w, sub(p, m))
  const out: Vec[] = [far[0] as Vec]
  for (let i = 1; i < far.length; i++) {
    const [a, b] = [far[i - 1] as Vec, far[i] as Vec]
    if (side(a) * side(b) > 0) {
      out.push(b)
      continue
    }
    if (side(a) === side(b)) return null
    return [...out, lerp(a, b, side(a) / (side(a) - side(b)))]
  }
  return null
}

const corner = ({ x, y }: Vec): Key => ({ x, y, turn: true })
const lineOf = (points: readonly Vec[]): Run => ({
  keys: [corner(points[0] as Vec), corner(points.at(-1) as Vec)],
  drawn: points.length > 2 ? points.map(({ x, y }) => ({ x, y })) : null,
})

/**
 * How far around the ring the fold is from the edge before a dart and from the one after it; a folded dart lies towards the nearer. Without a fold
 * it lies towards the edge before it.
 */
const liesBefore = (piece: Piece, shape: Shape, into: number): boolean => {
  const n = piece.edges.length
  const fold = piece.edges.findIndex(({ id }) => id === piece.fold)
  if (fold < 0) return true
  const length = (i: number): number => lengthOf(shape.runs[(i + n) % n] as Run)
  let [back, on] = [0, 0]
  for (let i = into - 1; (i + n) % n !== fold; i--) back += length(i)
  for (let i = into + 2; i % n !== fold; i++) on += length(i)
  return back <= on
}

/**
 * The cut line across the mouth of a dart that is folded, not cut out: what the scissors leave when the dart is pinned shut, laid to one side and
 * cut along with the edge there. Half of it is the cut line beside the mouth turned over at the leg, the other half that one turned over at
 * the middle of the dart; they meet in the peak of the cap.
 *
 * @param out cut runs of both neighbours: they end and begin on the legs, drawn on
 * @returns the runs of both legs, from leg to peak and from peak to leg; straight across where the cut line beside it doesn't reach the middle
 */
const capOf = (legs: readonly [Run, Run], out: readonly [Run, Run], before: boolean): [Run, Run] => {
  const [start, end] = [drawnOf(out[0]).at(-1) as Vec, drawnOf(out[1])[0] as Vec]
  const [a, b] = [tangentAt(legs[0], 0), tangentAt(legs[1], lengthOf(legs[1]))]
  const [middle, way] = [lerp(start, end, 0.5), unit(sub(a, b))]
  const near = before ? drawnOf(out[0]).toReversed() : drawnOf(out[1])
  const [at, leg] = before ? [start, a] : [end, b]
  const half = upTo(
    near.map((p) => mirror(p, at, add(at, leg))),
    middle,
    way,
    REACH * dist(start, end),
  )
  if (!half) return [lineOf([start, middle]), lineOf([middle, end])]
  const peak = half.at(-1) as Vec
  const back = half.toReversed().map((p) => mirror(p, middle, add(middle, way)))
  back[0] = peak
  const other = dist(back.at(-1) as Vec, before ? end : start) > 1e-6 ? [...back, before ? end : start] : back
  return before ? [lineOf(half), lineOf(other)] : [lineOf(other.toReversed()), lineOf(half.toReversed())]
}

/**
 * Cut runs with a cap at each dart whose point has the corner `folded`: neighbours without allowance that turn back at it, between edges that
 * have one.
 *
 * @param runs the cut line as it would run down the legs, one run an edge
 */
export const capped = (piece: Piece, shape: Shape, runs: readonly Run[]): readonly Run[] => {
  const n = piece.edges.length
  let out = runs
  for (const [i, edge] of piece.edges.entries()) {
    if (edge.corner !== 'folded' || n < 4) continue
    const [prev, j, next] = [(i + n - 1) % n, (i + 1) % n, (i + 2) % n]
    const [other, one, two] = [piece.edges[j], piece.edges[prev], piece.edges[next]] as [Edge, Edge, Edge]
    const isPlain = [edge, other, one, two].every(({ id }) => id !== piece.fold)
    if (!isPlain || edge.allowance || other.allowance || !one.allowance || !two.allowance) continue
    const legs = [shape.runs[i] as Run, shape.runs[j] as Run] as const
    const chord = ({ keys }: Run): Vec => sub(keys.at(-1) as Vec, keys[0] as Vec)
    if (angleBetween(chord(legs[0]), chord(legs[1])) > -TURNS_BACK) continue
    const beside = [out[prev] as Run, out[next] as Run] as const
    if (dot(chord(legs[0]), tangentAt(legs[0], 0)) <= 0) continue
    const [first, second] = capOf(legs, beside, liesBefore(piece, shape, i))
    out = out.with(i, first).with(j, second)
  }
  return out
}
