import { type Declaration, type Rule, readDeclarations, selects } from './css.ts'
import { lengthOf, numbersOf } from './lengths.ts'
import type { Node } from './tree.ts'

/** What an element looks like, inherited and its own. Lengths in user units. */
export interface Style {
  readonly fill: string
  readonly stroke: string
  readonly color: string
  readonly fillOpacity: number
  readonly strokeOpacity: number
  /** Product of all groups' opacities so far. */
  readonly opacity: number
  readonly fillRule: 'nonzero' | 'evenodd'
  readonly strokeWidth: number
  readonly dash: readonly number[]
  readonly dashOffset: number
  readonly cap: 'butt' | 'round' | 'square'
  readonly join: 'miter' | 'round' | 'bevel'
  readonly miter: number
  readonly fontSize: number
  readonly weight: number
  readonly italic: boolean
  readonly anchor: 'start' | 'middle' | 'end'
  readonly baseline: string
  readonly visible: boolean
  /** False where `display` is none: the element and all in it are not there. */
  readonly shown: boolean
  readonly markers: Readonly<Record<'start' | 'mid' | 'end', string>>
}

export const PLAIN: Style = {
  fill: 'black',
  stroke: 'none',
  color: 'black',
  fillOpacity: 1,
  strokeOpacity: 1,
  opacity: 1,
  fillRule: 'nonzero',
  strokeWidth: 1,
  dash: [],
  dashOffset: 0,
  cap: 'butt',
  join: 'miter',
  miter: 4,
  fontSize: 16,
  weight: 400,
  italic: false,
  anchor: 'start',
  baseline: 'auto',
  visible: true,
  shown: true,
  markers: { start: 'none', mid: 'none', end: 'none' },
}

const share = (text: string, otherwise: number): number => {
  const n = text.trim().endsWith('%') ? Number.parseFloat(text) / 100 : Number.parseFloat(text)
  return Number.isFinite(n) ? Math.min(1, Math.max(0, n)) : otherwise
}
/** The first of the words is the one that holds when nothing fits. */
const oneOf = <const T extends readonly string[]>(text: string, among: T): T[number] =>
  among.find((word) => word === text.trim()) ?? among[0]!
const weightOf = (text: string, now: number): number => {
  if (text === 'bold' || text === 'bolder') return 700
  if (text === 'normal') return 400
  if (text === 'lighter') return 300
  const n = Number(text)
  return n >= 1 && n <= 1000 ? Math.min(900, Math.max(200, n)) : now
}
const dashOf = (text: string, now: Style, whole: number): readonly number[] => {
  if (text === 'none') return []
  const parts = text.trim().split(/[\s,]+/)
  if (parts.length > 32) return []
  const lengths = parts.map((part) => lengthOf(part, Number.NaN, whole, now.fontSize))
  if (!lengths.every((n) => Number.isFinite(n) && n >= 0) || !lengths.some((n) => n > 0)) return []
  return lengths.length % 2 === 0 ? lengths : [...lengths, ...lengths]
}

type Setter = (value: string, now: Style, whole: number) => Partial<Style>

/** The closed list of properties that are understood; each reads a value or leaves things as they are. */
const SETTERS: Readonly<Record<string, Setter>> = {
  fill: (value) => ({ fill: value }),
  stroke: (value) => ({ stroke: value }),
  color: (value) => ({ color: value }),
  'fill-opacity': (value, now) => ({ fillOpacity: share(value, now.fillOpacity) }),
  'stroke-opacity': (value, now) => ({ strokeOpacity: share(value, now.strokeOpacity) }),
  'fill-rule': (value) => ({ fillRule: oneOf(value, ['nonzero', 'evenodd']) }),
  'stroke-width': (value, now, whole) => ({
    strokeWidth: Math.max(0, lengthOf(value, now.strokeWidth, whole, now.fontSize)),
  }),
  'stroke-dasharray': (value, now, whole) => ({ dash: dashOf(value, now, whole) }),
  'stroke-dashoffset': (value, now, whole) => ({ dashOffset: lengthOf(value, 0, whole, now.fontSize) }),
  'stroke-linecap': (value) => ({ cap: oneOf(value, ['butt', 'round', 'square']) }),
  'stroke-linejoin': (value) => ({ join: oneOf(value, ['miter', 'round', 'bevel']) }),
  'stroke-miterlimit': (value, now) => ({ miter: Math.max(1, numbersOf(value)[0] ?? now.miter) }),
  'font-size': (value, now) => ({ fontSize: Math.max(0, lengthOf(value, now.fontSize, now.fontSize, now.fontSize)) }),
  'font-weight': (value, now) => ({ weight: weightOf(value, now.weight) }),
  'font-style': (value) => ({ italic: value === 'italic' || value.startsWith('oblique') }),
  'text-anchor': (value) => ({ anchor: oneOf(value, ['start', 'middle', 'end']) }),
  'dominant-baseline': (value) => ({ baseline: value }),
  'alignment-baseline': (value) => ({ baseline: value }),
  visibility: (value) => ({ visible: value !== 'hidden' && value !== 'collapse' }),
  display: (value) => ({ shown: value !== 'none' }),
  'marker-start': (value, now) => ({ markers: { ...now.markers, start: value } }),
  'marker-mid': (value, now) => ({ markers: { ...now.markers, mid: value } }),
  'marker-end': (value, now) => ({ markers: { ...now.markers, end: value } }),
  marker: (value) => ({ markers: { start: value, mid: value, end: value } }),
}
/** Understood elsewhere, or without meaning for a drawing: not worth a line in the report. */
const SILENT =
  /^(?:-|font|letter|word|white-space|text-|line-|shape-|color-|image-|paint-order|cursor|pointer|user-select|overflow|isolation|mix-|vector-effect|stop-|enable-|solid-|writing|direction|unicode|clip-rule|baseline-shift|transform|inkscape|page|background|width|height|margin|padding|box-)/

/** Properties whose rules are found elsewhere: what they would do is reported by the element that carries them. */
export const EFFECTS = ['clip-path', 'mask', 'filter'] as const

export interface Styled {
  readonly style: Style
  /** Declarations that are not understood. */
  readonly skipped: number
  /** Which of clip-path, mask and filter it asks for. */
  readonly effects: readonly (typeof EFFECTS)[number][]
}

/** Attributes first, then rules by weight and order, then the element's own style, then what is called important. */
export const styleOf = (
  node: Node,
  inherited: Style,
  rules: readonly Rule[],
  whole: number,
  top: Node | null,
): Styled => {
  const declarations: Declaration[] = []
  for (const [name, value] of node.attributes)
    if (Object.hasOwn(SETTERS, name) || (EFFECTS as readonly string[]).includes(name))
      declarations.push({ name, value: value.trim(), important: false })
  const matching = rules.filter((rule) => selects(rule, node, top)).sort((a, b) => a.specificity - b.specificity)
  for (const rule of matching) declarations.push(...rule.declarations)
  declarations.push(...readDeclarations(node.attributes.get('style') ?? ''))
  const ordered = [...declarations.filter((d) => !d.important), ...declarations.filter((d) => d.important)]
  // `em` in other properties means the element's own font, so its size is settled first.
  ordered.sort((a, b) => Number(b.name === 'font-size') - Number(a.name === 'font-size'))

  let style: Style = inherited
  let skipped = 0
  let opacity: string | null = null
  const effects = new Set<(typeof EFFECTS)[number]>()
  for (const { name, value } of ordered) {
    if (value === 'inherit') continue
    const effect = EFFECTS.find((known) => known === name)
    if (effect !== undefined) {
      if (value === 'none') effects.delete(effect)
      else effects.add(effect)
    } else if (name === 'opacity') opacity = value
    else if (Object.hasOwn(SETTERS, name)) style = { ...style, ...SETTERS[name]!(value, style, whole) }
    else if (!SILENT.test(name)) skipped++
  }
  // The last word on opacity counts once; it is the only one that is not inherited but adds up.
  if (opacity !== null) style = { ...style, opacity: inherited.opacity * share(opacity, 1) }
  return { style, skipped, effects: [...effects] }
}
