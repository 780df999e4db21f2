import type { SvgGroup, SvgNode, SvgShape, SvgText, SvgTree, SvgUse } from '../../shared/pattern/svg/tree.ts'
import type { MediaRefusal } from '../../shared/protocol/report.ts'
import { Stop } from '../media/convert/stop.ts'
import { readDeclarations } from '../media/convert/svg/css.ts'
import { lengthOf, MM_PER_PX, readLength } from '../media/convert/svg/lengths.ts'
import { growth, isSound, move, readTransform, SAME, shift, stretch, times } from '../media/convert/svg/matrix.ts'
import type { Matrix } from '../media/convert/svg/model.ts'
import { moved } from '../media/convert/svg/path.ts'
import { isShape, outlineOf, type Viewport } from '../media/convert/svg/shapes.ts'
import { hrefOf, type Node, readTree } from '../media/convert/svg/tree.ts'
import { fitViewBox, readViewBox } from '../media/convert/svg/viewBox.ts'

const MOST_VISITS = 20_000
const MOST_SEGMENTS = 200_000
const MOST_NESTED = 8
/** Letters kept of any attribute or text: names and notes are short, what is longer is decoration. */
const MOST_LETTERS = 200
/** Key points travel in one attribute of our own files. */
const MOST_DATA = 200_000
/** Millimetres. */
const LONGEST = 20_000
const DEGREES = 180 / Math.PI
const PHYSICAL = new Set(['mm', 'cm', 'in', 'pt', 'pc', 'q'])

interface State {
  readonly matrix: Matrix
  readonly nested: readonly Node[]
}

const textOf = (node: Node): string =>
  node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, MOST_LETTERS)

const dataOf = (node: Node): Record<string, string> => {
  const data: Record<string, string> = Object.create(null)
  for (const [name, value] of node.attributes)
    if (name.startsWith('data-') && value.length <= MOST_DATA) data[name.slice(5)] = value
  return data
}

const labelOf = (node: Node): string => {
  const title = node.children.find((child): child is Node => typeof child !== 'string' && child.name === 'title')
  return tidy(
    node.attributes.get('inkscape:label') ??
      node.attributes.get('aria-label') ??
      (title === undefined ? '' : textOf(title)),
  )
}

const referenced = (text: string | undefined): string => /^url\(\s*['"]?#([^'")]+)/.exec(text ?? '')?.[1] ?? ''

const holds = (outer: Node, inner: Node | null): boolean =>
  inner !== null && (inner === outer || holds(outer, inner.parent))

class Walker {
  private readonly byId = new Map<string, Node>()
  private visits = 0
  private segments = 0
  private readonly viewport: Viewport
  private readonly unfold: boolean

  constructor(root: Node, viewport: Viewport, unfold: boolean) {
    this.viewport = viewport
    this.unfold = unfold
    this.survey(root)
  }

  private survey(node: Node): void {
    const id = node.attributes.get('id')
    if (id !== undefined && !this.byId.has(id)) this.byId.set(id, node)
    for (const child of node.children) if (typeof child !== 'string') this.survey(child)
  }

  group(node: Node, state: State): SvgGroup {
    const children: SvgNode[] = []
    for (const child of node.children) {
      const found = typeof child === 'string' ? null : this.visit(child, state)
      if (found !== null) children.push(found)
    }
    const [x, y] = move(state.matrix, 0, 0)
    return {
      is: 'group',
      id: (node.attributes.get('id') ?? '').slice(0, MOST_LETTERS),
      label: labelOf(node),
      layer: node.attributes.get('inkscape:groupmode') === 'layer',
      classes: node.classes,
      data: dataOf(node),
      origin: { x, y },
      children,
    }
  }

  private visit(node: Node, state: State): SvgNode | null {
    if (++this.visits > MOST_VISITS)
      throw new Stop({ code: 'too-complex', params: { what: 'nodes', most: MOST_VISITS } })
    const { name } = node
    const group = name === 'g' || name === 'a' || name === 'switch' || name === 'svg'
    if (!group && name !== 'use' && name !== 'text' && !isShape(name)) return null
    const style = new Map(readDeclarations(node.attributes.get('style') ?? '').map((d) => [d.name, d.value]))
    const said = (property: string) => style.get(property) ?? node.attributes.get(property)
    if (said('display') === 'none' || said('visibility') === 'hidden') return null
    const own = node.attributes.get('transform')
    const transform = own === undefined ? SAME : readTransform(own)
    if (transform === null) return null
    const matrix = times(state.matrix, transform)
    if (!isSound(matrix)) return null
    const here = { ...state, matrix }
    if (group) return this.group(node, here)
    if (name === 'text') return this.text(node, here)
    if (name === 'use') return this.use(node, here)
    return this.shape(node, here, said)
  }

  private shape(node: Node, { matrix }: State, said: (property: string) => string | undefined): SvgShape | null {
    const outline = outlineOf(node, this.viewport, 16)
    const segments = outline === null ? null : moved(outline, matrix)
    if (segments === null || segments.length === 0) return null
    this.segments += segments.length
    if (this.segments > MOST_SEGMENTS)
      throw new Stop({ code: 'too-complex', params: { what: 'points', most: MOST_SEGMENTS } })
    const dash = said('stroke-dasharray')
    return {
      is: 'shape',
      id: (node.attributes.get('id') ?? '').slice(0, MOST_LETTERS),
      label: labelOf(node),
      classes: node.classes,
      data: dataOf(node),
      element: node.name,
      dashed: dash !== undefined && dash !== 'none' && dash !== '0',
      markers: [referenced(said('marker-start')), referenced(said('marker-end'))],
      segments,
    }
  }

  private place(node: Node): readonly [number, number] {
    const { width, height } = this.viewport
    return [lengthOf(node.attributes.get('x'), 0, width, 16), lengthOf(node.attributes.get('y'), 0, height, 16)]
  }

  private use(node: Node, state: State): SvgUse | SvgNode | null {
    const [x, y] = this.place(node)
    const href = hrefOf(node)
    const matrix = times(state.matrix, shift(x, y))
    const target = href.startsWith('#') ? this.byId.get(href.slice(1)) : undefined
    if (this.unfold) {
      if (target === undefined || holds(target, node)) return null
      if (state.nested.includes(target) || state.nested.length >= MOST_NESTED) return null
      return this.visit(target, { matrix, nested: [...state.nested, target] })
    }
    const [atX, atY] = move(matrix, 0, 0)
    return {
      is: 'use',
      of: href.slice(1, 1 + MOST_LETTERS),
      at: { x: atX, y: atY },
      turn: Math.atan2(matrix[1], matrix[0]) * DEGREES,
      scale: growth(matrix),
    }
  }

  private text(node: Node, { matrix }: State): SvgText | null {
    const along = node.children.some((child) => typeof child !== 'string' && child.name === 'textPath')
    const text = tidy(textOf(node))
    if (along || text === '') return null
    const spans = node.children.filter((child): child is Node => typeof child !== 'string')
    const placed = node.attributes.has('x') ? node : (spans.find((span) => span.attributes.has('x')) ?? node)
    const [x, y] = move(matrix, ...this.place(placed))
    return Number.isFinite(x) && Number.isFinite(y) ? { is: 'text', at: { x, y }, classes: node.classes, text } : null
  }
}

const sizeOf = (root: Node): { width: number; height: number; matrix: Matrix; size: SvgTree['size'] } => {
  const box = readViewBox(root.attributes.get('viewBox'))
  const side = (name: 'width' | 'height') => {
    const length = readLength(root.attributes.get(name))
    if (length === null || !(length.value > 0) || ['%', 'em', 'ex'].includes(length.unit)) return null
    return { mm: lengthOf(root.attributes.get(name), 0, 0, 16) * MM_PER_PX, physical: PHYSICAL.has(length.unit) }
  }
  const w = side('width')
  const h = side('height')
  const ratio = box === null ? 1 : box.width / box.height
  const width = w?.mm ?? (h === null ? (box?.width ?? 300) * MM_PER_PX : h.mm * ratio)
  const height = h?.mm ?? (w === null ? (box?.height ?? 150) * MM_PER_PX : w.mm / ratio)
  const given = w ?? h
  const matrix =
    box === null
      ? stretch(MM_PER_PX, MM_PER_PX)
      : fitViewBox(box, width, height, root.attributes.get('preserveAspectRatio'))
  return { width, height, matrix, size: given === null ? 'guessed' : given.physical ? 'given' : 'pixels' }
}

/** The drawing in a file, or why there is none. Never fetches, never runs anything; caps on nodes, depth and segments hold. */
export const readSvgTree = (
  bytes: Uint8Array,
): { readonly ok: true; readonly tree: SvgTree } | { readonly ok: false; readonly refusal: MediaRefusal } => {
  try {
    const root = readTree(bytes)
    const { width, height, matrix, size } = sizeOf(root)
    if (!(width <= LONGEST && height <= LONGEST && isSound(matrix)))
      throw new Stop({ code: 'too-complex', params: { what: 'extent', most: LONGEST } })
    const box = readViewBox(root.attributes.get('viewBox'))
    const viewport = box ?? { width: width / MM_PER_PX, height: height / MM_PER_PX }
    const freesewing = root.attributes.get('freesewing') ?? null
    const walker = new Walker(root, viewport, freesewing === null)
    return {
      ok: true,
      tree: {
        width,
        height,
        mmPerUnit: growth(matrix),
        size,
        freesewing: freesewing === null ? null : freesewing.slice(0, 40),
        data: dataOf(root),
        root: walker.group(root, { matrix, nested: [] }),
      },
    }
  } catch (error) {
    if (error instanceof Stop) return { ok: false, refusal: error.refusal }
    throw error
  }
}
