import { useEffect, useState } from 'react'
import { openPatterns, type Patterns } from '../patterns/store.ts'
import { api } from '../sync/api.ts'
import type { BoardSession } from '../sync/contract.ts'

/** The patterns of a board for as long as it is on the screen. */
export const usePatterns = (session: BoardSession): Patterns => {
  const [patterns] = useState(() => openPatterns(session, api))
  useEffect(() => {
    patterns.watch()
    return patterns.stop
  }, [patterns])
  return patterns
}
