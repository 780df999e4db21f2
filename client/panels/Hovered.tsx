import type { MarkId } from '../../shared/domain/ids.ts'
import { useMentionText } from '../app/mention-text.ts'
import { useWho } from '../app/signed.ts'
import type { Watched } from '../sync/contract.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { TypeTag } from './TypeTag.tsx'
import { useWatched } from './watch.ts'

/** What the mark under the mouse says, unless its thread is open beside it. */
export const Hovered = ({ mark: watched }: { mark: Watched<MarkId | null> }) => {
  const words = useWords()
  const who = useWho()
  const plain = useMentionText()
  const { session, selected } = useDesk()
  const { marks } = useWatched(session.records)
  const id = useWatched(watched)
  const mark = id === null || id === selected ? undefined : marks.get(id)
  if (!mark) return null
  return (
    <div className={css.hover} aria-hidden="true">
      <TypeTag mark={mark} />
      <span>{plain(mark.words.text) || words.board.list.noText}</span>
      <small>{words.board.thread.by({ name: who.name(mark.author), firm: who.firmName(mark.author) })}</small>
    </div>
  )
}
