import * as Y from 'yjs'
import { holds, type Intent } from '../../shared/document/write.ts'

/** Why a draft is one: its window was closed before it could be sent. */
export const UNSENT = 'unsent'

/** Something done here that is not known to be on disk at the server. */
export interface Entry {
  readonly intent: Intent
  /** The client id it was written under. */
  readonly client: number
  /** That client's clock after the write; null for what only deletes, which raises no clock. */
  readonly clock: number | null
  /** Entries of one frame share it: the server takes or refuses them together. */
  readonly frame: number
}

/** Marks and replies that an intent is about. */
export const idsOf = (intent: Intent): readonly string[] => {
  switch (intent.do) {
    case 'add':
      return [intent.mark.id, ...intent.mark.replies.map((reply) => reply.id)]
    case 'reply':
    case 'unreply':
      return [intent.reply]
    default:
      return [intent.mark]
  }
}

/** Runs a write and tells what it did to the clock of the document's own client. */
export const written = (doc: Y.Doc, intent: Intent, frame: number, write: () => void): Entry => {
  const before = Y.getState(doc.store, doc.clientID)
  write()
  const after = Y.getState(doc.store, doc.clientID)
  return { intent, client: doc.clientID, clock: after > before ? after : null, frame }
}

const isOnDisk = (confirmed: Y.Doc, { intent, client, clock }: Entry): boolean => {
  if (clock !== null) return Y.getState(confirmed.store, client) >= clock
  // Taken away together with its mark is taken away.
  if (intent.do === 'unreply') return holds(confirmed, intent) || holds(confirmed, { do: 'delete', mark: intent.mark })
  return holds(confirmed, intent)
}

/**
 * What still waits, oldest first. The server takes frames in order, so what came before something that is on disk is there
 * too, even where a later act has painted over it.
 *
 * @param confirmed what the server alone has fed.
 */
export const stillWaiting = (outbox: readonly Entry[], confirmed: Y.Doc): readonly Entry[] => {
  for (let i = outbox.length - 1; i >= 0; i--)
    if (isOnDisk(confirmed, outbox[i] as Entry)) return i === outbox.length - 1 ? [] : outbox.slice(i + 1)
  return outbox
}

/**
 * The one that a refusal was about: the oldest that waits, if it travelled alone. Of several in one frame nobody knows, so
 * none is blamed and each goes again in a frame of its own.
 */
export const blamed = (outbox: readonly Entry[]): Entry | null => {
  const [first, second] = outbox
  return first && first.frame !== second?.frame ? first : null
}
