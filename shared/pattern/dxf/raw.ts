import type { Vec } from '../model.ts'
import type { DrawnLine, DrawnLink, DrawnPoint, DrawnText } from './drawing.ts'
import { type Affine, type Candidate, composed, growth, IDENTITY, moved } from './flat.ts'
import { PIECE_KEYS, ruleOf } from './texts.ts'

/** A line of a piece in mm. `points` and `dense` as in the drawing. */
export interface RawLine {
  readonly points: readonly Vec[]
  readonly dense: readonly Vec[] | null
  readonly closed: boolean
  readonly polyline: boolean
  /** mm; 0 for all but circles. */
  readonly radius: number
  /** Its place in the list of the block. */
  readonly order: number
  readonly layer: number | null
  readonly origin: DrawnLine
  /** Of lines that were drawn one after another and are one: the others. */
  readonly others?: readonly DrawnLine[]
}
export interface RawPoint extends Vec {
  readonly layer: number | null
  readonly depth: number | null
  readonly width: number | null
  readonly angle: number | null
  readonly order: number
  readonly origin: DrawnPoint
}
export interface RawText extends Vec {
  readonly layer: number | null
  readonly text: string
  /** The number in `# 12`; null for all other texts. */
  readonly rule: number | null
  readonly order: number
  readonly origin: DrawnText
}
export interface RawLink {
  readonly before: Vec
  readonly notch: Vec
  readonly origin: DrawnLink
}

/** One piece in one size, in mm, sorted by layer and not yet understood. */
export interface Raw {
  readonly block: string
  readonly outline: readonly RawLine[]
  readonly lines: ReadonlyMap<number | null, readonly RawLine[]>
  readonly points: ReadonlyMap<number | null, readonly RawPoint[]>
  readonly texts: readonly RawText[]
  readonly links: readonly RawLink[]
  /** `Key: value` texts by key as `pairOf` gives it. */
  readonly says: ReadonlyMap<string, { readonly written: string; readonly value: string; readonly origin: DrawnText }>
}

const NONE: readonly never[] = []
export const linesOn = (raw: Raw, layer: number): readonly RawLine[] => raw.lines.get(layer) ?? NONE
export const pointsOn = (raw: Raw, layer: number): readonly RawPoint[] => raw.points.get(layer) ?? NONE

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const allMoved = (at: Affine, list: readonly Vec[]): Vec[] => list.map((p) => moved(at, p))

export const toRaw = ({ name, parts, outline }: Candidate, mmPerUnit: number): Raw => {
  const scale: Affine = mmPerUnit === 1 ? IDENTITY : { a: mmPerUnit, b: 0, c: 0, d: mmPerUnit, e: 0, f: 0 }
  const lines = new Map<number | null, RawLine[]>()
  const points = new Map<number | null, RawPoint[]>()
  const texts: RawText[] = []
  const links: RawLink[] = []
  const says = new Map<string, { written: string; value: string; origin: DrawnText }>()
  const own: RawLine[] = []
  let last: Affine | null = null
  let at = IDENTITY
  let grows = 1
  let turn = 0
  let flips = false
  for (let order = 0; order < parts.length; order++) {
    const { entity, at: where } = parts[order]!
    if (where !== last) {
      last = where
      at = composed(scale, where)
      grows = growth(at)
      turn = (Math.atan2(at.b, at.a) * 180) / Math.PI
      flips = at.a * at.d - at.b * at.c < 0
    }
    const layer = entity.layer.number
    const same = at === IDENTITY
    switch (entity.is) {
      case 'line': {
        const { closed, polyline } = entity
        const dense = entity.dense && (same ? entity.dense : allMoved(at, entity.dense))
        const pts = same ? entity.points : allMoved(at, entity.points)
        const line = {
          points: pts,
          dense,
          closed,
          polyline,
          radius: entity.radius * grows,
          layer,
          order,
          origin: entity,
        }
        if (entity.layer === outline) own.push(line)
        else push(lines, layer, line)
        break
      }
      case 'point': {
        const { x, y } = same ? entity : moved(at, entity)
        const angle = entity.angle === null ? null : flips ? turn - entity.angle : turn + entity.angle
        const depth = entity.depth === null ? null : Math.abs(entity.depth) * grows
        const width = entity.width === null ? null : Math.abs(entity.width) * grows
        push(points, layer, { x, y, layer, depth, width, angle, order, origin: entity })
        break
      }
      case 'text': {
        const { text } = entity
        const { x, y } = same ? entity : moved(at, entity)
        const pair = layer === 15 ? null : entity.pair
        if (pair && !says.has(pair.key) && (layer === 1 || layer === null || PIECE_KEYS.has(pair.key))) {
          says.set(pair.key, { written: pair.written, value: pair.value, origin: entity })
          entity.fate = 'read'
        } else texts.push({ x, y, layer, text, rule: ruleOf(text), order, origin: entity })
        break
      }
      default:
        links.push({ before: moved(at, entity.before), notch: moved(at, entity.notch), origin: entity })
    }
  }
  return { block: name, outline: own, lines, points, texts, links, says }
}
