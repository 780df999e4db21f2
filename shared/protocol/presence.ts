import { type FirmId, isAuthoredId, isPlainId, type MarkId, type PersonId, type SheetId } from '../domain/ids.ts'
import { MARK_KINDS, type MarkKind } from '../domain/mark.ts'

/**
 * What somebody shows of themselves while they are on a board: never kept, may be lost, at most 30 times a second. Every
 * field may be left out; keys are short because they travel that often.
 */
export interface Presence {
  /** Where the pointer is: sheet, and x and y in its sheet units. */
  readonly at?: readonly [sheet: SheetId, x: number, y: number]
  /** Tool in hand: a short word of [a-z-]. */
  readonly tool?: string
  /** The selected mark. */
  readonly sel?: MarkId
  /** The unfinished shape, packed as in `document/shape.ts`, at most 300 points. */
  readonly draw?: { readonly kind: MarkKind; readonly sheet: SheetId; readonly shape: readonly number[] }
  /** The region looked at, in board millimetres: centre x, centre y, width, height. */
  readonly view?: readonly [cx: number, cy: number, width: number, height: number]
  readonly laser?: boolean
}

/** As everybody else receives it: `by` and `firm` are the server's word. */
export interface Stamped extends Presence {
  readonly by: PersonId
  readonly firm: FirmId | null
}

export const PRESENCE_CAPS = {
  /** Bytes of one state as JSON, an unfinished stroke included. */
  bytes: 12_288,
  /** Bytes of one state without an unfinished stroke. */
  plainBytes: 2048,
  /** Numbers of an unfinished shape: 300 pen points. */
  shape: 900,
  /** Frames a second to and from one person. */
  hz: 30,
} as const

const KEYS = new Set(['at', 'tool', 'sel', 'draw', 'view', 'laser'])
const REACH = 1e9

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= REACH
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

const isDraw = (value: unknown): boolean =>
  isPlain(value) &&
  Object.keys(value).length === 3 &&
  MARK_KINDS.includes(value.kind as MarkKind) &&
  isPlainId(value.sheet) &&
  Array.isArray(value.shape) &&
  value.shape.length <= PRESENCE_CAPS.shape &&
  value.shape.every(isWhole)

/**
 * Strict: an unknown key, a number out of reach or a value of another type and there is no presence. Written by hand because
 * it runs some thousand times a second.
 *
 * @param value what `JSON.parse` gave; never with `by` or `firm`.
 */
export const parsePresence = (value: unknown): Presence | null => {
  if (!isPlain(value)) return null
  for (const key of Object.keys(value)) if (!KEYS.has(key)) return null
  const { at, tool, sel, draw, view, laser } = value
  const sound =
    (at === undefined ||
      (Array.isArray(at) && at.length === 3 && isPlainId(at[0]) && isNumber(at[1]) && isNumber(at[2]))) &&
    (tool === undefined || (typeof tool === 'string' && /^[a-z-]{1,20}$/.test(tool))) &&
    (sel === undefined || isAuthoredId(sel)) &&
    (draw === undefined || isDraw(draw)) &&
    (view === undefined || (Array.isArray(view) && view.length === 4 && view.every(isNumber))) &&
    (laser === undefined || typeof laser === 'boolean')
  return sound ? (value as Presence) : null
}

/** What the server stamped on it included; for whoever receives it. */
export const parseStamped = (value: unknown): Stamped | null => {
  if (!isPlain(value)) return null
  const { by, firm, ...rest } = value
  if (!isPlainId(by) || (firm !== null && !isPlainId(firm))) return null
  const presence = parsePresence(rest)
  return presence && { ...presence, by: by as PersonId, firm: firm as FirmId | null }
}
