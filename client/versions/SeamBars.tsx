import type { Walk } from '../../shared/pattern/seams.ts'
import { useNumbers } from './numbers.ts'
import { drawSeam, WIDTH } from './seam-drawing.ts'
import css from './versions.module.css'

const HEIGHT = 62
const A = 8
const B = 42
const THICK = 12

/** Both sides of a seam as bars, each notch tied to the one that it meets, with the difference between them. */
export const SeamBars = ({ walk, label, longest }: { walk: Walk; label: string; longest?: number }) => {
  const { by } = useNumbers()
  const { endA, endB, startsA, startsB, stops } = drawSeam(walk, longest)
  const from = startsA[0] ?? 4
  return (
    <svg className={css.bars} role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <rect className={css.sideA} x={from} y={A} width={Math.max(0, endA - from)} height={THICK} />
      <rect className={css.sideB} x={from} y={B} width={Math.max(0, endB - from)} height={THICK} />
      {startsA.slice(1).map((x) => (
        <path key={`a${x}`} className={css.joint} d={`M${x} ${A}v${THICK}`} />
      ))}
      {startsB.slice(1).map((x) => (
        <path key={`b${x}`} className={css.joint} d={`M${x} ${B}v${THICK}`} />
      ))}
      {stops.map(({ a, b, difference, off, said }, i) => {
        const isEnd = i === stops.length - 1
        const middle = ((a ?? b ?? 0) + (b ?? a ?? 0)) / 2
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: stops have no names of their own, and come in walking order
          <g key={i} className={css.stop} data-off={off} data-end={isEnd}>
            {a !== null && b !== null && <path d={`M${a} ${A + THICK}L${b} ${B}`} />}
            {!isEnd && a !== null && <path className={css.tick} d={`M${a} ${A - 4}v${THICK + 4}`} />}
            {!isEnd && b !== null && <path className={css.tick} d={`M${b} ${B}v${THICK + 4}`} />}
            {said && (
              <text x={isEnd ? Math.max(endA, endB) + 5 : middle + 3} y={(A + THICK + B) / 2 + 4}>
                {by(difference)}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
