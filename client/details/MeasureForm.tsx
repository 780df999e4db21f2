import { useState } from 'react'
import { DETAIL_CAPS, DETAIL_MM } from '../../shared/pattern/details.ts'
import type { EdgeId, Measure, Pattern } from '../../shared/pattern/model.ts'
import { measure } from '../../shared/pattern/seams.ts'
import { Choices, FormActions, NumberField, TextField, toNumber, Wrong } from '../design/Fields.tsx'
import ui from '../design/ui.module.css'
import { useNumbers } from '../versions/numbers.ts'
import { useDetailWords } from '../words/details/words.ts'
import css from './details.module.css'
import { EdgeChoice } from './EdgeChoice.tsx'

export type End = 'from' | 'to'
/** A point of measure while it is being told; shares in percent, as typed. */
export interface Measuring {
  readonly name: string
  readonly from: { readonly edge: EdgeId; readonly share: string }
  readonly to: { readonly edge: EdgeId; readonly share: string }
  readonly along: Measure['along']
  readonly tolerance: string
  /** What the next tap sets. */
  readonly next: End
}
export const newMeasure = (pattern: Pattern): Measuring | null => {
  const edge = pattern.pieces[0]?.edges[0]?.id
  if (edge === undefined) return null
  const [from, to] = [
    { edge, share: '0' },
    { edge, share: '100' },
  ] as const
  return { name: '', from, to, along: 'straight', tolerance: '5', next: 'from' }
}
export const withEnd = (measuring: Measuring, edge: EdgeId, t: number): Measuring => ({
  ...measuring,
  [measuring.next]: { edge, share: String(Math.round(t * 1000) / 10) },
  next: measuring.next === 'from' ? 'to' : 'from',
})

const shareFits = (text: string): boolean => toNumber(text) >= 0 && toNumber(text) <= 100
const toleranceFits = (text: string): boolean => toNumber(text) >= 0 && toNumber(text) <= DETAIL_MM.tolerance

/** Where a measure is taken, how, and how far off it may be. */
export const MeasureForm = ({
  pattern,
  measuring,
  onMeasuring,
  onMeasure,
  onCancel,
}: {
  pattern: Pattern
  measuring: Measuring
  onMeasuring(next: Measuring): void
  /** @returns why not, in words; null where it was taken */
  onMeasure(told: Measure): string | null
  onCancel(): void
}) => {
  const texts = useDetailWords()
  const { mm } = useNumbers()
  const [tried, setTried] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const { from, to, along } = measuring
  const name = measuring.name.trim()
  const sharesFit = shareFits(from.share) && shareFits(to.share)
  const fits = sharesFit && toleranceFits(measuring.tolerance)
  const told: Measure = {
    name,
    from: { edge: from.edge, t: toNumber(from.share) / 100 },
    to: { edge: to.edge, t: toNumber(to.share) / 100 },
    along,
    tolerance: toNumber(measuring.tolerance),
  }
  const now = sharesFit ? measure(pattern, told, pattern.base) : null
  const change = (next: Measuring): void => {
    setWrong(null)
    onMeasuring(next)
  }
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (fits && name !== '') setWrong(onMeasure(told))
      }}
    >
      <h3>{texts.measures.addTitle}</h3>
      <TextField
        label={texts.measures.name}
        hint={texts.measures.nameHint}
        maxLength={DETAIL_CAPS.name}
        autoComplete="off"
        value={measuring.name}
        wrong={tried && name === '' ? texts.measures.nameWrong : null}
        onValue={(text) => change({ ...measuring, name: text })}
      />
      <Choices<End>
        small
        label={texts.measures.tapTo}
        value={measuring.next}
        options={[
          ['from', texts.measures.end.from],
          ['to', texts.measures.end.to],
        ]}
        onValue={(next) => change({ ...measuring, next })}
      />
      {(['from', 'to'] as const).map((end) => (
        <fieldset key={end} className={css.side}>
          <legend>{texts.measures.end[end]}</legend>
          <div className={css.choose}>
            <EdgeChoice
              pattern={pattern}
              edge={measuring[end].edge}
              onEdge={(edge) => change({ ...measuring, [end]: { ...measuring[end], edge } })}
            />
            <NumberField
              label={texts.measures.share}
              unit={texts.measures.percent}
              value={measuring[end].share}
              wrong={shareFits(measuring[end].share) ? null : texts.measures.shareWrong}
              onValue={(share) => change({ ...measuring, [end]: { ...measuring[end], share } })}
            />
          </div>
        </fieldset>
      ))}
      <Choices<Measure['along']>
        label={texts.measures.along}
        value={along}
        options={[
          ['straight', texts.measures.alongs.straight],
          ['curve', texts.measures.alongs.curve],
        ]}
        onValue={(next) => change({ ...measuring, along: next })}
      />
      <NumberField
        label={texts.measures.tolerance}
        unit="mm"
        value={measuring.tolerance}
        wrong={toleranceFits(measuring.tolerance) ? null : texts.measures.toleranceWrong({ most: DETAIL_MM.tolerance })}
        onValue={(text) => change({ ...measuring, tolerance: text })}
      />
      <p className={ui.hint} role="status">
        {now === null
          ? texts.refusals['two-pieces']
          : texts.measures.now({ mm: mm(now), size: pattern.sizes[pattern.base] ?? '' })}
      </p>
      {wrong !== null && <Wrong>{wrong}</Wrong>}
      <FormActions act={texts.measures.do} onCancel={onCancel} />
    </form>
  )
}
