import type { PieceDifference } from '../../shared/pattern/compare.ts'
import { Button } from '../design/Button.tsx'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useVersionWords } from '../words/versions/words.ts'
import { useNumbers } from './numbers.ts'
import css from './versions.module.css'

const One = ({ of, only, onSee }: { of: PieceDifference; only: boolean; onSee(): void }) => {
  const texts = useVersionWords()
  const proposals = useProposalWords()
  const format = useFormats()
  const { mm, by, cm2, byCm2 } = useNumbers()
  const edges = only ? of.edges.filter(({ is }) => is !== 'same') : of.edges
  const { areaBefore, areaAfter } = of
  const others = of.others.filter((what) => what !== 'allowance').map((what) => texts.compare.others[what])
  return (
    <section className={css.piece} aria-label={of.name}>
      <div className={css.pieceHead}>
        <h4>{of.name}</h4>
        <span className={css.tag} data-is={of.is}>
          {texts.compare.presence[of.is]}
        </span>
        <Button
          small
          look="quiet"
          icon="fit"
          iconOnly
          aria-label={texts.compare.see({ piece: of.name })}
          title={texts.compare.see({ piece: of.name })}
          onClick={onSee}
        >
          {texts.compare.see({ piece: of.name })}
        </Button>
      </div>
      {of.is === 'changed' && areaBefore !== null && areaAfter !== null && (
        <p>
          {texts.compare.area({
            before: cm2(areaBefore),
            after: cm2(areaAfter),
            difference: byCm2(areaAfter - areaBefore),
          })}{' '}
          {texts.compare.furthest({ mm: mm(of.apart) })}
        </p>
      )}
      {others.length > 0 && <p>{texts.compare.also({ what: format.list(others) })}</p>}
      {edges.length > 0 && (of.is !== 'same' || !only) && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys too
        <section className={css.tableHold} aria-label={`${texts.compare.numbers}: ${of.name}`} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{texts.compare.edge}</th>
                <th scope="col">{texts.compare.longBefore}</th>
                <th scope="col">{texts.compare.longAfter}</th>
                <th scope="col">{texts.compare.difference}</th>
                <th scope="col">{texts.compare.apart}</th>
              </tr>
            </thead>
            <tbody>
              {edges.map(({ edge, name, index, is, before, after, apart, allowance }) => (
                <tr key={edge} data-is={is}>
                  <th scope="row">
                    {name || proposals.panel.nthEdge({ n: index + 1 })}
                    {is !== 'changed' && is !== 'same' && ` · ${texts.compare.presence[is]}`}
                    {allowance && (
                      <span className={ui.hint}>
                        {' '}
                        {texts.compare.allowance({
                          before: allowance.before === null ? texts.compare.unknown : mm(allowance.before),
                          after: allowance.after === null ? texts.compare.unknown : mm(allowance.after),
                        })}
                      </span>
                    )}
                  </th>
                  <td>{mm(before)}</td>
                  <td>{mm(after)}</td>
                  <td>{before !== null && after !== null ? by(after - before) : '—'}</td>
                  <td>{before !== null && after !== null ? mm(apart) : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}

/** Two versions in numbers, piece by piece and edge by edge. */
export const Differences = ({
  all,
  only,
  onSee,
}: {
  all: readonly PieceDifference[]
  only: boolean
  onSee(piece: PieceDifference): void
}) => {
  const texts = useVersionWords()
  const shown = only ? all.filter(({ is }) => is !== 'same') : all
  return (
    <div className={css.differences}>
      <h3>{texts.compare.numbers}</h3>
      {all.every(({ is }) => is === 'same') && <p>{texts.compare.equal}</p>}
      {shown.map((piece) => (
        <One key={piece.piece} of={piece} only={only} onSee={() => onSee(piece)} />
      ))}
    </div>
  )
}
