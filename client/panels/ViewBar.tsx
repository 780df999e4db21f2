import { usePrefs } from '../app/prefs.ts'
import { scaleBar } from '../canvas/ruler.ts'
import { Button } from '../design/Button.tsx'
import { Choices } from '../design/Fields.tsx'
import type { Watched } from '../sync/contract.ts'
import { type Unit, useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { useWatched } from './watch.ts'

/** Widest scale bar, in screen pixels. */
const WIDEST = 120
/** Screen pixels of a millimetre of the real thing: CSS has 96 to an inch. */
const TRUE_SIZE = 96 / 25.4

/** Zoom, fit, unit, and how long a piece of the screen is on the cloth. */
export const ViewBar = ({ scale: watched, small }: { scale: Watched<number>; small?: boolean }) => {
  const words = useWords()
  const format = useFormats()
  const { unit, setUnit } = usePrefs()
  const { handle } = useDesk()
  const scale = useWatched(watched)
  const length = scale > 0 ? scaleBar(scale, unit, WIDEST) : 0
  const width = Math.round(length * scale)
  return (
    <section className={css.viewBar} aria-label={words.board.view.title}>
      <Button look="quiet" small icon="minus" iconOnly onClick={() => handle?.zoomBy(0.8)}>
        {words.board.view.zoomOut}
      </Button>
      <Button look="quiet" small icon="add" iconOnly onClick={() => handle?.zoomBy(1.25)}>
        {words.board.view.zoomIn}
      </Button>
      <Button look="quiet" small icon="fit" iconOnly={!!small} onClick={() => handle?.fit()}>
        {words.board.view.fit}
      </Button>
      {small && (
        <Button
          look="quiet"
          small
          aria-label={`${words.board.view.unit}: ${unit === 'cm' ? words.board.view.cm : words.board.view.inch}`}
          onClick={() => setUnit(unit === 'cm' ? 'in' : 'cm')}
        >
          {unit === 'cm' ? words.board.view.cm : words.board.view.inch}
        </Button>
      )}
      {!small && (
        <>
          <Choices<Unit>
            small
            hideLabel
            label={words.board.view.unit}
            value={unit}
            options={[
              ['cm', words.board.view.cm],
              ['in', words.board.view.inch],
            ]}
            onValue={setUnit}
          />
          {width > 0 && (
            <span
              className={css.scaleBar}
              title={words.board.view.zoom({ percent: Math.round((scale / TRUE_SIZE) * 100) })}
            >
              <svg width={width + 2} height="10" aria-hidden="true">
                <path
                  d={`M1 1v8M1 5h${width}M${width + 1} 1v8M${1 + width / 2} 3v4`}
                  stroke="currentColor"
                  fill="none"
                />
              </svg>
              <span className="unseen">{words.board.view.scaleBar({ length: format.length(length, unit) })}</span>
              <span aria-hidden="true">{format.length(length, unit)}</span>
            </span>
          )}
        </>
      )}
    </section>
  )
}
