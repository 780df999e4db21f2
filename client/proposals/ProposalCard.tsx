import { useEffect, useState } from 'react'
import { isClosed } from '../../shared/domain/decision.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import { type EdgeId, edgeOf, type PieceId, pieceOf } from '../../shared/pattern/model.ts'
import { fieldsOf, levelOf, type Operation } from '../../shared/pattern/operation.ts'
import type { StitchCode } from '../../shared/pattern/stitches.ts'
import { isOwnSwatch, type OwnSwatch, type Swatch } from '../../shared/pattern/swatches.ts'
import { usePrefs } from '../app/prefs.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { sizesOf } from '../canvas/lines.ts'
import { Button } from '../design/Button.tsx'
import { Check } from '../design/Fields.tsx'
import { Notice } from '../design/Notice.tsx'
import ui from '../design/ui.module.css'
import { useDesk } from '../panels/desk.ts'
import { useReason } from '../panels/useBoardWords.ts'
import { useWatched } from '../panels/watch.ts'
import { linesOf } from '../patterns/store.ts'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWords } from '../words/words.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import { DecisionForm } from './DecisionForm.tsx'
import { NO_PATTERN } from './no-pattern.ts'
import { OperationForm } from './OperationForm.tsx'
import { Outcome } from './Outcome.tsx'
import { OwnSwatchPicture } from './OwnSwatchPicture.tsx'
import { goToOutOfRange } from './out-of-range.ts'
import css from './proposals.module.css'
import { StitchPicture } from './StitchPicture.tsx'
import { SwatchPicture } from './SwatchPicture.tsx'
import { edgeName, featureOptions } from './starts.ts'
import { useBringing } from './useBringing.ts'

/** The parameters of an operation as people read them, one line each. */
const Parameters = ({ mark, change }: { mark: Mark; change: Operation }) => {
  const words = useWords()
  const texts = useProposalWords()
  const { looks } = useWorkshopWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const { patterns } = useDesk()
  const lines = linesOf(useWatched(patterns.state).get(mark.sheet))
  const pattern = lines?.pattern
  const values = change as unknown as Readonly<Record<string, unknown>>
  // A later version may have none of what an older proposal was about.
  const edge = (id: string): string => {
    const found = pattern && edgeOf(pattern, id as EdgeId)
    if (!found) return pattern ? texts.panel.goneEdge : ''
    const name = edgeName(pattern, found.edge.id, texts.panel.nthEdge)
    return texts.panel.edgeOf({ edge: name, piece: found.piece.name })
  }
  const piece = (id: string): string =>
    pattern ? (pieceOf(pattern, id as PieceId)?.name ?? texts.panel.gonePiece) : ''
  const swatchText = (swatch: Swatch | OwnSwatch | ''): string =>
    isOwnSwatch(swatch)
      ? `${swatch.name} · ${looks.wide({ length: format.length(swatch.across, unit) })}`
      : swatch && looks.swatches[swatch]
  const say = (name: string): string => {
    const field = fieldsOf(change.op)[name]
    const value = values[name]
    switch (field?.is) {
      case 'mm':
        return format.length(value as number, unit)
      case 'degrees':
        return `${format.number(value as number)}°`
      case 'share':
        return `${Math.round((value as number) * 100)} %`
      case 'edge':
        return edge(value as string)
      case 'edges':
        return (value as string[]).map(edge).join(', ')
      case 'piece':
        return piece(value as string)
      case 'pieces':
        return (value as string[]).map(piece).join(', ')
      case 'notch':
      case 'drill':
      case 'internal': {
        const known = pattern && featureOptions(pattern, field.is, (n) => texts.panel.nth({ n }))
        return known?.find(([id]) => id === value)?.[1] ?? ''
      }
      case 'choice':
        return name === 'stitch'
          ? `${value} · ${texts.stitches[value as StitchCode]}`
          : texts.choices[value as keyof typeof texts.choices]
      case 'count':
        return name === 'seam' ? texts.seams[value as keyof typeof texts.seams] : String(value)
      case 'swatch':
        return swatchText(value as Swatch | OwnSwatch | '')
      case 'text':
      case 'colour':
        return String(value)
      default:
        return ''
    }
  }
  return (
    <dl className={css.parameters}>
      {Object.keys(fieldsOf(change.op)).map((name) => {
        const text = say(name)
        return text === '' ? null : (
          <div key={name}>
            <dt>{texts.fields[name as keyof typeof texts.fields]}</dt>
            <dd>
              {name === 'colour' && <span className={css.swatch} style={{ background: text }} />}
              {text}
            </dd>
          </div>
        )
      })}
      {pattern === undefined && change.op !== 'lookArea' && <p className={ui.hint}>{words.app.loading}</p>}
    </dl>
  )
}

/** The answer of the owner, with its reason and what came of it. */
const Answered = ({ mark }: { mark: Mark }) => {
  const words = useWords()
  const texts = useProposalWords()
  const format = useFormats()
  const who = useWho()
  const { ask } = useDesk()
  const { decision } = mark
  if (!decision) return null
  const now = serverNow()
  const good = decision.is === 'accepted' || decision.is === 'part'
  const staleCode = decision.is === 'stale' ? decision.reason : null
  const known = staleCode !== null && Object.hasOwn(texts.refusals, staleCode)
  return (
    <Notice mood={good ? 'good' : 'plain'}>
      <p>
        <strong>{words.decided[decision.is]}</strong> · {who.name(decision.by)} · {format.since(decision.at, now)}
      </p>
      {decision.version !== null && (
        <>
          <p>{texts.decide.madeVersion({ version: decision.version })}</p>
          <Button small icon="clock" onClick={() => ask({ is: 'versions', sheet: mark.sheet, part: 'story' })}>
            {words.board.sheets.versions}
          </Button>
        </>
      )}
      {decision.until !== null && <p>{texts.decide.until({ date: format.date(decision.until, now) })}</p>}
      {known && <p>{texts.refusals[staleCode as keyof typeof texts.refusals]({ mm: null })}</p>}
      {decision.is !== 'stale' && decision.reason !== null && <blockquote>{decision.reason}</blockquote>}
      {decision.change && (
        <>
          <p>{texts.decide.asApplied}</p>
          <Parameters mark={mark} change={decision.change} />
        </>
      )}
    </Notice>
  )
}

/** A proposal in its thread: what it asks for, before and after on the table, and its answer; the owner decides here. */
export const ProposalCard = ({ mark, change }: { mark: Mark; change: Operation }) => {
  const words = useWords()
  const texts = useProposalWords()
  const format = useFormats()
  const reason = useReason()
  const who = useWho()
  const { unit } = usePrefs()
  const { session, board, own, patterns, workbench, sizes } = useDesk()
  const bench = useWatched(workbench.state)
  const lines = linesOf(useWatched(patterns.state).get(mark.sheet))
  const { looks } = useWorkshopWords()
  const { isOnItsWay } = useBringing()
  const [after, showAfter] = useState(true)
  const [editing, setEditing] = useState<'author' | 'part' | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const size = lines ? sizesOf(lines, sizes.get(mark.sheet) ?? null).inView : 0
  const closed = isClosed(mark.decision)
  const mine = mark.author === who.me.person.id
  const level = levelOf(change)

  // An area lies on the sheet itself, whatever is drawn there.
  const before = change.op === 'lookArea' ? NO_PATTERN : (lines?.pattern ?? null)
  // A look that was answered is in no version: it is seen here alone, as it was accepted.
  const isLook = level === 'diseno'
  const operation = closed ? (mark.decision?.change ?? change) : change
  const isSeen = isLook || !closed

  useEffect(() => {
    if (!before || !isSeen || !after) {
      workbench.lay(null)
      return
    }
    workbench.lay({ sheet: mark.sheet, mark: mark.id, open: editing !== null, operation, size, before })
    return () => workbench.lay(null)
  }, [workbench, before, isSeen, after, size, editing, operation, mark.sheet, mark.id])

  // Whoever decides is told of every size before, and not by the server after.
  const decides = own && !closed && !isLook
  useEffect(() => {
    if (decides) patterns.wantAllSizes(mark.sheet)
  }, [decides, patterns, mark.sheet])

  const here = bench?.mark === mark.id ? bench : null
  return (
    <section className={css.card} aria-label={texts.operations[change.op].name}>
      <h3 className={css.title} data-level={level}>
        <Icon name={level} />
        {texts.operations[change.op].name}
      </h3>
      {change.op === 'stitch' && (
        <div className={css.stitchShown}>
          <StitchPicture stitch={change.stitch as StitchCode} />
        </div>
      )}
      {isLook && 'swatch' in operation && operation.swatch !== '' && (
        <div className={css.stitchShown}>
          {isOwnSwatch(operation.swatch) ? (
            <OwnSwatchPicture swatch={operation.swatch} />
          ) : (
            <SwatchPicture swatch={operation.swatch} colour={operation.colour} />
          )}
        </div>
      )}
      {editing === null && <Parameters mark={mark} change={change} />}
      {mark.version !== null && lines && mark.version !== lines.version && !closed && (
        <p className={ui.hint}>{texts.decide.onVersion({ made: mark.version, now: lines.version })}</p>
      )}
      {isSeen && before && (
        <Check checked={after} onValue={showAfter}>
          {texts.decide.showAfter}
        </Check>
      )}
      {here && editing !== null && <OperationForm bench={here} onTurn={workbench.turn} />}
      {here && <Outcome bench={here} length={(n) => format.length(n, unit)} />}
      <div role="status">
        <Answered mark={mark} />
      </div>
      {wrong && (
        <Notice mood="bad">
          <p>{wrong}</p>
        </Notice>
      )}
      {editing === 'author' && here && (
        <div className={ui.actions}>
          <Button look="quiet" onClick={() => setEditing(null)}>
            {words.app.cancel}
          </Button>
          <Button
            look="primary"
            disabled={!here.outcome.ok}
            onClick={(e) => {
              if (goToOutOfRange(e.currentTarget.closest('section'))) return
              if (isLook && isOnItsWay) {
                setWrong(looks.stillSending)
                return
              }
              const verdict = session.act({ do: 'change', mark: mark.id, change: here.operation })
              setWrong(verdict.ok ? null : reason(verdict.reason))
              if (verdict.ok) setEditing(null)
            }}
          >
            {words.app.save}
          </Button>
        </div>
      )}
      {mine && !closed && editing === null && before && (
        <div className={ui.actions}>
          <Button small icon="edit" onClick={() => setEditing('author')}>
            {texts.decide.changeOwn}
          </Button>
        </div>
      )}
      {own && !closed && before && (
        <DecisionForm
          board={board.id}
          mark={mark}
          seen={change}
          pattern={before}
          part={editing === 'part' && !(isLook && isOnItsWay) && here?.outcome.ok ? here.operation : null}
          possible={here === null || (here.outcome.ok && here.elsewhere === null)}
          onPart={(on) => setEditing(on ? 'part' : null)}
        />
      )}
    </section>
  )
}
export default ProposalCard
