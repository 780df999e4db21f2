import { CAPS } from '../../shared/domain/mark.ts'
import { type PathKind, type PathState, pathRest, pathStep } from './path.ts'
import { simplifiedTo } from './simplify.ts'
import type { Tool } from './tool.ts'

const kind: PathKind = {
  least: 3,
  closes: true,
  shape: (points) => ({ kind: 'area', points }),
  // Circled by hand: kept to a pixel and a half.
  dragged: (trail, { pixel }) => simplifiedTo(trail, 1.5 * pixel, CAPS.pathPoints),
}

/** Corner by corner, or circled in one go. */
export const area: Tool<PathState> = {
  id: 'area',
  key: 'z',
  rest: pathRest,
  enter: 'tap',
  step: (state, event, table) => pathStep(kind, state, event, table),
}
