/**
 * The pattern as a thing of meaning: pieces, edges, seams, notches, grain, sizes. Pure data; all lengths are millimetres
 * of the finished cloth, angles degrees counter-clockwise from +x, **y grows upwards** as in CAD files (a canvas turns
 * it once, see `layout.ts`).
 *
 * Precision: coordinates are doubles and are never rounded on the way; two lengths are the same within `SAME_MM`, and
 * files are written to 0.0001 mm, so an export that is read again is the same pattern within `SAME_MM`.
 */
export const SAME_MM = 0.001

declare const kind: unique symbol
type Id<K extends string> = string & { readonly [kind]: K }
export type PieceId = Id<'piece'>
export type EdgeId = Id<'edge'>
export type NotchId = Id<'notch'>
export type DrillId = Id<'drill'>
export type InternalId = Id<'internal'>
export type SeamId = Id<'seam'>

/** Ids within one pattern: lower case, digits, `.` and `-`, 1 to 40 characters; never `__proto__`. */
const LOCAL = /^[a-z0-9][a-z0-9.-]{0,39}$/
export const isLocalId = (text: unknown): text is string => typeof text === 'string' && LOCAL.test(text)

/** A point or a vector, mm. */
export interface Vec {
  readonly x: number
  readonly y: number
}

/**
 * A point that a person edits and that a file lists. `turn`: the line has a corner here; elsewhere it runs smoothly
 * through. `rule`: number of its grade rule, where the file gives one (0 = does not grow).
 */
export interface Key extends Vec {
  readonly turn: boolean
  readonly rule?: number
}

/**
 * A line through key points, two or more. `drawn`: the dense curve where the file has one, first and last point equal to
 * those of `keys`; null where it is the smooth curve through the keys between turns (see `curve.ts`).
 */
export interface Run {
  readonly keys: readonly Key[]
  readonly drawn: readonly Vec[] | null
}

export const CORNERS = ['mitre', 'square', 'mirrored', 'stepped', 'folded'] as const
/**
 * How the cut line turns where an edge's allowance meets the next one's: `mitre` both lines run on until they meet, `square` cut off at right
 * angles to the sew line, `mirrored` the next edge's line is reflected about this edge (hems and folds), `stepped` each allowance ends
 * at its own edge's end, `folded` at the point of a dart that is folded and not cut out (see `cap.ts`; a mitre elsewhere).
 */
export type Corner = (typeof CORNERS)[number]

/** How an edge is sewn; see `stitches.ts` for the codes. */
export interface Sewing {
  /** ISO 4915 type, such as '301'. */
  readonly stitch: string
  /** ISO 4916 class 1 to 8. */
  readonly seam: number
  /** Stitches per inch. */
  readonly spi: number
  readonly needles: number
  /** Distance between needles, mm; 0 for one needle. */
  readonly gauge: number
  /** As the ticket says it, such as 'Tex 27'; may be empty. */
  readonly thread: string
}

/** A stretch of the outline between two corners. What it is; where it lies is in `Shape.runs` at the same index. */
export interface Edge {
  readonly id: EdgeId
  /** *Tramo*, as people call it (`escote`, `sisa`); empty where nobody has said. */
  readonly name: string
  /** Seam allowance, mm ≥ 0; null where nobody knows. */
  readonly allowance: number | null
  /** At the end of this edge. */
  readonly corner: Corner
  /** A hem: its depth is the allowance; how often the cloth is folded. */
  readonly hem: { readonly folds: 1 | 2 } | null
  readonly sewing: Sewing | null
}

export const NOTCH_KINDS = ['slit', 'v', 't', 'castle', 'check', 'u'] as const
export type NotchKind = (typeof NOTCH_KINDS)[number]

export interface Notch {
  readonly id: NotchId
  readonly edge: EdgeId
  readonly kind: NotchKind
  /** mm, ≥ 0; 0 where the file gives none. */
  readonly depth: number
  readonly width: number
  /** Direction, degrees counter-clockwise from +x; null = perpendicular to the edge, inwards. */
  readonly angle: number | null
  readonly rule?: number
}

/** Where a notch sits: arc length from the start of its edge, mm, and how far left of the edge (0 on it), mm. */
export interface NotchPlace {
  readonly s: number
  readonly off: number
  /** How far ahead of there, along the edge, mm; only where no normal of the edge goes through it, as inside of a corner. */
  readonly slip?: number | undefined
}

export interface Drill {
  readonly id: DrillId
  /** Diameter in mm; 0 where the file gives none. */
  readonly diameter: number
  readonly label: string
  readonly rule?: number
}

/** A line inside the piece: drawn (`line`, `sew`, `stripe`, `plaid`) or cut out (`cut`). Closed where its first and last keys are one point. */
export interface Internal {
  readonly id: InternalId
  readonly kind: 'line' | 'cut' | 'stripe' | 'plaid' | 'mark'
  readonly label: string
  /** Holds for the drawn side alone when the piece is unfolded (`NM` in files). */
  readonly oneSide: boolean
}

/** A text lying on the piece; `layer` is where a DXF keeps it (15 for notes). Only for the base size. */
export interface Note {
  readonly at: Vec
  readonly text: string
  readonly layer: number
}

/** One size of a piece. Arrays run beside `Piece.edges`, `notches`, `drills`, `internals`: same length, same order, every size. */
export interface Shape {
  readonly runs: readonly Run[]
  readonly notches: readonly (NotchPlace | null)[]
  readonly drills: readonly (Vec | null)[]
  readonly internals: readonly (Run | null)[]
  readonly grain: readonly [Vec, Vec] | null
  /** Sew lines as the file has them, untouched; empty where they are derived from the allowances. Every operation on the outline empties it. */
  readonly sew: readonly Run[]
}

export interface Piece {
  readonly id: PieceId
  readonly name: string
  /**
   * What the ring of edges is: the line to cut along, or the line to sew along. The other one is derived with the
   * allowances (see `allowance.ts`); null while nobody has said, and then both are taken to be the ring.
   */
  readonly ring: 'cut' | 'sew' | null
  /** In ring order, counter-clockwise (interior on the left). */
  readonly edges: readonly Edge[]
  /** The file drew it clockwise; an export does so again. */
  readonly clockwise: boolean
  readonly notches: readonly Notch[]
  readonly drills: readonly Drill[]
  readonly internals: readonly Internal[]
  readonly notes: readonly Note[]
  /** The mirror line of a half piece: the whole is the half and its reflection across this (straight) edge. */
  readonly fold: EdgeId | null
  /** How many to cut as drawn and mirrored. */
  readonly quantity: { readonly drawn: number; readonly mirrored: number }
  readonly material: string
  /** What it is for, as the file says (`CATEGORY`). */
  readonly category: string
  readonly annotation: string
  /** Other texts of the piece, verbatim, by key. */
  readonly info: Readonly<Record<string, string>>
  /** By size, in the order of `Pattern.sizes`; null where the pattern lacks the piece in that size. */
  readonly shapes: readonly (Shape | null)[]
}

/** An edge as a seam walks it: from its start, as the ring runs, or `back` from its end. */
export interface Link {
  readonly edge: EdgeId
  readonly back: boolean
}

/**
 * Edges that are sewn together: each side a chain in walking order, both from the same end. Proposed by the reader until a person confirms it.
 *
 * One direction a link is all that garments need. A sleeve cap goes up the front's armhole and down the back's, and the same direction says which hand of a piece is meant: on a walk a has its cloth on the left and b
 * on the right, so a link of a that goes back, or one of b that doesn't, is of the other hand: the half beyond the fold, or the mirrored one of a pair. So a collar's
 * neckline passes half a back and goes on through its mirror image (the edge is in the chain once each way), and a centre back is sewn to its own mirror image (the same
 * way on both sides). No edge is in a seam twice with the same hand. With every link turned it is the same seam on the garment's other side.
 */
export interface Seam {
  readonly id: SeamId
  readonly a: readonly Link[]
  readonly b: readonly Link[]
  readonly confirmed: boolean
  /** Longer a is wanted (fullness eased into b), mm; 0 for equal. */
  readonly ease: number
}

/** A place on the outline, the same in every size: share of the edge's length, 0 to 1. */
export interface OnEdge {
  readonly edge: EdgeId
  readonly t: number
}

/** A point of measure: from one place to another, straight or along the outline (counter-clockwise). */
export interface Measure {
  readonly name: string
  readonly from: OnEdge
  readonly to: OnEdge
  readonly along: 'straight' | 'curve'
  /** Accepted difference, mm ≥ 0. */
  readonly tolerance: number
}

/** Displacements of a grade rule, mm, one a size in the order of `Pattern.sizes`; (0,0) at the base. */
export interface GradeRule {
  readonly rule: number
  readonly by: readonly Vec[]
}

/** What a file said of itself. */
export interface Source {
  readonly format: 'aama' | 'astm' | 'svg' | 'puntada'
  /** Who wrote the file: 'accumark', 'clo', 'polypattern', 'optitex', 'boke', 'seamline', 'freesewing', …; 'unknown'. */
  readonly vendor: string
  readonly product: string
  readonly release: string
  /** Texts of the style, verbatim, by key as written. */
  readonly texts: Readonly<Record<string, string>>
}

export interface Pattern {
  readonly name: string
  /** One or more; the sizes of the nest, smallest first as the file orders them. */
  readonly sizes: readonly string[]
  /** Index of the base size. */
  readonly base: number
  readonly pieces: readonly Piece[]
  readonly seams: readonly Seam[]
  readonly measures: readonly Measure[]
  readonly rules: readonly GradeRule[]
  readonly source: Source
}

export const pieceOf = (pattern: Pattern, id: PieceId): Piece | null => pattern.pieces.find((p) => p.id === id) ?? null

/** The piece that an edge belongs to and the edge's index in its ring; null where there is none. */
export const edgeOf = (pattern: Pattern, id: EdgeId): { piece: Piece; edge: Edge; index: number } | null => {
  for (const piece of pattern.pieces) {
    const index = piece.edges.findIndex((edge) => edge.id === id)
    const edge = piece.edges[index]
    if (edge) return { piece, edge, index }
  }
  return null
}

/** The same pattern with one piece replaced by what `change` makes of it. */
export const withPiece = (pattern: Pattern, id: PieceId, change: (piece: Piece) => Piece): Pattern => ({
  ...pattern,
  pieces: pattern.pieces.map((piece) => (piece.id === id ? change(piece) : piece)),
})
