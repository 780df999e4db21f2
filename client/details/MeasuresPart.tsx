import { useState } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { Measure, Pattern } from '../../shared/pattern/model.ts'
import { measure } from '../../shared/pattern/seams.ts'
import type { VersionRow } from '../../shared/protocol/pattern.ts'
import { Button } from '../design/Button.tsx'
import { SelectField } from '../design/Fields.tsx'
import { Empty, Notice, Problem } from '../design/Notice.tsx'
import ui from '../design/ui.module.css'
import { useLines } from '../versions/data.ts'
import { useNumbers } from '../versions/numbers.ts'
import versions from '../versions/versions.module.css'
import { useDetailWords } from '../words/details/words.ts'
import { useVersionWords } from '../words/versions/words.ts'
import css from './details.module.css'
import type { Draft } from './draft.ts'
import { MeasureForm, type Measuring, newMeasure } from './MeasureForm.tsx'

/** By how much a measure differs from an earlier pattern, size by size; a size is known by its name. */
const differences = (one: Measure, now: Pattern, before: Pattern | null): (number | null)[] =>
  now.sizes.map((name, size) => {
    const [is, was] = [measure(now, one, size), before && measure(before, one, before.sizes.indexOf(name))]
    return is === null || was === null ? null : is - was
  })

const isOut = (by: number | null, tolerance: number): boolean => by !== null && Math.abs(by) > tolerance + 0.001

/** The measurement table: points of measure by size, and what changed by more than may be since an earlier version. */
export const MeasuresPart = ({
  draft,
  sheet,
  rows,
  measuring,
  onMeasuring,
  onLit,
}: {
  draft: Draft
  sheet: Sheet
  rows: readonly VersionRow[]
  measuring: Measuring | null
  onMeasuring(measuring: Measuring | null): void
  onLit(measure: Measure | null): void
}) => {
  const texts = useDetailWords()
  const story = useVersionWords().story
  const { mm, by } = useNumbers()
  const { pattern } = draft
  const [against, setAgainst] = useState<number | null>(null)
  const earlier = useLines(sheet.id, against)
  const before = against === null ? null : (earlier.data?.pattern ?? null)
  if (measuring)
    return (
      <MeasureForm
        pattern={pattern}
        measuring={measuring}
        onMeasuring={onMeasuring}
        onMeasure={(told) => {
          const code = draft.tell({ measures: { put: [told], drop: [] } })
          if (code !== null) return texts.refusals[code]
          onMeasuring(null)
          onLit(told)
          return null
        }}
        onCancel={() => onMeasuring(null)}
      />
    )
  const table = pattern.measures.map((one) => ({ one, off: differences(one, pattern, before) }))
  const out = table.filter(({ one, off }) => off.some((amount) => isOut(amount, one.tolerance))).length
  const others = rows.filter(({ version }) => version !== draft.base.version)
  return (
    <>
      <div className={css.choose}>
        <Button icon="add" onClick={() => onMeasuring(newMeasure(pattern))}>
          {texts.measures.add}
        </Button>
        {table.length > 0 && others.length > 0 && (
          <SelectField
            label={texts.measures.against}
            value={String(against ?? '')}
            options={[
              ['', texts.measures.nothing],
              ...others.map(({ version }): readonly [string, string] => [
                String(version),
                story.version({ n: version }),
              ]),
            ]}
            onValue={(version) => setAgainst(version === '' ? null : Number(version))}
          />
        )}
      </div>
      <Problem problem={earlier.error} onRetry={() => void earlier.refetch()} />
      {before && against !== null && (
        <div role="status">
          <Notice mood={out > 0 ? 'bad' : 'good'}>
            <p>
              {out > 0
                ? texts.measures.someOut({ n: out, version: against })
                : texts.measures.noneOut({ version: against })}
            </p>
          </Notice>
        </div>
      )}
      {table.length === 0 ? (
        <Empty title={texts.measures.none} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys too
        <section className={versions.tableHold} aria-label={texts.part.measures} tabIndex={0}>
          <table className={versions.table}>
            <thead>
              <tr>
                <th scope="col">{texts.measures.name}</th>
                <th scope="col">{texts.measures.tolerance}</th>
                {pattern.sizes.map((size, i) => (
                  <th key={size} scope="col">
                    {i === pattern.base ? texts.measures.base({ size }) : size}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {table.map(({ one, off }) => (
                <tr key={one.name} onFocus={() => onLit(one)}>
                  <th scope="row">{one.name}</th>
                  <td>± {mm(one.tolerance)}</td>
                  {pattern.sizes.map((size, i) => {
                    const amount = off[i] ?? null
                    const bad = isOut(amount, one.tolerance)
                    return (
                      <td key={size}>
                        {mm(measure(pattern, one, i))}
                        {amount !== null && Math.abs(amount) >= 0.05 && (
                          <div className={bad ? css.off : ui.hint}>
                            {by(amount)}
                            {bad && ` · ${texts.measures.out}`}
                          </div>
                        )}
                      </td>
                    )
                  })}
                  <td>
                    <Button
                      small
                      look="quiet"
                      icon="trash"
                      iconOnly
                      onClick={() => {
                        onLit(null)
                        draft.tell({ measures: { put: [], drop: [one.name] } })
                      }}
                    >
                      {texts.measures.removeOf({ name: one.name })}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
