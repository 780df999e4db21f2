import { drawnOf } from '../../shared/pattern/curve.ts'
import { type Layout, toSheet } from '../../shared/pattern/layout.ts'
import { linesOf } from '../../shared/pattern/lines.ts'
import type { Pattern, Piece, Run, Shape, Vec } from '../../shared/pattern/model.ts'
import { notchAt } from '../../shared/pattern/place.ts'
import { boxOf, outlineOf } from '../../shared/pattern/ring.ts'
import type { Segment } from '../../shared/pattern/svg/tree.ts'
import { widthOf } from '../media/convert/svg/measure.ts'
import type { Drawing, Item, PathItem, Stroke } from '../media/convert/svg/model.ts'

/** Lengths in mm: what a notch and a drill are drawn as where the file gives no size, and the arrowheads of a grain. */
const NOTCH = 4
const DRILL = 1.5
const HEAD = 7
/** Height of a piece's name, mm, as far as it fits in the piece. */
const NAME = 14
const NAME_SHARE = 0.7
const INK = '#1d1b18'

const inked = (width: number, dash: readonly number[] = [], alpha = 1): Stroke => ({
  colour: INK,
  alpha,
  width,
  dash,
  dashOffset: 0,
  cap: 'round',
  join: 'round',
  miter: 4,
})
const CUT = inked(0.6)
const SEW = inked(0.35, [4, 2.5])
const FOLD = inked(0.6, [10, 2, 1.5, 2])
const INSIDE = inked(0.3, [], 0.75)
const MARK = inked(0.5)

const path = (segments: readonly Segment[], stroke: Stroke): PathItem => ({
  kind: 'path',
  segments,
  fill: null,
  fillRule: 'nonzero',
  stroke,
  label: '',
})

const pieceItems = (piece: Piece, shape: Shape, layout: Layout): Item[] => {
  const at = (v: Vec): Vec => toSheet(layout, piece.id, v)
  const line = (points: readonly Vec[], closed = false): Segment[] => [
    ...points.map((p, i): Segment => {
      const { x, y } = at(p)
      return i === 0 ? ['M', x, y] : ['L', x, y]
    }),
    ...(closed ? [['Z'] as const] : []),
  ]
  const ring = (runs: readonly Run[]): Segment[] =>
    line(
      runs.flatMap((run) => drawnOf(run).slice(0, -1)),
      true,
    )
  const { cut, sew } = linesOf(piece, shape)
  const fold = piece.edges.findIndex(({ id }) => id === piece.fold)
  const items: Item[] = [path(ring(cut), CUT)]
  // Along the fold nothing is sewn.
  for (const [i, run] of (sew ?? []).entries())
    if (i !== fold || sew?.length !== cut.length) items.push(path(line(drawnOf(run)), SEW))
  const folded = cut[fold]
  if (folded) items.push(path(line(drawnOf(folded)), FOLD))
  for (const run of shape.internals) if (run) items.push(path(line(drawnOf(run)), INSIDE))
  for (const [i, notch] of piece.notches.entries()) {
    if (!shape.notches[i]) continue
    const { at: on, direction } = notchAt(shape, piece, i)
    const deep = notch.depth > 0 ? notch.depth : NOTCH
    items.push(path(line([on, { x: on.x + direction.x * deep, y: on.y + direction.y * deep }]), MARK))
  }
  for (const [i, drill] of piece.drills.entries()) {
    const on = shape.drills[i]
    if (!on) continue
    const r = Math.max(drill.diameter / 2, DRILL)
    const around = Array.from({ length: 17 }, (_, k) => ({
      x: on.x + r * Math.cos((k * Math.PI) / 8),
      y: on.y + r * Math.sin((k * Math.PI) / 8),
    }))
    items.push(path(line(around), MARK))
  }
  if (shape.grain) {
    const [from, to] = shape.grain
    items.push(path(line([from, to]), MARK))
    for (const [tip, tail] of [
      [from, to],
      [to, from],
    ] as const) {
      const angle = Math.atan2(tail.y - tip.y, tail.x - tip.x)
      const wing = (by: number): Vec => ({
        x: tip.x + HEAD * Math.cos(angle + by),
        y: tip.y + HEAD * Math.sin(angle + by),
      })
      items.push(path(line([wing(0.35), tip, wing(-0.35)]), MARK))
    }
  }
  const box = boxOf(outlineOf(shape))
  const long = piece.name === '' ? 0 : widthOf(piece.name, 600, false)
  if (!box || long === 0) return items
  const size = Math.min(NAME, (NAME_SHARE * (box.maxX - box.minX)) / long)
  const middle = at({ x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 })
  items.push({
    kind: 'text',
    text: piece.name,
    matrix: [size, 0, 0, size, middle.x - (size * long) / 2, middle.y + size / 3],
    long,
    weight: 600,
    italic: false,
    fill: { colour: INK, alpha: 1 },
  })
  return items
}

/** A pattern as it lies on its sheet, base size: where it is cut and sewn, folds, notches, drills, lines inside, grain and names. */
export const drawingOf = (pattern: Pattern, layout: Layout): Drawing => ({
  width: layout.width,
  height: layout.height,
  items: pattern.pieces.flatMap((piece) => {
    // A piece that the base size lacks is shown in the first size that has it.
    const shape = piece.shapes[pattern.base] ?? piece.shapes.find((one) => one !== null)
    return shape ? pieceItems(piece, shape, layout) : []
  }),
})
