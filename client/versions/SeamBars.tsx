import type { Side } from '../../shared/pattern/links.ts'
import type { Walk } from '../../shared/pattern/seams.ts'
import { useNumbers } from './numbers.ts'
import { drawSeam, type SeamPart, WIDTH } from './seam-drawing.ts'
import css from './versions.module.css'

const HEIGHT = 62
const A = 8
const B = 42
const THICK = 12

/** A side: a bar, cut where one edge ends and the next begins; parts of several pieces carry their names where there is room. */
const Bar = ({
  side,
  y,
  parts,
  names,
}: {
  side: Side
  y: number
  parts: readonly SeamPart[]
  names: readonly string[]
}) => {
  const [from, to] = [parts[0]?.from ?? 0, parts.at(-1)?.to ?? 0]
  const isOne = new Set(names).size <= 1
  return (
    <>
      <rect
        className={css[side === 'a' ? 'sideA' : 'sideB']}
        x={from}
        y={y}
        width={Math.max(0, to - from)}
        height={THICK}
      />
      {parts.slice(1).map((part) => (
        <path key={part.from} className={css.joint} d={`M${part.from} ${y}v${THICK}`} />
      ))}
      {parts.map((part, i) => {
        const name = names[i] ?? ''
        return isOne || name.length > part.letters ? null : (
          <text key={part.from} className={css.part} x={part.from + 3} y={y + THICK - 3}>
            {name}
          </text>
        )
      })}
    </>
  )
}

/** Both sides of a seam as bars, each notch tied to the one that it meets, with the difference between them. */
export const SeamBars = ({
  walk,
  pieces,
  label,
  longest,
}: {
  walk: Walk
  pieces: Readonly<Record<Side, readonly string[]>>
  label: string
  longest?: number
}) => {
  const { by } = useNumbers()
  const { endA, endB, partsA, partsB, stops } = drawSeam(walk, longest)
  return (
    <svg className={css.bars} role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <Bar side="a" y={A} parts={partsA} names={pieces.a} />
      <Bar side="b" y={B} parts={partsB} names={pieces.b} />
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
