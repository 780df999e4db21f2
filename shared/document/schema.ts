import { isPlainId, type MarkId, type PersonId, type SheetId } from '../domain/ids.ts'
import { CAPS, MARK_KINDS, type MarkKind, SAYS, type Says, type Words } from '../domain/mark.ts'
import { SHEET_KINDS, type Sheet } from '../domain/sheet.ts'
import { type Instant, mm } from '../domain/units.ts'

/**
 * The tree of a board's document. Every name of a root or key in the code comes from here.
 *
 * ```
 * sheets   <SheetId>            → Sheet                      written by the server alone
 * marks    <MarkId>  born       → { kind, sheet }            never changes
 *                    shape      → integers, see shape.ts
 *                    words      → { says, text }
 *                    done       → true | false               resolved, by its author or the board's owner
 *                    replies    <ReplyId> → { text }
 * stamps   <MarkId> | <ReplyId> → [made, edited | 0]         written by the server alone, by its clock
 *          <MarkId>/done        → [settled, person]
 * ```
 * Plain values are replaced whole. There is no shared text: a text has one author, so there is nothing to merge.
 */
export const ROOTS = { sheets: 'sheets', marks: 'marks', stamps: 'stamps' } as const
export const KEYS = { born: 'born', shape: 'shape', words: 'words', done: 'done', replies: 'replies' } as const
export type MarkKey = keyof typeof KEYS

export const doneStamp = (mark: MarkId): string => `${mark}/${KEYS.done}`

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** An object with exactly these own keys and the plain prototype; a value from outside is never trusted to have only its own. */
const isRecord = (value: unknown, keys: readonly string[]): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  const own = Object.keys(value)
  return (
    own.length === keys.length &&
    keys.every((key) => Object.hasOwn(value, key)) &&
    !own.some((key) => FORBIDDEN.has(key))
  )
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= CAPS.text && value.isWellFormed() && !value.includes('\u0000')

export interface Born {
  readonly kind: MarkKind
  readonly sheet: SheetId
}

export const parseBorn = (value: unknown): Born | null =>
  isRecord(value, ['kind', 'sheet']) && MARK_KINDS.includes(value.kind as MarkKind) && isPlainId(value.sheet)
    ? { kind: value.kind as MarkKind, sheet: value.sheet as SheetId }
    : null

export const parseWords = (value: unknown): Words | null =>
  isRecord(value, ['says', 'text']) && SAYS.includes(value.says as Says) && isText(value.text)
    ? { says: value.says as Says, text: value.text }
    : null

/** A reply says something; an empty one is not a reply. */
export const parseReply = (value: unknown): { text: string } | null =>
  isRecord(value, ['text']) && isText(value.text) && value.text.trim() !== '' ? { text: value.text } : null

export const parseDone = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)

const isInstant = (value: unknown): value is Instant =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

export const parseStamp = (value: unknown): { at: Instant; edited: Instant | null } | null =>
  Array.isArray(value) && value.length === 2 && isInstant(value[0]) && isInstant(value[1])
    ? { at: value[0], edited: value[1] === 0 ? null : value[1] }
    : null

export const parseDoneStamp = (value: unknown): { at: Instant; by: PersonId } | null =>
  Array.isArray(value) && value.length === 2 && isInstant(value[0]) && isPlainId(value[1])
    ? { at: value[0], by: value[1] as PersonId }
    : null

const positive = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0
const finite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export const parseSheet = (value: unknown): Sheet | null => {
  const keys = ['id', 'kind', 'name', 'firm', 'width', 'height', 'mmPerUnit', 'scale', 'place', 'away', 'order']
  if (!isRecord(value, keys) || !isRecord(value.place, ['x', 'y', 'turn'])) return null
  const { id, kind, name, firm, width, height, mmPerUnit, scale, place, away, order } = value
  const sound =
    isPlainId(id) &&
    SHEET_KINDS.includes(kind as Sheet['kind']) &&
    typeof name === 'string' &&
    isPlainId(firm) &&
    positive(width) &&
    positive(height) &&
    positive(mmPerUnit) &&
    ['true-size', 'measured', 'assumed'].includes(scale as string) &&
    finite(place.x) &&
    finite(place.y) &&
    [0, 1, 2, 3].includes(place.turn as number) &&
    typeof away === 'boolean' &&
    finite(order)
  if (!sound) return null
  const sheet = value as unknown as Sheet
  return { ...sheet, place: { x: mm(sheet.place.x), y: mm(sheet.place.y), turn: sheet.place.turn } }
}
