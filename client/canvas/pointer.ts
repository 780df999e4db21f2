import type { Pointer } from '../tools/tool.ts'
import type { ScreenPoint } from './viewport.ts'
import { readWheels } from './wheel.ts'

/** What hands may do to the canvas, in CSS pixels from its top left corner. */
export interface Gestures {
  pan(dx: number, dy: number): void
  zoom(factor: number, at: ScreenPoint): void
  pinch(from: readonly [ScreenPoint, ScreenPoint], to: readonly [ScreenPoint, ScreenPoint]): void
  /** @returns whether the tool took hold of something; if not, the drag moves the board. */
  press(at: ScreenPoint, pressure: number, by: Pointer): boolean
  drag(at: ScreenPoint, pressure: number, by: Pointer): void
  lift(at: ScreenPoint, pressure: number, by: Pointer): void
  cancel(): void
  /** Null when the pointer left. */
  hover(at: ScreenPoint | null, by: Pointer): void
  /** The hand is in hand, or the space bar is down. */
  movesBoard(): boolean
}

type Doing =
  | { readonly is: 'nothing' }
  | { readonly is: 'tool' | 'pan'; readonly pointer: number }
  | { readonly is: 'pinch' }

const kindOf = (event: PointerEvent): Pointer =>
  event.pointerType === 'touch' ? 'touch' : event.pointerType === 'pen' ? 'pen' : 'mouse'
/** Fingers tell anything from nothing to 1; only a pen means what it says. */
const pressureOf = (event: PointerEvent): number => (event.pointerType === 'pen' ? event.pressure : 0.5)

/**
 * Listens to mouse, fingers, pen and wheel. One finger uses the tool and two move the board; once a pen was seen, one finger
 * moves the board too, so that a palm doesn't draw.
 *
 * @returns a function that stops listening.
 */
export const listenToPointers = (element: HTMLElement, gestures: Gestures): (() => void) => {
  const fingers = new Map<number, ScreenPoint>()
  const readWheel = readWheels()
  let doing: Doing = { is: 'nothing' }
  let last: ScreenPoint = { x: 0, y: 0 }
  let penSeen = false

  const at = (event: MouseEvent): ScreenPoint => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const two = (): readonly [ScreenPoint, ScreenPoint] => [...fingers.values()].slice(0, 2) as never

  const down = (event: PointerEvent): void => {
    const by = kindOf(event)
    const here = at(event)
    element.focus({ preventScroll: true })
    if (by === 'pen') penSeen = true
    if (by === 'touch') {
      if (doing.is === 'tool' && !fingers.has(doing.pointer)) return
      fingers.set(event.pointerId, here)
      if (fingers.size === 2) {
        if (doing.is === 'tool') gestures.cancel()
        doing = { is: 'pinch' }
      }
      if (fingers.size > 1) return
    } else if (event.button === 2 || doing.is !== 'nothing') return
    element.setPointerCapture(event.pointerId)
    last = here
    const pans = gestures.movesBoard() || event.button === 1 || (by === 'touch' && penSeen)
    const holds = !pans && gestures.press(here, pressureOf(event), by)
    doing = { is: holds ? 'tool' : 'pan', pointer: event.pointerId }
    // Middle button: no scrolling by browser.
    event.preventDefault()
  }
  const move = (event: PointerEvent): void => {
    const by = kindOf(event)
    const here = at(event)
    if (doing.is === 'pinch' && fingers.has(event.pointerId)) {
      const before = two()
      fingers.set(event.pointerId, here)
      if (fingers.size >= 2) gestures.pinch(before, two())
      return
    }
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, here)
    if (doing.is === 'nothing') {
      gestures.hover(here, by)
      return
    }
    if (doing.is === 'pinch' || doing.pointer !== event.pointerId) return
    if (doing.is === 'pan') {
      gestures.pan(here.x - last.x, here.y - last.y)
      last = here
      return
    }
    const between = event.getCoalescedEvents?.() ?? []
    for (const one of between.length > 0 ? between : [event]) gestures.drag(at(one), pressureOf(one), by)
  }
  const up = (event: PointerEvent): void => {
    const here = at(event)
    const wasFinger = fingers.delete(event.pointerId)
    if (doing.is === 'pinch') {
      // The finger that stays neither draws nor jumps: the hand comes off first.
      if (wasFinger && fingers.size === 0) doing = { is: 'nothing' }
      return
    }
    if (doing.is === 'nothing' || doing.pointer !== event.pointerId) return
    if (doing.is === 'tool') gestures.lift(here, pressureOf(event), kindOf(event))
    doing = { is: 'nothing' }
  }
  const lost = (event: PointerEvent): void => {
    fingers.delete(event.pointerId)
    if (doing.is === 'tool' && doing.pointer === event.pointerId) gestures.cancel()
    if (doing.is !== 'pinch' || fingers.size === 0) doing = { is: 'nothing' }
  }
  const leave = (event: PointerEvent): void => {
    if (doing.is === 'nothing') gestures.hover(null, kindOf(event))
  }
  const wheel = (event: WheelEvent): void => {
    event.preventDefault()
    const act = readWheel(event)
    if (act.do === 'zoom') gestures.zoom(act.factor, at(event))
    else gestures.pan(act.dx, act.dy)
  }
  const off = new AbortController()
  const options = { signal: off.signal }
  element.addEventListener('pointerdown', down, options)
  element.addEventListener('pointermove', move, options)
  element.addEventListener('pointerup', up, options)
  element.addEventListener('pointercancel', lost, options)
  element.addEventListener('pointerleave', leave, options)
  // A card may have risen under the finger by the time the browser makes a click of the tap: it must not land there.
  const noClick = (event: TouchEvent): void => {
    if (event.cancelable) event.preventDefault()
  }
  element.addEventListener('touchend', noClick, { ...options, passive: false })
  element.addEventListener('wheel', wheel, { ...options, passive: false })
  return () => off.abort()
}
