import { describe, expect, it } from 'vitest'
import { STITCHES } from '../../../shared/pattern/operation.ts'
import { type Around, clothOf, STITCH, stitchLength, warningsOf } from '../../../shared/pattern/stitches.ts'

const quiet: Around = { cloth: null, mustStretch: false, machines: null, mate: null }
const codes = (...args: Parameters<typeof warningsOf>): string[] => warningsOf(...args).map(({ code }) => code)

describe('what a seamstress says to a stitch', () => {
  it('is nothing where its own starting values are taken', () => {
    for (const stitch of STITCHES) {
      const { start, needles, ravels } = STITCH[stitch]
      const sewing = {
        stitch,
        seam: stitch === '103' || stitch === '306' ? 6 : 1,
        needles: needles[0] as number,
        gauge: start.gauge,
      }
      expect(codes(sewing, start.allowance, quiet), stitch).toEqual(ravels === 'from-end' ? ['ravels'] : [])
    }
  })

  it('warns of a lockstitch at the neckline of a knit, and of no other stitch there that stretches', () => {
    const neck: Around = { cloth: clothOf('Jersey 30/1'), mustStretch: true, machines: null, mate: null }
    expect(codes({ stitch: '301', seam: 1, needles: 1, gauge: 0 }, 10, neck)).toEqual(['stiff-on-knit'])
    expect(codes({ stitch: '504', seam: 1, needles: 1, gauge: 0 }, 10, neck)).toEqual([])
    expect(
      codes({ stitch: '301', seam: 1, needles: 1, gauge: 0 }, 10, { ...neck, cloth: clothOf('MEZCLILLA 14 oz') }),
    ).toEqual([])
    expect(clothOf('SHL')).toBe(null)
  })

  it('says how wide an allowance the five-thread safety needs, and which machine is missing', () => {
    const sewing = { stitch: '516', seam: 1, needles: 2, gauge: 3.2 } as const
    expect(warningsOf(sewing, 6, { ...quiet, machines: ['recta', 'over3'] })).toEqual([
      { code: 'allowance-too-narrow', amount: STITCH['516'].least },
      { code: 'no-machine' },
    ])
    expect(codes(sewing, 12, { ...quiet, machines: ['over5'] })).toEqual([])
  })

  it('knows that a bound edge has no allowance, an abutted one hardly any, and a hem must hold its needles', () => {
    expect(codes({ stitch: '301', seam: 3, needles: 1, gauge: 0 }, 10, quiet)).toEqual(['bound-needs-none'])
    expect(codes({ stitch: '607', seam: 4, needles: 4, gauge: 5.2 }, 5, quiet)).toEqual(['flat-needs-little'])
    expect(codes({ stitch: '406', seam: 6, needles: 2, gauge: 6.4 }, 10, quiet)).toEqual(['hem-too-shallow'])
    expect(codes({ stitch: '406', seam: 6, needles: 1, gauge: 0 }, 20, quiet)).toEqual(['needles'])
  })

  it('wants a flat-felled seam cut narrow on one side and wide on the other', () => {
    const felled = { stitch: '401', seam: 2, needles: 2, gauge: 6.4 } as const
    expect(codes(felled, 12, { ...quiet, mate: 12 })).toEqual(['felled-needs-unequal', 'ravels'])
    expect(codes(felled, 12, { ...quiet, mate: 20 })).toEqual(['ravels'])
    expect(codes({ ...felled, seam: 1 }, 12, { ...quiet, mate: 12 })).toEqual(['ravels'])
  })

  it('is not sewn with one thread on a machine for two', () => {
    const one = { stitch: '101', seam: 1, needles: 1, gauge: 0 } as const
    expect(codes(one, 10, { ...quiet, machines: ['cadeneta'] })).toContain('no-machine')
    expect(codes(one, 10, { ...quiet, machines: ['hilvanadora'] })).not.toContain('no-machine')
  })

  it('says stitches an inch in millimetres as well', () => {
    expect(stitchLength(10)).toBeCloseTo(2.54, 10)
  })
})
