import { describe, expect, it } from 'vitest'
import { type OwnPicture, openOwnSwatches } from '../../client/proposals/own-swatches.ts'
import { ApiError } from '../../client/sync/api.ts'
import type { BoardSession, SyncStatus } from '../../client/sync/contract.ts'
import { cell } from '../../client/sync/watched.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'

const LINEN = 'lino' as SwatchId

/** A server that answers when it is told to, and pictures that know whether they were let go of. */
const open = () => {
  const status = cell<SyncStatus>({ is: 'saved' })
  const views: string[] = []
  const answers: { give(): void; refuse(): void }[] = []
  const pictures: { closed: boolean; close(): void }[] = []
  const swatches = openOwnSwatches(
    { status } as unknown as BoardSession,
    async <T>(_: string, path: string, __?: unknown, signal?: AbortSignal): Promise<T> => {
      views.push(path)
      await new Promise<void>((give, refuse) => {
        answers.push({ give, refuse: () => refuse(new ApiError('network')) })
        signal?.addEventListener('abort', () => refuse(new DOMException('', 'AbortError')))
      })
      return { view: `v${views.length}` } as T
    },
    async () => {
      const picture = {
        closed: false,
        close() {
          picture.closed = true
        },
      }
      pictures.push(picture)
      return picture as unknown as ImageBitmap
    },
  )
  swatches.watch()
  const of = (id: SwatchId = LINEN): OwnPicture['is'] | undefined => swatches.state.get().get(id)?.is
  const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return { swatches, status, views, answers, pictures, of, quiet }
}

describe('a swatch that somebody brought', () => {
  it('is looked at once, however often it is wanted', async () => {
    const { swatches, views, answers, of, quiet } = open()
    for (let i = 0; i < 3; i++) swatches.want(LINEN)
    expect([views, of()]).toEqual([['/api/swatches/lino/views'], 'coming'])
    answers[0]?.give()
    await quiet()
    swatches.want(LINEN)
    expect([views.length, of()]).toEqual([1, 'here'])
  })

  it('that was lost is asked for by hand, and by itself when the line is back', async () => {
    const { swatches, status, views, answers, of, quiet } = open()
    swatches.want(LINEN)
    answers[0]?.refuse()
    await quiet()
    swatches.want(LINEN)
    expect([views.length, of()]).toEqual([1, 'lost'])
    swatches.retry(LINEN)
    answers[1]?.refuse()
    await quiet()
    status.set({ is: 'offline', waiting: 0 })
    status.set({ is: 'saved' })
    answers[2]?.give()
    await quiet()
    expect([views.length, of()]).toEqual([3, 'here'])
  })

  it('leaves nothing behind when access ends, what is under way included', async () => {
    const { swatches, status, answers, pictures, of, quiet } = open()
    swatches.want(LINEN)
    answers[0]?.give()
    await quiet()
    swatches.want('tul' as SwatchId)
    status.set({ is: 'ended' })
    await quiet()
    swatches.want(LINEN)
    expect([of(), of('tul' as SwatchId), pictures.map(({ closed }) => closed)]).toEqual([undefined, undefined, [true]])
  })

  it('makes room for others when there are many, the longest unused first', async () => {
    const { swatches, answers, pictures, of, quiet } = open()
    for (let i = 0; i < 17; i++) {
      swatches.want(`s${i}` as SwatchId)
      answers[i]?.give()
      await quiet()
    }
    expect([of('s0' as SwatchId), of('s1' as SwatchId), of('s16' as SwatchId)]).toEqual([undefined, 'here', 'here'])
    expect(pictures.filter(({ closed }) => closed).length).toBe(1)
  })
})
