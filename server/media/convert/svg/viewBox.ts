import { numbersOf } from './lengths.ts'
import { shift, stretch, times } from './matrix.ts'
import type { Matrix } from './model.ts'

export interface ViewBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Null when missing or without extent. */
export const readViewBox = (text: string | undefined): ViewBox | null => {
  const numbers = numbersOf(text)
  const [x = 0, y = 0, width = 0, height = 0] = numbers
  return numbers.length === 4 && numbers.every(Number.isFinite) && width > 0 && height > 0
    ? { x, y, width, height }
    : null
}

/** From the units inside a viewBox to those of the viewport around it, as `preserveAspectRatio` says (SVG 2, 8.6). */
export const fitViewBox = (box: ViewBox, width: number, height: number, aspect: string | undefined): Matrix => {
  const [align = 'xMidYMid', mode = 'meet'] = (aspect ?? '').trim().split(/\s+/).filter(Boolean)
  let scaleX = width / box.width
  let scaleY = height / box.height
  if (align === 'none') return times(stretch(scaleX, scaleY), shift(-box.x, -box.y))
  scaleX = scaleY = mode === 'slice' ? Math.max(scaleX, scaleY) : Math.min(scaleX, scaleY)
  const part = (word: string) => (align.includes(`${word}Min`) ? 0 : align.includes(`${word}Max`) ? 1 : 0.5)
  const left = (width - box.width * scaleX) * part('x')
  const top = (height - box.height * scaleY) * part('Y')
  return times(shift(left, top), times(stretch(scaleX, scaleY), shift(-box.x, -box.y)))
}
