import { join } from 'node:path'
import sharp, { type Metadata } from 'sharp'
import { ASSUMED_LONG_SIDE_MM } from '../../../shared/domain/sheet.ts'
import type { Bench, Converter } from './converter.ts'
import { Stop } from './stop.ts'
import { writePyramid } from './tiles.ts'

type PhotoKind = 'jpeg' | 'png' | 'webp'

/** Tag 0x8825 points to the block with the place of the shot, in either byte order. */
const hasPlace = (exif: Buffer | undefined): boolean =>
  exif !== undefined &&
  (exif.includes(Buffer.from([0x88, 0x25, 0, 4])) || exif.includes(Buffer.from([0x25, 0x88, 4, 0])))

const describe = (bench: Bench, kind: PhotoKind, meta: Metadata, width: number, height: number): void => {
  const { report } = bench
  report.say('photo-read', { format: kind, width, height }, 'read')
  const orientation = meta.orientation ?? 1
  if (orientation > 1) report.say('photo-turned', { orientation }, 'read')
  if (meta.space === 'cmyk') report.say('colour-converted', { from: 'cmyk' }, 'read')
  else if (meta.depth === 'ushort') report.say('colour-converted', { from: 'sixteen-bit' }, 'read')
  else if (meta.icc !== undefined) report.say('colour-converted', { from: 'profile' }, 'read')
  if (meta.hasAlpha) report.say('transparency-on-white', {}, 'guessed')
  if ((meta.pages ?? 1) > 1) report.say('frames-skipped', { count: (meta.pages ?? 1) - 1 }, 'skipped')
  if (meta.exif !== undefined || meta.xmp !== undefined || meta.iptc !== undefined)
    report.say('metadata-removed', { place: hasPlace(meta.exif) }, 'skipped')
  report.say('scale-assumed', { longSide: ASSUMED_LONG_SIDE_MM }, 'guessed')
}

/** A photo becomes one sheet, upright, sRGB, without its metadata; a millimetre on it is a guess until someone measures. */
export const photo =
  (kind: PhotoKind): Converter =>
  async (bench) => {
    const most = bench.limits.pixels
    const { side } = bench.reads
    bench.progress('reading', 0, 1)
    const open = (limit: number | false) => sharp(bench.file, { limitInputPixels: limit, failOn: 'error', pages: 1 })
    const broken = new Stop({ code: 'broken', params: { kind } })
    const meta = await open(false)
      .metadata()
      .catch(() => {
        throw broken
      })
    // The type was told by the first bytes; the decoder must agree.
    if (meta.format !== kind) throw broken
    if (meta.width * meta.height > most)
      throw new Stop({ code: 'too-many-pixels', params: { width: meta.width, height: meta.height, most } })
    const upright = open(most).autoOrient()
    const fitted = side ? upright.resize(side, side, { fit: 'inside', withoutEnlargement: true }) : upright
    const { data, info } = await fitted
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
      .catch(() => {
        throw broken
      })
    if (info.channels !== 3) throw broken
    const { width, height } = info
    describe(bench, kind, meta, width, height)
    bench.progress('reading', 1, 1)
    const { pyramid } = await writePyramid(
      { data, width, height },
      'photo',
      join(bench.folder, '0'),
      bench.limits.tileBytes,
      bench,
      side,
    )
    const mmPerUnit = ASSUMED_LONG_SIDE_MM / Math.max(width, height)
    return [{ index: 0, width, height, mmPerUnit, scale: 'assumed', pyramid }]
  }
