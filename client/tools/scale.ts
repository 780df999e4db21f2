import { lengthOf } from '../../shared/domain/geometry.ts'
import type { Shape } from '../../shared/domain/mark.ts'
import { type LineEnds, type LineState, lineRest, lineStep } from './line.ts'
import type { Tool } from './tool.ts'

const shapeOf = ({ from, to }: LineEnds): Shape => ({ kind: 'tape', points: [from, to] })

/** A line over something of known length on a photo; drawn sheets have their true size already. */
export const scale: Tool<LineState> = {
  id: 'scale',
  key: 'e',
  rest: lineRest,
  enter: 'tap',
  step: (state, event, table) =>
    lineStep(
      state,
      event,
      table,
      (sheet) => sheet.kind === 'photo',
      (ends) => ({ sheet: ends.sheet.id, shape: shapeOf(ends) }),
      (ends) => ({ do: 'scale', sheet: ends.sheet.id, length: lengthOf(shapeOf(ends)) }),
    ),
}
