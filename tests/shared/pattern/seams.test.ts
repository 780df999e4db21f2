import { expect, it } from 'vitest'
import { check } from '../../../shared/pattern/check.ts'
import type { Measure, Notch, Pattern, Piece, Seam, Shape } from '../../../shared/pattern/model.ts'
import { proposeSeams } from '../../../shared/pattern/propose.ts'
import { measure, walk } from '../../../shared/pattern/seams.ts'
import { BODY, bodice, chain, edge, notch, pattern, rectangle } from '../../support/drafts.ts'

const seam = (a: string[], b: string[], over: Partial<Seam> = {}): Seam =>
  ({ id: 's1', a: chain(...a), b: chain(...b), confirmed: true, ease: 0, ...over }) as unknown as Seam
const notched = (piece: Piece, notches: readonly Notch[], at: readonly number[]): Piece => ({
  ...piece,
  notches,
  shapes: piece.shapes.map((shape) => shape && { ...shape, notches: at.map((s) => ({ s, off: 0 })) }),
})

// Two panels sewn along their long sides: a goes up its right, b comes down its left.
const front = notched(rectangle('a', 100, 300), [notch('a.n1', 'a.e2'), notch('a.n2', 'a.e2')], [90, 200])
const back = notched(rectangle('b', 120, 304), [notch('b.n1', 'b.e4'), notch('b.n2', 'b.e4')], [101, 214])

it('two sides are walked from one end, and their notches answer each other', () => {
  const of = pattern([front, back])
  const walked = walk(of, seam(['a.e2'], ['-b.e4']), 0)
  expect(walked).toMatchObject({ lengthA: 300, lengthB: 304, difference: -4 })
  expect(walked?.notches).toEqual([
    { a: 'a.n1', b: 'b.n2', sA: 90, sB: 90, difference: 0, against: true },
    { a: 'a.n2', b: 'b.n1', sA: 200, sB: 203, difference: -3, against: true },
  ])
  expect(walk(of, seam(['a.e2'], ['-b.e4'], { ease: -4 }), 0)?.difference).toBe(0)
  expect(walk(of, seam(['a.e2'], ['-b.e4']), 3)).toBeNull()
})

it('a chain of edges is walked as one side, and a notch without an answer stands alone', () => {
  const long = rectangle('c', 10, 400)
  const walked = walk(pattern([front, long]), seam(['a.e1', 'a.e2'], ['-c.e4']), 0)
  expect(walked).toMatchObject({ lengthA: 400, lengthB: 400, difference: 0, startsA: [0, 100] })
  expect(walked?.notches).toMatchObject([
    { a: 'a.n1', b: null, sA: 190, sB: null },
    { a: 'a.n2', b: null, sA: 300, sB: null },
  ])
})

it('what is sewn is measured, not what is cut', () => {
  const cut = { ...front, ring: 'cut' as const }
  expect(walk(pattern([cut, back]), seam(['a.e2'], ['-b.e4']), 0)).toMatchObject({ lengthA: 280, lengthB: 304 })
})

it('seams are proposed where lengths and notches agree, and not where two would do', () => {
  const proposed = proposeSeams(pattern([front, back]))
  expect(proposed).toEqual([
    { id: 's1', a: chain('a.e2'), b: chain('-b.e4'), confirmed: false, ease: expect.closeTo(-4, 6) },
  ])
  // Known already: not again.
  expect(proposeSeams({ ...pattern([front, back]), seams: proposed })).toEqual([])
  // Two strips of one length fit each other by four sides: nobody can say which.
  expect(proposeSeams(pattern([rectangle('c', 60, 60), rectangle('d', 60, 60)]))).toEqual([])
  const named = (id: string): Piece => {
    const one = rectangle(id, 60, 200)
    return {
      ...one,
      edges: one.edges.map((e, i) =>
        i === 1 ? { ...e, name: 'Costado' } : i === 3 ? { ...e, name: `otro ${id}` } : e,
      ),
    }
  }
  expect(proposeSeams(pattern([named('c'), named('d')]))).toMatchObject([{ a: chain('c.e2'), b: chain('d.e2') }])
})

it('no seam is proposed that fits in one size and not in another', () => {
  const grown = (piece: Piece, height: number): Piece => ({
    ...piece,
    shapes: [piece.shapes[0] as Shape, rectangle('x', 100, height).shapes[0] as Shape],
    notches: [],
  })
  const bare = (piece: Piece): Piece => ({
    ...piece,
    notches: [],
    shapes: piece.shapes.map((s) => s && { ...s, notches: [] }),
  })
  const pair = (height: number): Pattern =>
    pattern([grown(bare(rectangle('a', 100, 300)), 320), grown(bare(rectangle('b', 140, 300)), height)])
  const ids = (of: Pattern) => proposeSeams(of).map(({ a, b }) => [...a, ...b].map(({ edge }) => edge).join(' '))
  expect(ids(pair(350))).toEqual([])
})

it('a measure goes straight or round the ring, and needs both ends on one piece', () => {
  const of = pattern([rectangle('a', 30, 40), back])
  const from = (edgeId: string, t: number) => ({ edge: edgeId, t }) as Measure['from']
  const m = (a: Measure['from'], b: Measure['from'], along: Measure['along']): Measure => ({
    name: '',
    from: a,
    to: b,
    along,
    tolerance: 0,
  })
  expect(measure(of, m(from('a.e1', 0), from('a.e2', 1), 'straight'), 0)).toBe(50)
  expect(measure(of, m(from('a.e1', 0), from('a.e2', 1), 'curve'), 0)).toBe(70)
  expect(measure(of, m(from('a.e2', 1), from('a.e1', 0), 'curve'), 0)).toBe(70)
  expect(measure(of, m(from('a.e2', 0.5), from('a.e1', 1), 'curve'), 0)).toBe(120)
  expect(measure(of, m(from('a.e1', 0), from('b.e1', 0), 'straight'), 0)).toBeNull()
})

it('a check finds what a patternmaker would object to, and nothing in a sound front', () => {
  expect(check(pattern([bodice([BODY, { ...BODY, chest: 300 }])]))).toEqual([])
  const apart = pattern([front, back], { seams: [seam(['a.e2'], ['-b.e4'])] })
  expect(check(apart)).toMatchObject([{ code: 'seam-differs', piece: 'a', edge: 'a.e2', seam: 's1', amount: -4 }])
  // As long as each other, but a notch of one was moved 9 mm away from the one that answers it.
  const pair = (s: number) =>
    pattern(
      [
        notched(rectangle('p', 50, 300), [notch('p.n1', 'p.e2')], [100]),
        notched(rectangle('q', 50, 300), [notch('q.n1', 'q.e4')], [s]),
      ],
      { seams: [seam(['p.e2'], ['-q.e4'])] },
    )
  expect(check(pair(202))).toEqual([])
  expect(check(pair(191))).toMatchObject([{ code: 'notches-apart', piece: 'p', edge: 'p.e2', seam: 's1', amount: -9 }])
  const off = notched(front, front.notches, [90, 340])
  expect(check(pattern([off]))).toMatchObject([{ code: 'notch-off-edge', edge: 'a.e2', amount: 40 }])
  expect(check(pattern([rectangle('w', 1600, 300)]))).toMatchObject([{ code: 'wider-than-fabric', amount: 1600 }])
  expect(check(pattern([rectangle('w', 1600, 300)]), 0, 1700)).toEqual([])
  // Half of it lies on the fold: opened it is twice as wide.
  const half = rectangle('h', 800, 300, { fold: 'h.e4' as never })
  expect(check(pattern([half]))).toMatchObject([{ code: 'wider-than-fabric', amount: 1600 }])
  const thick: Piece = {
    ...rectangle('t', 30, 300),
    ring: 'cut',
    edges: [1, 2, 3, 4].map((n) => edge(`t.e${n}`, { allowance: 20 })),
  }
  expect(check(pattern([thick]))).toMatchObject([{ code: 'allowance-impossible', piece: 't' }])
})

it('two hems are as long as each other and are not proposed, unless a name or notches say that they are sewn', () => {
  const grain = [
    { x: 20, y: 10 },
    { x: 20, y: 90 },
  ] as never
  const withGrain = (piece: Piece): Piece => ({
    ...piece,
    shapes: piece.shapes.map((one) => one && { ...one, grain }),
  })
  const skirt = (id: string, height: number): Piece => withGrain(rectangle(id, 240, height))
  expect(proposeSeams(pattern([skirt('c', 500), skirt('d', 620)]))).toEqual([])
  const named = (piece: Piece): Piece => ({
    ...piece,
    edges: piece.edges.map((one, i) => ({ ...one, name: i === 2 ? 'cintura' : '' })),
  })
  expect(proposeSeams(pattern([named(skirt('c', 500)), named(skirt('d', 620))]))).toMatchObject([
    { a: chain('c.e3'), b: chain('-d.e3') },
  ])
})
