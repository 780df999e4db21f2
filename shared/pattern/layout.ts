import { drawnOf } from './curve.ts'
import type { Pattern, Piece, PieceId, Shape, Vec } from './model.ts'
import { type Box, boxOf, outlineOf } from './ring.ts'

/** Where pieces lie on a sheet, mm, y down: `sheetX = at.x + x`, `sheetY = at.y − y`. All sizes of a piece share one place. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly at: Readonly<Record<PieceId, Vec>>
}

/** Air around each piece, mm. */
export const AIR = 20

/** Lines of a piece that lie further from its outline are left where they are, mm: a stray one makes no sheet of many metres. */
const STRAY = 150

/** The room of one size: its outline, and the grain and lines to place by that some programs draw beyond it. */
const drawnBox = (shape: Shape): Box | null => {
  const box = boxOf(outlineOf(shape))
  const lines = boxOf([...(shape.grain ?? []), ...shape.internals.flatMap((run) => (run ? drawnOf(run) : []))])
  if (!box || !lines) return box
  return {
    minX: Math.min(box.minX, Math.max(lines.minX, box.minX - STRAY)),
    minY: Math.min(box.minY, Math.max(lines.minY, box.minY - STRAY)),
    maxX: Math.max(box.maxX, Math.min(lines.maxX, box.maxX + STRAY)),
    maxY: Math.max(box.maxY, Math.min(lines.maxY, box.maxY + STRAY)),
  }
}

const roomOf = (piece: Piece): Box => {
  const boxes = piece.shapes.flatMap((shape) => (shape && drawnBox(shape)) ?? [])
  const around = piece.ring === 'sew' ? Math.max(0, ...piece.edges.map(({ allowance }) => allowance ?? 0)) : 0
  const corners = boxes.flatMap(({ minX, minY, maxX, maxY }) => [
    { x: minX - around, y: minY - around },
    { x: maxX + around, y: maxY + around },
  ])
  return boxOf(corners) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }
}

const width = (box: Box) => box.maxX - box.minX
const height = (box: Box) => box.maxY - box.minY

/** Where the room of a piece lies on the sheet, mm, y down. */
const laid = (room: Box, { x, y }: Vec): Box => ({
  minX: x + room.minX,
  minY: y - room.maxY,
  maxX: x + room.maxX,
  maxY: y - room.minY,
})
/** Two rooms that overlap by less lie side by side, mm: what reckoning leaves. */
const TOUCH = 1e-6
/** Whether two rooms come nearer to each other than `air`. */
const collide = (a: Box, b: Box, air = 0): boolean =>
  a.minX < b.maxX + air - TOUCH &&
  b.minX < a.maxX + air - TOUCH &&
  a.minY < b.maxY + air - TOUCH &&
  b.minY < a.maxY + air - TOUCH

interface Placed {
  readonly id: PieceId
  readonly room: Box
  readonly at: Vec
}

/** Those that have to go so that no two rooms overlap and none leaves the sheet: again and again the one in the way of most, of equals the last. */
const inTheWay = (placed: readonly Placed[]): ReadonlySet<Placed> => {
  const boxes = new Map(placed.map((one) => [one, laid(one.room, one.at)]))
  const outside = placed.filter((one) => {
    const box = boxes.get(one)
    return box && (box.minX < -TOUCH || box.minY < -TOUCH)
  })
  const gone = new Set(outside)
  for (;;) {
    const left = placed.filter((one) => !gone.has(one))
    let [worst, most]: [Placed | null, number] = [null, 0]
    for (const one of left) {
      const met = left.filter(
        (other) => other !== one && collide(boxes.get(one) as Box, boxes.get(other) as Box),
      ).length
      if (met > 0 && met >= most) [worst, most] = [one, met]
    }
    if (!worst) return gone
    gone.add(worst)
  }
}

/** The free place nearest to where a piece lay, with AIR around it, no wider than the sheet; there is always one below all others. */
const freePlace = ({ room, at }: Placed, others: readonly Box[], wide: number): Vec => {
  const own = laid(room, at)
  const near = (steps: readonly number[]): readonly number[] => [...steps].sort((a, b) => Math.abs(a) - Math.abs(b))
  const across = near([
    0,
    AIR - own.minX,
    ...others.flatMap((box) => [box.maxX + AIR - own.minX, box.minX - AIR - own.maxX]),
  ])
  const down = near([
    0,
    AIR - own.minY,
    ...others.flatMap((box) => [box.maxY + AIR - own.minY, box.minY - AIR - own.maxY]),
  ])
  let [best, least]: [Vec, number] = [at, Infinity]
  for (const dx of across) {
    if (Math.abs(dx) >= least) break
    if (own.minX + dx < AIR - TOUCH || own.maxX + dx > Math.max(wide, width(room) + 2 * AIR) - AIR + TOUCH) continue
    for (const dy of down) {
      const far = Math.hypot(dx, dy)
      if (far >= least) break
      const box = laid(room, { x: at.x + dx, y: at.y + dy })
      if (box.minY < AIR - TOUCH || others.some((other) => collide(box, other, AIR))) continue
      ;[best, least] = [{ x: at.x + dx, y: at.y + dy }, far]
      break
    }
  }
  return best
}

/** Pieces that were laid before, where they lay but for those in the way. */
const apart = (placed: readonly Placed[], wide: number): readonly Placed[] => {
  const moving = inTheWay(placed)
  const boxes = placed.flatMap((one) => (moving.has(one) ? [] : [laid(one.room, one.at)]))
  return placed.map((one) => {
    if (!moving.has(one)) return one
    const at = freePlace(one, boxes, wide)
    boxes.push(laid(one.room, at))
    return { ...one, at }
  })
}

/**
 * Pieces side by side in rows, in their order, with AIR between them and around, each with room for its largest size. Pieces of
 * `kept` stay where they were while no two of them overlap and none leaves the sheet to the left or above; then those in the way of most go to the free
 * place nearest to theirs, with AIR around it, and of equals the last. New ones go in rows below all of them.
 */
export const layOut = (pattern: Pattern, kept?: Layout): Layout => {
  const rooms = pattern.pieces.map((piece) => ({ id: piece.id, room: roomOf(piece) }))
  const at: Record<PieceId, Vec> = {}
  let [right, bottom] = [0, 0]
  const known = rooms.flatMap(({ id, room }): Placed[] => {
    const place = kept && Object.hasOwn(kept.at, id) ? kept.at[id] : undefined
    return place ? [{ id, room, at: place }] : []
  })
  for (const { id, room, at: place } of apart(known, kept?.width ?? 0)) {
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
