import { SAYS } from '../../shared/domain/mark.ts'
import { Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useTotals } from './data.ts'
import css from './pages.module.css'

/** Counts for whoever holds no designs. A number that could give somebody away is not shown, and says so. */
export const Totals = () => {
  const words = useWords()
  const format = useFormats()
  const totals = useTotals()
  if (totals.isPending) return <Waiting>{words.app.loading}</Waiting>
  if (!totals.data) return <Problem problem={totals.error} onRetry={() => void totals.refetch()} />
  const { contributions, ...t } = totals.data
  const rows: readonly (readonly [string, number | null])[] = [
    [words.totals.firms, t.firms],
    [words.totals.people, t.people],
    [words.totals.circles, t.circles],
    [words.totals.boards, t.boards],
    [words.totals.opened, t.opened],
    ...SAYS.map((says) => [words.says[says], contributions?.[says] ?? null] as const),
    [words.totals.replies, t.replies],
    [words.totals.settled, t.settled],
  ]
  return (
    <dl className={css.totals}>
      {rows.map(([name, n]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={n === null ? css.quietly : undefined}>
            {n === null ? words.totals.hidden : format.number(n)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
