import type { Pyramid, SheetKind } from '../../shared/domain/sheet.ts'
import type { Layout } from '../../shared/pattern/layout.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import type { Answers } from '../../shared/pattern/reading.ts'
import type { UploadQuestion } from '../../shared/protocol/pattern.ts'
import type { ConversionStep, MediaRefusal, ReadableKind, ReportLine } from '../../shared/protocol/report.ts'
import type { MediaLimits } from './limits.ts'

/** One sheet out of a file. Its tiles lie in `folder` until the caller keeps or drops the job. */
export interface ConvertedSheet {
  /** The file's name without its ending, with the page number when there are several; never a path. */
  readonly name: string
  /** Sheet units: millimetres for pdf and drawing, source pixels for a photo. Both > 0. */
  readonly width: number
  readonly height: number
  /** Real millimetres in one sheet unit, > 0. */
  readonly mmPerUnit: number
  readonly scale: 'true-size' | 'assumed'
  readonly pyramid: Pyramid
  /** Absolute path of the folder that holds `<level>/<column>_<row>.<jpg|webp>`. */
  readonly folder: string
}

export type ConversionResult =
  | {
      readonly ok: true
      readonly kind: SheetKind
      readonly sheets: readonly ConvertedSheet[]
      readonly report: readonly ReportLine[]
      /** Of a pattern's one sheet; null for every other kind. */
      readonly pattern: { readonly pattern: Pattern; readonly layout: Layout } | null
    }
  | {
      readonly ok: false
      readonly refusal: MediaRefusal
      readonly report: readonly ReportLine[]
      /** With the refusal `unanswered`: what a person is to say before it is read again. */
      readonly questions?: readonly UploadQuestion[]
    }

/** How a converting process ended where it should not have. Nothing of what the file holds is in it. */
export interface Breakdown {
  readonly kind: ReadableKind | 'pattern' | 'version'
  /** Exit code, or the name of the signal that ended it; null where it never began. */
  readonly exit: number | string | null
  /** What kind of error, and where in the code; at most 20 lines. */
  readonly trace: readonly string[]
}

export interface ConversionJob {
  /** Absolute path of the original. */
  readonly file: string
  /** What the person called it: names the sheets, and helps to say what a file is not. */
  readonly name: string
  /** An SVG is read as a pattern to work on, not as a drawing to look at. A DXF always is. */
  readonly asPattern?: boolean
  /** A photo becomes a small picture of one tile, and nothing but a photo is read. */
  readonly asSwatch?: boolean
  /** Absolute path of the grade rules that came with a DXF. */
  readonly rul?: string
  readonly answers?: Answers
  /** Absolute path of a folder of the job's own: made if missing, gone again unless the result is ok. */
  readonly folder: string
  /** Aborting stops the conversion at any moment; the result is then the refusal `cancelled`. */
  readonly signal?: AbortSignal
  /** `done` of `of` within a step; steps come in order, and `drawing` and `tiling` again for each page of a PDF. */
  readonly onProgress?: (step: ConversionStep, done: number, of: number) => void
  /** Told when the converting process broke down by a mistake of ours or of a library's: for the operator alone. */
  readonly onBroken?: (how: Breakdown) => void
  readonly limits?: Partial<MediaLimits>
}
