import { createHmac } from 'node:crypto'
import { isStraight, keyLengths, lengthOf, pointAt, tangentAt } from '../../shared/pattern/curve.ts'
import type { Key, Pattern, Piece, Run, Shape, Vec } from '../../shared/pattern/model.ts'

/** Length of line that carries one chip of the mark, mm (watermark.md E.2). */
const CHIP_MM = 24
/** Furthest that a line is put aside for a mark, mm; with the waveform's peak of 1 it stays below 0.1 mm. */
const ASIDE_MM = 0.08
/** Points of a drawing are this far apart, mm: enough for the eye, and for one chip to have twelve. */
const STEP_MM = 2

/** +1 or −1 for each chip, in order: who does not have the key can't tell it from a coin. */
export type Chips = () => 1 | -1

/** The chips of one viewer's look at one sheet: HMAC-SHA-256 of its code, as many bits as are asked for. */
export const chipsOf = (key: Uint8Array, sheet: string, version: number, code: string): Chips => {
  let block = 0
  let bits: Uint8Array = new Uint8Array(0)
  let next = 0
  return () => {
    if (next === bits.length * 8) {
      bits = createHmac('sha256', key).update(`lines|${sheet}|${version}|${code}|${block++}`).digest()
      next = 0
    }
    const bit = ((bits[next >> 3] as number) >> (next & 7)) & 1
    next++
    return bit === 1 ? 1 : -1
  }
}

/** The wave of a chip, −1 to 1 for t from 0 to 1: zero mean, zero value and slope at both ends (watermark.md E.3). */
const wave = (t: number): number => 1.299 * Math.sin(2 * Math.PI * t) * Math.sin(Math.PI * t)

/**
 * A curve as one viewer sees it: its points and keys drawn anew, put aside by less than a tenth of a millimetre. Ends stay, so edges meet; straight
 * lines stay straight, since a fold or a grain that bends would be a fault of its own.
 */
const displaced = (run: Run, chips: Chips): Run => {
  const first = run.keys[0] as Key
  const last = run.keys.at(-1) as Key
  const ends = { first: plain(first, true), last: plain(last, true) }
  if (isStraight(run)) return { keys: [ends.first, ends.last], drawn: null }
  const length = lengthOf(run)
  const count = Math.max(1, Math.round(length / CHIP_MM))
  const signs = Array.from({ length: count }, chips)
  const at = (s: number): Vec => {
    const share = Math.min(count - 1e-9, (s / length) * count)
    const aside = (signs[Math.floor(share)] as number) * ASIDE_MM * wave(share % 1)
    const p = pointAt(run, s)
    const t = tangentAt(run, s)
    return { x: p.x - t.y * aside, y: p.y + t.x * aside }
  }
  const turns = keyLengths(run).filter((_, i) => i > 0 && i < run.keys.length - 1 && run.keys[i]?.turn)
  const drawn: Vec[] = [ends.first]
  const keys: Key[] = [ends.first]
  const stops = [...turns, length]
  let from = 0
  for (const stop of stops) {
    const steps = Math.max(1, Math.round((stop - from) / STEP_MM))
    for (let i = 1; i < steps; i++) drawn.push(at(from + ((stop - from) * i) / steps))
    const spans = Math.max(1, Math.round((stop - from) / CHIP_MM))
    for (let i = 1; i < spans; i++) keys.push({ ...at(from + ((stop - from) * i) / spans), turn: false })
    const end = stop === length ? ends.last : { ...pointAt(run, stop), turn: true }
    drawn.push({ x: end.x, y: end.y })
    keys.push(end)
    from = stop
  }
  return { keys, drawn }
}
const plain = (key: Key, turn: boolean): Key => ({ x: key.x, y: key.y, turn })

const shapeFor = (shape: Shape, chips: Chips): Shape => ({
  runs: shape.runs.map((run) => displaced(run, chips)),
  // By arc length from the start of their edge, which a mark changes by less than a notch is wide.
  notches: shape.notches,
  drills: shape.drills,
  internals: shape.internals.map((run) => run && displaced(run, chips)),
  grain: shape.grain,
  sew: shape.sew.map((run) => displaced(run, chips)),
})

/**
 * A pattern as a drawing for one viewer of another firm: the base size alone, lines displaced by the viewer's chips, and nothing that a
 * file of it would hold besides: no key points of the firm's own, no rules, notes, texts, measures or sizes.
 */
export const drawingFor = (pattern: Pattern, chips: Chips): Pattern => ({
  name: pattern.name,
  sizes: [pattern.sizes[pattern.base] ?? ''],
  base: 0,
  pieces: pattern.pieces.flatMap((piece): Piece[] => {
    const shape = piece.shapes[pattern.base]
    if (!shape) return []
    const { id, name, ring, edges, fold, quantity, material, category } = piece
    return [
      {
        id,
        name,
        ring,
        edges,
        clockwise: false,
        notches: piece.notches.map(({ rule: _, ...notch }) => notch),
        drills: piece.drills.map(({ rule: _, ...drill }) => drill),
        internals: piece.internals,
        notes: [],
        fold,
        quantity,
        material,
        category,
        annotation: '',
        info: {},
        shapes: [shapeFor(shape, chips)],
      },
    ]
  }),
  seams: pattern.seams,
  measures: [],
  rules: [],
  source: { format: 'puntada', vendor: 'unknown', product: '', release: '', texts: {} },
})
