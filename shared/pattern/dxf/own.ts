import type { Pattern } from '../model.ts'
import { packPattern } from '../wire.ts'
import { parsePattern } from '../wire-parse.ts'

/**
 * What a DXF has no place for stands in comments at its end (group 999, which readers of DXF pass over): the pattern whole, as `packPattern`
 * has it. The first comment is `PUNTADA 1`, a fingerprint of all that stands before it, and how many letters follow. Where the fingerprint
 * is another one, somebody changed the drawing and the lines alone hold.
 */
const HEAD = /^PUNTADA 1 ([0-9a-f]{8}) (\d{1,8})$/
/** Letters of one comment: AutoCAD takes lines of up to 255. */
const LETTERS = 240
/** Letters in all: three times the largest nest we know. */
export const MOST_LETTERS = 16_000_000

/** FNV-1a. Ends of lines and blanks don't count, which mail and copying change. */
class Fingerprint {
  private hash = 0x811c9dc5
  add(letter: number): void {
    if (letter > 32) this.hash = Math.imul(this.hash ^ letter, 0x01000193)
  }
  toString(): string {
    return (this.hash >>> 0).toString(16).padStart(8, '0')
  }
}

/** Keys in one order, so that the same pattern is the same letters however it came to be. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** @param lines all that stands before the value of the first comment, its group code included */
export const commentsOf = (pattern: Pattern, lines: readonly string[]): string[] => {
  const { source: _, ...rest } = packPattern(pattern)
  // 7-bit and without blanks, which readers take from the ends of a line.
  const says = JSON.stringify(rest, inOrder).replace(
    /[^\u0021-\u007e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  if (says.length > MOST_LETTERS) return []
  const fingerprint = new Fingerprint()
  for (const line of lines) for (let i = 0; i < line.length; i++) fingerprint.add(line.charCodeAt(i))
  const comments = [`PUNTADA 1 ${fingerprint} ${says.length}`]
  for (let i = 0; i < says.length; i += LETTERS) comments.push(says.slice(i, i + LETTERS))
  return comments
}

/** The comments of a file as they come. */
export class Comments {
  private readonly bytes: Uint8Array
  private head: RegExpExecArray | null = null
  private start = 0
  private readonly says: string[] = []
  private length = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** @param start where the comment lies in the bytes */
  add(comment: string, start: number): void {
    if (this.head === null) {
      this.head = HEAD.exec(comment)
      this.start = start
    } else if (this.length <= Number(this.head[2])) {
      this.says.push(comment)
      this.length += comment.length
    }
  }

  /** Whether the file says that it is one of ours. */
  get any(): boolean {
    return this.head !== null
  }

  /** The pattern that the file was written from, or null where the drawing was changed since, or what is said is no pattern. */
  pattern(source: Pattern['source']): Pattern | null {
    if (this.head === null || this.length > MOST_LETTERS || this.length !== Number(this.head[2])) return null
    const fingerprint = new Fingerprint()
    for (let i = 0; i < this.start; i++) fingerprint.add(this.bytes[i] as number)
    if (this.head[1] !== String(fingerprint)) return null
    try {
      return parsePattern(JSON.parse(this.says.join('')), source)
    } catch {
      return null
    }
  }
}
