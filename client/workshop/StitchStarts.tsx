import { useState } from 'react'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { STITCHES } from '../../shared/pattern/operation.ts'
import { STITCH, type StitchCode, type StitchStart, startOf, startRange } from '../../shared/pattern/stitches.ts'
import { useSetStart } from '../app/data.ts'
import { useMay } from '../app/may.ts'
import page from '../app/pages.module.css'
import { usePrefs } from '../app/prefs.ts'
import { Section } from '../app/Section.tsx'
import { useWho } from '../app/signed.ts'
import { Button } from '../design/Button.tsx'
import { NumberField, toNumber } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import { PlainTag } from '../design/Says.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { StitchPicture } from '../proposals/StitchPicture.tsx'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWords } from '../words/words.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import css from './workshop.module.css'

type Part = keyof StitchStart

/** One stitch's values as they are typed, in the person's unit. */
const StartForm = ({ stitch, onClose }: { stitch: StitchCode; onClose(): void }) => {
  const words = useWords()
  const texts = useProposalWords()
  const { starts: say } = useWorkshopWords()
  const format = useFormats()
  const { me } = useWho()
  const { unit } = usePrefs()
  const set = useSetStart()
  const range = startRange(stitch)
  const ours = STITCH[stitch].start
  const per = { allowance: unit === 'cm' ? 10 : MM_PER_INCH, spi: 1, gauge: unit === 'cm' ? 10 : MM_PER_INCH }
  const mark = unit === 'cm' ? words.board.view.cm : words.board.view.inch
  const shown = (of: Part, value: number): string => String(Math.round((value / per[of]) * 100) / 100)
  const [typed, setTyped] = useState(() => {
    const now = startOf(stitch, me.starts)
    return {
      allowance: shown('allowance', now.allowance),
      spi: shown('spi', now.spi),
      gauge: shown('gauge', now.gauge),
    }
  })
  const [tried, setTried] = useState(false)
  const given = (of: Part): number => {
    const value = toNumber(typed[of]) * per[of]
    // What is shown rounded must not fall out of its range by the rounding.
    const { min, max } = range[of]
    const near = Math.abs(value - min) < 0.005 * per[of] ? min : Math.abs(value - max) < 0.005 * per[of] ? max : value
    return of === 'spi' ? toNumber(typed.spi) : Math.round(near * 1000) / 1000
  }
  const wrong = (of: Part): string | null => {
    const value = given(of)
    const { min, max } = range[of]
    if (value >= min && value <= max && (of !== 'spi' || Number.isInteger(value))) return null
    const told = { min: shown(of, min), max: shown(of, max), unit: mark }
    return of === 'spi' ? say.wholeSpi(told) : of === 'allowance' && min > 0 ? say.least(told) : say.range(told)
  }
  const hasGauge = range.gauge.max > 0
  const parts: readonly Part[] = hasGauge ? ['allowance', 'spi', 'gauge'] : ['allowance', 'spi']
  const put = (start: StitchStart | null): void =>
    set.mutate(
      { stitch, start },
      {
        onSuccess: () => {
          toast(say.saved({ stitch }))
          onClose()
        },
      },
    )
  const length = (mm: number): string => format.length(mm, unit)
  return (
    <FormDialog
      title={say.titleOf({ stitch, name: texts.stitches[stitch] })}
      act={words.app.save}
      busy={set.isPending}
      problem={set.error}
      onDo={() => {
        setTried(true)
        if (parts.some((of) => wrong(of) !== null)) return
        put({ allowance: given('allowance'), spi: given('spi'), gauge: hasGauge ? given('gauge') : 0 })
      }}
      onClose={onClose}
    >
      <div className={css.picture}>
        <StitchPicture stitch={stitch} />
      </div>
      <p className={ui.hint}>
        {say.asIs({
          allowance: length(ours.allowance),
          spi: String(ours.spi),
          gauge: hasGauge ? length(ours.gauge) : '',
        })}
      </p>
      {parts.map((of) => (
        <NumberField
          key={of}
          label={texts.fields[of]}
          unit={of === 'spi' ? say.spi : mark}
          value={typed[of]}
          wrong={tried ? wrong(of) : null}
          onValue={(next) => setTyped({ ...typed, [of]: next })}
        />
      ))}
      {me.starts[stitch] && (
        <Button look="quiet" icon="undo" disabled={set.isPending} onClick={() => put(null)}>
          {say.reset}
        </Button>
      )}
    </FormDialog>
  )
}

/** What stitch proposals begin with in this group, for all of its firms to see. */
export const StitchStarts = () => {
  const texts = useProposalWords()
  const { starts: say } = useWorkshopWords()
  const format = useFormats()
  const may = useMay()
  const { me } = useWho()
  const { unit } = usePrefs()
  const [changing, change] = useState<StitchCode | null>(null)
  const mine = may('stitch.start')
  const length = (mm: number): string => format.length(mm, unit)
  return (
    <Section title={say.title}>
      <p className={page.soft}>
        {say.means} {!mine && say.mayChange} {say.ours({ n: Object.keys(me.starts).length })}
      </p>
      <details className={css.starts}>
        <summary>{say.open}</summary>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{say.stitch}</th>
              <th scope="col">{say.allowance}</th>
              <th scope="col">{say.spi}</th>
              <th scope="col">{say.gauge}</th>
              {mine && (
                <th scope="col">
                  <span className="unseen">{say.act}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {STITCHES.map((stitch) => {
              const start = startOf(stitch, me.starts)
              return (
                <tr key={stitch}>
                  <th scope="row">
                    <StitchPicture stitch={stitch} />
                    <span>
                      {stitch} <span className={page.soft}>{texts.stitches[stitch]}</span>{' '}
                      {me.starts[stitch] && <PlainTag>{say.own}</PlainTag>}
                    </span>
                  </th>
                  <td data-label={say.allowance}>{length(start.allowance)}</td>
                  <td data-label={say.spi}>{format.number(start.spi)}</td>
                  <td data-label={say.gauge}>{start.gauge === 0 ? say.oneNeedle : length(start.gauge)}</td>
                  {mine && (
                    <td>
                      <Button small icon="edit" iconOnly onClick={() => change(stitch)}>
                        {say.change({ stitch })}
                      </Button>
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </details>
      {changing && <StartForm stitch={changing} onClose={() => change(null)} />}
    </Section>
  )
}
export default StitchStarts
