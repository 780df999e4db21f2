import { type Op, type Refused, refuse } from '../apply.ts'
import { drawnOf, keyLengths, lengthOf, pointAt, tangentAt } from '../curve.ts'
import {
  type EdgeId,
  type Key,
  type Pattern,
  type Piece,
  pieceOf,
  type Run,
  SAME_MM,
  type Shape,
  type Vec,
  withPiece,
} from '../model.ts'
import { along, angleBetween, dist, normal, scale } from '../vec.ts'
import { unchanged } from './edges.ts'
import { beside, endAt, findEdge, isRefused, lengthNotes, startAt, withRuns } from './parts.ts'
import { slideEnd, slideStart } from './reshape.ts'

/** Two sides whose lengths differ by more are no seam to be trued, mm. */
const MOST = 25
/** A corner that is off by more isn't trued but drawn anew, degrees. */
const TURN = 45
/** How far from the corner the neighbour bends, mm at most. */
const FADE = 120

/** A side of the seam: its edge, and the neighbour beyond the corner that is trued. */
interface Side {
  readonly piece: Piece
  readonly edge: number
  /** The corner is at the end of the edge. */
  readonly atEnd: boolean
  readonly next: number
}

/** Interior angle at the corner, degrees 0 to 360. */
const interior = (shape: Shape, { edge, next, atEnd }: Side): number => {
  const [run, other] = [shape.runs[edge] as Run, shape.runs[next] as Run]
  const turn = atEnd
    ? angleBetween(tangentAt(run, lengthOf(run)), tangentAt(other, 0))
    : angleBetween(tangentAt(other, lengthOf(other)), tangentAt(run, 0))
  return 180 - turn
}

/**
 * The neighbour turned at the corner by `degrees` (counter-clockwise as seen along it from the corner) and back to where it was within FADE:
 * at way s it is shifted sideways by tan(degrees) · s · (1 − s/fade)².
 */
const bent = (run: Run, degrees: number, fromStart: boolean): Run => {
  const length = lengthOf(run)
  const fade = Math.min(length, FADE)
  const slope = Math.tan((degrees * Math.PI) / 180)
  const put = (s: number): Vec => {
    const way = fromStart ? s : length - s
    const p = pointAt(run, s)
    if (way <= 0 || way >= fade) return p
    const left = normal(scale(tangentAt(run, s), fromStart ? 1 : -1))
    return along(p, left, slope * way * (1 - way / fade) ** 2)
  }
  const at = keyLengths(run)
  const extra = [0.15, 0.33, 0.6, 1].map((t) => (fromStart ? t * fade : length - t * fade))
  const stops = [...at.map((s, i) => ({ s, key: run.keys[i] as Key })), ...extra.map((s) => ({ s, key: null }))]
    .filter(({ s, key }) => key || (s > 1 && s < length - 1 && at.every((one) => Math.abs(one - s) > 2)))
    .sort((p, q) => p.s - q.s)
  const keys = stops.map(({ s, key }): Key => (key ? { ...key, ...put(s) } : { ...put(s), turn: false }))
  const marks = new Set<number>(stops.map(({ s }) => s))
  for (let s = 2; s < fade; s += 2) marks.add(fromStart ? s : length - s)
  const points = drawnOf(run)
  let s = 0
  for (let i = 1; i < points.length; i++) {
    s += dist(points[i - 1] as Vec, points[i] as Vec)
    marks.add(s)
  }
  const sorted = [
    0,
    ...[...marks].filter((one) => one > SAME_MM && one < length - SAME_MM).sort((a, b) => a - b),
    length,
  ]
  const drawn = sorted.map(put)
  const plain = ({ x, y }: Vec): Vec => ({ x, y })
  drawn[0] = plain(keys[0] as Vec)
  drawn[drawn.length - 1] = plain(keys.at(-1) as Vec)
  return { keys, drawn }
}

/** One side with its edge longer by `by`, and the neighbour carried along and turned. */
const trued = (shape: Shape, side: Side, by: number, degrees: number): Shape | Refused => {
  const { piece, edge, next, atEnd } = side
  const run = shape.runs[edge] as Run
  const slid = atEnd ? slideEnd(run, by) : slideStart(run, by)
  if (!slid) return refuse('too-short', { edge: piece.edges[edge]?.id as EdgeId, amount: lengthOf(run) })
  let other = shape.runs[next] as Run
  const corner = atEnd ? (slid.keys.at(-1) as Vec) : (slid.keys[0] as Vec)
  if (by !== 0) other = atEnd ? startAt(other, corner) : endAt(other, corner)
  if (Math.abs(degrees) > 1e-6) other = bent(other, degrees, atEnd)
  return withRuns(piece, shape, shape.runs.with(edge, slid).with(next, other))
}

/**
 * Trues a seam at one end: `end` of edge `a`, and of edge `b` the end that comes to lie on it (the other one, unless a seam of the pattern has the
 * two run the same way). First both edges are made equally long (but for the ease that their seam wants), each by half of what they
 * differ, at that end; then the edges beyond the corner are turned by half each of what the two corners lack of 180°, fading out
 * within 120 mm, so that the line runs across the closed seam without a point. Where one of these edges is a fold, that side stays and the
 * other takes all. What is true already stays.
 * Refused with `different-lengths` over 25 mm, `corner-off` over 45°, and `on-the-fold` where both sides end at a fold.
 */
export const trueSeam: Op<'trueSeam'> = (pattern, operation, sizes) => {
  const [one, two] = [findEdge(pattern, operation.a), findEdge(pattern, operation.b)]
  if (isRefused(one)) return one
  if (isRefused(two)) return two
  if (operation.a === operation.b) return refuse('same-edge', { piece: one.piece.id, edge: operation.a })
  const onFold = [one, two].find(({ piece, edge }) => piece.fold === edge.id)
  if (onFold) return refuse('on-the-fold', { piece: onFold.piece.id, edge: onFold.edge.id })
  const seam = pattern.seams.find(({ a, b }) => {
    const [first, second] = [a[0]?.edge, b[0]?.edge]
    return (
      a.length === 1 &&
      b.length === 1 &&
      ((first === operation.a && second === operation.b) || (first === operation.b && second === operation.a))
    )
  })
  const atEnd = operation.end === 'end'
  const otherAtEnd = !seam || seam.a[0]?.back !== seam.b[0]?.back ? !atEnd : atEnd
  const sideOf = ({ piece, index }: { piece: Piece; index: number }, ends: boolean): Side => ({
    piece,
    edge: index,
    atEnd: ends,
    next: beside(piece, index, ends ? 1 : -1),
  })
  const [sideA, sideB] = [sideOf(one, atEnd), sideOf(two, otherAtEnd)]
  const alone = [sideA, sideB].find(({ edge, next }) => edge === next)
  if (alone) return refuse('closed-edge', { piece: alone.piece.id, edge: alone.piece.edges[alone.edge]?.id as EdgeId })
  const isHeld = ({ piece, next }: Side): boolean => piece.edges[next]?.id === piece.fold
  // A fold is a line of the cloth: it neither turns nor moves, so the other side takes all.
  const shareA = isHeld(sideA) ? 0 : isHeld(sideB) ? 1 : 0.5
  const held = isHeld(sideA) && isHeld(sideB) ? refuse('on-the-fold', { piece: one.piece.id, edge: operation.a }) : null
  const eased = seam ? (seam.a[0]?.edge === operation.a ? seam.ease : -seam.ease) : 0

  let next: Pattern = pattern
  for (const size of sizes) {
    const shapeIn = (of: Pattern, { piece }: Side): Shape | null => pieceOf(of, piece.id)?.shapes[size] ?? null
    const [a, b] = [shapeIn(next, sideA), shapeIn(next, sideB)]
    if (!a || !b) continue
    const where = { piece: one.piece.id, edge: operation.a, size: pattern.sizes[size] ?? '' }
    const longer = lengthOf(a.runs[sideA.edge] as Run) - lengthOf(b.runs[sideB.edge] as Run) - eased
    if (Math.abs(longer) > MOST) return refuse('different-lengths', { ...where, amount: Math.abs(longer) })
    const by = Math.abs(longer) > SAME_MM ? longer : 0
    const put = (side: Side, amount: number, degrees: number): Refused | null => {
      const shape = shapeIn(next, side) as Shape
      const fresh = trued(shape, side, amount, degrees)
      if (isRefused(fresh)) return refuse(fresh.refusal.code, { ...where, piece: side.piece.id, ...fresh.refusal })
      if (amount !== 0 || degrees !== 0)
        next = withPiece(next, side.piece.id, (piece) => ({ ...piece, shapes: piece.shapes.with(size, fresh) }))
      return null
    }
    if (by !== 0) {
      const refused = held ?? put(sideA, -by * shareA, 0) ?? put(sideB, by * (1 - shareA), 0)
      if (refused) return refused
    }
    const [nowA, nowB] = [shapeIn(next, sideA) as Shape, shapeIn(next, sideB) as Shape]
    const lacks = 180 - interior(nowA, sideA) - interior(nowB, sideB)
    if (Math.abs(lacks) > TURN) return refuse('corner-off', where)
    if (Math.abs(lacks) < 0.01) continue
    // Opening a corner turns its neighbour to the right as seen from the corner where the corner is the edge's end.
    const turn = (side: Side, share: number): number => (side.atEnd ? -1 : 1) * lacks * share
    const refused = held ?? put(sideA, 0, turn(sideA, shareA)) ?? put(sideB, 0, turn(sideB, 1 - shareA))
    if (refused) return refused
  }
  if (next === pattern) return unchanged(pattern)
  const pieces = pattern.pieces.filter((piece) => pieceOf(next, piece.id) !== piece).map(({ id }) => id)
  return { ok: true, pattern: next, pieces, notes: lengthNotes(pattern, next, pieces, sizes) }
}
