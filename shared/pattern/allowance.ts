import { capped } from './cap.ts'
import { drawnOf, isStraight, lengthOf, nearestOn, pointAt, straightRun, tangentAt } from './curve.ts'
import type { Corner, Edge, Key, Piece, Run, Shape, Vec } from './model.ts'
import { areaOf, closedOf, isSimple } from './ring.ts'
import { add, along, angleBetween, cross, dist, dot, lerp, meet, mirror, normal, scale, sub, unit } from './vec.ts'

/** A line beside the ring, or the place where it can't be: an allowance wider than the shape has room for. */
export type Beside =
  | { readonly ok: true; readonly runs: readonly Run[]; readonly outline: readonly Vec[] }
  | { readonly ok: false; readonly code: 'allowance-impossible'; readonly at: Vec }

/** A mitre that reaches further than this many allowances from the sewn corner is cut off. */
const LIMIT = 4

/** A line that turns by less at a corner goes on smoothly there, degrees. */
const SMOOTH = 0.3

interface Side {
  /** Offset points from start to end, before corners. */
  readonly points: readonly Vec[]
  /** Those of them that stand for a key. */
  readonly keys: ReadonlyMap<Vec, Key>
  readonly start: Vec
  readonly end: Vec
  readonly straight: boolean
  /** How far a loop may reach along the line, mm; 0 where no bend is tighter than the allowance. */
  readonly loops: number
}

const outwards = (direction: Vec): Vec => scale(normal(direction), -1)

/** A bend tighter than the allowance turns its offset into a loop: cut out where the line crosses itself within `reach` mm. */
const withoutLoops = (line: readonly Vec[], reach: number): Vec[] => {
  const out: Vec[] = []
  for (let i = 0; i < line.length; i++) {
    const [a, b] = [line[i] as Vec, line[i + 1]]
    out.push(a)
    if (!b) break
    let gone = 0
    for (let j = i + 2; j + 1 < line.length && gone <= reach; j++) {
      const [c, d] = [line[j] as Vec, line[j + 1] as Vec]
      gone += dist(c, d)
      const at = crossingOf(a, b, c, d)
      if (!at) continue
      out.push(at)
      i = j
      break
    }
  }
  return out
}

const crossingOf = (a: Vec, b: Vec, c: Vec, d: Vec): Vec | null => {
  if (Math.max(a.x, b.x) < Math.min(c.x, d.x) || Math.max(c.x, d.x) < Math.min(a.x, b.x)) return null
  if (Math.max(a.y, b.y) < Math.min(c.y, d.y) || Math.max(c.y, d.y) < Math.min(a.y, b.y)) return null
  const [r, s] = [sub(b, a), sub(d, c)]
  const across = cross(r, s)
  if (across === 0) return null
  const t = cross(sub(c, a), s) / across
  const k = cross(sub(c, a), r) / across
  return t >= 0 && t <= 1 && k >= 0 && k <= 1 ? along(a, r, t) : null
}

/** One edge moved outwards by `by` (inwards where negative), its ends square to it. */
const sideOf = (run: Run, by: number): Side => {
  const source = drawnOf(run).filter((p, i, all) => i === 0 || dist(p, all[i - 1] as Vec) > 1e-9)
  const total = lengthOf(run)
  const [start, end] = [tangentAt(run, 0), tangentAt(run, total)]
  const keys = new Map<Vec, Key>()
  let k = 0
  const straight = isStraight(run)
  const points: Vec[] = []
  let reversed = false
  for (let i = 0; i < source.length; i++) {
    const [p, before, after] = [source[i] as Vec, source[i - 1], source[i + 1]]
    const u = before ? unit(sub(p, before)) : start
    const w = after ? unit(sub(after, p)) : end
    let at: Vec
    if (by === 0) at = p
    else if (!before) at = along(p, outwards(start), by)
    else if (!after) at = along(p, outwards(end), by)
    else {
      const middle = { x: u.x + w.x, y: u.y + w.y }
      const bisector = outwards(unit(middle))
      const cosine = Math.max(dot(bisector, outwards(u)), 1 / LIMIT)
      at = along(p, bisector, by / cosine)
    }
    const last = points.at(-1)
    if (before && last && dot(sub(at, last), sub(p, before)) < 0) reversed = true
    points.push(at)
    const key = run.keys[k]
    if (key && dist(key, p) <= 1e-9) {
      keys.set(at, { ...key, x: at.x, y: at.y })
      k++
    }
  }
  const loops = reversed ? 8 * Math.abs(by) : 0
  return { points: reversed ? withoutLoops(points, loops) : points, keys, start, end, straight, loops }
}

/** How two offset edges meet: where the first ends and the next starts; where these differ the line goes straight from one to the other. */
interface Bend {
  /** Last point of the first edge's own line; its points after index `keepA` go. */
  readonly a: Vec
  readonly keepA: number
  readonly b: Vec
  /** The next edge's points before this index go. */
  readonly keepB: number
}

interface Joint {
  /** The corner of the ring that is moved. */
  readonly vertex: Vec
  /** How far the two edges move. */
  readonly by: readonly [number, number]
  readonly corner: Corner
  /** Which of the two is turned over at a mirrored corner. */
  readonly hem: 'this' | 'next'
}

const bendOf = (one: Side, next: Side, { vertex, by: [a, b], corner, hem }: Joint): Bend => {
  const [u, w] = [one.end, next.start]
  const [E, S] = [one.points.at(-1) as Vec, next.points[0] as Vec]
  const all = { keepA: one.points.length - 2, keepB: 1 }
  const plain = (x: Vec): Bend => ({ a: x, b: x, ...all })
  if (a === 0 && b === 0) return plain(vertex)
  const step: Bend = { a: E, b: S, ...all }
  const turn = angleBetween(u, w)
  if (Math.abs(turn) < SMOOTH && Math.abs(a - b) <= 1e-9) return plain(lerp(E, S, 0.5))
  const X = meet(E, u, S, w)
  if (!X) return dist(E, S) <= 1e-6 ? plain(E) : step
  const [past, before] = [dot(sub(X, E), u), dot(sub(X, S), w)]
  if (past < -1e-9 || before > 1e-9) {
    const cut = trimmed(one, next, X, past, before)
    if (cut) return cut
  }
  const most = Math.max(Math.abs(a), Math.abs(b))
  if (corner === 'stepped' && turn > 0) return step
  if (corner === 'mirrored' && turn > 0) {
    const folded = hem === 'this' ? turned(E, u, vertex, S, w) : turned(S, w, vertex, E, u)
    if (folded && dist(folded[0], vertex) <= LIMIT * most) {
      const [x, y] = folded
      return hem === 'this' ? { a: x, b: y, ...all } : { a: y, b: x, ...all }
    }
  }
  if (corner === 'square' && turn > 90) {
    const Q = meet(vertex, u, S, w)
    if (Q && dist(Q, vertex) <= LIMIT * most) return { a: along(Q, outwards(u), a), b: Q, ...all }
  }
  if (dist(X, vertex) <= LIMIT * most) return plain(X)
  return turn > 90 ? { a: along(E, u, most), b: along(S, w, -most), ...all } : step
}

/** The hem line through E along u ends on the other line reflected about the fold through V: [end of the hem line, where the fold is]. */
const turned = (E: Vec, u: Vec, V: Vec, S: Vec, w: Vec): [Vec, Vec] | null => {
  const fold = meet(V, u, S, w)
  if (!fold) return null
  const back = mirror(w, { x: 0, y: 0 }, u)
  const end = meet(E, u, fold, back)
  return end && [end, fold]
}

/** Two lines that run into each other: where they first cross on the way back from the corner. */
const trimmed = (one: Side, next: Side, X: Vec, past: number, before: number): Bend | null => {
  const reach = 4 * (Math.abs(past) + Math.abs(before)) + 1
  // Of a bent line the tangent meets the other line elsewhere than the line itself: both are drawn on past there.
  const on = Math.abs(past) + Math.abs(before)
  const A = [...one.points, ...(past > 0 ? [along(X, one.end, on)] : [])]
  const B = [...(before < 0 ? [along(X, next.start, -on)] : []), ...next.points]
  const [shiftB, last] = [B.length - next.points.length, A.length - 1]
  let gone = 0
  for (let i = last - 1; i >= 0 && gone <= reach; i--) {
    const [p, q] = [A[i] as Vec, A[i + 1] as Vec]
    let met = 0
    for (let j = 0; j + 1 < B.length && met <= reach; j++) {
      const [r, s] = [B[j] as Vec, B[j + 1] as Vec]
      const at = crossingOf(p, q, r, s)
      if (at) return { a: at, keepA: i, b: at, keepB: j + 1 - shiftB }
      met += dist(r, s)
    }
    gone += dist(p, q)
  }
  return null
}

const runOf = (side: Side, from: Bend, to: Bend): Run => {
  const lies = (p: Vec, a: Vec, b: Vec) => dot(sub(p, a), side.end) > 0 && dot(sub(b, p), side.end) > 0
  const kept = side.points.slice(Math.max(0, from.keepB), to.keepA + 1)
  const all = [from.b, ...(side.straight ? kept.filter((p) => lies(p, from.b, to.a)) : kept), to.a]
  const points = side.loops > 0 ? withoutLoops(all, side.loops) : all
  const corner = (at: Vec): Key => ({ x: at.x, y: at.y, turn: true })
  const keys = [corner(from.b)]
  for (const p of points.slice(1, -1)) {
    const key = side.keys.get(p)
    if (key) keys.push(key)
  }
  keys.push(corner(to.a))
  const tail = dist(to.a, to.b) > 1e-9 ? [to.b] : []
  keys.push(...tail.map(corner))
  return { keys, drawn: side.straight ? null : [...points, ...tail] }
}

/** Whether the offset edge runs against the edge that it stands beside, as its ends tell: of a bent one where it turns by less than 90°. */
const isTurnedOver = (side: Side, from: Bend, to: Bend, bent: boolean): boolean =>
  (side.straight || (bent && dot(side.start, side.end) > 0)) &&
  dot(sub(to.a, from.b), add(side.start, side.end)) < -1e-6

/** An edge this short has no direction of its own: it is left out of an offset, mm. */
const SPECK = 0.1

/** An edge lies within the allowance of a neighbour where it is shorter than so many of it. */
const EATEN = 1.5

const point = (at: Vec): Run => straightRun(at, at)

/**
 * A ring with each edge moved by its own amount, mm outwards, corners made by `joint`. A short edge that would turn over is left out:
 * its neighbours meet, and its run is that point. Not checked for crossings of distant parts; `over` where longer edges turn over.
 *
 * @param within to the sew line of a cut ring: the side of a deep hem, bent or straight, may lie within the hem whole. A line that is cut keeps its edges.
 */
const moved = (
  runs: readonly Run[],
  by: readonly number[],
  cornerOf: (i: number) => Pick<Joint, 'corner' | 'hem'>,
  within = false,
): { runs: Run[]; over: Vec | null } => {
  const n = runs.length
  const sides = runs.map((run, i) => sideOf(run, by[i] ?? 0))
  const byOf = (i: number) => by[i] ?? 0
  const reachAt = (i: number) =>
    within ? EATEN * Math.max(...[i + n - 1, i, i + 1].map((k) => Math.abs(byOf(k % n)))) : Math.abs(byOf(i))
  let kept = runs.flatMap((run, i) => (byOf(i) !== 0 && lengthOf(run) < SPECK ? [] : [i]))
  let bends = new Map<number, Bend>()
  let over: Vec | null = null
  for (let round = 0; round < 4; round++) {
    bends = new Map(
      kept.map((i, k) => {
        const j = kept[(k + 1) % kept.length] as number
        const corner = { vertex: runs[i]?.keys.at(-1) as Vec, by: [byOf(i), byOf(j)] as const, ...cornerOf(i) }
        return [i, bendOf(sides[i] as Side, sides[j] as Side, corner)]
      }),
    )
    over = null
    const gone = new Set<number>()
    for (const [k, i] of kept.entries()) {
      const from = bends.get(kept[(k + kept.length - 1) % kept.length] as number) as Bend
      const to = bends.get(i) as Bend
      if (!isTurnedOver(sides[i] as Side, from, to, within)) continue
      over = to.a
      if (lengthOf(runs[i] as Run) < reachAt(i)) gone.add(i)
    }
    if (gone.size === 0 || kept.length - gone.size < 3) break
    kept = kept.filter((i) => !gone.has(i))
  }
  const out = sides.map((side, i) => {
    const k = kept.indexOf(i)
    if (k < 0) {
      const last = kept.findLast((one) => one < i) ?? (kept.at(-1) as number)
      return point((bends.get(last) as Bend).b)
    }
    const previous = kept[(k + kept.length - 1) % kept.length] as number
    const still = byOf(i) === 0 && byOf(previous) === 0 && byOf(kept[(k + 1) % kept.length] as number) === 0
    return still && kept.length === n
      ? (runs[i] as Run)
      : runOf(side, bends.get(previous) as Bend, bends.get(i) as Bend)
  })
  return { runs: out, over }
}

const checked = ({ runs, over }: { runs: readonly Run[]; over: Vec | null }, least: number): Beside => {
  if (over) return { ok: false, code: 'allowance-impossible', at: over }
  const outline = closedOf(runs)
  const simple = isSimple(outline)
  if (!simple.ok) return { ok: false, code: 'allowance-impossible', at: simple.at }
  const first = outline[0]
  if (first && !(areaOf(outline) > least)) return { ok: false, code: 'allowance-impossible', at: first }
  return { ok: true, runs, outline }
}

const given = (runs: readonly Run[]): Beside => ({ ok: true, runs, outline: closedOf(runs) })

/** Distances of the edges, mm; the fold has none, and one that nobody knows counts as none. */
const widthsOf = (piece: Piece): number[] =>
  piece.edges.map(({ id, allowance }) => (id === piece.fold ? 0 : (allowance ?? 0)))

/** Two edges that turn by less where they meet are sides of one seam, degrees. */
const GOES_ON = 30

/**
 * How far the sew line lies inside of each edge of a cut ring, mm. The side of a deep hem that nobody gave an allowance, since nothing is sewn
 * along it there, has that of the edge that it goes on from.
 */
const insetsOf = (piece: Piece, shape: Shape): number[] => {
  const n = piece.edges.length
  return widthsOf(piece).map((mm, i) => {
    const [edge, run] = [piece.edges[i] as Edge, shape.runs[i] as Run]
    if (edge.allowance !== null || edge.id === piece.fold) return mm
    const [prev, next] = [(i + n - 1) % n, (i + 1) % n]
    const turnAt = (a: Run, b: Run) => Math.abs(angleBetween(tangentAt(a, lengthOf(a)), tangentAt(b, 0)))
    const sides = [
      { hem: next, seam: prev, turn: turnAt(shape.runs[prev] as Run, run) },
      { hem: prev, seam: next, turn: turnAt(run, shape.runs[next] as Run) },
    ]
    const own = sides.find(({ hem, seam, turn }) => {
      const [wide, along] = [piece.edges[hem] as Edge, piece.edges[seam] as Edge]
      return turn < GOES_ON && along.id !== piece.fold && lengthOf(run) < EATEN * (wide.allowance ?? 0)
    })
    return own ? (piece.edges[own.seam]?.allowance ?? mm) : mm
  })
}

const MITRE = { corner: 'mitre', hem: 'this' } as const

/** The corner after edge `i`. Beside the fold the lines run on to it, so that both halves meet. */
const cornerAfter = (piece: Piece, i: number): Pick<Joint, 'corner' | 'hem'> => {
  const [edge, next] = [piece.edges[i] as Edge, piece.edges[(i + 1) % piece.edges.length] as Edge]
  if (edge.id === piece.fold || next.id === piece.fold) return MITRE
  const hem = next.hem !== null && edge.hem === null ? 'next' : 'this'
  return { corner: edge.corner, hem }
}

const memo = new WeakMap<Shape, { piece: Piece; cut?: Beside; sew?: Beside }>()
const remembered = (piece: Piece, shape: Shape) => {
  const known = memo.get(shape)
  if (known && known.piece.edges === piece.edges && known.piece.ring === piece.ring && known.piece.fold === piece.fold)
    return known
  const fresh: { piece: Piece; cut?: Beside; sew?: Beside } = { piece }
  memo.set(shape, fresh)
  return fresh
}

const withCaps = (piece: Piece, shape: Shape, by: readonly number[]): { runs: readonly Run[]; over: Vec | null } => {
  const { runs, over } = moved(shape.runs, by, (i) => cornerAfter(piece, i))
  return { runs: capped(piece, shape, runs), over }
}

/**
 * The line to cut along, one run an edge in ring order: the ring itself, or, where the ring is the sew line, each edge moved outwards by
 * its allowance, and across the mouth of a folded dart its cap. What a corner adds (a step, the turned end of a hem) ends the run of the edge
 * before it. The fold has no allowance.
 */
export const cutLine = (piece: Piece, shape: Shape): Beside => {
  const known = remembered(piece, shape)
  if (known.cut) return known.cut
  const by = widthsOf(piece)
  known.cut =
    piece.ring !== 'sew' || by.every((mm) => mm === 0) ? given(shape.runs) : checked(withCaps(piece, shape, by), 0)
  return known.cut
}

/**
 * The line to sew along: the ring itself where it is that or nobody knows; the file's own sew lines where it has them (as many runs as
 * it has, in its order); else each edge of the cut line moved inwards by its allowance.
 */
export const sewLine = (piece: Piece, shape: Shape): Beside => {
  const known = remembered(piece, shape)
  if (known.sew) return known.sew
  const by = piece.ring === 'cut' ? insetsOf(piece, shape).map((mm) => -mm || 0) : []
  known.sew =
    piece.ring === 'cut' && shape.sew.length > 0
      ? given(shape.sew)
      : piece.ring !== 'cut' || by.every((mm) => mm === 0)
        ? given(shape.runs)
        : checked(
            moved(shape.runs, by, () => MITRE, true),
            0,
          )
  return known.sew
}

export type Moved =
  | { readonly ok: true; readonly shape: Shape }
  | { readonly ok: false; readonly code: 'allowance-impossible'; readonly at: Vec }

/** Notches go square to the old edge by as much as the edge has moved. */
const notchesOn = (piece: Piece, shape: Shape, runs: readonly Run[], by: readonly number[]): Shape['notches'] =>
  shape.notches.map((place, i) => {
    const edge = piece.edges.findIndex(({ id }) => id === piece.notches[i]?.edge)
    const [old, fresh] = [shape.runs[edge], runs[edge]]
    if (!place || !old || !fresh || old === fresh) return place
    const foot = along(pointAt(old, place.s), outwards(tangentAt(old, place.s)), by[edge] ?? 0)
    return { s: nearestOn(fresh, foot).s, off: place.off }
  })

/**
 * A shape whose ring is moved outwards by so many mm an edge, corners re-intersected, notches going along. Where no edge moves it is the
 * shape itself. Given sew lines stay: they are where they were.
 */
export const grow = (piece: Piece, shape: Shape, by: readonly number[]): Moved => {
  if (by.every((mm) => mm === 0)) return { ok: true, shape }
  const ring = checked(
    moved(shape.runs, by, () => MITRE),
    0,
  )
  if (!ring.ok) return ring
  return { ok: true, shape: { ...shape, runs: ring.runs, notches: notchesOn(piece, shape, ring.runs, by) } }
}

/** By how much each edge of a cut ring moves: not at all where the old or the new allowance isn't known. */
const stepsOf = (piece: Piece, allowances: readonly (number | null)[]): number[] =>
  piece.edges.map(({ id, allowance }, i) => {
    const next = allowances[i] ?? null
    return id === piece.fold || allowance === null || next === null ? 0 : next - allowance
  })

/**
 * The shape with other allowances, one an edge in ring order. A ring that is sewn stays as it is. A ring that is cut moves by the difference
 * where the old and the new allowance are both known, and the sew line stays where it was.
 */
export const reoffset = (piece: Piece, shape: Shape, allowances: readonly (number | null)[]): Moved =>
  piece.ring === 'cut' ? grow(piece, shape, stepsOf(piece, allowances)) : { ok: true, shape }

/** A cut ring is as its own sew line would be cut within this, mm. */
const FITS = 0.1

/**
 * The shape with its edges sewn, hemmed or cornered otherwise: as `reoffset`, but corners that turn (a hem's, a square or stepped one) are
 * made anew from the sew line, which the shape keeps as given from then on. A ring whose corners aren't those of its own allowances
 * moves by the differences alone.
 */
export const refit = (piece: Piece, shape: Shape, edges: readonly Edge[]): Moved => {
  const widths = edges.map(({ allowance }) => allowance)
  if (piece.ring !== 'cut') return { ok: true, shape }
  const n = edges.length
  const turns = edges.map((edge, i) => {
    const [old, next] = [piece.edges[i] as Edge, (i + 1) % n]
    const [is, was] = [cornerAfter({ ...piece, edges }, i), cornerAfter(piece, i)]
    const moves = old.allowance !== edge.allowance || piece.edges[next]?.allowance !== edges[next]?.allowance
    return (
      (is.corner !== 'mitre' || was.corner !== 'mitre') && (moves || is.corner !== was.corner || is.hem !== was.hem)
    )
  })
  const sew = turns.includes(true) && edges.every(({ allowance }) => allowance !== null) ? sewLine(piece, shape) : null
  if (!sew?.ok || sew.runs.length !== n) return reoffset(piece, shape, widths)
  const cutAs = (one: Piece) => moved(sew.runs, widthsOf(one), (i) => cornerAfter(one, i))
  const again = cutAs(piece).runs
  const same = shape.runs.every((run, i) => (again[i] as Run).keys.every((key) => nearestOn(run, key).distance <= FITS))
  if (!same) return reoffset(piece, shape, widths)
  const ring = checked(cutAs({ ...piece, edges }), 0)
  if (!ring.ok) return ring
  const notches = notchesOn(piece, shape, ring.runs, stepsOf(piece, widths))
  return { ok: true, shape: { ...shape, runs: ring.runs, sew: sew.runs, notches } }
}
