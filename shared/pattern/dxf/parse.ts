import type { Vec } from '../model.ts'
import type { ImportRefusal } from '../reading.ts'
import { bulged, ellipse, spline } from './arcs.ts'
import type { Block, Drawing, Drawn, DrawnText, Layer } from './drawing.ts'
import { decoderFor } from './encoding.ts'
import { layerNumber } from './layers.ts'
import { Comments } from './own.ts'
import { pairOf, plain } from './texts.ts'
import { Tokens } from './tokens.ts'

/** More of them than ten of the largest nests we know; a file beyond is no pattern, or meant to hurt. */
export const MOST_ENTITIES = 200_000
export const MOST_POINTS = 1_000_000
/** In the units of the file; a marker of 1 km in mm is inside. */
export const FARTHEST = 1e7
const MOST_BROKEN = 200

const RADIANS = Math.PI / 180
/** Group codes whose numbers an entity of ours needs, once each. */
const KEPT = new Uint8Array(256)
for (const code of [10, 20, 11, 21, 30, 39, 40, 41, 42, 50, 51, 70, 71, 230]) KEPT[code] = 1

/** Numbers of the entity at hand; files are read one after the other, each to its end. */
const GROUP = new Float64Array(256)

/** Without making a string of each. */
const COMMON = ['POINT', 'TEXT', 'LINE', 'INSERT'] as const

const FULL = 2 * Math.PI
/** The angle from one direction counter-clockwise to another, more than none and at most a full turn. */
const turnTo = (from: number, to: number): number => {
  const turn = (to - from) % FULL
  return turn > 1e-12 ? turn : turn + FULL
}

interface OpenBlock extends Block {
  readonly entities: Drawn[]
}

class Parser {
  readonly tokens: Tokens
  refusal: ImportRefusal | null = null
  insUnits = ''
  readonly blocks: OpenBlock[] = []
  readonly entities: Drawn[] = []
  readonly skipped = new Map<Layer, Map<string, number>>()
  hasEnd = false
  readonly comments: Comments
  private readonly layers = new Map<string, Layer>()
  private readonly numbered = new Array<Layer | undefined>(100)
  private count = 0
  private points = 0
  /** Numbers of the entity at hand by group code, NaN where it has none. */
  private readonly group = GROUP
  private readonly touched: number[] = []
  private layer: Layer
  private readonly zero: Layer
  private name = ''
  private tag = ''
  private words = ''
  private paper = false

  constructor(bytes: Uint8Array) {
    this.tokens = new Tokens(bytes, decoderFor)
    this.comments = new Comments(bytes)
    this.group.fill(Number.NaN)
    this.zero = this.named('0')
    this.layer = this.zero
  }

  parse(): void {
    const { tokens } = this
    let section = ''
    let more = tokens.next()
    while (more && !this.refusal) {
      if (tokens.tooLong > 0) this.refuse({ code: 'long-line', line: tokens.tooLong })
      if (tokens.broken > MOST_BROKEN) this.refuse({ code: 'broken', line: tokens.firstBroken })
      if (tokens.code !== 0) {
        if (section === 'HEADER' && tokens.code === 9) more = this.variable()
        else {
          if (tokens.code === 999) this.comments.add(tokens.text(), tokens.start)
          more = tokens.next()
        }
        continue
      }
      if (tokens.is('EOF')) {
        this.hasEnd = true
        return
      }
      if (tokens.is('SECTION')) {
        more = tokens.next()
        if (more && (tokens.code as number) === 2) {
          section = tokens.text().toUpperCase()
          more = tokens.next()
        }
      } else if (tokens.is('ENDSEC')) {
        section = 'between'
        more = tokens.next()
      } else if (section === 'BLOCKS') more = this.inBlocks()
      else if (section === 'ENTITIES' || section === '') more = this.entity(this.entities)
      else more = tokens.next()
    }
    if (!this.refusal && tokens.tooLong > 0) this.refuse({ code: 'long-line', line: tokens.tooLong })
    if (!this.refusal && tokens.broken > MOST_BROKEN) this.refuse({ code: 'broken', line: tokens.firstBroken })
  }

  private refuse(refusal: ImportRefusal): void {
    this.refusal ??= refusal
  }

  private variable(): boolean {
    const { tokens } = this
    const isUnit = tokens.is('$INSUNITS')
    const more = tokens.next()
    if (more && isUnit && tokens.code !== 0 && tokens.code !== 9) this.insUnits = tokens.text()
    return more
  }

  private inBlocks(): boolean {
    const { tokens } = this
    if (tokens.is('BLOCK')) {
      const more = this.groups()
      const { group } = this
      const external = ((group[70] || 0) & 4) !== 0
      this.blocks.push({ name: this.name, base: this.vec(10, 20), entities: [], external })
      this.tally(1)
      return more
    }
    if (tokens.is('ENDBLK')) return this.groups()
    const block = this.blocks.at(-1)
    return this.entity(block ? block.entities : this.entities)
  }

  /** Reads the groups up to the next code 0; false at the end of the file. */
  private groups(): boolean {
    const { tokens, group, touched } = this
    for (const code of touched) group[code] = Number.NaN
    touched.length = 0
    this.layer = this.zero
    this.name = ''
    this.tag = ''
    this.words = ''
    this.paper = false
    while (tokens.next()) {
      const { code } = tokens
      if (code === 0) return true
      if (code === 8) this.layer = this.layerHere()
      else if (code === 1) this.words += tokens.text()
      else if (code === 3) this.words += tokens.text()
      else if (code === 2) {
        this.name ||= tokens.text()
        this.tag = this.name
      } else if (code === 67) this.paper = tokens.integer() === 1
      else if (KEPT[code] === 1) {
        const value = this.number()
        if (Number.isNaN(group[code]!)) {
          group[code] = value
          touched.push(code)
        }
      }
    }
    return false
  }

  /** The number at hand; refuses the file where it is none or too large. */
  private number(): number {
    const value = this.tokens.number()
    if (value >= -FARTHEST && value <= FARTHEST) return value
    this.refuse({ code: 'bad-number', line: this.tokens.line })
    return 0
  }

  private layerHere(): Layer {
    const { bytes, start, end } = this.tokens
    let number = 0
    if (end - start < 4 && end > start) {
      for (let i = start; i < end; i++) {
        const digit = bytes[i]! - 48
        if (digit < 0 || digit > 9 || (i === start && digit === 0)) {
          number = -1
          break
        }
        number = number * 10 + digit
      }
      if (number > 0) {
        this.numbered[number] ??= this.numberedLayer(number)
        return this.numbered[number]!
      }
    }
    return this.named(this.tokens.text())
  }

  private numberedLayer(number: number): Layer {
    const name = String(number)
    const layer = this.layers.get(name) ?? { name, number }
    this.layers.set(name, layer)
    return layer
  }

  private named(name: string): Layer {
    const known = this.layers.get(name)
    if (known) return known
    const layer = { name, number: layerNumber(name) }
    this.layers.set(name, layer)
    return layer
  }

  /** A number of the entity at hand, or null where it has none of this code. */
  private given(code: number): number | null {
    const value = this.group[code]!
    return Number.isNaN(value) ? null : value
  }

  private vec(x: number, y: number): Vec {
    const { group } = this
    // A turned-over drawing plane: what AutoCAD writes for things mirrored in space.
    const flip = group[230]! < 0 ? -1 : 1
    return { x: flip * (group[x] || 0), y: group[y] || 0 }
  }

  private tally(points: number): void {
    this.count++
    this.points += points
    if (this.count > MOST_ENTITIES) this.refuse({ code: 'too-many', amount: MOST_ENTITIES })
    if (this.points > MOST_POINTS) this.refuse({ code: 'too-many', amount: MOST_POINTS })
  }

  private skip(type: string): void {
    const types = this.skipped.get(this.layer) ?? new Map<string, number>()
    this.skipped.set(this.layer, types)
    types.set(type, (types.get(type) ?? 0) + 1)
    this.tally(0)
  }

  private put(into: Drawn[], drawn: Drawn, points: number, type: string): void {
    if (this.paper) {
      this.skip(type)
      return
    }
    this.tally(points)
    into.push(drawn)
  }

  private entity(into: Drawn[]): boolean {
    const { tokens, group } = this
    if (tokens.is('POLYLINE')) return this.polyline(into)
    if (tokens.is('LWPOLYLINE')) return this.lwpolyline(into)
    if (tokens.is('SPLINE')) return this.spline(into)
    const type = this.type()
    const more = this.groups()
    const { layer } = this
    switch (type) {
      case 'POINT': {
        const { x, y } = this.vec(10, 20)
        const depth = this.given(30)
        const width = this.given(39)
        const angle = this.given(50)
        this.put(into, { is: 'point', fate: 'skipped', layer, x, y, depth, width, angle }, 1, type)
        break
      }
      case 'LINE': {
        // LINE is in world coordinates whatever its plane is.
        const points = [
          { x: group[10] || 0, y: group[20] || 0 },
          { x: group[11] || 0, y: group[21] || 0 },
        ]
        this.put(
          into,
          { is: 'line', fate: 'skipped', layer, points, dense: null, closed: false, polyline: false, radius: 0 },
          2,
          type,
        )
        break
      }
      case 'TEXT':
      case 'MTEXT':
      case 'ATTRIB':
        this.text(into, type)
        break
      case 'ATTDEF':
        if (/^dependency$/i.test(this.tag)) {
          this.put(
            into,
            { is: 'link', fate: 'skipped', layer, before: this.vec(10, 20), notch: this.vec(11, 21) },
            2,
            type,
          )
        } else this.text(into, type)
        break
      case 'CIRCLE':
      case 'ARC': {
        const radius = Math.abs(group[40] || 0)
        const centre = this.vec(10, 20)
        const from = type === 'ARC' ? (group[50] || 0) * RADIANS : 0
        const to = from + (type === 'ARC' ? turnTo(from, (group[51] || 0) * RADIANS) : FULL)
        const flip = group[230]! < 0 ? -1 : 1
        this.curve(into, type, ellipse(centre, { x: flip * radius, y: 0 }, { x: 0, y: radius }, from, to), radius)
        break
      }
      case 'ELLIPSE': {
        const mx = group[11] || 0
        const my = group[21] || 0
        const ratio = group[40] || 0
        const flip = group[230]! < 0 ? -1 : 1
        const from = group[41] || 0
        const to = from + turnTo(from, Number.isNaN(group[42]!) ? FULL : group[42]!)
        const centre = { x: group[10] || 0, y: group[20] || 0 }
        const minor = { x: -my * ratio * flip, y: mx * ratio * flip }
        this.curve(into, type, ellipse(centre, { x: mx, y: my }, minor, from, to), 0)
        break
      }
      case 'INSERT': {
        const flip = group[230]! < 0 ? -1 : 1
        const { x, y } = this.vec(10, 20)
        const scale = (code: number) => (Number.isNaN(group[code]!) || group[code] === 0 ? 1 : group[code]!)
        const { name } = this
        const scaleX = flip * scale(41)
        const scaleY = scale(42)
        const turn = flip * (group[50] || 0)
        this.put(into, { is: 'insert', fate: 'skipped', layer, name, x, y, scaleX, scaleY, turn, texts: [] }, 1, type)
        break
      }
      case 'VERTEX':
      case 'SEQEND':
        break
      default:
        this.skip(type)
    }
    return more
  }

  /** What the entity at hand is, in capitals. */
  private type(): string {
    for (const name of COMMON) if (this.tokens.is(name)) return name
    return this.tokens.text().toUpperCase()
  }

  private curve(into: Drawn[], type: string, line: { points: Vec[]; dense: Vec[] }, radius: number): void {
    const { points, dense } = line
    const first = dense[0]!
    const last = dense.at(-1)!
    const closed = Math.hypot(last.x - first.x, last.y - first.y) <= 1e-9 * (1 + Math.abs(first.x) + Math.abs(first.y))
    if (closed) {
      points[points.length - 1] = points[0]!
      dense[dense.length - 1] = points[0]!
    }
    this.put(
      into,
      { is: 'line', fate: 'skipped', layer: this.layer, points, dense, closed, polyline: false, radius },
      dense.length,
      type,
    )
  }

  private text(into: Drawn[], type: string): void {
    const { x, y } = this.vec(10, 20)
    const lines = plain(this.words, type === 'MTEXT')
    const known = type === 'ATTRIB' || type === 'ATTDEF'
    const last = into.at(-1)
    for (const line of lines) {
      const text = known && this.tag !== '' && !line.includes(':') ? `${this.tag.replaceAll('_', ' ')}: ${line}` : line
      const drawn: DrawnText = { is: 'text', fate: 'skipped', layer: this.layer, x, y, text, pair: pairOf(text) }
      if (type === 'ATTRIB' && last?.is === 'insert') {
        this.tally(1)
        last.texts.push(drawn)
      } else this.put(into, drawn, 1, type)
    }
  }

  private polyline(into: Drawn[]): boolean {
    const { tokens } = this
    let more = this.groups()
    const { layer, paper, group } = this
    const flags = group[70] || 0
    const flip = group[230]! < 0 ? -1 : 1
    const vertices: Vec[] = []
    let bulges: number[] | null = null
    while (more && tokens.code === 0 && tokens.is('VERTEX')) {
      let x = 0
      let y = 0
      let bulge = 0
      let kind = 0
      more = false
      while (tokens.next()) {
        const { code } = tokens
        if (code === 0) {
          more = true
          break
        }
        if (code === 10) x = this.number()
        else if (code === 20) y = this.number()
        else if (code === 42) bulge = this.number()
        else if (code === 70) kind = tokens.integer()
      }
      // 16 marks a point of the frame that a curve was fitted to, not of the curve.
      if (((kind || 0) & 16) !== 0) continue
      if (bulge !== 0) bulges ??= vertices.map(() => 0)
      vertices.push({ x: flip * x, y })
      bulges?.push(flip * bulge)
    }
    if (more && tokens.is('SEQEND')) {
      more = false
      while (tokens.next()) {
        if (tokens.code === 0) {
          more = true
          break
        }
      }
    }
    this.layer = layer
    this.paper = paper
    // Meshes are surfaces in space.
    if ((flags & (16 | 64)) !== 0) this.skip('POLYLINE')
    else this.vertices(into, 'POLYLINE', vertices, bulges, (flags & 1) !== 0)
    return more
  }

  private vertices(into: Drawn[], type: string, vertices: Vec[], bulges: number[] | null, closing: boolean): void {
    const { layer } = this
    if (vertices.length === 0) {
      this.skip(type)
      return
    }
    const first = vertices[0]!
    const last = vertices.at(-1)!
    const meets = vertices.length > 1 && first.x === last.x && first.y === last.y
    const points = closing && !meets ? [...vertices, first] : vertices
    let dense: Vec[] | null = null
    if (bulges) {
      dense = [first]
      for (let i = 0; i + 1 < points.length; i++) bulged(points[i]!, points[i + 1]!, bulges[i]!, dense)
    }
    const closed = points.length > 2 && (closing || meets)
    if (points.length === 1) points.push(first)
    const drawn: Drawn = { is: 'line', fate: 'skipped', layer, points, dense, closed, polyline: true, radius: 0 }
    this.put(into, drawn, (dense ?? points).length, type)
  }

  private lwpolyline(into: Drawn[]): boolean {
    const { tokens } = this
    const vertices: { x: number; y: number }[] = []
    const bulges: number[] = []
    let bent = false
    let flags = 0
    let flip = 1
    let more = false
    this.layer = this.zero
    this.paper = false
    while (tokens.next()) {
      const { code } = tokens
      if (code === 0) {
        more = true
        break
      }
      if (code === 8) this.layer = this.layerHere()
      else if (code === 10) {
        vertices.push({ x: this.number(), y: 0 })
        bulges.push(0)
      } else if (code === 20 && vertices.length > 0) vertices[vertices.length - 1]!.y = this.number()
      else if (code === 42 && vertices.length > 0) {
        bulges[bulges.length - 1] = this.number()
        bent ||= bulges.at(-1) !== 0
      } else if (code === 70) flags = this.number()
      else if (code === 67) this.paper = tokens.integer() === 1
      else if (code === 230) flip = this.number() < 0 ? -1 : 1
    }
    if (flip < 0) {
      for (const vertex of vertices) vertex.x = -vertex.x
      for (let i = 0; i < bulges.length; i++) bulges[i] = -bulges[i]!
    }
    this.vertices(into, 'LWPOLYLINE', vertices, bent ? bulges : null, (flags & 1) !== 0)
    return more
  }

  private spline(into: Drawn[]): boolean {
    const { tokens } = this
    const control: { x: number; y: number }[] = []
    const fit: { x: number; y: number }[] = []
    const knots: number[] = []
    const weights: number[] = []
    let degree = 3
    let more = false
    this.layer = this.zero
    this.paper = false
    while (tokens.next()) {
      const { code } = tokens
      if (code === 0) {
        more = true
        break
      }
      if (code === 8) this.layer = this.layerHere()
      else if (code === 67) this.paper = tokens.integer() === 1
      else if (code === 71) degree = this.number()
      else if (code === 40) knots.push(this.number())
      else if (code === 41) weights.push(this.number())
      else if (code === 10) control.push({ x: this.number(), y: 0 })
      else if (code === 20 && control.length > 0) control[control.length - 1]!.y = this.number()
      else if (code === 11) fit.push({ x: this.number(), y: 0 })
      else if (code === 21 && fit.length > 0) fit[fit.length - 1]!.y = this.number()
    }
    this.points += knots.length * 16
    const line = this.points > MOST_POINTS ? null : spline(degree, knots, control, weights)
    if (line) this.curve(into, 'SPLINE', line, 0)
    else if (fit.length > 1) this.vertices(into, 'SPLINE', fit, null, false)
    else this.skip('SPLINE')
    return more
  }

  drawing(): Drawing {
    const { brokenLines, firstBroken, commas } = {
      brokenLines: this.tokens.broken,
      firstBroken: this.tokens.firstBroken,
      commas: this.tokens.commas,
    }
    const { insUnits, blocks, entities, skipped, comments, hasEnd } = this
    return { insUnits, blocks, entities, skipped, comments, hasEnd, brokenLines, firstBroken, commas }
  }
}

/** The drawing that the bytes of an ASCII DXF hold, every entity on its layer, or why there is none. Nothing of it is a pattern yet. */
export const parseDrawing = (bytes: Uint8Array): Drawing | ImportRefusal => {
  const parser = new Parser(bytes)
  parser.parse()
  return parser.refusal ?? parser.drawing()
}

export const isRefusal = (value: object): value is ImportRefusal => 'code' in value
