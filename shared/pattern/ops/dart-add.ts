import { type Op, refuse } from '../apply.ts'
import { isStraight, joinRuns, lengthOf, partOf, pointAt, straightRun, tangentAt } from '../curve.ts'
import type { Edge, EdgeId, Key, NotchPlace, Pattern, Piece, Run, Shape, Vec } from '../model.ts'
import { along, dist, dot, normal, rotate } from '../vec.ts'
import { findDart } from './dart.ts'
import {
  type Bench,
  cutAt,
  edgeIdsOf,
  forgotten,
  freshId,
  indexOf,
  inSizes,
  leadOf,
  mergedAt,
  narrowed,
  onceOne,
  unchanged,
  withPieces,
} from './edges.ts'
import { beside, endOf, findEdge, isRefused, lengthNotes, startOf } from './parts.ts'
import { LEAST } from './reshape.ts'

/** An edge that dart legs are: sewn to each other, without cloth beside them. */
export const legEdge = (id: EdgeId): Edge => ({
  id,
  name: '',
  allowance: 0,
  corner: 'mitre',
  hem: null,
  sewing: null,
})

/**
 * Adds a dart: a wedge with its mouth on an edge, `width` mm of the edge's length with its middle at share `at`, and its point `length` mm
 * in from there, `tilt` degrees off the perpendicular (counter-clockwise). The edge becomes two, shorter together by the width; the legs
 * are straight edges without allowance. Refused with `too-short` where the edge has no room for the mouth, and with `on-the-fold`.
 */
export const dartAdd: Op<'dartAdd'> = (pattern, operation, sizes) => {
  const { edge: id, at, width, length, tilt } = operation
  const found = findEdge(pattern, id)
  if (isRefused(found)) return found
  if (found.piece.fold === id) return refuse('on-the-fold', { piece: found.piece.id, edge: id })
  const piece = narrowed(found.piece, sizes)
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  for (const [size, shape] of piece.shapes.entries()) {
    const total = shape ? lengthOf(shape.runs[found.index] as Run) : Infinity
    if (Math.min(at, 1 - at) * total - width / 2 < LEAST)
      return refuse('too-short', { piece: piece.id, edge: id, size: pattern.sizes[size] ?? '', amount: total })
  }
  const taken = edgeIdsOf(pattern)
  const fresh = (suffix: string): EdgeId => {
    const one = freshId<EdgeId>(id, suffix, taken)
    taken.add(one)
    return one
  }
  const ids = [fresh('a'), fresh('b')] as const
  const [into, out] = [fresh('i'), fresh('o')]
  const cut = cutAt({ pattern, piece }, id, at, ids, lead)
  if ('ok' in cut) return cut
  const first = indexOf(cut.piece, ids[0])
  const shaped = inSizes(cut.pattern, cut.piece, (shape): Shape => {
    const old = piece.shapes[cut.piece.shapes.indexOf(shape)]?.runs[found.index] as Run
    const middle = at * lengthOf(old)
    const apex = along(pointAt(old, middle), rotate(normal(tangentAt(old, middle)), tilt), length)
    const [one, two] = [shape.runs[first] as Run, shape.runs[first + 1] as Run]
    const left = cornered(partOf(one, 0, lengthOf(one) - width / 2))
    const right = cornered(partOf(two, width / 2, lengthOf(two)))
    const legs = [straightRun(endOf(left), apex), straightRun(apex, startOf(right))]
    return {
      ...shape,
      sew: [],
      runs: shape.runs.toSpliced(first, 2, left, ...legs, right),
      notches: shape.notches.map((place, i): NotchPlace | null => {
        const edge = cut.piece.notches[i]?.edge
        if (!place || (edge !== ids[0] && edge !== ids[1])) return place
        return { ...place, s: edge === ids[0] ? Math.min(place.s, lengthOf(left)) : Math.max(0, place.s - width / 2) }
      }),
    }
  })
  if (isRefused(shaped)) return shaped
  const dart: Piece = {
    ...shaped,
    edges: shaped.edges.toSpliced(first + 1, 0, legEdge(into), legEdge(out)),
  }
  const next = withPieces(cut.pattern, cut.piece, dart)
  return { ok: true, pattern: next, pieces: [piece.id], notes: lengthNotes(pattern, next, [piece.id], sizes) }
}

/** Both ends are corners. */
const cornered = (run: Run): Run => ({
  ...run,
  keys: run.keys.map((key, i, all): Key => (i === 0 || i === all.length - 1 ? { ...key, turn: true } : key)),
})

/** Directions that differ by less go on smoothly, cosine of 3°. */
const SMOOTH = Math.cos((3 * Math.PI) / 180)

/** An edge carried on across the gap to where the next one begins, leaving and arriving in the directions of both. */
const bridged = (run: Run, next: Run): Run => {
  const [from, to] = [endOf(run), startOf(next)]
  const [u, w] = [tangentAt(run, lengthOf(run)), tangentAt(next, 0)]
  const reach = dist(from, to) / 3
  const [b, c] = [along(from, u, reach), along(to, w, -reach)]
  const drawn: Vec[] = [from]
  const steps = 12
  for (let i = 1; i < steps; i++) {
    const t = i / steps
    const [p, q, r, s] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3]
    drawn.push({
      x: p * from.x + q * b.x + r * c.x + s * to.x,
      y: p * from.y + q * b.y + r * c.y + s * to.y,
    })
  }
  drawn.push({ x: to.x, y: to.y })
  const key = ({ x, y }: Vec, turn: boolean): Key => ({ x, y, turn })
  const fill: Run = { keys: [key(from, false), key(to, false)], drawn }
  return smoothed(run, isStraight(fill) ? { ...fill, drawn: null } : fill)
}

/** One run after the other; the key between is no corner where the line isn't. */
const smoothed = (one: Run, two: Run): Run => {
  const joined = joinRuns(one, two)
  const at = one.keys.length - 1
  const flat = dot(tangentAt(one, lengthOf(one)), tangentAt(two, 0)) > SMOOTH
  const keys = joined.keys.map((key, i): Key => (i === at ? { ...key, turn: !flat } : key))
  const run: Run = { keys, drawn: joined.drawn }
  if (!isStraight(run)) return run
  return { keys: [keys[0] as Key, keys.at(-1) as Key], drawn: null }
}

/**
 * Takes a dart away: its legs go, and the edge before it runs on, smoothly, to where the edge after it begins; the mouth's width is cloth
 * again. The two edges become one where no seam has one of them alone. Notches of the legs go with them. The inverse of `dartAdd` on straight edges.
 */
export const dartClose: Op<'dartClose'> = (pattern, operation, sizes) => {
  const dart = findDart(pattern, operation.in, operation.out)
  if (isRefused(dart)) return dart
  const piece = narrowed(dart.piece, sizes)
  const lead = leadOf(pattern, piece, sizes)
  if (lead === null) return unchanged(pattern)
  const [prev, next] = [beside(piece, dart.in, -1), beside(piece, dart.out, 1)]
  const gone = [piece.edges[dart.in]?.id as EdgeId, piece.edges[dart.out]?.id as EdgeId]
  const [before, after] = [piece.edges[prev]?.id as EdgeId, piece.edges[next]?.id as EdgeId]
  const keeps = (_: unknown, i: number) => i !== dart.in && i !== dart.out
  const stays = piece.notches.map(({ edge }) => !gone.includes(edge))
  const closed: Piece = {
    ...piece,
    edges: piece.edges.filter(keeps),
    notches: piece.notches.filter((_, i) => stays[i]),
    shapes: piece.shapes.map((shape) => {
      if (!shape) return null
      const run = bridged(shape.runs[prev] as Run, shape.runs[next] as Run)
      const runs = shape.runs.with(prev, run).filter(keeps)
      return { ...shape, sew: [], runs, notches: shape.notches.filter((_, i) => stays[i]) }
    }),
  }
  const bare: Pattern = forgotten(withPieces(pattern, piece, closed), gone)
  const index = indexOf(closed, before)
  const one = before === piece.fold || after === piece.fold ? null : (onceOne(bare, before, after) ?? before)
  const merged: Bench = one
    ? mergedAt({ pattern: bare, piece: closed }, index, one, lead)
    : { pattern: bare, piece: closed }
  const done = merged.piece === closed ? closed : withSmoothJoin(merged.piece, closed, one as EdgeId, before, after)
  const result = withPieces(merged.pattern, merged.piece, done)
  return { ok: true, pattern: result, pieces: [piece.id], notes: lengthNotes(pattern, result, [piece.id], sizes) }
}

/** The merged edge with no corner where its line has none. */
const withSmoothJoin = (merged: Piece, closed: Piece, id: EdgeId, before: EdgeId, after: EdgeId): Piece => {
  const [one, two, at] = [indexOf(closed, before), indexOf(closed, after), indexOf(merged, id)]
  return {
    ...merged,
    shapes: merged.shapes.map((shape, size) => {
      const old = closed.shapes[size]
      if (!shape || !old) return shape
      return { ...shape, runs: shape.runs.with(at, smoothed(old.runs[one] as Run, old.runs[two] as Run)) }
    }),
  }
}
