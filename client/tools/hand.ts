import type { Tool } from './tool.ts'

/** Moves the board under the window; the viewport does that itself. */
export const hand: Tool<null> = { id: 'hand', key: 'm', rest: null, enter: 'tap', step: () => ({ state: null }) }
