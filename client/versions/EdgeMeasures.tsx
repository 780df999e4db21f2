import { lengthOf } from '../../shared/pattern/curve.ts'
import type { Pattern, Piece } from '../../shared/pattern/model.ts'
import { edgeOf } from '../../shared/pattern/model.ts'
import { measure } from '../../shared/pattern/seams.ts'
import { dist } from '../../shared/pattern/vec.ts'
import { usePrefs } from '../app/prefs.ts'
import { useFormats } from '../words/format.ts'
import { useVersionWords } from '../words/versions/words.ts'
import css from './versions.module.css'

/** How long an edge is in one size, along and straight, and the points of measure of its piece. */
export const EdgeMeasures = ({
  pattern,
  piece,
  edge,
  size,
}: {
  pattern: Pattern
  piece: Piece
  edge: number
  size: number
}) => {
  const texts = useVersionWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const run = piece.shapes[size]?.runs[edge]
  const [from, to] = [run?.keys[0], run?.keys.at(-1)]
  if (!run || !from || !to) return null
  const points = pattern.measures.flatMap((one) => {
    const mm = edgeOf(pattern, one.from.edge)?.piece === piece ? measure(pattern, one, size) : null
    return mm === null ? [] : [{ ...one, mm }]
  })
  return (
    <div className={css.measures} role="status">
      <span className="unseen">{texts.measures.title}. </span>
      <span>{texts.measures.along({ length: format.length(lengthOf(run), unit) })}</span>
      <span>{texts.measures.straight({ length: format.length(dist(from, to), unit) })}</span>
      {points.length > 0 && (
        <ul aria-label={texts.measures.points}>
          {points.map(({ name, mm, tolerance }) => (
            <li key={name}>
              {texts.measures.point({
                name,
                length: format.length(mm, unit),
                tolerance: format.length(tolerance, unit),
              })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
