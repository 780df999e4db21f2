import { createReadStream, type ReadStream } from 'node:fs'
import { constants, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isPlainId } from '../../shared/domain/ids.ts'
import type { MediaRefusal } from '../../shared/protocol/report.ts'

/** Bytes at rest. Every name is made by the server: only plain ids become paths. */
export interface MediaDisk {
  /** Writes an upload as it streams in. Whole and on disk, or a refusal and nothing left. */
  receive(upload: string, source: AsyncIterable<Uint8Array>, most: number): Promise<Received>
  /** Absolute path of an original, for `convert`. */
  originalPath(upload: string): string
  /** What came along with an upload, such as the grade rules of a DXF: kept and dropped with it. False where the disk is full. */
  keepBeside(upload: string, bytes: Uint8Array): Promise<boolean>
  besidePath(upload: string): string
  /** The original's bytes, for its owner alone. Null when there is none. */
  readOriginal(upload: string): Promise<{ bytes: number; stream: ReadStream } | null>
  /** A folder for one conversion; may not exist yet. */
  jobFolder(upload: string): string
  /** Makes a converted sheet's folder the tiles of `sheet`, or of a later version of it, in one rename, on disk when it returns. */
  keepSheet(folder: string, sheet: string, version?: number): Promise<Kept>
  /** Folder of a kept sheet's tiles, for `renderTile`. */
  sheetFolder(sheet: string, version?: number): string
  /** Makes a converted photo's folder that of a swatch, like `keepSheet`; `bytes` is what it takes. */
  keepSwatch(folder: string, swatch: string): Promise<KeptSwatch>
  swatchFolder(swatch: string): string
  dropSwatch(swatch: string): Promise<void>
  /** Removes a version's tiles. */
  dropPicture(sheet: string, version?: number): Promise<void>
  /** Removes a job with all that was not kept. Fine when there is none. */
  dropJob(upload: string): Promise<void>
  dropOriginal(upload: string): Promise<void>
  dropSheet(sheet: string): Promise<void>
  /** Removes what a crash left behind: half-written uploads, unfinished jobs, swatches that nobody knows of. Call before serving. */
  sweep(isKnown: (swatch: string) => boolean): Promise<void>
  /** Bytes free for us on the disk. */
  free(): Promise<number>
}
export type Received =
  | { readonly ok: true; readonly bytes: number; readonly path: string }
  | { readonly ok: false; readonly refusal: MediaRefusal }
export type KeptSwatch =
  | { readonly ok: true; readonly bytes: number }
  | { readonly ok: false; readonly refusal: MediaRefusal }
export type Kept = { readonly ok: true } | { readonly ok: false; readonly refusal: MediaRefusal }

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** True for errors that say the disk has no room: a value for people, not a crash. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && NO_ROOM.has(String(error.code))

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Opens (and makes) the media folders under `root`: `originals/<upload>`, `sheets/<sheet>/…`, `swatches/<swatch>/…`, `jobs/<upload>/…`.
 *
 * Every method that takes an id throws a RangeError for anything but a plain id: by then the boundary has checked it, so
 * another text is a mistake in our code and must not become a path.
 */
export const openDisk = async (root: string): Promise<MediaDisk> => {
  const base = resolve(root)
  const originals = join(base, 'originals')
  const sheets = join(base, 'sheets')
  const swatches = join(base, 'swatches')
  const jobs = join(base, 'jobs')
  for (const folder of [originals, sheets, swatches, jobs]) await mkdir(folder, { recursive: true, mode: 0o700 })

  const named = (folder: string, id: string): string => {
    if (!isPlainId(id)) throw new RangeError('not a plain id')
    return join(folder, id)
  }
  const pictured = (sheet: string, version = 1): string =>
    named(sheets, sheet) + (version === 1 ? '' : `.v${Math.trunc(version)}`)
  const drop = async (path: string): Promise<void> => rm(path, { recursive: true, force: true })

  const beside = (upload: string): string => `${named(originals, upload)}.rul`

  const keep = async (folder: string, among: string, place: string): Promise<Kept> => {
    if (!resolve(folder).startsWith(`${jobs}/`)) throw new RangeError('not a folder of a job')
    try {
      await rename(folder, place)
      await syncFolder(among)
      return { ok: true }
    } catch (error) {
      if (isDiskFull(error)) return { ok: false, refusal: { code: 'disk-full', params: {} } }
      throw error
    }
  }
  const sizeOf = async (folder: string): Promise<number> => {
    let bytes = 0
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size
    return bytes
  }

  return {
    async receive(upload, source, most) {
      const path = named(originals, upload)
      // A dot can't begin a plain id, so a half-written file is never taken for an original.
      const part = join(originals, `.${upload}.part`)
      let bytes = 0
      try {
        const handle = await open(part, 'wx', 0o600)
        try {
          for await (const chunk of source) {
            bytes += chunk.byteLength
            if (bytes > most) break
            for (let at = 0; at < chunk.byteLength; ) at += (await handle.write(chunk, at)).bytesWritten
          }
          await handle.sync()
        } finally {
          await handle.close()
        }
        if (bytes > most || bytes === 0) {
          await drop(part)
          return {
            ok: false,
            refusal: bytes === 0 ? { code: 'empty', params: {} } : { code: 'too-large', params: { bytes, most } },
          }
        }
        await rename(part, path)
        await syncFolder(originals)
        return { ok: true, bytes, path }
      } catch (error) {
        await drop(part)
        if (isDiskFull(error)) return { ok: false, refusal: { code: 'disk-full', params: {} } }
        throw error
      }
    },
    originalPath: (upload) => named(originals, upload),
    async readOriginal(upload) {
      const path = named(originals, upload)
      try {
        const { size } = await stat(path)
        return { bytes: size, stream: createReadStream(path) }
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      }
    },
    async keepBeside(upload, bytes) {
      const path = beside(upload)
      try {
        const handle = await open(path, 'wx', 0o600)
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await syncFolder(originals)
        return true
      } catch (error) {
        await drop(path)
        if (isDiskFull(error)) return false
        throw error
      }
    },
    besidePath: beside,
    jobFolder: (upload) => named(jobs, upload),
    keepSheet: (folder, sheet, version) => keep(folder, sheets, pictured(sheet, version)),
    async keepSwatch(folder, swatch) {
      const place = named(swatches, swatch)
      const bytes = await sizeOf(folder)
      const kept = await keep(folder, swatches, place)
      return kept.ok ? { ok: true, bytes } : kept
    },
    swatchFolder: (swatch) => named(swatches, swatch),
    dropSwatch: async (swatch) => drop(named(swatches, swatch)),
    sheetFolder: pictured,
    dropPicture: async (sheet, version) => drop(pictured(sheet, version)),
    dropJob: async (upload) => drop(named(jobs, upload)),
    async dropOriginal(upload) {
      await drop(named(originals, upload))
      await drop(beside(upload))
    },
    dropSheet: async (sheet) => drop(named(sheets, sheet)),
    async sweep(isKnown) {
      for (const name of await readdir(jobs)) await drop(join(jobs, name))
      for (const name of await readdir(swatches)) if (!isKnown(name)) await drop(join(swatches, name))
      for (const name of await readdir(originals)) if (name.startsWith('.')) await drop(join(originals, name))
    },
    async free() {
      const { bavail, bsize } = await statfs(base)
      return bavail * bsize
    },
  }
}
