import { createHash } from 'node:crypto'
import type { BoardId, FirmId } from '../shared/domain/ids.ts'
import type { RegisterEntry, RegisteredRow, RegisterStore } from './store/records-port.ts'

/**
 * The register: who looked at what, when, with which code. A row is on disk before the first byte of what it speaks of
 * leaves. Rows are chained so that a change to an old one shows:
 *
 *     h₀ = 32 zero bytes,  hₙ = SHA-256(0x01 ‖ hₙ₋₁ ‖ canonical(rowₙ))
 *
 * Whether it is still whole is asked by `registerCheck.ts`. A chain that only its author checks proves little; witnessed heads
 * come later.
 */
export interface Register {
  /** @throws {NotWritten} and then nothing may be shown. */
  write(entry: RegisterEntry): RegisteredRow
  /** Whether a code was given out. */
  knows(code: string): boolean
  /** Newest first. */
  ofBoard(board: BoardId, most: number): readonly RegisteredRow[]
  /** Newest first: what a firm's people looked at on a board, and who looked at what it brought there. */
  ofFirm(board: BoardId, firm: FirmId, most: number): readonly RegisteredRow[]
}

/** What the first row is chained to. */
export const ZERO = '0'.repeat(64)
/** Domain separation, as in RFC 6962 § 2.1: a row can never be read as something else that is hashed. */
const ROW = new Uint8Array([1])

/** JSON of an array: order and escapes are fixed by ECMA-262, so the same row always gives the same bytes. */
const canonical = (row: Omit<RegisteredRow, 'hash'>): string =>
  JSON.stringify([row.seq, row.at, row.person, row.firm, row.act, row.board, row.sheet, row.code])

export const hashOf = (before: string, row: Omit<RegisteredRow, 'hash'>): string =>
  createHash('sha256').update(ROW).update(Buffer.from(before, 'hex')).update(canonical(row)).digest('hex')

export const openRegister = (store: RegisterStore): Register => {
  let head = store.head()
  return {
    write(entry) {
      const row = { seq: (head?.seq ?? 0) + 1, ...entry }
      const whole: RegisteredRow = { ...row, hash: hashOf(head?.hash ?? ZERO, row) }
      store.append(whole)
      head = whole
      return whole
    },
    knows: (code) => store.knows(code),
    ofBoard: (board, most) => store.ofBoard(board, most),
    ofFirm: (board, firm, most) => store.ofFirm(board, firm, most),
  }
}
