import type { Pattern, Piece, PieceId, Vec } from './model.ts'
import { type Box, boxOf, outlineOf } from './ring.ts'

/** Where pieces lie on a sheet, mm, y down: `sheetX = at.x + x`, `sheetY = at.y − y`. All sizes of a piece share one place. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly at: Readonly<Record<PieceId, Vec>>
}

/** Air around each piece, mm. */
export const AIR = 20

const roomOf = (piece: Piece): Box => {
  const boxes = piece.shapes.flatMap((shape) => (shape && boxOf(outlineOf(shape))) ?? [])
  const around = piece.ring === 'sew' ? Math.max(0, ...piece.edges.map(({ allowance }) => allowance ?? 0)) : 0
  const corners = boxes.flatMap(({ minX, minY, maxX, maxY }) => [
    { x: minX - around, y: minY - around },
    { x: maxX + around, y: maxY + around },
  ])
  return boxOf(corners) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }
}

const width = (box: Box) => box.maxX - box.minX
const height = (box: Box) => box.maxY - box.minY

/**
 * Pieces side by side in rows, in their order, with AIR between them and around, each with room for its largest size. Pieces of
 * `kept` stay where they were, and new ones go in rows below them.
 */
export const layOut = (pattern: Pattern, kept?: Layout): Layout => {
  const rooms = pattern.pieces.map((piece) => ({ id: piece.id, room: roomOf(piece) }))
  const at: Record<PieceId, Vec> = {}
  let [right, bottom] = [0, 0]
  for (const { id, room } of rooms) {
    const place = kept && Object.hasOwn(kept.at, id) ? kept.at[id] : undefined
    if (!place) continue
    at[id] = place
    right = Math.max(right, place.x + room.maxX)
    bottom = Math.max(bottom, place.y - room.minY)
  }
  const loose = rooms.filter(({ id }) => !Object.hasOwn(at, id))
  const cloth = rooms.reduce((sum, { room }) => sum + (width(room) + AIR) * (height(room) + AIR), 0)
  const wide = Math.max(kept?.width ?? 0, 1.5 * Math.sqrt(cloth), ...loose.map(({ room }) => width(room) + 2 * AIR))
  let [x, top, tall] = [AIR, bottom > 0 ? bottom + AIR : AIR, 0]
  for (const { id, room } of loose) {
    if (x > AIR && x + width(room) + AIR > wide) {
      ;[x, top, tall] = [AIR, top + tall + AIR, 0]
    }
    at[id] = { x: x - room.minX, y: top + room.maxY }
    x += width(room) + AIR
    tall = Math.max(tall, height(room))
    right = Math.max(right, x - AIR)
    bottom = Math.max(bottom, top + tall)
  }
  return {
    width: Math.max(kept?.width ?? 0, right + AIR),
    height: Math.max(kept?.height ?? 0, bottom + AIR),
    at,
  }
}

const ORIGIN: Vec = { x: 0, y: 0 }
const placeOf = (layout: Layout, piece: PieceId): Vec =>
  Object.hasOwn(layout.at, piece) ? (layout.at[piece] ?? ORIGIN) : ORIGIN

/** A point of a piece on the sheet. */
export const toSheet = (layout: Layout, piece: PieceId, v: Vec): Vec => {
  const at = placeOf(layout, piece)
  return { x: at.x + v.x, y: at.y - v.y }
}
/** A point of the sheet in a piece's own axes. */
export const toPattern = (layout: Layout, piece: PieceId, p: Vec): Vec => {
  const at = placeOf(layout, piece)
  return { x: p.x - at.x, y: at.y - p.y }
}
