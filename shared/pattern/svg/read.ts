import type { Edge, Pattern, Piece, PieceId, Run, Vec } from '../model.ts'
import type {
  Answers,
  ImportNote,
  LayerReport,
  Question,
  Reading,
  Report,
  UnitEvidence,
  UnitReason,
} from '../reading.ts'
import { namer, pieceFrom } from './build.ts'
import { piecesOfFreeSewing } from './freesewing.ts'
import { OWN, piecesOfOwn } from './own.ts'
import { piecesOfDrawing } from './plain.ts'
import type { Segment, SvgNode, SvgTree } from './tree.ts'

export interface SvgOptions {
  readonly name?: string
  readonly answers?: Answers
}

const MOST_PIECES = 400
/** The label of a drawing that names no size. */
const ONE_SIZE = 'U'
const NARROWEST_CM = 15
const WIDEST_CM = 220
const MM_PER_INCH = 25.4
/** What a user unit of a drawing without a size could be: CSS pixels, points, millimetres, centimetres, inches. */
const UNITS = [MM_PER_INCH / 96, MM_PER_INCH / 72, 1, 10, MM_PER_INCH]

const scaledNode = (node: SvgNode, by: number): SvgNode => {
  const point = ({ x, y }: Vec): Vec => ({ x: x * by, y: y * by })
  if (node.is === 'group')
    return { ...node, origin: point(node.origin), children: node.children.map((child) => scaledNode(child, by)) }
  if (node.is === 'shape')
    return {
      ...node,
      segments: node.segments.map(
        (segment) => segment.map((part) => (typeof part === 'number' ? part * by : part)) as unknown as Segment,
      ),
    }
  return node.is === 'use' ? { ...node, at: point(node.at), scale: node.scale * by } : { ...node, at: point(node.at) }
}
const scaled = (tree: SvgTree, mmPerUnit: number): SvgTree => {
  const by = mmPerUnit / tree.mmPerUnit
  if (!(by > 0) || by === 1) return tree
  const root = scaledNode(tree.root, by) as SvgTree['root']
  return { ...tree, mmPerUnit, width: tree.width * by, height: tree.height * by, root }
}

const pointsIn = (run: Run): readonly Vec[] => run.drawn ?? run.keys
const extentOf = (piece: Piece): { widthMm: number; heightMm: number } => {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const run of piece.shapes[0]?.runs ?? [])
    for (const { x, y } of pointsIn(run)) {
      left = Math.min(left, x)
      right = Math.max(right, x)
      bottom = Math.min(bottom, y)
      top = Math.max(top, y)
    }
  return { widthMm: Math.max(0, right - left), heightMm: Math.max(0, top - bottom) }
}

/** What a person said of the allowance, put on the pieces that do not say it themselves. */
const answered = (piece: Piece, answers: Answers | undefined): Piece => {
  const known = answers?.allowance
  const said =
    known && (Object.hasOwn(known, piece.id) ? known[piece.id] : Object.hasOwn(known, '*') ? known['*'] : null)
  if (!said || (piece.ring !== null && piece.edges.every(({ allowance }) => allowance !== null))) return piece
  const edges = piece.edges.map(
    (edge): Edge => (edge.allowance !== null ? edge : { ...edge, allowance: edge.id === piece.fold ? 0 : said.mm }),
  )
  return { ...piece, ring: piece.ring ?? (said.included ? 'cut' : 'sew'), edges }
}

const layer = (name: string, means: LayerReport['means'], read: number, skipped = 0, guessed = 0): LayerReport => ({
  layer: name,
  means,
  read,
  guessed,
  skipped,
})
const sum = (pieces: readonly Piece[], count: (piece: Piece) => number): number =>
  pieces.reduce((total, piece) => total + count(piece), 0)

const layersOf = (pieces: readonly Piece[], skipped: number, guessed: number): LayerReport[] =>
  [
    layer('', 'outline', pieces.length, skipped, guessed),
    layer(
      '',
      'notch',
      sum(pieces, (piece) => piece.notches.length),
    ),
    layer(
      '',
      'drill',
      sum(pieces, (piece) => piece.drills.length),
    ),
    layer(
      '',
      'internal',
      sum(pieces, (piece) => piece.internals.length),
    ),
    layer(
      '',
      'grain',
      sum(pieces, (piece) => (piece.shapes[0]?.grain ? 1 : 0)),
    ),
    layer(
      '',
      'mirror',
      sum(pieces, (piece) => (piece.fold === null ? 0 : 1)),
    ),
    layer(
      '',
      'note',
      sum(pieces, (piece) => piece.notes.length),
    ),
  ].filter(({ read, skipped: left }) => read + left > 0)

/**
 * The pattern in a drawing.
 *
 * Three ways of drawing are known: this program's own (`writeSvg`), FreeSewing's (its groups, classes and symbols), and any other, where a closed
 * line in a layer or group is a piece. One size; y upwards; FreeSewing's pieces and our own in their own coordinates, others in those of the
 * sheet. A drawing without a size in physical units is taken at 96 units to the inch, and asked about.
 */
export const patternFromSvg = (given: SvgTree, options: SvgOptions = {}): Reading => {
  const mmPerUnit = options.answers?.mmPerUnit
  const tree = mmPerUnit === undefined ? given : scaled(given, mmPerUnit)
  const own = tree.data[OWN] !== undefined
  const notes: ImportNote[] = []
  let pieces: Piece[]
  let skipped = 0
  let guessed = 0
  let name = ''
  if (own) {
    const found = piecesOfOwn(tree)
    pieces = found.pieces
    skipped = found.skipped
    name = tree.data.name ?? ''
  } else {
    const id = namer()
    const drawing = tree.freesewing === null ? piecesOfDrawing(tree) : piecesOfFreeSewing(tree)
    if (drawing.found.length > MOST_PIECES) return { ok: false, refusal: { code: 'too-many', amount: MOST_PIECES } }
    pieces = drawing.found.map((found) => pieceFrom(found, id(found.name)))
    skipped = drawing.skipped
    if ('design' in drawing) name = drawing.design
    else guessed = drawing.guessed
  }
  if (pieces.length === 0) return { ok: false, refusal: { code: 'no-pieces' } }
  if (pieces.length > MOST_PIECES) return { ok: false, refusal: { code: 'too-many', amount: MOST_PIECES } }
  pieces = pieces.map((piece) => answered(piece, options.answers))
  if (guessed > 0) notes.push({ code: 'outline-by-guess', count: guessed })

  const size = own ? (tree.data.size ?? '').slice(0, 40) : ''
  const pattern: Pattern = {
    name: (name || (options.name ?? '').replace(/\.[a-z0-9]{1,4}$/i, '')).slice(0, 120),
    sizes: [size === '' ? ONE_SIZE : size],
    base: 0,
    pieces,
    seams: [],
    measures: [],
    rules: [],
    source: {
      format: own ? 'puntada' : 'svg',
      vendor: own ? OWN : tree.freesewing === null ? 'unknown' : 'freesewing',
      product: '',
      release: tree.freesewing ?? '',
      texts: {},
    },
  }
  const why: UnitReason = mmPerUnit !== undefined ? 'answered' : tree.size === 'given' ? 'true-size' : 'guessed'
  const evidence: UnitEvidence[] =
    tree.size === 'guessed'
      ? []
      : [{ from: 'declared', says: tree.size === 'given' ? 'mm' : 'px', mmPerUnit: given.mmPerUnit }]
  const largest = largestOf(pieces)
  const report: Report = {
    kind: 'svg',
    vendor: pattern.source.vendor,
    product: '',
    release: pattern.source.release,
    units: { mmPerUnit: tree.mmPerUnit, why, evidence, largest },
    layers: layersOf(pieces, skipped, guessed),
    notes,
  }
  return { ok: true, pattern, questions: questionsOf(pieces, report, tree), report }
}

const largestOf = (pieces: readonly Piece[]): Report['units']['largest'] => {
  let largest: Report['units']['largest'] = null
  let longest = -1
  for (const piece of pieces) {
    const extent = extentOf(piece)
    const long = Math.max(extent.widthMm, extent.heightMm)
    if (long > longest) {
      longest = long
      largest = { piece: piece.id, ...extent }
    }
  }
  return largest
}

const questionsOf = (pieces: readonly Piece[], { units }: Report, tree: SvgTree): Question[] => {
  const questions: Question[] = []
  if (units.largest !== null && units.why !== 'answered') {
    const cm = Math.max(units.largest.widthMm, units.largest.heightMm) / 10
    if (units.why === 'guessed' || cm < NARROWEST_CM || cm > WIDEST_CM) {
      const likely = (size: number) => size >= NARROWEST_CM && size <= WIDEST_CM
      const choices = [units.mmPerUnit, ...UNITS.filter((unit) => Math.abs(unit / units.mmPerUnit - 1) > 1e-6)]
        .map((mmPerUnit) => ({ mmPerUnit, cm: (cm * mmPerUnit) / tree.mmPerUnit }))
        .sort((a, b) => Number(likely(b.cm)) - Number(likely(a.cm)))
      questions.push({ ask: 'size', piece: units.largest.piece, cm, choices, evidence: units.evidence })
    }
  }
  const open: PieceId[] = pieces
    .filter(({ ring, edges }) => ring === null || edges.some(({ allowance }) => allowance === null))
    .map(({ id }) => id)
  if (open.length > 0) questions.push({ ask: 'allowance', pieces: open })
  return questions
}
