import { drawnOf, isStraight, lengthOf } from '../../shared/pattern/curve.ts'
import type { Pattern, Piece, Run, Shape, Vec } from '../../shared/pattern/model.ts'
import { notchAt } from '../../shared/pattern/place.ts'
import type { Reading } from '../../shared/pattern/reading.ts'
import { areaOf, outlineOf, perimeterOf } from '../../shared/pattern/ring.ts'

/** Four decimals of a millimetre, as files are written. */
const mm = (n: number): number => Math.round(n * 1e4) / 1e4
const at = ({ x, y }: Vec): readonly [number, number] => [mm(x), mm(y)]

const isClosed = ({ keys }: Run): boolean => keys[0]!.x === keys.at(-1)!.x && keys[0]!.y === keys.at(-1)!.y

const inSize = (piece: Piece, shape: Shape, size: string) => {
  const outline = outlineOf(shape)
  const xs = outline.map(({ x }) => x)
  const ys = outline.map(({ y }) => y)
  const reach = (list: number[]): number =>
    list.reduce((a, b) => Math.max(a, b), -Infinity) - list.reduce((a, b) => Math.min(a, b), Infinity)
  const fold = piece.edges.findIndex(({ id }) => id === piece.fold)
  const mirror = shape.runs[fold]
  return {
    size,
    perimeterMm: mm(perimeterOf(outline)),
    areaMm2: Math.round(Math.abs(areaOf(outline)) * 100) / 100,
    widthMm: mm(reach(xs)),
    heightMm: mm(reach(ys)),
    edges: piece.edges.map((edge, i) => {
      const run = shape.runs[i]!
      return {
        id: edge.id,
        name: edge.name,
        lengthMm: mm(lengthOf(run)),
        keys: run.keys.length,
        points: drawnOf(run).length,
        curve: run.drawn ? 'file' : isStraight(run) ? 'straight' : 'rebuilt',
        from: at(run.keys[0]!),
        to: at(run.keys.at(-1)!),
        allowanceMm: edge.allowance,
      }
    }),
    notches: piece.notches.flatMap((notch, i) => {
      const place = shape.notches[i]
      if (!place) return []
      const { at: point } = notchAt(shape, piece, i)
      const { id, edge, kind, depth, width, angle, rule = null } = notch
      return [
        {
          id,
          edge,
          kind,
          at: at(point),
          sMm: mm(place.s),
          offMm: mm(place.off),
          depth: mm(depth),
          width: mm(width),
          angle,
          rule,
        },
      ]
    }),
    drills: piece.drills.flatMap(({ id, diameter, label, rule = null }, i) => {
      const place = shape.drills[i]
      return place ? [{ id, at: at(place), diameterMm: mm(diameter), label, rule }] : []
    }),
    internals: piece.internals.flatMap(({ id, kind, label, oneSide }, i) => {
      const run = shape.internals[i]
      return run
        ? [{ id, kind, label, oneSide, closed: isClosed(run), lengthMm: mm(lengthOf(run)), keys: run.keys.length }]
        : []
    }),
    grain: shape.grain && {
      from: at(shape.grain[0]),
      to: at(shape.grain[1]),
      degrees: mm(
        (Math.atan2(shape.grain[1].y - shape.grain[0].y, shape.grain[1].x - shape.grain[0].x) * 180) / Math.PI,
      ),
    },
    mirror: mirror ? { edge: piece.fold, from: at(mirror.keys[0]!), to: at(mirror.keys.at(-1)!) } : null,
    sewLines: shape.sew.map((run) => ({ lengthMm: mm(lengthOf(run)), closed: isClosed(run), keys: run.keys.length })),
  }
}

const pieceOf = (pattern: Pattern, piece: Piece) => ({
  id: piece.id,
  name: piece.name,
  ring: piece.ring,
  clockwiseInFile: piece.clockwise,
  half: piece.fold !== null,
  quantity: piece.quantity,
  material: piece.material,
  category: piece.category,
  annotation: piece.annotation,
  info: piece.info,
  texts: piece.notes.map(({ text, layer, at: place }) => ({ text, layer, at: at(place) })),
  sizes: piece.shapes.flatMap((shape, i) => (shape ? [inSize(piece, shape, pattern.sizes[i]!)] : [])),
})

/**
 * What a reading holds, as JSON for scripts: lengths in mm, areas in mm², every piece in every size, then what was guessed, skipped and
 * is left to ask.
 */
export const inspection = (file: string, reading: Reading) => {
  if (!reading.ok) return { file, ok: false as const, refusal: reading.refusal }
  const { pattern, questions, report } = reading
  const { source } = pattern
  return {
    file,
    ok: true as const,
    kind: report.kind,
    vendor: report.vendor,
    product: report.product,
    release: report.release,
    name: pattern.name,
    style: source.texts,
    units: report.units,
    sizes: pattern.sizes,
    base: pattern.sizes[pattern.base]!,
    pieces: pattern.pieces.map((piece) => pieceOf(pattern, piece)),
    seams: pattern.seams,
    rules: pattern.rules,
    questions,
    report: { layers: report.layers, notes: report.notes },
  }
}
export type Inspection = ReturnType<typeof inspection>
