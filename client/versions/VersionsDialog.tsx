import { useState } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { Dialog } from '../design/Dialog.tsx'
import { Choices } from '../design/Fields.tsx'
import { Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import { useDesk } from '../panels/desk.ts'
import { useVersionWords } from '../words/versions/words.ts'
import { useWords } from '../words/words.ts'
import { Compare } from './Compare.tsx'
import { useVersions } from './data.ts'
import { Exports } from './Exports.tsx'
import { Seams } from './Seams.tsx'
import { Timeline } from './Timeline.tsx'
import css from './versions.module.css'

export type Part = 'story' | 'compare' | 'walk' | 'export'

/** Everything that a pattern has become: its versions, what differs between two, its seams, and files of it. */
export const VersionsDialog = ({ sheet, part: first, onClose }: { sheet: Sheet; part: Part; onClose(): void }) => {
  const texts = useVersionWords()
  const words = useWords()
  const { own } = useDesk()
  const versions = useVersions(sheet)
  const [part, show] = useState<Part>(first)
  const [pair, setPair] = useState<readonly [before: number, after: number] | null>(null)
  const rows = versions.data
  const latest = rows?.[0]?.version ?? 1
  const [before, after] = pair ?? [rows?.[1]?.version ?? latest, latest]
  const parts: readonly Part[] = ['story', 'compare', 'walk', ...(own ? (['export'] as const) : [])]
  return (
    <Dialog wide title={texts.title({ name: sheet.name })} onClose={onClose}>
      <div className={css.dialog}>
        <Choices<Part>
          label={texts.parts}
          hideLabel
          value={part}
          options={parts.map((one): readonly [Part, string] => [one, texts.part[one]])}
          onValue={show}
        />
        <Problem problem={versions.error} onRetry={() => void versions.refetch()} />
        {!rows && !versions.error && <Waiting>{words.app.loading}</Waiting>}
        {rows && part === 'story' && (
          <Timeline
            sheet={sheet}
            rows={rows}
            onCompare={(a, b) => {
              setPair([a, b])
              show('compare')
            }}
            onClose={onClose}
          />
        )}
        {rows && part === 'compare' && (
          <Compare sheet={sheet} rows={rows} before={before} after={after} onChoose={(a, b) => setPair([a, b])} />
        )}
        {rows && part === 'walk' && <Seams sheet={sheet} version={latest} />}
        {rows && part === 'export' && own && <Exports key={latest} sheet={sheet} rows={rows} />}
      </div>
    </Dialog>
  )
}
export default VersionsDialog
