import { useState } from 'react'
import { DETAIL_CAPS, DETAIL_MM, type ToldSeam } from '../../shared/pattern/details.ts'
import { beyond, linked, type Side as SideName, withLinks } from '../../shared/pattern/links.ts'
import { type EdgeId, edgeOf, type Link, type Pattern, type Seam, type SeamId } from '../../shared/pattern/model.ts'
import { walk } from '../../shared/pattern/seams.ts'
import { Button } from '../design/Button.tsx'
import { Choices, FormActions, NumberField, toNumber, Wrong } from '../design/Fields.tsx'
import ui from '../design/ui.module.css'
import { useNumbers } from '../versions/numbers.ts'
import { SeamBars } from '../versions/SeamBars.tsx'
import { piecesOf, useSides } from '../versions/Seams.tsx'
import { useDetailWords } from '../words/details/words.ts'
import { useVersionWords } from '../words/versions/words.ts'
import css from './details.module.css'
import { EdgeChoice, useEdgeName } from './EdgeChoice.tsx'

/** A seam while it is being put together. */
export interface Sewing {
  readonly id: SeamId | null
  readonly a: readonly Link[]
  readonly b: readonly Link[]
  readonly ease: string
  /** Where the next edge goes. */
  readonly to: SideName
}
export const NEW_SEAM: Sewing = { id: null, a: [], b: [], ease: '0', to: 'a' }
export const sewingOf = ({ id, a, b, ease }: Seam): Sewing => ({
  id,
  a,
  b,
  ease: String(Math.round(ease * 10) / 10),
  to: 'a',
})

/** With one more edge at a side, or an edge's mirror image where it is there; as it was where there is no more of it or no room. */
const withMore = (pattern: Pattern, sewing: Sewing, edge: EdgeId, side: SideName): Sewing => {
  const next = linked(pattern, sewing, side, edge)
  return next === sewing[side] || next.length > DETAIL_CAPS.side ? sewing : { ...sewing, [side]: next, to: side }
}
/** What a tap means: one more edge at the side whose turn it is; an edge that is there already goes. */
export const withEdge = (pattern: Pattern, sewing: Sewing, edge: EdgeId): Sewing => {
  const had = sewing[sewing.to]
  const rest = had.filter((link) => link.edge !== edge)
  return rest.length < had.length ? { ...sewing, [sewing.to]: rest } : withMore(pattern, sewing, edge, sewing.to)
}
/** An edge walked the other way, its mirror image too. */
const withTurn = (sewing: Sewing, edge: EdgeId): Sewing =>
  withLinks(sewing, (link) => [link.edge === edge ? { edge, back: !link.back } : link])

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
  const [edge, choose] = useState<EdgeId | undefined>(sewing[side][0]?.edge ?? first)
  const all = [...sewing.a, ...sewing.b]
  /** A link is the mirror image of the one with the same edge before it. */
  const saidOf = (link: Link): string => {
    const name = nameOf(link.edge, true)
    return all.find((one) => one.edge === link.edge) === link ? name : texts.seams.mirror({ edge: name })
  }
  const wayOf = (link: Link): string => {
    const piece = edgeOf(pattern, link.edge)?.piece
    const [from, to] = [piece && beyond(piece, link, -1), piece && beyond(piece, link, 1)]
    return from && to ? texts.seams.way({ from: nameOf(from), to: nameOf(to) }) : ''
  }
  const to = texts.seams.side[side].toLocaleLowerCase()
  return (
    <fieldset className={css.side}>
      <legend>{texts.seams.side[side]}</legend>
      {sewing[side].length === 0 ? (
        <p className={ui.hint}>{texts.seams.empty}</p>
      ) : (
        <ol className={css.chain}>
          {sewing[side].map((link, i) => (
            <li key={`${link.edge}${link.back}`}>
              <span>
                {saidOf(link)} <span className={ui.hint}>{wayOf(link)}</span>
              </span>
              <Button small look="quiet" icon="turn" iconOnly onClick={() => onSewing(withTurn(sewing, link.edge))}>
                {texts.seams.turn({ edge: saidOf(link) })}
              </Button>
              <Button
                small
                look="quiet"
                icon="close"
                iconOnly
                onClick={() => onSewing({ ...sewing, [side]: sewing[side].toSpliced(i, 1) })}
              >
                {texts.seams.removeEdge({ edge: saidOf(link) })}
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
            disabled={withMore(pattern, sewing, edge, side) === sewing}
            onClick={() => onSewing(withMore(pattern, sewing, edge, side))}
          >
            {all.some((link) => link.edge === edge)
              ? texts.seams.addMirror({ side: to })
              : texts.seams.addEdge({ side: to })}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** Makes a seam, or another one of it: edges of both sides, which way each is walked, and the ease that is wanted. */
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
  const [tried, setTried] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const ease = toNumber(sewing.ease)
  const easeFits = Math.abs(ease) <= DETAIL_MM.ease
  const { id, a, b } = sewing
  const whole = a.length > 0 && b.length > 0
  const seam = { a, b, ease: easeFits ? ease : 0 }
  const walked = whole ? walk(pattern, { ...seam, id: 'trial' as SeamId, confirmed: true }, pattern.base) : null
  const sides = useSides(pattern)(seam)
  const pieces = piecesOf(pattern, seam)
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
      {whole && <p className={ui.hint}>{texts.seams.waysHint}</p>}
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
            pieces={pieces}
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
