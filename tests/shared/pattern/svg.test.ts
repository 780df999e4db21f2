import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSvgTree } from '../../../server/pattern/svgTree.ts'
import { drawnOf, isStraight, lengthOf, nearestOn, pointAt } from '../../../shared/pattern/curve.ts'
import type { Pattern, Piece, Shape } from '../../../shared/pattern/model.ts'
import type { Answers, Reading } from '../../../shared/pattern/reading.ts'
import { areaOf, isSimple, outlineOf } from '../../../shared/pattern/ring.ts'
import { patternFromSvg } from '../../../shared/pattern/svg/read.ts'

const reading = (bytes: Uint8Array | string, answers?: Answers): Reading => {
  const tree = readSvgTree(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
  if (!tree.ok) throw new Error(JSON.stringify(tree.refusal))
  return patternFromSvg(tree.tree, answers === undefined ? {} : { answers })
}
const read = (bytes: Uint8Array | string, answers?: Answers) => {
  const result = reading(bytes, answers)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result
}
const shapeOf = (piece: Piece): Shape => piece.shapes[0] as Shape

/** What must hold of every piece of every drawing. */
const lawful = (pattern: Pattern): void => {
  const ids = pattern.pieces.flatMap((p) =>
    [p, ...p.edges, ...p.notches, ...p.drills, ...p.internals].map(({ id }) => id as string),
  )
  expect(new Set(ids).size).toBe(ids.length)
  for (const piece of pattern.pieces) {
    const shape = shapeOf(piece)
    expect(shape.runs.length).toBe(piece.edges.length)
    expect(shape.notches.length).toBe(piece.notches.length)
    expect(areaOf(outlineOf(shape)), piece.id).toBeGreaterThan(0)
    for (const [i, run] of shape.runs.entries()) {
      const next = shape.runs[(i + 1) % shape.runs.length]!
      expect(run.keys.at(-1)).toMatchObject({ x: next.keys[0]!.x, y: next.keys[0]!.y })
      expect(run.keys[0]!.turn && run.keys.at(-1)!.turn).toBe(true)
      if (run.drawn === null) continue
      expect(run.drawn[0]).toMatchObject({ x: run.keys[0]!.x, y: run.keys[0]!.y })
      expect(run.drawn.at(-1)).toMatchObject({ x: next.keys[0]!.x, y: next.keys[0]!.y })
    }
    if (piece.fold !== null) {
      const at = piece.edges.findIndex(({ id }) => id === piece.fold)
      expect(isStraight(shape.runs[at]!)).toBe(true)
      expect(piece.edges[at]!.allowance).toBe(0)
    }
  }
}
/** By how much a curve through the key points alone leaves the drawn one, mm. */
const strays = (pattern: Pattern): number => {
  let worst = 0
  for (const piece of pattern.pieces)
    for (const run of shapeOf(piece).runs) {
      if (run.drawn === null) continue
      const through = { keys: run.keys, drawn: null }
      for (const p of run.drawn) worst = Math.max(worst, nearestOn(through, p).distance)
    }
  return worst
}

/** As FreeSewing writes: half a front, fold on the left, a hem of 25 mm, 10 mm at the side, none at the neck. */
const BLUSA = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" freesewing="4.10.2"
  class="freesewing" width="400mm" height="300mm" viewBox="0 0 400 300">
<defs><g id="notch"><circle r="1.4"/></g></defs><g id="fs-container">
<g id="fs-stack-blusa.frente" transform="translate(120, 40)">
<g id="fs-stack-blusa.frente-part-blusa.frente" transform="translate(-20, 0)">
<path class="fabric" id="a" d="M 0,60 L 0,200 L 100,200 L 100,0 L 80,0 C 80,40 40,60 0,60 z"/>
<path class="fabric sa" id="b" d="M 0,200 L 0,225 L 110,225 L 110,-10 L 80,-10 L 80,0"/>
<path class="note" marker-start="url(#cutonfoldFrom)" marker-end="url(#cutonfoldTo)"
  data-text="plugin-annotations:cutOnFoldAndGrainline" d="M 0,70 L 15,70 L 15,190 L 0,190"/>
<path class="contrast help" data-text="blusa:busto &#160;&#160; blusa:busto" d="M 0,120 L 100,120"/>
<path class="hidden" d="M 0,120 L 100,120"/>
<text class="text-md" x="1" y="1"><tspan>plugin-annotations:cut,2,plugin-annotations:mirrored,plugin-annotations:from,plugin-annotations:fabric,</tspan></text>
<use x="100" y="50" xlink:href="#notch"/><use x="50" y="100" xlink:href="#notch"/>
</g></g>
<g id="fs-stack-blusa.nada"/>
</g></svg>`

describe('a FreeSewing draft', () => {
  const { pattern, questions, report } = read(BLUSA)
  const [front] = pattern.pieces as [Piece]
  const shape = shapeOf(front)
  const edgeAt = (x: number, y: number) => {
    const distances = shape.runs.map((run) => nearestOn(run, { x, y }).distance)
    return front.edges[distances.indexOf(Math.min(...distances))]!
  }

  it('is read in the coordinates of its parts, y upwards, wherever they lie on the sheet', () => {
    expect([pattern.name, pattern.pieces.length, front.id, front.name]).toEqual(['blusa', 1, 'frente', 'frente'])
    expect(pattern.source).toMatchObject({ format: 'svg', vendor: 'freesewing', release: '4.10.2' })
    expect(shape.runs.flatMap(({ keys }) => keys).some(({ x, y }) => x === 100 && y === -200)).toBe(true)
    lawful(pattern)
    expect(questions).toEqual([])
    expect(report.units).toMatchObject({ mmPerUnit: 1, why: 'true-size' })
  })

  it('says which line is sewn, and how far outside it each edge is cut', () => {
    expect(front.ring).toBe('sew')
    expect(front.edges.length).toBe(5)
    expect(edgeAt(50, -200).allowance).toBe(25)
    expect(edgeAt(100, -100).allowance).toBe(10)
    expect(edgeAt(90, 0).allowance).toBe(10)
    expect(edgeAt(60, -40).allowance).toBe(0)
    expect(edgeAt(0, -100)).toMatchObject({ id: front.fold, allowance: 0 })
  })

  it('keeps grain, notches, points, lines and how it is cut', () => {
    expect(shape.grain).toEqual([
      { x: 15, y: -70 },
      { x: 15, y: -190 },
    ])
    expect(front.notches.map(({ edge, kind }) => [edge, kind])).toEqual([[edgeAt(100, -100).id, 'slit']])
    const side = shape.runs[front.edges.indexOf(edgeAt(100, -100))]!
    expect(pointAt(side, shape.notches[0]!.s)).toEqual({ x: 100, y: -50 })
    expect([front.drills.map(({ label }) => label), shape.drills]).toEqual([['notch'], [{ x: 50, y: -100 }]])
    expect(front.internals.map(({ kind, label }) => [kind, label])).toEqual([['line', 'busto']])
    // Cut twice, mirrored, but on a fold: two wholes.
    expect(front.quantity).toEqual({ drawn: 2, mirrored: 0 })
    expect(front.material).toBe('fabric')
  })

  it('has curves to a hundredth of a millimetre, and key points that say nearly all of them', () => {
    const neck = shape.runs[front.edges.indexOf(edgeAt(60, -40))]!
    // The cubic of the file at its middle.
    const t = 0.5
    const at = (a: number, b: number, c: number, d: number) =>
      a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t ** 3
    expect(nearestOn(neck, { x: at(80, 80, 40, 0), y: -at(0, 40, 60, 60) }).distance).toBeLessThan(0.01)
    expect(strays(pattern)).toBeLessThan(0.08)
    expect(neck.keys.length).toBeLessThan(25)
  })
})

const drawing = (size: string, inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" ${size}>${inside}</svg>`
const MM = 'width="600mm" height="400mm" viewBox="0 0 600 400"'

describe('any other drawing', () => {
  const layers = drawing(
    MM,
    `<g inkscape:groupmode="layer" inkscape:label="Delantero">
      <path d="M 10,10 h 200 v 300 h -200 z"/><path d="M 20,20 h 180 v 265 h -180 z"/>
      <circle cx="100" cy="100" r="3"/>
      <path inkscape:label="hilo" d="M 60,50 v 200"/><path inkscape:label="piquete" d="M 10,160 h 5"/>
      <text x="100" y="150">Forro</text></g>
     <g inkscape:groupmode="layer" inkscape:label="Manga"><g transform="translate(300 50) scale(2)">
      <ellipse cx="50" cy="40" rx="50" ry="30"/></g></g>
     <g inkscape:groupmode="layer" inkscape:label="Guías"><path d="M 0,0 h 600 v 400 h -600 z"/></g>
     <g inkscape:groupmode="layer" inkscape:label="Oculta" style="display:none"><path d="M 0,0 h 90 v 90 z"/></g>`,
  )

  it('gives a piece for each layer, with what lies inside', () => {
    const { pattern, report, questions } = read(layers)
    expect(pattern.pieces.map(({ id, name }) => [id, name])).toEqual([
      ['delantero', 'Delantero'],
      ['manga', 'Manga'],
    ])
    lawful(pattern)
    const [front, sleeve] = pattern.pieces as [Piece, Piece]
    expect(front.ring).toBe('cut')
    expect(front.edges.map(({ allowance }) => allowance).toSorted((a, b) => a! - b!)).toEqual([10, 10, 10, 25])
    expect(front.drills.map(({ diameter }) => diameter)).toEqual([6])
    expect(shapeOf(front).drills).toEqual([{ x: 100, y: 300 }])
    expect(shapeOf(front).grain).toEqual([
      { x: 60, y: 350 },
      { x: 60, y: 150 },
    ])
    expect(front.notches.length).toBe(1)
    expect(front.notes.map(({ text }) => text)).toEqual(['Forro'])
    // A line inside another was taken for its sew line: a guess, and said so.
    expect(report.notes).toContainEqual({ code: 'outline-by-guess', count: 1 })
    // An ellipse has no corner: a ring of two edges all the same, 200 by 120.
    expect(sleeve.edges.length).toBe(2)
    expect(areaOf(outlineOf(shapeOf(sleeve)))).toBeCloseTo(Math.PI * 100 * 60, -2)
    expect(sleeve.ring).toBe(null)
    expect(questions).toEqual([{ ask: 'allowance', pieces: ['manga'] }])
  })

  it('takes what a person says of the allowance', () => {
    const { pattern, questions } = read(layers, {
      allowance: { '*': { included: true, mm: 8 } } as Answers['allowance'] & {},
    })
    expect(questions).toEqual([])
    expect(pattern.pieces.map(({ ring }) => ring)).toEqual(['cut', 'cut'])
    expect(pattern.pieces[1]!.edges.map(({ allowance }) => allowance)).toEqual([8, 8])
    expect(pattern.pieces[0]!.edges.some(({ allowance }) => allowance === 25)).toBe(true)
  })

  it('in centimetres is ten times as large', () => {
    const { pattern } = read(
      drawing(
        'width="60cm" height="40cm" viewBox="-10 -20 60 40"',
        '<path d="M 0,0 H 20 V 10 H 0 L 0,0"/><path d="M 25 0 h 9 v 9 z"/>',
      ),
    )
    expect(pattern.pieces.map((piece) => Math.round(areaOf(outlineOf(shapeOf(piece)))))).toEqual([20_000, 4_050])
    expect(pattern.pieces[0]!.edges.length).toBe(4)
    lawful(pattern)
  })

  it('without a size asks for one, and takes the answer', () => {
    const file = drawing('viewBox="0 0 600 400"', '<g id="espalda"><path d="M 10,10 h 500 v 300 h -500 z"/></g>')
    const first = read(file)
    const question = first.questions.find(({ ask }) => ask === 'size')
    expect(first.report.units.why).toBe('guessed')
    expect(question).toMatchObject({ piece: 'espalda' })
    expect(question?.ask === 'size' && question.choices.map(({ mmPerUnit }) => mmPerUnit)).toContain(1)
    const second = read(file, { mmPerUnit: 1 })
    expect(second.questions.some(({ ask }) => ask === 'size')).toBe(false)
    expect(areaOf(outlineOf(shapeOf(second.pattern.pieces[0]!)))).toBeCloseTo(150_000, 6)
  })

  it('with nothing closed in it has no pieces', () => {
    expect(reading(drawing(MM, '<path d="M 0 0 L 100 100"/><text x="1" y="1">hola</text>'))).toEqual({
      ok: false,
      refusal: { code: 'no-pieces' },
    })
  })

  it('cannot do harm', () => {
    const told = (file: string) => readSvgTree(new TextEncoder().encode(file))
    const deep = drawing(MM, '<g>'.repeat(40) + '</g>'.repeat(40))
    expect(told(deep)).toMatchObject({ ok: false, refusal: { code: 'too-complex' } })
    const many = drawing(MM, '<path d="M0 0h9v9z"/>'.repeat(25_000))
    expect(told(many)).toMatchObject({ ok: false, refusal: { code: 'too-complex' } })
    expect(told('<html/>')).toMatchObject({ ok: false, refusal: { code: 'broken' } })
    const round = drawing(MM, '<g id="a"><use href="#a"/><path d="M0 0h90v90z"/></g>')
    expect(read(round).pattern.pieces.length).toBe(1)
    const far = drawing(MM, '<path d="M0 0H1e300V1e300z"/><path d="M0 0 L NaN 5 z"/><path d="M0 0h90v90z"/>')
    expect(read(far).pattern.pieces.length).toBe(1)
    const named = drawing(
      MM,
      '<g id="__proto__"><path d="M0 0h90v90z"/></g><g id="constructor"><path d="M100 0h90v90z"/></g>',
    )
    expect(read(named).pattern.pieces.map(({ id }) => id)).toEqual(['proto', 'constructor'])
  })
})

/** Real drafts that nobody here wrote, where they are at hand. */
const corpus = join(process.env.PUNTADA_CORPUS ?? resolve(import.meta.dirname, '../../../../shared/data'), 'svg')
const files = existsSync(corpus) ? readdirSync(corpus) : []

describe.skipIf(files.length === 0)('real drafts', () => {
  const all = new Map(files.map((name) => [name, read(readFileSync(join(corpus, name)))]))
  const piece = (file: string, id: string) => all.get(file)!.pattern.pieces.find((one) => one.id === id)!

  it('are read, each of them, with lines that are lawful and keys that say them', () => {
    const counts = [...all].map(([name, { pattern }]) => {
      lawful(pattern)
      for (const one of pattern.pieces)
        expect(isSimple(outlineOf(shapeOf(one))), `${name} ${one.id}`).toEqual({ ok: true })
      expect(strays(pattern), name).toBeLessThan(0.08)
      return pattern.pieces.length
    })
    console.info(`read ${files.length} drafts with ${counts.reduce((a, b) => a + b, 0)} pieces`)
  })

  it.runIf(all.has('pair-aaron-A-base.svg'))('say their allowances, and what one change changed', () => {
    const front = piece('pair-aaron-A-base.svg', 'front')
    const widths = (one: Piece) => one.edges.map(({ allowance }) => allowance)
    expect(widths(front)).toEqual([0, 25, 10, 0, 10, 0])
    expect(widths(piece('pair-aaron-B-sa-6mm.svg', 'front'))).toEqual([0, 15, 6, 0, 6, 0])
    const lengths = (one: Piece) => shapeOf(one).runs.map(lengthOf)
    const lower = lengths(piece('pair-aaron-B-neckline-lower.svg', 'front'))
    const changed = lengths(front).map((length, i) => Math.abs(length - lower[i]!) > 0.05)
    // A lower neckline: the fold is shorter, the neckline longer, nothing else moves.
    expect(changed).toEqual([true, false, false, false, false, true])
  })

  it.runIf(all.has('bella-f38-sa10.svg'))('have darts with their two legs as edges', () => {
    const front = piece('bella-f38-sa10.svg', 'front-side-dart')
    expect(front.edges.length).toBe(12)
    const lengths = shapeOf(front).runs.map(lengthOf)
    expect(lengths[5]).toBeCloseTo(lengths[6]!, 1)
    // The file cuts past both darts: they are folded.
    expect(front.edges.flatMap(({ corner }, i) => (corner === 'folded' ? [i] : []))).toEqual([1, 5])
    expect(front.fold).toBe(front.edges[11]!.id)
    expect(drawnOf(shapeOf(front).runs[11]!).length).toBe(2)
  })

  it.runIf(all.has('Configured_design_pattern.svg'))('of GarmentCode are a piece a path', () => {
    const text = readFileSync(join(corpus, 'Configured_design_pattern.svg'), 'utf8')
    const { pattern } = all.get('Configured_design_pattern.svg')!
    expect(pattern.pieces.length).toBe(text.split('<path').length - 1)
  })
})
