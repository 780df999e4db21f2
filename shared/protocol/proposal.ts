import { z } from 'zod'
import type { Decision } from '../domain/decision.ts'
import type { MarkId } from '../domain/ids.ts'
import { CAPS } from '../domain/mark.ts'
import { LEVELS, type Operation, parseOperation } from '../pattern/operation.ts'

const operation = z.unknown().transform((value, about): Operation => {
  const parsed = parseOperation(value)
  if (parsed) return parsed
  about.addIssue({ code: 'custom', message: 'not an operation' })
  return z.NEVER
})
const words = z
  .string()
  .trim()
  .min(1)
  .max(CAPS.text)
  .refine((text) => text.isWellFormed() && !text.includes('\u0000'))
/** The operation as whoever decides saw it; answered `changed` where its author has changed it since. */
const seen = operation.optional()

/** POST /api/boards/:id/proposals/:mark/decision → DecisionMade. The answer of the board's owner to a proposal. */
export const Decide = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('accepted'), reason: words.optional(), seen }),
  /** With other parameters; the operation itself is the one proposed. */
  z.strictObject({ is: z.literal('part'), change: operation, reason: words.optional(), seen }),
  z.strictObject({ is: z.literal('asked'), reason: words, seen }),
  z.strictObject({ is: z.literal('declined'), reason: words, seen }),
  z.strictObject({ is: z.literal('thinking'), until: z.number().int().positive(), reason: words.optional(), seen }),
])
export type Decide = z.output<typeof Decide>

export interface DecisionMade {
  readonly decision: Decision
  /** Proposals that cannot be carried out any more on the version that this one made. */
  readonly stale: readonly MarkId[]
}

/** POST /api/sheets/:id/versions → VersionRow · a new version, equal to an earlier one. */
export const Restore = z.strictObject({ restore: z.number().int().min(1).max(1e6) })

/** PATCH /api/people/:id → Person · the level that the facilitator records for a trainee. */
export const RecordTrust = z.strictObject({ level: z.enum(LEVELS) })
