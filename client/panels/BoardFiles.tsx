import { useEffect } from 'react'
import { useWho } from '../app/signed.ts'
import { DropAnywhere } from './DropAnywhere.tsx'
import { useDesk } from './desk.ts'
import { isDone, useUploads } from './uploads.ts'

/** What files do on a board's page beside the list of them. */
export const BoardFiles = () => {
  const { board, own, handle, openTab } = useDesk()
  const { me } = useWho()
  const person = me.person.id
  const asked = useUploads((s) => s.asked)

  // A page that was loaded again finds its files where they are.
  useEffect(() => {
    if (own) void useUploads.getState().resume(board.id, person)
  }, [own, board.id, person])

  // What I have just put on the table is worth seeing.
  useEffect(
    () =>
      useUploads.subscribe((now, before) => {
        const ran = new Set(before.list.filter((one) => !isDone(one)).map(({ key }) => key))
        if (now.list.some((one) => one.board === board.id && isDone(one) && ran.has(one.key))) handle?.fit()
      }),
    [handle, board.id],
  )

  useEffect(() => {
    if (asked !== board.id) return
    openTab('sheets')
    useUploads.getState().show(null)
  }, [asked, board.id, openTab])

  return <DropAnywhere />
}
