import { lazy, Suspense } from 'react'
import { part } from '../sync/part.ts'
import { useDesk } from './desk.ts'
import { HelpDialog } from './HelpDialog.tsx'
import { LayForm } from './LayForm.tsx'
import { AddMark, MoveMark } from './MarkForms.tsx'
import { ScaleForm } from './ScaleForm.tsx'
import { NameForm, PlaceForm } from './SheetForms.tsx'
import { useWatched } from './watch.ts'

const DetailsDialog = lazy(() => part(() => import('../details/DetailsDialog.tsx')))
const VersionsDialog = lazy(() => part(() => import('../versions/VersionsDialog.tsx')))

/** Whatever is asked of the page in a dialog. */
export const AskedDialog = () => {
  const { session, asking, ask } = useDesk()
  const { sheets, marks } = useWatched(session.records)
  const close = (): void => ask(null)
  const mark = asking && 'mark' in asking ? marks.get(asking.mark) : undefined
  const sheet = asking && 'sheet' in asking ? sheets.find(({ id }) => id === asking.sheet) : undefined
  return (
    <Suspense fallback={null}>
      {asking?.is === 'help' && <HelpDialog onClose={close} />}
      {asking?.is === 'add' && <AddMark from={asking.from} onClose={close} />}
      {asking?.is === 'lay' && <LayForm onClose={close} />}
      {asking?.is === 'move' && mark && <MoveMark mark={mark} onClose={close} />}
      {asking?.is === 'scale' && sheet && <ScaleForm sheet={sheet} line={asking.line} onClose={close} />}
      {asking?.is === 'place' && sheet && <PlaceForm sheet={sheet} onClose={close} />}
      {asking?.is === 'name' && sheet && <NameForm sheet={sheet} onClose={close} />}
      {asking?.is === 'details' && sheet && <DetailsDialog sheet={sheet} onClose={close} />}
      {asking?.is === 'versions' && sheet && <VersionsDialog sheet={sheet} part={asking.part} onClose={close} />}
    </Suspense>
  )
}
export default AskedDialog
