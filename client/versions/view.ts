import type { Box } from '../../shared/domain/geometry.ts'

/** The part of a drawing that is in view, in its own units. Pure: buttons, wheel, fingers and keys all end here. */
export type View = Box

/** All of a drawing with a little air around it. */
export const wholeOf = (box: Box): View => {
  const air = Math.max(box.width, box.height, 1) * 0.03
  return { x: box.x - air, y: box.y - air, width: box.width + 2 * air, height: box.height + 2 * air }
}

const NEAREST = 1 / 400
const FURTHEST = 4

/** @param factor above 1 comes nearer. @param at stays where it is. @param whole bounds how near and how far one gets. */
export const zoomed = (
  view: View,
  factor: number,
  at: { readonly x: number; readonly y: number },
  whole: View,
): View => {
  const share = Math.min(FURTHEST, Math.max(NEAREST, view.width / factor / whole.width))
  const by = (share * whole.width) / view.width
  return {
    x: at.x - (at.x - view.x) * by,
    y: at.y - (at.y - view.y) * by,
    width: view.width * by,
    height: view.height * by,
  }
}

export const middleOf = ({ x, y, width, height }: View) => ({ x: x + width / 2, y: y + height / 2 })

/** Carried along by some units of the drawing; its middle never leaves the whole. */
export const panned = (view: View, dx: number, dy: number, whole: View): View => {
  const { x, y } = middleOf(view)
  const hold = (n: number, from: number, length: number): number => Math.min(from + length, Math.max(from, n))
  return {
    ...view,
    x: hold(x + dx, whole.x, whole.width) - view.width / 2,
    y: hold(y + dy, whole.y, whole.height) - view.height / 2,
  }
}

/** What a key does to the view; null for keys that are somebody else's. */
export const keyed = (view: View, key: string, whole: View): View | null => {
  const step = 0.15
  switch (key) {
    case 'ArrowLeft':
      return panned(view, -view.width * step, 0, whole)
    case 'ArrowRight':
      return panned(view, view.width * step, 0, whole)
    case 'ArrowUp':
      return panned(view, 0, -view.height * step, whole)
    case 'ArrowDown':
      return panned(view, 0, view.height * step, whole)
    case '+':
    case '=':
      return zoomed(view, 1.4, middleOf(view), whole)
    case '-':
      return zoomed(view, 1 / 1.4, middleOf(view), whole)
    case '0':
      return whole
    default:
      return null
  }
}
