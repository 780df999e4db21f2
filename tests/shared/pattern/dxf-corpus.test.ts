import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nearestOn } from '../../../shared/pattern/curve.ts'
import { type Pattern, type Piece, SAME_MM, type Vec } from '../../../shared/pattern/model.ts'
import { notchAt } from '../../../shared/pattern/place.ts'
import { readPattern } from '../../../shared/pattern/read.ts'
import { corpusOf } from '../../support/corpus.ts'

/** Real styles of real firms, where they are at hand. Nothing of them is written down here: what is expected is counted from the file. */
const folder = corpusOf('dxf')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.dxf$/i.test(name)) : []

/**
 * Counts by layer of each block, by a way of its own: lines split in pairs, an entity is what a code 0 begins, its layer the first code 8
 * after it. Knows nothing of what our reader knows.
 */
interface Counted {
  readonly name: string
  readonly size: string
  /** `POLYLINE 1`: how many. */
  readonly of: Map<string, number>
  readonly texts: string[]
}
const counted = (text: string): { blocks: Counted[]; entities: number } => {
  const lines = text.split(/\r?\n/)
  const blocks: Counted[] = []
  let block: Counted | null = null
  let [section, type, layer, entities] = ['', '', '', 0]
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [code, value] = [Number(lines[i]), lines[i + 1]!.trim()]
    if (code === 0) {
      type = value
      layer = ''
      if (type === 'BLOCK') block = { name: '', size: '', of: new Map(), texts: [] }
      if (type === 'ENDBLK' && block) {
        const said = (key: RegExp) => block!.texts.find((words) => key.test(words))?.replace(/^[^:]*:\s*/, '') ?? ''
        blocks.push({ ...block, name: said(/^piece name:/i), size: said(/^size:/i) })
        block = null
      }
    } else if (type === 'SECTION' && code === 2) section = value
    else if (code === 8 && layer === '') {
      layer = value
      if (!/^(BLOCK|ENDBLK|VERTEX|SEQEND)$/.test(type)) {
        entities++
        block?.of.set(`${type} ${layer}`, (block.of.get(`${type} ${layer}`) ?? 0) + 1)
      }
    } else if (code === 1 && /^(TEXT|ATTDEF)$/.test(type) && section === 'BLOCKS' && type === 'TEXT')
      block?.texts.push(value)
  }
  return { blocks, entities }
}

const readings = new Map(
  files.map((name) => {
    const bytes = readFileSync(join(folder, name))
    const reading = readPattern(bytes, { name })
    if (!reading.ok) throw new Error(`${name}: ${reading.refusal.code}`)
    return [name, { ...reading, count: counted(bytes.toString('latin1')) }] as const
  }),
)

const sameLine = (a: readonly Vec[], b: readonly Vec[]): number => {
  if (a.length !== b.length) return Infinity
  return a.reduce((most, p, i) => Math.max(most, Math.hypot(p.x - b[i]!.x, p.y - b[i]!.y)), 0)
}
const keysOf = (piece: Piece, size: number): Vec[] => piece.shapes[size]!.runs.flatMap(({ keys }) => keys)

describe.skipIf(files.length === 0)(`${files.length} real files`, () => {
  it.each(files)('%s is read whole', (name) => {
    const { pattern, report, count } = readings.get(name)!
    expect(report.layers.reduce((sum, { read, guessed, skipped }) => sum + read + guessed + skipped, 0)).toBe(
      count.entities,
    )
    expect(report.layers.filter(({ skipped }) => skipped > 0)).toEqual([])
    expect(pattern.pieces.length).toBe(new Set(count.blocks.map((block) => block.name)).size)
    expect(pattern.pieces.reduce((sum, { shapes }) => sum + shapes.filter(Boolean).length, 0)).toBe(count.blocks.length)
    for (const block of count.blocks) {
      const piece = pattern.pieces.find((one) => one.name === block.name)!
      const size = pattern.sizes.indexOf(block.size)
      const shape = piece.shapes[size]!
      const of = (...kinds: string[]): number => kinds.reduce((sum, kind) => sum + (block.of.get(kind) ?? 0), 0)
      const runs = of('POLYLINE 1')
      // A single outline is cut at its corners; several runs are edges as they are.
      if (runs > 1) expect(shape.runs.length).toBe(runs)
      expect(shape.internals.filter(Boolean).length).toBe(of('POLYLINE 8', 'LINE 8'))
      expect(shape.drills.filter(Boolean).length).toBe(of('POINT 13'))
      expect(shape.sew.length).toBe(of('POLYLINE 14'))
      expect(shape.grain === null).toBe(of('LINE 7') === 0)
      expect(piece.fold !== null).toBe(of('LINE 6') > 0)
      if (of('POINT 4') > 0) expect(shape.notches.filter(Boolean).length).toBe(of('POINT 4'))
      // Every text is somewhere: a name, a size, a field, a label, a rule or a note.
      const kept = new Set([
        piece.name,
        ...pattern.sizes,
        piece.annotation,
        piece.category,
        piece.material,
        ...Object.values(piece.info),
        ...piece.notes.map((note) => note.text),
        ...piece.internals.flatMap(({ label, oneSide }) => [label, oneSide ? 'NM' : '']),
        ...piece.drills.map(({ label }) => label),
        ...[...shape.runs, ...shape.internals, ...shape.sew].flatMap(
          (run) => run?.keys.map(({ rule }) => `# ${rule}`) ?? [],
        ),
        ...[...piece.notches, ...piece.drills].map(({ rule }) => `# ${rule}`),
      ])
      for (const words of block.texts) {
        const value = words.replace(/^[^:]{1,40}:\s*/, '')
        if (!/^quantity/i.test(words)) expect([words, kept.has(value) || kept.has(words)]).toEqual([words, true])
      }
    }
  })

  it.each(files)('%s has lines that are lawful in every size', (name) => {
    const { pattern } = readings.get(name)!
    for (const piece of pattern.pieces) {
      for (const shape of piece.shapes) {
        if (!shape) continue
        expect(shape.runs.length).toBe(piece.edges.length)
        for (const [i, run] of shape.runs.entries()) {
          const next = shape.runs[(i + 1) % shape.runs.length]!
          expect(
            Math.hypot(run.keys.at(-1)!.x - next.keys[0]!.x, run.keys.at(-1)!.y - next.keys[0]!.y),
          ).toBeLessThanOrEqual(0.011)
          if (!run.drawn) continue
          expect([run.drawn[0], run.drawn.at(-1)]).toEqual(
            [run.keys[0], run.keys.at(-1)].map((key) => ({ x: key!.x, y: key!.y })),
          )
          for (const key of run.keys) expect(nearestOn(run, key).distance).toBeLessThan(0.51)
        }
      }
    }
  })

  it('gives notches back where the file has them', () => {
    for (const [name, { pattern, report }] of readings) {
      if (!/accumark/.test(report.vendor)) continue
      const text = readFileSync(join(folder, name), 'latin1')
      const lines = text.split(/\r?\n/).map((line) => line.trim())
      const unit = report.units.mmPerUnit
      const places: Vec[] = []
      for (let i = 0; i + 7 < lines.length; i++)
        if (lines[i] === 'POINT' && lines[i + 2] === '4')
          places.push({ x: unit * Number(lines[i + 4]), y: unit * Number(lines[i + 6]) })
      const ours = pattern.pieces.flatMap((piece) => {
        const shape = piece.shapes[pattern.base]!
        return piece.notches.map((_, i) => notchAt(shape, piece, i).at)
      })
      const off = places.map((p) => Math.min(...ours.map((q) => Math.hypot(p.x - q.x, p.y - q.y))))
      expect([name, Math.max(0, ...off) <= SAME_MM]).toEqual([name, true])
    }
  })
})

const PAIRS = [
  ['GLX4802S19_AAMA.DXF', 'GLX4802S19_ASTM.DXF'],
  ['GMH1006F18_AAMA.DXF', 'GMH1006F18_ASTM.DXF'],
  ['GMH2446F17_INCLALLOWANCE_AAMA.DXF', 'GMH2446F17_INCLALLOWANCE_ASTM.DXF'],
  ['GMX1016S18_AAMA.DXF', 'GMX1016S18_ASTM.DXF'],
  ['mirrored.DXF', 'annotation.DXF'],
  ['drill-holes.DXF', 'SS17_M POLO REG_ASTM.DXF'],
] as const

describe.skipIf(!PAIRS.flat().every((name) => files.includes(name)))('a style exported twice', () => {
  it.each(PAIRS)('%s and %s are one pattern', (aama, astm) => {
    const [a, b]: [Pattern, Pattern] = [readings.get(aama)!.pattern, readings.get(astm)!.pattern]
    expect(a.sizes).toEqual(b.sizes)
    expect(a.pieces.map(({ name }) => name)).toEqual(b.pieces.map(({ name }) => name))
    for (const [i, piece] of a.pieces.entries()) {
      const twin = b.pieces[i]!
      for (const size of a.sizes.keys()) {
        if (!piece.shapes[size]) continue
        const [ours, theirs] = [keysOf(piece, size), keysOf(twin, size)]
        const moved = aama.startsWith('drill')
          ? { x: theirs[0]!.x - ours[0]!.x, y: theirs[0]!.y - ours[0]!.y }
          : { x: 0, y: 0 }
        expect(
          sameLine(
            ours.map(({ x, y }) => ({ x: x + moved.x, y: y + moved.y })),
            theirs,
          ),
        ).toBeLessThanOrEqual(0.0101)
      }
      const flags = (one: Piece) => one.shapes[a.base]!.runs.map(({ keys }) => keys.map(({ turn }) => turn))
      expect(flags(piece)).toEqual(flags(twin))
      expect(piece.edges.map(({ allowance }) => allowance)).toEqual(twin.edges.map(({ allowance }) => allowance))
    }
  })
})
