import type { BoardId } from '../../shared/domain/ids.ts'
import type { Actor } from '../../shared/domain/people.ts'
import { newCode, type Stamp } from '../media/stamp.ts'
import type { RegisterEntry, StoredSheet, StoredSwatch } from '../store/records-port.ts'
import type { Parts } from './parts.ts'

/** Two digits of the clock that the firm reads on its wall: the server's time zone. */
const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })

export type Enter = (
  actor: Actor,
  about: {
    readonly act: RegisterEntry['act']
    readonly board: BoardId
    /** What is looked at; null for a whole board. */
    readonly sheet: Pick<StoredSheet | StoredSwatch, 'id'> | null
  },
) => Stamp

/** Writes the row of a look into the register, before a byte of it leaves; what it returns is marked into what leaves. */
export const entering =
  (parts: Pick<Parts, 'now' | 'random' | 'records' | 'register'>): Enter =>
  (actor, { act, board, sheet }) => {
    const { records, register } = parts
    const at = parts.now()
    let code = newCode(parts.random(32))
    // 38 bits: after a million looks a second one of the same code is likely, and a code must name one look.
    while (register.knows(code)) code = newCode(parts.random(32))
    register.write({ at, person: actor.id, firm: actor.firm, act, board, sheet: sheet?.id ?? null, code })
    const firm = actor.firm === null ? '' : (records.firm(actor.firm)?.name ?? '')
    return { firm, person: actor.name, code, time: clock.format(at) }
  }
