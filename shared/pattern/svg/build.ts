import { nearestOn } from '../curve.ts'
import type {
  Drill,
  DrillId,
  Edge,
  EdgeId,
  Internal,
  InternalId,
  Notch,
  NotchId,
  NotchKind,
  NotchPlace,
  Note,
  Piece,
  PieceId,
  Run,
  Shape,
  Vec,
} from '../model.ts'
import { angleBetween, sub } from '../vec.ts'
import { meant, widthBeside } from './allowances.ts'
import { flattened, pointsOf, type Stroke, signedArea } from './curves.ts'
import { lineOf, ringOf, supportOf } from './runs.ts'

/** A piece as a drawing shows it, in the pattern's axes (mm, y upwards), before edges have names and numbers. */
export interface Found {
  readonly name: string
  readonly ring: 'cut' | 'sew' | null
  readonly outline: Stroke
  /** The other line: what is cut around a sew line, or sewn within a cut line; strokes may cover a part only. */
  readonly beside: readonly Stroke[]
  /** Whether an edge with no line beside it has no allowance (true), or nobody knows (false). */
  readonly complete: boolean
  /** Two points on the fold. */
  readonly fold: readonly [Vec, Vec] | null
  readonly marks: readonly { readonly at: Vec; readonly kind: NotchKind; readonly label: string }[]
  readonly drills: readonly { readonly at: Vec; readonly diameter: number; readonly label: string }[]
  readonly lines: readonly { readonly stroke: Stroke; readonly kind: Internal['kind']; readonly label: string }[]
  readonly grain: readonly [Vec, Vec] | null
  readonly notes: readonly Note[]
  readonly quantity: Piece['quantity']
  readonly material: string
  readonly info: Readonly<Record<string, string>>
}

/** Off the line by more than this, mm, a mark is a point inside the piece. */
const ON_EDGE = 1
/** Fold marks of a drawing are rounded to its hundredths, mm. */
const ON_FOLD = 0.5
const NOTE_LAYER = 15

/** An id of small letters, digits and dashes from a name, at most 24 letters; `pieza` where nothing is left. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
    .replace(/^-+|-+$/g, '') || 'pieza'

/** Ids never given twice: `frente`, `frente-2`. */
export const namer = (): ((name: string) => PieceId) => {
  const taken = new Set<string>()
  return (name) => {
    const slug = slugOf(name)
    let id = slug
    for (let n = 2; taken.has(id); n++) id = `${slug}-${n}`
    taken.add(id)
    return id as PieceId
  }
}

const edgeWith = (id: EdgeId, allowance: number | null): Edge => ({
  id,
  name: '',
  allowance,
  corner: 'mitre',
  hem: null,
  sewing: null,
})

const turnsBack = (one: Run, two: Run): boolean => {
  const chord = ({ keys }: Run): Vec => sub(keys.at(-1) as Vec, keys[0] as Vec)
  return angleBetween(chord(one), chord(two)) < -90
}

const nearestEdge = (runs: readonly Run[], at: Vec): { index: number; s: number; distance: number } => {
  let best = { index: 0, s: 0, distance: Infinity }
  for (const [index, run] of runs.entries()) {
    const { s, distance } = nearestOn(run, at)
    if (distance < best.distance) best = { index, s, distance }
  }
  return best
}

export const pieceFrom = (found: Found, id: PieceId): Piece => {
  const clockwise = signedArea(pointsOf(found.outline)) < 0
  const fold = found.fold === null ? null : supportOf(found.outline, found.fold[0], found.fold[1], ON_FOLD)
  const runs = ringOf(found.outline, clockwise, fold ?? [])
  const outline = runs.flatMap((run) => (run.drawn ?? run.keys).slice(0, -1)).map(({ x, y }) => ({ x, y }))
  const foldAt = fold === null ? null : nearestEdge(runs, middle(fold)).index
  const beside = found.beside.map(pointsOf)
  const side = found.ring === 'cut' ? -1 : 1
  const widths = meant(
    runs.map((run, i) => (i === foldAt || beside.length === 0 ? null : widthBeside(run, outline, beside, side))),
  )
  const edges = runs.map((_, i) => {
    const allowance = i === foldAt ? 0 : (widths[i] ?? (found.complete ? 0 : null))
    return edgeWith(`${id}.e${i + 1}` as EdgeId, allowance)
  })

  // Legs of a dart that the file's other line runs past are folded, not cut out.
  const isPast = (i: number) => found.complete && beside.length > 0 && i !== foldAt && (widths[i] ?? null) === null
  for (const [i, edge] of edges.entries()) {
    const j = (i + 1) % edges.length
    if (isPast(i) && isPast(j) && turnsBack(runs[i] as Run, runs[j] as Run)) edges[i] = { ...edge, corner: 'folded' }
  }

  const notches: Notch[] = []
  const places: NotchPlace[] = []
  const drills: Drill[] = []
  const points: Vec[] = []
  const drill = (at: Vec, diameter: number, label: string) => {
    drills.push({ id: `${id}.d${drills.length + 1}` as DrillId, diameter, label })
    points.push(at)
  }
  for (const { at, kind, label } of found.marks) {
    const { index, s, distance } = nearestEdge(runs, at)
    if (distance > ON_EDGE) {
      drill(at, 0, label)
      continue
    }
    const notch = { kind, depth: 0, width: 0, angle: null }
    notches.push({ id: `${id}.n${notches.length + 1}` as NotchId, edge: (edges[index] as Edge).id, ...notch })
    places.push({ s, off: 0 })
  }
  for (const { at, diameter, label } of found.drills) drill(at, diameter, label)

  const shape: Shape = {
    runs,
    notches: places,
    drills: points,
    internals: found.lines.map(({ stroke }) => lineOf(stroke)),
    grain: found.grain,
    sew: [],
  }
  return {
    id,
    name: found.name,
    ring: found.ring,
    edges,
    clockwise,
    notches,
    drills,
    internals: found.lines.map(({ kind, label }, i) => ({
      id: `${id}.i${i + 1}` as InternalId,
      kind,
      label,
      oneSide: false,
    })),
    notes: found.notes,
    fold: foldAt === null ? null : (edges[foldAt] as Edge).id,
    quantity: found.quantity,
    material: found.material,
    category: '',
    annotation: '',
    info: found.info,
    shapes: [shape],
  }
}

const middle = ([a, b]: readonly [Vec, Vec]): Vec => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })

export const noteAt = (at: Vec, text: string): Note => ({ at, text, layer: NOTE_LAYER })
export const lengthOfStroke = (stroke: Stroke): number =>
  stroke.parts.reduce((sum, one) => {
    let at = one.a
    let here = 0
    for (const p of flattened(one)) {
      here += Math.hypot(p.x - at.x, p.y - at.y)
      at = p
    }
    return sum + here
  }, 0)
