import { useMemo } from 'react'
import { ownSwatchOf } from '../../shared/pattern/operation.ts'
import type { OwnSwatch, SwatchId } from '../../shared/pattern/swatches.ts'
import { useWho } from '../app/signed.ts'
import { useDesk } from '../panels/desk.ts'
import { useWatched } from '../panels/watch.ts'

/** Pictures of them are fetched, and each look at one is entered: as many as one looks through. */
const MOST = 5

/** What my firm's proposals on this board show already, as it was named last: nobody sends the same photo twice. The latest first. */
export const useEarlierSwatches = (): readonly OwnSwatch[] => {
  const { session } = useDesk()
  const { me, person } = useWho()
  const { marks } = useWatched(session.records)
  const { firm } = me.person
  return useMemo(() => {
    const own = [...marks.values()]
      .filter(({ author }) => firm !== null && person(author)?.firm === firm)
      .sort((a, b) => (b.edited ?? b.at ?? Infinity) - (a.edited ?? a.at ?? Infinity))
    const found = new Map<SwatchId, OwnSwatch>()
    for (const { change } of own) {
      const swatch = change && ownSwatchOf(change)
      if (swatch && !found.has(swatch.own) && session.mayName(swatch.own)) found.set(swatch.own, swatch)
    }
    return [...found.values()].slice(0, MOST)
  }, [marks, session, firm, person])
}
