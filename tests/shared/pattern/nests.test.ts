import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { apply, OPERATION_REFUSALS } from '../../../shared/pattern/apply.ts'
import { drawnOf } from '../../../shared/pattern/curve.ts'
import type { Pattern, Piece, Shape } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { readPattern } from '../../../shared/pattern/read.ts'
import { areaOf, isSimple, outlineOf } from '../../../shared/pattern/ring.ts'
import { dist } from '../../../shared/pattern/vec.ts'
import { corpusOf } from '../../support/corpus.ts'

const folder = corpusOf('dxf')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.dxf$/i.test(name)) : []

/** One of each cut that asks for edges, on edges of a piece as they come. */
const cutsOf = (piece: Piece): object[] => {
  const edge = (n: number) => piece.edges[n % piece.edges.length]?.id
  return [
    { op: 'lengthen', pieces: [piece.id], at: 0.6, by: 30 },
    { op: 'lengthen', pieces: [piece.id], at: 0.4, by: -12 },
    { op: 'neckline', edge: edge(0), drop: 12, widen: 6, centre: 'end' },
    { op: 'neckline', edge: edge(2), drop: -8, widen: 3, centre: 'start' },
    { op: 'ease', edge: edge(1), from: 0, to: 1, atFrom: 6, atTo: -4 },
    { op: 'ease', edge: edge(3), from: 0.3, to: 0.6, atFrom: 5, atTo: 5 },
    {
      op: 'allowance',
      edges: [edge(1), edge(2)].filter((id, i, all) => all.indexOf(id) === i),
      allowance: 6,
      corner: 'mitre',
    },
    { op: 'allowance', edges: [edge(0)], allowance: 14, corner: 'stepped' },
    { op: 'hem', edge: edge(2), depth: 25, folds: 2 },
    { op: 'dartAdd', edge: edge(1), at: 0.5, width: 16, length: 60, tilt: 10 },
    { op: 'slash', edge: edge(0), at: 0.5, pivot: edge(2), pivotAt: 0.5, by: 15 },
    { op: 'split', edge: edge(1), at: 0.5, to: edge(3), toAt: 0.5, via: [], allowance: 10, notches: 2, name: 'b' },
    { op: 'trueSeam', a: edge(0), b: edge(2), end: 'end' },
    { op: 'unfold', piece: piece.id },
  ]
}

const isSound = (shape: Shape): boolean => {
  const outline = outlineOf(shape)
  return areaOf(outline) > 0 && isSimple(outline).ok
}

/** What doesn't hold of a piece, whatever was done to it. */
const wrong = (piece: Piece, before: Piece | undefined): string | null => {
  for (const [size, shape] of piece.shapes.entries()) {
    const was = before?.shapes[size]
    if (!shape || shape === was) continue
    if (shape.runs.length !== piece.edges.length || shape.notches.length !== piece.notches.length)
      return `edges or notches of size ${size}`
    for (const [i, run] of shape.runs.entries()) {
      const [end, next] = [run.keys.at(-1), shape.runs[(i + 1) % shape.runs.length]?.keys[0]]
      if (!end || !next || dist(end, next) > 1e-6) return `a gap in size ${size}`
      if (!drawnOf(run).every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)))
        return `no number in size ${size}`
    }
    if (!isSound(shape) && (!was || isSound(was))) return `a ring of size ${size}`
  }
  return null
}

it.runIf(files.length > 0)(
  'every cut on every size of every nest leaves simple rings or is refused with a reason',
  () => {
    let [read, carried, refused] = [0, 0, 0]
    const faults: string[] = []
    for (const name of files) {
      const included = { '*': { included: true, mm: 10 } } as const
      const reading = readPattern(readFileSync(join(folder, name)), { name, answers: { allowance: included as never } })
      if (!reading.ok) throw new Error(name)
      read++
      const before: Pattern = reading.pattern
      for (const piece of before.pieces)
        for (const cut of cutsOf(piece)) {
          const result = apply(before, cut as Operation)
          const said = `${name} ${JSON.stringify(cut)}`
          if (!result.ok) {
            if (!OPERATION_REFUSALS.includes(result.refusal.code)) faults.push(`${said}: ${result.refusal.code}`)
            refused++
            continue
          }
          carried++
          for (const id of result.pieces) {
            const is = result.pattern.pieces.find((one) => one.id === id)
            const old = before.pieces.find((one) => one.id === id)
            const fault = is ? wrong(is, old) : null
            if (fault) faults.push(`${said}: ${fault}`)
          }
        }
    }
    expect(faults).toEqual([])
    expect(read).toBe(files.length)
    expect(carried).toBeGreaterThan(refused)
  },
  120_000,
)
