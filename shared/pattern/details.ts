import { drawnOf } from './curve.ts'
import { handOf, SIDES, sameChain, sameSides, sideWith } from './links.ts'
import {
  type Edge,
  type EdgeId,
  edgeOf,
  type Measure,
  type OnEdge,
  type Pattern,
  type PieceId,
  pieceOf,
  type Run,
  type Seam,
  type SeamId,
} from './model.ts'
import { cross, sub, unit } from './vec.ts'

/** Most of each that a pattern may have, and of edges on one side of a seam. */
export const DETAIL_CAPS = { seams: 400, side: 12, measures: 200, name: 40 } as const
/** Most cloth that is eased into a seam, and the widest tolerance of a measure, mm. */
export const DETAIL_MM = { ease: 200, tolerance: 100 } as const

/** A seam as its owner tells it: it is confirmed with that. Without an id it is a new one, or the one that has the same two sides. */
export type ToldSeam = Omit<Seam, 'id' | 'confirmed'> & { readonly id?: SeamId | undefined }

/** What no file says of a pattern and its owner tells; no line moves with it. */
export interface Details {
  /** Names of edges; empty takes a name away. */
  readonly names?: Readonly<Record<EdgeId, string>> | undefined
  /** The straight edge that a half piece is mirrored across; null for a whole piece. */
  readonly folds?: Readonly<Record<PieceId, EdgeId | null>> | undefined
  readonly seams?: { readonly put: readonly ToldSeam[]; readonly drop: readonly SeamId[] } | undefined
  /** Points of measure, known by their names. What is dropped and not there is no fault: it is as was asked. */
  readonly measures?: { readonly put: readonly Measure[]; readonly drop: readonly string[] } | undefined
}

export const DETAIL_REFUSALS = [
  'no-such-piece',
  'no-such-edge',
  'no-such-seam',
  /** A fold is a straight line in every size. */
  'not-straight',
  /** The edge is sewn, by a seam that a person confirmed, so it is no fold. */
  'in-a-seam',
  /** A fold is not sewn. */
  'on-the-fold',
  /** A seam has an edge more than once, and not as its mirror image. */
  'twice',
  /** Another seam has the same two sides. */
  'same-seam',
  /** A point of measure goes from one piece to another. */
  'two-pieces',
  'too-many',
] as const
export type DetailRefusalCode = (typeof DETAIL_REFUSALS)[number]
export interface DetailRefusal {
  readonly code: DetailRefusalCode
  /** The edge or the piece that it is about, where it is about one. */
  readonly about?: string
}
/** `what` changed, in this order; empty where everything was so before, and then the pattern is the one given. */
export type Told =
  | { readonly ok: true; readonly pattern: Pattern; readonly what: readonly DetailKind[] }
  | { readonly ok: false; readonly refusal: DetailRefusal }

export const DETAIL_KINDS = ['names', 'folds', 'seams', 'measures'] as const
export type DetailKind = (typeof DETAIL_KINDS)[number]

const no = (code: DetailRefusalCode, about?: string): Extract<Told, { ok: false }> => ({
  ok: false,
  refusal: about === undefined ? { code } : { code, about },
})

/** A fold may bend by this much, mm, as the operation that opens it allows. */
const BENT = 0.1
/** Whether a line can be a fold in one size. */
export const canFold = (run: Run): boolean => {
  const points = drawnOf(run)
  const [a, b] = [run.keys[0], run.keys.at(-1)]
  const way = a && b && unit(sub(b, a))
  return !!a && !!way && (way.x !== 0 || way.y !== 0) && points.every((p) => Math.abs(cross(way, sub(p, a))) <= BENT)
}

const sameSeam = (p: Seam, q: Seam): boolean =>
  sameChain(p.a, q.a) && sameChain(p.b, q.b) && p.confirmed === q.confirmed && p.ease === q.ease
const samePlace = (p: OnEdge, q: OnEdge): boolean => p.edge === q.edge && p.t === q.t
const sameMeasure = (p: Measure, q: Measure): boolean =>
  samePlace(p.from, q.from) && samePlace(p.to, q.to) && p.along === q.along && p.tolerance === q.tolerance

const isFold = (pattern: Pattern, id: EdgeId): boolean => edgeOf(pattern, id)?.piece.fold === id

const nextSeamId = (taken: ReadonlySet<string>): SeamId => {
  let n = 1
  while (taken.has(`s${n}`)) n++
  return `s${n}` as SeamId
}

const named = (pattern: Pattern, names: Readonly<Record<string, string>>): Told => {
  for (const id of Object.keys(names)) if (!edgeOf(pattern, id as EdgeId)) return no('no-such-edge', id)
  const toldOf = (edge: Edge): string => (Object.hasOwn(names, edge.id) ? (names[edge.id] as string) : edge.name)
  let changed = false
  const pieces = pattern.pieces.map((piece) => {
    if (piece.edges.every((edge) => toldOf(edge) === edge.name)) return piece
    changed = true
    return { ...piece, edges: piece.edges.map((edge) => ({ ...edge, name: toldOf(edge) })) }
  })
  return changed ? { ok: true, pattern: { ...pattern, pieces }, what: ['names'] } : { ok: true, pattern, what: [] }
}

const folded = (pattern: Pattern, folds: Readonly<Record<string, EdgeId | null>>): Told => {
  let next = pattern
  for (const [id, edge] of Object.entries(folds)) {
    const piece = pieceOf(next, id as PieceId)
    if (!piece) return no('no-such-piece', id)
    if (piece.fold === edge) continue
    const index = piece.edges.findIndex((one) => one.id === edge)
    if (edge !== null) {
      if (index < 0) return no('no-such-edge', edge)
      if (next.seams.some((seam) => seam.confirmed && sideWith(seam, edge) !== null)) return no('in-a-seam', edge)
      if (piece.shapes.some((shape) => shape && !canFold(shape.runs[index] as Run))) return no('not-straight', edge)
    }
    next = {
      ...next,
      pieces: next.pieces.map((one) => (one === piece ? { ...piece, fold: edge } : one)),
      // What was supposed of an edge before anybody knew that it is a fold.
      seams: edge === null ? next.seams : next.seams.filter((seam) => sideWith(seam, edge) === null),
    }
  }
  return { ok: true, pattern: next, what: next === pattern ? [] : ['folds'] }
}

const dropped = (pattern: Pattern, drop: readonly SeamId[]): Told => {
  const seams = pattern.seams.filter(({ id }) => !drop.includes(id))
  return seams.length === pattern.seams.length
    ? { ok: true, pattern, what: [] }
    : { ok: true, pattern: { ...pattern, seams }, what: ['seams'] }
}

const sewn = (pattern: Pattern, put: readonly ToldSeam[], since: Pattern): Told => {
  let { seams } = pattern
  for (const told of put) {
    const all = SIDES.flatMap((side) => told[side].map((link) => ({ edge: link.edge, hand: handOf(side, link) })))
    for (const { edge } of all) {
      if (!edgeOf(pattern, edge)) return no('no-such-edge', edge)
      if (isFold(pattern, edge)) return no('on-the-fold', edge)
    }
    const again = all.find(({ edge, hand }, i) => all.findIndex((one) => one.edge === edge && one.hand === hand) !== i)
    if (again) return no('twice', again.edge)
    const alike = seams.find((seam) => sameSides(seam, told))
    const known = told.id === undefined ? alike : seams.find(({ id }) => id === told.id)
    if (told.id !== undefined && !known) return no('no-such-seam', told.id)
    if (alike && alike !== known) return no('same-seam', told.a[0]?.edge)
    const id = known?.id ?? nextSeamId(new Set([...since.seams, ...seams].map((seam) => seam.id)))
    const { a, b, ease } = told
    const seam: Seam = { id, a, b, confirmed: true, ease }
    if (!known) seams = [...seams, seam]
    else if (!sameSeam(known, seam)) seams = seams.map((one) => (one === known ? seam : one))
  }
  if (seams.length > DETAIL_CAPS.seams && seams.length > pattern.seams.length) return no('too-many')
  return seams === pattern.seams
    ? { ok: true, pattern, what: [] }
    : { ok: true, pattern: { ...pattern, seams }, what: ['seams'] }
}

const measured = (pattern: Pattern, { put, drop }: NonNullable<Details['measures']>): Told => {
  let measures = pattern.measures.filter(({ name }) => !drop.includes(name))
  for (const told of put) {
    const [from, to] = [edgeOf(pattern, told.from.edge), edgeOf(pattern, told.to.edge)]
    if (!from) return no('no-such-edge', told.from.edge)
    if (!to) return no('no-such-edge', told.to.edge)
    if (from.piece !== to.piece) return no('two-pieces', told.name)
    const known = measures.find(({ name }) => name === told.name)
    if (!known) measures = [...measures, told]
    else if (!sameMeasure(known, told)) measures = measures.map((one) => (one === known ? told : one))
  }
  if (measures.length > DETAIL_CAPS.measures && measures.length > pattern.measures.length) return no('too-many')
  const same = measures.length === pattern.measures.length && measures.every((one, i) => one === pattern.measures[i])
  return same ? { ok: true, pattern, what: [] } : { ok: true, pattern: { ...pattern, measures }, what: ['measures'] }
}

/**
 * The pattern with what its owner tells of it: all of it or nothing. Lines, ids and everything else stay.
 *
 * An edge may be in several seams (a neckline takes collar and facing), in each once, or once more as its mirror image; two seams never have the same two sides, so telling a
 * seam again confirms the one that is there. A fold is in none. Shapes of what is given are the protocol's to check.
 *
 * @param since what was told step by step began with this one: an id that a seam had in it is given to no other seam.
 */
export const tell = (pattern: Pattern, details: Details, since: Pattern = pattern): Told => {
  let next = pattern
  const what = new Set<DetailKind>()
  // A seam may go so that its edge can be the fold, and a fold so that its edge can be sewn.
  const steps: readonly ((now: Pattern) => Told)[] = [
    (now) => named(now, details.names ?? {}),
    (now) => dropped(now, details.seams?.drop ?? []),
    (now) => folded(now, details.folds ?? {}),
    (now) => sewn(now, details.seams?.put ?? [], since),
    (now) => measured(now, details.measures ?? { put: [], drop: [] }),
  ]
  for (const step of steps) {
    const told = step(next)
    if (!told.ok) return told
    next = told.pattern
    for (const kind of told.what) what.add(kind)
  }
  return { ok: true, pattern: next, what: DETAIL_KINDS.filter((kind) => what.has(kind)) }
}

/**
 * What has to be told of one pattern to make it the other, where they differ in details alone: what a person did one by one becomes one
 * version.
 */
export const detailsBetween = (before: Pattern, after: Pattern): Details => {
  const names: Record<EdgeId, string> = {}
  const folds: Record<PieceId, EdgeId | null> = {}
  for (const piece of after.pieces) {
    const was = pieceOf(before, piece.id)
    if (!was || was === piece) continue
    if (was.fold !== piece.fold) folds[piece.id] = piece.fold
    for (const [i, edge] of piece.edges.entries()) if (was.edges[i]?.name !== edge.name) names[edge.id] = edge.name
  }
  const put = after.seams.flatMap((seam): ToldSeam[] => {
    const was = before.seams.find(({ id }) => id === seam.id)
    if (was && sameSeam(was, seam)) return []
    const { id, a, b, ease } = seam
    return was ? [{ id, a, b, ease }] : [{ a, b, ease }]
  })
  const drop = before.seams.flatMap(({ id }) => (after.seams.some((seam) => seam.id === id) ? [] : [id]))
  const said = after.measures.filter((one) => {
    const was = before.measures.find(({ name }) => name === one.name)
    return !was || !sameMeasure(was, one)
  })
  const unsaid = before.measures.flatMap(({ name }) => (after.measures.some((one) => one.name === name) ? [] : [name]))
  return {
    ...(Object.keys(names).length > 0 ? { names } : {}),
    ...(Object.keys(folds).length > 0 ? { folds } : {}),
    ...(put.length + drop.length > 0 ? { seams: { put, drop } } : {}),
    ...(said.length + unsaid.length > 0 ? { measures: { put: said, drop: unsaid } } : {}),
  }
}

/** Whether there is nothing to tell. */
export const isNothing = (details: Details): boolean => Object.keys(details).length === 0
