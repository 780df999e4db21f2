import { describe, expect, it } from 'vitest'
import { passes } from '../../client/panels/sift.ts'
import {
  type Begin,
  beginAt,
  edgeName,
  featureOptions,
  isOfEdge,
  moved,
  offered,
  placeOf,
  start,
} from '../../client/proposals/starts.ts'
import { keptBy } from '../../client/proposals/unfinished.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import { apply } from '../../shared/pattern/apply.ts'
import { fieldsOf, LEVELS, type Operation, parseOperation } from '../../shared/pattern/operation.ts'
import { blouse, on } from '../support/blouses.ts'

/** Where a proposal begins, and what happens to it when somebody points elsewhere in the middle of it. */
const pattern = blouse({ notches: [{ edge: 1, t: 0.5 }] })
const begins = pattern.pieces.flatMap(({ id, edges }) =>
  edges.map((_, edge) => beginAt(pattern, { sheet: 's1' as never, piece: id, edge, t: 0.3 }) as Begin),
)
const all = begins.flatMap((begin) =>
  LEVELS.flatMap((level) => offered(level, begin)).map((name) => ({ begin, operation: start(name, begin) })),
)
const at = (piece: 'd' | 'e', edge: Parameters<typeof on>[1]): Begin =>
  begins.find((begin) => begin.edge === on(piece, edge)) as Begin

describe('a proposal', () => {
  it('begins as something that the server would take, at the piece that was pointed at', () => {
    expect(all.length).toBeGreaterThan(100)
    for (const { begin, operation } of all) {
      expect(parseOperation(operation)).toEqual(operation)
      if (operation.op !== 'join' && operation.op !== 'trueSeam')
        expect(placeOf(pattern, operation)?.piece.id).toBe(begin.piece.id)
    }
  })

  it('about an allowance or a stitch leaves the corner and the hem that the edge has', () => {
    const hemmed = {
      ...pattern,
      pieces: pattern.pieces.map((piece) => ({
        ...piece,
        edges: piece.edges.map((edge) => ({
          ...edge,
          allowance: 32,
          corner: 'mirrored' as const,
          hem: { folds: 2 as const },
        })),
      })),
    }
    const begin = beginAt(hemmed, { sheet: 's1' as never, piece: 'd' as never, edge: 0, t: 0.5 }) as Begin
    expect(start('allowance', begin)).toMatchObject({ allowance: 32, corner: 'mirrored' })
    expect(start('hem', begin)).toMatchObject({ depth: 32, folds: 2 })
    expect(start('stitch', begin)).toMatchObject({ allowance: 32, seam: 6, stitch: '406' })
    expect(start('stitch', at('d', 'sisa'))).toMatchObject({ seam: 1, stitch: '516' })
  })

  it('taken to another edge keeps its amounts, and stays something that the server would take', () => {
    for (const { operation } of all)
      for (const begin of begins) {
        const next = moved(operation, begin)
        expect(parseOperation(next)).toEqual(next)
        const amounts = (one: Operation): unknown[] =>
          Object.entries(fieldsOf(one.op)).flatMap(([name, { is }]) =>
            is === 'mm' || is === 'degrees' ? [(one as unknown as Record<string, unknown>)[name]] : [],
          )
        expect(amounts(next)).toEqual(amounts(operation))
      }
  })

  it('about several edges gains the one that is tapped, loses it again, and keeps its last', () => {
    const stitch = start('stitch', at('d', 'sisa'))
    const both = moved(stitch, at('e', 'sisa'))
    expect(both).toMatchObject({ edges: [on('d', 'sisa'), on('e', 'sisa')] })
    expect(moved(both, at('d', 'sisa'))).toMatchObject({ edges: [on('e', 'sisa')] })
    expect(moved(stitch, at('d', 'sisa'))).toBe(stitch)
  })

  it('cuts and darts go where they can: to an edge that a straight line reaches inside the piece', () => {
    const darted = apply(pattern, { ...start('dartAdd', at('d', 'bajo')), length: 180 } as Operation)
    if (!darted.ok) throw new Error(darted.refusal.code)
    const begun = darted.pattern.pieces.flatMap(({ id, edges }) =>
      edges.flatMap((_, edge) => {
        const begin = beginAt(darted.pattern, { sheet: 's1' as never, piece: id, edge, t: 0.5 }) as Begin
        const names = offered('corte', begin).filter((name) => ['slash', 'split', 'dartRotate'].includes(name))
        return names.map((name) => start(name, begin))
      }),
    )
    expect(new Set(begun.map(({ op }) => op)).size).toBe(3)
    const outside = begun.filter((operation) => {
      const outcome = apply(darted.pattern, operation, darted.pattern.base)
      return !outcome.ok && outcome.refusal.code === 'outside'
    })
    expect(outside).toEqual([])
  })

  it('a whole piece is laid on the fold along its middle, whichever edge was tapped', () => {
    const half = pattern.pieces.find(({ fold }) => fold !== null)
    const opened = apply(pattern, { op: 'unfold', piece: half!.id })
    if (!opened.ok) throw new Error(opened.refusal.code)
    const whole = opened.pattern.pieces.find(({ id }) => id === half!.id)!
    for (const [edge] of whole.edges.entries()) {
      const begin = beginAt(opened.pattern, { sheet: 's1' as never, piece: whole.id, edge, t: 0.5 }) as Begin
      expect(apply(opened.pattern, start('fold', begin)).ok).toBe(true)
    }
  })

  it('stands at an edge where it is about one, else at the piece', () => {
    const ofPiece = all.filter(({ operation }) => !isOfEdge(operation)).map(({ operation }) => operation.op)
    expect([...new Set(ofPiece)].sort()).toEqual(
      ['cutting', 'fold', 'grain', 'lengthen', 'look', 'moveDrill', 'moveInternal', 'unfold'].filter((op) =>
        all.some(({ operation }) => operation.op === op),
      ),
    )
  })

  it('about darts is offered at a dart alone', () => {
    expect(all.some(({ operation }) => operation.op === 'dartClose')).toBe(false)
  })
})

it('notches, drill holes and lines are told by their label, else counted within their piece', () => {
  const drilled = {
    ...pattern,
    pieces: pattern.pieces.map((one) => ({
      ...one,
      drills: ['botón', ''].map((label, i) => ({ id: `${one.id}.d${i}` as never, diameter: 0, label })),
    })),
  }
  const [piece] = drilled.pieces
  const options = featureOptions(drilled, 'drill', (n) => `núm. ${n}`)
  expect(options.slice(0, 2).map(([, name]) => name)).toEqual([`botón · ${piece!.name}`, `núm. 2 · ${piece!.name}`])
  expect(featureOptions(pattern, 'notch', String).length).toBeGreaterThan(0)
})

describe('an edge that nobody has named', () => {
  const bare = {
    ...pattern,
    pieces: pattern.pieces.map((one) => ({ ...one, edges: one.edges.map((edge) => ({ ...edge, name: '' })) })),
  }
  const told = (edge: Parameters<typeof on>[1]): string =>
    edgeName(bare, on('d', edge), ({ n, side }) => `${n} ${side ?? ''}`)

  it('is told by its place in the ring and its side', () => {
    expect((['bajo', 'costado', 'hombro', 'centro'] as const).map(told)).toEqual([
      '1 down',
      '2 right',
      '4 up',
      '6 left',
    ])
    expect(edgeName(pattern, on('d', 'sisa'), () => '')).toBe('sisa')
  })
})

describe('what is half written', () => {
  it('is kept whole; what somebody else left there is nothing', () => {
    const memory = new Map<string, string>()
    const kept = keptBy(memory)
    expect(kept.read()).toBeNull()
    const unfinished = {
      sheet: 'falda1' as never,
      version: 2,
      operation: start('ease', at('d', 'costado')),
      text: 'Delantero, costado: ',
    }
    kept.keep(unfinished)
    expect(keptBy(memory).read()).toEqual(unfinished)
    for (const [name] of memory)
      for (const wrong of ['{', '7', '{"sheet":"falda1","version":1,"operation":{"op":"ease"},"text":""}']) {
        memory.set(name, wrong)
        expect(kept.read()).toBeNull()
      }
    kept.keep(null)
    expect(kept.read()).toBeNull()
  })
})

describe('marks', () => {
  const change = start('lengthen', begins[0] as Begin)
  const mark = (over: Partial<Mark>): Mark => ({ words: { says: 'sugiero', text: '' }, ...over }) as Mark
  const answered = (is: string) => mark({ change, decision: { is } as never, resolved: null })
  const open = { firm: '', type: 'all', state: 'open' } as const
  it('are sifted by the type of what they propose, and by its answer', () => {
    const sugiero = mark({ change: null, decision: null, resolved: null })
    expect(passes(answered('asked'), { ...open, type: 'corte' }, () => null)).toBe(true)
    expect(passes(answered('asked'), { ...open, type: 'sugiero' }, () => null)).toBe(false)
    expect(passes(sugiero, { ...open, type: 'sugiero' }, () => null)).toBe(true)
    const states = (one: Mark) =>
      (['open', 'resolved', 'accepted', 'declined'] as const).filter((state) =>
        passes(one, { ...open, state }, () => null),
      )
    expect(['thinking', 'part', 'declined', 'stale'].map((is) => states(answered(is)))).toEqual([
      ['open'],
      ['accepted'],
      ['declined'],
      ['declined'],
    ])
    expect(passes(sugiero, { ...open, firm: 'hilo' }, () => 'taller')).toBe(false)
  })
})
