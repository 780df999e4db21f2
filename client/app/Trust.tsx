import { useId } from 'react'
import type { Person } from '../../shared/domain/people.ts'
import { LEVELS, type Level } from '../../shared/pattern/operation.ts'
import { useRefusal } from '../design/Notice.tsx'
import { PlainTag } from '../design/Says.tsx'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { useRecordTrust } from './data.ts'
import css from './group.module.css'
import { useMay } from './may.ts'

/** Up to where a trainee may propose changes to other firms' work: read by all, recorded by whoever facilitates. */
export const Trust = ({ person, level }: { person: Person; level: Level }) => {
  const words = useWords()
  const may = useMay()
  const say = useRefusal()
  const record = useRecordTrust()
  const id = useId()
  if (!may('trust.record')) return <PlainTag>{words.group.levels[level]}</PlainTag>
  return (
    <span className={css.trust}>
      <label className="unseen" htmlFor={id}>
        {words.group.levelOf({ name: person.name })}
      </label>
      <select
        id={id}
        className={ui.input}
        value={level}
        disabled={record.isPending}
        onChange={(e) => record.mutate({ id: person.id, level: e.currentTarget.value as Level })}
      >
        {LEVELS.map((one) => (
          <option key={one} value={one}>
            {words.group.levels[one]}
          </option>
        ))}
      </select>
      <span role="status" className={css.meta}>
        {record.error ? say(record.error) : record.isSuccess ? words.group.levelSaved : ''}
      </span>
    </span>
  )
}
