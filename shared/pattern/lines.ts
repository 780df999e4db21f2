import { cutLine, sewLine } from './allowance.ts'
import type { Pattern, Piece, PieceId, Run, Shape } from './model.ts'

/** The two lines of a piece in one size, one run an edge, in ring order. */
export interface Lines {
  readonly cut: readonly Run[]
  /** Null where nobody knows where it is sewn, or along the cut line itself. */
  readonly sew: readonly Run[] | null
  /** The other line could not be made of the ring: both are the ring. */
  readonly impossible: boolean
}

/** Which line is cut and which is sewn, for files and paper. */
export const linesOf = (piece: Piece, shape: Shape): Lines => {
  const apart = piece.edges.some(({ allowance }) => allowance !== null && allowance > 0)
  if (piece.ring === 'sew') {
    if (!apart) return { cut: shape.runs, sew: null, impossible: false }
    const cut = cutLine(piece, shape)
    return 'runs' in cut
      ? { cut: cut.runs, sew: shape.runs, impossible: false }
      : { cut: shape.runs, sew: null, impossible: true }
  }
  if (shape.sew.length > 0) return { cut: shape.runs, sew: shape.sew, impossible: false }
  if (piece.ring === null || !apart) return { cut: shape.runs, sew: null, impossible: false }
  const sew = sewLine(piece, shape)
  return 'runs' in sew
    ? { cut: shape.runs, sew: sew.runs, impossible: false }
    : { cut: shape.runs, sew: null, impossible: true }
}

/** Pieces and sizes whose other line cannot be made: an export shows the ring alone for them. */
export const withoutOtherLine = (pattern: Pattern): { readonly piece: PieceId; readonly size: string }[] =>
  pattern.pieces.flatMap((piece) =>
    piece.shapes.flatMap((shape, i) =>
      shape !== null && linesOf(piece, shape).impossible ? [{ piece: piece.id, size: pattern.sizes[i] ?? '' }] : [],
    ),
  )
