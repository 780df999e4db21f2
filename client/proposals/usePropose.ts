import { settled } from '../../shared/document/shape.ts'
import type { Point } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { levelOf, type Operation } from '../../shared/pattern/operation.ts'
import { useDesk } from '../panels/desk.ts'
import { useReason } from '../panels/useBoardWords.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import { useBringing } from './useBringing.ts'

/** A proposal as it is sent. */
interface Proposed {
  readonly sheet: Sheet
  /** Where it is about, in sheet units. */
  readonly at: Point
  readonly change: Operation
  readonly version: number
  readonly text: string
}

/**
 * Sends a proposal: it is in hand then, with its thread.
 *
 * @param onSent puts away what it was composed with.
 * @returns why not, in words; null where it was sent.
 */
export const usePropose = (): ((proposed: Proposed, onSent: () => void) => string | null) => {
  const reason = useReason()
  const { session, take, select, openTab } = useDesk()
  const { looks } = useWorkshopWords()
  const { isOnItsWay } = useBringing()
  return ({ sheet, at, change, version, text }, onSent) => {
    if (isOnItsWay && levelOf(change) === 'diseno') return looks.stillSending
    const id = session.newMarkId()
    const verdict = session.act({
      do: 'add',
      mark: {
        id,
        sheet: sheet.id,
        shape: settled({ kind: 'proposal', at }),
        words: { says: 'sugiero', text },
        proposal: { change, version },
        done: false,
        replies: [],
      },
    })
    if (!verdict.ok) return reason(verdict.reason)
    onSent()
    take('select')
    select(id)
    openTab('thread')
    return null
  }
}
