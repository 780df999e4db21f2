import { lengthOf, nearestOn, pointAt, tangentAt } from '../../shared/pattern/curve.ts'
import {
  type EdgeId,
  edgeOf,
  type OnEdge,
  type Pattern,
  type Piece,
  type PieceId,
  pieceOf,
  type Run,
  type Shape,
  type Vec,
} from '../../shared/pattern/model.ts'
import { type Operation, type OperationName, type OperationOf, settle } from '../../shared/pattern/operation.ts'
import { placeOf } from '../../shared/pattern/place.ts'
import { type Box, boxOf } from '../../shared/pattern/ring.ts'

/** Something of an operation that can be taken hold of. In the coordinates of its piece: millimetres, y upwards. */
export interface Handle {
  readonly name: string
  readonly piece: PieceId
  readonly at: Vec
  /** The parameters that it changes, whose numbers stand beside it. */
  readonly fields: readonly string[]
  /** From where the number is measured: a thin line is drawn from there; null where there is nothing to measure from. */
  readonly from: Vec | null
  /** The operation as it would be with the handle there, in the grain of the wire. */
  drag(to: Vec): Operation
}

const plus = (a: Vec, b: Vec, k = 1): Vec => ({ x: a.x + b.x * k, y: a.y + b.y * k })
const along = (v: Vec, direction: Vec): number => v.x * direction.x + v.y * direction.y
const less = (a: Vec, b: Vec): Vec => ({ x: a.x - b.x, y: a.y - b.y })
const back = (v: Vec): Vec => ({ x: -v.x, y: -v.y })
/** Outwards: the interior of a counter-clockwise ring is on the left. */
const outward = (tangent: Vec): Vec => ({ x: tangent.y, y: -tangent.x })

interface Spot {
  readonly piece: Piece
  readonly shape: Shape
  readonly run: Run
  readonly index: number
}

/** An operation on one size of a pattern: what the handles are computed from. */
class Bench {
  readonly #pattern: Pattern
  readonly #size: number

  constructor(pattern: Pattern, size: number) {
    this.#pattern = pattern
    this.#size = size
  }

  edge(id: EdgeId): Spot | null {
    const found = edgeOf(this.#pattern, id)
    const shape = found?.piece.shapes[this.#size]
    const run = found && shape?.runs[found.index]
    return found && shape && run ? { piece: found.piece, shape, run, index: found.index } : null
  }

  /** The edge before (−1) or after (+1) one in its ring. */
  beside({ piece, shape, index }: Spot, step: 1 | -1): Run | null {
    return shape.runs[(index + step + piece.edges.length) % piece.edges.length] ?? null
  }

  piece(id: PieceId): { piece: Piece; shape: Shape } | null {
    const piece = pieceOf(this.#pattern, id)
    const shape = piece?.shapes[this.#size]
    return piece && shape ? { piece, shape } : null
  }

  *pieces(): Iterable<{ piece: Piece; shape: Shape }> {
    for (const piece of this.#pattern.pieces) {
      const shape = piece.shapes[this.#size]
      if (shape) yield { piece, shape }
    }
  }

  /** A handle that slides along an edge and sets a share of its length. */
  slide(operation: Operation, name: string, place: OnEdge, set: (t: number) => Operation): Handle[] {
    const spot = this.edge(place.edge)
    if (!spot) return []
    const length = lengthOf(spot.run)
    return [
      {
        name,
        piece: spot.piece.id,
        at: pointAt(spot.run, place.t * length),
        fields: [name],
        from: pointAt(spot.run, 0),
        drag: (to) => (length === 0 ? operation : settle(set(nearestOn(spot.run, to).s / length))),
      },
    ]
  }
}

/** A handle on a straight line: how far it is from `origin` in `direction` (a unit vector) is the number. */
const pull = (
  name: string,
  piece: PieceId,
  origin: Vec,
  direction: Vec,
  amount: number,
  set: (amount: number) => Operation,
): Handle => ({
  name,
  piece,
  at: plus(origin, direction, amount),
  fields: [name],
  from: origin,
  drag: (to) => settle(set(along(less(to, origin), direction))),
})

/** A handle that moves freely: both numbers are its way from `origin`. */
const carry = (
  piece: PieceId,
  origin: Vec,
  dx: number,
  dy: number,
  set: (dx: number, dy: number) => Operation,
): Handle => ({
  name: 'dx',
  piece,
  at: { x: origin.x + dx, y: origin.y + dy },
  fields: ['dx', 'dy'],
  from: origin,
  drag: (to) => settle(set(to.x - origin.x, to.y - origin.y)),
})

const middleOf = (run: Run): { at: Vec; out: Vec } => {
  const half = lengthOf(run) / 2
  return { at: pointAt(run, half), out: outward(tangentAt(run, half)) }
}
const endOf = (run: Run): Vec => pointAt(run, lengthOf(run))
const tangentAtEnd = (run: Run): Vec => tangentAt(run, lengthOf(run))

/** How far the offset handles of allowances stand from where the allowance begins. */
const offsetHandles = (
  bench: Bench,
  edge: EdgeId,
  name: string,
  amount: number,
  set: (n: number) => Operation,
): Handle[] => {
  const spot = bench.edge(edge)
  if (!spot) return []
  const { at, out } = middleOf(spot.run)
  // On a ring that is the cut line the allowance is measured inwards, to the sew line that stays.
  const known = spot.piece.edges[spot.index]?.allowance ?? 0
  const origin = spot.piece.ring === 'cut' ? plus(at, out, -known) : at
  return [pull(name, spot.piece.id, origin, out, amount, set)]
}

type Apex = { readonly spot: Spot; readonly apex: Vec; readonly axis: Vec; readonly mouth: Vec }
/** The point of a dart whose legs are two edges in ring order, and the direction from its mouth to its point. */
const dart = (bench: Bench, first: EdgeId): Apex | null => {
  const spot = bench.edge(first)
  const second = spot && bench.beside(spot, 1)
  if (!spot || !second) return null
  const apex = endOf(spot.run)
  const [a, b] = [pointAt(spot.run, 0), endOf(second)]
  const mouth = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  const length = Math.hypot(apex.x - mouth.x, apex.y - mouth.y)
  if (length === 0) return null
  return { spot, apex, axis: { x: (apex.x - mouth.x) / length, y: (apex.y - mouth.y) / length }, mouth }
}

/** A place as shares of a box, from its lower left corner; and back. */
const shareOfBox = ({ minX, minY, maxX, maxY }: Box, p: Vec): [number, number] => [
  maxX === minX ? 0 : (p.x - minX) / (maxX - minX),
  maxY === minY ? 0 : (p.y - minY) / (maxY - minY),
]
const inBox = ({ minX, minY, maxX, maxY }: Box, x: number, y: number): Vec => ({
  x: minX + x * (maxX - minX),
  y: minY + y * (maxY - minY),
})

type HandlesOf = { [N in OperationName]: (operation: OperationOf<N>, bench: Bench) => Handle[] }

const none = (): Handle[] => []

const HANDLES: HandlesOf = {
  stitch: (op, bench) =>
    op.edges
      .slice(0, 1)
      .flatMap((edge) => offsetHandles(bench, edge, 'allowance', op.allowance, (allowance) => ({ ...op, allowance }))),
  neckline(op, bench) {
    const spot = bench.edge(op.edge)
    const before = spot && bench.beside(spot, -1)
    const after = spot && bench.beside(spot, 1)
    if (!spot || !before || !after) return []
    const start = { at: pointAt(spot.run, 0), away: back(tangentAtEnd(before)) }
    const end = { at: endOf(spot.run), away: tangentAt(after, 0) }
    if (op.centre === 'middle') {
      const { at, out } = middleOf(spot.run)
      return [
        pull('drop', spot.piece.id, at, back(out), op.drop, (drop) => ({ ...op, drop })),
        pull('widen', spot.piece.id, start.at, start.away, op.widen, (widen) => ({ ...op, widen })),
      ]
    }
    const [centre, shoulder] = op.centre === 'end' ? [end, start] : [start, end]
    return [
      pull('drop', spot.piece.id, centre.at, centre.away, op.drop, (drop) => ({ ...op, drop })),
      pull('widen', spot.piece.id, shoulder.at, shoulder.away, op.widen, (widen) => ({ ...op, widen })),
    ]
  },
  lengthen: (op, bench) =>
    op.pieces.slice(0, 1).flatMap((id) => {
      const found = bench.piece(id)
      const box = found && boxOf(found.shape.runs.flatMap(({ keys }) => keys))
      if (!found || !box) return []
      const [from, to] = found.shape.grain ?? [
        { x: 0, y: 0 },
        { x: 0, y: 1 },
      ]
      const length = Math.hypot(to.x - from.x, to.y - from.y)
      const grain = length === 0 ? { x: 0, y: 1 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
      const reach = found.shape.runs.flatMap(({ keys }) => keys.map((key) => along(key, grain)))
      const [low, high] = [Math.min(...reach), Math.max(...reach)]
      const middle = { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 }
      const here = plus(middle, grain, low + op.at * (high - low) - along(middle, grain))
      return [
        {
          name: 'at',
          piece: id,
          at: here,
          fields: ['at'],
          from: null,
          drag: (p: Vec) => settle({ ...op, at: (along(p, grain) - low) / Math.max(1e-6, high - low) }),
        },
        pull('by', id, here, grain, op.by, (by) => ({ ...op, by })),
      ]
    }),
  ease(op, bench) {
    const spot = bench.edge(op.edge)
    if (!spot) return []
    const length = lengthOf(spot.run)
    const at = (t: number) => ({ at: pointAt(spot.run, t * length), out: outward(tangentAt(spot.run, t * length)) })
    const [from, to] = [at(op.from), at(op.to)]
    return [
      pull('atFrom', spot.piece.id, from.at, from.out, op.atFrom, (atFrom) => ({ ...op, atFrom })),
      pull('atTo', spot.piece.id, to.at, to.out, op.atTo, (atTo) => ({ ...op, atTo })),
      ...bench.slide(op, 'from', { edge: op.edge, t: op.from }, (t) => ({ ...op, from: t })),
      ...bench.slide(op, 'to', { edge: op.edge, t: op.to }, (t) => ({ ...op, to: t })),
    ]
  },
  dartMove(op, bench) {
    const found = dart(bench, op.in)
    return found ? [carry(found.spot.piece.id, found.apex, op.dx, op.dy, (dx, dy) => ({ ...op, dx, dy }))] : []
  },
  dartLength(op, bench) {
    const found = dart(bench, op.in)
    return found ? [pull('by', found.spot.piece.id, found.apex, found.axis, op.by, (by) => ({ ...op, by }))] : []
  },
  dartRotate: (op, bench) => bench.slide(op, 'at', { edge: op.to, t: op.at }, (at) => ({ ...op, at })),
  dartAdd(op, bench) {
    const spot = bench.edge(op.edge)
    if (!spot) return []
    const here = op.at * lengthOf(spot.run)
    const mouth = pointAt(spot.run, here)
    const tangent = tangentAt(spot.run, here)
    const inward = back(outward(tangent))
    const turn = (op.tilt * Math.PI) / 180
    const axis = {
      x: inward.x * Math.cos(turn) - inward.y * Math.sin(turn),
      y: inward.x * Math.sin(turn) + inward.y * Math.cos(turn),
    }
    return [
      ...bench.slide(op, 'at', { edge: op.edge, t: op.at }, (at) => ({ ...op, at })),
      {
        name: 'length',
        piece: spot.piece.id,
        at: plus(mouth, axis, op.length),
        fields: ['length', 'tilt'],
        from: mouth,
        drag(p) {
          const v = less(p, mouth)
          const tilt = (Math.atan2(inward.x * v.y - inward.y * v.x, along(v, inward)) * 180) / Math.PI
          return settle({ ...op, length: Math.hypot(v.x, v.y), tilt })
        },
      },
      pull('width', spot.piece.id, mouth, tangent, op.width / 2, (half) => ({ ...op, width: 2 * half })),
    ]
  },
  dartClose: none,
  slash(op, bench) {
    const spot = bench.edge(op.edge)
    if (!spot) return []
    const here = op.at * lengthOf(spot.run)
    return [
      pull('by', spot.piece.id, pointAt(spot.run, here), tangentAt(spot.run, here), op.by, (by) => ({ ...op, by })),
      ...bench.slide(op, 'at', { edge: op.edge, t: op.at }, (at) => ({ ...op, at })),
      ...bench.slide(op, 'pivotAt', { edge: op.pivot, t: op.pivotAt }, (pivotAt) => ({ ...op, pivotAt })),
    ]
  },
  trueSeam: none,
  allowance: (op, bench) =>
    op.edges
      .slice(0, 1)
      .flatMap((edge) => offsetHandles(bench, edge, 'allowance', op.allowance, (allowance) => ({ ...op, allowance }))),
  hem: (op, bench) => offsetHandles(bench, op.edge, 'depth', op.depth, (depth) => ({ ...op, depth })),
  notchAdd: (op, bench) => bench.slide(op, 'at', { edge: op.edge, t: op.at }, (at) => ({ ...op, at })),
  notchMove(op, bench) {
    for (const { piece, shape } of bench.pieces()) {
      const index = piece.notches.findIndex(({ id }) => id === op.notch)
      const place = shape.notches[index]
      const run = shape.runs[piece.edges.findIndex(({ id }) => id === piece.notches[index]?.edge)]
      if (!place || !run) continue
      const at = pointAt(run, Math.min(lengthOf(run), Math.max(0, place.s + op.by)))
      const drag = (to: Vec): Operation => settle({ ...op, by: placeOf(run, to).s - place.s })
      return [{ name: 'by', piece: piece.id, at, fields: ['by'], from: pointAt(run, place.s), drag }]
    }
    return []
  },
  notchRemove: none,
  grain(op, bench) {
    const found = bench.piece(op.piece)
    const grain = found?.shape.grain
    if (!found || !grain) return []
    const middle = { x: (grain[0].x + grain[1].x) / 2, y: (grain[0].y + grain[1].y) / 2 }
    const arm = less(grain[1], middle)
    const turn = (op.turn * Math.PI) / 180
    const at = {
      x: middle.x + arm.x * Math.cos(turn) - arm.y * Math.sin(turn),
      y: middle.y + arm.x * Math.sin(turn) + arm.y * Math.cos(turn),
    }
    const drag = (to: Vec): Operation => {
      const v = less(to, middle)
      return settle({ ...op, turn: (Math.atan2(arm.x * v.y - arm.y * v.x, along(v, arm)) * 180) / Math.PI })
    }
    return [{ name: 'turn', piece: found.piece.id, at, fields: ['turn'], from: middle, drag }]
  },
  split(op, bench) {
    const spot = bench.edge(op.edge)
    const box = spot && boxOf(spot.shape.runs.flatMap(({ keys }) => keys))
    if (!spot || !box) return []
    const via: Handle[] = []
    for (let i = 0; i + 1 < op.via.length; i += 2) {
      const at = inBox(box, op.via[i] as number, op.via[i + 1] as number)
      via.push({
        name: `via${i / 2}`,
        piece: spot.piece.id,
        at,
        fields: [],
        from: null,
        drag: (to) => settle({ ...op, via: op.via.toSpliced(i, 2, ...shareOfBox(box, to)) }),
      })
    }
    return [
      ...bench.slide(op, 'at', { edge: op.edge, t: op.at }, (at) => ({ ...op, at })),
      ...bench.slide(op, 'toAt', { edge: op.to, t: op.toAt }, (toAt) => ({ ...op, toAt })),
      ...via,
    ]
  },
  join: none,
  unfold: none,
  fold: (op, bench) => [
    ...bench.slide(op, 'fromAt', { edge: op.from, t: op.fromAt }, (fromAt) => ({ ...op, fromAt })),
    ...bench.slide(op, 'toAt', { edge: op.to, t: op.toAt }, (toAt) => ({ ...op, toAt })),
  ],
  moveInternal(op, bench) {
    for (const { piece, shape } of bench.pieces()) {
      const first = shape.internals[piece.internals.findIndex(({ id }) => id === op.internal)]?.keys[0]
      if (first) return [carry(piece.id, first, op.dx, op.dy, (dx, dy) => ({ ...op, dx, dy }))]
    }
    return []
  },
  moveDrill(op, bench) {
    for (const { piece, shape } of bench.pieces()) {
      const at = shape.drills[piece.drills.findIndex(({ id }) => id === op.drill)]
      if (at) return [carry(piece.id, at, op.dx, op.dy, (dx, dy) => ({ ...op, dx, dy }))]
    }
    return []
  },
  cutting: none,
  look: none,
  lookArea: none,
}

/** What can be dragged of an operation on one size of a pattern; everything that can be dragged can be typed as well. */
export const handlesOf = (pattern: Pattern, size: number, operation: Operation): Handle[] =>
  (HANDLES[operation.op] as (operation: Operation, bench: Bench) => Handle[])(operation, new Bench(pattern, size))
