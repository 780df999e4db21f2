import type { Matrix } from './model.ts'

export const SAME: Matrix = [1, 0, 0, 1, 0, 0]

/** First `inner`, then `outer`. */
export const times = (outer: Matrix, inner: Matrix): Matrix => {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}
export const shift = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y]
export const stretch = (x: number, y: number): Matrix => [x, 0, 0, y, 0, 0]
export const turn = (radians: number): Matrix => {
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  return [cos, sin, -sin, cos, 0, 0]
}
export const move = ([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] => [
  a * x + c * y + e,
  b * x + d * y + f,
]
/** By how much lengths grow, in the mean of all directions. */
export const growth = ([a, b, c, d]: Matrix): number => Math.sqrt(Math.abs(a * d - b * c))
export const isSound = (matrix: Matrix): boolean => matrix.every(Number.isFinite)

const RADIANS = Math.PI / 180

const one = (name: string, n: readonly number[]): Matrix | null => {
  const [a = Number.NaN, b, c] = n
  switch (name) {
    case 'matrix':
      return n.length === 6 ? (n as unknown as Matrix) : null
    case 'translate':
      return shift(a, b ?? 0)
    case 'scale':
      return stretch(a, b ?? a)
    case 'rotate':
      return b === undefined
        ? turn(a * RADIANS)
        : times(times(shift(b, c ?? 0), turn(a * RADIANS)), shift(-b, -(c ?? 0)))
    case 'skewX':
      return [1, 0, Math.tan(a * RADIANS), 1, 0, 0]
    case 'skewY':
      return [1, Math.tan(a * RADIANS), 0, 1, 0, 0]
    default:
      return null
  }
}

/** Reads a `transform` attribute; null when it is not one or its numbers are impossible. */
export const readTransform = (text: string): Matrix | null => {
  let matrix = SAME
  const rest = text.replace(/([a-zA-Z]+)\s*\(([^()]*)\)[\s,]*/g, (_, name: string, list: string) => {
    const numbers =
      list.trim() === ''
        ? []
        : list
            .trim()
            .split(/[\s,]+/)
            .map(Number)
    const next = one(name, numbers)
    matrix = next === null ? ([Number.NaN, 0, 0, 0, 0, 0] as const) : times(matrix, next)
    return ''
  })
  return rest.trim() === '' && isSound(matrix) ? matrix : null
}
