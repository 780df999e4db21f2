import { drawnOf, nearestOn, reverseRun, tangentAt } from '../curve.ts'
import { linesOf } from '../lines.ts'
import {
  type Internal,
  type Key,
  type NotchKind,
  type Pattern,
  type Piece,
  type Run,
  SAME_MM,
  type Shape,
  type Vec,
} from '../model.ts'
import { notchAt } from '../place.ts'
import { asciiOf, blockNameOf, wordOf } from './ascii.ts'
import { commentsOf } from './own.ts'

export const DIALECTS = ['aama', 'astm'] as const
export type Dialect = (typeof DIALECTS)[number]

export interface ExportDate {
  readonly y: number
  /** 1 to 12. */
  readonly m: number
  readonly d: number
  readonly h: number
  readonly min: number
}

export interface DxfOptions {
  readonly dialect: Dialect
  readonly date: ExportDate
  /** Who wrote the file: vendor, application and release. */
  readonly author?: { readonly vendor: string; readonly product: string; readonly release: string }
}

const AUTHOR = { vendor: 'PUNTADA', product: 'PUNTADA', release: '0.1' }
/** How far our curves between key points may lie from what was meant, mm: the tolerance that the file declares. */
const TOLERANCE = '.02'
const LINE_STEP = 3.556
const SMALL = '0.250'
const NOTE_HEIGHT = '6.400'
/** R12's longest name. */
const LONGEST_NAME = 31
/** A V that nobody gave a width is drawn this wide, mm: without one, readers take it for a slit. */
const V_WIDTH = 3

const two = (n: number): string => String(n).padStart(2, '0')
const number = (n: number): string => {
  const text = n.toFixed(4)
  return text === '-0.0000' ? '0.0000' : text
}

class Writer {
  readonly lines: string[] = []
  pair(code: number, value: string): void {
    this.lines.push(String(code).padStart(3), value)
  }
  point(code: number, { x, y }: Vec): void {
    this.pair(code, number(x))
    this.pair(code + 10, number(y))
  }
  text(layer: number, at: Vec, text: string, height = SMALL): void {
    this.pair(0, 'TEXT')
    this.pair(8, String(layer))
    this.point(10, at)
    this.pair(40, height)
    this.pair(50, '0.0000')
    this.pair(1, asciiOf(text))
    this.pair(7, 'STANDARD')
  }
  line(layer: number, a: Vec, b: Vec): void {
    this.pair(0, 'LINE')
    this.pair(8, String(layer))
    this.point(10, a)
    this.point(11, b)
  }
  polyline(layer: number, points: readonly Vec[]): void {
    this.pair(0, 'POLYLINE')
    this.pair(8, String(layer))
    this.pair(66, '1')
    this.pair(70, '0')
    for (const point of points) {
      this.pair(0, 'VERTEX')
      this.pair(8, String(layer))
      this.point(10, point)
    }
    this.pair(0, 'SEQEND')
    this.pair(8, String(layer))
  }
  done(): string {
    return `${this.lines.join('\r\n')}\r\n`
  }
}

/** Each piece under a name that no other has, also after its accents are gone. */
const namesOf = (pattern: Pattern): string[] => {
  const taken = new Set<string>()
  return pattern.pieces.map((piece) => {
    const name = asciiOf(piece.name, 80) || asciiOf(piece.id)
    let one = name
    for (let n = 2; taken.has(one.toLowerCase()); n++) one = `${name} ${n}`
    taken.add(one.toLowerCase())
    return one
  })
}

const blockNames = (pattern: Pattern, names: readonly string[]): string[][] => {
  const taken = new Set<string>()
  return pattern.pieces.map((_, i) =>
    pattern.sizes.map((size) => {
      const tail = `_${blockNameOf(size, 12)}`
      const stem = blockNameOf(names[i] ?? '', LONGEST_NAME - tail.length)
      let one = `${stem}${tail}`
      for (let n = 2; taken.has(one.toUpperCase()); n++) {
        const more = `_${n}${tail}`
        one = `${stem.slice(0, LONGEST_NAME - more.length)}${more}`
      }
      taken.add(one.toUpperCase())
      return one
    }),
  )
}

const INTERNAL_LAYERS: Readonly<Record<Internal['kind'], number>> = { line: 8, mark: 8, stripe: 9, plaid: 10, cut: 11 }
const NOTCH_LAYERS: Readonly<Record<NotchKind, number>> = { slit: 4, v: 4, t: 80, castle: 81, check: 82, u: 83 }
/** Where the dense copy of a line goes. */
const QUALITY: Readonly<Record<number, number>> = { 1: 84, 8: 85, 11: 86, 14: 87 }

/** In the order and direction that the file had. */
const asDrawn = (piece: Piece, runs: readonly Run[]): readonly Run[] =>
  piece.clockwise ? [...runs].reverse().map(reverseRun) : runs

/** A place as the file has it. */
const spot = ({ x, y }: Vec): string => `${number(x)} ${number(y)}`

/** Whether a line is another one than the curve that readers put through its keys as they are said. */
const bows = (run: Run, said: readonly Key[]): boolean => {
  if (run.drawn === null && said.every((key, i) => key.turn === run.keys[i]?.turn)) return false
  const rebuilt: Run = { keys: said, drawn: null }
  const off = (of: Run, p: Vec) => nearestOn(of, p).distance > SAME_MM
  return drawnOf(run).some((p) => off(rebuilt, p)) || drawnOf(rebuilt).some((p) => off(run, p))
}

const listOf = (piece: Piece, shape: Shape): (Run | null)[] => {
  const { cut, sew } = linesOf(piece, shape)
  return [...cut, ...(sew ?? []), ...shape.internals]
}
/** Whether one size lists its lines as another does, so that what is said of a point there holds here by its index. */
const listedAlike = (piece: Piece, a: Shape, b: Shape): boolean => {
  const [own, other] = [listOf(piece, a), listOf(piece, b)]
  return own.length === other.length && own.every((run, i) => run?.keys.length === other[i]?.keys.length)
}

class Block {
  private readonly writer: Writer
  private readonly dialect: Dialect
  private readonly piece: Piece
  private readonly shape: Shape
  /** Texts and notes are of this size. */
  private readonly full: boolean
  /** Kinds of points and their rules are said here. */
  private readonly marked: boolean
  /** Corners of the cut line: there another line has one too, as readers take a point that is said to be both for a smooth one. */
  private readonly turns: ReadonlySet<string>
  /** Points are written once, however many lines meet there. */
  private readonly written = new Set<string>()
  /** Rule numbers of the line at hand: another line may have another rule at the same place, and says so after itself. */
  private told = new Set<string>()

  /** @param lead the size that speaks for all that list their lines alike */
  constructor(writer: Writer, dialect: Dialect, piece: Piece, shape: Shape, lead: Shape) {
    this.writer = writer
    this.dialect = dialect
    this.piece = piece
    this.shape = shape
    this.full = shape === lead
    this.marked = this.full || !listedAlike(piece, shape, lead)
    const keys = linesOf(piece, shape).cut.flatMap((run) => run.keys)
    const smooth = new Set(keys.filter(({ turn }) => !turn).map(spot))
    this.turns = new Set(keys.filter((key) => !smooth.has(spot(key))).map(spot))
  }

  private said(keys: readonly Key[]): Key[] {
    return keys.map((key) => ({ ...key, turn: key.turn || this.turns.has(spot(key)) }))
  }

  private once(what: string, layer: number, at: Vec): boolean {
    const key = `${what} ${layer} ${spot(at)}`
    if (this.written.has(key)) return false
    this.written.add(key)
    return true
  }

  /** @param feature Layer of what grows; AAMA keeps the number beside the point instead. */
  private rule(rule: number | undefined, feature: number, pointLayer: number, at: Vec): void {
    const layer = this.dialect === 'astm' ? feature : pointLayer
    const key = `${rule} ${layer} ${spot(at)}`
    if (rule === undefined || this.told.has(key)) return
    this.told.add(key)
    this.writer.text(layer, at, `# ${rule}`)
  }

  private keys(keys: readonly Key[], feature: number): void {
    if (!this.marked) return
    this.told = new Set()
    for (const key of this.said(keys)) {
      const layer = key.turn ? 2 : 3
      if (this.once('point', layer, key)) {
        this.writer.pair(0, 'POINT')
        this.writer.pair(8, String(layer))
        this.writer.point(10, key)
      }
      this.rule(key.rule, feature, layer, key)
    }
  }

  /** The lines of the ring, or beside it. AAMA has no dense copies; readers that know them from ASTM take them, as CLO writes them too. */
  private ring(runs: readonly Run[], layer: number): void {
    const copied = runs.some((run) => this.copies(run))
    for (const run of asDrawn(this.piece, runs)) this.run(run, layer, false, copied)
  }

  private copies(run: Run): boolean {
    return this.dialect === 'astm' || bows(run, this.said(run.keys))
  }

  private run(run: Run, layer: number, plainLine: boolean, copied: boolean): void {
    const [a, b] = run.keys
    if (plainLine && a && b && run.keys.length === 2 && run.drawn === null) this.writer.line(layer, a, b)
    else this.writer.polyline(layer, run.keys)
    const quality = QUALITY[layer]
    const drawn = drawnOf(run)
    // A line that lists a point twice has a copy that does so too: readers pair the two by their lengths.
    const dense = drawn.length < run.keys.length ? run.keys : drawn
    if (copied && quality !== undefined) this.writer.polyline(quality, dense)
    this.keys(run.keys, layer)
  }

  lines(): void {
    const { piece, shape, writer } = this
    const { cut, sew } = linesOf(piece, shape)
    this.ring(cut, 1)
    if (sew !== null) this.ring(sew, 14)
    this.notches(cut)
    if (shape.grain !== null) {
      writer.line(7, ...shape.grain)
      writer.line(5, ...shape.grain)
    }
    const fold = piece.fold === null ? undefined : cut[piece.edges.findIndex(({ id }) => id === piece.fold)]
    const [from, to] = [fold?.keys[0], fold?.keys.at(-1)]
    if (from && to) writer.line(6, from, to)
    for (const [i, internal] of piece.internals.entries()) {
      const run = shape.internals[i]
      const layer = INTERNAL_LAYERS[internal.kind]
      if (!run) continue
      this.run(run, layer, true, this.copies(run))
      const at = this.labelPoint(i)
      if (this.full && internal.label !== '') writer.text(layer, at, internal.label)
      if (this.full && internal.oneSide) writer.text(layer, at, 'NM')
    }
    this.drills()
    if (this.full) for (const note of piece.notes) writer.text(note.layer, note.at, note.text, NOTE_HEIGHT)
  }

  /** A text belongs to the line that has a point where it stands: a point that no other line has, where there is one. */
  private labelPoint(index: number): Vec {
    const { internals } = this.piece
    const layer = (i: number) => INTERNAL_LAYERS[internals[i]?.kind ?? 'line']
    const others = (of: (i: number) => boolean) =>
      new Set(
        this.shape.internals.flatMap((run, i) =>
          run && i !== index && of(i) && layer(i) === layer(index) ? run.keys.map(spot) : [],
        ),
      )
    const keys = this.shape.internals[index]?.keys ?? []
    const all = others(() => true)
    const earlier = others((i) => i < index)
    const at = keys.find((key) => !all.has(spot(key))) ?? keys.find((key) => !earlier.has(spot(key))) ?? keys[0]
    return at ?? { x: 0, y: 0 }
  }

  /** Notches lie on the line that is cut: those of a sewn ring are carried out to it. */
  private notches(cut: readonly Run[]): void {
    const { piece, shape, writer } = this
    for (const [i, notch] of piece.notches.entries()) {
      const place = shape.notches[i]
      const on = notchAt(shape, piece, i)?.at
      if (!place || !on) continue
      const index = piece.edges.findIndex(({ id }) => id === notch.edge)
      const allowance = piece.ring === 'sew' && cut !== shape.runs ? (piece.edges[index]?.allowance ?? 0) : 0
      const along = tangentAt(shape.runs[index] as Run, place.s)
      const at = { x: on.x + along.y * allowance, y: on.y - along.x * allowance }
      writer.pair(0, 'POINT')
      writer.pair(8, String(this.dialect === 'astm' ? NOTCH_LAYERS[notch.kind] : 4))
      writer.point(10, at)
      if (notch.depth > 0) writer.pair(30, number(notch.depth))
      const width = notch.kind === 'v' && notch.width === 0 ? V_WIDTH : notch.kind === 'slit' ? 0 : notch.width
      if (width > 0) writer.pair(39, number(width))
      if (notch.angle !== null) writer.pair(50, number(notch.angle))
      this.told = new Set()
      if (this.full) this.rule(notch.rule, 4, 4, at)
    }
  }

  private drills(): void {
    const { piece, shape, writer } = this
    for (const [i, drill] of piece.drills.entries()) {
      const at = shape.drills[i]
      if (!at) continue
      writer.pair(0, 'POINT')
      writer.pair(8, '13')
      writer.point(10, at)
      if (drill.diameter > 0) writer.pair(30, number(drill.diameter))
      if (this.full && drill.label !== '') writer.text(13, at, drill.label)
      if (this.full) this.rule(drill.rule, 13, 13, at)
    }
  }
}

const textsOf = (piece: Piece, name: string, size: string, dialect: Dialect, full: boolean): string[] => {
  const texts = [`Piece Name: ${name}`, `SIZE: ${size}`]
  if (!full) return texts
  texts.push(`Quantity: ${piece.quantity.drawn},${piece.quantity.mirrored}`)
  texts.push(`ANNOTATION: ${piece.annotation}`)
  texts.push(`CATEGORY: ${piece.category}`)
  texts.push(`${dialect === 'astm' ? 'Material' : 'Fabric'}: ${piece.material}`)
  for (const [key, value] of Object.entries(piece.info)) texts.push(`${key}: ${value}`)
  return texts.filter((text) => !/: $/.test(text))
}

const middleOf = (shape: Shape): Vec => {
  const keys = shape.runs.flatMap((run) => run.keys)
  const xs = keys.map(({ x }) => x)
  const ys = keys.map(({ y }) => y)
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 }
}

const dateOf = ({ y, m, d }: ExportDate): string => `${two(d)}-${two(m)}-${String(y).padStart(4, '0')}`
const timeOf = ({ h, min }: ExportDate): string => `${two(h)}:${two(min)}`

const styleTexts = (pattern: Pattern, { dialect, date, author = AUTHOR }: DxfOptions): string[] => {
  const base = pattern.sizes[pattern.base] ?? ''
  const who =
    dialect === 'astm'
      ? [`Author: ${author.vendor} ; ${author.product} ; ${author.release}`]
      : [`Author: ${author.vendor}`, `PRODUCT: ${author.product}`, `VERSION: ${author.release}`]
  const last =
    dialect === 'astm'
      ? [`Curve Tolerance: ${TOLERANCE}`, 'ASTM/D13Proposal 1 Version: D 6673-04']
      : [`TOLERANCE: ${TOLERANCE}`]
  return [
    `Style Name: ${pattern.name}`,
    `Creation Date: ${dateOf(date)}`,
    `Creation Time: ${timeOf(date)}`,
    ...who,
    `Sample Size: ${base}`,
    `Grade Rule Table: ${pattern.rules.length > 0 ? tableOf(pattern) : ''}`.trimEnd(),
    'Units: METRIC',
    ...last,
  ]
}

const tableOf = (pattern: Pattern): string => blockNameOf(pattern.name, LONGEST_NAME)

/**
 * An AAMA or ASTM D6673 DXF: R12, 7-bit letters, CRLF, millimetres to 0.0001. Every size of a piece is a block; the base size
 * carries point kinds, rule numbers, texts and notes, as AccuMark's files do. Layer 1 is the line to cut along, 14 the line to sew along.
 *
 * Bytes depend on the arguments alone. What reads the file again finds the same lines within 0.001 mm, key points exactly (to the
 * file's 0.0001), and the same texts without their accents; `readDxf` finds the pattern itself, by the comments at the end (`own.ts`).
 */
export const writeDxf = (pattern: Pattern, options: DxfOptions): string => {
  const writer = new Writer()
  const names = namesOf(pattern)
  const blocks = blockNames(pattern, names)
  const section = (name: string) => {
    writer.pair(0, 'SECTION')
    writer.pair(2, name)
  }
  section('HEADER')
  writer.pair(0, 'ENDSEC')
  section('BLOCKS')
  for (const [p, piece] of pattern.pieces.entries()) {
    const lead = piece.shapes[pattern.base] ?? piece.shapes.find((shape) => shape !== null)
    for (const [i, shape] of piece.shapes.entries()) {
      if (!shape || !lead) continue
      writer.pair(0, 'BLOCK')
      writer.pair(8, '0')
      writer.pair(2, blocks[p]?.[i] ?? '')
      writer.pair(70, '64')
      writer.point(10, { x: 0, y: 0 })
      const middle = middleOf(shape)
      for (const [n, text] of textsOf(
        piece,
        names[p] ?? '',
        pattern.sizes[i] ?? '',
        options.dialect,
        shape === lead,
      ).entries())
        writer.text(1, { x: middle.x, y: middle.y + n * LINE_STEP }, text)
      new Block(writer, options.dialect, piece, shape, lead).lines()
      writer.pair(0, 'ENDBLK')
    }
  }
  writer.pair(0, 'ENDSEC')
  section('ENTITIES')
  for (const [n, text] of styleTexts(pattern, options).entries()) writer.text(1, { x: 0, y: n * LINE_STEP }, text)
  for (const [p, piece] of pattern.pieces.entries())
    for (const [i, shape] of piece.shapes.entries()) {
      if (shape === null) continue
      writer.pair(0, 'INSERT')
      writer.pair(8, '1')
      writer.pair(2, blocks[p]?.[i] ?? '')
      writer.point(10, { x: 0, y: 0 })
    }
  writer.pair(0, 'ENDSEC')
  for (const comment of commentsOf(pattern, [...writer.lines, '999'])) writer.pair(999, comment)
  writer.pair(0, 'EOF')
  return writer.done()
}

/**
 * The grade-rule table that belongs to `writeDxf`'s file, or null for a pattern without rules. Millimetres to 0.0001, four pairs a line
 * as AccuMark writes them. Blanks in a size's name become underscores, as blanks part the names here.
 */
export const writeRul = (pattern: Pattern, { dialect, date, author = AUTHOR }: DxfOptions): string | null => {
  if (pattern.rules.length === 0) return null
  const lines =
    dialect === 'astm'
      ? ['ASTM/D13Proposal 1 Version: D 6673-04', `AUTHOR: ${author.vendor} ; ${author.product} ; ${author.release}`]
      : [
          'ANSI/AAMA VERSION: 1.0.0',
          `AUTHOR: ${author.vendor}`,
          `PRODUCT: ${author.product}`,
          `VERSION: ${author.release}`,
        ]
  lines.push(`CREATION DATE: ${dateOf(date)}`, `CREATION TIME: ${timeOf(date)}`, 'UNITS: METRIC')
  lines.push(`GRADE RULE TABLE: ${tableOf(pattern)}`, `NUMBER OF SIZES: ${pattern.sizes.length}`)
  lines.push(
    `SIZE LIST: ${pattern.sizes.map(wordOf).join(' ')}`,
    `SAMPLE SIZE: ${wordOf(pattern.sizes[pattern.base] ?? '')}`,
  )
  for (const { rule, by } of pattern.rules) {
    lines.push(`RULE: DELTA ${rule}`)
    for (let i = 0; i < by.length; i += 4)
      lines.push(
        by
          .slice(i, i + 4)
          .map(({ x, y }) => `   ${number(x)}, ${number(y)}`)
          .join(''),
      )
  }
  lines.push('END')
  return `${lines.map((line) => asciiOfLine(line)).join('\r\n')}\r\n`
}

const asciiOfLine = (line: string): string => {
  const indent = /^ */.exec(line)?.[0] ?? ''
  return indent + asciiOf(line, 2000)
}
