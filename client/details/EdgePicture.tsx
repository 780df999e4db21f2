import { useMemo, useState } from 'react'
import { lengthOf, pointAt, tangentAt } from '../../shared/pattern/curve.ts'
import { edgesOf, type Sides } from '../../shared/pattern/links.ts'
import type { EdgeId, Link, Pattern, Vec } from '../../shared/pattern/model.ts'
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
  /** How edges are walked, where they are. */
  readonly ways?: readonly Link[]
  /** What they are, in words. */
  readonly what: string
}

/** The edges of a seam and how it walks them. */
export const seamLit = ({ a, b }: Sides): Required<Omit<Lit, 'what'>> => ({
  a: edgesOf(a),
  b: edgesOf(b),
  ways: [...a, ...b],
})

/** Where an arrow stands along an edge that is walked: off the middle, so that an edge walked both ways has room for two. */
const ARROW_AT = 0.62
/** An arrowhead on a line, in the direction of the walk, `size` long. */
const arrowOn = (line: readonly Vec[], back: boolean, size: number): string => {
  const run = { keys: [], drawn: line }
  const s = lengthOf(run) * (back ? 1 - ARROW_AT : ARROW_AT)
  const [at, t] = [pointAt(run, s), tangentAt(run, s)]
  const [x, y] = back ? [t.x, t.y] : [-t.x, -t.y]
  const wing = (side: 1 | -1): Vec => ({ x: at.x + size * (x - side * 0.6 * y), y: at.y + size * (y + side * 0.6 * x) })
  return pathOf([wing(1), at, wing(-1)])
}
/** Share of the view that an arrowhead takes. */
const ARROW = 1 / 40

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
  const arrows = (lit?.ways ?? []).flatMap(({ edge, back }) =>
    traces.flatMap(({ piece, edges }) => {
      const line = edges[piece.edges.findIndex(({ id }) => id === edge)]
      return line ? [arrowOn(line, back, Math.max(view.width, view.height) * ARROW)] : []
    }),
  )
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
          <path className={css.way} d={arrows.join('')} />
        </g>
      )}
    </Picture>
  )
}
