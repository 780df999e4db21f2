import type { ImportNoteCode, ImportRefusalCode, LayerMeans, UnitReason } from '../pattern/reading.ts'

/**
 * What came of a file: why it was refused, and what was read from it and what was not. Codes with plain values only; the
 * client makes the sentences, in the reader's language.
 */

/** Why a file is not taken. Each code has the values its sentence needs. */
export interface MediaRefusals {
  /** Bytes of the file as far as it was read, and the most that is taken. */
  'too-large': { readonly bytes: number; readonly most: number }
  /** `found` is what the bytes look like, whatever the file is called. */
  'unknown-kind': { readonly found: FoundKind }
  /** The importer's own reason, with the line and the amount that it says; 0 where it says none. */
  'no-pattern': { readonly why: ImportRefusalCode; readonly line: number; readonly amount: number }
  /** It asks what only a person knows; kept until that is answered. */
  unanswered: Record<never, never>
  /** A swatch is made of a JPEG, PNG or WebP. `found` is what the bytes look like instead. */
  'not-a-photo': { readonly found: FoundKind | 'pdf' | 'svg' | 'dxf' }
  /** It says what it is, but cannot be read to the end. */
  broken: { readonly kind: ReadableKind }
  /** Locked by a password. */
  encrypted: Record<never, never>
  /** No bytes, no pages, or nothing to be drawn. */
  empty: Record<never, never>
  'too-many-pixels': { readonly width: number; readonly height: number; readonly most: number }
  'too-many-pages': { readonly pages: number; readonly most: number }
  /** More nodes, deeper nesting, more drawing or a larger extent than any real sheet has. */
  'too-complex': { readonly what: ComplexKind; readonly most: number }
  /** Seconds of work after which it was stopped. */
  'took-too-long': { readonly seconds: number }
  /** Megabytes at which it was stopped. */
  'too-much-memory': { readonly megabytes: number }
  cancelled: Record<never, never>
  /** No room left at the server; nothing half-written stays. */
  'disk-full': Record<never, never>
  /** The converter itself failed; the file may be fine. */
  'converter-failed': Record<never, never>
}
export type MediaRefusalCode = keyof MediaRefusals
export type MediaRefusal = {
  [Code in MediaRefusalCode]: { readonly code: Code; readonly params: MediaRefusals[Code] }
}[MediaRefusalCode]

export const MEDIA_REFUSAL_CODES = [
  'too-large',
  'unknown-kind',
  'no-pattern',
  'unanswered',
  'not-a-photo',
  'broken',
  'encrypted',
  'empty',
  'too-many-pixels',
  'too-many-pages',
  'too-complex',
  'took-too-long',
  'too-much-memory',
  'cancelled',
  'disk-full',
  'converter-failed',
] as const satisfies readonly MediaRefusalCode[]

export const READABLE_KINDS = ['jpeg', 'png', 'webp', 'pdf', 'svg'] as const
export type ReadableKind = (typeof READABLE_KINDS)[number]

/** Kinds that people try and that are not taken, each with its own advice. */
export const FOUND_KINDS = [
  'gif',
  'heic',
  'avif',
  'tiff',
  'bmp',
  'photoshop',
  'postscript',
  'zip',
  'html',
  'xml',
  'hpgl',
  'video',
  'program',
  'text',
  'other',
] as const
export type FoundKind = (typeof FOUND_KINDS)[number]

export const COMPLEX_KINDS = ['bytes', 'nodes', 'depth', 'points', 'extent', 'style', 'objects'] as const
export type ComplexKind = (typeof COMPLEX_KINDS)[number]

/** What was read, guessed or skipped. Lengths in millimetres, counts whole. */
export interface ReportLines {
  'photo-read': { readonly format: 'jpeg' | 'png' | 'webp'; readonly width: number; readonly height: number }
  /** Turned upright as the camera said (EXIF orientation 2–8). */
  'photo-turned': { readonly orientation: number }
  /** The place where a photo was taken, the camera and the like are not kept. */
  'metadata-removed': { readonly place: boolean }
  'colour-converted': { readonly from: 'cmyk' | 'profile' | 'grey' | 'sixteen-bit' }
  'transparency-on-white': Record<never, never>
  'frames-skipped': { readonly count: number }
  'scale-assumed': { readonly longSide: number }

  /** `count` pages of this size, first to last in order. */
  'pages-read': { readonly count: number; readonly width: number; readonly height: number }
  /** Drawn at fewer dots an inch than the usual 200, because the page is large. */
  'resolution-lowered': { readonly dpi: number }
  'annotations-skipped': { readonly count: number }
  'attachments-skipped': { readonly count: number }
  /** A page, or something on it, could not be drawn. */
  'page-incomplete': { readonly page: number }

  'drawing-read': { readonly width: number; readonly height: number; readonly shapes: number }
  /** Texts drawn with our own font in place of theirs. */
  'text-in-our-font': { readonly count: number }
  /** Lengths had no unit: read as pixels of 1/96 inch. */
  'units-assumed': { readonly dpi: number }
  /** No usable size was given: taken from the viewBox or from what is drawn. */
  'size-assumed': { readonly width: number; readonly height: number }
  /** Scripts, event handlers, actions: never run, not kept. */
  'scripts-skipped': { readonly count: number }
  /** References to other files or addresses: never followed. */
  'links-skipped': { readonly count: number }
  /** Elements of one name that are not drawn; the name is from a closed list or `other`. */
  'elements-skipped': { readonly element: SkippedElement; readonly count: number }
  /** Style rules or values that are not understood. */
  'styles-skipped': { readonly count: number }
  /** Shapes with impossible numbers or broken path data, left out. */
  'shapes-broken': { readonly count: number }

  'pattern-read': {
    readonly kind: 'aama' | 'astm' | 'marker' | 'svg'
    /** As the importer names it; 'unknown' where the file doesn't say. */
    readonly vendor: string
    readonly pieces: number
    readonly sizes: number
  }
  'pattern-units': { readonly mm: number; readonly why: UnitReason }
  /** Entities of one layer, as the file names it: read, guessed or skipped, as the line's severity says. */
  'pattern-layer': { readonly layer: string; readonly means: LayerMeans; readonly count: number }
  /** `piece`: the first of the pieces it is said of, and how many `more` there are; empty where it is said of the file. */
  'pattern-note': {
    readonly note: ImportNoteCode
    readonly count: number
    readonly what: string
    readonly piece: string
    readonly more: number
  }
}
export type ReportCode = keyof ReportLines
export const SEVERITIES = ['read', 'guessed', 'skipped'] as const
export type Severity = (typeof SEVERITIES)[number]
export type ReportLine = {
  [Code in ReportCode]: { readonly code: Code; readonly params: ReportLines[Code]; readonly severity: Severity }
}[ReportCode]

export const REPORT_CODES = [
  'photo-read',
  'photo-turned',
  'metadata-removed',
  'colour-converted',
  'transparency-on-white',
  'frames-skipped',
  'scale-assumed',
  'pages-read',
  'resolution-lowered',
  'annotations-skipped',
  'attachments-skipped',
  'page-incomplete',
  'drawing-read',
  'text-in-our-font',
  'units-assumed',
  'size-assumed',
  'scripts-skipped',
  'links-skipped',
  'elements-skipped',
  'styles-skipped',
  'shapes-broken',
  'pattern-read',
  'pattern-units',
  'pattern-layer',
  'pattern-note',
] as const satisfies readonly ReportCode[]

export const SKIPPED_ELEMENTS = [
  'image',
  'foreignObject',
  'filter',
  'mask',
  'clipPath',
  'pattern',
  'gradient',
  'marker',
  'animation',
  'media',
  'other',
] as const
export type SkippedElement = (typeof SKIPPED_ELEMENTS)[number]

/** What the converter is at: shown as progress, `done` of `of`. */
export const CONVERSION_STEPS = ['reading', 'drawing', 'tiling'] as const
export type ConversionStep = (typeof CONVERSION_STEPS)[number]
