import { useEffect, useRef, useState } from 'react'
import { toSheet } from '../../shared/domain/geometry.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'
import { lengthOf, pointAt } from '../../shared/pattern/curve.ts'
import { levelOf } from '../../shared/pattern/operation.ts'
import { usePrefs } from '../app/prefs.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { TextArea } from '../design/Fields.tsx'
import { Notice } from '../design/Notice.tsx'
import ui from '../design/ui.module.css'
import { AudienceLine } from '../panels/AudienceLine.tsx'
import { useDesk } from '../panels/desk.ts'
import type { LoadedPattern } from '../patterns/store.ts'
import { frameOf } from '../patterns/trace.ts'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWords } from '../words/words.ts'
import { OperationForm } from './OperationForm.tsx'
import { Outcome } from './Outcome.tsx'
import { goToOutOfRange } from './out-of-range.ts'
import { amountsOf, joined } from './phrases.ts'
import css from './proposals.module.css'
import { type Begin, edgeName, isOfEdge, moved, placeOf } from './starts.ts'
import type { Kept, Unfinished } from './unfinished.ts'
import { usePropose } from './usePropose.ts'
import type { OnBench } from './workbench.ts'

/** The proposal in hand: what with which parameters, what it does, and why. */
export const Composer = ({
  bench,
  sheet,
  lines,
  begun,
  begin,
  kept,
  onEnd,
}: {
  bench: OnBench
  sheet: Sheet
  lines: LoadedPattern
  /** As it was begun, or left before. */
  begun: Unfinished
  /** The edge that was tapped last. */
  begin: Begin | null
  kept: Kept
  onEnd(): void
}) => {
  const words = useWords()
  const texts = useProposalWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const { workbench, setMeant } = useDesk()
  const propose = usePropose()
  const length = (n: number): string => format.length(n, unit)
  const { operation, before, outcome, size } = bench

  const placeIn = (on: typeof operation): string => {
    const place = placeOf(before, on)
    if (!place) return ''
    const piece = place.piece.name
    if (!isOfEdge(on)) return texts.panel.sayPiece({ piece })
    return texts.panel.sayPlace({ piece, edge: edgeName(before, place.edge, texts.panel.nthEdge) })
  }
  const [text, setText] = useState(begun.text === '' ? placeIn(operation) : begun.text)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])

  const { version } = begun
  useEffect(() => kept.keep({ sheet: sheet.id, version, operation, text }), [kept, sheet.id, version, operation, text])

  // An edge that is tapped in the middle of it takes the proposal there.
  const tapped = useRef(begin)
  useEffect(() => {
    if (begin === null || (tapped.current?.edge === begin.edge && tapped.current.t === begin.t)) return
    tapped.current = begin
    const next = moved(operation, begin)
    if (text.trim() === placeIn(operation).trim()) setText(placeIn(next))
    workbench.turn(next)
  })

  const end = (): void => {
    kept.keep(null)
    workbench.lay(null)
    onEnd()
  }
  const send = (): void => {
    if (goToOutOfRange(form.current)) return
    const said = text.trim()
    if (said === '' || said === placeIn(operation).trim()) {
      setWrong(texts.panel.sayWhy)
      form.current?.querySelector('textarea')?.focus()
      return
    }
    const named = placeOf(before, operation)
    const isTapped = isOfEdge(operation)
      ? begin?.edge === named?.edge && !('at' in operation)
      : begin?.piece.id === named?.piece.id
    const place = isTapped ? begin : named
    const run = place?.piece.shapes[size]?.runs[place.index]
    const frame = place && frameOf(sheet, lines.layout, place.piece.id)
    if (said.length > CAPS.text || !place || !run || !frame) return
    const p = frame.toBoard(pointAt(run, place.t * lengthOf(run)))
    const at = toSheet(sheet, { x: mm(p.x), y: mm(p.y) })
    setWrong(
      propose({ sheet, at, change: operation, version: lines.version, text: said }, () => {
        end()
        setMeant(null)
      }),
    )
  }

  const level = levelOf(operation)
  return (
    <form
      ref={form}
      className={ui.form}
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <h3 ref={title} tabIndex={-1} className={css.title} data-level={level}>
        <Icon name={level} />
        {texts.operations[operation.op].name}
      </h3>
      <p className={ui.hint}>{placeIn(operation).replace(/:\s*$/, '')}</p>
      {lines.version !== version && (
        <Notice>
          <p>{texts.panel.newVersion({ version: lines.version })}</p>
        </Notice>
      )}
      <OperationForm bench={bench} onTurn={workbench.turn} />
      <Outcome bench={bench} length={length} />
      {!outcome.ok && outcome.refusal.code.startsWith('no-such') && <p className={ui.hint}>{texts.panel.tapOther}</p>}
      <TextArea
        label={texts.panel.why}
        hint={texts.panel.whyHint}
        wrong={wrong}
        value={text}
        maxLength={CAPS.text}
        rows={3}
        onValue={(next) => {
          setText(next)
          setWrong(null)
        }}
      />
      <fieldset className={css.phrases}>
        <legend className="unseen">{texts.panel.sayAmount}</legend>
        {amountsOf(operation, texts, length).map((phrase) => (
          <Button key={phrase} small icon="add" onClick={() => setText((now) => joined(now, phrase))}>
            {phrase}
          </Button>
        ))}
      </fieldset>
      <AudienceLine />
      <div className={`${ui.actions} ${css.stay}`}>
        <Button look="quiet" onClick={end}>
          {words.app.cancel}
        </Button>
        <Button look="primary" icon="send" type="submit" disabled={!outcome.ok}>
          {texts.panel.send}
        </Button>
      </div>
    </form>
  )
}
