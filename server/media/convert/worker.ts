/**
 * The process that a file is read in: it may see the project and that one file, may write into the job's folder, has no
 * network, and is killed when it takes too long or grows too large. Started by `convert.ts`, one for each file.
 */
import './jail.ts'
import sharp from 'sharp'
import type { UploadQuestion } from '../../../shared/protocol/pattern.ts'
import type { ReadableKind } from '../../../shared/protocol/report.ts'
import { isDiskFull } from '../disk.ts'
import type { MediaLimits } from '../limits.ts'
import { type Converter, openReport, type Reads } from './converter.ts'
import type { FromWorker } from './messages.ts'
import { photo } from './photo.ts'
import { Stop } from './stop.ts'

/** What the parent sends, once; it is our own process, so it is believed. */
export interface Order {
  /** `pattern`: a DXF or an SVG to work on. `version`: a version of a pattern, to be drawn. */
  readonly kind: ReadableKind | 'pattern' | 'version'
  readonly file: string
  readonly folder: string
  readonly reads: Reads
  readonly limits: MediaLimits
}

/** One entry for each kind, loaded when needed. A new kind is a new file and a line here and in `kinds.ts`. */
const CONVERTERS: Record<Order['kind'], () => Promise<Converter>> = {
  jpeg: async () => photo('jpeg'),
  png: async () => photo('png'),
  webp: async () => photo('webp'),
  pdf: async () => (await import('./pdf.ts')).pdf,
  svg: async () => (await import('./svg.ts')).svg,
  pattern: async () => (await import('./pattern.ts')).pattern,
  version: async () => (await import('./pattern.ts')).version,
}

// Every reader that sharp has is closed, then the three that are wanted opened again (CVE-2026-114113 was in the others).
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadPngFile', 'VipsForeignLoadWebpFile'],
})
sharp.cache(false)
sharp.concurrency(1)

const send = (message: FromWorker): Promise<void> =>
  new Promise((done) => {
    if (process.send === undefined || !process.connected) process.exit(1)
    process.send(message, () => done())
  })

const work = async (order: Order): Promise<FromWorker> => {
  const report = openReport()
  let questions: readonly UploadQuestion[] = []
  let said = 0
  try {
    const converter = await CONVERTERS[order.kind]()
    const sheets = await converter({
      file: order.file,
      folder: order.folder,
      limits: order.limits,
      report,
      reads: order.reads,
      ask(asked) {
        questions = asked
      },
      progress(step, done, of) {
        // A bar needs no more than this, and a document of thousands of tiles would flood the pipe.
        if (done !== of && done !== 0 && performance.now() - said < 50) return
        said = performance.now()
        void send({ type: 'progress', step, done, of })
      },
      pages: (count) => void send({ type: 'pages', count }),
    })
    return { type: 'done', sheets: [...sheets], report: report.lines as never }
  } catch (error) {
    if (error instanceof Stop)
      return error.refusal.code === 'unanswered'
        ? { type: 'asks', questions: questions as never, report: report.lines as never }
        : { type: 'refused', refusal: error.refusal as never, report: report.lines as never }
    if (isDiskFull(error))
      return { type: 'refused', refusal: { code: 'disk-full', params: {} }, report: report.lines as never }
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    return { type: 'refused', refusal: { code: 'converter-failed', params: {} }, report: [] }
  }
}

// Without its parent nobody watches it any more.
process.on('disconnect', () => process.exit(1))
process.once('message', (order: Order) => {
  void work(order)
    .then(send)
    .then(() => process.exit(0))
})
