import { partsOf } from '../app/mention-text.ts'
import { useWho } from '../app/signed.ts'
import css from './panels.module.css'

/** A kept text with its mentions as names. */
export const Written = ({ text }: { text: string }) => {
  const who = useWho()
  return (
    <p className={css.written}>
      {partsOf(text).map((part, i) =>
        'text' in part ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <span key={i} className={css.mention}>
            @{who.name(part.person)}
          </span>
        ),
      )}
    </p>
  )
}
