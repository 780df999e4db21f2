import type { Box } from '../../shared/domain/geometry.ts'
import type { MarkId, PersonId, SheetId } from '../../shared/domain/ids.ts'
import type { PieceId } from '../../shared/pattern/model.ts'

/** What the board page may ask of the canvas. `client/canvas/Canvas.tsx` gives it through `onReady`. */
export interface CanvasHandle {
  zoomBy(factor: number): void
  panBy(dxPixels: number, dyPixels: number): void
  /** Fits everything, or a sheet, or a region in board millimetres. */
  fit(what?: { sheet: SheetId } | { box: Box }): void
  /** Brings a region in board millimetres near, where it is out of view or too small there to work on. */
  bringNear(box: Box): void
  /** Brings a mark into view and selects it. */
  goTo(mark: MarkId): void
  /** Follows a person until the next pan or zoom by hand; null lets go. */
  follow(person: PersonId | null): void
}

/** An edge of a pattern; `t` is the share of its length, 0 to 1. */
export interface MeantEdge {
  readonly sheet: SheetId
  readonly piece: PieceId
  readonly edge: number
  readonly t: number
}

/** A place on a sheet that is no pattern, as shares of its width and height: x from the left, y from the bottom. */
export interface MeantSpot {
  readonly sheet: SheetId
  readonly x: number
  readonly y: number
}

/** What the page listens to. */
export interface CanvasEvents {
  onReady(handle: CanvasHandle): void
  /** Screen pixels of one board millimetre, and the region in view in board millimetres. */
  onView(view: { readonly scale: number; readonly region: Box }): void
  onSelect(mark: MarkId | null): void
  /** A shape was finished by hand and added; the page opens its composer. */
  onDrawn(mark: MarkId): void
  /** A line of known length was drawn over a photo: the page asks for the length. `length` in sheet units. */
  onScaleLine(sheet: SheetId, length: number): void
  /** An edge of a pattern was tapped, to propose something there; null beside every edge. */
  onMeant(what: MeantEdge | null): void
  /** A place on a sheet that is no pattern was tapped, to propose a look there. */
  onSpot(spot: MeantSpot): void
  onFollowEnded(): void
  /** So many sheets in view have no picture yet; 0 when all have one. */
  onWaiting?(sheets: number): void
  /** The pointer is over a mark, for a short card. */
  onHover(mark: MarkId | null): void
  /** The selected mark is asked to be deleted, by key. */
  onRemove(mark: MarkId): void
  /** Something done by hand is not allowed: a reason of `judge`, or of the schema. Nothing was changed. */
  onRefused?(reason: string): void
}
