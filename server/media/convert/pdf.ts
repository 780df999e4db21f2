import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { MM_PER_INCH } from '../../../shared/domain/units.ts'
import { pixelsOf } from './canvasPixels.ts'
import type { Bench, Converter, SheetMade } from './converter.ts'
import { pixelsPerMm, USUAL_DPI } from './resolution.ts'
import { Stop } from './stop.ts'
import { writePyramid } from './tiles.ts'

/** A point of a page by definition (PDF 32000-1, 8.3.2.3), times the page's UserUnit, which pdf.js has counted in. */
const MM_PER_POINT = MM_PER_INCH / 72
/** No real sheet is longer than a bolt of cloth is wide, ten times over. */
const LONGEST_MM = 20_000
/** A page smaller than this holds nothing, and a page of a fraction of a point would ask for endless resolution. */
const SHORTEST_MM = 1
/** Pixels of all pages together: 40 of A4 take 155 million at 200 dpi. */
const ALL_PIXELS = 240_000_000

const MB = 1024 * 1024

const broken = () => new Stop({ code: 'broken', params: { kind: 'pdf' } })

/** pdf.js 6 evaluates no code from a file any more, and draws glyphs as paths here; scripts live in a part that is not loaded. */
const openDocument = async (file: string, pixels: number): Promise<PDFDocumentProxy> => {
  const { getDocument, VerbosityLevel, PasswordException } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const folder = (name: string) => `${join(home, name)}/`
  const task = getDocument({
    data: new Uint8Array(await readFile(file)),
    enableXfa: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
    maxImageSize: pixels,
    canvasMaxAreaInBytes: 256 * MB,
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
  })
  // A file that is only locked against changes opens without a password, and is read like any other.
  try {
    return await task.promise
  } catch (error) {
    if (error instanceof PasswordException) throw new Stop({ code: 'encrypted', params: {} })
    throw broken()
  }
}

const drawPage = async (page: PDFPageProxy, number: number, perMm: number, bench: Bench) => {
  const viewport = page.getViewport({ scale: perMm * MM_PER_POINT })
  const width = Math.max(1, Math.round(viewport.width))
  const height = Math.max(1, Math.round(viewport.height))
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  try {
    await page.render({
      canvas: canvas as never,
      canvasContext: context as never,
      viewport,
      background: '#ffffff',
      // Notes and form fields of the file are not part of the sheet, and some carry actions. Mode 0: draw none.
      annotationMode: 0,
    }).promise
  } catch {
    bench.report.say('page-incomplete', { page: number }, 'skipped')
  }
  return pixelsOf(canvas)
}

/** What is in the file and is left there, said once for the whole document. */
const sayLeftOut = async (document: PDFDocumentProxy, annotations: number, bench: Bench): Promise<void> => {
  // Some come as a map, some as a plain object, by their type and by version.
  const count = (found: object | null | undefined): number =>
    found == null ? 0 : found instanceof Map ? found.size : Object.keys(found).length
  const scripts =
    count(await document.getJSActions().catch(() => null)) + count(await document.getOpenAction().catch(() => null))
  if (scripts > 0) bench.report.say('scripts-skipped', { count: scripts }, 'skipped')
  const attached = await document.getAttachments().catch(() => null)
  const attachments = count(attached)
  if (attachments > 0) bench.report.say('attachments-skipped', { count: attachments }, 'skipped')
  if (annotations > 0) bench.report.say('annotations-skipped', { count: annotations }, 'skipped')
}

interface PageSize {
  readonly width: number
  readonly height: number
}

const sayPages = (sizes: readonly PageSize[], bench: Bench): void => {
  const tenth = (n: number) => Math.round(n * 10) / 10
  let count = 0
  for (const [index, { width, height }] of sizes.entries()) {
    count++
    const next = sizes[index + 1]
    if (next !== undefined && tenth(next.width) === tenth(width) && tenth(next.height) === tenth(height)) continue
    bench.report.say('pages-read', { count, width: tenth(width), height: tenth(height) }, 'read')
    count = 0
  }
}

/** Each page becomes a sheet at true size: crop box, rotation and user unit as the page says. */
export const pdf: Converter = async (bench) => {
  const { limits } = bench
  bench.progress('reading', 0, 1)
  const document = await openDocument(bench.file, limits.pixels)
  const of = document.numPages
  if (of < 1) throw new Stop({ code: 'empty', params: {} })
  if (of > limits.pages) throw new Stop({ code: 'too-many-pages', params: { pages: of, most: limits.pages } })
  bench.pages(of)

  const sizes: PageSize[] = []
  const sheets: SheetMade[] = []
  let annotations = 0
  let room = limits.tileBytes
  let lowest = USUAL_DPI
  for (let number = 1; number <= of; number++) {
    bench.progress('drawing', number - 1, of)
    const page = await document.getPage(number).catch(() => {
      throw broken()
    })
    const whole = page.getViewport({ scale: 1 })
    const width = whole.width * MM_PER_POINT
    const height = whole.height * MM_PER_POINT
    if (!(width >= SHORTEST_MM && height >= SHORTEST_MM)) throw broken()
    if (Math.max(width, height) > LONGEST_MM)
      throw new Stop({ code: 'too-complex', params: { what: 'extent', most: LONGEST_MM } })
    annotations += (await page.getAnnotations().catch(() => [])).length
    const perMm = pixelsPerMm(width, height, Math.min(limits.pixels, ALL_PIXELS / of))
    lowest = Math.min(lowest, Math.floor(perMm * MM_PER_INCH))
    const picture = await drawPage(page, number, perMm, bench)
    page.cleanup()
    const index = number - 1
    const made = await writePyramid(picture, 'drawing', join(bench.folder, String(index)), room, bench)
    room = made.room
    sizes.push({ width, height })
    sheets.push({ index, width, height, mmPerUnit: 1, scale: 'true-size', pyramid: made.pyramid })
  }
  bench.progress('drawing', of, of)
  sayPages(sizes, bench)
  if (lowest < USUAL_DPI - 1) bench.report.say('resolution-lowered', { dpi: lowest }, 'guessed')
  await sayLeftOut(document, annotations, bench)
  return sheets
}
