import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SheetId } from '../../shared/domain/ids.ts'
import { packPattern } from '../../shared/pattern/wire.ts'
import type { Tell } from '../live/signals.ts'
import { drawVersion } from '../media/convert/convert.ts'
import type { MediaDisk } from '../media/disk.ts'
import type { Log } from '../rooms/ports.ts'
import type { PatternStore } from '../store/ports.ts'
import type { Records, StoredSheet } from '../store/records-port.ts'

/** Pictures of patterns follow their versions: drawn beside, after the decision, which never waits for them. */
export interface Pictures {
  /** A newer version is there. Until its picture is, looks that have begun show the one before. */
  redraw(sheet: SheetId): void
  /** Resolves when the picture is that of the newest version, or will not be. */
  drawn(sheet: SheetId): Promise<void>
  /** At start: draws what a stop cut off, and removes pictures of versions that nobody looks at any more. */
  recover(): Promise<void>
  stop(): Promise<void>
}

const shownOf = ({ pyramid }: StoredSheet): number => pyramid.version ?? 1

export const openPictures = (needs: {
  readonly records: Records
  readonly versions: PatternStore
  readonly disk: MediaDisk
  readonly tell: Pick<Tell, 'boardChanged'>
  readonly log: Log
  newId(): string
}): Pictures => {
  const { records, versions, disk, tell, log } = needs
  const controller = new AbortController()
  const { signal } = controller
  const drawing = new Map<SheetId, Promise<void>>()

  /** @returns whether another version came meanwhile. */
  const once = async (id: SheetId): Promise<boolean> => {
    const version = records.sheet(id)?.version
    const found = version === undefined ? null : versions.find(id, version)
    if (!found || version === undefined) return false
    const job = needs.newId()
    const folder = disk.jobFolder(job)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = join(folder, 'version.json')
      await writeFile(file, JSON.stringify({ pattern: packPattern(found.pattern), layout: found.layout }))
      const result = await drawVersion({ file, folder, signal })
      if (signal.aborted) return false
      const [drawn] = result.ok ? result.sheets : []
      if (!drawn) {
        log.error({ sheet: id, version }, 'version not drawn')
        return false
      }
      // What a crash left between the folder and its record.
      await disk.dropPicture(id, version)
      const kept = await disk.keepSheet(drawn.folder, id, version)
      const sheet = records.sheet(id)
      if (!kept.ok || !sheet) return false
      records.putSheets([{ ...sheet, pyramid: { ...drawn.pyramid, version } }])
      tell.boardChanged(sheet.board)
      return sheet.version !== version
    } finally {
      await disk.dropJob(job)
    }
  }
  const redraw = (id: SheetId): void => {
    // One that is under way looks again when it is done.
    if (signal.aborted || drawing.has(id)) return
    const run = async (): Promise<void> => {
      try {
        while (await once(id));
      } catch (error) {
        log.error({ sheet: id, error: String(error) }, 'version not drawn')
      } finally {
        drawing.delete(id)
      }
    }
    drawing.set(id, run())
  }

  return {
    redraw,
    drawn: (sheet) => drawing.get(sheet) ?? Promise.resolve(),
    async recover() {
      for (const board of records.boards())
        for (const sheet of records.sheetsOf(board.id)) {
          if (sheet.version === undefined) continue
          for (let old = 1; old < shownOf(sheet); old++) await disk.dropPicture(sheet.id, old)
          if (shownOf(sheet) !== sheet.version) redraw(sheet.id)
        }
    },
    async stop() {
      controller.abort()
      await Promise.all(drawing.values())
    },
  }
}
