import { cutLine, sewLine } from './allowance.ts'
import { lengthOf } from './curve.ts'
import {
  type EdgeId,
  edgeOf,
  type Pattern,
  type Piece,
  type PieceId,
  type SeamId,
  type Shape,
  type Vec,
} from './model.ts'
import { boxOf, isSimple, outlineOf } from './ring.ts'
import { type Walk, walk } from './seams.ts'
import { cross, dot, mirror, sub, unit } from './vec.ts'

export const FINDINGS = [
  'ring-crosses',
  'allowance-impossible',
  'seam-differs',
  'notches-apart',
  'notch-off-edge',
  'wider-than-fabric',
] as const

/** Something to look at before a proposal is sent. It never changes anything. */
export interface Finding {
  readonly code: (typeof FINDINGS)[number]
  readonly piece: PieceId
  readonly edge?: EdgeId
  readonly seam?: SeamId
  /** Index in `Pattern.sizes`. */
  readonly size: number
  /** mm: how much longer side a of a seam is, how far a notch is off its edge or beyond the one that answers it, how wide the piece is across its grain. */
  readonly amount?: number
  /** Where, in the piece's axes. */
  readonly at?: Vec
}

/** Sides of a seam, and notches that answer each other, may differ by this, mm. */
export const SEAM_TOLERANCE = 3
/** A notch further off its edge than this is not on it, mm. */
const ON_EDGE = 1
/** Fabric where nobody has said how wide it is, mm. */
export const FABRIC_WIDTH = 1500

/** Width across the grain, mm, opened where the piece is a half. */
const widthOf = (piece: Piece, shape: Shape): number | null => {
  const points = outlineOf(shape)
  if (!shape.grain || points.length === 0) return null
  const grain = unit(sub(shape.grain[1], shape.grain[0]))
  if (grain.x === 0 && grain.y === 0) return null
  const fold = shape.runs[piece.edges.findIndex(({ id }) => id === piece.fold)]
  const [from, to] = [fold?.keys[0], fold?.keys.at(-1)]
  const whole = from && to ? [...points, ...points.map((p) => mirror(p, from, to))] : points
  const box = boxOf(whole.map((p) => ({ x: cross(grain, p), y: dot(grain, p) })))
  return box && box.maxX - box.minX
}

const findIn = (piece: Piece, shape: Shape, size: number, fabric: number): readonly Finding[] => {
  const out: Finding[] = []
  const of = { piece: piece.id, size }
  const simple = isSimple(outlineOf(shape))
  if (!simple.ok) out.push({ code: 'ring-crosses', ...of, at: simple.at })
  else
    for (const line of [cutLine(piece, shape), sewLine(piece, shape)])
      if (!line.ok) out.push({ code: 'allowance-impossible', ...of, at: line.at })
  for (const [i, place] of shape.notches.entries()) {
    const edge = piece.notches[i]?.edge
    const run = shape.runs[piece.edges.findIndex(({ id }) => id === edge)]
    if (!place || !edge || !run) continue
    const off = Math.max(-place.s, place.s - lengthOf(run), Math.abs(place.off))
    if (off > ON_EDGE) out.push({ code: 'notch-off-edge', ...of, edge, amount: off })
  }
  const width = widthOf(piece, shape)
  if (width !== null && width > fabric) out.push({ code: 'wider-than-fabric', ...of, amount: width })
  return out
}

interface Looked {
  readonly piece: Piece
  readonly size: number
  readonly fabric: number
  readonly found: readonly Finding[]
}
const looked = new WeakMap<Shape, Looked>()
/** A step of a drag changes one piece or two: the others were looked at before. */
const checkPiece = (piece: Piece, shape: Shape, size: number, fabric: number): readonly Finding[] => {
  const known = looked.get(shape)
  if (known?.piece === piece && known.size === size && known.fabric === fabric) return known.found
  const found = findIn(piece, shape, size, fabric)
  looked.set(shape, { piece, size, fabric, found })
  return found
}

/** How far the two notches of a pair are from meeting, where they are furthest, mm; 0 where none answers another. */
const worstOf = ({ notches }: Walk): number =>
  notches.reduce((worst, { difference }) => (Math.abs(difference) > Math.abs(worst) ? difference : worst), 0)

/** @param only the one size to look at; every size without it. @param fabric width of the cloth, mm */
export const check = (pattern: Pattern, only?: number, fabric: number = FABRIC_WIDTH): Finding[] => {
  const out: Finding[] = []
  for (const size of pattern.sizes.keys()) {
    if (only !== undefined && size !== only) continue
    for (const piece of pattern.pieces) {
      const shape = piece.shapes[size]
      if (shape) out.push(...checkPiece(piece, shape, size, fabric))
    }
    for (const seam of pattern.seams) {
      const walked = walk(pattern, seam, size)
      const edge = seam.a[0]?.edge
      const piece = edge && edgeOf(pattern, edge)?.piece.id
      if (!walked || !edge || !piece) continue
      const of = { piece, edge, seam: seam.id, size }
      if (Math.abs(walked.difference) > SEAM_TOLERANCE) {
        out.push({ code: 'seam-differs', ...of, amount: walked.difference })
        continue
      }
      // What is eased in may lie between any two notches.
      const apart = worstOf(walked)
      if (Math.abs(apart) > SEAM_TOLERANCE + Math.abs(seam.ease))
        out.push({ code: 'notches-apart', ...of, amount: apart })
    }
  }
  return out
}
