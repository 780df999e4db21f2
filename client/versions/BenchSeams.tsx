import { useState } from 'react'
import type { Seam } from '../../shared/pattern/model.ts'
import { type Walk, walk } from '../../shared/pattern/seams.ts'
import type { OnBench } from '../proposals/workbench.ts'
import { useVersionWords } from '../words/versions/words.ts'
import { useNumbers } from './numbers.ts'
import { SeamBars } from './SeamBars.tsx'
import { Fits, piecesOf, useSides } from './Seams.tsx'
import css from './versions.module.css'

interface Changed {
  readonly seam: Seam
  /** Null for a seam that the change makes. */
  readonly before: Walk | null
  readonly after: Walk
}

const SAME = 0.05
const differs = (a: Walk | null, b: Walk): boolean =>
  a === null ||
  Math.abs(a.lengthA - b.lengthA) > SAME ||
  Math.abs(a.lengthB - b.lengthB) > SAME ||
  a.notches.length !== b.notches.length ||
  a.notches.some((stop, i) => Math.abs(stop.difference - (b.notches[i]?.difference ?? 0)) > SAME)

/** Seams whose walk is another one with the change, in the size in view. */
export const changedSeams = ({ before, outcome, size }: OnBench): Changed[] => {
  if (!outcome.ok) return []
  const touched = new Set<string>(
    outcome.pattern.pieces
      .filter(({ id }) => outcome.pieces.includes(id))
      .flatMap(({ edges }) => edges.map(({ id }) => id)),
  )
  return outcome.pattern.seams.flatMap((seam) => {
    if (![...seam.a, ...seam.b].some(({ edge }) => touched.has(edge))) return []
    const after = walk(outcome.pattern, seam, size)
    const known = before.seams.find(({ id }) => id === seam.id)
    const was = known ? walk(before, known, size) : null
    return after && differs(was, after) ? [{ seam, before: was, after }] : []
  })
}

const One = ({ seam, before, after, bench }: Changed & { bench: OnBench }) => {
  const texts = useVersionWords()
  const { mm } = useNumbers()
  const of = bench.outcome.ok ? bench.outcome.pattern : bench.before
  const { a, b } = useSides(of)(seam)
  const longest = Math.max(after.lengthA, after.lengthB, before?.lengthA ?? 0, before?.lengthB ?? 0)
  return (
    <li className={css.seam}>
      <h4>
        <span className={css.sideName} data-side="a">
          {a}
        </span>{' '}
        <span className={css.sideName} data-side="b">
          {b}
        </span>
      </h4>
      {(
        [
          [texts.walk.before, before],
          [texts.walk.after, after],
        ] as const
      ).map(([when, walked]) =>
        walked ? (
          <div key={when}>
            <p className={css.when}>
              {when} <Fits walk={walked} />
            </p>
            <SeamBars
              walk={walked}
              pieces={piecesOf(of, seam)}
              longest={longest}
              label={`${when}. ${texts.walk.picture({ a, b, lengthA: mm(walked.lengthA), lengthB: mm(walked.lengthB) })}`}
            />
          </div>
        ) : null,
      )}
    </li>
  )
}

/** The walk of every seam that a proposal changes, before and after. Computed while it is open: a preview has no time to lose. */
export const BenchSeams = ({ bench }: { bench: OnBench }) => {
  const texts = useVersionWords()
  const [open, setOpen] = useState(false)
  if (!bench.outcome.ok || bench.before.seams.length === 0 || bench.outcome.pieces.length === 0) return null
  const changed = open ? changedSeams(bench) : []
  return (
    <details className={css.bench} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{texts.walk.onBench}</summary>
      {open && changed.length === 0 && <p>{texts.walk.noneChange}</p>}
      <ul className={css.seams}>
        {changed.map((one) => (
          <One key={one.seam.id} {...one} bench={bench} />
        ))}
      </ul>
    </details>
  )
}
