import { useState } from 'react'
import type { Mark } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { VersionRow } from '../../shared/protocol/pattern.ts'
import { Confirm } from '../app/Confirm.tsx'
import { serverNow, useWho } from '../app/signed.ts'
import { Button } from '../design/Button.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useDesk } from '../panels/desk.ts'
import { useWatched } from '../panels/watch.ts'
import { api } from '../sync/api.ts'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useVersionWords } from '../words/versions/words.ts'
import css from './versions.module.css'

/** Whose idea it was comes before who said yes: credit is the pay of a trainee. */
const Credit = ({ row }: { row: VersionRow }) => {
  const texts = useVersionWords()
  const who = useWho()
  const { why, by } = row
  const named = (id: VersionRow['by']) => ({ name: who.name(id), firm: who.firmName(id) })
  const own = {
    import: texts.story.importedBy,
    restore: texts.story.restoredBy,
    proposal: texts.story.acceptedBy,
    details: texts.story.toldBy,
  }
  return (
    <p className={css.credit}>
      {why.is === 'proposal' && <strong>{texts.story.proposedBy(named(why.author))}</strong>}
      <span>{own[why.is](named(by))}</span>
    </p>
  )
}

const What = ({ row, mark }: { row: VersionRow; mark: Mark | undefined }) => {
  const texts = useVersionWords()
  const proposals = useProposalWords()
  const format = useFormats()
  const { why } = row
  if (why.is === 'import') return <p>{texts.story.imported({ file: why.file })}</p>
  if (why.is === 'restore') return <p>{texts.story.restored({ n: why.version })}</p>
  if (why.is === 'details')
    return <p>{texts.story.told({ what: format.list(why.what.map((kind) => texts.story.details[kind])) })}</p>
  const change = mark?.decision?.change ?? mark?.change
  return (
    <>
      <p>{change ? <strong>{proposals.operations[change.op].name}</strong> : texts.story.changed}</p>
      {mark?.decision?.is === 'part' && <p className={ui.hint}>{texts.story.inPart}</p>}
      {mark && mark.words.text !== '' && <blockquote className={css.said}>{mark.words.text}</blockquote>}
      {mark?.decision?.reason && (
        <p className={ui.hint}>
          {texts.story.reason}: {mark.decision.reason}
        </p>
      )}
    </>
  )
}

/** What became of a pattern: who changed what, why and when, newest first. Its owner goes back here. */
export const Timeline = ({
  sheet,
  rows,
  onCompare,
  onClose,
}: {
  sheet: Sheet
  rows: readonly VersionRow[]
  onCompare(before: number, after: number): void
  onClose(): void
}) => {
  const texts = useVersionWords()
  const format = useFormats()
  const { session, own, goTo, openTab } = useDesk()
  const { marks } = useWatched(session.records)
  const [back, goBack] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const latest = rows[0]?.version ?? 1
  const now = serverNow()

  const restore = async (version: number): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const made = await api<VersionRow>('POST', `/api/sheets/${sheet.id}/versions`, { restore: version })
      toast(texts.story.restoreDone({ n: version, next: made.version }))
      goBack(null)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p className={ui.hint}>{texts.story.about}</p>
      <ol className={css.story} reversed start={rows.length}>
        {rows.map((row) => {
          const { version, why, at } = row
          const mark = why.is === 'proposal' ? marks.get(why.mark) : undefined
          const earlier = rows.find((one) => one.version < version)
          return (
            <li key={version} className={css.step}>
              <h3>
                {texts.story.version({ n: version })}
                {version === latest && <span className={css.now}>{texts.story.now}</span>}
              </h3>
              <time dateTime={new Date(at).toISOString()} className={ui.hint}>
                {format.moment(at, now)}
              </time>
              <What row={row} mark={mark} />
              <Credit row={row} />
              <div className={css.acts}>
                {mark && (
                  <Button
                    small
                    look="quiet"
                    icon="thread"
                    onClick={() => {
                      onClose()
                      goTo(mark.id)
                      openTab('thread')
                    }}
                  >
                    {texts.story.show}
                  </Button>
                )}
                {earlier && (
                  <Button small look="quiet" icon="layers" onClick={() => onCompare(earlier.version, version)}>
                    {texts.story.compare}
                  </Button>
                )}
                {own && version !== latest && (
                  <Button small look="quiet" icon="undo" onClick={() => goBack(version)}>
                    {texts.story.restore}
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ol>
      {back !== null && (
        <Confirm
          title={texts.story.restoreTitle({ n: back })}
          means={texts.story.restoreMeans({ n: back, next: latest + 1 })}
          act={texts.story.restoreDo({ next: latest + 1 })}
          busy={busy}
          problem={problem}
          onDo={() => void restore(back)}
          onClose={() => {
            goBack(null)
            setProblem(null)
          }}
        />
      )}
    </>
  )
}
