import { useMemo, useState } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { SEAM_TOLERANCE } from '../../shared/pattern/check.ts'
import { edgesOf, type Side, type Sides } from '../../shared/pattern/links.ts'
import { type EdgeId, edgeOf, type Link, type Pattern, type Seam } from '../../shared/pattern/model.ts'
import { type Walk, walk } from '../../shared/pattern/seams.ts'
import { Check, SelectField } from '../design/Fields.tsx'
import { Empty, Notice, Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import ui from '../design/ui.module.css'
import type { LoadedPattern } from '../patterns/store.ts'
import { edgeName } from '../proposals/starts.ts'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useVersionWords } from '../words/versions/words.ts'
import { useWords } from '../words/words.ts'
import { useLines } from './data.ts'
import { useNumbers } from './numbers.ts'
import { SeamBars } from './SeamBars.tsx'
import { isOff, walkIsOff } from './seam-drawing.ts'
import css from './versions.module.css'

/** The pieces that the two bars of a seam are made of, link by link. */
export const piecesOf = (pattern: Pattern, { a, b }: Sides): Record<Side, readonly string[]> => {
  const names = (chain: readonly Link[]) => chain.map(({ edge }) => edgeOf(pattern, edge)?.piece.name ?? '')
  return { a: names(a), b: names(b) }
}

/** What people call the two sides of a seam. */
export const useSides = (pattern: Pattern): ((seam: Sides) => { readonly a: string; readonly b: string }) => {
  const format = useFormats()
  const texts = useProposalWords()
  const side = (chain: readonly Link[]): string => {
    const edges = [...new Set(edgesOf(chain))]
    const pieceOf = (id: EdgeId): string => edgeOf(pattern, id)?.piece.name ?? ''
    const names = edges.map((id) => edgeName(pattern, id, texts.panel.nthEdge))
    const pieces = edges.map(pieceOf)
    if (new Set(pieces).size <= 1) return texts.panel.edgeOf({ edge: format.list(names), piece: pieces[0] ?? '' })
    return format.list(names.map((edge, i) => texts.panel.edgeOf({ edge, piece: pieces[i] ?? '' })))
  }
  return (seam) => ({ a: side(seam.a), b: side(seam.b) })
}

/** Whether a seam matches, in a word and not by colour alone. */
export const Fits = ({ walk }: { walk: Walk }) => {
  const texts = useVersionWords()
  const off = walkIsOff(walk)
  return (
    <span className={css.tag} data-is={off ? 'off' : 'fits'}>
      {off ? texts.walk.off : texts.walk.fits}
    </span>
  )
}

const One = ({ seam, walked, pattern }: { seam: Seam; walked: Walk; pattern: Pattern }) => {
  const texts = useVersionWords()
  const { mm, by } = useNumbers()
  const { a, b } = useSides(pattern)(seam)
  const { lengthA, lengthB, difference, notches } = walked
  const label = texts.walk.picture({ a, b, lengthA: mm(lengthA), lengthB: mm(lengthB) })
  return (
    <li className={css.seam}>
      <div className={css.pieceHead}>
        <h3>
          <span className={css.sideName} data-side="a">
            {a}
          </span>{' '}
          <span className={css.sideName} data-side="b">
            {b}
          </span>
        </h3>
        <Fits walk={walked} />
      </div>
      <SeamBars walk={walked} pieces={piecesOf(pattern, seam)} label={label} />
      <p>
        {Math.abs(difference) < 0.05
          ? texts.walk.equal
          : texts.walk.longer({ side: difference > 0 ? a : b, mm: mm(Math.abs(difference)) })}{' '}
        {Math.abs(seam.ease) >= 0.05 && texts.walk.ease({ mm: mm(Math.abs(seam.ease)) })}
      </p>
      {!seam.confirmed && <p className={ui.hint}>{texts.walk.guessed}</p>}
      <details>
        <summary>{texts.walk.numbers}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys too */}
        <section className={css.tableHold} aria-label={`${texts.walk.numbers}: ${a}, ${b}`} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{texts.walk.stop}</th>
                <th scope="col">{a}</th>
                <th scope="col">{b}</th>
                <th scope="col">{texts.walk.difference}</th>
              </tr>
            </thead>
            <tbody>
              {notches.map((stop, i) => {
                const isPair = stop.a !== null && stop.b !== null
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: stops have no names of their own, and come in walking order
                  <tr key={i} data-off={isPair && isOff(stop.difference)}>
                    <th scope="row">{texts.walk.notch({ n: i + 1 })}</th>
                    <td>{stop.sA === null ? texts.walk.alone : mm(stop.sA)}</td>
                    <td>{stop.sB === null ? texts.walk.alone : mm(stop.sB)}</td>
                    <td>
                      {isPair ? by(stop.difference) : '—'}
                      {isPair && isOff(stop.difference) && ` · ${texts.walk.off}`}
                    </td>
                  </tr>
                )
              })}
              <tr data-off={isOff(difference)}>
                <th scope="row">{texts.walk.end}</th>
                <td>{mm(lengthA)}</td>
                <td>{mm(lengthB)}</td>
                <td>
                  {by(difference)}
                  {isOff(difference) && ` · ${texts.walk.off}`}
                </td>
              </tr>
            </tbody>
          </table>
        </section>
      </details>
    </li>
  )
}

const Report = ({ lines }: { lines: LoadedPattern }) => {
  const texts = useVersionWords()
  const proposals = useProposalWords()
  const { mm } = useNumbers()
  const { pattern, exact } = lines
  const [size, setSize] = useState(pattern.base)
  const [onlyOff, setOnlyOff] = useState(false)
  const walks = useMemo(
    () =>
      pattern.seams.flatMap((seam) => {
        const walked = walk(pattern, seam, size)
        return walked ? [{ seam, walked }] : []
      }),
    [pattern, size],
  )
  if (walks.length === 0) return <Empty title={texts.walk.none} />
  const off = walks.filter(({ walked }) => walkIsOff(walked))
  const shown = onlyOff ? off : walks
  return (
    <>
      <p className={ui.hint}>{texts.walk.about}</p>
      <div className={css.choose}>
        {exact && pattern.sizes.length > 1 && (
          <SelectField
            label={texts.compare.size}
            value={String(size)}
            options={pattern.sizes.map((name, i) => [
              String(i),
              i === pattern.base ? proposals.panel.baseSize({ size: name }) : name,
            ])}
            onValue={(i) => setSize(Number(i))}
          />
        )}
        {off.length > 0 && (
          <Check checked={onlyOff} onValue={setOnlyOff}>
            {texts.walk.onlyOff}
          </Check>
        )}
      </div>
      <Notice mood={off.length > 0 ? 'bad' : 'good'}>
        <p>
          {off.length > 0
            ? texts.walk.someOff({ n: off.length, of: walks.length })
            : texts.walk.allFit({ n: walks.length })}{' '}
          {texts.walk.tolerance({ mm: mm(SEAM_TOLERANCE) })}
        </p>
      </Notice>
      <ul className={css.seams}>
        {shown.map(({ seam, walked }) => (
          <One key={seam.id} seam={seam} walked={walked} pattern={pattern} />
        ))}
      </ul>
    </>
  )
}

/** The walk report: every seam of a pattern with its two sides laid beside one another. */
export const Seams = ({ sheet, version }: { sheet: Sheet; version: number }) => {
  const words = useWords()
  const lines = useLines(sheet.id, version)
  if (lines.data) return <Report lines={lines.data} />
  return lines.error ? (
    <Problem problem={lines.error} onRetry={() => void lines.refetch()} />
  ) : (
    <Waiting>{words.app.loading}</Waiting>
  )
}
