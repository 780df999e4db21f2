import { lengthOf } from '../../shared/domain/geometry.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { usePrefs } from '../app/prefs.ts'
import { useWho } from '../app/signed.ts'
import { useFormats } from '../words/format.ts'
import { refusalText } from '../words/refusal.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { type Mentionable, mentionables, toWritten } from './mentions.ts'

/** What a tape measures, in the reader's unit; empty for other marks. */
export const useMeasure = (): ((mark: Mark, sheet: Sheet | undefined) => string) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  return (mark, sheet) => {
    if (mark.shape.kind !== 'tape' || !sheet) return ''
    if (sheet.scale === 'assumed') return words.board.thread.noScale
    return format.length(lengthOf(mark.shape) * sheet.mmPerUnit, unit)
  }
}

/** People of the firms that can see the board, myself left out, to be mentioned. */
export const useMentionables = (): readonly Mentionable[] => {
  const { me, firmName } = useWho()
  const { board } = useDesk()
  return mentionables(
    me.people
      .filter(({ id, firm }) => firm !== null && board.audience.includes(firm) && id !== me.person.id)
      .map(({ id, name }) => ({ id, name, firm: firmName(id) })),
  )
}

/** A kept text as it is edited: names in place of ids. */
export const useWritten = (): ((text: string) => string) => {
  const who = useWho()
  const people = useMentionables()
  return (text) => toWritten(text, (id: PersonId) => people.find((one) => one.id === id)?.handle ?? who.name(id))
}

/** The sentence for a reason of the rules, of the schema or of the channel. */
export const useReason = (): ((code: string) => string) => {
  const words = useWords()
  const format = useFormats()
  return (code) => refusalText(words, format, code)
}

/** "Lo verán: …", said where one writes. */
export const useAudienceLine = (): string => {
  const words = useWords()
  const format = useFormats()
  const { firm } = useWho()
  const { board } = useDesk()
  const others = board.audience.filter((id) => id !== board.firm)
  return others.length === 0
    ? words.board.audience.composerOwn
    : words.board.audience.composerAll({ firms: format.list(board.audience.flatMap((id) => firm(id)?.name ?? [])) })
}
