import { useEffect, useMemo, useRef, useState } from 'react'
import { judge } from '../../shared/access/rules.ts'
import { CAPS } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { instant, sheetUnit } from '../../shared/domain/units.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { TextArea } from '../design/Fields.tsx'
import { Notice } from '../design/Notice.tsx'
import ui from '../design/ui.module.css'
import { AudienceLine } from '../panels/AudienceLine.tsx'
import { useDesk } from '../panels/desk.ts'
import { useReason } from '../panels/useBoardWords.ts'
import { useWatched } from '../panels/watch.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWords } from '../words/words.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import { lookAround, middleOf, moveArea } from './area.ts'
import { LookFields } from './LookFields.tsx'
import { NO_PATTERN } from './no-pattern.ts'
import css from './proposals.module.css'
import { SheetChoice } from './SheetChoice.tsx'
import { keptBy } from './unfinished.ts'
import { usePropose } from './usePropose.ts'

/** Where an area's proposals stand: a sheet without a pattern has no versions. */
const VERSION = 1

/** A look for an area of a sheet that is no pattern: of a photo, a drawing, a page. */
export const AreaPanel = ({
  sheet,
  sheets,
  onSheet,
}: {
  sheet: Sheet
  sheets: readonly Sheet[]
  onSheet(id: string): void
}) => {
  const words = useWords()
  const texts = useProposalWords()
  const { looks } = useWorkshopWords()
  const reason = useReason()
  const who = useWho()
  const { board, workbench, spot, setSpot, handle, typed } = useDesk()
  const propose = usePropose()
  const bench = useWatched(workbench.state)
  const kept = useMemo(() => keptBy(typed), [typed])
  const [begun, begin] = useState(() => {
    const left = kept.read()
    return left?.operation.op === 'lookArea' && left.sheet === sheet.id ? left : null
  })
  const [text, setText] = useState(begun?.text ?? '')
  const [wrong, setWrong] = useState<string | null>(null)
  const title = useRef<HTMLHeadingElement>(null)

  const actor = { ...who.me.person, circles: who.me.circles.map(({ id }) => id) }
  const about = { actor, now: instant(serverNow()), board, author: who.me.person.id, proposes: 'diseno' as const }
  const may = judge('proposal.add', about).ok
  const isHere = bench?.open && bench.mark === null && bench.sheet === sheet.id
  const operation = isHere && bench.operation.op === 'lookArea' ? bench.operation : null

  useEffect(() => {
    if (!begun) return
    const operation = kept.read()?.operation ?? begun.operation
    workbench.lay({ sheet: sheet.id, mark: null, open: true, operation, size: 0, before: NO_PATTERN })
    title.current?.focus()
    return () => workbench.lay(null)
  }, [workbench, kept, begun, sheet.id])
  useEffect(() => {
    if (begun && operation) kept.keep({ sheet: sheet.id, version: VERSION, operation, text })
  }, [kept, begun, sheet.id, operation, text])

  const start = (x: number, y: number): void => {
    const fresh = { sheet: sheet.id, version: VERSION, operation: lookAround({ x, y }), text: '' }
    kept.keep(fresh)
    begin(fresh)
  }
  // A tap begins one there, or takes the one in hand there.
  const latest = useRef({ operation, start })
  latest.current = { operation, start }
  useEffect(() => {
    if (!spot || spot.sheet !== sheet.id || !may) return
    const { operation, start } = latest.current
    if (operation) workbench.turn(moveArea(operation, spot))
    else start(spot.x, spot.y)
    setSpot(null)
  }, [spot, sheet.id, may, workbench, setSpot])

  const end = (): void => {
    kept.keep(null)
    workbench.lay(null)
    setText('')
    begin(null)
  }
  const send = (): void => {
    const said = text.trim()
    if (said === '') setWrong(looks.sayWhy)
    if (said === '' || said.length > CAPS.text || !operation) return
    const { x, y } = middleOf(operation.area)
    const at = { x: sheetUnit(x * sheet.width), y: sheetUnit((1 - y) * sheet.height) }
    setWrong(propose({ sheet, at, change: operation, version: VERSION, text: said }, end))
  }

  if (!begun)
    return (
      <div className={css.panel}>
        <SheetChoice sheet={sheet} sheets={sheets} onSheet={onSheet} />
        {may ? (
          <>
            <p className={ui.hint}>{looks.tapPhoto}</p>
            <div className={ui.actions}>
              <Button
                icon="diseno"
                onClick={() => {
                  // Its corners are to be taken hold of.
                  handle?.fit({ sheet: sheet.id })
                  start(0.5, 0.5)
                }}
              >
                {looks.begin}
              </Button>
            </div>
          </>
        ) : (
          <Notice>
            <p>{reason('level')}</p>
          </Notice>
        )}
      </div>
    )
  return (
    <div className={css.panel}>
      <form
        className={ui.form}
        onSubmit={(e) => {
          e.preventDefault()
          send()
        }}
      >
        <h3 ref={title} tabIndex={-1} className={css.title} data-level="diseno">
          <Icon name="diseno" />
          {texts.operations.lookArea.name}
        </h3>
        <p className={ui.hint}>{looks.at({ sheet: sheet.name })}</p>
        {operation && <LookFields operation={operation} onTurn={workbench.turn} />}
        <TextArea
          label={texts.panel.why}
          hint={looks.whyHint}
          wrong={wrong}
          value={text}
          maxLength={CAPS.text}
          rows={3}
          onValue={(next) => {
            setText(next)
            setWrong(null)
          }}
        />
        <AudienceLine />
        <div className={`${ui.actions} ${css.stay}`}>
          <Button look="quiet" onClick={end}>
            {words.app.cancel}
          </Button>
          <Button look="primary" icon="send" type="submit" disabled={!operation}>
            {texts.panel.send}
          </Button>
        </div>
      </form>
    </div>
  )
}
