import { mm } from '../../shared/domain/units.ts'
import type { ToolHost } from '../tools/host.ts'
import { toolOf } from '../tools/index.ts'
import type { Camera } from './camera.ts'
import type { Hands } from './hands.ts'
import { type KeyAct, readKey } from './keys.ts'
import { RULER_PX } from './overlay.ts'
import { fromScreen, panned, toScreen, zoomed } from './viewport.ts'

/** The crosshair keeps this far from the rulers and the edges, in screen pixels. */
const EDGE_PX = RULER_PX + 20

export interface KeyboardNeeds {
  readonly tools: ToolHost
  readonly camera: Camera
  readonly hands: Hands
  /** A mark is selected, and it is one's own. */
  ownSelected(): boolean
  isSelected(): boolean
  unselect(): void
  /** The selected mark is asked to be deleted. */
  remove(): void
  redraw(): void
}

/**
 * Everything that hands can do on the canvas, by keys, while the focus is on it.
 *
 * @returns a function that stops listening.
 */
export const listenToKeys = (host: HTMLElement, needs: KeyboardNeeds): (() => void) => {
  const { tools, camera, hands } = needs

  const moveCrosshair = (dx: number, dy: number): void => {
    const from = hands.crosshair() ?? fromScreen(camera.view(), camera.middle())
    const next = { x: mm(from.x + dx), y: mm(from.y + dy) }
    hands.setCrosshair(next)
    tools.point(next)
    if (tools.isBusy()) hands.touch('move', next, 0.5, 'keys')
    const p = toScreen(camera.view(), next)
    const { width, height } = camera.size()
    const slide = (at: number, room: number): number =>
      at < EDGE_PX ? EDGE_PX - at : at > room - EDGE_PX ? room - EDGE_PX - at : 0
    const [sx, sy] = [slide(p.x, width), slide(p.y, height)]
    if (sx !== 0 || sy !== 0) camera.byHand((view) => panned(view, sx, sy))
    needs.redraw()
  }
  const enter = (): void => {
    const tool = toolOf(tools.tool.get())
    const at = hands.crosshair() ?? fromScreen(camera.view(), camera.middle())
    hands.setCrosshair(at)
    const busy = tools.isBusy()
    if (tool.enter === 'tap') {
      hands.touch('down', at, 0.5, 'keys')
      hands.touch('up', at, 0.5, 'keys')
    } else hands.touch(busy ? 'up' : 'down', at, 0.5, 'keys')
  }

  /** @returns false where the key is the page's after all. */
  const doIt = (act: KeyAct): boolean => {
    switch (act.do) {
      case 'zoom':
        camera.byHand((view) => zoomed(view, act.factor, camera.middle()))
        return true
      case 'fit':
        camera.fit()
        return true
      case 'pan':
        camera.byHand((view) => panned(view, act.dx, act.dy))
        return true
      case 'nudge':
        tools.nudge(act.dx, act.dy)
        return true
      case 'crosshair':
        moveCrosshair(act.dx, act.dy)
        return true
      case 'enter':
        // In the middle of nothing, with a mark selected, Enter is the page's: it opens the thread.
        if (tools.tool.get() === 'select' && !hands.crosshair()) return false
        enter()
        return true
      case 'escape':
        if (tools.isBusy()) hands.tell({ type: 'cancel' })
        else if (hands.crosshair()) hands.setCrosshair(null)
        else if (camera.isFollowing()) camera.letGo()
        else if (needs.isSelected()) needs.unselect()
        else return false
        return true
      case 'back':
        if (tools.isBusy()) hands.tell({ type: 'back' })
        else if (tools.tool.get() === 'select' && needs.isSelected()) needs.remove()
        else return false
        return true
      case 'space':
        hands.setSpace(true)
        return true
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== host) return
    const act = readKey(event, tools.tool.get(), needs.ownSelected())
    if (!act || !doIt(act)) return
    needs.redraw()
    event.preventDefault()
    event.stopPropagation()
  }
  const onKeyUp = (event: KeyboardEvent): void => {
    if (event.key === ' ') hands.setSpace(false)
  }
  const off = new AbortController()
  host.addEventListener('keydown', onKeyDown, { signal: off.signal })
  host.addEventListener('keyup', onKeyUp, { signal: off.signal })
  host.addEventListener('blur', () => hands.setSpace(false), { signal: off.signal })
  return () => off.abort()
}
