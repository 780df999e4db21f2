/** What is burned into every picture that leaves the server: for whom, when, and the code of its row in the register. */
export interface Stamp {
  /** Name of the viewer's firm, or of the office (association, facilitator) that they see it for. */
  readonly firm: string
  readonly person: string
  /** As made by `newCode`: `XXXX-XXXX`. */
  readonly code: string
  /** As it shall be read, for example `2026-11-23 19:56`. */
  readonly time: string
}

/**
 * Digits and letters that survive being read from a photo of a screen and said over the phone: Crockford's base 32 (which has
 * no I, L, O or U) without A and E, so that no word can come out, and without W, which has no one name in Spanish.
 */
const SIGNS = '0123456789BCDFGHJKMNPQRSTVXYZ'
/** Bytes from here on are passed over, so that every sign is as likely as any other. */
const FAIR = 256 - (256 % SIGNS.length)
const LENGTH = 8

/**
 * A code for one row of the register, out of 29⁸ ≈ 5.0 × 10¹¹ (39 bits): unguessable enough to trace, short enough to read out.
 *
 * @param random Needs 8 bytes below 232 among them: give 32 from a good source.
 * @throws {RangeError} when the bytes run out.
 */
export const newCode = (random: Uint8Array): string => {
  let code = ''
  for (const byte of random) {
    if (byte >= FAIR) continue
    code += SIGNS[byte % SIGNS.length]
    if (code.length === LENGTH) return `${code.slice(0, 4)}-${code.slice(4)}`
  }
  throw new RangeError('too few random bytes for a code')
}

export const isCode = (text: string): boolean =>
  text.length === LENGTH + 1 && text[4] === '-' && [...text.replace('-', '')].every((sign) => SIGNS.includes(sign))
