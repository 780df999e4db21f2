import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Breakdown, ConversionJob, ConversionResult } from '../../server/media/conversion.ts'
import { convert, sheetName, traceOf } from '../../server/media/convert/convert.ts'
import { halve, type Level, type Pixels, shownOf } from '../../server/media/convert/tiles.ts'
import { isDiskFull } from '../../server/media/disk.ts'
import { levelSize } from '../../shared/domain/sheet.ts'
import { MEDIA_REFUSAL_CODES, REPORT_CODES } from '../../shared/protocol/report.ts'
import { jpeg, pdf, SENT, stripes, svg } from '../support/files.ts'

let place: string
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'puntada-media-'))
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

let made = 0
/** Puts bytes where an upload would lie and converts them; the job's folder is new each time. */
const sent = (bytes: Uint8Array, more: Partial<ConversionJob> = {}) => {
  const file = join(place, `upload${++made}`)
  const folder = join(place, `job${made}`)
  writeFileSync(file, bytes)
  return { folder, result: convert({ file, name: 'Blusa.pdf', folder, ...more }) }
}
const taken = (result: ConversionResult) => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`)
  return result
}
const codes = (result: ConversionResult) => result.report.map(({ code }) => code)

describe('whatever is sent', () => {
  it('is taken or refused with a code, and a refused file leaves nothing behind', { timeout: 300_000 }, async () => {
    const wrong: string[] = []
    const next = SENT.values()
    const lane = async () => {
      for (const { name, bytes, outcome } of next) {
        const { folder, result } = sent(await bytes(), { name })
        const came = await result
        const what = came.ok ? 'taken' : came.refusal.code
        if (!outcome.includes(what)) wrong.push(`${name}: ${what}`)
        if (!came.ok && existsSync(folder)) wrong.push(`${name}: left files`)
        if (came.ok && !came.sheets.every((sheet) => existsSync(join(sheet.folder, '0'))))
          wrong.push(`${name}: no tiles`)
        for (const { code } of came.report) if (!REPORT_CODES.includes(code)) wrong.push(`${name}: says ${code}`)
      }
    }
    await Promise.all([lane(), lane()])
    expect(wrong).toEqual([])
    expect(SENT.length).toBeGreaterThanOrEqual(60)
    // A list that only refuses would prove nothing.
    expect(SENT.filter(({ outcome }) => outcome[0] === 'taken').length).toBeGreaterThan(40)
  })

  it('is never a reason to call anyone', async () => {
    let calls = 0
    const ear = createServer((socket) => {
      calls++
      socket.destroy()
    })
    await new Promise<void>((ready) => ear.listen(0, '127.0.0.1', ready))
    const { port } = ear.address() as { port: number }
    const url = `http://127.0.0.1:${port}/x`
    const drawing = svg(
      `<style>@import url(${url});path{fill:url(${url}#a)}</style><image href="${url}" width="9" height="9"/><use href="${url}#a"/><script href="${url}"/><path d="M0 0L9 9" stroke="#000"/>`,
    )
    const result = taken(await sent(drawing).result)
    expect(codes(result)).toEqual(expect.arrayContaining(['scripts-skipped', 'links-skipped', 'elements-skipped']))
    await new Promise<void>((closed) => ear.close(() => closed()))
    expect(calls).toBe(0)
  })

  it('is read in a process from which the network is taken', () => {
    const jail = resolve(import.meta.dirname, '../../server/media/convert/jail.ts')
    const tries = `
      import ${JSON.stringify(jail)}
      import net, { connect } from 'node:net'
      import { lookup } from 'node:dns/promises'
      import { request } from 'node:http'
      const ways = [() => connect(1), () => new net.Socket().connect(1), () => lookup('localhost'),
        () => request('http://127.0.0.1:1'), () => fetch('http://127.0.0.1:1'), () => new WebSocket('ws://127.0.0.1:1')]
      let open = 0
      for (const way of ways) { try { await way(); open++ } catch (error) { if (!/no network/.test(error.message)) open++ } }
      process.exit(open)`
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', tries], { encoding: 'utf8' })
    expect(run.stderr).toBe('')
    expect(run.status).toBe(0)
  })

  it('is stopped when it grows, takes too long, or fills the disk', async () => {
    const drawing = svg('<path d="M0 0L90 90" stroke="#000"/>')
    const refusal = async (limits: ConversionJob['limits']) => {
      const result = await sent(drawing, { limits }).result
      return result.ok ? 'taken' : result.refusal.code
    }
    expect(await refusal({ rssBytes: 20_000_000 })).toBe('too-much-memory')
    expect(await refusal({ wallMs: 1 })).toBe('took-too-long')
    expect(await refusal({ cpuMsPerPage: 1 })).toBe('took-too-long')
    expect(await refusal({ tileBytes: 100 })).toBe('disk-full')
    expect(await refusal({ bytes: 10 })).toBe('too-large')
    expect(isDiskFull(Object.assign(new Error(), { code: 'ENOSPC' }))).toBe(true)
    expect(MEDIA_REFUSAL_CODES).toContain('disk-full')
  })
})

describe('a converter that breaks down', () => {
  it('says so to the person, and to the operator where in the code, without a word of the file', async () => {
    const told: Breakdown[] = []
    // Something lies where the tiles should go, which nobody foresaw.
    const occupied = join(place, `job${made + 1}`)
    mkdirSync(occupied)
    writeFileSync(join(occupied, '0'), '')
    const { result, folder } = sent(svg('<text x="10" y="20">SECRETO</text>'), { onBroken: (how) => told.push(how) })
    expect(await result).toEqual({ ok: false, refusal: { code: 'converter-failed', params: {} }, report: [] })
    expect(existsSync(folder)).toBe(false)
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ kind: 'svg', exit: 0 })
    expect(told[0]?.trace.join('\n')).toMatch(/^Error\nat .*server\/media\/convert\/tiles/s)
    expect(JSON.stringify(told)).not.toContain('SECRETO')
  })
  it('is told of by names and places alone', () => {
    const root = resolve(import.meta.dirname, '../..')
    const said = [
      `file://${root}/server/media/convert/pdf.ts:10`,
      "    throw new FormatError('Diseño de Inés')",
      'FormatError: Diseño de Inés, talla 8',
      `    at Parser.read (file://${root}/server/media/convert/pdf.ts:10:7)`,
      '    at Diseño de Inés',
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      ...Array.from({ length: 40 }, (_, i) => `    at f${i} (node:internal:1:1)`),
    ].join('\n')
    const trace = traceOf(said)
    expect(trace.slice(0, 3)).toEqual([
      'FormatError',
      'at Parser.read (server/media/convert/pdf.ts:10:7)',
      'FATAL ERROR: Reached heap limit Allocation failed ',
    ])
    expect(trace).toHaveLength(20)
  })
})

describe('a person who changes their mind', () => {
  it('stops a conversion before, in the queue or in the midst of it, and nothing is left', async () => {
    const document = await PDFDocument.create()
    for (let page = 0; page < 20; page++) document.addPage([595, 842]).drawText('', {})
    const bytes = await document.save()

    const before = sent(bytes, { signal: AbortSignal.abort() })
    expect(await before.result).toMatchObject({ ok: false, refusal: { code: 'cancelled' } })

    const amid = new AbortController()
    const queued = new AbortController()
    const steps: string[] = []
    const first = sent(bytes, {
      limits: { concurrent: 1 },
      signal: amid.signal,
      onProgress: (step) => {
        steps.push(step)
        // Some tiles are on disk by now.
        if (step === 'tiling') {
          queued.abort()
          amid.abort()
        }
      },
    })
    const second = sent(bytes, {
      limits: { concurrent: 1 },
      signal: queued.signal,
      onProgress: () => steps.push('second'),
    })
    expect(await first.result).toMatchObject({ ok: false, refusal: { code: 'cancelled' } })
    expect(await second.result).toMatchObject({ ok: false, refusal: { code: 'cancelled' } })
    expect(steps).toContain('tiling')
    expect(steps).not.toContain('second')
    for (const { folder } of [before, first, second]) expect(existsSync(folder)).toBe(false)
  })

  it('does not hold up the next in the queue', async () => {
    const order: number[] = []
    const bytes = await jpeg()
    const one = (n: number) => {
      const { result } = sent(bytes, { limits: { concurrent: 1 }, onProgress: () => order.push(n) })
      return result
    }
    const results = await Promise.all([one(1), one(2), one(3)])
    expect(results.every(({ ok }) => ok)).toBe(true)
    // One at a time and in order of coming: no one's progress is heard between another's.
    expect(order.filter((n, i) => n !== order[i - 1])).toEqual([1, 2, 3])
  })
})

describe('a photo', () => {
  it('is turned upright, in sRGB, without the place where it was taken', async () => {
    const bytes = await sharp(stripes(600, 400), { raw: { width: 600, height: 400, channels: 3 } })
      .jpeg()
      .withExif({ IFD0: { Make: 'Cámara' }, IFD3: { GPSLatitude: '19/1 25/1 0/1', GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const result = taken(await sent(bytes, { name: 'Foto de Inés.JPG' }).result)
    const [sheet] = result.sheets
    expect(result.kind).toBe('photo')
    expect(sheet).toMatchObject({ name: 'Foto de Inés', width: 400, height: 600, scale: 'assumed' })
    expect(sheet!.mmPerUnit * 600).toBeCloseTo(400)
    expect(codes(result)).toEqual([
      'photo-read',
      'photo-turned',
      'colour-converted',
      'metadata-removed',
      'scale-assumed',
    ])
    for (const level of readdirSync(sheet!.folder))
      for (const tile of readdirSync(join(sheet!.folder, level))) {
        const meta = await sharp(join(sheet!.folder, level, tile)).metadata()
        expect([meta.exif, meta.icc, meta.xmp]).toEqual([undefined, undefined, undefined])
      }
  })

  it('becomes tiles that together are the photo, at every level', async () => {
    const [width, height] = [1300, 700]
    const bytes = await sharp(stripes(width, height), { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer()
    const { pyramid, folder } = taken(await sent(bytes).result).sheets[0]!
    expect(pyramid).toEqual({ tile: 512, levels: 3, width, height })
    for (let level = 0; level < pyramid.levels; level++) {
      const size = levelSize(pyramid, level)
      let area = 0
      for (const name of readdirSync(join(folder, String(level)))) {
        const [col, row] = name.split(/[_.]/).map(Number)
        const meta = await sharp(join(folder, String(level), name)).metadata()
        expect(meta.width).toBe(Math.min(512, size.width - col! * 512))
        expect(meta.height).toBe(Math.min(512, size.height - row! * 512))
        area += meta.width * meta.height
      }
      expect(area).toBe(size.width * size.height)
    }
  })
})

describe('a document', () => {
  it('gives each page at true size, cropped, turned and scaled as it says', async () => {
    const document = await PDFDocument.create()
    const a4 = document.addPage([595.275591, 841.889764])
    const turned = document.addPage([200, 100])
    turned.setRotation({ type: 'degrees' as never, angle: 90 })
    const cropped = document.addPage([300, 300])
    cropped.setCropBox(50, 60, 72, 144)
    const scaled = document.addPage([72, 72])
    const { PDFName, PDFNumber } = await import('pdf-lib')
    scaled.node.set(PDFName.of('UserUnit'), PDFNumber.of(10))
    for (const page of [a4, turned, cropped, scaled]) page.drawLine({ start: { x: 0, y: 0 }, end: { x: 99, y: 99 } })
    const result = taken(await sent(await document.save()).result)
    const sizes = result.sheets.map(({ width, height }) => [width, height])
    const expected = [
      [210, 297],
      [(100 * 25.4) / 72, (200 * 25.4) / 72],
      [25.4, 50.8],
      [254, 254],
    ]
    for (const [index, [width, height]] of expected.entries()) {
      expect(sizes[index]![0]).toBeCloseTo(width!, 4)
      expect(sizes[index]![1]).toBeCloseTo(height!, 4)
    }
    expect(result.sheets.map(({ name }) => name)).toEqual(['Blusa 1', 'Blusa 2', 'Blusa 3', 'Blusa 4'])
    expect(result.sheets.every(({ scale, mmPerUnit }) => scale === 'true-size' && mmPerUnit === 1)).toBe(true)
  })

  it('is drawn: a line is where it was', async () => {
    const bytes = await pdf((_, page) => page.drawRectangle({ x: 72, y: 72, width: 72, height: 72 }), [288, 288])
    const { folder, pyramid } = taken(await sent(bytes).result).sheets[0]!
    const tile = await sharp(join(folder, String(pyramid.levels - 1), '0_0.png'))
      .raw()
      .toBuffer({ resolveWithObject: true })
    const dark = (x: number, y: number) => tile.data[(y * tile.info.width + x) * 3]! < 128
    // 200 dots an inch: the square reaches from 200 to 400 across, and from 400 to 600 down.
    expect([dark(205, 405), dark(395, 505), dark(180, 450), dark(300, 380)]).toEqual([true, true, false, false])
  })
})

describe('a drawing', () => {
  const sizeOf = async (root: string) => {
    const { sheets, report } = taken(await sent(svg('<path d="M10 10L90 60" stroke="#000"/>', root)).result)
    const { width, height } = sheets[0]!
    return {
      size: [Number(width.toFixed(3)), Number(height.toFixed(3))],
      guessed: report.filter((l) => l.severity === 'guessed').map((l) => l.code),
    }
  }

  it('has the size that its units say', { timeout: 120_000 }, async () => {
    const table: [string, [number, number], string[]][] = [
      ['width="100mm" height="50mm"', [100, 50], []],
      ['width="10cm" height="5cm" viewBox="0 0 7 3"', [100, 50], []],
      ['width="4in" height="72pt"', [101.6, 25.4], []],
      ['width="6pc" height="96px"', [25.4, 25.4], ['units-assumed']],
      ['width="96" height="192"', [25.4, 50.8], ['units-assumed']],
      ['width="100%" viewBox="0 0 960 480"', [254, 127], ['size-assumed']],
      ['width="50mm" viewBox="0 0 100 200"', [50, 100], []],
      ['', [(80 * 25.4) / 96 + 10, (50 * 25.4) / 96 + 10], ['size-assumed']],
    ]
    for (const [root, size, guessed] of table) {
      const came = await sizeOf(root)
      expect(came.size[0], root).toBeCloseTo(size[0], 2)
      expect(came.size[1], root).toBeCloseTo(size[1], 2)
      expect(came.guessed, root).toEqual(guessed)
    }
  })

  it('is drawn where nested moves, views and rules put it', async () => {
    const bytes = svg(
      `<style>g.seam > .a { fill: #ff0000 } .a { fill: none } #late { fill: #0000ff !important }</style>
       <g transform="translate(10 20)"><g class="seam" transform="scale(2)"><rect class="a" width="5" height="5"/></g></g>
       <svg x="50" y="50" width="20" height="20" viewBox="0 0 200 200"><rect id="late" class="a" x="50" y="50" width="100" height="100" style="fill:#00ff00"/></svg>
       <defs><g id="n"><circle r="3" fill="#00ff00"/></g></defs><use href="#n" x="80" y="20"/>`,
    )
    const { folder, pyramid } = taken(await sent(bytes).result).sheets[0]!
    const tiles = new Map<string, { data: Buffer; width: number }>()
    const at = async (x: number, y: number) => {
      // Millimetres to pixels of the finest level.
      const px = Math.floor((x * pyramid.width) / 100)
      const py = Math.floor((y * pyramid.height) / 100)
      const name = `${px >> 9}_${py >> 9}.png`
      let tile = tiles.get(name)
      if (tile === undefined) {
        const { data, info } = await sharp(join(folder, String(pyramid.levels - 1), name))
          .raw()
          .toBuffer({ resolveWithObject: true })
        tile = { data, width: info.width }
        tiles.set(name, tile)
      }
      const from = ((py & 511) * tile.width + (px & 511)) * 3
      return tile.data.subarray(from, from + 3).toString('hex')
    }
    expect(await at(15, 25)).toBe('ff0000')
    expect(await at(22, 25)).toBe('ffffff')
    expect(await at(60, 60)).toBe('0000ff')
    expect(await at(52, 52)).toBe('ffffff')
    expect(await at(80, 20)).toBe('00ff00')
  })
})

describe('a level of a drawing', () => {
  const SIDE = 512
  const HAIR = 2
  /** White paper with whatever `ink` says black of. */
  const paper = (ink: (x: number, y: number) => boolean): Pixels => {
    const data = new Uint8Array(SIDE * SIDE * 3).fill(255)
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) if (ink(x, y)) data.fill(0, (y * SIDE + x) * 3, (y * SIDE + x) * 3 + 3)
    return { data, width: SIDE, height: SIDE }
  }
  /** Every level from the finest to 1/32 of it. */
  const levels = (picture: Pixels): Pixels[] => {
    let level: Level = { mean: picture, ink: picture }
    return Array.from({ length: 6 }, (_, i) => {
      if (i > 0) level = halve(level, 'drawing')
      return shownOf(level)
    })
  }
  const rowOf = ({ data, width }: Pixels, y: number): number[] =>
    Array.from({ length: width }, (_, x) => data[(y * width + x) * 3]!)

  it('keeps a hairline whole and thin, wherever it runs', () => {
    for (const slope of [0, 0.3, 0.77, 1])
      for (const from of [100, 101, 103, 107]) {
        const isLine = (x: number, y: number): boolean => Math.abs(x - from - slope * y) < HAIR / 2
        for (const level of levels(paper(isLine)).slice(1)) {
          const tall = Math.floor(
            Math.min(level.height, ((SIDE - from - HAIR) / Math.max(1, slope) / SIDE) * level.height),
          )
          for (let y = 0; y < tall; y++) {
            const seen = rowOf(level, y).filter((value) => value < 250)
            expect(Math.min(...seen)).toBeLessThan(150)
            expect(seen.length).toBeLessThanOrEqual(HAIR + 2)
          }
        }
      }
  })
  it('leaves paper white, ink black, and what is written grey, not a black block', () => {
    const seen = levels(paper((x, y) => (x < 256 ? y < 256 : y < 256 && x % 6 < 2 && y % 8 < 6)))
    for (const level of seen.slice(3)) {
      const half = level.width / 2
      const upper = rowOf(level, half / 2)
      expect(upper.slice(0, half - 1).every((value) => value === 0)).toBe(true)
      const written = upper.slice(half + 1, -1)
      expect(Math.min(...written)).toBeGreaterThan(90)
      expect(rowOf(level, half + half / 2).every((value) => value === 255)).toBe(true)
    }
  })
})

it('names a sheet by the words of its file alone', () => {
  expect(sheetName('C:\\Users\\Inés\\Blusa  frente.final.pdf', 0, 1)).toBe('Blusa frente.final')
  expect(sheetName('../../../etc/passwd', 1, 3)).toBe('passwd 2')
  expect(sheetName('a\u202Egpj.exe\u0000.png', 0, 1)).toBe('agpj.exe')
  expect(sheetName('.png', 0, 1)).toBe('—')
  expect([...sheetName('🧵'.repeat(500), 0, 1)]).toHaveLength(72)
})
