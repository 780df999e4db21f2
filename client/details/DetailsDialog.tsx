import { useState } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { type EdgeId, edgeOf, type Measure, type PieceId } from '../../shared/pattern/model.ts'
import type { VersionRow } from '../../shared/protocol/pattern.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { Choices } from '../design/Fields.tsx'
import { Notice, Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import type { LoadedPattern } from '../patterns/store.ts'
import { api } from '../sync/api.ts'
import { useLines, useVersions } from '../versions/data.ts'
import { useDetailWords } from '../words/details/words.ts'
import { useWords } from '../words/words.ts'
import css from './details.module.css'
import { useDraft } from './draft.ts'
import { useEdgeName } from './EdgeChoice.tsx'
import { EdgePicture, type Lit, seamLit } from './EdgePicture.tsx'
import { EdgesPart } from './EdgesPart.tsx'
import { type Measuring, withEnd } from './MeasureForm.tsx'
import { MeasuresPart } from './MeasuresPart.tsx'
import { type Sewing, withEdge } from './SeamForm.tsx'
import { SeamsPart } from './SeamsPart.tsx'

type Part = 'seams' | 'edges' | 'measures'
const PARTS: readonly Part[] = ['seams', 'edges', 'measures']

const Bench = ({ sheet, lines, rows }: { sheet: Sheet; lines: LoadedPattern; rows: readonly VersionRow[] }) => {
  const texts = useDetailWords()
  const draft = useDraft(lines)
  const { pattern } = draft
  const nameOf = useEdgeName(pattern)
  const [part, show] = useState<Part>('seams')
  const [lit, setLit] = useState<Lit | null>(null)
  const [sewing, setSewing] = useState<Sewing | null>(null)
  const [measuring, setMeasuring] = useState<Measuring | null>(null)
  const [piece, setPiece] = useState<PieceId | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)

  const litMeasure = (one: Pick<Measure, 'from' | 'to'> & { readonly name: string }): Lit => ({
    a: [one.from.edge],
    b: one.to.edge === one.from.edge ? [] : [one.to.edge],
    what: one.name,
  })
  const edgeLit = (edge: EdgeId): void => setLit({ a: [edge], b: [], what: nameOf(edge, true) })
  const shown =
    part === 'seams' && sewing
      ? { ...seamLit(sewing), what: texts.part.seams }
      : part === 'measures' && measuring
        ? litMeasure({ ...measuring, from: { ...measuring.from, t: 0 }, to: { ...measuring.to, t: 0 } })
        : lit
  const onTap = (edge: EdgeId, t: number): void => {
    const of = edgeOf(pattern, edge)?.piece.id
    if (part === 'seams' && sewing) setSewing(withEdge(pattern, sewing, edge))
    else if (part === 'measures' && measuring) setMeasuring(withEnd(measuring, edge, t))
    else if (part === 'edges' && of) {
      setPiece(of)
      edgeLit(edge)
      // The field of another piece is there once it is drawn.
      setTimeout(() => document.getElementsByName(`edge-${edge}`)[0]?.focus())
    } else edgeLit(edge)
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const made = await api<VersionRow>('PATCH', `/api/sheets/${sheet.id}/details`, draft.details)
      toast(texts.saved({ n: made.version }))
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={css.whole}>
      <Choices<Part>
        label={texts.parts}
        hideLabel
        value={part}
        options={PARTS.map((one) => [one, texts.part[one]] as const)}
        onValue={(next) => {
          setLit(null)
          show(next)
        }}
      />
      <div className={css.bench}>
        <div className={css.pictured}>
          <EdgePicture base={draft.base} pattern={pattern} lit={shown} onEdge={onTap} />
          <p className={ui.hint}>{texts.tap}</p>
        </div>
        <div className={css.part}>
          {part === 'seams' && (
            <SeamsPart draft={draft} lit={lit} onLit={setLit} sewing={sewing} onSewing={setSewing} />
          )}
          {part === 'edges' && <EdgesPart draft={draft} piece={piece} onPiece={setPiece} onEdge={edgeLit} />}
          {part === 'measures' && (
            <MeasuresPart
              draft={draft}
              sheet={sheet}
              rows={rows}
              measuring={measuring}
              onMeasuring={setMeasuring}
              onLit={(one) => setLit(one && litMeasure(one))}
            />
          )}
        </div>
      </div>
      <Problem problem={problem} />
      {draft.lost && (
        <Notice mood="bad">
          <p>{texts.lost}</p>
        </Notice>
      )}
      <div className={css.foot}>
        <p role="status">{draft.dirty ? texts.unsaved : texts.allSaved}</p>
        {draft.dirty && (
          <>
            <Button look="quiet" disabled={busy} onClick={draft.discard}>
              {texts.discard}
            </Button>
            <Button look="primary" icon="check" disabled={busy} onClick={() => void save()}>
              {texts.save({ n: lines.version + 1 })}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

/** What only its owner can tell of a pattern: what is sewn to what, what edges are called, where the fold is, what is measured. */
export const DetailsDialog = ({ sheet, onClose }: { sheet: Sheet; onClose(): void }) => {
  const texts = useDetailWords()
  const words = useWords()
  const versions = useVersions(sheet)
  const lines = useLines(sheet.id, sheet.version ?? 1)
  // While newer lines are on their way those in hand stay: what is being told must not go from under the hand.
  const [had, keep] = useState<LoadedPattern | null>(null)
  if (lines.data && lines.data !== had) keep(lines.data)
  const now = lines.data ?? had
  return (
    <Dialog wide title={texts.title({ name: sheet.name })} onClose={onClose}>
      <div className={css.whole}>
        <p className={`${ui.hint} ${css.about}`}>{texts.about}</p>
        <Problem problem={lines.error} onRetry={() => void lines.refetch()} />
        {now ? (
          <Bench sheet={sheet} lines={now} rows={versions.data ?? []} />
        ) : (
          !lines.error && <Waiting>{words.app.loading}</Waiting>
        )}
      </div>
    </Dialog>
  )
}
export default DetailsDialog
