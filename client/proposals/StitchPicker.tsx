import { useEffect, useId, useRef } from 'react'
import { STITCHES } from '../../shared/pattern/operation.ts'
import { STITCH, type StitchCode } from '../../shared/pattern/stitches.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import css from './proposals.module.css'
import { StitchPicture } from './StitchPicture.tsx'

/** Stitches chosen by how they look, right side above, wrong side below. */
export const StitchPicker = ({ value, onValue }: { value: StitchCode; onValue(stitch: StitchCode): void }) => {
  const texts = useProposalWords()
  const format = useFormats()
  const name = useId()
  const list = useRef<HTMLDivElement>(null)
  // The one that is chosen at first may lie below the fold of the list.
  useEffect(() => {
    const chosen = list.current?.querySelector(':checked')?.parentElement
    if (list.current && chosen) list.current.scrollTop = chosen.offsetTop - chosen.offsetHeight / 4
  }, [])
  const { machines, stretch, thread } = STITCH[value]
  return (
    <fieldset className={ui.field}>
      <legend className={ui.label}>{texts.fields.stitch}</legend>
      <div ref={list} className={css.stitches}>
        {STITCHES.map((stitch) => (
          <label key={stitch} className={css.stitchChoice}>
            <input type="radio" name={name} checked={stitch === value} onChange={() => onValue(stitch)} />
            <StitchPicture stitch={stitch} />
            <span>
              <strong>{stitch}</strong> {texts.stitches[stitch]}
            </span>
          </label>
        ))}
      </div>
      <p className={ui.hint}>
        {[
          machines.map((machine) => texts.machines[machine]).join(', '),
          texts.stitchFacts.stretch[stretch],
          thread === null ? '' : texts.stitchFacts.thread({ n: format.number(thread) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </fieldset>
  )
}
