import { useWho } from '../app/signed.ts'
import { useDesk } from '../panels/desk.ts'
import { isRunning, type Upload, useSwatchUploads } from '../panels/uploads.ts'

/** My photo for a look on this board that was brought last, and whether it is still on its way: nothing is sent without it then. */
export const useBringing = (): { readonly upload: Upload | null; readonly isOnItsWay: boolean } => {
  const { board } = useDesk()
  const { me } = useWho()
  const list = useSwatchUploads((s) => s.list)
  const upload = list.findLast((one) => one.board === board.id && one.person === me.person.id) ?? null
  return { upload, isOnItsWay: upload !== null && isRunning(upload) }
}
