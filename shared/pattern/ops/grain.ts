import type { Op } from '../apply.ts'
import { refuse } from '../apply.ts'
import { pieceOf, type Vec } from '../model.ts'
import { contains } from '../ring.ts'
import { add, along, dist, dot, lerp, normal, rotate, scale, sub, unit } from '../vec.ts'
import { unchanged } from './edges.ts'
import { eachSize, reshaped } from './parts.ts'

/** Lines that are tried across a piece for a grain line, and how much of the longest one it takes. */
const TRIED = 24
const TAKES = 0.8

/**
 * A grain line for a part of a piece: its own where the middle of that lies in the part, else one in the same direction, no longer, where
 * the part is longest.
 */
export const grainIn = (outline: readonly Vec[], grain: readonly [Vec, Vec]): readonly [Vec, Vec] => {
  const [from, to] = grain
  const way = unit(sub(to, from))
  if (contains(outline, lerp(from, to, 0.5)) || (way.x === 0 && way.y === 0)) return grain
  const side = normal(way)
  const across = outline.map((v) => dot(side, v))
  const [low, high] = [Math.min(...across), Math.max(...across)]
  let best: { readonly level: number; readonly start: number; readonly length: number } | null = null
  for (let k = 1; k < TRIED; k++) {
    const level = low + ((high - low) * k) / TRIED
    const stops = outline.flatMap((a, i): number[] => {
      const b = outline[(i + 1) % outline.length] as Vec
      const [p, q] = [dot(side, a) - level, dot(side, b) - level]
      return p < 0 === q < 0 ? [] : [dot(way, lerp(a, b, p / (p - q)))]
    })
    stops.sort((a, b) => a - b)
    for (let i = 0; i + 1 < stops.length; i += 2) {
      const [start, length] = [stops[i] as number, (stops[i + 1] as number) - (stops[i] as number)]
      if (best === null || length > best.length) best = { level, start, length }
    }
  }
  if (best === null) return grain
  const half = Math.min(dist(from, to), TAKES * best.length) / 2
  const middle = add(scale(side, best.level), scale(way, best.start + best.length / 2))
  return [along(middle, way, -half), along(middle, way, half)]
}

/**
 * Turns the grain line by `turn` degrees counter-clockwise about its own middle; its length stays, and so does every other line.
 *
 * @returns refused with `no-grain` where a size has none
 */
export const grain: Op<'grain'> = (pattern, { piece: id, turn }, sizes) => {
  const piece = pieceOf(pattern, id)
  if (!piece) return refuse('no-such-piece', { piece: id })
  if (turn === 0) return unchanged(pattern)
  const shapes = eachSize(pattern, piece, sizes, (shape) => {
    if (!shape.grain) return refuse('no-grain')
    const [from, to] = shape.grain
    const middle = lerp(from, to, 0.5)
    return { ...shape, grain: [rotate(from, turn, middle), rotate(to, turn, middle)] }
  })
  return reshaped(pattern, piece, shapes, sizes, turn % 180 === 0 ? [] : [{ code: 'grain-turned', piece: id }])
}
