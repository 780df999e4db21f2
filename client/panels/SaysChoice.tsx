import { SAYS, type Says } from '../../shared/domain/mark.ts'
import { Icon } from '../brand/icons.tsx'
import { Choices } from '../design/Fields.tsx'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import css from './panels.module.css'

/** Noto, pregunto, sugiero: what a contribution is, picked by its author, and what that means. */
export const SaysChoice = ({ value, onValue }: { value: Says; onValue(says: Says): void }) => {
  const words = useWords()
  return (
    <div className={css.saysChoice}>
      <Choices
        label={words.board.composer.type}
        value={value}
        options={SAYS.map(
          (says) =>
            [
              says,
              <span key={says} className={css.saysOption} data-says={says}>
                <Icon name={says} />
                {words.says[says]}
              </span>,
            ] as const,
        )}
        onValue={onValue}
      />
      <p className={ui.hint}>{words.saysHelp[value]}</p>
    </div>
  )
}
