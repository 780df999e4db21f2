import type { Segment } from '../../../../shared/pattern/svg/tree.ts'
import { lengthOf } from './lengths.ts'
import { shift, stretch, times, turn } from './matrix.ts'
import { widthOf } from './measure.ts'
import type { Matrix } from './model.ts'
import { flatten } from './path.ts'
import type { Viewport } from './shapes.ts'
import type { Style } from './style.ts'
import { hrefOf, type Node } from './tree.ts'

/** One stretch of text of one style, laid out: `matrix` takes ems to the units of the text element. */
export interface Laid {
  readonly text: string
  readonly style: Style
  readonly matrix: Matrix
  readonly long: number
}

interface Run {
  text: string
  readonly style: Style
  readonly x: number | null
  readonly y: number | null
  readonly dx: number
  readonly dy: number
  readonly path: { readonly segments: readonly Segment[]; readonly offset: string } | null
}

export interface TextWorld {
  readonly viewport: Viewport
  style(node: Node, inherited: Style): Style
  /** The outline of a path by its reference, in the units of the text; null when there is none. */
  path(href: string): readonly Segment[] | null
}

/** How far below the baseline the wanted line of a font lies, ems of Source Sans. */
const BASELINES: Record<string, number> = {
  central: 0.31,
  middle: 0.24,
  hanging: 0.7,
  'text-before-edge': 0.98,
  'before-edge': 0.98,
  ideographic: -0.2,
  'text-after-edge': -0.27,
  'after-edge': -0.27,
}

const collect = (node: Node, style: Style, world: TextWorld, path: Run['path'], runs: Run[]): void => {
  const em = style.fontSize
  const list = (name: string, whole: number) =>
    (node.attributes.get(name) ?? '')
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((part) => lengthOf(part, 0, whole, em))
  const xs = list('x', world.viewport.width)
  const ys = list('y', world.viewport.height)
  let dx = list('dx', world.viewport.width)[0] ?? 0
  let dy = list('dy', world.viewport.height)[0] ?? 0
  let used = 0
  const add = (text: string, x: number | null, y: number | null) => {
    runs.push({ text, style, x, y, dx, dy, path })
    dx = 0
    dy = 0
  }
  for (const child of node.children) {
    if (typeof child === 'string') {
      const text = child.replace(/\s+/g, ' ')
      // One place for each letter, as other programs write text that must not move.
      if (xs.length > 1 && used === 0)
        for (const letter of text.trim()) {
          add(letter, xs[used] ?? null, ys[used] ?? (used === 0 ? (ys[0] ?? null) : null))
          used++
        }
      else {
        add(text, used === 0 ? (xs[0] ?? null) : null, used === 0 ? (ys[0] ?? null) : null)
        used++
      }
    } else if (child.name === 'tspan' || child.name === 'a' || child.name === 'textPath') {
      const inner = world.style(child, style)
      if (!inner.shown) continue
      if (used === 0 && (xs.length > 0 || ys.length > 0 || dx !== 0 || dy !== 0)) {
        // The place of the outer element is where its first text begins, also when that is within.
        add('', xs[0] ?? null, ys[0] ?? null)
        used++
      }
      const segments = child.name === 'textPath' ? world.path(hrefOf(child)) : null
      const along = segments === null ? path : { segments, offset: child.attributes.get('startOffset') ?? '0' }
      collect(child, inner, world, along, runs)
    }
  }
}

/** Spaces run together, also over the borders of elements; none at either end. */
const tidy = (runs: Run[]): void => {
  let open = true
  for (const run of runs) {
    if (open) run.text = run.text.replace(/^ /, '')
    if (run.text !== '') open = run.text.endsWith(' ')
  }
  const last = runs.findLast((run) => run.text !== '')
  if (last !== undefined) last.text = last.text.replace(/ $/, '')
}

const widthIn = (run: Run): number => widthOf(run.text, run.style.weight, run.style.italic) * run.style.fontSize
const anchored = (style: Style, width: number): number =>
  style.anchor === 'middle' ? width / 2 : style.anchor === 'end' ? width : 0
const drop = (style: Style): number => (BASELINES[style.baseline] ?? 0) * style.fontSize

/** Letter by letter along a path, each turned as the path goes under its middle. */
const layOnPath = (runs: readonly Run[], laid: Laid[]): void => {
  const first = runs[0]!
  const points = flatten(first.path!.segments)
  const ends: number[] = [0]
  for (let i = 1; i < points.length; i++)
    ends.push(ends[i - 1]! + Math.hypot(points[i]!.x - points[i - 1]!.x, points[i]!.y - points[i - 1]!.y))
  const total = ends.at(-1) ?? 0
  if (!(total > 0)) return
  const width = runs.reduce((sum, run) => sum + widthIn(run), 0)
  let at = lengthOf(first.path!.offset, 0, total, first.style.fontSize) - anchored(first.style, width)
  let dy = 0
  let step = 1
  for (const run of runs) {
    at += run.dx
    dy += run.dy
    for (const letter of run.text) {
      const long = widthOf(letter, run.style.weight, run.style.italic)
      const middle = at + (long * run.style.fontSize) / 2
      at += long * run.style.fontSize
      if (middle < 0 || middle > total) continue
      while (step > 1 && ends[step - 1]! > middle) step--
      while (step < ends.length - 1 && ends[step]! < middle) step++
      const from = points[step - 1]!
      const to = points[step]!
      const part = (middle - ends[step - 1]!) / (ends[step]! - ends[step - 1]! || 1)
      const place = shift(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part)
      const turned = times(place, turn(Math.atan2(to.y - from.y, to.x - from.x)))
      const size = run.style.fontSize
      const matrix = times(times(turned, shift((-long * size) / 2, dy + drop(run.style))), stretch(size, size))
      laid.push({ text: letter, style: run.style, matrix, long })
    }
  }
}

/** Lays out a text element: chunks begin where a place is given, and are anchored as a whole. */
export const layText = (node: Node, style: Style, world: TextWorld): Laid[] => {
  const runs: Run[] = []
  collect(node, style, world, null, runs)
  tidy(runs)
  const laid: Laid[] = []
  let x = 0
  let y = 0
  for (let i = 0; i < runs.length; ) {
    const chunk = [runs[i]!]
    for (i++; i < runs.length; i++) {
      const run = runs[i]!
      if (run.x !== null || run.y !== null || run.path !== chunk[0]!.path) break
      chunk.push(run)
    }
    const first = chunk[0]!
    if (first.path !== null) {
      layOnPath(chunk, laid)
      continue
    }
    x = first.x ?? x
    y = first.y ?? y
    const anchor = chunk.find((run) => run.text !== '') ?? first
    x -= anchored(
      anchor.style,
      chunk.reduce((sum, run) => sum + widthIn(run), 0),
    )
    for (const run of chunk) {
      x += run.dx
      y += run.dy
      const size = run.style.fontSize
      const long = widthOf(run.text, run.style.weight, run.style.italic)
      if (run.text.trim() !== '')
        laid.push({
          text: run.text,
          style: run.style,
          matrix: times(shift(x, y + drop(run.style)), stretch(size, size)),
          long,
        })
      x += long * size
    }
  }
  return laid
}
