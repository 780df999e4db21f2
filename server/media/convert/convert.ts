import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { oneLine } from '../../../shared/domain/line.ts'
import type { SheetKind } from '../../../shared/domain/sheet.ts'
import type { UploadQuestion } from '../../../shared/protocol/pattern.ts'
import type { MediaRefusal, ReportLine } from '../../../shared/protocol/report.ts'
import { readHanded } from '../../pattern/checked.ts'
import type { ConversionJob, ConversionResult } from '../conversion.ts'
import { isDiskFull } from '../disk.ts'
import { SNIFF_BYTES, type Sniffed, sniff } from '../kinds.ts'
import { MEDIA_LIMITS, type MediaLimits, SWATCH_SIDE } from '../limits.ts'
import { PATTERN_FILE, type Reads } from './converter.ts'
import { type FromWorker, fromWorker } from './messages.ts'
import { turn } from './queue.ts'
import { usageOf } from './watch.ts'
import type { Order } from './worker.ts'

const PROJECT = resolve(import.meta.dirname, '../../..')
/** What the converting process needs of the project. */
const READABLE = ['node_modules', 'server/media', 'server/pattern', 'shared', 'package.json']
/** How often the watch looks, milliseconds. A decoder can fill some 100 MB between two looks. */
const LOOK_EVERY_MS = 50
/** JavaScript heap of the converting process, MB; pictures lie outside of it. */
const HEAP_MB = 512

const SHEET_KIND: Record<Order['kind'], SheetKind> = {
  jpeg: 'photo',
  png: 'photo',
  webp: 'photo',
  pdf: 'pdf',
  svg: 'drawing',
  pattern: 'pattern',
  version: 'pattern',
}

let emptyNet: boolean | undefined
/** Whether a process can be started in a network namespace of its own, which holds not even a loopback. Tried once. */
const hasEmptyNet = (): boolean => {
  emptyNet ??= process.platform === 'linux' && spawnSync('unshare', ['-rn', 'true'], { stdio: 'ignore' }).status === 0
  return emptyNet
}

const start = ({ file, folder, reads }: Order): ChildProcess => {
  const node = [
    `--max-old-space-size=${HEAP_MB}`,
    '--permission',
    // Native parts of sharp and the canvas. They could pass by the two rules below, our and pdf.js' JavaScript can't.
    '--allow-addons',
    // Not the project as a whole: the data folder may lie in it, with everybody's originals.
    ...READABLE.map((name) => `--allow-fs-read=${join(PROJECT, name)}`),
    `--allow-fs-read=${file}`,
    ...(reads.rul === undefined ? [] : [`--allow-fs-read=${reads.rul}`]),
    `--allow-fs-read=${folder}`,
    `--allow-fs-write=${folder}`,
    '--disable-warning=SecurityWarning',
    '--disable-warning=ExperimentalWarning',
    '--disable-proto=delete',
    join(import.meta.dirname, 'worker.ts'),
  ]
  const [command, args] = hasEmptyNet() ? ['unshare', ['-rn', process.execPath, ...node]] : [process.execPath, node]
  // No environment: it may hold secrets of the server, and none of it is needed.
  return spawn(command as string, args as string[], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  })
}

/** A line of a stack: a function and a place in a file of ours or of a library's. */
const FRAME = /^\s+at [\w.<>$ [\]#()/:@+-]{1,240}$/
/** An error's own words may repeat the file's; its name does not. V8's last words are about memory. */
const NAME = /^(?:Uncaught )?((?:[A-Z]\w{1,40})?(?:Error|Exception))\b/
const LAST_WORDS = /^(FATAL ERROR: [\w ]{1,80})/
const TRACE_LINES = 20
const SAID_MOST = 16 * 1024

/** What the process says on its way down, cut to what can be told without telling of the file. */
const listen = (child: ChildProcess): (() => string[]) => {
  let text = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (chunk: string) => {
    if (text.length < SAID_MOST) text += chunk.slice(0, SAID_MOST - text.length)
  })
  return () => traceOf(text)
}

/** The names of errors and their frames, paths within the project; everything else is left out. */
export const traceOf = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => {
      const told = NAME.exec(line)?.[1] ?? LAST_WORDS.exec(line)?.[1] ?? (FRAME.test(line) ? line.trim() : null)
      return told === null ? [] : [told.replaceAll(`${PROJECT}/`, '').replaceAll('file://', '')]
    })
    .slice(0, TRACE_LINES)

type Outcome = Extract<FromWorker, { type: 'done' | 'refused' | 'asks' }>

const refused = (refusal: MediaRefusal): Outcome => ({ type: 'refused', refusal: refusal as never, report: [] })

/** Runs one order in a fresh process and sees it to its end, whichever comes first of: its word, its death, a limit, the signal. */
const run = (order: Order, job: ConversionJob): Promise<Outcome> => {
  const { limits } = order
  const child = start(order)
  const said = listen(child)
  return new Promise((settle) => {
    const began = performance.now()
    let pages = 1
    let outcome: Outcome | undefined
    let looking = false
    let foreign = false

    const stop = (refusal: MediaRefusal): void => {
      outcome ??= refused(refusal)
      child.kill('SIGKILL')
    }
    const cancel = () => stop({ code: 'cancelled', params: {} })
    const look = async (): Promise<void> => {
      if (performance.now() - began > limits.wallMs)
        return stop({ code: 'took-too-long', params: { seconds: Math.round(limits.wallMs / 1000) } })
      if (looking || child.pid === undefined) return
      looking = true
      const usage = await usageOf(child.pid)
      looking = false
      if (usage === null) return
      const mostCpu = limits.cpuMsPerPage * pages
      if (usage.cpuMs > mostCpu) stop({ code: 'took-too-long', params: { seconds: Math.round(mostCpu / 1000) } })
      if (usage.rssBytes > limits.rssBytes)
        stop({ code: 'too-much-memory', params: { megabytes: Math.round(limits.rssBytes / 1024 / 1024) } })
    }
    const watch = setInterval(() => void look(), LOOK_EVERY_MS)

    child.on('message', (raw) => {
      const parsed = fromWorker.safeParse(raw)
      if (!parsed.success) {
        foreign = true
        return stop({ code: 'converter-failed', params: {} })
      }
      const message = parsed.data
      if (message.type === 'progress') job.onProgress?.(message.step, message.done, message.of)
      else if (message.type === 'pages') pages = Math.min(Math.max(message.count, 1), limits.pages)
      else outcome ??= message
    })
    // `error` comes instead of `close` when it could not be started at all.
    const end = () => {
      clearInterval(watch)
      job.signal?.removeEventListener('abort', cancel)
      outcome ??= refused({ code: 'converter-failed', params: {} })
      if (outcome.type === 'refused' && outcome.refusal.code === 'converter-failed')
        job.onBroken?.({
          kind: order.kind,
          exit: child.signalCode ?? child.exitCode,
          trace: foreign ? ['a message that no converter sends', ...said()] : said(),
        })
      settle(outcome)
    }
    child.on('error', end)
    child.on('close', end)
    if (job.signal?.aborted) cancel()
    else job.signal?.addEventListener('abort', cancel)
    child.send(order, (error) => {
      if (error !== null) stop({ code: 'converter-failed', params: {} })
    })
  })
}

const headOf = async (file: string): Promise<Uint8Array> => {
  const handle = await open(file, 'r')
  try {
    const head = new Uint8Array(SNIFF_BYTES)
    const { bytesRead } = await handle.read(head, 0, SNIFF_BYTES, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** No ending, no folders, no controls, at most 80 characters; pages are numbered when there are several. */
export const sheetName = (file: string, index: number, of: number): string => {
  const last = file.split(/[\\/]/).at(-1) ?? ''
  const clean = oneLine(last.replace(/\.[a-z0-9]{1,5}$/i, ''))
  const base = [...(clean === '' ? '—' : clean)].slice(0, 72).join('')
  return of > 1 ? `${base} ${index + 1}` : base
}

/** Names that patterns go by: where the bytes say nothing that we read, the importer says what such a file is, or lacks. */
const LIKE_A_PATTERN = /\.(?:dxf|dwg|rul)$/i

const photoKindOf = (sniffed: Sniffed): Order['kind'] | MediaRefusal => {
  if ('refusal' in sniffed) {
    const { refusal } = sniffed
    return refusal.code === 'unknown-kind' ? { code: 'not-a-photo', params: refusal.params } : refusal
  }
  const { kind } = sniffed
  return kind === 'pdf' || kind === 'svg' || kind === 'dxf' ? { code: 'not-a-photo', params: { found: kind } } : kind
}

/** What is done with a file, or why nothing. */
const kindOf = (sniffed: Sniffed, job: ConversionJob): Order['kind'] | MediaRefusal => {
  const { name, asPattern = false } = job
  if (job.asSwatch) return photoKindOf(sniffed)
  if ('refusal' in sniffed) {
    const { refusal } = sniffed
    const tried = asPattern || LIKE_A_PATTERN.test(name)
    return refusal.code === 'unknown-kind' && tried ? 'pattern' : refusal
  }
  const { kind } = sniffed
  if (kind === 'dxf' || (asPattern && (kind === 'svg' || kind === 'pdf'))) return 'pattern'
  return kind
}

const PATTERN_BYTES = 64 * 1024 * 1024
const handedOver = async (folder: string): Promise<ReturnType<typeof readHanded>> => {
  const file = join(folder, PATTERN_FILE)
  if ((await stat(file)).size > PATTERN_BYTES) return null
  return readHanded(await readFile(file, 'utf8'))
}

const convertNow = async (job: ConversionJob, limits: MediaLimits): Promise<ConversionResult> => {
  const refuse = (refusal: MediaRefusal, report: readonly ReportLine[] = []): ConversionResult => ({
    ok: false,
    refusal,
    report,
  })
  const { size } = await stat(job.file)
  if (size > limits.bytes) return refuse({ code: 'too-large', params: { bytes: size, most: limits.bytes } })
  const kind = kindOf(sniff(await headOf(job.file)), job)
  if (typeof kind !== 'string') return refuse(kind)
  if (kind === 'svg' && size > limits.svgBytes)
    return refuse({ code: 'too-large', params: { bytes: size, most: limits.svgBytes } })

  await mkdir(job.folder, { recursive: true, mode: 0o700 })
  const { name, rul, answers } = job
  const reads: Reads = {
    name,
    ...(rul === undefined ? {} : { rul }),
    ...(answers === undefined ? {} : { answers }),
    ...(job.asSwatch ? { side: SWATCH_SIDE } : {}),
  }
  const outcome = await run({ kind, file: job.file, folder: job.folder, reads, limits }, job)
  // Checked against closed lists of codes and plain values when it came in; the shape of each code's values is ours.
  const report = outcome.report as unknown as readonly ReportLine[]
  if (outcome.type === 'asks') {
    const questions = outcome.questions as readonly UploadQuestion[]
    return { ok: false, refusal: { code: 'unanswered', params: {} }, report, questions }
  }
  if (outcome.type === 'refused') return refuse(outcome.refusal as unknown as MediaRefusal, report)
  const sheets = outcome.sheets.map(({ index, ...sheet }) => ({
    ...sheet,
    name: sheetName(job.name, index, outcome.sheets.length),
    folder: join(job.folder, String(index)),
  }))
  if (kind !== 'pattern') return { ok: true, kind: SHEET_KIND[kind], sheets, report, pattern: null }
  const pattern = sheets.length === 1 ? await handedOver(job.folder) : null
  if (pattern) return { ok: true, kind: 'pattern', sheets, report, pattern }
  job.onBroken?.({ kind, exit: 0, trace: ['a pattern that no importer makes'] })
  return refuse({ code: 'converter-failed', params: {} })
}

/**
 * The picture of a version that the server has, drawn in the same process of its own and with the same limits.
 *
 * @param job `file` holds `{ pattern, layout }`, packed, as JSON.
 */
export const drawVersion = (
  job: Pick<ConversionJob, 'file' | 'folder' | 'signal' | 'limits'>,
): Promise<ConversionResult> =>
  inTurn({ ...job, name: '' }, async (limits) => {
    await mkdir(job.folder, { recursive: true, mode: 0o700 })
    const outcome = await run(
      { kind: 'version', file: job.file, folder: job.folder, reads: {}, limits },
      { ...job, name: '' },
    )
    if (outcome.type !== 'done') return { ok: false, refusal: { code: 'converter-failed', params: {} }, report: [] }
    const sheets = outcome.sheets.map(({ index, ...sheet }) => ({
      ...sheet,
      name: '',
      folder: join(job.folder, String(index)),
    }))
    return { ok: true, kind: 'pattern', sheets, report: [], pattern: null }
  })

/**
 * Turns an uploaded file into sheets with tile pyramids, in a process of its own, some at once and the rest in order of coming.
 *
 * @returns The sheets, or a refusal; then the job's folder is gone. What a file holds never makes it throw: only a mistake of ours
 * or an unreadable original does.
 */
export const convert = (job: ConversionJob): Promise<ConversionResult> =>
  inTurn(job, (limits) => convertNow(job, limits))

const inTurn = async (
  job: ConversionJob,
  work: (limits: MediaLimits) => Promise<ConversionResult>,
): Promise<ConversionResult> => {
  const limits: MediaLimits = {
    ...MEDIA_LIMITS,
    concurrent: Math.min(4, availableParallelism()),
    ...job.limits,
  }
  const cancelled: ConversionResult = { ok: false, refusal: { code: 'cancelled', params: {} }, report: [] }
  const leave = await turn(limits.concurrent, job.signal)
  if (leave === null) return cancelled
  let result: ConversionResult | undefined
  try {
    result = await work(limits)
    // The word may have come after the last tile was written: the person said stop, so nothing stays.
    if (job.signal?.aborted) result = cancelled
    return result
  } catch (error) {
    if (isDiskFull(error)) return { ok: false, refusal: { code: 'disk-full', params: {} }, report: [] }
    throw error
  } finally {
    if (result?.ok !== true) await rm(job.folder, { recursive: true, force: true })
    leave()
  }
}
