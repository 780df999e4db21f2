import { useState } from 'react'
import type { Mark } from '../../shared/domain/mark.ts'
import { ownSwatchOf } from '../../shared/pattern/operation.ts'
import type { RegisterRow } from '../../shared/protocol/api.ts'
import { useRegister } from '../app/data.ts'
import { dayText } from '../app/days.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './sheets.module.css'
import { useWatched } from './watch.ts'

const AT_ONCE = 50

/** What a swatch that was brought is called by the proposal or the answer that shows it; null once none does. */
const swatchName = (marks: Iterable<Mark>, id: RegisterRow['sheet']): string | null => {
  for (const { change, decision } of marks)
    for (const asked of [decision?.change, change]) {
      const swatch = asked && ownSwatchOf(asked)
      if (swatch?.own === id) return swatch.name
    }
  return null
}

const Row = ({ row }: { row: RegisterRow }) => {
  const words = useWords()
  const format = useFormats()
  const who = useWho()
  const { session } = useDesk()
  const { sheets, marks } = useWatched(session.records)
  const what =
    row.act === 'picture'
      ? null
      : row.act === 'swatch'
        ? swatchName(marks.values(), row.sheet)
        : (sheets.find(({ id }) => id === row.sheet)?.name ?? words.board.looked.wholeBoard)
  return (
    <li>
      <Icon name={row.act === 'original' || row.act === 'export' ? 'download' : 'eye'} />
      <span className={css.lookedWho}>
        <span>
          <strong>{who.name(row.person)}</strong>{' '}
          <span className={ui.hint}>{who.firm(row.firm)?.name ?? who.firmName(row.person)}</span>
        </span>
        <span>
          {words.board.looked.acts[row.act]}
          {what !== null && ` · ${what}`}
        </span>
      </span>
      <span className={css.lookedAt}>
        <time dateTime={new Date(row.at).toISOString()}>{format.time(row.at)}</time>
        <code>
          <span className="unseen">{words.board.looked.code} </span>
          {row.code}
        </code>
      </span>
    </li>
  )
}

/** The register of the board by days, newest first: all of it for the firm that owns it, for another what is about that one. */
export const LookedPanel = () => {
  const words = useWords()
  const format = useFormats()
  const { board, own } = useDesk()
  const register = useRegister(board.id, own)
  const [most, setMost] = useState(AT_ONCE)
  if (register.isPending) return <Waiting>{words.app.loading}</Waiting>
  if (!register.data) return <Problem problem={register.error} onRetry={() => void register.refetch()} />
  const rows = register.data.toSorted((a, b) => b.at - a.at)
  const days = Map.groupBy(rows.slice(0, most), ({ at }) => dayText(at))
  return (
    <div className={css.padded}>
      <p className={ui.hint}>{own ? words.board.looked.explain : words.board.looked.notOwner}</p>
      {rows.length === 0 && <p className={css.lone}>{words.board.looked.none}</p>}
      {[...days].map(([day, looks]) => (
        <section key={day}>
          <h2 className={css.day}>{format.date(looks[0]?.at ?? 0, serverNow())}</h2>
          <ol className={css.looked}>
            {looks.map((row) => (
              <Row key={`${row.code}${row.at}`} row={row} />
            ))}
          </ol>
        </section>
      ))}
      {rows.length > most && <Button onClick={() => setMost(most + AT_ONCE)}>{words.app.more}</Button>}
    </div>
  )
}
export default LookedPanel
