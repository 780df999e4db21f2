import type { ToolId } from '../tools/tool.ts'

/** What a key asks of the canvas while the focus is on it. Lengths in board millimetres, pans in screen pixels. */
export type KeyAct =
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'fit' }
  | { readonly do: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly do: 'nudge' | 'crosshair'; readonly dx: number; readonly dy: number }
  | { readonly do: 'enter' | 'escape' | 'back' }
  | { readonly do: 'space'; readonly down: boolean }

export interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const PAN_PX = 60

/**
 * Arrows move what the tool is about: the selected mark, the crosshair of a tool that draws, or else the board, as they
 * always do with Alt. A step is 1 mm, and 10 mm with Shift.
 *
 * @returns null for keys that are not the canvas's.
 */
export const readKey = (key: Key, tool: ToolId, canNudge: boolean): KeyAct | null => {
  if (key.ctrlKey || key.metaKey) return null
  const arrow = ARROWS[key.key]
  if (arrow) {
    const [x, y] = arrow
    if (key.altKey || tool === 'hand' || (tool === 'select' && !canNudge))
      return { do: 'pan', dx: -x * PAN_PX, dy: -y * PAN_PX }
    const step = key.shiftKey ? 10 : 1
    return { do: tool === 'select' ? 'nudge' : 'crosshair', dx: x * step, dy: y * step }
  }
  if (key.altKey) return null
  switch (key.key) {
    case '+':
    case '=':
      return { do: 'zoom', factor: 1.25 }
    case '-':
    case '_':
      return { do: 'zoom', factor: 0.8 }
    case '0':
      return { do: 'fit' }
    case 'Enter':
      return { do: 'enter' }
    case 'Escape':
      return { do: 'escape' }
    case 'Backspace':
    case 'Delete':
      return { do: 'back' }
    case ' ':
      return { do: 'space', down: true }
    default:
      return null
  }
}
