import type { Tool } from './tool.ts'

type State = { readonly at: 'rest' } | { readonly at: 'shining' }
const rest: State = { at: 'rest' }

/** A light that everybody sees and that leaves nothing. The host shows where it is with the pointer. */
export const laser: Tool<State> = {
  id: 'laser',
  key: 's',
  rest,
  enter: 'hold',
  step(state, event) {
    if (event.type === 'down') return { state: { at: 'shining' }, laser: true }
    if (event.type === 'move') return { state, laser: state.at === 'shining' }
    return { state: rest, laser: false }
  },
}
