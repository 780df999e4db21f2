import { type EdgeId, type Pattern, type PieceId, pieceOf, type Shape } from './model.ts'
import type { Operation, OperationName, OperationOf } from './operation.ts'
import { allowance, hem, stitch } from './ops/allowance.ts'
import { cutting } from './ops/cutting.ts'
import { dartAdd, dartClose } from './ops/dart-add.ts'
import { dartLength, dartMove } from './ops/dart-move.ts'
import { dartRotate } from './ops/dart-rotate.ts'
import { ease } from './ops/ease.ts'
import { fold, unfold } from './ops/fold.ts'
import { grain } from './ops/grain.ts'
import { join } from './ops/join.ts'
import { lengthen } from './ops/lengthen.ts'
import { moveDrill, moveInternal } from './ops/move.ts'
import { neckline } from './ops/neckline.ts'
import { notchAdd, notchMove, notchRemove } from './ops/notch.ts'
import { slash } from './ops/slash.ts'
import { split } from './ops/split.ts'
import { trueSeam } from './ops/true-seam.ts'
import { areaOf, isSimple, outlineOf } from './ring.ts'

/** Why an operation can't be carried out. Each has a sentence in the catalogue of the client. */
export const OPERATION_REFUSALS = [
  'no-such-piece',
  'no-such-edge',
  'no-such-notch',
  'no-such-drill',
  'no-such-internal',
  /** The two edges are no legs of one dart: neighbours that meet in its point. */
  'not-a-dart',
  /** The edges lie on different pieces, or on one where two are needed. */
  'other-piece',
  'same-piece',
  /** One edge where two are needed. */
  'same-edge',
  /** The edge is the whole outline: it has no neighbours to meet. */
  'closed-edge',
  /** There is not as much of the edge, or of the piece, as is asked to go. `amount`: how much there is, mm. */
  'too-short',
  /** The outline would cross itself. */
  'crosses-itself',
  /** The allowance can't be drawn around this outline. */
  'allowance-impossible',
  /** `amount`: how much the two lengths differ, mm. */
  'different-lengths',
  'not-half',
  'already-half',
  'not-straight',
  /** The halves on both sides of the line differ. `amount`: by how much, mm. */
  'not-symmetric',
  /** The line leaves the piece. */
  'outside',
  'on-the-fold',
  'no-grain',
  /** A change that goes from one amount to another, or to nothing, at once. */
  'steps',
  /** The two corners of a seam are too far from 180° together to be trued. */
  'corner-off',
] as const
export type OperationRefusalCode = (typeof OPERATION_REFUSALS)[number]

/** `amount` in mm where the code speaks of a length; `size` by name. */
export interface OperationRefusal {
  readonly code: OperationRefusalCode
  readonly piece?: PieceId
  readonly edge?: EdgeId
  readonly size?: string
  readonly amount?: number
}
export interface Refused {
  readonly ok: false
  readonly refusal: OperationRefusal
}

export const NOTES = [
  /** An edge's length changed by `amount`. */
  'edge-longer',
  /** It is sewn to `other`, which now differs by `amount`. */
  'mate-differs',
  /** `other` got the same change. */
  'mate-followed',
  /** It is sewn to `other`, which stayed as it was and should get the same. */
  'mate-stayed',
  /** It is sewn to `other`, whose allowance is `amount`. */
  'mate-allowance',
  /** The garment has `count` edges like this one; together they change by `amount` across. */
  'girth',
  /** What finishes this neckline, facing, collar or binding, gets longer by `amount`, on the whole garment. */
  'finish-follows',
  /** Nobody has said whether this line has the allowance in it, or how much: the number is kept and no line moves. */
  'cut-stays',
  /** The cloth hangs and stretches otherwise, and the marker takes another width. */
  'grain-turned',
  /** The mirrored twin on the other side of the piece goes along. */
  'twin-followed',
  'new-piece',
  'notch-moved',
] as const

/** Something that a person should know beside the change. `amount` in mm, in the base size or the one in view. */
export interface Note {
  readonly code: (typeof NOTES)[number]
  readonly piece: PieceId
  readonly edge?: EdgeId
  readonly other?: EdgeId
  readonly amount?: number
  readonly count?: number
}

export interface Applied {
  readonly ok: true
  readonly pattern: Pattern
  /** Pieces that changed or came to be, in the order of the pattern. */
  readonly pieces: readonly PieceId[]
  readonly notes: readonly Note[]
}
export type Outcome = Applied | Refused

export const refuse = (code: OperationRefusalCode, more: Omit<OperationRefusal, 'code'> = {}): Refused => ({
  ok: false,
  refusal: { code, ...more },
})

/**
 * One operation: pure, on the sizes given (indexes). It may change what pieces, edges and features there are; then the shapes of sizes
 * that it was not given become null. It needs not look whether rings are simple: `apply` does.
 */
export type Op<N extends OperationName> = (
  pattern: Pattern,
  operation: OperationOf<N>,
  sizes: readonly number[],
) => Outcome

/** A look changes no line. */
const noLines = (pattern: Pattern): Applied => ({ ok: true, pattern, pieces: [], notes: [] })
const look: Op<'look'> = (pattern, { piece }) =>
  pieceOf(pattern, piece) ? noLines(pattern) : refuse('no-such-piece', { piece })

const OPS: { readonly [N in OperationName]: Op<N> } = {
  stitch,
  neckline,
  lengthen,
  ease,
  dartMove,
  dartLength,
  dartRotate,
  dartAdd,
  dartClose,
  slash,
  trueSeam,
  allowance,
  hem,
  notchAdd,
  notchMove,
  notchRemove,
  grain,
  split,
  join,
  unfold,
  fold,
  moveInternal,
  moveDrill,
  cutting,
  look,
  lookArea: noLines,
}

const sound = new WeakMap<Shape, boolean>()
/** Whether a ring is simple and runs counter-clockwise. */
const isSound = (shape: Shape): boolean => {
  let known = sound.get(shape)
  if (known === undefined) {
    const outline = outlineOf(shape)
    known = areaOf(outline) > 0 && isSimple(outline).ok
    sound.set(shape, known)
  }
  return known
}

/**
 * Carries an operation out, on every size or on one alone (a preview). The same function draws the proposal in a browser and makes the
 * next version on the server.
 *
 * @param only index of the one size to compute; the other sizes are then as they were, or null where pieces or edges came or went.
 * @returns a pattern whose changed rings are simple in every size computed, or why that can't be. A ring that crossed itself already, as
 *   some files have them by hundredths of a millimetre, is let be.
 */
export const apply = (pattern: Pattern, operation: Operation, only?: number): Outcome => {
  const sizes = only === undefined ? pattern.sizes.map((_, i) => i) : [only]
  const op = OPS[operation.op] as (pattern: Pattern, operation: Operation, sizes: readonly number[]) => Outcome
  const outcome = op(pattern, operation, sizes)
  if (!outcome.ok) return outcome
  for (const id of outcome.pieces) {
    const piece = outcome.pattern.pieces.find((one) => one.id === id)
    const old = pattern.pieces.find((one) => one.id === id)
    for (const size of sizes) {
      const [shape, was] = [piece?.shapes[size], old?.shapes[size]]
      if (shape && shape !== was && !isSound(shape) && (!was || isSound(was)))
        return refuse('crosses-itself', { piece: id, size: pattern.sizes[size] ?? '' })
    }
  }
  return outcome
}
