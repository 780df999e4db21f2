import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { ConvertedSheet } from '../server/media/conversion.ts'
import { convert } from '../server/media/convert/convert.ts'
import { burn } from '../server/media/overlay.ts'
import { overlayOf } from '../server/media/overlays.ts'
import { planOf } from '../server/media/plan.ts'
import { renderMontage, renderTile } from '../server/media/render.ts'
import type { Stamp } from '../server/media/stamp.ts'
import { levelSize } from '../shared/domain/sheet.ts'
import { type Chance, chance } from '../tests/support/seeds.ts'
import { type Row, type RunOptions, round as rounded } from './row.ts'

/** Tiles asked for in a round: enough that p95 is not one accident. */
const ASKED = 120
/** 40 megapixels less a little, as a good camera has. */
const PHOTO = { width: 7300, height: 5475 }
/** A drawing of the size of A0. */
const A0 = { width: 841, height: 1189 }

/** Cloth as a camera sees it: soft shades, and grain that no encoder can drop. */
const photo = async (random: Chance): Promise<Buffer> => {
  const [width, height] = [PHOTO.width / 5, PHOTO.height / 5]
  const grain = Buffer.from(Uint8Array.from({ length: width * height * 3 }, () => 90 + random.below(70)))
  return sharp(grain, { raw: { width, height, channels: 3 } })
    .blur(1)
    .resize(PHOTO.width, PHOTO.height, { kernel: 'cubic' })
    .jpeg({ quality: 92 })
    .toBuffer()
}

/** A pattern's worth of seams, with words on the pieces. */
const drawing = (random: Chance): string => {
  const at = () => `${random.below(A0.width)} ${random.below(A0.height)}`
  const seams = Array.from({ length: 400 }, () => `<path d="M${at()}C${at()} ${at()} ${at()}"/>`).join('')
  const words = Array.from({ length: 60 }, (_, i) => {
    const [x, y] = at().split(' ')
    return `<text x="${x}" y="${y}">Pieza ${i}: cortar 2</text>`
  }).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${A0.width}mm" height="${A0.height}mm" viewBox="0 0 ${A0.width} ${A0.height}"><g fill="none" stroke="#212121" stroke-width="0.6">${seams}</g><g font-size="8">${words}</g></svg>`
}

const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const timed = async <T>(work: () => Promise<T> | T): Promise<[T, number]> => {
  const began = performance.now()
  const result = await work()
  return [result, performance.now() - began]
}

interface Tile {
  readonly level: number
  readonly col: number
  readonly row: number
}

/** Full tiles of the finest level, picked at random: a viewer who has zoomed in and moves about. */
const pick = ({ pyramid }: ConvertedSheet, random: Chance): Tile => {
  const level = pyramid.levels - 1
  const size = levelSize(pyramid, level)
  return {
    level,
    col: random.below(Math.floor(size.width / pyramid.tile)),
    row: random.below(Math.floor(size.height / pyramid.tile)),
  }
}

/** Time of burning alone and of encoding alone, on the bases that were just served. */
const parts = async ({ folder, pyramid }: ConvertedSheet, tile: Tile, stamp: Stamp) => {
  const { level, col, row } = tile
  const path = (ending: string) => join(folder, String(level), `${col}_${row}.${ending}`)
  const base = await readFile(path('jpg')).catch(() => readFile(path('png')))
  const { data, info } = await sharp(base).raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const plan = planOf(levelSize(pyramid, level), { left: col * 512, top: row * 512, width, height }, stamp)
  const overlay = await overlayOf(plan)
  const [, burning] = await timed(() => burn(data, plan.rect, overlay))
  const [, encoding] = await timed(() =>
    sharp(data, { raw: { width, height, channels: 3 } })
      .webp({ quality: 72, effort: 1 })
      .toBuffer(),
  )
  return { burning, encoding }
}

/**
 * What an image costs: making sheets of a large photo and a large drawing, and serving marked tiles of them one after another to a
 * viewer whose mark is already drawn. `mark` is the burning alone, as a share of encoding WebP.
 */
export async function* run({ rounds }: RunOptions): AsyncIterable<Row> {
  const place = mkdtempSync(join(tmpdir(), 'puntada-tile-'))
  try {
    const random = chance(20_261_123)
    const files = { photo: join(place, 'photo.jpg'), drawing: join(place, 'drawing.svg') }
    writeFileSync(files.photo, await photo(random))
    writeFileSync(files.drawing, drawing(random))
    for (let round = 1; round <= rounds; round++)
      for (const [kind, file] of Object.entries(files)) {
        const say = (metric: string, value: number, unit: string): Row => ({
          bench: 'tile',
          subject: `ours ${kind}`,
          metric,
          value: rounded(value),
          unit,
          round,
        })
        const folder = join(place, `${kind}${round}`)
        const [made, converting] = await timed(() => convert({ file, name: kind, folder }))
        if (!made.ok) throw new Error(`the ${kind} was refused: ${made.refusal.code}`)
        yield say('convert', converting, 'ms')

        const sheet = made.sheets[0]!
        const stamp = { firm: 'Confecciones Hernández', person: 'Inés Salgado', code: 'K7QM-3XPD', time: `${round}` }
        const [, first] = await timed(() => renderTile({ ...sheet, level: 0, col: 0, row: 0, stamp, format: 'webp' }))
        yield say('first tile of a viewer', first, 'ms')
        const times: number[] = []
        const bytes: number[] = []
        const burning: number[] = []
        const encoding: number[] = []
        for (let i = 0; i < ASKED; i++) {
          const tile = pick(sheet, random)
          const [picture, took] = await timed(() => renderTile({ ...sheet, ...tile, stamp, format: 'webp' }))
          times.push(took)
          bytes.push(picture.byteLength / 1024)
          const part = await parts(sheet, tile, stamp)
          burning.push(part.burning)
          encoding.push(part.encoding)
        }
        yield say('tile p50', percentile(times, 0.5), 'ms')
        yield say('tile p95', percentile(times, 0.95), 'ms')
        yield say('mark p50', percentile(burning, 0.5), 'ms')
        yield say('mark of encoding', percentile(burning, 0.5) / percentile(encoding, 0.5), 'x')
        yield say('tile size p50', percentile(bytes, 0.5), 'kB')
        const [card, making] = await timed(() =>
          renderMontage({ sheets: [sheet], maxWidth: 480, stamp, format: 'webp' }),
        )
        yield say('card 480', making, 'ms')
        yield say('card 480 size', card.byteLength / 1024, 'kB')
        rmSync(folder, { recursive: true, force: true })
      }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
