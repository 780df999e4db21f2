import type { BoardPoint } from '../../shared/domain/geometry.ts'
import { isNear, type Pointer, reachOf, type Tool } from './tool.ts'

type State = { readonly at: 'rest' } | { readonly at: 'down'; readonly from: BoardPoint; readonly by: Pointer }
const rest: State = { at: 'rest' }

/** A tap says which edge of a pattern one means; a drag moves the table. */
export const propose: Tool<State> = {
  id: 'propose',
  key: 'q',
  rest,
  enter: 'tap',
  step(state, event, table) {
    if (event.type === 'down') return { state: { at: 'down', from: event.at, by: event.by } }
    if (event.type !== 'up' || state.at === 'rest') return { state: event.type === 'move' ? state : rest }
    const isTap = isNear(state.from, event.at, 2 * reachOf(state.by, table))
    return {
      state: rest,
      ...(isTap ? { commit: { do: 'mean', at: event.at, reach: 2 * reachOf(state.by, table) } } : {}),
    }
  },
}
