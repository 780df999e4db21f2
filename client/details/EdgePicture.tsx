import { useMemo, useState } from 'react'
import type { EdgeId, Pattern } from '../../shared/pattern/model.ts'
import type { LoadedPattern } from '../patterns/store.ts'
import { edgeUnder } from '../patterns/trace.ts'
import { Lines } from '../versions/Lines.tsx'
import { Picture } from '../versions/Picture.tsx'
import { boxAround, pathOf, sceneOf } from '../versions/scene.ts'
import { type View, wholeOf } from '../versions/view.ts'
import { useDetailWords } from '../words/details/words.ts'
import css from './details.module.css'

/** Edges that are spoken of, by side. */
export interface Lit {
  readonly a: readonly EdgeId[]
  readonly b: readonly EdgeId[]
  /** What they are, in words. */
  readonly what: string
}

/** The pieces in the base size, with the edges in hand drawn thick; a tap chooses an edge. */
export const EdgePicture = ({
  base,
  pattern,
  lit,
  onEdge,
}: {
  base: LoadedPattern
  pattern: Pattern
  lit: Lit | null
  onEdge(edge: EdgeId, t: number): void
}) => {
  const texts = useDetailWords()
  const traces = useMemo(() => sceneOf(pattern, pattern.base, base.layout, base.layout), [pattern, base])
  const edges = new Set<string>(lit ? [...lit.a, ...lit.b] : [])
  const near = traces.filter(({ piece }) => piece.edges.some(({ id }) => edges.has(id)))
  const all = wholeOf(boxAround(traces))
  const first = near.length > 0 ? wholeOf(boxAround(near)) : all
  // A view that a hand chose holds until other pieces are spoken of.
  const frame = `${first.x} ${first.y} ${first.width} ${first.height}`
  const [looked, look] = useState<{ readonly frame: string; readonly view: View } | null>(null)
  const view = looked?.frame === frame ? looked.view : first
  const lines = (ids: readonly EdgeId[]): string =>
    traces
      .flatMap(({ piece, edges }) => piece.edges.flatMap(({ id }, i) => (ids.includes(id) ? [edges[i] ?? []] : [])))
      .map((line) => pathOf(line))
      .join('')
  return (
    <Picture
      label={lit ? texts.pictureOf({ what: lit.what }) : texts.picture}
      code={null}
      view={view}
      whole={all}
      onView={(next) => look({ frame, view: next })}
      onTap={(at, reach) => {
        const found = edgeUnder(traces, at, reach)
        const edge = found && traces.find(({ piece }) => piece.id === found.piece)?.piece.edges[found.edge]
        if (found && edge) onEdge(edge.id, found.t)
      }}
    >
      <Lines traces={traces} look="plain" />
      {lit && (
        <g className={css.lit}>
          <path data-side="a" d={lines(lit.a)} />
          <path data-side="b" d={lines(lit.b)} />
        </g>
      )}
    </Picture>
  )
}
