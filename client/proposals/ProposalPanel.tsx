import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { judge } from '../../shared/access/rules.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { instant } from '../../shared/domain/units.ts'
import { type EdgeId, edgeOf, pieceOf } from '../../shared/pattern/model.ts'
import { LEVELS, type Level } from '../../shared/pattern/operation.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { sizesOf } from '../canvas/lines.ts'
import { Button } from '../design/Button.tsx'
import { Choices } from '../design/Fields.tsx'
import { Empty, Notice } from '../design/Notice.tsx'
import ui from '../design/ui.module.css'
import { type Meant, useDesk } from '../panels/desk.ts'
import { useReason } from '../panels/useBoardWords.ts'
import { useWatched } from '../panels/watch.ts'
import { linesOf } from '../patterns/store.ts'
import { frameOf, traceOf } from '../patterns/trace.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWords } from '../words/words.ts'
import { Composer } from './Composer.tsx'
import css from './proposals.module.css'
import { beginAt, edgeName, offered, start } from './starts.ts'
import { keptBy } from './unfinished.ts'
import { Where } from './Where.tsx'

/** As in the page: one panel under the canvas instead of beside it. */
const PHONE = '(max-width: 820px)'

/** Two frames: the card on a phone has taken its room by then. */
const afterLayout = (then: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(then))
}

/** Writes a proposal: where, what with which parameters, what it does, and why. */
export const ProposalPanel = ({
  chosen,
  sheets: all,
  onSheet,
}: {
  chosen: SheetId
  sheets: readonly Sheet[]
  onSheet(id: string): void
}) => {
  const words = useWords()
  const texts = useProposalWords()
  const reason = useReason()
  const who = useWho()
  const { session, board, patterns, workbench, meant, setMeant, sizes, handle, typed } = useDesk()
  const records = useWatched(session.records)
  const states = useWatched(patterns.state)
  const bench = useWatched(workbench.state)
  const panel = useRef<HTMLDivElement>(null)

  const kept = useMemo(() => keptBy(typed), [typed])
  const [unfinished, begun] = useState(kept.read)

  const sheets = useMemo(() => records.sheets.filter(({ kind, away }) => kind === 'pattern' && !away), [records])
  const sheet = sheets.find(({ id }) => id === (unfinished?.sheet ?? meant?.sheet ?? chosen)) ?? sheets[0]
  const state = sheet && states.get(sheet.id)
  const lines = linesOf(state)
  const size = lines ? sizesOf(lines, sheet ? (sizes.get(sheet.id) ?? null) : null).inView : 0
  const begin = lines && meant && meant.sheet === sheet?.id ? beginAt(lines.pattern, meant) : null

  const own = board.firm === who.me.person.firm
  const mayPropose = (one: Level): boolean => {
    const actor = { ...who.me.person, circles: who.me.circles.map(({ id }) => id) }
    const about = { actor, now: instant(serverNow()), board, author: who.me.person.id, proposes: one }
    return own || judge('proposal.add', about).ok
  }
  const [level, setLevel] = useState<Level>(() => (mayPropose('corte') ? 'corte' : 'puntada'))

  const pattern = lines?.pattern
  const writing = unfinished?.sheet === sheet?.id ? unfinished : null
  const inHand = bench?.open && bench.mark === null && bench.sheet === sheet?.id ? bench : null
  const latest = useRef({ sheet, lines, size, handle })
  latest.current = { sheet, lines, size, handle }
  const isReady = pattern !== undefined
  // What is being written lies on the bench for as long as this panel is open, in the size in view and on the newest lines.
  useEffect(() => {
    const { lines, size } = latest.current
    if (!writing || !isReady || !lines) return
    const { sheet, operation } = writing
    workbench.lay({ sheet, mark: null, open: true, operation, size, before: lines.pattern })
    return () => workbench.lay(null)
  }, [workbench, writing, isReady])
  useEffect(() => {
    if (lines) workbench.look(lines, size)
  }, [workbench, lines, size])

  // An edge is known by its place in the ring; in a new version another may stand there.
  const known = useRef<{ readonly meant: Meant; readonly edge: string } | null>(null)
  useEffect(() => {
    if (!meant || !pattern) return
    if (known.current?.meant !== meant) {
      known.current = begin && { meant, edge: begin.edge }
      return
    }
    const { edge } = known.current
    if (begin?.edge === edge) return
    const found = edgeOf(pattern, edge as EdgeId)
    setMeant(found && { ...meant, piece: found.piece.id, edge: found.index })
  }, [meant, begin, pattern, setMeant])

  // On a phone the piece comes into what the card leaves free; elsewhere where it could not be worked on as it is seen.
  const piece = begin?.piece.id
  useEffect(() => {
    if (piece === undefined) return
    const isPhone = matchMedia(PHONE).matches
    afterLayout(() => {
      const { sheet, lines, size, handle } = latest.current
      const found = lines && pieceOf(lines.pattern, piece)
      const shape = found?.shapes[size]
      const frame = sheet && lines && frameOf(sheet, lines.layout, piece)
      if (!found || !shape || !frame || !handle) return
      const { box } = traceOf(found, shape, size, frame)
      if (isPhone) handle.fit({ box })
      else handle.bringNear(box)
    })
  }, [piece])

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

  return (
    <div ref={panel} className={css.panel}>
      {!writing && <Where sheet={sheet} lines={lines} sheets={all} onSheet={onSheet} />}
      {!begin && !writing && <p className={ui.hint}>{texts.panel.tapEdge}</p>}
      <p className="unseen" role="status">
        {begin &&
          texts.panel.chosen({
            piece: begin.piece.name,
            edge: edgeName(lines.pattern, begin.edge, texts.panel.nthEdge),
          })}
      </p>
      {begin && !writing && (
        <>
          <Choices
            label={texts.panel.what}
            value={level}
            options={LEVELS.map((one): readonly [Level, ReactNode] => [
              one,
              <span key={one} className={css.level} data-level={one}>
                <Icon name={one} />
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
                    onClick={() => {
                      const operation = start(name, begin, who.me.starts)
                      begun({ sheet: sheet.id, version: lines.version, operation, text: '' })
                    }}
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
      {writing && inHand && (
        <Composer
          bench={inHand}
          sheet={sheet}
          lines={lines}
          begun={writing}
          begin={begin}
          kept={kept}
          onEnd={() => {
            begun(null)
            // Whoever stood on the form goes on where another begins.
            afterLayout(() => panel.current?.querySelector('select')?.focus())
          }}
        />
      )}
    </div>
  )
}
