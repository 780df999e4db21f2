import type { Vec } from '../model.ts'
import type { ImportRefusal } from '../reading.ts'
import type { Block, Drawing, Drawn, DrawnLine, DrawnText, Fate, Layer } from './drawing.ts'
import { type Box, boxOf } from './points.ts'
import { isOfPiece, isOfStyle } from './texts.ts'

/** x' = a·x + c·y + e, y' = b·x + d·y + f. */
export interface Affine {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}
export const IDENTITY: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }

export const moved = (t: Affine, { x, y }: Vec): Vec =>
  t === IDENTITY ? { x, y } : { x: t.a * x + t.c * y + t.e, y: t.b * x + t.d * y + t.f }

/** First `inner`, then `outer`. */
export const composed = (outer: Affine, inner: Affine): Affine => {
  if (outer === IDENTITY) return inner
  if (inner === IDENTITY) return outer
  const { x: e, y: f } = moved(outer, { x: inner.e, y: inner.f })
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e,
    f,
  }
}

/** How much longer a length gets. */
export const growth = (t: Affine): number => Math.sqrt(Math.abs(t.a * t.d - t.b * t.c))

const DEEPEST = 8
export const MOST_INSERTS = 50_000
export const MOST_PIECES = 5000

/** What belongs to one piece in one size, before anything of it is understood. */
export interface Candidate {
  /** The block's name; empty for a piece that was drawn without one. */
  readonly name: string
  readonly parts: readonly { readonly entity: Exclude<Drawn, { is: 'insert' }>; readonly at: Affine }[]
  /** The layer whose lines are the outline. */
  readonly outline: Layer
}

type Part = Candidate['parts'][number]
/** One that more of the drawing may still belong to. */
type Filling = Candidate & { readonly parts: Part[] }

export interface Flat {
  readonly candidates: readonly Candidate[]
  /** Texts that lie on no piece: of the style. */
  readonly texts: readonly DrawnText[]
  readonly loose: boolean
  /** The outlines are taken from a layer that is not layer 1. */
  readonly byGuess: boolean
  /** Inserts beyond the first of a piece: placed again. */
  readonly again: number
  readonly notPlaced: number
  readonly scaled: number
}

const isOutline = (entity: Drawn): entity is DrawnLine => entity.is === 'line' && entity.layer.number === 1
const atOf = (insert: Extract<Drawn, { is: 'insert' }>, block: Block): Affine => {
  const angle = (insert.turn * Math.PI) / 180
  const [cos, sin] = insert.turn === 0 ? [1, 0] : [Math.cos(angle), Math.sin(angle)]
  const { scaleX, scaleY } = insert
  const a = cos * scaleX
  const b = sin * scaleX
  const c = -sin * scaleY
  const d = cos * scaleY
  const e = insert.x - a * block.base.x - c * block.base.y
  const f = insert.y - b * block.base.x - d * block.base.y
  return a === 1 && b === 0 && c === 0 && d === 1 && e === 0 && f === 0 ? IDENTITY : { a, b, c, d, e, f }
}

/** Which layer draws the outlines where no layer 1 does: the one with the largest closed line, dense copies and sew lines first. */
const outlineLayer = (entities: readonly Drawn[]): Layer | null => {
  let best: Layer | null = null
  let most = 0
  for (const entity of entities) {
    if (entity.is !== 'line' || !entity.closed) continue
    let left = Infinity
    let right = -Infinity
    let low = Infinity
    let high = -Infinity
    for (const { x, y } of entity.dense ?? entity.points) {
      left = Math.min(left, x)
      right = Math.max(right, x)
      low = Math.min(low, y)
      high = Math.max(high, y)
    }
    const rank = entity.layer.number === 84 ? 4 : entity.layer.number === 14 ? 2 : 1
    const size = (right - left) * (high - low) * rank
    if (size > most) {
      best = entity.layer
      most = size
    }
  }
  return best
}

/** Finds what is a piece: a block with an outline, or an outline that lies loose among the entities. */
export const flatten = (drawing: Drawing): Flat | ImportRefusal => {
  const byName = new Map<string, Block[]>()
  for (const block of drawing.blocks) {
    const known = byName.get(block.name)
    if (known) known.push(block)
    else byName.set(block.name, [block])
  }
  const outlines = new Map<Block, Layer>()
  const usable = drawing.blocks.filter((block) => !block.external && !/^\*paper_space/i.test(block.name))
  for (const block of usable) {
    const line = block.entities.find(isOutline)
    if (line) outlines.set(block, line.layer)
  }
  let byGuess = false
  const looseOutlines = drawing.entities.some(isOutline)
  if (outlines.size === 0 && !looseOutlines) {
    for (const block of usable) {
      const layer = /^\*/.test(block.name) ? null : outlineLayer(block.entities)
      if (layer) outlines.set(block, layer)
    }
    byGuess = true
  }

  let inserts = 0
  let again = 0
  let scaled = 0
  let refusal: ImportRefusal | null = null
  const placed = new Map<Block, Affine>()
  const place = (entity: Extract<Drawn, { is: 'insert' }>, outer: Affine, path: readonly string[]): void => {
    if (refusal) return
    if (++inserts > MOST_INSERTS) refusal = { code: 'too-many', amount: MOST_INSERTS }
    if (path.length >= DEEPEST || path.includes(entity.name)) refusal = { code: 'nested', amount: DEEPEST }
    for (const block of byName.get(entity.name) ?? []) {
      const at = composed(outer, atOf(entity, block))
      if (entity.fate === 'skipped') entity.fate = 'read'
      if (outlines.has(block)) {
        if (placed.has(block)) {
          again++
          continue
        }
        placed.set(block, at)
        if (Math.abs(growth(at) - 1) > 1e-9) scaled++
      }
      for (const inner of block.entities) {
        if (inner.is === 'insert') place(inner, at, [...path, entity.name])
        if (refusal) return
      }
    }
  }
  for (const entity of drawing.entities) if (entity.is === 'insert') place(entity, IDENTITY, [])
  if (refusal) return refusal

  /** All of a block, with what its blocks within hold, as long as those are no pieces themselves. */
  const partsOf = (block: Block, at: Affine, depth: number, into: Part[]): void => {
    for (const entity of block.entities) {
      if (entity.is !== 'insert') {
        into.push({ entity, at })
        continue
      }
      if (++inserts > MOST_INSERTS || into.length > 400_000) refusal ??= { code: 'too-many', amount: MOST_INSERTS }
      if (depth >= DEEPEST) refusal ??= { code: 'nested', amount: DEEPEST }
      if (refusal) return
      for (const text of entity.texts) into.push({ entity: text, at })
      for (const inner of byName.get(entity.name) ?? [])
        if (!outlines.has(inner)) {
          entity.fate = 'read'
          partsOf(inner, composed(at, atOf(entity, inner)), depth + 1, into)
        }
    }
  }
  const candidates: Filling[] = []
  const extras = new Map<string, DrawnText[]>()
  for (const entity of drawing.entities)
    if (entity.is === 'insert' && entity.texts.length > 0 && !extras.has(entity.name))
      extras.set(entity.name, entity.texts)
  let notPlaced = 0
  for (const [block, outline] of outlines) {
    const at = placed.get(block) ?? IDENTITY
    if (!placed.has(block)) notPlaced++
    const parts: Part[] = []
    partsOf(block, at, 0, parts)
    for (const text of extras.get(block.name) ?? []) parts.push({ entity: text, at: IDENTITY })
    if (refusal) return refusal
    candidates.push({ name: block.name, parts, outline })
  }

  // What AutoCAD keeps as the space of the drawing is the drawing.
  const spaces = drawing.blocks.filter((block) => /^[*$]model_space/i.test(block.name) && !outlines.has(block))
  const layer = looseOutlines
    ? drawing.entities.find(isOutline)!.layer
    : candidates.length === 0
      ? outlineLayer(drawing.entities)
      : null
  const loose = layer !== null && candidates.length === 0
  const texts: DrawnText[] = []
  const looseParts: Part[] = []
  const around = layer === null ? onlyAround(candidates) : null
  for (const { entities } of [drawing, ...spaces])
    for (const entity of entities)
      if (entity.is === 'insert') continue
      else if (layer !== null) looseParts.push({ entity, at: IDENTITY })
      else {
        const isPlain = entity.is === 'text' && !isOfPiece(entity.pair)
        const owner = isPlain || entity.layer.number === null ? null : around!(pointOf(entity))
        if (owner) owner.parts.push({ entity, at: IDENTITY })
        else if (entity.is === 'text') texts.push(entity)
      }
  if (layer !== null) {
    const own = islands(looseParts, layer)
    if ('code' in own) return own
    candidates.push(...own.candidates)
    for (const text of own.texts) texts.push(text)
  }
  if (candidates.length > MOST_PIECES) return { code: 'too-many', amount: MOST_PIECES }
  return { candidates, texts, loose, byGuess, again, notPlaced, scaled }
}

const pointOf = (entity: Part['entity']): Vec =>
  entity.is === 'line' ? entity.points[0]! : entity.is === 'link' ? entity.notch : entity

/** The one piece of a block that a place lies on; null where it lies on none, or on more as in a nest, and nobody knows. */
const onlyAround = (candidates: readonly Filling[]): ((place: Vec) => Filling | null) => {
  let boxes: Box[] | null = null
  return ({ x, y }) => {
    boxes ??= candidates.map(({ parts, outline }) =>
      boxOf(
        parts.flatMap(({ entity, at }) =>
          entity.is === 'line' && entity.layer === outline
            ? (entity.dense ?? entity.points).map((p) => moved(at, p))
            : [],
        ),
      ),
    )
    const found = candidates.filter((_, i) => {
      const { left, right, low, high } = boxes![i]!
      return x >= left && x <= right && y >= low && y <= high
    })
    return found.length === 1 ? found[0]! : null
  }
}

interface Island {
  /** Its place in the file. */
  readonly order: number
  readonly lines: DrawnLine[]
  left: number
  right: number
  low: number
  high: number
}

const SAME = 1e-3
const endKey = ({ x, y }: Vec): string => `${Math.round(x / SAME)},${Math.round(y / SAME)}`

/** Loose lines of one layer that hang together, each with what lies on it. */
const islands = (
  parts: Candidate['parts'],
  layer: Layer,
): { candidates: Filling[]; texts: DrawnText[] } | ImportRefusal => {
  const found: Island[] = []
  let made = 0
  const at = new Map<string, Island>()
  for (const { entity } of parts) {
    if (entity.is !== 'line' || entity.layer !== layer) continue
    const line = entity.dense ?? entity.points
    const from = endKey(line[0]!)
    const to = endKey(line.at(-1)!)
    let island = entity.closed ? undefined : (at.get(from) ?? at.get(to))
    let other = entity.closed ? undefined : at.get(to)
    if (island && other && other !== island) {
      if (other.lines.length > island.lines.length) {
        island = other
        other = island
      }
      // The line joins two stretches that were apart till now.
      for (const own of other.lines) island.lines.push(own)
      grow(island, other.left, other.low)
      grow(island, other.right, other.high)
      for (const own of other.lines) {
        at.set(endKey(own.points[0]!), island)
        at.set(endKey(own.points.at(-1)!), island)
      }
      found.splice(found.indexOf(other), 1)
    }
    if (!island) {
      island = { order: made++, lines: [], left: Infinity, right: -Infinity, low: Infinity, high: -Infinity }
      found.push(island)
      if (found.length > MOST_PIECES * 4) return { code: 'too-many', amount: MOST_PIECES }
    }
    island.lines.push(entity)
    for (const { x, y } of line) grow(island, x, y)
    if (!entity.closed) {
      at.set(from, island)
      at.set(to, island)
    }
  }
  // A loop inside another one is a hole of that piece, unless the pieces lie in each other, as sizes of a nest do.
  const sizes = found.sort((p, q) => areaOf(q) - areaOf(p)).slice(0, MOST_PIECES)
  const lists = new Map<Island, Part[]>(sizes.map((island) => [island, []]))
  const ownerOf = new Map<DrawnLine, Island>()
  for (const island of sizes) for (const line of island.lines) ownerOf.set(line, island)
  const texts: DrawnText[] = []
  for (const part of parts) {
    const { entity } = part
    const point = pointOf(entity)
    const owner =
      entity.is === 'text' && isOfStyle(entity.pair)
        ? null
        : (entity.is === 'line' && ownerOf.get(entity)) || smallestAround(sizes, point)
    if (owner) lists.get(owner)!.push(part)
    else if (entity.is === 'text') texts.push(entity)
  }
  const inOrder = [...lists].sort(([a], [b]) => a.order - b.order)
  return { candidates: inOrder.map(([, own]) => ({ name: '', parts: own, outline: layer })), texts }
}

const grow = (island: Island, x: number, y: number): void => {
  island.left = Math.min(island.left, x)
  island.right = Math.max(island.right, x)
  island.low = Math.min(island.low, y)
  island.high = Math.max(island.high, y)
}
const areaOf = ({ left, right, low, high }: Island): number => (right - left) * (high - low)

/** `sizes` from the largest to the smallest. */
const smallestAround = (sizes: readonly Island[], { x, y }: Vec): Island | null => {
  for (let i = sizes.length - 1; i >= 0; i--) {
    const island = sizes[i]!
    if (x >= island.left && x <= island.right && y >= island.low && y <= island.high) return island
  }
  return null
}

export const tell = (entity: { fate: Fate }, fate: 'read' | 'guessed'): void => {
  if (entity.fate !== 'read') entity.fate = fate
}
