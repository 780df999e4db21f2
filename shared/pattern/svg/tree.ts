import type { Vec } from '../model.ts'

/**
 * A drawing as the pattern reader takes it: groups with shapes, everything in millimetres of the sheet (y grows downwards, origin at
 * the top left), transforms done. The adapter that parses the file makes it (`server/pattern/svgTree.ts`); nothing here trusts it for
 * more than its shape: counts are capped there.
 */
export interface SvgTree {
  /** Millimetres of the sheet. */
  readonly width: number
  readonly height: number
  /** Millimetres of one user unit of the outermost viewBox. */
  readonly mmPerUnit: number
  /** `given`: the file has a size in physical units; `pixels`: a size in CSS pixels; `guessed`: none at all. */
  readonly size: 'given' | 'pixels' | 'guessed'
  /** Version that FreeSewing writes on the root, or null. */
  readonly freesewing: string | null
  /** `data-*` attributes of the root, without the prefix. */
  readonly data: Readonly<Record<string, string>>
  readonly root: SvgGroup
}

export interface SvgGroup {
  readonly is: 'group'
  readonly id: string
  /** What a person called it (`inkscape:label`, `aria-label`, title); empty where nobody did. */
  readonly label: string
  readonly layer: boolean
  readonly classes: readonly string[]
  readonly data: Readonly<Record<string, string>>
  /** Where the group's own (0,0) lies on the sheet. */
  readonly origin: Vec
  readonly children: readonly SvgNode[]
}

/** Absolute: move, line, cubic curve (two control points and the end), close. */
export type Segment =
  | readonly ['M', number, number]
  | readonly ['L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']

export interface SvgShape {
  readonly is: 'shape'
  readonly id: string
  readonly label: string
  readonly classes: readonly string[]
  readonly data: Readonly<Record<string, string>>
  /** Name of the element: `path`, `circle`, `line`… */
  readonly element: string
  readonly dashed: boolean
  /** Ids of the markers at its ends; empty for none. */
  readonly markers: readonly [start: string, end: string]
  readonly segments: readonly Segment[]
}

/** A symbol put somewhere: FreeSewing's notches and buttons. */
export interface SvgUse {
  readonly is: 'use'
  /** Id of what it shows. */
  readonly of: string
  readonly at: Vec
  /** Degrees clockwise on the sheet. */
  readonly turn: number
  readonly scale: number
}

export interface SvgText {
  readonly is: 'text'
  readonly at: Vec
  readonly classes: readonly string[]
  /** One line, spaces run together. */
  readonly text: string
}

export type SvgNode = SvgGroup | SvgShape | SvgUse | SvgText
