import type { FoundKind } from '../../shared/protocol/report.ts'
import type { Formats } from './format.ts'
import type { Words } from './words.ts'

type Values = Readonly<Record<string, unknown>>

const BYTES = new Set(['bytes', 'most'])
const CODES_IN_BYTES = new Set(['too-large', 'quota-bytes'])

const own = <T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined

/** The sentence for a refusal, its values in the reader's language; a code nobody knows gets a plain sentence too. */
export const refusalText = (words: Words, format: Formats, code: string, values: Values = {}): string => {
  const { say, other, found, kind, complex } = words.refusals
  const text = own(say, code)
  if (text === undefined) return other
  if (typeof text === 'string') return text
  if (code === 'no-pattern') {
    // The importer has a sentence for each of its own reasons.
    const said = own(words.pattern.refusals, values.why)
    const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)
    return text(said ? { why: said({ line: numberOf(values.line), amount: numberOf(values.amount) }) } : {})
  }
  const params: Record<string, string> = {}
  for (const [key, value] of Object.entries(values)) {
    const named =
      key === 'found'
        ? own(found, value as FoundKind)
        : key === 'kind'
          ? own(kind, value)
          : key === 'what'
            ? own(complex, value)
            : undefined
    if (named !== undefined) params[key] = named
    else if (typeof value === 'number')
      params[key] =
        key === 'until'
          ? format.moment(value)
          : BYTES.has(key) && CODES_IN_BYTES.has(code)
            ? format.bytes(value)
            : format.number(value)
  }
  return text(params)
}
