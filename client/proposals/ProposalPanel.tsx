import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { judge } from '../../shared/access/rules.ts'
import { settled } from '../../shared/document/shape.ts'
import { toSheet } from '../../shared/domain/geometry.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { instant, mm } from '../../shared/domain/units.ts'
import { lengthOf, pointAt } from '../../shared/pattern/curve.ts'
import { LEVELS, type Level, levelOf } from '../../shared/pattern/operation.ts'
import { usePrefs } from '../app/prefs.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { sizesOf } from '../canvas/lines.ts'
import { Button } from '../design/Button.tsx'
import { Check, Choices, SelectField, TextArea } from '../design/Fields.tsx'
import { Empty, Notice } from '../design/Notice.tsx'
import ui from '../design/ui.module.css'
import { AudienceLine } from '../panels/AudienceLine.tsx'
import { useDesk } from '../panels/desk.ts'
import { useReason } from '../panels/useBoardWords.ts'
import { useWatched } from '../panels/watch.ts'
import { type LoadedPattern, linesOf } from '../patterns/store.ts'
import { frameOf } from '../patterns/trace.ts'
import { EdgeMeasures } from '../versions/EdgeMeasures.tsx'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWords } from '../words/words.ts'
import { OperationForm } from './OperationForm.tsx'
import { Outcome } from './Outcome.tsx'
import css from './proposals.module.css'
import { beginAt, edgeName, offered, start } from './starts.ts'

/** Says which lines are in hand: the sheet, the size, and the edge; by hand on the canvas or from these lists. */
const Where = ({
  sheet,
  lines,
  sheets,
  onSheet,
}: {
  sheet: Sheet
  lines: LoadedPattern
  sheets: readonly Sheet[]
  onSheet(id: string): void
}) => {
  const texts = useProposalWords()
  const { sizes, showSizes, patterns, meant, setMeant } = useDesk()
  const { pattern } = lines
  const shown = sizesOf(lines, sizes.get(sheet.id) ?? null)
  const piece = pattern.pieces.find(({ id }) => id === meant?.piece) ?? pattern.pieces[0]
  const pick = (id: string, edge: number): void => {
    const found = pattern.pieces.find((one) => one.id === id)
    if (found) setMeant({ sheet: sheet.id, piece: found.id, edge, t: 0.5 })
  }
  if (!piece) return null
  return (
    <div className={css.where}>
      {sheets.length > 1 && (
        <SelectField
          label={texts.panel.sheet}
          value={sheet.id as string}
          options={sheets.map(({ id, name }) => [id as string, name] as const)}
          onValue={onSheet}
        />
      )}
      {lines.exact && pattern.sizes.length > 1 && (
        <>
          <SelectField
            label={texts.panel.size}
            value={String(shown.inView)}
            options={pattern.sizes.map((name, i) => [
              String(i),
              i === pattern.base ? texts.panel.baseSize({ size: name }) : name,
            ])}
            onValue={(i) => {
              patterns.wantAllSizes(sheet.id)
              showSizes(sheet.id, { ...shown, inView: Number(i) })
            }}
          />
          <Check
            checked={shown.nest}
            onValue={(nest) => {
              patterns.wantAllSizes(sheet.id)
              showSizes(sheet.id, { ...shown, nest })
            }}
          >
            {texts.panel.nest}
          </Check>
        </>
      )}
      <SelectField
        label={texts.panel.piece}
        value={piece.id as string}
        options={pattern.pieces.map(({ id, name }) => [id as string, name] as const)}
        onValue={(id) => pick(id, 0)}
      />
      <SelectField
        label={texts.panel.edge}
        value={meant ? String(meant.edge) : ''}
        options={[
          ...(meant ? [] : [['', texts.panel.chooseEdge] as const]),
          ...piece.edges.map(
            ({ id }, i) => [String(i), edgeName(pattern, id, (n) => texts.panel.nthEdge({ n }))] as const,
          ),
        ]}
        onValue={(i) => pick(piece.id, Number(i))}
      />
      {meant && <EdgeMeasures pattern={pattern} piece={piece} edge={meant.edge} size={shown.inView} />}
    </div>
  )
}

/** Writes a proposal: where, what with which parameters, what it does, and why. */
export const ProposalPanel = () => {
  const words = useWords()
  const texts = useProposalWords()
  const format = useFormats()
  const reason = useReason()
  const who = useWho()
  const { unit } = usePrefs()
  const { session, board, patterns, workbench, meant, setMeant, sizes, typed, select, openTab, take } = useDesk()
  const records = useWatched(session.records)
  const states = useWatched(patterns.state)
  const bench = useWatched(workbench.state)
  const [level, setLevel] = useState<Level>('corte')
  const [text, setText] = useState(typed.get('proposal') ?? '')
  const [wrong, setWrong] = useState<string | null>(null)

  const sheets = useMemo(() => records.sheets.filter(({ kind, away }) => kind === 'pattern' && !away), [records])
  const [chosen, choose] = useState<string | null>(null)
  const sheet = sheets.find(({ id }) => id === (meant?.sheet ?? chosen)) ?? sheets[0]
  const state = sheet && states.get(sheet.id)
  const lines = linesOf(state)
  const size = lines ? sizesOf(lines, sheet ? (sizes.get(sheet.id) ?? null) : null).inView : 0
  const begin = lines && meant ? beginAt(lines.pattern, meant) : null

  // Another size or newer lines: what is on the bench is computed again.
  useEffect(() => {
    if (lines) workbench.look(lines, size)
  }, [workbench, lines, size])
  // The bench is cleared when the panel goes; a proposal that is only looked at is laid by its thread.
  useEffect(() => () => workbench.lay(null), [workbench])

  if (!sheet) return <Empty title={texts.panel.noPattern} />
  if (!lines)
    return state?.is === 'failed' ? (
      <Notice mood="bad">
        <p>{reason(state.code)}</p>
        <Button small onClick={() => patterns.retry(sheet.id)}>
          {words.app.retry}
        </Button>
      </Notice>
    ) : (
      <p className={ui.hint}>{texts.panel.loading}</p>
    )

  const own = board.firm === who.me.person.firm
  const mayPropose = (one: Level): boolean => {
    const actor = { ...who.me.person, circles: who.me.circles.map(({ id }) => id) }
    const about = { actor, now: instant(serverNow()), board, author: who.me.person.id, proposes: one }
    return own || judge('proposal.add', about).ok
  }
  const inHand = bench?.open && bench.mark === null && bench.sheet === sheet.id ? bench : null

  const send = (): void => {
    if (!inHand || !begin) return
    const kept = text.trim()
    if (kept === '') {
      setWrong(texts.panel.sayWhy)
      return
    }
    if (kept.length > CAPS.text) return
    const shape = begin.piece.shapes[size]
    const run = shape?.runs[begin.index]
    const frame = frameOf(sheet, lines.layout, begin.piece.id)
    if (!run || !frame) return
    const p = frame.toBoard(pointAt(run, begin.t * lengthOf(run)))
    const id = session.newMarkId()
    const at = toSheet(sheet, { x: mm(p.x), y: mm(p.y) })
    const verdict = session.act({
      do: 'add',
      mark: {
        id,
        sheet: sheet.id,
        shape: settled({ kind: 'proposal', at }),
        words: { says: 'sugiero', text: kept },
        proposal: { change: inHand.operation, version: lines.version },
        done: false,
        replies: [],
      },
    })
    if (!verdict.ok) {
      setWrong(reason(verdict.reason))
      return
    }
    typed.delete('proposal')
    setText('')
    workbench.lay(null)
    setMeant(null)
    take('select')
    select(id)
    openTab('thread')
  }

  return (
    <div className={css.panel}>
      <Where
        sheet={sheet}
        lines={lines}
        sheets={sheets}
        onSheet={(id) => {
          setMeant(null)
          choose(id)
        }}
      />
      {!begin && <p className={ui.hint}>{texts.panel.tapEdge}</p>}
      {begin && !inHand && (
        <>
          <Choices
            label={texts.panel.what}
            value={level}
            options={LEVELS.map((one): readonly [Level, ReactNode] => [
              one,
              <span key={one} className={css.level} data-level={one}>
                <Icon name={one === 'diseno' ? 'sugiero' : one} />
                {words.levels[one]}
              </span>,
            ])}
            onValue={(next) => setLevel(next)}
          />
          {mayPropose(level) ? (
            <ul className={css.offers}>
              {offered(level, begin).map((name) => (
                <li key={name}>
                  <button
                    type="button"
                    className={css.offer}
                    onClick={() =>
                      workbench.lay({
                        sheet: sheet.id,
                        mark: null,
                        open: true,
                        operation: start(name, begin),
                        size,
                        before: lines.pattern,
                      })
                    }
                  >
                    <strong>{texts.operations[name].name}</strong>
                    <span>{texts.operations[name].does}</span>
                  </button>
                </li>
              ))}
            </ul>
          ) : (
            <Notice>
              <p>{reason('level')}</p>
            </Notice>
          )}
        </>
      )}
      {inHand && begin && (
        <form
          className={ui.form}
          onSubmit={(e) => {
            e.preventDefault()
            send()
          }}
        >
          <h3 className={css.title} data-level={levelOf(inHand.operation)}>
            <Icon
              name={
                levelOf(inHand.operation) === 'diseno' ? 'sugiero' : (levelOf(inHand.operation) as 'puntada' | 'corte')
              }
            />
            {texts.operations[inHand.operation.op].name}
          </h3>
          <OperationForm bench={inHand} onTurn={workbench.turn} />
          <Outcome bench={inHand} length={(n) => format.length(n, unit)} />
          <TextArea
            label={texts.panel.why}
            hint={texts.panel.whyHint}
            wrong={wrong}
            value={text}
            maxLength={CAPS.text}
            rows={3}
            onValue={(next) => {
              typed.set('proposal', next)
              setText(next)
              setWrong(null)
            }}
          />
          <AudienceLine />
          <div className={ui.actions}>
            <Button look="quiet" onClick={() => workbench.lay(null)}>
              {words.app.cancel}
            </Button>
            <Button look="primary" type="submit" disabled={!inHand.outcome.ok}>
              {texts.panel.send}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}
export default ProposalPanel
