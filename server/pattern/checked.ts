import { z } from 'zod'
import type { Layout } from '../../shared/pattern/layout.ts'
import { CORNERS, isLocalId, NOTCH_KINDS, type Pattern } from '../../shared/pattern/model.ts'
import { unpackPattern, type WirePattern } from '../../shared/pattern/wire.ts'

/**
 * A pattern as the process that read a file hands it over. That process had a stranger's file in its hands, so what it says is checked
 * like what comes from outside: shapes and counts, that arrays of a piece run beside each other, and that ids are ids.
 */
const MOST_PIECES = 2_000
const MOST_SIZES = 200
const MOST_OF = 5_000
const MOST_NUMBERS = 400_000
/** Nanometres: a kilometre, far more than the importer lets through, and exact in doubles. */
const FURTHEST = 1e12

const id = z.custom<string>(isLocalId)
const text = z.string().max(20_000)
const texts = z.record(z.string().max(200), text)
const mm = z.number().min(-1e7).max(1e7)
const width = z.number().min(0).max(1e6)
const rule = z.int().min(-1e9).max(1e9)
/** Checked by hand: a nest has a million of them. */
const numbers = z.custom<readonly number[]>(
  (value) =>
    Array.isArray(value) &&
    value.length <= MOST_NUMBERS &&
    value.length % 2 === 0 &&
    value.every((n) => Number.isSafeInteger(n) && Math.abs(n) <= FURTHEST),
)
const run = z
  .strictObject({
    k: numbers,
    t: z
      .string()
      .max(MOST_NUMBERS)
      .regex(/^[01]*$/),
    r: z.array(rule.nullable()).max(MOST_NUMBERS).optional(),
    d: numbers.optional(),
  })
  .refine(
    ({ k, t, r, d }) =>
      k.length >= 4 &&
      t.length * 2 === k.length &&
      (r === undefined || r.length === t.length) &&
      (d === undefined || d.length >= 4),
  )
const pair = z.tuple([z.int(), z.int()])
const place = z.union([pair, z.tuple([z.int(), z.int(), z.int()])])
const few = <T extends z.ZodType>(of: T) => z.array(of).max(MOST_OF)
const shape = z.strictObject({
  runs: few(run),
  notches: few(place.nullable()),
  drills: few(pair.nullable()),
  internals: few(run.nullable()),
  grain: numbers.refine((points) => points.length === 4).nullable(),
  sew: few(run),
})
const piece = z
  .strictObject({
    id,
    name: text,
    ring: z.enum(['cut', 'sew']).nullable(),
    edges: few(
      z.strictObject({
        id,
        name: text,
        allowance: width.nullable(),
        corner: z.enum(CORNERS),
        hem: z.strictObject({ folds: z.union([z.literal(1), z.literal(2)]) }).nullable(),
        sewing: z
          .strictObject({
            stitch: z.string().max(20),
            seam: z.int().min(1).max(8),
            spi: width,
            needles: width,
            gauge: width,
            thread: z.string().max(200),
          })
          .nullable(),
      }),
    ).min(1),
    clockwise: z.boolean(),
    notches: few(
      z.strictObject({
        id,
        edge: id,
        kind: z.enum(NOTCH_KINDS),
        depth: width,
        width,
        angle: mm.nullable(),
        rule: rule.optional(),
      }),
    ),
    drills: few(z.strictObject({ id, diameter: width, label: text, rule: rule.optional() })),
    internals: few(
      z.strictObject({
        id,
        kind: z.enum(['line', 'cut', 'stripe', 'plaid', 'mark']),
        label: text,
        oneSide: z.boolean(),
      }),
    ),
    notes: few(z.strictObject({ at: z.strictObject({ x: mm, y: mm }), text, layer: z.int() })),
    fold: id.nullable(),
    quantity: z.strictObject({ drawn: width, mirrored: width }),
    material: text,
    category: text,
    annotation: text,
    info: texts,
    shapes: z.array(shape.nullable()).max(MOST_SIZES),
  })
  .refine((one) =>
    one.shapes.every(
      (shape) =>
        shape === null ||
        (shape.runs.length === one.edges.length &&
          shape.notches.length === one.notches.length &&
          shape.drills.length === one.drills.length &&
          shape.internals.length === one.internals.length),
    ),
  )
const onEdge = z.strictObject({ edge: id, t: z.number().min(0).max(1) })
const chain = few(z.strictObject({ edge: id, back: z.boolean() }))
const pattern = z
  .strictObject({
    name: text,
    sizes: z.array(text).min(1).max(MOST_SIZES),
    base: z.int().min(0),
    pieces: z.array(piece).min(1).max(MOST_PIECES),
    seams: few(z.strictObject({ id, a: chain, b: chain, confirmed: z.boolean(), ease: mm })),
    measures: few(
      z.strictObject({
        name: text,
        from: onEdge,
        to: onEdge,
        along: z.enum(['straight', 'curve']),
        tolerance: width,
      }),
    ),
    rules: few(z.strictObject({ rule, by: z.array(z.strictObject({ x: mm, y: mm })).max(MOST_SIZES) })),
    source: z.strictObject({
      format: z.enum(['aama', 'astm', 'svg', 'puntada']),
      vendor: text,
      product: text,
      release: text,
      texts,
    }),
  })
  .refine(
    ({ base, sizes, pieces }) =>
      base < sizes.length &&
      pieces.every((one) => one.shapes.length === sizes.length) &&
      new Set(pieces.map((one) => one.id)).size === pieces.length,
  )
const side = z.number().positive().max(1e6)
const handed = z.strictObject({
  pattern,
  layout: z.strictObject({ width: side, height: side, at: z.record(id, z.strictObject({ x: mm, y: mm })) }),
})

/** The pattern and where its pieces lie, or null for anything else. */
export const readHanded = (json: string): { readonly pattern: Pattern; readonly layout: Layout } | null => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const found = handed.safeParse(value)
  if (!found.success) return null
  return {
    pattern: unpackPattern(found.data.pattern as unknown as WirePattern),
    layout: found.data.layout as Layout,
  }
}
