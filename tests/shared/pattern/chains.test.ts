import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Applied, apply } from '../../../shared/pattern/apply.ts'
import { edgesOf, handOf, SIDES, turned, withLinks } from '../../../shared/pattern/links.ts'
import type { EdgeId, Link, Pattern, Piece, PieceId, Seam } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { type Walk, walk } from '../../../shared/pattern/seams.ts'
import { blouse, D, draft, E, edgeLength, on } from '../../support/blouses.ts'
import { chain, notch, pattern, rectangle } from '../../support/drafts.ts'

const done = (of: Pattern, operation: Operation): Applied => {
  const outcome = apply(of, operation)
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome
}
const seam = (a: readonly Link[], b: readonly Link[], id = 's1'): Seam =>
  ({ id, a, b, confirmed: true, ease: 0 }) as unknown as Seam
const walked = (of: Pattern, one: Seam, size = of.base): Walk => {
  const found = walk(of, one, size)
  if (!found) throw new Error('a size lacks a piece')
  return found
}
const said = ({ a, b }: Seam): string =>
  [a, b].map((side) => side.map(({ edge, back }) => `${back ? '-' : ''}${edge}`).join(' ')).join(' = ')
const open = (piece: PieceId): Operation => ({ op: 'unfold', piece })

describe('a sleeve cap', () => {
  // Front and back are drawn the same way round; the cap goes up the one and down the other.
  const half = (id: string, s: number): Piece => {
    const one = rectangle(id, 200, 210, {
      quantity: { drawn: 1, mirrored: 0 },
      notches: [notch(`${id}.n`, `${id}.e2`)],
    })
    return {
      ...one,
      fold: `${id}.e4` as EdgeId,
      shapes: one.shapes.map((shape) => shape && { ...shape, notches: [{ s, off: 0 }] }),
    }
  }
  const cap = rectangle('m', 424, 130, { notches: [notch('m.n1', 'm.e1'), notch('m.n2', 'm.e1')] })
  const sleeve: Piece = {
    ...cap,
    shapes: cap.shapes.map(
      (shape) =>
        shape && {
          ...shape,
          notches: [
            { s: 80, off: 0 },
            { s: 340, off: 0 },
          ],
        },
    ),
  }
  const armholes = seam(chain('m.e1'), chain('f.e2', '-g.e2'))
  const garment = pattern([half('f', 80), half('g', 86), sleeve], { seams: [armholes] })

  it('is walked up the front armhole and down the back one', () => {
    const { lengthB, difference, startsB, notches } = walked(garment, armholes)
    expect([lengthB, difference, startsB]).toEqual([420, 4, [0, 210]])
    expect(notches).toEqual([
      { a: 'm.n1', b: 'f.n', sA: 80, sB: 80, difference: 0, against: false },
      { a: 'm.n2', b: 'g.n', sA: 340, sB: 334, difference: 6, against: true },
    ])
  })

  it('has its notches moved with those of both armholes, each along its own edge', () => {
    const near = { ...garment, seams: [{ ...armholes, b: chain('f.e2', '-g.e2') }] }
    const placed = (of: Pattern, piece: number): number | undefined => of.pieces[piece]?.shapes[0]?.notches[0]?.s
    const front = done(near, { op: 'notchMove', notch: 'f.n' as never, by: 5 }).pattern
    expect([placed(front, 0), placed(front, 2)]).toEqual([85, 85])
    const added = done(garment, { op: 'notchAdd', edge: 'g.e2' as EdgeId, at: 0.5, kind: 'v', depth: 4, width: 3 })
    const there = added.pattern.pieces[2]?.shapes[0]?.notches[2]?.s ?? 0
    // Three quarters of the way round.
    expect(there).toBeCloseTo((424 * 3) / 4, 9)
  })

  it('has two whole armholes to go to once front and back are open', () => {
    const front = done(garment, open('f' as PieceId)).pattern
    // The cap is sewn to a front that lies the other way up: to the half that was beyond the fold.
    expect(front.seams.map(said)).toEqual(['m.e1 = -f.e2m -g.e2', 'm.e1 = f.e2 -g.e2'])
    const both = done(front, open('g' as PieceId)).pattern
    expect(both.seams.map(said)).toEqual(['m.e1 = -f.e2m -g.e2', 'm.e1 = f.e2 g.e2m'])
    for (const one of both.seams) expect(walked(both, one)).toMatchObject({ lengthB: 420, difference: 4 })
  })
})

describe('a collar', () => {
  const neck = (id: string, length: number, over: Partial<Piece>): Piece => rectangle(id, 90, length, over)
  const quantity = { drawn: 1, mirrored: 0 }
  const back = neck('g', 70, { fold: 'g.e3' as EdgeId, quantity })
  const front = neck('f', 110, {})
  const collar = rectangle('c', 360, 60, { quantity })
  const round = seam(chain('c.e1'), chain('f.e2', 'g.e2', '-g.e2', '-f.e2'))
  const garment = pattern([front, back, collar], { seams: [round] })

  it('goes on through the mirror image of a half back to the other one of a pair of fronts', () => {
    expect(walked(garment, round)).toMatchObject({ lengthB: 360, difference: 0, startsB: [0, 110, 180, 250] })
  })

  it('takes notches on both sides of a half, and one of the half answers both', () => {
    const added = done(garment, { op: 'notchAdd', edge: 'g.e2' as EdgeId, at: 0.4, kind: 'slit', depth: 4, width: 0 })
    const places = added.pattern.pieces.map(({ shapes }) => shapes[0]?.notches.map((place) => place?.s))
    expect(places).toEqual([[], [28], [138, 222]])
    expect(walked(added.pattern, round).notches.map(({ difference }) => difference)).toEqual([0, 0])
  })

  it('that is a half too is met twice by the same notch, which moves once', () => {
    const band = rectangle('c', 70, 60, { fold: 'c.e2' as EdgeId, quantity })
    const both = seam(chain('c.e1', '-c.e1'), chain('g.e2', '-g.e2'))
    const added = done(pattern([back, band], { seams: [both] }), {
      op: 'notchAdd',
      edge: 'g.e2' as EdgeId,
      at: 0.4,
      kind: 'slit',
      depth: 4,
      width: 0,
    }).pattern
    const places = (of: Pattern) => of.pieces.map(({ shapes }) => shapes[0]?.notches.map((place) => place?.s))
    expect(places(added)).toEqual([[28], [28]])
    const moved = done(added, { op: 'notchMove', notch: 'g.e2.p' as never, by: 5 }).pattern
    expect(places(moved)).toEqual([[33], [33]])
  })

  it('goes along both halves of the back once it is open, and through the mirror image once it is shut', () => {
    const whole = done(garment, open('g' as PieceId)).pattern
    expect(whole.seams.map(said)).toEqual(['c.e1 = f.e2 -g.e2m -g.e2 -f.e2'])
    expect(walked(whole, whole.seams[0] as Seam)).toMatchObject({ lengthB: 360 })
    const shut: Operation = {
      op: 'fold',
      piece: 'g' as PieceId,
      from: 'g.e4m' as EdgeId,
      fromAt: 1,
      to: 'g.e2m' as EdgeId,
      toAt: 0,
    }
    const outcome = done(whole, shut).pattern
    expect(walked(outcome, outcome.seams[0] as Seam)).toMatchObject({ lengthB: 360 })
    expect(edgesOf(outcome.seams[0]?.b ?? [])).toHaveLength(4)
  })
})

it('a centre back is sewn to its own mirror image, and its notches have no twin but themselves', () => {
  const centre = seam(chain('p.e4'), chain('p.e4'))
  const garment = pattern([rectangle('p', 200, 400)], { seams: [centre] })
  const added = done(garment, { op: 'notchAdd', edge: 'p.e4' as EdgeId, at: 0.3, kind: 'slit', depth: 4, width: 0 })
  expect(added.pattern.pieces[0]?.notches).toHaveLength(1)
  const moved = done(added.pattern, { op: 'notchMove', notch: 'p.e4.p' as never, by: 9 })
  expect(moved.pattern.pieces[0]?.shapes[0]?.notches).toEqual([{ s: 129, off: 0 }])
  expect(walked(moved.pattern, centre)).toMatchObject({ difference: 0, notches: [{ difference: 0 }] })
})

/** Edges of front and back that no fold is, some of them once more as mirror images, parted on two sides. */
const anySeam: fc.Arbitrary<Seam> = fc
  .uniqueArray(
    fc.record({
      edge: fc.constantFrom(
        ...(['d', 'e'] as const).flatMap((piece) =>
          (['bajo', 'costado', 'sisa', 'hombro', 'escote'] as const).map((name) => on(piece, name)),
        ),
      ),
      hand: fc.boolean(),
      side: fc.constantFrom(...SIDES),
    }),
    { minLength: 2, maxLength: 8, selector: ({ edge, hand }) => `${edge}${hand}` },
  )
  .filter((links) => SIDES.every((side) => links.some((link) => link.side === side)))
  .map((links) => {
    const of = (side: 'a' | 'b'): Link[] =>
      links.flatMap((one) => (one.side === side ? [{ edge: one.edge, back: (side === 'a') === one.hand }] : []))
    return seam(of('a'), of('b'))
  })
const sewn = (over: Parameters<typeof draft>[0] = {}) =>
  fc
    .tuple(draft({ ring: 'sew', onFold: true, ...over }), anySeam)
    .map(([of, one]): Pattern => ({ ...of, seams: [one] }))

const stopsOf = ({ notches }: Walk, side: 'sA' | 'sB'): number[] =>
  notches.flatMap((stop) => (stop[side] === null ? [] : [stop[side]])).toSorted((p, q) => p - q)
/** Both walks come to the same: lengths, and notches one by one. */
const same = (one: Walk, other: Walk): void => {
  expect(other.lengthA).toBeCloseTo(one.lengthA, 4)
  expect(other.lengthB).toBeCloseTo(one.lengthB, 4)
  for (const side of ['sA', 'sB'] as const) {
    const [was, is] = [stopsOf(one, side), stopsOf(other, side)]
    expect(is).toHaveLength(was.length)
    for (const [i, s] of was.entries()) expect(is[i]).toBeCloseTo(s, 4)
  }
}

describe('any seam of any draft', () => {
  it('is as long as its links together', () => {
    fc.assert(
      fc.property(sewn(), (of) => {
        const [one] = of.seams as [Seam]
        of.sizes.forEach((_, size) => {
          const { lengthA, lengthB, startsA } = walked(of, one, size)
          const sum = (links: readonly Link[]): number =>
            links.reduce((length, { edge }) => length + edgeLength(of, edge, size), 0)
          expect(lengthA).toBeCloseTo(sum(one.a), 6)
          expect(lengthB).toBeCloseTo(sum(one.b), 6)
          startsA.forEach((s, i) => {
            expect(s).toBeCloseTo(sum(one.a.slice(0, i)), 6)
          })
        })
      }),
    )
  })

  it('walked from its other end has its notches mirrored', () => {
    fc.assert(
      fc.property(sewn(), (of) => {
        const [one] = of.seams as [Seam]
        const [there, back] = [walked(of, one), walked(of, { ...one, a: turned(one.a), b: turned(one.b) })]
        expect(back.difference).toBeCloseTo(there.difference, 6)
        const mirrored = {
          ...back,
          notches: back.notches.map((stop) => ({
            ...stop,
            sA: stop.sA === null ? null : back.lengthA - stop.sA,
            sB: stop.sB === null ? null : back.lengthB - stop.sB,
          })),
        }
        same(there, mirrored)
      }),
    )
  })

  it('is the same after a piece of it is unfolded, and folded again it is the seam that it was', () => {
    fc.assert(
      fc.property(sewn(), fc.constantFrom(D, E), (of, piece) => {
        const [one] = of.seams as [Seam]
        const whole = done(of, open(piece)).pattern
        of.sizes.forEach((_, size) => {
          for (const each of whole.seams) same(walked(of, one, size), walked(whole, each, size))
        })
        for (const each of whole.seams) {
          const own = SIDES.flatMap((side) => each[side].map((link) => ({ link, hand: handOf(side, link) }))).filter(
            ({ link }) => link.edge.startsWith(`${piece}.`),
          )
          // A whole piece has but one hand.
          expect(new Set(own.map(({ hand }) => hand)).size).toBeLessThanOrEqual(1)
        }
        const shut: Operation = {
          op: 'fold',
          piece,
          from: on(piece as 'd', 'escote'),
          fromAt: 1,
          to: on(piece as 'd', 'bajo'),
          toAt: 0,
        }
        const again = done(whole, shut).pattern
        const turnedRound = withLinks(one, ({ edge, back }) => [{ edge, back: !back }])
        expect([said(one), said(turnedRound)]).toContain(said(again.seams[0] as Seam))
        expect(again.seams).toHaveLength(1)
      }),
    )
  })

  it('is the same after a piece of it is split along its edges and joined again', () => {
    const cut = fc.constantFrom<readonly [string, string]>(['costado', 'sisa'], ['hombro', 'bajo'], ['bajo', 'escote'])
    let times = 0
    fc.assert(
      fc.property(sewn({ notches: [] }), cut, fc.integer({ min: 20, max: 80 }), (of, [from, to], percent) => {
        const [one] = of.seams as [Seam]
        const edge = on('d', from as 'sisa')
        const split = apply(of, {
          op: 'split',
          edge,
          at: percent / 100,
          to: on('d', to as 'sisa'),
          toAt: 0.5,
          via: [],
          allowance: 10,
          notches: 0,
          name: '',
        })
        if (!split.ok) return
        times++
        const parts = split.pattern.seams[0] as Seam
        of.sizes.forEach((_, size) => {
          same(walked(of, one, size), walked(split.pattern, parts, size))
        })
        const joined = done(split.pattern, {
          op: 'join',
          a: `${edge}.cut` as EdgeId,
          b: `${edge}.cut2` as EdgeId,
        }).pattern
        expect(joined.seams).toEqual(of.seams)
        of.sizes.forEach((_, size) => {
          const [was, is] = [walked(of, one, size), walked(joined, one, size)]
          expect(Math.abs(is.lengthA - was.lengthA) + Math.abs(is.lengthB - was.lengthB)).toBeLessThan(0.01)
        })
      }),
    )
    expect(times).toBeGreaterThan(30)
  })
})

it('a seam that has one edge of two in another order keeps them two when their pieces are joined', () => {
  const of = blouse()
  const split = done(of, {
    op: 'split',
    edge: on('d', 'costado'),
    at: 0.5,
    to: on('d', 'centro'),
    toAt: 0.5,
    via: [],
    allowance: 10,
    notches: 0,
    name: '',
  }).pattern
  const crossed = seam(chain('d.costadob', 'd.costadoa'), chain('-e.costado'), 'x')
  const joined = done(
    { ...split, seams: [...split.seams, crossed] },
    { op: 'join', a: 'd.costado.cut' as EdgeId, b: 'd.costado.cut2' as EdgeId },
  ).pattern
  expect(joined.seams.find(({ id }) => id === ('x' as never))).toMatchObject({ a: crossed.a })
})
