import { z } from 'zod'
import { CONVERSION_STEPS, MEDIA_REFUSAL_CODES, REPORT_CODES, SEVERITIES } from '../../../shared/protocol/report.ts'

/** A file has been in the process that speaks here, so the server believes none of it unread. */

const count = z.int().min(0).max(1_000_000_000)
const params = z.record(
  z.string().regex(/^[a-z]{1,20}$/i),
  z.union([z.number().min(-1e9).max(1e12), z.boolean(), z.string().regex(/^[a-zA-Z0-9-]{1,24}$/)]),
)
const line = z.strictObject({ code: z.enum(REPORT_CODES), params, severity: z.enum(SEVERITIES) })
const size = z.number().positive().max(1_000_000)
const sheet = z.strictObject({
  index: count,
  width: size,
  height: size,
  mmPerUnit: z.number().positive().max(1_000),
  scale: z.enum(['true-size', 'assumed']),
  pyramid: z.strictObject({
    tile: z.int().min(64).max(4096),
    levels: z.int().min(1).max(24),
    width: z.int().min(1).max(1_000_000),
    height: z.int().min(1).max(1_000_000),
  }),
})
const report = z.array(line).max(200)

export const fromWorker = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), step: z.enum(CONVERSION_STEPS), done: count, of: count }),
  z.strictObject({ type: z.literal('pages'), count }),
  z.strictObject({ type: z.literal('done'), sheets: z.array(sheet).min(1).max(1_000), report }),
  z.strictObject({
    type: z.literal('refused'),
    refusal: z.strictObject({ code: z.enum(MEDIA_REFUSAL_CODES), params }),
    report,
  }),
])
export type FromWorker = z.infer<typeof fromWorker>
