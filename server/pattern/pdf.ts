import { drawObject, PDFDocument, type PDFFont, PDFName, type PDFPage, type PDFRef, StandardFonts } from 'pdf-lib'
import type { ExportDate } from '../../shared/pattern/dxf/write.ts'
import type { Pattern, Vec } from '../../shared/pattern/model.ts'
import { type Packed, pack } from './packing.ts'
import { drawFigure, type Figure, figureOf, outlineOf, shows } from './paper.ts'
import { PAPER_WORDS, type PaperWords } from './paperWords.ts'
import { type Face, Pen, PT_PER_MM } from './pen.ts'

/** mm, upright. */
export const PAPERS = {
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
  a0: { width: 841, height: 1189 },
} as const
export type Paper = keyof typeof PAPERS

export interface PdfOptions {
  readonly paper: Paper
  /** Indexes of the sizes, drawn on each other; empty for the base size. */
  readonly sizes: readonly number[]
  readonly date: ExportDate
  readonly language?: 'es' | 'en'
}

/** Room that printers leave white, and by how much neighbouring pages overlap, mm. */
const MARGIN = 10
const OVERLAP = 10
const GAP = 12
const SQUARE = 100
/** PDF readers stop at 200 inches (PDF 32000-1, annex C), mm. */
const LONGEST = 5_080
const HEADER = 130
const MOST_COLUMNS = 12

interface Sheet extends Packed {
  readonly figures: readonly Figure[]
}

const sheetOf = (figures: readonly Figure[], width: number): Sheet => ({ figures, ...pack(figures, width, GAP) })

const rowName = (row: number): string => {
  let name = ''
  for (let n = row; n >= 0; n = Math.floor(n / 26) - 1) name = String.fromCharCode(65 + (n % 26)) + name
  return name
}
const tileName = (row: number, column: number): string => `${rowName(row)}${column + 1}`

interface Tile {
  readonly row: number
  readonly column: number
  /** Lower left corner on the sheet. */
  readonly x: number
  readonly y: number
}
interface Tiling {
  readonly sheet: Sheet
  readonly rows: number
  readonly columns: number
  readonly tiles: readonly Tile[]
  readonly live: { readonly width: number; readonly height: number }
}

const tilesOf = (sheet: Sheet, live: Tiling['live']): Tiling => {
  const stepX = live.width - OVERLAP
  const stepY = live.height - OVERLAP
  const columns = Math.max(1, Math.ceil((sheet.width - OVERLAP) / stepX))
  const rows = Math.max(1, Math.ceil((sheet.height - OVERLAP) / stepY))
  const tiles: Tile[] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const x = column * stepX
      const y = sheet.height - row * stepY - live.height
      const used = sheet.figures.some((figure, i) => {
        const at = sheet.at[i] as Vec
        const apart =
          at.x > x + live.width || at.x + figure.width < x || at.y > y + live.height || at.y + figure.height < y
        return !apart && shows(figure, at, x, y, live.width, live.height)
      })
      if (used) tiles.push({ row, column, x, y })
    }
  return { sheet, rows, columns, tiles, live }
}

/** The width of sheet that takes the fewest pages. */
const fewest = (figures: readonly Figure[], live: Tiling['live']): Tiling => {
  let best: Tiling | null = null
  for (let columns = 1; columns <= MOST_COLUMNS; columns++) {
    const width = columns * (live.width - OVERLAP) + OVERLAP
    const tiling = tilesOf(sheetOf(figures, width), live)
    if (best === null || tiling.tiles.length < best.tiles.length) best = tiling
  }
  return best as Tiling
}

interface Book {
  readonly document: PDFDocument
  readonly faces: { readonly plain: Face; readonly bold: Face }
  readonly words: PaperWords
}

const fontsOf = ({ faces }: Book) => ({
  Font: { [faces.plain.name]: faces.plain.font.ref, [faces.bold.name]: faces.bold.font.ref },
})

const addPage = (book: Book, width: number, height: number): { page: PDFPage; pen: Pen; done: () => void } => {
  const page = book.document.addPage([width * PT_PER_MM, height * PT_PER_MM])
  const pen = new Pen(book.faces)
  const done = () => {
    for (const { name, font } of [book.faces.plain, book.faces.bold])
      page.node.setFontDictionary(PDFName.of(name), font.ref)
    page.pushOperators(...pen.operators)
  }
  return { page, pen, done }
}

const SHEET = 'Sheet'
/** The whole sheet as one drawing that every page shows its part of. */
const drawingOf = (book: Book, sheet: Sheet): PDFRef => {
  const pen = new Pen(book.faces)
  for (const [i, figure] of sheet.figures.entries())
    pen.within(() => {
      pen.place(sheet.at[i] as Vec)
      drawFigure(pen, figure, book.words)
    })
  const rim = 20 * PT_PER_MM
  const stream = book.document.context.formXObject(pen.operators, {
    BBox: [-rim, -rim, sheet.width * PT_PER_MM + rim, sheet.height * PT_PER_MM + rim],
    Resources: fontsOf(book),
  })
  return book.document.context.register(stream)
}

const wrapped = (pen: Pen, text: string, size: number, width: number): string[] => {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (lines.at(-1) !== '' && pen.widthOf(longer, size) > width) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines
}

const drawSquare = (pen: Pen, x: number, y: number, { square }: PaperWords): void => {
  pen.box(x, y, SQUARE, SQUARE, { width: 0.3 })
  pen.text(square, { x: x + SQUARE / 2, y: y + SQUARE / 2 }, 7, { align: 0.5 })
}

const dateText = ({ y, m, d }: ExportDate): string =>
  `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`

const titleLines = (pattern: Pattern, sizes: readonly number[], { date }: PdfOptions, words: PaperWords): string[] => [
  `${sizes.length > 1 ? words.sizes : words.size} ${sizes.map((i) => pattern.sizes[i]).join(' · ')}`,
  `${words.printed} · ${dateText(date)}`,
]

const drawLegend = (pen: Pen, x: number, y: number, words: PaperWords): void => {
  pen.line([{ x, y: y + 1 }, { x: x + 16, y: y + 1 }], { width: 0.4 }) // biome-ignore format: one stroke a line
  pen.text(words.cutLine, { x: x + 19, y }, 3.2)
  pen.line([{ x, y: y - 5 }, { x: x + 16, y: y - 5 }], { width: 0.25, dash: [4, 2] }) // biome-ignore format: one stroke a line
  pen.text(words.sewLine, { x: x + 19, y: y - 6 }, 3.2)
}

/** The first page: what it is, the square to measure, and where each page lies. */
const cover = (book: Book, pattern: Pattern, sizes: readonly number[], options: PdfOptions, tiling: Tiling): void => {
  const paper = PAPERS[options.paper]
  const { words } = book
  const { pen, done } = addPage(book, paper.width, paper.height)
  const left = MARGIN + 5
  let y = paper.height - MARGIN - 12
  pen.text(pattern.name, { x: left, y }, 8, { bold: true })
  for (const line of titleLines(pattern, sizes, options, words)) {
    y -= 6.5
    pen.text(line, { x: left, y }, 4)
  }
  y -= 8 + SQUARE
  drawSquare(pen, left, y, words)
  const beside = left + SQUARE + 6
  const room = paper.width - MARGIN - beside
  let line = y + SQUARE - 4
  for (const help of [words.squareHelp, words.join]) {
    for (const text of wrapped(pen, help, 3.6, room)) {
      pen.text(text, { x: beside, y: line }, 3.6)
      line -= 4.8
    }
    line -= 4
  }
  drawLegend(pen, beside, line - 2, words)
  y -= 10
  pen.text(words.map, { x: left, y }, 4.5, { bold: true })
  drawMap(pen, tiling, { x: left, y: MARGIN + 5, width: paper.width - 2 * left, height: y - MARGIN - 9 })
  done()
}

const drawMap = (
  pen: Pen,
  { sheet, tiles, live }: Tiling,
  box: { x: number; y: number; width: number; height: number },
): void => {
  const lowest = Math.min(...tiles.map((tile) => tile.y), 0)
  const wide = Math.max(...tiles.map((tile) => tile.x + live.width), sheet.width)
  const scale = Math.min(box.width / wide, box.height / (sheet.height - lowest))
  const to = (p: Vec): Vec => ({ x: box.x + p.x * scale, y: box.y + box.height - (sheet.height - p.y) * scale })
  for (const [i, figure] of sheet.figures.entries()) {
    const at = sheet.at[i] as Vec
    const outline = outlineOf(figure).map((p) => to({ x: p.x + at.x, y: p.y + at.y }))
    pen.blob(outline, 0.9)
    pen.line(outline, { width: 0.2, grey: 0.3 }, true)
  }
  for (const tile of tiles) {
    const corner = to(tile)
    pen.box(corner.x, corner.y, live.width * scale, live.height * scale, { width: 0.15, grey: 0.45 })
    const middle = { x: corner.x + (live.width * scale) / 2, y: corner.y + (live.height * scale) / 2 }
    const size = Math.min(5, live.width * scale * 0.35)
    pen.text(tileName(tile.row, tile.column), { x: middle.x, y: middle.y - size / 3 }, size, { align: 0.5 })
  }
}

const DIAMOND = 4
/** Marks on the middle of each seam between pages: halves on both, one diamond when they lie right. */
const drawJoins = (pen: Pen, tile: Tile, tiling: Tiling): void => {
  const { width, height } = tiling.live
  const has = (row: number, column: number) => tiling.tiles.some((one) => one.row === row && one.column === column)
  const half = OVERLAP / 2
  const sides = [
    { row: 0, column: -1, x: half, y: height / 2, down: true },
    { row: 0, column: 1, x: width - half, y: height / 2, down: true },
    { row: -1, column: 0, x: width / 2, y: height - half, down: false },
    { row: 1, column: 0, x: width / 2, y: half, down: false },
  ]
  for (const { row, column, x, y, down } of sides) {
    if (!has(tile.row + row, tile.column + column)) continue
    const diamond = [
      { x: x - DIAMOND, y },
      { x, y: y + DIAMOND },
      { x: x + DIAMOND, y },
      { x, y: y - DIAMOND },
    ]
    pen.line(diamond, { width: 0.25, grey: 0.3 }, true)
    const seam = down
      ? [{ x, y: 0 }, { x, y: height }] // biome-ignore format: the two ends
      : [{ x: 0, y }, { x: width, y }] // biome-ignore format: the two ends
    pen.line(seam, { width: 0.12, grey: 0.7, dash: [1, 3] })
    const neighbour = tileName(tile.row + row, tile.column + column)
    const at = down ? { x, y: y + DIAMOND + 2 } : { x: x + DIAMOND + 3, y: y - 1 }
    pen.text(neighbour, at, 3, { grey: 0.35, align: down ? 0.5 : 0 })
  }
}

const tilePage = (
  book: Book,
  pattern: Pattern,
  options: PdfOptions,
  tiling: Tiling,
  tile: Tile,
  drawing: PDFRef,
  index: number,
): void => {
  const paper = PAPERS[options.paper]
  const { width, height } = tiling.live
  const { page, pen, done } = addPage(book, paper.width, paper.height)
  page.node.setXObject(PDFName.of(SHEET), drawing)
  pen.within(() => {
    pen.place({ x: MARGIN, y: MARGIN })
    pen.box(0, 0, width, height, { width: 0.12, grey: 0.6 })
    pen.text(tileName(tile.row, tile.column), { x: width - OVERLAP - 6, y: height - OVERLAP - 16 }, 14, {
      bold: true,
      grey: 0.82,
      align: 1,
    })
    drawJoins(pen, tile, tiling)
    pen.within(() => {
      pen.clip(0, 0, width, height)
      pen.place({ x: -tile.x, y: -tile.y })
      pen.operators.push(drawObject(SHEET))
    })
  })
  const footer = `${tileName(tile.row, tile.column)} · ${pattern.name} · ${book.words.page(index + 2, tiling.tiles.length + 1)}`
  pen.text(footer, { x: MARGIN, y: MARGIN - 4.5 }, 3, { grey: 0.3 })
  done()
}

/** One sheet for a plotter: A0 upright or lying, or as much longer as the pieces need; several where a PDF page ends. */
const wholeSheets = (
  book: Book,
  pattern: Pattern,
  sizes: readonly number[],
  options: PdfOptions,
  figures: readonly Figure[],
): void => {
  const paper = PAPERS[options.paper]
  const widest = Math.max(...figures.map(({ width }) => width))
  const room = Math.max(paper.width - 2 * MARGIN, widest)
  const most = LONGEST - HEADER - 3 * MARGIN
  const groups: Figure[][] = [[]]
  for (const figure of figures) {
    const last = groups.at(-1) as Figure[]
    if (last.length > 0 && pack([...last, figure], room, GAP).height > most) groups.push([figure])
    else last.push(figure)
  }
  for (const [index, group] of groups.entries()) {
    const sheet = sheetOf(group, room)
    const head = index === 0 ? HEADER : 0
    const width = Math.max(paper.width, sheet.width + 2 * MARGIN)
    const height = Math.min(LONGEST, Math.max(paper.height, sheet.height + head + 2 * MARGIN))
    const { page, pen, done } = addPage(book, width, height)
    page.node.setXObject(PDFName.of(SHEET), drawingOf(book, sheet))
    if (index === 0) {
      const top = height - MARGIN
      drawSquare(pen, MARGIN, top - SQUARE - 5, book.words)
      pen.text(pattern.name, { x: MARGIN + SQUARE + 10, y: top - 16 }, 12, { bold: true })
      for (const [i, line] of titleLines(pattern, sizes, options, book.words).entries())
        pen.text(line, { x: MARGIN + SQUARE + 10, y: top - 28 - i * 8 }, 6)
      pen.text(book.words.squareHelp, { x: MARGIN + SQUARE + 10, y: top - 52 }, 5)
      drawLegend(pen, MARGIN + SQUARE + 10, top - 64, book.words)
    }
    pen.within(() => {
      pen.place({ x: MARGIN, y: height - MARGIN - head - sheet.height })
      pen.operators.push(drawObject(SHEET))
    })
    done()
  }
}

/**
 * A pattern on paper at true size. `a4` and `letter`: a first page with a square of 10 cm and a map, then pages that overlap by 10 mm, each
 * with its row and column, marks on its seams and the names of its neighbours; empty pages are left out. `a0`: one sheet, longer than A0
 * where the pieces need it.
 *
 * Bytes depend on the arguments alone.
 *
 * @returns Null where no piece has any of the sizes.
 */
export const writePdf = async (pattern: Pattern, options: PdfOptions): Promise<Uint8Array | null> => {
  const sizes = options.sizes.length > 0 ? options.sizes : [pattern.base]
  const figures = pattern.pieces.flatMap((piece) => figureOf(pattern, piece, sizes) ?? [])
  if (figures.length === 0) return null
  const document = await PDFDocument.create({ updateMetadata: false })
  const { y, m, d, h, min } = options.date
  const when = new Date(Date.UTC(y, m - 1, d, h, min))
  document.setCreationDate(when)
  document.setModificationDate(when)
  document.setTitle(pattern.name)
  document.setProducer('Puntada')
  document.setCreator('Puntada')
  const font = async (name: string, which: StandardFonts): Promise<Face> => {
    const found: PDFFont = await document.embedFont(which)
    return { name, font: found }
  }
  const faces = {
    plain: await font('F1', StandardFonts.Helvetica),
    bold: await font('F2', StandardFonts.HelveticaBold),
  }
  const book: Book = { document, faces, words: PAPER_WORDS[options.language ?? 'es'] }
  if (options.paper === 'a0') wholeSheets(book, pattern, sizes, options, figures)
  else {
    const { width, height } = PAPERS[options.paper]
    const tiling = fewest(figures, { width: width - 2 * MARGIN, height: height - 2 * MARGIN })
    cover(book, pattern, sizes, options, tiling)
    const drawing = drawingOf(book, tiling.sheet)
    for (const [i, tile] of tiling.tiles.entries()) tilePage(book, pattern, options, tiling, tile, drawing, i)
  }
  return document.save({ useObjectStreams: false })
}
