import { swatchesIn } from '../shared/document/read.ts'
import type { UploadId } from '../shared/domain/ids.ts'
import type { Instant } from '../shared/domain/units.ts'
import type { Tell } from './live/signals.ts'
import type { MediaDisk } from './media/disk.ts'
import type { Log } from './rooms/ports.ts'
import type { Rooms } from './rooms/registry.ts'
import type { Records, StoredSwatch } from './store/records-port.ts'

/** Which of the pictures that people brought are in use. Only the boards' documents know: nothing else is asked. */
export interface Swatches {
  /** A proposal on its board shows it now, or an answer to one. */
  isNamed(swatch: Pick<StoredSwatch, 'id' | 'board'>): Promise<boolean>
  /** Once an hour: those that no proposal has shown for a day go. */
  tick(): void
  stop(): Promise<void>
}

const HOUR = 60 * 60_000
/** A proposal that was withdrawn can be brought back for so long, and one that is being written be sent. */
const UNNAMED_LIVES_MS = 24 * HOUR

export const openSwatches = (needs: {
  readonly records: Records
  readonly disk: MediaDisk
  readonly rooms: Rooms
  readonly tell: Pick<Tell, 'boardChanged'>
  readonly log: Log
  now(): Instant
}): Swatches => {
  const { records, disk, rooms, tell, log } = needs
  let sweptAt = Number.NEGATIVE_INFINITY
  let sweeping = Promise.resolve()
  let stopping = false

  const forget = ({ id }: StoredSwatch): void =>
    records.together(() => {
      records.dropSwatch(id)
      const upload = records.upload(id as string as UploadId)
      // The firm has its room back.
      if (upload) records.putUpload({ ...upload, bytes: 0 })
    })
  const sweep = async (): Promise<void> => {
    for (const [board, all] of Map.groupBy(records.swatches(), (swatch) => swatch.board)) {
      if (stopping) return
      const named = swatchesIn((await rooms.get(board)).doc)
      const at = needs.now()
      // In the turn in which it was asked what is named: nobody can name one between that and its end.
      const gone = all.filter((swatch) => {
        const { id, unnamed } = swatch
        if (named.has(id) ? unnamed !== null : unnamed === null)
          records.putSwatch({ ...swatch, unnamed: named.has(id) ? null : at })
        const isOver = !named.has(id) && unnamed !== null && at - unnamed >= UNNAMED_LIVES_MS
        if (isOver) forget(swatch)
        return isOver
      })
      for (const { id } of gone) await disk.dropSwatch(id)
      if (gone.length > 0) tell.boardChanged(board)
    }
  }

  return {
    isNamed: async ({ id, board }) => swatchesIn((await rooms.get(board)).doc).has(id),
    tick() {
      if (needs.now() - sweptAt < HOUR) return
      sweptAt = needs.now()
      sweeping = sweeping
        .then(sweep)
        .catch((error: unknown) => log.error({ error: String(error) }, 'swatches not swept; they are in an hour'))
    },
    async stop() {
      stopping = true
      await sweeping
    },
  }
}
