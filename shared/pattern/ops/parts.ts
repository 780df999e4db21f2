import { type Note, type Outcome, type Refused, refuse } from '../apply.ts'
import { keyLengths, lengthOf } from '../curve.ts'
import { sideWith } from '../links.ts'
import {
  type EdgeId,
  edgeOf,
  type Key,
  type Link,
  type NotchPlace,
  type Pattern,
  type Piece,
  type PieceId,
  type Run,
  type Seam,
  type Shape,
  type Vec,
  withPiece,
} from '../model.ts'
import { walk } from '../seams.ts'
import { add, dist, sub } from '../vec.ts'

/** An edge with its piece, or why there is none. */
export const findEdge = (pattern: Pattern, edge: EdgeId): NonNullable<ReturnType<typeof edgeOf>> | Refused =>
  edgeOf(pattern, edge) ?? refuse('no-such-edge', { edge })

export const isRefused = (value: object): value is Refused => 'ok' in value && value.ok === false

/** Index of the edge before (−1) or after (+1) one in its ring. */
export const beside = (piece: Piece, index: number, step: 1 | -1): number =>
  (index + step + piece.edges.length) % piece.edges.length

/**
 * A shape with other runs in the same ring of edges. Notches keep their share of their edge's length; sew lines of the file no longer
 * hold and are derived from now on.
 */
export const withRuns = (piece: Piece, shape: Shape, runs: readonly Run[]): Shape => ({
  ...shape,
  runs,
  sew: [],
  notches: shape.notches.map((place, i): NotchPlace | null => {
    const edge = piece.edges.findIndex(({ id }) => id === piece.notches[i]?.edge)
    const [was, is] = [shape.runs[edge], runs[edge]]
    if (!place || !was || !is || was === is) return place
    const length = lengthOf(was)
    return length === 0 ? place : { ...place, s: (place.s * lengthOf(is)) / length }
  }),
})

/**
 * A run whose ends are moved, the points between carried along: each by the steps of both ends, weighed by how far along it is. Keys and dense
 * line alike, so the curve keeps its character; with both steps 0 it is the same run.
 */
export const carried = (run: Run, startBy: Vec, endBy: Vec): Run => {
  if (startBy.x === 0 && startBy.y === 0 && endBy.x === 0 && endBy.y === 0) return run
  const spread = <P extends Vec>(points: readonly P[]): P[] => {
    const at = [0]
    for (let i = 1; i < points.length; i++)
      at.push((at[i - 1] as number) + dist(points[i - 1] as Vec, points[i] as Vec))
    const length = at.at(-1) as number
    return points.map((p, i) => {
      const t = length === 0 ? i / Math.max(1, points.length - 1) : (at[i] as number) / length
      return { ...p, x: p.x + startBy.x * (1 - t) + endBy.x * t, y: p.y + startBy.y * (1 - t) + endBy.y * t }
    })
  }
  if (!run.drawn) return { keys: spread(run.keys), drawn: null }
  // Keys are weighed by where they lie on the dense line, so that they stay on it.
  const at = keyLengths(run)
  const length = lengthOf(run)
  const keys = run.keys.map((key, i): Key => {
    const t = length === 0 ? 0 : (at[i] as number) / length
    return { ...key, x: key.x + startBy.x * (1 - t) + endBy.x * t, y: key.y + startBy.y * (1 - t) + endBy.y * t }
  })
  return { keys, drawn: spread(run.drawn) }
}

/** The first and last point of a run. */
export const startOf = (run: Run): Vec => run.keys[0] as Vec
export const endOf = (run: Run): Vec => run.keys.at(-1) as Vec

/** A run whose first or last point is put elsewhere and the rest carried along. */
export const startAt = (run: Run, p: Vec): Run => carried(run, sub(p, startOf(run)), { x: 0, y: 0 })
export const endAt = (run: Run, p: Vec): Run => carried(run, { x: 0, y: 0 }, sub(p, endOf(run)))

export const moved = (v: Vec, direction: Vec, by: number): Vec => add(v, { x: direction.x * by, y: direction.y * by })

/** Changes one piece in each of the sizes: the first refusal ends it. A size that lacks the piece is skipped. */
export const eachSize = (
  pattern: Pattern,
  piece: Piece,
  sizes: readonly number[],
  change: (shape: Shape, size: number) => Shape | Refused,
): readonly (Shape | null)[] | Refused => {
  const shapes = [...piece.shapes]
  for (const size of sizes) {
    const shape = shapes[size]
    if (!shape) continue
    const next = change(shape, size)
    if (isRefused(next))
      return refuse(next.refusal.code, { piece: piece.id, size: pattern.sizes[size] ?? '', ...next.refusal })
    shapes[size] = next
  }
  return shapes
}

/** The usual outcome: one piece has other shapes; how long its edges got, and what they are sewn to, is noted in the first of the sizes. */
export const reshaped = (
  pattern: Pattern,
  piece: Piece,
  shapes: readonly (Shape | null)[] | Refused,
  sizes: readonly number[],
  more: readonly Note[] = [],
): Outcome => {
  if (isRefused(shapes)) return shapes
  const next = withPiece(pattern, piece.id, (one) => ({ ...one, shapes }))
  return {
    ok: true,
    pattern: next,
    pieces: [piece.id],
    notes: [...more, ...lengthNotes(pattern, next, [piece.id], sizes)],
  }
}

/** What an operation says of itself, before what it says of lengths; nothing where it changed nothing. */
export const telling = (outcome: Outcome, notes: (after: Pattern) => readonly Note[]): Outcome =>
  outcome.ok && outcome.pieces.length > 0
    ? { ...outcome, notes: [...notes(outcome.pattern), ...outcome.notes] }
    : outcome

/** How many edges like one of this piece a garment has: two for a half on the fold, times how many are cut. */
export const timesOf = ({ fold, quantity: { drawn, mirrored } }: Piece): number =>
  (fold === null ? 1 : 2) * Math.max(1, drawn + mirrored)

/** The other edges that an edge is sewn to: those across its seams, each once. */
export const matesOf = (seams: readonly Seam[], edge: EdgeId): EdgeId[] => {
  const across = seams.flatMap((seam) => {
    const side = sideWith(seam, edge)
    return side === null ? [] : seam[side === 'a' ? 'b' : 'a'].map((link) => link.edge)
  })
  return [...new Set(across)].filter((other) => other !== edge)
}

/** The size that notes speak of: the base where it was computed, else the first that was. */
export const toldSize = (pattern: Pattern, sizes: readonly number[]): number =>
  sizes.includes(pattern.base) ? pattern.base : (sizes[0] ?? pattern.base)

/** A change of length that nobody could cut or sew is not worth a note, mm. */
export const NOTED = 0.05

/**
 * Which edges got longer or shorter, and which mates they no longer fit: by how much, along the lines that are sewn. In the base size where it
 * was computed.
 */
export const lengthNotes = (
  before: Pattern,
  after: Pattern,
  pieces: readonly PieceId[],
  sizes: readonly number[],
): Note[] => {
  const size = toldSize(before, sizes)
  const notes: Note[] = []
  const lengthIn = (pattern: Pattern, id: EdgeId): number | null => {
    const found = edgeOf(pattern, id)
    const run = found?.piece.shapes[size]?.runs[found.index]
    return run ? lengthOf(run) : null
  }
  const chain = (pattern: Pattern, links: readonly Link[]): number | null => {
    let sum = 0
    for (const { edge } of links) {
      const length = lengthIn(pattern, edge)
      if (length === null) return null
      sum += length
    }
    return sum
  }
  const changed = new Set<EdgeId>()
  for (const id of pieces)
    for (const { id: edge } of after.pieces.find((piece) => piece.id === id)?.edges ?? []) {
      const [was, is] = [lengthIn(before, edge), lengthIn(after, edge)]
      if (was === null || is === null || Math.abs(is - was) < NOTED) continue
      changed.add(edge)
      notes.push({ code: 'edge-longer', piece: id, edge, amount: is - was })
    }
  for (const seam of after.seams) {
    const edge = [...seam.a, ...seam.b].find((link) => changed.has(link.edge))?.edge
    const [a, b] = [chain(after, seam.a), chain(after, seam.b)]
    const [wasA, wasB] = [chain(before, seam.a), chain(before, seam.b)]
    if (!edge || a === null || b === null || wasA === null || wasB === null) continue
    const by = a - b - (wasA - wasB)
    const found = edgeOf(after, edge)
    const other = seam[sideWith(seam, edge) === 'a' ? 'b' : 'a'][0]?.edge
    const amount = Math.abs(walk(after, seam, size)?.difference ?? a - b - seam.ease)
    if (found && other && Math.abs(by) >= NOTED && amount >= NOTED)
      notes.push({ code: 'mate-differs', piece: found.piece.id, edge, other, amount })
  }
  return notes
}
