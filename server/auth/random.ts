import { createHash, randomBytes } from 'node:crypto'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** `length` characters of [a-z0-9] from bytes of a good source; 5.17 bits each, no character likelier than another. */
export const plainText = (length: number, random: (n: number) => Uint8Array): string => {
  let text = ''
  while (text.length < length)
    for (const byte of random(length * 2)) {
      if (byte >= 252 || text.length === length) continue
      text += LETTERS[byte % 36]
    }
  return text
}

/** 256 bits, URL-safe: for session cookies and invitation links. Kept as `hashOfToken` alone. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const isToken = (text: unknown): text is string => typeof text === 'string' && /^[A-Za-z0-9_-]{43}$/.test(text)
/** Tokens are 256 random bits, so a plain hash keeps them: there is nothing to guess. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
