import {
  CORNERS,
  type Drill,
  type Edge,
  type EdgeId,
  type Internal,
  type InternalId,
  isLocalId,
  type Key,
  NOTCH_KINDS,
  type Notch,
  type NotchId,
  type NotchPlace,
  type Note,
  type Piece,
  type PieceId,
  type Run,
  type Vec,
} from '../model.ts'
import { namer, noteAt } from './build.ts'
import { pointsOf, type Stroke, strokesOf, TOUCH } from './curves.ts'
import { lineOf } from './runs.ts'
import type { SvgGroup, SvgShape, SvgTree } from './tree.ts'

/** The mark on the root of drawings that `writeSvg` makes. */
export const OWN = 'puntada'

const MOST_KEYS = 5_000
const FARTHEST = 1e5
const LETTERS = 120

type Data = Readonly<Record<string, string>>

const textOf = (data: Data, name: string): string => (data[name] ?? '').slice(0, LETTERS)
const numberOf = (data: Data, name: string, least: number, most: number): number | null => {
  const text = data[name]
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  return value >= least && value <= most ? value : null
}
const oneOf = <const T extends string>(known: readonly T[], text: string | undefined): T | null =>
  known.find((one) => one === text) ?? null

/** `x,y` or `x,yt` for a turn, `#n` after it for the number of its grade rule; blanks between. */
export const keysFrom = (text: string | undefined): Key[] | null => {
  const words = (text ?? '').split(/\s+/).filter(Boolean)
  if (words.length < 2 || words.length > MOST_KEYS) return null
  const keys: Key[] = []
  for (const word of words) {
    const match = /^(-?\d{1,6}(?:\.\d{1,9})?),(-?\d{1,6}(?:\.\d{1,9})?)(t?)(?:#(\d{1,6}))?$/.exec(word)
    if (match === null) return null
    const key = { x: Number(match[1]), y: Number(match[2]), turn: match[3] === 't' }
    if (Math.abs(key.x) > FARTHEST || Math.abs(key.y) > FARTHEST) return null
    keys.push(match[4] === undefined ? key : { ...key, rule: Number(match[4]) })
  }
  return keys
}

const near = (a: Vec | undefined, b: Vec | undefined): boolean =>
  a !== undefined && b !== undefined && Math.hypot(a.x - b.x, a.y - b.y) <= TOUCH

/** The run that a line of ours stands for: its listed key points where they fit what is drawn, else what is drawn. */
const runFrom = (shape: SvgShape, strokes: readonly Stroke[]): Run | null => {
  const stroke = strokes[0]
  if (stroke === undefined || stroke.parts.length === 0) return null
  const keys = keysFrom(shape.data.keys)
  const first = stroke.parts[0]?.a
  const last = stroke.parts.at(-1)?.b
  if (keys === null || !near(keys[0], first) || !near(keys.at(-1), last)) return lineOf(stroke)
  if (shape.data.drawn === undefined) return { keys, drawn: null }
  const points = pointsOf(stroke)
  const ends = (k: Key): Vec => ({ x: k.x, y: k.y })
  return { keys, drawn: [ends(keys[0] as Key), ...points.slice(1, -1), ends(keys.at(-1) as Key)] }
}

const edgeFrom = (data: Data, id: EdgeId): Edge => {
  const folds = data.hem === '1' ? 1 : data.hem === '2' ? 2 : null
  return {
    id,
    name: textOf(data, 'name'),
    allowance: numberOf(data, 'allowance', 0, 500),
    corner: oneOf(CORNERS, data.corner) ?? 'mitre',
    hem: folds === null ? null : { folds },
    sewing: null,
  }
}

const pieceFrom = (
  group: SvgGroup,
  id: PieceId,
  fresh: <I extends string>(said: string | undefined, otherwise: string) => I,
) => {
  const place = (p: Vec): Vec => ({ x: p.x - group.origin.x, y: group.origin.y - p.y })
  const edges: Edge[] = []
  const runs: Run[] = []
  const internals: Internal[] = []
  const inner: Run[] = []
  const drills: Drill[] = []
  const points: Vec[] = []
  const sew: Run[] = []
  const notes: Note[] = []
  const said = new Map<string, EdgeId>()
  const waiting: SvgShape[] = []
  let grain: readonly [Vec, Vec] | null = null
  let fold: EdgeId | null = null
  for (const node of group.children) {
    if (node.is === 'text' && node.classes.includes('note')) notes.push(noteAt(place(node.at), node.text))
    if (node.is !== 'shape') continue
    const [kind] = node.classes
    const run = runFrom(node, strokesOf(node.segments, place))
    if (run === null) continue
    if (kind === 'edge') {
      const edge = edgeFrom(node.data, fresh<EdgeId>(node.data.id, `${id}.e${edges.length + 1}`))
      edges.push(edge)
      runs.push(run)
      said.set(node.data.id ?? '', edge.id)
      if (node.data.fold !== undefined) fold = edge.id
    } else if (kind === 'given') sew.push(run)
    else if (kind === 'notch') waiting.push(node)
    else if (kind === 'grain')
      grain = [run.keys[0] as Vec, run.keys.at(-1) as Vec].map(({ x, y }) => ({ x, y })) as [Vec, Vec]
    else if (kind === 'drill') {
      const at = keysFrom(`${node.data.at} ${node.data.at}`)?.[0]
      if (at === undefined) continue
      const diameter = numberOf(node.data, 'diameter', 0, 500) ?? 0
      const drill = { id: fresh<Drill['id']>(node.data.id, `${id}.d${drills.length + 1}`), diameter }
      drills.push({ ...drill, label: textOf(node.data, 'label'), ...(at.rule === undefined ? {} : { rule: at.rule }) })
      points.push({ x: at.x, y: at.y })
    } else if (kind === 'internal') {
      const lineKind = oneOf(['line', 'cut', 'stripe', 'plaid', 'mark'], node.data.kind) ?? 'line'
      const line = { id: fresh<InternalId>(node.data.id, `${id}.i${internals.length + 1}`), kind: lineKind }
      internals.push({ ...line, label: textOf(node.data, 'label'), oneSide: node.data.side !== undefined })
      inner.push(run)
    }
  }
  if (edges.length < 2) return null
  const notches: Notch[] = []
  const places: NotchPlace[] = []
  for (const { data } of waiting) {
    const edge = said.get(data.edge ?? '')
    const s = numberOf(data, 's', 0, FARTHEST)
    if (edge === undefined || s === null) continue
    const rule = numberOf(data, 'rule', 0, 1e6)
    notches.push({
      id: fresh<NotchId>(data.id, `${id}.n${notches.length + 1}`),
      edge,
      kind: oneOf(NOTCH_KINDS, data.kind) ?? 'slit',
      depth: numberOf(data, 'depth', 0, 100) ?? 0,
      width: numberOf(data, 'width', 0, 100) ?? 0,
      angle: numberOf(data, 'angle', -360, 360),
      ...(rule === null ? {} : { rule }),
    })
    const slip = numberOf(data, 'slip', -1000, 1000)
    places.push({ s, off: numberOf(data, 'off', -1000, 1000) ?? 0, ...(slip === null ? {} : { slip }) })
  }
  const { data } = group
  const piece: Piece = {
    id,
    name: textOf(data, 'name'),
    ring: oneOf(['cut', 'sew'], data.ring),
    edges,
    clockwise: data.clockwise !== undefined,
    notches,
    drills,
    internals,
    notes,
    fold,
    quantity: {
      drawn: Math.round(numberOf(data, 'drawn', 0, 999) ?? 1),
      mirrored: Math.round(numberOf(data, 'mirrored', 0, 999) ?? 0),
    },
    material: textOf(data, 'material'),
    category: textOf(data, 'category'),
    annotation: textOf(data, 'annotation'),
    info: {},
    shapes: [
      { runs, notches: places, drills: points, internals: inner, grain, sew: sew.length === runs.length ? sew : [] },
    ],
  }
  return piece
}

/** The pieces of a drawing that this program wrote: one size, with all that its attributes keep. */
export const piecesOfOwn = (tree: SvgTree): { pieces: Piece[]; skipped: number } => {
  const name = namer()
  const taken = new Set<string>()
  const groups: SvgGroup[] = []
  const walk = (group: SvgGroup) => {
    if (group.classes.includes('piece')) groups.push(group)
    else for (const child of group.children) if (child.is === 'group') walk(child)
  }
  walk(tree.root)
  const pieces: Piece[] = []
  for (const group of groups) {
    const said = group.data.piece
    const id =
      isLocalId(said) && !pieces.some((piece) => piece.id === said) ? (said as PieceId) : name(group.data.name ?? '')
    const fresh = <I extends string>(wanted: string | undefined, otherwise: string): I => {
      const first = isLocalId(wanted) ? wanted : otherwise
      let one = first
      for (let n = 2; taken.has(one); n++) one = `${first.slice(0, 34)}-${n}`
      taken.add(one)
      return one as I
    }
    const piece = pieceFrom(group, id, fresh)
    if (piece !== null) pieces.push(piece)
  }
  return { pieces, skipped: groups.length - pieces.length }
}
