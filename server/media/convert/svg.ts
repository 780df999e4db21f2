import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MM_PER_INCH } from '../../../shared/domain/units.ts'
import type { Bench, Converter } from './converter.ts'
import { pixelsPerMm, USUAL_DPI } from './resolution.ts'
import { Stop } from './stop.ts'
import { CSS_DPI } from './svg/lengths.ts'
import type { Drawing } from './svg/model.ts'
import { paint } from './svg/paint.ts'
import { type Findings, readSvg } from './svg/read.ts'
import { writePyramid } from './tiles.ts'

const say = ({ report }: Bench, { width, height }: Drawing, findings: Findings): void => {
  const tenth = (n: number) => Math.round(n * 10) / 10
  report.say('drawing-read', { width: tenth(width), height: tenth(height), shapes: findings.shapes }, 'read')
  if (findings.texts > 0) report.say('text-in-our-font', { count: findings.texts }, 'guessed')
  if (findings.size === 'pixels') report.say('units-assumed', { dpi: CSS_DPI }, 'guessed')
  if (findings.size === 'guessed') report.say('size-assumed', { width: tenth(width), height: tenth(height) }, 'guessed')
  if (findings.scripts > 0) report.say('scripts-skipped', { count: findings.scripts }, 'skipped')
  if (findings.links > 0) report.say('links-skipped', { count: findings.links }, 'skipped')
  for (const [element, count] of findings.elements) report.say('elements-skipped', { element, count }, 'skipped')
  if (findings.styles > 0) report.say('styles-skipped', { count: findings.styles }, 'skipped')
  if (findings.broken > 0) report.say('shapes-broken', { count: findings.broken }, 'skipped')
}

/** A drawing becomes one sheet at true size, drawn by us from our own vectors: nothing of the file's markup goes further. */
export const svg: Converter = async (bench) => {
  const { limits } = bench
  bench.progress('reading', 0, 1)
  const bytes = await readFile(bench.file)
  if (bytes.byteLength > limits.svgBytes)
    throw new Stop({ code: 'too-large', params: { bytes: bytes.byteLength, most: limits.svgBytes } })
  const { drawing, findings } = readSvg(bytes)
  if (drawing.items.length === 0) throw new Stop({ code: 'empty', params: {} })
  bench.progress('reading', 1, 1)
  const { width, height } = drawing
  const perMm = pixelsPerMm(width, height, limits.pixels)
  const picture = paint(drawing, perMm, (done, of) => bench.progress('drawing', done, of))
  say(bench, drawing, findings)
  const dpi = Math.floor(perMm * MM_PER_INCH)
  if (dpi < USUAL_DPI - 1) bench.report.say('resolution-lowered', { dpi }, 'guessed')
  const { pyramid } = await writePyramid(picture, 'drawing', join(bench.folder, '0'), limits.tileBytes, bench)
  return [{ index: 0, width, height, mmPerUnit: 1, scale: 'true-size', pyramid }]
}
