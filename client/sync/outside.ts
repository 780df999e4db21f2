import type { BoardId, MarkId, PersonId } from '../../shared/domain/ids.ts'
import type { Live } from './live.ts'

/** What an open board is told by others than its own connection. */
export interface News {
  eyesCalled(mark: MarkId, by: PersonId): void
  /** The board is closed to me, or I am signed out. */
  ended(): void
  /** It was opened, closed or renamed. */
  changed(): void
  online(): void
  offline(): void
  /** The window goes away, perhaps for good. */
  hiding(): void
}

/**
 * Listens to the server's signals about a board and to the page's own, and says over the live line who looks at it.
 *
 * @returns a function that stops listening.
 */
export const listenOutside = (live: Live, board: BoardId, news: News): (() => void) => {
  const enter = (): void => {
    live.command('board.enter', { board }).catch(() => {
      // Signals only: the board works without them, and the next connection asks again.
    })
  }
  const offs = [
    live.on('eyes.called', (signal) => {
      if (signal.board === board) news.eyesCalled(signal.mark, signal.by)
    }),
    live.on('board.ended', (signal) => {
      if (signal.board === board) news.ended()
    }),
    live.on('board.changed', (signal) => {
      if (signal.board === board) news.changed()
    }),
    live.on('session.ended', () => news.ended()),
    live.connected.subscribe(() => {
      if (live.connected.get()) enter()
    }),
  ]
  if (live.connected.get()) enter()
  const page = typeof window === 'undefined' ? null : window
  page?.addEventListener('online', news.online)
  page?.addEventListener('offline', news.offline)
  page?.addEventListener('pagehide', news.hiding)
  return () => {
    for (const off of offs) off()
    page?.removeEventListener('online', news.online)
    page?.removeEventListener('offline', news.offline)
    page?.removeEventListener('pagehide', news.hiding)
  }
}
