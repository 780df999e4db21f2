import type { Details, ToldSeam } from './details.ts'
import {
  CORNERS,
  type Drill,
  type Edge,
  type EdgeId,
  type GradeRule,
  type Internal,
  isLocalId,
  type Link,
  type Measure,
  NOTCH_KINDS,
  type Notch,
  type Note,
  type OnEdge,
  type Pattern,
  type Piece,
  type Run,
  SAME_MM,
  type Seam,
  type Sewing,
  type Shape,
  type Vec,
} from './model.ts'
import { dist } from './vec.ts'
import { unpackPattern, type WirePattern, type WirePiece, type WireRun, type WireShape } from './wire.ts'

/** Many more than any pattern has. */
const MOST = { sizes: 200, pieces: 5000, points: 1_000_000 } as const
/** Farther than any file draws, mm, and still exact in nanometres. */
const FARTHEST = 1e9
const NANOMETRES = FARTHEST * 1e6

/** Thrown and caught in this file alone. */
class NotSo extends Error {}
const no = (): never => {
  throw new NotSo()
}

type Parse<T> = (value: unknown) => T
type Fields<T> = { readonly [K in keyof T]-?: Parse<T[K]> }

const text: Parse<string> = (value) =>
  typeof value === 'string' ? value.replace(/\p{Cc}/gu, ' ').toWellFormed() : no()
const yes: Parse<boolean> = (value) => (typeof value === 'boolean' ? value : no())
const between =
  (least: number, most: number): Parse<number> =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most ? value : no()
const whole =
  (least: number, most: number): Parse<number> =>
  (value) =>
    Number.isInteger(value) ? between(least, most)(value) : no()
const oneOf =
  <const T>(known: readonly T[]): Parse<T> =>
  (value) =>
    known.find((one) => one === value) ?? no()
const orNull =
  <T>(parse: Parse<T>): Parse<T | null> =>
  (value) =>
    value === null ? null : parse(value)
const list =
  <T>(parse: Parse<T>, least = 0, most: number = MOST.points): Parse<T[]> =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most ? value.map((one) => parse(one)) : no()
const entries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : no()
const words: Parse<Record<string, string>> = (value) =>
  Object.fromEntries(entries(value).map(([key, one]) => [text(key), text(one)]))
/** Exactly the keys of `must`, with or without those of `may`. */
const object =
  <T, M = object>(must: Fields<T>, may?: Fields<M>): Parse<T & Partial<M>> =>
  (value) => {
    const fields = new Map<string, Parse<unknown>>(Object.entries({ ...must, ...may }))
    const own = entries(value).map(([key, one]) => [key, (fields.get(key) ?? no)(one)] as const)
    const found = Object.fromEntries(own)
    return Object.keys(must).every((key) => Object.hasOwn(found, key)) ? (found as T & Partial<M>) : no()
  }
/** Ids are checked here and told apart by what they stand beside. */
const id = <T extends string>(value: unknown): T => (isLocalId(value) ? (value as T) : no())

const mm = between(0, FARTHEST)
const vec = object<Vec>({ x: between(-FARTHEST, FARTHEST), y: between(-FARTHEST, FARTHEST) })
const rule = whole(0, 1e9)
const step = whole(-2 * NANOMETRES, 2 * NANOMETRES)

const runOf = object<Pick<WireRun, 'k' | 't'>, { r: readonly (number | null)[]; d: readonly number[] }>(
  { k: list(step, 4), t: text },
  { r: list(orNull(rule)), d: list(step, 4) },
)
const run: Parse<WireRun> = (value) => {
  const one = runOf(value)
  const keys = one.k.length / 2
  const flags = one.t.length === keys && /^[01]*$/.test(one.t) && (one.r?.length ?? keys) === keys
  return flags && (one.d?.length ?? 0) % 2 === 0 ? one : no()
}
const numbers =
  <T>(least: number, most: number): Parse<T> =>
  (value) =>
    list(step, least, most)(value) as T

const piece = object<WirePiece>({
  id,
  name: text,
  ring: orNull(oneOf(['cut', 'sew'])),
  edges: list(
    object<Edge>({
      id,
      name: text,
      allowance: orNull(mm),
      corner: oneOf(CORNERS),
      hem: orNull(object<{ folds: 1 | 2 }>({ folds: oneOf([1, 2]) })),
      sewing: orNull(
        object<Sewing>({ stitch: text, seam: whole(1, 8), spi: mm, needles: whole(0, 100), gauge: mm, thread: text }),
      ),
    }),
    1,
  ),
  clockwise: yes,
  notches: list(
    object<Omit<Notch, 'rule'>, { rule: number }>(
      { id, edge: id, kind: oneOf(NOTCH_KINDS), depth: mm, width: mm, angle: orNull(between(-FARTHEST, FARTHEST)) },
      { rule },
    ),
  ),
  drills: list(object<Omit<Drill, 'rule'>, { rule: number }>({ id, diameter: mm, label: text }, { rule })),
  internals: list(
    object<Internal>({ id, kind: oneOf(['line', 'cut', 'stripe', 'plaid', 'mark']), label: text, oneSide: yes }),
  ),
  notes: list(object<Note>({ at: vec, text, layer: whole(0, 9999) })),
  fold: orNull<EdgeId>(id),
  quantity: object<Piece['quantity']>({ drawn: whole(0, 9999), mirrored: whole(0, 9999) }),
  material: text,
  category: text,
  annotation: text,
  info: words,
  shapes: list(
    orNull(
      object<WireShape>({
        runs: list(run, 1),
        notches: list(orNull(numbers<NonNullable<WireShape['notches'][number]>>(2, 3))),
        drills: list(orNull(numbers<readonly [number, number]>(2, 2))),
        internals: list(orNull(run)),
        grain: orNull(list(step, 4, 4)),
        sew: list(run),
      }),
    ),
    1,
    MOST.sizes,
  ),
})
const link = object<Link>({ edge: id, back: yes })
const onEdge = object<OnEdge>({ edge: id, t: between(0, 1) })
const ease = between(-FARTHEST, FARTHEST)
const measure = object<Measure>({
  name: text,
  from: onEdge,
  to: onEdge,
  along: oneOf(['straight', 'curve']),
  tolerance: mm,
})
const wire = object<Omit<WirePattern, 'source'>>({
  name: text,
  sizes: list(text, 1, MOST.sizes),
  base: whole(0, MOST.sizes),
  pieces: list(piece, 1, MOST.pieces),
  seams: list(
    object<Seam>({
      id,
      a: list(link, 1),
      b: list(link, 1),
      confirmed: yes,
      ease,
    }),
  ),
  measures: list(measure),
  rules: list(object<GradeRule>({ rule, by: list(vec) })),
})

const differ = (ids: readonly string[]): boolean => new Set(ids).size === ids.length
const meet = (p: Vec | undefined, q: Vec | undefined): boolean => !!p && !!q && dist(p, q) <= SAME_MM
const isLine = ({ keys, drawn }: Run): boolean =>
  [...keys, ...(drawn ?? [])].every(({ x, y }) => Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST) &&
  (drawn === null || (meet(keys[0], drawn[0]) && meet(keys.at(-1), drawn.at(-1))))
const isShape = ({ runs, notches, drills, internals, sew }: Shape, piece: Piece): boolean =>
  runs.length === piece.edges.length &&
  notches.length === piece.notches.length &&
  drills.length === piece.drills.length &&
  internals.length === piece.internals.length &&
  runs.every(({ keys }, i) => meet(keys.at(-1), runs[(i + 1) % runs.length]?.keys[0])) &&
  [...runs, ...internals, ...sew].every((one) => one === null || isLine(one))
const pointsIn = ({ runs, internals, sew }: Shape): number =>
  [...runs, ...internals, ...sew].reduce((sum, one) => sum + (one ? one.keys.length + (one.drawn?.length ?? 0) : 0), 0)

/** Whether what stands beside each other belongs together: as many of each in every size, rings closed, ids that name something. */
const isWhole = ({ sizes, base, pieces, seams, measures, rules }: Pattern): boolean => {
  const ownerOf = new Map(pieces.flatMap((one) => one.edges.map((edge) => [edge.id, one] as const)))
  const points = pieces.reduce((sum, { shapes }) => shapes.reduce((n, one) => n + (one ? pointsIn(one) : 0), sum), 0)
  return (
    points <= MOST.points &&
    differ(sizes) &&
    base < sizes.length &&
    differ(pieces.map((one) => one.id)) &&
    differ(
      pieces.flatMap((one) => [...one.edges, ...one.notches, ...one.drills, ...one.internals].map((of) => of.id)),
    ) &&
    pieces.every(
      (one) =>
        one.shapes.length === sizes.length &&
        one.shapes.some((shape) => shape !== null) &&
        one.shapes.every((shape) => shape === null || isShape(shape, one)) &&
        one.notches.every(({ edge }) => ownerOf.get(edge) === one) &&
        (one.fold === null || ownerOf.get(one.fold) === one),
    ) &&
    differ(seams.map((seam) => seam.id)) &&
    seams.every(({ a, b }) => [...a, ...b].every(({ edge }) => ownerOf.has(edge))) &&
    // A piece that was cut in two has left a measure from one to the other, which can't be taken any more.
    measures.every(({ from, to }) => ownerOf.has(from.edge) && ownerOf.has(to.edge)) &&
    rules.every(({ by }) => by.length === sizes.length)
  )
}

const byId =
  <T>(parse: Parse<T>): Parse<Record<string, T>> =>
  (value) =>
    Object.fromEntries(entries(value).map(([key, one]) => [id(key), parse(one)]))
const details = object<object, Details>(
  {},
  {
    names: byId(text),
    folds: byId(orNull<EdgeId>(id)),
    seams: object({
      put: list(object<Omit<ToldSeam, 'id'>, { id: Seam['id'] }>({ a: list(link, 1), b: list(link, 1), ease }, { id })),
      drop: list<Seam['id']>(id),
    }),
    measures: object({ put: list(measure), drop: list(text) }),
  },
)

/** What `parse` makes of a value, or null where it is not so. */
const orNot = <T>(parse: Parse<T>, value: unknown): T | null => {
  try {
    return parse(value)
  } catch (error) {
    if (error instanceof NotSo) return null
    throw error
  }
}

/** What was told of a pattern and kept somewhere: every key and nothing else. Null where it is not so. Never throws. */
export const parseDetails = (value: unknown): Details | null => orNot(details, value)

/**
 * A pattern out of what a stranger says is one of ours, in the form of `packPattern` without its source: every key and nothing else, numbers
 * within the size of cloth, lists that belong together. Null where anything is not so. Never throws.
 *
 * @param source what the file says of itself
 */
export const parsePattern = (value: unknown, source: Pattern['source']): Pattern | null => {
  const parsed = orNot(wire, value)
  const pattern = parsed && unpackPattern({ ...parsed, source })
  return pattern && isWhole(pattern) ? pattern : null
}
