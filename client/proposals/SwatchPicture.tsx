import { useId } from 'react'
import { isCloth, type Swatch } from '../../shared/pattern/swatches.ts'
import css from './proposals.module.css'
import { SWATCH_DRAWING, TILE, toneOf } from './swatches.ts'

/** A cloth, two tiles by two, or a trim. Decorative: its name stands beside it. */
export const SwatchPicture = ({ swatch, colour }: { swatch: Swatch; colour: string }) => {
  const id = useId()
  const drawing = SWATCH_DRAWING[swatch]
  const own = colour || drawing.colour
  const lines = drawing.strokes.map(({ d, is, width }) => {
    const tone = toneOf(is, own)
    return width === 0 ? (
      <path key={`${is}${d}`} d={d} fill={tone} />
    ) : (
      <path key={`${is}${d}`} d={d} fill="none" stroke={tone} strokeWidth={width} strokeLinejoin="round" />
    )
  })
  return isCloth(swatch) ? (
    <svg className={css.swatchPicture} viewBox={`0 0 ${2 * TILE} ${TILE}`} aria-hidden="true">
      <defs>
        <pattern id={id} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
          {lines}
        </pattern>
      </defs>
      <rect width={2 * TILE} height={TILE} fill={own} />
      <rect width={2 * TILE} height={TILE} fill={`url(#${id})`} />
    </svg>
  ) : (
    <svg className={css.swatchPicture} viewBox={`-12 0 ${2 * TILE} ${TILE}`} aria-hidden="true">
      {lines}
    </svg>
  )
}
