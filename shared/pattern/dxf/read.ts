import type { Pattern, Piece, PieceId, Shape } from '../model.ts'
import type {
  Answers,
  ImportNote,
  ImportNoteCode,
  ImportRefusal,
  LayerReport,
  Question,
  Reading,
  Report,
} from '../reading.ts'
import { angleBetween, sub } from '../vec.ts'
import type { Drawing, Drawn, DrawnText, Layer } from './drawing.ts'
import { type Candidate, flatten } from './flat.ts'
import { withRules } from './grade.ts'
import type { Group, Say } from './group.ts'
import { grouped, withSizes } from './grouping.ts'
import { meansOf } from './layers.ts'
import { isRefusal, parseDrawing } from './parse.ts'
import { MOST_WORK, pieceOf } from './pieces.ts'
import { boxOf } from './points.ts'
import { toRaw } from './raw.ts'
import { parseRul, type RulTable } from './rul.ts'
import { vendorOf } from './texts.ts'
import { type Decided, UNITS, unitsOf } from './units.ts'

export interface DxfOptions {
  readonly name?: string
  readonly answers?: Answers
  readonly rul?: Uint8Array
}

/** An AAMA or ASTM D6673 DXF as a pattern, with what is left to ask and a report of every entity. */
export const readDxf = (bytes: Uint8Array, options: DxfOptions = {}): Reading => {
  const table = options.rul ? parseRul(options.rul) : null
  if (table && 'code' in table) return { ok: false, refusal: table }
  const drawing = parseDrawing(bytes)
  if (isRefusal(drawing)) return { ok: false, refusal: drawing }
  const exported = drawing.comments.any ? asExported(drawing, table, options) : null
  if (exported) return exported
  const flat = flatten(drawing)
  if ('code' in flat) return { ok: false, refusal: flat }
  const { candidates } = flat
  if (candidates.length === 0) return { ok: false, refusal: nothing(drawing) }

  const notes = new Notes()
  const say = notes.say
  if (drawing.comments.any) say('changed-since', 1)
  if (!drawing.hasEnd) say('no-end', 1)
  if (drawing.brokenLines > 0)
    notes.add({ code: 'broken-lines', count: drawing.brokenLines, line: drawing.firstBroken })
  if (drawing.commas > 0) say('decimal-commas', drawing.commas)
  if (flat.again > 0) say('placed-again', flat.again)
  if (flat.notPlaced > 0) say('not-placed', flat.notPlaced)
  if (flat.scaled > 0) say('scaled-copy', flat.scaled)
  if (flat.byGuess) say('outline-by-guess', candidates.length, { what: candidates[0]!.outline.name })

  const style = styleOf(flat.texts)
  for (const text of flat.texts) text.fate = 'read'
  const texts = candidates.length < 50 ? [...flat.texts, ...textsOn(candidates)] : flat.texts
  const units = unitsOf(drawing, candidates, texts, options.answers?.mmPerUnit)
  const raws = candidates.map((candidate) => toRaw(candidate, units.mmPerUnit))
  const marker = flat.loose && raws.length > 1 && raws.every((raw) => !raw.says.has('piecename'))
  if (marker) say('marker', raws.length)

  const { groups, sizes, base } = grouped(raws, style.sample, say)
  const pieces: Piece[] = []
  const axes = new Map<PieceId, number>()
  const work = { left: MOST_WORK }
  for (const { name, sizes: raws } of groups)
    for (let group: Group | null = { name, sizes: raws }; group; ) {
      const id = `p${pieces.length + 1}` as PieceId
      const made = pieceOf(group, id, base, say, work)
      if (work.left < 0) return { ok: false, refusal: { code: 'too-many', amount: MOST_WORK } }
      if (made) {
        pieces.push(made.piece)
        axes.set(id, made.axes)
      }
      group = made?.apart ? { name: withSizes(name, made.apart, sizes), sizes: made.apart } : null
    }
  if (pieces.length === 0) return { ok: false, refusal: nothing(drawing) }
  for (const [type, count] of unknownTypes(drawing)) say('unknown-entity', count, { what: type })

  const answered = pieces.map((piece) => withAnswer(piece, options.answers))
  const kind = marker ? 'marker' : style.astm ? 'astm' : 'aama'
  const { vendor, product, release } = style
  const drawn: Pattern = {
    name: style.name || nameOfFile(options.name ?? ''),
    sizes,
    base,
    pieces: answered,
    seams: [],
    measures: [],
    rules: [],
    source: { format: style.astm ? 'astm' : 'aama', vendor, product, release, texts: style.texts },
  }
  // The same word for the unit in both files means the same unit, also where the drawing proved it wrong.
  const declared = units.evidence.find(({ from }) => from === 'declared')?.mmPerUnit
  const ruled = table?.mmPerUnit ?? null
  const ruleUnit = ruled === null || ruled === declared ? units.mmPerUnit : ruled
  const pattern = table ? withRules(drawn, table, ruleUnit, axes, say) : drawn
  const largest = largestOf(pattern)
  const report: Report = {
    kind,
    vendor,
    product,
    release,
    units: { mmPerUnit: units.mmPerUnit, why: units.why, evidence: units.evidence, largest },
    layers: layersOf(drawing),
    notes: notes.list(),
  }
  return { ok: true, pattern, questions: questionsOf(pattern, units, largest, options.answers), report }
}

const METRIC = 'Units: METRIC'

/** A file that we wrote and nobody changed: every entity of it is of the pattern that its comments hold. Null where it is none. */
const asExported = (drawing: Drawing, table: RulTable | null, options: DxfOptions): Reading | null => {
  const { astm, vendor, product, release, texts } = styleOf(drawing.entities.filter((entity) => entity.is === 'text'))
  const { answers } = options
  // Who says that the file has another unit knows of a change that we don't.
  if (answers?.mmPerUnit !== undefined && answers.mmPerUnit !== 1) return null
  const format = astm ? 'astm' : 'aama'
  const own = drawing.comments.pattern({ format, vendor, product, release, texts })
  if (!own) return null
  for (const { entities } of [drawing, ...drawing.blocks])
    for (const entity of entities) {
      entity.fate = 'read'
      if (entity.is === 'insert') for (const text of entity.texts) text.fate = 'read'
    }
  const notes = new Notes()
  notes.say('as-exported', 1)
  const drawn = { ...own, pieces: own.pieces.map((piece) => withAnswer(piece, answers)) }
  const axes = new Map(drawn.pieces.map((piece) => [piece.id, grainOf(piece.shapes[drawn.base])]))
  const pattern = table ? withRules(drawn, table, table.mmPerUnit ?? 1, axes, notes.say) : drawn
  const evidence = [{ from: 'declared', says: METRIC, mmPerUnit: 1 }] as const
  const units: Decided = { mmPerUnit: 1, why: 'declared', evidence, doubtful: false, longest: 0 }
  const largest = largestOf(pattern)
  const report: Report = {
    kind: format,
    vendor,
    product,
    release,
    units: { mmPerUnit: 1, why: 'declared', evidence, largest },
    layers: layersOf(drawing),
    notes: notes.list(),
  }
  return { ok: true, pattern, questions: questionsOf(pattern, units, largest, answers), report }
}

/** Direction of the grain in degrees, which our files write as the grade reference too; 0 where there is none. */
const grainOf = (shape: Shape | null | undefined): number => {
  if (!shape?.grain) return 0
  const [from, to] = shape.grain
  return angleBetween({ x: 1, y: 0 }, sub(to, from))
}

const nothing = (drawing: Drawing): ImportRefusal =>
  drawing.blocks.length === 0 && drawing.entities.length === 0 && drawing.skipped.size === 0
    ? { code: drawing.brokenLines > 0 ? 'not-dxf' : 'no-pieces' }
    : { code: 'no-pieces' }

const textsOn = (candidates: readonly Candidate[]): DrawnText[] => {
  const out: DrawnText[] = []
  for (const { parts } of candidates) for (const { entity } of parts) if (entity.is === 'text') out.push(entity)
  return out
}

const nameOfFile = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .slice(0, 120)

class Notes {
  private readonly found = new Map<string, ImportNote>()
  readonly say: Say = (code: ImportNoteCode, count, more = {}) => this.add({ code, count, ...more })

  add(note: ImportNote): void {
    const key = `${note.code} ${note.piece ?? ''} ${note.what ?? ''}`
    const before = this.found.get(key)
    this.found.set(key, before ? { ...before, count: before.count + note.count } : note)
  }
  list(): ImportNote[] {
    return [...this.found.values()]
  }
}

interface Style {
  readonly name: string
  readonly sample: string
  readonly astm: boolean
  readonly vendor: string
  readonly product: string
  readonly release: string
  readonly texts: Readonly<Record<string, string>>
}

const styleOf = (lines: readonly DrawnText[]): Style => {
  const texts = new Map<string, string>()
  const pairs: { readonly key: string; readonly value: string }[] = []
  let other = 0
  let astm = false
  for (const { text, pair } of lines) {
    if (!pair) {
      if (text !== '') texts.set(`text ${++other}`, text)
      continue
    }
    if (pair.key.startsWith('astm')) astm = true
    pairs.push(pair)
    const before = texts.get(pair.written)
    if (before === undefined) texts.set(pair.written, pair.value)
    else if (before !== pair.value) texts.set(`text ${++other}`, text)
  }
  const said = (key: string): string | undefined => pairs.find((pair) => pair.key === key)?.value
  const author = said('author') ?? ''
  const [maker, application, version] = author.split(';').map((part) => part.trim())
  const product = said('product') ?? application ?? ''
  const release = said('version') ?? version ?? ''
  return {
    name: said('stylename') ?? '',
    sample: said('samplesize') ?? '',
    astm,
    vendor: vendorOf(`${maker ?? ''} ${author} ${product} ${release}`),
    product,
    release,
    texts: Object.fromEntries(texts),
  }
}

const withAnswer = (piece: Piece, answers: Answers | undefined): Piece => {
  if (piece.ring !== null || !answers?.allowance) return piece
  const given = Object.hasOwn(answers.allowance, piece.id)
    ? answers.allowance[piece.id]
    : answers.allowance['*' as PieceId]
  if (!given) return piece
  const edges = piece.edges.map((edge) => ({ ...edge, allowance: edge.id === piece.fold ? null : given.mm }))
  return { ...piece, ring: given.included ? 'cut' : 'sew', edges }
}

const largestOf = (pattern: Pattern): Report['units']['largest'] => {
  let best: Report['units']['largest'] = null
  for (const piece of pattern.pieces) {
    const shape = piece.shapes[pattern.base] ?? piece.shapes.find((one) => one !== null)
    if (!shape) continue
    let left = Infinity
    let right = -Infinity
    let low = Infinity
    let high = -Infinity
    for (const { keys, drawn } of shape.runs) {
      const box = boxOf(drawn ?? keys)
      left = Math.min(left, box.left)
      right = Math.max(right, box.right)
      low = Math.min(low, box.low)
      high = Math.max(high, box.high)
    }
    const widthMm = right - left
    const heightMm = high - low
    if (!best || Math.max(widthMm, heightMm) > Math.max(best.widthMm, best.heightMm)) {
      best = { piece: piece.id, widthMm, heightMm }
    }
  }
  return best
}

const questionsOf = (
  pattern: Pattern,
  units: Decided,
  largest: Report['units']['largest'],
  answers: Answers | undefined,
): Question[] => {
  const questions: Question[] = []
  if (units.doubtful && largest) {
    const long = Math.max(largest.widthMm, largest.heightMm) / units.mmPerUnit
    const cm = (mmPerUnit: number): number => Math.round(long * mmPerUnit) / 10
    const choices = [{ mmPerUnit: units.mmPerUnit, cm: cm(units.mmPerUnit) }]
    const offer = (mmPerUnit: number): void => {
      const choice = { mmPerUnit, cm: cm(mmPerUnit) }
      // A piece of a centimetre or of twenty metres is offered to nobody, but where the file itself says so.
      if (choice.cm < 1 || choice.cm > 2000 || choices.some((other) => other.mmPerUnit === mmPerUnit)) return
      choices.push(choice)
    }
    for (const { mmPerUnit } of units.evidence) offer(mmPerUnit)
    UNITS.forEach(offer)
    questions.push({ ask: 'size', piece: largest.piece, cm: cm(units.mmPerUnit), choices, evidence: units.evidence })
  }
  const open = pattern.pieces.filter((piece) => piece.ring === null).map((piece) => piece.id)
  if (open.length > 0 && !answers?.allowance?.['*' as PieceId]) questions.push({ ask: 'allowance', pieces: open })
  return questions
}

const unknownTypes = (drawing: Drawing): Map<string, number> => {
  const types = new Map<string, number>()
  for (const own of drawing.skipped.values())
    for (const [type, count] of own) types.set(type, (types.get(type) ?? 0) + count)
  return types
}

/** Every entity of the file, counted by its layer and by what became of it. */
const layersOf = (drawing: Drawing): LayerReport[] => {
  const rows = new Map<Layer, { -readonly [K in keyof LayerReport]: LayerReport[K] }>()
  const of = (layer: Layer) => {
    let row = rows.get(layer)
    if (row) return row
    row = { layer: layer.name, means: meansOf(layer.number), read: 0, guessed: 0, skipped: 0 }
    rows.set(layer, row)
    return row
  }
  // Entities of one layer mostly stand together.
  let last: Layer | null = null
  let here: ReturnType<typeof of> | null = null
  const count = (entity: Drawn): void => {
    if (entity.layer !== last || !here) {
      last = entity.layer
      here = of(last)
    }
    here[entity.fate]++
    if (entity.is === 'insert') for (const text of entity.texts) of(text.layer)[text.fate]++
  }
  for (const block of drawing.blocks) for (const entity of block.entities) count(entity)
  for (const entity of drawing.entities) count(entity)
  for (const [layer, types] of drawing.skipped) for (const n of types.values()) of(layer).skipped += n
  return [...rows.keys()]
    .sort((a, b) => (a.number ?? 1e9) - (b.number ?? 1e9) || (a.name < b.name ? -1 : 1))
    .map((layer) => rows.get(layer)!)
}
