import type { Pattern, PieceId, Vec } from './model.ts'
import { boxOf, outlineOf, type PlainBox } from './ring.ts'

/**
 * Where the pieces of a pattern lie on their sheet, in sheet millimetres, y downwards: a point (x, y) of a piece is at
 * (at.x + x, at.y − y). The sizes of a piece lie on each other as in the file.
 */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly at: Readonly<Record<string, Vec>>
}

/** Room between pieces and around them, mm: for allowances that grow, notches that stand out and names. */
const AIR = 20
/** A sheet is about this much wider than high: a table. */
const SHAPE = 1.5

const room = (pattern: Pattern, piece: PieceId): PlainBox | null => {
  const found = pattern.pieces.find(({ id }) => id === piece)
  const boxes = (found?.shapes ?? []).flatMap((shape) => (shape ? [boxOf(outlineOf(shape))] : []))
  return boxOf(boxes.flatMap((box) => (box ? [box, { x: box.x + box.width, y: box.y + box.height }] : [])))
}

/**
 * Lays pieces side by side in rows, largest first, with room for every size. Pieces that `kept` knows stay where they are if they still
 * have room; new ones are laid below.
 */
export const layOut = (pattern: Pattern, kept?: Layout): Layout => {
  const at: Record<string, Vec> = {}
  const boxes = pattern.pieces.flatMap((piece) => {
    const box = room(pattern, piece.id)
    return box ? [{ id: piece.id, box }] : []
  })
  let [width, height] = [kept?.width ?? 0, kept?.height ?? 0]
  const fresh: typeof boxes = []
  for (const one of boxes) {
    const place = kept && Object.hasOwn(kept.at, one.id) ? kept.at[one.id] : undefined
    if (!place) {
      fresh.push(one)
      continue
    }
    at[one.id] = place
    width = Math.max(width, place.x + one.box.x + one.box.width + AIR)
    height = Math.max(height, place.y - one.box.y + AIR)
  }
  const area = fresh.reduce((sum, { box }) => sum + (box.width + AIR) * (box.height + AIR), 0)
  const widest = Math.max(0, ...fresh.map(({ box }) => box.width + 2 * AIR))
  const row = Math.max(kept ? width : 0, widest, Math.sqrt(area * SHAPE))
  let [x, y, tall] = [AIR, height === 0 ? AIR : height, 0]
  for (const { id, box } of fresh.toSorted((a, b) => b.box.height - a.box.height || (a.id < b.id ? -1 : 1))) {
    if (x > AIR && x + box.width + AIR > row) {
      x = AIR
      y += tall + AIR
      tall = 0
    }
    at[id] = { x: x - box.x, y: y + box.y + box.height }
    x += box.width + AIR
    tall = Math.max(tall, box.height)
    width = Math.max(width, x)
    height = Math.max(height, y + tall + AIR)
  }
  return { width: Math.max(1, width), height: Math.max(1, height), at }
}

/** A point of a piece on the sheet. @throws {RangeError} for a piece that has no place on it. */
export const toSheet = (layout: Layout, piece: PieceId, v: Vec): Vec => {
  const at = placeOnSheet(layout, piece)
  return { x: at.x + v.x, y: at.y - v.y }
}

/** The inverse of `toSheet`. */
export const toPattern = (layout: Layout, piece: PieceId, p: Vec): Vec => {
  const at = placeOnSheet(layout, piece)
  return { x: p.x - at.x, y: at.y - p.y }
}

const placeOnSheet = (layout: Layout, piece: PieceId): Vec => {
  const at = Object.hasOwn(layout.at, piece) ? layout.at[piece] : undefined
  if (!at) throw new RangeError(`no place on the sheet: ${piece}`)
  return at
}
