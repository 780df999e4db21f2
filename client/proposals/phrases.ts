import type { OperationRefusalCode } from '../../shared/pattern/apply.ts'
import { type EdgeId, edgeOf, type Pattern, type PieceId, pieceOf } from '../../shared/pattern/model.ts'
import { type AmountName, fieldsOf, type Operation } from '../../shared/pattern/operation.ts'
import type { StitchCode } from '../../shared/pattern/stitches.ts'
import type { useProposalWords } from '../words/proposals/words.ts'
import { edgeName } from './starts.ts'

type Texts = ReturnType<typeof useProposalWords>

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const MOST = 3

/** What these say is how it will be, so 0 is an amount; the others say by how much, and 0 changes nothing. */
const WHOLE: readonly string[] = ['allowance', 'depth', 'width', 'length']

/**
 * The amounts of an operation as words to put into a text: 'bajar 1 cm en el centro'. What goes the other way has a word of its own and no
 * minus; an operation without amounts is called by its name.
 */
export const amountsOf = (operation: Operation, texts: Texts, length: (mm: number) => string): string[] => {
  const say = (name: AmountName, amount: number, is: 'mm' | 'degrees'): string => {
    const size = Math.abs(amount)
    const shown = is === 'mm' ? length(size) : `${Math.round(size * 10) / 10}°`
    return texts.amounts[name]({ amount: shown, less: amount < 0 })
  }
  if (operation.op === 'stitch') {
    const name = lower(texts.stitches[operation.stitch as StitchCode])
    return [texts.sayStitch({ name, stitch: operation.stitch }), say('stitch.allowance', operation.allowance, 'mm')]
  }
  if (operation.op === 'cutting') return [texts.sayCutting(operation)]
  if (operation.op === 'ease' && operation.atFrom === operation.atTo && operation.atFrom !== 0) {
    const { atFrom: amount } = operation
    return [texts.sayEvenEase({ amount: length(Math.abs(amount)), less: amount < 0 })]
  }
  const values = operation as unknown as Readonly<Record<string, unknown>>
  const said = Object.entries(fieldsOf(operation.op)).flatMap(([field, { is }]) => {
    const value = values[field]
    if ((is !== 'mm' && is !== 'degrees') || typeof value !== 'number') return []
    if (value === 0 && !WHOLE.includes(field)) return []
    return [say(`${operation.op}.${field}` as AmountName, value, is)]
  })
  return said.length > 0 ? said.slice(0, MOST) : [lower(texts.operations[operation.op].name)]
}

/** What a refusal comes with, from the browser's own computing or out of an answer of the server. */
interface Why {
  readonly piece?: unknown
  readonly edge?: unknown
  readonly size?: unknown
  readonly amount?: unknown
}

/**
 * Why an operation can't be carried out, with the place that has no room (often an edge beside the one that was asked for) and the size, where
 * `pattern` has these; null for a code that nobody knows.
 */
export const whyNot = (
  code: unknown,
  { piece, edge, size, amount }: Why,
  pattern: Pattern,
  texts: Texts,
  length: (mm: number) => string,
): string | null => {
  if (typeof code !== 'string' || !Object.hasOwn(texts.refusals, code)) return null
  const found = edgeOf(pattern, edge as EdgeId)
  const name = found?.piece.name ?? pieceOf(pattern, piece as PieceId)?.name
  const place = [
    typeof size === 'string' && pattern.sizes.length > 1 ? texts.panel.inSize({ size }) : null,
    name ?? null,
    found && edgeName(pattern, found.edge.id, texts.panel.nthEdge),
  ].filter((one) => one !== null)
  const said = texts.refusals[code as OperationRefusalCode]({
    mm: typeof amount === 'number' ? length(amount) : null,
  })
  return place.length === 0 ? said : `${place.join(', ')}: ${said}`
}

/** A text with a phrase put to its end: after a comma, unless it ends with a mark of its own. */
export const joined = (text: string, phrase: string): string => {
  const before = text.trimEnd()
  if (before === '') return phrase
  return `${before}${/[.,:;!?…]$/.test(before) ? ' ' : ', '}${phrase}`
}
