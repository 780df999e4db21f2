import type { Shape } from '../../shared/domain/mark.ts'
import { type LineEnds, type LineState, lineRest, lineStep } from './line.ts'
import type { Tool } from './tool.ts'

const shapeOf = ({ sheet, from, to }: LineEnds): { sheet: typeof sheet.id; shape: Shape } => ({
  sheet: sheet.id,
  shape: { kind: 'arrow', from, to },
})

/** From where it comes to what it points at. */
export const arrow: Tool<LineState> = {
  id: 'arrow',
  key: 'f',
  rest: lineRest,
  enter: 'tap',
  step: (state, event, table) =>
    lineStep(
      state,
      event,
      table,
      () => true,
      shapeOf,
      (ends) => ({ do: 'add', ...shapeOf(ends) }),
    ),
}
