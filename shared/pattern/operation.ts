import {
  CORNERS,
  type DrillId,
  type EdgeId,
  type InternalId,
  isLocalId,
  NOTCH_KINDS,
  type NotchId,
  type PieceId,
} from './model.ts'
import { isOwnSwatch, isSwatch, OWN_SWATCH, type OwnSwatch, type Swatch } from './swatches.ts'

/**
 * What a proposal asks for: an operation with parameters, never coordinates, so it previews, replays, applies to every
 * size, and can be declined without a trace. One table says what each takes; types, parser, forms and fuzz come from it.
 */
type Field =
  | { readonly is: 'piece' | 'edge' | 'notch' | 'drill' | 'internal' }
  /** 1 to `max` of them, all different. */
  | { readonly is: 'pieces' | 'edges'; readonly max: number }
  /** A length in mm. */
  | { readonly is: 'mm'; readonly min: number; readonly max: number; readonly start: number }
  | { readonly is: 'degrees'; readonly min: number; readonly max: number; readonly start: number }
  /** A share of a length, 0 to 1: the same place in every size. */
  | { readonly is: 'share'; readonly start: number }
  | { readonly is: 'count'; readonly min: number; readonly max: number; readonly start: number }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'yes' }
  /** One line of plain text. */
  | { readonly is: 'text'; readonly max: number }
  /**
   * Points between the ends of a drawn line, as shares of the piece's bounding box (x from the left, y from the bottom): flat
   * [x, y, x, y, …], up to `max` points, each number −0.5 to 1.5.
   */
  | { readonly is: 'path'; readonly max: number }
  /**
   * Corners of an area of a sheet, a closed line, as shares of the sheet's width and height before any turn: x from the left, y from
   * the **bottom** as in every path here. Flat [x, y, x, y, …], 3 to `max` corners, each number 0 to 1.
   */
  | { readonly is: 'area'; readonly max: number }
  /** The id of a swatch of `swatches.ts`, an own one, or empty for none. */
  | { readonly is: 'swatch' }
  /** '#rrggbb', or empty for none. */
  | { readonly is: 'colour' }

const mm = (min: number, max: number, start: number) => ({ is: 'mm', min, max, start }) as const
const share = (start: number) => ({ is: 'share', start }) as const
const edge = { is: 'edge' } as const
const piece = { is: 'piece' } as const
const count = (min: number, max: number, start: number) => ({ is: 'count', min, max, start }) as const
const choice = <const C extends readonly string[]>(...of: C) => ({ is: 'choice', of }) as const

/** ISO 4915 types that a proposal may name; drawn and described in `stitches.ts`. */
export const STITCHES = [
  '101',
  '103',
  '202',
  '205',
  '209',
  '301',
  '304',
  '306',
  '308',
  '401',
  '406',
  '407',
  '503',
  '504',
  '512',
  '514',
  '515',
  '516',
  '602',
  '605',
  '607',
] as const

/** Ways a cut, a stitch or a look can change. Key order is the order of the menu. */
export const OPERATIONS = {
  // Puntada
  stitch: {
    level: 'puntada',
    takes: {
      edges: { is: 'edges', max: 40 },
      stitch: { is: 'choice', of: STITCHES },
      seam: count(1, 8, 1),
      spi: count(3, 30, 10),
      needles: count(1, 4, 1),
      gauge: mm(0, 30, 0),
      thread: { is: 'text', max: 60 },
      allowance: mm(0, 60, 10),
    },
  },
  // Corte
  neckline: {
    level: 'corte',
    takes: { edge, drop: mm(-100, 200, 10), widen: mm(-60, 120, 0), centre: choice('start', 'end', 'middle') },
  },
  lengthen: { level: 'corte', takes: { pieces: { is: 'pieces', max: 20 }, at: share(0.5), by: mm(-400, 600, 20) } },
  ease: {
    level: 'corte',
    takes: { edge, from: share(0), to: share(1), atFrom: mm(-100, 100, 5), atTo: mm(-100, 100, 5) },
  },
  dartMove: { level: 'corte', takes: { in: edge, out: edge, dx: mm(-200, 200, 0), dy: mm(-200, 200, 0) } },
  dartLength: { level: 'corte', takes: { in: edge, out: edge, by: mm(-200, 200, -10) } },
  dartRotate: { level: 'corte', takes: { in: edge, out: edge, to: edge, at: share(0.5), part: share(1) } },
  dartAdd: {
    level: 'corte',
    takes: {
      edge,
      at: share(0.5),
      width: mm(2, 150, 20),
      length: mm(10, 400, 90),
      tilt: { is: 'degrees', min: -60, max: 60, start: 0 },
    },
  },
  dartClose: { level: 'corte', takes: { in: edge, out: edge } },
  slash: { level: 'corte', takes: { edge, at: share(0.5), pivot: edge, pivotAt: share(0.5), by: mm(-150, 300, 20) } },
  trueSeam: { level: 'corte', takes: { a: edge, b: edge, end: choice('start', 'end') } },
  allowance: {
    level: 'corte',
    takes: { edges: { is: 'edges', max: 60 }, allowance: mm(0, 100, 10), corner: { is: 'choice', of: CORNERS } },
  },
  hem: { level: 'corte', takes: { edge, depth: mm(0, 150, 25), folds: count(1, 2, 1) } },
  notchAdd: {
    level: 'corte',
    takes: { edge, at: share(0.5), kind: { is: 'choice', of: NOTCH_KINDS }, depth: mm(1, 15, 4), width: mm(0, 15, 3) },
  },
  notchMove: { level: 'corte', takes: { notch: { is: 'notch' }, by: mm(-500, 500, 10) } },
  notchRemove: { level: 'corte', takes: { notch: { is: 'notch' } } },
  grain: { level: 'corte', takes: { piece, turn: { is: 'degrees', min: -180, max: 180, start: 45 } } },
  split: {
    level: 'corte',
    takes: {
      edge,
      at: share(0.5),
      to: edge,
      toAt: share(0.5),
      via: { is: 'path', max: 12 },
      allowance: mm(0, 60, 10),
      notches: count(0, 3, 2),
      name: { is: 'text', max: 40 },
    },
  },
  join: { level: 'corte', takes: { a: edge, b: edge } },
  unfold: { level: 'corte', takes: { piece } },
  fold: { level: 'corte', takes: { piece, from: edge, fromAt: share(0.5), to: edge, toAt: share(0.5) } },
  moveInternal: {
    level: 'corte',
    takes: { internal: { is: 'internal' }, dx: mm(-1000, 1000, 10), dy: mm(-1000, 1000, 0) },
  },
  moveDrill: { level: 'corte', takes: { drill: { is: 'drill' }, dx: mm(-1000, 1000, 10), dy: mm(-1000, 1000, 0) } },
  cutting: {
    level: 'corte',
    takes: { piece, drawn: count(0, 20, 1), mirrored: count(0, 20, 1), material: { is: 'text', max: 60 } },
  },
  // Diseño
  look: {
    level: 'diseno',
    takes: {
      piece,
      kind: choice('textura', 'color', 'habilitacion'),
      colour: { is: 'colour' },
      swatch: { is: 'swatch' },
      words: { is: 'text', max: 200 },
    },
  },
  lookArea: {
    level: 'diseno',
    takes: {
      area: { is: 'area', max: 60 },
      kind: choice('textura', 'color', 'habilitacion'),
      colour: { is: 'colour' },
      swatch: { is: 'swatch' },
      words: { is: 'text', max: 200 },
    },
  },
} as const satisfies Record<string, { readonly level: string; readonly takes: Readonly<Record<string, Field>> }>

export const LEVELS = ['puntada', 'corte', 'diseno'] as const
/** The ladder of trust, low to high, and the three types of a proposal. */
export type Level = (typeof LEVELS)[number]
export type OperationName = keyof typeof OPERATIONS
export type FieldOf = Field

/** Every name of a parameter, and every word that a choice offers but the stitches' codes: what the catalogue must have. */
export type FieldName = { [N in OperationName]: keyof (typeof OPERATIONS)[N]['takes'] }[OperationName]
type Chosen<F> = F extends { is: 'choice'; of: readonly (infer C)[] } ? C : never
export type ChoiceName = Exclude<
  {
    [N in OperationName]: Chosen<(typeof OPERATIONS)[N]['takes'][keyof (typeof OPERATIONS)[N]['takes']]>
  }[OperationName],
  (typeof STITCHES)[number]
>

/** Every amount that a person asks for, `operation.field`: what the catalogue has a phrase for. How needles stand is the machine's affair. */
export type AmountName = Exclude<
  {
    [N in OperationName]: {
      [K in keyof (typeof OPERATIONS)[N]['takes'] & string]: (typeof OPERATIONS)[N]['takes'][K] extends {
        is: 'mm' | 'degrees'
      }
        ? `${N}.${K}`
        : never
    }[keyof (typeof OPERATIONS)[N]['takes'] & string]
  }[OperationName],
  'stitch.gauge'
>

type Value<F extends Field> = F extends { is: 'piece' }
  ? PieceId
  : F extends { is: 'edge' }
    ? EdgeId
    : F extends { is: 'notch' }
      ? NotchId
      : F extends { is: 'drill' }
        ? DrillId
        : F extends { is: 'internal' }
          ? InternalId
          : F extends { is: 'pieces' }
            ? readonly PieceId[]
            : F extends { is: 'edges' }
              ? readonly EdgeId[]
              : F extends { is: 'choice'; of: readonly (infer C)[] }
                ? C
                : F extends { is: 'yes' }
                  ? boolean
                  : F extends { is: 'text' | 'colour' }
                    ? string
                    : F extends { is: 'swatch' }
                      ? Swatch | OwnSwatch | ''
                      : F extends { is: 'path' | 'area' }
                        ? readonly number[]
                        : number

/** One named operation with its parameters. */
export type OperationOf<N extends OperationName> = { readonly op: N } & {
  readonly [K in keyof (typeof OPERATIONS)[N]['takes']]: (typeof OPERATIONS)[N]['takes'][K] extends Field
    ? Value<(typeof OPERATIONS)[N]['takes'][K]>
    : never
}
export type Operation = { [N in OperationName]: OperationOf<N> }[OperationName]

export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[]
export const levelOf = (operation: Operation): Level => OPERATIONS[operation.op].level
export const fieldsOf = (name: OperationName): Readonly<Record<string, Field>> => OPERATIONS[name].takes

/** Lengths travel to the micrometre, shares to a millionth: enough for SAME_MM, short on the wire, and the same on every machine. */
const grain = (value: number, digits: number): number => Number(value.toFixed(digits))

const isIds = (value: unknown, max: number): boolean =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= max &&
  value.every(isLocalId) &&
  new Set(value).size === value.length

const within = (value: unknown, min: number, max: number, digits: number): boolean =>
  typeof value === 'number' && value >= min && value <= max && grain(value, digits) === value

const isLine = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length <= max && value.isWellFormed() && !/\p{Cc}/u.test(value)

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whatever reorders, hides or breaks a line: a name stands in lists, beside those of others. */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
const OWN_KEYS: readonly (keyof OwnSwatch)[] = ['own', 'name', 'across']
const isOwn = (value: unknown): boolean => {
  if (!isPlain(value) || Object.keys(value).length !== OWN_KEYS.length) return false
  if (!OWN_KEYS.every((key) => Object.hasOwn(value, key))) return false
  const { own, name, across } = value
  const isId = typeof own === 'string' && /^[a-z0-9]{2,32}$/.test(own)
  const isNamed = isLine(name, OWN_SWATCH.name) && !UNSEEN.test(name) && /[\p{L}\p{N}]/u.test(name)
  return isId && isNamed && within(across, OWN_SWATCH.min, OWN_SWATCH.max, 3)
}

const fits = (field: Field, value: unknown): boolean => {
  switch (field.is) {
    case 'pieces':
    case 'edges':
      return isIds(value, field.max)
    case 'mm':
    case 'degrees':
      return within(value, field.min, field.max, 3)
    case 'share':
      return within(value, 0, 1, 6)
    case 'count':
      return within(value, field.min, field.max, 0)
    case 'choice':
      return field.of.includes(value as string)
    case 'yes':
      return typeof value === 'boolean'
    case 'text':
      return isLine(value, field.max)
    case 'path':
      return (
        Array.isArray(value) &&
        value.length % 2 === 0 &&
        value.length <= 2 * field.max &&
        value.every((n) => within(n, -0.5, 1.5, 6))
      )
    case 'area':
      return (
        Array.isArray(value) &&
        value.length % 2 === 0 &&
        value.length >= 6 &&
        value.length <= 2 * field.max &&
        value.every((n) => within(n, 0, 1, 6))
      )
    case 'swatch':
      return value === '' || isSwatch(value) || isOwn(value)
    case 'colour':
      return typeof value === 'string' && /^(#[0-9a-f]{6})?$/.test(value)
    default:
      return isLocalId(value)
  }
}

/** The operation that a value from outside is, or null: exactly the fields of the table, each in its range and grain. Never throws. */
export const parseOperation = (value: unknown): Operation | null => {
  if (!isPlain(value)) return null
  if (!Object.hasOwn(value, 'op') || typeof value.op !== 'string' || !Object.hasOwn(OPERATIONS, value.op)) return null
  const takes = fieldsOf(value.op as OperationName)
  const names = Object.keys(takes)
  if (Object.keys(value).length !== names.length + 1) return null
  for (const name of names) if (!Object.hasOwn(value, name) || !fits(takes[name] as Field, value[name])) return null
  return value as unknown as Operation
}

/** Parameters as a person typed or dragged them, brought to the grain of the wire and into range. */
export const settle = (operation: Operation): Operation => {
  const out: Record<string, unknown> = { ...operation }
  for (const [name, field] of Object.entries(fieldsOf(operation.op))) {
    const value = out[name]
    if (field.is === 'path')
      out[name] = (value as readonly number[]).map((n) => grain(Math.min(1.5, Math.max(-0.5, n)), 6))
    if (field.is === 'area') out[name] = (value as readonly number[]).map((n) => grain(Math.min(1, Math.max(0, n)), 6))
    if (field.is === 'swatch' && isOwnSwatch(value as Swatch | OwnSwatch | '')) {
      const { across, ...own } = value as OwnSwatch
      out[name] = { ...own, across: grain(Math.min(OWN_SWATCH.max, Math.max(OWN_SWATCH.min, across)), 3) }
    }
    if (typeof value !== 'number') continue
    if (field.is === 'mm' || field.is === 'degrees')
      out[name] = grain(Math.min(field.max, Math.max(field.min, value)), 3)
    if (field.is === 'share') out[name] = grain(Math.min(1, Math.max(0, value)), 6)
    if (field.is === 'count') out[name] = Math.round(Math.min(field.max, Math.max(field.min, value)))
  }
  return out as unknown as Operation
}

/** The own swatch that an operation names, or null. */
export const ownSwatchOf = (operation: Operation): OwnSwatch | null =>
  'swatch' in operation && isOwnSwatch(operation.swatch) ? operation.swatch : null

/** A value in one order of its own fields. */
const ordered = (value: unknown): unknown => (isPlain(value) ? OWN_KEYS.map((key) => value[key]) : value)

/** Whether two operations ask for the same thing, however their fields are ordered. */
export const isSameOperation = (a: Operation, b: Operation): boolean => {
  const [left, right] = [a as unknown as Record<string, unknown>, b as unknown as Record<string, unknown>]
  return (
    a.op === b.op &&
    Object.keys(fieldsOf(a.op)).every(
      (name) => JSON.stringify(ordered(left[name])) === JSON.stringify(ordered(right[name])),
    )
  )
}
