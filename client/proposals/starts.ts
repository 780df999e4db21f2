import { lengthOf, pointAt, straightRun } from '../../shared/pattern/curve.ts'
import { sideWith } from '../../shared/pattern/links.ts'
import {
  type Edge,
  type EdgeId,
  edgeOf,
  type Pattern,
  type Piece,
  type PieceId,
  pieceOf,
  type Shape,
  type Vec,
} from '../../shared/pattern/model.ts'
import {
  type FieldName,
  type FieldOf,
  fieldsOf,
  type Level,
  OPERATION_NAMES,
  OPERATIONS,
  type Operation,
  type OperationName,
} from '../../shared/pattern/operation.ts'
import { findDart } from '../../shared/pattern/ops/dart.ts'
import { runsInside } from '../../shared/pattern/ops/inside.ts'
import { outlineOf } from '../../shared/pattern/ring.ts'
import { STITCH, type Starts, startOf } from '../../shared/pattern/stitches.ts'
import type { Meant } from '../panels/desk.ts'

/** Where a new proposal begins: the pattern and the edge that was tapped or chosen. */
export interface Begin {
  readonly pattern: Pattern
  readonly piece: Piece
  readonly index: number
  readonly edge: EdgeId
  readonly t: number
}

export const beginAt = (pattern: Pattern, meant: Meant): Begin | null => {
  const piece = pieceOf(pattern, meant.piece)
  const edge = piece?.edges[meant.edge]
  return piece && edge ? { pattern, piece, index: meant.edge, edge: edge.id, t: meant.t } : null
}

const neighbour = ({ piece, index }: Begin, step: 1 | -1): EdgeId =>
  (piece.edges[(index + step + piece.edges.length) % piece.edges.length] as Edge).id
/**
 * The edge to whose middle a straight line may go from a place on the tapped one: the one across, else the nearest to it that is reached inside
 * the piece. `not`: edges that it must not be besides the tapped one and the fold.
 */
const across = (
  { pattern, piece, index }: Begin,
  from: (shape: Shape) => Vec | null,
  not: readonly EdgeId[] = [],
): EdgeId => {
  const n = piece.edges.length
  const opposite = (index + Math.floor(n / 2)) % n
  const shape = piece.shapes[pattern.base] ?? piece.shapes.find((one) => one !== null)
  const place = shape && from(shape)
  const order = Array.from({ length: n }, (_, k) => (opposite + (k % 2 === 0 ? k / 2 : n - (k + 1) / 2)) % n)
  const found = order.find((i) => {
    const edge = piece.edges[i] as Edge
    const run = shape?.runs[i]
    if (i === index || edge.id === piece.fold || not.includes(edge.id) || !place || !run) return false
    return runsInside(outlineOf(shape), straightRun(place, pointAt(run, lengthOf(run) / 2)))
  })
  return (piece.edges[found ?? opposite] as Edge).id
}

/**
 * The line about which a piece is most nearly the same on both sides, as far as the lengths of its edges tell: from a corner or the middle of an
 * edge to what lies half way around from there.
 */
const axisOf = ({ pattern, piece }: Begin): Readonly<Record<'from' | 'fromAt' | 'to' | 'toAt', EdgeId | number>> => {
  const n = piece.edges.length
  const lengths = piece.shapes[pattern.base]?.runs.map(lengthOf) ?? piece.edges.map(() => 1)
  const lengthAt = (i: number): number => lengths[(i + 2 * n) % n] as number
  // Half steps around the ring: even ones are the corners where edges begin, odd ones their middles.
  const unlike = (step: number): number => {
    let sum = 0
    for (let k = 0; k < n / 2; k++)
      sum += Math.abs(lengthAt(Math.ceil(step / 2) + k) - lengthAt(Math.ceil(step / 2) - 1 - (step % 2) - k))
    return sum
  }
  const steps = Array.from({ length: n }, (_, step) => step)
  const best = steps.reduce((a, b) => (unlike(b) < unlike(a) ? b : a))
  const place = (step: number) => ({ edge: (piece.edges[(step >> 1) % n] as Edge).id, at: step % 2 === 0 ? 0 : 0.5 })
  const [from, to] = [place(best), place(best + n)]
  return { from: from.edge, fromAt: from.at, to: to.edge, toAt: to.at }
}

/** The legs of the dart that an edge belongs to, in ring order; null where there is none. */
const legsAt = (begin: Begin): { readonly in: EdgeId; readonly out: EdgeId } | null => {
  const { pattern, edge } = begin
  for (const other of [neighbour(begin, 1), neighbour(begin, -1)]) {
    const found = findDart(pattern, edge, other)
    if ('piece' in found)
      return {
        in: (found.piece.edges[found.in] as Edge).id,
        out: (found.piece.edges[found.out] as Edge).id,
      }
  }
  return null
}

/** The edge that an edge is sewn to, if one is known. */
export const mateOf = (pattern: Pattern, edge: EdgeId): EdgeId | null => {
  for (const seam of pattern.seams) {
    const side = sideWith(seam, edge)
    const mate = side && seam[side === 'a' ? 'b' : 'a'].find((link) => link.edge !== edge)
    if (mate) return mate.edge
  }
  return null
}

/** What an operation cannot do without, seen from an edge. */
const fits = (name: OperationName, begin: Begin): boolean => {
  const { pattern, piece, edge } = begin
  switch (name) {
    case 'join':
    case 'trueSeam':
      return mateOf(pattern, edge) !== null
    case 'unfold':
      return piece.fold !== null
    case 'fold':
      return piece.fold === null
    case 'notchMove':
    case 'notchRemove':
      return piece.notches.some((notch) => notch.edge === edge)
    case 'moveInternal':
      return piece.internals.length > 0
    case 'moveDrill':
      return piece.drills.length > 0
    case 'dartMove':
    case 'dartLength':
    case 'dartRotate':
    case 'dartClose':
      return legsAt(begin) !== null
    case 'lookArea':
      return false
    default:
      return edge !== piece.fold || !['stitch', 'allowance', 'hem', 'notchAdd', 'neckline'].includes(name)
  }
}

/** The operations of one level that make sense at an edge, in the order of the menu. */
export const offered = (level: Level, begin: Begin): OperationName[] =>
  OPERATION_NAMES.filter((name) => OPERATIONS[name].level === level && fits(name, begin))

/** A share of an edge, off its ends. */
const inEdge = (t: number): number => Math.min(0.95, Math.max(0.05, Math.round(t * 1e6) / 1e6))

const plain = (name: string, field: FieldOf, begin: Begin): unknown => {
  const { piece, edge, t } = begin
  switch (field.is) {
    case 'piece':
      return piece.id
    case 'pieces':
      return [piece.id]
    case 'edge':
      return edge
    case 'edges':
      return [edge]
    case 'notch':
      return (piece.notches.find((notch) => notch.edge === edge) ?? piece.notches[0])?.id ?? ''
    case 'drill':
      return piece.drills[0]?.id ?? ''
    case 'internal':
      return piece.internals[0]?.id ?? ''
    case 'mm':
    case 'degrees':
    case 'count':
      return field.start
    case 'share':
      return name === 'at' ? inEdge(t) : field.start
    case 'choice':
      return field.of[0]
    case 'yes':
      return false
    case 'path':
      return []
    default:
      return ''
  }
}

/** What cannot be told from a field alone. */
const special = (name: OperationName, begin: Begin, starts: Starts): Readonly<Record<string, unknown>> => {
  const { pattern, piece, edge, index } = begin
  const tapped = ({ runs }: Shape): Vec | null => {
    const run = runs[index]
    return run ? pointAt(run, inEdge(begin.t) * lengthOf(run)) : null
  }
  switch (name) {
    case 'stitch': {
      const own = piece.edges[index]
      // A hem keeps its depth, and is covered rather than overedged.
      const hem = own?.hem && own.allowance !== null ? own.allowance : null
      const stitch = hem !== null ? '406' : own?.sewing?.stitch === '516' ? '401' : '516'
      const count = STITCH[stitch].needles[0] ?? 1
      const { spi, gauge, allowance } = startOf(stitch, starts)
      return {
        stitch,
        seam: hem === null ? 1 : 6,
        spi,
        needles: count,
        gauge: count > 1 ? gauge : 0,
        allowance: hem ?? allowance,
      }
    }
    case 'allowance':
      return { allowance: piece.edges[index]?.allowance ?? 10, corner: piece.edges[index]?.corner ?? 'mitre' }
    case 'hem': {
      const own = piece.edges[index]
      return own?.hem && own.allowance !== null ? { depth: own.allowance, folds: own.hem.folds } : {}
    }
    case 'neckline':
      return {
        centre: piece.fold === neighbour(begin, 1) ? 'end' : piece.fold === neighbour(begin, -1) ? 'start' : 'middle',
      }
    case 'dartMove':
    case 'dartLength':
    case 'dartRotate':
    case 'dartClose': {
      const legs = legsAt(begin) ?? { in: edge, out: neighbour(begin, 1) }
      const into = piece.edges.findIndex(({ id }) => id === legs.in)
      const pointOf = (shape: Shape): Vec | null => shape.runs[into]?.keys.at(-1) ?? null
      return {
        ...legs,
        ...(name === 'dartRotate' ? { to: across(begin, pointOf, [legs.in, legs.out]), at: 0.5 } : {}),
      }
    }
    case 'slash':
      return { pivot: across(begin, tapped) }
    case 'split':
      return { to: across(begin, tapped), name: '' }
    case 'fold':
      return axisOf(begin)
    case 'join':
    case 'trueSeam':
      return { a: edge, b: mateOf(pattern, edge) ?? edge }
    case 'look':
      return { swatch: 'mezclilla' }
    case 'cutting':
      return { ...piece.quantity, material: piece.material }
    default:
      return {}
  }
}

/** An operation with the values that a proposal begins with; those of stitches may be the group's own. */
export const start = (name: OperationName, begin: Begin, starts: Starts = {}): Operation => {
  const out: Record<string, unknown> = { op: name }
  for (const [field, is] of Object.entries(fieldsOf(name))) out[field] = plain(field, is, begin)
  return { ...out, ...special(name, begin, starts) } as unknown as Operation
}

const placed = (pattern: Pattern, id: EdgeId, t: number): Begin | null => {
  const found = edgeOf(pattern, id)
  return found && { pattern, piece: found.piece, index: found.index, edge: id, t }
}
const onPiece = (pattern: Pattern, id: PieceId): Begin | null => {
  const first = pieceOf(pattern, id)?.edges[0]
  return first ? placed(pattern, first.id, 0.5) : null
}

/** The place that an operation is about, to put its mark there: the edge, notch or piece that it names first; null where that is gone. */
export const placeOf = (pattern: Pattern, operation: Operation): Begin | null => {
  const values = operation as unknown as Readonly<Record<string, unknown>>
  const at = typeof values.at === 'number' ? values.at : 0.5
  for (const [name, { is }] of Object.entries(fieldsOf(operation.op))) {
    const value = values[name]
    if (is === 'edge') return placed(pattern, value as EdgeId, at)
    if (is === 'edges') return placed(pattern, (value as EdgeId[])[0] as EdgeId, 0.5)
    if (is === 'piece') return onPiece(pattern, value as PieceId)
    if (is === 'pieces') return onPiece(pattern, (value as PieceId[])[0] as PieceId)
    for (const piece of pattern.pieces) {
      const notch = is === 'notch' && piece.notches.find(({ id }) => id === value)
      if (notch) return placed(pattern, notch.edge, 0.5)
      const has =
        (is === 'drill' && piece.drills.some(({ id }) => id === value)) ||
        (is === 'internal' && piece.internals.some(({ id }) => id === value))
      if (has) return onPiece(pattern, piece.id)
    }
  }
  return null
}

const OF_EDGES: readonly FieldOf['is'][] = ['edge', 'edges', 'notch']
/** Whether an operation is about an edge, and not about a piece as a whole or what lies in it. */
export const isOfEdge = ({ op }: Operation): boolean =>
  op !== 'fold' && Object.values(fieldsOf(op)).some(({ is }) => OF_EDGES.includes(is))

const PLACES: readonly FieldOf['is'][] = ['edge', 'piece', 'notch', 'drill', 'internal', 'path']
/** Shares and choices that say where, and are others elsewhere. */
const OF_PLACE: readonly FieldName[] = ['at', 'centre', 'fromAt', 'toAt', 'pivotAt']

/**
 * The operation as it would be at another edge: one more edge or piece where it takes several (or one less, where it had that
 * edge), else the same amounts there. The same operation where it makes no sense there.
 */
export const moved = (operation: Operation, begin: Begin): Operation => {
  const takes = fieldsOf(operation.op)
  const values = operation as unknown as Readonly<Record<string, unknown>>
  const several = Object.entries(takes).find(([, { is }]) => is === 'edges' || is === 'pieces')
  if (several) {
    const [name, field] = several
    const had = values[name] as readonly string[]
    const id = field.is === 'edges' ? begin.edge : begin.piece.id
    const isIn = had.includes(id)
    if (isIn && (field.is === 'pieces' || had.length === 1)) return operation
    const next = isIn ? had.filter((one) => one !== id) : [...had, id]
    const isTooMany = 'max' in field && next.length > field.max
    return isTooMany ? operation : ({ ...operation, [name]: next } as unknown as Operation)
  }
  if (!fits(operation.op, begin)) return operation
  const kept = Object.entries(takes).filter(
    ([name, { is }]) => !PLACES.includes(is) && !OF_PLACE.includes(name as FieldName),
  )
  const amounts = Object.fromEntries(kept.map(([name]) => [name, values[name]]))
  return { ...start(operation.op, begin), ...amounts } as unknown as Operation
}

/** Where an edge of a piece lies, seen from its middle. */
export type Side = 'up' | 'down' | 'left' | 'right'

const sideOf = (piece: Piece, index: number): Side | null => {
  const run = piece.shapes.find((shape) => shape !== null)?.runs[index]
  const [from, to] = [run?.keys[0], run?.keys.at(-1)]
  if (!from || !to) return null
  // The inside is on the left: outwards is a quarter turn to the right.
  const [x, y] = [to.y - from.y, from.x - to.x]
  return Math.abs(x) > Math.abs(y) ? (x > 0 ? 'right' : 'left') : y > 0 ? 'up' : 'down'
}

/** What people call an edge: its name, or its place in the ring and the side on which it lies. */
export const edgeName = (
  pattern: Pattern,
  id: EdgeId,
  nth: (place: { readonly n: number; readonly side: Side | null }) => string,
): string => {
  const found = edgeOf(pattern, id)
  if (!found) return id
  return found.edge.name || nth({ n: found.index + 1, side: sideOf(found.piece, found.index) })
}
export const pieceName = (pattern: Pattern, id: PieceId): string => pieceOf(pattern, id)?.name ?? id

/** Things of the piece that have no names of their own are counted. */
export const featureOptions = (pattern: Pattern, is: 'notch' | 'drill' | 'internal', nth: (n: number) => string) =>
  pattern.pieces.flatMap((piece) =>
    (is === 'notch' ? piece.notches : is === 'drill' ? piece.drills : piece.internals).map((one, i) => {
      const label = 'label' in one && one.label !== '' ? one.label : nth(i + 1)
      return [one.id as string, `${label} · ${piece.name}`] as const
    }),
  )
