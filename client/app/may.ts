import type { Action } from '../../shared/access/actions.ts'
import { type About, judge } from '../../shared/access/rules.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { serverNow, useWho } from './signed.ts'

/** May I, by the very rules that the server asks? What somebody may not do is not shown to them. */
export const useMay = (): ((action: Action, about?: Omit<About, 'actor' | 'now'>) => boolean) => {
  const { actor } = useWho()
  return (action, about = {}) => judge(action, { ...about, actor, now: serverNow() as Instant }).ok
}
