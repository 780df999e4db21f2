import type { Vec } from '../model.ts'
import type { Comments } from './own.ts'
import type { Pair } from './texts.ts'

/** A layer as the file names it, and its number where it has one; one object a layer of a file. */
export interface Layer {
  readonly name: string
  readonly number: number | null
}

/**
 * What became of an entity: part of the pattern as the file says, as far as one can guess, or nothing. The reader writes it down
 * as it goes, so that whatever it forgets is told as skipped.
 */
export type Fate = 'skipped' | 'guessed' | 'read'

/**
 * A line of a drawing. `points` are what the file lists: vertices, or for arcs and splines a few points on the curve. `dense` is the
 * curve itself where it is more than the points. Closed lines repeat their first point.
 */
export interface DrawnLine {
  readonly is: 'line'
  fate: Fate
  readonly layer: Layer
  readonly points: readonly Vec[]
  readonly dense: readonly Vec[] | null
  readonly closed: boolean
  /** A polyline may be an edge of its own; pieces of an exploded curve are not. */
  readonly polyline: boolean
  /** Of a circle, in the units of the file; 0 of all else. */
  readonly radius: number
}
export interface DrawnPoint {
  readonly is: 'point'
  fate: Fate
  readonly layer: Layer
  readonly x: number
  readonly y: number
  /** Groups 30, 39 and 50; null where the file gives none. */
  readonly depth: number | null
  readonly width: number | null
  readonly angle: number | null
}
export interface DrawnText {
  readonly is: 'text'
  fate: Fate
  readonly layer: Layer
  readonly x: number
  readonly y: number
  readonly text: string
  /** What it says where it is `Key: value`. */
  readonly pair: Pair | null
}
/** An ATTDEF that ties a notch to the edge it sits on: a boundary point before the notch, and the notch. */
export interface DrawnLink {
  readonly is: 'link'
  fate: Fate
  readonly layer: Layer
  readonly before: Vec
  readonly notch: Vec
}
export interface DrawnInsert {
  readonly is: 'insert'
  fate: Fate
  readonly layer: Layer
  readonly name: string
  readonly x: number
  readonly y: number
  readonly scaleX: number
  readonly scaleY: number
  /** Degrees. */
  readonly turn: number
  /** Attributes that came with it. */
  readonly texts: DrawnText[]
}
export type Drawn = DrawnLine | DrawnPoint | DrawnText | DrawnLink | DrawnInsert

export interface Block {
  readonly name: string
  readonly base: Vec
  readonly entities: readonly Drawn[]
  /** An external reference: another file, which is not here. */
  readonly external: boolean
}

export interface Drawing {
  /** `$INSUNITS` of the header as written; empty where the file has none. */
  readonly insUnits: string
  readonly blocks: readonly Block[]
  readonly entities: readonly Drawn[]
  /** Entities of kinds that no pattern is made of, by layer and type. */
  readonly skipped: ReadonlyMap<Layer, ReadonlyMap<string, number>>
  readonly comments: Comments
  readonly hasEnd: boolean
  readonly brokenLines: number
  readonly firstBroken: number
  readonly commas: number
}
