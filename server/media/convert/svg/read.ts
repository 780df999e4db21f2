import type { Segment } from '../../../../shared/pattern/svg/tree.ts'
import type { SkippedElement } from '../../../../shared/protocol/report.ts'
import { Stop } from '../stop.ts'
import { colourOf } from './colour.ts'
import { type Rule, readDeclarations, readStyles } from './css.ts'
import { CSS_DPI, lengthOf, MM_PER_PX, readLength } from './lengths.ts'
import { growth, isSound, readTransform, SAME, shift, stretch, times, turn } from './matrix.ts'
import type { Drawing, Item, Matrix, Paint, Stroke } from './model.ts'
import { boxAround, moved, verticesOf } from './path.ts'
import { diagonal, isShape, outlineOf, type Viewport } from './shapes.ts'
import { PLAIN, type Style, styleOf } from './style.ts'
import { layText, type TextWorld } from './text.ts'
import { hrefOf, type Node, readTree } from './tree.ts'
import { fitViewBox, readViewBox } from './viewBox.ts'

/** What was met on the way, for the report. */
export interface Findings {
  shapes: number
  texts: number
  broken: number
  scripts: number
  links: number
  styles: number
  readonly elements: Map<SkippedElement, number>
  /** How the size was come by. */
  size: 'given' | 'pixels' | 'guessed'
}

/** Elements visited, `use` and markers unfolded: what a small file may grow into. */
const MOST_VISITS = 50_000
const MOST_POINTS = 1_000_000
/** `use` of `use`, markers within them. */
const MOST_NESTED = 8
/** Millimetres; a roll of cloth is some 100 m long, but no sheet is. */
const LONGEST_MM = 20_000

const SKIPPED: Record<string, SkippedElement> = {
  image: 'image',
  foreignObject: 'foreignObject',
  filter: 'filter',
  mask: 'mask',
  clipPath: 'clipPath',
  pattern: 'pattern',
  linearGradient: 'gradient',
  radialGradient: 'gradient',
  meshgradient: 'gradient',
  animate: 'animation',
  animateMotion: 'animation',
  animateTransform: 'animation',
  animateColor: 'animation',
  set: 'animation',
  video: 'media',
  audio: 'media',
  iframe: 'media',
  object: 'media',
  embed: 'media',
}
/** Without anything to see, or used from elsewhere. */
const QUIET = new Set(['title', 'desc', 'metadata', 'defs', 'style', 'script', 'symbol', 'marker', 'view', 'cursor'])
const GROUPS = new Set(['g', 'a', 'switch'])
const EFFECT_NAMES = { 'clip-path': 'clipPath', mask: 'mask', filter: 'filter' } as const

interface State {
  readonly matrix: Matrix
  readonly style: Style
  readonly viewport: Viewport
  /** Elements being unfolded, outermost first. */
  readonly nested: readonly Node[]
  /** Root of what the innermost `use` unfolds, see `selects`. */
  readonly top: Node | null
}

class Reader {
  readonly items: Item[] = []
  readonly findings: Findings = {
    shapes: 0,
    texts: 0,
    broken: 0,
    scripts: 0,
    links: 0,
    styles: 0,
    elements: new Map(),
    size: 'given',
  }
  private readonly rules: Rule[] = []
  private readonly byId = new Map<string, Node>()
  private visits = 0
  private points = 0

  constructor(root: Node) {
    this.survey(root)
  }

  /** Once over the whole tree: ids, style sheets, and all that is never followed or run, wherever it hides. */
  private survey(node: Node): void {
    const id = node.attributes.get('id')
    if (id !== undefined && !this.byId.has(id)) this.byId.set(id, node)
    if (node.name === 'script') this.findings.scripts++
    if (node.name === 'style') {
      const sheet = readStyles(node.children.filter((child) => typeof child === 'string').join(''))
      this.rules.push(...sheet.rules)
      this.findings.styles += sheet.skipped
      this.findings.links += sheet.links
    }
    for (const [name, value] of node.attributes) {
      if (/^on/i.test(name)) this.findings.scripts++
      else if (/(?:^|:)href$/.test(name) || name === 'src') {
        if (/^\s*(?:java|vb)script:/i.test(value)) this.findings.scripts++
        else if (!value.startsWith('#') && value !== '') this.findings.links++
      } else if (/url\(\s*['"]?(?!#|['"]?#)/i.test(value)) this.findings.links++
    }
    for (const child of node.children) if (typeof child !== 'string') this.survey(child)
  }

  private skip(element: SkippedElement): void {
    this.findings.elements.set(element, (this.findings.elements.get(element) ?? 0) + 1)
  }

  private target(href: string): Node | null {
    return href.startsWith('#') ? (this.byId.get(href.slice(1)) ?? null) : null
  }

  private style(node: Node, inherited: Style, viewport: Viewport, top: Node | null): Style {
    const { style, skipped, effects } = styleOf(node, inherited, this.rules, diagonal(viewport), top)
    this.findings.styles += skipped
    for (const effect of effects) this.skip(EFFECT_NAMES[effect])
    return style
  }

  /** Own transform, or null when it is impossible and the element with all in it is left out. */
  private transform(node: Node): Matrix | null {
    const text = node.attributes.get('transform')
    return text === undefined ? SAME : readTransform(text)
  }

  root(node: Node, matrix: Matrix, viewport: Viewport): void {
    const style = this.style(node, PLAIN, viewport, null)
    if (style.shown) this.children(node, { matrix, style, viewport, nested: [], top: null })
  }

  private children(node: Node, state: State): void {
    for (const child of node.children) if (typeof child !== 'string') this.visit(child, state)
  }

  private visit(node: Node, state: State): void {
    if (++this.visits > MOST_VISITS)
      throw new Stop({ code: 'too-complex', params: { what: 'nodes', most: MOST_VISITS } })
    const { name } = node
    if (QUIET.has(name)) return
    if (Object.hasOwn(SKIPPED, name)) {
      // Definitions draw nothing by themselves; what uses them says so.
      if (!['filter', 'mask', 'clipPath', 'pattern', 'gradient'].includes(SKIPPED[name]!)) this.skip(SKIPPED[name]!)
      return
    }
    const known = GROUPS.has(name) || isShape(name) || name === 'svg' || name === 'use' || name === 'text'
    if (!known) {
      // Other programs' own elements (`inkscape:path-effect`) are not for drawing.
      if (!name.includes(':')) this.skip('other')
      return
    }
    const own = this.transform(node)
    const matrix = own === null ? null : times(state.matrix, own)
    if (matrix === null || !isSound(matrix)) {
      this.findings.broken++
      return
    }
    const style = this.style(node, state.style, state.viewport, state.top)
    if (!style.shown) return
    const here: State = { ...state, matrix, style }
    if (name === 'svg') this.viewport(node, here, {})
    else if (name === 'use') this.use(node, here)
    else if (name === 'text') this.text(node, here)
    else if (isShape(name)) this.shape(node, here)
    else this.children(node, here)
  }

  /** A nested `svg` or a used `symbol`: a viewport of its own. */
  private viewport(node: Node, state: State, given: { width?: string; height?: string }): void {
    const { width: w, height: h } = state.viewport
    const em = state.style.fontSize
    const get = (name: string) => node.attributes.get(name)
    const width = lengthOf(given.width ?? get('width'), w, w, em)
    const height = lengthOf(given.height ?? get('height'), h, h, em)
    if (!(width > 0 && height > 0)) return
    const box = readViewBox(get('viewBox'))
    const place = shift(lengthOf(get('x'), 0, w, em), lengthOf(get('y'), 0, h, em))
    const inside = box === null ? SAME : fitViewBox(box, width, height, get('preserveAspectRatio'))
    const viewport = box ?? { width, height }
    this.children(node, { ...state, matrix: times(times(state.matrix, place), inside), viewport })
  }

  private use(node: Node, state: State): void {
    const target = this.target(hrefOf(node))
    if (target === null) return
    if (state.nested.includes(target) || state.nested.length >= MOST_NESTED) {
      this.findings.broken++
      return
    }
    const { width, height } = state.viewport
    const em = state.style.fontSize
    const place = shift(
      lengthOf(node.attributes.get('x'), 0, width, em),
      lengthOf(node.attributes.get('y'), 0, height, em),
    )
    const here: State = {
      ...state,
      matrix: times(state.matrix, place),
      nested: [...state.nested, target],
      top: target,
    }
    if (target.name !== 'symbol' && target.name !== 'svg') {
      this.visit(target, here)
      return
    }
    const given: { width?: string; height?: string } = {}
    for (const side of ['width', 'height'] as const) {
      const value = node.attributes.get(side)
      if (value !== undefined) given[side] = value
    }
    const style = this.style(target, here.style, here.viewport, target)
    if (style.shown) this.viewport(target, { ...here, style }, given)
  }

  /** The colour that a gradient ends in; empty when it names none. */
  private lastStop(gradient: Node | null): string {
    const stop = gradient?.children.findLast((child) => typeof child !== 'string' && child.name === 'stop')
    if (stop === undefined || typeof stop === 'string') return ''
    const own = readDeclarations(stop.attributes.get('style') ?? '').find(({ name }) => name === 'stop-color')
    return own?.value ?? stop.attributes.get('stop-color') ?? ''
  }

  /** A colour to draw with; gradients are drawn in their last colour, patterns left out, unless a colour is named after them. */
  private paint(value: string, style: Style, opacity: number): Paint | null {
    const reference = /^url\(\s*['"]?(#[^'")]*)?[^)]*\)\s*(.*)$/i.exec(value)
    let plain = value
    if (reference !== null) {
      const target = this.target(reference[1] ?? '')
      this.skip(target?.name === 'pattern' ? 'pattern' : 'gradient')
      plain = reference[2] || this.lastStop(target) || 'none'
    }
    if (plain === 'none' || plain === 'context-fill' || plain === 'context-stroke') return null
    const paint = colourOf(plain.toLowerCase() === 'currentcolor' ? style.color : plain)
    if (paint === null) {
      this.findings.styles++
      return null
    }
    const alpha = paint.alpha * opacity * style.opacity
    return alpha > 0 ? { colour: paint.colour, alpha } : null
  }

  private stroke(style: Style, scale: number): Stroke | null {
    if (!(style.strokeWidth > 0)) return null
    const paint = this.paint(style.stroke, style, style.strokeOpacity)
    if (paint === null) return null
    return {
      ...paint,
      width: style.strokeWidth * scale,
      dash: style.dash.map((n) => n * scale),
      dashOffset: style.dashOffset * scale,
      cap: style.cap,
      join: style.join,
      miter: style.miter,
    }
  }

  private shape(node: Node, state: State): void {
    const { matrix, style, viewport } = state
    const outline = outlineOf(node, viewport, style.fontSize)
    const segments = outline === null ? null : moved(outline, matrix)
    if (outline === null || segments === null) {
      this.findings.broken++
      return
    }
    this.points += segments.length
    if (this.points > MOST_POINTS)
      throw new Stop({ code: 'too-complex', params: { what: 'points', most: MOST_POINTS } })
    if (segments.length === 0 || !style.visible) return
    const fill = node.name === 'line' ? null : this.paint(style.fill, style, style.fillOpacity)
    const stroke = this.stroke(style, growth(matrix))
    if (fill !== null || stroke !== null) {
      const label = [node.attributes.get('id') ?? '', ...node.classes].join(' ').trim().slice(0, 100)
      this.items.push({ kind: 'path', segments, fill, fillRule: style.fillRule, stroke, label })
      this.findings.shapes++
    }
    if (['path', 'line', 'polyline', 'polygon'].includes(node.name)) this.markers(outline, state)
  }

  private markers(outline: readonly Segment[], state: State): void {
    const { markers, strokeWidth } = state.style
    if (markers.start === 'none' && markers.mid === 'none' && markers.end === 'none') return
    const vertices = verticesOf(outline)
    for (const [index, { x, y, comes, goes }] of vertices.entries()) {
      const which = index === 0 ? 'start' : index === vertices.length - 1 ? 'end' : 'mid'
      const marker = this.target(/^url\(\s*['"]?(#[^'")]+)/i.exec(markers[which])?.[1] ?? '')
      if (marker?.name !== 'marker' || state.nested.includes(marker) || state.nested.length >= MOST_NESTED) continue
      const get = (name: string) => marker.attributes.get(name)
      const width = lengthOf(get('markerWidth'), 3, 1, 1)
      const height = lengthOf(get('markerHeight'), 3, 1, 1)
      if (!(width > 0 && height > 0)) continue
      const orient = get('orient') ?? '0'
      const mean = Math.atan2(Math.sin(comes) + Math.sin(goes), Math.cos(comes) + Math.cos(goes))
      const auto = which === 'start' ? goes : which === 'end' ? comes : mean
      const angle = orient.startsWith('auto')
        ? auto + (which === 'start' && orient === 'auto-start-reverse' ? Math.PI : 0)
        : ((Number.parseFloat(orient) || 0) * Math.PI) / 180
      const scale = get('markerUnits') === 'userSpaceOnUse' ? 1 : strokeWidth
      const box = readViewBox(get('viewBox'))
      const fit = box === null ? SAME : fitViewBox(box, width, height, get('preserveAspectRatio'))
      const refX = lengthOf(get('refX'), 0, 1, 1)
      const refY = lengthOf(get('refY'), 0, 1, 1)
      // The reference point lands on the vertex, wherever the viewBox puts it.
      const refAt = [fit[0] * refX + fit[4], fit[3] * refY + fit[5]] as const
      const matrix = [shift(x, y), turn(angle), stretch(scale, scale), shift(-refAt[0], -refAt[1]), fit].reduce(
        times,
        state.matrix,
      )
      if (!isSound(matrix)) continue
      const style = { ...this.style(marker, PLAIN, state.viewport, null), opacity: state.style.opacity }
      this.children(marker, {
        matrix,
        style,
        viewport: box ?? { width, height },
        nested: [...state.nested, marker],
        top: null,
      })
    }
  }

  private text(node: Node, state: State): void {
    const world: TextWorld = {
      viewport: state.viewport,
      style: (inner, inherited) => this.style(inner, inherited, state.viewport, state.top),
      path: (href) => {
        const target = this.target(href)
        if (target === null || !isShape(target.name)) return null
        const outline = outlineOf(target, state.viewport, state.style.fontSize)
        const own = this.transform(target)
        return outline === null || own === null ? null : moved(outline, own)
      },
    }
    let drawn = false
    for (const { text, style, matrix, long } of layText(node, state.style, world)) {
      if (++this.visits > MOST_VISITS)
        throw new Stop({ code: 'too-complex', params: { what: 'nodes', most: MOST_VISITS } })
      const fill =
        this.paint(style.fill, style, style.fillOpacity) ?? this.paint(style.stroke, style, style.strokeOpacity)
      const place = times(state.matrix, matrix)
      if (fill === null || !style.visible || !(growth(place) > 0)) continue
      if (!isSound(place)) {
        this.findings.broken++
        continue
      }
      this.items.push({
        kind: 'text',
        text: text.slice(0, 1_000),
        matrix: place,
        long,
        weight: style.weight,
        italic: style.italic,
        fill,
      })
      drawn = true
    }
    if (drawn) this.findings.texts++
  }
}

/** Size of the sheet in CSS pixels, how it was come by, and the units inside it. */
const rootSize = (root: Node) => {
  const box = readViewBox(root.attributes.get('viewBox'))
  const side = (name: 'width' | 'height') => {
    const length = readLength(root.attributes.get(name))
    if (length === null || length.unit === '%' || length.value <= 0) return null
    return { px: lengthOf(root.attributes.get(name), 0, 0, 16), plain: length.unit === '' || length.unit === 'px' }
  }
  const width = side('width')
  const height = side('height')
  const plain = width?.plain === true || height?.plain === true
  if (width !== null && height !== null)
    return { width: width.px, height: height.px, box, size: plain ? ('pixels' as const) : ('given' as const) }
  if (box === null) return null
  const scale = width !== null ? width.px / box.width : height !== null ? height.px / box.height : 1
  const size =
    width === null && height === null ? ('guessed' as const) : plain ? ('pixels' as const) : ('given' as const)
  return { width: box.width * scale, height: box.height * scale, box, size }
}

const checked = (width: number, height: number): void => {
  if (!(width > 0.5 && height > 0.5)) throw new Stop({ code: 'empty', params: {} })
  if (!(width <= LONGEST_MM && height <= LONGEST_MM))
    throw new Stop({ code: 'too-complex', params: { what: 'extent', most: LONGEST_MM } })
}

const shifted = (item: Item, x: number, y: number): Item =>
  item.kind === 'text'
    ? { ...item, matrix: times(shift(x, y), item.matrix) }
    : { ...item, segments: moved(item.segments, shift(x, y)) ?? [] }

/**
 * Reads an SVG into our own vectors at true size.
 *
 * @param bytes The file, at most a few megabytes.
 * @throws {Stop} `broken`, `empty` or `too-complex`.
 *
 * One CSS pixel is 1/96 inch. Without any size the box around what is drawn is the sheet.
 */
export const readSvg = (bytes: Uint8Array): { drawing: Drawing; findings: Findings } => {
  const root = readTree(bytes)
  const reader = new Reader(root)
  const known = rootSize(root)
  const toMm = stretch(MM_PER_PX, MM_PER_PX)
  const start = (viewport: Viewport, matrix: Matrix) => {
    reader.root(root, matrix, viewport)
  }
  if (known !== null) {
    const width = known.width * MM_PER_PX
    const height = known.height * MM_PER_PX
    checked(width, height)
    const fit =
      known.box === null
        ? SAME
        : fitViewBox(known.box, known.width, known.height, root.attributes.get('preserveAspectRatio'))
    start(known.box ?? known, times(toMm, fit))
    reader.findings.size = known.size
    return { drawing: { width, height, items: reader.items }, findings: reader.findings }
  }
  start({ width: 3 * CSS_DPI, height: 3 * CSS_DPI }, toMm)
  reader.findings.size = 'guessed'
  const box = boxAround(reader.items.flatMap((item) => (item.kind === 'path' ? item.segments : [])))
  if (box === null) throw new Stop({ code: 'empty', params: {} })
  const rim = 5
  const width = box.right - box.left + 2 * rim
  const height = box.bottom - box.top + 2 * rim
  checked(width, height)
  const items = reader.items.map((item) => shifted(item, rim - box.left, rim - box.top))
  return { drawing: { width, height, items }, findings: reader.findings }
}
