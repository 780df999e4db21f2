import { type Applied, type OperationRefusalCode, type Refused, refuse } from '../apply.ts'
import { joinRuns, lengthOf, splitRun } from '../curve.ts'
import { SIDES, sideWith, turned, withLinks } from '../links.ts'
import {
  type Edge,
  type EdgeId,
  type Measure,
  type NotchPlace,
  type OnEdge,
  type Pattern,
  type Piece,
  type Run,
  SAME_MM,
  type Seam,
  type Shape,
} from '../model.ts'

/** Nothing to change: the pattern itself. */
export const unchanged = (pattern: Pattern): Applied => ({ ok: true, pattern, pieces: [], notes: [] })

/**
 * An id that none of `taken` is: `base` and `suffix`, held to 40 characters, with the first number from 2 that makes it a new one. The same
 * pattern gives the same id everywhere.
 */
export const freshId = <T extends string>(base: string, suffix: string, taken: ReadonlySet<string>): T => {
  for (let i = 1; ; i++) {
    const end = i === 1 ? suffix : `${suffix}${i}`
    const id = base.slice(0, 40 - end.length) + end
    if (!taken.has(id)) return id as T
  }
}

export const edgeIdsOf = (pattern: Pattern): Set<string> =>
  new Set(pattern.pieces.flatMap(({ edges }) => edges.map(({ id }) => id)))
export const notchIdsOf = (pattern: Pattern): Set<string> =>
  new Set(pattern.pieces.flatMap(({ notches }) => notches.map(({ id }) => id)))

/** The size that decides where a feature belongs: the base, or the first of those given that has the piece; null where none has. */
export const leadOf = (pattern: Pattern, piece: Piece, sizes: readonly number[]): number | null =>
  [pattern.base, ...sizes].find((size) => sizes.includes(size) && piece.shapes[size]) ?? null

/** The piece in the sizes given alone: before edges or features come or go. */
export const narrowed = (piece: Piece, sizes: readonly number[]): Piece => ({
  ...piece,
  shapes: piece.shapes.map((shape, size) => (sizes.includes(size) ? shape : null)),
})

/** Changes the piece's shapes in all sizes that it has, or says which of them can't be. */
export const inSizes = (
  pattern: Pattern,
  piece: Piece,
  change: (shape: Shape, size: number) => Shape | Refused,
): Piece | Refused => {
  const shapes: (Shape | null)[] = []
  for (const [size, shape] of piece.shapes.entries()) {
    const next = shape && change(shape, size)
    if (next && 'ok' in next)
      return refuse(next.refusal.code, { piece: piece.id, size: pattern.sizes[size] ?? '', ...next.refusal })
    shapes.push(next)
  }
  return { ...piece, shapes }
}

export const indexOf = (piece: Piece, id: EdgeId): number => piece.edges.findIndex((edge) => edge.id === id)

/** Least length of a part of an edge, mm. */
const LEAST = 0.01
/** A share this near to 0 or 1 is the corner itself. */
const AT_CORNER = 1e-5

/**
 * Cuts an edge in two at an arc length, in every size that the piece has. Both parts are what the edge was; the corner between them is a mitre. A notch goes
 * to the part that it lies on in size `lead`.
 */
export const cutEdge = (
  piece: Piece,
  id: EdgeId,
  sOf: (run: Run) => number,
  [first, second]: readonly [EdgeId, EdgeId],
  lead: number,
): Piece => {
  const index = indexOf(piece, id)
  const at = piece.shapes.map((shape) => (shape ? sOf(shape.runs[index] as Run) : 0))
  const later = piece.notches.map((notch, i) => {
    const place = piece.shapes.at(lead)?.notches[i] ?? piece.shapes.find((shape) => shape?.notches[i])?.notches[i]
    return notch.edge === id && place !== undefined && place !== null && place.s > (at[lead] as number)
  })
  return {
    ...piece,
    fold: piece.fold === id ? first : piece.fold,
    edges: piece.edges.flatMap((edge): Edge[] =>
      edge.id === id
        ? [
            { ...edge, id: first, corner: 'mitre' },
            { ...edge, id: second },
          ]
        : [edge],
    ),
    notches: piece.notches.map((notch, i) =>
      notch.edge === id ? { ...notch, edge: later[i] ? second : first } : notch,
    ),
    shapes: piece.shapes.map((shape, size) => {
      if (!shape) return null
      const run = shape.runs[index] as Run
      const s = at[size] as number
      const rest = lengthOf(run) - s
      return {
        ...shape,
        sew: [],
        runs: shape.runs.toSpliced(index, 1, ...splitRun(run, s)),
        notches: shape.notches.map((place, i): NotchPlace | null => {
          if (!place || piece.notches[i]?.edge !== id) return place
          return { ...place, s: later[i] ? Math.min(rest, Math.max(0, place.s - s)) : Math.min(s, place.s) }
        }),
      }
    }),
  }
}

/** Makes one edge of edge `index` and the next one in the ring; the join is smooth unless one of them turns there. */
export const mergeEdges = (piece: Piece, index: number, id: EdgeId): Piece => {
  const next = (index + 1) % piece.edges.length
  const [one, two] = [piece.edges[index] as Edge, piece.edges[next] as Edge]
  const merged: Edge = { ...one, id, corner: two.corner }
  return {
    ...piece,
    fold: piece.fold === one.id || piece.fold === two.id ? id : piece.fold,
    edges: piece.edges.with(index, merged).toSpliced(next, 1),
    notches: piece.notches.map((notch) =>
      notch.edge === one.id || notch.edge === two.id ? { ...notch, edge: id } : notch,
    ),
    shapes: piece.shapes.map((shape) => {
      if (!shape) return null
      const [a, b] = [shape.runs[index] as Run, shape.runs[next] as Run]
      return {
        ...shape,
        sew: [],
        runs: shape.runs.with(index, joinRuns(a, b)).toSpliced(next, 1),
        notches: shape.notches.map((place, i) =>
          place && piece.notches[i]?.edge === two.id ? { ...place, s: place.s + lengthOf(a) } : place,
        ),
      }
    }),
  }
}

/** Chains in which one edge is replaced by others in ring order; a seam that has no edge left on a side goes. */
export const replacedIn = (seams: readonly Seam[], id: EdgeId, by: readonly EdgeId[]): readonly Seam[] => {
  if (seams.every((seam) => sideWith(seam, id) === null)) return seams
  return seams.flatMap((seam) => {
    const next = withLinks(seam, (link) => {
      if (link.edge !== id) return [link]
      const along = by.map((edge) => ({ edge, back: false }))
      return link.back ? turned(along) : along
    })
    return next.a.length > 0 && next.b.length > 0 ? [next] : []
  })
}

/** Whether two neighbours are sewn as one: wherever a seam has one of them it goes on along the other. */
const sewnAlike = (seams: readonly Seam[], one: EdgeId, two: EdgeId): boolean =>
  seams.every((seam) =>
    SIDES.every((side) =>
      seam[side].every(({ edge, back }, i) => {
        if (edge !== one && edge !== two) return true
        const mate = seam[side][(edge === one) === back ? i - 1 : i + 1]
        return mate?.edge === (edge === one ? two : one) && mate.back === back
      }),
    ),
  )

const movedOn = (measures: readonly Measure[], f: (on: OnEdge) => OnEdge | null): readonly Measure[] =>
  measures.flatMap((measure) => {
    const [from, to] = [f(measure.from), f(measure.to)]
    return from && to ? [{ ...measure, from, to }] : []
  })

/** The pattern with a piece in another's place (or others, or none). */
export const withPieces = (pattern: Pattern, old: Piece, ...fresh: readonly Piece[]): Pattern => ({
  ...pattern,
  pieces: pattern.pieces.flatMap((piece) => (piece.id === old.id ? fresh : [piece])),
})

/** A pattern and one of its pieces while edges are cut and put together. */
export interface Bench {
  readonly pattern: Pattern
  readonly piece: Piece
}

/**
 * Cuts an edge at a share of its length, seams and measures with it. At 0 or 1 the corner is taken and nothing is cut.
 *
 * @returns which edge begins there; refused with `too-short` where a part would have no length
 */
export const cutAt = (
  { pattern, piece }: Bench,
  id: EdgeId,
  t: number,
  ids: readonly [EdgeId, EdgeId],
  lead: number,
): (Bench & { readonly begins: EdgeId; readonly wasCut: boolean }) | Refused => {
  const index = indexOf(piece, id)
  const next = piece.edges[(index + 1) % piece.edges.length] as Edge
  if (t <= AT_CORNER) return { pattern, piece, begins: id, wasCut: false }
  if (t >= 1 - AT_CORNER) return { pattern, piece, begins: next.id, wasCut: false }
  const least = Math.min(t, 1 - t)
  for (const [size, shape] of piece.shapes.entries()) {
    const length = shape ? lengthOf(shape.runs[index] as Run) : Infinity
    if (length * least < LEAST)
      return refuse('too-short', { piece: piece.id, edge: id, size: pattern.sizes[size] ?? '', amount: length })
  }
  const cut = cutEdge(piece, id, (run) => t * lengthOf(run), ids, lead)
  const measures = movedOn(pattern.measures, (on) => {
    if (on.edge !== id) return on
    return on.t <= t ? { edge: ids[0], t: on.t / t } : { edge: ids[1], t: (on.t - t) / (1 - t) }
  })
  const seams = replacedIn(pattern.seams, id, ids)
  return { pattern: { ...withPieces(pattern, piece, cut), seams, measures }, piece: cut, begins: ids[1], wasCut: true }
}

/**
 * Puts an edge and the next one of its piece together under one id, seams and measures with them. Where a seam has one of them alone, or in another order, they stay two.
 */
export const mergedAt = ({ pattern, piece }: Bench, index: number, id: EdgeId, lead: number): Bench => {
  const next = (index + 1) % piece.edges.length
  const [one, two] = [piece.edges[index], piece.edges[next]]
  if (!one || !two || one === two || !sewnAlike(pattern.seams, one.id, two.id)) return { pattern, piece }
  const merged = mergeEdges(piece, index, id)
  const runs = piece.shapes[lead]?.runs
  const [a, b] = [runs?.[index], runs?.[next]].map((run) => (run ? lengthOf(run) : 1)) as [number, number]
  const measures = movedOn(pattern.measures, (on) => {
    if (on.edge === one.id) return { edge: id, t: (on.t * a) / (a + b) }
    if (on.edge === two.id) return { edge: id, t: (a + on.t * b) / (a + b) }
    return on
  })
  const seams = replacedIn(replacedIn(pattern.seams, two.id, []), one.id, [id])
  return { pattern: { ...withPieces(pattern, piece, merged), seams, measures }, piece: merged }
}

/** Forgets edges that are gone: seams lose them, measures that began or ended there go. */
export const forgotten = (pattern: Pattern, gone: readonly EdgeId[]): Pattern => ({
  ...pattern,
  seams: gone.reduce<readonly Seam[]>((seams, id) => replacedIn(seams, id, []), pattern.seams),
  measures: pattern.measures.filter(({ from, to }) => !gone.includes(from.edge) && !gone.includes(to.edge)),
})

/**
 * The id that two neighbours had before they were cut apart: `x` for `xa` and `xb` (and `xb`, `xc`, and what has become of them); null where they never were one.
 */
export const onceOne = (pattern: Pattern, one: EdgeId, two: EdgeId): EdgeId | null => {
  const letter = (id: EdgeId, base: string): string | null => {
    const rest = id.startsWith(base) ? id.slice(base.length) : '-'
    return /^[a-d]?$/.test(rest) ? rest : null
  }
  for (const base of [one, two, two.slice(0, -1)]) {
    const [first, second] = base === '' ? [null, null] : [letter(one, base), letter(two, base)]
    if (first === null || second === null || (first !== '' && second !== '' && first >= second)) continue
    const isOld = first === '' || second === '' || !edgeIdsOf(pattern).has(base)
    return isOld ? (base as EdgeId) : one
  }
  return null
}

export const refuseAt =
  (piece: Piece, edge?: EdgeId) =>
  (code: OperationRefusalCode, amount?: number): Refused =>
    refuse(code, {
      piece: piece.id,
      ...(edge === undefined ? {} : { edge }),
      ...(amount === undefined ? {} : { amount }),
    })

export const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_MM
