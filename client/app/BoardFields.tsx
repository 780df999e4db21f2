import { TextField } from '../design/Fields.tsx'
import { useWords } from '../words/words.ts'

/** Title and style of a board, as it is made and as it is renamed. */
export const BoardFields = ({
  title,
  onTitle,
  style,
  onStyle,
  tried,
  hint,
}: {
  title: string
  onTitle(title: string): void
  style: string
  onStyle(style: string): void
  /** It was sent once: what is missing is said. */
  tried: boolean
  hint?: string
}) => {
  const words = useWords()
  return (
    <>
      <TextField
        label={words.collections.boardTitle}
        hint={hint}
        value={title}
        maxLength={80}
        onValue={onTitle}
        wrong={tried && title.trim() === '' ? words.door.needed : null}
      />
      <TextField
        label={words.collections.style}
        hint={words.collections.styleHint}
        optional
        value={style}
        maxLength={80}
        onValue={onStyle}
      />
    </>
  )
}
