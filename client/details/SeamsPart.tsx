import { useState } from 'react'
import type { Details } from '../../shared/pattern/details.ts'
import type { Seam } from '../../shared/pattern/model.ts'
import { walk } from '../../shared/pattern/seams.ts'
import { Button } from '../design/Button.tsx'
import { Empty, Notice } from '../design/Notice.tsx'
import { PlainTag } from '../design/Says.tsx'
import { Fits, useSides } from '../versions/Seams.tsx'
import versions from '../versions/versions.module.css'
import { useDetailWords } from '../words/details/words.ts'
import css from './details.module.css'
import type { Draft } from './draft.ts'
import { type Lit, seamLit } from './EdgePicture.tsx'
import { NEW_SEAM, SeamForm, type Sewing, sewingOf } from './SeamForm.tsx'

const told = ({ id, a, b, ease }: Seam) => ({ id, a, b, ease })

/** What is sewn to what: supposed by the reader, confirmed, changed, taken away and made here. */
export const SeamsPart = ({
  draft,
  lit,
  onLit,
  sewing,
  onSewing,
}: {
  draft: Draft
  lit: Lit | null
  onLit(lit: Lit | null): void
  sewing: Sewing | null
  onSewing(sewing: Sewing | null): void
}) => {
  const texts = useDetailWords()
  const { pattern } = draft
  const sides = useSides(pattern)
  const [wrong, setWrong] = useState<string | null>(null)
  const say = (step: Details): string | null => {
    const code = draft.tell(step)
    const why = code === null ? null : texts.refusals[code]
    setWrong(why)
    return why
  }
  const guessed = pattern.seams.filter(({ confirmed }) => !confirmed)
  const show = (seam: Seam): void => {
    const { a, b } = sides(seam)
    onLit({ ...seamLit(seam), what: texts.seams.both({ a, b }) })
  }
  if (sewing)
    return (
      <SeamForm
        key={sewing.id ?? 'new'}
        pattern={pattern}
        sewing={sewing}
        onSewing={onSewing}
        onSeam={(seam) => {
          const why = say({ seams: { put: [seam], drop: [] } })
          if (why === null) onSewing(null)
          return why
        }}
        onCancel={() => onSewing(null)}
      />
    )
  return (
    <>
      {wrong !== null && (
        <Notice mood="bad">
          <p>{wrong}</p>
        </Notice>
      )}
      <div className={css.acts}>
        <Button small icon="add" onClick={() => onSewing(NEW_SEAM)}>
          {texts.seams.add}
        </Button>
        {guessed.length > 0 && (
          <Button small icon="check" onClick={() => say({ seams: { put: guessed.map(told), drop: [] } })}>
            {texts.seams.confirmAll({ n: guessed.length })}
          </Button>
        )}
      </div>
      {pattern.seams.length === 0 ? (
        <Empty title={texts.seams.none} />
      ) : (
        <p role="status">
          {texts.seams.count({ confirmed: pattern.seams.length - guessed.length, of: pattern.seams.length })}
        </p>
      )}
      <ul className={css.seams}>
        {pattern.seams.map((seam) => {
          const { a, b } = sides(seam)
          const name = texts.seams.both({ a, b })
          const walked = walk(pattern, seam, pattern.base)
          return (
            <li key={seam.id} data-lit={lit?.what === name} onFocus={() => show(seam)}>
              <div className={versions.pieceHead}>
                <span className={versions.sideName} data-side="a">
                  {a}
                </span>
                <span className={versions.sideName} data-side="b">
                  {b}
                </span>
                <PlainTag>{seam.confirmed ? texts.seams.confirmed : texts.seams.guessed}</PlainTag>
                {walked && <Fits walk={walked} />}
              </div>
              <div className={css.acts}>
                {!seam.confirmed && (
                  <Button
                    small
                    icon="check"
                    aria-label={texts.seams.confirmOf({ seam: name })}
                    onClick={() => say({ seams: { put: [told(seam)], drop: [] } })}
                  >
                    {texts.seams.confirm}
                  </Button>
                )}
                <Button
                  small
                  look="quiet"
                  icon="eye"
                  aria-label={texts.seams.seeOf({ seam: name })}
                  onClick={() => show(seam)}
                >
                  {texts.seams.see}
                </Button>
                <Button
                  small
                  look="quiet"
                  icon="edit"
                  aria-label={texts.seams.changeOf({ seam: name })}
                  onClick={() => onSewing(sewingOf(seam))}
                >
                  {texts.seams.change}
                </Button>
                <Button
                  small
                  look="quiet"
                  icon="trash"
                  aria-label={texts.seams.removeOf({ seam: name })}
                  onClick={() => {
                    onLit(null)
                    say({ seams: { put: [], drop: [seam.id] } })
                  }}
                >
                  {texts.seams.remove}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}
