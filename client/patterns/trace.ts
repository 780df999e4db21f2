import { type Box, boxOf } from '../../shared/domain/geometry.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { cutLine, sewLine } from '../../shared/pattern/allowance.ts'
import { drawnOf } from '../../shared/pattern/curve.ts'
import { type Layout, toPattern, toSheet } from '../../shared/pattern/layout.ts'
import type { Piece, PieceId, Shape, Vec } from '../../shared/pattern/model.ts'
import { notchAt } from '../../shared/pattern/place.ts'

/** One size of a piece as lines on the board, in board millimetres (y downwards). Pure: what draws it, and what finds an edge under a hand, share it. */
export interface Trace {
  readonly piece: Piece
  readonly size: number
  /** The ring, edge by edge, in the order of `piece.edges`. */
  readonly edges: readonly (readonly Vec[])[]
  readonly cut: readonly Vec[]
  /** Empty where it is the cut line. */
  readonly sew: readonly Vec[]
  readonly internals: readonly { readonly line: readonly Vec[]; readonly cutOut: boolean }[]
  /** From the edge inwards. */
  readonly notches: readonly (readonly [Vec, Vec])[]
  readonly drills: readonly Vec[]
  readonly grain: readonly [Vec, Vec] | null
  readonly fold: readonly Vec[]
  readonly box: Box
}

/** Between a piece's own coordinates (y upwards) and the board. */
export interface Frame {
  toBoard(v: Vec): Vec
  toPiece(p: Vec): Vec
}

/** Null for a piece that has no place on the sheet. */
export const frameOf = (sheet: Sheet, layout: Layout, piece: PieceId): Frame | null => {
  if (!Object.hasOwn(layout.at, piece)) return null
  const k = sheet.mmPerUnit
  const w = sheet.width * k
  const h = sheet.height * k
  const { x, y, turn } = sheet.place
  return {
    // `toBoard` of the domain rounds to the grain in which marks are kept; a line that moves under a hand must not.
    toBoard(v) {
      const p = toSheet(layout, piece, v)
      const [a, b] = [p.x * k, p.y * k]
      if (turn === 0) return { x: x + a, y: y + b }
      if (turn === 1) return { x: x + h - b, y: y + a }
      if (turn === 2) return { x: x + w - a, y: y + h - b }
      return { x: x + b, y: y + w - a }
    },
    toPiece(p) {
      const [dx, dy] = [p.x - x, p.y - y]
      const [a, b] = turn === 0 ? [dx, dy] : turn === 1 ? [dy, h - dx] : turn === 2 ? [w - dx, h - dy] : [w - dy, dx]
      return toPattern(layout, piece, { x: a / k, y: b / k })
    },
  }
}

const DRAWN_NOTCH_MM = 5

export const traceOf = (piece: Piece, shape: Shape, size: number, frame: Frame): Trace => {
  const line = (points: readonly Vec[]): Vec[] => points.map(frame.toBoard)
  const cut = cutLine(piece, shape)
  const sew = sewLine(piece, shape)
  const edges = shape.runs.map((run) => line(drawnOf(run)))
  const ring = edges.flat()
  const cutPoints = cut.ok ? line(cut.outline) : ring
  const fold = piece.edges.findIndex(({ id }) => id === piece.fold)
  return {
    piece,
    size,
    edges,
    cut: cutPoints,
    sew: sew.ok && piece.ring !== null ? line(sew.outline) : [],
    internals: shape.internals.flatMap((run, i) =>
      run ? [{ line: line(drawnOf(run)), cutOut: piece.internals[i]?.kind === 'cut' }] : [],
    ),
    notches: shape.notches.flatMap((place, i) => {
      if (!place) return []
      const depth = piece.notches[i]?.depth || DRAWN_NOTCH_MM
      const { at, direction } = notchAt(shape, piece, i)
      const end = { x: at.x + direction.x * depth, y: at.y + direction.y * depth }
      return [[frame.toBoard(at), frame.toBoard(end)] as const]
    }),
    drills: shape.drills.flatMap((at) => (at ? [frame.toBoard(at)] : [])),
    grain: shape.grain ? [frame.toBoard(shape.grain[0]), frame.toBoard(shape.grain[1])] : null,
    fold: fold < 0 ? [] : (edges[fold] ?? []),
    box: boxOf([...cutPoints, ...ring]) ?? { x: 0, y: 0, width: 0, height: 0 },
  }
}

/** What a hand meant on a pattern: an edge of a piece, and how far along it (share, 0 to 1). */
export interface Picked {
  readonly piece: PieceId
  readonly edge: number
  readonly t: number
  /** Board millimetres from the hand. */
  readonly distance: number
}

/** The nearest edge within `reach` board millimetres, of the traces given; null for none. */
export const edgeUnder = (traces: readonly Trace[], at: Vec, reach: number): Picked | null => {
  let best: Picked | null = null
  for (const trace of traces) {
    const { x, y, width, height } = trace.box
    if (at.x < x - reach || at.y < y - reach || at.x > x + width + reach || at.y > y + height + reach) continue
    trace.edges.forEach((line, edge) => {
      let walked = 0
      let here: { distance: number; s: number } | null = null
      for (let i = 1; i < line.length; i++) {
        const [a, b] = [line[i - 1] as Vec, line[i] as Vec]
        const [dx, dy] = [b.x - a.x, b.y - a.y]
        const length = Math.hypot(dx, dy)
        const along =
          length === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - a.x) * dx + (at.y - a.y) * dy) / (length * length)))
        const distance = Math.hypot(at.x - a.x - along * dx, at.y - a.y - along * dy)
        if (here === null || distance < here.distance) here = { distance, s: walked + along * length }
        walked += length
      }
      if (here && here.distance <= reach && (best === null || here.distance < best.distance))
        best = { piece: trace.piece.id, edge, t: walked === 0 ? 0 : here.s / walked, distance: here.distance }
    })
  }
  return best
}
