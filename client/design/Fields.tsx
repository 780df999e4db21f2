import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { Icon } from '../brand/icons.tsx'
import { useWords } from '../words/words.ts'
import { Button } from './Button.tsx'
import css from './ui.module.css'

interface Common {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong and what to do; null or nothing while it is fine. */
  readonly wrong?: string | null | undefined
  readonly optional?: boolean
}

export const Wrong = ({ id, children }: { id?: string; children: ReactNode }) => (
  <p id={id} className={css.wrong}>
    <Icon name="warning" />
    <span>{children}</span>
  </p>
)

/** Label, hint and refusal around one control; `children` gets the ids that tie them together. */
export const Field = ({
  label,
  hint,
  wrong,
  optional,
  children,
}: Common & {
  children: (ties: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode
}) => {
  const id = useId()
  const words = useWords()
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ')
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
        {optional && <span className={css.optional}> · {words.app.optional}</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': !!wrong })}
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  )
}

export const TextField = ({
  label,
  hint,
  wrong,
  optional,
  onValue,
  ...input
}: Common & Omit<ComponentProps<'input'>, 'onChange'> & { onValue(value: string): void }) => (
  <Field label={label} hint={hint} wrong={wrong} optional={!!optional}>
    {(ties) => <input className={css.input} {...input} {...ties} onChange={(e) => onValue(e.currentTarget.value)} />}
  </Field>
)

export const TextArea = ({
  label,
  hint,
  wrong,
  optional,
  onValue,
  ...input
}: Common & Omit<ComponentProps<'textarea'>, 'onChange'> & { onValue(value: string): void }) => (
  <Field label={label} hint={hint} wrong={wrong} optional={!!optional}>
    {(ties) => <textarea className={css.input} {...input} {...ties} onChange={(e) => onValue(e.currentTarget.value)} />}
  </Field>
)

/** A password that can be looked at and pasted. */
export const PasswordField = (props: Omit<ComponentProps<typeof TextField>, 'type'>) => {
  const words = useWords()
  const [shown, show] = useState(false)
  return (
    <div className={css.field}>
      <TextField {...props} type={shown ? 'text' : 'password'} spellCheck={false} autoCapitalize="off" />
      <label className={css.check}>
        <input type="checkbox" checked={shown} onChange={(e) => show(e.currentTarget.checked)} />
        <span className={css.hint}>{words.door.showPassword}</span>
      </label>
    </div>
  )
}

export const SelectField = <V extends string>({
  label,
  hint,
  value,
  options,
  onValue,
}: Common & { value: V; options: readonly (readonly [V, string])[]; onValue(value: V): void }) => (
  <Field label={label} hint={hint}>
    {(ties) => (
      <select className={css.input} {...ties} value={value} onChange={(e) => onValue(e.currentTarget.value as V)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Field>
)

/** Decimal point or comma, or '3/8' and '1 1/2' as a tape says them; NaN where it is not a number. */
export const toNumber = (text: string): number => {
  const trimmed = text.trim().replace(',', '.').replace('−', '-')
  const parts = /^(-?)(?:(\d+)\s+)?(\d+)\s*\/\s*([1-9]\d*)$/.exec(trimmed)
  if (!parts) return trimmed === '' ? Number.NaN : Number(trimmed)
  const [, sign, whole, over, under] = parts
  return (sign === '-' ? -1 : 1) * (Number(whole ?? 0) + Number(over) / Number(under))
}

/** A number with its unit beside it. Kept as text so that nothing typed is ever rewritten under the fingers. */
export const NumberField = ({
  unit,
  ...rest
}: Common & { value: string; unit: string; onValue(value: string): void }) => {
  const words = useWords()
  const { label, hint, wrong, value, onValue } = rest
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(ties) => (
        <span className={css.withUnit}>
          <input
            className={css.input}
            // A keypad of digits has no stroke for 3/8.
            inputMode={unit === words.board.view.inch ? 'text' : 'decimal'}
            autoComplete="off"
            {...ties}
            value={value}
            onChange={(e) => onValue(e.currentTarget.value)}
          />
          <span className={css.hint}>{unit}</span>
        </span>
      )}
    </Field>
  )
}

/** One of a few, all in sight. */
export const Choices = <V extends string>({
  label,
  value,
  options,
  onValue,
  small,
  hideLabel,
}: {
  label: string
  value: V
  options: readonly (readonly [V, ReactNode])[]
  onValue(value: V): void
  small?: boolean
  hideLabel?: boolean
}) => {
  const name = useId()
  return (
    <fieldset className={css.field}>
      <legend className={hideLabel ? 'unseen' : css.label}>{label}</legend>
      <div className={`${css.choices} ${small ? css.choicesSmall : ''}`}>
        {options.map(([option, text]) => (
          <label key={option}>
            <input type="radio" name={name} checked={value === option} onChange={() => onValue(option)} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export const Check = ({
  checked,
  onValue,
  children,
}: {
  checked: boolean
  onValue(checked: boolean): void
  children: ReactNode
}) => (
  <label className={css.check}>
    <input type="checkbox" checked={checked} onChange={(e) => onValue(e.currentTarget.checked)} />
    <span>{children}</span>
  </label>
)

/** Cancel and the deed, in that order for the eye and the thumb. */
export const FormActions = ({
  doing,
  act,
  onCancel,
  busy,
  look = 'primary',
}: {
  doing?: boolean
  act: string
  onCancel?: (() => void) | undefined
  busy?: boolean
  look?: 'primary' | 'danger'
}) => {
  const words = useWords()
  return (
    <div className={css.actions}>
      {onCancel && (
        <Button look="quiet" onClick={onCancel}>
          {words.app.cancel}
        </Button>
      )}
      <Button
        look={look}
        type="submit"
        disabled={!!(busy || doing)}
        onClick={(e) => {
          const { form } = e.currentTarget
          // Once the page says what is wrong, the hand is taken to the first of it.
          setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
        }}
      >
        {act}
      </Button>
    </div>
  )
}
