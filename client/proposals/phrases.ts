import { fieldsOf, type Operation } from '../../shared/pattern/operation.ts'
import type { StitchCode } from '../../shared/pattern/stitches.ts'
import type { useProposalWords } from '../words/proposals/words.ts'

type Texts = ReturnType<typeof useProposalWords>

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const MOST = 3

/** The amounts of an operation as words to put into a text: 'bajar en el centro 1 cm'. Those that change nothing are left out. */
export const amountsOf = (operation: Operation, texts: Texts, length: (mm: number) => string): string[] => {
  const name = lower(texts.operations[operation.op].name)
  if (operation.op === 'stitch')
    return [
      `${operation.stitch} (${lower(texts.stitches[operation.stitch as StitchCode])})`,
      length(operation.allowance),
    ]
  const values = operation as unknown as Readonly<Record<string, unknown>>
  return Object.entries(fieldsOf(operation.op))
    .flatMap(([field, { is }]) => {
      const value = values[field]
      if (typeof value !== 'number' || value === 0 || (is !== 'mm' && is !== 'degrees')) return []
      const amount = is === 'mm' ? length(value) : `${Math.round(value * 10) / 10}°`
      const what = field === 'by' ? name : lower(texts.fields[field as keyof typeof texts.fields])
      return [`${what} ${amount}`]
    })
    .slice(0, MOST)
}
