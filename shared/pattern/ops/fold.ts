import { type Op, refuse } from '../apply.ts'
import { drawnOf, lengthOf, mapRun, nearestOn, pointAt, reverseRun, straightRun } from '../curve.ts'
import { handOf, SIDES, sameChain, sameSides, withLinks } from '../links.ts'
import {
  type DrillId,
  type Edge,
  type EdgeId,
  edgeOf,
  type InternalId,
  type Link,
  type Notch,
  type NotchId,
  type NotchPlace,
  type Pattern,
  type Piece,
  pieceOf,
  type Run,
  type Seam,
  type SeamId,
  type Shape,
  type Vec,
} from '../model.ts'
import { closedOf, contains, outlineOf } from '../ring.ts'
import { cross, dist, mirror, sub, unit } from '../vec.ts'
import {
  cutAt,
  edgeIdsOf,
  forgotten,
  freshId,
  indexOf,
  leadOf,
  narrowed,
  notchIdsOf,
  unchanged,
  withPieces,
} from './edges.ts'
import { runsInside } from './inside.ts'
import { endAt, endOf, findEdge, isRefused, startAt, startOf } from './parts.ts'

/** A fold may bend by this much before it is none, mm. */
const BENT = 0.1
/** Halves that differ by more are two different things, mm. */
const TOLERANCE = 3
/** What lies this near to the fold is its own mirror image, mm. */
const ON_FOLD = 0.05

const offLine = (a: Vec, b: Vec, p: Vec): number => Math.abs(cross(unit(sub(b, a)), sub(p, a)))

const without = <P extends Vec & { rule?: number }>({ rule: _, ...point }: P): Omit<P, 'rule'> => point

/** A line as the other half has it: mirrored and, on the outline, walked the other way. Grade rules don't hold there. */
const mirrored = (run: Run, f: (v: Vec) => Vec): Run => {
  const there = mapRun(run, f)
  return { ...there, keys: there.keys.map((key) => without(key)) }
}

/**
 * Opens a half piece: its reflection across the fold edge is added where the fold was, and the fold goes. A mirrored edge, notch, drill or internal line of `x` is `xm`; what lies on the fold itself
 * (within 0.05 mm) is not doubled, and neither are internal lines that hold for one side. Notches at the ends of the fold go to the edges beside it; others on it go. Seams get
 * their mirrored twin (see `withTwins`). The quantity counts whole pieces and stays.
 *
 * @returns refused with `not-half` where the piece has no fold, `not-straight` where it bends by more than 0.1 mm
 */
export const unfold: Op<'unfold'> = (pattern, { piece: id }, sizes) => {
  const piece = pieceOf(pattern, id)
  if (!piece) return refuse('no-such-piece', { piece: id })
  const fold = piece.fold
  const at = fold === null ? -1 : indexOf(piece, fold)
  if (fold === null || at < 0) return refuse('not-half', { piece: id })
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  const half = narrowed(piece, sizes)
  for (const [size, shape] of half.shapes.entries()) {
    const run = shape?.runs[at]
    if (!run) continue
    const [a, b] = [startOf(run), endOf(run)]
    if (dist(a, b) === 0 || drawnOf(run).some((p) => offLine(a, b, p) > BENT))
      return refuse('not-straight', { piece: id, edge: fold, size: pattern.sizes[size] ?? '' })
  }
  const n = half.edges.length
  // From the edge before the fold backwards round to the one after it.
  const back = Array.from({ length: n - 1 }, (_, k) => (at - 1 - k + 2 * n) % n)
  const taken = edgeIdsOf(pattern)
  const twins = new Map<EdgeId, EdgeId>()
  for (const k of back) {
    const edge = half.edges[k] as Edge
    const twin = freshId<EdgeId>(edge.id, 'm', taken)
    taken.add(twin)
    twins.set(edge.id, twin)
  }
  const edgesBack = back.map((k): Edge => {
    const edge = half.edges[k] as Edge
    // Its end is where the edge before it ends in the half.
    const { corner } = half.edges[(k - 1 + n) % n] as Edge
    return { ...edge, id: twins.get(edge.id) as EdgeId, corner: (k - 1 + n) % n === at ? 'mitre' : corner }
  })

  const shapeOfLead = half.shapes[lead] as Shape
  const line = (shape: Shape): [Vec, Vec] => {
    const run = shape.runs[at] as Run
    return [startOf(run), endOf(run)]
  }
  const onLine = (shape: Shape, points: readonly Vec[]): boolean => {
    const [a, b] = line(shape)
    return points.every((p) => offLine(a, b, p) <= ON_FOLD)
  }
  const [beforeFold, afterFold] = [half.edges[(at + n - 1) % n] as Edge, half.edges[(at + 1) % n] as Edge]

  // Notches on the fold move to its ends or go.
  const settled = half.notches.flatMap((notch, i): { notch: Notch; i: number; to: 'start' | 'end' | null }[] => {
    if (notch.edge !== fold) return [{ notch, i, to: null }]
    const place = shapeOfLead.notches[i]
    const length = lengthOf(shapeOfLead.runs[at] as Run)
    if (place && place.s <= 1) return [{ notch: { ...notch, edge: beforeFold.id }, i, to: 'end' }]
    if (place && place.s >= length - 1) return [{ notch: { ...notch, edge: afterFold.id }, i, to: 'start' }]
    return []
  })
  const ids = notchIdsOf(pattern)
  const doubled = settled.filter(({ notch, i, to }) => {
    const place = shapeOfLead.notches[i]
    if (to !== null || !place) return false
    const length = lengthOf(shapeOfLead.runs[indexOf(half, notch.edge)] as Run)
    const isAtFold =
      (notch.edge === beforeFold.id && place.s >= length - ON_FOLD) ||
      (notch.edge === afterFold.id && place.s <= ON_FOLD)
    return !isAtFold
  })
  const foldWay = line(shapeOfLead)
  const axis = (Math.atan2(foldWay[1].y - foldWay[0].y, foldWay[1].x - foldWay[0].x) * 180) / Math.PI
  const notchesBack = doubled.map(({ notch }): Notch => {
    const twin = freshId<NotchId>(notch.id, 'm', ids)
    ids.add(twin)
    const { rule: _, ...rest } = notch
    return {
      ...rest,
      id: twin,
      edge: twins.get(notch.edge) as EdgeId,
      angle: notch.angle === null ? null : 2 * axis - notch.angle,
    }
  })
  const doubledDrills = half.drills.flatMap((_, i) => {
    const v = shapeOfLead.drills[i]
    return v && !onLine(shapeOfLead, [v]) ? [i] : []
  })
  const doubledInternals = half.internals.flatMap(({ oneSide }, i) => {
    const run = shapeOfLead.internals[i]
    return run && !oneSide && !onLine(shapeOfLead, drawnOf(run)) ? [i] : []
  })
  const drillIds = new Set<string>(pattern.pieces.flatMap(({ drills }) => drills.map((one) => one.id)))
  const internalIds = new Set<string>(pattern.pieces.flatMap(({ internals }) => internals.map((one) => one.id)))

  const whole: Piece = {
    ...half,
    fold: null,
    edges: half.edges.toSpliced(at, 1, ...edgesBack),
    notches: [...settled.map(({ notch }) => notch), ...notchesBack],
    drills: [
      ...half.drills,
      ...doubledDrills.map((i) => {
        const { rule: _, ...drill } = half.drills[i] as (typeof half.drills)[number]
        const twin = freshId<DrillId>(drill.id, 'm', drillIds)
        drillIds.add(twin)
        return { ...drill, id: twin }
      }),
    ],
    internals: [
      ...half.internals,
      ...doubledInternals.map((i) => {
        const internal = half.internals[i] as (typeof half.internals)[number]
        const twin = freshId<InternalId>(internal.id, 'm', internalIds)
        internalIds.add(twin)
        return { ...internal, id: twin }
      }),
    ],
    shapes: half.shapes.map((shape) => {
      if (!shape) return null
      const [a, b] = line(shape)
      const f = (v: Vec): Vec => mirror(v, a, b)
      const placeOf = ({ notch, i, to }: (typeof settled)[number]): NotchPlace | null => {
        const place = shape.notches[i]
        if (!place || to === null) return place ?? null
        return { ...place, s: to === 'start' ? 0 : lengthOf(shape.runs[indexOf(half, notch.edge)] as Run) }
      }
      const placeBack = ({ notch, i }: (typeof settled)[number]): NotchPlace | null => {
        const place = shape.notches[i]
        return place ? { ...place, s: lengthOf(shape.runs[indexOf(half, notch.edge)] as Run) - place.s } : null
      }
      const runsBack = back.map((k) => reverseRun(mirrored(shape.runs[k] as Run, f)))
      // On the fold itself both halves meet in one point, to the last digit.
      runsBack[0] = startAt(runsBack[0] as Run, a)
      runsBack[n - 2] = endAt(runsBack[n - 2] as Run, b)
      return {
        ...shape,
        runs: shape.runs.toSpliced(at, 1, ...runsBack),
        notches: [...settled.map(placeOf), ...doubled.map(placeBack)],
        drills: [...shape.drills, ...doubledDrills.map((i) => (shape.drills[i] ? f(shape.drills[i] as Vec) : null))],
        internals: [
          ...shape.internals,
          ...doubledInternals.map((i) => (shape.internals[i] ? mirrored(shape.internals[i] as Run, f) : null)),
        ],
        sew: [],
      }
    }),
  }
  const next = forgotten(withPieces(pattern, piece, whole), [fold])
  return { ok: true, pattern: { ...next, seams: withTwins(next, next.seams, twins) }, pieces: [id], notes: [] }
}

/** The edge that is another one's mirror image in a piece that was unfolded: `xm` of `x`, `x` of `xm`; null where there is none. */
const twinIn = (piece: Piece, id: EdgeId): EdgeId | null =>
  piece.edges.find((edge) => edge.id === `${id}m` || id === `${edge.id}m`)?.id ?? null

/**
 * Seams of a piece that was unfolded: what a walk had of the half beyond the fold is the twin now. Whose every link has a mirror image (a twin, the other half of a piece on the fold, the
 * other one of a pair) is sewn on the garment's other side too and gets that seam, where it isn't there and the seam is not its own mirror image.
 */
const withTwins = (pattern: Pattern, seams: readonly Seam[], twins: ReadonlyMap<EdgeId, EdgeId>): readonly Seam[] => {
  const swap = new Map(
    [...twins].flatMap(([one, twin]): [EdgeId, EdgeId][] => [
      [one, twin],
      [twin, one],
    ]),
  )
  const twinOf = (piece: Piece, id: EdgeId): EdgeId | null => swap.get(id) ?? twinIn(piece, id)
  const isPair = ({ quantity }: Piece): boolean => quantity.mirrored > 0
  /** The hand that the seam means as drawn: that of a piece which has but one, else of what it is sewn to. */
  const drawnHand = (seam: Seam): boolean => {
    const others = SIDES.flatMap((side) => seam[side].map((link) => ({ link, hand: handOf(side, link) }))).filter(
      ({ link }) => !swap.has(link.edge),
    )
    const single = others.find(({ link }) => {
      const piece = edgeOf(pattern, link.edge)?.piece
      return piece && piece.fold === null && (!isPair(piece) || twinOf(piece, link.edge) !== null)
    })
    const [first] = seam.a
    return (single ?? others[0])?.hand ?? (first !== undefined && handOf('a', first))
  }
  const opened = seams.map((seam) => {
    if (SIDES.every((side) => seam[side].every(({ edge }) => !swap.has(edge)))) return seam
    const drawn = drawnHand(seam)
    return withLinks(seam, (link, side) => {
      const twin = swap.get(link.edge)
      return [twin !== undefined && handOf(side, link) !== drawn ? { edge: twin, back: !link.back } : link]
    })
  })
  const ids = new Set<string>(seams.map(({ id }) => id))
  return opened.flatMap((seam) => {
    if (SIDES.every((side) => seam[side].every(({ edge }) => !swap.has(edge)))) return [seam]
    const mirrored = withLinks(seam, (link): Link[] => {
      const piece = edgeOf(pattern, link.edge)?.piece
      const twin = piece && twinOf(piece, link.edge)
      if (twin) return [{ edge: twin, back: !link.back }]
      return piece && (piece.fold !== null || isPair(piece)) ? [link] : []
    })
    const isWhole = SIDES.every((side) => mirrored[side].length === seam[side].length)
    if (!isWhole || opened.some((one) => sameSides(one, mirrored))) return [seam]
    const id = freshId<SeamId>(seam.id, 'm', ids)
    ids.add(id)
    return [seam, { ...mirrored, id }]
  })
}

/** Seams of a piece that was folded: a gone edge is the mirror image of the one that stayed. What says the same as another seam then goes. */
const withoutTwins = (seams: readonly Seam[], stayed: ReadonlyMap<EdgeId, EdgeId>): readonly Seam[] => {
  const shut = seams.map((seam) =>
    withLinks(seam, ({ edge, back }) => {
      const one = stayed.get(edge)
      return [one ? { edge: one, back: !back } : { edge, back }]
    }),
  )
  const isOld = (i: number): boolean => SIDES.every((side) => sameChain(shut[i]?.[side] ?? [], seams[i]?.[side] ?? []))
  return shut.filter((seam, i) => {
    if (isOld(i)) return true
    return !shut.some((one, k) => k !== i && (k < i || isOld(k)) && sameSides(one, seam))
  })
}

/**
 * Makes a whole piece a half on the fold: the line from share `fromAt` of edge `from` to share `toAt` of `to` becomes the fold edge (`<piece>.fold`), the half on its left, walked from `from` to `to`, stays, and the other
 * goes with all that lies in it. An edge that is cut keeps its id for the part that stays; in seams the gone ones are mirror images of those that stay. Undoes `unfold`. The quantity counts whole pieces and stays.
 *
 * @returns refused with `already-half`; `outside` where the line leaves the piece; `not-symmetric` where the halves lie apart by more than 3 mm somewhere, `amount`: how far
 */
export const fold: Op<'fold'> = (pattern, { piece: id, from, fromAt, to, toAt }, sizes) => {
  const piece = pieceOf(pattern, id)
  if (!piece) return refuse('no-such-piece', { piece: id })
  if (piece.fold !== null) return refuse('already-half', { piece: id })
  for (const edge of [from, to]) {
    const found = findEdge(pattern, edge)
    if (isRefused(found)) return found
    if (found.piece !== piece) return refuse('other-piece', { piece: id, edge })
  }
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  if (from === to) return refuse('outside', { piece: id, edge: from })
  const own = narrowed(piece, sizes)
  const taken = edgeIdsOf(pattern)
  const spare = (edge: EdgeId): EdgeId => {
    const one = freshId<EdgeId>(edge, '.gone', taken)
    taken.add(one)
    return one
  }
  // The half that stays begins at `to` and ends at `from`.
  const first = cutAt({ pattern: withPieces(pattern, piece, own), piece: own }, from, fromAt, [from, spare(from)], lead)
  if (isRefused(first)) return first
  const kept = spare(to)
  const second = cutAt(first, to, toAt, [kept, to], lead)
  if (isRefused(second)) return second
  const ring = second.piece
  const n = ring.edges.length
  const s = indexOf(ring, first.begins === to && second.wasCut ? kept : first.begins)
  const t = indexOf(ring, second.begins)
  if (s === t) return refuse('outside', { piece: id, edge: from })
  const walk = (a: number, b: number): number[] => Array.from({ length: (b - a + n) % n || n }, (_, k) => (a + k) % n)
  const [stay, gone] = [walk(t, s), walk(s, t)]
  for (const [size, shape] of ring.shapes.entries()) {
    if (!shape) continue
    const [S, T] = [startOf(shape.runs[s] as Run), startOf(shape.runs[t] as Run)]
    if (!runsInside(outlineOf(shape), straightRun(S, T)))
      return refuse('outside', { piece: id, edge: from, size: pattern.sizes[size] ?? '' })
    const apart = distanceOf(
      closedOf([...stay.map((k) => shape.runs[k] as Run), straightRun(S, T)]),
      closedOf([...gone.map((k) => shape.runs[k] as Run), straightRun(T, S)]).map((v) => mirror(v, S, T)),
    )
    if (apart > TOLERANCE) return refuse('not-symmetric', { piece: id, size: pattern.sizes[size] ?? '', amount: apart })
  }
  const shapeOfLead = ring.shapes[lead] as Shape
  const run = straightRun(startOf(shapeOfLead.runs[s] as Run), startOf(shapeOfLead.runs[t] as Run))
  const leaving = closedOf([...gone.map((k) => shapeOfLead.runs[k] as Run), straightRun(endOf(run), startOf(run))])
  const isOurs = (p: Vec | null | undefined) =>
    !p || offLine(startOf(run), endOf(run), p) <= ON_FOLD || !contains(leaving, p)
  const middle = (one: Run | null | undefined) => one && pointAt(one, lengthOf(one) / 2)
  const goneIds = new Set(gone.map((k) => (ring.edges[k] as Edge).id))
  const pick = <T>(list: readonly T[], keeps: (i: number) => boolean): number[] =>
    list.flatMap((_, i) => (keeps(i) ? [i] : []))
  const notches = pick(ring.notches, (i) => !goneIds.has((ring.notches[i] as Notch).edge))
  const drills = pick(ring.drills, (i) => isOurs(shapeOfLead.drills[i]))
  const internals = pick(ring.internals, (i) => isOurs(middle(shapeOfLead.internals[i])))
  const of = <T>(list: readonly T[], at: readonly number[]): T[] => at.map((i) => list[i] as T)
  const foldId = freshId<EdgeId>(id, '.fold', taken)
  const foldEdge: Edge = { id: foldId, name: '', allowance: null, corner: 'mitre', hem: null, sewing: null }
  // The fold stands where the other half stood in the ring.
  const isFirstGone = (k: number) => k === s
  const inPlace = <T>(list: readonly T[], mid: T): T[] =>
    list.flatMap((one, k) => (isFirstGone(k) ? [mid] : gone.includes(k) ? [] : [one]))
  const half: Piece = {
    ...ring,
    fold: foldId,
    edges: inPlace(ring.edges, foldEdge),
    notches: of(ring.notches, notches),
    drills: of(ring.drills, drills),
    internals: of(ring.internals, internals),
    notes: ring.notes.filter(({ at }) => isOurs(at)),
    shapes: ring.shapes.map(
      (shape) =>
        shape && {
          ...shape,
          runs: inPlace(shape.runs, straightRun(startOf(shape.runs[s] as Run), startOf(shape.runs[t] as Run))),
          notches: of(shape.notches, notches),
          drills: of(shape.drills, drills),
          internals: of(shape.internals, internals),
          sew: [],
        },
    ),
  }
  const lengthIn = (k: number): number => lengthOf(shapeOfLead.runs[k] as Run)
  const stayed = new Map(
    gone.flatMap((k, i): [EdgeId, EdgeId][] => {
      const mate = gone.length === stay.length ? (stay[stay.length - 1 - i] as number) : k
      const isTwin = mate !== k && Math.abs(lengthIn(mate) - lengthIn(k)) <= TOLERANCE
      return isTwin ? [[(ring.edges[k] as Edge).id, (ring.edges[mate] as Edge).id]] : []
    }),
  )
  const folded = withPieces(second.pattern, ring, half)
  const next = forgotten({ ...folded, seams: withoutTwins(folded.seams, stayed) }, [...goneIds])
  return { ok: true, pattern: next, pieces: [id], notes: [] }
}

/** How far two closed lines lie apart where they do most, mm, looked at in their points and the middles between. */
const distanceOf = (one: readonly Vec[], two: readonly Vec[]): number => {
  const [a, b] = [asRun(one), asRun(two)]
  return Math.max(farthest(one, b), farthest(two, a))
}
const asRun = (points: readonly Vec[]): Run => {
  const drawn = [...points, points[0] as Vec]
  return { keys: [drawn[0] as Vec, drawn.at(-1) as Vec].map((v) => ({ ...v, turn: true })), drawn }
}
/** Points looked at along a closed line; an outline is smooth between them. */
const LOOKS = 60
const farthest = (points: readonly Vec[], line: Run): number => {
  const around = asRun(points)
  const length = lengthOf(around)
  let most = 0
  for (let i = 0; i < LOOKS; i++) most = Math.max(most, distanceTo(line, pointAt(around, (i * length) / LOOKS)))
  // Corners stand out furthest.
  for (let i = 0; i < points.length; i++) {
    const [p, q, r] = [points.at(i - 1) as Vec, points[i] as Vec, points[(i + 1) % points.length] as Vec]
    const [u, w] = [unit(sub(q, p)), unit(sub(r, q))]
    if (u.x * w.x + u.y * w.y < 0.9) most = Math.max(most, distanceTo(line, q))
  }
  return most
}
const distanceTo = (line: Run, p: Vec): number => nearestOn(line, p).distance
