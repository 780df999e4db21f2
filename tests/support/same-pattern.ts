import { drawnOf, nearestOn } from '../../shared/pattern/curve.ts'
import type { Notch, Pattern, Piece, Run, Shape, Vec } from '../../shared/pattern/model.ts'

const apart = (a: Vec, b: Vec): number => Math.hypot(a.x - b.x, a.y - b.y)

const keysApart = (a: Run, b: Run): number =>
  a.keys.length === b.keys.length ? Math.max(0, ...a.keys.map((key, i) => apart(key, b.keys[i]!))) : Infinity
/** How far two runs are from being one line, mm, both ways. */
const linesApart = (a: Run, b: Run): number =>
  Math.max(...drawnOf(a).map((p) => nearestOn(b, p).distance), ...drawnOf(b).map((p) => nearestOn(a, p).distance))

export interface Apart {
  /** Most that a key point, a drawn line, or a thing with a place (grain, notch on its edge, drill, note) is moved, mm. */
  keys: number
  lines: number
  places: number
  /** What is said differently, or is missing. */
  readonly differences: string[]
}

const plainNotch = ({ id: _, depth, width, angle, edge, ...rest }: Notch, piece: Piece) => ({
  ...rest,
  edge: piece.edges.findIndex(({ id }) => id === edge),
  depth: depth.toFixed(3),
  width: width.toFixed(3),
  angle: angle === null ? null : angle.toFixed(2),
})

const saidOf = (piece: Piece) => ({
  ring: piece.ring,
  clockwise: piece.clockwise,
  fold: piece.edges.findIndex(({ id }) => id === piece.fold),
  quantity: piece.quantity,
  texts: [piece.name, piece.material, piece.category, piece.annotation, { ...piece.info }],
  notches: piece.notches.map((notch) => plainNotch(notch, piece)),
  drills: piece.drills.map(({ id: _, ...rest }) => rest),
  internals: piece.internals.map(({ id: _, ...rest }) => rest),
  notes: piece.notes.map(({ text, layer }) => [text, layer]),
  sizes: piece.shapes.map((shape) => shape !== null),
})
const keysOf = (shape: Shape) => shape.runs.map(({ keys }) => keys.map(({ turn, rule }) => [turn, rule ?? null]))

/**
 * How far two patterns are from being the same. Pieces are matched by their order.
 *
 * @param offEdge Count notches that lie off their edge too: their place is the nearest on a line, which a rounding in the fourth decimal
 * can carry along it.
 */
export const patternsApart = (a: Pattern, b: Pattern, offEdge = false): Apart => {
  const found: Apart = { keys: 0, lines: 0, places: 0, differences: [] }
  const say = (what: string, x: unknown, y: unknown) => {
    const [one, other] = [JSON.stringify(x), JSON.stringify(y)]
    if (one !== other) found.differences.push(`${what}: ${one} ≠ ${other}`)
  }
  const place = (x: Vec | null | undefined, y: Vec | null | undefined, what: string) => {
    if (x && y) found.places = Math.max(found.places, apart(x, y))
    else if (x || y) found.differences.push(`${what} is missing`)
  }
  say('name', a.name, b.name)
  say('sizes', [a.sizes, a.base], [b.sizes, b.base])
  say('pieces', a.pieces.length, b.pieces.length)
  for (const [i, piece] of a.pieces.entries()) {
    const other = b.pieces[i]
    if (!other) continue
    const [one, two] = [saidOf(piece), saidOf(other)]
    for (const key of Object.keys(one) as (keyof typeof one)[]) say(`${piece.name} ${key}`, one[key], two[key])
    for (const [k, note] of piece.notes.entries()) place(note.at, other.notes[k]?.at, `${piece.name} note`)
    for (const [k, shape] of piece.shapes.entries()) {
      const twin = other.shapes[k]
      if (!shape || !twin) continue
      say(`${piece.name} edges`, shape.runs.length, twin.runs.length)
      if (shape.runs.length === twin.runs.length) say(`${piece.name} keys of ${k}`, keysOf(shape), keysOf(twin))
      const lines = [...shape.runs, ...shape.internals]
      const twins = [...twin.runs, ...twin.internals]
      for (const [j, run] of lines.entries()) {
        const mate = twins[j]
        if (!run || !mate) {
          if (run || mate) found.differences.push(`${piece.name} line ${j} is missing`)
          continue
        }
        found.keys = Math.max(found.keys, keysApart(run, mate))
        // Comparing whole lines is slow; two sizes of a nest stand for all.
        if (k === a.base || k === 0) found.lines = Math.max(found.lines, linesApart(run, mate))
      }
      for (const end of [0, 1] as const) place(shape.grain?.[end], twin.grain?.[end], `${piece.name} grain`)
      for (const [j, drill] of shape.drills.entries()) place(drill, twin.drills[j], `${piece.name} drill`)
      for (const [j, notch] of shape.notches.entries()) {
        const mate = twin.notches[j]
        if (notch && mate && !offEdge && Math.abs(notch.off) > 0.001) continue
        place(notch && { x: notch.s, y: notch.off }, mate && { x: mate.s, y: mate.off }, `${piece.name} notch`)
      }
    }
  }
  return found
}
