/**
 * Renders the demo's close views of sewn cloth: `node scripts/render-demo.ts [name …]`. About ten seconds each; they are
 * kept as files, so nobody waits for them.
 */
import { mkdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import sharp from 'sharp'
import {
  clouds,
  drawnIn,
  dye,
  type Knit,
  knit,
  kraft,
  noise,
  photograph,
  type Rgb,
  type Row,
  type Scene,
  sewn,
  smooth,
  type Tack,
  tacked,
  trait,
  type Woven,
  weave,
} from './cloth.ts'

interface Picture {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly perMm: number
  readonly light: Rgb
  readonly scene: Scene
  readonly quality: number
  /** A tape measure laid into the picture: top left corner in mm, turn in degrees, first centimetre shown. */
  readonly tape: {
    readonly x: number
    readonly y: number
    readonly turn: number
    readonly long: number
    readonly from: number
  }
}

const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
]

const indigoDark = dye('#20365c')
const indigoPale = dye('#4a658f')
const ecru = dye('#c3c8cc')
const ochre = dye('#d9922e')

/** Right-hand twill 3/1 of 12 ounces. Ring-spun yarn: no two threads took the dye alike. */
const denim: Woven = {
  warp: 0.4,
  weft: 0.46,
  repeat: 4,
  under: 1,
  warpDye: (i) => mix(indigoDark, indigoPale, 0.15 + 0.6 * trait(i) ** 2 + 0.12 * Math.sin(i * 0.37)),
  weftDye: (j) => mix(ecru, indigoPale, 0.5 + 0.3 * trait(j, 5)),
  slub: 1,
  worn: 0.75,
}

const thread = (x: number, y: number, turn: number, long: number, more: Partial<Row> = {}): Row => ({
  x,
  y,
  turn,
  long,
  stitch: 3.175,
  thick: 0.78,
  dyed: ochre,
  pull: 0.3,
  ...more,
})

// ── A felled seam in denim, its outer row with two stitches that failed ────────────────────────────────────────────
const seamTurn = -7
const seamY = 38
const seamRows: readonly Row[] = [
  thread(-12, seamY + 3.4, seamTurn, 150, { skipped: [27, 28] }),
  thread(-12, seamY + 9.8, seamTurn, 150),
]
const felledSeam: Scene = (x, y, spot) => {
  const slope = Math.tan((seamTurn * Math.PI) / 180)
  const edge = seamY + 1.6 + (x + 12) * slope + 0.16 * noise(x * 0.35, 3) + 0.06 * noise(x * 1.7, 9)
  const below = y - edge
  // Four layers between the folded edge and the second row: a plateau that slopes off beneath the second row.
  const step = smooth(-0.16, 0.22, below) * (2 - 1.5 * smooth(9.4, 12.6, below))
  const roll = 0.45 * Math.exp(-((below - 0.8) ** 2) / 1.1)
  const pucker = 0.85 * Math.exp(-((below - 5) ** 2) / 46) * noise(x * 0.16 + y * 0.05, y * 0.05)
  const drape = 4 * clouds(x * 0.016 + 3, y * 0.02) + 0.5 * clouds(x * 0.07, y * 0.06 + 8)
  const base = step + roll + pucker + drape + drawnIn(seamRows, x, y)
  if (below > 0) weave(denim, x * 0.995 + y * 0.1 + 3, y - x * 0.1, base, spot)
  else weave(denim, x + 40, y + 0.04 * x, base, spot)
  // High places of a seam are the first to be worn pale; folds of the ridge first of all.
  const contact = below < 0 ? 0.5 * Math.exp(below / 0.9) : 0.3 * smooth(9.6, 11, below) * Math.exp(-(below - 9.6) / 3)
  const wear =
    (1 + 0.55 * smooth(0.2, 0.9, roll * 1.6 + pucker * 0.6) + 0.1 * clouds(x * 0.04, y * 0.05)) * (1 - contact)
  spot.r *= wear * 1.03
  spot.g *= wear
  spot.b *= wear
  sewn(seamRows, x, y, spot)
}

// ── Corner of a back pocket with its bartack, the patch cut a little off the grain ──────────────────────────────────
const pocketX = 42
const pocketY = 26
const lean = 4
const pocketRows: readonly Row[] = [
  thread(pocketX + 1.8, pocketY + 2.5, 90 + lean, 80),
  thread(pocketX + 8, pocketY + 2.5, 90 + lean, 80),
  thread(pocketX + 1.5, pocketY + 11.5, lean, 90, { pull: 0.36 }),
]
const pocketTacks: readonly Tack[] = [
  { x: pocketX + 5, y: pocketY + 2.2, turn: lean, long: 8.4, wide: 2.1, dyed: dye('#e09a35') },
]
const zigzag: readonly Row[] = [
  thread(pocketX + 8, pocketY + 42, 38, 21, { pull: 0.2 }),
  thread(pocketX + 24.6, pocketY + 54.9, -34, 22, { pull: 0.2 }),
  thread(pocketX + 42.8, pocketY + 42.6, 42, 21, { pull: 0.2 }),
]
const pocketCorner: Scene = (x, y, spot) => {
  const a = (lean * Math.PI) / 180
  const dx = x - pocketX
  const dy = y - pocketY
  const u = dx * Math.cos(a) + dy * Math.sin(a)
  const v = -dx * Math.sin(a) + dy * Math.cos(a)
  const wobble = 0.14 * noise(v * 0.4, 2) + 0.05 * noise(v * 1.9, 5)
  const inside = Math.min(u + wobble, v + 0.13 * noise(u * 0.4, 7))
  const step = smooth(-0.15, 0.25, inside) * 1.5
  // The folded top of the pocket is two layers more, as far down as its own stitching.
  const fold = smooth(-0.1, 0.2, inside) * (1 - smooth(11.9, 13.6, v))
  const roll = inside > 0 ? 0.4 * Math.exp(-((inside - 0.6) ** 2) / 0.7) : 0
  const mouth = u > 12 ? 0.9 * Math.exp(-(v * v) / 50) * smooth(12, 60, u) : 0
  const drape = 4 * clouds(x * 0.014 + 9, y * 0.017 + 2) + 0.3 * clouds(x * 0.06 + 4, y * 0.07)
  const pulled = drawnIn(pocketRows, x, y) + (inside > 0 ? drawnIn(zigzag, x, y) : 0)
  // Cloth is pulled towards the bartack in small rays.
  const far = Math.hypot(dx - 5, dy - 2.2)
  const rays = 0.5 * Math.exp(-far / 9) * Math.sin(Math.atan2(dy - 2.2, dx - 5) * 9 + 1) * smooth(3, 7, far)
  const base = step + fold + roll + mouth + drape + pulled + rays
  if (inside > 0) weave(denim, u + 0.09 * v, v - 0.09 * u, base, spot)
  else weave(denim, x + 13, y + 0.02 * x, base, spot)
  const contact = inside < 0 ? 0.5 * Math.exp(inside / 1) : 0
  const wear = (1 + 0.55 * smooth(0.1, 0.5, roll * 2) + 0.12 * clouds(x * 0.05, y * 0.05)) * (1 - contact)
  spot.r *= wear * 1.03
  spot.g *= wear
  spot.b *= wear
  sewn(pocketRows, x, y, spot)
  if (inside > 0) sewn(zigzag, x, y, spot)
  for (const tack of pocketTacks) tacked(tack, x, y, spot)
}

// ── The hem of a jersey in coverstitch, stretched while it was sewn: it waves ───────────────────────────────────────
const teal = dye('#1f7f86')
const jersey: Knit = {
  wale: 0.88,
  course: 0.66,
  dyed: (i, j) => mix(teal, dye('#2c98a0'), 0.5 + 0.35 * noise(i * 0.21, j * 0.33)),
}
const hemRows = (y: number): Row[] => [
  thread(-4, y, 0, 150, { stitch: 2.54, thick: 0.62, dyed: dye('#e7ecea'), pull: 0.4 }),
  thread(-4, y + 6, 0, 150, { stitch: 2.54, thick: 0.62, dyed: dye('#e7ecea'), pull: 0.4 }),
]
const coverRows = hemRows(45)
const waveOf = (x: number): number => Math.sin(x * 0.232 + 0.8 * noise(x * 0.05, 1)) * (0.75 + 0.4 * noise(x * 0.06, 4))
const jerseyHem: Scene = (x, y, spot) => {
  const wave = waveOf(x)
  // The wave grows towards the free edge; the cloth bends to and fro with it, so rows sway a little too.
  const grow = smooth(30, 64, y)
  const sway = 1.5 * grow * wave + 0.5 * Math.sin(x * 0.05)
  const v = y - sway
  const edge = 66.5 + 0.08 * noise(x * 0.9, 2)
  if (v > edge) {
    kraft(x, y, spot)
    // Contact shadow, deeper where the edge stands off the table.
    const gap = v - edge
    const dark = 0.55 * Math.exp(-gap / (1.6 + 1.8 * (wave + 1)))
    spot.r *= 1 - dark
    spot.g *= 1 - dark
    spot.b *= 1 - dark
    return
  }
  const turned = smooth(42.2, 42.9, v) * 0.55
  const drape = 3 * clouds(x * 0.015, y * 0.02) + 0.3 * clouds(x * 0.05, y * 0.05 + 3)
  const roundOff = -1.1 * smooth(edge - 1.1, edge, v) ** 2
  const base = 2.2 + turned + drape + 2.5 * grow * wave + roundOff + drawnIn(coverRows, x, v)
  knit(jersey, x + 0.4 * wave * grow, v, base, spot)
  const body = 1 + 0.07 * clouds(x * 0.03, y * 0.04)
  spot.r *= body
  spot.g *= body
  spot.b *= body
  sewn(coverRows, x, v, spot)
}

// ── School plaid: a pleat stitched down from the waist, and where its stitching ends ────────────────────────────────
const plaidStripe = (mm: number): Rgb => {
  const at = ((mm % 44) + 44) % 44
  if (at < 13) return NAVY
  if (at < 15.5) return WHITE
  if (at < 28) return WINE
  if (at < 30.5) return NAVY
  if (at < 33) return GOLD
  if (at < 35.5) return NAVY
  return WINE
}
const NAVY = dye('#22305a')
const WINE = dye('#7b2432')
const WHITE = dye('#d9dbdc')
const GOLD = dye('#c79b3e')
const plaid: Woven = {
  warp: 0.36,
  weft: 0.36,
  repeat: 4,
  under: 2,
  warpDye: (i) => plaidStripe(i * 0.36 + 6),
  weftDye: (j) => plaidStripe(j * 0.36 + 20),
  slub: 0.4,
  worn: 0.08,
}
const foldX = (y: number): number => 62 + 0.035 * y + 6 * (Math.max(0, y - 46) / 74) ** 1.8 + 0.1 * noise(y * 0.4, 1)
const pleatRows: readonly Row[] = [
  thread(57.6, -2, 88, 46, { stitch: 2.54, thick: 0.55, dyed: dye('#2a3866'), pull: 0.28 }),
]
const pleatTack: Tack = { x: 59.2, y: 44.2, turn: -4, long: 6.2, wide: 1.5, dyed: dye('#2c3c70') }
const schoolPleat: Scene = (x, y, spot) => {
  const fold = foldX(y)
  const over = fold - x
  const open = smooth(46, 90, y)
  const drape = 3 * clouds(x * 0.014 + 5, y * 0.013) + 0.24 * clouds(x * 0.05, y * 0.05)
  if (over > 0) {
    // The pleat on top: pressed flat while stitched, then free, so its edge lifts and rounds.
    const lift = 1.2 + open * 2.1
    const rounded = -lift * 0.8 * Math.exp(-over / (0.35 + 1.4 * open))
    const belly = open * 1.6 * Math.exp(-((over - 14) ** 2) / 160)
    const base = lift + rounded + belly + drape + drawnIn(pleatRows, x, y)
    // Stitched slightly off the stripe: the plaid runs askew along the fold.
    weave(plaid, x + 0.035 * y + 9, y - 0.02 * x, base, spot)
  } else {
    const valley = -0.8 * open * Math.exp(over / 8)
    weave(plaid, x - 3.5, y + 5.2, drape + valley, spot)
    const dark = (0.34 + 0.25 * open) * Math.exp(over / (1.1 + 4 * open))
    spot.r *= 1 - dark
    spot.g *= 1 - dark
    spot.b *= 1 - dark
  }
  if (over > 0) {
    sewn(pleatRows, x, y, spot)
    tacked(pleatTack, x, y, spot)
  }
}

// ── The hem of jeans, turned twice and chainstitched: it ropes ──────────────────────────────────────────────────────
const jeansRows: readonly Row[] = [thread(-4, 49, 1.2, 150, { stitch: 3.4, thick: 0.85, pull: 0.42 })]
const jeansHem: Scene = (x, y, spot) => {
  const line = y - (x + 4) * Math.tan((1.2 * Math.PI) / 180)
  const edge = 62 + 0.18 * Math.sin(x * 0.19) + 0.1 * noise(x * 0.8, 2)
  if (line > edge) {
    kraft(x, y, spot)
    const dark = 0.62 * Math.exp(-(line - edge) / 2.1)
    spot.r *= 1 - dark
    spot.g *= 1 - dark
    spot.b *= 1 - dark
    return
  }
  const hem = smooth(46.2, 47.2, line) * 1.15
  // Roping: the inner fold was fed faster than the outer one, so the hem twists into slanted ribs.
  const rib = Math.sin((x * 0.62 - line * 0.52) * 1.0 + 0.9 * noise(x * 0.07, line * 0.05))
  const roping = smooth(46.5, 50, line) * (0.42 + 0.16 * noise(x * 0.05, 8)) * rib
  const roundOff = -1.9 * smooth(edge - 1.5, edge, line) ** 2
  const drape = 4 * clouds(x * 0.014 + 20, y * 0.018) + 0.3 * clouds(x * 0.06, y * 0.06)
  const base = 2.4 + hem + roping + roundOff + drape + drawnIn(jeansRows, x, y)
  weave(denim, x + 0.05 * line + 70, line, base, spot)
  const wear =
    1 +
    0.6 * smooth(46.5, 50, line) * smooth(0.35, 1, rib) +
    0.7 * smooth(edge - 1.6, edge - 0.2, line) * (0.6 + 0.4 * rib) +
    0.1 * clouds(x * 0.05, y * 0.05)
  spot.r *= wear * 1.03
  spot.g *= wear
  spot.b *= wear
  sewn(jeansRows, x, y, spot)
}

const pictures: readonly Picture[] = [
  {
    file: 'costura-cargada',
    width: 2400,
    height: 1600,
    perMm: 20,
    light: [-0.55, -0.75, 0.85],
    scene: felledSeam,
    quality: 62,
    tape: { x: 30, y: 66.5, turn: -1.4, long: 100, from: 3 },
  },
  {
    file: 'bolsa-trasera',
    width: 2400,
    height: 1680,
    perMm: 20,
    light: [-0.7, -0.6, 0.85],
    scene: pocketCorner,
    quality: 62,
    tape: { x: 4, y: 86, turn: -91.5, long: 96, from: 0 },
  },
  {
    file: 'bastilla-punto',
    width: 2400,
    height: 1600,
    perMm: 20,
    light: [-0.6, -0.62, 0.9],
    scene: jerseyHem,
    quality: 66,
    tape: { x: -4, y: 6, turn: 0.8, long: 130, from: 11 },
  },
  {
    file: 'tabla-escolar',
    width: 1680,
    height: 2400,
    perMm: 20,
    light: [0.72, -0.5, 0.85],
    scene: schoolPleat,
    quality: 62,
    tape: { x: 12, y: 118, turn: -92, long: 124, from: 0 },
  },
  {
    file: 'bastilla-mezclilla',
    width: 2400,
    height: 1600,
    perMm: 20,
    light: [-0.55, -0.7, 0.85],
    scene: jeansHem,
    quality: 60,
    tape: { x: -6, y: 6, turn: -0.6, long: 132, from: 20 },
  },
]

const font = new URL(
  '../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
  import.meta.url,
)
GlobalFonts.registerFromPath(fileURLToPath(font), 'Tape')

/** A tailor's tape, 15 mm wide, true to the picture's scale, with its shadow. */
const tapeOver = (picture: Picture): Buffer => {
  const { width, height, perMm, tape, light } = picture
  const canvas = createCanvas(width, height)
  const pen = canvas.getContext('2d')
  pen.scale(perMm, perMm)
  pen.translate(tape.x, tape.y)
  pen.rotate((tape.turn * Math.PI) / 180)
  pen.save()
  // The shadow falls away from the lamp; turned back into the tape's own axes.
  const a = (-tape.turn * Math.PI) / 180
  const sx = -light[0] * Math.cos(a) + light[1] * Math.sin(a)
  const sy = -light[0] * Math.sin(a) - light[1] * Math.cos(a)
  for (let i = 6; i > 0; i--) {
    pen.fillStyle = 'rgba(20,16,10,0.09)'
    pen.fillRect(sx * 0.28 * i, sy * 0.28 * i, tape.long, 15)
  }
  pen.restore()
  pen.fillStyle = '#efd9a0'
  pen.fillRect(0, 0, tape.long, 15)
  pen.fillStyle = 'rgba(255,250,230,0.5)'
  pen.fillRect(0, 0, tape.long, 0.35)
  pen.fillStyle = 'rgba(90,60,10,0.25)'
  pen.fillRect(0, 14.7, tape.long, 0.3)
  pen.fillStyle = '#2b2620'
  pen.font = '600 5.4px Tape'
  pen.textAlign = 'center'
  const start = 6
  for (let mm = 0; start + mm <= tape.long - 2; mm++) {
    const tick = mm % 10 === 0 ? 6 : mm % 5 === 0 ? 4.4 : 3
    pen.fillRect(start + mm - 0.07, 0.3, 0.15, tick)
    if (mm % 10 === 0 && start + mm < tape.long - 5) pen.fillText(String(tape.from + mm / 10), start + mm, 12.2)
  }
  // Woven tape is not one colour all along.
  for (let mm = 0; mm < tape.long; mm += 0.5) {
    pen.fillStyle = `rgba(70,45,0,${(0.035 + 0.03 * noise(mm * 0.9, 3)).toFixed(3)})`
    pen.fillRect(mm, 0, 0.28, 15)
  }
  return canvas.toBuffer('image/png')
}

const folder = new URL('../server/demo/assets/photos/', import.meta.url)
mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2)
for (const picture of pictures) {
  if (wanted.length > 0 && !wanted.includes(picture.file)) continue
  const pixels = photograph(picture.scene, picture)
  const path = fileURLToPath(new URL(`${picture.file}.webp`, folder))
  const laid = await sharp(pixels, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .composite([{ input: tapeOver(picture) }])
    .png({ compressionLevel: 0 })
    .toBuffer()
  await sharp(laid).blur(0.55).webp({ quality: picture.quality, effort: 5, smartSubsample: true }).toFile(path)
  process.stdout.write(`${picture.file}.webp ${Math.round(statSync(path).size / 1024)} KB\n`)
}
