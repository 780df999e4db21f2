/**
 * Cloth computed thread by thread: every pixel asks a scene what lies there (height and colour), then the height map is
 * lit. Lengths are millimetres of cloth, y grows downwards, heights rise towards the eye. No random but a fixed hash, so
 * the same scene gives the same picture.
 */

/** What lies at a point: filled in by a scene, reused for every pixel. */
export interface Spot {
  /** Height above the table, mm. */
  h: number
  /** Colour as reflectance, 0 to 1, linear. */
  r: number
  g: number
  b: number
  /** How much a glancing light shines back: 0 for cotton, 0.4 for polyester thread. */
  shine: number
}

export type Scene = (x: number, y: number, spot: Spot) => void
export type Rgb = readonly [number, number, number]

/** sRGB hex to linear reflectance. */
export const dye = (hex: string): Rgb => {
  const channel = (i: number): number => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const hash = (i: number, j: number): number => {
  let n = Math.imul(i, 374761393) + Math.imul(j, 668265263)
  n = Math.imul(n ^ (n >>> 13), 1274126177)
  return ((n ^ (n >>> 16)) >>> 0) / 4294967296
}

export const smooth = (from: number, to: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

/** Value noise, −1 to 1, one bump per unit. */
export const noise = (x: number, y: number): number => {
  const i = Math.floor(x)
  const j = Math.floor(y)
  const u = x - i
  const v = y - j
  const a = u * u * (3 - 2 * u)
  const b = v * v * (3 - 2 * v)
  const top = hash(i, j) * (1 - a) + hash(i + 1, j) * a
  const low = hash(i, j + 1) * (1 - a) + hash(i + 1, j + 1) * a
  return (top * (1 - b) + low * b) * 2 - 1
}

/** Noise of three sizes laid over one another, about −1 to 1. */
export const clouds = (x: number, y: number): number =>
  0.57 * noise(x, y) + 0.29 * noise(x * 2.1 + 17, y * 2.1 + 5) + 0.14 * noise(x * 4.3 + 41, y * 4.3 + 29)

/** A number from 0 to 1 that belongs to a thread, a stitch, a place. */
export const trait = (i: number, j = 0): number => hash(i + 1013, j + 71)

const gauss = (x: number, wide: number): number => Math.exp(-(x * x) / (2 * wide * wide))

const set = (spot: Spot, h: number, dyed: Rgb, light: number, shine: number): void => {
  spot.h = h
  spot.r = dyed[0] * light
  spot.g = dyed[1] * light
  spot.b = dyed[2] * light
  spot.shine = shine
}

export interface Woven {
  /** Width of one warp and one weft thread, mm. */
  readonly warp: number
  readonly weft: number
  /** A warp thread dives under every so many wefts, shifted by one each time: 4 for denim. */
  readonly repeat: number
  /** How many of those the weft lies on top of: 1 for denim, 2 for an even twill. */
  readonly under: number
  readonly warpDye: (thread: number) => Rgb
  readonly weftDye: (thread: number) => Rgb
  /** How uneven the yarn is, 0 to 1. */
  readonly slub: number
  /** How much the raised thread is worn pale, 0 to 1. */
  readonly worn: number
}

/** A twill at (u, v) along weft and warp; adds the thread's own relief to `base`. */
export const weave = (cloth: Woven, u: number, v: number, base: number, spot: Spot): void => {
  const wu = u + 0.06 * noise(u * 0.9, v * 0.35) + 0.25 * noise(u * 0.06, v * 0.09)
  const wv = v + 0.05 * noise(u * 0.35 + 90, v * 0.9)
  const i = Math.floor(wu / cloth.warp)
  const j = Math.floor(wv / cloth.weft)
  const fu = wu / cloth.warp - i
  const fv = wv / cloth.weft - j
  const phase = (((i + j) % cloth.repeat) + cloth.repeat) % cloth.repeat
  const long = cloth.repeat - cloth.under
  let h: number
  let dyed: Rgb
  let light: number
  if (phase >= cloth.under) {
    // The warp floats over `long` wefts: round across, arched along.
    const across = (2 * fu - 1) * (1 - 0.13 * cloth.slub * noise(i * 3.7, wv * 0.8))
    const along = (phase - cloth.under + fv) / long
    const arch = Math.sin(Math.PI * Math.min(1, Math.max(0, along)))
    const roundness = Math.sqrt(Math.max(0, 1 - across * across * 0.96))
    h = 0.17 * roundness * (0.45 + 0.55 * arch)
    dyed = cloth.warpDye(i)
    const yarn = 1 + cloth.slub * (0.24 * noise(i * 7.31, wv * 0.16) + 0.12 * noise(i * 3.1, wv * 1.3))
    const twist = 1 + 0.1 * Math.sin((wv * 9 + across * 2.2 + trait(i) * 6) * 2)
    light = yarn * twist * (0.5 + 0.5 * roundness) * (1 + cloth.worn * 1.1 * (arch * roundness) ** 3)
  } else {
    const across = 2 * fv - 1
    const along = (phase + 1 - fu) / cloth.under
    const arch = Math.sin(Math.PI * Math.min(1, Math.max(0, along)))
    const roundness = Math.sqrt(Math.max(0, 1 - across * across * 0.96))
    h = 0.13 * roundness * (0.4 + 0.6 * arch)
    dyed = cloth.weftDye(j)
    const yarn = 1 + cloth.slub * 0.2 * noise(wu * 0.2, j * 5.3)
    const twist = 1 + 0.1 * Math.sin((wu * 9 + across * 2 + trait(j, 3) * 6) * 2)
    light = yarn * twist * (0.45 + 0.55 * roundness) * (0.75 + 0.25 * arch)
  }
  // Loose fibres: faint, finer than the yarn.
  light *= 1 + 0.09 * noise(u * 13, v * 11)
  set(spot, base + h, dyed, light, 0)
}

export interface Knit {
  readonly wale: number
  readonly course: number
  readonly dyed: (wale: number, course: number) => Rgb
}

/** The face of a jersey at (u, v) along courses and wales: columns of V. */
export const knit = (cloth: Knit, u: number, v: number, base: number, spot: Spot): void => {
  const wu = u + 0.07 * noise(u * 0.5, v * 0.6)
  const wv = v + 0.06 * noise(u * 0.6 + 50, v * 0.5)
  const i = Math.floor(wu / cloth.wale)
  const fu = Math.abs(wu / cloth.wale - i - 0.5)
  const y = wv / cloth.course
  const j = Math.floor(y)
  let best = -1
  let row = j
  // A leg of the V reaches over a course and a half, so two neighbours may lie here; the higher one shows.
  for (let k = j - 1; k <= j + 1; k++) {
    const ax = 0.1
    const ay = k + 1.05
    const bx = 0.41
    const by = k - 0.25
    const dx = (bx - ax) * cloth.wale
    const dy = (by - ay) * cloth.course
    const px = (fu - ax) * cloth.wale
    const py = (y - ay) * cloth.course
    const t = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy)))
    const d = Math.hypot(px - t * dx, py - t * dy) / (0.205 * cloth.wale)
    const lift = Math.sqrt(Math.max(0, 1 - d * d)) * (0.6 + 0.5 * Math.sin(Math.PI * (0.15 + 0.7 * t)))
    if (lift > best) {
      best = lift
      row = k
    }
  }
  const dyed = cloth.dyed(i, row)
  const yarn = 1 + 0.12 * noise(i * 1.7, row * 0.4) + 0.07 * noise(u * 9, v * 9)
  set(spot, base + 0.2 * best, dyed, yarn * (0.3 + 0.7 * best) * (0.96 + 0.08 * trait(i, row)), 0.02)
}

export interface Row {
  readonly x: number
  readonly y: number
  /** Direction in degrees, 0 along x. */
  readonly turn: number
  readonly long: number
  /** Length of one stitch, mm: 25.4 / ppp. */
  readonly stitch: number
  readonly thick: number
  readonly dyed: Rgb
  /** Stitches that failed to form, by number. */
  readonly skipped?: readonly number[]
  /** How deep the thread pulls the cloth in, mm. */
  readonly pull: number
}

const row = (r: Row, x: number, y: number): readonly [number, number] => {
  const a = (r.turn * Math.PI) / 180
  const dx = x - r.x
  const dy = y - r.y
  const c = Math.cos(a)
  const s = Math.sin(a)
  return [dx * c + dy * s, -dx * s + dy * c]
}

/** How the cloth gives way around rows of stitching, before its threads are laid: mm, mostly below zero. */
export const drawnIn = (rows: readonly Row[], x: number, y: number): number => {
  let sum = 0
  for (const r of rows) {
    const [s, d] = row(r, x, y)
    if (s < -3 || s > r.long + 3 || d < -7 || d > 7) continue
    const k = Math.floor(s / r.stitch)
    const t = s / r.stitch - k
    // A groove along the row, deepest at the needle holes, and a soft ridge of pushed-up cloth on either side.
    const hole = Math.cos(2 * Math.PI * t)
    sum -= r.pull * gauss(d, 0.75) * (0.75 + 0.35 * hole)
    sum += r.pull * 0.42 * gauss(Math.abs(d) - 2.1, 0.9) * (0.7 + 0.5 * noise(s / (r.stitch * 1.4) + 7, r.y + r.turn))
  }
  return sum
}

/** Lays the threads of the rows over what is at the spot already. */
export const sewn = (rows: readonly Row[], x: number, y: number, spot: Spot): void => {
  for (const r of rows) {
    const [s, off] = row(r, x, y)
    if (s < -0.5 || s > r.long + 0.5 || off < -1.6 || off > 1.6) continue
    const k = Math.floor(s / r.stitch)
    const t = s / r.stitch - k
    const jitter = (trait(k, Math.round(r.y * 10)) - 0.5) * 0.16
    const slant = (t - 0.5) * 0.12 * r.thick
    const d = off - jitter - slant
    const end = Math.min(t, 1 - t) * r.stitch
    // Needle holes are dark wells at the ends of a stitch.
    const well = gauss(end, 0.16) * gauss(off, 0.26)
    spot.r *= 1 - 0.75 * well
    spot.g *= 1 - 0.75 * well
    spot.b *= 1 - 0.75 * well
    spot.h -= 0.25 * well
    if (s < 0 || s > r.long || r.skipped?.includes(k)) continue
    const radius = r.thick * 0.5 * Math.min(1, 0.35 + Math.sqrt(Math.max(0, end - 0.1)) * 1.15)
    if (end < 0.1 || Math.abs(d) > radius) continue
    const across = d / radius
    const roundness = Math.sqrt(1 - across * across)
    const rise = smooth(0.05, 0.85, end)
    // Three plies, twisted to the left.
    const ply = Math.abs(Math.sin((s * 1.55 + across * 0.75) * (Math.PI / r.thick) * 0.62))
    const light = (0.42 + 0.58 * roundness) * (0.72 + 0.28 * ply ** 0.6) * (0.94 + 0.1 * noise(s * 6, k))
    set(spot, spot.h * 0.5 + 0.1 + (0.55 * roundness * r.thick + 0.05 * ply) * rise, r.dyed, light, 0.34 * ply)
  }
}

export interface Tack {
  readonly x: number
  readonly y: number
  readonly turn: number
  readonly long: number
  readonly wide: number
  readonly dyed: Rgb
}

/** A bartack: strands side by side across a core. */
export const tacked = (tack: Tack, x: number, y: number, spot: Spot): void => {
  const a = (tack.turn * Math.PI) / 180
  const dx = x - tack.x
  const dy = y - tack.y
  const s = dx * Math.cos(a) + dy * Math.sin(a)
  const d = -dx * Math.sin(a) + dy * Math.cos(a)
  const shadow = smooth(0.9, 0, Math.max(Math.abs(s) - tack.long / 2, Math.abs(d) - tack.wide / 2))
  if (shadow <= 0) return
  spot.r *= 1 - 0.35 * shadow
  spot.g *= 1 - 0.35 * shadow
  spot.b *= 1 - 0.35 * shadow
  const pitch = 0.44
  const k = Math.floor((s + 0.1 * d) / pitch)
  const f = ((s + 0.1 * d) / pitch - k) * 2 - 1
  const reach = tack.wide / 2 + (trait(k, 9) - 0.5) * 0.22
  if (Math.abs(d) > reach || Math.abs(s) > tack.long / 2) return
  const roundness = Math.sqrt(Math.max(0, 1 - f * f))
  const hump = Math.sqrt(Math.max(0, 1 - (d / reach) ** 2))
  const ply = Math.abs(Math.sin(d * 5.5 + f))
  const light = (0.38 + 0.62 * roundness) * (0.8 + 0.2 * ply) * (0.92 + 0.16 * trait(k, 4))
  set(spot, spot.h + 0.2 + 0.75 * hump + 0.16 * roundness, tack.dyed, light, 0.3 * ply)
}

/** Brown paper on the cutting table, where the cloth ends. */
export const kraft = (x: number, y: number, spot: Spot): void => {
  const fibre = 0.5 * noise(x * 1.6, y * 5) + 0.5 * noise(x * 7, y * 9)
  const light = 1 + 0.05 * fibre + 0.05 * clouds(x * 0.05, y * 0.05)
  set(spot, 0.012 * fibre, KRAFT, light, 0)
}
const KRAFT = dye('#cdb592')

export interface Shot {
  readonly width: number
  readonly height: number
  /** Pixels in a millimetre. */
  readonly perMm: number
  /** Where the light comes from: towards it, x right, y down, z to the eye. */
  readonly light: Rgb
}

const blur = (from: Float32Array, width: number, height: number, radius: number): Float32Array => {
  let a = from
  for (let pass = 0; pass < 2; pass++) {
    const across = new Float32Array(a.length)
    for (let y = 0; y < height; y++) {
      let sum = 0
      const at = y * width
      for (let x = -radius; x <= radius; x++) sum += a[at + Math.min(width - 1, Math.max(0, x))]!
      for (let x = 0; x < width; x++) {
        across[at + x] = sum / (2 * radius + 1)
        sum += a[at + Math.min(width - 1, x + radius + 1)]! - a[at + Math.max(0, x - radius)]!
      }
    }
    const down = new Float32Array(a.length)
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let y = -radius; y <= radius; y++) sum += across[Math.min(height - 1, Math.max(0, y)) * width + x]!
      for (let y = 0; y < height; y++) {
        down[y * width + x] = sum / (2 * radius + 1)
        sum += across[Math.min(height - 1, y + radius + 1) * width + x]! - across[Math.max(0, y - radius) * width + x]!
      }
    }
    a = down
  }
  return a
}

/**
 * Lights a scene: Lambert on the height map's normals, a cast shadow from what stands higher towards the light, and less
 * light in hollows. Gives 8-bit sRGB, three bytes a pixel.
 */
export const photograph = (scene: Scene, shot: Shot): Buffer => {
  const { width, height, perMm } = shot
  const count = width * height
  const h = new Float32Array(count)
  const rgb = new Float32Array(count * 3)
  const shine = new Float32Array(count)
  const spot: Spot = { h: 0, r: 0, g: 0, b: 0, shine: 0 }
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      scene(x / perMm, y / perMm, spot)
      h[at] = spot.h
      rgb[at * 3] = spot.r
      rgb[at * 3 + 1] = spot.g
      rgb[at * 3 + 2] = spot.b
      shine[at] = spot.shine
    }
  const near = blur(h, width, height, Math.round(perMm * 0.28))
  const wide = blur(h, width, height, Math.round(perMm * 1.3))
  const [lx, ly, lz] = shot.light
  const norm = Math.hypot(lx, ly, lz)
  const [ux, uy, uz] = [lx / norm, ly / norm, lz / norm]
  const out = Buffer.alloc(count * 3)
  const flat = Math.hypot(ux, uy)
  const reach = (mm: number): number => Math.round(mm * perMm)
  const steps = [0.35, 0.8, 1.5, 2.6].map((mm) => ({
    by: reach((mm * ux) / flat) + reach((mm * uy) / flat) * width,
    sx: reach((mm * ux) / flat),
    sy: reach((mm * uy) / flat),
    rise: mm * (uz / flat),
  }))
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const left = h[x > 0 ? at - 1 : at]!
      const right = h[x < width - 1 ? at + 1 : at]!
      const up = h[y > 0 ? at - width : at]!
      const down = h[y < height - 1 ? at + width : at]!
      const nx = (-(right - left) * perMm) / 2
      const ny = (-(down - up) * perMm) / 2
      const n = 1 / Math.sqrt(nx * nx + ny * ny + 1)
      const facing = Math.max(0, (nx * ux + ny * uy + uz) * n)
      let shadow = 0
      for (const s of steps) {
        const sx = x + s.sx
        const sy = y + s.sy
        if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue
        const over = near[at + s.by]! - h[at]! - s.rise
        if (over > 0) shadow = Math.max(shadow, Math.min(1, over * 2.4))
      }
      const hollow = Math.min(1, Math.max(0, (near[at]! - h[at]!) * 2.2))
      const deep = Math.min(0.6, Math.max(0, (wide[at]! - near[at]!) * 0.55))
      // Lens: a little less light in the corners, a little more towards the lamp.
      const cx = x / width - 0.5
      const cy = y / height - 0.5
      const lens = (1 - 0.42 * (cx * cx + cy * cy)) * (1 + 0.14 * (cx * ux + cy * uy))
      const ambient = 0.36 * (1 - 0.45 * hollow - 0.5 * deep)
      const direct = 1.02 * facing * (1 - 0.72 * shadow) * (1 - 0.35 * deep)
      // Halfway between the lamp and the eye, for thread that shines.
      const half = Math.max(0, (nx * ux + ny * uy + 1 + uz) * n) / Math.hypot(ux, uy, 1 + uz)
      const gleam = shine[at]! * half ** 24 * 0.5 * (1 - shadow)
      const lamp = (ambient + direct) * lens
      const grain = 1 + 0.018 * (trait(x, y) - 0.5)
      for (let c = 0; c < 3; c++) {
        // Warm lamp, cool shade.
        const tint = c === 0 ? 1.03 : c === 2 ? 0.96 + 0.06 * shadow : 1
        const value = (rgb[at * 3 + c]! * lamp * tint + gleam) * grain
        const mapped = value / (1 + 0.16 * value)
        const srgb = mapped <= 0.0031308 ? 12.92 * mapped : 1.055 * mapped ** (1 / 2.4) - 0.055
        out[at * 3 + c] = Math.max(0, Math.min(255, Math.round(srgb * 255)))
      }
    }
  return out
}
