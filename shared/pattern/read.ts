import { readDxf } from './dxf/read.ts'
import { asBytes, sniff } from './dxf/sniff.ts'
import type { Answers, Reading } from './reading.ts'

/** What a server takes, with room to spare over the largest real files we know (1.5 MB). */
export const MOST_BYTES = 32 * 1024 * 1024

export interface ReadOptions {
  /** The file's name: for the pattern's name where the file has none, and to say what a file is not. */
  readonly name?: string
  readonly answers?: Answers
  /** The grade-rule table that came with a DXF. */
  readonly rul?: Uint8Array
}

/** A pattern out of a file of any of the kinds we read, told apart by what they hold, not by their name. Never throws for what a file holds. */
export const readPattern = (bytes: Uint8Array, options: ReadOptions = {}): Reading => {
  if (bytes.length === 0) return { ok: false, refusal: { code: 'empty' } }
  if (bytes.length > MOST_BYTES) return { ok: false, refusal: { code: 'too-large', amount: MOST_BYTES } }
  const plain = asBytes(bytes)
  const content = sniff(plain, options.name ?? '')
  if (typeof content === 'object') return { ok: false, refusal: content }
  if (content === 'rul') return { ok: false, refusal: { code: 'rul-alone' } }
  if (content === 'svg') return { ok: false, refusal: { code: 'not-dxf' } }
  return readDxf(plain, options)
}
