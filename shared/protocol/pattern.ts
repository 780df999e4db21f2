import { z } from 'zod'
import type { MarkId, PersonId, SheetId } from '../domain/ids.ts'
import type { Instant } from '../domain/units.ts'
import { DETAIL_CAPS, DETAIL_MM, type DetailKind, type Details } from '../pattern/details.ts'
import type { Layout } from '../pattern/layout.ts'
import { type EdgeId, isLocalId, type PieceId, type SeamId } from '../pattern/model.ts'
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
    /** Its owner told what no file says; no line moved. */
    | { readonly is: 'details'; readonly what: readonly DetailKind[] }
}

/** A piece as a question shows it: its outline in the unit that was taken, from its top left corner, y down. */
export interface AskedPiece {
  readonly id: string
  readonly name: string
  /** mm */
  readonly width: number
  readonly height: number
  /** x, y, x, y …, tenths of a millimetre; at most 400 points. */
  readonly outline: readonly number[]
}

/** What a file cannot say, with a picture. An upload has each kind once at most. */
export type UploadQuestion =
  | {
      readonly ask: 'size'
      readonly piece: AskedPiece
      /** The longer side of the piece with the unit that was taken. */
      readonly cm: number
      /** Units that it could be, the likeliest first, and what the piece would measure. */
      readonly choices: readonly { readonly mmPerUnit: number; readonly cm: number }[]
    }
  /** `more`: pieces that it is asked of besides those that are shown. */
  | { readonly ask: 'allowance'; readonly pieces: readonly AskedPiece[]; readonly more: number }

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
export type Answered = z.infer<typeof Answers>

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

const local = z.string().refine(isLocalId)
const edge = local.transform((id) => id as EdgeId)
const piece = local.transform((id) => id as PieceId)
const seam = local.transform((id) => id as SeamId)
/** One line of plain text without spaces around it. */
const line = z
  .string()
  .max(DETAIL_CAPS.name)
  .refine((text) => text.isWellFormed() && text.trim() === text && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text))
const named = line.min(1)
const on = z.strictObject({ edge, t: z.number().min(0).max(1) })
const side = z
  .array(z.strictObject({ edge, back: z.boolean() }))
  .min(1)
  .max(DETAIL_CAPS.side)

/**
 * PATCH /api/sheets/:id/details → VersionRow · what only the owner can tell of a pattern: the next version, or the newest as it is where all of it was so already.
 * Refused with `not-told` and `why`, a code of `shared/pattern/details.ts`; then nothing has changed.
 */
export const TellDetails: z.ZodType<Details> = z.strictObject({
  names: z.record(edge, line).optional(),
  folds: z.record(piece, edge.nullable()).optional(),
  seams: z
    .strictObject({
      put: z
        .array(
          z.strictObject({
            id: seam.optional(),
            a: side,
            b: side,
            /** mm */
            ease: z.number().min(-DETAIL_MM.ease).max(DETAIL_MM.ease),
          }),
        )
        .max(DETAIL_CAPS.seams),
      drop: z.array(seam).max(10 * DETAIL_CAPS.seams),
    })
    .optional(),
  measures: z
    .strictObject({
      put: z
        .array(
          z.strictObject({
            name: named,
            from: on,
            to: on,
            along: z.enum(['straight', 'curve']),
            /** mm */
            tolerance: z.number().min(0).max(DETAIL_MM.tolerance),
          }),
        )
        .max(DETAIL_CAPS.measures),
      drop: z.array(named).max(10 * DETAIL_CAPS.measures),
    })
    .optional(),
})
