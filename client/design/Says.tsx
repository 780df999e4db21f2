import type { Says } from '../../shared/domain/mark.ts'
import { Icon } from '../brand/icons.tsx'
import { useWords } from '../words/words.ts'
import css from './ui.module.css'

/** The type of a contribution: colour, icon and word together. */
export const SaysTag = ({ says }: { says: Says }) => {
  const words = useWords()
  return (
    <span className={`${css.says} ${css[says]}`}>
      <Icon name={says} />
      {words.says[says]}
    </span>
  )
}

export const DoneTag = () => {
  const words = useWords()
  return (
    <span className={`${css.says} ${css.done}`}>
      <Icon name="resolve" />
      {words.board.list.resolvedTag}
    </span>
  )
}

export const PlainTag = ({ children }: { children: string }) => (
  <span className={`${css.says} ${css.plain}`}>{children}</span>
)
