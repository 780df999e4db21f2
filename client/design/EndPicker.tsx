import { useId, useState } from 'react'
import { useWords } from '../words/words.ts'
import { Choices } from './Fields.tsx'
import css from './ui.module.css'

const HOUR = 3_600_000

const two = (n: number): string => String(n).padStart(2, '0')
const dateText = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
const timeText = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`

type Choice = '48' | '168' | '720' | 'other'

/** An end in the future: three usual ones, or a date and an hour of one's own. Tells milliseconds since 1970, or null. */
export const EndPicker = ({
  label,
  now,
  onEnd,
  first = '48',
}: {
  label: string
  now: number
  onEnd(end: number | null): void
  first?: Choice
}) => {
  const words = useWords()
  const id = useId()
  const [choice, setChoice] = useState<Choice>(first)
  const [date, setDate] = useState(() => dateText(new Date(now + 48 * HOUR)))
  const [time, setTime] = useState(() => timeText(new Date(now + 48 * HOUR)))
  const own = (d: string, t: string): number | null => {
    const at = new Date(`${d}T${t}`).getTime()
    return Number.isFinite(at) ? at : null
  }
  return (
    <div className={css.form}>
      <Choices<Choice>
        label={label}
        value={choice}
        options={[
          ['48', words.time.in48],
          ['168', words.time.in7],
          ['720', words.time.in30],
          ['other', words.time.other],
        ]}
        onValue={(next) => {
          setChoice(next)
          onEnd(next === 'other' ? own(date, time) : Date.now() + Number(next) * HOUR)
        }}
      />
      {choice === 'other' && (
        <div className={css.row}>
          <div className={css.field}>
            <label className={css.label} htmlFor={`${id}d`}>
              {words.time.date}
            </label>
            <input
              id={`${id}d`}
              className={css.input}
              type="date"
              value={date}
              min={dateText(new Date(now))}
              onChange={(e) => {
                setDate(e.currentTarget.value)
                onEnd(own(e.currentTarget.value, time))
              }}
            />
          </div>
          <div className={css.field}>
            <label className={css.label} htmlFor={`${id}t`}>
              {words.time.hour}
            </label>
            <input
              id={`${id}t`}
              className={css.input}
              type="time"
              value={time}
              onChange={(e) => {
                setTime(e.currentTarget.value)
                onEnd(own(date, e.currentTarget.value))
              }}
            />
          </div>
        </div>
      )}
    </div>
  )
}
