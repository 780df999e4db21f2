import { useState } from 'react'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Mark, Says } from '../../shared/domain/mark.ts'
import { Button } from '../design/Button.tsx'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { AudienceLine } from './AudienceLine.tsx'
import { useDesk } from './desk.ts'
import { MentionBox } from './MentionBox.tsx'
import { SaysChoice } from './SaysChoice.tsx'
import { useSending } from './sending.ts'
import { stepBack } from './step-back.ts'
import { useWritten } from './useBoardWords.ts'

/** Where the words of a mark are kept while they are typed. */
export const wordsPlace = (mark: MarkId): string => `words/${mark}`

/** Writes or rewrites what a mark says. */
export const WordsForm = ({ mark, fresh, onDone }: { mark: Mark; fresh: boolean; onDone(): void }) => {
  const words = useWords()
  const { session, setSays } = useDesk()
  const written = useWritten()
  const [says, chooseSays] = useState<Says>(mark.words.says)
  const { text, wrong, people, write, send, forget } = useSending(
    wordsPlace(mark.id),
    written(mark.words.text),
    (kept) => session.act({ do: 'say', mark: mark.id, words: { says, text: kept } }),
    onDone,
  )
  return (
    <form
      className={ui.form}
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <SaysChoice
        value={says}
        onValue={(next) => {
          chooseSays(next)
          setSays(next)
        }}
      />
      <MentionBox
        label={words.board.composer.write}
        hint={words.board.composer.writeHint}
        value={text}
        onValue={write}
        onSend={send}
        people={people}
        wrong={wrong}
        autoFocus
      />
      <AudienceLine />
      <p className={ui.hint}>{words.board.composer.legal}</p>
      <div className={ui.actions}>
        <Button
          look="quiet"
          onClick={(e) => {
            forget()
            if (fresh && session.act({ do: 'delete', mark: mark.id }).ok) stepBack(e.currentTarget)
            onDone()
          }}
        >
          {fresh ? words.board.composer.discardMark : words.app.cancel}
        </Button>
        <Button look="primary" type="submit">
          {fresh ? words.board.composer.save : words.board.composer.saveEdit}
        </Button>
      </div>
    </form>
  )
}
