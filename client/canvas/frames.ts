/** Draws when there is something to draw, once a frame, and the board only where the board changed. */
export interface Frames {
  /** The board looks different, and with it what lies over it. */
  board(): void
  /** Only what lies over the board does. */
  over(): void
  stop(): void
}

export interface Painting {
  /** @returns whether it needs another frame. */
  board(): boolean
  /** @param time of the frame, in milliseconds of the page's clock. */
  over(time: number): boolean
}

export const openFrames = (painting: Painting): Frames => {
  let boardStale = true
  let overStale = true
  let stopped = false
  let asked = 0

  const soon = (): void => {
    if (asked === 0 && !stopped) asked = requestAnimationFrame(draw)
  }
  const board = (): void => {
    boardStale = overStale = true
    soon()
  }
  const over = (): void => {
    overStale = true
    soon()
  }
  const draw = (time: number): void => {
    asked = 0
    if (stopped) return
    if (boardStale) {
      boardStale = false
      if (painting.board()) board()
    }
    if (!overStale) return
    overStale = false
    if (painting.over(time)) over()
  }
  return {
    board,
    over,
    stop() {
      stopped = true
      cancelAnimationFrame(asked)
    },
  }
}
