import type { Internal, Key, NotchKind, Run, Vec } from '../model.ts'
import { dist } from '../vec.ts'
import { loopsOf } from './chain.ts'
import type { Fate } from './drawing.ts'
import { asDrawn, type Marks, nthOf, saidTurns } from './outline.ts'
import { corners, near, Places } from './points.ts'
import { linesOn, pointsOn, type Raw, type RawLine, type RawText } from './raw.ts'

const LINE_LAYERS: readonly {
  readonly layer: number
  readonly quality: number | null
  readonly kind: Internal['kind']
}[] = [
  { layer: 8, quality: 85, kind: 'line' },
  { layer: 9, quality: null, kind: 'stripe' },
  { layer: 10, quality: null, kind: 'plaid' },
  { layer: 11, quality: 86, kind: 'cut' },
]
const NOTCH_LAYERS: readonly { readonly layer: number; readonly kind: NotchKind }[] = [
  { layer: 4, kind: 'slit' },
  { layer: 80, kind: 't' },
  { layer: 81, kind: 'castle' },
  { layer: 82, kind: 'check' },
  { layer: 83, kind: 'u' },
]

const NONE: readonly never[] = []

interface Told {
  fate: Fate
}

export interface RawNotch extends Vec {
  readonly kind: NotchKind
  readonly depth: number
  readonly width: number
  readonly angle: number | null
  readonly layer: number
  readonly order: number
  readonly origin: Told
  readonly guessed: boolean
}
export interface RawDrill extends Vec {
  readonly diameter: number
  readonly origin: Told
}
export interface RawInternal {
  readonly kind: Internal['kind']
  readonly label: string
  readonly line: RawLine
  readonly layer: number
  /** The dense copy where the file has one. */
  readonly quality: RawLine | null
  readonly guessed: boolean
}

/** @param toOutline how far a place is from the outline: a notch that is drawn as a line begins at its nearer end. */
export const notchesOf = (raw: Raw, toOutline: (place: Vec) => number): RawNotch[] => {
  const out: RawNotch[] = []
  for (const { layer, kind } of NOTCH_LAYERS) {
    for (const { x, y, depth, width, angle, order, origin } of pointsOn(raw, layer)) {
      const wide = width ?? 0
      const shape = layer === 4 && wide > 0 ? 'v' : kind
      out.push({ x, y, kind: shape, depth: depth ?? 0, width: wide, angle, layer, order, origin, guessed: false })
    }
    for (const { points, order, origin } of linesOn(raw, layer)) {
      const a = points[0]!
      const b = points.at(-1)!
      const [at, end] = toOutline(b) < toOutline(a) ? [b, a] : [a, b]
      const angle = (Math.atan2(end.y - at.y, end.x - at.x) * 180) / Math.PI
      out.push({ ...at, kind, depth: dist(at, end), width: 0, angle, layer, order, origin, guessed: true })
    }
  }
  return out
}

export const drillsOf = (raw: Raw): RawDrill[] => [
  ...pointsOn(raw, 13).map(({ x, y, depth, origin }) => ({ x, y, diameter: depth ?? 0, origin })),
  ...linesOn(raw, 13)
    .filter(({ radius }) => radius > 0)
    .map(({ points, radius, origin }) => {
      const { length } = points
      const half = points[(length - 1) >> 1]!
      return { x: (points[0]!.x + half.x) / 2, y: (points[0]!.y + half.y) / 2, diameter: 2 * radius, origin }
    }),
]

const sameEnds = (a: RawLine, b: RawLine): boolean =>
  near(a.points[0]!, b.points[0]!) && near(a.points.at(-1)!, b.points.at(-1)!)

/** The dense copy of each line: the one in its turn, or the one with the same ends. */
const qualitiesOf = (lines: readonly RawLine[], dense: readonly RawLine[]): (RawLine | null)[] => {
  if (dense.length === 0) return lines.map(() => null)
  if (dense.length === lines.length && lines.every((line, i) => sameEnds(line, dense[i]!))) return [...dense]
  const places = new Places(dense.map((line) => ({ ...line.points[0]!, line })))
  return lines.map((line) => places.at(line.points[0]!).find((found) => sameEnds(found.line, line))?.line ?? null)
}

const asDrawnApart = (lines: readonly RawLine[]): readonly RawLine[] => lines

/** All lines inside a piece, in the order of the layers and of the file. `folded`: its first mirror line is an edge, and no line inside. */
export const internalsOf = (raw: Raw, holes: readonly RawLine[], folded: boolean): RawInternal[] => {
  const out: RawInternal[] = []
  for (const { layer, quality, kind } of LINE_LAYERS) {
    const join = kind === 'cut' ? loopsOf : asDrawnApart
    const lines = join(linesOn(raw, layer))
    const copies = quality === null ? NONE : join(linesOn(raw, quality))
    if (lines.length > 0) {
      const dense = qualitiesOf(lines, copies)
      for (const [i, line] of lines.entries())
        out.push({ kind, label: '', line, layer, quality: dense[i]!, guessed: false })
    } else {
      // Only the dense copies are there: then they are the lines.
      for (const line of copies) out.push({ kind, label: '', line, layer: quality!, quality: null, guessed: true })
    }
    for (const { x, y, order, origin } of pointsOn(raw, layer)) out.push(spot(x, y, layer, order, origin))
  }
  for (const line of loopsOf(holes)) out.push({ kind: 'cut', label: '', line, layer: 1, quality: null, guessed: true })
  for (const line of linesOn(raw, 13)) {
    if (line.radius === 0) out.push({ kind: 'mark', label: 'drill', line, layer: 13, quality: null, guessed: true })
  }
  for (const line of grainLines(raw).rest) {
    out.push({ kind: 'mark', label: 'grain', line, layer: 7, quality: null, guessed: true })
  }
  for (const line of referenceLines(raw).rest) {
    out.push({ kind: 'mark', label: 'reference', line, layer: 5, quality: null, guessed: true })
  }
  for (const line of linesOn(raw, 6).slice(folded ? 1 : 0)) {
    out.push({ kind: 'mark', label: 'mirror', line, layer: 6, quality: null, guessed: true })
  }
  return out
}

const spot = (x: number, y: number, layer: number, order: number, origin: Told): RawInternal => {
  const at = { x, y }
  const line = {
    points: [at, at],
    dense: null,
    closed: false,
    polyline: false,
    radius: 0,
    layer,
    order,
    origin,
  } as unknown
  return { kind: 'mark', label: '', line: line as RawLine, layer, quality: null, guessed: false }
}

const lengthOf = (line: RawLine): number => dist(line.points[0]!, line.points.at(-1)!)
/** The longest is the line; arrow heads and second directions are the rest. */
const longest = (lines: readonly RawLine[]): { main: RawLine | null; rest: RawLine[] } => {
  let main: RawLine | null = null
  for (const line of lines) if (!main || lengthOf(line) > lengthOf(main)) main = line
  return { main, rest: lines.filter((line) => line !== main) }
}
export const grainLines = (raw: Raw): { main: RawLine | null; rest: RawLine[] } => longest(linesOn(raw, 7))
/** The grade reference; where it is the grain line again, as nearly always, or stands for one, there is no rest. */
export const referenceLines = (raw: Raw): { main: RawLine | null; rest: RawLine[] } => {
  const lines = [...linesOn(raw, 5), ...linesOn(raw, 26)]
  const grain = grainLines(raw).main
  const main = lines[0] ?? null
  return { main, rest: lines.filter((line) => (grain ? !sameEnds(line, grain) : line !== main)) }
}

/** Marks of the outline, of inner lines and of sew lines by place, from the size that has them. */
export const marksOf = (raw: Raw): { marks: Marks; rules: Rules } => {
  const turns = new Places<Vec>(pointsOn(raw, 2))
  const curves = new Places<Vec>(pointsOn(raw, 3))
  const rules = new Rules(raw)
  const any = pointsOn(raw, 2).length > 0 || pointsOn(raw, 3).length > 0
  return { marks: { turns, curves, any, ruleAt: (place, line, nth) => rules.at(place, [1, 84], line, nth) }, rules }
}

/**
 * `# n` texts by place. AAMA writes them on layers 2, 3 and 4, ASTM on the layer of what they are for. Where several lie at one place,
 * those of a line stand in the file between it and the next line, and that of a notch behind it.
 */
export class Rules {
  private readonly places: Places<RawText>
  /** Where lines stand in the file, ascending. */
  private readonly lines: readonly number[]

  constructor(raw: Raw) {
    const said = raw.texts.filter((text) => text.rule !== null)
    this.places = new Places(said)
    if (said.length === 0) {
      this.lines = NONE
      return
    }
    const own = [...raw.outline]
    for (const [layer, lines] of raw.lines) if (layer === null || layer < 84) for (const line of lines) own.push(line)
    this.lines = own.map(({ order }) => order).sort((a, b) => a - b)
  }

  /** @param owner the line or notch that the place is of; `nth` of its points at this very place. */
  at(place: Vec, layers: readonly number[], owner?: { readonly order: number }, nth = 0): number | undefined {
    const here = this.places.at(place)
    if (here.length === 0) return undefined
    const rule = here.length === 1 ? here[0]!.rule! : this.among(here, layers, owner, nth)
    // The same number said twice is one rule; another number at this place is for something else.
    for (const text of here) if (text.rule === rule) text.origin.fate = 'read'
    return rule
  }

  private among(
    here: readonly RawText[],
    layers: readonly number[],
    owner: { readonly order: number } | undefined,
    nth: number,
  ): number {
    if (owner) {
      const end = this.lines.find((order) => order > owner.order) ?? Infinity
      const own = here.filter(({ order }) => order > owner.order && order < end)
      if (own.length > 0) return own[Math.min(nth, own.length - 1)]!.rule!
    }
    const onLayer = here.find((text) => text.layer !== null && layers.includes(text.layer))
    return (onLayer ?? here.find(({ layer }) => layer === 2 || layer === 3 || layer === 4) ?? here[0]!).rule!
  }
}

/** Flags of a line's points, said once by the size that has layers 2 and 3 and true by index in all others. */
export interface Flags {
  readonly turns: readonly boolean[]
  readonly rules: readonly (number | undefined)[]
}
export const flagsOf = (line: RawLine, marks: Marks, rules: Rules, layer: number): Flags => {
  const { points, closed } = line
  const known = saidTurns(points, closed, marks)
  const angles = known.includes(null) ? lineCorners(points, closed) : null
  return {
    turns: known.map((turn, i) => turn ?? angles![i]!),
    rules: points.map((p, i) =>
      rules.at(p, [layer, layer === 8 ? 85 : layer === 11 ? 86 : layer === 14 ? 87 : layer], line, nthOf(points, i)),
    ),
  }
}

const lineCorners = (points: readonly Vec[], closed: boolean): boolean[] => {
  if (!closed || points.length < 4) return corners(points, false)
  const ring = corners(points.slice(0, -1), true)
  return [...ring, ring[0]!]
}

/** A line as the model keeps it; the denser of it and its copy is what is drawn. */
export const runOf = (line: RawLine, quality: RawLine | null, flags: Flags): Run => {
  const copy = quality && quality.points.length >= line.points.length ? quality.points : null
  const dense = line.dense ?? copy
  const keys = line.points.map(({ x, y }, i): Key => {
    const rule = flags.rules[i]
    const turn = flags.turns[i] ?? true
    return rule === undefined ? { x, y, turn } : { x, y, turn, rule }
  })
  if (!dense || (dense.length === 2 && keys.length === 2)) return { keys, drawn: asDrawn(keys) }
  const drawn = dense.map(({ x, y }) => ({ x, y }))
  const first = keys[0]!
  const last = keys.at(-1)!
  drawn[0] = { x: first.x, y: first.y }
  drawn[drawn.length - 1] = { x: last.x, y: last.y }
  return { keys, drawn }
}
