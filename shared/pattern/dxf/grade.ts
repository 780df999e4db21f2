import { drawnOf, keyLengths, lengthOf, nearestOn } from '../curve.ts'
import type { GradeRule, Key, NotchPlace, Pattern, Piece, PieceId, Run, Shape, Vec } from '../model.ts'
import { notchAt, placeOf } from '../place.ts'
import { rotate } from '../vec.ts'
import { wordOf } from './ascii.ts'
import type { Say } from './group.ts'
import type { RulTable } from './rul.ts'

/** Steps that grading may take, far more than the largest nest does: every point inside a piece looks at every key around it. */
const MOST_WORK = 5e7

type Moves = (rule: number | undefined) => readonly Vec[] | null

/** A displacement at every place of a line: exact where a rule is, by share of the arc length between. */
interface Shift {
  /** Arc lengths, ascending. */
  readonly at: readonly number[]
  /** By place, by size. */
  readonly by: readonly (readonly Vec[])[]
}

const shiftAt = ({ at, by }: Shift, s: number, size: number): Vec => {
  let [low, high] = [0, at.length - 1]
  if (s <= at[low]!) return by[low]![size]!
  if (s >= at[high]!) return by[high]![size]!
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (at[middle]! <= s) low = middle
    else high = middle
  }
  const span = at[high]! - at[low]!
  const t = span > 0 ? (s - at[low]!) / span : 0
  const [a, b] = [by[low]![size]!, by[high]![size]!]
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }
}

/** Of an outline: what has no rule is carried by its neighbours around the ring. Null where no key has a rule. */
const ringShifts = (runs: readonly Run[], moves: Moves): Shift[] | null => {
  const keyed = runs.map((run) => keyLengths(run))
  const starts: number[] = []
  let total = 0
  for (const run of runs) {
    starts.push(total)
    total += lengthOf(run)
  }
  const at: number[] = []
  const by: (readonly Vec[])[] = []
  for (const [i, run] of runs.entries())
    for (const [k, key] of run.keys.entries()) {
      const move = k === run.keys.length - 1 ? null : moves(key.rule)
      if (!move) continue
      at.push(starts[i]! + keyed[i]![k]!)
      by.push(move)
    }
  if (at.length === 0) return null
  // Once around: the first comes again after the last.
  const ring: Shift = { at: [at.at(-1)! - total, ...at, at[0]! + total], by: [by.at(-1)!, ...by, by[0]!] }
  return runs.map((_, i) => ({
    at: keyed[i]!,
    by: keyed[i]!.map((s) => by[0]!.map((_, size) => shiftAt(ring, starts[i]! + s, size))),
  }))
}

/** Of a line of its own, held at its ends. */
const lineShift = (run: Run, moves: Moves): Shift | null => {
  const lengths = keyLengths(run)
  const at: number[] = []
  const by: (readonly Vec[])[] = []
  for (const [k, key] of run.keys.entries()) {
    const move = moves(key.rule)
    if (!move) continue
    at.push(lengths[k]!)
    by.push(move)
  }
  if (at.length === 0) return null
  const own: Shift = { at, by }
  return { at: lengths, by: lengths.map((s) => by[0]!.map((_, size) => shiftAt(own, s, size))) }
}

const movedRun = (run: Run, shift: Shift, size: number): Run => {
  const keys = run.keys.map((key, k): Key => {
    const by = shift.by[k]![size]!
    return { ...key, x: key.x + by.x, y: key.y + by.y }
  })
  if (!run.drawn) return { keys, drawn: null }
  let s = 0
  const drawn = run.drawn.map((p, i) => {
    const before = run.drawn![i - 1]
    if (before) s += Math.hypot(p.x - before.x, p.y - before.y)
    const by = shiftAt(shift, s, size)
    return { x: p.x + by.x, y: p.y + by.y }
  })
  const [first, last] = [keys[0]!, keys.at(-1)!]
  drawn[0] = { x: first.x, y: first.y }
  drawn[drawn.length - 1] = { x: last.x, y: last.y }
  return { keys, drawn }
}

/** How the outline moves near a place inside the piece: nearer keys count more. */
const inside = (runs: readonly Run[], shifts: readonly Shift[], p: Vec, size: number): Vec => {
  let [x, y, all] = [0, 0, 0]
  for (const [i, run] of runs.entries())
    for (const [k, key] of run.keys.entries()) {
      const square = (key.x - p.x) ** 2 + (key.y - p.y) ** 2
      const by = shifts[i]!.by[k]![size]!
      if (square < 1e-9) return by
      x += by.x / square
      y += by.y / square
      all += 1 / square
    }
  return { x: x / all, y: y / all }
}

const gradedPiece = (piece: Piece, base: Shape, sizes: number, sample: number, moves: Moves): Piece | null => {
  const shifts = ringShifts(base.runs, moves)
  if (!shifts) return null
  const sewShifts = base.sew.map((run) => lineShift(run, moves))
  const insideShifts = base.internals.map((run) => run && lineShift(run, moves))
  const shapes = Array.from({ length: sizes }, (_, size): Shape => {
    if (size === sample) return base
    const shifted = (p: Vec): Vec => {
      const by = inside(base.runs, shifts, p, size)
      return { x: p.x + by.x, y: p.y + by.y }
    }
    const runs = base.runs.map((run, i) => movedRun(run, shifts[i]!, size))
    const notches = base.notches.map((place, i): NotchPlace | null => {
      const notch = piece.notches[i]!
      const edge = piece.edges.findIndex(({ id }) => id === notch.edge)
      const [from, to, shift] = [base.runs[edge], runs[edge], shifts[edge]]
      if (!place || !from || !to || !shift) return null
      const { at } = notchAt(base, piece, i)
      const own = moves(notch.rule)?.[size]
      const by = own ?? shiftAt(shift, place.s, size)
      const put = { x: at.x + by.x, y: at.y + by.y }
      return own || place.off !== 0 ? placeOf(to, put) : { s: nearestOn(to, put).s, off: 0 }
    })
    const drills = base.drills.map((at, i) => {
      const own = moves(piece.drills[i]!.rule)?.[size]
      return at && (own ? { x: at.x + own.x, y: at.y + own.y } : shifted(at))
    })
    const internals = base.internals.map((run, i): Run | null => {
      if (!run) return null
      const shift = insideShifts[i]
      if (shift) return movedRun(run, shift, size)
      return { keys: run.keys.map((key) => ({ ...key, ...shifted(key) })), drawn: run.drawn?.map(shifted) ?? null }
    })
    const { grain } = base
    let line = grain
    if (grain) {
      // It moves along but keeps its direction.
      const by = inside(base.runs, shifts, { x: (grain[0].x + grain[1].x) / 2, y: (grain[0].y + grain[1].y) / 2 }, size)
      line = [
        { x: grain[0].x + by.x, y: grain[0].y + by.y },
        { x: grain[1].x + by.x, y: grain[1].y + by.y },
      ]
    }
    // Sew lines without rules of their own are derived from the allowances, as after any change of the outline.
    const sew = sewShifts.every((shift) => shift !== null)
      ? base.sew.map((run, i) => movedRun(run, sewShifts[i]!, size))
      : []
    return { runs, notches, drills, internals, grain: line, sew }
  })
  return { ...piece, shapes }
}

const hasRules = (piece: Piece): boolean =>
  piece.shapes.some((shape) => shape?.runs.some(({ keys }) => keys.some((key) => key.rule !== undefined)) ?? false)

/** AccuMark files without rule numbers: the rules go along the corners in the order of the file, if there are as many. A guess. */
const numbered = (pattern: Pattern, count: number): Pattern | null => {
  let next = 0
  const pieces = pattern.pieces.map((piece): Piece => {
    const shape = piece.shapes[pattern.base]
    if (!shape) return piece
    const first = new Map<string, number>()
    const order = piece.clockwise ? shape.runs.toReversed() : shape.runs
    for (const { keys } of order)
      for (const { x, y, turn } of piece.clockwise ? keys.toReversed() : keys)
        if (turn && !first.has(`${x},${y}`)) first.set(`${x},${y}`, ++next)
    const runs = shape.runs.map((run) => ({
      ...run,
      keys: run.keys.map((key) => (key.turn ? { ...key, rule: first.get(`${key.x},${key.y}`)! } : key)),
    }))
    return { ...piece, shapes: piece.shapes.map((one, i) => (i === pattern.base ? { ...shape, runs } : one)) }
  })
  return next === count ? { ...pattern, pieces } : null
}

const workOf = (pattern: Pattern): number => {
  let work = 0
  for (const { shapes } of pattern.pieces) {
    const shape = shapes[0]
    if (!shape) continue
    const keys = shape.runs.reduce((n, run) => n + run.keys.length, 0)
    const lines = [...shape.internals, ...shape.sew]
    const points = lines.reduce((n, run) => n + (run ? run.keys.length + (run.drawn?.length ?? 0) : 0), 0)
    work += keys * (points + shape.drills.length) + shape.runs.reduce((n, run) => n + drawnOf(run).length, 0)
    work += shape.notches.length * keys
  }
  return work
}

/**
 * The pattern with the rules of a table: of a file in one size, every size is made; a nest keeps its sizes as drawn and gets the rules.
 *
 * @param axes direction of the grade reference line of a piece, degrees; the axes of its rules. 0 where a piece has none
 * @param mmPerUnit of the table
 */
export const withRules = (
  pattern: Pattern,
  table: RulTable,
  mmPerUnit: number,
  axes: ReadonlyMap<PieceId, number>,
  say: Say,
): Pattern => {
  const inMm = new Map<number, readonly Vec[]>()
  for (const [rule, by] of table.rules)
    inMm.set(
      rule,
      by.map(({ x, y }) => ({ x: x * mmPerUnit, y: y * mmPerUnit })),
    )
  if (pattern.sizes.length > 1) {
    const columns = pattern.sizes.map((size) => table.sizes.findIndex((one) => one === size || one === wordOf(size)))
    if (columns.includes(-1) || columns[pattern.base] !== table.sample) {
      say('rules-unused', table.rules.size)
      return pattern
    }
    const rules = [...inMm].map(([rule, by]): GradeRule => ({ rule, by: columns.map((column) => by[column]!) }))
    return { ...pattern, rules }
  }
  let from = pattern
  if (!pattern.pieces.some(hasRules)) {
    const guess = numbered(pattern, table.rules.size)
    if (!guess) {
      say('rules-unused', table.rules.size)
      return pattern
    }
    say('rules-in-order', table.rules.size)
    from = guess
  }
  const sizes = table.sizes.length
  if (workOf(from) * sizes > MOST_WORK) {
    say('rules-unused', table.rules.size)
    return pattern
  }
  const nothing = table.sizes.map(() => ({ x: 0, y: 0 }))
  const missing = new Set<number>()
  let graded = 0
  const pieces = from.pieces.map((piece): Piece => {
    const base = piece.shapes[0]
    const turn = axes.get(piece.id) ?? 0
    const turned = new Map<number, readonly Vec[]>()
    const moves: Moves = (rule) => {
      if (rule === undefined) return null
      if (rule === 0) return inMm.get(0) ?? nothing
      const by = inMm.get(rule)
      if (!by) {
        missing.add(rule)
        return null
      }
      if (Math.abs(turn) < 1e-6) return by
      const known = turned.get(rule)
      if (known) return known
      const own = by.map((v) => rotate(v, turn))
      turned.set(rule, own)
      return own
    }
    const made = base ? gradedPiece(piece, base, sizes, table.sample, moves) : null
    if (made) graded++
    return made ?? { ...piece, shapes: table.sizes.map((_, size) => (size === table.sample ? (base ?? null) : null)) }
  })
  if (missing.size > 0) say('rules-missing', missing.size)
  say('graded-by-rules', graded)
  const rules = [...inMm].map(([rule, by]): GradeRule => ({ rule, by }))
  return { ...from, sizes: table.sizes, base: table.sample, pieces, rules }
}
