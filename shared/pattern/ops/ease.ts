import { type Op, refuse } from '../apply.ts'
import { drawnOf, isStraight, keyLengths, lengthOf, pointAt, tangentAt } from '../curve.ts'
import { type Key, type Run, SAME_MM, type Shape, type Vec } from '../model.ts'
import { add, along, cross, dist, dot, normal, scale, sub, unit } from '../vec.ts'
import { beside, endAt, findEdge, isRefused, matesOf, startAt, telling, timesOf, toldSize } from './parts.ts'
import { reshape, slideEnd, slideStart, withoutNeighbours, withSlid } from './reshape.ts'

/** Millimetres outwards at a share of the edge: 0 at the ends of the edge unless the profile begins or ends there, straight between. */
type Profile = (t: number) => number

/** Where a profile bends: share of the edge and mm outwards, in order. */
type Node = readonly [number, number]

const nodesOf = (from: number, to: number, atFrom: number, atTo: number): readonly Node[] => [
  ...(from > 0 ? ([[0, 0]] as const) : []),
  [from, atFrom],
  [to, atTo],
  ...(to < 1 ? ([[1, 0]] as const) : []),
]

const profileOf =
  (nodes: readonly Node[]): Profile =>
  (t) => {
    for (let i = 1; i < nodes.length; i++) {
      const [[a, p], [b, q]] = [nodes[i - 1] as Node, nodes[i] as Node]
      if (t <= b || i === nodes.length - 1) return b > a ? p + (q - p) * Math.min(1, Math.max(0, (t - a) / (b - a))) : q
    }
    return 0
  }

/** Rise for its run at which a taper is a step that nobody could sew. */
const STEEP = 4

const isStep = (nodes: readonly Node[], length: number): boolean =>
  nodes.some(([b, q], i) => {
    const [a, p] = nodes[i - 1] ?? [b, q]
    return Math.abs(q - p) > STEEP * (b - a) * length
  })

const outwards = (run: Run, s: number): Vec => scale(normal(tangentAt(run, s)), -1)

/** An edge that lies nearly along its neighbour can't slide along it: cosine of 80°. */
const ACROSS = 0.17

/** Where an end of an edge comes to lie, with its neighbour brought to it; not `slides` where that had to leave its own line. */
interface Met {
  readonly at: Vec
  readonly beside: Run
  readonly slides: boolean
}

/**
 * Where the end of an edge goes when it moves `by` outwards: along the neighbour's own line, which gets longer or shorter. Where the neighbour goes
 * on nearly in the same direction the end moves square to the edge, and the neighbour is carried along.
 */
const corner = (run: Run, atEnd: boolean, beside: Run, by: number): Met | null => {
  const s = atEnd ? lengthOf(run) : 0
  const at = pointAt(run, s)
  if (by === 0) return { at, beside, slides: true }
  const out = outwards(run, s)
  const away = atEnd ? scale(tangentAt(beside, 0), -1) : tangentAt(beside, lengthOf(beside))
  const across = dot(away, out)
  if (Math.abs(across) < ACROSS) {
    const to = along(at, out, by)
    return { at: to, beside: atEnd ? startAt(beside, to) : endAt(beside, to), slides: false }
  }
  const slid = atEnd ? slideStart(beside, by / across) : slideEnd(beside, by / across)
  return slid && { at: (atEnd ? slid.keys[0] : slid.keys.at(-1)) as Vec, beside: slid, slides: true }
}

const offset = (run: Run, profile: Profile, from: Vec, to: Vec, nodes: readonly number[]): Run => {
  const length = lengthOf(run)
  const place = (s: number): Vec => along(pointAt(run, s), outwards(run, s), profile(length > 0 ? s / length : 0))
  // The ends lie on the neighbours' lines; what that is off the square is spread along the edge.
  const [byFrom, byTo] = [sub(from, place(0)), sub(to, place(length))]
  const put = (s: number): Vec => {
    const t = length > 0 ? s / length : 0
    return add(place(s), add(scale(byFrom, 1 - t), scale(byTo, t)))
  }
  const plain = ({ x, y }: Vec): Vec => ({ x, y })
  const at = keyLengths(run)
  const keys = run.keys.map(
    (key, i, all): Key => ({
      ...key,
      ...(i === 0 ? plain(from) : i === all.length - 1 ? plain(to) : put(at[i] as number)),
    }),
  )
  if (isStraight(run) && nodes.length === 0) return { keys, drawn: null }
  for (const t of nodes) {
    const s = t * length
    if (at.some((one) => Math.abs(one - s) < 1)) continue
    const index = at.findIndex((one) => one > s)
    keys.splice(index, 0, { ...put(s), turn: false })
    at.splice(index, 0, s)
  }
  const points = drawnOf(run)
  const stops = [...at]
  let s = 0
  for (let i = 1; i < points.length; i++) {
    s += dist(points[i - 1] as Vec, points[i] as Vec)
    stops.push(s)
  }
  stops.sort((a, b) => a - b)
  const drawn: Vec[] = []
  let last = -1
  for (const one of stops) {
    if (one - last < SAME_MM && last >= 0) continue
    drawn.push(put(one))
    last = one
  }
  drawn[0] = plain(from)
  drawn[drawn.length - 1] = plain(to)
  return { keys, drawn }
}

/** Whether an edge lies rather along the grain than across it: let out, it makes the garment wider and not longer. */
const runsAlongGrain = ({ runs, grain }: Shape, index: number): boolean => {
  const [from, to] = [runs[index]?.keys[0], runs[index]?.keys.at(-1)]
  if (!grain || !from || !to) return false
  const way = unit(sub(grain[1], grain[0]))
  return Math.abs(dot(way, sub(to, from))) > Math.abs(cross(way, sub(to, from)))
}

/**
 * Lets an edge out (positive) or takes it in, mm square to it: `atFrom` at share `from` of its length and `atTo` at share `to`, straight between;
 * outside of them it tapers to 0 at the ends of the edge. An end that moves slides along the line of the edge beside it. Area changes by
 * the mean amount times the length, but for what corners and bends add. `from` after `to` is the same, read from the other side.
 *
 * @returns refused with `steps` where it tapers by more than 4 mm a mm, `too-short` where the edge beside has no room, `closed-edge`, and
 *   `on-the-fold` where the edge is the fold, or goes on from it in its direction and would pull it off its line
 */
export const ease: Op<'ease'> = (pattern, operation, sizes) => {
  const found = findEdge(pattern, operation.edge)
  if (isRefused(found)) return found
  const { piece, index } = found
  if (piece.fold === operation.edge) return refuse('on-the-fold', { piece: piece.id, edge: operation.edge })
  const back = operation.from > operation.to
  const [from, to] = back ? [operation.to, operation.from] : [operation.from, operation.to]
  const [atFrom, atTo] = back ? [operation.atTo, operation.atFrom] : [operation.atFrom, operation.atTo]
  const profile = profileOf(nodesOf(from, to, atFrom, atTo))
  const nodes = [from, to].filter((t, i, all) => t > 0 && t < 1 && all.indexOf(t) === i)
  const alone = withoutNeighbours(piece, operation.edge)
  if (alone) return alone
  const [prev, next] = [beside(piece, index, -1), beside(piece, index, 1)]

  const outcome = reshape(pattern, piece, sizes, (shape) => {
    if (atFrom === 0 && atTo === 0) return shape
    const [run, before, after] = [shape.runs[index] as Run, shape.runs[prev] as Run, shape.runs[next] as Run]
    if (isStep(nodesOf(from, to, atFrom, atTo), lengthOf(run))) return refuse('steps', { edge: operation.edge })
    const start = corner(run, false, before, profile(0))
    if (!start) return refuse('too-short', { edge: piece.edges[prev]?.id ?? operation.edge, amount: lengthOf(before) })
    // In a ring of two edges one neighbour meets both ends.
    const end = corner(run, true, prev === next ? start.beside : after, profile(1))
    if (!end) return refuse('too-short', { edge: piece.edges[next]?.id ?? operation.edge, amount: lengthOf(after) })
    const isPulled = (met: Met, neighbour: number): boolean => !met.slides && piece.edges[neighbour]?.id === piece.fold
    if (isPulled(start, prev) || isPulled(end, next)) return refuse('on-the-fold', { edge: operation.edge })
    const fresh = offset(run, profile, start.at, end.at, nodes)
    const runs = shape.runs.with(index, fresh).with(prev, start.beside).with(next, end.beside)
    return withSlid(piece, shape, runs, prev, next)
  })
  return telling(outcome, () => {
    const widest = Math.abs(atFrom) > Math.abs(atTo) ? atFrom : atTo
    const of = { piece: piece.id, edge: operation.edge }
    const mates = matesOf(pattern.seams, operation.edge)
    const count = timesOf(piece)
    const shape = piece.shapes[toldSize(pattern, sizes)]
    const girth = shape && count > 1 && runsAlongGrain(shape, index) ? [{ code: 'girth', count } as const] : []
    return [
      ...girth.map((note) => ({ ...note, ...of, amount: widest * count })),
      ...mates.map((other) => ({ code: 'mate-stayed', ...of, other }) as const),
    ]
  })
}
