import { type Box, boxOf } from '../../shared/domain/geometry.ts'
import { type Layout, toPattern, toSheet } from '../../shared/pattern/layout.ts'
import type { Pattern, PieceId, Vec } from '../../shared/pattern/model.ts'
import { type Frame, type Trace, traceOf } from '../patterns/trace.ts'

const frame = (layout: Layout, piece: PieceId): Frame => ({
  toBoard: (v) => toSheet(layout, piece, v),
  toPiece: (p) => toPattern(layout, piece, p),
})

/**
 * One size of a version as lines on its sheet, mm, y downwards.
 *
 * @param layout where pieces lie; the one of the other version, so that both lie on each other
 * @param kept where pieces lie that it doesn't know
 */
export const sceneOf = (pattern: Pattern, size: number, layout: Layout, kept: Layout): Trace[] =>
  pattern.pieces.flatMap((piece) => {
    const shape = piece.shapes[size]
    const place = Object.hasOwn(layout.at, piece.id) ? layout : kept
    return shape ? [traceOf(piece, shape, size, frame(place, piece.id))] : []
  })

/** The box around traces; a small one around nothing. */
export const boxAround = (traces: readonly Trace[]): Box =>
  boxOf(
    traces.flatMap(({ box: { x, y, width, height } }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  ) ?? { x: 0, y: 0, width: 100, height: 100 }

const n = (value: number): string => String(Math.round(value * 100) / 100)

/** SVG path data of a line, to a hundredth of a millimetre. */
export const pathOf = (line: readonly Vec[], close = false): string =>
  line.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('') + (close && line.length > 0 ? 'Z' : '')

/** The lines of a piece by weight: what is cut, what is sewn, and what lies inside. */
export const pathsOf = ({ cut, sew, internals, notches, grain, fold }: Trace) => ({
  cut: pathOf(cut, true) + notches.map((notch) => pathOf(notch)).join(''),
  sew: pathOf(sew, true),
  inside: internals.map(({ line }) => pathOf(line)).join('') + (grain ? pathOf(grain) : ''),
  fold: pathOf(fold),
})
