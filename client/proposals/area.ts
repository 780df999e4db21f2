import type { Vec } from '../../shared/pattern/model.ts'
import { type OperationOf, settle } from '../../shared/pattern/operation.ts'

type Area = OperationOf<'lookArea'>

/** Corners as points: shares of the sheet, y from the bottom. */
export const cornersOf = (area: readonly number[]): Vec[] =>
  Array.from({ length: Math.floor(area.length / 2) }, (_, i) => ({
    x: area[2 * i] as number,
    y: area[2 * i + 1] as number,
  }))
const flat = (corners: readonly Vec[]): number[] => corners.flatMap(({ x, y }) => [x, y])
const withArea = (operation: Area, corners: readonly Vec[]): Area =>
  settle({ ...operation, area: flat(corners) }) as Area

/** Half the side of an area that somebody has only pointed at, as a share of the sheet. */
const HALF = 0.15
/** A square around a place, moved inside where it would stick out. */
export const areaAround = ({ x, y }: Vec): number[] => {
  const [cx, cy] = [Math.min(1 - HALF, Math.max(HALF, x)), Math.min(1 - HALF, Math.max(HALF, y))]
  const round = (n: number): number => Math.round(n * 1e4) / 1e4
  return flat([
    { x: cx - HALF, y: cy - HALF },
    { x: cx + HALF, y: cy - HALF },
    { x: cx + HALF, y: cy + HALF },
    { x: cx - HALF, y: cy + HALF },
  ]).map(round)
}
export const middleOf = (area: readonly number[]): Vec => {
  const corners = cornersOf(area)
  const sum = corners.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 })
  return { x: sum.x / corners.length, y: sum.y / corners.length }
}

export const moveCorner = (operation: Area, i: number, to: Vec): Area =>
  withArea(operation, cornersOf(operation.area).with(i, to))
/** The whole area with its middle there, as far as the sheet goes. */
export const moveArea = (operation: Area, to: Vec): Area => {
  const corners = cornersOf(operation.area)
  const middle = middleOf(operation.area)
  const room = (of: (v: Vec) => number, by: number): number =>
    Math.min(1 - Math.max(...corners.map(of)), Math.max(-Math.min(...corners.map(of)), by))
  const dx = room(({ x }) => x, to.x - middle.x)
  const dy = room(({ y }) => y, to.y - middle.y)
  return withArea(
    operation,
    corners.map(({ x, y }) => ({ x: x + dx, y: y + dy })),
  )
}
/** One more corner, in the middle of the longest side. */
export const addCorner = (operation: Area): Area => {
  const corners = cornersOf(operation.area)
  let longest = { i: 0, length: -1 }
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length] as Vec
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    if (length > longest.length) longest = { i, length }
  })
  const [a, b] = [corners[longest.i] as Vec, corners[(longest.i + 1) % corners.length] as Vec]
  return withArea(operation, corners.toSpliced(longest.i + 1, 0, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }))
}
export const dropCorner = (operation: Area, i: number): Area =>
  operation.area.length <= 6 ? operation : withArea(operation, cornersOf(operation.area).toSpliced(i, 1))

/** A look on a new place of a sheet. */
export const lookAround = (at: Vec): Area => ({
  op: 'lookArea',
  area: areaAround(at),
  kind: 'textura',
  colour: '',
  swatch: 'mezclilla',
  words: '',
})
