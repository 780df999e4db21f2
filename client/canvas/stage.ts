import { StaticCanvas } from 'fabric'
import type { Size, Viewport } from './viewport.ts'

/** The two canvases of a board, one over the other: fabric's with the work, and a plain one with what is never kept. */
export interface Stage {
  readonly fabric: StaticCanvas
  readonly over: CanvasRenderingContext2D
  /** @param pixels device pixels of a CSS pixel. */
  resize(size: Size, pixels: number): void
  /** What fabric draws next is seen like this. */
  lookThrough(view: Viewport, pixels: number): void
  cursor(css: string): void
  clear(): void
  /** Resolves when fabric has let go of its element. */
  dispose(): Promise<void>
}

export const openStage = (host: HTMLElement): Stage => {
  const board = document.createElement('canvas')
  const top = document.createElement('canvas')
  host.append(board, top)
  for (const canvas of [board, top]) {
    canvas.style.position = 'absolute'
    canvas.style.inset = '0'
    // Under the ring that shows where the focus is.
    canvas.style.zIndex = '-1'
    canvas.setAttribute('aria-hidden', 'true')
  }
  top.style.pointerEvents = 'none'
  host.style.touchAction = 'none'
  const fabric = new StaticCanvas(board, { renderOnAddRemove: false, enableRetinaScaling: false })
  const over = top.getContext('2d')!
  return {
    fabric,
    over,
    resize(size, pixels) {
      for (const canvas of [board, top]) {
        canvas.style.width = `${size.width}px`
        canvas.style.height = `${size.height}px`
      }
      const [width, height] = [Math.round(size.width * pixels), Math.round(size.height * pixels)]
      top.width = width
      top.height = height
      fabric.setDimensions({ width, height }, { backstoreOnly: true })
      // Fabric would draw once more by itself, over the marks and lines that are not its own.
      fabric.cancelRequestedRender()
    },
    lookThrough(view, pixels) {
      const k = view.scale * pixels
      fabric.viewportTransform = [k, 0, 0, k, -view.x * k, -view.y * k]
    },
    cursor(css) {
      host.style.cursor = css
    },
    clear() {
      fabric.clear()
      over.setTransform(1, 0, 0, 1, 0, 0)
      over.clearRect(0, 0, top.width, top.height)
    },
    async dispose() {
      await fabric.dispose()
      board.remove()
      top.remove()
    },
  }
}
