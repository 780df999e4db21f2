import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isSameOperation,
  type OperationOf,
  ownSwatchOf,
  parseOperation,
  settle,
} from '../../../shared/pattern/operation.ts'
import { SWATCHES } from '../../../shared/pattern/swatches.ts'

const look = (swatch: unknown): OperationOf<'look'> => ({
  op: 'look',
  piece: 'delantero' as never,
  kind: 'textura',
  colour: '',
  swatch: swatch as never,
  words: '',
})
const LINEN = { own: 'k3x9', name: 'lino crudo', across: 120 }

describe('the swatch of a look', () => {
  it('is a drawn one as ever, an own one with its name and width, or none', () => {
    for (const swatch of ['', ...SWATCHES, LINEN, { ...LINEN, across: 2 }, { ...LINEN, across: 3000 }])
      expect(parseOperation(look(swatch))).toEqual(look(swatch))
    expect(ownSwatchOf(look(LINEN))).toEqual(LINEN)
    expect(ownSwatchOf(look('cuero'))).toBeNull()
  })

  it.each([
    ['no name: who doesn’t see it would have nothing', { ...LINEN, name: '   ' }],
    ['a name of two lines', { ...LINEN, name: 'lino\ncrudo' }],
    ['a name without end', { ...LINEN, name: 'x'.repeat(81) }],
    ['a name of dots', { ...LINEN, name: '· · ·' }],
    ['a name that turns what follows', { ...LINEN, name: 'lino\u202eodurc' }],
    ['a name of nothing to be seen', { ...LINEN, name: 'lino\u200b' }],
    ['half a letter', { ...LINEN, name: '\ud800' }],
    ['an id that is a path', { ...LINEN, own: '../../etc/passwd' }],
    ['an id that is an ancestor', { ...LINEN, own: '__proto__' }],
    ['an id that is an address', { ...LINEN, own: 'https://x.example/a.png' }],
    ['an id that is no text', { ...LINEN, own: ['k3x9'] }],
    ['narrower than a thread', { ...LINEN, across: 1.999 }],
    ['wider than any cloth', { ...LINEN, across: 3001 }],
    ['not a number', { ...LINEN, across: Number.NaN }],
    ['finer than the wire carries', { ...LINEN, across: 100.0001 }],
    ['a field too many', { ...LINEN, url: 'x' }],
    ['a field too few', { own: 'k3x9', name: 'lino' }],
    ['a list', ['k3x9', 'lino', 120]],
    ['nothing', null],
    ['one with ancestors', Object.assign(Object.create({ evil: true }), LINEN)],
  ])('is none of ours with %s', (_, swatch) => {
    expect(parseOperation(look(swatch))).toBeNull()
  })

  it('is brought into range and grain, whatever was typed', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (across) => {
        const settled = settle(look({ ...LINEN, across }))
        expect(parseOperation(settled)).toBe(settled)
        expect(settle(settled)).toEqual(settled)
      }),
    )
  })

  it('is the same in whatever order its fields come, and another with another width', () => {
    const { own, name, across } = LINEN
    expect(isSameOperation(look(LINEN), look({ across, own, name }))).toBe(true)
    expect(isSameOperation(look(LINEN), look({ ...LINEN, across: 121 }))).toBe(false)
    expect(isSameOperation(look(LINEN), look('manta'))).toBe(false)
  })
})
