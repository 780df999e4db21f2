import type { Vec } from '../model.ts'
import { type Found, noteAt } from './build.ts'
import { pointsOf, type Stroke, signedArea, strokesOf } from './curves.ts'
import type { SvgGroup, SvgNode, SvgShape, SvgTree } from './tree.ts'

/** Classes that FreeSewing draws the lines of each cloth in. */
const CLOTHS = ['fabric', 'lining', 'interfacing', 'canvas', 'various'] as const
const NOT_OUTLINE = ['sa', 'help', 'dashed', 'dotted', 'lashed', 'hidden', 'note', 'mark', 'contrast']
const NO_LINE = ['hidden', 'scalebox', 'logo', 'no-stroke', 'no-full', 'grid', 'gridline']
/** Lines that a symbol stands for, in its own millimetres (y downwards). */
const SLITS: Readonly<Record<string, readonly [Vec, Vec]>> = {
  buttonhole: [
    { x: 0, y: -5 },
    { x: 0, y: 5 },
  ],
  'buttonhole-start': [
    { x: 0, y: -10 },
    { x: 0, y: 0 },
  ],
  'buttonhole-end': [
    { x: 0, y: 0 },
    { x: 0, y: 10 },
  ],
}
const POINTS = ['button', 'snap-stud', 'snap-socket', 'eyelet']

/** Titles, dates, scale boxes and thanks that FreeSewing puts on every part. */
const isOwn = (text: string, classes: readonly string[]): boolean =>
  /^(?:plugin-annotations|FreeSewing)/.test(text) || classes.some((one) => /^text(?:-|$)/.test(one))

/** Without the noise of adding and taking away the part's place on the sheet. */
const clean = (n: number): number => Math.round(n * 1e6) / 1e6

const all = (group: SvgGroup): SvgNode[] =>
  group.children.flatMap((child) => (child.is === 'group' ? all(child) : [child]))
const groupsUnder = (group: SvgGroup): SvgGroup[] =>
  group.children.flatMap((child) => (child.is === 'group' ? [child, ...groupsUnder(child)] : []))
const has = (shape: SvgShape, ...classes: readonly string[]): boolean =>
  classes.some((one) => shape.classes.includes(one))

/** From `cut,2,mirrored,from,fabric`: how many are cut as drawn and how many mirrored. On a fold both halves are one. */
const quantityOf = (texts: readonly string[], onFold: boolean): Found['quantity'] => {
  const cut = texts.find((text) => /(?:^|:)cut,\d{1,2},/.test(text)) ?? ''
  const count = Number(/(?:^|:)cut,(\d{1,2}),/.exec(cut)?.[1] ?? 1)
  const mirrored = cut.includes('mirrored') && !onFold ? Math.floor(count / 2) : 0
  return { drawn: count - mirrored, mirrored }
}

/** The first words of a text that FreeSewing repeats along a line, without the part's own prefix (`aaron:chestLine`). */
const labelOf = (shape: SvgShape): string =>
  (shape.data.text ?? '')
    .split(/\u00a0| {2}/)[0]
    ?.replace(/^[\w-]+:/, '')
    .trim()
    .slice(0, 60) ?? ''

/**
 * The pieces of a FreeSewing draft: a group for each part, `fabric` its sew line, `sa` its cut line, markers for grain and fold, symbols
 * for notches and buttons. Coordinates are the part's own, so that two drafts of one style can be laid on each other whatever the
 * packing on the sheet.
 */
export const piecesOfFreeSewing = (tree: SvgTree): { found: Found[]; design: string; skipped: number } => {
  const groups = groupsUnder(tree.root)
  const parts = groups.filter(({ id }) => /^fs-stack-.+-part-/.test(id))
  const stacks = groups.filter(({ id }) => id.startsWith('fs-stack-') && !/-part-/.test(id))
  const homes = parts.length > 0 ? parts : stacks
  const seams = groups.some((group) => all(group).some((node) => node.is === 'shape' && has(node, 'sa')))
  const found: Found[] = []
  let skipped = 0
  for (const home of homes) {
    const one = pieceIn(home, seams)
    if (one === null) skipped++
    else found.push(one)
  }
  const design = /^fs-stack-([^.]+)\./.exec(stacks[0]?.id ?? '')?.[1] ?? ''
  return { found, design, skipped }
}

const pieceIn = (home: SvgGroup, seams: boolean): Found | null => {
  const place = (p: Vec): Vec => ({ x: clean(p.x - home.origin.x), y: clean(home.origin.y - p.y) })
  const nodes = all(home)
  const shapes = nodes.filter((node): node is SvgShape => node.is === 'shape')
  const drawn = shapes.map((shape) => ({ shape, strokes: strokesOf(shape.segments, place) }))
  let outline: { shape: SvgShape; stroke: Stroke; area: number } | null = null
  for (const { shape, strokes } of drawn) {
    if (!has(shape, ...CLOTHS) || has(shape, ...NOT_OUTLINE)) continue
    for (const stroke of strokes) {
      const area = stroke.closed ? Math.abs(signedArea(pointsOf(stroke))) : 0
      if (area > (outline?.area ?? 1)) outline = { shape, stroke, area }
    }
  }
  if (outline === null) return null

  const cloth = CLOTHS.find((name) => has(outline.shape, name)) ?? 'fabric'
  const beside: Stroke[] = []
  const lines: Found['lines'][number][] = []
  let grain: Found['grain'] = null
  let fold: Found['fold'] = null
  for (const { shape, strokes } of drawn) {
    const ends = strokes[0]?.parts
    if (shape.markers.includes('grainlineFrom') && ends) {
      grain = [ends[0]!.a, ends.at(-1)!.b]
    } else if (shape.markers.includes('cutonfoldFrom') && ends) {
      fold = [ends[0]!.a, ends.at(-1)!.b]
      // The mark is a bracket: its back lies inside the piece, along the fold.
      if (/grain/i.test(shape.data.text ?? '') && ends.length === 3) grain = [ends[1]!.a, ends[1]!.b]
    } else if (has(shape, 'sa')) beside.push(...strokes)
    else if (!has(shape, ...NO_LINE))
      for (const stroke of strokes)
        if (stroke !== outline.stroke)
          lines.push({ stroke, kind: has(shape, 'mark', 'stroke-mark') ? 'mark' : 'line', label: labelOf(shape) })
  }

  const marks: Found['marks'][number][] = []
  const drills: Found['drills'][number][] = []
  const texts: string[] = []
  const notes: Found['notes'][number][] = []
  for (const node of nodes) {
    if (node.is === 'text') {
      texts.push(node.text)
      if (!isOwn(node.text, node.classes)) notes.push(noteAt(place(node.at), node.text))
    } else if (node.is === 'use') {
      const at = place(node.at)
      if (node.of === 'notch') marks.push({ at, kind: 'slit', label: 'notch' })
      else if (node.of === 'bnotch') marks.push({ at, kind: 'v', label: 'bnotch' })
      else if (POINTS.includes(node.of)) drills.push({ at, diameter: 0, label: node.of })
      else if (Object.hasOwn(SLITS, node.of)) {
        const turn = (node.turn * Math.PI) / 180
        const [a, b] = (SLITS[node.of] as readonly [Vec, Vec]).map((p) => ({
          x: at.x + node.scale * (p.x * Math.cos(turn) - p.y * Math.sin(turn)),
          y: at.y - node.scale * (p.x * Math.sin(turn) + p.y * Math.cos(turn)),
        })) as [Vec, Vec]
        lines.push({ stroke: { parts: [{ a, b, control: null }], closed: false }, kind: 'mark', label: node.of })
      }
    }
  }
  const id = home.id.replace(/^fs-stack-(?:.*-part-)?/, '')
  return {
    name: id.slice(id.lastIndexOf('.') + 1),
    ring: 'sew',
    outline: outline.stroke,
    beside,
    complete: seams,
    fold,
    marks,
    drills,
    lines,
    grain,
    notes,
    quantity: quantityOf(texts, fold !== null),
    material: cloth,
    info: {},
  }
}
