import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { sheetsOf } from '../../shared/document/read.ts'
import { type Box, overlaps, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { BoardId, SheetId, UploadId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { type Instant, mm } from '../../shared/domain/units.ts'
import type { Answers } from '../../shared/pattern/reading.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { UploadState } from '../../shared/protocol/api.ts'
import type { Answered } from '../../shared/protocol/pattern.ts'
import type { ConversionStep } from '../../shared/protocol/report.ts'
import type { Tell } from '../live/signals.ts'
import type { ConversionResult, ConvertedSheet } from '../media/conversion.ts'
import { convert } from '../media/convert/convert.ts'
import type { MediaDisk } from '../media/disk.ts'
import { MEDIA_LIMITS } from '../media/limits.ts'
import { Refused } from '../refused.ts'
import type { Log } from '../rooms/ports.ts'
import type { Rooms } from '../rooms/registry.ts'
import { NotWritten, type PatternStore } from '../store/ports.ts'
import { isAsking, type Records, type StoredAsk, type StoredSheet, type StoredUpload } from '../store/records-port.ts'
import { cleanName } from './names.ts'

/** From a file on its way in to sheets on the board. */
export interface Uploads {
  /** Takes the one file of a multipart request; whole and on disk when it resolves, the conversion under way. */
  receive(actor: Actor, board: BoardId, request: FastifyRequest, as: 'sheet' | 'swatch'): Promise<UploadState>
  state(id: UploadId): UploadState
  /**
   * What the file could not say, said once; it is read again with it.
   *
   * @throws {Refused} `answered` where it asks nothing any more.
   */
  answer(id: UploadId, answers: Answered): void
  /** What somebody has sent to a board as sheets of late, under way or over, oldest first. */
  mine(actor: Actor, board: BoardId): UploadState[]
  /** Fine when it is over already. Resolves when nothing is left of it. */
  cancel(id: UploadId): Promise<void>
  /** At start: what a stop of the server cut off is refused as `interrupted`, and its files are removed. */
  recover(): Promise<void>
  /** Stops what is under way; it is `interrupted` at the next start. */
  stop(): Promise<void>
}

export const QUOTA = { bytes: 2 * 1024 ** 3, files: 200, sheets: 200 } as const
const DAY = 24 * 60 * 60_000
/** Longer ago, an upload is over (`MediaLimits.wallMs`, and its wait before), and whoever sent it has seen how it ended. */
const OF_LATE = 10 * 60_000
/** Between sheets on the board, in millimetres. */
export const GAP = 40
/** A longer row of sheets makes all of them too small to tell apart when the whole board is in view, mm. */
const ROW_MM = 3000
/** Progress is told at most this often, in milliseconds; a step's first and last always are. */
const TELL_EVERY = 200

/** A table of grade rules is some kilobytes. */
const RUL_BYTES = 1024 * 1024
const NOTHING_ASKED: StoredAsk = { asPattern: false, rul: false, questions: [], answers: null }

interface Sent {
  readonly file: MultipartFile
  readonly asPattern: boolean
  readonly rul: Uint8Array | null
}

/** As the importer takes them: what was left open is not there at all. */
const asAnswers = ({ mmPerUnit, allowance }: Answered): Answers => ({
  ...(mmPerUnit === undefined ? {} : { mmPerUnit }),
  ...(allowance === undefined ? {} : { allowance: allowance as NonNullable<Answers['allowance']> }),
})

/** A swatch goes by the name of its upload. */
const swatchOf = (id: UploadId): SwatchId => id as string as SwatchId

interface Job {
  readonly controller: AbortController
  readonly over: Promise<void>
  step: ConversionStep | null
  done: number
  of: number
}

/** The record as documents carry it. */
export const plainSheet = (s: Sheet): Sheet => ({
  id: s.id,
  kind: s.kind,
  name: s.name,
  firm: s.firm,
  width: s.width,
  height: s.height,
  mmPerUnit: s.mmPerUnit,
  scale: s.scale,
  place: { x: s.place.x, y: s.place.y, turn: s.place.turn },
  away: s.away,
  order: s.order,
  ...(s.version === undefined ? {} : { version: s.version }),
})

/**
 * Where something of this size lies free, in board millimetres: to the right of the row that was begun last, or below everything where that
 * row would be too long or something lies there.
 */
const freeSpot = (there: readonly Sheet[], size: { readonly width: number; readonly height: number }) => {
  const lying = there.filter(({ away }) => !away)
  const last = lying.reduce<Sheet | null>((best, one) => (best && best.order > one.order ? best : one), null)
  if (!last) return { x: 0, y: 0 }
  const boxes = lying.map((sheet): Box => ({ x: sheet.place.x, y: sheet.place.y, ...sizeOnBoard(sheet) }))
  const bottom = last.place.y + sizeOnBoard(last).height
  const row = boxes.filter(({ y, height }) => y < bottom && y + height > last.place.y)
  const x = Math.max(...row.map((box) => box.x + box.width)) + GAP
  const y = Math.min(...row.map((box) => box.y))
  const left = Math.min(...boxes.map((box) => box.x))
  if (x + size.width - left <= ROW_MM && !boxes.some((box) => overlaps(box, { x, y, ...size }))) return { x, y }
  return { x: left, y: Math.max(...boxes.map((box) => box.y + box.height)) + GAP }
}

/** Places for new sheets, beside one another; many pages of one file in rows that come near a square. */
export const layOut = (
  there: readonly Sheet[],
  fresh: readonly { readonly width: number; readonly height: number; readonly mmPerUnit: number }[],
): Sheet['place'][] => {
  const columns = fresh.length <= 4 ? fresh.length : Math.ceil(Math.sqrt(fresh.length))
  const spots: { x: number; y: number }[] = []
  let [x, y, tallest, widest] = [0, 0, 0, 0]
  fresh.forEach(({ width, height, mmPerUnit }, i) => {
    if (i > 0 && i % columns === 0) {
      x = 0
      y += tallest + GAP
      tallest = 0
    }
    spots.push({ x, y })
    x += width * mmPerUnit + GAP
    widest = Math.max(widest, x - GAP)
    tallest = Math.max(tallest, height * mmPerUnit)
  })
  const corner = freeSpot(there, { width: widest, height: y + tallest })
  return spots.map((spot) => ({ x: mm(corner.x + spot.x), y: mm(corner.y + spot.y), turn: 0 }))
}

export const openUploads = (needs: {
  readonly records: Records
  readonly versions: PatternStore
  readonly disk: MediaDisk
  readonly rooms: () => Rooms
  readonly tell: Tell
  readonly log: Log
  now(): Instant
  newId(): string
}): Uploads => {
  const { records, versions, disk, tell, log } = needs
  const jobs = new Map<UploadId, Job>()
  /** Files on their way in: how to stop one, and when it is over. */
  const receiving = new Map<UploadId, { stop(): void; readonly over: Promise<void> }>()
  /** What ended while the disk took no more notes: told all the same, and written as soon as it can be. */
  const unwritten = new Map<UploadId, StoredUpload>()
  let stopping = false

  const state = (id: UploadId): UploadState => {
    const upload = unwritten.get(id) ?? records.upload(id)
    if (!upload) throw new Refused('not-found')
    const job = jobs.get(id)
    const { board, name, report, refusal } = upload
    return {
      id,
      board,
      name,
      state: isAsking(upload) ? 'asking' : upload.state === 'waiting' && job?.step ? 'converting' : upload.state,
      questions: (isAsking(upload) && upload.ask?.questions) || [],
      step: job?.step ?? null,
      done: job?.done ?? 0,
      of: job?.of ?? 0,
      sheets: records.sheetsOfUpload(id).map((s) => s.id),
      swatch: records.swatch(swatchOf(id))?.id ?? null,
      report,
      refusal,
    }
  }
  const put = (upload: StoredUpload): void => {
    records.putUpload(upload)
    unwritten.delete(upload.id)
    for (const [id, late] of unwritten) {
      records.putUpload(late)
      unwritten.delete(id)
    }
    tell.uploadMoved(upload.person, state(upload.id))
  }
  const refusalOf = (code: string, params: object): UploadState['refusal'] => ({
    code,
    params: params as Record<string, string | number>,
  })
  /** Over without sheets. The original of a file that came to nothing is not kept. */
  const end = async (
    id: UploadId,
    refusal: UploadState['refusal'],
    report: StoredUpload['report'] = [],
  ): Promise<void> => {
    await disk.dropJob(id)
    await disk.dropOriginal(id)
    const upload = records.upload(id)
    if (!upload) return
    const ended: StoredUpload = {
      ...upload,
      state: refusal?.code === 'cancelled' ? 'cancelled' : 'refused',
      refusal,
      report,
    }
    try {
      put(ended)
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error
      unwritten.set(id, ended)
      tell.uploadMoved(upload.person, state(id))
    }
  }

  const keep = async (upload: StoredUpload, result: Extract<ConversionResult, { ok: true }>): Promise<void> => {
    const { board, firm } = upload
    const room = await needs.rooms().get(board)
    const tooMany = (): boolean => records.sheetsOf(board).length + result.sheets.length > QUOTA.sheets
    const ids = result.sheets.map(() => needs.newId() as SheetId)
    const undo = async (): Promise<void> => {
      records.dropSheets(ids)
      for (const id of ids) await disk.dropSheet(id)
    }
    try {
      for (const [i, { folder }] of result.sheets.entries()) {
        const kept = await disk.keepSheet(folder, ids[i] as SheetId)
        if (kept.ok) continue
        await undo()
        return end(upload.id, kept.refusal, result.report)
      }
      if (tooMany()) {
        await undo()
        return end(upload.id, refusalOf('too-many-sheets', { most: QUOTA.sheets }), result.report)
      }
      // From here to the end of `addSheets` in one turn, so that two files that end together do not lie on each other.
      const there = records.sheetsOf(board)
      const places = layOut(there, result.sheets)
      const first = there.reduce((last, s) => Math.max(last, s.order), 0) + 1
      const sheets = result.sheets.map((converted: ConvertedSheet, i): StoredSheet => {
        const { width, height, mmPerUnit, scale, pyramid } = converted
        const name = cleanName(converted.name)
        const place = places[i] as Sheet['place']
        const base = { id: ids[i] as SheetId, kind: result.kind, name, firm, width, height, mmPerUnit, scale, place }
        const version = result.pattern ? { version: 1 } : {}
        return { ...base, away: false, order: first + i, board, upload: upload.id, pyramid, ...version }
      })
      records.addSheets(sheets)
      const read = result.pattern
      await room.serverWrite(
        (doc) => {
          const root = sheetsOf(doc)
          for (const sheet of sheets) root.set(sheet.id, plainSheet(sheet))
        },
        upload.person,
        // Versions are for good, so the first one is on disk with the sheet's own place on the board, or neither is.
        read === null
          ? {}
          : {
              alongside() {
                const why = { is: 'import', file: upload.name } as const
                versions.add({ sheet: ids[0] as SheetId, version: 1, at: needs.now(), by: upload.person, why, ...read })
              },
            },
      )
    } catch (error) {
      await undo()
      throw error
    }
    await disk.dropJob(upload.id)
    put({ ...upload, state: 'done', refusal: null, report: result.report })
    tell.boardChanged(board)
  }

  /** What came as a swatch stays as its small picture alone: nobody would ask for the original, and what is not there can't leak. */
  const keepSwatch = async (
    upload: StoredUpload,
    { sheets }: Extract<ConversionResult, { ok: true }>,
  ): Promise<void> => {
    const { id, board, firm } = upload
    const { folder, pyramid } = sheets[0] as ConvertedSheet
    const swatch = swatchOf(id)
    const kept = await disk.keepSwatch(folder, swatch)
    if (!kept.ok) return end(id, kept.refusal)
    try {
      await disk.dropOriginal(id)
      await disk.dropJob(id)
      records.together(() => {
        records.putSwatch({ id: swatch, board, firm, pyramid, unnamed: needs.now() })
        records.putUpload({ ...upload, state: 'done', refusal: null, bytes: kept.bytes })
      })
    } catch (error) {
      await disk.dropSwatch(swatch)
      throw error
    }
    tell.uploadMoved(upload.person, state(id))
  }

  const run = async (id: UploadId, job: Job): Promise<void> => {
    const upload = records.upload(id)
    if (!upload) return
    let told = 0
    try {
      const result = await convert({
        file: disk.originalPath(id),
        name: upload.name,
        folder: disk.jobFolder(id),
        asPattern: upload.ask?.asPattern ?? false,
        asSwatch: upload.swatch ?? false,
        ...(upload.ask?.rul ? { rul: disk.besidePath(id) } : {}),
        ...(upload.ask?.answers ? { answers: asAnswers(upload.ask.answers) } : {}),
        signal: job.controller.signal,
        onBroken: (how) => log.error({ upload: id, ...how }, 'converter failed'),
        onProgress(step, done, of) {
          const fresh = step !== job.step
          Object.assign(job, { step, done, of })
          const at = performance.now()
          if (!fresh && done < of && at - told < TELL_EVERY) return
          told = at
          tell.uploadMoved(upload.person, state(id))
        },
      })
      if (stopping) return
      if (job.controller.signal.aborted) return await end(id, refusalOf('cancelled', {}))
      if (result.ok) await (upload.swatch ? keepSwatch : keep)(upload, result)
      else if (result.questions && result.questions.length > 0)
        put({ ...upload, report: result.report, ask: { ...NOTHING_ASKED, ...upload.ask, questions: result.questions } })
      else await end(id, refusalOf(result.refusal.code, result.refusal.params), result.report)
    } catch (error) {
      if (stopping) return
      const full = error instanceof NotWritten && error.why === 'disk-full'
      if (!full) log.error({ error: String(error) }, 'conversion failed')
      await end(id, refusalOf(full ? 'disk-full' : 'converter-failed', {})).catch((again: unknown) =>
        log.error({ error: String(again) }, 'upload not settled; it is at the next start'),
      )
    }
  }
  const begin = (id: UploadId): void => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const job: Job = { controller: new AbortController(), over: promise, step: null, done: 0, of: 0 }
    jobs.set(id, job)
    void run(id, job).finally(() => {
      jobs.delete(id)
      resolve()
    })
  }

  /** Reads what still comes of a refused file, and forgets it: closed half-way, a browser hears no answer. */
  const drain = ({ raw }: FastifyRequest): void => {
    let left: number = MEDIA_LIMITS.bytes
    raw.unpipe()
    raw.on('data', (chunk: Uint8Array) => {
      left -= chunk.byteLength
      if (left < 0) raw.destroy()
    })
    raw.resume()
  }
  /** The file, and what was said before it, which of a photo for a swatch is nothing: `as` and `rul`. */
  const partsOf = async (request: FastifyRequest, as: 'sheet' | 'swatch'): Promise<Sent> => {
    if (!request.isMultipart()) throw new Refused('bad-request', { where: 'content-type' })
    let asPattern = false
    let rul: Uint8Array | null = null
    for await (const part of request.parts()) {
      if (part.type === 'file' && part.fieldname === 'file') return { file: part, asPattern, rul }
      if (as === 'swatch') throw new Refused('bad-request', { where: part.fieldname.slice(0, 60) })
      if (part.type === 'field' && part.fieldname === 'as' && part.value === 'pattern') asPattern = true
      else if (part.type === 'file' && part.fieldname === 'rul' && rul === null) {
        rul = await part.toBuffer()
        if (rul.byteLength > RUL_BYTES || part.file.truncated)
          throw new Refused('too-large', { bytes: rul.byteLength, most: RUL_BYTES })
      } else throw new Refused('bad-request', { where: part.fieldname.slice(0, 60) })
    }
    throw new Refused('bad-request', { where: 'file' })
  }

  const receive: Uploads['receive'] = async (actor, board, request, as) => {
    const { firm } = actor
    if (firm === null) throw new Refused('not-your-firm')
    const at = needs.now()
    const used = records.used(firm, (at - DAY) as Instant)
    if (used.files >= QUOTA.files) throw new Refused('quota-uploads', { most: QUOTA.files })
    if (used.bytes >= QUOTA.bytes) throw new Refused('quota-bytes', { most: QUOTA.bytes })
    if (as === 'sheet' && records.sheetsOf(board).length >= QUOTA.sheets)
      throw new Refused('too-many-sheets', { most: QUOTA.sheets })
    const { file, asPattern, rul } = await partsOf(request, as)
    const id = needs.newId() as UploadId
    const upload: StoredUpload = {
      id,
      board,
      firm,
      person: actor.id,
      name: cleanName(file.filename ?? ''),
      bytes: 0,
      state: 'receiving',
      report: [],
      refusal: null,
      at,
      ask: asPattern || rul ? { ...NOTHING_ASKED, asPattern, rul: rul !== null } : null,
      ...(as === 'swatch' ? { swatch: true } : {}),
    }
    put(upload)
    const { promise: over, resolve: settled } = Promise.withResolvers<void>()
    let calledBack = false
    const stop = (): void => {
      calledBack = true
      file.file.destroy(new Refused('cancelled'))
    }
    receiving.set(id, { stop, over })
    try {
      const received = await disk.receive(id, file.file, MEDIA_LIMITS.bytes)
      if (!received.ok) {
        await end(id, refusalOf(received.refusal.code, received.refusal.params))
        throw new Refused(received.refusal.code, received.refusal.params)
      }
      if (file.file.truncated) {
        await end(id, refusalOf('too-large', { bytes: MEDIA_LIMITS.bytes, most: MEDIA_LIMITS.bytes }))
        throw new Refused('too-large', { bytes: MEDIA_LIMITS.bytes, most: MEDIA_LIMITS.bytes })
      }
      // Asked again: others of the firm may have sent theirs meanwhile.
      if (records.used(firm, (at - DAY) as Instant).bytes + received.bytes > QUOTA.bytes) {
        await end(id, refusalOf('quota-bytes', { most: QUOTA.bytes }))
        throw new Refused('quota-bytes', { most: QUOTA.bytes })
      }
      if (rul && !(await disk.keepBeside(id, rul))) {
        await end(id, refusalOf('disk-full', {}))
        throw new Refused('disk-full')
      }
      put({ ...upload, bytes: received.bytes + (rul?.byteLength ?? 0), state: 'waiting' })
    } catch (error) {
      // Cut off by the person, by their network, or by a disk that takes no notes: nothing stays.
      const why = error instanceof NotWritten && error.why === 'disk-full' ? 'disk-full' : 'cancelled'
      if (calledBack || !(error instanceof Refused)) await end(id, refusalOf(why, {})).catch(() => {})
      throw error
    } finally {
      receiving.delete(id)
      settled()
    }
    begin(id)
    return state(id)
  }

  return {
    state,
    mine: (actor, board) =>
      records
        .uploadsOf(board, actor.id, (needs.now() - OF_LATE) as Instant)
        .flatMap(({ id, swatch }) => (swatch ? [] : [state(id)])),
    receive: (actor, board, request, as) =>
      receive(actor, board, request, as).catch((error: unknown) => {
        drain(request)
        throw error
      }),
    async cancel(id) {
      const coming = receiving.get(id)
      coming?.stop()
      await coming?.over
      const job = jobs.get(id)
      job?.controller.abort()
      await job?.over
      const upload = records.upload(id)
      if (upload && isAsking(upload)) await end(id, refusalOf('cancelled', {}))
    },
    answer(id, answers) {
      const upload = records.upload(id)
      if (!upload?.ask || !isAsking(upload) || jobs.has(id)) throw new Refused('answered')
      put({ ...upload, ask: { ...upload.ask, answers } })
      begin(id)
    },
    async recover() {
      await disk.sweep((swatch) => records.swatch(swatch as SwatchId) !== null)
      for (const upload of records.uploadsUnderWay()) {
        // Its file is there and whole: a person is awaited, and a restart is nothing to them.
        if (isAsking(upload)) continue
        const sheets = records.sheetsOfUpload(upload.id)
        const room = sheets.length > 0 ? await needs.rooms().get(upload.board) : null
        // Once the document has them people may have marked them: only the note that it is done was missing.
        if (room && sheets.every(({ id }) => sheetsOf(room.doc).has(id))) {
          records.putUpload({ ...upload, state: 'done' })
          continue
        }
        records.dropSheets(sheets.map((s) => s.id))
        for (const { id } of sheets) await disk.dropSheet(id)
        if (upload.ask?.answers) {
          // The answers are kept, so nobody is asked twice.
          begin(upload.id)
          continue
        }
        await disk.dropOriginal(upload.id)
        records.putUpload({ ...upload, state: 'refused', refusal: refusalOf('interrupted', {}) })
      }
    },
    async stop() {
      stopping = true
      for (const job of jobs.values()) job.controller.abort()
      await Promise.all([...jobs.values()].map((job) => job.over))
    },
  }
}
