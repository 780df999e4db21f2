import type { Board } from '../../shared/domain/board.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { Refused } from '../refused.ts'
import { type Ask, authorise } from './ask.ts'
import type { Parts } from './parts.ts'

/** What every route has in common that hands out a picture made for one viewer. */
export const looking = ({ records, sessions, now }: Pick<Parts, 'records' | 'sessions' | 'now'>) => ({
  /**
   * Drawing takes its time; access may have ended meanwhile.
   *
   * @throws {Refused} `not-found`.
   */
  stillMayLook(ask: Ask, target: { readonly board: Board | null }): void {
    const actor = records.actor(ask.actor.id)
    const alive = sessions.of(ask.actor.id).some((s) => s.id === ask.session.id)
    if (!actor || !alive || !target.board) throw new Refused('not-found')
    authorise(['sheet.view'], { actor, now: now() as Instant }, { board: target.board })
  },
  /** Sends it as what nobody on the way may keep. */
  picture(ask: Ask, bytes: Buffer, type: string): unknown {
    ask.reply
      .header('content-type', type)
      .header('cache-control', 'no-store, private')
      .header('content-security-policy', "default-src 'none'; sandbox")
    return ask.reply.send(bytes)
  },
})
