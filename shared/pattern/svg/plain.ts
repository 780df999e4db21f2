import type { Vec } from '../model.ts'
import { contains } from '../ring.ts'
import { type Found, noteAt } from './build.ts'
import { pointsOf, type Stroke, signedArea, strokesOf } from './curves.ts'
import type { SvgGroup, SvgNode, SvgShape, SvgTree } from './tree.ts'

/** What people call lines in a drawing, Spanish and English; looked for in the names of lines and of the groups they are in. */
const ROLES = {
  cut: /\b(?:corte|cortar|cut|cutting|contorno|outline)\b/i,
  sew: /\b(?:costura|coser|sew|sewing|seam|stitch|puntada)\b/i,
  grain: /\b(?:hilo|grain|grainline|aplomo)\b/i,
  fold: /\b(?:doblez|fold|foldline)\b/i,
  notch: /\b(?:piquetes?|muescas?|notch(?:es)?)\b/i,
  drill: /\b(?:perforaci(?:ó|o)n(?:es)?|taladros?|drills?|holes?)\b/i,
  hidden: /\b(?:gu(?:í|i)as?|guides?|cuadr(?:í|i)cula|grid|marco|frame|page|p(?:á|a)gina)\b/i,
} as const
type Role = keyof typeof ROLES

/** A closed line smaller than this, mm², is a mark and no piece. */
const SMALLEST = 400
/** A circle up to this wide, mm, inside a piece is a hole. */
const WIDEST_HOLE = 15
/** A line inside another and nowhere further from it than this, mm, is its sew line. */
const WIDEST_SEAM = 45

interface Line {
  readonly stroke: Stroke
  readonly points: readonly Vec[]
  readonly area: number
  readonly role: Role | null
  readonly shape: SvgShape
  readonly home: string
}

const wordsOf = (node: { id: string; label: string; classes: readonly string[] }): string =>
  `${node.label} ${node.classes.join(' ')} ${node.id}`.replace(/[_.-]+/g, ' ')
const roleOf = (text: string): Role | null =>
  (Object.keys(ROLES) as Role[]).find((role) => ROLES[role].test(text)) ?? null

const boxOf = (points: readonly Vec[]) => {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    bottom = Math.min(bottom, y)
    top = Math.max(top, y)
  }
  return { left, right, bottom, top }
}

/** Whether most of a line lies within a ring: its corners may touch it. */
const lies = (line: Line, ring: Line): boolean => {
  const a = boxOf(line.points)
  const b = boxOf(ring.points)
  const rim = 0.1
  if (a.left < b.left - rim || a.right > b.right + rim || a.bottom < b.bottom - rim || a.top > b.top + rim) return false
  const some = line.points.length <= 24 ? line.points : line.points.filter((_, i) => i % 7 === 0)
  return some.filter((p) => contains(ring.points, p)).length * 2 > some.length
}

const isSewOf = (line: Line, ring: Line): boolean => {
  if (!line.stroke.closed || line.area < ring.area * 0.5) return false
  if (line.role === 'sew') return true
  const a = boxOf(line.points)
  const b = boxOf(ring.points)
  const gaps = [a.left - b.left, b.right - a.right, a.bottom - b.bottom, b.top - a.top]
  return line.role === null && gaps.every((gap) => gap >= -0.1 && gap <= WIDEST_SEAM) && gaps.some((gap) => gap >= 2)
}

/** A child of the sheet, or of its only group, is a home for pieces: a layer, a group, or the sheet itself for what lies loose. */
const homesOf = (root: SvgGroup): { name: string; group: SvgGroup; loose: boolean }[] => {
  const groups = root.children.filter((child): child is SvgGroup => child.is === 'group')
  const loose = root.children.filter((child) => child.is !== 'group')
  const only = groups[0]
  const holdsGroups = only?.children.some((child) => child.is === 'group' && shapesIn(child).length > 0)
  if (groups.length === 1 && only && holdsGroups && !loose.some(({ is }) => is === 'shape')) return homesOf(only)
  const homes = groups.map((group) => ({ name: group.label || group.id, group, loose: false }))
  if (loose.length > 0) homes.push({ name: '', group: { ...root, children: loose }, loose: true })
  return homes
}
const shapesIn = (group: SvgGroup): SvgShape[] =>
  group.children.flatMap((child) => (child.is === 'group' ? shapesIn(child) : child.is === 'shape' ? [child] : []))

/**
 * The pieces of any drawing: each closed line that lies in no other, with what lies inside it. Names are those of layers and groups, and
 * words such as *costura*, *hilo* or *piquete* tell what a line is. Whether the outline is cut or sewn along nobody says, unless one lies inside
 * the other.
 */
export const piecesOfDrawing = (tree: SvgTree): { found: Found[]; skipped: number; guessed: number } => {
  const place = (p: Vec): Vec => ({ x: p.x, y: tree.height - p.y })
  const lines: Line[] = []
  const texts: { at: Vec; text: string }[] = []
  const walk = (node: SvgNode, home: string, above: Role | null) => {
    if (node.is === 'group') {
      const role = roleOf(wordsOf(node)) ?? above
      if (role !== 'hidden') for (const child of node.children) walk(child, home, role)
    } else if (node.is === 'text') texts.push({ at: place(node.at), text: node.text })
    else if (node.is === 'shape') {
      const role = roleOf(wordsOf(node)) ?? above
      if (role === 'hidden') return
      for (const stroke of strokesOf(node.segments, place)) {
        const points = pointsOf(stroke)
        lines.push({ stroke, points, area: stroke.closed ? Math.abs(signedArea(points)) : 0, role, shape: node, home })
      }
    }
  }
  for (const { name, group } of homesOf(tree.root)) {
    const own = roleOf(name.replace(/[_.-]+/g, ' '))
    if (own !== 'hidden') for (const child of group.children) walk(child, name, own)
  }

  const sheet = tree.width * tree.height
  const closed = lines
    .filter(
      ({ stroke, area, role }) =>
        stroke.closed && area >= SMALLEST && (role === null || role === 'cut' || role === 'sew'),
    )
    // A frame around the whole sheet is no piece.
    .filter(({ area }) => area < sheet * 0.98 || lines.length === 1)
    .sort((a, b) => b.area - a.area)
  // Drafts of GarmentCode are closed lines and nothing else, laid over each other where there was room: each is a piece.
  const flat =
    lines.length > 1 && lines.every(({ stroke, role, home }) => stroke.closed && role === null && home === '')
  const rings: Line[] = []
  for (const line of closed)
    if (!rings.some((ring) => lies(line, ring) && (!flat || isSewOf(line, ring)))) rings.push(line)

  const contents = new Map<Line, Line[]>(rings.map((ring) => [ring, []]))
  let skipped = 0
  for (const line of lines) {
    if (contents.has(line)) continue
    const ring =
      rings.find((one) => lies(line, one)) ?? rings.find((one) => one.home === line.home && touchesBox(line, one))
    if (ring === undefined) skipped++
    else contents.get(ring)?.push(line)
  }
  const single = new Map<string, number>()
  for (const { home } of rings) single.set(home, (single.get(home) ?? 0) + 1)
  let guessed = 0
  const found = rings.map((ring) => {
    const within = contents.get(ring) ?? []
    const sew = within.filter((line) => isSewOf(line, ring)).sort((a, b) => b.area - a.area)[0]
    if (sew !== undefined && sew.role !== 'sew') guessed++
    const named = ring.shape.label || (single.get(ring.home) === 1 ? ring.home : ring.shape.id) || ring.home
    return pieceOf(ring, within, sew, named, texts)
  })
  return { found, skipped, guessed }
}

const touchesBox = (line: Line, ring: Line): boolean => {
  const a = boxOf(line.points)
  const b = boxOf(ring.points)
  return a.left <= b.right + 1 && a.right >= b.left - 1 && a.bottom <= b.top + 1 && a.top >= b.bottom - 1
}

const middleOf = (points: readonly Vec[]): Vec => {
  const { left, right, bottom, top } = boxOf(points)
  return { x: (left + right) / 2, y: (bottom + top) / 2 }
}

const pieceOf = (
  ring: Line,
  within: readonly Line[],
  sew: Line | undefined,
  name: string,
  texts: readonly { at: Vec; text: string }[],
): Found => {
  const marks: Found['marks'][number][] = []
  const drills: Found['drills'][number][] = []
  const lines: Found['lines'][number][] = []
  let grain: Found['grain'] = null
  let fold: Found['fold'] = null
  for (const line of within) {
    if (line === sew) continue
    const first = line.stroke.parts[0]?.a
    const last = line.stroke.parts.at(-1)?.b
    if (first === undefined || last === undefined) continue
    const { left, right, bottom, top } = boxOf(line.points)
    const size = Math.max(right - left, top - bottom)
    const round = line.shape.element === 'circle' || line.shape.element === 'ellipse'
    if (line.role === 'grain' && !line.stroke.closed) grain ??= [first, last]
    else if (line.role === 'fold' && !line.stroke.closed) fold ??= [first, last]
    else if (line.role === 'notch') marks.push({ at: notchPoint(line, ring), kind: 'slit', label: line.shape.label })
    else if (line.role === 'drill' || (round && size <= WIDEST_HOLE))
      drills.push({
        at: middleOf(line.points),
        diameter: round ? Math.round(size * 100) / 100 : 0,
        label: line.shape.label,
      })
    else
      lines.push({
        stroke: line.stroke,
        kind: line.role === 'cut' && line.stroke.closed ? 'cut' : 'line',
        label: line.shape.label,
      })
  }
  return {
    name: name.slice(0, 60),
    ring: sew !== undefined ? 'cut' : ring.role === 'cut' ? 'cut' : ring.role === 'sew' ? 'sew' : null,
    outline: ring.stroke,
    beside: sew === undefined ? [] : [sew.stroke],
    complete: sew !== undefined,
    fold,
    marks,
    drills,
    lines,
    grain,
    notes: texts.filter(({ at }) => contains(ring.points, at)).map(({ at, text }) => noteAt(at, text)),
    quantity: { drawn: 1, mirrored: 0 },
    material: '',
    info: {},
  }
}

/** Of a notch drawn as a short line, the point that lies on the outline. */
const notchPoint = (line: Line, ring: Line): Vec => {
  let best = line.points[0] as Vec
  let least = Infinity
  for (const p of line.points)
    for (let i = 0; i < ring.points.length; i++) {
      const a = ring.points[i] as Vec
      const b = ring.points[(i + 1) % ring.points.length] as Vec
      const t = along(p, a, b)
      const d = Math.hypot(a.x + t * (b.x - a.x) - p.x, a.y + t * (b.y - a.y) - p.y)
      if (d < least) {
        least = d
        best = p
      }
    }
  return best
}
const along = (p: Vec, a: Vec, b: Vec): number => {
  const square = (b.x - a.x) ** 2 + (b.y - a.y) ** 2
  return square > 0 ? Math.min(1, Math.max(0, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / square)) : 0
}
