import { useState } from 'react'
import type { Verdict } from '../../shared/access/rules.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import type { Refused } from '../sync/contract.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { type Mentionable, toKept } from './mentions.ts'
import { useMentionables, useReason } from './useBoardWords.ts'

/** A text on its way from somebody's fingers to the board. */
export interface Sending {
  readonly text: string
  /** Why it was not sent, as a sentence. */
  readonly wrong: string | null
  readonly people: readonly Mentionable[]
  write(text: string): void
  send(): void
  /** What was typed is not wanted any more. */
  forget(): void
}

/**
 * Keeps what is typed under a key of the desk until it is sent, so that it outlives a change of tab, mark or language, and leaving the page.
 *
 * @param initial what stands there when nothing was typed yet, with names in place of ids.
 * @param act     does it with the kept form of the text, which is trimmed, not empty and within the cap.
 * @param onSent  called once it was done.
 */
export const useSending = (
  key: string,
  initial: string,
  act: (text: string) => Verdict | Refused,
  onSent?: () => void,
): Sending => {
  const words = useWords()
  const { typed } = useDesk()
  const people = useMentionables()
  const reason = useReason()
  const [text, setText] = useState(typed.get(key) ?? initial)
  const [wrong, setWrong] = useState<string | null>(null)
  const forget = (): void => {
    typed.delete(key)
  }
  return {
    text,
    wrong,
    people,
    forget,
    write(next) {
      if (next === initial) typed.delete(key)
      else typed.set(key, next)
      setText(next)
      setWrong(null)
    },
    send() {
      const kept = toKept(text, people).trim()
      if (kept === '') {
        setWrong(words.board.composer.empty)
        return
      }
      // The box says how much is too much.
      if (kept.length > CAPS.text) return
      const verdict = act(kept)
      if (!verdict.ok) {
        setWrong(reason(verdict.reason))
        return
      }
      forget()
      setText('')
      onSent?.()
    },
  }
}
