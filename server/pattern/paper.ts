import { drawnOf } from '../../shared/pattern/curve.ts'
import { linesOf } from '../../shared/pattern/lines.ts'
import type { Notch, Pattern, Piece, Run, Shape, Vec } from '../../shared/pattern/model.ts'
import { notchAt } from '../../shared/pattern/place.ts'
import { contains } from '../../shared/pattern/ring.ts'
import type { PaperWords } from './paperWords.ts'
import type { Ink, Pen } from './pen.ts'

/** A piece as it goes on paper: in the sizes asked for, lying on each other, its lower left corner at (0,0). mm, y upwards. */
export interface Figure {
  readonly piece: Piece
  readonly sizes: readonly FigureSize[]
  readonly width: number
  readonly height: number
}
interface FigureSize {
  readonly index: number
  readonly name: string
  readonly shape: Shape
  readonly cut: readonly (readonly Vec[])[]
  readonly sew: readonly (readonly Vec[])[] | null
  /** Takes a point of the pattern to the figure. */
  readonly place: (point: Vec) => Vec
}

const CUT: Ink = { width: 0.4 }
const SEW: Ink = { width: 0.25, dash: [4, 2] }
const INSIDE: Ink = { width: 0.2, grey: 0.25 }
const MARK: Ink = { width: 0.2, grey: 0.25, dash: [1, 1.5] }
const FOLD: Ink = { width: 0.4, dash: [10, 2, 1.5, 2] }
const GRAIN: Ink = { width: 0.3 }
/** Nested sizes are told apart by how their cut line is drawn; the first is solid. */
const NESTED = [[], [8, 2], [5, 2], [5, 2, 1, 2], [2, 2], [8, 2, 1, 2, 1, 2], [1, 2]]
/** Notches without a depth of their own, mm. */
const DEPTH = 4
const NOTCH_WIDTH = 3

const pointsOf = (run: Run, place: (point: Vec) => Vec): Vec[] => drawnOf(run).map(place)
const ringOf = (runs: readonly (readonly Vec[])[]): Vec[] => runs.flatMap((run) => run.slice(0, -1))

/** Null for a piece that has none of the sizes. */
export const figureOf = (pattern: Pattern, piece: Piece, sizes: readonly number[]): Figure | null => {
  const drawn = sizes.flatMap((index) => {
    const shape = piece.shapes[index]
    return shape ? [{ index, shape, lines: linesOf(piece, shape) }] : []
  })
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { shape, lines } of drawn)
    for (const run of [...lines.cut, ...shape.runs])
      for (const { x, y } of drawnOf(run)) {
        left = Math.min(left, x)
        right = Math.max(right, x)
        bottom = Math.min(bottom, y)
        top = Math.max(top, y)
      }
  if (!(right > left && top > bottom)) return null
  const place = ({ x, y }: Vec): Vec => ({ x: x - left, y: y - bottom })
  return {
    piece,
    width: right - left,
    height: top - bottom,
    sizes: drawn.map(({ index, shape, lines }) => ({
      index,
      name: pattern.sizes[index] ?? '',
      shape,
      cut: lines.cut.map((run) => pointsOf(run, place)),
      sew: lines.sew?.map((run) => pointsOf(run, place)) ?? null,
      place,
    })),
  }
}

/** The outer line of the figure's first size. */
export const outlineOf = (figure: Figure): Vec[] => ringOf(figure.sizes[0]?.cut ?? [])

type Stroke = readonly [Vec, Vec]
const strokesOf = (line: readonly Vec[]): Stroke[] => line.slice(1).map((p, i) => [line[i] as Vec, p])

/** How much room there is around a point to the left and right, and up and down, between strokes. */
const roomAt = (p: Vec, strokes: readonly Stroke[]): { side: number; tall: number } => {
  let side = Infinity
  let tall = Infinity
  for (const [a, b] of strokes) {
    if (a.y > p.y !== b.y > p.y) side = Math.min(side, Math.abs(a.x + ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) - p.x))
    if (a.x > p.x !== b.x > p.x) tall = Math.min(tall, Math.abs(a.y + ((b.y - a.y) * (p.x - a.x)) / (b.x - a.x) - p.y))
  }
  return { side, tall }
}

const GRID = 14
const TIP = 30
/** The place inside a figure with the most room for a label, and that room: clear of the rim, the grain and what is drawn inside. */
const placeForLabel = (figure: Figure): { at: Vec; side: number; tall: number } => {
  const ring = outlineOf(figure)
  const first = figure.sizes[0]
  const lines = (first?.shape.internals ?? []).flatMap((run) => (run ? [drawnOf(run).map(first!.place)] : []))
  if (first?.shape.grain) {
    const ends = first.shape.grain.map(first.place)
    // A label beside the tip of the grain would touch its arrow: the tips count as this wide.
    lines.push(ends, ...ends.map(({ x, y }) => [{ x: x - TIP, y }, { x: x + TIP, y }])) // biome-ignore format: one stroke a tip
  }
  const strokes = [...strokesOf([...ring, ring[0] ?? { x: 0, y: 0 }]), ...lines.flatMap(strokesOf)]
  let best = { at: { x: figure.width / 2, y: figure.height / 2 }, side: 1, tall: 1 }
  let most = 0
  for (let i = 1; i < GRID; i++)
    for (let j = 1; j < GRID; j++) {
      const at = { x: (figure.width * (i + 0.25)) / GRID, y: (figure.height * (j + 0.25)) / GRID }
      if (!contains(ring, at)) continue
      const { side, tall } = roomAt(at, strokes)
      // A little wider than tall, and near the middle where there is a choice.
      const far = Math.abs(i / GRID - 0.5) + Math.abs(j / GRID - 0.5)
      const worth = Math.min(side, tall * 2.2) * (1 - far * 0.3)
      if (worth > most) {
        most = worth
        best = { at, side, tall }
      }
    }
  return best
}

const drawNotch = (pen: Pen, notch: Notch, at: Vec, inwards: Vec): void => {
  const depth = notch.depth > 0 ? notch.depth : DEPTH
  const half = (notch.width > 0 ? notch.width : NOTCH_WIDTH) / 2
  const along = { x: -inwards.y, y: inwards.x }
  const to = (side: number, deep: number): Vec => ({
    x: at.x + along.x * side + inwards.x * deep,
    y: at.y + along.y * side + inwards.y * deep,
  })
  const shapes: Readonly<Record<Notch['kind'], readonly (readonly Vec[])[]>> = {
    slit: [[to(0, 0), to(0, depth)]],
    v: [[to(-half, 0), to(0, depth), to(half, 0)]],
    t: [
      [to(0, 0), to(0, depth)],
      [to(-half, depth), to(half, depth)],
    ],
    castle: [[to(-half, 0), to(-half, depth), to(half, depth), to(half, 0)]],
    check: [[to(-half, 0), to(-half, depth), to(half, 0)]],
    u: [[to(-half, 0), to(-half, depth * 0.6), to(0, depth), to(half, depth * 0.6), to(half, 0)]],
  }
  for (const line of shapes[notch.kind]) pen.line(line, { width: 0.35 })
}

const arrow = (pen: Pen, tip: Vec, from: Vec, long: number): void => {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y)
  if (!(length > 0)) return
  const d = { x: (tip.x - from.x) / length, y: (tip.y - from.y) / length }
  const back = { x: tip.x - d.x * long, y: tip.y - d.y * long }
  const w = long * 0.3
  pen.blob([tip, { x: back.x - d.y * w, y: back.y + d.x * w }, { x: back.x + d.y * w, y: back.y - d.x * w }], 0)
}

/** Angle of a line for a text along it, so that it is never upside down. */
const upright = (a: Vec, b: Vec): number => {
  const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI
  return turn > 90.01 ? turn - 180 : turn <= -89.99 ? turn + 180 : turn
}
const beside = (a: Vec, b: Vec, share: number, off: number): { at: Vec; turn: number } => {
  const turn = upright(a, b)
  const up = { x: -Math.sin((turn * Math.PI) / 180), y: Math.cos((turn * Math.PI) / 180) }
  const at = { x: a.x + (b.x - a.x) * share + up.x * off, y: a.y + (b.y - a.y) * share + up.y * off }
  return { at, turn }
}

const drawSize = (
  pen: Pen,
  { piece }: Figure,
  size: FigureSize,
  rank: number,
  alone: boolean,
  words: PaperWords,
): void => {
  const { shape, place } = size
  const dash = NESTED[rank % NESTED.length] ?? []
  const foldAt = piece.edges.findIndex(({ id }) => id === piece.fold)
  // One line as far as it is cut, so that corners join; the fold is drawn apart.
  const open = foldAt < 0 ? size.cut : [...size.cut.slice(foldAt + 1), ...size.cut.slice(0, foldAt)]
  const line = open.flatMap((run, i) => (i === 0 ? run : run.slice(1)))
  pen.line(foldAt < 0 ? line.slice(0, -1) : line, { ...CUT, dash }, foldAt < 0)
  const fold = size.cut[foldAt]
  if (fold) pen.line(fold, FOLD)
  // The file's own sew lines may be fewer or more than the edges.
  const paired = size.sew?.length === size.cut.length
  if (size.sew !== null && alone)
    for (const [i, run] of size.sew.entries())
      if (!paired || (i !== foldAt && piece.edges[i]?.allowance !== 0)) pen.line(run, SEW)
  for (const [i, notch] of piece.notches.entries()) {
    const found = notchAt(shape, piece, i)
    if (found === null) continue
    const { at, direction } = found
    const index = piece.edges.findIndex(({ id }) => id === notch.edge)
    const out = piece.ring === 'sew' && size.sew !== null ? (piece.edges[index]?.allowance ?? 0) : 0
    drawNotch(pen, notch, place({ x: at.x - direction.x * out, y: at.y - direction.y * out }), direction)
  }
  for (const [i, drill] of piece.drills.entries()) {
    const found = shape.drills[i]
    if (!found) continue
    const at = place(found)
    const r = Math.max(drill.diameter / 2, 1.5)
    pen.circle(at, r, INSIDE)
    pen.line([{ x: at.x - r - 1, y: at.y }, { x: at.x + r + 1, y: at.y }], INSIDE) // biome-ignore format: one stroke a line
    pen.line([{ x: at.x, y: at.y - r - 1 }, { x: at.x, y: at.y + r + 1 }], INSIDE) // biome-ignore format: one stroke a line
  }
  if (!alone) {
    const start = line[0]
    if (start) pen.text(size.name, { x: start.x + 1, y: start.y + 1 }, 3, { bold: true })
    if (rank > 0) return
  }
  for (const [i, internal] of piece.internals.entries()) {
    const run = shape.internals[i]
    if (run) pen.line(drawnOf(run).map(place), internal.kind === 'cut' ? CUT : internal.kind === 'mark' ? MARK : INSIDE)
  }
  if (shape.grain) {
    const [a, b] = [place(shape.grain[0]), place(shape.grain[1])]
    pen.line([a, b], GRAIN)
    arrow(pen, a, b, 6)
    arrow(pen, b, a, 6)
    const { at, turn } = beside(a, b, 0.25, 1.5)
    pen.text(words.grain, at, 3.5, { turn, align: 0.5 })
  }
  const [from, to] = [fold?.[0], fold?.at(-1)]
  if (from && to) drawFold(pen, from, to, words)
}

/** The bracket with arrows that says *lay this edge on the fold*; the interior is on the left of the edge. */
const drawFold = (pen: Pen, from: Vec, to: Vec, words: PaperWords): void => {
  const long = Math.hypot(to.x - from.x, to.y - from.y)
  if (!(long > 0)) return
  const d = { x: (to.x - from.x) / long, y: (to.y - from.y) / long }
  const on = (share: number, deep: number): Vec => ({
    x: from.x + d.x * long * share - d.y * deep,
    y: from.y + d.y * long * share + d.x * deep,
  })
  const deep = Math.min(12, long / 6)
  pen.line([on(0.12, 0), on(0.12, deep), on(0.88, deep), on(0.88, 0)], GRAIN)
  arrow(pen, on(0.12, 0), on(0.12, deep), Math.min(5, deep * 0.6))
  arrow(pen, on(0.88, 0), on(0.88, deep), Math.min(5, deep * 0.6))
  const { at, turn } = beside(on(0.12, deep), on(0.88, deep), 0.5, 1.2)
  pen.text(words.fold, at, 3.5, { turn, align: 0.5 })
}

const labelOf = (figure: Figure, words: PaperWords): { text: string; bold: boolean }[] => {
  const { piece, sizes } = figure
  const names = sizes.map(({ name }) => name).join(' · ')
  const lines = [
    { text: piece.name, bold: true },
    { text: `${sizes.length > 1 ? words.sizes : words.size} ${names}`, bold: false },
    { text: words.cut(piece.quantity.drawn, piece.quantity.mirrored, piece.fold !== null), bold: false },
  ]
  if (piece.material !== '') lines.push({ text: `${words.material}: ${piece.material}`, bold: false })
  if (piece.annotation !== '') lines.push({ text: piece.annotation, bold: false })
  return lines
}

/** Everything that is drawn of a piece, at true size. */
export const drawFigure = (pen: Pen, figure: Figure, words: PaperWords): void => {
  const alone = figure.sizes.length === 1
  for (const [rank, size] of figure.sizes.entries()) drawSize(pen, figure, size, rank, alone, words)
  const { at, side, tall } = placeForLabel(figure)
  const lines = labelOf(figure, words)
  const widest = Math.max(...lines.map(({ text, bold }) => pen.widthOf(text, 1, bold)))
  const size = Math.min(6, (side * 1.7) / widest, (tall * 1.7) / (lines.length * 1.3))
  if (!(size >= 0.8)) return
  for (const [i, { text, bold }] of lines.entries())
    pen.text(text, { x: at.x, y: at.y + size * ((lines.length / 2 - i) * 1.3 - 0.9) }, size, { bold, align: 0.5 })
}

/** Whether anything of a figure at `corner` can show in a rectangle. */
export const shows = (figure: Figure, corner: Vec, x: number, y: number, width: number, height: number): boolean => {
  const ring = outlineOf(figure).map((p) => ({ x: p.x + corner.x, y: p.y + corner.y }))
  if (contains(ring, { x: x + width / 2, y: y + height / 2 })) return true
  const rings =
    figure.sizes.length === 1
      ? [ring]
      : figure.sizes.map((size) => ringOf(size.cut).map((p) => ({ x: p.x + corner.x, y: p.y + corner.y })))
  return rings.some((points) =>
    points.some((a, i) => crosses(a, points[(i + 1) % points.length] as Vec, x, y, width, height)),
  )
}

/** Whether a segment touches a rectangle (Liang and Barsky). */
const crosses = (a: Vec, b: Vec, x: number, y: number, width: number, height: number): boolean => {
  let from = 0
  let to = 1
  const dx = b.x - a.x
  const dy = b.y - a.y
  for (const [p, q] of [
    [-dx, a.x - x],
    [dx, x + width - a.x],
    [-dy, a.y - y],
    [dy, y + height - a.y],
  ] as const) {
    if (p === 0) {
      if (q < 0) return false
      continue
    }
    const t = q / p
    if (p < 0) from = Math.max(from, t)
    else to = Math.min(to, t)
    if (from > to) return false
  }
  return true
}
