import { useState } from 'react'
import { DETAIL_CAPS, DETAIL_MM, inWalkingOrder, type ToldSeam } from '../../shared/pattern/details.ts'
import type { EdgeId, Pattern, Seam, SeamId } from '../../shared/pattern/model.ts'
import { walk } from '../../shared/pattern/seams.ts'
import { Button } from '../design/Button.tsx'
import { Check, Choices, FormActions, NumberField, toNumber, Wrong } from '../design/Fields.tsx'
import ui from '../design/ui.module.css'
import { useNumbers } from '../versions/numbers.ts'
import { SeamBars } from '../versions/SeamBars.tsx'
import { useDetailWords } from '../words/details/words.ts'
import { useVersionWords } from '../words/versions/words.ts'
import css from './details.module.css'
import { EdgeChoice, useEdgeName } from './EdgeChoice.tsx'

export type SideName = 'a' | 'b'
/** A seam while it is being put together. */
export interface Sewing {
  readonly id: SeamId | null
  readonly a: readonly EdgeId[]
  readonly b: readonly EdgeId[]
  readonly reversed: boolean
  readonly ease: string
  /** Where the next edge goes. */
  readonly to: SideName
}
export const NEW_SEAM: Sewing = { id: null, a: [], b: [], reversed: true, ease: '0', to: 'a' }
export const sewingOf = ({ id, a, b, reversed, ease }: Seam): Sewing => ({
  id,
  a,
  b,
  reversed,
  ease: String(Math.round(ease * 10) / 10),
  to: 'a',
})

/** With one more edge at the side whose turn it is; an edge that is there already goes. */
export const withEdge = (pattern: Pattern, sewing: Sewing, edge: EdgeId, side = sewing.to): Sewing => {
  const had = sewing[side]
  const next = had.includes(edge) ? had.filter((id) => id !== edge) : [...had, edge].slice(0, DETAIL_CAPS.side)
  return { ...sewing, [side]: inWalkingOrder(pattern, next, side === 'b' && sewing.reversed) }
}

const Side = ({
  pattern,
  sewing,
  side,
  onSewing,
}: {
  pattern: Pattern
  sewing: Sewing
  side: SideName
  onSewing(next: Sewing): void
}) => {
  const texts = useDetailWords()
  const nameOf = useEdgeName(pattern)
  const first = pattern.pieces[side === 'a' ? 0 : Math.min(1, pattern.pieces.length - 1)]?.edges[0]?.id
  const [edge, choose] = useState<EdgeId | undefined>(sewing[side][0] ?? first)
  return (
    <fieldset className={css.side}>
      <legend>{texts.seams.side[side]}</legend>
      {sewing[side].length === 0 ? (
        <p className={ui.hint}>{texts.seams.empty}</p>
      ) : (
        <ol className={css.chain}>
          {sewing[side].map((id) => (
            <li key={id}>
              <span>{nameOf(id, true)}</span>
              <Button
                small
                look="quiet"
                icon="close"
                iconOnly
                onClick={() => onSewing(withEdge(pattern, sewing, id, side))}
              >
                {texts.seams.removeEdge({ edge: nameOf(id, true) })}
              </Button>
            </li>
          ))}
        </ol>
      )}
      {edge !== undefined && (
        <div className={css.choose}>
          <EdgeChoice pattern={pattern} edge={edge} onEdge={choose} />
          <Button
            icon="add"
            disabled={sewing[side].includes(edge)}
            onClick={() => onSewing({ ...withEdge(pattern, sewing, edge, side), to: side })}
          >
            {texts.seams.addEdge({ side: texts.seams.side[side].toLocaleLowerCase() })}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** Makes a seam, or another one of it: edges of both sides, how they are walked, and the ease that is wanted. */
export const SeamForm = ({
  pattern,
  sewing,
  onSewing,
  onSeam,
  onCancel,
}: {
  pattern: Pattern
  sewing: Sewing
  onSewing(next: Sewing): void
  /** @returns why not, in words; null where it was taken */
  onSeam(seam: ToldSeam): string | null
  onCancel(): void
}) => {
  const texts = useDetailWords()
  const versions = useVersionWords()
  const { mm, by } = useNumbers()
  const nameOf = useEdgeName(pattern)
  const [tried, setTried] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const ease = toNumber(sewing.ease)
  const easeFits = Math.abs(ease) <= DETAIL_MM.ease
  const { id, a, b, reversed } = sewing
  const whole = a.length > 0 && b.length > 0
  const seam = { a, b, reversed, ease: easeFits ? ease : 0 }
  const walked = whole ? walk(pattern, { ...seam, id: 'trial' as SeamId, confirmed: true }, pattern.base) : null
  const sides = { a: nameOf(a[0] ?? ('' as EdgeId), true), b: nameOf(b[0] ?? ('' as EdgeId), true) }
  const change = (next: Sewing): void => {
    setWrong(null)
    onSewing(next)
  }
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (whole && easeFits) setWrong(onSeam({ ...seam, ...(id === null ? {} : { id }) }))
      }}
    >
      <h3>{id === null ? texts.seams.addTitle : texts.seams.changeTitle}</h3>
      <Choices<SideName>
        small
        label={texts.seams.tapTo}
        value={sewing.to}
        options={[
          ['a', texts.seams.side.a],
          ['b', texts.seams.side.b],
        ]}
        onValue={(to) => change({ ...sewing, to })}
      />
      <Side pattern={pattern} sewing={sewing} side="a" onSewing={change} />
      <Side pattern={pattern} sewing={sewing} side="b" onSewing={change} />
      <Check
        checked={reversed}
        onValue={(on) => change({ ...sewing, reversed: on, b: inWalkingOrder(pattern, b, on) })}
      >
        {texts.seams.reversed}
      </Check>
      <NumberField
        label={texts.seams.ease}
        unit="mm"
        value={sewing.ease}
        wrong={easeFits ? null : texts.seams.easeWrong({ most: DETAIL_MM.ease })}
        onValue={(text) => change({ ...sewing, ease: text })}
      />
      {walked && (
        <div>
          <SeamBars
            walk={walked}
            label={versions.walk.picture({ ...sides, lengthA: mm(walked.lengthA), lengthB: mm(walked.lengthB) })}
          />
          <p className={ui.hint}>
            {versions.walk.difference}: {by(walked.difference)}
          </p>
        </div>
      )}
      {tried && !whole && <Wrong>{texts.seams.needBoth}</Wrong>}
      {wrong !== null && <Wrong>{wrong}</Wrong>}
      <FormActions act={texts.seams.do} onCancel={onCancel} />
    </form>
  )
}
