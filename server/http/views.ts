import type { BoardId, PersonId, SheetId, ViewId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { Stamp } from '../media/stamp.ts'
import type { Picture } from '../store/records-port.ts'

/** One look at one sheet, or at one swatch: what its picture is stamped with, and for whom it is. */
export interface Look {
  readonly view: ViewId
  /** Id of the sign-in that made it: tiles go to no other. */
  readonly session: string
  readonly person: PersonId
  readonly board: BoardId
  readonly of: { readonly sheet: SheetId } | { readonly swatch: SwatchId }
  /** As it was when the look began: a new version's picture is another look. */
  readonly picture: Picture
  readonly stamp: Stamp
  readonly until: Instant
}

/** Looks under way. In memory alone: after a restart a page asks for a new look, and the register has a new row. */
export interface Views {
  add(look: Look): void
  find(view: string, session: string): Look | null
  endSessions(sessions: ReadonlySet<string>): void
  sweep(): void
}

/** A page asks again before this is over. */
export const VIEW_LIVES_MS = 30 * 60_000
/** Looks that one sign-in may have at once; the oldest go. A board has at most 200 sheets. */
const MOST = 400

export const openViews = (now: () => Instant): Views => {
  const bySession = new Map<string, Map<string, Look>>()
  return {
    add(look) {
      const own = bySession.get(look.session) ?? new Map<string, Look>()
      bySession.set(look.session, own)
      own.set(look.view, look)
      if (own.size > MOST) own.delete(own.keys().next().value as string)
    },
    find(view, session) {
      const look = bySession.get(session)?.get(view)
      return look && now() < look.until ? look : null
    },
    endSessions(sessions) {
      for (const session of sessions) bySession.delete(session)
    },
    sweep() {
      const at = now()
      for (const [session, own] of bySession) {
        for (const [view, look] of own) if (at >= look.until) own.delete(view)
        if (own.size === 0) bySession.delete(session)
      }
    },
  }
}
