import { Link } from '@tanstack/react-router'
import type { MarkId } from '../../shared/domain/ids.ts'
import { partsOf } from '../app/mention-text.ts'
import { useWho } from '../app/signed.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'

/** The way to a mark that lies on the same table. */
const Here = ({ mark }: { mark: MarkId }) => {
  const words = useWords()
  const { goTo, openTab } = useDesk()
  return (
    <button
      type="button"
      className={css.linked}
      onClick={() => {
        goTo(mark)
        openTab('thread')
      }}
    >
      {words.board.thread.linked}
    </button>
  )
}

/** A kept text with its mentions as names, and its links to marks as ways there. */
export const Written = ({ text }: { text: string }) => {
  const words = useWords()
  const who = useWho()
  const { board } = useDesk()
  return (
    <p className={css.written}>
      {partsOf(text, location.origin).map((part, i) =>
        'text' in part ? (
          part.text
        ) : 'person' in part ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <span key={i} className={css.mention}>
            @{who.name(part.person)}
          </span>
        ) : part.board === board.id ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <Here key={i} mark={part.mark} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <Link key={i} to="/mesas/$id" params={{ id: part.board }} search={{ marca: part.mark }}>
            {words.board.thread.linkedAway}
          </Link>
        ),
      )}
    </p>
  )
}
