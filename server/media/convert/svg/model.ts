import type { Segment } from '../../../../shared/pattern/svg/tree.ts'

/** What a drawing holds, in millimetres from its top left corner: our own vectors, of which nothing is the file's own markup. */
export interface Drawing {
  /** Millimetres, both > 0. */
  readonly width: number
  readonly height: number
  /** In painting order. */
  readonly items: readonly Item[]
}

export interface Paint {
  /** `#rrggbb` */
  readonly colour: string
  /** 0–1 */
  readonly alpha: number
}

export interface Stroke extends Paint {
  readonly width: number
  /** Lengths on and off in turn, an even count; empty for a solid line. */
  readonly dash: readonly number[]
  readonly dashOffset: number
  readonly cap: 'butt' | 'round' | 'square'
  readonly join: 'miter' | 'round' | 'bevel'
  readonly miter: number
}

export interface PathItem {
  readonly kind: 'path'
  readonly segments: readonly Segment[]
  readonly fill: Paint | null
  readonly fillRule: 'nonzero' | 'evenodd'
  readonly stroke: Stroke | null
  /** The file's own id and classes, for telling seams from notches later. At most 100 letters. */
  readonly label: string
}

export interface TextItem {
  readonly kind: 'text'
  readonly text: string
  /** From ems of the text (origin at its start on the baseline, y down) to millimetres. */
  readonly matrix: Matrix
  /** Width in ems. */
  readonly long: number
  /** 200–900 */
  readonly weight: number
  readonly italic: boolean
  readonly fill: Paint
}

export type Item = PathItem | TextItem

/** x' = a x + c y + e, y' = b x + d y + f, as in SVG. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]
