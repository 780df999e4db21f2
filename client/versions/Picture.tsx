import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from '../design/Button.tsx'
import { useVersionWords } from '../words/versions/words.ts'
import css from './versions.module.css'
import { keyed, middleOf, panned, type View, zoomed } from './view.ts'

const NEARER = 1.4

/** A hand that moved less than this meant a place, not a way; and it means what is this near to it, in screen pixels. */
const STILL_PX = 5
const REACH_PX = 18

/**
 * A drawing that can be moved and zoomed by wheel, hand, fingers, keys and buttons. `code` lies over what is not one's own; `onTap` tells a place in
 * it, and how far a finger reaches there, both in its own units.
 */
export const Picture = ({
  label,
  view,
  whole,
  code,
  onView,
  onTap,
  children,
}: {
  label: string
  view: View
  whole: View
  code: string | null
  onView(view: View): void
  onTap?(at: { readonly x: number; readonly y: number }, reach: number): void
  children: ReactNode
}) => {
  const texts = useVersionWords()
  const svg = useRef<SVGSVGElement>(null)
  const hands = useRef(new Map<number, { x: number; y: number }>())
  const pressed = useRef<{ readonly x: number; readonly y: number } | null>(null)
  const now = useRef({ view, whole, onView })
  now.current = { view, whole, onView }
  const weave = useId()

  const at = (x: number, y: number): { x: number; y: number } => {
    const matrix = svg.current?.getScreenCTM()
    return matrix ? new DOMPoint(x, y).matrixTransform(matrix.inverse()) : middleOf(view)
  }
  // React listens to wheels passively: the dialog would scroll along.
  useEffect(() => {
    const target = svg.current
    if (!target) return
    const onWheel = (e: WheelEvent): void => {
      e.preventDefault()
      const matrix = target.getScreenCTM()
      if (!matrix) return
      const { view, whole, onView } = now.current
      const point = new DOMPoint(e.clientX, e.clientY).matrixTransform(matrix.inverse())
      onView(zoomed(view, Math.exp(-Math.max(-60, Math.min(60, e.deltaY)) / 200), point, whole))
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [])

  const onPointerMove = (e: PointerEvent): void => {
    const held = hands.current.get(e.pointerId)
    if (!held) return
    const others = [...hands.current].filter(([id]) => id !== e.pointerId).map(([, p]) => p)
    const [from, to] = [at(held.x, held.y), at(e.clientX, e.clientY)]
    const [other] = others
    hands.current.set(e.pointerId, { x: e.clientX, y: e.clientY })
    if (!other) {
      onView(panned(view, from.x - to.x, from.y - to.y, whole))
      return
    }
    const apart = (p: { x: number; y: number }): number => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y))
    const still = at(other.x, other.y)
    onView(zoomed(view, apart({ x: e.clientX, y: e.clientY }) / apart(held), still, whole))
  }
  const release = (e: PointerEvent): void => {
    hands.current.delete(e.pointerId)
    const from = pressed.current
    pressed.current = null
    if (e.type !== 'pointerup' || !from || !onTap) return
    if (Math.hypot(e.clientX - from.x, e.clientY - from.y) > STILL_PX) return
    const scale = svg.current?.getScreenCTM()?.a ?? 1
    onTap(at(e.clientX, e.clientY), REACH_PX / scale)
  }
  const onKeyDown = (e: KeyboardEvent): void => {
    const next = keyed(view, e.key, whole)
    if (!next || e.ctrlKey || e.metaKey || e.altKey) return
    e.preventDefault()
    onView(next)
  }
  return (
    <div className={css.picture}>
      {/* biome-ignore lint/a11y/useSemanticElements: it is no set of form fields */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys move what is drawn, as they move a map */}
      <div role="group" aria-label={texts.picture.keys} className={css.pane} tabIndex={0} onKeyDown={onKeyDown}>
        <svg
          ref={svg}
          role="img"
          aria-label={label}
          viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
          onPointerDown={(e) => {
            e.currentTarget.setPointerCapture(e.pointerId)
            // Two fingers never tap.
            pressed.current = hands.current.size === 0 ? { x: e.clientX, y: e.clientY } : null
            hands.current.set(e.pointerId, { x: e.clientX, y: e.clientY })
          }}
          onPointerMove={onPointerMove}
          onPointerUp={release}
          onPointerCancel={release}
        >
          {children}
        </svg>
        {code !== null && (
          <svg className={css.code} aria-hidden="true">
            <defs>
              <pattern id={weave} width="280" height="120" patternUnits="userSpaceOnUse" patternTransform="rotate(-18)">
                <text x="8" y="40">
                  {code}
                </text>
                <text x="-120" y="100">
                  {code}
                </text>
                <text x="160" y="100">
                  {code}
                </text>
              </pattern>
            </defs>
            <rect width="100%" height="100%" fill={`url(#${weave})`} />
          </svg>
        )}
      </div>
      <fieldset className={css.zoom} aria-label={texts.picture.tools}>
        <Button small icon="zoomIn" iconOnly onClick={() => onView(zoomed(view, NEARER, middleOf(view), whole))}>
          {texts.picture.zoomIn}
        </Button>
        <Button small icon="zoomOut" iconOnly onClick={() => onView(zoomed(view, 1 / NEARER, middleOf(view), whole))}>
          {texts.picture.zoomOut}
        </Button>
        <Button small icon="fit" iconOnly onClick={() => onView(whole)}>
          {texts.picture.fit}
        </Button>
      </fieldset>
    </div>
  )
}
