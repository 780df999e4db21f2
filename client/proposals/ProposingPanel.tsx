import { useMemo, useState } from 'react'
import { Empty } from '../design/Notice.tsx'
import { useDesk } from '../panels/desk.ts'
import { useWatched } from '../panels/watch.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import { AreaPanel } from './AreaPanel.tsx'
import { ProposalPanel } from './ProposalPanel.tsx'
import { keptBy } from './unfinished.ts'

/** Proposing, on the sheet in hand: the one of what was left unfinished, the one that was touched, or the first pattern. */
export const ProposingPanel = () => {
  const { looks } = useWorkshopWords()
  const { session, meant, setMeant, spot, setSpot, typed } = useDesk()
  const records = useWatched(session.records)
  const [chosen, choose] = useState<string | null>(null)
  const kept = useMemo(() => keptBy(typed), [typed])
  const sheets = useMemo(() => records.sheets.filter(({ away }) => !away), [records])
  const find = (id: string | null | undefined) => sheets.find((sheet) => sheet.id === id)
  const sheet =
    find(kept.read()?.sheet) ??
    find(spot?.sheet) ??
    find(meant?.sheet) ??
    find(chosen) ??
    sheets.find(({ kind }) => kind === 'pattern') ??
    sheets[0]
  const onSheet = (id: string): void => {
    setMeant(null)
    setSpot(null)
    choose(id)
  }
  // A tap goes at once to the panel; the sheet stays the one in hand.
  if (spot && chosen !== spot.sheet) choose(spot.sheet)
  if (!sheet) return <Empty title={looks.noSheet} />
  return sheet.kind === 'pattern' ? (
    <ProposalPanel chosen={sheet.id} sheets={sheets} onSheet={onSheet} />
  ) : (
    <AreaPanel key={sheet.id} sheet={sheet} sheets={sheets} onSheet={onSheet} />
  )
}
export default ProposingPanel
