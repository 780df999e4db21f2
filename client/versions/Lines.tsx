import { useMemo } from 'react'
import type { Trace } from '../patterns/trace.ts'
import { pathsOf } from './scene.ts'
import css from './versions.module.css'

/** One version of some pieces, drawn. `old`: what it was, dashed; `new`: in colour; `plain`: alone. */
export const Lines = ({ traces, look }: { traces: readonly Trace[]; look: 'old' | 'new' | 'plain' }) => {
  const paths = useMemo(() => traces.map((trace) => ({ trace, ...pathsOf(trace) })), [traces])
  return (
    <g className={css.lines} data-look={look}>
      {paths.map(({ trace: { piece, drills }, cut, sew, inside, fold }) => (
        <g key={piece.id}>
          <path className={css.inside} d={inside} />
          <path className={css.sew} d={sew} />
          <path className={css.cut} d={cut} />
          {look === 'plain' && <path className={css.fold} d={fold} />}
          {drills.map(({ x, y }) => (
            <circle key={`${x} ${y}`} cx={x} cy={y} r={2} />
          ))}
        </g>
      ))}
    </g>
  )
}
