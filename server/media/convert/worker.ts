/**
 * The process that a file is read in: it may see the project and that one file, may write into the job's folder, has no
 * network, and is killed when it takes too long or grows too large. Started by `convert.ts`, one for each file.
 */
import './jail.ts'
import sharp from 'sharp'
import type { ReadableKind } from '../../../shared/protocol/report.ts'
import { isDiskFull } from '../disk.ts'
import type { MediaLimits } from '../limits.ts'
import { type Converter, openReport } from './converter.ts'
import type { FromWorker } from './messages.ts'
import { photo } from './photo.ts'
import { Stop } from './stop.ts'

/** What the parent sends, once; it is our own process, so it is believed. */
export interface Order {
  readonly kind: ReadableKind | 'dxf'
  readonly file: string
  readonly folder: string
  readonly limits: MediaLimits
}

/** One entry for each kind, loaded when needed. A new kind is a new file and a line here and in `kinds.ts`. */
const CONVERTERS: Record<Order['kind'], () => Promise<Converter>> = {
  jpeg: async () => photo('jpeg'),
  png: async () => photo('png'),
  webp: async () => photo('webp'),
  pdf: async () => (await import('./pdf.ts')).pdf,
  svg: async () => (await import('./svg.ts')).svg,
  dxf: async () => async () => {
    throw new Stop({ code: 'dxf-later', params: {} })
  },
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
  let said = 0
  try {
    const converter = await CONVERTERS[order.kind]()
    const sheets = await converter({
      file: order.file,
      folder: order.folder,
      limits: order.limits,
      report,
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
      return { type: 'refused', refusal: error.refusal as never, report: report.lines as never }
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
