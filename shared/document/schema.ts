import { DECISIONS, type Decision, type DecisionKind } from '../domain/decision.ts'
import { isPlainId, type MarkId, type PersonId, type SheetId } from '../domain/ids.ts'
import { CAPS, MARK_KINDS, type MarkKind, SAYS, type Says, type Words } from '../domain/mark.ts'
import { SHEET_KINDS, type Sheet } from '../domain/sheet.ts'
import { type Instant, mm } from '../domain/units.ts'
import { parseOperation } from '../pattern/operation.ts'

/**
 * The tree of a board's document. Every name of a root or key in the code comes from here.
 *
 * ```
 * sheets   <SheetId>            → Sheet                      written by the server alone
 * decisions <MarkId>            → Decision                   written by the server alone
 * marks    <MarkId>  born       → { kind, sheet }            never changes; a proposal also has { version }
 *                    shape      → integers, see shape.ts
 *                    words      → { says, text }             a proposal's author suggests
 *                    change     → Operation                  of a proposal, and of it alone
 *                    done       → true | false               resolved, by its author or the board's owner
 *                    replies    <ReplyId> → { text }
 * stamps   <MarkId> | <ReplyId> → [made, edited | 0]         written by the server alone, by its clock
 *          <MarkId>/done        → [settled, person]
 * ```
 * Plain values are replaced whole. There is no shared text: a text has one author, so there is nothing to merge.
 */
export const ROOTS = { sheets: 'sheets', marks: 'marks', stamps: 'stamps', decisions: 'decisions' } as const
export const KEYS = {
  born: 'born',
  shape: 'shape',
  words: 'words',
  change: 'change',
  done: 'done',
  replies: 'replies',
} as const
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
  /** Of the sheet, when a proposal was made on it; null for every other kind. */
  readonly version: number | null
}

const isVersion = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1

export const parseBorn = (value: unknown): Born | null => {
  if (isRecord(value, ['kind', 'sheet', 'version']))
    return value.kind === 'proposal' && isPlainId(value.sheet) && isVersion(value.version)
      ? { kind: 'proposal', sheet: value.sheet as SheetId, version: value.version }
      : null
  return isRecord(value, ['kind', 'sheet']) &&
    value.kind !== 'proposal' &&
    MARK_KINDS.includes(value.kind as MarkKind) &&
    isPlainId(value.sheet)
    ? { kind: value.kind as MarkKind, sheet: value.sheet as SheetId, version: null }
    : null
}

/** A proposal suggests; whoever notices or asks makes another kind of mark. */
export const fitsKind = (kind: MarkKind, words: Words): boolean => kind !== 'proposal' || words.says === 'sugiero'

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

const hasWords = (value: unknown): value is string => isText(value) && value.trim() !== ''

export const parseDecision = (value: unknown): Decision | null => {
  if (!isRecord(value, ['is', 'at', 'by', 'reason', 'until', 'version', 'change'])) return null
  const { is, at, by, reason, until, version, change } = value
  const needsReason = is === 'declined' || is === 'asked' || is === 'stale'
  const made = is === 'accepted' || is === 'part'
  const sound =
    DECISIONS.includes(is as DecisionKind) &&
    isInstant(at) &&
    isPlainId(by) &&
    (hasWords(reason) || (reason === null && !needsReason)) &&
    (is === 'thinking' ? isInstant(until) : until === null) &&
    (version === null || (made && isVersion(version))) &&
    (change === null ? is !== 'part' : made && parseOperation(change) !== null)
  return sound ? (value as unknown as Decision) : null
}

const SHEET_KEYS = ['id', 'kind', 'name', 'firm', 'width', 'height', 'mmPerUnit', 'scale', 'place', 'away', 'order']
const PATTERN_KEYS = [...SHEET_KEYS, 'version']

export const parseSheet = (value: unknown): Sheet | null => {
  if (!isRecord(value, SHEET_KEYS) && !isRecord(value, PATTERN_KEYS)) return null
  if (!isRecord(value.place, ['x', 'y', 'turn'])) return null
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
    finite(order) &&
    (kind === 'pattern' ? isVersion(value.version) : !Object.hasOwn(value, 'version'))
  if (!sound) return null
  const sheet = value as unknown as Sheet
  return { ...sheet, place: { x: mm(sheet.place.x), y: mm(sheet.place.y), turn: sheet.place.turn } }
}
