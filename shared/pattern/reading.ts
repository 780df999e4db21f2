import type { Pattern, PieceId } from './model.ts'

/** Why a file is not read, with what helps to find the place. A sentence for each stands in the catalogue of words. */
export const IMPORT_REFUSALS = [
  'empty',
  'too-large',
  /** More entities, points or copies than any pattern has. */
  'too-many',
  'binary-dxf',
  'dwg',
  'zip',
  'pdf',
  /** HPGL: strokes of a plotter, no pieces. */
  'plotter',
  'not-dxf',
  'not-svg',
  /** Lines are no pairs of code and value. */
  'broken',
  'long-line',
  /** Blocks in blocks, deeper than eight or in a circle. */
  'nested',
  /** A coordinate that is no number, or too far away for a pattern. */
  'bad-number',
  'no-pieces',
  /** A grade-rule table without its DXF. */
  'rul-alone',
  'bad-rul',
  /** A rule moves the base size. */
  'rul-base',
] as const
export type ImportRefusalCode = (typeof IMPORT_REFUSALS)[number]
export interface ImportRefusal {
  readonly code: ImportRefusalCode
  /** Line of the file, from 1. */
  readonly line?: number
  /** How many there may be at most, or the rule's number: what the sentence of the code says. */
  readonly amount?: number
}

export const UNIT_REASONS = ['answered', 'control-piece', 'declared', 'insunits', 'guessed', 'true-size'] as const
export type UnitReason = (typeof UNIT_REASONS)[number]

/** One thing that speaks for a unit. */
export interface UnitEvidence {
  readonly from: 'control-piece' | 'declared' | 'insunits' | 'tolerance' | 'measurement' | 'size'
  /** As the file says it. */
  readonly says: string
  readonly mmPerUnit: number
}

export interface UnitsReport {
  readonly mmPerUnit: number
  readonly why: UnitReason
  readonly evidence: readonly UnitEvidence[]
  /** The largest piece of the base size in the unit that was taken; its longer side is what a person is shown. */
  readonly largest: { readonly piece: PieceId; readonly widthMm: number; readonly heightMm: number } | null
}

export type LayerMeans =
  | 'outline'
  | 'turn'
  | 'curve'
  | 'notch'
  | 'grade-reference'
  | 'mirror'
  | 'grain'
  | 'internal'
  | 'stripe'
  | 'plaid'
  | 'cut-out'
  | 'blank'
  | 'drill'
  | 'sew'
  | 'note'
  | 'text'
  | 'quality'
  | 'none'

/** Entities of one layer; every entity of the file is counted once, in one of the three. */
export interface LayerReport {
  /** As the file names it. */
  readonly layer: string
  readonly means: LayerMeans
  readonly read: number
  readonly guessed: number
  readonly skipped: number
}

/** What else is worth saying of a file. `count` things of the kind; `piece` where they are of one piece. */
export const IMPORT_NOTES = [
  /** An export of ours that nobody changed: the pattern is the one it was written from. */
  'as-exported',
  /** An export of ours that was changed since: its lines hold, and what they cannot say is gone. */
  'changed-since',
  'no-end',
  'broken-lines',
  'decimal-commas',
  'zero-runs',
  'open-outline',
  'outline-by-guess',
  'extra-outline',
  'same-twice',
  'placed-again',
  'not-placed',
  'name-from-block',
  'size-missing',
  'size-from-block',
  'sizes-differ',
  'size-apart',
  'clockwise-differs',
  'notches-by-index',
  'notch-off-edge',
  'turns-by-angle',
  'quality-line-apart',
  'keys-off-curve',
  'mirror-inside',
  'quantity-by-guess',
  'allowance-uneven',
  'marker',
  'unknown-entity',
  'graded-by-rules',
  'rules-in-order',
  'rules-missing',
  'rules-unused',
  'internals-differ',
  'scaled-copy',
  'other-texts',
] as const
export type ImportNoteCode = (typeof IMPORT_NOTES)[number]
export interface ImportNote {
  readonly code: ImportNoteCode
  readonly count: number
  readonly piece?: PieceId
  /** A name out of the file: an entity's type, a layer, a size. */
  readonly what?: string
  readonly line?: number
}

export interface Report {
  readonly kind: 'aama' | 'astm' | 'marker' | 'svg'
  readonly vendor: string
  readonly product: string
  readonly release: string
  readonly units: UnitsReport
  readonly layers: readonly LayerReport[]
  readonly notes: readonly ImportNote[]
}

/** What a person said: asked once, then given with every reading of the same file. */
export interface Answers {
  readonly mmPerUnit?: number
  /** By piece, or '*' for all others: whether the ring has the allowance in it, and how much (null = not known). */
  readonly allowance?: Readonly<Record<PieceId | '*', { readonly included: boolean; readonly mm: number | null }>>
}

export type Question =
  | {
      readonly ask: 'size'
      readonly piece: PieceId
      /** The longer side of the piece, with the unit that was taken. */
      readonly cm: number
      /** Units it could be, the likeliest first, and what the piece would measure. */
      readonly choices: readonly { readonly mmPerUnit: number; readonly cm: number }[]
      readonly evidence: readonly UnitEvidence[]
    }
  | { readonly ask: 'allowance'; readonly pieces: readonly PieceId[] }

export type Reading =
  | { readonly ok: true; readonly pattern: Pattern; readonly questions: readonly Question[]; readonly report: Report }
  | { readonly ok: false; readonly refusal: ImportRefusal }
