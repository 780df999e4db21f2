/**
 * Drafts the demo's patterns with FreeSewing (MIT) and keeps them as SVG files of true size, in millimetres:
 * `node scripts/draft-demo.ts [name …]`. The same input gives the same bytes: no date, no random, no layout of chance.
 *
 * FreeSewing's own SVG carries a style sheet, markers and English; this writes the lines itself, so that a sheet holds
 * only what a cutter reads: line of cut, line of sewing, grain, notches, buttons, and the words of the trade.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { Aaron } from '@freesewing/aaron'
import { Bella } from '@freesewing/bella'
import { Brian } from '@freesewing/brian'
import { Design } from '@freesewing/core'
import { Simon } from '@freesewing/simon'
import { Teagan } from '@freesewing/teagan'
import svgpath from 'svgpath'
import { manMedium, student, womanMedium } from './bodies.ts'
import { jeansParts, skirtParts } from './draft-pieces.ts'

interface Piece {
  readonly part: string
  readonly title: string
  readonly cut: readonly string[]
  /** Quarter turns clockwise before it is laid down. */
  readonly turn?: 0 | 1
  /** Where the title stands, as a fraction of the piece's box; without it, where FreeSewing put it. */
  readonly titleAt?: readonly [number, number]
  readonly small?: boolean
  /** No room for the style's name: the title and the cut alone. */
  readonly tiny?: boolean
}

interface Draft {
  readonly file: string
  readonly design: FreeSewingDesign
  readonly title: string
  readonly size: string
  readonly measurements: Record<string, number>
  readonly options?: Record<string, unknown>
  /** Pieces in rows, as a patronista would pin them up. */
  readonly rows: readonly (readonly Piece[])[]
}

const SEAM_ALLOWANCE = 10
const GAP = 22
const MARGIN = 16
const HEADER = 30

/** Simon's pieces; a long sleeve brings its cuff and the two plackets of its opening. */
const simonRows = (sleeve: 'short' | 'long'): Piece[][] => {
  const sleeveTitle = sleeve === 'long' ? 'Manga' : 'Manga corta'
  const rows: Piece[][] = [
    [
      { part: 'frontRight', title: 'Delantero derecho', cut: ['Tela: 1', 'Lado de botones'], titleAt: [0.27, 0.24] },
      { part: 'frontLeft', title: 'Delantero izquierdo', cut: ['Tela: 1', 'Lado de ojales'], titleAt: [0.47, 0.24] },
      { part: 'back', title: 'Espalda', cut: ['Tela: 1 al doblez'], titleAt: [0.25, 0.24] },
      { part: 'sleeve', title: sleeveTitle, cut: ['Tela: 1 par'], titleAt: [0.6, 0.5] },
    ],
    [
      { part: 'yoke', title: 'Bata de espalda', cut: ['Tela: 2'], titleAt: [0.62, 0.5], small: true },
      {
        part: 'collar',
        title: 'Cuello',
        cut: ['Tela: 2 · Entretela: 1'],
        titleAt: [0.3, 0.68],
        small: true,
        tiny: true,
      },
      {
        part: 'collarStand',
        title: 'Pie de cuello',
        cut: ['Tela: 2 · Entretela: 1'],
        titleAt: [0.14, 0.72],
        small: true,
        tiny: true,
      },
    ],
  ]
  if (sleeve === 'short') return rows
  return [
    ...rows,
    [
      { part: 'cuff', title: 'Puño', cut: ['Tela: 2 pares · Entretela: 1 par'], titleAt: [0.26, 0.4], small: true },
      {
        part: 'sleevePlacketOverlap',
        title: 'Aletilla superior',
        cut: ['Tela: 1 par'],
        titleAt: [0.16, 0.4],
        small: true,
      },
      {
        part: 'sleevePlacketUnderlap',
        title: 'Aletilla inferior',
        cut: ['Tela: 1 par'],
        titleAt: [0.2, 0.42],
        small: true,
      },
    ],
  ]
}

const drafts: readonly Draft[] = [
  {
    file: 'camisa-escolar-t16',
    design: Simon,
    title: 'Camisa escolar manga corta',
    size: 'Talla 16',
    measurements: student,
    options: {
      sleeveStyle: 'short',
      hemStyle: 'straight',
      lengthBonus: 0.2,
      buttons: 6,
      yokeHeight: 0.6,
      buttonFreeLength: 0.02,
      ffsa: false,
    },
    rows: simonRows('short'),
  },
  {
    file: 'camisa-mezclilla-t40',
    design: Simon,
    title: 'Camisa de mezclilla',
    size: 'Talla 40',
    measurements: manMedium,
    options: { boxPleat: true, hemStyle: 'baseball', lengthBonus: 0.26, buttons: 7, cuffStyle: 'angledBarrelCuff' },
    rows: simonRows('long'),
  },
  {
    file: 'playera-deportiva-m',
    design: Teagan,
    title: 'Playera deportiva',
    size: 'Talla M',
    measurements: manMedium,
    options: { sleeveLength: 0.34, necklineDepth: 0.22 },
    rows: [
      [
        { part: 'front', title: 'Delantero', cut: ['Punto: 1 al doblez'], titleAt: [0.42, 0.34] },
        { part: 'back', title: 'Espalda', cut: ['Punto: 1 al doblez'], titleAt: [0.42, 0.34] },
        { part: 'sleeve', title: 'Manga', cut: ['Punto: 1 par'], titleAt: [0.58, 0.42] },
      ],
    ],
  },
  {
    file: 'playera-sin-mangas-m',
    design: Aaron,
    title: 'Playera sin mangas de entrenamiento',
    size: 'Talla M',
    measurements: manMedium,
    options: { necklineDrop: 0.12, armholeDrop: 0.06 },
    rows: [
      [
        { part: 'front', title: 'Delantero', cut: ['Punto: 1 al doblez'], titleAt: [0.32, 0.42] },
        { part: 'back', title: 'Espalda', cut: ['Punto: 1 al doblez'], titleAt: [0.32, 0.42] },
      ],
    ],
  },
  {
    file: 'blusa-base-t32',
    design: Bella,
    title: 'Molde base de blusa',
    size: 'Talla 32',
    measurements: womanMedium,
    rows: [
      [
        { part: 'frontSideDart', title: 'Delantero', cut: ['Tela: 1 al doblez'], titleAt: [0.27, 0.36] },
        { part: 'back', title: 'Espalda', cut: ['Tela: 1 par'], titleAt: [0.3, 0.34] },
        { part: 'sleeve', title: 'Manga', cut: ['Tela: 1 par'], titleAt: [0.56, 0.42] },
      ],
    ],
  },
  {
    file: 'torso-base-t40',
    design: Brian,
    title: 'Molde base de torso',
    size: 'Talla 40',
    measurements: manMedium,
    rows: [
      [
        { part: 'front', title: 'Delantero', cut: ['Tela: 1 al doblez'], titleAt: [0.38, 0.36] },
        { part: 'back', title: 'Espalda', cut: ['Tela: 1 al doblez'], titleAt: [0.38, 0.36] },
        { part: 'sleeve', title: 'Manga', cut: ['Tela: 1 par'], titleAt: [0.56, 0.42] },
      ],
    ],
  },
  {
    file: 'falda-tableada-t14',
    design: new Design({ data: { name: 'falda' }, parts: [...skirtParts] }),
    title: 'Falda tableada',
    size: 'Talla 14',
    measurements: { waist: 680, skirtLength: 460 },
    rows: [
      [{ part: 'panel', title: 'Delantero y espalda', cut: ['Tela: 2'], titleAt: [0.36, 0.62] }],
      [{ part: 'waistband', title: 'Pretina', cut: ['Tela: 1 · Entretela: 1'], titleAt: [0.16, 0.36], small: true }],
    ],
  },
  {
    file: 'pantalon-mezclilla-habilitado-t32',
    design: new Design({ data: { name: 'mezclilla' }, parts: [...jeansParts] }),
    title: 'Pantalón de mezclilla: bolsas, bata y pretina',
    size: 'Talla 32',
    measurements: { waist: 840, hips: 990 },
    rows: [
      [
        { part: 'backPocket', title: 'Bolsa trasera', cut: ['Mezclilla: 1 par'], titleAt: [0.17, 0.28], small: true },
        { part: 'yoke', title: 'Bata trasera', cut: ['Mezclilla: 1 par'], titleAt: [0.14, 0.42], small: true },
        {
          part: 'coinPocket',
          title: 'Bolsa relojera',
          cut: ['Mezclilla: 1'],
          titleAt: [0.2, 0.34],
          small: true,
          tiny: true,
        },
      ],
      [
        {
          part: 'pocketFacing',
          title: 'Vista de bolsa',
          cut: ['Mezclilla: 1 par'],
          titleAt: [0.2, 0.34],
          small: true,
          tiny: true,
        },
        { part: 'pocketBag', title: 'Manta de bolsa', cut: ['Manta: 1 par'], titleAt: [0.34, 0.42], small: true },
        { part: 'fly', title: 'Ojalera', cut: ['Mezclilla: 1'], titleAt: [0.26, 0.3], small: true, tiny: true },
      ],
      [{ part: 'waistband', title: 'Pretina', cut: ['Mezclilla: 1'], titleAt: [0.1, 0.38], small: true }],
      [{ part: 'loop', title: 'Trabilla (presilla)', cut: ['Mezclilla: 1 tira'], titleAt: [0.1, 0.36], small: true }],
    ],
  },
]

const LABELS: Record<string, string> = { chestLine: 'línea de pecho', waistLine: 'línea de cintura' }

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const round = (n: number): string => String(Math.round(n * 100) / 100)

interface Drawn {
  readonly body: string
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
}

type Pair = readonly [number, number]

/** Corners of a path's box; its curves are flattened in 16 steps, which is exact enough to lay pieces side by side. */
const extent = (d: string): Pair[] => {
  const out: Pair[] = []
  svgpath(d)
    .abs()
    .unarc()
    .unshort()
    .iterate((segment, _i, x, y) => {
      const [op, ...n] = segment as [string, ...number[]]
      if (op === 'C') {
        const [a, b, c, e, f, g] = n as [number, number, number, number, number, number]
        for (let k = 0; k <= 16; k++) {
          const t = k / 16
          const u = 1 - t
          out.push([
            u * u * u * x + 3 * u * u * t * a + 3 * u * t * t * c + t * t * t * f,
            u * u * u * y + 3 * u * u * t * b + 3 * u * t * t * e + t * t * t * g,
          ])
        }
      } else if (op === 'H') out.push([n[0]!, y])
      else if (op === 'V') out.push([x, n[0]!])
      else for (let k = 0; k + 1 < n.length; k += 2) out.push([n[k]!, n[k + 1]!])
    })
  return out
}

const classesOf = (path: FreeSewingPath): string[] => (path.attributes.list.class ?? []).join(' ').split(' ')
const textOf = (path: FreeSewingPath): string[] => (path.attributes.list['data-text'] ?? []).map(String)

/** What a FreeSewing line is on our paper: a class of the sheet's style, or null for what a cutter has no use for. */
const lineClass = (name: string, classes: readonly string[]): string | null => {
  if (classes.includes('hidden') || /scalebox|banner/.test(name)) return null
  if (/grainline|cutonfold/.test(name)) return 'g'
  if (classes.includes('sa')) return 'c'
  if (classes.includes('fabric') && !classes.includes('dashed')) return 's'
  if (classes.includes('help') || classes.includes('dotted') || classes.includes('dashed')) return 'h'
  return 'm'
}

const arrowhead = (at: Pair, angle: number): string => {
  const wing = (by: number, long: number): string =>
    `${round(at[0] - long * Math.cos(angle + by))},${round(at[1] - long * Math.sin(angle + by))}`
  return `<path class="f" d="M${round(at[0])},${round(at[1])} L${wing(0.3, 9)} L${wing(0, 7)} L${wing(-0.3, 9)} Z"/>`
}

const along = (points: readonly Pair[], words: string, lift = 3): string => {
  const a = points[0]!
  const b = points.at(-1)!
  let angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
  if (angle > 90 || angle < -89.9) angle += angle > 0 ? -180 : 180
  const x = (a[0] + b[0]) / 2
  const y = (a[1] + b[1]) / 2
  return `<text class="n" text-anchor="middle" transform="translate(${round(x)} ${round(y)}) rotate(${round(angle)})" y="-${lift}">${xml(words)}</text>`
}

const drawPiece = (part: FreeSewingPart, piece: Piece, number: number, draft: Draft): Drawn => {
  const turned = (d: string): string =>
    piece.turn ? svgpath(d).rotate(90).round(2).toString() : svgpath(d).abs().round(2).toString()
  const lines: string[] = []
  const notes: string[] = []
  const all: Pair[] = []
  for (const [name, path] of Object.entries(part.paths)) {
    if (path.hidden || !path.d) continue
    const kind = lineClass(name, classesOf(path))
    const label = textOf(path)[0]?.split(':')[1] ?? ''
    if (kind === null) {
      if (LABELS[label]) notes.push(along(extent(turned(path.d)), LABELS[label], 2))
      continue
    }
    const d = turned(path.d)
    const points = extent(d)
    all.push(...points)
    lines.push(`<path class="${kind}" d="${d}"/>`)
    if (kind !== 'g') continue
    const ends = [points[0]!, points.at(-1)!] as const
    if (name.includes('cutonfold')) {
      // A fold line is a bracket: its tips point at the edge of the piece, the long side runs beside it.
      lines.push(arrowhead(ends[0], Math.atan2(ends[0][1] - points[1]![1], ends[0][0] - points[1]![0])))
      lines.push(arrowhead(ends[1], Math.atan2(ends[1][1] - points.at(-2)![1], ends[1][0] - points.at(-2)![0])))
      notes.push(
        along([points[1]!, points.at(-2)!], label.includes('Grain') ? 'al doblez · hilo de la tela' : 'al doblez'),
      )
    } else {
      const angle = Math.atan2(ends[1][1] - ends[0][1], ends[1][0] - ends[0][0])
      lines.push(arrowhead(ends[0], angle + Math.PI), arrowhead(ends[1], angle))
      notes.push(along(ends, 'hilo de la tela'))
    }
  }
  for (const { def, anchor } of Object.values(part.snippets)) {
    const [x, y] = piece.turn ? [-anchor.y, anchor.x] : [anchor.x, anchor.y]
    const at = `cx="${round(x)}" cy="${round(y)}"`
    if (def === 'notch') lines.push(`<circle class="f" ${at} r="1.7"/>`)
    else if (def === 'bnotch')
      lines.push(
        `<path class="m" d="M${round(x - 2)},${round(y - 2)} l4,4 m0,-4 l-4,4"/><circle class="m" ${at} r="2.8"/>`,
      )
    else if (def === 'button')
      lines.push(
        `<circle class="m" ${at} r="4.5"/><circle class="f" cx="${round(x - 1.2)}" cy="${round(y)}" r="0.6"/>`,
        `<circle class="f" cx="${round(x + 1.2)}" cy="${round(y)}" r="0.6"/>`,
      )
    else if (def.startsWith('buttonhole'))
      lines.push(`<path class="m" d="M${round(x)},${round(y - 7)} v14 m-1.6,-14 h3.2 m-3.2,14 h3.2"/>`)
  }
  const xs = all.map((p) => p[0])
  const ys = all.map((p) => p[1])
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  const width = Math.max(...xs) - left
  const height = Math.max(...ys) - top
  const own = Object.entries(part.points).find(([name]) => name.endsWith('title_nr'))?.[1]
  const [x, y] = piece.titleAt
    ? [left + piece.titleAt[0] * width, top + piece.titleAt[1] * height]
    : own
      ? piece.turn
        ? [-own.y, own.x]
        : [own.x, own.y]
      : [left + width / 3, top + height / 3]
  const k = piece.small ? 0.62 : 1
  const text = (cls: string, dx: number, dy: number, words: string): string =>
    `<text class="${cls}" x="${round(x + dx * k)}" y="${round(y + dy * k)}">${xml(words)}</text>`
  const suffix = piece.small ? ' k' : ''
  notes.push(
    text(`o${suffix}`, 0, 0, String(number)),
    text(`t${suffix}`, 20, -8, piece.title),
    ...[...(piece.tiny ? [] : [`${draft.title.split(':')[0]} · ${draft.size}`]), ...piece.cut].map((line, i) =>
      text(`p${suffix}`, 20, 1.5 + 8.4 * i, line),
    ),
  )
  return { body: [...lines, ...notes].join('\n'), width, height, left, top }
}

const STYLE = [
  'path,circle{fill:none;stroke:#1d2733;stroke-linecap:round;stroke-linejoin:round}',
  '.c{stroke-width:.9}',
  '.s{stroke-width:.6;stroke-dasharray:5 2.2}',
  '.h{stroke-width:.3;stroke:#6a7684;stroke-dasharray:8 2 1.5 2}',
  '.m{stroke-width:.45}',
  '.g{stroke-width:.4;stroke:#2f5d8a}',
  '.f{fill:#1d2733;stroke:none}',
  'text{font-family:sans-serif;fill:#1d2733}',
  '.n{font-size:7px;fill:#2f5d8a}',
  '.o{font-size:28px;font-weight:700;text-anchor:end;fill:#2f5d8a}',
  '.t{font-size:10.5px;font-weight:700}',
  '.p{font-size:7px}',
  '.o.k{font-size:17px}',
  '.t.k{font-size:6.5px}',
  '.p.k{font-size:4.8px}',
  '.head{font-size:16px;font-weight:700}',
  '.sub{font-size:8.5px}',
].join('\n')

/** A 5 cm square to check a print with a ruler, at the right of the header. */
const testSquare = (x: number, y: number): string =>
  `<path class="m" d="M${round(x)},${round(y)} h50 v20 h-50 Z"/><text class="p" text-anchor="middle" x="${round(x + 25)}" y="${round(y + 12.5)}">5 cm × 2 cm</text>`

const draw = (draft: Draft): string => {
  const pattern = new draft.design({
    measurements: draft.measurements,
    options: draft.options ?? {},
    sa: SEAM_ALLOWANCE,
    complete: true,
    paperless: false,
    units: 'metric',
    locale: 'es',
    layout: true,
  })
  const { stacks } = pattern.draft().getRenderProps()
  const byName = new Map(Object.entries(stacks).map(([name, stack]) => [name.split('.').at(-1)!, stack.parts[0]!]))
  const out: string[] = []
  let number = 0
  let y = MARGIN + HEADER
  let right = 0
  for (const row of draft.rows) {
    let x = MARGIN
    let tallest = 0
    for (const piece of row) {
      const part = byName.get(piece.part)
      if (!part) throw new Error(`${draft.file}: no part ${piece.part} among ${[...byName.keys()].join(' ')}`)
      const drawn = drawPiece(part, piece, ++number, draft)
      out.push(
        `<g id="${piece.part}" transform="translate(${round(x - drawn.left)} ${round(y - drawn.top)})">\n${drawn.body}\n</g>`,
      )
      x += drawn.width + GAP
      tallest = Math.max(tallest, drawn.height)
    }
    right = Math.max(right, x - GAP)
    y += tallest + GAP
  }
  const width = Math.ceil(Math.max(right + MARGIN, 420))
  const height = Math.ceil(y - GAP + MARGIN)
  const head = [
    `<text class="head" x="${MARGIN}" y="${MARGIN + 9}">${xml(draft.title)}</text>`,
    `<text class="sub" x="${MARGIN}" y="${MARGIN + 21}">${xml(`${draft.size} · margen de costura ${SEAM_ALLOWANCE / 10} cm incluido · línea llena: corte · línea cortada: costura`)}</text>`,
    testSquare(width - MARGIN - 50, MARGIN - 4),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}">
<title>${xml(`${draft.title}, ${draft.size.toLowerCase()}`)}</title>
<style>
${STYLE}
</style>
${[...head, ...out].join('\n')}
</svg>
`
}

const folder = new URL('../server/demo/assets/patterns/', import.meta.url)
mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2)
for (const draft of drafts) {
  if (wanted.length > 0 && !wanted.includes(draft.file)) continue
  const svg = draw(draft)
  writeFileSync(new URL(`${draft.file}.svg`, folder), svg)
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
  process.stdout.write(`${draft.file}.svg ${width} × ${height} mm, ${Math.round(svg.length / 1024)} KB\n`)
}
