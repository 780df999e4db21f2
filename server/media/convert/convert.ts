import type { ConversionJob, ConversionResult } from '../conversion.ts'

/** Turns an uploaded file into sheets with tile pyramids, in a process of its own. Never throws for what a file contains. */
export const convert = async (job: ConversionJob): Promise<ConversionResult> => {
  throw new Error(`not built yet: ${job.file}`)
}
