import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MM_PER_INCH } from '../../../shared/domain/units.ts'
import { type Layout, layOut } from '../../../shared/pattern/layout.ts'
import type { Pattern, PieceId } from '../../../shared/pattern/model.ts'
import type { ImportNote, ImportNoteCode, Report as Read } from '../../../shared/pattern/reading.ts'
import { packPattern, unpackPattern } from '../../../shared/pattern/wire.ts'
import type { Severity } from '../../../shared/protocol/report.ts'
import { drawingOf } from '../../pattern/drawing.ts'
import { importFile } from '../../pattern/importFile.ts'
import { oneLine, questionsOf } from '../../pattern/questions.ts'
import { useFonts } from '../fonts.ts'
import { type Bench, type Converter, PATTERN_FILE, type SheetMade } from './converter.ts'
import { pixelsPerMm } from './resolution.ts'
import { Stop } from './stop.ts'
import { paint } from './svg/paint.ts'
import { writePyramid } from './tiles.ts'

/** What a note says was read as it stands, and what did not come along; every other one is about something that was supposed. */
const FOUND: readonly ImportNoteCode[] = ['as-exported', 'graded-by-rules', 'decimal-commas']
const LEFT_OUT: readonly ImportNoteCode[] = [
  'changed-since',
  'broken-lines',
  'zero-runs',
  'unknown-entity',
  'rules-unused',
  'rules-missing',
  'same-twice',
  'placed-again',
]
const NAMED = 60
/** Lines are drawn as lines where people work on them; the picture is for cards, overviews and old phones. */
const PICTURE_DPI = 100

const say = ({ report }: Bench, pattern: Pattern, read: Read): void => {
  const { kind, vendor, units, layers, notes } = read
  const [pieces, sizes] = [pattern.pieces.length, pattern.sizes.length]
  report.say('pattern-read', { kind, vendor: oneLine(vendor, NAMED), pieces, sizes }, 'read')
  const isSure = units.why !== 'guessed'
  report.say('pattern-units', { mm: units.mmPerUnit, why: units.why }, isSure ? 'read' : 'guessed')
  for (const { layer, means, ...counts } of layers)
    for (const severity of ['read', 'guessed', 'skipped'] as const satisfies readonly Severity[])
      if (counts[severity] > 0)
        report.say('pattern-layer', { layer: oneLine(layer, NAMED), means, count: counts[severity] }, severity)
  const names = new Map<string, string>(pattern.pieces.map(({ id, name }) => [id, oneLine(name, NAMED)]))
  for (const { code, count, what = '', of } of byKind(notes)) {
    const severity = FOUND.includes(code) ? 'read' : LEFT_OUT.includes(code) ? 'skipped' : 'guessed'
    const piece = (of[0] && names.get(of[0])) ?? ''
    const more = Math.max(0, of.length - 1)
    report.say('pattern-note', { note: code, count, what: oneLine(what, NAMED), piece, more }, severity)
  }
}

/** What is said of several pieces said once: a nest says the same of each. */
const byKind = (notes: readonly ImportNote[]): (ImportNote & { readonly of: readonly PieceId[] })[] => {
  const kinds = Map.groupBy(notes, ({ code, what = '' }) => `${code} ${what}`)
  return [...kinds.values()].map((same) => ({
    ...(same[0] as ImportNote),
    count: same.reduce((sum, { count }) => sum + count, 0),
    of: same.flatMap(({ piece }) => piece ?? []),
  }))
}

/** The sheet's picture: our own drawing of the base size, at true size. */
const draw = async (bench: Bench, pattern: Pattern, layout: Layout): Promise<SheetMade> => {
  const { width, height } = layout
  useFonts()
  const perMm = Math.min(PICTURE_DPI / MM_PER_INCH, pixelsPerMm(width, height, bench.limits.pixels))
  const picture = paint(drawingOf(pattern, layout), perMm, (done, of) => bench.progress('drawing', done, of))
  const dpi = Math.floor(perMm * MM_PER_INCH)
  if (dpi < PICTURE_DPI - 1) bench.report.say('resolution-lowered', { dpi }, 'guessed')
  const { pyramid } = await writePyramid(picture, 'drawing', join(bench.folder, '0'), bench.limits.tileBytes, bench)
  return { index: 0, width, height, mmPerUnit: 1, scale: 'true-size', pyramid }
}

/**
 * A DXF, or an SVG that somebody works on, becomes one sheet with its pattern beside it. Where the file leaves something open and nobody
 * has answered yet, it ends with the questions.
 */
export const pattern: Converter = async (bench) => {
  bench.progress('reading', 0, 1)
  const { name = '', rul, answers } = bench.reads
  const reading = importFile(await readFile(bench.file), {
    name,
    ...(rul === undefined ? {} : { rul: await readFile(rul) }),
    ...(answers === undefined ? {} : { answers }),
  })
  if (!reading.ok) {
    const { code, line = 0, amount = 0 } = reading.refusal
    throw new Stop({ code: 'no-pattern', params: { why: code, line, amount } })
  }
  const { pattern, report, questions } = reading
  say(bench, pattern, report)
  if (questions.length > 0 && answers === undefined) {
    bench.ask(questionsOf(pattern, questions))
    throw new Stop({ code: 'unanswered', params: {} })
  }
  bench.progress('reading', 1, 1)
  const layout = layOut(pattern)
  const sheet = await draw(bench, pattern, layout)
  await writeFile(join(bench.folder, PATTERN_FILE), JSON.stringify({ pattern: packPattern(pattern), layout }))
  return [sheet]
}

/** The picture of a version that the server has: `{ pattern, layout }`, written by itself. */
export const version: Converter = async (bench) => {
  const { pattern, layout } = JSON.parse(await readFile(bench.file, 'utf8'))
  return [await draw(bench, unpackPattern(pattern), layout as Layout)]
}
