import { z } from 'zod'
import type { MarkId, PersonId, SheetId } from '../domain/ids.ts'
import type { Instant } from '../domain/units.ts'
import type { Layout } from '../pattern/layout.ts'
import type { WirePattern } from '../pattern/wire.ts'

/**
 * GET /api/sheets/:id/pattern?version=N&sizes=base|all|INDEX · the lines of a pattern sheet, for drawing and for trying changes on.
 *
 * The owner gets them as they are. Anybody else gets a drawing of one size: lines resampled and displaced for this one viewer by less than
 * 0.1 mm (watermark.md E), without grade rules, texts, file data or other sizes; the register has a row before the first byte leaves.
 * Answers carry `cache-control: no-store`.
 */
export interface PatternView {
  readonly sheet: SheetId
  readonly version: number
  /** The newest version of this sheet. */
  readonly latest: number
  /** Exact, for its owner; else a drawing made for this viewer. */
  readonly exact: boolean
  /** Code of this look, as in the register. */
  readonly code: string
  readonly layout: Layout
  /** Shapes of sizes that were not asked for, or may not be seen, are null. */
  readonly pattern: WirePattern
}

/** GET /api/sheets/:id/versions · newest first, for whoever sees the board. */
export interface VersionRow {
  readonly version: number
  readonly at: Instant
  /** Who made it: decided, restored, or imported. */
  readonly by: PersonId
  readonly why:
    | { readonly is: 'import'; readonly file: string }
    | { readonly is: 'proposal'; readonly mark: MarkId; readonly author: PersonId }
    | { readonly is: 'restore'; readonly version: number }
}

/** POST /api/uploads/:id/answers · what the file could not say; asked once, before its sheet is made. */
export const Answers = z.strictObject({
  /** Millimetres in one unit of the file; left out where that was not asked. */
  mmPerUnit: z.number().positive().max(10000).optional(),
  /** Whether the outline includes the allowance, and how much it is (mm; null = nobody knows). For a piece by its id, or `*` for all. */
  allowance: z
    .record(
      z.string().regex(/^(\*|[a-z0-9][a-z0-9.-]{0,39})$/),
      z.strictObject({ included: z.boolean(), mm: z.number().min(0).max(100).nullable() }),
    )
    .optional(),
})

export const EXPORTS = ['aama', 'astm', 'rul', 'svg', 'pdf-a4', 'pdf-letter', 'pdf-a0'] as const
export type ExportFormat = (typeof EXPORTS)[number]
/** GET /api/sheets/:id/export?format=F&version=N&sizes=all|INDEX,… · the owner's own pattern as a file; a row in the register. `rul` is the grade-rule table, where there are rules; SVG is of the first size. */
export const Export = z.strictObject({
  format: z.enum(EXPORTS),
  version: z.coerce.number().int().min(1).max(1e6).optional(),
  sizes: z
    .string()
    .regex(/^(all|base|\d{1,2}(,\d{1,2}){0,39})$/)
    .optional(),
})
