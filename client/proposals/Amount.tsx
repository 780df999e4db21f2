import { useState } from 'react'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { Button } from '../design/Button.tsx'
import { NumberField, toNumber } from '../design/Fields.tsx'
import { inchFraction } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import css from './proposals.module.css'

/**
 * A number in the person's own unit. What is typed stays as typed; where a handle moves the value, the text follows.
 *
 * @param step with it two buttons change the value by so many of the operation's units.
 * @param per how many of the operation's units one typed unit is (10 for cm, 25.4 for inches).
 */
export const Amount = ({
  label,
  value,
  onValue,
  unit,
  per,
  min,
  max,
  step,
}: {
  label: string
  value: number
  onValue(value: number): void
  unit: string
  per: number
  min: number
  max: number
  step?: number
}) => {
  const texts = useProposalWords()
  const shown = (n: number): string => {
    const fraction = inchFraction(n / per)
    // A stroke of the tape is read as one; what lies between two strokes is not made to.
    const isStroke = per === MM_PER_INCH && Math.abs(toNumber(fraction) * per - n) < 0.001
    return isStroke ? fraction : String(Math.round((n / per) * 100) / 100)
  }
  const [typed, setTyped] = useState<{ text: string; value: number }>({ text: shown(value), value })
  const text = typed.value === value ? typed.text : shown(value)
  const number = toNumber(text) * per
  const isOut = !(number >= min - 1e-9 && number <= max + 1e-9)
  const by = (change: number): void => {
    const next = Math.round(Math.min(max, Math.max(min, value + change)) * 1000) / 1000
    setTyped({ text: shown(next), value: next })
    onValue(next)
  }
  const field = (
    <NumberField
      label={label}
      unit={unit}
      value={text}
      wrong={isOut ? texts.panel.range({ min: shown(min), max: shown(max), unit }) : null}
      onValue={(next) => {
        const n = toNumber(next) * per
        const isFine = n >= min && n <= max
        const kept = isFine ? Math.round(n * 1000) / 1000 : value
        setTyped({ text: next, value: kept })
        if (isFine) onValue(kept)
      }}
    />
  )
  if (step === undefined) return field
  return (
    <div className={css.steps}>
      {field}
      <Button icon="minus" iconOnly disabled={value <= min} onClick={() => by(-step)}>
        {texts.panel.less({ label, by: shown(step), unit })}
      </Button>
      <Button icon="add" iconOnly disabled={value >= max} onClick={() => by(step)}>
        {texts.panel.more({ label, by: shown(step), unit })}
      </Button>
    </div>
  )
}
