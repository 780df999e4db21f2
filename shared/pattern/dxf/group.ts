import type { PieceId } from '../model.ts'
import type { ImportNoteCode } from '../reading.ts'
import type { Raw } from './raw.ts'

/** A piece in all its sizes as the file has them, before they are put together. */
export interface Group {
  readonly name: string
  /** By index of the pattern's sizes. */
  readonly sizes: readonly (Raw | null)[]
}

export type Say = (code: ImportNoteCode, count: number, more?: { piece?: PieceId; what?: string }) => void
