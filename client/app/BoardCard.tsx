import { Link } from '@tanstack/react-router'
import { isOpenAt } from '../../shared/domain/board.ts'
import { SAYS } from '../../shared/domain/mark.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { BoardCard as Card } from '../../shared/protocol/api.ts'
import { Icon } from '../brand/icons.tsx'
import { PlainTag } from '../design/Says.tsx'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import css from './pages.module.css'
import { serverNow, useWho } from './signed.ts'

/** Widths that the server draws; a small screen does not pay for a large picture. */
const withWidth = (picture: string, width: 480 | 800): string => picture.replace(/([?&]w=)\d+/, `$1${width}`)

/** A board as a picture that carries this viewer's mark, with what happened on it and who can see it. */
export const BoardCard = ({ board }: { board: Card }) => {
  const words = useWords()
  const format = useFormats()
  const who = useWho()
  const { me, firm, circle } = who
  const now = serverNow() as Instant
  const own = board.firm === me.person.firm
  const open = board.openings.filter((opening) => isOpenAt(opening, now))
  const others = board.audience.filter((id) => id !== board.firm)
  const names = board.audience.flatMap((id) => firm(id)?.name ?? [])
  return (
    <Link to="/mesas/$id" params={{ id: board.id }} className={css.card}>
      <div className={css.picture}>
        {board.picture ? (
          <img
            src={withWidth(board.picture, 480)}
            srcSet={`${withWidth(board.picture, 480)} 480w, ${withWidth(board.picture, 800)} 800w`}
            sizes="(max-width: 600px) 78vw, 18rem"
            alt={words.collections.pictureOf({ title: board.title })}
            loading="lazy"
            decoding="async"
          />
        ) : (
          <span className={css.noPicture}>{words.collections.noPicture}</span>
        )}
        {board.unseen > 0 && <span className={css.news}>{words.collections.unseen({ n: board.unseen })}</span>}
      </div>
      <div className={css.cardBody}>
        <div>
          <h3>{board.title}</h3>
          <p className={css.cardStyle}>
            {[board.style, own ? null : words.collections.by({ firm: firm(board.firm)?.name ?? '—' })]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <div className={css.counts}>
          {SAYS.filter((says) => board.counts[says] > 0).map((says) => (
            <span key={says} className={`${ui.says} ${ui[says]}`}>
              <Icon name={says} />
              {format.number(board.counts[says])}
              <span className="unseen">{words.says[says]}</span>
            </span>
          ))}
          {board.counts.open > 0 && <PlainTag>{words.collections.openThreads({ n: board.counts.open })}</PlainTag>}
        </div>
        <div className={css.cardFoot}>
          <span>
            <Icon name={others.length > 0 || open.length > 0 ? 'eye' : 'lock'} />
            {others.length > 0 ? words.collections.audience({ firms: format.list(names) }) : words.collections.onlyYou}
          </span>
          {open.map((opening) => (
            <span key={opening.circle}>
              <Icon name="clock" />
              {words.collections.openState({
                circle: circle(opening.circle)?.name ?? '—',
                when: format.moment(opening.until),
              })}
            </span>
          ))}
          {board.lastAct !== null && (
            <span>{words.collections.lastAct({ when: format.since(board.lastAct, now) })}</span>
          )}
        </div>
      </div>
    </Link>
  )
}

/** Boards in a row, each as its picture. */
export const BoardStrip = ({ boards }: { boards: readonly Card[] }) => (
  <ul className={css.strip}>
    {boards.map((board) => (
      <li key={board.id}>
        <BoardCard board={board} />
      </li>
    ))}
  </ul>
)
