import { type Box, overlaps, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { PersonId, SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { BoardSession } from '../sync/contract.ts'
import type { CanvasEvents } from './contract.ts'
import { fitted, regionOf, resized, revealed, type ScreenPoint, type Size, union, type Viewport } from './viewport.ts'

/** Free room around what is fitted, in screen pixels. */
const MARGIN_PX = 44
/** What is in hand stays this far from the edges when the window gets smaller, in screen pixels: its badge and a ruler have room. */
const KEPT_PX = 64
/** A deep link brings a mark at least this near, in screen pixels of a millimetre. */
const NEAR_SCALE = 1

export interface CameraNeeds {
  readonly session: BoardSession
  events(): CanvasEvents
  /** The board is seen from elsewhere. */
  moved(): void
}

/** The share of the view, one way, below which edges and handles of a piece lie under one finger. */
const WORKABLE = 0.25

/** Where on the board one looks, and whom one follows there. */
export interface Camera {
  readonly view: () => Viewport
  readonly size: () => Size
  readonly region: () => Box
  readonly middle: () => ScreenPoint
  /** By hand: whoever follows lets go. */
  byHand(move: (view: Viewport) => Viewport): void
  /** By hand too: a sheet, a region in board millimetres, or everything that lies on the table. */
  fit(what?: { readonly sheet: SheetId } | { readonly box: Box }): void
  /** By hand too: fits a region that is out of view, or takes less of it than one can work on. */
  bringNear(box: Box): void
  /** Brings a mark's box into view, as near as it is or nearer. */
  goTo(box: Box): void
  /** The window has another size; nothing while it has none. What was in view of `keep` stays so. */
  resize(size: Size, keep?: Box | null): void
  /** Fits everything once, when there is something and a window to fit it into. */
  settle(): void
  follow(person: PersonId | null): void
  readonly isFollowing: () => boolean
  /** The one followed may look elsewhere now. */
  keepUp(): void
  letGo(): void
}

const boxOf = (sheet: Sheet): Box => ({ x: sheet.place.x, y: sheet.place.y, ...sizeOnBoard(sheet) })

export const openCamera = ({ session, events, moved }: CameraNeeds): Camera => {
  let view: Viewport = { x: 0, y: 0, scale: 1 }
  let size: Size = { width: 1, height: 1 }
  let settled = false
  let following: PersonId | null = null

  const region = (): Box => regionOf(view, size)
  const look = (next: Viewport): void => {
    view = next
    moved()
    const seen = region()
    events().onView({ scale: view.scale, region: seen })
    // Whoever follows shows no view of their own: two who follow each other would zoom out for ever.
    const own = { cx: seen.x + seen.width / 2, cy: seen.y + seen.height / 2, width: seen.width, height: seen.height }
    session.show({ view: following === null ? own : null })
  }
  const bringIn = (box: Box | null): void => {
    if (box) look(fitted(box, size, Math.min(MARGIN_PX, size.width / 10)))
  }
  const everything = (): Box | null =>
    session.records
      .get()
      .sheets.filter(({ away }) => !away)
      .map(boxOf)
      .reduce<Box | null>((all, box) => (all ? union(all, box) : box), null)
  const settle = (): void => {
    const all = everything()
    if (settled || !all || size.width <= 1) return
    settled = true
    bringIn(all)
  }
  const letGo = (): void => {
    if (following === null) return
    following = null
    events().onFollowEnded()
  }
  const keepUp = (): void => {
    if (following === null) return
    const other = session.others.get().find(({ person, view }) => person === following && view)
    if (!other?.view) return
    const { cx, cy, width, height } = other.view
    look(fitted({ x: cx - width / 2, y: cy - height / 2, width, height }, size, 0))
  }
  return {
    view: () => view,
    size: () => size,
    region,
    middle: () => ({ x: size.width / 2, y: size.height / 2 }),
    byHand(move) {
      letGo()
      look(move(view))
    },
    fit(what) {
      letGo()
      if (!what) bringIn(everything())
      else if ('box' in what) bringIn(what.box)
      else {
        const sheet = session.records.get().sheets.find(({ id }) => id === what.sheet)
        if (sheet) bringIn(boxOf(sheet))
      }
    },
    bringNear(box) {
      const seen = region()
      const isIn =
        box.x >= seen.x &&
        box.y >= seen.y &&
        box.x + box.width <= seen.x + seen.width &&
        box.y + box.height <= seen.y + seen.height
      const isSmall = Math.max(box.width / seen.width, box.height / seen.height) < WORKABLE
      if (isIn && !isSmall) return
      letGo()
      bringIn(box)
    },
    goTo(box) {
      letGo()
      settled = true
      const scale = Math.max(view.scale, NEAR_SCALE)
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      const isInside = box.width * scale < size.width * 0.8 && box.height * scale < size.height * 0.8
      if (isInside) look({ scale, x: x - size.width / 2 / scale, y: y - size.height / 2 / scale })
      else bringIn(box)
    },
    resize(next, keep) {
      const from = size
      const isSeen = keep && overlaps(keep, region())
      size = next
      if (settled) {
        const same = resized(view, from, next)
        look(isSeen ? revealed(same, next, keep, KEPT_PX) : same)
        keepUp()
      } else settle()
    },
    settle,
    follow(person) {
      following = person
      if (person === null) look(view)
      else keepUp()
    },
    isFollowing: () => following !== null,
    keepUp,
    letGo,
  }
}
