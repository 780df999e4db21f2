import type { EdgeId, Key, Link, NotchPlace, Pattern, Piece, Run, Seam, Shape, Vec } from './model.ts'

/**
 * A pattern as it is stored and sent: JSON with coordinates as whole nanometres, each the difference from the one before, so that
 * it compresses to a fraction of plain JSON. Reading back gives every coordinate within half a nanometre, far below `SAME_MM`.
 */
export interface WireRun {
  /** Keys, flat: x, y, then differences. */
  readonly k: readonly number[]
  /** One '1' (turn) or '0' a key. */
  readonly t: string
  /** Grade rules, one a key; left out where no key has one. */
  readonly r?: readonly (number | null)[]
  /** The dense line like `k`; left out where there is none. */
  readonly d?: readonly number[]
}

export interface WireShape {
  readonly runs: readonly WireRun[]
  readonly notches: readonly (readonly [s: number, off: number, slip?: number] | null)[]
  readonly drills: readonly (readonly [x: number, y: number] | null)[]
  readonly internals: readonly (WireRun | null)[]
  readonly grain: readonly number[] | null
  readonly sew: readonly WireRun[]
}
export type WirePiece = Omit<Piece, 'shapes'> & { readonly shapes: readonly (WireShape | null)[] }
/** A seam as it was stored once: one direction for all of side b. */
interface OldSeam extends Omit<Seam, 'a' | 'b'> {
  readonly a: readonly EdgeId[]
  readonly b: readonly EdgeId[]
  readonly reversed: boolean
}
export type WirePattern = Omit<Pattern, 'pieces' | 'seams'> & {
  readonly pieces: readonly WirePiece[]
  readonly seams: readonly (Seam | OldSeam)[]
}

const UNIT = 1e6
const whole = (mm: number): number => Math.round(mm * UNIT)

const flat = (points: readonly Vec[]): number[] => {
  const out: number[] = []
  let [px, py] = [0, 0]
  for (const { x, y } of points) {
    const [wx, wy] = [whole(x), whole(y)]
    out.push(wx - px, wy - py)
    ;[px, py] = [wx, wy]
  }
  return out
}
const points = (numbers: readonly number[]): Vec[] => {
  const out: Vec[] = []
  let [x, y] = [0, 0]
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    x += numbers[i] as number
    y += numbers[i + 1] as number
    out.push({ x: x / UNIT, y: y / UNIT })
  }
  return out
}

const packRun = ({ keys, drawn }: Run): WireRun => ({
  k: flat(keys),
  t: keys.map((key) => (key.turn ? '1' : '0')).join(''),
  ...(keys.some((key) => key.rule !== undefined) ? { r: keys.map((key) => key.rule ?? null) } : {}),
  ...(drawn ? { d: flat(drawn) } : {}),
})
const unpackRun = (run: WireRun): Run => ({
  keys: points(run.k).map((at, i): Key => {
    const rule = run.r?.[i]
    const turn = run.t[i] === '1'
    return rule === undefined || rule === null ? { ...at, turn } : { ...at, turn, rule }
  }),
  drawn: run.d ? points(run.d) : null,
})

type WirePlace = NonNullable<WireShape['notches'][number]>
const packPlace = ({ s, off, slip }: NotchPlace): WirePlace =>
  slip === undefined ? [whole(s), whole(off)] : [whole(s), whole(off), whole(slip)]
const unpackPlace = ([s, off, slip]: WirePlace): NotchPlace =>
  slip === undefined ? { s: s / UNIT, off: off / UNIT } : { s: s / UNIT, off: off / UNIT, slip: slip / UNIT }

const packShape = (shape: Shape): WireShape => ({
  runs: shape.runs.map(packRun),
  notches: shape.notches.map((place) => place && packPlace(place)),
  drills: shape.drills.map((at) => at && ([whole(at.x), whole(at.y)] as const)),
  internals: shape.internals.map((run) => run && packRun(run)),
  grain: shape.grain && flat(shape.grain),
  sew: shape.sew.map(packRun),
})
const unpackShape = (shape: WireShape): Shape => {
  const grain = shape.grain && points(shape.grain)
  const [from, to] = grain ?? []
  return {
    runs: shape.runs.map(unpackRun),
    notches: shape.notches.map((place) => place && unpackPlace(place)),
    drills: shape.drills.map((at) => at && { x: at[0] / UNIT, y: at[1] / UNIT }),
    internals: shape.internals.map((run) => run && unpackRun(run)),
    grain: from && to ? [from, to] : null,
    sew: shape.sew.map(unpackRun),
  }
}

/** @param sizes indexes of the sizes to pack; the shapes of the others are left out (null). Every size without it. */
export const packPattern = (pattern: Pattern, sizes?: readonly number[]): WirePattern => ({
  ...pattern,
  pieces: pattern.pieces.map((piece) => ({
    ...piece,
    shapes: piece.shapes.map((shape, size) => (shape && (sizes?.includes(size) ?? true) ? packShape(shape) : null)),
  })),
})

const unpackSeam = (seam: Seam | OldSeam): Seam => {
  if (!('reversed' in seam)) return seam
  const { a, b, reversed, ...rest } = seam
  const links = (edges: readonly EdgeId[], back: boolean): Link[] => edges.map((edge) => ({ edge, back }))
  return { ...rest, a: links(a, false), b: links(b, reversed) }
}

/** The inverse of `packPattern`, of what an earlier version packed too. For what this server stored or sent: it is not a check of strangers' data. */
export const unpackPattern = (wire: WirePattern): Pattern => ({
  ...wire,
  pieces: wire.pieces.map((piece) => ({ ...piece, shapes: piece.shapes.map((shape) => shape && unpackShape(shape)) })),
  seams: wire.seams.map(unpackSeam),
})
