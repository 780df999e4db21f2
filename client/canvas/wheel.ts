/** The part of a `WheelEvent` that tells what it was. */
export interface Wheel {
  readonly deltaX: number
  readonly deltaY: number
  /** 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly timeStamp: number
}
export type WheelAct =
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'pan'; readonly dx: number; readonly dy: number }

/** A gesture of a trackpad goes on for this long between two events, in milliseconds. */
const GESTURE_MS = 180
const LINE_PX = 18
const NOTCH_PX = 100

/**
 * A mouse wheel zooms, a trackpad pans; both zoom with Ctrl, which is also how browsers tell of a pinch. The two devices send
 * the same event: a wheel comes in whole notches straight down or up, and a trackpad begins softly.
 */
export const readWheels = (): ((wheel: Wheel) => WheelAct) => {
  let softUntil = Number.NEGATIVE_INFINITY
  return (wheel) => {
    const unit = wheel.deltaMode === 0 ? 1 : LINE_PX
    const dx = wheel.deltaX * unit
    const dy = wheel.deltaY * unit
    // A pinch sends small steps, a notch with Ctrl a large one; neither may jump.
    if (wheel.ctrlKey || wheel.metaKey) return { do: 'zoom', factor: Math.exp(-Math.max(-60, Math.min(60, dy)) * 0.01) }
    if (wheel.shiftKey && dx === 0) return { do: 'pan', dx: -dy, dy: 0 }
    const isNotch =
      wheel.deltaMode === 1 ||
      (wheel.deltaX === 0 && Number.isInteger(wheel.deltaY) && Math.abs(wheel.deltaY) >= NOTCH_PX)
    const goesOn = wheel.timeStamp < softUntil
    if (isNotch && !goesOn) return { do: 'zoom', factor: Math.exp(-Math.sign(dy) * 0.18) }
    softUntil = wheel.timeStamp + GESTURE_MS
    return { do: 'pan', dx: -dx, dy: -dy }
  }
}
