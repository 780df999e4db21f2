import { describe, expect, it } from 'vitest'
import { DETAIL_CAPS, type Details, detailsBetween, isNothing, tell } from '../../../shared/pattern/details.ts'
import { linked } from '../../../shared/pattern/links.ts'
import type { EdgeId, Link, Pattern, PieceId } from '../../../shared/pattern/model.ts'
import { parseDetails } from '../../../shared/pattern/wire-parse.ts'
import { skirt } from '../../support/skirt.ts'

const e = (id: string) => id as EdgeId
const [hem, side, waist, middle] = ['bajo', 'costado', 'cintura', 'centro'].map((name) => e(`delantero.${name}`)) as [
  EdgeId,
  EdgeId,
  EdgeId,
  EdgeId,
]
const [backSide, backWaist] = [e('trasero.costado'), e('trasero.cintura')]
const along = (...edges: readonly EdgeId[]): readonly Link[] => edges.map((edge) => ({ edge, back: false }))
const against = (...edges: readonly EdgeId[]): readonly Link[] => edges.map((edge) => ({ edge, back: true }))
const sides = { a: along(side), b: along(backSide), ease: 0 }
const [front, back] = ['delantero', 'trasero'] as unknown as [PieceId, PieceId]
const guessed: Pattern = {
  ...skirt,
  seams: [
    { ...sides, id: 's1' as never, confirmed: false },
    { id: 's2' as never, a: along(middle), b: against(backWaist), confirmed: false, ease: 0 },
  ],
}
const told = (pattern: Pattern, details: Details, since = pattern): Pattern => {
  const told = tell(pattern, details, since)
  if (!told.ok) throw new Error(told.refusal.code)
  return told.pattern
}
const whyNot = (pattern: Pattern, details: Details) => {
  const told = tell(pattern, details)
  return told.ok ? null : told.refusal
}
const put = (...seams: NonNullable<Details['seams']>['put']): Details => ({ seams: { put: seams, drop: [] } })
const point = (name: string, over = {}) => ({
  name,
  from: { edge: side, t: 0 },
  to: { edge: waist, t: 1 },
  along: 'straight' as const,
  tolerance: 5,
  ...over,
})

describe('a seam', () => {
  it('told with its sides is the one that is there, confirmed; with other sides a new one', () => {
    expect(told(guessed, put(sides)).seams[0]).toEqual({ ...sides, id: 's1', confirmed: true })
    const turned = { a: along(backSide), b: along(side), ease: -3 }
    expect(told(guessed, put(turned)).seams).toHaveLength(2)
    const made = told(guessed, put({ ...sides, a: along(side, waist) }))
    expect(made.seams.map(({ id, confirmed }) => [id, confirmed])).toEqual([
      ['s1', false],
      ['s2', false],
      ['s3', true],
    ])
  })

  it('may share an edge with another seam, never both sides, and has no edge twice', () => {
    // A waist that takes waistband and facing.
    const two = told(skirt, put({ a: along(waist), b: against(backWaist), ease: 0 }, { ...sides, a: along(waist) }))
    expect(two.seams).toHaveLength(2)
    const other = { id: two.seams[1]?.id, a: along(backWaist), b: against(waist), ease: 0 }
    expect(whyNot(two, put(other))).toMatchObject({ code: 'same-seam' })
    expect(whyNot(skirt, put({ ...sides, b: against(side) }))).toEqual({ code: 'twice', about: side })
    expect(whyNot(skirt, put({ ...sides, a: along(waist, waist) }))).toEqual({ code: 'twice', about: waist })
  })

  it('may have an edge once more as its mirror image: beyond a fold, or of the other one of a pair', () => {
    const centre = { a: along(middle), b: along(middle), ease: 0 }
    expect(told(skirt, put(centre)).seams).toMatchObject([centre])
    const round = { a: along(backWaist), b: [...along(waist), ...against(waist)], ease: 0 }
    expect(told(skirt, put(round)).seams).toMatchObject([round])
    expect(whyNot(skirt, put({ ...round, b: along(waist, waist) }))).toEqual({ code: 'twice', about: waist })
  })

  it('that was taken away leaves its id to nobody in that version', () => {
    const now = told(guessed, { seams: { put: [{ ...sides, a: along(waist) }], drop: ['s2' as never] } })
    expect(now.seams.map(({ id }) => id)).toEqual(['s1', 's3'])
  })

  it('is one of at most four hundred, and those that there are can still be confirmed', () => {
    const many: Pattern = {
      ...skirt,
      seams: Array.from({ length: DETAIL_CAPS.seams }, (_, i) => ({
        id: `s${i + 1}` as never,
        a: along(e(`a${i}`)),
        b: against(backSide),
        confirmed: false,
        ease: 0,
      })),
    }
    expect(whyNot(many, put(sides))).toEqual({ code: 'too-many' })
    const inside = { ...many, seams: many.seams.with(0, { ...sides, id: 's1' as never, confirmed: false }) }
    expect(whyNot(inside, put(sides))).toBeNull()
  })
})

describe('a fold', () => {
  it('is a straight edge that nobody confirmed to be sewn; what was supposed of it goes', () => {
    const now = told(guessed, { folds: { [front]: middle } })
    expect(now.pieces[0]?.fold).toBe(middle)
    expect(now.seams.map(({ id }) => id)).toEqual(['s1'])
    expect(whyNot(now, put({ ...sides, a: along(middle) }))).toEqual({ code: 'on-the-fold', about: middle })
    const sewn = told(guessed, put({ ...sides, a: along(middle) }))
    expect(whyNot(sewn, { folds: { [front]: middle } })).toEqual({ code: 'in-a-seam', about: middle })
    expect(whyNot(skirt, { folds: { [front]: backSide } })).toMatchObject({ code: 'no-such-edge' })
    expect(told(now, { folds: { [front]: null } }).pieces[0]).toEqual(skirt.pieces[0])
  })

  it('is straight in every size', () => {
    const [whole] = skirt.pieces
    if (!whole) throw new Error('the skirt has a front')
    const shapes = whole.shapes.map((shape, size) => {
      const run = shape?.runs[3]
      const [a, b] = run?.keys ?? []
      if (!shape || size !== 2 || !a || !b) return shape
      const bent = { keys: [a, { x: a.x + 1, y: (a.y + b.y) / 2, turn: true }, b], drawn: null }
      return { ...shape, runs: shape.runs.with(3, bent) }
    })
    const bent = { ...skirt, pieces: skirt.pieces.with(0, { ...whole, shapes }) }
    expect(whyNot(bent, { folds: { [front]: middle } })).toEqual({ code: 'not-straight', about: middle })
  })
})

it('a measure lies on one piece, is known by its name, and dropped where it is not there is no fault', () => {
  const now = told(skirt, { measures: { put: [point('Largo'), point('Ancho')], drop: [] } })
  const again = told(now, { measures: { put: [point('Largo', { tolerance: 8 })], drop: ['Ancho', 'Tiro'] } })
  expect(again.measures).toEqual([point('Largo', { tolerance: 8 })])
  const apart = point('Largo', { to: { edge: backSide, t: 0 } })
  expect(whyNot(skirt, { measures: { put: [apart], drop: [] } })).toEqual({ code: 'two-pieces', about: 'Largo' })
})

it('what is so already changes nothing: the very same pattern', () => {
  for (const same of [{}, { names: { [side]: 'delantero.costado' } }, { folds: { [front]: null } }]) {
    const found = tell(guessed, same)
    expect(found).toEqual({ ok: true, pattern: guessed, what: [] })
    expect(found.ok && found.pattern).toBe(guessed)
  }
  const confirmed = told(guessed, put(sides))
  expect(told(confirmed, put(sides))).toBe(confirmed)
})

it('what differs between two can be told: one act for many steps, and the lines are untouched', () => {
  const steps: Details[] = [
    put(sides),
    { names: { [hem]: 'bastilla', [side]: 'costado' } },
    { folds: { [front]: middle } },
    put({ a: along(side, waist), b: along(backSide, backWaist), ease: 6 }),
    { measures: { put: [point('Largo'), point('Ancho')], drop: [] } },
    { names: { [hem]: '' }, measures: { put: [], drop: ['Ancho'] } },
    // A seam goes so that its edge can be the fold, and the fold so that its edge can be sewn.
    { seams: { put: [], drop: ['s1' as never] } },
    { folds: { [back]: backWaist }, seams: { put: [], drop: ['s3' as never] } },
    { folds: { [front]: null } },
    put({ ...sides, a: along(middle) }),
  ]
  let now = guessed
  for (const step of steps) {
    now = told(now, step, guessed)
    const differs = detailsBetween(guessed, now)
    expect(told(guessed, differs)).toEqual(now)
    // As it is kept until it is saved.
    expect(parseDetails(JSON.parse(JSON.stringify(differs)))).toEqual(differs)
    expect(now.pieces.map(({ shapes }) => shapes)).toEqual(guessed.pieces.map(({ shapes }) => shapes))
  }
  expect(isNothing(detailsBetween(guessed, guessed))).toBe(true)
  expect(isNothing(detailsBetween(now, { ...now }))).toBe(true)
})

it.each([
  null,
  [],
  { shapes: {} },
  { names: { [hem]: 5 } },
  { names: { 'not an id': 'bastilla' } },
  { folds: { [front]: '' } },
  { seams: { put: [] } },
  put({ ...sides, a: [] }),
  put({ ...sides, confirmed: true } as never),
  { measures: { put: [point('Largo', { along: 'round' })], drop: [] } },
])('what was kept and is none of that is let fall: %j', (kept) => {
  expect(parseDetails(kept)).toBeNull()
})

describe('one more edge of a side is supposed to be walked', () => {
  const to = (chain: readonly Link[], edge: EdgeId, pattern = skirt, other: readonly Link[] = []) =>
    linked(pattern, { a: chain, b: other }, 'a', edge)

  it('on round the ring, wherever the chain has an end', () => {
    expect(to(along(side), waist)).toEqual(along(side, waist))
    expect(to(along(waist), side)).toEqual(along(side, waist))
    expect(to(against(waist), side)).toEqual(against(waist, side))
    expect(to(along(middle), hem)).toEqual(along(middle, hem))
  })

  it('from the corner where two pieces are sewn together, or whose edges have one name', () => {
    const sewn = told(skirt, put(sides))
    // Front and back meet at their sides, where a waist ends or begins.
    expect(to(against(waist), backWaist, sewn)).toEqual([...against(waist), ...along(backWaist)])
    expect(to(along(waist), backWaist, sewn)).toEqual(along(waist, backWaist))
    const named = told(skirt, { names: { [middle]: 'centro', [e('trasero.centro')]: 'Centro' } })
    expect(to(along(waist), backWaist, named)).toEqual([...along(waist), ...against(backWaist)])
  })

  it('as its mirror image where it is there already, and no third time', () => {
    expect(to(along(waist), waist)).toEqual([...along(waist), ...against(waist)])
    const both = to(along(waist), waist)
    expect(to(both, waist)).toBe(both)
    expect(to([], middle, skirt, along(middle))).toEqual(along(middle))
  })

  it('face to face with the other side, where nothing else tells', () => {
    expect(linked(skirt, { a: along(side), b: [] }, 'b', backSide)).toEqual(against(backSide))
    expect(linked(skirt, { a: against(side), b: [] }, 'b', backSide)).toEqual(along(backSide))
    expect(to(along(waist), hem)).toEqual(along(waist, hem))
  })
})
