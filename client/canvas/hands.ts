import type { BoardPoint } from '../../shared/domain/geometry.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { ToolHost } from '../tools/host.ts'
import type { Pointer, ToolEvent } from '../tools/tool.ts'
import type { Camera } from './camera.ts'
import type { Gestures } from './pointer.ts'
import type { Grip } from './proposed.ts'
import { fromScreen, panned, pinched, type ScreenPoint, zoomed } from './viewport.ts'

/** Pixels around the pointer within which a mark is under it. */
const HOVER_PX = 6

export interface HandsNeeds {
  readonly tools: ToolHost
  readonly camera: Camera
  markAt(at: BoardPoint, reach: number): MarkId | null
  /** What a proposal in hand offers to hold there, whatever the tool. */
  grip(at: BoardPoint): Grip | null
  /** The own light is at this point now. */
  shine(at: BoardPoint): void
  onHover(mark: MarkId | null): void
  cursor(css: string): void
  redraw(): void
}

/** What pointers and keys have in common: the tool in hand, told in board millimetres, and the crosshair of the keys. */
export interface Hands {
  readonly gestures: Gestures
  /** Tells the tool. @returns whether it is in the middle of something afterwards. */
  touch(type: 'down' | 'move' | 'up', at: BoardPoint, pressure: number, by: Pointer): boolean
  /** Tells the tool what has no place. */
  tell(event: ToolEvent): void
  readonly crosshair: () => BoardPoint | null
  setCrosshair(at: BoardPoint | null): void
  /** With the space bar down, every drag moves the board. */
  setSpace(down: boolean): void
  /** The tool in hand is another one. */
  changed(): void
}

export const openHands = (needs: HandsNeeds): Hands => {
  const { tools, camera } = needs
  let crosshair: BoardPoint | null = null
  let hovered: MarkId | null = null
  let spaceDown = false
  let held: Grip | null = null

  const showCursor = (): void => {
    const tool = tools.tool.get()
    if (tool === 'hand' || spaceDown) needs.cursor('grab')
    else if (tool !== 'select') needs.cursor('crosshair')
    else needs.cursor(hovered ? 'pointer' : 'default')
  }
  const tell = (event: ToolEvent): boolean => {
    const busy = tools.handle(event)
    needs.redraw()
    return busy
  }
  const touch: Hands['touch'] = (type, at, pressure, by) => {
    const busy = tell({ type, at, pressure, by })
    if (busy && tools.tool.get() === 'laser') needs.shine(at)
    return busy
  }
  const onBoard = (at: ScreenPoint): BoardPoint => fromScreen(camera.view(), at)
  return {
    touch,
    tell,
    crosshair: () => crosshair,
    setCrosshair(at) {
      crosshair = at
    },
    setSpace(down) {
      spaceDown = down
      showCursor()
    },
    changed() {
      crosshair = null
      showCursor()
    },
    gestures: {
      pan: (dx, dy) => camera.byHand((view) => panned(view, dx, dy)),
      zoom: (factor, at) => camera.byHand((view) => zoomed(view, factor, at)),
      pinch: (from, to) => camera.byHand((view) => pinched(view, from, to)),
      press(at, pressure, by) {
        crosshair = null
        const here = onBoard(at)
        tools.point(here)
        held = needs.grip(here)
        return held !== null || touch('down', here, pressure, by)
      },
      drag(at, pressure, by) {
        const here = onBoard(at)
        tools.point(here)
        if (held) held.move(here)
        else touch('move', here, pressure, by)
      },
      lift(at, pressure, by) {
        if (held) held = null
        else touch('up', onBoard(at), pressure, by)
        if (by === 'touch') tools.point(null)
      },
      cancel() {
        held = null
        tell({ type: 'cancel' })
      },
      hover(at, by) {
        const here = at && onBoard(at)
        tools.point(here)
        if (here && tools.isBusy()) touch('move', here, 0.5, by)
        const mark = here && tools.tool.get() === 'select' ? needs.markAt(here, HOVER_PX / camera.view().scale) : null
        if (mark === hovered) return
        hovered = mark
        showCursor()
        needs.onHover(mark)
      },
      movesBoard: () => spaceDown || tools.tool.get() === 'hand',
    },
  }
}
