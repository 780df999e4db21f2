import type { BoardPoint, Box } from '../../shared/domain/geometry.ts'
import { mm } from '../../shared/domain/units.ts'

/** What part of the board the window shows: the board point in its top left corner, and screen pixels of one millimetre. */
export interface Viewport {
  readonly x: number
  readonly y: number
  readonly scale: number
}
/** In CSS pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}
export interface ScreenPoint {
  readonly x: number
  readonly y: number
}

/** From a whole floor of pattern paper in a phone to single threads of a photo. */
export const SCALES = { least: 0.005, most: 100 } as const
const clamped = (scale: number): number => Math.min(SCALES.most, Math.max(SCALES.least, scale))

export const toScreen = (view: Viewport, p: { readonly x: number; readonly y: number }): ScreenPoint => ({
  x: (p.x - view.x) * view.scale,
  y: (p.y - view.y) * view.scale,
})
export const fromScreen = (view: Viewport, p: ScreenPoint): BoardPoint => ({
  x: mm(view.x + p.x / view.scale),
  y: mm(view.y + p.y / view.scale),
})

/** Zooms by a factor; the board point under `at` stays under it. */
export const zoomed = (view: Viewport, factor: number, at: ScreenPoint): Viewport => {
  const scale = clamped(view.scale * factor)
  return { scale, x: view.x + at.x / view.scale - at.x / scale, y: view.y + at.y / view.scale - at.y / scale }
}

/** Moves the board by screen pixels: what was at (0, 0) is at (dx, dy) after. */
export const panned = (view: Viewport, dx: number, dy: number): Viewport => ({
  ...view,
  x: view.x - dx / view.scale,
  y: view.y - dy / view.scale,
})

/**
 * Two fingers: the board points that were under them stay under them, as far as a turnless board can.
 *
 * @param from both fingers before, `to` both after, in screen pixels.
 */
export const pinched = (
  view: Viewport,
  from: readonly [ScreenPoint, ScreenPoint],
  to: readonly [ScreenPoint, ScreenPoint],
): Viewport => {
  const middle = ([a, b]: readonly [ScreenPoint, ScreenPoint]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
  const spread = ([a, b]: readonly [ScreenPoint, ScreenPoint]) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y))
  const before = middle(from)
  const after = middle(to)
  return zoomed(panned(view, after.x - before.x, after.y - before.y), spread(to) / spread(from), after)
}

/** The region in the window, in board millimetres. */
export const regionOf = (view: Viewport, size: Size): Box => ({
  x: view.x,
  y: view.y,
  width: size.width / view.scale,
  height: size.height / view.scale,
})

/**
 * The largest view that holds all of a box, whatever its shape, centred.
 *
 * @param margin screen pixels left free on every side.
 */
export const fitted = (box: Box, size: Size, margin: number): Viewport => {
  const width = Math.max(1, size.width - 2 * margin)
  const height = Math.max(1, size.height - 2 * margin)
  const scale = clamped(Math.min(width / Math.max(box.width, 1e-6), height / Math.max(box.height, 1e-6)))
  return {
    scale,
    x: box.x + box.width / 2 - size.width / 2 / scale,
    y: box.y + box.height / 2 - size.height / 2 / scale,
  }
}

/** The view of a window that changed its size: what was in the middle stays there. */
export const resized = (view: Viewport, from: Size, to: Size): Viewport =>
  panned(view, (to.width - from.width) / 2, (to.height - from.height) / 2)

/**
 * Shifts a view as little as it takes to have a box in the window, as far from its edges as there is room, up to `margin` screen pixels.
 * What is larger than the window is looked at where it was.
 */
export const revealed = (view: Viewport, size: Size, box: Box, margin: number): Viewport => {
  const shift = (from: number, length: number, at: number, side: number): number => {
    const free = side - length * view.scale
    if (free < 0) return at
    const room = Math.min(margin, free / 2) / view.scale
    return Math.min(from - room, Math.max(from + length + room - side / view.scale, at))
  }
  return {
    scale: view.scale,
    x: shift(box.x, box.width, view.x, size.width),
    y: shift(box.y, box.height, view.y, size.height),
  }
}

export const grown = (box: Box, by: number): Box => ({
  x: box.x - by,
  y: box.y - by,
  width: box.width + 2 * by,
  height: box.height + 2 * by,
})

export const union = (a: Box, b: Box): Box => {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
