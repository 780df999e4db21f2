import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { convert } from '../../server/media/convert/convert.ts'
import { renderMontage, renderTile } from '../../server/media/render.ts'

/** Real files that nobody here wrote, where they are at hand: beside the project, or where PUNTADA_CORPUS says. */
const corpus = process.env.PUNTADA_CORPUS ?? resolve(import.meta.dirname, '../../../shared/data')
const there = existsSync(corpus)
const list = (kind: string) =>
  existsSync(join(corpus, kind)) ? readdirSync(join(corpus, kind)).map((name) => join(corpus, kind, name)) : []

const place = mkdtempSync(join(tmpdir(), 'puntada-corpus-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

let made = 0
/** Size and report are the same at any resolution, so all but the first of a kind are drawn small. */
const read = async (file: string, pixels = 4_000_000) => {
  const folder = join(place, `job${++made}`)
  return convert({ file, name: file.split('/').at(-1)!, folder, limits: { pixels } })
}
const sheetsOf = async (file: string, pixels?: number) => {
  const result = await read(file, pixels)
  if (!result.ok) throw new Error(`${file}: ${JSON.stringify(result.refusal)}`)
  return result
}
const stamp = { firm: 'Confecciones Hernández', person: 'Inés Salgado', code: 'K7QM-3XPD', time: '2026-11-23 19:56' }

it.skipIf(!there)('reads every drawing at the size that it says', { timeout: 300_000 }, async () => {
  const files = list('svg')
  for (const [index, file] of files.entries()) {
    const head = readFileSync(file, 'utf8').slice(0, 2_000)
    const said = (side: string) => {
      const [, value, unit] = new RegExp(`[\\s]${side}="([\\d.]+)(mm|cm)"`).exec(head) ?? []
      return Number(value) * (unit === 'cm' ? 10 : 1)
    }
    const { kind, sheets, report } = await sheetsOf(file, index === 0 ? 40_000_000 : undefined)
    expect([kind, sheets.length, sheets[0]!.scale, sheets[0]!.mmPerUnit]).toEqual(['drawing', 1, 'true-size', 1])
    expect(sheets[0]!.width, file).toBeCloseTo(said('width'), 2)
    expect(sheets[0]!.height, file).toBeCloseTo(said('height'), 2)
    const drawn = report.find(({ code }) => code === 'drawing-read')
    expect((drawn!.params as { shapes: number }).shapes, file).toBeGreaterThan(10)
    expect(
      report.some(({ code }) => code === 'shapes-broken'),
      file,
    ).toBe(false)
    rmSync(join(place, `job${made}`), { recursive: true })
  }
  console.info(`corpus: ${files.length} drawings read`)
})

it.skipIf(!there)('reads every document at A4 or Letter', async () => {
  const files = list('pdf')
  for (const file of files) {
    const { kind, sheets } = await sheetsOf(file)
    const [width, height] = file.includes('letter') ? [215.9, 279.4] : [210, 297]
    expect(kind).toBe('pdf')
    for (const sheet of sheets) {
      expect(sheet.scale).toBe('true-size')
      expect(sheet.width, file).toBeCloseTo(width, 2)
      expect(sheet.height, file).toBeCloseTo(height, 2)
    }
  }
  console.info(`corpus: ${files.length} documents read`)
})

it.skipIf(!there)('reads every photo, and its first pictures are light enough for a slow phone', async () => {
  const files = list('photo')
  for (const file of files) {
    const { kind, sheets } = await sheetsOf(file)
    const { folder, pyramid, width, height, scale } = sheets[0]!
    expect([kind, scale, Math.max(width, height)]).toEqual(['photo', 'assumed', 2000])
    const first = await renderTile({ folder, pyramid, level: 0, col: 0, row: 0, stamp, format: 'webp' })
    const card = await renderMontage({ sheets: [{ folder, pyramid }], maxWidth: 480, stamp, format: 'webp' })
    expect(first.byteLength, file).toBeLessThanOrEqual(60_000)
    expect(card.byteLength, file).toBeLessThanOrEqual(60_000)
  }
  console.info(`corpus: ${files.length} photos read`)
})

it.skipIf(!there)(
  'reads every pattern as one, and says of every plot that it is one',
  { timeout: 300_000 },
  async () => {
    const patterns = list('dxf')
    for (const file of patterns) {
      const folder = join(place, `job${++made}`)
      const job = { file, name: file.split('/').at(-1)!, folder, limits: { pixels: 400_000 } }
      const asked = await convert(job)
      const result = asked.ok || asked.refusal.code !== 'unanswered' ? asked : await convert({ ...job, answers: {} })
      if (!result.ok) throw new Error(`${file}: ${JSON.stringify(result.refusal)}`)
      const { kind, sheets, pattern } = result
      expect([kind, sheets.length, sheets[0]!.scale, sheets[0]!.mmPerUnit], file).toEqual([
        'pattern',
        1,
        'true-size',
        1,
      ])
      expect(sheets[0]!.width, file).toBeCloseTo(pattern!.layout.width, 6)
      expect(pattern!.pattern.pieces.length, file).toBeGreaterThan(0)
      rmSync(folder, { recursive: true })
    }
    const plots = list('plt')
    for (const file of plots)
      expect(await read(file), file).toMatchObject({
        ok: false,
        refusal: { code: 'unknown-kind', params: { found: 'hpgl' } },
      })
    console.info(`corpus: ${patterns.length} patterns and ${plots.length} plots told`)
  },
)

it('says when the corpus is not there', () => {
  if (!there) console.info(`corpus: none at ${corpus}, 0 files read`)
  expect(there || made === 0).toBe(true)
})
