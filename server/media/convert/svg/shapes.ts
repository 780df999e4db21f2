import type { Segment } from '../../../../shared/pattern/svg/tree.ts'
import { lengthOf, numbersOf } from './lengths.ts'
import { readPath } from './path.ts'
import type { Node } from './tree.ts'

export interface Viewport {
  readonly width: number
  readonly height: number
}

/** What 100 % is for lengths that are neither across nor down (SVG 2, 8.9). */
export const diagonal = ({ width, height }: Viewport): number => Math.hypot(width, height) / Math.SQRT2

const ellipse = (x: number, y: number, rx: number, ry: number): string =>
  rx > 0 && ry > 0 ? `M${x - rx} ${y}a${rx} ${ry} 0 1 1 ${2 * rx} 0a${rx} ${ry} 0 1 1 ${-2 * rx} 0Z` : ''

const rectangle = (x: number, y: number, width: number, height: number, rx: number, ry: number): string => {
  if (!(width > 0 && height > 0)) return ''
  const a = Math.min(rx, width / 2)
  const b = Math.min(ry, height / 2)
  if (!(a > 0 && b > 0)) return `M${x} ${y}h${width}v${height}h${-width}Z`
  const corner = (dx: number, dy: number) => `a${a} ${b} 0 0 1 ${dx} ${dy}`
  return `M${x + a} ${y}h${width - 2 * a}${corner(a, b)}v${height - 2 * b}${corner(-a, b)}h${2 * a - width}${corner(-a, -b)}v${2 * b - height}${corner(a, -b)}Z`
}

const polygon = (numbers: readonly number[], close: boolean): Segment[] => {
  const segments: Segment[] = []
  for (let i = 0; i + 1 < numbers.length; i += 2)
    segments.push([i === 0 ? 'M' : 'L', numbers[i]!, numbers[i + 1]!] as Segment)
  if (close && segments.length > 0) segments.push(['Z'])
  return segments
}

export const SHAPES = ['path', 'line', 'polyline', 'polygon', 'rect', 'circle', 'ellipse'] as const
export const isShape = (name: string): boolean => (SHAPES as readonly string[]).includes(name)

/** The outline of a basic shape in its own units; empty for one without extent, null for a broken one. */
export const outlineOf = (node: Node, viewport: Viewport, em: number): Segment[] | null => {
  const get = (name: string) => node.attributes.get(name)
  const across = (name: string, otherwise = 0) => lengthOf(get(name), otherwise, viewport.width, em)
  const down = (name: string, otherwise = 0) => lengthOf(get(name), otherwise, viewport.height, em)
  const around = (name: string, otherwise = 0) => lengthOf(get(name), otherwise, diagonal(viewport), em)
  switch (node.name) {
    case 'path':
      return readPath(get('d') ?? '')
    case 'line':
      return [
        ['M', across('x1'), down('y1')],
        ['L', across('x2'), down('y2')],
      ]
    case 'polyline':
    case 'polygon':
      return polygon(numbersOf(get('points')), node.name === 'polygon')
    case 'circle':
      return readPath(ellipse(across('cx'), down('cy'), around('r'), around('r')))
    case 'ellipse':
      return readPath(ellipse(across('cx'), down('cy'), across('rx'), down('ry')))
    default: {
      const rx = across('rx', Number.NaN)
      const ry = down('ry', Number.NaN)
      const a = Number.isNaN(rx) ? (Number.isNaN(ry) ? 0 : ry) : rx
      const b = Number.isNaN(ry) ? a : ry
      return readPath(rectangle(across('x'), down('y'), across('width'), down('height'), a, b))
    }
  }
}
