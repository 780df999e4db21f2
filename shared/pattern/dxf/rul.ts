import type { Vec } from '../model.ts'
import type { ImportRefusal } from '../reading.ts'
import { decoderFor } from './encoding.ts'
import { pairOf } from './texts.ts'

/** A grade-rule table as the file has it, in its own unit. */
export interface RulTable {
  readonly name: string
  readonly sizes: readonly string[]
  /** Index of the sample size. */
  readonly sample: number
  /** 1, 25.4, or null where the table doesn't say. */
  readonly mmPerUnit: number | null
  /** By number: displacement from the sample size, one a size. */
  readonly rules: ReadonlyMap<number, readonly Vec[]>
}

const MOST_BYTES = 8 * 1024 * 1024
const MOST_SIZES = 200
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi

const sizesOf = (list: string, count: number): string[] | null => {
  for (const by of [/[\s,;]+/, /\s*[,;]\s*/, /\s{2,}/]) {
    const sizes = list.trim().split(by).filter(Boolean)
    if (sizes.length > 0 && (count === 0 || sizes.length === count)) return sizes
  }
  return null
}

/** @returns a refusal where the table is none: a rule without a pair for each size, a sample size that isn't listed, a rule that moves it. */
export const parseRul = (bytes: Uint8Array): RulTable | ImportRefusal => {
  if (bytes.length > MOST_BYTES) return { code: 'too-large', amount: MOST_BYTES }
  const lines = decoderFor(bytes)
    .decode(bytes)
    .split(/\r\n|\r|\n/)
  const says = new Map<string, string>()
  const rules = new Map<number, Vec[]>()
  let sizes: string[] | null = null
  let [listing, rule, ruleLine] = ['', -1, 0]
  let numbers: number[] = []
  let refusal: ImportRefusal | null = null
  const close = (): void => {
    if (rule < 0 || refusal) return
    const count = sizes?.length ?? 0
    if (numbers.length !== 2 * count) {
      refusal = { code: 'bad-rul', line: ruleLine, amount: rule }
      return
    }
    rules.set(
      rule,
      Array.from({ length: count }, (_, i) => ({ x: numbers[2 * i]!, y: numbers[2 * i + 1]! })),
    )
    rule = -1
  }
  for (const [index, line] of lines.entries()) {
    if (refusal) return refusal
    const text = line.trim()
    if (text === '') continue
    const head = /^RULE\s*:\s*(?:DELTA\s*)?(\d{1,9})\b(.*)$/i.exec(text)
    if (head) {
      close()
      sizes ??= sizesOf(listing, Number(says.get('numberofsizes') ?? 0))
      if (!sizes || sizes.length > MOST_SIZES) return { code: 'bad-rul', line: index + 1 }
      rule = Number(head[1])
      ruleLine = index + 1
      numbers = []
      for (const found of head[2]!.match(NUMBER) ?? []) numbers.push(Number(found))
    } else if (/^END\b/i.test(text)) {
      close()
      break
    } else if (rule >= 0) {
      for (const found of text.match(NUMBER) ?? []) numbers.push(Number(found))
      if (numbers.length > 2 * MOST_SIZES) return { code: 'bad-rul', line: index + 1, amount: rule }
    } else {
      const pair = pairOf(text)
      if (pair?.key === 'sizelist') listing = pair.value
      else if (pair) says.set(pair.key, pair.value)
      else if (listing !== '') listing += ` ${text}`
    }
  }
  close()
  if (refusal) return refusal
  if (!sizes || rules.size === 0) return { code: 'bad-rul' }
  const sampleSays = (says.get('samplesize') ?? '').toLowerCase()
  const sample = sizes.findIndex((size) => size.toLowerCase() === sampleSays)
  if (sample < 0) return { code: 'bad-rul' }
  for (const [number, by] of rules) {
    if (by.some(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y) || Math.abs(x) > 1e6 || Math.abs(y) > 1e6)) {
      return { code: 'bad-rul', amount: number }
    }
    const { x, y } = by[sample]!
    if (x !== 0 || y !== 0) return { code: 'rul-base', amount: number }
  }
  const unit = says.get('units') ?? ''
  const mmPerUnit = /english|imperial|inch/i.test(unit) ? 25.4 : /metric/i.test(unit) ? 1 : null
  return { name: says.get('graderuletable') ?? '', sizes, sample, mmPerUnit, rules }
}
