import type { Pyramid } from '../../../shared/domain/sheet.ts'
import type { Answers } from '../../../shared/pattern/reading.ts'
import type { UploadQuestion } from '../../../shared/protocol/pattern.ts'
import type { ConversionStep, ReportCode, ReportLine, ReportLines } from '../../../shared/protocol/report.ts'
import type { MediaLimits } from '../limits.ts'

/** One sheet as a converter leaves it: sizes in sheet units, tiles in `<job folder>/<index>`. */
export interface SheetMade {
  readonly index: number
  readonly width: number
  readonly height: number
  readonly mmPerUnit: number
  readonly scale: 'true-size' | 'assumed'
  readonly pyramid: Pyramid
}

/** Beside the tiles of a pattern: what was read, as `{ pattern, layout }`, packed. */
export const PATTERN_FILE = 'pattern.json'

/** What a reader takes besides the file. */
export interface Reads {
  /** What the person called the file. */
  readonly name?: string
  /** Absolute path of the table of grade rules that came with it. */
  readonly rul?: string
  readonly answers?: Answers
  /** Longest side that is kept of a photo, pixels; then it lies in one tile. */
  readonly side?: number
}

/** What a converter is given, and its only ways out: sheets, report lines, or a thrown `Stop`. */
export interface Bench {
  readonly file: string
  readonly folder: string
  readonly limits: MediaLimits
  readonly report: Report
  readonly reads: Reads
  /** Leaves questions that a person is to answer before the file goes on. */
  ask(questions: readonly UploadQuestion[]): void
  progress(step: ConversionStep, done: number, of: number): void
  /** Says how many pages there are, so that the watch allows time for each. */
  pages(count: number): void
}

export type Converter = (bench: Bench) => Promise<readonly SheetMade[]>

/** Collects report lines; the same code with the same values is said once, counts are added up. */
export interface Report {
  say<Code extends ReportCode>(code: Code, params: ReportLines[Code], severity: 'read' | 'guessed' | 'skipped'): void
  readonly lines: readonly ReportLine[]
}

export const openReport = (): Report => {
  const lines: ReportLine[] = []
  return {
    lines,
    say(code, params, severity) {
      if (lines.length < 200) lines.push({ code, params, severity } as unknown as ReportLine)
    },
  }
}
