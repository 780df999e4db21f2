import { z } from 'zod'
import { CONVERSION_STEPS, MEDIA_REFUSAL_CODES, REPORT_CODES, SEVERITIES } from '../../../shared/protocol/report.ts'
import { MOST_POINTS, MOST_SHOWN } from '../../pattern/questions.ts'

/** A file has been in the process that speaks here, so the server believes none of it unread. */

const count = z.int().min(0).max(1_000_000_000)
const params = z.record(
  z.string().regex(/^[a-z]{1,20}$/i),
  z.union([z.number().min(-1e9).max(1e12), z.boolean(), z.string().regex(/^[a-zA-Z0-9-]{1,24}$/)]),
)
/** Names of layers and the like are the file's own: any letters, on one line. */
const named = z
  .string()
  .max(80)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u)
const line = z.union([
  z.strictObject({ code: z.enum(REPORT_CODES), params, severity: z.enum(SEVERITIES) }),
  z.strictObject({
    code: z.enum(['pattern-read', 'pattern-layer', 'pattern-note']),
    params: z.record(z.string().regex(/^[a-z]{1,20}$/i), z.union([z.number().min(0).max(1e9), named])),
    severity: z.enum(SEVERITIES),
  }),
])
const length = z.number().min(0).max(1e9)
const piece = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,39}$/),
  name: named,
  width: length,
  height: length,
  outline: z.array(z.int().min(-1e9).max(1e9)).max(2 * MOST_POINTS),
})
const question = z.discriminatedUnion('ask', [
  z.strictObject({
    ask: z.literal('size'),
    piece,
    cm: length,
    choices: z.array(z.strictObject({ mmPerUnit: z.number().positive().max(10_000), cm: length })).max(8),
  }),
  z.strictObject({ ask: z.literal('allowance'), pieces: z.array(piece).max(MOST_SHOWN), more: count }),
])
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
  z.strictObject({ type: z.literal('asks'), questions: z.array(question).min(1).max(8), report }),
  z.strictObject({
    type: z.literal('refused'),
    refusal: z.strictObject({ code: z.enum(MEDIA_REFUSAL_CODES), params }),
    report,
  }),
])
export type FromWorker = z.infer<typeof fromWorker>
