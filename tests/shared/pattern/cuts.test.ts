import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutLine, sewLine } from '../../../shared/pattern/allowance.ts'
import { apply } from '../../../shared/pattern/apply.ts'
import { drawnOf, isStraight, lengthOf, nearestOn, tangentAt } from '../../../shared/pattern/curve.ts'
import type { EdgeId, Pattern, Piece, Run, Seam, Shape, Vec } from '../../../shared/pattern/model.ts'
import type { Operation } from '../../../shared/pattern/operation.ts'
import { areaOf, isSimple, outlineOf } from '../../../shared/pattern/ring.ts'
import { angleBetween, cross, dist, sub } from '../../../shared/pattern/vec.ts'
import { BODY, bodice, bodies, curve, edge, line, pattern, piece, rectangle, shape } from '../../support/drafts.ts'

const op = (operation: unknown): Operation => operation as Operation
const first = (of: Pattern, id = of.pieces[0]?.id): Piece => of.pieces.find((one) => one.id === id) as Piece
const shapeOf = (of: Pattern, size = 0, id?: string): Shape => first(of, id as never).shapes[size] as Shape
const runOf = (of: Pattern, edge: string, size = 0): Run => {
  for (const piece of of.pieces) {
    const index = piece.edges.findIndex(({ id }) => id === edge)
    if (index >= 0) return piece.shapes[size]?.runs[index] as Run
  }
  throw new Error(`no edge ${edge}`)
}
const done = (of: Pattern, operation: unknown): Pattern => {
  const result = apply(of, op(operation))
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.pattern
}
const area = (shape: Shape) => areaOf(outlineOf(shape))
const ends = (run: Run): [Vec, Vec] => [run.keys[0] as Vec, run.keys.at(-1) as Vec]

const farthest = (a: Shape, b: Shape): number => {
  let worst = 0
  for (const [i, run] of a.runs.entries()) {
    for (const p of drawnOf(run)) worst = Math.max(worst, nearestOn(b.runs[i] as Run, p).distance)
    for (const [k, key] of run.keys.entries())
      worst = Math.max(worst, dist(key, b.runs[i]?.keys[k] ?? { x: 1e9, y: 0 }))
  }
  for (const [i, place] of a.notches.entries())
    worst = Math.max(worst, Math.abs((place?.s ?? 0) - (b.notches[i]?.s ?? 0)))
  for (const [i, p] of a.drills.entries()) worst = Math.max(worst, p && b.drills[i] ? dist(p, b.drills[i]) : 0)
  for (const k of [0, 1]) worst = Math.max(worst, a.grain && b.grain ? dist(a.grain[k] as Vec, b.grain[k] as Vec) : 0)
  return worst
}
const sizes = fc.array(bodies(), { minLength: 1, maxLength: 3 })
const mm = (min: number, max: number) => fc.integer({ min: min * 1000, max: max * 1000 }).map((n) => n / 1000)

it('an operation with amount 0 gives the pattern itself', () => {
  const one = pattern([bodice([BODY, { ...BODY, chest: 260 }])])
  const darted = done(one, { op: 'dartAdd', edge: 'f.e1', at: 0.5, width: 20, length: 90, tilt: 0 })
  const legs = { in: 'f.e1in', out: 'f.e1out' }
  for (const [of, operation] of [
    [one, { op: 'neckline', edge: 'f.e5', drop: 0, widen: 0, centre: 'end' }],
    [one, { op: 'lengthen', pieces: ['f'], at: 0.5, by: 0 }],
    [one, { op: 'ease', edge: 'f.e2', from: 0, to: 1, atFrom: 0, atTo: 0 }],
    [one, { op: 'allowance', edges: ['f.e1', 'f.e2'], allowance: 10, corner: 'mitre' }],
    [darted, { op: 'dartLength', ...legs, by: 0 }],
    [darted, { op: 'dartMove', ...legs, dx: 0, dy: 0 }],
    [darted, { op: 'dartRotate', ...legs, to: 'f.e2', at: 0.5, part: 0 }],
    [one, { op: 'look', piece: 'f', kind: 'color', colour: '#ff0000', swatch: '', words: 'rojo' }],
  ] as const) {
    const result = apply(of, op(operation))
    expect(result, operation.op).toEqual({ ok: true, pattern: of, pieces: [], notes: [] })
    expect(result.ok && result.pattern).toBe(of)
  }
})

describe('a neckline', () => {
  it('goes down along the fold and out along the shoulder, in every size', () => {
    fc.assert(
      fc.property(sizes, mm(0, 60), mm(0, 30), (bodies, drop, widen) => {
        const before = pattern([bodice(bodies)])
        const after = done(before, { op: 'neckline', edge: 'f.e5', drop, widen, centre: 'end' })
        for (const [size, body] of bodies.entries()) {
          const [shoulder, centre] = ends(runOf(after, 'f.e5', size))
          const [was] = ends(runOf(before, 'f.e5', size))
          expect(centre.x).toBeCloseTo(0, 6)
          expect(centre.y).toBeCloseTo(body.back - body.drop - drop, 6)
          expect(dist(shoulder, was)).toBeCloseTo(widen, 6)
          expect(nearestOn(runOf(before, 'f.e4', size), shoulder).distance).toBeLessThan(1e-6)
          expect(lengthOf(runOf(after, 'f.e4', size))).toBeCloseTo(lengthOf(runOf(before, 'f.e4', size)) - widen, 6)
          // The cloth that is taken away is what the two outlines differ in.
          expect(area(shapeOf(after, size))).toBeLessThanOrEqual(area(shapeOf(before, size)) + 1e-6)
          expect(isSimple(outlineOf(shapeOf(after, size))).ok).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('keeps the directions that it leaves the fold and the shoulder in', () => {
    const before = pattern([bodice()])
    const after = done(before, { op: 'neckline', edge: 'f.e5', drop: 40, widen: 10, centre: 'end' })
    const [was, is] = [runOf(before, 'f.e5'), runOf(after, 'f.e5')]
    expect(Math.abs(angleBetween(tangentAt(was, 0), tangentAt(is, 0)))).toBeLessThan(1.5)
    expect(Math.abs(angleBetween(tangentAt(was, lengthOf(was)), tangentAt(is, lengthOf(is))))).toBeLessThan(1.5)
  })

  it('is raised and narrowed along the same lines, and there and back it is as it was', () => {
    fc.assert(
      fc.property(bodies(), mm(-30, 40), mm(-20, 30), (body, drop, widen) => {
        const before = pattern([bodice([body])])
        const there = done(before, { op: 'neckline', edge: 'f.e5', drop, widen, centre: 'end' })
        const back = done(there, { op: 'neckline', edge: 'f.e5', drop: -drop, widen: -widen, centre: 'end' })
        expect(farthest(shapeOf(back), shapeOf(before))).toBeLessThan(0.2)
      }),
      { numRuns: 40 },
    )
  })

  it('that was a boat is scooped out square to the fold, and a V stays a V', () => {
    const boat = pattern([rectangle('r', 100, 200, { fold: 'r.e4' as EdgeId })])
    const scooped = runOf(done(boat, { op: 'neckline', edge: 'r.e3', drop: 20, widen: 0, centre: 'end' }), 'r.e3')
    const across = tangentAt(scooped, lengthOf(scooped))
    expect(Math.abs(angleBetween(across, { x: -1, y: 0 }))).toBeLessThan(4)
    expect(drawnOf(scooped).every(({ y }, i, all) => y <= (all[i - 1]?.y ?? 200) + 1e-9)).toBe(true)

    const runs = [line([0, 0], [100, 0]), line([100, 0], [100, 200]), line([100, 200], [0, 90]), line([0, 90], [0, 0])]
    const v = pattern([{ ...rectangle('v', 100, 200), fold: 'v.e4' as EdgeId, shapes: [shape(runs)] }])
    const deeper = runOf(done(v, { op: 'neckline', edge: 'v.e3', drop: 30, widen: 5, centre: 'end' }), 'v.e3')
    expect(isStraight(deeper)).toBe(true)
  })

  it('moves no point further than twice the way of its ends, however its ends point', () => {
    fc.assert(
      fc.property(mm(-60, 60), mm(-20, 60), mm(4, 40), mm(-25, 25), mm(-25, 25), (low, drop, widen, p, q) => {
        const wavy = curve([100, 200], [70, 200 + p], [35, 200 + low / 2 + q], [0, 200 + low])
        const shoulder = line([100, 40], [100, 200])
        const runs = [line([0, 0], [100, 40]), shoulder, wavy, line([0, 200 + low], [0, 0])]
        const before = pattern([{ ...rectangle('r', 100, 200), shapes: [shape(runs)] }])
        const result = apply(before, op({ op: 'neckline', edge: 'r.e3', drop, widen, centre: 'end' }))
        if (!result.ok) return
        const most = 2 * (Math.abs(drop) + Math.abs(widen)) + 0.1
        for (const v of drawnOf(runOf(result.pattern, 'r.e3'))) expect(nearestOn(wavy, v).distance).toBeLessThan(most)
      }),
      { numRuns: 200 },
    )
  })

  it('of a piece with two edges leaves no gap, and a single edge has no ends to move', () => {
    const two = piece(
      'c',
      [edge('c.e1'), edge('c.e2')],
      [shape([curve([0, 0], [100, -20], [200, 0]), curve([200, 0], [190, 40], [100, 45], [10, 40], [0, 0])])],
    )
    const one = piece('o', [edge('o.e1')], [shape([curve([0, 0], [50, -40], [100, 0], [50, 40], [0, 0])])])
    const before = pattern([two, one])
    for (const change of [
      { op: 'neckline', edge: 'c.e1', drop: -6, widen: 4, centre: 'end' },
      { op: 'ease', edge: 'c.e1', from: 0, to: 1, atFrom: 5, atTo: -3 },
    ]) {
      const { runs } = shapeOf(done(before, change), 0, 'c')
      for (const [i, run] of runs.entries())
        expect(dist(ends(run)[1], ends(runs[1 - i] as Run)[0]), change.op).toBeLessThan(1e-9)
      const result = apply(before, op({ ...change, edge: 'o.e1' }))
      expect(result, change.op).toMatchObject({ ok: false, refusal: { code: 'closed-edge', edge: 'o.e1' } })
    }
  })

  it('is refused where the shoulder is too short for it', () => {
    const result = apply(pattern([bodice()]), op({ op: 'neckline', edge: 'f.e5', drop: 0, widen: 140, centre: 'end' }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'too-short', piece: 'f', edge: 'f.e4', size: 't0' } })
  })
})

describe('lengthening', () => {
  it('makes the fold and the extent along the grain longer by so much, wherever the line lies', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), mm(0, 200), (bodies, at, by) => {
        const before = pattern([bodice(bodies)])
        const after = done(before, { op: 'lengthen', pieces: ['f'], at, by })
        for (const size of bodies.keys()) {
          const extent = (of: Pattern) => {
            const ys = outlineOf(shapeOf(of, size)).map(({ y }) => y)
            return Math.max(...ys) - Math.min(...ys)
          }
          expect(extent(after)).toBeCloseTo(extent(before) + by, 4)
          const xs = (of: Pattern) => outlineOf(shapeOf(of, size)).map(({ x }) => x)
          expect(Math.max(...xs(after))).toBeCloseTo(Math.max(...xs(before)), 3)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('and then shortening is identity', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), mm(0, 300), (bodies, at, by) => {
        const before = pattern([bodice(bodies)])
        const there = done(before, { op: 'lengthen', pieces: ['f'], at, by })
        const back = done(there, { op: 'lengthen', pieces: ['f'], at, by: -by })
        for (const size of bodies.keys())
          expect(farthest(shapeOf(back, size), shapeOf(before, size))).toBeLessThan(0.001)
      }),
      { numRuns: 60 },
    )
  })

  it('adds width times length to a rectangle, and refuses to take a corner away', () => {
    const one = pattern([rectangle('r', 100, 200)])
    const longer = done(one, { op: 'lengthen', pieces: ['r'], at: 0.3, by: 50 })
    expect(area(shapeOf(longer))).toBeCloseTo(100 * 250, 6)
    const result = apply(one, op({ op: 'lengthen', pieces: ['r'], at: 0.5, by: -199 }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'too-short', piece: 'r' } })
  })
})

describe('ease', () => {
  it('adds the mean amount times the length to a straight edge', () => {
    fc.assert(
      fc.property(mm(-30, 40), mm(-30, 40), (atFrom, atTo) => {
        const before = pattern([rectangle('r', 100, 200)])
        const after = done(before, { op: 'ease', edge: 'r.e2', from: 0, to: 1, atFrom, atTo })
        expect(area(shapeOf(after))).toBeCloseTo(100 * 200 + ((atFrom + atTo) / 2) * 200, 4)
      }),
    )
  })

  it('lets a side out and tapers to nothing, and the hem gets longer by it', () => {
    const before = pattern([bodice()])
    const after = done(before, { op: 'ease', edge: 'f.e2', from: 0, to: 1, atFrom: 20, atTo: 0 })
    expect(lengthOf(runOf(after, 'f.e1')) - lengthOf(runOf(before, 'f.e1'))).toBeGreaterThan(19)
    expect(runOf(after, 'f.e3')).toBe(runOf(before, 'f.e3'))
    const grown = area(shapeOf(after)) - area(shapeOf(before))
    expect(grown).toBeGreaterThan(0.9 * 10 * lengthOf(runOf(before, 'f.e2')))
    expect(grown).toBeLessThan(1.1 * 10 * lengthOf(runOf(before, 'f.e2')))
  })

  it('that would be a step is refused, at a corner too, and in the size where it is one', () => {
    const before = pattern([rectangle('r', 100, 200)])
    const change = { op: 'ease', edge: 'r.e2', from: 0.4, to: 0.41, atFrom: 12, atTo: -12 }
    const steps = { ok: false, refusal: { code: 'steps', piece: 'r', edge: 'r.e2', size: 't0' } }
    expect(apply(before, op(change))).toMatchObject(steps)
    expect(apply(before, op({ ...change, from: 0.005, to: 0.5, atTo: 12 }))).toMatchObject(steps)
    expect(apply(before, op({ ...change, to: 0.4, atTo: 12 })).ok).toBe(true)
    expect(apply(before, op({ ...change, to: 0.6 })).ok).toBe(true)
  })

  it('is refused where the fold would be pulled off its line', () => {
    const runs = [
      line([0, 0], [100, 0]),
      line([100, 0], [100, 200]),
      line([100, 200], [4, 150]),
      line([4, 150], [0, 80]),
      line([0, 80], [0, 0]),
    ]
    const edges = [1, 2, 3, 4, 5].map((n) => edge(`r.e${n}`))
    const before = pattern([piece('r', edges, [shape(runs)], { fold: 'r.e5' as EdgeId })])
    const pulled = apply(before, op({ op: 'ease', edge: 'r.e4', from: 0, to: 1, atFrom: 6, atTo: 6 }))
    expect(pulled).toMatchObject({ ok: false, refusal: { code: 'on-the-fold', edge: 'r.e4' } })
    expect(apply(before, op({ op: 'ease', edge: 'r.e4', from: 0, to: 1, atFrom: 6, atTo: 0 })).ok).toBe(true)
  })

  it('within an edge comes from nothing and goes to nothing, in every size', () => {
    fc.assert(
      fc.property(sizes, mm(-8, 8), (bodies, by) => {
        const before = pattern([bodice(bodies)])
        const after = done(before, { op: 'ease', edge: 'f.e2', from: 0.3, to: 0.7, atFrom: by, atTo: by })
        for (const size of bodies.keys()) {
          const [old, is] = [runOf(before, 'f.e2', size), runOf(after, 'f.e2', size)]
          expect(ends(is)).toMatchObject(ends(old).map(({ x, y }) => ({ x, y })))
          const middle = drawnOf(is).reduce((worst, p) => Math.max(worst, nearestOn(old, p).distance), 0)
          expect(Math.abs(middle - Math.abs(by))).toBeLessThan(0.05)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('a dart', () => {
  const dart = { in: 'f.e1in', out: 'f.e1out' }
  const withDart = (bodies = [BODY], tilt = 0) =>
    done(pattern([bodice(bodies)]), { op: 'dartAdd', edge: 'f.e1', at: 0.5, width: 24, length: 110, tilt })
  const angleOf = (of: Pattern, legs: { in: string; out: string }, size = 0): number => {
    const [a, b] = [ends(runOf(of, legs.in, size)), ends(runOf(of, legs.out, size))]
    return angleBetween(sub(b[1], a[1]), sub(a[0], a[1]))
  }

  it('takes its width from the edge, and closed the edge is as it was', () => {
    fc.assert(
      fc.property(sizes, mm(5, 40), mm(20, 150), (bodies, width, length) => {
        const before = pattern([bodice(bodies)])
        const after = done(before, { op: 'dartAdd', edge: 'f.e1', at: 0.4, width, length, tilt: 0 })
        for (const size of bodies.keys()) {
          const hem = lengthOf(runOf(after, 'f.e1a', size)) + lengthOf(runOf(after, 'f.e1b', size))
          expect(hem).toBeCloseTo(lengthOf(runOf(before, 'f.e1', size)) - width, 6)
          expect(area(shapeOf(before, size)) - area(shapeOf(after, size))).toBeCloseTo((width * length) / 2, 4)
        }
        const closed = done(after, { op: 'dartClose', ...dart })
        expect(first(closed).edges).toEqual(first(before).edges)
        for (const size of bodies.keys())
          for (const [i, run] of shapeOf(closed, size).runs.entries())
            for (const p of drawnOf(run))
              expect(nearestOn(shapeOf(before, size).runs[i] as Run, p).distance).toBeLessThan(0.001)
      }),
      { numRuns: 30 },
    )
  })

  it('gets longer along its middle and keeps its mouth', () => {
    const before = withDart()
    const after = done(before, { op: 'dartLength', ...dart, by: -30 })
    expect(ends(runOf(after, 'f.e1in'))[1].y).toBeCloseTo(80, 6)
    expect(runOf(after, 'f.e1a')).toBe(runOf(before, 'f.e1a'))
    const result = apply(before, op({ op: 'dartLength', ...dart, by: -110 }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'too-short', amount: 110 } })
  })

  it('moves along its edge with its width and angle', () => {
    const before = withDart()
    const after = done(before, { op: 'dartMove', ...dart, dx: 35, dy: 0 })
    expect(angleOf(after, dart)).toBeCloseTo(angleOf(before, dart), 6)
    expect(ends(runOf(after, 'f.e1in'))[1].x).toBeCloseTo(ends(runOf(before, 'f.e1in'))[1].x + 35, 6)
    expect(area(shapeOf(after))).toBeCloseTo(area(shapeOf(before)), 4)
  })

  it('passed to another edge keeps its point and its angle, whole or in part', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.constantFrom(0.25, 0.5, 1),
        (bodies, at, part) => {
          const before = withDart(bodies)
          const after = done(before, { op: 'dartRotate', ...dart, to: 'f.e2', at, part })
          const fresh = part === 1 ? dart : { in: 'f.e1ini', out: 'f.e1outo' }
          for (const size of bodies.keys()) {
            expect(dist(ends(runOf(after, fresh.in, size))[1], ends(runOf(before, dart.in, size))[1])).toBeLessThan(
              1e-6,
            )
            const [was, is] = [angleOf(before, dart, size), angleOf(after, fresh, size)]
            expect(is).toBeCloseTo(was * part, 6)
            if (part < 1) expect(is + angleOf(after, dart, size)).toBeCloseTo(was, 6)
            const [a, b] = [runOf(after, fresh.in, size), runOf(after, fresh.out, size)]
            expect(lengthOf(a)).toBeCloseTo(lengthOf(b), 6)
            // Turning cloth about a point neither makes nor takes any, but for what flattening the moved curves leaves: 0.02 mm of a line.
            expect(Math.abs(area(shapeOf(after, size)) - area(shapeOf(before, size)))).toBeLessThan(0.5)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is neither two edges of a corner nor edges of two pieces', () => {
    const two = pattern([bodice(), rectangle('r', 100, 100)])
    expect(apply(two, op({ op: 'dartClose', in: 'f.e1', out: 'f.e2' }))).toMatchObject({
      refusal: { code: 'not-a-dart' },
    })
    expect(apply(two, op({ op: 'dartClose', in: 'f.e1', out: 'r.e2' }))).toMatchObject({
      refusal: { code: 'other-piece' },
    })
  })
})

describe('what must follow is said', () => {
  const SEAM = {
    id: 's1',
    a: [{ edge: 'f.e2', back: false }],
    b: [{ edge: 'g.e4', back: true }],
    confirmed: true,
    ease: 0,
  } as unknown as Seam
  const told = (before: Pattern, operation: unknown) => {
    const result = apply(before, op(operation))
    if (!result.ok) throw new Error(JSON.stringify(result.refusal))
    return result.notes.map(({ piece: _, ...note }) => note)
  }
  const half = { fold: 'f.e6' as EdgeId, quantity: { drawn: 1, mirrored: 0 } }

  it('of a neckline: what finishes it, on both halves', () => {
    const before = pattern([bodice([BODY], half)])
    const change = { op: 'neckline', edge: 'f.e5', drop: 20, widen: 10, centre: 'end' }
    const longer = lengthOf(runOf(done(before, change), 'f.e5')) - lengthOf(runOf(before, 'f.e5'))
    const follows = told(before, change).find(({ code }) => code === 'finish-follows')
    expect(follows).toMatchObject({ edge: 'f.e5', amount: expect.closeTo(2 * longer, 6) })
  })

  it('of ease along the grain: the girth by fold and quantity, and the other side of the seam', () => {
    const before = pattern([bodice([BODY], half), rectangle('g', 150, 203)], { seams: [SEAM] })
    const change = { op: 'ease', from: 0, to: 1, atFrom: -5, atTo: -5 }
    const side = told(before, { ...change, edge: 'f.e2' })
    expect(side).toContainEqual({ code: 'girth', edge: 'f.e2', count: 2, amount: -10 })
    expect(side).toContainEqual({ code: 'mate-stayed', edge: 'f.e2', other: 'g.e4' })
    // Of a pair of whole pieces there are two as well; a hem makes nothing wider.
    expect(told(before, { ...change, edge: 'g.e2' })).toContainEqual(
      expect.objectContaining({ code: 'girth', count: 2 }),
    )
    expect(told(before, { ...change, edge: 'f.e1' }).map(({ code }) => code)).not.toContain('girth')
  })

  it('of an allowance: a line that stays, a mate that is cut otherwise, and never a length', () => {
    const of = (ring: Piece['ring'], allowance: number | null) => {
      const edges = bodice().edges.map((one) => (one.id === 'f.e2' ? { ...one, allowance } : one))
      return pattern([bodice([BODY], { ...half, ring, edges }), rectangle('g', 150, 203)], { seams: [SEAM] })
    }
    const change = { op: 'allowance', edges: ['f.e2'], allowance: 15, corner: 'mitre' }
    const mate = { code: 'mate-allowance', edge: 'f.e2', other: 'g.e4', amount: 10 }
    const stays = { code: 'cut-stays', edge: 'f.e2' }
    expect(told(of('sew', 10), change)).toEqual([mate])
    expect(told(of('cut', 10), change)).toEqual([mate])
    expect(told(of('cut', null), change)).toEqual([stays, mate])
    expect(told(of(null, 10), change)).toEqual([stays, mate])
    expect(told(of('cut', 10), { op: 'hem', edge: 'f.e1', depth: 30, folds: 1 })).toEqual([])
    const lapped = { op: 'stitch', edges: ['f.e2'], stitch: '401', seam: 2, spi: 8, needles: 2, gauge: 6.4, thread: '' }
    expect(told(of('sew', 10), { ...lapped, allowance: 18 })).toEqual([])
  })

  it('of a turned grain: how the cloth hangs', () => {
    const before = pattern([bodice()])
    expect(told(before, { op: 'grain', piece: 'f', turn: 45 })).toEqual([{ code: 'grain-turned' }])
    expect(told(before, { op: 'grain', piece: 'f', turn: 180 })).toEqual([])
  })
})

describe('allowances', () => {
  it('of a sewn ring change the cut line alone', () => {
    const before = pattern([bodice()])
    const after = done(before, { op: 'allowance', edges: ['f.e2', 'f.e3'], allowance: 6, corner: 'mitre' })
    expect(shapeOf(after)).toBe(shapeOf(before))
    const cut = cutLine(first(after), shapeOf(after))
    const side = cut.ok ? (cut.runs[1] as Run) : null
    for (const p of (side?.drawn ?? []).slice(1, -1))
      expect(Math.abs(nearestOn(runOf(before, 'f.e2'), p).distance - 6)).toBeLessThan(0.05)
  })

  it('of a cut ring move it, and the sew line stays; there and back it is as it was', () => {
    fc.assert(
      fc.property(sizes, mm(5, 14), (bodies, allowance) => {
        const before = pattern([bodice(bodies, { ring: 'cut' })])
        const edges = ['f.e1', 'f.e2', 'f.e3', 'f.e4', 'f.e5']
        const there = done(before, { op: 'allowance', edges, allowance, corner: 'mitre' })
        for (const size of bodies.keys()) {
          const [was, is] = [before, there].map((of) => sewLine(first(of), shapeOf(of, size)))
          if (!was?.ok || !is?.ok) throw new Error('refused')
          const far = (p: Vec) => Math.min(...was.runs.map((run) => nearestOn(run, p).distance))
          for (const p of is.outline) expect(far(p)).toBeLessThan(0.4)
        }
        const back = done(there, { op: 'allowance', edges, allowance: 10, corner: 'mitre' })
        for (const size of bodies.keys())
          for (const run of shapeOf(back, size).runs)
            for (const p of drawnOf(run)) {
              const far = Math.min(...shapeOf(before, size).runs.map((old) => nearestOn(old, p).distance))
              expect(far).toBeLessThan(0.4)
            }
      }),
      { numRuns: 25 },
    )
  })

  it('of a hem turns the side seams over at the fold line', () => {
    const wide = pattern([bodice([{ ...BODY, waist: 40 }], { ring: 'cut' })])
    const hemmed = done(wide, { op: 'hem', edge: 'f.e1', depth: 30, folds: 1 })
    expect(first(hemmed).edges[0]).toMatchObject({ allowance: 30, hem: { folds: 1 }, corner: 'mirrored' })
    const [left, right] = ends(runOf(hemmed, 'f.e1'))
    expect(left.y).toBeCloseTo(-20, 6)
    expect(lengthOf(runOf(hemmed, 'f.e1'))).toBeGreaterThan(20)
    const again = done(hemmed, { op: 'hem', edge: 'f.e1', depth: 30, folds: 1 })
    expect(again).toBe(hemmed)
    expect(cross(sub(right, left), { x: 0, y: 1 })).toBeGreaterThan(0)
    expect(isSimple(outlineOf(shapeOf(hemmed))).ok).toBe(true)
  })

  it('follow a stitch, which the edge keeps', () => {
    const before = pattern([bodice()])
    const sewn = { stitch: '514', seam: 1, spi: 12, needles: 2, gauge: 2.2, thread: 'Tex 27' }
    const after = done(before, { op: 'stitch', edges: ['f.e2'], ...sewn, allowance: 8 })
    expect(first(after).edges[1]).toMatchObject({ allowance: 8, sewing: sewn })
    const none = apply(before, op({ op: 'stitch', edges: ['f.e6'], ...sewn, allowance: 8 }))
    expect(none).toMatchObject({ ok: false, refusal: { code: 'on-the-fold' } })
  })
})

it('a fold beside a trued seam neither turns nor moves: the other side takes all, and two folds are refused', () => {
  const seam = {
    id: 's1',
    a: [{ edge: 'f.e1', back: false }],
    b: [{ edge: 'g.e3', back: true }],
    confirmed: true,
    ease: 0,
  } as unknown as Seam
  const runs = [line([0, 0], [225, 0]), line([225, 0], [230, 203]), line([230, 203], [0, 190]), line([0, 190], [0, 0])]
  const other: Piece = { ...rectangle('g', 230, 190), shapes: [shape(runs)] }
  const before = pattern([bodice(), other], { seams: [seam] })
  const change = { op: 'trueSeam', a: 'f.e1', b: 'g.e3', end: 'start' }
  const after = done(before, change)
  expect(runOf(after, 'f.e6')).toBe(runOf(before, 'f.e6'))
  expect(runOf(after, 'f.e1')).toBe(runOf(before, 'f.e1'))
  expect(lengthOf(runOf(after, 'g.e3'))).toBeCloseTo(lengthOf(runOf(before, 'f.e1')), 2)
  const both = pattern([bodice(), { ...other, fold: 'g.e4' as EdgeId }], { seams: [seam] })
  expect(apply(both, op(change))).toMatchObject({ ok: false, refusal: { code: 'on-the-fold' } })
  expect(apply(before, op({ ...change, b: 'f.e1' }))).toMatchObject({ ok: false, refusal: { code: 'same-edge' } })
})

it('a trued seam is equally long on both sides, and the line across it has no point', () => {
  const seam = {
    id: 's1',
    a: [{ edge: 'f.e2', back: false }],
    b: [{ edge: 'g.e4', back: true }],
    confirmed: true,
    ease: 0,
  } as unknown as Seam
  const other = rectangle('g', 150, 203)
  const before = pattern([bodice([{ ...BODY, back: 412 }]), other], { seams: [seam] })
  const after = done(before, { op: 'trueSeam', a: 'f.e2', b: 'g.e4', end: 'start' })
  const [a, b] = [runOf(after, 'f.e2'), runOf(after, 'g.e4')]
  expect(lengthOf(a)).toBeCloseTo(lengthOf(b), 2)
  const hem = runOf(after, 'f.e1')
  const bottom = runOf(after, 'g.e1')
  const interiors =
    360 -
    angleBetween(tangentAt(hem, lengthOf(hem)), tangentAt(a, 0)) -
    angleBetween(tangentAt(b, lengthOf(b)), tangentAt(bottom, 0))
  expect(interiors).toBeCloseTo(180, 0)
  expect(runOf(after, 'f.e3')).toBe(runOf(before, 'f.e3'))
})
