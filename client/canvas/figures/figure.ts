import { FabricObject } from 'fabric'
import { type BoardPoint, type Box, boxOf, overlaps, toBoard } from '../../../shared/domain/geometry.ts'
import type { MarkId, SheetId } from '../../../shared/domain/ids.ts'
import type { Mark, Shape } from '../../../shared/domain/mark.ts'
import { pointsOf } from '../../../shared/domain/mark.ts'
import type { Sheet } from '../../../shared/domain/sheet.ts'
import { REACH_PX } from '../badge.ts'
import type { Head } from '../fan.ts'
import { FAN_PX } from '../looks.ts'

/** What figures share while they are drawn: the canvas is in board millimetres then. */
export interface Brush {
  /** Screen pixels of one board millimetre. */
  scale: number
  /** Device pixels of one screen pixel. */
  pixels: number
  /** The region in view, in board millimetres. */
  region: Box
  /** Length of a tape as people read it, or that its sheet has no scale. */
  length(mm: number, sheet: Sheet): string
  /** What is said in place of a sheet's picture while there is none; null where there is one, or it has only just been asked for. */
  waiting(sheet: SheetId): string | null
  /** Where the badge of a mark on a stem is. */
  head(mark: MarkId): Head
}

/** A mark as it lies on the board. */
export interface Laid {
  readonly mark: Mark
  readonly sheet: Sheet
  /** Points of its shape in board millimetres. */
  readonly points: readonly BoardPoint[]
  readonly box: Box
  readonly unsaved: boolean
}

export const laid = (mark: Mark, sheet: Sheet, unsaved: boolean): Laid => {
  const points = pointsOf(mark.shape).map((p) => toBoard(sheet, p))
  return { mark, sheet, points, box: boxOf(points) ?? { x: 0, y: 0, width: 0, height: 0 }, unsaved }
}

/** What one kind of mark looks like. */
export type Paint = (ctx: CanvasRenderingContext2D, what: Laid, brush: Brush, memory: Memory) => void
/** Paths that are dear to make, kept until the mark changes. */
export interface Memory {
  path?: Path2D
  /** Zoom for which the path was made. */
  at?: number
}

/** Screen pixels by which a figure may stand out over the box of its points: badge, line, label. */
export const OVERHANG_PX = Math.max(FAN_PX + REACH_PX, 80)

/**
 * A mark on the canvas. It draws itself straight in board millimetres: fabric's own way (a matrix, a cache and its controls for each
 * object) costs some 10 µs an object and frame, and none of it is used here.
 */
export class MarkFigure extends FabricObject {
  laid: Laid
  readonly #brush: Brush
  readonly #paint: Paint
  #memory: Memory = {}

  constructor(what: Laid, paint: Paint, brush: Brush) {
    super({ objectCaching: false, selectable: false, evented: false })
    this.laid = what
    this.#paint = paint
    this.#brush = brush
  }

  lay(what: Laid): void {
    if (what.mark.shape !== this.laid.mark.shape || what.sheet !== this.laid.sheet) this.#memory = {}
    this.laid = what
  }

  isInView(): boolean {
    const over = OVERHANG_PX / this.#brush.scale
    const { box } = this.laid
    const wide = { x: box.x - over, y: box.y - over, width: box.width + 2 * over, height: box.height + 2 * over }
    return this.visible && overlaps(wide, this.#brush.region)
  }

  override render(ctx: CanvasRenderingContext2D): void {
    if (this.isInView()) this.#paint(ctx, this.laid, this.#brush, this.#memory)
  }

  /** Fabric asks for corners when an object is added; ours has none to drag. */
  override setCoords(): void {}
}

export interface FigureKind {
  create(what: Laid, brush: Brush): MarkFigure
  update(figure: MarkFigure, what: Laid): void
}

export const figureKind = (paint: Paint): FigureKind => ({
  create: (what, brush) => new MarkFigure(what, paint, brush),
  update: (figure, what) => figure.lay(what),
})

export type ShapeOf<K extends Shape['kind']> = Extract<Shape, { kind: K }>
