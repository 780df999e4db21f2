import { type PathKind, type PathState, pathRest, pathStep } from './path.ts'
import type { Tool } from './tool.ts'

const kind: PathKind = {
  least: 2,
  closes: false,
  shape: (points) => ({ kind: 'tape', points }),
  dragged: (trail) => [trail[0]!, trail.at(-1)!],
}

/** Point to point along what is measured, or pulled straight from end to end. */
export const tape: Tool<PathState> = {
  id: 'tape',
  key: 'c',
  rest: pathRest,
  enter: 'tap',
  step: (state, event, table) => pathStep(kind, state, event, table),
}
