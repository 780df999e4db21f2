import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importFile } from '../../../server/pattern/importFile.ts'
import { writeDxf } from '../../../shared/pattern/dxf/write.ts'
import { linesOf } from '../../../shared/pattern/lines.ts'
import { notchAt } from '../../../shared/pattern/place.ts'
import { blouse } from '../../support/blouses.ts'
import { corpusOf } from '../../support/corpus.ts'
import { withoutComments } from '../../support/dxf.ts'
import { entitiesIn, spoilt } from '../../support/mutations.ts'

const folder = corpusOf('dxf')
const small = (name: string) => /\.dxf$/i.test(name) && statSync(join(folder, name)).size < 250_000
const date = { y: 2026, m: 3, d: 7, h: 9, min: 5 }
const ours = (['aama', 'astm'] as const).map((dialect) =>
  writeDxf(blouse({ notches: [{ edge: 1, t: 0.4 }] }), { dialect, date }),
)
const files = [
  ...ours,
  ...ours.map(withoutComments),
  ...(existsSync(folder) ? readdirSync(folder).filter(small) : []).map((name) =>
    readFileSync(join(folder, name), 'latin1'),
  ),
]

it('files spoilt by chance are refused, or read with every entity told once; never thrown', {
  timeout: 120_000,
}, () => {
  let read = 0
  for (let seed = 0; seed < 400; seed++) {
    const text = spoilt(files[seed % files.length]!, seed)
    const reading = importFile(new TextEncoder().encode(text))
    if (!reading.ok) continue
    read++
    const { pattern, report } = reading
    if (seed % 5 === 0) {
      const again = importFile(new TextEncoder().encode(writeDxf(pattern, { dialect: 'aama', date })))
      expect([seed, again.ok && again.report.notes[0]?.code]).toEqual([seed, 'as-exported'])
    }
    const told = report.layers.reduce((sum, layer) => sum + layer.read + layer.guessed + layer.skipped, 0)
    const count = entitiesIn(text)
    if (count !== null) expect([seed, told]).toEqual([seed, count])
    for (const piece of pattern.pieces)
      for (const shape of piece.shapes) {
        if (!shape) continue
        const { cut } = linesOf(piece, shape)
        expect([seed, cut.every(({ keys }) => keys.every(({ x, y }) => Number.isFinite(x + y)))]).toEqual([seed, true])
        for (const [i, place] of shape.notches.entries()) if (place) notchAt(shape, piece, i)
      }
  }
  expect(read).toBeGreaterThan(100)
})
