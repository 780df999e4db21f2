import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../../shared/pattern/curve.ts'
import type { EdgeId, Notch, Pattern, Piece, Run, Seam } from '../../../shared/pattern/model.ts'
import { proposeSeams } from '../../../shared/pattern/propose.ts'
import { walk } from '../../../shared/pattern/seams.ts'
import { unpackPattern } from '../../../shared/pattern/wire.ts'
import { chain, curve, edge, line, notch, pattern, piece, rectangle, shape } from '../../support/drafts.ts'

const PATTERNS = join(import.meta.dirname, '../../../server/demo/assets/patterns')
/** A nest of the demo as a file would bring it: nobody has said what is sewn to what. */
const nest = (name: string): Pattern => ({
  ...unpackPattern(JSON.parse(readFileSync(join(PATTERNS, `${name}-graduada.json`), 'utf8'))),
  seams: [],
})
const withPieces = (of: Pattern, change: (piece: Piece) => Piece): Pattern => ({
  ...of,
  pieces: of.pieces.map(change),
})
const nameless = (of: Pattern): Pattern =>
  withPieces(of, (piece) => ({ ...piece, edges: piece.edges.map((edge) => ({ ...edge, name: '' })) }))
const withNotches = (of: Pattern, change: (one: Notch) => Notch | null): Pattern =>
  withPieces(of, (piece) => {
    const kept = piece.notches.map(change)
    const keep = <T>(list: readonly T[]): T[] => list.filter((_, i) => kept[i])
    return {
      ...piece,
      notches: kept.filter((one) => one !== null),
      shapes: piece.shapes.map((size) => size && { ...size, notches: keep(size.notches) }),
    }
  })
const cap = (of: Pattern): Seam | undefined =>
  proposeSeams(of).find(({ a }) => a.some(({ edge }) => edge === ('manga.copa' as EdgeId)))

describe.each(['playera', 'blusa'])('the sleeve of the %s', (name) => {
  const sides = { a: chain('manga.copa'), b: chain('delantero.sisa', '-espalda.sisa') }

  it('is proposed to front and back by names, and by lengths and notches where nobody has named an edge', () => {
    for (const of of [nest(name), nameless(nest(name))]) {
      const found = cap(of)
      expect(found).toMatchObject({ ...sides, confirmed: false, ease: 0 })
      for (const size of of.sizes.keys()) {
        const walked = found && walk(of, found, size)
        expect(Math.abs(walked?.difference ?? 99)).toBeLessThan(2)
        expect(walked?.notches.filter(({ a, b }) => a && b)).toHaveLength(2)
      }
    }
  })

  it('is not proposed where front and back would do the other way round, or where names say something else', () => {
    expect(cap(withNotches(nest(name), () => null))).toBeUndefined()
    const other = withPieces(nest(name), (piece) => ({
      ...piece,
      edges: piece.edges.map((edge) => (edge.name === 'copa' ? { ...edge, name: 'puño' } : edge)),
    }))
    expect(cap(other)).toBeUndefined()
  })

  it('is not proposed to one armhole of two that are alike', () => {
    const of = nest(name)
    const twin = of.pieces.flatMap((piece): Piece[] => {
      if (piece.name !== 'Delantero') return [piece]
      const renamed = <T extends { id: string }>(one: T): T => ({ ...one, id: `forro.${one.id}` })
      return [
        piece,
        {
          ...renamed(piece),
          edges: piece.edges.map(renamed),
          fold: piece.fold && (`forro.${piece.fold}` as EdgeId),
          notches: piece.notches.map((one) => ({ ...renamed(one), edge: `forro.${one.edge}` as EdgeId })),
        },
      ]
    })
    expect(cap({ ...of, pieces: twin })).toBeUndefined()
  })

  it('has no cap that is shorter than its armholes, or too long to be eased in', () => {
    const scaled = (by: number): Pattern =>
      withPieces(nest(name), (piece) => ({
        ...piece,
        shapes: piece.shapes.map((size) => {
          if (!size || piece.name !== 'Manga') return size
          const runs = size.runs.map(({ keys, drawn }) => ({
            keys: keys.map((key) => ({ ...key, x: key.x * by, y: key.y * by })),
            drawn: drawn?.map(({ x, y }) => ({ x: x * by, y: y * by })) ?? null,
          }))
          return shape(runs, { grain: size.grain })
        }),
        ...(piece.name === 'Manga' ? { notches: [] } : {}),
      }))
    expect(cap(scaled(0.97))).toBeUndefined()
    expect(cap(scaled(1.2))).toBeUndefined()
  })
})

it('a collar goes round the neck: through the front’s fold and back along mirror images', () => {
  const blouse = nest('blusa')
  const half = { a: chain('manga.copa'), b: chain('-espalda.escote', 'delantero.escote') }
  const lengths = blouse.sizes.map((_, size) => walk(blouse, { ...half, ease: 0 } as Seam, size)?.lengthB ?? 0)
  const collar = rectangle('cuello', 1, 60)
  const named: Piece = {
    ...collar,
    edges: collar.edges.map((one, i) => ({ ...one, name: i === 0 ? 'cuello' : `otro ${i}` })),
    shapes: lengths.map((length) => rectangle('cuello', 2 * length, 60).shapes[0] ?? null),
  }
  const found = proposeSeams({ ...blouse, pieces: [...blouse.pieces, named] })
  expect(found.find(({ a }) => a[0]?.edge === ('cuello.e1' as EdgeId))?.b).toEqual(
    chain('-espalda.escote', 'delantero.escote', '-delantero.escote', 'espalda.escote'),
  )
})

it('a side without notches goes up both pieces: as the names at its corners tell, or as the pieces lie in the file', () => {
  const side = (of: Pattern): Seam | undefined =>
    proposeSeams(of).find(({ a }) => a[0]?.edge === ('delantero.costado' as EdgeId))
  const shirt = nest('playera')
  for (const of of [shirt, nameless(shirt)]) expect(side(of)?.b).toEqual(chain('espalda.costado'))
  // The back is called by its corners the other way round.
  const swap: Readonly<Record<string, string>> = { bastilla: 'sisa', sisa: 'bastilla' }
  const turned = withPieces(shirt, (piece) =>
    piece.name === 'Espalda'
      ? { ...piece, edges: piece.edges.map((one) => ({ ...one, name: swap[one.name] ?? one.name })) }
      : piece,
  )
  expect(side(turned)?.b).toEqual(chain('-espalda.costado'))
})

it('as many edges of one length as a hostile file may have are proposed to nothing', () => {
  const strips = Array.from({ length: 375 }, (_, i): Piece => {
    const one = rectangle(`p${i}`, 100, 300 + (i % 5))
    const on = one.edges.map(({ id }) => notch(`${id}.n`, id))
    return {
      ...one,
      notches: on,
      shapes: one.shapes.map((size) => size && { ...size, notches: on.map(() => ({ s: 40, off: 0 })) }),
    }
  })
  expect(proposeSeams(pattern(strips))).toEqual([])
})

it('hems that have the name of one are proposed to nothing', () => {
  const edges = proposeSeams(nest('playera')).flatMap(({ a, b }) => [...a, ...b].map(({ edge }) => edge))
  expect(edges.filter((edge) => edge.endsWith('bastilla'))).toEqual([])
})

it('a straight edge is not sewn to a bent one because it is as long, unless it is a band’s', () => {
  const of = (id: string, runs: readonly Run[]): Piece =>
    piece(
      id,
      runs.map((_, i) => edge(`${id}.e${i + 1}`)),
      [shape(runs)],
    )
  const neckline = curve([100, 400], [20, 340], [0, 240])
  const bodice = of('delantero', [
    line([0, 0], [300, 0]),
    line([300, 0], [300, 400]),
    line([300, 400], [100, 400]),
    neckline,
    line([0, 240], [0, 0]),
  ])
  const long = lengthOf(neckline)
  const sewnTo = (height: number) => {
    const other = of('otra', [
      line([0, 0], [long, 0]),
      line([long, 0], [long - 20, height]),
      line([long - 20, height], [0, height]),
      line([0, height], [0, 0]),
    ])
    return proposeSeams(pattern([bodice, other])).map(({ a, b }) => [...a, ...b].map((link) => link.edge))
  }
  expect(sewnTo(40)).toEqual([['delantero.e4', 'otra.e1']])
  expect(sewnTo(350)).toEqual([])
})
