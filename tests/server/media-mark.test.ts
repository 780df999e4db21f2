import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ground, writePyramid } from '../../server/media/convert/tiles.ts'
import { lanes } from '../../server/media/lanes.ts'
import { burn, drawOverlay } from '../../server/media/overlay.ts'
import { boxOf, PERIOD, planOf } from '../../server/media/plan.ts'
import { MARKED, readBack, readsBack } from '../../server/media/readback.ts'
import { formatFor, hasTile, renderMontage, renderTile } from '../../server/media/render.ts'
import { isCode, newCode, type Stamp } from '../../server/media/stamp.ts'
import { levelSize, type Pyramid } from '../../shared/domain/sheet.ts'

const ines: Stamp = {
  firm: 'Confecciones Hernández',
  person: 'Inés Salgado',
  code: 'K7QM-3XPD',
  time: '2026-11-23 19:56',
}
const tao: Stamp = { firm: 'Taller Xochitl', person: 'Tao Ríos', code: 'B4RT-9ZNC', time: '2026-11-23 19:58' }

/** Soft clouds with fine grain and some hard edges: as hard to read a mark on as a photo of cloth. */
const cloth = (width: number, height: number): Uint8Array => {
  const data = new Uint8Array(width * height * 3)
  let seed = 7
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
      const weave = ((x + y) % 7 < 3 ? 12 : 0) + ((seed >> 16) % 24)
      const cloud = 90 + 60 * Math.sin(x / 90) * Math.cos(y / 70) + ((x >> 7) % 2 === 0 ? 40 : 0)
      const to = (y * width + x) * 3
      data[to] = Math.min(255, Math.max(0, cloud + weave))
      data[to + 1] = Math.min(255, Math.max(0, cloud * 0.8 + weave))
      data[to + 2] = Math.min(255, Math.max(0, cloud * 0.6 + weave))
    }
  return data
}

interface Made {
  readonly folder: string
  readonly pyramid: Pyramid
}
const WIDTH = 1700
const HEIGHT = 1300
let place: string
let grounds: readonly Made[]
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'puntada-mark-'))
  const make = async (name: string, data: Uint8Array, ground: Ground): Promise<Made> => {
    const folder = join(place, name)
    const { pyramid } = await writePyramid({ data, width: WIDTH, height: HEIGHT }, ground, folder, 1e9, {
      progress() {},
    })
    return { folder, pyramid }
  }
  grounds = [
    await make('white', new Uint8Array(WIDTH * HEIGHT * 3).fill(255), 'drawing'),
    await make('black', new Uint8Array(WIDTH * HEIGHT * 3), 'drawing'),
    await make('cloth', cloth(WIDTH, HEIGHT), 'photo'),
  ]
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

const tileAt = ({ pyramid }: Made, pick: number) => {
  const tiles: { level: number; col: number; row: number }[] = []
  for (let level = 0; level < pyramid.levels; level++)
    for (let row = 0; hasTile(pyramid, level, 0, row); row++)
      for (let col = 0; hasTile(pyramid, level, col, row); col++) tiles.push({ level, col, row })
  const tile = tiles[pick % tiles.length]!
  const size = levelSize(pyramid, tile.level)
  const rect = {
    left: tile.col * 512,
    top: tile.row * 512,
    width: Math.min(512, size.width - tile.col * 512),
    height: Math.min(512, size.height - tile.row * 512),
  }
  return { ...tile, size, rect }
}

describe('the plan', () => {
  it('holds a complete code in any window of 256 px, on any level', () => {
    const side = fc.integer({ min: 256, max: 10_000 })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(side, side, share, share, fc.boolean(), (width, height, across, down, widest) => {
        const left = Math.floor(across * (width - 256))
        const top = Math.floor(down * (height - 256))
        const stamp = { ...ines, code: widest ? 'MMMM-MMMM' : ines.code }
        const { placements } = planOf({ width, height }, { left, top, width: 256, height: 256 }, stamp)
        return placements.some((placement) => {
          if (placement.role !== 'code' || placement.text !== stamp.code) return false
          const box = boxOf(placement)
          // The first repetition whose box begins inside the window.
          const begin = (middle: number, half: number, from: number) => {
            const start = middle - half
            return start + Math.ceil((from - start) / PERIOD) * PERIOD
          }
          const x = begin(placement.x, box.width / 2, left)
          const y = begin(placement.y, box.height / 2, top)
          return x + box.width <= left + 256 && y + box.height <= top + 256
        })
      }),
      { numRuns: 2_000 },
    )
  })

  it('names firm, person and time as well, and never runs long', () => {
    const endless = { ...ines, firm: 'Ñandú '.repeat(100), person: '🧵'.repeat(200) }
    const { placements } = planOf({ width: 900, height: 900 }, { left: 0, top: 0, width: 512, height: 512 }, ines)
    expect(placements.map(({ text }) => text)).toContain('Confecciones Hernández · Inés Salgado · 2026-11-23 19:56')
    const posing = { ...ines, person: 'Inés · Tao Ramírez · 2345-6789' }
    const posed = planOf({ width: 900, height: 900 }, { left: 0, top: 0, width: 512, height: 512 }, posing)
    expect(posed.placements.map(({ text }) => text)).toContain(
      'Confecciones Hernández · Inés Tao Ramírez 2345-6789 · 2026-11-23 19:56',
    )
    const long = planOf({ width: 900, height: 900 }, { left: 0, top: 0, width: 512, height: 512 }, endless)
    expect(Math.max(...long.placements.map(({ text }) => [...text].length))).toBeLessThanOrEqual(120)
  })

  it('fits a code into a level that is smaller than the pattern', () => {
    for (const [width, height] of [
      [512, 40],
      [100, 512],
      [200, 200],
      [90, 20],
    ] as const) {
      const { placements } = planOf({ width, height }, { left: 0, top: 0, width, height }, ines)
      const whole = placements.filter((placement) => {
        const box = boxOf(placement)
        return (
          placement.role === 'code' &&
          placement.x - box.width / 2 >= 0 &&
          placement.y - box.height / 2 >= 0 &&
          placement.x + box.width / 2 <= width &&
          placement.y + box.height / 2 <= height
        )
      })
      expect(whole.length, `${width} × ${height}`).toBeGreaterThan(0)
    }
  })
})

describe('the burned tile', () => {
  it('carries its viewer on white, black and cloth; an unmarked one and another’s do not', {
    timeout: 240_000,
  }, async () => {
    const wrong: string[] = []
    let read = 0
    for (let round = 0; round < 200; round++) {
      const made = grounds[round % grounds.length]!
      const { level, col, row, size, rect } = tileAt(made, round * 7)
      const plan = planOf(size, rect, ines)
      const format = round % 5 === 0 ? 'jpeg' : 'webp'
      const marked = await renderTile({ ...made, level, col, row, stamp: ines, format })
      const { codes, strength } = await readBack(marked, plan)
      const says = `${made.folder.split('/').at(-1)} ${level}/${col}_${row} ${format}`
      if (rect.width >= 256 && rect.height >= 256 && codes === 0) wrong.push(`${says}: no whole code`)
      if (codes === 0) continue
      read++
      if (strength < MARKED) wrong.push(`${says}: not read`)
      if (round % 2 === 1) continue
      const path = (ending: string) => join(made.folder, String(level), `${col}_${row}.${ending}`)
      const base = await readFile(path('png')).catch(() => readFile(path('jpg')))
      if (await readsBack(base, plan)) wrong.push(`${says}: read where there is none`)
      if (round % 4 === 0 && (await readsBack(marked, planOf(size, rect, tao))))
        wrong.push(`${says}: read as another's`)
    }
    expect(wrong).toEqual([])
    expect(read).toBeGreaterThan(150)
  })

  it('never turns over: white stays lighter than the ink, black darker than the rim', () => {
    const side = 1024
    const rect = { left: 0, top: 0, width: side, height: side }
    for (const stamp of [ines, tao]) {
      const overlay = drawOverlay(planOf({ width: side, height: side }, rect, stamp))
      const white = new Uint8Array(side * side * 3).fill(255)
      burn(white, rect, overlay)
      // A code over a name: both inks take of the light, one after the other.
      expect(white.reduce((least, value) => Math.min(least, value))).toBeGreaterThan(110)
      const black = new Uint8Array(side * side * 3)
      burn(black, rect, overlay)
      expect(black.reduce((most, value) => Math.max(most, value))).toBeLessThan(160)
    }
  })

  it('goes on over the borders of tiles as if there were none', () => {
    const size = { width: 1100, height: 900 }
    const whole = new Uint8Array(size.width * size.height * 3).fill(160)
    const plan = planOf(size, { left: 0, top: 0, ...size }, ines)
    burn(whole, plan.rect, drawOverlay(plan))
    for (const [left, top] of [
      [0, 0],
      [512, 0],
      [1024, 512],
      [512, 512],
    ] as const) {
      const width = Math.min(512, size.width - left)
      const height = Math.min(512, size.height - top)
      const tile = new Uint8Array(width * height * 3).fill(160)
      const part = planOf(size, { left, top, width, height }, ines)
      burn(tile, part.rect, drawOverlay(part))
      let differ = 0
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width * 3; x++)
          if (tile[y * width * 3 + x] !== whole[((top + y) * size.width + left) * 3 + x]) differ++
      expect(differ).toBe(0)
    }
  })

  it('is of the kind that was asked for, of its own size, and says nothing but the picture', async () => {
    const made = grounds[2]!
    for (const format of ['webp', 'jpeg'] as const) {
      const meta = await sharp(await renderTile({ ...made, level: 2, col: 3, row: 2, stamp: ines, format })).metadata()
      expect([meta.format, meta.width, meta.height]).toEqual([format, WIDTH - 3 * 512, HEIGHT - 2 * 512])
      expect([meta.exif, meta.icc, meta.xmp, meta.iptc]).toEqual([undefined, undefined, undefined, undefined])
    }
    expect(formatFor('text/html,image/avif,image/webp,*/*')).toBe('webp')
    expect(formatFor('image/png,image/jpeg')).toBe('jpeg')
  })

  it('is refused where the pyramid has none', async () => {
    const made = grounds[0]!
    for (const [level, col, row] of [
      [3, 0, 0],
      [-1, 0, 0],
      [2, 4, 0],
      [2, 0, 3],
      [0, 0.5, 0],
      [Number.NaN, 0, 0],
    ] as const) {
      expect(hasTile(made.pyramid, level, col, row)).toBe(false)
      await expect(renderTile({ ...made, level, col, row, stamp: ines, format: 'webp' })).rejects.toThrow(RangeError)
    }
  })
})

describe('a card', () => {
  it('shows whole sheets, marked, and light enough for a slow phone', async () => {
    for (const count of [1, 2, 3, 4, 6]) {
      const sheets = Array.from({ length: count }, (_, i) => grounds[i % 3]!)
      const montage = await renderMontage({ sheets, maxWidth: 480, stamp: ines, format: 'webp' })
      const rect = { left: 0, top: 0, width: 480, height: 320 }
      expect(await readsBack(montage, planOf(rect, rect, ines)), `${count} sheets`).toBe(true)
      expect(montage.byteLength).toBeLessThanOrEqual(60_000)
    }
    await expect(renderMontage({ sheets: [], maxWidth: 480, stamp: ines, format: 'webp' })).rejects.toThrow(RangeError)
  })
})

describe('pictures in the making', () => {
  it('are made in turn for all who ask, and in order for each', async () => {
    const inLane = lanes(1)
    const order: string[] = []
    const begun = Promise.withResolvers<void>()
    const ask = (whose: string, what: string) =>
      inLane(whose, async () => {
        order.push(what)
        await begun.promise
      })
    const all = ['a1', 'a2', 'a3', 'a4'].map((what) => ask('a', what))
    all.push(ask('b', 'b1'), ask('c', 'c1'), ask('b', 'b2'))
    begun.resolve()
    await Promise.all(all)
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
  })

  it('make room when one cannot be made', async () => {
    const inLane = lanes(1)
    const broken = inLane('a', () => Promise.reject(new Error('no')))
    const after = inLane('b', () => Promise.resolve('made'))
    await expect(broken).rejects.toThrow('no')
    expect(await after).toBe('made')
  })
})

describe('a code', () => {
  it('has eight signs that cannot be mistaken, all as likely', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (random) => {
        if (random.filter((byte) => byte < 232).length < 8) return
        const code = newCode(random)
        expect(code).toMatch(/^[0-9BCDFGHJKMNPQRSTVXYZ]{4}-[0-9BCDFGHJKMNPQRSTVXYZ]{4}$/)
        expect(isCode(code)).toBe(true)
      }),
    )
    for (let byte = 0; byte < 256; byte++) {
      try {
        const sign = newCode(new Uint8Array(8).fill(byte))[0]!
        seen.set(sign, (seen.get(sign) ?? 0) + 1)
      } catch {
        expect(byte).toBeGreaterThanOrEqual(232)
      }
    }
    expect(seen.size).toBe(29)
    expect(new Set(seen.values())).toEqual(new Set([8]))
    expect(() => newCode(new Uint8Array(7))).toThrow(RangeError)
    expect(isCode('HOLA-HOLA')).toBe(false)
  })
})
