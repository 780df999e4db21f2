import { useEffect, useState } from 'react'
import { fetchPicture } from '../canvas/picture.ts'
import { type OwnSwatches, openOwnSwatches } from '../proposals/own-swatches.ts'
import { api } from '../sync/api.ts'
import type { BoardSession } from '../sync/contract.ts'

/** The swatches that people brought to a board, for as long as it is on the screen. */
export const useOwnSwatches = (session: BoardSession): OwnSwatches => {
  const [swatches] = useState(() => openOwnSwatches(session, api, fetchPicture))
  useEffect(() => {
    swatches.watch()
    return swatches.stop
  }, [swatches])
  return swatches
}
