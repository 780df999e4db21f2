/**
 * Pairs of a group code and a value, walked over the bytes of an ASCII DXF without making a string of every line. Lines end in
 * LF, CR or CRLF (also CR CR LF, as a text-mode copy leaves them).
 */
const LF = 10
const CR = 13
const SPACE = 32
const MINUS = 45
const PLUS = 43
const DOT = 46
const COMMA = 44
const ZERO = 48
const NINE = 57

/** A value longer than this, in bytes, is no DXF. AutoCAD stops at 2,049 characters. */
export const LONGEST_LINE = 65_536
/** Every byte is one letter of this code page. */
const SINGLE = new TextDecoder('windows-1252', { ignoreBOM: true })

/** Powers of ten that are exact doubles: dividing an exact whole number by one of them rounds once, as `Number()` does. */
const TENS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i)

export class Tokens {
  /** Group code of the pair. */
  code = 0
  /** Where the value lies in the bytes, without blanks around it. */
  start = 0
  end = 0
  /** Line of the value, from 1. */
  line = 0
  /** Lines that should have been a group code and were not: skipped one by one. */
  broken = 0
  firstBroken = 0
  /** Line of the first value that is longer than any DXF has; 0 where there is none. */
  tooLong = 0
  /** Numbers written with a decimal comma. */
  commas = 0

  readonly bytes: Uint8Array
  private readonly decoderFor: (bytes: Uint8Array) => TextDecoder
  private decoder: TextDecoder | null = null
  private letters: string | null = null
  private at = 0

  /** @param decoderFor asked once, at the first text that is more than ASCII. */
  constructor(bytes: Uint8Array, decoderFor: (bytes: Uint8Array) => TextDecoder) {
    this.bytes = bytes
    this.decoderFor = decoderFor
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3
  }

  /** Goes to the next pair; false at the end, a code without a value included. */
  next(): boolean {
    while (!this.readPlainCode()) {
      if (!this.readLine()) return false
      const code = this.readCode()
      if (code !== null) {
        this.code = code
        break
      }
      if (this.start === this.end) continue
      this.broken++
      this.firstBroken ||= this.line
    }
    if (!this.readLine()) return false
    if (this.end - this.start > LONGEST_LINE) this.tooLong ||= this.line
    return true
  }

  /** Finite, or NaN where the value is no number. A single comma is read as the decimal point. */
  number(): number {
    const { bytes, end } = this
    let at = this.start
    let sign = 1
    if (bytes[at] === MINUS) {
      sign = -1
      at++
    } else if (bytes[at] === PLUS) at++
    let whole = 0
    let digits = 0
    let after = -1
    for (; at < end; at++) {
      const byte = bytes[at]!
      if (byte >= ZERO && byte <= NINE) {
        whole = whole * 10 + (byte - ZERO)
        digits++
        if (after >= 0) after++
      } else if ((byte === DOT || byte === COMMA) && after < 0) {
        after = 0
        if (byte === COMMA) this.commas++
      } else return this.slowNumber()
    }
    if (digits === 0) return Number.NaN
    if (digits > 15) return this.slowNumber()
    return sign * (after > 0 ? whole / TENS[after]! : whole)
  }

  integer(): number {
    return Math.trunc(this.number())
  }

  /** The value without blanks around it. */
  text(): string {
    const { bytes, start, end } = this
    let all = 0
    for (let i = start; i < end; i++) all |= bytes[i]!
    if (all < 128) {
      // One letter a byte, so that a text is a slice of all: decoding each by itself takes several times as long.
      this.letters ??= SINGLE.decode(bytes)
      return this.letters.slice(start, end)
    }
    this.decoder ??= this.decoderFor(bytes)
    return this.decoder.decode(bytes.subarray(start, end))
  }

  /** Whether the value is this ASCII word; letter case counts. */
  is(word: string): boolean {
    if (this.end - this.start !== word.length) return false
    for (let i = 0; i < word.length; i++) if (this.bytes[this.start + i] !== word.charCodeAt(i)) return false
    return true
  }

  private slowNumber(): number {
    const text = this.text().replace(',', '.').replace(/[dD]/, 'e')
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
    return Number.isFinite(value) ? value : Number.NaN
  }

  /** The next line without blanks around it, from `start` to `end`. */
  private readLine(): boolean {
    const { bytes } = this
    const { length } = bytes
    let at = this.at
    if (at >= length) return false
    while (at < length && (bytes[at] === SPACE || bytes[at] === 9)) at++
    const start = at
    let byte = 0
    for (; at < length; at++) {
      byte = bytes[at]!
      if (byte <= CR && (byte === LF || byte === CR)) break
    }
    let end = at
    while (end > start && (bytes[end - 1] === SPACE || bytes[end - 1] === 9)) end--
    at++
    if (byte === CR) {
      if (bytes[at] === CR && bytes[at + 1] === LF) at++
      if (bytes[at] === LF) at++
    }
    this.start = start
    this.end = end
    this.at = at
    this.line++
    return true
  }

  /** A code as nearly all are written: digits after blanks, and the end of the line. Anything else is left to be read as a line. */
  private readPlainCode(): boolean {
    const { bytes } = this
    let { at } = this
    while (bytes[at] === SPACE) at++
    const first = at
    let code = 0
    let byte = bytes[at]!
    while (byte >= ZERO && byte <= NINE) {
      code = code * 10 + (byte - ZERO)
      byte = bytes[++at]!
    }
    if (at === first || at - first > 4) return false
    if (byte === CR && bytes[at + 1] === LF) at++
    else if (byte !== LF) return false
    this.at = at + 1
    this.line++
    this.code = code
    return true
  }

  /** The line as a group code, or null: a whole number of up to four digits. */
  private readCode(): number | null {
    const { bytes, end } = this
    let at = this.start
    const negative = bytes[at] === MINUS
    if (negative) at++
    const length = end - at
    if (length < 1 || length > 4) return null
    let code = 0
    for (; at < end; at++) {
      const byte = bytes[at]!
      if (byte < ZERO || byte > NINE) return null
      code = code * 10 + (byte - ZERO)
    }
    return negative ? -code : code
  }
}
