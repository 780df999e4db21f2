import { isPlainId, type SheetId } from '../../shared/domain/ids.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import { type Operation, parseOperation } from '../../shared/pattern/operation.ts'

/** A proposal that is being written. */
export interface Unfinished {
  readonly sheet: SheetId
  /** The version of the pattern on which it was begun. */
  readonly version: number
  readonly operation: Operation
  readonly text: string
}

/** Where one person's unfinished proposal on one board is kept: it outlives a change of tab and a reload, but not this window. */
export interface Kept {
  read(): Unfinished | null
  keep(unfinished: Unfinished | null): void
}

const parse = (value: unknown): Unfinished | null => {
  if (typeof value !== 'object' || value === null) return null
  const { sheet, version, operation, text } = value as Readonly<Record<string, unknown>>
  const parsed = parseOperation(operation)
  if (!parsed || !isPlainId(sheet) || typeof version !== 'number' || typeof text !== 'string') return null
  return { sheet: sheet as SheetId, version, operation: parsed, text: text.slice(0, CAPS.text) }
}

/** Where it is among what is typed and not sent. */
const PLACE = 'proposal'

export const keptBy = (typed: Map<string, string>): Kept => ({
  read() {
    try {
      return parse(JSON.parse(typed.get(PLACE) ?? 'null'))
    } catch {
      return null
    }
  },
  keep(unfinished) {
    if (unfinished) typed.set(PLACE, JSON.stringify(unfinished))
    else typed.delete(PLACE)
  },
})
