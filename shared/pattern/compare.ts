import { cutLine } from './allowance.ts'
import { drawnOf, lengthOf, nearestOn } from './curve.ts'
import type { Edge, EdgeId, Pattern, Piece, PieceId, Run, Shape, Vec } from './model.ts'
import { notchAt } from './place.ts'
import { areaOf, outlineOf } from './ring.ts'
import { dist } from './vec.ts'

/** Lines that lie nearer to each other than this are the same, mm: what files and the wire round away. */
export const SAME_LINE_MM = 0.01
/** The same for drawings made for a viewer, whose curves are put aside by up to 0.1 mm in each of the two. */
export const SAME_DRAWING_MM = 0.3

export type Presence = 'same' | 'changed' | 'new' | 'gone'

/** One edge in two versions. Lengths of the ring's edge, mm; null where it isn't there. */
export interface EdgeDifference {
  readonly edge: EdgeId
  readonly name: string
  /** Place in the ring of the later version that has it, from 0. */
  readonly index: number
  readonly is: Presence
  readonly before: number | null
  readonly after: number | null
  /** Furthest distance between the two lines, mm; 0 where there is only one. */
  readonly apart: number
  /** Seam allowances, mm, where they differ; else null. */
  readonly allowance: { readonly before: number | null; readonly after: number | null } | null
}

/** What else of a piece can differ. */
export const DIFFERENT = [
  'allowance',
  'sewing',
  'notches',
  'drills',
  'internals',
  'grain',
  'fold',
  'cutting',
  'name',
] as const
export type Different = (typeof DIFFERENT)[number]

/** One piece in two versions, in one size. */
export interface PieceDifference {
  readonly piece: PieceId
  readonly name: string
  readonly is: Presence
  /** Area inside the cut line, mm²; null where there is none. */
  readonly areaBefore: number | null
  readonly areaAfter: number | null
  /** Furthest distance between the two cut lines, mm. */
  readonly apart: number
  /** In ring order of the later version, edges that are gone last. */
  readonly edges: readonly EdgeDifference[]
  readonly others: readonly Different[]
}

/** The furthest that any point of one line lies from the other line, both ways, mm. */
export const apartOf = (a: Run, b: Run): number => {
  let furthest = 0
  for (const p of drawnOf(a)) furthest = Math.max(furthest, nearestOn(b, p).distance)
  for (const p of drawnOf(b)) furthest = Math.max(furthest, nearestOn(a, p).distance)
  return furthest
}

/** What is cut: the cut line where it can be drawn, else the ring. */
const cutOf = (piece: Piece, shape: Shape): readonly Vec[] => {
  const cut = cutLine(piece, shape)
  return cut.ok ? cut.outline : outlineOf(shape)
}
const asRun = (outline: readonly Vec[]): Run | null => {
  const [first, second] = outline
  if (!first || !second) return null
  return { keys: [first, second].map((p) => ({ ...p, turn: true })), drawn: [...outline, first] }
}

const edgeDifference = (
  edge: Edge,
  index: number,
  before: { readonly run: Run; readonly edge: Edge } | null,
  after: { readonly run: Run; readonly edge: Edge } | null,
  same: number,
): EdgeDifference => {
  const apart = before && after ? apartOf(before.run, after.run) : 0
  const [from, to] = [before?.edge.allowance ?? null, after?.edge.allowance ?? null]
  const moved = before !== null && after !== null && Math.abs((from ?? -1) - (to ?? -1)) > SAME_LINE_MM
  const lengths = { before: before && lengthOf(before.run), after: after && lengthOf(after.run) }
  const is: Presence =
    before === null
      ? 'new'
      : after === null
        ? 'gone'
        : apart > same || moved || Math.abs((lengths.before ?? 0) - (lengths.after ?? 0)) > same
          ? 'changed'
          : 'same'
  return {
    edge: edge.id,
    name: edge.name,
    index,
    is,
    ...lengths,
    apart,
    allowance: moved ? { before: from, after: to } : null,
  }
}

const isFar = (a: Vec | null | undefined, b: Vec | null | undefined, same: number): boolean =>
  a && b ? dist(a, b) > same : Boolean(a) !== Boolean(b)

const notchesDiffer = (a: Piece, sa: Shape, b: Piece, sb: Shape, same: number): boolean => {
  if (a.notches.length !== b.notches.length) return true
  return a.notches.some((notch, i) => {
    const j = b.notches.findIndex(({ id }) => id === notch.id)
    const other = b.notches[j]
    if (!other) return true
    const [p, q] = [sa.notches[i] ? notchAt(sa, a, i).at : null, sb.notches[j] ? notchAt(sb, b, j).at : null]
    return notch.kind !== other.kind || notch.depth !== other.depth || notch.width !== other.width || isFar(p, q, same)
  })
}
const drillsDiffer = (a: Piece, sa: Shape, b: Piece, sb: Shape, same: number): boolean =>
  a.drills.length !== b.drills.length ||
  a.drills.some((drill, i) => {
    const j = b.drills.findIndex(({ id }) => id === drill.id)
    return j < 0 || isFar(sa.drills[i], sb.drills[j], same)
  })
const internalsDiffer = (a: Piece, sa: Shape, b: Piece, sb: Shape, same: number): boolean =>
  a.internals.length !== b.internals.length ||
  a.internals.some((internal, i) => {
    const j = b.internals.findIndex(({ id }) => id === internal.id)
    const [p, q] = [sa.internals[i], sb.internals[j]]
    return j < 0 || (p && q ? apartOf(p, q) > same : Boolean(p) !== Boolean(q))
  })

const sewn = (piece: Piece): string =>
  JSON.stringify(piece.edges.map(({ id, sewing, hem }) => [id, sewing && Object.entries(sewing).sort(), hem?.folds]))

/** What differs beside the lines of the ring. */
const othersOf = (a: Piece, sa: Shape, b: Piece, sb: Shape, edges: readonly EdgeDifference[], same: number) => {
  const found: Record<Different, boolean> = {
    allowance: edges.some(({ allowance }) => allowance !== null) || a.ring !== b.ring,
    sewing: sewn(a) !== sewn(b),
    notches: notchesDiffer(a, sa, b, sb, same),
    drills: drillsDiffer(a, sa, b, sb, same),
    internals: internalsDiffer(a, sa, b, sb, same),
    grain: isFar(sa.grain?.[0], sb.grain?.[0], same) || isFar(sa.grain?.[1], sb.grain?.[1], same),
    fold: a.fold !== b.fold,
    cutting:
      a.quantity.drawn !== b.quantity.drawn ||
      a.quantity.mirrored !== b.quantity.mirrored ||
      a.material !== b.material ||
      a.category !== b.category,
    name: a.name !== b.name,
  }
  return DIFFERENT.filter((what) => found[what])
}

const pieceDifference = (a: Piece | null, b: Piece | null, size: number, same: number): PieceDifference | null => {
  const piece = b ?? a
  if (!piece) return null
  const [sa, sb] = [a?.shapes[size] ?? null, b?.shapes[size] ?? null]
  if (!sa && !sb) return null
  const sideOf = (one: Piece | null, shape: Shape | null, id: EdgeId) => {
    const index = one && shape ? one.edges.findIndex((edge) => edge.id === id) : -1
    const [edge, run] = [one?.edges[index], shape?.runs[index]]
    return edge && run ? { edge, run } : null
  }
  const listed = [
    ...(sb ? (b?.edges ?? []).map((edge, index) => ({ edge, index })) : []),
    ...(sa ? (a?.edges ?? []).map((edge, index) => ({ edge, index })) : []).filter(
      ({ edge }) => !sb || !b?.edges.some(({ id }) => id === edge.id),
    ),
  ]
  const edges = listed.map(({ edge, index }) =>
    edgeDifference(edge, index, sideOf(a, sa, edge.id), sideOf(b, sb, edge.id), same),
  )
  const [cutA, cutB] = [a && sa ? cutOf(a, sa) : null, b && sb ? cutOf(b, sb) : null]
  const [lineA, lineB] = [cutA && asRun(cutA), cutB && asRun(cutB)]
  const apart = lineA && lineB ? apartOf(lineA, lineB) : 0
  const others = a && b && sa && sb ? othersOf(a, sa, b, sb, edges, same) : []
  const is: Presence = !sa
    ? 'new'
    : !sb
      ? 'gone'
      : apart > same || others.length > 0 || edges.some((edge) => edge.is !== 'same')
        ? 'changed'
        : 'same'
  return {
    piece: piece.id,
    name: piece.name,
    is,
    areaBefore: cutA && Math.abs(areaOf(cutA)),
    areaAfter: cutB && Math.abs(areaOf(cutB)),
    apart,
    edges,
    others,
  }
}

/**
 * Two versions of a pattern in one size, piece by piece and edge by edge: pieces of the later version in its order, and those that are gone
 * last. Pieces and edges are the same where their ids are.
 *
 * @param size index in `Pattern.sizes` of both
 * @param same what counts as no difference, mm: `SAME_LINE_MM`, or `SAME_DRAWING_MM` for drawings made for a viewer
 */
export const compare = (
  before: Pattern,
  after: Pattern,
  size: number,
  same: number = SAME_LINE_MM,
): PieceDifference[] => {
  const gone = before.pieces.filter(({ id }) => !after.pieces.some((piece) => piece.id === id))
  return [
    ...after.pieces.map((piece) => [before.pieces.find(({ id }) => id === piece.id) ?? null, piece] as const),
    ...gone.map((piece) => [piece, null] as const),
  ].flatMap(([a, b]) => pieceDifference(a, b, size, same) ?? [])
}
