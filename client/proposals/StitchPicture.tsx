import type { StitchCode } from '../../shared/pattern/stitches.ts'
import css from './proposals.module.css'
import { HEIGHT, STITCH_DRAWING, type Thread, WIDTH } from './stitch-drawing.ts'

const Side = ({ threads, edge, wrong }: { threads: readonly Thread[]; edge: number | null; wrong: boolean }) => (
  <svg className={css.stitchSide} data-wrong={wrong} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
    <rect className={css.cloth} width={WIDTH} height={edge ?? HEIGHT} />
    {threads.map(({ d, is }, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the threads of a stitch never change their order
      <path key={i} d={d} className={css.thread} data-thread={is} />
    ))}
  </svg>
)

/** A stitch from the right side (above) and the wrong side (below). Decorative: its name stands beside it. */
export const StitchPicture = ({ stitch }: { stitch: StitchCode }) => {
  const { top, under, edge } = STITCH_DRAWING[stitch]
  return (
    <span className={css.stitch}>
      <Side threads={top} edge={edge} wrong={false} />
      <Side threads={under} edge={edge} wrong />
    </span>
  )
}
