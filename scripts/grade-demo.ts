/**
 * Drafts the demo's graded patterns with FreeSewing (MIT), one draft a size, and keeps them as this program stores patterns:
 * `node scripts/grade-demo.ts`. Drafts go through the importer that people's own files go through; edges get the names of the trade and
 * the seams of the garment. The same input gives the same bytes.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Bella } from '@freesewing/bella'
import { Teagan } from '@freesewing/teagan'
import { importFile } from '../server/pattern/importFile.ts'
import type { Edge, EdgeId, Link, Pattern, Piece, PieceId, Seam, SeamId } from '../shared/pattern/model.ts'
import { packPattern } from '../shared/pattern/wire.ts'
import { manMedium, womanMedium } from './bodies.ts'

interface Graded {
  readonly file: string
  readonly name: string
  readonly design: FreeSewingDesign
  readonly options: Readonly<Record<string, unknown>>
  /** Names of the sizes; the middle one is the base, of these measures. */
  readonly sizes: readonly string[]
  readonly measurements: Readonly<Record<string, number>>
  readonly material: string
  /** By FreeSewing's part: our id, its name, and its edges in ring order. */
  readonly pieces: Readonly<
    Record<string, { readonly id: string; readonly name: string; readonly edges: readonly string[] }>
  >
  /** Edges in walking order; with a minus those that are walked from their end. */
  readonly seams: readonly (readonly [name: string, a: readonly string[], b: readonly string[], ease?: number])[]
}

/** A size more is so much more around the body, and so much longer. */
const AROUND = 0.042
const ALONG = 0.012
/** What is measured down or up the body, by FreeSewing's names; the rest is around it or across. */
const LONG = /^(hpsTo|waistTo|shoulderToWrist|shoulderToElbow|bustPointTo)/

const graded: readonly Graded[] = [
  {
    file: 'playera-graduada',
    name: 'Playera de entrenamiento',
    design: Teagan,
    options: { sleeveLength: 0.34, necklineDepth: 0.22 },
    sizes: ['CH', 'M', 'G', 'XG', 'XXG'],
    measurements: manMedium,
    material: 'Jersey',
    pieces: {
      front: {
        id: 'delantero',
        name: 'Delantero',
        edges: ['bastilla', 'costado', 'sisa', 'hombro', 'escote', 'doblez'],
      },
      back: { id: 'espalda', name: 'Espalda', edges: ['bastilla', 'costado', 'sisa', 'hombro', 'escote', 'doblez'] },
      sleeve: { id: 'manga', name: 'Manga', edges: ['bastilla', 'costado', 'copa', 'costado-2'] },
    },
    seams: [
      // Front and back are drawn the same way round.
      ['costado', ['delantero.costado'], ['espalda.costado']],
      ['hombro', ['delantero.hombro'], ['espalda.hombro']],
      ['manga', ['manga.costado'], ['-manga.costado-2']],
      ['sisa', ['manga.copa'], ['delantero.sisa', '-espalda.sisa']],
    ],
  },
  {
    file: 'blusa-graduada',
    name: 'Blusa de trabajo',
    design: Bella,
    options: {},
    sizes: ['28', '30', '32', '34', '36'],
    measurements: womanMedium,
    material: 'Popelina',
    pieces: {
      back: {
        id: 'espalda',
        name: 'Espalda',
        edges: ['centro', 'cintura', 'pinza', 'pinza-2', 'cintura-2', 'costado', 'sisa', 'hombro', 'escote'],
      },
      frontSideDart: {
        id: 'delantero',
        name: 'Delantero',
        edges: [
          'cintura',
          'pinza-cintura',
          'pinza-cintura-2',
          'cintura-2',
          'costado',
          'pinza-costado',
          'pinza-costado-2',
          'costado-2',
          'sisa',
          'hombro',
          'escote',
          'doblez',
        ],
      },
      sleeve: { id: 'manga', name: 'Manga', edges: ['costado', 'puno', 'costado-2', 'copa'] },
    },
    seams: [
      // The back's shoulder is eased into the front's.
      ['hombro', ['espalda.hombro'], ['delantero.hombro'], 4],
      ['costado', ['delantero.costado', 'delantero.costado-2'], ['espalda.costado']],
      ['pinza-cintura', ['delantero.pinza-cintura'], ['-delantero.pinza-cintura-2']],
      ['pinza-costado', ['delantero.pinza-costado'], ['-delantero.pinza-costado-2']],
      ['pinza-espalda', ['espalda.pinza'], ['-espalda.pinza-2']],
      ['manga', ['manga.costado'], ['-manga.costado-2']],
      ['sisa', ['manga.copa'], ['delantero.sisa', '-espalda.sisa']],
    ],
  },
]

/** 'pinza-costado-2' is one of the edges that people call 'pinza costado'. */
const nameOf = (edge: string): string => edge.replace(/-\d+$/, '').replaceAll('-', ' ').replace('puno', 'puño')

const linkOf = (text: string): Link => ({ edge: text.replace(/^-/, '') as EdgeId, back: text.startsWith('-') })

const bodyOf = (base: Graded['measurements'], steps: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(base).map(([name, mm]) => {
      if (name === 'shoulderSlope') return [name, mm]
      const by = LONG.test(name) ? ALONG : AROUND
      return [name, Math.round(mm * (1 + by * steps))]
    }),
  )

const draftOf = ({ design: Design, options, measurements, name }: Graded, steps: number): Pattern => {
  const settings = { measurements: bodyOf(measurements, steps), options, sa: 10, complete: true, units: 'metric' }
  const svg = new Design(settings).draft().render()
  const reading = importFile(new TextEncoder().encode(svg), { name })
  if (!reading.ok) throw new Error(`${name}: ${reading.refusal.code}`)
  if (reading.questions.length > 0) throw new Error(`${name}: the draft leaves questions open`)
  return reading.pattern
}

const nestOf = (one: Graded): Pattern => {
  const base = Math.floor(one.sizes.length / 2)
  const drafts = one.sizes.map((_, i) => draftOf(one, i - base))
  const flagship = drafts[base] as Pattern
  const pieces = Object.entries(one.pieces).map(([part, { id, name, edges }]): Piece => {
    const all = drafts.map((draft) => draft.pieces.find((piece) => piece.name === part))
    const own = all[base]
    if (!own || own.edges.length !== edges.length) throw new Error(`${name}: ${own?.edges.length} edges`)
    const idOf = (edge: EdgeId): EdgeId => `${id}.${edges[own.edges.findIndex((known) => known.id === edge)]}` as EdgeId
    return {
      ...own,
      id: id as PieceId,
      name,
      material: one.material,
      edges: own.edges.map(
        (edge): Edge => ({ ...edge, id: idOf(edge.id), name: nameOf(edges[own.edges.indexOf(edge)] ?? '') }),
      ),
      fold: own.fold && idOf(own.fold),
      notches: own.notches.map((notch, i) => ({ ...notch, id: `${id}.p${i + 1}` as never, edge: idOf(notch.edge) })),
      drills: own.drills.map((drill, i) => ({ ...drill, id: `${id}.b${i + 1}` as never })),
      internals: own.internals.map((line, i) => ({ ...line, id: `${id}.l${i + 1}` as never })),
      notes: [],
      shapes: all.map((piece) => {
        const shape = piece?.shapes[0]
        if (!shape || shape.runs.length !== edges.length || shape.notches.length !== own.notches.length)
          throw new Error(`${name}: a size is drawn otherwise than the base`)
        return { ...shape, internals: own.internals.map((_, i) => shape.internals[i] ?? null) }
      }),
    }
  })
  const seams = one.seams.map(
    ([name, a, b, ease = 0]): Seam => ({
      id: `s.${name}` as SeamId,
      a: a.map(linkOf),
      b: b.map(linkOf),
      confirmed: true,
      ease,
    }),
  )
  return {
    name: one.name,
    sizes: one.sizes,
    base,
    pieces,
    seams,
    measures: [],
    rules: [],
    source: { ...flagship.source, format: 'puntada', texts: {} },
  }
}

for (const one of graded) {
  const pattern = nestOf(one)
  const json = JSON.stringify(packPattern(pattern))
  writeFileSync(join(import.meta.dirname, '../server/demo/assets/patterns', `${one.file}.json`), `${json}\n`)
  process.stdout.write(
    `${one.file}: ${pattern.pieces.length} × ${pattern.sizes.length}, ${Math.round(json.length / 1024)} kB\n`,
  )
}
