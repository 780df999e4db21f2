import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { importFile } from '../../server/pattern/importFile.ts'
import { pack } from '../../server/pattern/packing.ts'
import { PAPERS, type Paper, type PdfOptions, writePdf } from '../../server/pattern/pdf.ts'
import type { Pattern } from '../../shared/pattern/model.ts'

const MM = 25.4 / 72
const fonts = `${join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts')}/`
const options = (paper: Paper, sizes: readonly number[] = []): PdfOptions => ({
  paper,
  sizes,
  date: { y: 2026, m: 3, d: 7, h: 9, min: 5 },
})

/** A bodice of 40 by 60 cm on the fold with seams, a notch and a hole, and a small collar. */
const BLUSA = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" freesewing="4"
  width="700mm" height="700mm" viewBox="0 0 700 700"><g id="fs-container">
<g id="fs-stack-peto.Delantero"><path class="fabric" d="M 0,0 L 0,600 L 400,600 L 400,200 C 330,190 300,100 300,0 z"/>
<path class="fabric sa" d="M 0,600 L 0,630 L 410,630 L 410,190"/><use xlink:href="#notch" x="400" y="400"/>
<path marker-start="url(#cutonfoldFrom)" data-text="OnFoldAndGrainline" d="M 0,50 L 20,50 L 20,550 L 0,550"/></g>
<g id="fs-stack-peto.Cuello"><path class="lining" d="M 500,0 h 90 v 40 h -90 z"/></g></g></svg>`

const pattern = ((): Pattern => {
  const result = importFile(new TextEncoder().encode(BLUSA))
  if (!result.ok) throw new Error(result.refusal.code)
  const { pieces, ...rest } = result.pattern
  const named = pieces.map((piece, i) => ({ ...piece, name: ['Delantero de ñandú', 'Cuello → łódź'][i]! }))
  return { ...rest, name: 'Peto «Año»', sizes: ['M'], pieces: named }
})()

interface Drawn {
  readonly width: number
  readonly height: number
  readonly texts: readonly string[]
  /** Sides of the boxes drawn on the page itself, mm. */
  readonly boxes: readonly (readonly [number, number])[]
  /** Where the sheet's lower left corner lies on the page, mm; null on a page without it. */
  readonly sheet: readonly [number, number] | null
  /** Sides of the lines drawn on the sheet, mm. */
  readonly lines: readonly (readonly [number, number])[]
}

const open = async (bytes: Uint8Array): Promise<Drawn[]> => {
  const task = getDocument({ data: new Uint8Array(bytes), standardFontDataUrl: fonts, verbosity: 0 })
  const file = await task.promise
  const pages: Drawn[] = []
  for (let n = 1; n <= file.numPages; n++) {
    const page = await file.getPage(n)
    const { items } = await page.getTextContent()
    const { fnArray, argsArray } = await page.getOperatorList()
    const boxes: [number, number][] = []
    const lines: [number, number][] = []
    let sheet: readonly [number, number] | null = null
    let at: [number, number] = [0, 0]
    const kept: [number, number][] = []
    for (const [i, op] of fnArray.entries()) {
      if (op === OPS.save) kept.push(at)
      if (op === OPS.restore) at = kept.pop() ?? [0, 0]
      if (op === OPS.transform) {
        const [a, b, c, d, x, y] = argsArray[i] as number[]
        expect([a, b, c, d]).toEqual([1, 0, 0, 1])
        at = [at[0] + x! * MM, at[1] + y! * MM]
      }
      if (op === OPS.paintFormXObjectBegin) sheet = at
      if (op === OPS.constructPath) {
        const [left, top, right, bottom] = [...(argsArray[i] as [unknown, unknown, Float32Array])[2]!]
        const into = sheet === null ? boxes : lines
        into.push([(right! - left!) * MM, (bottom! - top!) * MM])
      }
    }
    const [, , width, height] = page.view as [number, number, number, number]
    const texts = items.map((item) => ('str' in item ? item.str : ''))
    pages.push({ width: width * MM, height: height * MM, texts, boxes, sheet, lines })
  }
  await task.destroy()
  return pages
}
const made = async (paper: Paper, sizes: readonly number[] = []) => (await writePdf(pattern, options(paper, sizes)))!

describe('a pattern on paper', () => {
  it.each(['a4', 'letter'] as const)(
    'in pages of %s has a square of 10 cm, a map, and every page that is needed',
    async (paper) => {
      const [cover, ...tiles] = (await open(await made(paper))) as [Drawn, ...Drawn[]]
      const { width, height } = PAPERS[paper]
      for (const page of [cover, ...tiles]) {
        expect(page.width).toBeCloseTo(width, 1)
        expect(page.height).toBeCloseTo(height, 1)
      }
      expect(cover.boxes.filter(([w, h]) => Math.abs(w - 100) < 0.01 && Math.abs(h - 100) < 0.01).length).toBe(1)
      expect(cover.sheet).toBe(null)
      // 41 by 63 cm of cloth on pages that show 19 by 27.7 cm or less: three by three, some of them empty.
      expect(tiles.length).toBeGreaterThanOrEqual(6)
      expect(tiles.length).toBeLessThanOrEqual(9)
      const names = tiles.map(
        ({ texts }) => /^([A-Z]\d+) · /.exec(texts.find((text) => text.includes(' · ')) ?? '')?.[1],
      )
      expect(new Set(names).size).toBe(tiles.length)
      for (const name of names) expect(cover.texts).toContain(name)
      expect(tiles.at(-1)!.texts.some((text) => text.includes(`Hoja ${tiles.length + 1} de ${tiles.length + 1}`))).toBe(
        true,
      )
    },
  )

  it('shows the same sheet on every page, one step further, at the size of the cloth', async () => {
    const tiles = (await open(await made('a4'))).slice(1)
    const first = tiles[0]!
    // 40 by 60 cm, 1 cm at the side and 3 cm of hem; the collar without any.
    for (const size of [
      [410, 630],
      [90, 40],
    ])
      expect(first.lines.some(([w, h]) => Math.abs(w - size[0]!) < 0.02 && Math.abs(h - size[1]!) < 0.02)).toBe(true)
    for (const tile of tiles) {
      const name = /^([A-Z])(\d+) · /.exec(tile.texts.find((text) => text.includes(' · ')) ?? '')!
      const [row, column] = [name[1]!.charCodeAt(0) - 65, Number(name[2]) - 1]
      // Pages overlap by 10 mm: 190 − 10 to the right, 277 − 10 down.
      expect(tile.sheet![0]).toBeCloseTo(first.sheet![0] - column * 180, 2)
      expect(tile.sheet![1]).toBeCloseTo(first.sheet![1] + row * 267, 2)
    }
  })

  it('says what each piece is, in letters of the language', async () => {
    const said = (await open(await made('a0')))[0]!.texts
    for (const text of [
      'Peto «Año»',
      'Delantero de ñandú',
      'Talla M',
      'Cortar 1 pieza al doblez',
      'Tela: lining',
      'hilo de la tela',
      'doblez',
    ])
      expect(said).toContain(text)
    // Letters that the fonts of every reader lack are shown by plain ones.
    expect(said).toContain('Cuello ? łódz'.replace('ł', '?'))
    const english = (await open((await writePdf(pattern, { ...options('a0'), language: 'en' }))!))[0]!.texts
    expect(english).toContain('Cut 1 on the fold')
  })

  it('on one sheet is A0, or longer where the pieces are', async () => {
    const [sheet, ...more] = (await open(await made('a0'))) as [Drawn, ...Drawn[]]
    expect(more).toEqual([])
    expect([sheet.width, sheet.height].map(Math.round)).toEqual([841, 1189])
    expect(sheet.boxes.some(([w, h]) => Math.abs(w - 100) < 0.01 && Math.abs(h - 100) < 0.01)).toBe(true)
    const long = { ...pattern, pieces: [0, 1, 2, 3, 4].map((i) => ({ ...pattern.pieces[0]!, id: `p${i}` as never })) }
    const pages = await open((await writePdf(long, options('a0')))!)
    expect(pages.length).toBe(1)
    expect(pages[0]!.height).toBeGreaterThan(1500)
  })

  it('is the same bytes whenever it is made, and nothing where there is no piece', async () => {
    expect(Buffer.compare(await made('a4'), await made('a4'))).toBe(0)
    expect(await writePdf({ ...pattern, pieces: [] }, options('a4'))).toBe(null)
  })
})

describe('the sheet', () => {
  it('has room for every box, none on another', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    }
    for (let round = 0; round < 40; round++) {
      const boxes = Array.from({ length: 12 }, () => ({ width: 5 + random() * 90, height: 5 + random() * 90 }))
      const { at, width, height } = pack(boxes, 120, 4)
      expect(width).toBeLessThanOrEqual(120)
      for (const [i, a] of boxes.entries()) {
        const p = at[i]!
        expect(p.x >= 0 && p.y >= -1e-9 && p.x + a.width <= width + 1e-9 && p.y + a.height <= height + 1e-9).toBe(true)
        for (const [j, b] of boxes.entries()) {
          const q = at[j]!
          const apart =
            p.x + a.width + 4 <= q.x + 1e-9 ||
            q.x + b.width + 4 <= p.x + 1e-9 ||
            p.y + a.height + 4 <= q.y + 1e-9 ||
            q.y + b.height + 4 <= p.y + 1e-9
          if (i !== j) expect(apart).toBe(true)
        }
      }
    }
  })
})
