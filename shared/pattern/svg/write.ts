import { drawnOf } from '../curve.ts'
import { layOut } from '../layout.ts'
import { linesOf } from '../lines.ts'
import type { Key, Pattern, Piece, Run, Shape, Vec } from '../model.ts'
import { notchAt } from '../place.ts'
import { OWN } from './own.ts'

const MARGIN = 10
/** Drawn length of a notch without a depth of its own, mm. */
const DEPTH = 4

const STYLE = `.cut{fill:none;stroke:#000;stroke-width:.4}
.sew{fill:none;stroke:#000;stroke-width:.25;stroke-dasharray:4 2}
.fold{fill:none;stroke:#000;stroke-width:.4;stroke-dasharray:10 2 1.5 2}
.grain{fill:none;stroke:#000;stroke-width:.3}
.notch,.drill{fill:none;stroke:#000;stroke-width:.35}
.internal{fill:none;stroke:#444;stroke-width:.2}
.edge,.given{fill:none;stroke:none}
.name,.note{font-family:sans-serif;font-size:5px;stroke:none}`

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Text that is safe between tags and in attributes; what XML 1.0 forbids is left out. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
    .replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '')

const number = (n: number): string => {
  const text = n.toFixed(4).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}
/** Sheets have y downwards. */
const at = ({ x, y }: Vec): string => `${number(x)},${number(-y)}`
const pathOf = (points: readonly Vec[], closed = false): string =>
  points.length === 0 ? '' : `M${points.map(at).join('L')}${closed ? 'Z' : ''}`

const keysText = (keys: readonly Key[]): string =>
  keys
    .map(({ x, y, turn, rule }) => `${number(x)},${number(y)}${turn ? 't' : ''}${rule === undefined ? '' : `#${rule}`}`)
    .join(' ')

type Attributes = Readonly<Record<string, string | null>>
const tag = (name: string, attributes: Attributes, content?: string): string => {
  const said = Object.entries(attributes)
    .filter((one): one is [string, string] => one[1] !== null)
    .map(([key, value]) => ` ${key}="${plain(value)}"`)
    .join('')
  return content === undefined ? `<${name}${said}/>` : `<${name}${said}>${plain(content)}</${name}>`
}

/** What `own.ts` reads a run back from: the line, its key points, and whether the line is more than the keys say. */
const runAttributes = (run: Run): Attributes => ({
  'data-keys': keysText(run.keys),
  'data-drawn': run.drawn === null ? null : '1',
  d: pathOf(drawnOf(run)),
})
const flag = (yes: boolean): string | null => (yes ? '1' : null)
const orNull = (n: number | null | undefined): string | null => (n === null || n === undefined ? null : number(n))

const closedPath = (runs: readonly Run[]): string =>
  pathOf(
    runs.flatMap((run) => drawnOf(run).slice(0, -1)),
    true,
  )

const pieceOf = (piece: Piece, shape: Shape, corner: Vec): string => {
  const { cut, sew } = linesOf(piece, shape)
  const foldAt = piece.edges.findIndex(({ id }) => id === piece.fold)
  const out: string[] = []
  out.push(tag('path', { class: 'cut', d: closedPath(cut) }))
  if (sew !== null)
    out.push(
      tag('path', {
        class: 'sew',
        d: sew
          .filter((_, i) => i !== foldAt || sew.length !== cut.length)
          .map((run) => pathOf(drawnOf(run)))
          .join(''),
      }),
    )
  const fold = cut[foldAt]
  if (fold) out.push(tag('path', { class: 'fold', d: pathOf(drawnOf(fold)) }))
  for (const [i, edge] of piece.edges.entries())
    out.push(
      tag('path', {
        class: 'edge',
        'data-id': edge.id,
        'data-name': edge.name === '' ? null : edge.name,
        'data-allowance': orNull(edge.allowance),
        'data-corner': edge.corner,
        'data-hem': edge.hem === null ? null : String(edge.hem.folds),
        'data-fold': flag(edge.id === piece.fold),
        ...runAttributes(shape.runs[i] as Run),
      }),
    )
  for (const run of shape.sew) out.push(tag('path', { class: 'given', ...runAttributes(run) }))
  for (const [i, notch] of piece.notches.entries()) {
    const found = shape.notches[i]
    const place = notchAt(shape, piece, i)
    if (!found || !place) continue
    const { at: on, direction } = place
    const deep = notch.depth > 0 ? notch.depth : DEPTH
    out.push(
      tag('path', {
        class: 'notch',
        'data-id': notch.id,
        'data-edge': notch.edge,
        'data-kind': notch.kind,
        'data-s': found.s.toFixed(6),
        'data-off': found.off.toFixed(6),
        'data-slip': found.slip === undefined ? null : found.slip.toFixed(6),
        'data-depth': number(notch.depth),
        'data-width': number(notch.width),
        'data-angle': orNull(notch.angle),
        'data-rule': orNull(notch.rule),
        d: pathOf([on, { x: on.x + direction.x * deep, y: on.y + direction.y * deep }]),
      }),
    )
  }
  for (const [i, drill] of piece.drills.entries()) {
    const on = shape.drills[i]
    if (!on) continue
    out.push(
      tag('circle', {
        class: 'drill',
        'data-id': drill.id,
        'data-at': `${number(on.x)},${number(on.y)}${drill.rule === undefined ? '' : `#${drill.rule}`}`,
        'data-diameter': number(drill.diameter),
        'data-label': drill.label,
        cx: number(on.x),
        cy: number(-on.y),
        r: number(Math.max(drill.diameter / 2, 1.5)),
      }),
    )
  }
  for (const [i, internal] of piece.internals.entries()) {
    const run = shape.internals[i]
    if (!run) continue
    out.push(
      tag('path', {
        class: `internal ${internal.kind}`,
        'data-id': internal.id,
        'data-kind': internal.kind,
        'data-label': internal.label,
        'data-side': flag(internal.oneSide),
        ...runAttributes(run),
      }),
    )
  }
  if (shape.grain !== null) out.push(tag('path', { class: 'grain', d: pathOf(shape.grain) }))
  for (const note of piece.notes)
    out.push(tag('text', { class: 'note', x: number(note.at.x), y: number(-note.at.y) }, note.text))
  const middle = middleOf(shape)
  out.push(
    tag('text', { class: 'name', x: number(middle.x), y: number(-middle.y), 'text-anchor': 'middle' }, piece.name),
  )
  const { quantity } = piece
  const open = tag('g', {
    class: 'piece',
    id: `pieza-${piece.id}`,
    'aria-label': piece.name,
    'data-piece': piece.id,
    'data-name': piece.name,
    'data-ring': piece.ring,
    'data-clockwise': flag(piece.clockwise),
    'data-drawn': String(quantity.drawn),
    'data-mirrored': String(quantity.mirrored),
    'data-material': piece.material,
    'data-category': piece.category,
    'data-annotation': piece.annotation,
    transform: `translate(${number(corner.x)} ${number(corner.y)})`,
  })
  return [`${open.slice(0, -2)}>`, ...out, '</g>'].join('\n')
}

const middleOf = (shape: Shape): Vec => {
  const keys = shape.runs.flatMap((run) => run.keys)
  const xs = keys.map(({ x }) => x)
  const ys = keys.map(({ y }) => y)
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 }
}

/**
 * One size of a pattern as an SVG at true size: millimetres, pieces side by side, a group each (`g.piece`) with its lines by class: `cut`
 * (closed), `sew` (dashed), `fold`, `notch`, `drill`, `internal`, `grain`, `note`, `name`. Attributes keep what a drawing cannot say, so
 * that `patternFromSvg` finds the same pieces again within 0.001 mm: key points, edges, allowances, notches, grain, texts. Stitches, seams,
 * points of measure, grade rules and other sizes stay behind.
 *
 * @param size Index of the size; pieces without it are left out.
 */
export const writeSvg = (pattern: Pattern, size: number): string => {
  const layout = layOut(pattern)
  const groups = pattern.pieces.flatMap((piece) => {
    const shape = piece.shapes[size]
    const place = layout.at[piece.id]
    return shape && place ? [pieceOf(piece, shape, { x: place.x + MARGIN, y: place.y + MARGIN })] : []
  })
  const width = layout.width + 2 * MARGIN
  const height = layout.height + 2 * MARGIN
  const root = tag('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width: `${number(width)}mm`,
    height: `${number(height)}mm`,
    viewBox: `0 0 ${number(width)} ${number(height)}`,
    [`data-${OWN}`]: '1',
    'data-name': pattern.name,
    'data-size': pattern.sizes[size] ?? '',
  })
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `${root.slice(0, -2)}>`, `<style>${STYLE}</style>`]
  return `${[...lines, ...groups, '</svg>'].join('\n')}\n`
}
